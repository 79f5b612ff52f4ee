"""Deletes conversations when their time is up, again and again while the assistant runs."""

from __future__ import annotations

import asyncio
import logging

from conversations.database import Away
from conversations.store import ConversationStore

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 60 * 60
IDLE_DAYS = 1 / 24
"""How long a conversation stays in memory unused where nothing is kept: a session's hour."""
IDLE_INTERVAL_SECONDS = 60


async def keep_to_limit(store: ConversationStore) -> None:
    """Delete what is older than `keep_days`, until cancelled."""
    while True:
        try:
            await store.prune(store.keep_days or IDLE_DAYS)
        except Away as error:
            log.error("old conversations are not deleted yet: %s", error)
        await asyncio.sleep(INTERVAL_SECONDS if store.keep_days else IDLE_INTERVAL_SECONDS)
