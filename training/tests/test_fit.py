import os
import resource
import signal
import time
from pathlib import Path

import pytest
import torch
from torch import nn

from tandem_training.batches import Batch, Pairs
from tandem_training.fit import Plan, fit
from tandem_training.optimizer import lr_scale
from tandem_training.whole import restore_folder
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

    def fit(self, steps: int, seconds: float = 60, save_every_s: float = 0) -> None:
        plan = Plan(time.time() + seconds, 1, 1000, 1e-2, 1e-2, warmup_steps=1, save_every_s=save_every_s, max_steps=steps)
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


def test_a_nan_loss_before_the_first_checkpoint_promises_none(tmp_path: Path, pairs: Pairs):
    with pytest.raises(SystemExit, match="loss is nan at step 1; no checkpoint was saved yet"):
        Run(tmp_path, pairs, {2: lambda: "nan"}).fit(8, save_every_s=3600)


def test_a_step_that_does_not_fit_the_memory_says_what_to_lower(tmp_path: Path, pairs: Pairs):
    def full() -> None:
        raise torch.OutOfMemoryError("tried to allocate 3.00 GiB")

    with pytest.raises(SystemExit, match="step 1 does not fit.*3.00 GiB.*Lower --batch-tokens, 1000 now"):
        Run(tmp_path, pairs, {2: full}).fit(8)


def test_a_run_whose_time_is_over_before_it_begins_writes_no_model(tmp_path: Path, pairs: Pairs):
    with pytest.raises(SystemExit, match="nothing was learnt or saved. Give it a later --deadline"):
        Run(tmp_path, pairs).fit(8, seconds=-1)
    assert not (tmp_path / "model").exists()
    Run(tmp_path, pairs).fit(2)
    Run(tmp_path, pairs).fit(8, seconds=-1)
    assert torch.load(tmp_path / "model.state.pt", weights_only=True)["step"] == 2


class Killed(BaseException):
    """Ends a run like kill -9: no handler of the pipeline sees it."""


@pytest.mark.parametrize("deadly", range(1, 8))
def test_a_run_killed_while_it_saves_leaves_a_whole_checkpoint(tmp_path: Path, pairs: Pairs, monkeypatch: pytest.MonkeyPatch, deadly: int):
    """At each rename: the state's, the old folder's, the new one's, of the first save and of the next."""
    Run(tmp_path / "whole", pairs).fit(6)
    run, renames, rename = Run(tmp_path / "killed", pairs), [], Path.rename

    def deadly_rename(path: Path, target: Path) -> Path:
        renames.append(target)
        if len(renames) == deadly:
            raise Killed
        return rename(path, target)

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Path, "rename", deadly_rename)
        run.fit(6)
    Run(tmp_path / "killed", pairs).fit(6)
    assert all(torch.allclose(a, b) for a, b in zip(weights(Run(tmp_path / "whole", pairs)), weights(run), strict=True))
    assert sorted(path.name for path in (tmp_path / "killed").iterdir()) == ["model", "model.state.pt"]
    assert torch.load(tmp_path / "killed" / "model" / "model.pt", weights_only=True).keys() == run.model.state_dict().keys()


def test_a_run_killed_between_its_renames_gets_its_old_checkpoint_back(tmp_path: Path):
    (tmp_path / "model.old").mkdir()
    (tmp_path / "model.old" / "config.json").write_text("{}")
    restore_folder(tmp_path / "model")
    assert (tmp_path / "model" / "config.json").exists() and not (tmp_path / "model.old").exists()


def test_a_full_disk_is_told_and_what_was_saved_is_kept(tmp_path: Path, pairs: Pairs, capsys: pytest.CaptureFixture[str]):
    Run(tmp_path, pairs).fit(4)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # no file can be longer: writing fails as it does on a full disk
    try:
        with pytest.raises(SystemExit, match="model.state.pt could not be written.*what was there is kept. Make room"):
            Run(tmp_path, pairs).fit(8)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "Training goes on and tries again" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    Run(tmp_path, pairs).fit(8)
    assert torch.load(tmp_path / "model.state.pt", weights_only=True)["step"] == 8


@pytest.mark.parametrize("damage", [lambda content: content[: len(content) // 2], lambda content: b"", lambda content: content[::-1]])
def test_a_damaged_state_is_named_with_what_to_do(tmp_path: Path, pairs: Pairs, damage):
    Run(tmp_path, pairs).fit(2)
    state = tmp_path / "model.state.pt"
    state.write_bytes(damage(state.read_bytes()))
    with pytest.raises(SystemExit, match="model.state.pt is damaged.*--init .*model"):
        Run(tmp_path, pairs).fit(4)
    assert (tmp_path / "model" / "model.pt").exists()


def test_a_state_of_other_sizes_is_refused(tmp_path: Path, pairs: Pairs):
    Run(tmp_path, pairs).fit(2)
    other = Run(tmp_path, pairs)
    other.model = nn.Linear(4, 5)
    with pytest.raises(SystemExit, match="of a model of other sizes"):
        other.fit(4)


def test_a_gradient_that_is_not_finite_stops_before_it_reaches_the_weights(tmp_path: Path, pairs: Pairs):
    run = Run(tmp_path, pairs, {4: lambda: run.model.weight.register_hook(lambda gradient: gradient * float("inf"))})
    with pytest.raises(SystemExit, match="gradient is (inf|nan) at step 3.*last good checkpoint"):
        run.fit(8)
    assert all(bool(weight.isfinite().all()) for weight in weights(run))


def test_the_schedule_rises_holds_and_falls_to_zero():
    assert lr_scale(0, 10, 1000, 100) == pytest.approx(0.1)
    assert lr_scale(500, 10, 1000, 100) == 1
    assert lr_scale(500, 10, 50, 100) == 0.5
    assert lr_scale(500, 10, -1, 100) == 0
