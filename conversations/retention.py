"""Deletes conversations when their time is up, again and again while the assistant runs."""

from __future__ import annotations

import asyncio
import logging
import time

from conversations.database import Away
from conversations.store import ConversationStore

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 60 * 60
IDLE_DAYS = 1 / 24
"""How long a conversation stays in memory unused where nothing is kept: a session's hour."""
IDLE_INTERVAL_SECONDS = 60


async def keep_to_limit(store: ConversationStore) -> None:
    """Delete what is older than the `keep_days` of its school, until cancelled."""
    due = time.monotonic()
    while True:
        store.let_go(IDLE_DAYS)
        if time.monotonic() >= due:
            due = time.monotonic() + INTERVAL_SECONDS
            try:
                await store.prune()
            except Away as error:
                log.error("old conversations are not deleted yet: %s", error)
        await asyncio.sleep(min(INTERVAL_SECONDS, IDLE_INTERVAL_SECONDS))
