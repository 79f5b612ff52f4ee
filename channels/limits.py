"""How much one student, one address and all together may ask; beyond it they hear when to return."""

from __future__ import annotations

import ipaddress
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from channels.messages import Refused


@dataclass(frozen=True)
class Rate:
    """So many at once, and so many more a second: a token bucket."""

    burst: int
    per_second: float


A_SESSION = Rate(40, 1)
"""Messages of one student: faster than anybody taps through a quiz, slower than a script."""
AN_ADDRESS = Rate(600, 100)
"""Messages of one address: a whole school shares one, and 300 students chat at once."""
NEW_SESSIONS = Rate(5_000, 50)
"""Sessions of one address: they cost next to nothing until they speak, so that a whole school may
open the page at once, beside a script that makes them all day."""
HASTY = Rate(100, 5)
"""Messages of one address from sessions that speak at once: some students tap a question within
seconds, and a script makes a session for each message."""
HASTE_SECONDS = 3
"""Age below which a session that speaks is hasty."""
SETTLED_SECONDS = 60
"""Age from which a session has a right of its own, whatever others behind its address do."""
ASIDE = Rate(60, 1)
"""History, forgetting, votes and calls for help of one session: far above any person."""
UNKNOWN = Rate(60, 1)
"""Messages of one address without a session that are searched for distress."""
MOST_IN_FLIGHT = 400
"""Turns at the same time; at about 10 ms each the last one still waits less than its limit."""
OFF = os.environ.get("GUIDEPOST_LIMITS") == "off"
"""For load tests, which ask faster than people do."""
REMEMBERED = 20_000
"""Names for which a rate is kept; the one unused for longest is forgotten first."""


class Allowance:
    """What is left of a rate for each name."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> float:
        """Take one; the seconds to wait for the next, 0 where there was one."""
        if OFF:
            return 0
        now = self._clock()
        left, since = self._left.pop(name, (float(self._rate.burst), now))
        left = min(float(self._rate.burst), left + (now - since) * self._rate.per_second)
        wait = 0.0 if left >= 1 else (1 - left) / self._rate.per_second
        self._left[name] = (left if wait else left - 1, now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return wait

    def demand(self, name: str) -> None:
        """Take one.

        Raises:
            Refused: 429 with the seconds to wait where there is none left.
        """
        wait = self.take(name)
        if wait:
            raise Refused(429, "too_many", "That was a lot at once. Please wait.", wait)


class Fairness:
    """Who may speak: a script behind a school's address takes nothing from the students there.

    A session has its own rate. Behind one address, sessions that speak at once share a small rate,
    and all share a large one; a session that has been there for a minute does not need the others'.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._sessions = Allowance(A_SESSION, clock)
        self._hasty = Allowance(HASTY, clock)
        self._addresses = Allowance(AN_ADDRESS, clock)

    def demand(self, session: str, age: float, address: str) -> None:
        """Take one message of a session.

        Args:
            age: seconds since the session was made.

        Raises:
            Refused: 429 with the seconds to wait.
        """
        self._sessions.demand(session)
        if age < HASTE_SECONDS:
            self._hasty.demand(address)
        wait = self._addresses.take(address)
        if wait and age < SETTLED_SECONDS:
            raise Refused(429, "too_many", "That was a lot at once. Please wait.", wait)


class InFlight:
    """Counts the turns that run, as a context; no more than so many."""

    def __init__(self, most: int = MOST_IN_FLIGHT) -> None:
        self.running, self._most = 0, most

    def __enter__(self) -> None:
        if self.running >= self._most:
            raise Refused(503, "busy", "Many people are asking now. Please try again.", 1)
        self.running += 1

    def __exit__(self, *error: object) -> None:
        self.running -= 1


class Addresses:
    """Tells where a request comes from, also behind proxies that the school names."""

    def __init__(self, proxies: Sequence[str]) -> None:
        self._proxies = [ipaddress.ip_network(proxy) for proxy in proxies]

    def of(self, peer: str, forwarded: str | None) -> str:
        """The client's address: the last in X-Forwarded-For that is no proxy of ours.

        Args:
            peer: the other end of the connection; only where it is one of our proxies is
                `forwarded`, the header, believed.
        """
        address = peer
        for claimed in reversed((forwarded or "").split(",")):
            if not self._is_proxy(address) or not claimed.strip():
                break
            address = claimed.strip()
        return address

    def _is_proxy(self, address: str) -> bool:
        try:
            return any(ipaddress.ip_address(address) in proxy for proxy in self._proxies)
        except ValueError:
            return False
