"""The trained PyTorch models that one pack is made of, and their weights for the graphs."""

import json
from dataclasses import dataclass
from pathlib import Path

from transformers import AutoConfig, T5ForConditionalGeneration

from tandem_training.hybrid import Hybrid, read_hybrid
from tandem_training.pack_graphs import HybridWeights, PackWeights
from tandem_training.slm import width_of
from tandem_training.t5 import read_t5
from tandem_training.t5_graphs import Projector
from tandem_training.t5_weights import t5_weights

PACKABLE = ("t5", "mt5")


@dataclass(frozen=True)
class Checkpoints:
    llm: T5ForConditionalGeneration
    hybrid: Hybrid | None
    slm: T5ForConditionalGeneration | None  # fine-tuned alone


def read_checkpoints(llm: Path, hybrid: Path | None, slm: Path | None) -> Checkpoints:
    """All in float32, whatever they were stored in. Refuses what the pack format cannot hold."""
    for folder in (llm, hybrid and hybrid / "slm", slm):
        if folder and (kind := AutoConfig.from_pretrained(folder).model_type) not in PACKABLE:
            raise SystemExit(f"{folder} is of type {kind}; a pack holds {' or '.join(PACKABLE)} models, all with one tokenizer")
    if hybrid and json.loads((hybrid / "hybrid.json").read_text()).get("tokenizers") == "separate":
        raise SystemExit(f"{hybrid} writes in a vocabulary of its own; a pack holds models that share the LLM's tokenizer. Train with such an SLM")
    return Checkpoints(
        llm=read_t5(llm).float().eval(),
        hybrid=read_hybrid(llm, hybrid).float().eval() if hybrid else None,
        slm=read_t5(slm).float().eval() if slm else None,
    )


def weights_of(checkpoints: Checkpoints) -> PackWeights:
    return PackWeights(
        llm=t5_weights(checkpoints.llm),
        hybrid=hybrid_weights(checkpoints.hybrid) if checkpoints.hybrid else None,
        slm=t5_weights(checkpoints.slm) if checkpoints.slm else None,
    )


def hybrid_weights(hybrid: Hybrid) -> HybridWeights:
    return HybridWeights(projector_weights(hybrid), t5_weights(hybrid.slm), hybrid.conditioning)


def projector_weights(hybrid: Hybrid) -> Projector:
    first, second = hybrid.projector[0], hybrid.projector[2]
    if second.out_features != width_of(hybrid.slm):
        raise SystemExit(f"expected a projector onto the SLM's {width_of(hybrid.slm)} dimensions, got {second.out_features}")
    arrays = (part.detach().float().numpy() for part in (first.weight, first.bias, second.weight, second.bias))
    weight_in, bias_in, weight_out, bias_out = arrays
    return Projector(weight_in.T, bias_in, weight_out.T, bias_out)
