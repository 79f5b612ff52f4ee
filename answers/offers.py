"""Every payload that a button of the assistant can send; nothing else may start with a slash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from itertools import chain

from answers.high_school import GRADE_NAMES, HOURS_OFFERED
from answers.model import INTENTS_OF_THEIR_OWN, payload
from answers.registry import TOPICS
from guides.loading import Guides
from guides.schema import Slug
from understanding.criteria import CRITERIA

CHOSEN = {
    "criterion": frozenset(name for name, _ in CRITERIA),
    "grade": frozenset(map(str, GRADE_NAMES)),
}
"""Values that a button for one of several careers carries on from the question."""


class Offered(Set[str]):
    """All payloads. Iterating gives those that are the same for every guide."""

    def __init__(self, guides: Guides) -> None:
        """Take the guides, which are looked at where a payload names one."""
        self._guides = guides
        self._same = frozenset(_same_for_all())

    def __iter__(self) -> Iterator[str]:
        return iter(self._same)

    def __len__(self) -> int:
        return len(self._same)

    def __contains__(self, text: object) -> bool:
        return text in self._same or (isinstance(text, str) and self._names_parts(text))

    def _names_parts(self, text: str) -> bool:
        """Whether it names a career, or a myth, and only what fits its topic."""
        intent, brace, values = text.partition("{")
        try:
            given = dict(json.loads(brace + values)) if intent in self._same else {}
        except (ValueError, TypeError, RecursionError):
            return False
        topic = intent.removeprefix("/").removeprefix("ask_")
        fits = all(self._fits(topic, name, value) for name, value in given.items())
        return bool(given) and fits and payload(topic, **given) == text

    def _fits(self, topic: str, name: str, value: object) -> bool:
        if not isinstance(value, str):
            return False
        if name == "career":
            return value in self._guides
        if name == "myth":
            return topic == "myths" and bool(re.fullmatch(Slug.regex, value))
        return value in CHOSEN.get(name, ())


def offered_payloads(guides: Guides) -> Offered:
    """All payloads, those of the guides' parts included."""
    return Offered(guides)


def _same_for_all() -> Iterator[str]:
    yield from map(payload, chain(TOPICS, INTENTS_OF_THEIR_OWN))
    yield payload("education", criterion="without_degree")
    yield from (payload("make_plan", grade=str(grade)) for grade in GRADE_NAMES)
    yield from (payload("make_plan", hours=hours) for hours in HOURS_OFFERED)
