"""Which function answers which topic, and what each topic is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from answers.model import MOST_BUTTONS, Answer, Button, Kind, Question, payload
from guides.documents import read
from guides.schema import Guide

Answering = Callable[[Guide, Question], Answer]

TOPICS: dict[str, dict[str, Any]] = read(Path(__file__).parent / "topics.yml")
"""Title and usual next topics of every topic, by its name."""

FACETS: dict[str, dict[str, dict[str, Any]]] = read(Path(__file__).parent / "facets.yml")
"""How each facet is answered, by topic and facet; the file says what its keys mean."""

FORMS = {"make_plan": "high_school", "take_quiz": "fit"}
"""The section of the guide that each form needs."""

_answering: dict[str, tuple[Answering, str | None]] = {}


def answers(topic: str, section: str | None = None) -> Callable[[Answering], Answering]:
    """Register a function for a topic; `section` is the part of the guide that it needs."""

    def register(function: Answering) -> Answering:
        _answering[topic] = (function, section)
        return function

    return register


def topics() -> frozenset[str]:
    """Every topic that a guide can answer."""
    return frozenset(_answering)


def covers(guide: Guide, topic: str) -> bool:
    """Whether the guide has what the topic needs."""
    if topic in FORMS:
        return bool(getattr(guide, FORMS[topic]))
    if topic not in _answering:
        return topic in TOPICS
    _, section = _answering[topic]
    return bool(getattr(guide, section)) if section else bool(guide.passages(topic))


def answer(guide: Guide, question: Question) -> Answer:
    """The answer of a guide to a question; says so where the guide has nothing on it."""
    if not covers(guide, question.topic):
        facts = {"topic_title": title(question.topic), "career": guide.title}
        return Answer("utter_not_covered", facts, kind="fallback")
    function, _ = _answering[question.topic]
    way = FACETS.get(question.topic, {}).get(question.facet or "")
    if way is None or way.get("own"):
        return function(guide, question)
    if "values" in way or "topic" in way:
        return answer(guide, _elsewhere(question, way))
    return _of_facet(function(guide, question), question, way)


def _elsewhere(question: Question, way: Mapping[str, Any]) -> Question:
    """The question that a facet stands for, where it is answered by another one."""
    values = {
        name: (str(value),)
        for name, value in way.get("values", {}).items()
        if name not in question.values  # what was said itself counts
    }
    topic = way.get("topic", question.topic)
    return replace(question, topic=topic, facet=None, values={**question.values, **values})


def _of_facet(whole: Answer, question: Question, way: Mapping[str, Any]) -> Answer:
    """The topic's facts in the words of the facet, if they hold what it needs."""
    if not all(whole.facts.get(fact) for fact in way.get("needs", ())):
        return whole
    kind: Kind = "fallback" if way.get("lacking") else whole.kind
    return replace(whole, response=f"utter_{question.topic}_{question.facet}", kind=kind)


def title(topic: str) -> str:
    """What a topic is called on a button."""
    return str(TOPICS[topic]["title"])


def button(topic: str, label: str | None = None, **values: str) -> Button:
    """A button that asks for a topic, or for one part of it."""
    return Button(label or title(topic), payload(topic, **values))


def next_buttons(guide: Guide | None, topic: str) -> tuple[Button, ...]:
    """The usual next questions after a topic, those only that the guide can answer."""
    following = TOPICS.get(topic, TOPICS["capabilities"])["next"]
    usable = [name for name in following if guide is None or covers(guide, name)]
    return tuple(button(name) for name in usable[:MOST_BUTTONS])
