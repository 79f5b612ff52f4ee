"""The database as the store sees it: there, away for a while, or none at all."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from conversations import tables
from conversations.database import SECONDS, Away, Database
from conversations.memory import Memory, Talk
from conversations.packing import chat_of

log = logging.getLogger(__name__)

RETRY_SECONDS = 1

Result = TypeVar("Result")
Work = Callable[[Connection], Result]


class Archive:
    """A database, and the memory that stands in for it while it is away.

    The first failure makes it `degraded`: nobody waits for the database again before it is back
    and has been given all that was said meanwhile.
    """

    def __init__(self, database: Database | None) -> None:
        self.database = database
        self.memory = Memory()
        self.degraded = False
        self._recovery: asyncio.Task[None] | None = None

    async def ask(self, work: Work[Result], seconds: float = SECONDS) -> Result:
        """What the database says.

        Raises:
            Away: there is none, or it is away, or it has just gone.
        """
        if self.database is None or self.degraded:
            raise Away("conversations are in memory alone")
        try:
            return await self.database.ask(work, seconds)
        except Away as error:
            if not self.degraded:
                self.degraded = True
                log.error("the database is away, conversations are kept in memory: %s", error)
                self._recovery = asyncio.ensure_future(self._recover(self.database))
            raise

    async def write(self, conversation: str, talk: Talk) -> None:
        """Give the database what it does not have of a talk, now or when it is back."""
        if self.database is None:
            talk.unsaved.clear()
        self.memory.put(conversation, talk)
        with contextlib.suppress(Away):
            await _write(self.ask, conversation, talk)

    def close(self) -> None:
        """Let go of the database; what it does not have by now is lost."""
        if lost := len(self.memory.unsaved()):
            log.error("stopped while the database is away: %s conversations are not written", lost)
        if self._recovery:
            self._recovery.cancel()
        if self.database:
            self.database.close()

    async def _recover(self, database: Database) -> None:
        while self.degraded:
            await asyncio.sleep(RETRY_SECONDS)
            with contextlib.suppress(Away):
                await database.ask(tables.probe)
                while unsaved := self.memory.unsaved():
                    for conversation, talk in unsaved:
                        await _write(database.ask, conversation, talk)
                self.degraded = False
        log.warning("the database is back, and has all that was said meanwhile")


async def _write(ask: Callable[[Work[Any]], Awaitable[Any]], conversation: str, talk: Talk) -> None:
    chat = chat_of(conversation)
    if talk.unsaved and not talk.placed:
        first = await ask(partial(tables.next_number, chat))
        if not talk.placed:
            talk.place(first)
    if rows := list(talk.unsaved):
        await ask(partial(tables.insert, chat, rows))
        talk.saved(rows[-1].number)
