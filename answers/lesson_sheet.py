"""A lesson sheet: ten questions to find out by chat, and the key for the teacher.

Both come from the chat's own answers. What is asked, and how, stands in lesson_sheet.yml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from pydantic import BaseModel, Extra

from answers.blocks import Block, blocks
from answers.filling import filled
from answers.labels import label
from answers.model import Answer, Question
from answers.page import sources_of
from answers.registry import answer, covers, title
from guides.documents import build, read
from guides.schema import Guide

FILE = Path(__file__).parent / "lesson_sheet.yml"
MOST = 6
"""Entries that a list of the key shows."""


class Asked(BaseModel, extra=Extra.forbid):
    """What may be asked; the file says what the keys mean."""

    topic: str
    facet: str | None = None
    values: dict[str, str] = {}
    in_state: bool = False
    responses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    ask: str
    key: str
    beside: str = ""
    least: int = 1
    most: int = MOST


class Lessons(BaseModel, extra=Extra.forbid):
    """The whole file."""

    count: int
    first: tuple[str, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class LessonQuestion:
    """A question, and its key."""

    asked: Question
    """As the chat is asked for what the key says."""
    topic: str
    """The title of what it is about."""
    text: str
    key: Sequence[Block]
    beside: str
    """How far the key can be trusted."""
    sources: Sequence[str]


@cache
def lessons() -> Lessons:
    """What may be asked.

    Raises:
        DocumentError: the file cannot be read, or has a wrong key.
    """
    return build(Lessons, read(FILE), FILE.name)


def lesson_questions(guide: Guide) -> list[LessonQuestion]:
    """The questions on a guide, in the order of the file; each time the same.

    Raises:
        DocumentError: a text has a name in braces that is no fact of its answer.
    """
    usable = [
        _question(guide, asked, *found)
        for asked in lessons().questions
        if (found := _answered(guide, asked))
    ]
    chosen = _chosen(guide, usable)
    return [each for each in usable if each in chosen]


def _chosen(guide: Guide, usable: Sequence[LessonQuestion]) -> list[LessonQuestion]:
    """As many as a sheet has: one of each topic, those first that must not be missing."""
    first = lessons().first
    topics: dict[str, list[LessonQuestion]] = {}
    for each in sorted(usable, key=lambda each: _chance(guide, each.text)):
        topics.setdefault(each.asked.topic, []).append(each)
    ranked = sorted(topics, key=lambda topic: (topic not in first, _chance(guide, topic)))
    rounds = zip_longest(*(topics[topic] for topic in ranked))
    return [each for some in rounds for each in some if each][: lessons().count]


def _chance(guide: Guide, name: str) -> bytes:
    """What puts names into another order for each guide, and always the same for one."""
    return sha256(f"{guide.slug} {name}".encode()).digest()


def _answered(guide: Guide, asked: Asked) -> tuple[Question, Answer] | None:
    """The chat's answer, if the guide has one that suits."""
    if not covers(guide, asked.topic):
        return None
    for values in _values(guide, asked):
        question = Question(asked.topic, values=values, facet=asked.facet)
        found = answer(guide, question)
        suits = not asked.responses or found.response in asked.responses
        if (
            suits
            and all(found.facts.get(name) for name in asked.needs)
            and _has_enough(found, asked)
        ):
            return question, found
    return None


def _values(guide: Guide, asked: Asked) -> Iterator[Mapping[str, tuple[str, ...]]]:
    """With what the topic may be asked."""
    values = {name: (value,) for name, value in asked.values.items()}
    if not asked.in_state:
        yield values
        return
    known = [pay.state for pay in (guide.salary.states if guide.salary else ())]
    for state in sorted(known, key=lambda name: _chance(guide, name)):
        yield {**values, "state": (state,)}


def _has_enough(found: Answer, asked: Asked) -> bool:
    entries = [len(block.lines) for block in _key(found, asked) if block.kind != "text"]
    return all(count >= asked.least for count in entries)


def _question(guide: Guide, asked: Asked, question: Question, found: Answer) -> LessonQuestion:
    facts = {"career": guide.title, "careers": guide.plural, **found.facts}
    key = [_shown(block, asked.most) for block in _key(found, asked)]
    text, beside = (filled(words, facts, FILE.name) for words in (asked.ask, asked.beside))
    sources = sources_of(guide, asked.topic)
    return LessonQuestion(question, title(asked.topic), text, key, beside, sources)


def _key(found: Answer, asked: Asked) -> list[Block]:
    return blocks(filled(asked.key, found.facts, FILE.name))


def _shown(block: Block, most: int) -> Block:
    """A list with as many entries as its key shows; where that is one, no more are spoken of."""
    if most == 1 or block.kind == "text":
        return Block(block.kind, block.lines[:1]) if most == 1 else block
    while len(block.lines) > most:
        block = block.shorter()
    return block


def lesson_words(guide: Guide) -> dict[str, str]:
    """What a sheet and its key are called, and what they say of themselves to search engines."""
    names = ("head", "key_head", "description")
    return {name: label("lesson_sheet", name, career=guide.title) for name in names}
