"""What each corpus source is: its group (for reporting) and its sampling weight (for training).

The weight multiplies a source's natural size, so 1.0 means "once per epoch like every other sentence".
Short clean everyday sentences come first; word lists, verses and interface strings are held back.
"""

from typing import NamedTuple


class Source(NamedTuple):
    group: str
    weight: float


GROUPS = ("everyday", "docs", "ui", "prose", "other")

_EVERYDAY = {"tatoeba": 1.3}
_DOCS = {
    "manpages-l10n": 0.35, "debian-ddtp": 0.35, "libreoffice-help": 0.6, "php-manual": 0.4, "kde-docs": 0.6, "gnome-docs": 1.0,
    "gimp-help": 0.6, "lilypond-doc": 0.3, "debian-handbook": 1.0, "debian-reference": 0.5, "dpkg-apt-docs": 0.5,
    "appstream": 1.0, "installation-guide": 1.0, "installation-guide-html": 0.5, "tldr-pages": 1.0, "lyx-manuals": 0.6,
    "developers-reference": 0.6, "debian-edu-doc": 0.6, "maint-guide": 0.6, "debian-faq": 1.0, "httpd-manual": 0.4,
    "git-manpages": 0.5, "kicad-doc": 0.5, "python-docs": 0.6, "django-docs": 0.4, "react-docs": 1.0, "cakephp-docs": 0.3,
    "tuxpaint-docs": 1.0,
}  # fmt: skip
_UI = {
    "mo-apps": 0.15, "mo-kde": 0.2, "libreoffice-ui": 0.3, "mozilla-apps": 0.6, "chromium": 1.0, "godot-editor": 0.3,
    "mediawiki": 0.4, "git-po": 0.4, "openstreetmap": 0.3, "stellarium": 0.1,
}  # fmt: skip
_PROSE = {
    "wesnoth": 0.6, "cataclysm-dda": 0.25, "mo-games": 0.3, "freedroidrpg": 0.8, "widelands": 0.5, "fillets": 1.5,
    "freeorion": 0.2, "colobot": 0.4, "crawl": 0.3, "mozilla-www": 1.5, "xquad": 1.0, "mlqe-pe": 0.7, "tico19": 1.0,
}  # fmt: skip
_SUMMARIES = {
    "design-proposals": 4.0, "qmsum": 4.0, "python-peps": 4.0, "scitldr": 4.0, "wikinews-headline": 2.0, "acl-abstract-title": 0.4,
    "arxiv-abstract-title": 0.5, "debian-descriptions": 0.3, "appstream": 0.5, "rustsec": 0.3,
}  # fmt: skip
_OTHER = {
    "bible": 0.1, "lexicon-ding": 0.1, "freedict-examples": 0.6, "freedict-words": 0.3, "cldr-names": 1.0,
    "phrases": 30.0, "phrases-filled": 2.0, "sentences": 12.0, "things": 2.5, "nouns": 2.0, "informal": 1.0, "names": 2.0,
}  # fmt: skip

NAMES = "names"  # the one source whose pairs say the same in both languages

SOURCES: dict[str, Source] = {
    name: Source(group, weight)
    for group, weights in (("everyday", _EVERYDAY), ("docs", _DOCS), ("ui", _UI), ("prose", _PROSE), ("other", _OTHER))
    for name, weight in weights.items()
}


def weight_of(name: str, english: str) -> float:
    """Of one pair: words of an interface that stand alone have no sentence to be understood from, and are shown more often."""
    source, words = source_of(name), len(english.split())
    return source.weight * (1 if source.group != "ui" or words > 3 else 2.5 if words > 1 else 6)


def source_of(name: str) -> Source:
    """A source that nobody has judged yet is reported under "other" and held back."""
    return SOURCES.get(name, Source("other", 0.1))


def summary_source_of(name: str) -> Source:
    """Commit messages, and whatever is not named, are headlines of one trade: held back."""
    return Source("summary", _SUMMARIES.get(name, 0.15))
