"""What a message can be about (topics) and what else it can do (acts): data/topics.yml."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Extra, StrictBool

from guides.documents import DocumentError, build, read

ASKING = ("question", "search", "assistant")
"""Kinds of topics of which the intent begins with ask_."""
FILE = Path(__file__).parent.parent / "data" / "topics.yml"


class Facet(BaseModel, extra=Extra.forbid):
    """How a part or a side of a topic is answered; the file says what the keys mean."""

    needs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    values: dict[str, str] = {}
    topic: str | None = None
    topics: tuple[str, ...] = ()
    facet: str | None = None
    item: str | None = None
    lacking: tuple[str, ...] | StrictBool = False
    own: bool = False


class Act(BaseModel, extra=Extra.forbid):
    """What a message does that asks nothing of a guide by itself."""

    beside: bool = False
    open: bool = False
    alone: bool = False
    alike: str | None = None
    unanswered: bool = False
    asks: bool = False
    facets: dict[str, Facet] = {}


class Topic(Act):
    """What a message asks, or a form that it starts."""

    title: str
    kind: Literal["question", "search", "assistant", "form", "smalltalk"] = "question"
    group: str | None = None
    sections: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    measured: bool = False
    each: bool = False
    reasons: bool | str = True
    joins: tuple[str, ...] = ()
    next: tuple[str, ...] = ("summary", "day", "salary", "high_school")
    nearest: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


class Table(BaseModel, extra=Extra.forbid):
    """The whole file."""

    topics: dict[str, Topic]
    acts: dict[str, Act]


def read_topics(path: Path = FILE) -> Table:
    """Every topic and every act by its name.

    Raises:
        DocumentError: the file cannot be read, has a wrong key, or an entry names no other entry.
    """
    table = build(Table, read(path), path.name)
    wrong = [
        (f"topics.{name}.{key}", other)
        for name, topic in table.topics.items()
        for key in ("next", "nearest", "instead", "joins")
        for other in getattr(topic, key)
        if other == name or other not in table.topics
    ]
    if wrong:
        raise DocumentError(
            [f"{path.name}: {at}: found {it!r}, expected another topic's name" for at, it in wrong]
        )
    return table


_table = read_topics()
TOPICS: Mapping[str, Topic] = _table.topics
ACTS: Mapping[str, Act] = _table.acts
ENTRIES: Mapping[str, Act] = {**ACTS, **TOPICS}


def intent_of(name: str) -> str:
    """The intent of a topic or an act: `ask_salary`, `greet`."""
    topic = TOPICS.get(name)
    asks = topic.kind in ASKING if topic else ACTS[name].asks
    return f"ask_{name}" if asks else name


SEARCHES = tuple(name for name, topic in TOPICS.items() if topic.kind == "search")
"""Topics that look for careers."""
INTENTS = frozenset(map(intent_of, ENTRIES))
"""Every intent."""
FORMS = tuple(name for name, topic in TOPICS.items() if topic.kind == "form")
"""Topics that start a form."""
NOT_ANSWERED = frozenset(intent_of(name) for name, entry in ENTRIES.items() if entry.unanswered)
"""Intents of questions that no fact of a guide answers."""
BESIDE = frozenset(intent_of(name) for name, entry in ENTRIES.items() if entry.beside)
"""Intents of pieces that ask nothing beside a question."""
EACH = frozenset(intent_of(name) for name, topic in TOPICS.items() if topic.each)
"""Intents that two sentences of a message ask twice."""
JOINED = {
    frozenset(map(intent_of, pair)): intent_of(name)
    for name, topic in TOPICS.items()
    for pair in combinations((name, *topic.joins), 2)
}
"""Two intents that are one question together: upsides and downsides, or both and either."""


def in_one_group(name: str, other: str) -> bool:
    """Whether two topics are one, or stand under the same heading of the menu."""
    groups = [TOPICS[each].group if each in TOPICS else None for each in (name, other)]
    return name == other or (groups[0] is not None and groups[0] == groups[1])


def alike(intent: str) -> frozenset[str]:
    """The intents with much the same reply: one that may be any of them is surely one of them."""
    return _ALIKE.get(intent, frozenset([intent]))


def _groups() -> dict[str, frozenset[str]]:
    groups: dict[str, Any] = {}
    for name, entry in ENTRIES.items():
        if entry.alike:
            groups.setdefault(entry.alike, set()).add(intent_of(name))
    return {intent: frozenset(group) for group in groups.values() for intent in group}


_ALIKE = _groups()
