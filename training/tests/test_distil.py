import ast
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from tandem_training.batches import Mixed, Pairs
from tandem_training.beam_search import beam_search, prepare_search
from tandem_training.distil import Shards, batches_of, decode, distilled, drawn, loops, nearest, origin, refusal
from tandem_training.optimizer import optimizers_for
from tandem_training.pretrained import Vocabulary
from tandem_training.t5 import generate_greedily, logits_of, new_t5, write_t5
from tandem_training.tokenizer import EOS, PAD

TRAINING = Path(__file__).resolve().parents[1]
CPU = torch.device("cpu")
LATER = 1e12


NO_CODES: frozenset[int] = frozenset()


def echo(source: torch.Tensor, _: int) -> list[list[list[int]]]:
    """A model that writes the source backwards, without its prefix."""
    return [[[*[i for i in row[1:] if i > EOS][::-1], EOS]] for row in source.tolist()]


def test_sources_are_drawn_by_weight_and_a_larger_limit_adds(pairs: Pairs):
    pairs.weights = np.where(np.arange(len(pairs.usable)) % 2, 9.0, 1.0)
    few, more = drawn(pairs, 40), drawn(pairs, 80)
    assert np.array_equal(few, more[:40]) and len(set(more)) == 80
    assert np.isin(more, pairs.usable[1::2]).mean() > 0.75


def test_batches_hold_every_pair_once_and_keep_to_their_size(pairs: Pairs):
    indices = drawn(pairs, 200)
    batches = batches_of(pairs, indices, 300)
    assert sorted(np.concatenate(batches)) == sorted(indices)
    assert all(len(batch) == 1 or len(batch) * pairs.source_lengths[batch].max() <= 300 for batch in batches)


def test_a_stopped_run_goes_on_where_it_was(pairs: Pairs, tmp_path: Path):
    batches = batches_of(pairs, drawn(pairs, 200), 300)
    whole, stopped = Shards(tmp_path / "whole", 0), Shards(tmp_path / "stopped", 0)
    decode(echo, pairs, batches, NO_CODES, whole, LATER, CPU, [])
    decoded = []

    def stop_at_third(source: torch.Tensor, most: int) -> list[list[list[int]]]:
        decoded.append(source)
        if len(decoded) == 3:
            signals.append(True)
        return echo(source, most)

    signals: list[bool] = []
    decode(stop_at_third, pairs, batches, NO_CODES, stopped, LATER, CPU, signals)
    assert len(stopped.read()) == sum(map(len, batches[:3]))
    decode(echo, pairs, batches[3:], NO_CODES, Shards(tmp_path / "stopped", 0), LATER, CPU, [])
    assert stopped.read() == whole.read()
    assert all(output[-1] == EOS for output in whole.read().values())


def test_shards_of_another_llm_or_of_other_pairs_are_refused(pairs: Pairs, data: Path, tmp_path: Path):
    torch.manual_seed(0)
    llms = [new_t5(800, 32, 64, 1, 1, 1).to(torch.bfloat16) for _ in range(2)]
    made = origin(llms[0], pairs)
    for _ in range(2):
        Shards(tmp_path, 0).belong_to(made)
    fewer = Pairs(data / "train.npz", max_tokens=64)
    fewer.source_tokens = fewer.source_tokens[:-1]
    for other in (origin(llms[1], pairs), origin(llms[0], fewer)):
        with pytest.raises(SystemExit, match="written by another LLM, another search or from other pairs; delete it"):
            Shards(tmp_path, 0).belong_to(other)


def test_a_deadline_in_the_past_decodes_nothing(pairs: Pairs, tmp_path: Path):
    shards = Shards(tmp_path, 0)
    decode(echo, pairs, batches_of(pairs, drawn(pairs, 20), 300), NO_CODES, shards, time.time() - 1, CPU, [])
    assert shards.read() == {}


