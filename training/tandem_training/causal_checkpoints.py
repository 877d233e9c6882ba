"""The trained PyTorch models that one decoder-only pack is made of, and what they compute: the reference of its parity check."""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from transformers import LlamaForCausalLM

from tandem_training.causal_graph import LlamaWeights, llama_weights
from tandem_training.hybrid import new_projector
from tandem_training.t5_graphs import Projector
from tandem_training.t5_weights import BANNED


@dataclass(frozen=True)
class CausalHybrid:
    reads_layer: int  # the projector takes the LLM's states after so many layers, after the final norm where these are all
    projector: nn.Sequential
    slm: LlamaForCausalLM  # with the LLM's own embedding, head included


@dataclass(frozen=True)
class CausalCheckpoints:
    llm: LlamaForCausalLM
    hybrid: CausalHybrid | None


@dataclass(frozen=True)
class CausalPackWeights:
    llm: LlamaWeights
    hybrid: tuple[int, Projector, LlamaWeights] | None  # layer read, projector, SLM


def read_causal_checkpoints(llm: Path, hybrid: Path | None) -> CausalCheckpoints:
    """All in float32. `hybrid` holds slm/ (a Hugging Face Llama of few layers), projector.safetensors and hybrid.json with `llmLayer`."""
    big = LlamaForCausalLM.from_pretrained(llm, dtype=torch.float32).eval()
    if hybrid is None:
        return CausalCheckpoints(big, None)
    slm = LlamaForCausalLM.from_pretrained(hybrid / "slm", dtype=torch.float32).eval()
    shared, own = big.get_input_embeddings().weight, slm.get_input_embeddings().weight
    if shared.shape != own.shape or not torch.allclose(shared, own, atol=1e-2):
        raise SystemExit(f"{hybrid}: expected an SLM with the LLM's own embedding, which the pack stores once")
    own.data = shared.data
    facts = json.loads((hybrid / "hybrid.json").read_text("utf-8"))
    projector = new_projector(big.config.hidden_size, slm.config.hidden_size)
    projector.load_state_dict(load_file(hybrid / "projector.safetensors"))
    return CausalCheckpoints(big, CausalHybrid(facts["llmLayer"], projector.float().eval(), slm))


def causal_weights(checkpoints: CausalCheckpoints) -> CausalPackWeights:
    llm, hybrid = llama_weights(checkpoints.llm), checkpoints.hybrid
    if hybrid is None:
        return CausalPackWeights(llm, None)

    def array(tensor: torch.Tensor):
        return tensor.detach().numpy()

    first, second = hybrid.projector[0], hybrid.projector[2]
    projector = Projector(array(first.weight).T, array(first.bias), array(second.weight).T, array(second.bias))
    return CausalPackWeights(llm, (hybrid.reads_layer, projector, llama_weights(hybrid.slm)))


@torch.no_grad()
def torch_greedy(checkpoints: CausalCheckpoints, lane: str, prompt_ids: list[int], banned_ids: list[int], max_tokens: int) -> list[int]:
    """Without end of sentence."""
    ids = torch.tensor([prompt_ids])
    if lane == "llm":
        model, inputs, past = checkpoints.llm, {"input_ids": ids}, None
    else:
        hybrid = checkpoints.hybrid
        states = checkpoints.llm.model(input_ids=ids, output_hidden_states=True).hidden_states[hybrid.reads_layer]
        model, past = hybrid.slm, None
        inputs = {"inputs_embeds": model.get_input_embeddings()(ids) + hybrid.projector(states)}
    written: list[int] = []
    while len(written) < max_tokens:
        step = model(**inputs, past_key_values=past, use_cache=True, logits_to_keep=1)
        past, logits = step.past_key_values, step.logits[0, -1]
        logits[banned_ids] += BANNED
        best = int(logits.argmax())
        if best == model.config.eos_token_id:
            break
        written.append(best)
        inputs = {"input_ids": torch.tensor([[best]])}
    return written
