"""Whether a word is somebody's name, by the lists of the US Census in the package `names`."""

from __future__ import annotations

from functools import cache
from importlib import resources

from understanding.spelling import general_words

COMMONEST = 30_000
"""Places in the list of last names that are looked at; rarer ones are mostly words elsewhere."""


@cache
def first_names() -> frozenset[str]:
    """First names of the census, in small letters."""
    return frozenset(_listed("dist.female.first") + _listed("dist.male.first"))


@cache
def last_names() -> frozenset[str]:
    """The commonest last names of the census, in small letters."""
    return frozenset(_listed("dist.all.last")[:COMMONEST])


@cache
def commonest_words() -> frozenset[str]:
    """The 5,000 commonest words of general English."""
    return frozenset(list(general_words())[:5_000])


def is_unknown(word: str) -> bool:
    """Whether general English does not know the word: a name, mostly, where a name may stand."""
    return word.lower().removesuffix("'s") not in general_words()


def _listed(file: str) -> list[str]:
    """The first column of a list: names with their shares, the commonest first."""
    text = resources.files("names").joinpath(file).read_text(encoding="ascii")
    return [line.split()[0].lower() for line in text.splitlines() if line]
