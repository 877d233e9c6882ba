import itertools
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from tandem_training.batches import IGNORED, Pairs, Position, shifted_right
from tandem_training.encode import encode_pairs
from tandem_training.pretrained import Vocabulary
from tandem_training.tokenizer import EOS, PAD, PREFIXES


def test_an_epoch_shows_every_pair_once_padded_little(pairs: Pairs):
    seen = shown = padded = 0
    for indices, position in pairs.batches(1000, Position()):
        if position.epoch == 1:
            break
        batch = pairs.batch(indices)
        assert batch.source.numel() + batch.target.numel() <= 1000
        assert bool((batch.target == EOS).any(dim=1).all())
        seen, shown, padded = seen + len(batch.source), shown + batch.tokens, padded + batch.source.numel() + batch.target.numel()
    assert seen == len(pairs.usable)
    assert padded < 1.2 * shown


def test_resuming_goes_on_with_the_next_batch(pairs: Pairs):
    run = list(itertools.islice(pairs.batches(1000, Position()), 30))
    resumed = list(itertools.islice(pairs.batches(1000, run[9][1]), 20))
    for (expected, _), (got, _) in zip(run[10:], resumed, strict=True):
        assert np.array_equal(expected, got)


def test_weights_are_repetitions(pairs: Pairs):
    pairs.weights = np.full(len(pairs.usable), 2.5, dtype=np.float32)
    times = np.unique(pairs.epoch(0), return_counts=True)[1]
    assert set(times) == {2, 3}


def test_max_tokens_that_nothing_meets_is_refused(data: Path):
    with pytest.raises(SystemExit, match="raise --max-tokens"):
        Pairs(data / "train.npz", max_tokens=1)


def test_decoder_input_begins_with_the_start_and_holds_tokens_only():
    target = torch.tensor([[5, 6, EOS], [EOS, IGNORED, IGNORED]])
    assert shifted_right(target).tolist() == [[PAD, 5, 6], [PAD, EOS, PAD]]
    assert shifted_right(target, 9).tolist() == [[9, 5, 6], [9, EOS, 9]]


def test_the_way_back_swaps_the_sides_under_its_own_prefix(data: Path):
    forward = Pairs(data / "train.npz", max_tokens=64)
    tokenizer = Tokenizer.from_file(str(data / "tokenizer.json"))
    there, back = (tokenizer.token_to_id(PREFIXES[direction]) for direction in (("en", "de"), ("de", "en")))
    both = Pairs(data / "train.npz", max_tokens=64, back={there: back})
    pairs = len(forward.source_lengths)
    for index in (0, 1, pairs - 1):
        batch, reverse = both.batch(np.array([index])), both.batch(np.array([index + pairs]))
        assert torch.equal(batch.source[0], forward.batch(np.array([index])).source[0])
        assert reverse.source[0].tolist() == [back if batch.source[0, 0] == there else PAD, *batch.target[0].tolist()]
        assert torch.equal(reverse.target[0], batch.source[0, 1:])
    assert set(both.source_tokens[both.source_starts[both.usable]]) == {there, back, tokenizer.token_to_id(PREFIXES["en", "fr"])}


def test_on_the_way_back_codes_are_numbered_anew(data: Path, tmp_path: Path):
    tokenizer = Tokenizer.from_file(str(data / "tokenizer.json"))
    there, back = (tokenizer.token_to_id(PREFIXES[direction]) for direction in (("en", "de"), ("de", "en")))
    codes = [tokenizer.token_to_id(f"<extra_id_{k}>") for k in range(32)]
    english = ["no codes", "<extra_id_0>red<extra_id_1> house<extra_id_2>", "<extra_id_0> here"]
    german = ["ohne", "<extra_id_2>Haus <extra_id_0>rot<extra_id_1>", "hier <extra_id_0>"]
    encode_pairs(Vocabulary(tokenizer, tokenizer), [f"{PREFIXES['en', 'de']} {text}" for text in english], german, [1.0] * 3, tmp_path / "codes.npz")
    both = Pairs(tmp_path / "codes.npz", max_tokens=64, back={there: back}, codes=codes)

    def text(tensor: torch.Tensor) -> str:
        return tokenizer.decode(tensor[0].tolist(), skip_special_tokens=False)

    ways = [both.batch(np.array([index])) for index in range(6)]
    assert [text(batch.target) for batch in ways[:3]] == ["ohne</s>", "<extra_id_2> Haus<extra_id_0> rot<extra_id_1></s>", "hier<extra_id_0></s>"]
    assert text(ways[4].source) == "translate German to English:<extra_id_0> Haus<extra_id_1> rot<extra_id_2></s>"
    assert text(ways[4].target) == "<extra_id_1> red<extra_id_2> house<extra_id_0></s>"
    assert [text(batch.target) for batch in (ways[3], ways[5])] == ["no codes</s>", "<extra_id_0> here</s>"]
