"""Plain letters under what hides them: look-alikes, invisible signs, stars, missing spaces.

For what must be noticed however it is written; questions are read by `understanding.text`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from math import log

from understanding.spelling import ONE_LETTER, general_words
from understanding.text import fold

INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
"""Signs that no reader sees, such as zero-width spaces and soft hyphens."""
LETTER_NAME = re.compile(
    r"(?:LATIN|SQUARED|CIRCLED|PARENTHESIZED|REGIONAL|FULLWIDTH|MODIFIER).*\bLETTER"
    r"(?: SMALL| CAPITAL| SMALL CAPITAL)? ([A-Z])$"
)
"""The Unicode name of a letter drawn in another way: "LATIN LETTER SMALL CAPITAL K"."""
LOOK_ALIKES: Mapping[str, str] = dict(
    zip(
        "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
        "\u0501\u051b\u0261\u0131\u03b1\u03b2\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
        "\u0442\u04cf\u0491\u026a\u0269",
        "abekmhopctyxijsdqgiabeikvoptuxtlrii",
        strict=True,
    )
)
"""Small letters of other scripts, and the Latin ones that they look like (Unicode TR 39)."""

DISGUISES = str.maketrans("013457@$!|", "oieastasil")
DISGUISED = re.compile(r"(?<![a-z0-9])[a-z][a-z013457@$!|]*[013457@$!|][a-z013457@$!|]*[a-z13]")
"""Figures and signs that stand for letters: "su1cide", "k!ll", "b1tch"."""
BLEEPED = re.compile(r"(?<=[a-z])[*#_.]+(?=[a-z])")
SPELLED_OUT = re.compile(r"\b(?:[a-z] ){2,}[a-z]\b")
RUN_TOGETHER = 9
"""Letters from which an unknown word may be several words without their spaces."""
LONGEST_WORD = 14
"""Letters of the longest word that is looked for in such a run."""
MEANT = 10**9
"""Added to the count of a word that is looked for: more than that of any general word."""


def simplified(text: str) -> str:
    """The text in plain small letters and figures: no accents, disguises, apostrophes or signs."""
    text = fold("".join(map(_plain, INVISIBLE.sub("", text))))
    marked = unicodedata.normalize("NFD", text)
    text = "".join(letter for letter in marked if not unicodedata.combining(letter))
    text = DISGUISED.sub(_undisguised, text.replace("'", ""))
    text = re.sub(r"([a-z])\1{2,}", r"\1", BLEEPED.sub(_bleep, text))
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    return SPELLED_OUT.sub(lambda found: found[0].replace(" ", ""), text)


@lru_cache(4_000)
def _plain(letter: str) -> str:
    """A letter that looks like a Latin one as that one; any other as it is."""
    if letter < "\u0100":
        return letter
    alike = LOOK_ALIKES.get(letter.lower())
    if alike:
        return alike
    named = LETTER_NAME.match(unicodedata.name(letter, ""))
    return named[1].lower() if named else letter


def _undisguised(found: re.Match[str]) -> str:
    return found[0].replace("11", "ll").translate(DISGUISES)


def _bleep(found: re.Match[str]) -> str:
    """Nothing for the stars in "suic*de"; a space for a dot, which may end a sentence."""
    return " " if found[0] in (".", "...", "..", "_") else ""


class Splitter:
    """Puts the spaces back into "iwanttodie": the likeliest row of words by their counts.

    The method is the one of P. Norvig, "Natural Language Corpus Data" (2009).
    """

    def __init__(self, meant: set[str]) -> None:
        """Take the words that are looked for; they win over general ones."""
        self._meant = meant
        self._total = log(MEANT * 100)
        self.split = lru_cache(2_000)(self._split)

    def _split(self, word: str) -> tuple[str, ...]:
        """The words of a run of letters; the run itself where it is no row of known words."""
        best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for end in range(1, len(word) + 1):
            starts = range(max(0, end - LONGEST_WORD), end)
            best.append(
                max(
                    (
                        best[start][0] + self._chance(word[start:end]),
                        (*best[start][1], word[start:end]),
                    )
                    for start in starts
                )
            )
        found = best[-1][1]
        return found if all(map(self._known, found)) else (word,)

    def _known(self, word: str) -> bool:
        return word in self._meant or word in _common() or word in ONE_LETTER

    def _chance(self, word: str) -> float:
        """Logarithm of a word's share; an unknown one's falls with its length."""
        count = _common().get(word, 0) + (MEANT if word in self._meant else 0)
        if len(word) == 1 and word not in ONE_LETTER:
            count = 0
        return log(count) - self._total if count else -self._total - 5.0 * len(word)


@cache
def _common() -> Mapping[str, int]:
    """The 20,000 commonest general words; rarer ones are hardly ever meant."""
    return dict(list(general_words().items())[:20_000])
