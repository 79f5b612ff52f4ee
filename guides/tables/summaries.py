"""A publisher's description shortened by rules that keep its meaning, in shorter words.

Left out are examples, what is included or excluded, and further sentences: never a "not", a
"may" or a part of a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from guides.documents import read

PLAIN = Path(__file__).parent / "plain.yml"
LONGEST = 260
"""Letters beyond which no further sentence is taken."""
SENTENCE = re.compile(r"(?<=[a-z)\]]\.) (?=[A-Z])")
LEFT_OUT = re.compile(r"^(?:Includes?|Excludes?|Does not include|Those|Also includes?)\b")
BEFORE = re.compile(r"^(?:Using|Under|With|By|Through|Utilizing|In) [^,]+, ")
EXAMPLES = re.compile(r",? (?:such as|including|e\.g\.,?) [^;.]+(?=[;.]|$)")
VAGUE = re.compile(
    r"(?:activit|area|aspect|capacit|duti|equipment|facilit|factor|field|function|item|issue"
    r"|location|material|matter|method|procedure|process|product|service|setting|specialt|subject|system"
    r"|task|technique|tool|topic)[a-z]*$"
)
"""Words that say nothing without their examples."""
FEWEST_WORDS = 7
"""Of what is left without examples."""
ASIDES = re.compile(r" ?\([^)]*\)")
LICENCE = re.compile(r"\b(?:licens\w*|certificat\w*|registration)\b", re.IGNORECASE)
DEMANDS = re.compile(r"\b(?:requir\w+|must)\b", re.IGNORECASE)
FOR_SORTING = re.compile(r"\breported\b")
"""Sentences for whoever sorts jobs into occupations."""


def summary(description: str, plural: str) -> str:
    """One or two sentences with the career as their subject."""
    sentences = [each for each in SENTENCE.split(description) if not LEFT_OUT.match(each)]
    told = [each for each in sentences if not licence(each) and not FOR_SORTING.search(each)]
    first, *more = map(_plain, told)
    text = f"{plural} {_lower(first)}"
    further = next((each for each in more if each.startswith("May ")), "")
    longer = f"{text} They {_lower(further)}"
    return _worded(plural, longer if further and len(longer) <= LONGEST else text)


def licence(description: str) -> str | None:
    """The sentences that ask for a licence; None where there is none."""
    asked = [
        each
        for each in re.split(r"(?<=\w\.) (?=[A-Z][a-z])(?<!U\.S\. )", description)
        if LICENCE.search(each) and DEMANDS.search(each) and not FOR_SORTING.search(each)
    ]
    return " ".join(asked) or None


@cache
def _shorter() -> tuple[re.Pattern[str], Mapping[str, str]]:
    words = {str(long): str(short) for long, short in read(PLAIN)["plain"].items()}
    long_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, long_first))})\b"), words


def _worded(plural: str, text: str) -> str:
    """The text in shorter words, but for the name of the career."""
    pattern, words = _shorter()
    told = pattern.sub(lambda found: words[found[0]], text.removeprefix(plural))
    return f"{plural}{told}"


def _plain(sentence: str) -> str:
    told = ASIDES.sub("", BEFORE.sub("", sentence)).split(";")[0].rstrip(" .,;")
    shorter = EXAMPLES.sub("", told)
    kept = told if VAGUE.search(shorter) or len(shorter.split()) < FEWEST_WORDS else shorter
    return f"{kept}."


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
