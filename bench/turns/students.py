"""Students who ask over HTTP, and what they saw."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from bench.turns.variants import Variant

QUESTIONS = (
    "what does an mlops engineer do",
    "how much do they make",
    "what do i have to study",
    "is it stressful",
    "what should i do in high school",
)
"""A conversation as students have it: five questions, each with an answer of the guide."""
QUIZ = ("is this job for me, quiz me", "yes", "no", "yes", "no", "yes")
UNREAD = ("qwpo zmxn rytu", "lkjh vbnm", "zzxx ccvv bbnn", "plok mijn", "uhb ygv tfc")
"""Nothing that anybody understands."""

SECONDS = 60
"""Limit of one request."""
READY_SECONDS = 300


@dataclass
class Seen:
    """What students saw: seconds of each turn, and replies that were not as they should be."""

    seconds: list[float] = field(default_factory=list)
    empty: int = 0
    wrong: int = 0
    failed: int = 0

    def percentile_ms(self, percent: int) -> float:
        """The time below which so many percent of the turns were."""
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000


class Students:
    """Asks a variant."""

    def __init__(self, variant: Variant, http: ClientSession) -> None:
        self._variant, self._http = variant, http
        self._numbers = itertools.count()

    async def sender(self) -> str:
        """A new conversation."""
        if not self._variant.sessions:
            return f"student-{next(self._numbers)}"
        _, body = await self._post(self._variant.sessions, {})
        return str(body["sender"])

    async def ask(self, sender: str, message: str) -> str:
        """The words of the reply; empty where there were none.

        Raises:
            aiohttp.ClientError: no answer, or none with status 200.
        """
        status, replies = await self._post(
            self._variant.webhook, {"sender": sender, "message": message}
        )
        if status != 200:
            raise ClientError(f"status {status}")
        return "\n".join(str(reply.get("text", "")) for reply in replies).strip()

    async def _post(self, path: str, body: dict[str, str]) -> tuple[int, Any]:
        async with self._http.post(self._variant.address + path, json=body) as answer:
            return answer.status, await answer.json()


@asynccontextmanager
async def students(variant: Variant) -> Any:
    """Students of a running variant."""
    connector = TCPConnector(limit=0)
    async with ClientSession(connector=connector, timeout=ClientTimeout(SECONDS)) as http:
        yield Students(variant, http)


async def await_answer(asking: Students, started: float) -> float:
    """Seconds from the start to the first answer with words in it."""
    while time.perf_counter() - started < READY_SECONDS:
        try:
            if await asking.ask(await asking.sender(), QUESTIONS[0]):
                return time.perf_counter() - started
        except (ClientError, OSError, KeyError, asyncio.TimeoutError):
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError("no answer: see the logs in its folder")


async def converse(asking: Students, messages: Sequence[str]) -> list[str]:
    """The replies to a new conversation."""
    sender = await asking.sender()
    return [await asking.ask(sender, message) for message in messages]


async def crowd(asking: Students, many: int, seconds: float, rest: Sequence[str]) -> Seen:
    """So many students at once, each with one conversation after another, without a pause.

    Args:
        rest: the replies to the same conversation at rest.
    """
    seen, until = Seen(), time.perf_counter() + seconds

    async def student() -> None:
        while time.perf_counter() < until:
            sender = await asking.sender()
            for message, expected in zip(QUESTIONS, rest, strict=True):
                await _note(seen, asking, sender, message, expected)

    await asyncio.gather(*(student() for _ in range(many)))
    return seen


async def _note(seen: Seen, asking: Students, sender: str, message: str, expected: str) -> None:
    started = time.perf_counter()
    try:
        said = await asking.ask(sender, message)
    except (ClientError, asyncio.TimeoutError):
        seen.failed += 1
        return
    seen.seconds.append(time.perf_counter() - started)
    seen.empty += not said
    seen.wrong += bool(said) and said != expected


def rounds(messages: Sequence[str], count: int) -> Iterator[str]:
    """So many messages, over and over."""
    return itertools.islice(itertools.cycle(messages), count)
