"""Inline codes in training pairs: what a document's formatting looks like to the model. Also a step: rows → rows with codes.

A code stands for something that is not text (where bold begins or ends, a line break, a placeholder); code number k of a sentence, counted
from 0 in the order of the source, is the token <extra_id_k>, and the target holds each exactly once, in its own order. A pair of codes
(bold on, bold off) is two numbers. The tokenizer treats every stretch between codes like a text of its own: it is stripped and gets its own
leading space piece, so ids do not say whether a code touches a word; `Click <extra_id_0>Save<extra_id_1> to …` and
`Click<extra_id_0> Save <extra_id_1>to …` are both `▁Click <extra_id_0> ▁Save <extra_id_1> ▁to`. Who writes the text puts the spaces back
from the source: outside of a pair, and around whatever stood for a word.

Places are known, never guessed: strings that are equal on both sides, words that Dice scores link, beginnings and ends.
"""

import argparse
import collections
import hashlib
import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from tandem_training.app_mask import hidden_spans
from tandem_training.associations import Associations, Link, Word, words_of
from tandem_training.corpora import read_rows, write_rows
from tandem_training.tokenizer import EXTRA_IDS

Span = tuple[int, int]  # characters; both ends equal for a point

CODE_COUNTS, CODE_COUNT_WEIGHTS = range(1, 9), (12, 36, 16, 16, 7, 6, 3, 4)
ASSOCIATION_PAIRS = 250_000  # sentence pairs a language that Dice scores are counted over, short ones: they say more
ASSOCIATION_CHARACTERS = 160
NEARBY_WORDS = 3  # longest jump between the linked words of a phrase
CODE = re.compile(r"<extra_id_(\d+)>")
CODE_NAMES = [f"<extra_id_{k}>" for k in range(EXTRA_IDS)]

END_PUNCTUATION = re.compile(r"\s*[.!?…:;]+\s*$")
CLAUSE_MARK = re.compile(r"\s[–—-]\s|[,;:]\s")


class CodedPair(NamedTuple):
    source: str
    target: str
    pairs: list[tuple[int, int]]  # numbers of the codes that open and close together


@dataclass(frozen=True)
class Place:
    """One decoration, on both sides: `alone` stands for the span's text, or is a point; `pair` wraps the span in two codes."""

    kind: Literal["alone", "pair"]
    spans: tuple[Span, Span]

    @property
    def codes(self) -> int:
        return 2 if self.kind == "pair" else 1


class InlineCodes:
    def __init__(self, associations: dict[str, Associations], share: float, seed: int = 0) -> None:
        """Codes for pairs of the languages in `associations`. A share of pairs gets codes of every kind; what is protected is a code in all."""
        self.associations, self.share, self.seed = associations, share, seed

    def __call__(self, language: str, english: str, target: str) -> CodedPair:
        """The same for a pair on every machine."""
        digest = hashlib.blake2b("\t".join((str(self.seed), language, english, target)).encode(), digest_size=16).digest()
        sides = english, target
        places = protected_places(sides)
        if int.from_bytes(digest[:8], "big") < self.share * 2**64 and language in self.associations:
            places = decorated(sides, places, self.associations[language], random.Random(digest[8:]))
        return marked(sides, places)


def protected_places(sides: tuple[str, str]) -> list[Place]:
    """What the app hides, where both sides hold it equally often. The k-th occurrence of a string is the same thing on both sides."""
    found = [collections.defaultdict(list), collections.defaultdict(list)]
    for side, occurrences in zip(sides, found, strict=True):
        for start, end in hidden_spans(side):
            occurrences[side[start:end]].append((start, end))
    places = [
        Place("alone", spans)
        for text, source_spans in found[0].items()
        if len(source_spans) == len(found[1][text])
        for spans in zip(source_spans, found[1][text], strict=True)
    ]
    return places if len(places) <= EXTRA_IDS else []


