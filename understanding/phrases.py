"""Messages that get a reply of their own before anything tries to understand them.

A reviewed list of phrases decides, not a classifier: whoever reviews it sees what is noticed and
what is not. The lists are data/crisis.yml and data/boundary.yml; what stands in them is explained
at the top of the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.documents import read
from understanding.spelling import WORDS, general_words, read_words
from understanding.text import fold

DATA = Path(__file__).parent.parent / "data"
CRISIS = DATA / "crisis.yml"
"""A student in distress: a false alarm is acceptable, a miss is not."""
BOUNDARY = DATA / "boundary.yml"
"""Insults and sexual messages: a miss is acceptable, a false alarm is not."""

SHORTEST_WITH_TYPO = 3
SHORTEST_MEANT = 4
TWO_EDITS_FROM = 7
CACHED = 10_000

DISGUISES = str.maketrans("013457@$!|", "oieastasil")
DISGUISED = re.compile(r"(?<![a-z0-9])[a-z][a-z013457@$!|]*[013457@$!|][a-z013457@$!|]*[a-z13]")
"""Figures and signs that stand for letters: "su1cide", "k!ll", "b1tch"."""
BLEEPED = re.compile(r"(?<=[a-z])[*#_.]+(?=[a-z])")
SPELLED_OUT = re.compile(r"\b(?:[a-z] ){2,}[a-z]\b")
TOKEN = re.compile(r"[a-z]{3,}")
REMOVED = " ~ "
"""Stands where a figure of speech was, so that no phrase spans the place."""


class PhraseList:
    """Knows whether a message holds one of the phrases of a list, typed well or not."""

    def __init__(self, path: Path) -> None:
        """Read the list.

        Raises:
            DocumentError: the file cannot be read.
            re.error: a phrase is no regular expression.
        """
        data = read(path)
        lists = filled_lists(data.get("lists", {}))
        self._phrases = any_of(data["phrases"], lists)
        self._figures = any_of(data.get("figures", []), lists)
        self._joined = re.compile("|".join(data.get("joined", [])) or r"(?!)")
        self._meant: list[str] = [word for word in data["words"] if len(word) >= SHORTEST_MEANT]
        self._known = general_words().keys() | read_words(WORDS)[0] | set(data["words"])
        self._repaired = lru_cache(CACHED)(self._repair)

    def found_in(self, text: str) -> bool:
        """Whether the message holds one of the phrases."""
        plain = simplified(text)
        repaired = TOKEN.sub(lambda found: self._repaired(found[0]), plain)
        return any(map(self._holds, dict.fromkeys((plain, repaired))))

    def _holds(self, plain: str) -> bool:
        rest = self._figures.sub(REMOVED, plain)
        if self._phrases.search(rest):
            return True
        return bool(self._joined.search(rest.replace(" ", "")))

    def _repair(self, word: str) -> str:
        """The word of the list that an unknown word is a slip away from."""
        if word in self._known:
            return word
        most = 2 if len(word) >= TWO_EDITS_FROM else 1
        found = process.extractOne(word, self._meant, scorer=OSA.distance, score_cutoff=most)
        return str(found[0]) if found else word


def simplified(text: str) -> str:
    """The text in plain letters and figures: no accents, disguises, apostrophes or signs."""
    marked = unicodedata.normalize("NFD", fold(text))
    text = "".join(letter for letter in marked if not unicodedata.combining(letter))
    text = DISGUISED.sub(_undisguised, text.replace("'", ""))
    text = re.sub(r"([a-z])\1{2,}", r"\1", BLEEPED.sub(_bleep, text))
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    return SPELLED_OUT.sub(lambda found: found[0].replace(" ", ""), text)


def _undisguised(found: re.Match[str]) -> str:
    return found[0].replace("11", "ll").translate(DISGUISES)


def _bleep(found: re.Match[str]) -> str:
    """Nothing for the stars in "suic*de"; a space for a dot, which may end a sentence."""
    return " " if found[0] in (".", "...", "..", "_") else ""


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
