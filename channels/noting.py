"""What is noted of each turn for the school's desk: counts, and questions that found no answer.

A turn only changes what is in memory. All is written in one go twice a minute and at the end, so
that a process that is killed loses half a minute of it at most.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from rasa.core.agent import Agent
from sanic import Blueprint, Sanic

from answers.local import LOCAL
from channels.unanswered import Unanswered
from conversations import counts, questions
from conversations.counts import Atom
from conversations.database import Away
from conversations.questions import Question
from conversations.store import ConversationStore, unwrapped
from conversations.tally import Tally
from guides.school import School
from guides.schools import Schools, slug_of
from understanding.text import fold
from understanding.topics import FORMS, TOPICS

log = logging.getLogger(__name__)

SECONDS = 30
"""Between two writes."""
OUTCOME_OF = {
    "answer": counts.ANSWERED,
    "local": counts.ANSWERED,
    "clarify": counts.OFFERED,
    "fallback": counts.REFUSED,
    "no_guide": counts.REFUSED,
}
"""What became of a question, by the kind of its reply; other kinds answer no question."""
MOST_AT_ONCE = 200
"""Questions of one write: more come from a script alone, and whether each is fit takes a while."""
MARK, ID = 12, 8
"""Bytes."""

Reply = dict[str, Any]


class Notes:
    """Takes notes of turns; of a school that keeps nothing, none."""

    def __init__(
        self,
        schools: Schools,
        key: str,
        is_fit: Callable[[str], bool],
        today: Callable[[], date] = date.today,
    ) -> None:
        """Begin with nothing.

        Args:
            key: makes marks that nobody can trace back.
            is_fit: whether a question may be kept; it may take a while.
        """
        self._schools, self._key, self._is_fit, self._today = schools, key.encode(), is_fit, today
        self._tally, self._unanswered = Tally(), Unanswered()
        self._writing = asyncio.Lock()

    def heard(
        self, conversation: str, text: str, replies: Sequence[Reply], tapped: bool = False
    ) -> None:
        """Note a turn; whatever goes wrong here, the student gets the reply.

        Args:
            text: what was said, with personal data blanked.
            tapped: whether it was a button, which says nothing of how students are understood.
        """
        with beside_the_turn():
            self._heard(conversation, text, replies, tapped)

    def _heard(self, conversation: str, text: str, replies: Sequence[Reply], tapped: bool) -> None:
        school = self._schools.of(conversation)
        if not school.keep_days:
            return
        said = [reply["custom"] for reply in replies if reply.get("custom")]
        if self._tally.is_new(conversation):
            self._count(conversation, counts.CONVERSATIONS, "")
        for subject, name in noted(said, school):
            self._count(conversation, subject, name)
        for outcome in () if tapped else outcomes(said):
            self._tally.add(self._atom(conversation, counts.OUTCOMES, outcome))
        if school.collects:
            question = None if tapped else self._question(conversation, text, said)
            self._unanswered.heard(conversation, text, question, replies)

    def helped(self, conversation: str, reply: Reply) -> None:
        """Note that help was given, of that month; no question of the conversation is kept."""
        with beside_the_turn():
            self._unanswered.close(conversation)
            if self._schools.of(conversation).keep_days:
                today = self._today()
                kind = str(reply["custom"]["kind"])
                atom = Atom(slug_of(conversation), str(today.replace(day=1)), counts.HELP, kind)
                self._tally.add_once(conversation, str(today), atom)

    def voted_down(self, conversation: str, topic: str) -> None:
        """Note that an answer did not help."""
        if self._schools.of(conversation).collects:
            self._unanswered.voted_down(conversation, topic)

    async def forget(self, conversation: str, store: ConversationStore) -> None:
        """Delete the questions of a conversation, and take no more of it.

        Raises:
            Away: the database cannot be reached, so they may still be there: ask again later.
        """
        self._unanswered.close(conversation)
        self._tally.forget(conversation)
        if store.keep_days:
            await store.ask(partial(self._delete, [conversation]))

    async def write(self, store: ConversationStore) -> None:
        """Write what was noted; what cannot be written now is kept for the next time."""
        async with self._writing:
            asked, closed = self._unanswered.take(MOST_AT_ONCE)
            asked = [each for each in asked if await asyncio.to_thread(self._is_fit, each.text)]
            counted = self._tally.take()
            try:
                if counted or asked or closed:
                    await store.ask(partial(self._write, counted, asked, closed))
            except Away as error:
                log.error("what was counted is not written yet: %s", error)
                self._tally.put_back(counted)
                self._unanswered.put_back(asked, closed)

    def _write(
        self, counted: Any, asked: Sequence[Question], closed: Sequence[str], connection: Any
    ) -> None:
        counts.add(counted, connection)
        questions.keep(asked, connection)
        self._delete(closed, connection)

    def _delete(self, conversations: Iterable[str], connection: Any) -> None:
        for each in conversations:
            questions.forget(slug_of(each), self._marks(each), connection)

    def _count(self, conversation: str, subject: str, name: str) -> None:
        atom = self._atom(conversation, subject, name)
        self._tally.add_once(conversation, atom.day, atom)

    def _atom(self, conversation: str, subject: str, name: str) -> Atom:
        return Atom(slug_of(conversation), str(self._today()), subject, name)

    def _question(self, conversation: str, text: str, said: Sequence[Reply]) -> Question:
        today, career = self._today(), next((each["guide"] for each in said if each["guide"]), "")
        asked = fold(text)
        return Question(
            slug_of(conversation),
            self._mark(conversation, today),
            self._keyed(f"{conversation} {asked}")[:ID],
            today,
            asked,
            career,
        )

    def _mark(self, conversation: str, day: date) -> bytes:
        """Another one each month, so that nothing can be told from marks for longer."""
        return self._keyed(f"{day:%Y-%m} {conversation}")[:MARK]

    def _marks(self, conversation: str) -> list[bytes]:
        """Those of this month and the last one: a session lives a day."""
        today = self._today()
        last_month = today.replace(day=1) - timedelta(days=1)
        return [self._mark(conversation, day) for day in (today, last_month)]

    def _keyed(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), "sha256")


def outcomes(said: Iterable[Reply]) -> Iterator[str]:
    """What became of the questions of a message, by what its replies say of themselves."""
    for custom in said:
        outcome = OUTCOME_OF.get(custom["kind"])
        if outcome and not _is_note(custom):
            yield outcome


def noted(said: Iterable[Reply], school: School) -> Iterator[tuple[str, str]]:
    """Subjects and names that a conversation is counted for, by what replies say of themselves.

    The default guide is no career that was asked for: it answers where none is named.
    """
    for custom in said:
        kind, topic, guide = custom["kind"], custom["topic"], custom["guide"]
        if guide and guide != school.default_guide:
            yield counts.CAREERS, guide
        if topic in FORMS and kind in ("quiz", "plan"):
            yield counts.USES, topic
        elif (kind == "answer" and topic in TOPICS and TOPICS[topic].kind == "question") or (
            kind == "local" and topic == LOCAL
        ):
            yield counts.TOPICS_ASKED, topic


def _is_note(custom: Reply) -> bool:
    """Whether a reply adds something of the school's to the one before it."""
    return bool(custom["kind"] == "local" and custom["topic"] != LOCAL)


@contextlib.contextmanager
def beside_the_turn() -> Iterator[None]:
    """Log what goes wrong by its kind, and let the turn go on."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - a student waits, and counts are not worth that
        log.error("not noted: %s", type(error).__name__)


def add_noting(routes: Blueprint, notes: Notes) -> None:
    """Write what is noted while the server runs, and at its end."""

    ended = asyncio.Event()

    @routes.listener("after_server_start")
    async def begin(app: Sanic, _: object) -> None:
        app.ctx.noting = asyncio.ensure_future(_write_on(notes, app.ctx.agent, ended))

    @routes.listener("before_server_stop")
    async def end(app: Sanic, _: object) -> None:
        ended.set()
        if writing := getattr(app.ctx, "noting", None):
            await writing


async def _write_on(notes: Notes, agent: Agent, ended: asyncio.Event) -> None:
    while not ended.is_set():
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(ended.wait(), SECONDS)
        store = unwrapped(agent.tracker_store)
        if isinstance(store, ConversationStore):
            with beside_the_turn():
                await notes.write(store)
