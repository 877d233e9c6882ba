"""The training loop that the LLM, the hybrid and the SLM alone share: until a deadline, resumable, never without a checkpoint.

Knows batches, a loss function, optimizers and the clock; not what the model is. `save(folder)` writes the model's files.
A run folder holds `<name>/` (the checkpoint that others read) and `<name>.state.pt` (what resuming needs).
"""

import itertools
import math
import signal
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from tandem_training.batches import Batch, Examples, Position
from tandem_training.optimizer import lr_scale, optimizers_for
from tandem_training.precision import autocast
from tandem_training.whole import NotWritten, replace_folder, restore_folder, whole_file
from tandem_training.workers import Workers


@dataclass(frozen=True)
class Plan:
    deadline: float  # seconds since the epoch; training ends then
    decay_s: float  # the learning rate falls to zero over the last decay_s seconds
    batch_tokens: int  # source + target, padding included
    muon_lr: float
    adam_lr: float
    warmup_steps: int = 100
    ema_decay: float = 0.995
    save_every_s: float = 120
    evaluate_every_s: float = 600
    max_steps: int | None = None


def read_state(path: Path, device: torch.device, weights: list[torch.Tensor]) -> dict:
    """What resuming needs; refused when it is damaged or of another model."""
    advice = f"Delete it and start again, with --init {path.with_name(path.name.split('.')[0])} to go on from the last checkpoint's weights"
    try:
        state = torch.load(path, map_location=device, weights_only=True)
        shapes = [raw.shape for raw in state["weights"]]
    except Exception as error:  # zip, pickle and torch each have their own
        raise SystemExit(f"{path} is damaged ({type(error).__name__}). {advice}") from error
    if shapes != [p.shape for p in weights]:
        raise SystemExit(f"{path} is of a model of other sizes. Start with the sizes it had, or in another run folder")
    return state


def fit(
    name: str,
    run: Path,
    pairs: Examples,
    plan: Plan,
    trained: list[nn.Module],
    loss_of: Callable[[Batch], torch.Tensor],
    save: Callable[[Path], None],
    evaluate: Callable[[], str],
    workers: Workers,
    optimizers: list[torch.optim.Optimizer] | None = None,
) -> None:
    """Without `optimizers`, Muon and AdamW with the plan's rates. `loss_of` takes what `pairs.batch` gives."""
    device = workers.device()

    def say(line: str) -> None:
        if workers.first:
            print(line, flush=True)

    weights = list({id(p): p for part in trained for p in part.parameters() if p.requires_grad}.values())
    optimizers = optimizers or optimizers_for(trained, plan.muon_lr, plan.adam_lr, workers)
    lrs = [[group["lr"] for group in optimizer.param_groups] for optimizer in optimizers]
    average = [p.detach().clone() for p in weights]
    run.mkdir(parents=True, exist_ok=True)
    step, position, state_path = 0, Position(), run / f"{name}.state.pt"
    if workers.first:
        restore_folder(run / name)
    if state_path.exists():
        state = read_state(state_path, device, weights)
        with torch.no_grad():
            for p, raw in zip(weights, state["weights"], strict=True):
                p.copy_(raw)
        average = state["average"]
        for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        step, position = state["step"], Position(*state["position"])
        say(f"{name}: resumed at step {step}, {position}")

    @contextmanager
    def averaged():
        """The averaged weights are the checkpoint; the raw ones go on training."""
        raw = [p.detach().clone() for p in weights]
        with torch.no_grad():
            torch._foreach_copy_(weights, average)
            try:
                yield
            finally:
                torch._foreach_copy_(weights, raw)

    def checkpoint() -> None:
        if not workers.first:
            return
        state = {
            "weights": [p.detach() for p in weights],
            "average": average,
            "optimizers": [optimizer.state_dict() for optimizer in optimizers],
            "step": step,
            "position": tuple(position),
        }
        with whole_file(state_path) as partial:
            torch.save(state, partial)
        with averaged():
            replace_folder(run / name, save)

    def advice() -> str:
        if not (run / name).exists():
            return "no checkpoint was saved yet. Lower the learning rate and start again"
        return f"the last good checkpoint is {run / name}. Lower the learning rate and resume"

    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    previous = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    started = logged = saved = evaluated = time.time()
    tokens = seconds_tokens = 0
    recent: list[float] = []
    batches = pairs.batches(plan.batch_tokens, position)
    while True:
        # One batch a worker; each builds its own.
        turns = list(itertools.islice(batches, workers.count))
        now = time.time()
        ended = now >= plan.deadline or (plan.max_steps is not None and step >= plan.max_steps)
        flags = torch.tensor([float(stopped), float(ended)], device=device)
        workers.average([flags])
        stopped = bool(flags[0])
        if flags.any():
            break
        scale = lr_scale(step, plan.warmup_steps, plan.deadline - now, plan.decay_s)
        for optimizer, group_lrs in zip(optimizers, lrs, strict=True):
            for group, lr in zip(optimizer.param_groups, group_lrs, strict=True):
                group["lr"] = lr * scale
        batch = pairs.batch(turns[workers.rank][0]).to(device)
        try:
            with autocast(device):
                loss = loss_of(batch)
            loss.backward()
        except torch.OutOfMemoryError as error:
            raise SystemExit(f"{name}: step {step} does not fit the GPU's memory ({error}). Lower --batch-tokens, {plan.batch_tokens} now") from error
        loss = loss.detach()
        workers.average([loss, *(p.grad for p in weights)])
        value = loss.item()
        if not math.isfinite(value):
            raise SystemExit(f"{name}: loss is {value} at step {step}; {advice()}")
        norm = torch.nn.utils.clip_grad_norm_(weights, 1.0, foreach=True).item()
        if not math.isfinite(norm):
            raise SystemExit(f"{name}: the gradient is {norm} at step {step}; {advice()}")
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        step, position = step + 1, turns[-1][1]
        torch._foreach_lerp_(average, [p.detach() for p in weights], max(1 - plan.ema_decay, 1 / (step + 1)))
        recent.append(value)
        tokens, seconds_tokens = tokens + workers.count * batch.tokens, seconds_tokens + workers.count * batch.tokens
        now = time.time()
        if now - logged > 30 or step == 1:
            say(
                f"{name}: step {step} epoch {position.epoch} window {position.window} loss {sum(recent) / len(recent):.4f} "
                f"lr x{scale:.2f} {seconds_tokens / (now - logged):.0f} tok/s {tokens / 1e6:.2f} M tokens {(now - started) / 60:.1f} min"
            )
            recent, seconds_tokens, logged = [], 0, now
        if now - saved > plan.save_every_s:
            try:
                checkpoint()
            except NotWritten as failure:
                say(f"{name}: {failure}. Training goes on and tries again")
            saved = time.time()
        if workers.first and now - evaluated > plan.evaluate_every_s:
            with averaged():
                say(f"{name}: step {step} {evaluate()}")
            evaluated = time.time()
    if step == 0 and not stopped:
        raise SystemExit(f"{name}: its time was over before the first step, so nothing was learnt or saved. Give it a later --deadline")
    checkpoint()
    if stopped:
        raise SystemExit(f"{name}: stopped by a signal at step {step}; start the same command again to resume")
    for number, handler in previous.items():
        signal.signal(number, handler)
    if workers.first:
        with averaged():
            say(f"{name}: ended at step {step} after {(time.time() - started) / 60:.1f} min, {tokens} tokens; {evaluate()}")
