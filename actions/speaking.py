"""What every action shares: the guides, the conversation as values, and a safe way to speak."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from traceback import format_tb
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from answers.assistant import no_guide, person_facts, which_career, which_told
from answers.context import FOCUS, Context
from answers.fit import myth_beside
from answers.local import LOCAL
from answers.model import Answer, Button, Question, custom, payload
from answers.registry import covers, next_buttons, topics
from answers.responses import fresh
from answers.words import tidy
from components.finder import finder
from components.library import find_library, find_schools
from components.sentence_encoder import find_encoder
from guides.loading import Guides
from guides.schema import Guide, Myth
from guides.school import School
from guides.schools import Schools
from understanding.careers import asks_on, says_of_page
from understanding.claims import Claims
from understanding.entity import DESCRIBED, NAMED, VAGUE
from understanding.mentions import mentions
from understanding.terms import Terms
from understanding.text import fold
from understanding.topics import FORMS

log = logging.getLogger(__name__)

TERMS = Terms()
OF_MYTHS = ("ask_myths", "doubt")
"""Intents of messages that may repeat a myth."""

Events = list[dict[str, Any]]
Slots = dict[str, Any]
Message = Mapping[str, Any]
"""What understanding made of a message, or of one of its questions: text, intent, entities, ..."""


AT_HAND: ContextVar[School | None] = ContextVar("school", default=None)
"""The school of the conversation that an action runs for."""


SAID: ContextVar[tuple[str, ...]] = ContextVar("said", default=())
"""What was said in the session of that conversation, oldest first."""


@lru_cache(maxsize=1)
def claims() -> Claims:
    """What knows the myths of the guides, with the encoder that this process has anyway."""
    return Claims(find_encoder({"encoder": "auto"}))


MOST_NEAR = 3
"""Careers that are named where there is no guide for the one that is meant."""
NEAR = 1.1
"""How near a career is at least to a name that no guide has."""
LIKELY = 0.15
"""Probability from which another intent than the likeliest is taken."""
TOLD = "told"
"""Mark of a career that a message tells by its work."""
TOLD_LIKELY, TOLD_ASKED, TOLD_SURELY, TOLD_CERTAINLY = 0.25, 0.5, 0.6, 0.8
"""Probability that a career is told, from which it is taken: of a message that is no question on one;
of one that is; of one where a career is in use; and of one that has several questions, or nothing to do
with any career, or that is near to several careers while one is in use."""
NAMED_SURELY = 0.6
"""Probability that a message asks about a job that no list has, from which it tells no other by the
work. Of 60 messages on such jobs, by three voices, 24 got the figures of another career before, 21 with
it, and of 306 that name a career as many as before got the right one; it was chosen on these."""
WHOLE = "whole"
"""Property of the only part of a message: all of its text, what it does not want included."""
LEADING = ("route", "stage")
"""Entities of items that may stand before a question on them."""
NO_QUESTION = ("aside", "nlu_fallback", "out_of_scope", "react", "refuse", "uncovered", "unsure")
"""Topics of messages that ask about a career where they tell one by its work."""


class GuidedAction(Action, ABC):
    """An action that knows the guides and the schools."""

    def __init__(self, guides: Guides | None = None, schools: Schools | None = None) -> None:
        self.guides = guides or find_library()
        self.schools = schools or find_schools()

    @property
    def school(self) -> School:
        """The school of the conversation at hand."""
        return AT_HAND.get() or self.schools.default

    def take_up(self, tracker: Tracker) -> None:
        """Have the conversation at hand: its school, and what was said in it."""
        AT_HAND.set(self.schools.of(tracker.sender_id))
        spoken = (event for event in tracker.events if event.get("event") == "bot")
        SAID.set(tuple(tidy(str(event["text"])) for event in spoken if event.get("text")))

    def guide(self, tracker: Tracker) -> Guide:
        """The guide in use: the one last named on this page, else the page's, else the default."""
        wanted = self.form_guide(tracker)
        if wanted:
            return wanted
        slug = tracker.get_slot("career")
        turned = _has_turned_page(tracker) or says_of_page(_typed(tracker.latest_message))
        named = slug in self.guides and not turned
        return self.guides[slug] if named else self.first_guide(tracker)

    def form_guide(self, tracker: Tracker) -> Guide | None:
        """The guide of the career that a message names which starts a form."""
        if tracker.get_slot("requested_slot"):
            return None  # a form that is open keeps its career
        question = read_question(tracker.latest_message)
        if question.topic not in FORMS:
            return None
        slug = question.first("career")
        here = self.first_guide(tracker) if says_of_page(question.text) else None
        return self.guides.get(slug, here) if slug else here

    def unsure_of(self, wanted: str, question: Question, message: Message) -> Answer:
        """What is said where several careers go by a name, or none does."""
        several = self.candidates(message)
        if is_told(message):
            return which_told(self.guides, several, question)
        if several:
            return which_career(self.guides, wanted, several, question)
        near = finder(self.guides).nearest(wanted, MOST_NEAR)
        slugs = [each.slug for each in near if each.nearness >= NEAR]
        return no_guide(self.guides, wanted, self.school, slugs, question)

    def candidates(self, message: Message) -> list[str]:
        """The careers that go by the name in a message, the likeliest first; none for one's own."""
        entities = message.get("entities") or []
        named = [each for each in entities if each["entity"] in ("career", "unlisted_career")]
        several = named[0].get("candidates") or () if named else ()
        return [slug for slug in several if slug in self.guides]

    def unsure(self, tracker: Tracker) -> Answer | None:
        """The same of a message that starts a form; None where its career is sure."""
        question = read_question(tracker.latest_message)
        wanted = question.first("career") if question.topic in FORMS else None
        if not wanted or wanted in self.guides or tracker.get_slot("requested_slot"):
            return None
        return self.unsure_of(wanted, question, tracker.latest_message)

    def first_guide(self, tracker: Tracker) -> Guide:
        """The guide that a conversation starts with: the page's, else the school's default."""
        slug = str(page_of(tracker.latest_message))
        return self.guides.get(slug, self.guides[self.school.default_guide])

    @abstractmethod
    def name(self) -> str:
        """The action's name in the domain."""


