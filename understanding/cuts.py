"""Where a message may hold more than one question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from understanding.english import english
from understanding.text import WORD

MOST_CUTS = 9
"""Places where one message is cut at most: its pieces are classified one by one."""
MOST_WORDS = 120
"""A longer message is a story, not a list of questions."""

RULES = english("parts")
OPEN, VERB = RULES.pattern("open"), RULES.pattern("verb")
NOUN = RULES.pattern("noun", r"\b(?:{})\b")
HALF, HALF_OPENED = RULES.pattern("half"), RULES.pattern("half_opened")
ADVERBIAL, BARE = RULES.pattern("adverbial"), RULES.pattern("bare")
NOUNS, BEFORE_NOUN = RULES.pattern("nouns"), RULES.pattern("before_noun")
LEAST_NOUNS = 3
"""Nouns of a list without commas."""


class Kind(IntEnum):
    """What stands at a cut; of too many cuts those of the lower kinds are kept."""

    SENTENCE = 0
    """The end of a sentence, or of the message."""
    LEAD = 1
    """The end of words that lead to questions and ask nothing: "i was wondering", "a list:"."""
    SOFT = 2
    """A word such as "and"."""
    COMMA = 3
    """A comma."""
    RUN_ON = 4
    """Nothing: a new question just begins."""


PLACES = {Kind[name]: place for name, place in RULES.patterns("places").items()}
"""Where a message may be cut, the surest first."""


@dataclass(frozen=True)
class Cut:
    """A place where a message may be cut: `text[start:end]` falls away."""

    start: int
    end: int
    kind: Kind


def find_cuts(text: str) -> list[Cut]:
    """Where a typed text may be cut, in text order; none in a long story."""
    if len(text.split()) > MOST_WORDS:
        return []
    found: list[Cut] = []
    for cut in _places(text.lower()):
        if all(cut.end <= other.start or other.end <= cut.start for other in found):
            found.append(cut)
    usable = [cut for cut in found if _parts_questions(text.lower(), cut, found)]
    if all(cut.kind == Kind.LEAD for cut in usable):
        return []
    kept = sorted(usable, key=lambda cut: (cut.kind, cut.start))[:MOST_CUTS]
    return sorted(kept, key=lambda cut: cut.start)


def _places(text: str) -> Iterator[Cut]:
    for kind, pattern in PLACES.items():
        for place in pattern.finditer(text):
            yield Cut(*place.span(place.lastindex or 0), kind)
    nouns = NOUNS.search(text)
    if nouns and len(NOUN.findall(nouns[0])) >= LEAST_NOUNS:
        for place in BEFORE_NOUN.finditer(text, nouns.start()):
            yield Cut(*place.span(), Kind.RUN_ON)


def _parts_questions(text: str, cut: Cut, cuts: Sequence[Cut]) -> bool:
    if not (WORD.search(text[: cut.start]) and WORD.search(text[cut.end :])):
        return False
    start = max((other.end for other in cuts if other.end <= cut.start), default=0)
    before = text[start : cut.start].strip()
    turned = BARE.search(before) and VERB.match(text, cut.end)
    half = HALF_OPENED if OPEN.match(text, cut.end) else HALF
    bound = half.match(before) or ADVERBIAL.match(before) or turned
    return cut.kind < Kind.RUN_ON or not bound
