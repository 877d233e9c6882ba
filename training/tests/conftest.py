from pathlib import Path

import pytest
from tokenizers import Tokenizer

from tandem_training.batches import Pairs
from tandem_training.corpora import cut, read_rows
from tandem_training.encode import encode_pairs
from tandem_training.pretrained import Vocabulary
from tandem_training.tokenizer import PREFIXES, balanced_sentences, build, train_pieces

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixture corpora, cut, with a tokenizer of 800 ids and the encoded training pairs."""
    folder = tmp_path_factory.mktemp("data")
    cut(FIXTURES / "corpora", folder)
    rows = read_rows(folder / "train.tsv")
    build(train_pieces(balanced_sentences(list(rows), 10_000), 763)).save(str(folder / "tokenizer.json"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    sources, targets = [f"{PREFIXES['en', row[0]]} {row[3]}" for row in rows], [row[4] for row in rows]
    encode_pairs(Vocabulary(tokenizer, tokenizer), sources, targets, [1.0] * len(rows), folder / "train.npz")
    return folder


@pytest.fixture
def pairs(data: Path) -> Pairs:
    return Pairs(data / "train.npz", max_tokens=64)
