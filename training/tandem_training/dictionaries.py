"""Before step 1, by choice. Dictionaries → text for training alone, in the corpora's own format: words, names and the examples that explain them.

Needs: the corpora (they tell which of a word's translations is meant most often), FreeDict's eng-deu and eng-fra as dictd files (a folder with
freedict-eng-deu.index and .dict.dz, as the Debian packages dict-freedict-eng-{deu,fra} hold them), and the unpacked npm packages
cldr-annotations-full and cldr-localenames-full (a folder with annotations/ and one with main/).
Writes en-de.tsv.zst and en-fr.tsv.zst (columns: source, English, target) for `corpora --train-only`.
"""

import argparse
import collections
import gzip
import json
import re
import string
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import zstandard

from tandem_training.corpora import LANGUAGES, read_pairs, tidy
from tandem_training.whole import whole_file

FREEDICT = {"de": "eng-deu", "fr": "eng-fra"}
ARTICLES = {"masc": "der", "fem": "die", "neut": "das", "pl": "die"}
MAX_WORDS = 3

_DIGITS = {letter: value for value, letter in enumerate(string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/")}
_HEAD_END = re.compile(r" [/<]|\n")
_EXAMPLE = re.compile(r'^ {4,}"(.+?)" +- (.+)$', re.M)
_ASIDE = re.compile(r" *(\[[^\]]*\]|\([^)]*\)|<(?!(?:masc|fem|neut|pl)>)[^>]*>)")
_GENDER = re.compile(r" *<(masc|fem|neut|pl)>")
# Stand-ins for persons and things, choices, omissions: no text that anybody writes.
_SCHEMATIC = re.compile(r"[/()\[\]…~<>{}]|\b(sb|sth|etw|jd[mns]?|qn|qch)\b|\bso\.")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Meaning(NamedTuple):
    text: str
    article: str | None  # of a German noun


def entries(folder: Path, dictionary: str) -> Iterator[tuple[str, str]]:
    """Headword, spelled as the entry does (the index folds it), and text of each entry of a dictd dictionary."""
    text = gzip.decompress((folder / f"freedict-{dictionary}.dict.dz").read_bytes())
    for line in (folder / f"freedict-{dictionary}.index").read_text(encoding="utf-8").splitlines():
        folded, start, length = line.split("\t")
        entry = text[number(start) : number(start) + number(length)].decode()
        if not folded.startswith("00"):
            yield _HEAD_END.split(entry, maxsplit=1)[0], entry


def number(digits: str) -> int:
    value = 0
    for digit in digits:
        value = 64 * value + _DIGITS[digit]
    return value


def meanings(entry: str) -> Iterator[Meaning]:
    """The translations that an entry lists, before its notes, examples and references."""
    for line in entry.splitlines()[1:]:
        if line.startswith(" "):
            return
        for part in _ASIDE.sub("", re.sub(r"^\d+\. ", "", line)).split(", "):
            gender = _GENDER.search(part)
            text = tidy(_GENDER.sub("", part))
            if text and not _SCHEMATIC.search(text):
                yield Meaning(text, ARTICLES.get(gender[1]) if gender else None)


def examples(entry: str) -> Iterator[tuple[str, str]]:
    """Sentences and phrases that show a word in use."""
    for english, target in _EXAMPLE.findall(entry):
        english, target = tidy(english), tidy(target)
        # What follows a comma in the translation of a few words is another translation.
        if len(english.split()) <= MAX_WORDS:
            target = target.split(", ")[0]
        if not _SCHEMATIC.search(f"{english} {target}"):
            yield english, target


def seen_together(pairs: Iterable[tuple[str, str, str]], lexicon: dict[str, dict[str, Meaning]]) -> collections.Counter[tuple[str, str]]:
    """How many pairs hold a headword and that translation of it. lexicon: folded headword → folded translation → meaning."""
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    for _, english, target in pairs:
        words = [word.casefold() for word in _WORD.findall(english)]
        spoken = {" ".join(words[start : start + length]) for length in range(1, MAX_WORDS + 1) for start in range(len(words) - length + 1)}
        written = f" {' '.join(_WORD.findall(target.casefold()))} "
        for headword in spoken & lexicon.keys():
            counts.update((headword, meaning) for meaning in lexicon[headword] if f" {meaning} " in written)
    return counts


def freedict_rows(language: str, folder: Path, corpora: Path) -> Iterator[tuple[str, str, str]]:
    lexicon: dict[str, dict[str, Meaning]] = collections.defaultdict(dict)
    spelling: dict[str, str] = {}
    for headword, entry in entries(folder, FREEDICT[language]):
        yield from (("freedict-examples", *pair) for pair in examples(entry))
        if len(headword.split()) <= MAX_WORDS and not _SCHEMATIC.search(headword):
            spelling.setdefault(headword.casefold(), headword)
            for meaning in meanings(entry):
                lexicon[headword.casefold()].setdefault(meaning.text.casefold(), meaning)
    counts = seen_together(read_pairs(corpora / f"en-{language}.tsv.zst"), lexicon)
    for folded, candidates in lexicon.items():
        best = max(candidates, key=lambda meaning: counts[folded, meaning])
        if counts[folded, best]:
            headword, (text, article) = spelling[folded], candidates[best]
            yield "freedict-words", headword, text
            if article:
                yield "freedict-words", f"the {headword}", f"{article} {text}"


def cldr_rows(language: str, folder: Path) -> Iterator[tuple[str, str, str]]:
    """What signs show, and the names of countries, languages and scripts."""
    for file, *keys in (
        ("annotations/{}/annotations.json", "annotations", "annotations"),
        *((f"main/{{}}/{names}.json", "main", "{}", "localeDisplayNames", names) for names in ("territories", "languages", "scripts")),
    ):
        english, target = (read_names(folder / file.format(code), [key.format(code) for key in keys]) for code in ("en", language))
        yield from (("cldr-names", name, target[key]) for key, name in english.items() if key in target)


def read_names(path: Path, keys: list[str]) -> dict[str, str]:
    names = json.loads(path.read_text(encoding="utf-8"))
    for key in keys:
        names = names[key]
    texts = {key: name if isinstance(name, str) else name.get("tts", [""])[0] for key, name in names.items()}
    return {key: text for key, text in texts.items() if text and text != key}


def write(out: Path, language: str, rows: Iterable[tuple[str, str, str]]) -> None:
    distinct = dict.fromkeys(rows)
    with whole_file(out / f"en-{language}.tsv.zst") as partial:
        partial.write_bytes(zstandard.compress("".join("\t".join(row) + "\n" for row in distinct).encode()))
    print(f"en-{language}: {dict(collections.Counter(row[0] for row in distinct))}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--freedict", type=Path, required=True)
    parser.add_argument("--cldr", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    needed = [
        *(arguments.corpora / f"en-{language}.tsv.zst" for language in LANGUAGES),
        *(arguments.freedict / f"freedict-{name}.{kind}" for name in FREEDICT.values() for kind in ("index", "dict.dz")),
        arguments.cldr / "annotations",
        arguments.cldr / "main",
    ]
    if missing := [str(path) for path in needed if not path.exists()]:
        raise SystemExit(f"expected {', '.join(missing)}; training/README.md names the packages that hold them")
    for language in LANGUAGES:
        write(arguments.out, language, (*freedict_rows(language, arguments.freedict, arguments.corpora), *cldr_rows(language, arguments.cldr)))
