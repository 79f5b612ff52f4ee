"""The local answers within a conversation: what a message asks of the school, and notes on a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from actions.speaking import Message, names_only, read_question
from answers.in_force import InForce
from answers.local import told
from answers.model import MOST_BUTTONS, Answer, Button
from components.local import in_force
from guides.school import School
from understanding.local_phrases import LEAST, MAYBE, Near

MOST_OFFERED = 2
"""Other local answers that are offered beside one."""


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
        for part in parts:
            joined = {**part, "text": message["text"], "read": _texts(message)[0]}
            near = self._near(part if len(parts) > 1 else joined, career)
            if near and self._now.likeness(_texts(message), near[0].name) >= near[0].likeness:
                return [joined]
        return parts

    def answer(self, message: Message, career: str) -> Answer | None:
        """What the school says to a message or to a part of one, if it asks for that."""
        near = self._near(message, career)
        if not near:
            return None
        said = told(self._now.answers[near[0].name], self._school, date.today())
        return replace(
            said, buttons=(*self._buttons(near[1:]), *(said.buttons or ()))[:MOST_BUTTONS]
        )

    def notes(self, topic: str, career: str) -> list[Answer]:
        """What the school adds to a guide's answer; nothing that may be out of date."""
        today, found = date.today(), self._now.notes(topic, career)
        return [told(entry, self._school, today) for entry in found if not entry.is_old(today)]

    def offered(self, reply: Answer, message: Message, career: str) -> Answer:
        """The reply, where no guide has one with what the student may ask the school as a button."""
        if reply.kind not in ("fallback", "clarify") or message.get("heading"):
            return reply
        own, others = self._buttons(self._near(message, career, MAYBE)[:1]), reply.buttons or ()
        if not own:
            return reply
        some, rest = others[: MOST_BUTTONS - 2], others[MOST_BUTTONS - 2 :]
        return replace(reply, buttons=(*own, *some, *rest[-1:]))

    def _buttons(self, near: Sequence[Near]) -> list[Button]:
        """What asks for local answers, in the words that were entered first."""
        ways = [self._now.answers[each.name].asked[0] for each in near]
        return [Button(way, way) for way in ways[:MOST_OFFERED]]

    def _near(self, message: Message, career: str, least: float = LEAST) -> list[Near]:
        texts = _texts(message)
        if self._now.phrases is None or texts[1].startswith("/") or names_only(message):
            return []
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
