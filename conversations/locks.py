"""One turn of a conversation at a time: in this process, and among replicas that share a Redis."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock_store import LockStore
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from conversations.database import redis_url

log = logging.getLogger(__name__)

SECONDS = 1
"""How long one waits for Redis itself."""
LIFETIME = 3
"""Seconds that a lock outlives its process: a killed replica must not keep a student waiting."""
RENEWAL = 1
"""Seconds between two renewals of a lock that is held."""
PATIENCE = 12
"""Seconds that a turn waits for the one before it."""


class ConversationLocks(LockStore):
    """Rasa's lock store without its polling: whoever came first is served first.

    While Redis is away turns go on with the lock of this process alone. That is enough as long
    as a proxy sends one student to one replica.
    """

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        url = redis_url()
        limits = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
        self._redis: Redis[bytes] | None = Redis.from_url(url, **limits) if url else None
        self._away = False

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        """Hold a conversation.

        Raises:
            LockError: a replica held it for too long.
        """
        here = self._here.setdefault(conversation_id, asyncio.Lock())
        async with here:
            held = await self._hold(conversation_id) if self._redis else None
            keeping = asyncio.ensure_future(_renew(held)) if held else None
            try:
                yield
            finally:
                if held and keeping:
                    keeping.cancel()
                    # Gone already, or Redis is away: then it ends by itself.
                    with contextlib.suppress(LockError, RedisError, OSError):
                        await held.release()

    async def _hold(self, conversation_id: str) -> Lock | None:
        """The lock among the replicas; None while Redis is away."""
        assert self._redis
        lock = self._redis.lock(f"guidepost:{conversation_id}", timeout=LIFETIME, sleep=0.05)
        try:
            held = await lock.acquire(blocking_timeout=PATIENCE)
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            self._note(away=True, said=type(error).__name__)
            return None
        self._note(away=False)
        if not held:
            raise LockError("another replica holds the conversation")
        return lock

    def _note(self, away: bool, said: str = "") -> None:
        if away and not self._away:
            log.error("Redis is away, replicas do not wait for each other: %s", said)
        elif self._away and not away:
            log.warning("Redis is back")
        self._away = away


async def _renew(lock: Lock) -> None:
    with contextlib.suppress(LockError, RedisError, OSError):
        while True:
            await asyncio.sleep(RENEWAL)
            await lock.reacquire()
