"""How long other students wait for the store while many chats are deleted from a large database."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import quantiles

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from sqlalchemy.engine import Connection

from bench.nlu.sets import ROOT
from conversations import tables
from conversations.packing import digest
from conversations.store import DAY, ConversationStore
from conversations.tables import HEAD, PAGE, Row

OF_A_CHAT = 12
"""Turns."""
AT_ONCE = 30
"""Chats whose turns were written side by side."""
STUDENTS = 4
PAUSE = 0.1
"""Seconds between two turns of a student: together a third of what one process answers."""
REST_SECONDS = 10
FORGETTING = 20
"""Students who delete their chats at the same time."""
FILL_SECONDS = 60
BYTES = 965
"""Of a turn, about."""


@dataclass
class Figures:
    """Seconds that each turn of others spent in the store, and how long the deletion took."""

    name: str
    seconds: list[float] = field(default_factory=list)
    took: float = 0

    def percentile_ms(self, percent: int) -> float:
        """The time below which so many percent of the turns were."""
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000


async def measured(gigabytes: float, chats: int, folder: Path) -> list[Figures]:
    """Fill a database, and measure at rest, while chats are deleted, and while old ones go."""
    store = ConversationStore(Domain.load(str(ROOT / "domain.yml")), keep_days=30)
    database = store._archive.database
    assert database
    turns = int(gigabytes * 1e9 / BYTES)
    started = time.perf_counter()
    for group in range(turns // (AT_ONCE * OF_A_CHAT)):
        old = group < chats // AT_ONCE
        await database.ask(partial(_fill, group, old), FILL_SECONDS)
    await database.ask(tables.scrub, FILL_SECONDS)
    print(f"filled in {time.perf_counter() - started:.0f} s: {_size_mb(folder):.0f} MB", flush=True)
    groups = range(chats // AT_ONCE, 2 * (chats // AT_ONCE))
    doomed = [_name(group, chat) for group in groups for chat in range(AT_ONCE)]
    found = [
        await _while("at rest", store, asyncio.sleep(REST_SECONDS)),
        await _while(f"while {len(doomed)} chats are deleted", store, _forget(store, doomed)),
        await _while(f"while {len(doomed)} old chats go", store, store.prune(20)),
    ]
    print(f"{_size_mb(folder):.0f} MB after it; degraded: {store.degraded}", flush=True)
    store.close()
    return found


def _size_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def _name(group: int, chat: int) -> str:
    return f"chat-{group}-{chat}"


def _fill(group: int, old: bool, connection: Connection) -> None:
    begun = time.time() - (25 if old else 10) * DAY
    chats = [digest(_name(group, chat)) for chat in range(AT_ONCE)]
    rows = [
        {"chat": chat, **Row(turn, 0, begun + turn, os.urandom(16), _data())._asdict()}
        for turn in range(OF_A_CHAT)
        for chat in chats
    ]
    connection.execute(tables.INSERT, rows)


def _data() -> bytes:
    # As many pages as real turns have: `python -m bench.store turns`.
    pages = random.choices((1, 2, 3), (47, 47, 6))[0]
    return bytes(HEAD) + os.urandom(pages * PAGE)


async def _forget(store: ConversationStore, names: list[str]) -> None:
    waiting: Iterator[str] = iter(names)

    async def student() -> None:
        for name in waiting:
            await store.forget(name)

    await asyncio.gather(*(student() for _ in range(FORGETTING)))


async def _while(name: str, store: ConversationStore, work: Awaitable[None]) -> Figures:
    found, running, started = Figures(name), True, time.perf_counter()

    async def student(number: int) -> None:
        turn = 0
        while running:
            begun = time.perf_counter()
            await _turn(store, f"{name} {number} {turn // OF_A_CHAT}")
            found.seconds.append(time.perf_counter() - begun)
            turn += 1
            await asyncio.sleep(PAUSE)

    students = [asyncio.ensure_future(student(number)) for number in range(STUDENTS)]
    await work
    found.took, running = time.perf_counter() - started, False
    await asyncio.gather(*students)
    return found


async def _turn(store: ConversationStore, conversation: str) -> None:
    tracker = await store.get_or_create_tracker(conversation)
    tracker.update(UserUttered("how much do they make", {"name": "ask_salary"}))
    tracker.update(ActionExecuted("action_answer"))
    tracker.update(BotUttered("They earn enough. " * 20, {"custom": {"kind": "answer"}}))
    tracker.update(SlotSet("topic", "salary"))
    tracker.update(ActionExecuted("action_listen"))
    await store.save(tracker)
