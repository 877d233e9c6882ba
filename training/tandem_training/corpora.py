"""Step 1. Corpora (zstd TSV) → train.tsv, dev.tsv, test.tsv and their small fixed samples.

Needs: a folder with en-de.tsv.zst and en-fr.tsv.zst (columns: source, English, target), or those of --languages; for --summaries also
summ-en.tsv.zst.
Writes rows `language, group, source, English, target`. A sentence's split is decided by a hash of its English side alone,
normalised, so that all variants and both languages of one English sentence land in the same split.
Knows nothing of tokens or models.
"""

import argparse
import collections
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import zstandard

from tandem_training.sources import NAMES, source_of, summary_source_of

LANGUAGES = ("de", "fr")
TEST_SHARE = 0.010
DEV_SHARE = 0.005
SAMPLE_PAIRS = 500  # per group and language
MAX_CHARACTERS = 700
MAX_DOCUMENT_CHARACTERS = 2500
SUMMARY = "summary"  # stands in the language column of document and summary

_SPACE = re.compile(r"\s+")
_URL = re.compile(r"https?://|www\.|\S+@\S+\.\w")
_PLACEHOLDER = re.compile(r"%\d*\$?[sdif]|\{[^}]*\}|<[^>]+>|&\w+;|\$\w+")


def key_of(english: str) -> str:
    """Two English sentences with the same letters and digits are the same sentence."""
    folded = unicodedata.normalize("NFKC", english).casefold()
    return "".join(character for character in folded if character.isalnum())


def split_of(english: str) -> str:
    digest = hashlib.blake2b(key_of(english).encode(), digest_size=8).digest()
    position = int.from_bytes(digest, "big") / 2**64
    if position < TEST_SHARE:
        return "test"
    return "dev" if position < TEST_SHARE + DEV_SHARE else "train"


def refusal(english: str, target: str) -> str | None:
    """Why a pair is not worth learning from, or None."""
    if not english or not target:
        return "empty"
    if max(len(english), len(target)) > MAX_CHARACTERS:
        return "long"
    if english == target:
        return "identical"
    if _URL.search(english) or _URL.search(target):
        return "url"
    # The constant forgives short strings ("OK" → "Einverstanden").
    if len(target) + 12 > 2.2 * (len(english) + 12) or len(english) + 12 > 2.2 * (len(target) + 12):
        return "ratio"
    if sum(c.isalpha() or c == " " for c in english) < 0.65 * len(english):
        return "symbols"
    if sorted(_PLACEHOLDER.findall(english)) != sorted(_PLACEHOLDER.findall(target)):
        return "placeholders"
    return None


def read_pairs(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yields (source, English, target)."""
    with path.open("rb") as file:
        reader = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8", newline="\n")
        for number, line in enumerate(reader, 1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 3:
                raise SystemExit(f"{path.name}, line {number}: expected 3 tab-separated fields, got {len(fields)}")
            yield fields[0], fields[1], fields[2]


def sample(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Up to SAMPLE_PAIRS rows per language and group, one per English sentence, chosen by hash: the same on every machine."""
    by_cell = collections.defaultdict(dict)
    for row in sorted(rows, key=lambda row: hashlib.blake2b("\t".join(row).encode()).digest()):
        by_cell[row[0], row[1]].setdefault(key_of(row[3]), row)
    return [row for cell in sorted(by_cell) for row in list(by_cell[cell].values())[:SAMPLE_PAIRS]]


def write_rows(path: Path, rows: list[tuple[str, ...]]) -> None:
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def read_rows(path: Path, columns: int = 5) -> list[tuple[str, ...]]:
    """Rows (language, group, source, English, target) of a file that this step wrote; those of inline_codes have a sixth column."""
    if not path.is_file():
        raise SystemExit(f"{path} does not exist; the corpora step writes it")
    rows = [tuple(line.split("\t")) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    if wrong := next((number for number, row in enumerate(rows, 1) if len(row) != columns), None):
        raise SystemExit(f"{path}, line {wrong}: expected {columns} tab-separated fields, got {len(rows[wrong - 1])}")
    return rows


def summary_refusal(document: str, summary: str) -> str | None:
    if len(document) > MAX_DOCUMENT_CHARACTERS:
        return "long"
    return "not shorter" if 2 * len(summary) > len(document) or not summary else None


def usable_rows(language: str, path: Path, refused: collections.Counter[str]) -> Iterator[tuple[str, ...]]:
    judge, describe = (summary_refusal, summary_source_of) if language == SUMMARY else (refusal, source_of)
    for source, english, target in read_pairs(path):
        english, target = tidy(english), tidy(target)
        # Research sets without a clear licence stay out: the weights are published.
        reason = "research-only" if source.startswith("research-") else judge(english, target)
        if reason and not (reason == "identical" and source == NAMES):
            refused[reason] += 1
        else:
            yield language, describe(source).group, source, english, target


def cut(corpora: Path, out: Path, summaries: bool = False, languages: Sequence[str] = LANGUAGES, train_only: Sequence[Path] = ()) -> None:
    files = {language: corpora / f"en-{language}.tsv.zst" for language in languages} | ({SUMMARY: corpora / "summ-en.tsv.zst"} if summaries else {})
    missing = [path.name for path in files.values() if not path.is_file()]
    if missing:
        raise SystemExit(f"corpora folder {corpora} lacks {', '.join(missing)}; pass the folder that holds them with --corpora")
    refused: collections.Counter[str] = collections.Counter()
    kept = [row for language, path in files.items() for row in usable_rows(language, path, refused)]
    for folder in train_only:
        # The other splits stay as they are, and what they hold is not learnt from here either.
        more = (row for language in languages for row in usable_rows(language, folder / f"en-{language}.tsv.zst", refused))
        kept += [row for row in more if split_of(row[3]) == "train"]
    write_splits(out, kept)
    print(f"refused: {dict(refused)}")


def tidy(text: str) -> str:
    """One line, without the tab that ends a column."""
    return _SPACE.sub(" ", text).strip()


def write_splits(out: Path, rows: list[tuple[str, ...]]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    splits: dict[str, list[tuple[str, ...]]] = {"train": [], "dev": [], "test": []}
    for row in rows:
        splits[split_of(row[3])].append(row)
    for split, rows in splits.items():
        write_rows(out / f"{split}.tsv", rows)
        print(f"{split}: {len(rows)} pairs {dict(collections.Counter((row[0], row[1]) for row in rows))}")
    for split in ("dev", "test"):
        write_rows(out / f"{split}-sample.tsv", sample(splits[split]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--summaries", action="store_true", help="cut summ-en.tsv.zst as well")
    parser.add_argument("--train-only", type=Path, nargs="*", default=[], help="folders with further files of that kind, which serve training alone (dictionaries.py, phrases.py)")
    parser.add_argument("--languages", nargs="*", choices=LANGUAGES, default=LANGUAGES, help="to translate into; none for summaries alone")
    arguments = parser.parse_args()
    if not arguments.languages and not arguments.summaries:
        parser.error("nothing to cut: expected --languages de, fr or both, or --summaries")
    cut(arguments.corpora, arguments.out, arguments.summaries, arguments.languages, arguments.train_only)
