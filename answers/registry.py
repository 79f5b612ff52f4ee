"""Which function answers which topic, and what each topic is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from answers.model import MOST_BUTTONS, Answer, Button, Kind, Question, payload
from answers.words import listed
from guides.documents import read
from guides.schema import Guide

Answering = Callable[[Guide, Question], Answer]

TOPICS: dict[str, dict[str, Any]] = read(Path(__file__).parent / "topics.yml")
"""Of every topic, by its name: title, usual next topics, and `nearest` where a guide lacks it."""

FACETS: dict[str, dict[str, dict[str, Any]]] = read(Path(__file__).parent / "facets.yml")
"""How each facet is answered, by topic and facet; the file says what its keys mean."""

FORMS = {"make_plan": "high_school", "take_quiz": "fit"}
"""The section of the guide that each form needs."""

PASSAGES = "passages"
"""Stands for what the audio lesson says on the topic."""

_answering: dict[str, tuple[Answering, tuple[str, ...]]] = {}


def answers(topic: str, *parts: str) -> Callable[[Answering], Answering]:
    """Register a function for a topic.

    Args:
        parts: what it answers from, any of these: `PASSAGES` or parts of the guide, such as
            "salary" or "snapshot.titles".
    """

    def register(function: Answering) -> Answering:
        _answering[topic] = (function, parts)
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
    _, parts = _answering[topic]
    return any(_holds(guide, topic, part) for part in parts)


def _holds(guide: Guide, topic: str, part: str) -> bool:
    if part == PASSAGES:
        return bool(guide.passages(topic))
    section, _, field = part.partition(".")
    found = getattr(guide, section)
    return bool(getattr(found, field) if found and field else found)


def answer(guide: Guide, question: Question) -> Answer:
    """The answer of a guide to a question; says so where the guide has nothing on it."""
    if not covers(guide, question.topic):
        return _not_covered(guide, question.topic)
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
    """The topic's facts in the words of the facet, where it has words for such an answer."""
    form = whole.response.removeprefix(f"utter_answer_{question.topic}").removeprefix("_")
    worded = form in ("", *way.get("also", ()))
    if not worded or not all(whole.facts.get(fact) for fact in way.get("needs", ())):
        return whole
    lacking = way.get("lacking", ())
    kind: Kind = "fallback" if lacking is True or form in lacking else whole.kind
    response = "_".join(filter(None, ("utter", question.topic, question.facet, form)))
    return replace(whole, response=response, kind=kind)


def _not_covered(guide: Guide, topic: str) -> Answer:
    """That the guide has nothing on a topic, and what comes nearest to it."""
    near = [name for name in TOPICS[topic].get("nearest", ()) if covers(guide, name)]
    facts = {"topic_title": title(topic), "career": guide.title}
    if not near:
        return Answer("utter_not_covered", facts, kind="fallback")
    facts["nearest"] = listed([f'"{title(name)}"' for name in near], "or")
    usual = next_buttons(guide, topic)
    buttons = tuple(dict.fromkeys([*map(button, near), *usual]))[:MOST_BUTTONS]
    return Answer("utter_not_covered_nearest", facts, kind="fallback", buttons=buttons)


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