def test_a_damaged_shard_is_put_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    shards = Shards(tmp_path, 0)
    shards.write({1: [5, EOS]})
    shards.write({2: [6, EOS]})
    first = tmp_path / "00000-0.npz"
    first.write_bytes(first.read_bytes()[:100])
    assert shards.read() == {2: [6, EOS]}
    assert "00000-0.npz is damaged" in capsys.readouterr().out
    shards.write({1: [7, EOS]})
    assert shards.read() == {1: [7, EOS], 2: [6, EOS]}


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ([20, 21, 22, EOS], None),
        ([20, 21, 22], "unfinished"),
        ([EOS], "empty"),
        ([20, 21] * 4 + [EOS], "loop"),
        ([*range(20, 60), EOS], "ratio"),
        ([20, 90, EOS], "codes"),
        ([10, 11, 12, EOS], "copy"),
    ],
)
def test_refusal(output: list[int], reason: str | None):
    assert refusal([9, 10, 11, 12, EOS], output, [30, 31, EOS], frozenset([90, 91])) == reason


def test_codes_may_change_places_but_not_go():
    source, reference = [9, 10, 90, 11, 91, EOS], [30, EOS]
    assert refusal(source, [91, 20, 90, EOS], reference, frozenset([90, 91])) is None
    assert refusal(source, [91, 20, 91, EOS], reference, frozenset([90, 91])) == "codes"


def test_of_several_outputs_the_one_nearest_the_reference_is_taken():
    source, reference, codes = [9, 10, 90, 11, EOS], [30, 31, 90, 32, EOS], frozenset([90, 91])
    likeliest, nearer, as_near = [30, 90, 33, EOS], [30, 31, 90, 33, EOS], [30, 31, 90, 34, EOS]
    assert nearest([likeliest, nearer, as_near], source, reference, codes) == nearer
    assert nearest([likeliest, reference, nearer], source, reference, codes) == reference
    without_code, unfinished = [30, 31, 32, EOS], [30, 31, 90, 32]
    assert nearest([without_code, unfinished, likeliest], source, reference, codes) == likeliest
    assert nearest([without_code, unfinished], source, reference, codes) == without_code


def test_what_repeats_in_the_source_may_repeat():
    assert loops([1, 2, 3] * 4) and not loops([1, 2, 3] * 3) and loops([5] * 6) and loops([1, 2, 3, 4, 8, 1, 2, 3, 4, 9, 7, 1, 2, 3, 4])
    assert refusal([9, *[10, 11] * 4, EOS], [*[20, 21] * 4, EOS], [30, EOS], frozenset()) is None


def run(llm: Path, data: Path, out: Path, *more: str, workers: int = 1) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(workers), "-m", "--",
        "tandem_training.distil", *more, "--llm", llm, "--pairs", data / "train.npz", "--out", out,
        "--limit", "60", "--max-tokens", "14", "--deadline", str(time.time() + 600),
    ]  # fmt: skip
    return subprocess.run(command, env={**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(TRAINING)}, capture_output=True, text=True)


def learn(llm: PreTrainedModel, pairs: Pairs) -> None:
    """Forty pairs by heart."""
    batch = pairs.batch(drawn(pairs, 40))
    optimizers = optimizers_for([llm], 2e-2, 2e-2)
    for _ in range(60):
        logits = logits_of(llm, batch.target, input_ids=batch.source, attention_mask=batch.source != 0)
        torch.nn.functional.cross_entropy(logits.flatten(0, 1), batch.target.flatten()).backward()
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()


def test_a_wider_beam_finds_what_the_llm_thinks_likelier(data: Path, tmp_path: Path):
    torch.manual_seed(0)
    llm = new_t5(800, 128, 64, 2, 1, 1)
    pairs = Pairs(data / "train.npz", max_tokens=14)
    learn(llm, pairs)
    source = pairs.batch(drawn(pairs, 80)).source

    def likelihood(outputs: torch.Tensor) -> float:
        """Mean over the sentences of the mean log probability of a token."""
        with torch.no_grad():
            scores = logits_of(llm, outputs, input_ids=source, attention_mask=source != PAD).log_softmax(-1)
        written = (outputs != PAD).float()
        of_tokens = scores.gather(-1, outputs.unsqueeze(-1)).squeeze(-1) * written
        return (of_tokens.sum(1) / written.sum(1)).mean().item()

    tokenizer = Tokenizer.from_file(str(data / "tokenizer.json"))
    prepare_search(llm, tokenizer, tmp_path / "llm")

    def likeliest(width: int) -> torch.Tensor:
        found = beam_search(tmp_path / "llm", tokenizer, width, threads=1)(source, 30)
        assert all(len(outputs) == width for outputs in found)
        return torch.nn.utils.rnn.pad_sequence([torch.tensor(outputs[0]) for outputs in found], batch_first=True)

    narrow, wide = likeliest(1), likeliest(6)
    greedy = generate_greedily(llm, 30, input_ids=source, attention_mask=source != PAD)
    assert likelihood(narrow) == pytest.approx(likelihood(greedy), abs=0.1)  # 8 bits against 32
    assert likelihood(wide) > likelihood(narrow)


