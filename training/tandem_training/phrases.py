"""Before step 1, by choice. Phrases written for the project → text for training alone: letters, times and dates, messages, labels, things, nouns, names.

Needs: training/phrases/ and the corpora, whose everyday sentences are shown once more as people type them to each other.
Writes en-de.tsv.zst and en-fr.tsv.zst (columns: source, English, target) for `corpora --train-only`.
"""

import argparse
import collections
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tandem_training.corpora import LANGUAGES, read_pairs, split_of
from tandem_training.dictionaries import write
from tandem_training.sources import NAMES, source_of

FOLDER = Path(__file__).parents[1] / "phrases"
FILLINGS = 60  # of a phrase with places
MAX_INFORMAL_CHARACTERS = 70
NAME_PAIRS = 6000

_PLACE = re.compile(r"\{(\w+?)\d?\}")
_WORDS = re.compile(r"\w+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z]+){1,2}\b(?=[ ,.])")
_DAYS = list(zip(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(), "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "lundi mardi mercredi jeudi vendredi samedi dimanche".split(), strict=True,
))  # fmt: skip
_MONTHS = list(zip(
    "January February March April May June July August September October November December".split(),
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(), strict=True,
))  # fmt: skip
_SURNAMES = """Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin Jackson Thompson White Harris Clark
Lewis Robinson Walker Young Allen King Wright Scott Green Baker Hall Campbell Mitchell Carter Roberts Evans Turner Parker Collins Edwards Murphy
Cook Morgan Kelly Cooper Reed Bailey Ward Watson Brooks Bennett Gray Hughes Price Foster Russell Hamilton Graham Sullivan Woods Cole West Müller
Schmidt Schneider Fischer Weber Meyer Wagner Becker Hoffmann Koch Richter Klein Wolf Neumann Dubois Bernard Petit Durand Leroy Moreau Laurent
Lefebvre Girard Rossi Garcia Lopez Martinez Silva Nguyen Kim Lee Chen Wang Singh Patel Kowalski Novak Ivanov O'Brien McDonald""".split()
_HE = """James John Robert Michael William David Richard Thomas Charles Daniel Matthew Mark Paul Peter Andrew George Kevin Brian Edward Frank
Simon Jack Henry Ben Sam Tim Luke Max Leo Oliver Noah Martin Stefan Hans Klaus Pierre Louis Marco Ahmed Ali Omar Carlos Tom""".split()
_SHE = """Mary Patricia Jennifer Linda Elizabeth Susan Jessica Sarah Karen Lisa Nancy Emily Anna Laura Julia Emma Olivia Sophie Kate Alice Jane
Helen Ruth Rachel Claire Maria Lucy Grace Ella Eva Nina Petra Monika Sabine Camille Marie Fatima Amira Ines Rosa Charlotte""".split()
_CITIES = [(name, name, name) for name in "Berlin Paris Madrid Chicago Boston Toronto Dublin Oslo Stuttgart Dresden Lyon Bordeaux Zürich".split()] + [
    ("London", "London", "Londres"), ("Munich", "München", "Munich"), ("Vienna", "Wien", "Vienne"), ("Rome", "Rom", "Rome"), ("Milan", "Mailand", "Milan"),
    ("Brussels", "Brüssel", "Bruxelles"), ("Geneva", "Genf", "Genève"), ("Cologne", "Köln", "Cologne"), ("Hamburg", "Hamburg", "Hambourg"),
    ("Warsaw", "Warschau", "Varsovie"), ("Prague", "Prag", "Prague"), ("Lisbon", "Lissabon", "Lisbonne"), ("Copenhagen", "Kopenhagen", "Copenhague"),
]  # fmt: skip

Said = tuple[str, str, str]  # English, German, French


class Noun(NamedTuple):
    one: Said  # German and French with their articles
    many: Said | None


