"""What students say of themselves beside a question, so that everyone hears the same facts.

Gender, origin, colour, faith, money, family, disability and language change no answer of a guide;
so understanding reads a message without them. The phrases stand in data/english/asides.yml.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from understanding.english import ENGLISH, Rules
from understanding.text import WORD, without_opener

ASIDES = ENGLISH / "asides.yml"


class Asides:
    """Finds what a message says of the student and no more."""

    def __init__(self, path: Path = ASIDES) -> None:
        """Read the phrases.

        Raises:
            DocumentError: the file or a phrase of it cannot be read.
        """
        rules = Rules(path)
        self._aside, self._meant = rules.pattern("aside"), rules.pattern("meant")
        self.places = lru_cache(1_000)(self._places)

    def without(self, folded: str) -> str:
        """A folded text less its asides; one that is nothing else stays as it is."""
        return _less(folded, self.places(folded))

    def blanked(self, folded: str) -> str:
        """The same with spaces in place of the asides, so that places in it stay."""
        for start, end in self.places(folded):
            folded = folded[:start] + " " * (end - start) + folded[end:]
        return folded

    def _places(self, folded: str) -> tuple[tuple[int, int], ...]:
        found = tuple(place.span() for place in self._aside.finditer(folded))
        rest = without_opener(_less(folded, found))
        return () if self._meant.match(rest) or not WORD.search(rest) else found


@cache
def asides() -> Asides:
    """Those of data/english/asides.yml, read once."""
    return Asides()


def _less(text: str, places: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(places):
        before, after = text[:start].rstrip(" ,;"), text[end:].lstrip(" ,;")
        text = f"{before} {after}" if before else after.lstrip(".!")
    return text.strip()