def decorated(sides: tuple[str, str], places: list[Place], associations: Associations, rng: random.Random) -> list[Place]:
    """`places` and more, up to a number of codes drawn from CODE_COUNT_WEIGHTS; at least one."""
    places = list(places)
    words = words_of(sides[0]), words_of(sides[1])
    links = associations.links(*words)
    edges = edge_places(sides)
    kinds: list[tuple[Callable[[], Place | None], int]] = [(lambda: rng.choice(edges), 8)]
    if links:
        kinds += [(lambda: phrase(words, links, rng), 55), (lambda: point_beside(words, links, rng), 10)]
    if equal := [Place("alone", spans) for spans in equal_words(sides, words, links)]:
        kinds += [(lambda: rng.choice(equal), 16)]
    kinds += [(lambda: clause(sides, words, links, rng), 6)]
    wanted = rng.choices(CODE_COUNTS, CODE_COUNT_WEIGHTS)[0]
    makers, weights = zip(*kinds, strict=True)
    for _ in range(4 * wanted):
        missing = wanted - sum(place.codes for place in places)
        if missing <= 0:
            break
        place = rng.choices(makers, weights)[0]()
        if place and place.codes <= missing and all(fit_together(place, other) for other in places):
            places.append(place)
    return places or [edges[0]]


def edge_places(sides: tuple[str, str]) -> list[Place]:
    """Points at the beginning, the end, and before the final punctuation where both sides have some."""
    ends = [END_PUNCTUATION.search(side) for side in sides]
    places = [Place("alone", ((0, 0), (0, 0))), Place("alone", tuple((len(side), len(side)) for side in sides))]
    if all(ends):
        places.append(Place("alone", tuple((end.start(), end.start()) for end in ends)))
    return places


def phrase(words: tuple[list[Word], list[Word]], links: list[Link], rng: random.Random) -> Place | None:
    """A pair around linked words and whatever lies between them, when nothing in it is linked to anything outside of it."""
    first = rng.randrange(len(links))
    last = min(len(links) - 1, first + rng.choices((0, 1, 2, 3, 6), (55, 22, 11, 7, 5))[0])
    inside = links[first : last + 1]
    targets = [link.target for link in inside]
    low, high = min(targets), max(targets)
    if any(low <= link.target <= high for link in links[:first] + links[last + 1 :]):
        return None
    jumps = [b.source - a.source for a, b in zip(inside, inside[1:], strict=False)]
    jumps += [b - a for a, b in zip(sorted(targets), sorted(targets)[1:], strict=False)]
    if any(jump > NEARBY_WORDS for jump in jumps):
        return None
    return Place("pair", ((words[0][inside[0].source].start, words[0][inside[-1].source].end), (words[1][low].start, words[1][high].end)))


def point_beside(words: tuple[list[Word], list[Word]], links: list[Link], rng: random.Random) -> Place:
    """A point before or, like a footnote's mark, behind a linked word."""
    link, end = rng.choice(links), rng.random() < 0.75
    spots = [(word.end if end else word.start) for word in (words[0][link.source], words[1][link.target])]
    return Place("alone", tuple((spot, spot) for spot in spots))


def equal_words(sides: tuple[str, str], words: tuple[list[Word], list[Word]], links: list[Link]) -> list[tuple[Span, Span]]:
    """Names, numbers, abbreviations: words that are the same on both sides."""
    linked = [(words[0][link.source], words[1][link.target]) for link in links]
    return [((a.start, a.end), (b.start, b.end)) for a, b in linked if a.text == b.text and (a.text[0].isupper() or a.text[0].isdigit())]


def clause(sides: tuple[str, str], words: tuple[list[Word], list[Word]], links: list[Link], rng: random.Random) -> Place | None:
    """A pair around the sentence, with or without its final punctuation, or around one of two clauses that links hold to each other."""
    ends = [END_PUNCTUATION.search(side) for side in sides]
    whole: list[Span] = [(0, len(side)) for side in sides]
    inner: list[Span] = [(0, end.start()) for end in ends] if all(ends) else whole
    if any(start >= end for start, end in inner):
        return None
    marks = [list(CLAUSE_MARK.finditer(side)) for side in sides]
    if len(marks[0]) != 1 or len(marks[1]) != 1 or rng.random() < 0.4:
        return Place("pair", tuple(rng.choice((whole, inner))))
    half = rng.randrange(2)
    spans: list[Span] = [(span[0], mark[0].start()) if half == 0 else (mark[0].end(), span[1]) for span, mark in zip(inner, marks, strict=True)]

    def within(word: Word, span: Span) -> bool:
        return span[0] <= word.start and word.end <= span[1]

    held = [(within(words[0][link.source], spans[0]), within(words[1][link.target], spans[1])) for link in links]
    if (True, True) in held and all(a == b for a, b in held) and all(start < end for start, end in spans):
        return Place("pair", tuple(spans))
    return None


def fit_together(place: Place, other: Place) -> bool:
    """Apart on both sides, or one in the other in the same way on both, and never in what a code stands for."""
    relations = {_relation(a, b) for a, b in zip(place.spans, other.spans, strict=True)}
    if len(relations) > 1:
        return False
    relation = relations.pop()
    return relation == "apart" or (relation == "inside" and other.kind == "pair") or (relation == "around" and place.kind == "pair")