def test_the_command_writes_what_the_llm_says_and_goes_on_from_its_shards(data: Path, tmp_path: Path):
    torch.manual_seed(0)
    llm = new_t5(800, 128, 64, 2, 1, 1)
    write_t5(llm, data / "tokenizer.json", tmp_path / "llm")
    untrained = run(tmp_path / "llm", data, tmp_path / "none.npz")
    assert untrained.returncode and "none of 60 outputs is worth learning from" in untrained.stderr

    pairs = Pairs(data / "train.npz", max_tokens=14)
    learn(llm, pairs)
    write_t5(llm, data / "tokenizer.json", tmp_path / "llm")
    first, again = run(tmp_path / "llm", data, tmp_path / "some.npz"), run(tmp_path / "llm", data, tmp_path / "some.npz")
    searched = run(tmp_path / "llm", data, tmp_path / "searched.npz", "--beam", "2", workers=2)
    assert "60 sources, 0 decoded before" in searched.stdout and Pairs(tmp_path / "searched.npz", max_tokens=100).usable.size, searched.stderr
    other = run(tmp_path / "llm", data, tmp_path / "some.npz", "--beam", "2")
    assert other.returncode and "written by another LLM, another search" in other.stderr
    assert "60 sources, 0 decoded before" in first.stdout and "60 sources, 60 decoded before" in again.stdout
    distilled_pairs = Pairs(tmp_path / "some.npz", max_tokens=100)
    known = {tuple(pairs.pair(int(index))[0]) for index in drawn(pairs, 60)}
    assert {tuple(distilled_pairs.pair(int(index))[0]) for index in distilled_pairs.usable} <= known
    assert len(distilled_pairs.usable) + sum(ast.literal_eval(again.stdout.split("refused ")[1].split("\n")[0]).values()) == 60


def test_mixing_keeps_an_epoch_as_long_and_gives_the_share(pairs: Pairs, data: Path, tmp_path: Path):
    indices = drawn(pairs, 50).tolist()
    tokenizer = Tokenizer.from_file(str(data / "tokenizer.json"))
    arrays, refused = distilled(pairs, {index: pairs.pair(index)[1] for index in indices}, Vocabulary(tokenizer, tokenizer))
    assert not refused
    np.savez(tmp_path / "distilled.npz", **arrays)
    mixed = Pairs(data / "train.npz", max_tokens=64, mixed=Mixed(tmp_path / "distilled.npz", 0.25))
    assert mixed.weights.sum() == pytest.approx(pairs.weights.sum(), rel=1e-4)
    first_distilled = len(np.load(data / "train.npz")["weights"])
    assert mixed.weights[mixed.usable >= first_distilled].sum() / mixed.weights.sum() == pytest.approx(0.25, rel=1e-4)
    assert [mixed.pair(first_distilled + k) for k in range(50)] == [pairs.pair(index) for index in sorted(indices)]


def test_a_file_that_is_damaged_or_missing_is_named(data: Path, tmp_path: Path):
    content = (data / "train.npz").read_bytes()
    for damaged in (content[: len(content) // 2], content[:2000] + b"\0" * 64 + content[2064:], b"", b"text"):
        (tmp_path / "train.npz").write_bytes(damaged)
        with pytest.raises(SystemExit, match="train.npz is damaged"):
            Pairs(tmp_path / "train.npz", max_tokens=64)
    arrays = dict(np.load(data / "train.npz"))
    np.savez(tmp_path / "train.npz", **{**arrays, "weights": arrays["weights"][:-1]})
    with pytest.raises(SystemExit, match="starts do not fit"):
        Pairs(tmp_path / "train.npz", max_tokens=64)
    with pytest.raises(SystemExit, match="does not exist"):
        Pairs(tmp_path / "none.npz", max_tokens=64)
