"""A hybrid's folder (projector.safetensors + slm/) → its weights, ready for the graphs."""

from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from tandem_training.t5_graphs import Projector
from tandem_training.t5_weights import T5Weights, load_t5


def load_projector(folder: Path) -> Projector:
    """torch.nn.Sequential(Linear, ReLU, Linear): keys 0 and 2."""
    tensors = {name: tensor.astype(np.float32) for name, tensor in load_file(folder / "projector.safetensors").items()}
    return Projector(
        weight_in=tensors["0.weight"].T, bias_in=tensors["0.bias"],
        weight_out=tensors["2.weight"].T, bias_out=tensors["2.bias"],
    )  # fmt: skip


def load_hybrid(folder: Path) -> tuple[Projector, T5Weights]:
    projector, (_, slm) = load_projector(folder), load_t5(folder / "slm")
    if projector.weight_out.shape[1] != slm.width:
        raise SystemExit(f"expected a projector onto the SLM's {slm.width} dimensions, got {projector.weight_out.shape[1]}")
    return projector, slm
