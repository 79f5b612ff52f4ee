"""The local answers within a conversation: what a message asks of the school, and notes on a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from actions.speaking import Message, names_only, read_question
from answers.in_force import InForce
from answers.local import LOCAL, told
from answers.model import MOST_BUTTONS, Answer, Button
from components.local import in_force
from guides.school import School
from understanding.local_phrases import MAYBE, SURELY, Near

MOST_OFFERED = 2
"""Other local answers that are offered beside one."""
MEANT = 0.4
"""How likely the school is asked, from which it is told what may be meant though a guide might answer."""
APART = 0.02
"""How likely each part of a message asks the school at least, for all of it to ask it one thing."""
UNANSWERED = ("fallback", "clarify")
"""Kinds of replies where no guide has an answer."""


class Asked(NamedTuple):
    """The local answers that a message may ask for, the nearest first, and whether it surely does."""

    near: Sequence[Near]
    surely: bool


class Local:
    """The local answers in force during one turn."""

    def __init__(self, school: School) -> None:
        """Take the settings of the school that speaks."""
        self._school = school
        self._now: InForce = in_force(school.slug)

    def joined(self, message: Message, parts: Sequence[Message], career: str) -> Sequence[Message]:
        """The parts of a message, or all of it as one that asks the school for one thing.

        "Need a work permit, where do i go" is cut into two questions, and is one; so is what is told
        before a question, as in "i'm failing math, who can help me".
        """
        if any(part.get("heading") for part in parts):
            return parts
        of_whole = {name: message.get(name) for name in ("text", "read", "of_school")}
        whole = self._asked({**parts[0], **of_whole}, career).near
        found = [self._asked(part, career).near for part in parts] if len(parts) > 1 else [whole]
        asked = {near[0].name for near in (whole, *found) if near}
        if whole and len(asked) == 1 and all(_of_school(part) >= APART for part in parts):
            return [{**parts[0], **of_whole}]
        for part, near in zip(parts, found, strict=True):
            if near and self._now.likeness(_texts(message), near[0].name) >= near[0].likeness:
                return [{**part, **of_whole}]
        return parts

    def answer(self, message: Message, career: str) -> Answer | None:
        """What the school says to a message or to a part of one, if it asks for that.

        Where a message likely asks the school, and for no other thing, that is what comes nearest.
        """
        return self._told(*self._asked(message, career))

    def _asked(self, message: Message, career: str) -> Asked:
        surely = self._near(message, career)
        if surely or _of_school(message) < MEANT:
            return Asked(surely, True)
        return Asked(self._near(message, career, MAYBE), False)

    def _told(self, near: Sequence[Near], surely: bool) -> Answer | None:
        if not near:
            return None
        said = told(self._now.answers[near[0].name], self._school, date.today(), surely)
        return replace(
            said, buttons=(*self._buttons(near[1:]), *(said.buttons or ()))[:MOST_BUTTONS]
        )

    def notes(self, topic: str, career: str) -> list[Answer]:
        """What the school adds to a guide's answer; nothing that may be out of date."""
        today, found = date.today(), self._now.notes(topic, career)
        return [told(entry, self._school, today) for entry in found if not entry.is_old(today)]

    def instead(
        self, topic: str, reply: Answer, message: Message, career: str
    ) -> tuple[str, Answer]:
        """A topic and its reply, or what comes nearest at school where no guide has an answer."""
        unanswered = reply.kind in UNANSWERED and not message.get("heading")
        own = self._told(self._near(message, career, MAYBE), surely=False) if unanswered else None
        return (LOCAL, own) if own else (topic, reply)

    def _buttons(self, near: Sequence[Near]) -> list[Button]:
        """What asks for local answers, in the words that were entered first."""
        ways = [self._now.answers[each.name].asked[0] for each in near]
        return [Button(way, way) for way in ways[:MOST_OFFERED]]

    def _near(self, message: Message, career: str, least: float = SURELY) -> list[Near]:
        texts = _texts(message)
        if self._now.phrases is None or texts[1].startswith("/") or names_only(message):
            return []
        named = read_question(message).first("career")
        return self._now.asked_for(texts, _of_school(message), named or career, least)


def _of_school(message: Message) -> float:
    return float(message.get("of_school") or 0.0)


def _texts(message: Message) -> tuple[str, str]:
    """A message as it was put right, and as typed: a word that only the school knows may be no slip."""
    typed = str(message.get("text") or "")
    return str(message.get("read") or typed), typed
