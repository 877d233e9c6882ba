from pathlib import Path

import pytest
from tokenizers import Tokenizer

from tandem_training.tokenizer import EOS, PAD, PREFIXES, UNK

SMALL = Path(__file__).parents[1] / "packs" / "small" / "tokenizer.json"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(SMALL))


def test_special_ids(tokenizer: Tokenizer):
    assert [tokenizer.token_to_id(piece) for piece in ("<pad>", "</s>", "<unk>")] == [PAD, EOS, UNK]
    assert tokenizer.get_vocab_size() == 8000


@pytest.mark.parametrize("prefix", PREFIXES.values())
def test_a_prefix_is_one_token_and_changes_nothing_else(tokenizer: Tokenizer, prefix: str):
    with_prefix, without = tokenizer.encode(f"{prefix} Good morning.").ids, tokenizer.encode("Good morning.").ids
    assert with_prefix == [tokenizer.token_to_id(prefix), *without]
    assert without[-1] == EOS


@pytest.mark.parametrize(
    "text", ["Wie geht’s dir — gut?", "L’été, c’est génial !", "100 % of {name}\\n", "日本 😀 𝕏", "a", "x" * 300, "Zürich 12.345 km"]
)
def test_round_trip(tokenizer: Tokenizer, text: str):
    ids = tokenizer.encode(text).ids
    assert UNK not in ids
    assert tokenizer.decode(ids) == text


def test_white_space_collapses_and_composes(tokenizer: Tokenizer):
    assert tokenizer.decode(tokenizer.encode("  a\u00a0\n b\u0301e\u0301 ").ids) == "a b\u0301\u00e9"
