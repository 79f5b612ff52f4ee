"""A message that is sent again is answered from the first result, and never run twice."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from channels.messages import Refused

REMEMBERED = 5_000
"""Answers in memory for a retry; the oldest goes first. Older ones stand in the store."""
SHAPE = re.compile(r"[A-Za-z0-9-]{8,64}")

Replies = list[dict[str, Any]]


class Once:
    """Runs each turn once for its conversation and its client-made id."""

    def __init__(self) -> None:
        self._turns: OrderedDict[tuple[str, str], asyncio.Future[Replies]] = OrderedDict()

    async def run(
        self, conversation: str, given: object, turn: Callable[[], Awaitable[Replies]]
    ) -> Replies:
        """The replies of a turn that was run for this id, else of this one.

        A caller who goes away does not break the turn off: its retry gets the same replies.

        Raises:
            Refused: 400 for an id that is none.
        """
        if given is None:
            return await asyncio.shield(asyncio.ensure_future(turn()))
        if not isinstance(given, str) or not SHAPE.fullmatch(given):
            raise Refused(400, "bad_id", 'Send "id" as 8 to 64 letters, digits and -.')
        key = (conversation, given)
        running = self._turns.get(key)
        if running is None:
            running = self._turns[key] = asyncio.ensure_future(turn())
            running.add_done_callback(lambda done: self._drop_failed(key, done))
            while len(self._turns) > REMEMBERED:
                self._turns.popitem(last=False)
        return await asyncio.shield(running)

    def forget(self, conversation: str) -> None:
        """Drop the answers of a conversation."""
        for key in [key for key in self._turns if key[0] == conversation]:
            del self._turns[key]

    def _drop_failed(self, key: tuple[str, str], done: asyncio.Future[Replies]) -> None:
        # A turn that failed may be tried again; so may one that could only apologise.
        if done.cancelled() or done.exception() or _apologised(done.result()):
            self._turns.pop(key, None)


def _apologised(replies: Replies) -> bool:
    return any(reply.get("custom", {}).get("kind") == "error" for reply in replies)
