"""Documents as the hybrid of a decoder-only pack learns from them: tokens, the LLM's hidden states of all that is prompt, and what it would say next.

A folder of the summary_states step holds examples.npz, states.f16 and finals.f16. One example is one document: the prompt's beginning and the document
(segment 0), then for each summary of it an instruction and the summary with its end of sentence (segments 1, 2, …). A segment sees
segment 0 and itself, and its positions go on from segment 0, so that one example equals as many prompts with the same document.

examples.npz: `tokens` uint16, `segments` uint8, `is_target` bool (flat, `starts` int64 [examples + 1]), `state_starts` int64 [examples + 1],
`rows` int64 (the line of the rows file), `d_llm`. states.f16: float16 [prompt tokens, d_llm] in the order of the tokens that are no target: after the LLM's first layers.
finals.f16: float16 [tokens, d_llm]: what the LLM's head reads.

A batch shows the end of each document once more, as one more segment that only sees the document up to there: written text of which the LLM's own
next word is known at every place. A summary has a dozen tokens, a document's end a hundred.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from tandem_training.batches import IGNORED, Examples


NO_SEGMENT = 255
REST = 254  # the segment that shows the end of the document as if it were written
SPLITS = (0.35, 0.75)  # of segment 0: the end of the document begins somewhere between


class SummaryBatch(NamedTuple):
    ids: torch.Tensor  # [documents, length] int64
    labels: torch.Tensor  # [documents, length]: the token that follows, where it is a summary's, or else IGNORED
    states: torch.Tensor  # [documents, length, d_llm] float32; zero where a token is no prompt
    finals: torch.Tensor  # [documents, length, d_llm] float32: what the LLM's head reads there
    is_prompt: torch.Tensor  # [documents, length] bool
    is_taught: torch.Tensor  # [documents, length] bool: where the SLM is to say what the LLM says
    positions: torch.Tensor  # [documents, length]
    sees: torch.Tensor  # [documents, 1, length, length] bool: row may look at column

    @property
    def tokens(self) -> int:
        return int((self.positions >= 0).sum())

    def to(self, device: torch.device) -> "SummaryBatch":
        return SummaryBatch(*(tensor.to(device) for tensor in self))


class SummaryExamples(Examples):
    def __init__(self, folder: Path, max_tokens: int) -> None:
        """Documents of more than `max_tokens` tokens, summaries included, are left out."""
        try:
            with np.load(folder / "examples.npz") as file:
                arrays = dict(file)
        except (OSError, ValueError) as error:
            raise SystemExit(f"{folder}: expected a folder of the summary_states step: {error}") from error
        self.tokens, self.segments, self.is_target = arrays["tokens"], arrays["segments"], arrays["is_target"]
        self.starts, self.state_starts = arrays["starts"], arrays["state_starts"]
        d_llm = int(arrays["d_llm"])
        self.states = _mapped(folder / "states.f16", int(self.state_starts[-1]), d_llm)
        self.finals = _mapped(folder / "finals.f16", int(self.starts[-1]), d_llm)
        self.source_lengths = np.diff(self.starts)
        self.target_lengths = np.zeros_like(self.source_lengths)
        self.random = np.random.default_rng(0)
        self.usable = np.flatnonzero(self.source_lengths <= max_tokens)
        self.weights = np.ones(len(self.usable))
        if len(self.usable) == 0:
            raise SystemExit(f"{folder}: no document is at most {max_tokens} tokens long; raise --max-tokens")

    def batch(self, indices: np.ndarray) -> SummaryBatch:
        """The same documents end at other places each time."""
        rows = [self._example(index) for index in indices]
        length = max(len(row["ids"]) for row in rows)

        def padded(name: str, padding: int) -> torch.Tensor:
            array = np.full((len(rows), length, *rows[0][name].shape[1:]), padding, rows[0][name].dtype)
            for place, row in enumerate(rows):
                array[place, : len(row[name])] = row[name]
            return torch.from_numpy(array)

        positions, sees = laid_out([row["segments"] for row in rows], [int(row["split"]) for row in rows])
        return SummaryBatch(
            padded("ids", 0), padded("labels", IGNORED), padded("states", 0), padded("finals", 0), padded("is_prompt", False),
            padded("is_taught", False), positions, sees,
        )  # fmt: skip

    def _example(self, index: int) -> dict[str, np.ndarray]:
        span = slice(self.starts[index], self.starts[index + 1])
        tokens, segments, target = self.tokens[span].astype(np.int64), self.segments[span], self.is_target[span]
        finals = self.finals[span].astype(np.float32)
        states = np.zeros_like(finals)
        states[~target] = self.states[self.state_starts[index] : self.state_starts[index + 1]]
        # An end of sentence is followed by the next segment, whose first token is an instruction's.
        labels = np.full(len(tokens), IGNORED, np.int64)
        labels[:-1] = np.where(target[1:], tokens[1:], IGNORED)
        document = np.count_nonzero(segments == 0)
        split = int(document * self.random.uniform(*SPLITS))
        rest = np.arange(split, document)

        def with_rest(array: np.ndarray, rest_of: np.ndarray) -> np.ndarray:
            return np.concatenate([array, rest_of])

        return {
            "ids": with_rest(tokens, tokens[rest]), "labels": with_rest(labels, np.full(len(rest), IGNORED)),
            "states": with_rest(states, np.zeros_like(states[rest])), "finals": with_rest(finals, finals[rest]),
            "is_prompt": with_rest(~target, np.zeros(len(rest), bool)), "is_taught": with_rest(labels != IGNORED, np.ones(len(rest), bool)),
            "segments": with_rest(segments, np.full(len(rest), REST, np.uint8)), "split": np.array(split),
        }  # fmt: skip


def _mapped(file: Path, rows: int, width: int) -> np.ndarray:
    size = file.stat().st_size if file.exists() else 0
    if size < 2 * rows * width:
        raise SystemExit(f"{file} has {size} bytes, expected {2 * rows * width}; delete the folder and read the documents again")
    return np.memmap(file, np.float16, "r", shape=(rows, width))


def laid_out(rows: list[np.ndarray], splits: list[int] | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """Positions [rows, length] (-1 is padding) and who sees whom [rows, 1, length, length], of the segment of each token.

    `splits`: where in segment 0 the rest of the document begins; it takes that place, and sees nothing of segment 0 from there on.
    """
    length = max(map(len, rows))
    segments = np.full((len(rows), length), NO_SEGMENT, np.uint8)
    positions = np.full((len(rows), length), -1, np.int64)
    before = np.full(len(rows), length)
    for row, own in enumerate(rows):
        starts = np.full(len(own), np.count_nonzero(own == 0))
        if splits:
            before[row] = splits[row]
            starts[own == REST] = splits[row]
        places = np.arange(len(own))
        segments[row, : len(own)] = own
        positions[row, : len(own)] = np.where(own == 0, places, starts + places - np.searchsorted(own, own))
    own = torch.from_numpy(segments)
    is_before = torch.arange(length) < torch.from_numpy(before)[:, None]
    sees_document = (own != REST)[:, :, None] | is_before[:, None, :]
    sees = (own[:, :, None] == own[:, None, :]) | ((own == 0)[:, None, :] & sees_document)
    return torch.from_numpy(positions), (sees & torch.ones(length, length, dtype=torch.bool).tril())[:, None]
