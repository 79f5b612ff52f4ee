"""Bring typed text into one form for comparing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from understanding.english import english

WORD = re.compile(r"[a-z0-9$&+#]+(?:'[a-z]+)?")
NAME_WORD = re.compile(rf"(?<!\w)(?:[a-z]\.)+[a-z]*|{WORD.pattern}")
"""A word, or letters with dots: "r.n." is "rn"."""

RULES = english("text")
OPENER, CLOSER, ASKING = (RULES.pattern(name) for name in ("opener", "closer", "asking"))
SHORTEST = 3
"""Words of a question from which thanks behind it are no part of it."""
POSSESSIVE = RULES.pattern("possessive")
FAMILY = RULES.pattern("family")
ENDINGS = RULES.patterns("endings")
"""Endings of words by what stands for them in the singular."""

ENDS = re.compile(r"[.!?;\n]+(?=\s|$)")
UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Soft hyphens, joiners and spaces without width, that come along when text is copied."""


def fold(text: str) -> str:
    """Lower case, plain quotes and hyphens, one space between words.

    The result has the length of the NFKC form of `text` less signs unseen and outer space, so
    positions in it are positions in the text that a student typed in all but rare cases.
    """
    return cased(text).lower()


def cased(text: str) -> str:
    """The folded text with its capitals."""
    text = UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    text = re.sub(r"[\u2018\u2019\u02bc`\u00b4]", "'", text)
    text = re.sub(r"[\u2010-\u2015]", "-", text)
    return re.sub(r"\s+", " ", text).strip()


def sentences(text: str) -> list[str]:
    """The sentences of a text; a full stop within a word or a number ends none."""
    return [each.strip() for each in ENDS.split(text)]


def without_opener(text: str) -> str:
    """The folded text less greetings, corrections and lead-ins before the question.

    A text that is nothing else stays as it is: "hey" is a greeting.
    """
    rest = OPENER.sub("", text)
    return rest if WORD.search(rest) else text


def without_closer(text: str) -> str:
    """The folded text less thanks and sounds behind what asks something: "what do they do lol"."""
    rest = CLOSER.sub("", text)
    return rest if ASKING.search(rest) and len(rest.split()) >= SHORTEST else text


@dataclass(frozen=True)
class Word:
    """One word of a folded text and its place in it."""

    text: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """The word less its plural or possessive ending."""
        return singular(self.text)


def words(text: str) -> list[Word]:
    """The words of a folded text, in order."""
    return [Word(found[0], found.start(), found.end()) for found in WORD.finditer(text)]


def name_words(text: str) -> list[Word]:
    """The words of a folded text as names have them: letters with dots are one word."""
    found = NAME_WORD.finditer(text)
    return [Word(each[0].replace(".", ""), each.start(), each.end()) for each in found]


def name_form(name: str) -> str:
    """A career's name as texts are searched for it: its words, the last one singular."""
    *most, last = [word.text for word in name_words(fold(name))] or [""]
    return " ".join([*most, singular(last)])


@lru_cache(20_000)
def root(word: str) -> str:
    """What a word has in common with others of its family, good enough for finding."""
    return FAMILY.sub("", singular(word))


@lru_cache(20_000)
def singular(word: str) -> str:
    """A rough singular, good enough for comparing names."""
    word = POSSESSIVE.sub("", word)
    for singular_ending, ending in ENDINGS.items():
        if found := ending.search(word):
            return word[: found.start()] + singular_ending
    return word
