"""Held-out quality while training: greedy decoding in PyTorch, sacreBLEU's chrF and BLEU per language and source group.

The figures of a finished pack come from the app's own engine, not from here.
"""

import collections
from collections.abc import Callable
from pathlib import Path

import sacrebleu
import torch

from tandem_training.corpora import read_rows
from tandem_training.pretrained import Vocabulary
from tandem_training.tokenizer import PAD, prefix_of

Generate = Callable[[torch.Tensor, int], torch.Tensor]  # source [n, length], most new tokens → target ids [n, length], without the start


def greedy_texts(
    generate: Generate, vocabulary: Vocabulary, sources: list[str], device: torch.device, batch_pairs: int = 64, keep_codes: bool = False
) -> list[str]:
    """Translations of sources that already carry their prefix, in order; inline codes are left out of them unless they are kept."""
    encoded = vocabulary.source_ids(sources)
    order = sorted(range(len(sources)), key=lambda i: len(encoded[i]))
    texts = [""] * len(sources)
    for start in range(0, len(order), batch_pairs):
        indices = order[start : start + batch_pairs]
        longest = max(len(encoded[i]) for i in indices)
        source = torch.full((len(indices), longest), PAD, device=device)
        for row, i in enumerate(indices):
            source[row, : len(encoded[i])] = torch.tensor(encoded[i])
        ids = generate(source, 2 * longest + 8).tolist()
        for i, row in zip(indices, ids, strict=True):
            texts[i] = vocabulary.text(row, keep_codes)
    return texts


class Evaluator:
    def __init__(self, rows_path: Path, vocabulary: Vocabulary, device: torch.device, per_cell: int) -> None:
        """The first per_cell rows of each language and source group of a sample that the corpora step wrote."""
        self.vocabulary, self.device = vocabulary, device
        self.cells: dict[tuple[str, str], list[tuple[str, str]]] = collections.defaultdict(list)
        for language, group, _, english, target in read_rows(rows_path):
            if len(self.cells[language, group]) < per_cell:
                self.cells[language, group].append((english, target))

    def scores(self, generate: Generate) -> dict[tuple[str, str], tuple[float, float]]:
        """(language, group) → (chrF, BLEU)."""
        sources = [f"{prefix_of(cell[0])} {english}" for cell, pairs in self.cells.items() for english, _ in pairs]
        texts = iter(greedy_texts(generate, self.vocabulary, sources, self.device))
        results = {}
        for cell, pairs in self.cells.items():
            outputs = [next(texts) for _ in pairs]
            references = [[target for _, target in pairs]]
            results[cell] = sacrebleu.corpus_chrf(outputs, references).score, sacrebleu.corpus_bleu(outputs, references).score
        return results

    def line(self, generate: Generate) -> str:
        scores = self.scores(generate)
        return "dev chrF/BLEU " + "  ".join(f"{language} {group} {c:.1f}/{b:.1f}" for (language, group), (c, b) in scores.items())
