"""The lanes in PyTorch, float32, one row: the reference of the parity check."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from transformers import T5ForConditionalGeneration
from transformers.modeling_outputs import BaseModelOutput

from tandem_training.checkpoints import Checkpoints
from tandem_training.t5_weights import BANNED


@dataclass(frozen=True)
class TorchLane:
    encode: Callable[[torch.Tensor], torch.Tensor]  # ids i64[1,S] → the states the decoder attends to, [1,S,d]
    decoder: T5ForConditionalGeneration
    banned_ids: list[int]

    @torch.no_grad()
    def logprobs(self, source_ids: list[int], decoder_ids: list[int]) -> torch.Tensor:
        """f32[T,V] for decoder inputs that begin with the start id."""
        return self._logits(self._states(source_ids), decoder_ids).logits[0].log_softmax(-1)

    @torch.no_grad()
    def greedy(self, source_ids: list[int], max_tokens: int) -> list[int]:
        """Without start and end of sentence."""
        config = self.decoder.config
        states = self._states(source_ids)
        ids, past = [config.decoder_start_token_id], None
        while len(ids) <= max_tokens:
            step = self._logits(states, ids[-1:], past)
            past = step.past_key_values
            best = int(step.logits[0, -1].argmax())
            if best == config.eos_token_id:
                break
            ids.append(best)
        return ids[1:]

    def _states(self, source_ids: list[int]) -> BaseModelOutput:
        return BaseModelOutput(last_hidden_state=self.encode(torch.tensor([source_ids])))

    def _logits(self, states: BaseModelOutput, decoder_ids: list[int], past=None):
        step = self.decoder(
            encoder_outputs=states, decoder_input_ids=torch.tensor([decoder_ids]), past_key_values=past, use_cache=True
        )
        step.logits[..., self.banned_ids] += BANNED
        return step


def torch_lanes(checkpoints: Checkpoints, banned_ids: list[int]) -> dict[str, TorchLane]:
    llm, hybrid, slm = checkpoints.llm, checkpoints.hybrid, checkpoints.slm
    lanes = {"llm": TorchLane(lambda ids: llm.encoder(input_ids=ids).last_hidden_state, llm, banned_ids)}
    if hybrid:

        def encode_hybrid(ids: torch.Tensor) -> torch.Tensor:
            return hybrid.slm.encoder(**hybrid.prompt(ids, hybrid.conditions(ids))).last_hidden_state

        lanes["hybrid"] = TorchLane(encode_hybrid, hybrid.slm, banned_ids)
    if slm:
        lanes["slm"] = TorchLane(lambda ids: slm.encoder(input_ids=ids).last_hidden_state, slm, banned_ids)
    return lanes
