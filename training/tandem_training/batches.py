"""Token arrays (.npz of the encode step) → batches of similar length, endlessly and repeatably.

An epoch shows a pair of weight 2.3 two or three times. It is walked in windows; inside a window, pairs of similar length share a
batch, so little is padding. A position is (epoch, window): enough to resume.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from tandem_training.tokenizer import PAD

WINDOW_PAIRS = 100_000
IGNORED = -100  # no token of any vocabulary; what losses leave out


class Position(NamedTuple):
    epoch: int = 0
    window: int = 0
    batch: int = 0


class Batch(NamedTuple):
    source: torch.Tensor  # [pairs, source length] int64, padded with PAD
    target: torch.Tensor  # [pairs, target length] int64, ends in EOS, padded with IGNORED

    @property
    def tokens(self) -> int:
        return int((self.source != PAD).sum() + (self.target != IGNORED).sum())

    def to(self, device: torch.device) -> "Batch":
        return Batch(self.source.to(device), self.target.to(device))


class Mixed(NamedTuple):
    """Pairs of another file, and the share of an epoch that they make up."""

    path: Path
    share: float


def read_arrays(path: Path, max_tokens: int) -> dict[str, np.ndarray]:
    """What the encode step wrote; a pair with a side longer than max_tokens weighs nothing."""
    try:
        with np.load(path) as file:
            arrays = {name: file[name] for name in ("source_tokens", "source_starts", "target_tokens", "target_starts", "weights")}
    except FileNotFoundError:
        raise SystemExit(f"{path} does not exist; the encode step writes it") from None
    except Exception as error:  # zip, zlib and NumPy each have their own
        raise SystemExit(f"{path} is damaged or no file of the encode step ({error}); encode it again") from error
    longest = np.zeros(len(arrays["weights"]), np.int64)
    for side in ("source", "target"):
        starts = arrays[f"{side}_starts"] = arrays[f"{side}_starts"].astype(np.int64)
        if len(starts) != len(longest) + 1 or starts[-1] != len(arrays[f"{side}_tokens"]):
            raise SystemExit(f"{path} is damaged: its {side} starts do not fit its tokens and weights; encode it again")
        longest = np.maximum(longest, np.diff(starts))
    arrays["weights"] = np.where(longest <= max_tokens, arrays["weights"], 0)
    return arrays


def mix(first: dict[str, np.ndarray], second: dict[str, np.ndarray], share: float) -> dict[str, np.ndarray]:
    """Both, weighed so that an epoch is as long as the first's and `share` of it comes from the second."""
    total, other = first["weights"].sum(), second["weights"].sum()
    if not 0 <= share <= 1 or other == 0:
        raise SystemExit(f"expected a share from 0 to 1 of a file with usable pairs, got {share} of weight {other}")
    mixed = {"weights": np.concatenate([first["weights"] * (1 - share), second["weights"] * (share * total / other)])}
    for side in ("source", "target"):
        tokens, starts = f"{side}_tokens", f"{side}_starts"
        mixed[tokens] = np.concatenate([first[tokens], second[tokens]])
        mixed[starts] = np.concatenate([first[starts], len(first[tokens]) + second[starts][1:]])
    return mixed