def page_of(message: Message) -> str | None:
    """The guide that the page of a message is about."""
    return (message.get("metadata") or {}).get("guide")


def _typed(message: Message) -> str:
    return str(message.get("text") or "")


def _has_turned_page(tracker: Tracker) -> bool:
    """Whether the student came to a page of another guide after the guide in use was set."""
    now, was_set = page_of(tracker.latest_message), False
    for event in reversed(tracker.events):
        was_set |= event.get("event") == "slot" and event.get("name") == "career"
        if was_set and event.get("event") == "user":
            return None not in (now, page_of(event)) and now != page_of(event)
    return False


class GuidedForm(GuidedAction, FormValidationAction, ABC):
    """A form that asks nothing where its career is not sure, or has not what it needs."""

    topic: str
    """The topic that starts the form."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Check the slots, and keep the career that the form was started for."""
        self.take_up(tracker)
        events: Events = await super().run(dispatcher, tracker, domain)
        guide = self.form_guide(tracker)
        return [*events, *changed(tracker, {"career": guide.slug})] if guide else events

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """The form's slots, or none."""
        asks = covers(self.guide(tracker), self.topic) and not self.unsure(tracker)
        return domain_slots if asks else []


class SpeakingAction(GuidedAction):
    """An action that always says something: a fault becomes an apology, never silence."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        self.take_up(tracker)
        try:
            return self.speak(dispatcher, tracker)
        except Exception as error:  # noqa: BLE001 - a student waits: reply, and log no words
            place = "".join(format_tb(error.__traceback__))
            log.error("action failed: %s: %s\n%s", self.name(), type(error).__name__, place)
            apology = Answer("utter_error", kind="error")
            say(dispatcher, apology, "error", None)
            return []

    @abstractmethod
    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say something and return the events that follow from it."""


def say(
    dispatcher: CollectingDispatcher,
    answer: Answer,
    topic: str,
    guide: Guide | None,
    heading: str = "",
) -> None:
    """Send one answer as one message with its custom object and its buttons.

    Args:
        heading: the item of a written list that it answers, if it does.
    """
    facts = {**whom_to_ask(), **answer.facts}
    guide = None if topic == LOCAL else guide
    dispatcher.utter_message(
        text=fresh(replace(answer, facts=facts), SAID.get()),
        response=answer.response,
        json_message=custom(answer, topic, guide, heading),
        buttons=[
            {"title": button.title, "payload": button.payload}
            for button in buttons_of(answer, topic, guide)
        ],
        **facts,
    )


def buttons_of(answer: Answer, topic: str, guide: Guide | None) -> tuple[Button, ...]:
    """The buttons of an answer: its own, else the usual next questions of its topic."""
    return next_buttons(guide, topic) if answer.buttons is None else answer.buttons


