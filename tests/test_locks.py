"""One turn of a conversation at a time, in the order in which they came."""

from __future__ import annotations

import asyncio

import pytest

from conversations.database import Unplaced, redis_url
from conversations.locks import ConversationLocks


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GUIDEPOST_REDIS", raising=False)


async def test_turns_of_one_conversation_wait_in_order() -> None:
    """Fifty at once run one after the other; those of another conversation do not wait."""
    locks, ran, most = ConversationLocks(), [], 0
    running = 0

    async def turn(number: int) -> None:
        nonlocal running, most
        async with locks.lock("a"):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.001)
            running -= 1
            ran.append(number)

    async with locks.lock("b"):
        await asyncio.wait_for(asyncio.gather(*map(turn, range(50))), 5)
    assert ran == list(range(50)) and most == 1


async def test_a_turn_that_fails_lets_go() -> None:
    """Also one that is cancelled."""
    locks = ConversationLocks()
    with pytest.raises(ValueError):
        async with locks.lock("a"):
            raise ValueError
    waiting = asyncio.ensure_future(hold_for_ever(locks))
    await asyncio.sleep(0.01)
    waiting.cancel()
    async with locks.lock("a"):
        pass
    assert not locks._here or len(locks._here) <= 1


async def hold_for_ever(locks: ConversationLocks) -> None:
    async with locks.lock("a"):
        await asyncio.sleep(1000)


async def test_no_lock_is_kept_for_nobody() -> None:
    """Memory does not grow by conversations that are over."""
    locks = ConversationLocks()
    for number in range(100):
        async with locks.lock(str(number)):
            pass
    assert len(locks._here) <= 1


async def test_turns_go_on_without_redis(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A Redis that is away costs its lock, is named once, and stops nobody."""
    monkeypatch.setenv("GUIDEPOST_REDIS", "redis://127.0.0.1:1/0")
    locks = ConversationLocks()
    for _ in range(3):
        async with locks.lock("a"):
            pass
    assert caplog.text.count("Redis is away") == 1


@pytest.mark.parametrize("address", ["localhost:6379", "http://x", "secret"])
def test_an_address_that_is_none_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without saying it again."""
    monkeypatch.setenv("GUIDEPOST_REDIS", address)
    with pytest.raises(Unplaced) as refused:
        redis_url()
    assert "redis://" in str(refused.value) and "secret" not in str(refused.value)
