"""A store of conversations for a test, and how long others wait for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain

from conversations import archive
from conversations.store import ConversationStore

DOMAIN = Domain.load(str(Path(__file__).parent.parent / "domain.yml"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the conversations of a test are kept."""
    monkeypatch.setenv("GUIDEPOST_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("GUIDEPOST_DATABASE", raising=False)
    monkeypatch.setattr(archive, "RETRY_SECONDS", 0.01)
    return tmp_path / "data"


@pytest.fixture
async def store() -> AsyncIterator[ConversationStore]:
    """An open store."""
    opened = ConversationStore(DOMAIN, keep_days=30)
    yield opened
    opened.close()


async def waits_beside(
    running: asyncio.Future[Any], turn: Callable[[], Awaitable[Any]]
) -> tuple[list[float], float]:
    """The seconds that each turn took while something else ran, in order of length, and its own."""
    waits, started = [], time.perf_counter()
    while not running.done():
        begun = time.perf_counter()
        await turn()
        waits.append(time.perf_counter() - begun)
        await asyncio.sleep(0.005)
    return sorted(waits), time.perf_counter() - started
