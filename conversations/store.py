"""Rasa's tracker store: conversations in a database, and in memory while that is away."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import AwaitableTrackerStore, FailSafeTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from components.library import find_schools
from conversations import counts, questions, tables
from conversations.archive import Archive, Result, Work
from conversations.counts import Votes
from conversations.database import (
    SCRUB_SECONDS,
    UPGRADE_SECONDS,
    Away,
    Database,
    database_url,
    is_made,
)
from conversations.events import events_of, turns_of
from conversations.memory import Talk
from conversations.packing import Kept, chat_of, digest, school_of, unpack
from conversations.tables import LAST, Row
from guides.schools import Schools, slug_of

LONGEST_ID = 255
"""Characters."""
DAY = 24 * 60 * 60
"""Seconds."""
MOST_TURNS = 10
"""Of a session: a turn costs by the events of its session, so a long one goes on in another."""


class ConversationStore(TrackerStore):
    """Keeps conversations; never ends the process, never blocks the event loop.

    The database is the truth: a turn loads its session from there and is committed before it is
    answered. While the database is away, `degraded` is true and turns work from a bounded copy in
    memory; what was said meanwhile is written when it is back. Of a school with `keep_days` 0
    nothing is written, and a copy in memory is all. One process serves a conversation: replicas
    would need a lock.

    What is deleted goes in slices, and between two of them the database serves others.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        keep_days: int | None = None,
        schools: Schools | None = None,
        **_: Any,
    ) -> None:
        """Open it.

        Args:
            keep_days: for all conversations; where it is left out each school has its own.
        """
        super().__init__(domain, event_broker)
        self._fixed = keep_days
        self._schools = schools or (find_schools() if keep_days is None else None)
        self._unkept = self._archive = Archive(None)
        if self.keep_days or is_made():  # what was kept before must go where nothing is kept now
            self._archive = Archive(Database(database_url()))
        self._held: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._deleting, self._scrubbing = asyncio.Lock(), asyncio.Lock()
        self._deletions = self._scrubbed = 0

    @property
    def keep_days(self) -> int:
        """The most days that anything is kept; 0 where nothing is ever written."""
        return self._schools.most_days() if self._schools else self._fixed or 0

    def days(self, conversation: str) -> int:
        """The days that a conversation is kept: those of its school."""
        return self._schools.of(conversation).keep_days if self._schools else self._fixed or 0

    @property
    def degraded(self) -> bool:
        """Whether the database is away, so that a restart would lose what is said now."""
        return self._archive.degraded

    async def open(self) -> None:
        """Wait for a database of an earlier form to be brought into the present one."""
        with contextlib.suppress(Away):
            await self._archive.ask(tables.probe, UPGRADE_SECONDS)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The current session of a conversation."""
        async with self._hold(_checked(sender_id)):
            talk = await self._talk(sender_id)
            tracker = self._tracker(sender_id, talk.session)
            talk.held = len(tracker.events) if tracker else 0
        if tracker and _is_long(tracker):
            # Written with the turn that now begins, which still sees what was said before.
            tracker.update_with_events(_next_session(tracker), self.domain)
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """All sessions of a conversation; to be read, not to be saved."""
        archive = self._of(_checked(conversation_id))
        known = archive.memory.get(conversation_id)
        try:
            rows = await archive.ask(partial(tables.all_rows, chat_of(conversation_id)))
        except Away:
            rows = known.rows if known else []
        return self._tracker(conversation_id, rows)

    async def rows_before(
        self, conversation_id: str, before: int | None = None, most: int = LAST
    ) -> list[Row]:
        """The last rows of a conversation, or the last before a number, in order."""
        before = LAST if before is None else before
        archive = self._of(_checked(conversation_id))
        known = archive.memory.get(conversation_id)
        asked = partial(tables.rows_before, chat_of(conversation_id), before, most)
        try:
            return await archive.ask(asked)
        except Away:
            return known.before(before, most) if known else []

    async def events_after(self, conversation_id: str, message_id: str) -> list[Kept]:
        """What its turn said after the message with this id; nothing where it is not known."""
        archive, message = self._of(_checked(conversation_id)), digest(message_id)
        known = archive.memory.get(conversation_id)
        try:
            rows = await archive.ask(
                partial(tables.message_rows, chat_of(conversation_id), message)
            )
        except Away:
            rows = known.of_message(message) if known else []
        return [event for turn in turns_of(rows) for event in turn[1:]]

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the new events of a tracker."""
        conversation = tracker.sender_id
        async with self._hold(_checked(conversation)):
            archive = self._of(conversation)
            if archive.memory.is_forgotten(conversation):
                return
            await self.stream_events(tracker)
            talk = archive.memory.get(conversation) or await self._talk(conversation)
            talk.take_up(conversation, list(tracker.events))
            await archive.write(conversation, talk)

    async def append_reply(self, conversation: str, reply: dict[str, Any]) -> None:
        """Add a reply to the history that no kept message asked for.

        No turn needs to run, and one that runs goes on undisturbed: slots and forms stay, and the
        reply is no part of what a message that is sent again gets.

        Args:
            conversation: its id; it may be new.
            reply: `text`, `custom` and, if any, `buttons`, as the channel sends them.
        """
        data = {name: reply[name] for name in ("buttons", "custom") if reply.get(name)}
        async with self._hold(_checked(conversation)):
            archive = self._of(conversation)
            forgotten = archive.memory.is_forgotten(conversation)
            talk = await self._talk(conversation)
            if forgotten:
                talk.held = sys.maxsize  # what a turn that still runs has loaded stays deleted
            begun = [] if talk.rows else _session()
            talk.append(conversation, [*begun, BotUttered(reply["text"], data)])
            await archive.write(conversation, talk)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        unkept = self._unkept.memory.conversations()
        if self._archive is self._unkept:
            return unkept
        try:
            kept = [unpack(row)[0] for row in await self._archive.ask(tables.first_rows)]
        except Away:
            kept = self._archive.memory.conversations()
        return [*kept, *unkept]

    async def set_code(self, conversation_id: str, code: bytes, until: float) -> bool:
        """Let a code lead to a conversation, in place of an earlier one.

        Args:
            code: its digest; the code itself is kept nowhere.
            until: seconds since 1970.

        Returns:
            False where nothing of the conversation is kept.

        Raises:
            Away: the database cannot be reached.
        """
        if not self.days(_checked(conversation_id)):
            return False
        chat = chat_of(conversation_id)
        return await self._of(conversation_id).ask(partial(tables.set_code, chat, code, until))

    async def use_code(self, code: bytes, allowed: Callable[[str], bool]) -> str | None:
        """The conversation that a code leads to, which it never does again.

        Args:
            code: its digest.
            allowed: whether the code may lead to a conversation; else it stays as it is.

        Returns:
            None where the code leads nowhere.

        Raises:
            Away: the database cannot be reached.
        """
        if not self._writes:
            return None
        rows = await self._archive.ask(partial(tables.rows_of_code, code, time.time()))
        conversation = unpack(rows[0])[0] if rows else ""
        if not conversation or not self.days(conversation) or not allowed(conversation):
            return None
        used = await self._archive.ask(partial(tables.use_code, code))
        return conversation if used else None

    async def forget(self, conversation_id: str) -> None:
        """Delete every trace of a conversation, also from a turn that still runs.

        Raises:
            Away: the database cannot be reached, so it may still be there: ask again later.
        """
        one = partial(tables.delete_some, chat_of(_checked(conversation_id)))
        async with self._hold(conversation_id):
            while self._writes and await self._one_slice(one):
                pass
            for archive in {self._archive, self._unkept}:
                archive.memory.forget(conversation_id)
        await self._scrub()

    async def prune(self, older_than_days: float | None = None) -> None:
        """Delete the events that are older, and their copies in memory that were not used since.

        Args:
            older_than_days: where it is left out each school has its own.

        Raises:
            Away: the database cannot be reached.
        """
        now = time.time()

        def before(days: int) -> float:
            return now - (days if older_than_days is None else older_than_days) * DAY

        if not self._writes:
            return
        self._archive.memory.drop(lambda conversation: before(self.days(conversation)))
        await self._archive.ask(partial(tables.drop_codes, now))
        days = self._days_by_school()
        for school in await self._archive.ask(tables.schools):
            old = before(days.get(school, days[b""]))
            while await self._one_slice(partial(tables.delete_old, school, old)):
                pass
        await self._prune_beside()
        while await self._one_slice(tables.shrink):
            pass
        await self._scrub()

    async def _prune_beside(self) -> None:
        """Delete old counts and decisions, and questions over the days of their school."""
        today = date.today()
        await self._archive.ask(partial(counts.remove_old, today))
        await self._archive.ask(partial(questions.undecide_old, today))
        for slug in await self._archive.ask(questions.schools):
            first = today - timedelta(days=self._days_of_questions(slug) - 1)
            while await self._one_slice(partial(questions.delete_old, slug, first)):
                pass

    def _days_of_questions(self, slug: str) -> int:
        """Days that questions of a school are kept, the day of asking among them; 0: none is."""
        school = self._schools.with_slug(slug) if self._schools else None
        return school.keep_days if school and school.collects else 0

    def let_go(self, unused_days: float) -> None:
        """Drop the conversations that are in memory alone and were not used since."""
        before = time.time() - unused_days * DAY
        self._unkept.memory.drop(lambda _: before)

    def _days_by_school(self) -> dict[bytes, int]:
        """The days of each school, by what stands for it in the tables."""
        if not self._schools:
            return {b"": self._fixed or 0}
        return {school_of(slug): days for slug, days in self._schools.days().items()}

    async def healthy(self) -> bool:
        """Whether what is written now can be read back."""
        try:
            return not self._writes or await self._archive.ask(tables.probe)
        except Away:
            return False

    def warn_once(self, conversation_id: str) -> bool:
        """Whether to tell the student now that the assistant may forget: once a conversation."""
        archive = self._of(conversation_id)
        talk = archive.memory.get(conversation_id)
        if not archive.degraded or talk is None or talk.warned:
            return False
        talk.warned = True
        return True

    async def ask(self, work: Work[Result]) -> Result:
        """What the database says to work on what is kept beside the conversations.

        Raises:
            Away: there is none, or it cannot be reached.
        """
        return await self._kept().ask(work)

    async def count_feedback(self, conversation: str, guide: str, topic: str, verdict: str) -> None:
        """Count a verdict, 'up' or 'down', on an answer; with `keep_days` 0 nothing is counted.

        The names are the caller's to check: each new one is a new row.

        Raises:
            ValueError: the verdict is neither.
            Away: the database cannot be reached, so it was not counted.
        """
        if verdict not in ("up", "down"):
            raise ValueError(f"verdict: found {verdict!r}, expected 'up' or 'down'")
        if self.days(conversation):
            school = slug_of(conversation)
            await self._of(conversation).ask(
                partial(counts.vote, school, guide, topic, verdict, date.today())
            )

    async def feedback_counts(self) -> list[Votes]:
        """The counts of all days and schools, by guide and topic.

        Raises:
            Away: the database cannot be reached.
        """
        return await self._archive.ask(counts.votes) if self._writes else []

    def close(self) -> None:
        """Let go of the database; what it does not have by now is lost."""
        self._archive.close()

    @property
    def _writes(self) -> bool:
        """Whether there is a database."""
        return self._archive is not self._unkept

    def _of(self, conversation: str) -> Archive:
        """Where a conversation is kept; a school may begin to keep while the server runs."""
        return self._kept() if self.days(conversation) else self._unkept

    def _kept(self) -> Archive:
        """What is kept; that in memory where no school keeps anything."""
        if not self._writes and self.keep_days:
            self._archive = Archive(Database(database_url()))
        return self._archive

    async def _one_slice(self, work: Work[int]) -> int:
        # One at a time, and then a rest as long: others are behind one slice at most, and the
        # database has half of the time for them.
        async with self._deleting:
            started = time.monotonic()
            done = await self._archive.ask(work)
            await asyncio.sleep(time.monotonic() - started)
            return done

    async def _scrub(self) -> None:
        """Take what was deleted out of the log too; once for all who wait for it."""
        if not self._writes:
            return
        self._deletions = mine = self._deletions + 1
        until = time.monotonic() + SCRUB_SECONDS
        async with self._scrubbing:
            if self._scrubbed >= mine:
                return
            reached = self._deletions
            while not await self._archive.ask(tables.scrub, SCRUB_SECONDS):
                if time.monotonic() > until:
                    raise Away("what was deleted still stands in the log: another process reads it")
                await asyncio.sleep(0.1)
            self._scrubbed = reached

    def _hold(self, conversation: str) -> asyncio.Lock:
        """Keep two from changing what is known of a conversation at once; for moments, not turns."""
        return self._held.setdefault(conversation, asyncio.Lock())

    async def _talk(self, conversation: str) -> Talk:
        """The talk as the database has it, or as it is remembered; to be called while held."""
        archive = self._of(conversation)
        known = archive.memory.get(conversation)
        talk = known or Talk(placed=False)
        with contextlib.suppress(Away):
            talk.learn(await archive.ask(partial(tables.session_rows, chat_of(conversation))))
        if not known:
            talk.held = len(events_of(talk.session))
        archive.memory.put(conversation, talk)
        return talk

    def _tracker(self, conversation: str, rows: Sequence[Row]) -> DialogueStateTracker | None:
        events = events_of(rows)
        if not events:
            return None
        return DialogueStateTracker.from_events(conversation, events, self.domain.slots)


