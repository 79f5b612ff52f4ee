"""What students say of themselves beside a question, so that everyone hears the same facts.

Gender, origin, colour, faith, money, family, disability and language change no answer of a guide;
so understanding reads a message without them. The phrases stand in data/asides.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from guides.documents import read
from understanding.cuts import OPEN, VERB
from understanding.text import WORD, without_opener

ASIDES = Path(__file__).parent.parent / "data" / "asides.yml"
OPENS = rf"(?:i|i'?m|tell|give|show|please|pls|(?!who (?!{VERB}\b)){OPEN}|{VERB})\b"
ENDS = re.compile(rf"(?=\s*(?:$|[,.?!;:]|(?:so|then|if|because)\b|(?:and |but )?{OPENS}))")
"""Where an aside may end: "i'm poor. what ...", but not "i'm poor at math"."""
MEANT = re.compile(
    r"(?:can|could|would|will|should|may|do|does|am|is|are)"
    r" (?:i|they|it|this|people|companies|employers|u|you) (?:still |even |really |ever |also )*"
    r"(?:able|allowed|do|work|get|be|become|hire|hired|treat|turn|fit|accept|good|ok|okay|apply)\b"
)
"""A question about the student: what they say of themselves is what it is about."""


class Asides:
    """Finds what a message says of the student and no more."""

    def __init__(self, path: Path = ASIDES) -> None:
        """Read the phrases.

        Raises:
            DocumentError: the file cannot be read.
            re.error: a phrase is no regular expression.
        """
        data = read(path)
        self._phrases = any_of(data["phrases"], filled_lists(data["lists"]), ENDS.pattern)
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
        found = tuple(place.span() for place in self._phrases.finditer(folded))
        rest = without_opener(_less(folded, found))
        return () if MEANT.match(rest) or not WORD.search(rest) else found


@cache
def asides() -> Asides:
    """Those of data/asides.yml, read once."""
    return Asides()


def _less(text: str, places: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(places):
        before, after = text[:start].rstrip(" ,;"), text[end:].lstrip(" ,;")
        text = f"{before} {after}" if before else after.lstrip(".!")
    return text.strip()


def any_of(phrases: Iterable[str], lists: Mapping[str, str], ends: str = "") -> re.Pattern[str]:
    """One expression for all phrases, as whole words; `ends` must follow."""
    filled = "|".join(_filled(phrase, lists) for phrase in phrases) or r"(?!)"
    return re.compile(rf"\b(?:{filled})\b{ends}")


def filled_lists(lists: Mapping[str, str]) -> dict[str, str]:
    """The lists with the earlier ones written into the later ones."""
    filled: dict[str, str] = {}
    for name, choices in lists.items():
        filled[name] = f"(?:{_filled(choices, filled)})"
    return filled


def _filled(phrase: str, lists: Mapping[str, str]) -> str:
    for name, choices in lists.items():
        phrase = phrase.replace("{" + name + "}", choices)
    return phrase
