import itertools
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from tandem_training.associations import Associations, words_of
from tandem_training.corpora import read_rows
from tandem_training.encode import encode_pairs, with_codes
from tandem_training.evaluate_codes import CodedRow, codes_score, read_coded_rows
from tandem_training.inline_codes import CODE, CodedPair, InlineCodes, Place, associations_of, chosen, fault, fit_together, marked
from tandem_training.pretrained import Vocabulary
from tandem_training.tokenizer import PREFIXES

SMALL = Path(__file__).parents[1] / "packs" / "small" / "tokenizer.json"
Row = tuple[str, str, str, str, str]


@pytest.fixture(scope="module")
def rows(data: Path) -> list[Row]:
    return read_rows(data / "train.tsv")


@pytest.fixture(scope="module")
def associations(rows: list[Row]) -> dict[str, Associations]:
    return associations_of(rows)


def coded(rows: list[Row], codes: InlineCodes) -> list[CodedPair]:
    return [codes(row[0], row[3], row[4]) for row in rows]


def test_every_pair_holds_each_code_once_in_source_order_and_nested(rows: list[Row], associations: dict[str, Associations]):
    for row, pair in zip(rows, coded(rows, InlineCodes(associations, share=1.0)), strict=True):
        numbers = [int(number) for number in CODE.findall(pair.source)]
        assert numbers == list(range(len(numbers))) and numbers
        assert fault(pair.source, pair.target, pair.pairs) is None, pair
        assert fault(pair.source, pair.source, pair.pairs) is None, pair
        assert all(open_ < close for open_, close in pair.pairs)
        if not _protected(row):
            assert len(numbers) <= 8


def test_what_is_left_is_the_text(rows: list[Row], associations: dict[str, Associations]):
    """Codes replace only what both sides hold."""
    for row, pair in zip(rows, coded(rows, InlineCodes(associations, share=1.0)), strict=True):
        for whole, with_codes in ((row[3], pair.source), (row[4], pair.target)):
            place = 0
            for stretch in CODE.split(with_codes)[::2]:
                place = whole.index(stretch, place) + len(stretch)


def test_pairs_get_codes_by_share_and_always_the_same(rows: list[Row], associations: dict[str, Associations]):
    plain = [row for row in rows if not _protected(row)]
    pairs = coded(plain, InlineCodes(associations, share=0.3))
    assert pairs == coded(plain, InlineCodes(associations, share=0.3))
    assert pairs != coded(plain, InlineCodes(associations, share=0.3, seed=1))
    assert sum(bool(CODE.search(pair.source)) for pair in pairs) / len(plain) == pytest.approx(0.3, abs=0.05)


def _protected(row: Row) -> bool:
    return bool(CODE.search(InlineCodes({}, share=0)(row[0], row[3], row[4]).source))


@pytest.mark.parametrize(
    ("english", "target", "source_coded", "target_coded"),
    [
        ("Run foo_bar() with --help.", "Starten Sie foo_bar() mit --help.", "Run <0> with <1>.", "Starten Sie <0> mit <1>."),
        ("With %d of %s.", "Mit %s zu %d.", "With <0> of <1>.", "Mit <1> zu <0>."),
        ("Open %s and %s.", "%s und %s öffnen.", "Open <0> and <1>.", "<0> und <1> öffnen."),
        ("See https://a.org/b, page {0}.", "Voir https://a.org/b, page {0}.", "See <0>, page <1>.", "Voir <0>, page <1>."),
        ("Press <b>OK</b> in /etc/apt.", "Drücken Sie <b>OK</b> in /etc/apt.", "Press <0>OK<1> in <2>.", "Drücken Sie <0>OK<1> in <2>."),
        ("Mail a@b.org %s", "Mail an a@b.org", "Mail <0> %s", "Mail an <0>"),
        ("It is 100% sure and/or 5 % fine.", "Es ist 100% sicher und/oder 5 % gut.", None, None),
        ("LibreOffice is well-known.", "LibreOffice ist altbekannt.", None, None),
    ],
)
def test_what_nobody_translates_is_a_code_in_every_pair(english: str, target: str, source_coded: str | None, target_coded: str | None):
    pair = InlineCodes({}, share=0)("de", english, target)
    got = tuple(text.replace("extra_id_", "") for text in pair[:2])
    assert got == (source_coded or english, target_coded or target)


def test_words_are_linked_by_how_often_they_meet():
    english = ("the red house", "the red car", "a green house", "a green car")
    german = ("das rote Haus", "das rote Auto", "ein grünes Haus", "ein grünes Auto")
    pairs = [pair for pair in zip(english, german, strict=True) for _ in range(4)]
    others = [(f"the word {i}", f"das Wort {i}") for i in range(400)]
    source, target = words_of("Berlin, a car near the red house"), words_of("Berlin, das rote Haus neben einem Auto")
    links = Associations(pairs + others).links(source, target)
    linked = {(source[link.source].text, target[link.target].text) for link in links}
    assert linked == {("Berlin", "Berlin"), ("car", "Auto"), ("house", "Haus"), ("red", "rote")}


