"""Step 3. Rows + tokenizer.json, or an LLM's and an SLM's tokenizers → token arrays (.npz), small enough to keep in memory and to move.

Arrays: `source_tokens`, `target_tokens` uint16, or uint32 for large vocabularies (flat, every sentence ends in its end of sentence, a
source begins with its task prefix),
`source_starts`, `target_starts` uint32 [pairs + 1], `weights` float32 [pairs] (how often a pair is seen per epoch).
With --codes-share, translations get inline codes (inline_codes.py) in place of what they were.
"""

import argparse
import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from tandem_training.corpora import SUMMARY, read_rows
from tandem_training.inline_codes import CODE, InlineCodes, associations_of
from tandem_training.pretrained import Vocabulary, eos_of, read_tokenizer
from tandem_training.sources import summary_source_of, weight_of
from tandem_training.tokenizer import prefix_of
from tandem_training.whole import whole_file

CHUNK_TEXTS = 20_000


def encoded(encode: Callable[[list[str]], list[list[int]]], texts: list[str], dtype: np.dtype) -> tuple[np.ndarray, np.ndarray]:
    """Flat ids, and where each text starts."""
    chunks, lengths = [], [0]
    for start in range(0, len(texts), CHUNK_TEXTS):
        ids = encode(texts[start : start + CHUNK_TEXTS])
        lengths += map(len, ids)
        chunks.append(np.fromiter(itertools.chain.from_iterable(ids), dtype=dtype))
    return np.concatenate(chunks), np.cumsum(lengths).astype(np.uint32)


def write_pairs(out: Path, arrays: dict[str, np.ndarray]) -> None:
    """Whole or not at all."""
    with whole_file(out) as partial:
        np.savez(partial, **arrays)
    print(f"{out.name}: {len(arrays['weights'])} pairs, {len(arrays['source_tokens'])} source and {len(arrays['target_tokens'])} target tokens")


def encode_pairs(vocabulary: Vocabulary, sources: list[str], targets: list[str], weights: list[float], out: Path) -> None:
    arrays = {"weights": np.asarray(weights, dtype=np.float32)}
    for side, texts, encode, tokenizer in (
        ("source", sources, vocabulary.source_ids, vocabulary.source),
        ("target", targets, vocabulary.target_ids, vocabulary.target),
    ):
        dtype = np.min_scalar_type(max(tokenizer.get_vocab_size(), 256))
        arrays[f"{side}_tokens"], arrays[f"{side}_starts"] = encoded(encode, texts, dtype)
    write_pairs(out, arrays)


def with_codes(rows: list[tuple[str, str, str, str, str]], share: float) -> list[tuple[str, str, str, str, str]]:
    codes = InlineCodes(associations_of([row for row in rows if row[0] != SUMMARY]), share)
    coded = [row if row[0] == SUMMARY else (*row[:3], *codes(row[0], row[3], row[4])[:2]) for row in rows]
    counts = [len(CODE.findall(row[3])) for row in coded]
    print(f"codes: {sum(map(bool, counts)) / max(1, len(rows)):.1%} of the pairs, {sum(counts)} in all, at most {max(counts)} in one")
    return coded


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, help="the tokenizer.json of both sides; or else")
    parser.add_argument("--llm", help="folder or hub name: its tokenizer for the sources")
    parser.add_argument("--slm", help="folder or hub name: its tokenizer for the targets")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--codes-share", type=float, default=0.0,
        help="share of translations that get codes of every kind; above 0, what a writer would not translate is a code in all of them",
    )  # fmt: skip
    arguments = parser.parse_args()
    if arguments.tokenizer and not (arguments.llm or arguments.slm):
        tokenizer = Tokenizer.from_file(str(arguments.tokenizer))
        vocabulary = Vocabulary(tokenizer, tokenizer)
    elif arguments.llm and arguments.slm and not arguments.tokenizer:
        vocabulary = Vocabulary(read_tokenizer(arguments.llm), read_tokenizer(arguments.slm), eos_of(arguments.slm))
    else:
        raise SystemExit("expected either --tokenizer, or both --llm and --slm")
    rows = read_rows(arguments.rows)
    if arguments.codes_share and not vocabulary.codes:
        raise SystemExit("--codes-share needs <extra_id_0> to <extra_id_31> in the vocabulary, the same on both sides; leave it out")
    if arguments.codes_share:
        rows = with_codes(rows, arguments.codes_share)
    encode_pairs(
        vocabulary,
        [f"{prefix_of(row[0])} {row[3]}" for row in rows],
        [row[4] for row in rows],
        [summary_source_of(row[2]).weight if row[0] == SUMMARY else weight_of(row[2], row[3]) for row in rows],
        arguments.out,
    )
