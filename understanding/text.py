"""Bring typed text into one form for comparing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[a-z0-9$&+#]+(?:'[a-z]+)?")
NAME_WORD = re.compile(rf"(?<!\w)(?:[a-z]\.)+[a-z]*|{WORD.pattern}")
"""A word, or letters with dots: "r.n." is "rn"."""

OPENERS = re.compile(
    r"^(?:(?:(?:hey|hi|hello)(?: there)?|yo|ok|okay|so|um+|uh|well|please|pls|plz|sorry(?! (?:to|for|about|if|that))|oops|wait|actually|"
    r"(?:cool|nice|great)(?! (?:job|work|one))|thanks|thank you|thx|alright|right|hmm+|oh|ah|lol|also|and|but|then|now|"
    r"no,? i meant|no,? i mean|i meant|i mean|not that|i said|i was asking about|"
    r"(?:(?:can|could) we |let'?s |i want to |take me )?(?:go(?:ing)? |get )?back to(?: it)?|"
    r"what about|how about|tell me about|tell me|can you tell me|could you tell me|"
    r"can you explain|can i ask|i have a question|quick question|question|"
    r"i want to know|i wanna know|i'd like to know|i would like to know|do you know)"
    r"\b(?!-\w)[\s,.!:;-]*)+"
)


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


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words as they are written, the longest that fits."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def without_opener(text: str) -> str:
    """The folded text less greetings, corrections and lead-ins before the question.

    A text that is nothing else stays as it is: "hey" is a greeting.
    """
    rest = OPENERS.sub("", text)
    return rest if WORD.search(rest) else text


NO_PLURALS = ("ss", "us", "is", "mlops", "devops", "dataops", "aiops")
LETTERS = re.compile(r"[bcdfghjklmnpqrtvwxz]{2}s")
"""Initials with a plural's ending: "rns"."""


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
def singular(word: str) -> str:
    """A rough singular, good enough for comparing names."""
    word = re.sub(r"'s?$", "", word)
    if word in ("yr", "yrs"):
        return "year"
    if word in ("men", "women") or (len(word) > 5 and word.endswith("men")):
        return word[:-3] + "man"
    if len(word) > 6 and word.endswith("people"):
        return word[:-6] + "person"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and re.search(r"(?:ss|sh|ch|x)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(NO_PLURALS):
        return word[:-1]
    if LETTERS.fullmatch(word):
        return word[:-1]
    return word
