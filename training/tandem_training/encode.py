"""Step 3. Rows + tokenizer.json → token arrays (.npz), small enough to keep in memory and to move.

Arrays: `source_tokens`, `target_tokens` uint16 (flat, every sentence ends in </s>, a source begins with its task prefix),
`source_starts`, `target_starts` uint32 [pairs + 1], `weights` float32 [pairs] (how often a pair is seen per epoch).
With --codes-share, translations get inline codes (inline_codes.py) in place of what they were.
"""

import argparse
import itertools
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from tandem_training.corpora import SUMMARY, read_rows
from tandem_training.inline_codes import CODE, InlineCodes, associations_of
from tandem_training.sources import source_of, summary_source_of
from tandem_training.tokenizer import PREFIXES

CHUNK_TEXTS = 20_000


def encoded(tokenizer: Tokenizer, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Flat ids, and where each text starts."""
    chunks, lengths = [], [0]
    for start in range(0, len(texts), CHUNK_TEXTS):
        ids = [encoding.ids for encoding in tokenizer.encode_batch_fast(texts[start : start + CHUNK_TEXTS])]
        lengths += map(len, ids)
        chunks.append(np.fromiter(itertools.chain.from_iterable(ids), dtype=np.uint16))
    return np.concatenate(chunks), np.cumsum(lengths).astype(np.uint32)


def write_pairs(out: Path, arrays: dict[str, np.ndarray]) -> None:
    """Whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(".partial.npz")
    np.savez(partial, **arrays)
    partial.rename(out)
    print(f"{out.name}: {len(arrays['weights'])} pairs, {len(arrays['source_tokens'])} source and {len(arrays['target_tokens'])} target tokens")


def encode_pairs(tokenizer: Tokenizer, sources: list[str], targets: list[str], weights: list[float], out: Path) -> None:
    if tokenizer.get_vocab_size() > 1 << 16:
        raise SystemExit(f"expected a vocabulary of at most {1 << 16} ids, got {tokenizer.get_vocab_size()}")
    arrays = {"weights": np.asarray(weights, dtype=np.float32)}
    for side, texts in (("source", sources), ("target", targets)):
        arrays[f"{side}_tokens"], arrays[f"{side}_starts"] = encoded(tokenizer, texts)
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
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--codes-share", type=float, default=0.0,
        help="share of translations that get codes of every kind; above 0, what a writer would not translate is a code in all of them",
    )  # fmt: skip
    arguments = parser.parse_args()
    rows = read_rows(arguments.rows)
    if arguments.codes_share:
        rows = with_codes(rows, arguments.codes_share)
    encode_pairs(
        Tokenizer.from_file(str(arguments.tokenizer)),
        [f"{PREFIXES['en', row[0]]} {row[3]}" for row in rows],
        [row[4] for row in rows],
        [(summary_source_of if row[0] == SUMMARY else source_of)(row[2]).weight for row in rows],
        arguments.out,
    )