def whom_to_ask() -> dict[str, str]:
    """The school's person, for replies that end with somebody to turn to."""
    return person_facts(AT_HAND.get() or find_schools().default)


def asked(tracker: Tracker) -> list[Message]:
    """The questions of the latest message, in order; mostly there is one."""
    return list(tracker.latest_message.get("parts") or [tracker.latest_message])


def read_question(message: Message) -> Question:
    """A message as a question: its intent's topic, words and entity values."""
    values: dict[str, list[str]] = defaultdict(list)
    for entity in message.get("entities") or []:
        if str(entity["value"]) not in values[entity["entity"]]:
            values[entity["entity"]].append(str(entity["value"]))
    intent = str((message.get("intent") or {}).get("name") or "nlu_fallback")
    text = str(message.get("read") or message.get("text") or "")
    return Question(
        topic=intent.removeprefix("ask_"),
        text="" if text.startswith("/") else text,
        values={name: tuple(found) for name, found in values.items()},
        sureness=float((message.get("intent") or {}).get("confidence") or 1.0),
        facet=next(iter(values.get("facet", ())), None),
        facets=tuple((str(name), float(found)) for name, found in message.get("facets") or ()),
    )


def with_terms(message: Message, guide: Guide) -> Message:
    """The message with the parts of a guide that it speaks of among its entities."""
    text = str(message.get("read") or message.get("text") or "")
    if text.startswith("/"):
        return message
    found: list[dict[str, Any]] = [
        {"entity": each.name, "value": each.value, "start": each.start, "end": each.end}
        for each in TERMS.find(guide, text)
    ] or _led_by(str(message.get(WHOLE) or ""), guide)
    intent = (message.get("intent") or {}).get("name")
    if beside := beside_it(message, guide):
        found.append({"entity": "myth", "value": beside.id})
    if intent in OF_MYTHS and not any(each["entity"] == "myth" for each in found):
        myth = claims().find(guide, text)
        found += [{"entity": "myth", "value": myth}] if myth else []
    return {**message, "entities": [*(message.get("entities") or []), *found]}


def _led_by(text: str, guide: Guide) -> list[dict[str, Any]]:
    """The item that stands before the only question of a text: "nah the bootcamp one. how long"."""
    named = {each.name: each.value for each in TERMS.find(guide, text) if each.name in LEADING}
    return [{"entity": name, "value": value} for name, value in named.items()]


def beside_it(message: Message, guide: Guide) -> Myth | None:
    """The myth on a thing that a message compares the career with; None where that is a career."""
    named = [
        each for each in message.get("entities") or () if str(each["entity"]).endswith("career")
    ]
    intent = (message.get("intent") or {}).get("name")
    if intent != "ask_compare" or len({each["value"] for each in named}) > 1:
        return None
    text = fold(str(message.get("read") or message.get("text") or ""))
    for each in named:
        start, end = each.get("start", 0), each.get("end", 0)
        text = text[:start] + " " * (end - start) + text[end:]
    return myth_beside(guide, text)


def is_told(message: Message) -> bool:
    """Whether a message tells its career by the work."""
    return any(TOLD in each for each in message.get("entities") or ())


def told_in(message: Message) -> dict[str, Any] | None:
    """The entity of the career that a message may tell by its work."""
    found = (each for each in message.get("entities") or () if each["entity"] == DESCRIBED)
    return next(found, None)


def tapped(message: Message, topic: str, **values: str) -> Message:
    """A message as if it were a tap on the button that asks for a topic."""
    return {
        **message,
        "text": payload(topic, **values),
        "read": "",
        "intent": {"name": f"ask_{topic}"},
        "entities": [{"entity": name, "value": value} for name, value in values.items()],
    }


def is_vague(message: Message) -> bool:
    """Whether a message leaves open of which job it speaks."""
    return any(each.get(VAGUE) for each in message.get("entities") or ())


def as_told(
    message: Message, in_use: bool, several: bool, talked_of: Sequence[str] = ()
) -> Message:
    """A message that tells a career by its work as if it named it; any other as it is.

    What is no question on a career becomes the likeliest one that is. Of those that may be meant it
    is the one that was talked of before. Who names a job that no list has must tell it surely.

    Args:
        several: whether it is one question of several.
    """
    told = told_in(message)
    if told is None or not _is_taken(message, told, in_use, several):
        return message
    candidates = told.get("candidates") or ()
    known = [slug for slug in talked_of if slug in candidates]
    value = known[-1] if known else told["value"] if _is_sure(told) else TOLD
    vague = told["value"] == VAGUE
    career = {
        "entity": "career",
        "value": value,
        "candidates": candidates,
        TOLD: True,
        VAGUE: vague,
    }
    others = [each for each in message["entities"] if each["entity"] not in NAMED]
    named = {**message, "entities": [*others, career]}
    if _asks_name(told):
        return {**named, "intent": {"name": "ask_summary"}}
    nothing = read_question(message).topic in NO_QUESTION
    return {**named, "intent": question_of(message)} if nothing else named


