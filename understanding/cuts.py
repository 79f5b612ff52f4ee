"""Where a message may hold more than one question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from understanding.text import WORD

MOST_CUTS = 3
"""Places where one message is cut at most: its pieces are classified one by one."""
MOST_WORDS = 60
"""A longer message is a story, not a list of questions."""

VERB = r"(?:is|are|was|do|does|did|can|could|will|would|should|am|has|have)"
OPEN = (
    r"(?:what|whats|what's|wat|wats|how|hw|hows|how's|where|wheres|which|who|whos|why|whys|"
    rf"when(?=\s+{VERB}\b))"
)
PRONOUN = r"(?:i|you|u|we|they|it|this|that|these|there|people)"

HALF = re.compile(rf".*\b(?:{OPEN}|{VERB}|{PRONOUN}|and|or|to|of|the|a)$")
"""A piece that ends in the middle of a question."""
BARE = re.compile(rf"{OPEN}(?!.*\b{VERB}\b)")
"""A question without its verb, like "how much time" before "does it take"."""

SENTENCE, SOFT, RUN_ON = 0.0, 0.1, 0.3
"""Kinds of cuts, as costs: how much surer the pieces must be for it (see `find_parts`)."""

CUTS: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"\s*\?+[\s?!.,]*|\s*\n\s*|\s*(?:[!;]+|\.+(?=\s))\s*"), SENTENCE),
    (
        re.compile(
            r"[\s,]+(?:and also|and then|but also|and|also|then|plus|n|but)\s+|\s*[&+]\s*|\s*,\s+"
        ),
        SOFT,
    ),
    (
        re.compile(
            rf"\s+(?={OPEN}\s+(?:{VERB}|much|many|long|hard|big)\b)|\s+(?={VERB}\s+{PRONOUN}\b)"
            r"|\s+(?=(?:what|how|where|who)'?s\s+(?:the|its|it|their)\b)"
        ),
        RUN_ON,
    ),
)
"""Where a message may be cut."""


@dataclass(frozen=True)
class Cut:
    """A place where a message may be cut: `text[start:end]` falls away."""

    start: int
    end: int
    cost: float


def find_cuts(text: str) -> list[Cut]:
    """Where a typed text may be cut, in text order; none in a long story."""
    if len(text.split()) > MOST_WORDS:
        return []
    found: list[Cut] = []
    for pattern, cost in CUTS:
        for place in pattern.finditer(text.lower()):
            cut = Cut(place.start(), place.end(), cost)
            if all(cut.end <= other.start or other.end <= cut.start for other in found):
                found.append(cut)
    usable = [cut for cut in found if _parts_questions(text.lower(), cut, found)]
    cheapest = sorted(usable, key=lambda cut: (cut.cost, cut.start))[:MOST_CUTS]
    return sorted(cheapest, key=lambda cut: cut.start)


def _parts_questions(text: str, cut: Cut, cuts: Sequence[Cut]) -> bool:
    if not (WORD.search(text[: cut.start]) and WORD.search(text[cut.end :])):
        return False
    start = max((other.end for other in cuts if other.end <= cut.start), default=0)
    before = text[start : cut.start].strip()
    turned = BARE.match(before) and re.match(VERB, text[cut.end :])
    return cut.cost < RUN_ON or not (HALF.match(before) or turned)


def cuttings(cuts: Sequence[Cut]) -> Iterator[tuple[Cut, ...]]:
    """Every choice of one cut or more."""
    for count in range(1, len(cuts) + 1):
        yield from combinations(cuts, count)


def pieces(text: str, cuts: Sequence[Cut]) -> Iterator[str]:
    """What is left of a text between these cuts; a question keeps its mark."""
    edges = [0, *(edge for cut in cuts for edge in (cut.start, cut.end)), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        mark = "?" if "?" in text[end : end + 2] else ""
        yield text[start:end].strip() + mark
