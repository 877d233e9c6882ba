import base64
import gzip
import json
from pathlib import Path

import zstandard

from tandem_training.corpora import cut, read_rows, split_of
from tandem_training.dictionaries import Meaning, cldr_rows, entries, examples, freedict_rows, meanings, seen_together

FIXTURES = Path(__file__).parent / "fixtures"

FROG = "frog /fɹˈɒɡ/\nFrosch <masc>, Gecke <masc> [Sachsen]  [ugs.]  [zool.]\n see: {frogs}, {tree frog}\n"
CANCEL = "cancel /kˈansəl/ <v>\nstornieren <v, trans>, rückgängig machen <v, trans>\n         Note: Auftrag\n"
BAMBERG = "Bamberg <neut>\nBamberg <neut> [geogr.]\n"
BOIL = (
    "boil /bˈɔɪl/\nKochen, Sieden <neut> [cook.]\n"
    '      "be on the boil"  - kochen\n'
    '      "keep sth. on the boil"  - etw. kochen lassen\n'
    '      "a crudely built platform"  - eine notdürftig zusammengezimmerte Plattform\n'
    '      "folding drop tables"  - Klapptische, Klappabstelltische\n'
)
RUN = "run /rʌn/\n1. fonctionner\n2. fuite\n3. s'élancer, se précipiter\n"


def dictd(folder: Path, dictionary: str, texts: list[str]) -> None:
    """Writes the two files of a dictd dictionary; numbers there are base 64, most significant digit first."""
    digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    assert digits == base64.b64encode(base64.b64decode(digits))

    def written(value: int) -> str:
        return (written(value // 64) if value >= 64 else "") + chr(digits[value % 64])

    data, lines = b"", []
    for text in texts:
        encoded = text.encode()
        lines.append(f"{text.splitlines()[0].split(' ')[0].lower()}\t{written(len(data))}\t{written(len(encoded))}\n")
        data += encoded
    (folder / f"freedict-{dictionary}.dict.dz").write_bytes(gzip.compress(data))
    (folder / f"freedict-{dictionary}.index").write_text("".join(lines), encoding="utf-8")


def corpus(folder: Path, language: str, rows: list[tuple[str, str, str]]) -> None:
    (folder / f"en-{language}.tsv.zst").write_bytes(zstandard.compress("".join("\t".join(row) + "\n" for row in rows).encode()))


def test_entries_are_cut_where_the_index_says_and_keep_their_capitals(tmp_path: Path):
    dictd(tmp_path, "eng-deu", ["00databaseshort /x/\nFreeDict", FROG, BOIL, BAMBERG])
    assert list(entries(tmp_path, "eng-deu")) == [("frog", FROG), ("boil", BOIL), ("Bamberg", BAMBERG)]


def test_meanings_end_where_notes_and_examples_begin():
    assert list(meanings(FROG)) == [Meaning("Frosch", "der"), Meaning("Gecke", "der")]
    assert list(meanings(CANCEL)) == [Meaning("stornieren", None), Meaning("rückgängig machen", None)]
    assert [meaning.text for meaning in meanings(RUN)] == ["fonctionner", "fuite", "s'élancer", "se précipiter"]


def test_examples_leave_out_stand_ins_and_second_translations():
    assert list(examples(BOIL)) == [
        ("be on the boil", "kochen"),
        ("a crudely built platform", "eine notdürftig zusammengezimmerte Plattform"),
        ("folding drop tables", "Klapptische"),
    ]


def test_a_word_means_what_the_corpora_mean_by_it_most_often(tmp_path: Path):
    dictd(tmp_path, "eng-deu", [FROG, CANCEL])
    corpus(tmp_path, "de", [("x", "Cancel it!", "Das rückgängig machen!"), ("x", "A frog.", "Ein Frosch."), ("x", "Frogs.", "Gecke.")])
    assert list(freedict_rows("de", tmp_path, tmp_path)) == [
        ("freedict-words", "frog", "Frosch"),
        ("freedict-words", "the frog", "der Frosch"),
        ("freedict-words", "cancel", "rückgängig machen"),
    ]


def test_only_whole_words_count():
    lexicon = {"cat": {"katze": Meaning("Katze", "die")}}
    assert not seen_together([("x", "concatenate a cat", "Katzenfutter"), ("x", "catalogue", "Katze")], lexicon)
    assert seen_together([("x", "My cat! A CAT.", "Katze!"), ("x", "the cat", "die Katze")], lexicon) == {("cat", "katze"): 2}


def test_names_of_signs_and_countries_are_paired_by_their_keys(tmp_path: Path):
    for code, sign, country in (("en", "frog", "Denmark"), ("de", "Frosch", "Dänemark")):
        (tmp_path / "annotations" / code).mkdir(parents=True)
        (tmp_path / "main" / code).mkdir(parents=True)
        file = tmp_path / "annotations" / code / "annotations.json"
        file.write_text(json.dumps({"annotations": {"annotations": {"🐸": {"tts": [sign]}, "☃": {"default": ["x"]}}}}), encoding="utf-8")
        for names in ("territories", "languages", "scripts"):
            values = {"DK": country, "XX": "XX"} if names == "territories" else {}
            (tmp_path / "main" / code / f"{names}.json").write_text(json.dumps({"main": {code: {"localeDisplayNames": {names: values}}}}), encoding="utf-8")
    assert list(cldr_rows("de", tmp_path)) == [("cldr-names", "frog", "Frosch"), ("cldr-names", "Denmark", "Dänemark")]


def test_what_serves_training_alone_changes_no_other_split(data: Path, tmp_path: Path):
    words = [(f"wood{a}{b}{c}", f"Holz{a}{b}{c}") for a in "abcdefgh" for b in "aeiou" for c in "klmnopqr"]
    assert {split_of(english) for english, _ in words} == {"train", "dev", "test"}
    for language in ("de", "fr"):
        corpus(tmp_path, language, [("freedict-words", *pair) for pair in words])
    cut(FIXTURES / "corpora", tmp_path / "out", train_only=[tmp_path])
    for split in ("dev", "test"):
        assert (tmp_path / "out" / f"{split}.tsv").read_bytes() == (data / f"{split}.tsv").read_bytes()
    added = {row[3] for row in read_rows(tmp_path / "out" / "train.tsv")} - {row[3] for row in read_rows(data / "train.tsv")}
    assert added == {english for english, _ in words if split_of(english) == "train"}
