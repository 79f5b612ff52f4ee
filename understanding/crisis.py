"""A student in distress, noticed by a reviewed list of phrases before anything else is understood.

Detection by a list, not by a classifier, follows the practice of telling early and at once; a
false alarm is acceptable, a miss is not. The phrases stand in data/crisis.yml.
"""

from __future__ import annotations

import re
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.documents import read
from understanding.spelling import general_words
from understanding.text import fold

PHRASES = Path(__file__).parent.parent / "data" / "crisis.yml"
SHORTEST_WITH_TYPO = 3
TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?")


class CrisisPhrases:
    """Knows whether a message speaks of suicide, self-harm, overdose, abuse or a threat."""

    def __init__(self, path: Path = PHRASES) -> None:
        """Read the list.

        Raises:
            DocumentError: the file cannot be read.
            re.error: a phrase is no regular expression.
        """
        data = read(path)
        self._words: list[str] = data["words"]
        phrases = [self._filled(phrase, data["lists"]) for phrase in data["phrases"]]
        self._pattern = re.compile("|".join(rf"\b(?:{phrase})\b" for phrase in phrases))

    def found_in(self, text: str) -> bool:
        """Whether the message holds one of the phrases, typed well or not."""
        plain = re.sub(r"[^a-z' ]+", " ", fold(text).replace("-", " "))
        plain = re.sub(r"\s+", " ", re.sub(r"\b(my|him|her|them|your) self\b", r"\1self", plain))
        repaired = TOKEN.sub(lambda found: self._repaired(found[0]), plain)
        return any(self._pattern.search(form) for form in (plain, repaired))

    def _repaired(self, word: str) -> str:
        short = re.sub(r"(.)\1{2,}", r"\1", word)
        if len(short) < SHORTEST_WITH_TYPO or short in general_words():
            return short
        cutoff = 2 if len(short) >= 7 else 1
        found = process.extractOne(short, self._words, scorer=OSA.distance, score_cutoff=cutoff)
        return str(found[0]) if found else short

    @staticmethod
    def _filled(phrase: str, lists: dict[str, str]) -> str:
        for name, choices in lists.items():
            phrase = phrase.replace("{" + name + "}", choices)
        return phrase