def _is_taken(message: Message, told: Mapping[str, Any], in_use: bool, several: bool) -> bool:
    """Whether a career that a message may tell by its work is taken for the one that it is about."""
    question, entities = read_question(message), message.get("entities") or []
    topic, on = question.topic, asks_on(question.text)
    beside = any(_is_beside(each, told) for each in entities)
    asks_name = _asks_name(told)
    if (in_use and on) or (beside and not (asks_name or _is_sure(told))):
        return False
    about = topic in (*topics(), *NO_QUESTION, "feel")
    if not asks_name and (not about or any(map(_is_named_surely, entities))):
        return False
    in_state = any(each["entity"] == "state" for each in entities)
    goes_on = in_use and told["value"] != VAGUE and (in_state or not _is_sure(told))
    one_of_several = several and topic in topics()
    beyond = topic == "out_of_scope" or on or beside or goes_on or one_of_several
    asked = TOLD_ASKED if topic in topics() else TOLD_LIKELY
    least = TOLD_CERTAINLY if beyond else TOLD_SURELY if in_use else asked
    return bool(told["confidence_entity"] >= least)


def _is_sure(told: Mapping[str, Any]) -> bool:
    """Whether one career is told, and not several that may be meant or one that is left open."""
    return told["value"] not in ("", VAGUE)


def _asks_name(told: Mapping[str, Any]) -> bool:
    """Whether it is asked what the job is called that is told."""
    return bool(told["confidence_entity"] == 1.0)


def _is_beside(entity: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether an entity is another career than the one that is told."""
    named = entity["entity"] in (*NAMED, "unlisted_career")
    return named and bool(entity["value"] != told["value"])


def _is_named_surely(entity: Mapping[str, Any]) -> bool:
    """Whether it is a job that no list has, and the message surely asks about it: "court jester"."""
    asked = float(entity.get("confidence_entity") or 0)
    return entity["entity"] == "unlisted_career" and asked >= NAMED_SURELY


def question_of(message: Message) -> dict[str, Any]:
    """The likeliest intent of a message that asks about a career; what it is, if none is likely."""
    asking = [f"ask_{topic}" for topic in topics()]
    for each in message.get("intent_ranking") or ():
        if each["name"] in asking and each["confidence"] >= LIKELY:
            return dict(each)
    return {"name": "ask_summary"}


def names_only(message: Message) -> bool:
    """Whether a message names a career, or one and a state, and asks nothing: "nurse", "and plumbers"."""
    careers = any(each["entity"] == "career" for each in _placed(message))
    rest = less_named(message)
    return careers and not rest.startswith("/") and mentions().is_all(rest)


def less_named(message: Message) -> str:
    """The folded text of a message, with blanks in place of the careers and states that it names."""
    text = fold(str(message.get("read") or message.get("text") or ""))
    for each in _placed(message):
        text = text[: each["start"]] + " " * (each["end"] - each["start"]) + text[each["end"] :]
    return text


def _placed(message: Message) -> list[dict[str, Any]]:
    """The careers and states of a message that stand in its text; those of a button have no place."""
    entities = message.get("entities") or []
    return [each for each in entities if each["entity"] in ("career", "state") and "start" in each]


def read_context(tracker: Tracker) -> Context:
    """What was answered last, from the slots."""
    slots = {name: tracker.get_slot(name) for name in FOCUS}
    focus = {name: str(value) for name, value in slots.items() if value}
    return Context(tracker.get_slot("topic"), focus)


def remember(topic: str, answer: Answer) -> Slots:
    """Slots for the next follow-up: the topic, what the answer was about, nothing older."""
    return {"topic": topic, **{name: answer.focus.get(name) for name in FOCUS}}


def changed(tracker: Tracker, slots: Slots) -> Events:
    """The events that give slots these values; none for a slot that has its value already.

    Each event is kept, and read again with each turn of its session.
    """
    return [
        SlotSet(name, value) for name, value in slots.items() if tracker.get_slot(name) != value
    ]