def test_places_that_cross_or_nest_differently_do_not_fit():
    def place(source: tuple[int, int], target: tuple[int, int], kind: str = "pair") -> Place:
        return Place(kind, (source, target))

    outer = place((0, 9), (0, 9))
    assert fit_together(outer, place((2, 4), (5, 7))) and fit_together(place((2, 4), (5, 7)), outer)
    assert fit_together(place((0, 4), (5, 9)), place((5, 9), (0, 4)))
    assert not fit_together(outer, place((4, 12), (4, 12)))
    assert not fit_together(outer, place((2, 4), (10, 12)))
    assert not fit_together(place((0, 9), (0, 9), "alone"), place((2, 4), (2, 4)))


def test_order_differs_between_the_sides_and_numbers_follow_the_source():
    pair = marked(("red house", "maison rouge"), [Place("pair", ((4, 9), (0, 6))), Place("pair", ((0, 3), (7, 12)))])
    assert pair.source == "<extra_id_0>red<extra_id_1> <extra_id_2>house<extra_id_3>"
    assert pair.target == "<extra_id_2>maison<extra_id_3> <extra_id_0>rouge<extra_id_1>"
    assert pair.pairs == [(0, 1), (2, 3)]


def test_faults_are_named():
    source = "<extra_id_0>a<extra_id_1> <extra_id_2>b<extra_id_3>"
    assert fault(source, "<extra_id_2>b<extra_id_3> <extra_id_0>a<extra_id_1>", [(0, 1), (2, 3)]) is None
    assert fault(source, "<extra_id_0>a<extra_id_1> <extra_id_2>b", [(0, 1), (2, 3)]) == "codes"
    assert fault(source, source + "<extra_id_3>", [(0, 1), (2, 3)]) == "codes"
    assert fault(source, "<extra_id_1>a<extra_id_0> <extra_id_2>b<extra_id_3>", [(0, 1), (2, 3)]) == "nesting"
    assert fault(source, "<extra_id_0><extra_id_2>a<extra_id_1> b<extra_id_3>", [(0, 1), (2, 3)]) == "nesting"


def test_scores_count_kept_nested_and_placed():
    row = CodedRow("<extra_id_0>a<extra_id_1> b<extra_id_2>", "<extra_id_2>b <extra_id_0>a<extra_id_1>", [(0, 1)])
    outputs = [row.target, row.source, "<extra_id_1>a<extra_id_0> b<extra_id_2>", "a b"]
    score = codes_score([row] * 4, outputs)
    assert score[:3] == (0.75, 0.5, 0.25)


def test_rows_are_chosen_from_all_groups(rows: list[Row]):
    picked = chosen(rows, 20)
    assert [sum(row[0] == language for row in picked) for language in ("de", "fr")] == [20, 20]
    assert len({row[1] for row in picked}) >= 3
    assert picked == chosen(rows[::-1], 20)


def test_encoded_codes_are_single_tokens_and_stretches_are_texts_of_their_own(data: Path, rows: list[Row], tmp_path: Path):
    tokenizer = Tokenizer.from_file(str(SMALL))
    first = tokenizer.token_to_id("<extra_id_0>")
    click, save = (tokenizer.encode(text, add_special_tokens=False).ids for text in ("Click", "Save"))
    for text in ("Click <extra_id_0>Save<extra_id_1>", "Click<extra_id_0> Save <extra_id_1>"):
        assert tokenizer.encode(text, add_special_tokens=False).ids == [*click, first, *save, first + 1]

    coded_rows = with_codes(rows, 0.5)
    sources, targets = [f"{PREFIXES['en', row[0]]} {row[3]}" for row in coded_rows], [row[4] for row in coded_rows]
    encode_pairs(Vocabulary(tokenizer, tokenizer), sources, targets, [1.0] * len(rows), tmp_path / "codes.npz")
    arrays = np.load(tmp_path / "codes.npz")
    held = 0
    for side_starts in zip(itertools.pairwise(arrays["source_starts"]), itertools.pairwise(arrays["target_starts"]), strict=True):
        source, target = (
            [i for i in arrays[f"{side}_tokens"][start:end] if first <= i < first + 32]
            for side, (start, end) in zip(("source", "target"), side_starts, strict=True)
        )
        assert source == list(range(first, first + len(source))) and sorted(target) == source
        held += bool(source)
    assert held > len(rows) / 3


def test_what_the_command_writes_is_read_for_measuring_and_other_rows_are_refused(data: Path, tmp_path: Path):
    command = [sys.executable, "-m", "tandem_training.inline_codes", "--rows", data / "dev.tsv", "--train", data / "train.tsv"]
    subprocess.run([*command, "--out", tmp_path / "dev-codes.tsv", "--per-language", "8"], check=True, cwd=Path(__file__).resolve().parents[1])
    coded = read_coded_rows(tmp_path / "dev-codes.tsv")
    assert coded and all(CODE.search(row.source) and row.target for rows in coded.values() for row in rows)
    with pytest.raises(SystemExit, match="line 1: expected 6 tab-separated fields, got 5"):
        read_coded_rows(data / "dev.tsv")
