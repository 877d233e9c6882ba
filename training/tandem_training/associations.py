"""Which words of two languages go together: Dice scores counted over parallel text, and the links they give inside one pair.

Knows words; nothing of codes, tokens or models. Only words that are neither rare nor in every other sentence can be linked.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

WORD = re.compile(r"[^\W\d_]+?n['’]t\b|[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)*")
MIN_LETTERS = 3
MIN_PAIRS = 3  # sentence pairs that two words share
MAX_SENTENCE_SHARE = 0.02  # a word in more sentences than that is grammar
MIN_DICE = 0.2
CHUNK_PAIRS = 50_000


class Word(NamedTuple):
    text: str
    start: int  # characters
    end: int


class Link(NamedTuple):
    """Words by their number in the sentence."""

    source: int
    target: int


def words_of(text: str) -> list[Word]:
    return [Word(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]


class Associations:
    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Counts over sentence pairs of two languages; about 40 s a million pairs."""
        sides = [[self._content(pair[side]) for pair in pairs] for side in (0, 1)]
        vocabularies, flats = zip(*(self._numbered(sentences, len(pairs)) for sentences in sides), strict=True)
        source, target = flats
        keys, counts = self._together(source, target, len(vocabularies[1]))
        frequency = [np.bincount(ids, minlength=len(words)) for (ids, _), words in zip(flats, vocabularies, strict=True)]
        dice = 2 * counts / (frequency[0][keys // len(vocabularies[1])] + frequency[1][keys % len(vocabularies[1])])
        kept = (counts >= MIN_PAIRS) & (dice >= MIN_DICE)
        names = [list(words) for words in vocabularies]
        self._dice = {
            (names[0][key // len(names[1])], names[1][key % len(names[1])]): score
            for key, score in zip(keys[kept].tolist(), dice[kept].tolist(), strict=True)
        }

    def __len__(self) -> int:
        return len(self._dice)

    def links(self, source: list[Word], target: list[Word]) -> list[Link]:
        """In source order. A word is linked when it occurs once on its side and each of the two is the other's best."""
        sides = [self._once(words) for words in (source, target)]
        best: list[dict[int, tuple[float, int]]] = [{}, {}]
        for word, i in sides[0].items():
            for other, j in sides[1].items():
                score = 1.0 if word == other else self._dice.get((word, other), 0.0)
                if score and score > best[0].get(i, (0.0, 0))[0]:
                    best[0][i] = score, j
                if score and score > best[1].get(j, (0.0, 0))[0]:
                    best[1][j] = score, i
        return [Link(i, j) for i, (_, j) in sorted(best[0].items()) if best[1][j][1] == i]

    @staticmethod
    def _content(text: str) -> set[str]:
        return {word for word in WORD.findall(text.lower()) if len(word) >= MIN_LETTERS}

    @staticmethod
    def _once(words: list[Word]) -> dict[str, int]:
        places: dict[str, int] = {}
        for number, word in enumerate(words):
            lower = word.text.lower()
            if len(lower) >= MIN_LETTERS or lower.isdigit():
                places[lower] = number if lower not in places else -1
        return {word: number for word, number in places.items() if number >= 0}

    @staticmethod
    def _numbered(sentences: list[set[str]], pairs: int) -> tuple[dict[str, int], tuple[np.ndarray, np.ndarray]]:
        """Words that can be linked with their ids, and the sentences as (flat ids, words a sentence)."""
        frequency: dict[str, int] = {}
        for sentence in sentences:
            for word in sentence:
                frequency[word] = frequency.get(word, 0) + 1
        most = max(MAX_SENTENCE_SHARE * pairs, 2 * MIN_PAIRS)
        ids = {word: i for i, word in enumerate(w for w, count in sorted(frequency.items()) if MIN_PAIRS <= count <= most)}
        numbered = [[ids[word] for word in sentence if word in ids] for sentence in sentences]
        return ids, (np.array([i for sentence in numbered for i in sentence], np.int64), np.array([len(s) for s in numbered], np.int64))

    @staticmethod
    def _together(source: tuple[np.ndarray, np.ndarray], target: tuple[np.ndarray, np.ndarray], targets: int) -> tuple[np.ndarray, np.ndarray]:
        """(source id * targets + target id, sentence pairs that hold both). Pairs of words seen once in a chunk are dropped between chunks."""
        (source_ids, source_lengths), (target_ids, target_lengths) = source, target
        source_starts, target_starts = (np.concatenate([[0], np.cumsum(lengths)]) for lengths in (source_lengths, target_lengths))
        keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
        for first in range(0, len(source_lengths), CHUNK_PAIRS):
            last = min(first + CHUNK_PAIRS, len(source_lengths))
            # Each source word meets every target word of its sentence.
            times = np.repeat(target_lengths[first:last], source_lengths[first:last])
            starts = np.repeat(target_starts[first:last], source_lengths[first:last])
            place = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
            met = target_ids[np.repeat(starts, times) + place]
            chunk = np.repeat(source_ids[source_starts[first] : source_starts[last]], times) * targets + met
            chunk_keys, chunk_counts = np.unique(chunk, return_counts=True)
            if len(source_lengths) > CHUNK_PAIRS:
                chunk_keys, chunk_counts = chunk_keys[chunk_counts > 1], chunk_counts[chunk_counts > 1]
            keys, inverse = np.unique(np.concatenate([keys, chunk_keys]), return_inverse=True)
            counts = np.bincount(inverse, np.concatenate([counts, chunk_counts]), minlength=len(keys)).astype(np.int64)
        return keys, counts