class Examples:
    """What can be walked: `usable` are indices, `weights` how often an epoch shows each of them, the lengths are of all examples."""

    usable: np.ndarray
    weights: np.ndarray
    source_lengths: np.ndarray
    target_lengths: np.ndarray

    def epoch(self, number: int) -> np.ndarray:
        """Indices of one epoch in its order."""
        generator = np.random.default_rng(number)
        times = np.floor(self.weights + generator.random(len(self.weights))).astype(int)
        order = np.repeat(self.usable, times)
        generator.shuffle(order)
        return order

    def batches(self, tokens: int, position: Position) -> Iterator[tuple[np.ndarray, Position]]:
        """Yields the pair indices of batches of at most `tokens` tokens (padding included) and the position to resume from afterwards."""
        epoch, window, skip = position
        while True:
            order = self.epoch(epoch)
            while window * WINDOW_PAIRS < len(order):
                chosen = order[window * WINDOW_PAIRS : (window + 1) * WINDOW_PAIRS]
                for number, indices in enumerate(self._cut(chosen, tokens, seed=(epoch, window))):
                    if number >= skip:
                        yield indices, Position(epoch, window, number + 1)
                window, skip = window + 1, 0
            epoch, window = epoch + 1, 0

    def _cut(self, chosen: np.ndarray, tokens: int, seed: tuple[int, int]) -> list[np.ndarray]:
        source, target = self.source_lengths[chosen], self.target_lengths[chosen]
        # Sorted by length in steps of two, then by the source; noise so that neighbours differ from epoch to epoch.
        generator = np.random.default_rng(seed)
        chosen = chosen[np.lexsort((generator.random(len(chosen)), source, target // 2))]
        cuts, start, longest = [], 0, (0, 0)
        for end, index in enumerate(chosen):
            grown = max(longest[0], self.source_lengths[index]), max(longest[1], self.target_lengths[index])
            if end > start and sum(grown) * (end + 1 - start) > tokens:
                cuts.append(chosen[start:end])
                start, grown = end, (self.source_lengths[index], self.target_lengths[index])
            longest = grown
        cuts.append(chosen[start:])
        generator.shuffle(order := np.arange(len(cuts)))
        return [cuts[i] for i in order]

class Pairs(Examples):
    def __init__(
        self, path: Path, max_tokens: int, back: dict[int, int] | None = None, codes: Sequence[int] = (), mixed: Mixed | None = None
    ) -> None:
        """Pairs with a side longer than max_tokens are left out.

        `back` maps the prefix id of a task to that of the way back: pairs of such a task are there in both directions. `codes` are the
        ids of inline codes 0, 1, …: they are numbered anew on the way back.
        """
        arrays = read_arrays(path, max_tokens)
        if mixed:
            arrays = mix(arrays, read_arrays(mixed.path, max_tokens), mixed.share)
        weights = arrays["weights"]
        sides = [(arrays[f"{side}_tokens"], arrays[f"{side}_starts"]) for side in ("source", "target")]
        if back:
            (source, source_starts), (target, target_starts) = sides
            prefixes = source[source_starts[:-1]]
            weights = np.concatenate([weights, np.where(np.isin(prefixes, list(back)), weights, 0)])
            reversed_source = np.insert(target, target_starts[:-1], [back.get(int(prefix), PAD) for prefix in prefixes])
            reversed_target = np.delete(source, source_starts[:-1])
            shift = np.arange(len(source_starts))
            if codes:
                renumber_codes(codes, reversed_source, target_starts + shift, reversed_target, source_starts - shift)
            sides = [
                (np.concatenate([source, reversed_source]), np.concatenate([source_starts, len(source) + (target_starts + shift)[1:]])),
                (np.concatenate([target, reversed_target]), np.concatenate([target_starts, len(target) + (source_starts - shift)[1:]])),
            ]
        (self.source_tokens, self.source_starts), (self.target_tokens, self.target_starts) = sides
        self.source_lengths, self.target_lengths = np.diff(self.source_starts), np.diff(self.target_starts)
        self.usable = np.flatnonzero(weights > 0)
        self.weights = weights[self.usable]
        if len(self.usable) == 0:
            raise SystemExit(f"{path}: no pair is at most {max_tokens} tokens long; raise --max-tokens")

    def pair(self, index: int) -> tuple[list[int], list[int]]:
        """Source and target, with prefix and end of sentence."""
        return (
            self.source_tokens[self.source_starts[index] : self.source_starts[index + 1]].tolist(),
            self.target_tokens[self.target_starts[index] : self.target_starts[index + 1]].tolist(),
        )

    def batch(self, indices: np.ndarray) -> Batch:
        def side(tokens: np.ndarray, starts: np.ndarray, lengths: np.ndarray, padding: int) -> torch.Tensor:
            places = np.arange(lengths[indices].max())
            kept = places < lengths[indices, None]
            padded = np.where(kept, tokens[np.where(kept, starts[indices, None] + places, 0)].astype(np.int64), padding)
            return torch.from_numpy(padded)

        return Batch(
            side(self.source_tokens, self.source_starts, self.source_lengths, PAD),
            side(self.target_tokens, self.target_starts, self.target_lengths, IGNORED),
        )


def renumber_codes(codes: Sequence[int], source: np.ndarray, source_starts: np.ndarray, target: np.ndarray, target_starts: np.ndarray) -> None:
    """In place: the codes of each pair are numbered in the order of its source."""
    number_of = np.full(1 + max(max(codes), source.max(), target.max()), -1)
    number_of[list(codes)] = np.arange(len(codes))

    def places(tokens: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where codes stand, the pair each belongs to, and a key for pair and code."""
        found = np.flatnonzero(number_of[tokens] >= 0)
        pairs = np.searchsorted(starts, found, side="right") - 1
        return found, pairs, pairs * len(codes) + number_of[tokens[found]]

    in_source, pairs, source_keys = places(source, source_starts)
    in_target, _, target_keys = places(target, target_starts)
    numbers = np.arange(len(pairs)) - np.searchsorted(pairs, pairs)
    order = np.argsort(source_keys)
    ids = np.array(codes)
    target[in_target] = ids[numbers[order][np.searchsorted(source_keys[order], target_keys)]]
    source[in_source] = ids[numbers]


def shifted_right(target: torch.Tensor, start: int = PAD) -> torch.Tensor:
    """The decoder's input [pairs, target length], which begins with `start`; where nothing is to be predicted, any token."""
    shifted = torch.full_like(target, start)
    shifted[:, 1:] = target[:, :-1]
    return shifted.masked_fill(shifted == IGNORED, start)
