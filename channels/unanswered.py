"""Questions that found no answer, held in memory until they are written."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from answers.model import payload
from conversations.questions import Question

MOST_TALKS = 10_000
"""Conversations of which questions wait; the longest unused goes first."""
MOST_QUESTIONS = 20
"""That one conversation may give: more are not typed by hand."""
MOST_WAITING = 2_000
"""Questions that wait to be written."""
MOST_ANSWERED = 5
"""Answers of a conversation that can still be voted down."""
PATIENCE = 30 * 60
"""Seconds after which what was offered will not be tapped any more."""

UNANSWERED = ("fallback", "no_guide")
"""Kinds of replies that answer nothing."""

Reply = dict[str, Any]


@dataclass
class Talk:
    """What is known of one conversation."""

    offered: Question | None = None
    """A question to which likely ones were offered."""
    offers: frozenset[str] = frozenset()
    """The payloads of those."""
    since: float = 0
    """When, in seconds of the clock."""
    answered: OrderedDict[str, Question] = field(default_factory=OrderedDict)
    """The last questions with an answer, by its topic."""
    given: list[Question] = field(default_factory=list)
    """What waits to be written."""
    count: int = 0
    """Questions that it gave."""
    closed: bool = False
    """Whether no question of it may be kept."""

    def takes_up(self, text: str, said: Sequence[Reply]) -> bool:
        """Whether a message taps what was offered, or is answered with it: "yes", "the first"."""
        topics = {offer.partition("{")[0] for offer in self.offers}
        answered = {payload(each["topic"]) for each in said if each["kind"] == "answer"}
        return text in self.offers or not topics.isdisjoint(answered)

    def give(self, question: Question | None) -> None:
        """Take a question as one without an answer."""
        if question and self.count < MOST_QUESTIONS:
            self.given.append(question)
            self.count += 1

    def take(self) -> list[Question]:
        """Hand over what waits to be written."""
        taken, self.given = self.given, []
        return taken


class Unanswered:
    """Knows which questions were refused, offered and not tapped, or voted down."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._talks: OrderedDict[str, Talk] = OrderedDict()
        self._gone: list[Question] = []
        self._closed: dict[str, None] = {}

    def heard(
        self, conversation: str, text: str, question: Question | None, replies: Sequence[Reply]
    ) -> None:
        """Note a turn.

        Args:
            text: what was said; the payload of a button where one was tapped.
            question: what was asked; None where a button was tapped.
        """
        talk = self._talk(conversation)
        if talk.closed:
            return
        said = [reply["custom"] for reply in replies if reply.get("custom")]
        if not talk.takes_up(text, said):
            talk.give(talk.offered)
        talk.offered = None
        if question:
            self._sort(talk, question, said, replies)

    def _sort(
        self, talk: Talk, question: Question, said: Sequence[Reply], replies: Sequence[Reply]
    ) -> None:
        kinds = {custom["kind"] for custom in said}
        if kinds and kinds <= set(UNANSWERED):
            talk.give(question)
        elif kinds == {"clarify"}:
            buttons = [each for reply in replies for each in reply.get("buttons") or ()]
            talk.offers = frozenset(each["payload"] for each in buttons)
            talk.offered, talk.since = question, self._clock()
        else:
            answered = [each["topic"] for each in said if each["kind"] in ("answer", "local")]
            talk.answered |= dict.fromkeys(answered, question)
            while len(talk.answered) > MOST_ANSWERED:
                talk.answered.popitem(last=False)

    def voted_down(self, conversation: str, topic: str) -> None:
        """Note that the answer on a topic did not help."""
        talk = self._talk(conversation)
        talk.give(talk.answered.pop(topic, None))

    def close(self, conversation: str) -> None:
        """Drop what a conversation gave, and take no more of it."""
        self._put(conversation, Talk(closed=True))
        self._closed[conversation] = None

    def take(self, most: int = MOST_WAITING) -> tuple[list[Question], list[str]]:
        """Hand over the questions to be written, and the conversations to be deleted after that.

        Questions beyond `most` wait for the next time, and so do the deletions once more.
        """
        long_ago = self._clock() - PATIENCE
        taken, self._gone = self._gone, []
        for talk in self._talks.values():
            if talk.offered and talk.since < long_ago:
                talk.give(talk.offered)
                talk.offered = None
            taken += talk.take()
        closed, self._closed = list(self._closed), {}
        if later := taken[most:]:
            self.put_back(later, closed)
        return taken[:most], closed

    def put_back(self, questions: Sequence[Question], closed: Sequence[str]) -> None:
        """Take again what could not be written."""
        self._gone = [*questions, *self._gone][:MOST_WAITING]
        self._closed |= dict.fromkeys(closed)

    def _talk(self, conversation: str) -> Talk:
        talk = self._talks.get(conversation) or Talk()
        self._put(conversation, talk)
        return talk

    def _put(self, conversation: str, talk: Talk) -> None:
        self._talks[conversation] = talk
        self._talks.move_to_end(conversation)
        if len(self._talks) > MOST_TALKS:
            _, oldest = self._talks.popitem(last=False)
            oldest.give(oldest.offered)
            self._gone = [*oldest.take(), *self._gone][:MOST_WAITING]
