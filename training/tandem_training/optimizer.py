"""Muon for the hidden matrices, AdamW for embeddings and norms, and the schedule that both follow."""

import torch
from torch import nn

from tandem_training.precision import product_dtype
from tandem_training.t5 import D_KV
from tandem_training.workers import Workers

# Of the quintic iteration; five of them bring the singular values between 0.5 and 1.5 (Jordan 2024, "Muon").
_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
_ITERATIONS = 5


class Muon(torch.optim.Optimizer):
    """Momentum whose steps are orthogonalized (Jordan 2024), as long as AdamW's (Liu et al. 2025, arXiv 2502.16982).

    torch.optim.Muon's rule; but the workers of a run share its work, a third of a step of the LLM where each does all of it, and the
    products are in the format that the machine is fastest in. Parameters are matrices.
    """

    def __init__(self, groups: list[dict], lr: float, workers: Workers, momentum: float = 0.95, weight_decay: float = 0.01) -> None:
        super().__init__(groups, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})
        self._workers = workers

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        chosen = [(group, p) for group in self.param_groups for p in group["params"] if p.grad is not None]
        steps = []
        for turn, (group, p) in enumerate(chosen):
            state, momentum = self.state[p], group["momentum"]
            if not state:
                state["momentum_buffer"] = torch.zeros_like(p)
            state["momentum_buffer"].lerp_(p.grad, 1 - momentum)
            mine = turn % self._workers.count == self._workers.rank
            steps.append(orthogonalized(p.grad.lerp(state["momentum_buffer"], momentum)) if mine else torch.zeros_like(p))
        self._workers.add(steps)
        for (group, p), step in zip(chosen, steps, strict=True):
            p.mul_(1 - group["lr"] * group["weight_decay"])
            p.add_(step, alpha=-group["lr"] * 0.2 * max(p.shape) ** 0.5)


def orthogonalized(matrix: torch.Tensor) -> torch.Tensor:
    """[rows, columns] → nearly the orthogonal matrix nearest to it, by Newton and Schulz's iteration."""
    a, b, c = _COEFFICIENTS
    wide = matrix.to(product_dtype(matrix.device.type))
    wide = wide.T if matrix.shape[0] > matrix.shape[1] else wide
    wide = wide / wide.norm().clamp(min=1e-7)
    for _ in range(_ITERATIONS):
        gram = wide @ wide.T
        wide = torch.addmm(wide, torch.addmm(gram, gram, gram, beta=b, alpha=c), wide, beta=a)
    return (wide.T if matrix.shape[0] > matrix.shape[1] else wide).to(matrix.dtype)


def optimizers_for(parts: list[nn.Module], muon_lr: float, adam_lr: float, workers: Workers | None = None) -> list[torch.optim.Optimizer]:
    """Embeddings and relative position biases are looked up, not multiplied: they and all vectors go to AdamW."""
    looked_up = {id(module.weight) for part in parts for module in part.modules() if isinstance(module, nn.Embedding)}
    named = {id(p): (name, p) for part in parts for name, p in part.named_parameters() if p.requires_grad}
    matrices = {name: p for i, (name, p) in named.items() if p.ndim == 2 and i not in looked_up}
    rest = [p for i, (_, p) in named.items() if p.ndim != 2 or i in looked_up]
    queries = [p for name, p in matrices.items() if name.endswith(".q.weight")]
    others = [p for name, p in matrices.items() if not name.endswith(".q.weight")]
    # T5 has no 1/sqrt(d_kv) in its attention: its query matrices are that much smaller, and so must their steps be. With full steps
    # the attention saturates within some hundred.
    groups = [{"params": queries, "lr": muon_lr / D_KV**0.5}, {"params": others, "lr": muon_lr}]
    return [
        Muon([g for g in groups if g["params"]], muon_lr, workers or Workers()),
        torch.optim.AdamW(rest, lr=adam_lr, betas=(0.9, 0.98), weight_decay=0.0, foreach=True),
    ]


def lr_scale(step: int, warmup_steps: int, remaining_s: float, decay_s: float) -> float:
    """Warm-up by steps, constant, then linear to zero over the last decay_s seconds before the deadline."""
    return min(1.0, (step + 1) / warmup_steps, max(0.0, remaining_s / decay_s))
