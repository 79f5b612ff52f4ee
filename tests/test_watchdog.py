"""A process whose event loop stands still is given up; one that runs is left alone."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from serving.watchdog import EXIT, Watchdog, tell_systemd

STANDS_STILL = """
import asyncio, time
from serving.watchdog import Watchdog

async def stand_still():
    watchdog = Watchdog(0.3)
    asyncio.ensure_future(watchdog.beat())
    watchdog.start()
    await asyncio.sleep(0)
    time.sleep(60)

asyncio.run(stand_still())
"""


def test_a_loop_that_stands_still_is_noticed() -> None:
    """Once it has not run for as long as the limit."""
    given_up = threading.Event()
    watchdog = Watchdog(0.3, given_up.set)

    async def stand_still() -> None:
        beating = asyncio.ensure_future(watchdog.beat())
        watchdog.start()
        await asyncio.sleep(1)
        assert not given_up.is_set()
        time.sleep(2)  # nothing else runs in the loop
        beating.cancel()

    asyncio.run(stand_still())
    assert given_up.is_set()


def test_a_process_that_stands_still_ends() -> None:
    """With a code that makes its supervisor start another, and with the place where it stood."""
    done = subprocess.run(
        [sys.executable, "-c", STANDS_STILL],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == EXIT and "in stand_still" in done.stderr


def test_systemd_hears_that_it_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the socket that it names; without one nothing is sent."""
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    tell_systemd("WATCHDOG=1")
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(path))
        monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        tell_systemd("READY=1")
        assert heard.recv(64) == b"READY=1"
    tell_systemd("WATCHDOG=1")  # nobody listens any more: logged, and no more
