"""Which function answers which topic, and what each topic is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from answers.model import MOST_BUTTONS, Answer, Button, Kind, Question, payload
from answers.responses import uttered
from answers.words import listed
from guides.schema import Guide
from understanding.topics import TOPICS, Facet

Answering = Callable[[Guide, Question], Answer]

PASSAGES = "passages"
"""Stands for what the audio lesson says on the topic."""

_answering: dict[str, Answering] = {}


def answers(topic: str) -> Callable[[Answering], Answering]:
    """Register a function for a topic."""

    def register(function: Answering) -> Answering:
        _answering[topic] = function
        return function

    return register


def topics() -> frozenset[str]:
    """Every topic that a guide can answer."""
    return frozenset(_answering)


def gives_reasons(guide: Guide, topic: str) -> bool:
    """Whether a guide says why what it says on a topic is so."""
    reasons = TOPICS[topic].reasons
    return holds(guide, topic, reasons) if isinstance(reasons, str) else reasons


def covers(guide: Guide, topic: str) -> bool:
    """Whether the guide has what the topic needs."""
    sections = TOPICS[topic].sections if topic in TOPICS else ()
    return any(holds(guide, topic, part) for part in sections) or (not sections and topic in TOPICS)


def holds(guide: Guide, topic: str, part: str) -> bool:
    """Whether the guide has a part: a section, section.field, or passages on the topic."""
    if part == PASSAGES:
        return bool(guide.passages(topic))
    section, _, field = part.partition(".")
    found = getattr(guide, section)
    return bool(getattr(found, field) if found and field else found)


def answer(guide: Guide, question: Question) -> Answer:
    """The answer of a guide to a question; says so where the guide has nothing on it."""
    if not covers(guide, question.topic):
        return _not_covered(guide, question.topic)
    function = _answering[question.topic]
    way = TOPICS[question.topic].facets.get(question.facet or "")
    if way is None or way.own:
        return function(guide, question)
    if way.values or way.topic:
        return answer(guide, _elsewhere(question, way))
    return _of_facet(function(guide, question), question, way)


def _elsewhere(question: Question, way: Facet) -> Question:
    """The question that a facet stands for, where it is answered by another one."""
    values = {
        name: (value,)
        for name, value in way.values.items()
        if name not in question.values  # what was said itself counts
    }
    topic = way.topic or question.topic
    return replace(question, topic=topic, facet=None, values={**question.values, **values})


def _of_facet(whole: Answer, question: Question, way: Facet) -> Answer:
    """The topic's facts in the words of the facet, where it has words for such an answer."""
    form = whole.response.removeprefix(f"utter_answer_{question.topic}").removeprefix("_")
    worded = form in ("", *way.also)
    if not worded or not all(whole.facts.get(fact) for fact in way.needs):
        return whole
    lacking = way.lacking if isinstance(way.lacking, bool) else form in way.lacking
    kind: Kind = "fallback" if lacking else whole.kind
    response = "_".join(filter(None, ("utter", question.topic, question.facet, form)))
    return replace(whole, response=response, kind=kind)


def _not_covered(guide: Guide, topic: str) -> Answer:
    """That the guide has nothing on a topic, and what comes nearest to it."""
    for instead in TOPICS[topic].instead:
        if covers(guide, instead):
            return _in_its_place(answer(guide, Question(instead)), topic)
    near = [name for name in TOPICS[topic].nearest if covers(guide, name)]
    facts = {"topic_title": title(topic), "career": guide.title}
    if not near:
        return Answer("utter_not_covered", facts, kind="fallback")
    facts["nearest"] = listed([f'"{title(name)}"' for name in near], "or")
    usual = next_buttons(guide, topic)
    buttons = tuple(dict.fromkeys([*map(button, near), *usual]))[:MOST_BUTTONS]
    return Answer("utter_not_covered_nearest", facts, kind="fallback", buttons=buttons)


def _in_its_place(near: Answer, topic: str) -> Answer:
    """That the guide has nothing on a topic, and the answer to another that comes near."""
    facts = {"topic_title": title(topic), "near": uttered(near)}
    return replace(near, response="utter_not_covered_instead", facts=facts, kind="fallback")


def title(topic: str) -> str:
    """What a topic is called on a button."""
    return TOPICS[topic].title


def button(topic: str, label: str | None = None, **values: str) -> Button:
    """A button that asks for a topic, or for one part of it."""
    return Button(label or title(topic), payload(topic, **values))


def next_buttons(guide: Guide | None, topic: str) -> tuple[Button, ...]:
    """The usual next questions after a topic, those only that the guide can answer."""
    following = TOPICS.get(topic, TOPICS["capabilities"]).next
    usable = [name for name in following if guide is None or covers(guide, name)]
    return tuple(button(name) for name in usable[:MOST_BUTTONS])
