import os
import signal
import time
from pathlib import Path

import pytest
import torch
from torch import nn

from tandem_training.batches import Batch, Pairs
from tandem_training.fit import Plan, fit
from tandem_training.optimizer import lr_scale
from tandem_training.workers import Workers


class Run:
    """A model of one matrix that counts its batches; `at` maps a batch's number to what happens there."""

    def __init__(self, folder: Path, pairs: Pairs, at: dict | None = None) -> None:
        self.folder, self.pairs, self.at, self.batches = folder, pairs, at or {}, 0
        torch.manual_seed(0)
        self.model = nn.Linear(4, 4)

    def loss(self, batch: Batch) -> torch.Tensor:
        self.batches += 1
        loss = self.model(torch.ones(1, 4)).square().mean()
        return loss * float("nan") if self.at.get(self.batches, lambda: None)() == "nan" else loss

    def fit(self, steps: int) -> None:
        plan = Plan(time.time() + 60, 1, 1000, 1e-2, 1e-2, warmup_steps=1, save_every_s=0, max_steps=steps)
        save = lambda folder: torch.save(self.model.state_dict(), folder / "model.pt")  # noqa: E731
        fit("model", self.folder, self.pairs, plan, [self.model], self.loss, save, lambda: "", Workers())


def weights(run: Run) -> list[torch.Tensor]:
    return torch.load(run.folder / "model.state.pt", weights_only=True)["weights"]


def test_a_run_killed_and_resumed_ends_like_one_that_was_not(tmp_path: Path, pairs: Pairs):
    whole = Run(tmp_path / "whole", pairs)
    whole.fit(8)
    killed = Run(tmp_path / "killed", pairs, {3: lambda: os.kill(os.getpid(), signal.SIGTERM)})
    with pytest.raises(SystemExit, match="stopped by a signal at step 3"):
        killed.fit(8)
    assert (killed.folder / "model" / "model.pt").exists()
    Run(tmp_path / "killed", pairs).fit(8)
    assert all(torch.allclose(a, b) for a, b in zip(weights(whole), weights(killed), strict=True))


def test_a_nan_loss_stops_and_keeps_the_last_good_checkpoint(tmp_path: Path, pairs: Pairs):
    run = Run(tmp_path, pairs, {5: lambda: "nan"})
    with pytest.raises(SystemExit, match="loss is nan at step 4.*last good checkpoint"):
        run.fit(8)
    state = torch.load(tmp_path / "model.state.pt", weights_only=True)
    assert state["step"] == 4
    assert all(bool(weight.isfinite().all()) for weight in state["weights"])


def test_the_schedule_rises_holds_and_falls_to_zero():
    assert lr_scale(0, 10, 1000, 100) == pytest.approx(0.1)
    assert lr_scale(500, 10, 1000, 100) == 1
    assert lr_scale(500, 10, 50, 100) == 0.5
    assert lr_scale(500, 10, -1, 100) == 0
