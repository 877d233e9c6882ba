"""The trained PyTorch models that one decoder-only pack is made of, and what they compute: the reference of its parity check."""

from dataclasses import dataclass, replace
from pathlib import Path

import torch
from transformers import LlamaForCausalLM

from tandem_training.causal_graph import LlamaWeights, llama_weights
from tandem_training.causal_hybrid import CausalHybrid, read_causal_hybrid, read_causal_llm
from tandem_training.from_gguf import Gguf, read_gguf
from tandem_training.t5_graphs import Projector
from tandem_training.t5_weights import BANNED


@dataclass(frozen=True)
class CausalCheckpoints:
    llm: LlamaForCausalLM
    hybrid: CausalHybrid | None
    blocks: Gguf | None = None  # the quantized file that the LLM came from


@dataclass(frozen=True)
class HybridPart:
    llm_layers: int  # the projector takes the LLM's states after so many layers
    projector: Projector
    slm: LlamaWeights  # its embedding is the LLM's


@dataclass(frozen=True)
class CausalPackWeights:
    llm: LlamaWeights
    hybrid: HybridPart | None


def read_causal_checkpoints(llm: Path, hybrid: Path | None) -> CausalCheckpoints:
    """All in float32. `llm`: a Hugging Face Llama, whose blocks are kept where the from_gguf step made it; `hybrid`: what the causal_hybrid
    step writes."""
    big = read_causal_llm(llm)
    source = llm / "source.gguf"
    return CausalCheckpoints(
        big, read_causal_hybrid(big, hybrid).eval() if hybrid else None, read_gguf(source) if source.is_file() else None
    )


def causal_weights(checkpoints: CausalCheckpoints) -> CausalPackWeights:
    llm, hybrid = llama_weights(checkpoints.llm, checkpoints.blocks), checkpoints.hybrid
    if hybrid is None:
        return CausalPackWeights(llm, None)

    def array(tensor: torch.Tensor):
        return tensor.detach().numpy()

    first, second = hybrid.projector[0], hybrid.projector[2]
    projector = Projector(array(first.weight).T, array(first.bias), array(second.weight).T, array(second.bias))
    return CausalPackWeights(llm, HybridPart(hybrid.llm_layers, projector, replace(llama_weights(hybrid.slm), embedding=llm.embedding)))


@torch.no_grad()
def torch_greedy(checkpoints: CausalCheckpoints, lane: str, prompt_ids: list[int], banned_ids: list[int], max_tokens: int) -> list[int]:
    """Without end of sentence."""
    ids = torch.tensor([prompt_ids])
    model, inputs, past = checkpoints.llm, {"input_ids": ids}, None
    if lane == "hybrid":
        hybrid = checkpoints.hybrid
        mask = torch.ones_like(ids)
        model = hybrid.slm
        inputs = {"inputs_embeds": hybrid.embeddings(ids, hybrid.states(ids, mask), mask.bool())}
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
