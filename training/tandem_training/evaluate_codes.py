"""How well a model keeps inline codes, on rows that the inline_codes step wrote.

`kept`: outputs that hold exactly the source's codes, each once. `nested`: those whose pairs nest as well. `placed`: of these, outputs whose
codes have the order of the reference's.
"""

import collections
from pathlib import Path
from typing import NamedTuple

import sacrebleu
import torch

from tandem_training.corpora import read_rows
from tandem_training.evaluate import Generate, greedy_texts
from tandem_training.inline_codes import CODE, fault
from tandem_training.pretrained import Vocabulary
from tandem_training.tokenizer import prefix_of


class CodedRow(NamedTuple):
    source: str
    target: str
    pairs: list[tuple[int, int]]


class CodesScore(NamedTuple):
    """Shares of the outputs, and chrF with the codes left out."""

    kept: float
    nested: float
    placed: float
    chrf: float


def read_coded_rows(path: Path) -> dict[str, list[CodedRow]]:
    """Of a file of the inline_codes step, by language."""
    rows = collections.defaultdict(list)
    for row in read_rows(path, columns=6):
        pairs = [tuple(map(int, pair.split(":"))) for pair in row[5].split()]
        rows[row[0]].append(CodedRow(row[3], row[4], pairs))
    return rows


def codes_score(rows: list[CodedRow], outputs: list[str]) -> CodesScore:
    faults = [fault(row.source, output, row.pairs) for row, output in zip(rows, outputs, strict=True)]
    placed = [not f and CODE.findall(row.target) == CODE.findall(output) for f, row, output in zip(faults, rows, outputs, strict=True)]
    texts, references = ([CODE.sub("", text) for text in side] for side in (outputs, [row.target for row in rows]))
    return CodesScore(
        kept=sum(f != "codes" for f in faults) / len(rows), nested=faults.count(None) / len(rows), placed=sum(placed) / len(rows),
        chrf=sacrebleu.corpus_chrf(texts, [references]).score,
    )  # fmt: skip


class CodesEvaluator:
    def __init__(self, rows_path: Path, vocabulary: Vocabulary, device: torch.device) -> None:
        self.rows, self.vocabulary, self.device = read_coded_rows(rows_path), vocabulary, device

    def scores(self, generate: Generate) -> dict[str, CodesScore]:
        return {language: codes_score(rows, self.outputs(generate, language)) for language, rows in self.rows.items()}

    def outputs(self, generate: Generate, language: str) -> list[str]:
        sources = [f"{prefix_of(language)} {row.source}" for row in self.rows[language]]
        return greedy_texts(generate, self.vocabulary, sources, self.device, keep_codes=True)

    def line(self, generate: Generate) -> str:
        return "codes kept/nested/placed % " + "  ".join(
            f"{language} {100 * s.kept:.1f}/{100 * s.nested:.1f}/{100 * s.placed:.1f} chrF {s.chrf:.1f}"
            for language, s in self.scores(generate).items()
        )
