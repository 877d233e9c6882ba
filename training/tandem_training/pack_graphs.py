"""Weights → a pack's ONNX files, and the parts of the manifest that name them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx

from tandem_training.onnx_graph import WeightFormat
from tandem_training.t5_graphs import (
    Conditioning, Projector, decoder_graph, encoder_graph, hidden_prefill_graph, projected_prefill_graph, projector_graph,
    tokens_prefill_graph,
)  # fmt: skip
from tandem_training.t5_weights import T5Weights


@dataclass(frozen=True)
class HybridWeights:
    projector: Projector
    slm: T5Weights
    conditioning: Conditioning


@dataclass(frozen=True)
class PackWeights:
    llm: T5Weights
    hybrid: HybridWeights | None
    slm: T5Weights | None


@dataclass(frozen=True)
class PackLimits:
    max_tokens: int  # what a decoder can write
    top_k: int
    max_step: int = 16  # tokens it reads in one run


@dataclass(frozen=True)
class PackFormats:
    prompt: WeightFormat  # encoder, projector, prefill
    step: WeightFormat  # decoders


QUANTIZED = PackFormats(prompt="columns", step="blocks")
EXACT = PackFormats(prompt="float32", step="float32")


def write_graphs(
    folder: Path, weights: PackWeights, limits: PackLimits, formats: PackFormats, banned_ids: list[int]
) -> dict[str, dict]:
    """Writes the graphs; returns the manifest's `encoder` and `lanes`."""

    def write(name: str, model: onnx.ModelProto) -> str:
        onnx.save(model, folder / name)
        return name

    def decoder(lane: str, model: T5Weights) -> dict:
        graph = decoder_graph(model, formats.step, limits.max_tokens, limits.max_step, limits.top_k, banned_ids)
        return {
            "file": write(f"{lane}.decoder.onnx", graph),
            "layers": len(model.decoder.layers),
            "heads": model.heads,
            "headSize": model.head_size,
            "maxTokens": limits.max_tokens,
            "maxStep": limits.max_step,
        }

    llm = weights.llm
    lanes = {
        "llm": {
            "prefillFrom": "hidden",
            "prefill": write("llm.prefill.onnx", hidden_prefill_graph(llm, formats.prompt)),
            "decoder": decoder("llm", llm),
        }
    }
    if weights.hybrid:
        hybrid = weights.hybrid
        prefill = projected_prefill_graph(hybrid.slm, formats.prompt, hybrid.conditioning)
        lanes["hybrid"] = {
            "prefillFrom": "projected",
            "projector": write("projector.onnx", projector_graph(hybrid.projector, formats.prompt)),
            "prefill": write("hybrid.prefill.onnx", prefill),
            "decoder": decoder("hybrid", hybrid.slm),
        }
    if weights.slm:
        lanes["slm"] = {
            "prefillFrom": "tokens",
            "prefill": write("slm.prefill.onnx", tokens_prefill_graph(weights.slm, formats.prompt)),
            "decoder": decoder("slm", weights.slm),
        }
    encoder = {
        "file": write("encoder.onnx", encoder_graph(llm, formats.prompt)),
        "layers": len(llm.encoder.layers),
        "dModel": llm.width,
    }
    return {"encoder": encoder, "lanes": lanes}


def parameter_counts(weights: PackWeights) -> dict[str, int]:
    """What each part adds: the LLM's encoder with the embedding, its decoder (head included where it is not the embedding),
    projector and SLM, and the SLM that works alone."""

    def size(*arrays: np.ndarray | None) -> int:
        return sum(array.size for array in arrays if array is not None)

    def stack(part) -> int:
        return size(part.final_norm, part.position_bias) + sum(size(*vars(layer).values()) for layer in part.layers)

    def head(model: T5Weights) -> int:
        return 0 if model.head is model.embedding else model.head.size

    def whole(model: T5Weights) -> int:
        return model.embedding.size + stack(model.encoder) + stack(model.decoder) + head(model)

    llm = weights.llm
    counts = {"encoder": llm.embedding.size + stack(llm.encoder), "llm": stack(llm.decoder) + head(llm)}
    if weights.hybrid:
        counts["hybrid"] = size(*vars(weights.hybrid.projector).values()) + whole(weights.hybrid.slm)
    if weights.slm:
        counts["slm"] = whole(weights.slm)
    return counts
