"""Documents as the hybrid of a decoder-only pack learns from them: tokens, and the LLM's hidden states of all that is prompt.

A folder of the summary_states step holds examples.npz and states.f16. One example is one document: the prompt's beginning and the document
(segment 0), then for each summary of it an instruction and the summary with its end of sentence (segments 1, 2, …). A segment sees
segment 0 and itself, and its positions go on from segment 0, so that one example equals as many prompts with the same document.

examples.npz: `tokens` uint16, `segments` uint8, `is_target` bool (flat, `starts` int64 [examples + 1]), `state_starts` int64 [examples + 1],
`rows` int64 (the line of the rows file), `d_llm`. states.f16: float16 [prompt tokens, d_llm] in the order of the tokens that are no target.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from tandem_training.batches import IGNORED, Examples


NO_SEGMENT = 255


class SummaryBatch(NamedTuple):
    ids: torch.Tensor  # [documents, length] int64
    labels: torch.Tensor  # [documents, length]: the token that follows, where it is a summary's, or else IGNORED
    states: torch.Tensor  # [documents, length, d_llm] float32; zero where a token is no prompt
    is_prompt: torch.Tensor  # [documents, length] bool
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
        states = int(self.state_starts[-1])
        file = folder / "states.f16"
        d_llm = int(arrays["d_llm"])
        if file.stat().st_size < 2 * states * d_llm:
            raise SystemExit(f"{file} has {file.stat().st_size} bytes, expected {2 * states * d_llm}; delete the folder and read the documents again")
        self.states = np.memmap(file, np.float16, "r", shape=(states, d_llm))
        self.source_lengths = np.diff(self.starts)
        self.target_lengths = np.zeros_like(self.source_lengths)
        self.usable = np.flatnonzero(self.source_lengths <= max_tokens)
        self.weights = np.ones(len(self.usable))
        if len(self.usable) == 0:
            raise SystemExit(f"{folder}: no document is at most {max_tokens} tokens long; raise --max-tokens")

    def batch(self, indices: np.ndarray) -> SummaryBatch:
        rows = [slice(self.starts[index], self.starts[index + 1]) for index in indices]
        length = max(row.stop - row.start for row in rows)
        shape = (len(indices), length)
        ids, labels, is_prompt = np.zeros(shape, np.int64), np.full(shape, IGNORED, np.int64), np.zeros(shape, bool)
        states = np.zeros((*shape, self.states.shape[1]), np.float32)
        for row, (index, span) in enumerate(zip(indices, rows, strict=True)):
            tokens, target = self.tokens[span].astype(np.int64), self.is_target[span]
            n = len(tokens)
            ids[row, :n], is_prompt[row, :n] = tokens, ~target
            # An end of sentence is followed by the next segment, whose first token is an instruction's.
            labels[row, : n - 1] = np.where(target[1:], tokens[1:], IGNORED)
            states[row, :n][~target] = self.states[self.state_starts[index] : self.state_starts[index + 1]]
        positions, sees = laid_out([self.segments[span] for span in rows])
        return SummaryBatch(
            torch.from_numpy(ids), torch.from_numpy(labels), torch.from_numpy(states), torch.from_numpy(is_prompt), positions, sees
        )


def laid_out(rows: list[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor]:
    """Positions [rows, length] (-1 is padding) and who sees whom [rows, 1, length, length], of the segment of each token."""
    length = max(map(len, rows))
    segments = np.full((len(rows), length), NO_SEGMENT, np.uint8)
    positions = np.full((len(rows), length), -1, np.int64)
    for row, own in enumerate(rows):
        document = np.count_nonzero(own == 0)
        places = np.arange(len(own))
        segments[row, : len(own)] = own
        positions[row, : len(own)] = np.where(own == 0, places, document + places - np.searchsorted(own, own))
    own = torch.from_numpy(segments)
    sees = (own[:, :, None] == own[:, None, :]) | (own == 0)[:, None, :]
    return torch.from_numpy(positions), (sees & torch.ones(length, length, dtype=torch.bool).tril())[:, None]
