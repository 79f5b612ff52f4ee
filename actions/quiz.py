"""The fit quiz and the interest check: forms that ask one statement after the other."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.finding import search_of
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
from answers.interests import activity, careers, leaning, scores_of, wish
from answers.model import Answer, Question
from answers.registry import answer
from guides.interests import activities
from guides.profiles import Profiles, suggested
from guides.schema import Guide
from understanding.agreement import agreement, mended

ANSWERS = {"affirm": YES, "deny": NO, "unsure": UNSURE}
"""What an intent answers to a statement."""
SAID = {"yes": YES, "no": NO, "unsure": UNSURE}
"""What words say to one."""


class Quiz(NamedTuple):
    """Statements that are asked in turn, and where the answers to them are kept."""

    topic: str
    form: str
    slot: str
    """Is set by the last answer; the slot of the same name with an "s" holds them all."""
    statements: Callable[[Guide], Sequence[str]]

    @property
    def answers(self) -> str:
        """The slot that holds the answers so far."""
        return f"{self.slot}s"

    def given(self, tracker: Tracker, guide: Guide) -> list[str]:
        """The answers so far, never more than there are statements."""
        return list(tracker.get_slot(self.answers) or [])[: len(self.statements(guide))]

    def is_done(self, tracker: Tracker, guide: Guide) -> bool:
        """Whether every statement has its answer."""
        return len(self.given(tracker, guide)) == len(self.statements(guide))

    def with_answer(self, tracker: Tracker, guide: Guide, value: str) -> Slots:
        """The slots once a further statement is answered."""
        return self._slots([*self.given(tracker, guide), value], guide)

    def with_last(self, tracker: Tracker, guide: Guide, value: str | None) -> Slots:
        """The slots once the last answer is another one, or is taken back to be asked for again."""
        given = self.given(tracker, guide)
        again = [value] if value and given else []
        return self._slots([*given[:-1], *again], guide)

    def _slots(self, given: list[str], guide: Guide) -> Slots:
        done = len(given) >= len(self.statements(guide))
        return {self.answers: given, self.slot: "complete" if done else None}

    @property
    def left(self) -> Slots:
        """The slots once it has ended."""
        return {self.answers: None, self.slot: None}


def _statements(guide: Guide) -> Sequence[str]:
    return guide.fit.statements if guide.fit else []


FIT = Quiz("take_quiz", "fit_quiz_form", "fit_answer", _statements)
INTERESTS = Quiz("check_interests", "interest_form", "interest_answer", lambda guide: activities())
QUIZZES = {quiz.form: quiz for quiz in (FIT, INTERESTS)}


def quiz_answer(quiz: Quiz, tracker: Tracker, guide: Guide) -> Slots:
    """The slots after a message that answers a statement, or mends the answer to the last one."""
    question, typed = read_question(tracker.latest_message), _typed(tracker)
    instead = mended(typed)
    if instead or question.topic == "go_back":
        return quiz.with_last(tracker, guide, SAID[instead] if instead else None)
    said = _said(tracker)
    return quiz.with_answer(tracker, guide, SAID[said]) if said else {}


def _typed(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("text") or "")


def _said(tracker: Tracker) -> str | None:
    """What the words say: as typed first, since the letter "n" is repaired into another word."""
    return agreement(_typed(tracker)) or agreement(read_question(tracker.latest_message).text)


class QuizForm(GuidedForm, ABC):
    """Collects one answer a turn; the quiz's slot stays empty until all are given."""

    quiz: Quiz

    async def extract(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """An answer from any natural yes, no or not sure; nothing from another message."""
        answered = ANSWERS.get(read_question(tracker.latest_message).topic)
        asked = tracker.get_slot("requested_slot") == self.quiz.slot
        if answered is None or not asked or mended(_typed(tracker)):
            return {}
        # "Kinda" is a yes to an offer; a statement has a place in the middle.
        halfway = answered == YES and _said(tracker) == "unsure"
        return {self.quiz.slot: UNSURE if halfway else answered}

    def validate_answer(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Add the answer, and ask on until every statement has one."""
        return self.quiz.with_answer(tracker, self.guide(tracker), str(value))


class ActionAskFitAnswer(SpeakingAction):
    """Asks the next statement."""

    def name(self) -> str:
        return "action_ask_fit_quiz_form_fit_answer"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        guide = self.guide(tracker)
        say(dispatcher, quiz_statement(guide, FIT.given(tracker, guide)), "take_quiz", guide)
        return []


class ValidateFitQuizForm(QuizForm):
    """Collects the answers of the fit quiz."""

    topic, quiz = FIT.topic, FIT
    extract_fit_answer, validate_fit_answer = QuizForm.extract, QuizForm.validate_answer

    def name(self) -> str:
        return "validate_fit_quiz_form"


class ActionFinishFitQuiz(SpeakingAction):
    """Gives the result, but only if every statement was answered."""

    def name(self) -> str:
        return "action_finish_fit_quiz"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        guide, unsure = self.guide(tracker), self.unsure(tracker)
        if unsure:
            say(dispatcher, unsure, "careers", None)
            return changed(tracker, FIT.left)
        if guide.fit is None:
            say(dispatcher, answer(guide, Question("fit")), "take_quiz", guide)
        elif not FIT.is_done(tracker, guide):
            say(dispatcher, Answer("utter_error", kind="error"), "error", guide)
            return []
        else:
            say(dispatcher, quiz_result(guide, FIT.given(tracker, guide)), "take_quiz", guide)
        return changed(tracker, {**FIT.left, "topic": "fit"})


class ActionAskInterestAnswer(SpeakingAction):
    """Asks about the next activity."""

    def name(self) -> str:
        return "action_ask_interest_form_interest_answer"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        given = INTERESTS.given(tracker, self.guide(tracker))
        say(dispatcher, activity(given), "check_interests", None)
        return []


class ValidateInterestForm(QuizForm):
    """Collects the answers of the interest check, which is about no career."""

    topic, quiz = INTERESTS.topic, INTERESTS
    extract_interest_answer, validate_interest_answer = QuizForm.extract, QuizForm.validate_answer

    def name(self) -> str:
        return "validate_interest_form"

    def unsure(self, tracker: Tracker) -> Answer | None:
        """None: whatever career a message names, the check is for all."""
        return None


class ActionFinishInterest(SpeakingAction):
    """Says what the answers lean to and which careers do so too, but only if all were given."""

    @cached_property
    def profiles(self) -> Profiles:
        """The interests of all careers."""
        return Profiles(self.guides)

    def name(self) -> str:
        return "action_finish_interest"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        guide = self.guide(tracker)
        if not INTERESTS.is_done(tracker, guide):
            say(dispatcher, Answer("utter_error", kind="error"), "error", None)
            return []
        scores = scores_of(INTERESTS.given(tracker, guide))
        say(dispatcher, leaning(scores), "check_interests", None)
        finding = None
        if len(set(scores)) > 1:
            near = suggested(self.profiles.near(scores))
            say(dispatcher, careers(self.guides, scores, near), "check_interests", None)
            shown = [each.profile.slug for found in near.values() for each in found]
            finding = search_of(wish(scores), shown)
        slots = {**INTERESTS.left, "topic": "check_interests", "finding": finding}
        return changed(tracker, slots)


class ActionLeaveForm(SpeakingAction):
    """Leaves a quiz or the plan and forgets its answers."""

    def name(self) -> str:
        return "action_leave_form"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        form = (tracker.active_loop or {}).get("name")
        guide = self.guide(tracker)
        left = {
            "fit_quiz_form": ("utter_quiz_left", "take_quiz"),
            "interest_form": ("utter_check_left", "check_interests"),
            "plan_form": ("utter_plan_left", "capabilities"),
        }
        response, topic = left.get(str(form), ("utter_stop", "capabilities"))
        say(dispatcher, Answer(response, kind="smalltalk"), topic, guide)
        return changed(tracker, {**FIT.left, **INTERESTS.left, **dict.fromkeys(("grade", "hours"))})