def date(draw: random.Random) -> Said:
    day, (english, german, french) = draw.randint(1, 31), draw.choice(_MONTHS)
    first = "1er" if day == 1 else str(day)
    year = f" {draw.randint(1950, 2030)}" if draw.random() < 0.5 else ""
    spoken = f"{english} {day}{year and ',' + year}" if draw.random() < 0.6 else f"{day} {english}{year}"
    return spoken, f"{day}. {german}{year}", f"{first} {french}{year}"


def clock(draw: random.Random) -> Said:
    """By 24 hours: the app turns "3:30 p.m." into 15:30 before a model reads it."""
    hour, minute = draw.randint(0, 23), draw.choice((0, 0, 15, 30, 30, 45, draw.randint(0, 59)))
    return f"{hour}:{minute:02}", f"{hour}:{minute:02} Uhr", f"{hour} h {minute:02}"


def same(text: str) -> Said:
    return text, text, text


PLACES: dict[str, Callable[[random.Random], Said]] = {
    "sur": lambda draw: same(draw.choice(_SURNAMES)),
    "he": lambda draw: same(draw.choice(_HE)),
    "she": lambda draw: same(draw.choice(_SHE)),
    "city": lambda draw: draw.choice(_CITIES),
    "day": lambda draw: draw.choice(_DAYS),
    "month": lambda draw: draw.choice(_MONTHS),
    "date": date,
    "time": clock,
    "year": lambda draw: same(str(draw.randint(1850, 2030))),
    "n": lambda draw: same(str(draw.choice((draw.randint(2, 9), draw.randint(2, 60))))),
    "no": lambda draw: same(draw.choice((str(draw.randint(100, 99999)), f"{draw.choice('ABKRX')}-{draw.randint(100, 9999)}"))),
}


def filled(phrase: Said, draw: random.Random) -> Said:
    """Every place of the phrase filled, in the three languages alike; {n} and {n2} differ."""
    fillings = {place[0]: PLACES[place[1]](draw) for place in sorted({(m[0], m[1]) for m in _PLACE.finditer(phrase[0])})}
    said = list(phrase)
    for place, filling in fillings.items():
        said = [text.replace(place, word) for text, word in zip(said, filling, strict=True)]
    return said[0], said[1], said[2]


def read_phrases(path: Path) -> Iterator[Said]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            english, german, french = line.split("\t")
            yield english, german, french


def sentences_about(thing: Said) -> Iterator[Said]:
    """A thing of everyday life, as a sentence's subject and object and by itself."""
    english, (article, german), french = thing[0], thing[1].split(" ", 1), thing[2]
    is_le = french.startswith("le ") or french.endswith(" m")
    french = re.sub(r"^l'(.+) [mf]$", r"l'\1", french)
    bare = re.sub(r"^(le |la |l')", "", french)
    a = "an" if english[0] in "aeiou" else "a"
    das = {"der": "den"}.get(article, article)
    ein, einen = ("ein", "einen") if article == "der" else ("ein", "ein") if article == "das" else ("eine", "eine")
    dem = "der" if article == "die" else "dem"
    un, e = ("un", "") if is_le else ("une", "e")
    mon = "mon" if is_le or french.startswith("l'") else "ma"
    du = f"du {bare}" if french.startswith("le ") else f"de {french}"
    yield english, german, bare
    yield f"the {english}", f"{article} {german}", french
    yield f"{a} {english}", f"{ein} {german}", f"{un} {bare}"
    yield f"Where is the {english}?", f"Wo ist {article} {german}?", f"Où est {french} ?"
    yield f"The {english} is broken.", f"{article.capitalize()} {german} ist kaputt.", f"{french[0].upper()}{french[1:]} est cassé{e}."
    yield f"I bought {a} {english}.", f"Ich habe {einen} {german} gekauft.", f"J'ai acheté {un} {bare}."
    yield f"He is looking for the {english}.", f"Er sucht {das} {german}.", f"Il cherche {french}."
    yield f"Do you have {a} {english}?", f"Hast du {einen} {german}?", f"As-tu {un} {bare} ?"
    yield f"My {english} is gone.", f"M{ein} {german} ist weg.", f"{mon.capitalize()} {bare} a disparu."
    yield f"She came with the {english}.", f"Sie kam mit {dem} {german}.", f"Elle est venue avec {french}."
    yield f"It is next to the {english}.", f"Es steht neben {dem} {german}.", f"C'est à côté {du}."


