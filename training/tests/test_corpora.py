from pathlib import Path

import pytest

from tandem_training.corpora import cut, key_of, read_rows, refusal, split_of
from tandem_training.sources import weight_of


def test_variants_of_an_english_sentence_share_a_split():
    assert key_of("Don’t go!") == key_of("don't  GO")
    assert split_of("Don’t go!") == split_of("DON'T GO.")


def test_no_english_sentence_is_in_two_splits(data: Path):
    splits = {split: {key_of(row[3]) for row in read_rows(data / f"{split}.tsv")} for split in ("train", "dev", "test")}
    assert all(splits.values())
    assert not splits["train"] & splits["test"]
    assert not splits["train"] & splits["dev"]
    assert not splits["dev"] & splits["test"]


def test_short_words_of_interfaces_are_shown_more_often_and_other_short_text_is_not():
    sentence = weight_of("mo-apps", "Select the folder to open")
    assert weight_of("mo-apps", "Cancel") > weight_of("mo-apps", "Open folder") > sentence == weight_of("mo-apps", "Select a folder first")
    assert weight_of("tatoeba", "Hello.") == weight_of("tatoeba", "I do not know what you mean.")


@pytest.mark.parametrize(
    ("english", "target", "reason"),
    [
        ("Hello.", "Hallo.", None),
        ("OK", "Einverstanden", None),
        ("Save", "", "empty"),
        ("Kernel", "Kernel", "identical"),
        ("See https://example.org", "Siehe https://example.org", "url"),
        ("A short one.", "Ein sehr langer Satz, der mit dem kurzen Satz nebenan so gut wie gar nichts zu tun haben kann.", "ratio"),
        ("0x1f == 12 && 7", "0x1f == 12 und 7", "symbols"),
        ("Delete %s now?", "Jetzt löschen?", "placeholders"),
    ],
)
def test_refusal(english: str, target: str, reason: str | None):
    assert refusal(english, target) == reason


def test_rows_that_are_no_rows_are_told_by_their_line(tmp_path: Path):
    with pytest.raises(SystemExit, match="rows.tsv does not exist"):
        read_rows(tmp_path / "rows.tsv")
    (tmp_path / "rows.tsv").write_text("de\tui\tx\tSave\tSpeichern\nde\tui\tSave\tSpeichern\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="line 2: expected 5 tab-separated fields, got 4"):
        read_rows(tmp_path / "rows.tsv")


def test_missing_corpora_are_named(tmp_path: Path):
    with pytest.raises(SystemExit, match="en-de.tsv.zst, en-fr.tsv.zst"):
        cut(tmp_path, tmp_path / "out")
