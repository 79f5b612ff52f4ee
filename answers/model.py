"""What goes into an answer and what comes out of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from guides.schema import Guide
from understanding.topics import intent_of

Kind = Literal[
    "answer",
    "clarify",
    "fallback",
    "smalltalk",
    "quiz",
    "plan",
    "handoff",
    "no_guide",
    "crisis",
    "trouble",
    "boundary",
    "error",
    "local",
]
Card = dict[str, Any]
"""A picture of the answer for a page; its shapes are in reply.schema.json."""

MOST_BUTTONS = 4


@dataclass(frozen=True)
class Question:
    """What a student asks: a topic, the words, and the values found in them by entity name."""

    topic: str
    text: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sureness: float = 1.0
    """The probability of the topic."""
    facet: str | None = None
    """The part or side of the topic that is asked for; None for the whole, or where it is not read yet."""
    facets: Sequence[tuple[str, float]] = ()
    """What may be asked for, as `topic.facet` or a topic, with probabilities, likeliest first."""

    def first(self, name: str) -> str | None:
        """The first value of an entity, if there is one."""
        return next(iter(self.values.get(name, ())), None)

    def has(self, name: str, value: str) -> bool:
        """Whether an entity was found with this value."""
        return value in self.values.get(name, ())


@dataclass(frozen=True)
class Button:
    """A likely next question."""

    title: str
    payload: str


def payload(topic: str, **values: str) -> str:
    """The message that a button sends: `/ask_salary` or `/ask_education{"route": "degree"}`."""
    return f"/{intent_of(topic)}{json.dumps(values) if values else ''}"


@dataclass(frozen=True)
class Answer:
    """One reply: the response that words it, the facts for it, and what a page can draw.

    `focus` is what a follow-up such as "why is that?" would point at, by slot name.
    `buttons` of None stands for the usual next questions of the topic.
    """

    response: str
    facts: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = "answer"
    card: Card | None = None
    focus: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] | None = None
    sources: Sequence[Mapping[str, str]] = ()
    """Of an answer that comes from several guides; else they are those of its guide."""
    lead: str = ""
    """A sentence that stands before it."""


def custom(answer: Answer, topic: str, guide: Guide | None, heading: str = "") -> dict[str, Any]:
    """The machine-readable side of an answer, as reply.schema.json has it."""
    reply: dict[str, Any] = {
        "kind": answer.kind,
        "topic": topic,
        "guide": guide.slug if guide else None,
        "sources": _unique(answer.sources) or _sources_of(answer, guide),
    }
    if answer.card:
        reply["card"] = answer.card
    if heading:
        reply["heading"] = heading
    return reply


def _unique(works: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    return [dict(items) for items in dict.fromkeys(tuple(work.items()) for work in works)]


def _sources_of(answer: Answer, guide: Guide | None) -> list[dict[str, str]]:
    return sources(guide) if guide and answer.kind in ("answer", "plan", "quiz") else []


def sources(guide: Guide) -> list[dict[str, str]]:
    """The guide's sources as a page shows them."""
    return [work.dict(exclude_none=True, exclude={"sections"}) for work in guide.sources.works]


def facts_card(title: str, facts: Mapping[str, str], caveat: str | None = None) -> Card:
    """Labelled values, with a caveat where they need one."""
    card: Card = {"type": "facts", "title": title, "facts": fact_rows(facts)}
    return {**card, "caveat": caveat} if caveat else card


def fact_rows(facts: Mapping[str, str]) -> list[dict[str, str]]:
    """Labelled values as a card holds them."""
    return [{"label": label, "value": value} for label, value in facts.items()]


Entry = str | tuple[str, str] | tuple[str, str, str]
"""Of a list: a text, with its detail, and with the message that a tap on it sends."""


def list_card(title: str, *groups: tuple[str, Iterable[Entry]]) -> Card:
    """Lists under labels."""
    return {
        "type": "list",
        "title": title,
        "groups": [
            {"label": label, "items": [_entry(item) for item in items]} for label, items in groups
        ],
    }


def _entry(item: Entry) -> dict[str, str]:
    parts = (item,) if isinstance(item, str) else item
    return dict(zip(("text", "detail", "payload"), parts, strict=False))
