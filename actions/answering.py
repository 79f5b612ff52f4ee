"""The action that answers: every question, smalltalk, follow-ups, and what cannot be answered."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import (
    Events,
    SpeakingAction,
    read_context,
    read_question,
    remember,
    say,
)
from answers.assistant import about_assistant, fallback, no_guide, suggest
from answers.context import Context, more, resolve
from answers.fit import which_myth
from answers.high_school import replan
from answers.model import Answer, Question
from answers.registry import TOPICS, answer, topics
from guides.schema import Guide
from understanding.reading import is_bare
from understanding.text import fold

ASSISTANT = tuple(topic for topic in TOPICS if topic not in topics())


class ActionAnswer(SpeakingAction):
    """Answers whatever the latest message asks."""

    def name(self) -> str:
        return "action_answer"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        asked = read_question(tracker)
        wanted = asked.first("career")
        if wanted and wanted not in self.guides and asked.topic != "careers":
            say(dispatcher, no_guide(self.guides, wanted), "careers", None)
            return []
        guide = self.guides[wanted] if wanted else self.guide(tracker)
        context = read_context(tracker)
        bare = is_bare(fold(asked.text), tracker.latest_message.get("entities") or [])
        question = resolve(asked, context, guide, bare)
        topic, reply = self._reply(question, context, guide, tracker)
        say(dispatcher, reply, topic, guide)
        if reply.kind in ("smalltalk", "fallback", "clarify", "handoff"):
            return self._chosen(guide, tracker)
        return [*self._chosen(guide, tracker), *remember(topic, reply)]

    def _chosen(self, guide: Guide, tracker: Tracker) -> Events:
        busy = bool(tracker.active_loop and tracker.active_loop.get("name"))
        return [] if busy else [SlotSet("career", guide.slug)]

    def _reply(
        self, question: Question, context: Context, guide: Guide, tracker: Tracker
    ) -> tuple[str, Answer]:
        topic = question.topic
        if topic in topics():
            return topic, answer(guide, question)
        if topic == "more":
            return more(guide, context)
        if topic == "which_myth":
            return "myths", which_myth(guide)
        if topic == "make_plan":
            return topic, replan(guide, tracker.get_slot("grade"), question)
        if topic in ASSISTANT:
            return topic, about_assistant(topic, self.guides, guide, self.school)
        return self._not_answered(topic, guide, tracker)

    def _not_answered(self, topic: str, guide: Guide, tracker: Tracker) -> tuple[str, Answer]:
        ranking = tracker.latest_message.get("intent_ranking") or []
        nearest = [str(entry["name"]).removeprefix("ask_") for entry in ranking]
        if tracker.latest_message.get("band") == "offer" and topic == "nlu_fallback":
            return "capabilities", suggest(guide, nearest)
        return "capabilities", fallback(guide, nearest, uncovered=topic == "uncovered")


class ActionRepeat(SpeakingAction):
    """Says the last reply again."""

    def name(self) -> str:
        return "action_repeat"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        said = [event for event in tracker.events if event.get("event") == "bot"]
        last = next((event for event in reversed(said) if event.get("text")), None)
        if last is None:
            nothing = Answer("utter_nothing_to_repeat", kind="smalltalk")
            say(dispatcher, nothing, "greet", self.guide(tracker))
            return []
        data = last.get("data") or {}
        dispatcher.utter_message(
            text=last["text"], json_message=data.get("custom"), buttons=data.get("buttons")
        )
        return []


class ActionStartOver(SpeakingAction):
    """Forgets the conversation's slots."""

    def name(self) -> str:
        return "action_start_over"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        guide = self.guides[self.school.default_guide]
        say(
            dispatcher,
            about_assistant("start_over", self.guides, guide, self.school),
            "start_over",
            guide,
        )
        return [AllSlotsReset()]
