"""The figures of one variant."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.turns.students import (
    QUESTIONS,
    QUIZ,
    UNREAD,
    Seen,
    Students,
    await_answer,
    converse,
    crowd,
    rounds,
    students,
)
from bench.turns.variants import Variant

CROWDS = (1, 8, 64)
LONG = 150
"""Turns of the long conversation."""
EDGE = 10
"""Turns at each end of it that are compared; several such conversations run in step."""
SIDE_BY_SIDE = 4
WARM_UP = 20
"""Conversations before anything is measured: first turns fill caches."""


@dataclass
class Figures:
    """What was measured of a variant; times in seconds or, where named so, milliseconds."""

    training: float
    model_mb: float
    ready: float = 0
    memory_mb: float = 0
    cpu_ms: dict[str, float] = field(default_factory=dict)
    """CPU of a turn by the kind of conversation."""
    crowds: dict[int, Seen] = field(default_factory=dict)
    per_second: dict[int, float] = field(default_factory=dict)


async def measured(variant: Variant, training: float, model_mb: float, seconds: float) -> Figures:
    """Start a variant, measure, and stop it."""
    found = Figures(training, model_mb)
    started = time.perf_counter()
    variant.start()
    try:
        async with students(variant) as asking:
            found.ready = await await_answer(asking, started)
            rest = await _at_rest(asking)
            found.cpu_ms = {
                "answer": await _cpu_ms(variant, asking, QUESTIONS, 60),
                "quiz": await _cpu_ms(variant, asking, QUIZ, 30),
                "fallback": await _cpu_ms(variant, asking, UNREAD, 40),
                **await _long(variant, asking),
            }
            for many in CROWDS:
                started = time.perf_counter()
                seen = await crowd(asking, many, seconds, rest)
                found.crowds[many] = seen
                found.per_second[many] = len(seen.seconds) / (time.perf_counter() - started)
            found.memory_mb = variant.memory_mb()
    finally:
        variant.stop()
    return found


async def _at_rest(asking: Students) -> list[str]:
    for messages in (QUIZ, UNREAD):
        await converse(asking, messages)
    return [await converse(asking, QUESTIONS) for _ in range(WARM_UP)][-1]


async def _cpu_ms(
    variant: Variant, asking: Students, messages: Sequence[str], conversations: int
) -> float:
    before = variant.cpu_seconds()
    for _ in range(conversations):
        await converse(asking, messages)
    used = variant.cpu_seconds() - before
    return used * 1000 / (conversations * len(messages))


async def _long(variant: Variant, asking: Students) -> dict[str, float]:
    """CPU of a turn over the first and over the last turns of long conversations."""
    senders = [await asking.sender() for _ in range(SIDE_BY_SIDE)]
    used: list[float] = []
    for message in rounds(QUESTIONS, LONG):
        before = variant.cpu_seconds()
        await asyncio.gather(*(asking.ask(sender, message) for sender in senders))
        used.append((variant.cpu_seconds() - before) * 1000 / SIDE_BY_SIDE)
    return {
        "first": sum(used[:EDGE]) / EDGE,
        "last": sum(used[-EDGE:]) / EDGE,
        "most": max(sum(used[at : at + EDGE]) / EDGE for at in range(LONG - EDGE)),
    }


def as_data(found: Figures) -> dict[str, Any]:
    """The figures for a JSON file, with each crowd in a few numbers."""
    data = {**vars(found)}
    data["crowds"] = {
        many: {
            "turns": len(seen.seconds),
            "p50": seen.percentile_ms(50),
            "p95": seen.percentile_ms(95),
            "p99": seen.percentile_ms(99),
            "empty": seen.empty,
            "wrong": seen.wrong,
            "failed": seen.failed,
            "per_second": found.per_second[many],
        }
        for many, seen in found.crowds.items()
    }
    return data