def read_nouns(path: Path) -> Iterator[Noun]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            english, many, german, german_many, french, french_many = line.split("\t")
            yield Noun((english, german, french), None if many == "-" else (many, german_many, french_many))


def sentences_with(noun: Noun) -> Iterator[Said]:
    """A noun by itself and in sentences that suit whatever it names, for each of the cases that German and French tell apart."""
    english, (der, german), french = noun.one[0], noun.one[1].split(" ", 1), noun.one[2]
    german, is_weak = german.removesuffix("*"), german.endswith("*")
    is_masculine = french.startswith("le ") or french.endswith(" m")
    french = re.sub(r"^l'(.+) [mf]$", r"l'\1", french)
    bare, e = re.sub(r"^(le |la |l')", "", french), "" if is_masculine else "e"
    du, de = (f"du {bare}", "de ") if french.startswith("le ") else (f"de {french}", "d'" if french.startswith("l'") else "de ")
    ce = "cette" if e else "cet" if french.startswith("l'") else "ce"
    other = (noun.many[1] if noun.many else f"{german}n") if is_weak else german  # in the accusative and the dative
    den = f"den {other}" if der == "der" else f"{der} {german}"
    dem = f"der {german}" if der == "die" else f"dem {other}"
    yield english, german, bare
    yield f"the {english}", f"{der} {german}", french
    yield f"We talked about the {english}.", f"Wir haben über {den} gesprochen.", f"Nous avons parlé {du}."
    yield f"Tell me something about the {english}.", f"Erzähl mir etwas über {den}.", f"Parle-moi {du}."
    yield (
        f"The {english} was very important to them.", f"{der.capitalize()} {german} war ihnen sehr wichtig.",
        f"{french[0].upper()}{french[1:]} était très important{e} pour eux.",
    )  # fmt: skip
    yield f"Without the {english} nothing would have changed.", f"Ohne {den} hätte sich nichts geändert.", f"Sans {french}, rien n'aurait changé."
    yield f"It has to do with the {english}.", f"Es hat mit {dem} zu tun.", f"Cela a un rapport avec {french}."
    yield f"What do you think of this {english}?", f"Was halten Sie von dies{dem[1:]}?", f"Que pensez-vous de {ce} {bare} ?"
    if noun.many:
        many, german_many, french_many = noun.many
        yield many, german_many, french_many
        yield f"the {many}", f"die {german_many}", f"les {french_many}"
        yield f"There were many {many}.", f"Es gab viele {german_many}.", f"Il y avait beaucoup {de}{french_many}."
        yield f"The {many} were different.", f"Die {german_many} waren anders.", f"Les {french_many} étaient différent{e}s."
        yield f"She wrote about three {many}.", f"Sie schrieb über drei {german_many}.", f"Elle a écrit sur trois {french_many}."
        yield f"Where are all these {many}?", f"Wo sind all diese {german_many}?", f"Où sont tou{'s' if is_masculine else 'tes'} ces {french_many} ?"


_SHORTER = {"you": "u", "are": "r", "please": "pls", "thanks": "thx", "because": "cuz", "tomorrow": "tmrw", "okay": "ok", "people": "ppl"}
_RUN_TOGETHER = {"going to": "gonna", "want to": "wanna", "got to": "gotta", "have got to": "gotta", "kind of": "kinda", "don't know": "dunno"}


