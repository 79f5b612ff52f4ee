"""The plan: a form that asks for grade and hours a week, unless the student said them."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import (
    Events,
    GuidedForm,
    Slots,
    SpeakingAction,
    changed,
    read_question,
    say,
)
from answers.high_school import GRADE_NAMES, ask_again_hours, ask_grade, ask_hours, plan
from answers.model import Answer, Question
from answers.registry import answer, topics
from understanding.reading import is_bare
from understanding.students import MOST_HOURS, said_grade, said_hours
from understanding.text import fold


class ValidatePlanForm(GuidedForm):
    """Takes grade and hours from the message, and a plain number where one was asked for."""

    topic = "make_plan"

    def name(self) -> str:
        return "validate_plan_form"

    async def extract_grade(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """A grade that the message names, or a bare number when the grade was asked for."""
        asked = tracker.get_slot("requested_slot") == "grade"
        grade = _named(tracker, "grade")
        if asked and not grade:
            grade = said_grade(fold(_text(tracker)))
        return {"grade": grade} if grade else {}

    async def extract_hours(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Hours that the message names, or a bare number when the hours were asked for."""
        asked = tracker.get_slot("requested_slot") == "hours"
        hours = _named(tracker, "hours")
        if asked and not hours:
            hours = said_hours(fold(_text(tracker))) if _fits_the_plan(tracker) else None
        return {"hours": hours} if hours else {}

    def validate_grade(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Keep a high-school grade; ask again otherwise."""
        return {"grade": value if str(value).isdigit() and int(value) in GRADE_NAMES else None}

    def validate_hours(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Keep hours that a week can hold; ask again otherwise."""
        if 0 < float(value) <= MOST_HOURS:
            return {"hours": value}
        say(dispatcher, ask_again_hours(), "make_plan", None)
        return {"hours": None}


def plan_answer(tracker: Tracker, asked_for: str) -> Slots:
    """The grade or the hours that a message holds, where the plan asks for them."""
    question = read_question(tracker.latest_message)
    if asked_for == "grade":
        grade = question.first("grade") or said_grade(fold(_text(tracker)))
        return {"grade": grade} if grade and int(grade) in GRADE_NAMES else {}
    fits = _fits_the_plan(tracker)
    hours = question.first("hours") or (said_hours(fold(_text(tracker))) if fits else None)
    if asked_for == "hours" and hours and 0 < float(hours) <= MOST_HOURS:
        return {"hours": hours}
    return {}


class ActionFinishPlan(SpeakingAction):
    """Gives the plan, but only with a grade and hours."""

    def name(self) -> str:
        return "action_finish_plan"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        guide, unsure = self.guide(tracker), self.unsure(tracker)
        grade, hours = tracker.get_slot("grade"), tracker.get_slot("hours")
        if unsure:
            say(dispatcher, unsure, "careers", None)
            return changed(tracker, {"hours": None})
        if guide.high_school is None:
            say(dispatcher, answer(guide, Question("high_school")), "make_plan", guide)
        elif not grade or not hours:
            say(dispatcher, Answer("utter_error", kind="error"), "error", guide)
            return []
        else:
            made = plan(guide, int(grade), float(hours))
            say(dispatcher, made, "make_plan", guide)
            return changed(tracker, {**made.focus, "hours": None, "topic": "make_plan"})
        return changed(tracker, {"hours": None, "topic": "make_plan"})


class ActionAskGrade(SpeakingAction):
    """Asks for the grade."""

    def name(self) -> str:
        return "action_ask_plan_form_grade"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        say(dispatcher, ask_grade(), "make_plan", self.guide(tracker))
        return []


class ActionAskHours(SpeakingAction):
    """Asks for the hours a week."""

    def name(self) -> str:
        return "action_ask_plan_form_hours"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        say(dispatcher, ask_hours(), "make_plan", self.guide(tracker))
        return []


def _named(tracker: Tracker, entity: str) -> str | None:
    """The first value of an entity in the message, if the message speaks of the plan."""
    question = read_question(tracker.latest_message)
    return question.first(entity) if _fits_the_plan(tracker) else None


def _fits_the_plan(tracker: Tracker) -> bool:
    """Whether the message speaks of the plan; "how long as a junior?" is a question of its own."""
    if read_question(tracker.latest_message).topic not in topics() - {"high_school"}:
        return True
    return is_bare(fold(_text(tracker)), tracker.latest_message.get("entities") or [])


def _text(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("read") or tracker.latest_message.get("text") or "")
