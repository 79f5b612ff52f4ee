"""Where a message may hold more than one question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
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
ADVERBIAL = re.compile(
    r"(?:at|in|on|around|by|from|during|for|with|after|before|between|when|if)\b"
)
"""How a piece begins that belongs to the question after it: "at 4 pm" before "what do they do"."""
BARE = re.compile(rf"\b{OPEN}\b(?!.*\b{VERB}\b)")
"""A question without its verb, like "how much time" before "does it take"."""


class Kind(IntEnum):
    """What stands at a cut; of too many cuts those of the lower kinds are kept."""

    SENTENCE = 0
    """The end of a sentence, or of the message."""
    SOFT = 1
    """A comma, or a word such as "and"."""
    RUN_ON = 2
    """Nothing: a new question just begins."""


CUTS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"\s*\?+[\s?!.,]*|\s*\n\s*|\s*(?:[!;]+|\.+(?=\s))\s*"), Kind.SENTENCE),
    (
        re.compile(
            r"[\s,]+(?:and also|and then|but also|and|also|then|plus|n|but|an(?=\s+[b-df-gj-kp-qtv-z]))"
            r"\s+|\s*[&+]\s*|\s*,\s+|(?<=[a-z]{2})\s*/\s*(?=[a-z]{2})"
        ),
        Kind.SOFT,
    ),
    (
        re.compile(
            rf"\s+(?={OPEN}\s+(?:{VERB}|much|many|long|hard|big)\b)|\s+(?={VERB}\s+{PRONOUN}\b)"
            r"|\s+(?=(?:what|how|where|who)'?s\s+(?:the|its|it|their)\b)"
        ),
        Kind.RUN_ON,
    ),
)
"""Where a message may be cut."""


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
    for pattern, kind in CUTS:
        for place in pattern.finditer(text.lower()):
            cut = Cut(place.start(), place.end(), kind)
            if all(cut.end <= other.start or other.end <= cut.start for other in found):
                found.append(cut)
    usable = [cut for cut in found if _parts_questions(text.lower(), cut, found)]
    kept = sorted(usable, key=lambda cut: (cut.kind, cut.start))[:MOST_CUTS]
    return sorted(kept, key=lambda cut: cut.start)


def _parts_questions(text: str, cut: Cut, cuts: Sequence[Cut]) -> bool:
    if not (WORD.search(text[: cut.start]) and WORD.search(text[cut.end :])):
        return False
    start = max((other.end for other in cuts if other.end <= cut.start), default=0)
    before = text[start : cut.start].strip()
    turned = BARE.search(before) and re.match(VERB, text[cut.end :])
    bound = HALF.match(before) or ADVERBIAL.match(before) or turned
    return cut.kind < Kind.RUN_ON or not bound


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