def informal(english: str, draw: random.Random) -> str:
    """As people type to each other: small letters, marks left out, some words shortened."""
    text = english.removesuffix(".")
    for spoken, typed in _RUN_TOGETHER.items():
        if draw.random() < 0.5:
            text = re.sub(rf"\b{spoken}\b", typed, text)
    for word, typed in _SHORTER.items():
        if draw.random() < 0.25:
            text = re.sub(rf"\b{word}\b", typed, text, flags=re.IGNORECASE)
    if draw.random() < 0.5:
        text = re.sub(r"(?<=\w)['’](?=\w)", "", text)
    if draw.random() < 0.3:
        text = text.removesuffix("?")
    text = re.sub(r"\bI\b", "i", text)
    return text[0].lower() + text[1:]


def informal_rows(pairs: list[tuple[str, str, str]], count: int, draw: random.Random) -> Iterator[tuple[str, str, str]]:
    """Everyday sentences typed carelessly; the target begins small too where its first word is one that is written small elsewhere."""
    inside = collections.Counter(word for _, _, target in pairs for word in _WORDS.findall(target)[1:])
    everyday = [pair for pair in pairs if pair[0] == "tatoeba" and len(pair[1]) <= MAX_INFORMAL_CHARACTERS and not re.search(r'["“”«»„]', pair[1])]
    for _, english, target in draw.sample(everyday, min(count, len(everyday))):
        typed = informal(english, draw)
        if english.endswith("."):
            target = target.removesuffix(".")
        first = _WORDS.findall(target + " _")[0]
        if english[0] != typed[0] and inside[first.lower()] > inside[first]:
            target = target[0].lower() + target[1:]
        yield "informal", typed, target


def name_rows(pairs: list[tuple[str, str, str]], draw: random.Random) -> Iterator[tuple[str, str, str]]:
    """Names alone, as under a letter: of people, and what the everyday and literary text names alike in both languages."""
    shared = sorted({
        name for source, english, target in pairs if source_of(source).group in ("everyday", "prose")
        for name in _NAME.findall(english) if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", target)
    })  # fmt: skip
    people = [f"{draw.choice(_HE + _SHE)}{draw.choice(('', '', '', ' A.', ' J.', ' M.'))} {draw.choice(_SURNAMES)}" for _ in range(NAME_PAIRS // 2)]
    for name in people + draw.sample(shared, min(NAME_PAIRS // 2, len(shared))):
        yield NAMES, name, name


def rows(language: str, corpora: Path, informal_pairs: int) -> Iterator[tuple[str, str, str]]:
    column, draw = 1 + LANGUAGES.index(language), random.Random(f"phrases {language}")
    for phrase in read_phrases(FOLDER / "phrases.tsv"):
        if _PLACE.search(phrase[0]):
            for said in (filled(phrase, draw) for _ in range(FILLINGS)):
                yield "phrases-filled", said[0], said[column]
        else:
            yield "phrases", phrase[0], phrase[column]
    for said in read_phrases(FOLDER / "sentences.tsv"):
        yield "sentences", said[0], said[column]
    for thing in read_phrases(FOLDER / "things.tsv"):
        for said in sentences_about(thing):
            yield "things", said[0], said[column]
    for noun in read_nouns(FOLDER / "nouns.tsv"):
        for said in sentences_with(noun):
            yield "nouns", said[0], said[column]
    # Typed carelessly a sentence of the other splits is another sentence, which `corpora` would not know again.
    pairs = [pair for pair in read_pairs(corpora / f"en-{language}.tsv.zst") if split_of(pair[1]) == "train"]
    yield from name_rows(pairs, draw)
    if informal_pairs:
        yield from informal_rows(pairs, informal_pairs, draw)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--informal", type=int, default=40_000, metavar="PAIRS",
        help="everyday sentences a language with a carelessly typed English side; 0 for a model that also writes English",
    )  # fmt: skip
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        write(arguments.out, language, rows(language, arguments.corpora, arguments.informal))
