"""Understands messages in a thread of its own, so that nobody waits for another's long one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

Found = TypeVar("Found")


class Reader:
    """Rasa's understanding of a message, off the event loop; one message after the other."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "understanding")
        self._loop = asyncio.new_event_loop()  # Rasa's method is a coroutine that never waits

    async def read(self, agent: Agent, text: str) -> dict[str, Any] | None:
        """What a message means, for `UserMessage.parse_data`; None for a tap, which Rasa reads."""
        if text.startswith("/"):
            return None
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._parse, agent, text)

    def _parse(self, agent: Agent, text: str) -> dict[str, Any]:
        parsing = agent.processor.parse_message(UserMessage(text))
        understood: dict[str, Any] = self._loop.run_until_complete(parsing)
        return understood


class Screener:
    """Searches messages for distress in a thread of its own, one after the other."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "screening")

    async def run(self, search: Callable[[], Found]) -> Found:
        """What a search finds, while the event loop goes on."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, search)
