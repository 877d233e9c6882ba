"""Muon for the hidden matrices, AdamW for embeddings and norms, and the schedule that both follow."""

import torch
from torch import nn

from tandem_training.t5 import D_KV


def optimizers_for(parts: list[nn.Module], muon_lr: float, adam_lr: float) -> list[torch.optim.Optimizer]:
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
        torch.optim.Muon([g for g in groups if g["params"]], lr=muon_lr, weight_decay=0.01, momentum=0.95, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(rest, lr=adam_lr, betas=(0.9, 0.98), weight_decay=0.0, foreach=True),
    ]


def lr_scale(step: int, warmup_steps: int, remaining_s: float, decay_s: float) -> float:
    """Warm-up by steps, constant, then linear to zero over the last decay_s seconds before the deadline."""
    return min(1.0, (step + 1) / warmup_steps, max(0.0, remaining_s / decay_s))
