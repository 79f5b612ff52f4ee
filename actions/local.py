"""The local answers within a conversation: what a message asks of the school, and notes on a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from actions.speaking import Message, names_only, read_question
from answers.in_force import InForce
from answers.local import told
from answers.model import MOST_BUTTONS, Answer, Button
from components.local import find_locals
from guides.school import School
from understanding.local_phrases import LEAST, MAYBE, Near


class Local:
    """The local answers in force during one turn."""

    def __init__(self, school: School) -> None:
        """Take the settings of the school that speaks."""
        self._school = school
        self._now: InForce = find_locals().now

    def joined(self, message: Message, parts: Sequence[Message], career: str) -> Sequence[Message]:
        """The parts of a message, or all of it as one that asks the school for one thing.

        "Need a work permit, where do i go" is cut into two questions, and is one.
        """
        if len(parts) < 2 or any(part.get("heading") for part in parts):
            return parts
        for part in parts:
            near = self._near(part, career)
            if near and self._now.likeness(_texts(message), near.name) >= near.likeness:
                return [{**part, "text": message["text"], "read": _texts(message)[0]}]
        return parts

    def answer(self, message: Message, career: str) -> Answer | None:
        """What the school says to a message or to a part of one, if it asks for that."""
        near = self._near(message, career)
        return told(self._now.answers[near.name], self._school, date.today()) if near else None

    def notes(self, topic: str, career: str) -> list[Answer]:
        """What the school adds to a guide's answer; nothing that may be out of date."""
        today, found = date.today(), self._now.notes(topic, career)
        return [told(entry, self._school, today) for entry in found if not entry.is_old(today)]

    def offered(self, reply: Answer, message: Message, career: str) -> Answer:
        """The reply, where no guide has one with what the student may ask the school as a button."""
        if reply.kind not in ("fallback", "clarify") or message.get("heading"):
            return reply
        near = self._near(message, career, MAYBE)
        if near is None:
            return reply
        (way, *_), others = self._now.answers[near.name].asked, reply.buttons or ()
        some, rest = others[: MOST_BUTTONS - 2], others[MOST_BUTTONS - 2 :]
        return replace(reply, buttons=(Button(way, way), *some, *rest[-1:]))

    def _near(self, message: Message, career: str, least: float = LEAST) -> Near | None:
        texts = _texts(message)
        if self._now.phrases is None or texts[1].startswith("/") or names_only(message):
            return None
        ranking = [
            (str(each["name"]), float(each["confidence"]))
            for each in message.get("intent_ranking") or ()
        ]
        named = read_question(message).first("career")
        return self._now.asked_for(texts, ranking, named or career, least)


def _texts(message: Message) -> tuple[str, str]:
    """A message as it was put right, and as typed: a word that only the school knows may be no slip."""
    typed = str(message.get("text") or "")
    return str(message.get("read") or typed), typed
