"""Whether a word is somebody's name, by the lists of the US Census in the package `names`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from guides.documents import read
from understanding.spelling import WORDS as TOOLS
from understanding.spelling import read_words

WORDS = Path(__file__).parent.parent / "data" / "personal" / "words.yml"

COMMONEST = 30_000
"""Places in the list of last names that are looked at; rarer ones are mostly words elsewhere."""


@cache
def first_names() -> frozenset[str]:
    """First names of the census, in small letters."""
    return frozenset(_listed("dist.female.first") + _listed("dist.male.first"))


@cache
def more_names() -> frozenset[str]:
    """First names that the census of 1990 does not list."""
    return frozenset(map(str, read(WORDS)["first_names"]))


@cache
def also_words() -> frozenset[str]:
    """Names that are words, places, firms or tools too, and the names of tools and firms."""
    return frozenset(map(str, read(WORDS)["also_words"])) | read_words(TOOLS)[0]


@cache
def last_names() -> frozenset[str]:
    """The commonest last names of the census, in small letters."""
    return frozenset(_listed("dist.all.last")[:COMMONEST])


def _listed(file: str) -> list[str]:
    """The first column of a list: names with their shares, the commonest first."""
    text = resources.files("names").joinpath(file).read_text(encoding="ascii")
    return [line.split()[0].lower() for line in text.splitlines() if line]
