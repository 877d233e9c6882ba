import torch
from torch import nn

from tandem_training.optimizer import Muon, orthogonalized
from tandem_training.workers import Workers


def test_what_is_orthogonalized_has_singular_values_near_one():
    for shape in ((48, 16), (16, 48), (32, 32)):
        values = torch.linalg.svdvals(orthogonalized(torch.randn(shape, generator=torch.Generator().manual_seed(1))))
        assert values.min() > 0.3 and values.max() < 1.4


def test_muon_goes_where_the_library_s_goes():
    generator = torch.Generator().manual_seed(2)
    start = [torch.randn(shape, generator=generator) for shape in ((24, 8), (8, 24), (8, 8))]
    ours, theirs = ([nn.Parameter(p.clone()) for p in start] for _ in range(2))
    optimizers = [
        Muon([{"params": ours}], 0.02, Workers()),
        torch.optim.Muon(theirs, lr=0.02, weight_decay=0.01, momentum=0.95, adjust_lr_fn="match_rms_adamw"),
    ]
    for _ in range(5):
        for p, q in zip(ours, theirs, strict=True):
            p.grad = torch.randn(p.shape, generator=generator)
            q.grad = p.grad.clone()
        for optimizer in optimizers:
            optimizer.step()
    for p, q, first in zip(ours, theirs, start, strict=True):
        # The library's products are in bfloat16: a hundredth or two of a step.
        assert (p - q).norm() < 0.03 * (q - first).norm()
        assert (q - first).norm() > 0.01
