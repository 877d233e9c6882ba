import collections
import random
import re
from pathlib import Path

from tandem_training.corpora import split_of, usable_rows
from tandem_training.dictionaries import write
from tandem_training.phrases import FOLDER, PLACES, filled, informal, informal_rows, name_rows, read_nouns, read_phrases, rows, sentences_about, sentences_with


def test_every_phrase_has_the_same_places_in_each_language_and_all_can_be_filled():
    phrases = list(read_phrases(FOLDER / "phrases.tsv"))
    assert len(phrases) > 600
    for phrase in phrases:
        english, *others = ({*re.findall(r"\{(\w+)\}", text)} for text in phrase)
        assert all(other == english for other in others), phrase
        assert all(place.rstrip("2") in PLACES for place in english), phrase
        assert not any("{" in text for text in filled(phrase, random.Random(1)))


def test_dates_and_times_are_said_as_each_language_says_them():
    draw = random.Random(4)
    said = {filled(("on {date} at {time}", "am {date} um {time}", "le {date} à {time}"), draw) for _ in range(200)}
    assert all(re.fullmatch(r"am \d+\. [A-ZM]\w+( \d{4})? um \d+:\d\d Uhr", german) for _, german, _ in said)
    assert all(re.fullmatch(r"le (1er|[2-9]|\d\d) \w+( \d{4})? à \d+ h \d\d", french) for _, _, french in said)


def test_two_places_of_a_kind_are_filled_apart():
    draw = random.Random(2)
    assert {filled(("{day} to {day2}",) * 3, draw)[0].count("Monday") for _ in range(30)} >= {0, 1}


def test_articles_follow_the_thing_and_its_case():
    about = {english: (german, french) for thing in (("key", "der Schlüssel", "la clé"), ("oven", "der Backofen", "l'évier m")) for english, german, french in sentences_about(thing)}
    assert about["I bought an oven."] == ("Ich habe einen Backofen gekauft.", "J'ai acheté un évier.")
    assert about["She came with the key."] == ("Sie kam mit dem Schlüssel.", "Elle est venue avec la clé.")
    assert about["It is next to the oven."] == ("Es steht neben dem Backofen.", "C'est à côté de l'évier.")
    assert about["My key is gone."] == ("Mein Schlüssel ist weg.", "Ma clé a disparu.")
    assert all(re.match(r"(der|die|das) ", german) and re.match(r"(le|la) |l'.* [mf]$", french) for _, german, french in read_phrases(FOLDER / "things.tsv"))


def test_nouns_take_the_endings_of_their_case_and_number():
    nouns = {noun.one[0]: noun for noun in read_nouns(FOLDER / "nouns.tsv")}
    said = {english: (german, french) for name in ("student", "island", "honesty", "prisoner") for english, german, french in sentences_with(nouns[name])}
    assert said["It has to do with the student."] == ("Es hat mit dem Studenten zu tun.", "Cela a un rapport avec l'étudiant.")
    assert said["We talked about the prisoner."] == ("Wir haben über den Gefangenen gesprochen.", "Nous avons parlé du prisonnier.")
    assert said["There were many islands."] == ("Es gab viele Inseln.", "Il y avait beaucoup d'îles.")
    assert said["The islands were different."] == ("Die Inseln waren anders.", "Les îles étaient différentes.")
    assert "honestys" not in said and said["honesty"] == ("Ehrlichkeit", "honnêteté")
    assert len(nouns) > 600
    for noun in nouns.values():
        assert re.match(r"(der|die|das) \w", noun.one[1]) and re.match(r"(le|la) |l'.* [mf]$", noun.one[2]), noun


def test_sentences_stand_in_three_languages():
    sentences = list(read_phrases(FOLDER / "sentences.tsv"))
    assert len(sentences) >= 150 and all(all(said) and "{" not in "".join(said) for said in sentences)


def test_what_is_typed_carelessly_keeps_its_names():
    typed = {informal("I don't know what you want, Tom.", random.Random(seed)) for seed in range(40)}
    assert {text.split()[-1] for text in typed} == {"Tom"}
    assert any("dont" in text or "dunno" in text for text in typed) and all(text.startswith("i ") for text in typed)


def test_a_target_begins_small_only_where_its_first_word_does_elsewhere():
    pairs = [("tatoeba", "We met Tom.", "Wir trafen Tom."), ("tatoeba", "Tom and us.", "Tom und wir."), ("tatoeba", "Cats sleep.", "Katzen schlafen."), ("bible", "Behold.", "Siehe.")]
    rows = {typed: target for _, typed, target in informal_rows(pairs, 9, random.Random(0))}
    assert rows == {"we met Tom": "wir trafen Tom", "tom and us": "Tom und wir", "cats sleep": "Katzen schlafen"}


def test_names_alone_stay_and_are_learnt_from(tmp_path: Path):
    pairs = [("tatoeba", "Then we saw Real Madrid, and New Orleans.", "Dann sahen wir Real Madrid, und Neu-Orleans."), ("mo-kde", "the Text Editor", "Text Editor")]
    names = list(name_rows(pairs, random.Random(0)))
    assert ("names", "Real Madrid", "Real Madrid") in names and not {"New Orleans", "Text Editor"} & {english for _, english, _ in names}
    write(tmp_path, "de", [*names, ("phrases", "Kernel", "Kernel")])
    refused = collections.Counter()
    assert {row[2] for row in usable_rows("de", tmp_path / "en-de.tsv.zst", refused)} == {"names"}
    assert refused == {"identical": 1}


def test_no_sentence_of_the_other_splits_is_typed_carelessly(tmp_path: Path):
    """Its key changes with its words: the corpora step would take it for another sentence."""
    sentences = [f"You are going to see {number} people tomorrow." for number in range(300)]
    held_out = {re.search(r"\d+", sentence)[0] for sentence in sentences if split_of(sentence) != "train"}
    write(tmp_path, "de", [("tatoeba", sentence, sentence.replace("people", "Leute")) for sentence in sentences])
    typed = {re.search(r"\d+", english)[0] for source, english, _ in rows("de", tmp_path, 300) if source == "informal"}
    assert held_out and typed and not held_out & typed


def test_the_folder_of_phrases_is_the_project_s(tmp_path: Path):
    (tmp_path / "own.tsv").write_text("# a remark\nyes\tja\toui\n", encoding="utf-8")
    assert list(read_phrases(tmp_path / "own.tsv")) == [("yes", "ja", "oui")]
