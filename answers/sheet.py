"""A guide on one printed page: for a wall, or for an evening with families."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.blocks import Block, blocks, fitted, height
from answers.labels import label
from answers.page import LAST, LEAD, page_answer, page_topics
from answers.registry import covers, title
from answers.responses import load_responses, worded
from guides.schema import Guide

ALWAYS, WITH_ROOM = ("day", "salary", "education", "high_school"), ("pathway", "outlook")
"""What stands on a sheet if the guide has it, and what beside it where there is room; the last of
them goes first."""
ROOM, WIDTH = 74, 54
"""Printed lines of both columns together, and letters of a line; measured by a browser's test."""
HEADING = 2
"""Printed lines of a heading."""
LEAST, FAIR = 3, 6
"""Entries that each list keeps, and that it keeps where something stands that need not."""


@dataclass(frozen=True)
class SheetPart:
    """What the sheet says on one topic."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Sheet:
    """A guide in short."""

    guide: Guide
    summary: str
    parts: Sequence[SheetPart]
    lacking: str
    """What stands on other sheets and not on this one, as the guide has nothing on it."""
    more: str
    """What else the chat answers."""


def sheet(guide: Guide) -> Sheet:
    """What fits on one page; lists say how many entries they left out.

    Raises:
        DocumentError: a response or a label is missing, or has a name in braces that is no fact.
    """
    topics: Sequence[str] = ()
    told: list[list[Block]] = []
    for topics, least in _tries([topic for topic in (*ALWAYS, *WITH_ROOM) if _tells(guide, topic)]):
        room = ROOM - HEADING * len(topics)
        told = fitted((blocks(_text(guide, topic)) for topic in topics), room, WIDTH, least)
        if height(told, WIDTH) <= room:
            break
    parts = [SheetPart(title(topic), part) for topic, part in zip(topics, told, strict=True)]
    others = [
        title(topic)
        for topic in page_topics()
        if topic not in (*topics, LEAD, LAST) and covers(guide, topic)
    ]
    more = label("page", "others", topics=", ".join(others)) if others else ""
    lacks = [title(topic) for topic in ALWAYS if not covers(guide, topic)]
    lacking = label("page", "nothing_on", topics=", ".join(lacks)) if lacks else ""
    return Sheet(guide, _text(guide, LEAD), parts, lacking, more)


def _tries(topics: Sequence[str]) -> Iterator[tuple[Sequence[str], int]]:
    """What may stand on the sheet, and how many entries each list keeps, the fullest first."""
    for count in range(len(topics), 0, -1):
        yield topics[:count], FAIR
        if topics[count - 1] in ALWAYS:
            yield topics[:count], LEAST


def _tells(guide: Guide, topic: str) -> bool:
    """Whether the guide has the topic; steps that are no steps stand with the schooling."""
    return covers(guide, topic) and (topic != "pathway" or guide.pathway is not None)


def _text(guide: Guide, topic: str) -> str:
    return worded(page_answer(guide, topic), load_responses())


def code_words(address: str) -> str:
    """What a code on a sheet is, for who cannot see it."""
    return label("page", "code", address=address)
