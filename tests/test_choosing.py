"""After it was asked which career is meant: one of those offered is picked, or it stays open."""

from __future__ import annotations

from typing import Any

import pytest

from actions.choosing import taken_up
from actions.speaking import TOLD
from answers.model import Question
from understanding.entity import DESCRIBED

SLUGS = ("ticket-and-reservation-agent", "transportation-security-screener")
OFFERS = [Question("salary", values={"career": (slug,)}) for slug in SLUGS]


def message(text: str, intent: str, *entities: dict[str, Any]) -> dict[str, Any]:
    """A message as it is read."""
    return {"text": text, "intent": {"name": intent}, "entities": list(entities)}


def told(*slugs: str) -> dict[str, Any]:
    """The entity of a career that is told by its work."""
    return {"entity": DESCRIBED, "value": slugs[0], "candidates": slugs, "confidence_entity": 0.9}


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        (message("the second one", "nlu_fallback"), SLUGS[1]),
        (message("the first", "ask_day"), SLUGS[0]),
        (message("the last one", "nlu_fallback"), SLUGS[1]),
        (message("she scans the bags", "nlu_fallback", told("baggage-porter", SLUGS[1])), SLUGS[1]),
    ],
)
def test_one_that_was_offered_is_picked(given: dict[str, Any], slug: str) -> None:
    """By its place, or by its work; it answers what was asked."""
    taken = taken_up(given, OFFERS, open_still=False)
    assert taken["intent"]["name"] == "ask_salary" and taken["text"].startswith("/ask_salary")
    assert [each["value"] for each in taken["entities"]] == [slug]


@pytest.mark.parametrize("offers", [OFFERS, []])
def test_who_asks_on_is_asked_again(offers: list[Question]) -> None:
    """Also where none was near; of no other career are facts told."""
    taken = taken_up(message("how long was her school", "ask_education"), offers, True)
    (career,) = taken["entities"]
    assert career["value"] == TOLD and career["candidates"] == [*SLUGS][: 2 * len(offers)]
    assert taken["intent"]["name"] == "ask_education"


@pytest.mark.parametrize(
    ("given", "open_still"),
    [
        (message("the third one", "nlu_fallback"), True),
        (message("how much does this job pay", "ask_salary"), True),
        (message("thanks", "thank"), True),
        (message("and the pay", "ask_salary"), False),
        (message("a welder", "ask_summary", {"entity": "career", "value": "welder"}), True),
        (message("those who cook, their pay", "ask_salary", told("cook", SLUGS[0])), True),
    ],
)
def test_any_other_message_stays(given: dict[str, Any], open_still: bool) -> None:
    """It names another, or the career in use, or asks nothing, or the likely one was taken."""
    assert taken_up(given, OFFERS, open_still) == given
