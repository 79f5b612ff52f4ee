"""What comes before understanding: help in a crisis, a boundary, and personal data blanked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from answers.assistant import boundary, crisis
from answers.responses import message
from guides.school import School
from understanding.personal import redact
from understanding.phrases import BOUNDARY, CRISIS, PhraseList

REMEMBERED = 10_000
"""Conversations of which it is known that they heard the boundary; the oldest are forgotten."""


@dataclass(frozen=True)
class Screened:
    """A message after screening: the reply if it has one already, and the text to go on with."""

    text: str
    reply: dict[str, Any] | None = None


class Screening:
    """Looks at each message before anything else does.

    Distress is looked for in the raw words. Who heard the boundary is remembered in this process
    by conversation id, without words: after a restart it is said in full once more.
    """

    def __init__(self, school: School, responses: Mapping[str, str]) -> None:
        """Read the phrase lists and word the replies."""
        self._distress = PhraseList(CRISIS)
        self._insults = PhraseList(BOUNDARY)
        self._heard: OrderedDict[str, None] = OrderedDict()
        self.help = message(crisis(school), "crisis", responses)
        self.boundary = message(boundary(), "boundary", responses)
        self.boundary_again = message(boundary(again=True), "boundary", responses)

    def is_urgent(self, text: str) -> bool:
        """Whether somebody may be in danger, so that no limit may hold the message up."""
        return self._distress.found_in(text)

    def check(self, conversation: str, text: str) -> Screened:
        """The message with its reply, if it gets one without being understood."""
        if self.is_urgent(text):
            return Screened("", dict(self.help))
        if self._insults.found_in(text):
            return Screened("", dict(self._boundary_for(conversation)))
        return Screened(redact(text))

    def _boundary_for(self, conversation: str) -> dict[str, Any]:
        """The boundary in full the first time, in short from then on."""
        heard = conversation in self._heard
        self._heard[conversation] = None
        self._heard.move_to_end(conversation)
        if len(self._heard) > REMEMBERED:
            self._heard.popitem(last=False)
        return self.boundary_again if heard else self.boundary
