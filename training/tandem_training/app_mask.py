"""What the app hides behind codes before it asks a model: its own patterns (src/shared/mask.ts, written to resources/mask.json by `npm run schema`),
read as Python's. Knows nothing of codes or pairs.
"""

import json
from pathlib import Path

import regex

PATTERNS = Path(__file__).parents[2] / "resources" / "mask.json"
WORD, DIGIT = "A-Za-z0-9_", "0-9"  # JavaScript's \w and \d are ASCII
WORD_BOUNDARY = rf"(?:(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}]))"
TOKEN = regex.compile(r"\\.|\[\^\]|\[\^?|\]|[^\\\[\]]+", regex.DOTALL)


def from_javascript(pattern: str) -> str:
    """A pattern that means the same to `regex` as it does to JavaScript with the flag `u`."""
    translated, in_class = [], False
    for token in TOKEN.findall(pattern):
        if token == "[^]":
            token = r"[\s\S]"
        elif token.startswith("[") or token == "]":
            in_class = token != "]"
        elif token in (r"\w", r"\d"):
            characters = WORD if token == r"\w" else DIGIT
            token = characters if in_class else f"[{characters}]"
        elif token == r"\b":
            token = WORD_BOUNDARY
        translated.append(token)
    return "".join(translated)


_definition = json.loads(PATTERNS.read_text(encoding="utf-8"))
HIDDEN = regex.compile("|".join(f"(?:{from_javascript(pattern)})" for pattern in _definition["patterns"]))
HINT = regex.compile(from_javascript(_definition["hint"]))  # cheap; a text without it holds nothing hidden


def hidden_spans(text: str) -> list[tuple[int, int]]:
    """Characters, in order; none overlap."""
    return [match.span() for match in HIDDEN.finditer(text)] if HINT.search(text) else []
