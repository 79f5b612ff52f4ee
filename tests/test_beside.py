"""What a message asks about a career, beside help: the tap that asks the same."""

from __future__ import annotations

from typing import Any

import pytest

from channels.beside import offer_of, tap_of
from guides.loading import Guides

ENGINEER = {"entity": "career", "value": "mlops-engineer"}


def understood(intent: str, *entities: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A message as Rasa understood it."""
    return {"intent": {"name": intent}, "entities": list(entities), **more}


def test_a_question_is_asked_as_a_tap(guides: Guides) -> None:
    """Career and facet go with it, no word of the student does."""
    assert (
        tap_of(understood("ask_salary", ENGINEER), guides)
        == '/ask_salary{"career": "mlops-engineer"}'
    )
    low = understood("ask_salary", ENGINEER, facets=[["salary.low", 0.9]], text="my secret")
    assert tap_of(low, guides) == '/ask_salary{"career": "mlops-engineer", "facet": "low"}'


def test_a_worry_is_answered_too(guides: Guides) -> None:
    """With the kind of the feeling."""
    worry = understood("feel", ENGINEER, facets=[["feel.fear", 0.9]])
    assert tap_of(worry, guides) == '/feel{"career": "mlops-engineer", "facet": "fear"}'


def test_a_career_that_is_told_by_its_work_is_answered_too(guides: Guides) -> None:
    """Where it is sure which one it is."""
    told = {**ENGINEER, "entity": "described_career"}
    assert tap_of(understood("ask_salary", told), guides) is not None
    assert tap_of(understood("ask_salary", {**told, "value": ""}), guides) is None


def test_careers_that_may_be_told_are_offered(guides: Guides) -> None:
    """Each with the question; nothing where it is less likely that one is told."""
    told = {
        "entity": "described_career",
        "value": "",
        "candidates": ["mlops-engineer", "gone"],
        "confidence_entity": 0.9,
    }
    offer = offer_of(understood("ask_salary", told), guides)
    assert offer and offer.response == "utter_which_told"
    assert [each.payload for each in offer.buttons or ()] == [
        '/ask_salary{"career": "mlops-engineer"}'
    ]
    assert offer_of(understood("ask_salary", {**told, "confidence_entity": 0.3}), guides) is None
    assert offer_of(understood("ask_salary", ENGINEER), guides) is None
    assert offer_of({}, guides) is None and tap_of({}, guides) is None


def test_of_several_questions_the_first_is_asked(guides: Guides) -> None:
    """The career may stand anywhere in the message."""
    parts = [understood("ask_day"), understood("ask_salary")]
    assert tap_of(understood("ask_day", ENGINEER, parts=parts), guides) == (
        '/ask_day{"career": "mlops-engineer"}'
    )


@pytest.mark.parametrize("intent", ["nlu_fallback", "ask_uncovered", "greet", "ask_find", "react"])
def test_what_asks_nothing_of_a_career_gets_help_alone(guides: Guides, intent: str) -> None:
    """So does what names a career that no guide has, or none."""
    assert tap_of(understood(intent, ENGINEER), guides) is None
    other = {"entity": "career", "value": "warlock"}
    assert tap_of(understood("ask_salary", other), guides) is None
    assert tap_of(understood("ask_salary"), guides) is None