def _relation(a: Span, b: Span) -> str:
    if a == b:
        return "same"
    if a[1] <= b[0] or b[1] <= a[0]:
        return "apart"
    if b[0] <= a[0] and a[1] <= b[1]:
        return "inside"
    return "around" if a[0] <= b[0] and b[1] <= a[1] else "crossing"


def marked(sides: tuple[str, str], places: Iterable[Place]) -> CodedPair:
    """The sides with their codes, numbered in source order."""
    places = list(places)
    orders = [_insertions([place.spans[side] for place in places], places) for side in (0, 1)]
    numbers = {key: number for number, (_, _, key) in enumerate(orders[0])}
    texts = []
    for side, order in zip(sides, orders, strict=True):
        text, read = [], 0
        for start, end, key in order:
            text += [side[read:start], CODE_NAMES[numbers[key]]]
            read = end
        texts.append("".join([*text, side[read:]]))
    pairs = [(numbers[i, "open"], numbers[i, "close"]) for i, place in enumerate(places) if place.kind == "pair"]
    return CodedPair(texts[0], texts[1], sorted(pairs))


def _insertions(spans: Sequence[Span], places: list[Place]) -> list[tuple[int, int, tuple[int, str]]]:
    """(first and last character that the code replaces, (place, which code)) in reading order; at one spot: what ends, points, what begins."""
    found = []
    for i, ((start, end), place) in enumerate(zip(spans, places, strict=True)):
        if place.kind == "pair":
            found += [(start, 2, start - end, (start, start, (i, "open"))), (end, 0, end - start, (end, end, (i, "close")))]
        else:
            found.append((start, 1 if start == end else 3, 0, (start, end, (i, "alone"))))
    return [insertion for *_, insertion in sorted(found)]


def associations_of(rows: Sequence[tuple[str, ...]]) -> dict[str, Associations]:
    by_language = collections.defaultdict(list)
    for row in rows:
        if len(row[3]) <= ASSOCIATION_CHARACTERS:
            by_language[row[0]].append((row[3], row[4]))
    return {language: Associations(pairs[:: -(-len(pairs) // ASSOCIATION_PAIRS)]) for language, pairs in by_language.items()}


def fault(source: str, output: str, pairs: Iterable[tuple[int, int]]) -> str | None:
    """Why an output's codes are not the source's, each once and its pairs nested; or None."""
    wanted, got = (CODE.findall(text) for text in (source, output))
    if sorted(wanted) != sorted(got):
        return "codes"
    closes, opened = {close: start for start, close in pairs}, []
    opens = set(closes.values())
    for number in map(int, got):
        if number in opens:
            opened.append(number)
        elif number in closes and (not opened or opened.pop() != closes[number]):
            return "nesting"
    return None


def chosen(rows: list[tuple[str, ...]], per_language: int) -> list[tuple[str, ...]]:
    """Rows spread over the groups, by hash: the same on every machine."""
    cells, count = collections.defaultdict(list), collections.Counter()
    for row in sorted(rows, key=lambda row: hashlib.blake2b("\t".join(row).encode()).digest()):
        cells[row[0], row[1]].append(row)
    picked = []
    for turn in range(max(map(len, cells.values()), default=0)):
        for (language, _), cell in sorted(cells.items()):
            if turn < len(cell) and count[language] < per_language:
                picked.append(cell[turn])
                count[language] += 1
    return sorted(picked)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=Path, required=True, help="held-out rows of the corpora step, e.g. dev.tsv")
    parser.add_argument("--train", type=Path, required=True, help="train.tsv: what the word scores are counted over")
    parser.add_argument("--out", type=Path, required=True, help="rows with codes and a sixth column: the pairs, e.g. `0:1 3:4`")
    parser.add_argument("--per-language", type=int, default=200)
    arguments = parser.parse_args()
    codes = InlineCodes(associations_of(read_rows(arguments.train)), share=1.0)
    coded = []
    for language, group, source, english, target in chosen(read_rows(arguments.rows), arguments.per_language):
        pair = codes(language, english, target)
        coded.append((language, group, source, pair.source, pair.target, " ".join(f"{a}:{b}" for a, b in pair.pairs)))
    write_rows(arguments.out, coded)
    print(f"{arguments.out.name}: {len(coded)} pairs, {sum(len(CODE.findall(row[3])) for row in coded)} codes")
