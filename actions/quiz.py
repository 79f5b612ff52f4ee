"""The fit quiz: a form that asks one statement after the other."""

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
from answers.fit import NO, UNSURE, YES, quiz_result, quiz_statement
from answers.model import Answer, Question
from answers.registry import answer
from guides.schema import Guide

ANSWERS = {"affirm": YES, "deny": NO, "unsure": UNSURE}
"""What an intent answers to a statement."""


def given_so_far(tracker: Tracker, guide: Guide) -> list[str]:
    """The answers so far, never more than the guide has statements."""
    statements = guide.fit.statements if guide.fit else []
    return list(tracker.get_slot("fit_answers") or [])[: len(statements)]


def with_answer(tracker: Tracker, guide: Guide, value: str) -> Slots:
    """The slots once a further statement is answered; `fit_answer` is set by the last."""
    given = [*given_so_far(tracker, guide), value]
    complete = guide.fit is not None and len(given) >= len(guide.fit.statements)
    return {"fit_answers": given, "fit_answer": "complete" if complete else None}


def without_last(tracker: Tracker, guide: Guide) -> Slots:
    """The slots once the last answer is taken back, so that its statement is asked again."""
    return {"fit_answers": given_so_far(tracker, guide)[:-1], "fit_answer": None}


class ActionAskFitAnswer(SpeakingAction):
    """Asks the next statement."""

    def name(self) -> str:
        return "action_ask_fit_quiz_form_fit_answer"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        guide = self.guide(tracker)
        given = given_so_far(tracker, guide)
        say(dispatcher, quiz_statement(guide, given), "take_quiz", guide)
        return []


class ValidateFitQuizForm(GuidedForm):
    """Collects one answer a turn; the slot `fit_answer` stays empty until all are given."""

    topic = "take_quiz"

    def name(self) -> str:
        return "validate_fit_quiz_form"

    async def extract_fit_answer(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """An answer from any natural yes, no or not sure; nothing from another message."""
        answered = ANSWERS.get(read_question(tracker.latest_message).topic)
        if answered is None or tracker.get_slot("requested_slot") != "fit_answer":
            return {}
        return {"fit_answer": answered}

    def validate_fit_answer(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Add the answer, and ask on until every statement has one."""
        return with_answer(tracker, self.guide(tracker), str(value))


class ActionFinishFitQuiz(SpeakingAction):
    """Gives the result, but only if every statement was answered."""

    def name(self) -> str:
        return "action_finish_fit_quiz"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        guide, unsure = self.guide(tracker), self.unsure(tracker)
        given = given_so_far(tracker, guide)
        if unsure:
            say(dispatcher, unsure, "careers", None)
            return changed(tracker, {"fit_answers": None, "fit_answer": None})
        if guide.fit is None:
            say(dispatcher, answer(guide, Question("fit")), "take_quiz", guide)
        elif len(given) < len(guide.fit.statements):
            say(dispatcher, Answer("utter_error", kind="error"), "error", guide)
            return []
        else:
            say(dispatcher, quiz_result(guide, given), "take_quiz", guide)
        return changed(tracker, {"fit_answers": None, "fit_answer": None, "topic": "fit"})


class ActionLeaveForm(SpeakingAction):
    """Leaves the quiz or the plan and forgets its answers."""

    def name(self) -> str:
        return "action_leave_form"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        form = (tracker.active_loop or {}).get("name")
        guide = self.guide(tracker)
        left = {
            "fit_quiz_form": ("utter_quiz_left", "take_quiz"),
            "plan_form": ("utter_plan_left", "capabilities"),
        }
        response, topic = left.get(str(form), ("utter_stop", "capabilities"))
        say(dispatcher, Answer(response, kind="smalltalk"), topic, guide)
        return changed(tracker, dict.fromkeys(("fit_answers", "fit_answer", "grade", "hours")))
