"""What training hides is what the app hides: both read test/fixtures/masked.json."""

import json
from pathlib import Path

import pytest

from tandem_training.app_mask import from_javascript, hidden_spans

CASES = json.loads((Path(__file__).parents[2] / "test" / "fixtures" / "masked.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_hides_what_the_app_hides(case: dict):
    assert [case["text"][start:end] for start, end in hidden_spans(case["text"])] == case["hidden"]


def test_classes_are_javascripts():
    assert from_javascript(r"[^]\w[\w.-]\[\d[^\d]") == r"[\s\S][A-Za-z0-9_][A-Za-z0-9_.-]\[[0-9][^0-9]"
