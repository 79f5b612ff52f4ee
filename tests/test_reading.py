"""Understanding runs beside the event loop, one message after the other."""

from __future__ import annotations

import asyncio
import threading
import time
from types import SimpleNamespace
from typing import Any

from rasa.core.channels.channel import UserMessage

from channels.reading import Reader


class Slow:
    """A processor that takes its time, and notes what it was given and where it ran."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.threads: set[str] = set()

    async def parse_message(self, message: UserMessage) -> dict[str, Any]:
        time.sleep(0.05)  # on purpose: it blocks, as understanding does
        self.read.append(message.text)
        self.threads.add(threading.current_thread().name)
        return {"text": message.text, "intent": {"name": "greet"}, "entities": []}


async def test_a_slow_message_holds_nobody_up() -> None:
    """The loop goes on meanwhile; messages are read in order, in one thread that is not the loop's."""
    slow, reader = Slow(), Reader()
    agent: Any = SimpleNamespace(processor=slow)
    reading = asyncio.gather(*(reader.read(agent, str(number)) for number in range(4)))
    turns_of_the_loop = 0
    while not reading.done():
        await asyncio.sleep(0.001)
        turns_of_the_loop += 1
    assert [found["text"] for found in reading.result() if found] == ["0", "1", "2", "3"]
    assert slow.read == ["0", "1", "2", "3"] and len(slow.threads) == 1
    assert threading.current_thread().name not in slow.threads
    assert turns_of_the_loop > 8  # held up, it would turn once a message


async def test_a_tap_is_left_to_rasa() -> None:
    """A payload needs no understanding."""
    agent: Any = SimpleNamespace(processor=None)
    assert await Reader().read(agent, "/ask_salary") is None
