"""A publisher's description shortened by rules that keep its meaning.

Left out are examples, what is included or excluded, and further sentences: never a "not", a
"may" or a part of a list.
"""

from __future__ import annotations

import re

LONGEST = 260
"""Letters beyond which no further sentence is taken."""
SENTENCE = re.compile(r"(?<=[a-z)\]]\.) (?=[A-Z])|; ?(?:and |or )?")
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
    further = next((each for each in more if each[0].islower() or each.startswith("May ")), "")
    longer = f"{text} They {_lower(further)}"
    return longer if further and len(longer) <= LONGEST else text


def licence(description: str) -> str | None:
    """The sentences that ask for a licence; None where there is none."""
    asked = [
        each
        for each in re.split(r"(?<=\w\.) (?=[A-Z][a-z])(?<!U\.S\. )", description)
        if LICENCE.search(each) and DEMANDS.search(each) and not FOR_SORTING.search(each)
    ]
    return " ".join(asked) or None


def _plain(sentence: str) -> str:
    told = ASIDES.sub("", BEFORE.sub("", sentence)).rstrip(" .,;")
    shorter = EXAMPLES.sub("", told)
    kept = told if VAGUE.search(shorter) or len(shorter.split()) < FEWEST_WORDS else shorter
    return f"{kept}."


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
