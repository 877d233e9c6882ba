"""The chat prompts of a summarizing pack, and how a document becomes one.

packs/summary/prompts.json is a list of `{length, form, before, after, maxTokens}`: length `headline`, `short` or `long`, form `paragraph` or
`bullets`. A prompt is `before`, the document, `after`, each tokenized by itself; what the model writes next, up to its end of sentence or
maxTokens, is the summary. `before` is the same for all, so that one reading of `before` and the document serves every length and form.
Control tokens such as `<|im_end|>` count in `before` and `after` alone: in a document they are the letters they are made of.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

PROMPTS = Path(__file__).resolve().parents[1] / "packs" / "summary" / "prompts.json"
LENGTHS = ("headline", "short", "long")
FORMS = ("paragraph", "bullets")


@dataclass(frozen=True)
class SummaryPrompt:
    length: str
    form: str
    before: str
    after: str
    max_tokens: int


def read_prompts(path: Path = PROMPTS) -> dict[tuple[str, str], SummaryPrompt]:
    """By length and form, all of them."""
    rows = [SummaryPrompt(row["length"], row["form"], row["before"], row["after"], row["maxTokens"]) for row in json.loads(path.read_text("utf-8"))]
    prompts = {(row.length, row.form): row for row in rows}
    missing = [(length, form) for length in LENGTHS for form in FORMS if (length, form) not in prompts]
    if missing or len(rows) != len(prompts):
        raise SystemExit(f"{path}: expected one prompt for each length and form, got {len(rows)} and none for {missing}")
    if len({row.before for row in rows}) != 1:
        raise SystemExit(f"{path}: expected the same `before` in all prompts, or the document would be read once for each")
    return prompts


class PromptTokenizer:
    def __init__(self, folder: Path) -> None:
        """`folder` holds tokenizer.json."""
        self.trusted = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.plain = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.plain.encode_special_tokens = True

    def document(self, prompt: SummaryPrompt, document: str) -> list[int]:
        """Ids of `before` and the document."""
        return self.trusted.encode(prompt.before).ids + self.plain.encode(document).ids

    def instruction(self, prompt: SummaryPrompt) -> list[int]:
        """Ids of `after`."""
        return self.trusted.encode(prompt.after).ids

    def written(self, summary: str) -> list[int]:
        """Ids of a summary, without an end of sentence."""
        return self.plain.encode(summary).ids

    def text(self, ids: list[int]) -> str:
        return self.trusted.decode(ids).strip()
