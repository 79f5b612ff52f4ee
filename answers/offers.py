"""Every payload that a button of the assistant can send; nothing else may start with a slash."""

from __future__ import annotations

from collections.abc import Iterator

from answers.high_school import GRADE_NAMES, HOURS_OFFERED
from answers.model import INTENTS_OF_THEIR_OWN, payload
from answers.registry import TOPICS
from guides.loading import Guides


def offered_payloads(guides: Guides) -> frozenset[str]:
    """All payloads, those of the guides' parts included."""
    return frozenset(_payloads(guides))


def _payloads(guides: Guides) -> Iterator[str]:
    yield from map(payload, (*TOPICS, *INTENTS_OF_THEIR_OWN))
    yield payload("education", criterion="without_degree")
    yield from (payload("make_plan", grade=str(grade)) for grade in GRADE_NAMES)
    yield from (payload("make_plan", hours=hours) for hours in HOURS_OFFERED)
    for guide in guides.values():
        yield from (payload("myths", myth=myth.id) for myth in guide.myths or [])
