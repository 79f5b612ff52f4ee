"""Every payload that a button of the assistant can send; nothing else may start with a slash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set

from answers.high_school import GRADE_NAMES, HOURS_OFFERED
from answers.model import payload
from guides.loading import Guides
from guides.schema import Slug
from understanding.finding import finding
from understanding.topics import ENTRIES, TOPICS


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
        if name == "facet":
            return topic in TOPICS and value in TOPICS[topic].facets
        return name == "grade" and value in map(str, GRADE_NAMES)


def offered_payloads(guides: Guides) -> Offered:
    """All payloads, those of the guides' parts included."""
    return Offered(guides)


def _same_for_all() -> Iterator[str]:
    yield from map(payload, ENTRIES)
    yield payload("education", facet="without_degree")
    yield from (payload("make_plan", grade=str(grade)) for grade in GRADE_NAMES)
    yield from (payload("make_plan", hours=hours) for hours in HOURS_OFFERED)
    yield from (payload("find", say=name) for name in finding().words["offers"])
