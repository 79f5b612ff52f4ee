"""What comes before understanding: help in distress, a boundary, and personal data blanked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from answers.assistant import boundary
from answers.help import help_reply
from answers.responses import message
from guides.school import School
from understanding.distress import Distress, Finding
from understanding.distress_model import DistressModel
from understanding.personal import Personal

BRIEF = 500
"""Characters of a text that are searched where a rate is exceeded."""
REMEMBERED = 10_000
"""Conversations of which it is known that they heard the boundary; the oldest are forgotten."""


@dataclass(frozen=True)
class Screened:
    """A message after screening: the reply if it has one already, and the text to go on with."""

    text: str
    reply: dict[str, Any] | None = None
    urgent: bool = False
    """Whether the reply is help, which no limit may hold up and which stays in the history."""
    beside: dict[str, Any] | None = None
    """Help to be shown beside an answer, where a message may be a worry about a career; the text
    is then there to be understood, and not to be kept."""


class Screening:
    """Looks at each message before anything else does.

    Distress is looked for in the raw words. Who heard the boundary is remembered in this process
    by conversation id, without words: after a restart it is said in full once more.
    """

    def __init__(
        self,
        school: School,
        responses: Mapping[str, str],
        model: DistressModel | None = None,
        personal: Personal | None = None,
    ) -> None:
        """Read the phrase lists and word the replies; without models lists and forms decide."""
        self._personal = personal or Personal()
        self._brief = Distress()
        self.distress = self._brief.with_model(model)
        self._school, self._responses = school, responses
        self._heard: OrderedDict[str, None] = OrderedDict()
        self.boundary = message(boundary(), "boundary", responses)
        self.boundary_again = message(boundary(again=True), "boundary", responses)

    def is_urgent(self, text: str) -> bool:
        """Whether somebody may need help, so that no limit may hold the message up."""
        return bool(self.distress.read(text).finding)

    def check(
        self, conversation: str, text: str, brief: bool = False, school: School | None = None
    ) -> Screened:
        """The message with its reply, if it gets one without being understood.

        Args:
            brief: look at the end of the text alone, by the lists alone.
            school: whose lines are given, where it is another than usual.
        """
        seen = self._brief.read(text[-BRIEF:]) if brief else self.distress.read(text)
        if seen.finding:
            help_ = self.help_for(seen.finding, school)
            if not seen.finding.unsure:
                return Screened("", help_, urgent=True)
            beside = self.help_for(seen.finding, school, unsure=True)
            return Screened(self._personal.redact(text), help_, urgent=True, beside=beside)
        if seen.boundary:
            return Screened("", dict(self._boundary_for(conversation)))
        return Screened(self._personal.redact(text))

    def help_for(
        self, finding: Finding, school: School | None = None, unsure: bool = False
    ) -> dict[str, Any]:
        """The reply to distress.

        Args:
            unsure: whether it begins by saying that no help may be needed.
        """
        told = (finding.tier, finding.kind, finding.spanish)
        return help_reply(school or self._school, *told, self._responses, unsure=unsure)

    def _boundary_for(self, conversation: str) -> dict[str, Any]:
        """The boundary in full the first time, in short from then on."""
        heard = conversation in self._heard
        self._heard[conversation] = None
        self._heard.move_to_end(conversation)
        if len(self._heard) > REMEMBERED:
            self._heard.popitem(last=False)
        return self.boundary_again if heard else self.boundary
