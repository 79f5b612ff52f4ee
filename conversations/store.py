"""Rasa's tracker store: conversations in a database, and in memory while that is away."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import AwaitableTrackerStore, FailSafeTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from conversations import tables
from conversations.archive import Archive
from conversations.database import SCRUB_SECONDS, Away, Database, database_url
from conversations.events import events_of
from conversations.memory import Talk
from conversations.tables import Count, Row
from guides.loading import load_guides
from guides.school import load_school

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
    memory; what was said meanwhile is written when it is back. With `keep_days` 0 there is no
    database, and the copy is all. One process serves a conversation: replicas would need a lock.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        keep_days: int | None = None,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        if keep_days is None:
            keep_days = load_school(load_guides()).keep_days
        self.keep_days = keep_days
        self._archive = Archive(Database(database_url()) if keep_days else None)
        self._memory = self._archive.memory

    @property
    def degraded(self) -> bool:
        """Whether the database is away, so that a restart would lose what is said now."""
        return self._archive.degraded

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The current session of a conversation."""
        talk = await self._begin_turn(sender_id)
        tracker = self._tracker(sender_id, talk.rows)
        talk.held = len(tracker.events) if tracker else 0
        if tracker and _is_long(tracker):
            # Written with the turn that now begins, which still sees what was said before.
            tracker.update_with_events(_next_session(tracker), self.domain)
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """All sessions of a conversation; to be read, not to be saved."""
        known = self._memory.get(_checked(conversation_id))
        try:
            rows = await self._archive.ask(partial(tables.all_rows, conversation_id))
        except Away:
            rows = known.rows if known else []
        return self._tracker(conversation_id, rows)

    async def events_after(self, conversation_id: str, message_id: str) -> list[Event]:
        """What came after the message with this id; nothing where it is not known."""
        known = self._memory.get(_checked(conversation_id))
        try:
            rows = await self._archive.ask(partial(tables.rows_after, conversation_id, message_id))
        except Away:
            rows = known.after(tables.mark(message_id)) if known else []
        return events_of(rows)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the new events of a tracker."""
        conversation = tracker.sender_id
        if self._memory.is_forgotten(conversation):
            return
        await self.stream_events(tracker)
        talk = self._memory.get(conversation) or await self._begin_turn(conversation)
        talk.add(list(tracker.events))
        await self._archive.write(conversation, talk)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        try:
            return await self._archive.ask(tables.conversations)
        except Away:
            return self._memory.conversations()

    async def forget(self, conversation_id: str) -> None:
        """Delete every trace of a conversation, also from a turn that still runs.

        Raises:
            Away: the database cannot be reached, so it may still be there: ask again later.
        """
        if self.keep_days:
            await self._archive.ask(partial(tables.delete, _checked(conversation_id)))
        self._memory.forget(conversation_id)
        if self.keep_days:
            await self._archive.ask(tables.scrub, SCRUB_SECONDS)

    async def prune(self, older_than_days: float) -> None:
        """Delete the events that are older, and the copies in memory that were not used since.

        Raises:
            Away: the database cannot be reached.
        """
        before = time.time() - older_than_days * DAY
        self._memory.drop(before)
        if self.keep_days:
            while await self._archive.ask(partial(tables.delete_some, before)):
                pass
            await self._archive.ask(tables.scrub, SCRUB_SECONDS)

    async def healthy(self) -> bool:
        """Whether what is written now can be read back."""
        try:
            return not self.keep_days or await self._archive.ask(tables.probe)
        except Away:
            return False

    def warn_once(self, conversation_id: str) -> bool:
        """Whether to tell the student now that the assistant may forget: once a conversation."""
        talk = self._memory.get(conversation_id)
        if not self.degraded or talk is None or talk.warned:
            return False
        talk.warned = True
        return True

    async def count_feedback(self, guide: str, topic: str, verdict: str) -> None:
        """Count a verdict, 'up' or 'down', on an answer; with `keep_days` 0 nothing is counted.

        The names are the caller's to check: each new one is a new row.

        Raises:
            ValueError: the verdict is neither.
            Away: the database cannot be reached, so it was not counted.
        """
        if verdict not in ("up", "down"):
            raise ValueError(f"verdict: found {verdict!r}, expected 'up' or 'down'")
        if self.keep_days:
            await self._archive.ask(partial(tables.count, guide, topic, verdict))

    async def feedback_counts(self) -> list[Count]:
        """The counts of all days, by guide and topic.

        Raises:
            Away: the database cannot be reached.
        """
        return await self._archive.ask(tables.counts) if self.keep_days else []

    def close(self) -> None:
        """Let go of the database; what it does not have by now is lost."""
        self._archive.close()

    async def _begin_turn(self, conversation: str) -> Talk:
        """The talk as the database has it, or as it is remembered."""
        known = self._memory.get(_checked(conversation))
        try:
            rows = await self._archive.ask(partial(tables.session_rows, conversation))
            talk = Talk(rows, warned=known.warned if known else False)
        except Away:
            talk = known or Talk(placed=False)
        talk.begin_turn()
        self._memory.put(conversation, talk)
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
    return [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        *slots,
        *loop,
        ActionExecuted(ACTION_LISTEN_NAME),
    ]


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