def _is_long(tracker: DialogueStateTracker) -> bool:
    said = sum(isinstance(event, UserUttered) for event in tracker.events)
    return said >= MOST_TURNS and tracker.latest_action_name == ACTION_LISTEN_NAME


def _next_session(tracker: DialogueStateTracker) -> list[Event]:
    """A session that goes on where this one is, in a form too."""
    slots = [
        SlotSet(name, slot.value)
        for name, slot in tracker.slots.items()
        if slot.value != slot.initial_value
    ]
    form = tracker.active_loop_name
    loop = [ActionExecuted(form), ActiveLoop(form)] if form else []
    return _session(*slots, *loop)


def _session(*events: Event) -> list[Event]:
    """The beginning of a session, in which these events have happened."""
    start = ActionExecuted(ACTION_SESSION_START_NAME)
    return [start, SessionStarted(), *events, ActionExecuted(ACTION_LISTEN_NAME)]


def unwrapped(store: TrackerStore) -> TrackerStore:
    """The store inside of those that Rasa puts around it."""
    while isinstance(store, FailSafeTrackerStore | AwaitableTrackerStore):
        store = store._tracker_store
    return store


def _checked(conversation: str) -> str:
    # A NUL or a lone surrogate cannot be written, and would look like a fault of the database.
    if not conversation.isprintable() or len(conversation) > LONGEST_ID:
        raise ValueError(f"conversation id: expected at most {LONGEST_ID} printable characters")
    return conversation
