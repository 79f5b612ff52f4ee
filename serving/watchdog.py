"""Ends a process whose event loop stands still, so that its supervisor starts another."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

BEAT = 5.0
"""Seconds between two signs of life."""
STANDS_STILL = 30.0
"""Seconds without one after which the process is given up; a turn takes 15 at most, elsewhere."""
EXIT = 70
"""The exit code: a fault of the software (sysexits.h)."""


class Watchdog:
    """A thread that looks whether the event loop still runs; systemd hears of it too."""

    def __init__(
        self,
        stands_still: float = STANDS_STILL,
        give_up: Callable[[], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit, self._clock = stands_still, clock
        self._give_up = give_up or _exit
        self._seen = clock()

    async def beat(self) -> None:
        """Show life until cancelled."""
        tell_systemd("READY=1")
        while True:
            self._seen = self._clock()
            tell_systemd("WATCHDOG=1")
            await asyncio.sleep(min(BEAT, self._limit / 3))

    def start(self) -> None:
        """Watch from now on."""
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def _watch(self) -> None:
        while self._clock() - self._seen < self._limit:
            time.sleep(min(BEAT, self._limit / 3))
        self._give_up()


def tell_systemd(state: str) -> None:
    """Send a state to the socket that systemd names (sd_notify(3)); nothing where there is none."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.connect("\0" + address[1:] if address.startswith("@") else address)
            to.sendall(state.encode("ascii"))
    except OSError as error:
        log.warning("systemd does not hear: %s", error.strerror)


def _exit() -> None:
    log.critical("the event loop stands still: giving up, so that the supervisor starts anew")
    faulthandler.dump_traceback(sys.__stderr__ or sys.stderr)
    os._exit(EXIT)
