"""Rates, turns in flight, and whom a request comes from."""

from __future__ import annotations

import pytest

from channels import limits
from channels.limits import AN_ADDRESS, NEW_SESSIONS, Addresses, Allowance, InFlight, Rate
from channels.messages import Refused


class Clock:
    """Time that stands still until told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_a_rate() -> None:
    """So many at once, then as many as time brings, never more than the burst saved up."""
    clock = Clock()
    allowance = Allowance(Rate(3, 2), clock)
    assert [allowance.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert allowance.take("b") == 0
    clock.now += 0.5
    assert allowance.take("a") == 0 and allowance.take("a") > 0
    clock.now += 1000
    assert [bool(allowance.take("a")) for _ in range(4)] == [False, False, False, True]


def test_a_refusal_says_when_to_come_back() -> None:
    """429 and whole seconds, at least one."""
    allowance = Allowance(Rate(1, 0.4), Clock())
    allowance.demand("a")
    with pytest.raises(Refused) as refused:
        allowance.demand("a")
    assert refused.value.status == 429 and refused.value.code == "too_many"
    assert refused.value.headers == {"Retry-After": "3"}


def test_names_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name unused for longest is forgotten, and a busy one never escapes its limit by that."""
    monkeypatch.setattr(limits, "REMEMBERED", 2)
    allowance = Allowance(Rate(1, 0.001), Clock())
    for name in ("a", "b", "c"):
        allowance.take(name)
    assert allowance.take("c") > 0 and allowance.take("b") > 0 and allowance.take("a") == 0


def test_a_school_fits_behind_one_address() -> None:
    """300 students open the page in one minute and ask five questions each."""
    clock = Clock()
    sessions, messages = Allowance(NEW_SESSIONS, clock), Allowance(AN_ADDRESS, clock)
    waits = []
    for _ in range(60):
        waits += [sessions.take("school") for _ in range(5)]
        waits += [messages.take("school") for _ in range(25)]
        clock.now += 1
    assert not any(waits)


def test_a_script_is_stopped() -> None:
    """A thousand sessions at once do not fit, nor a thousand messages."""
    clock = Clock()
    for rate in (NEW_SESSIONS, AN_ADDRESS):
        allowance = Allowance(rate, clock)
        assert sum(allowance.take("script") > 0 for _ in range(1000)) == 1000 - rate.burst


def test_turns_in_flight_are_bounded() -> None:
    """One more than fits gets 503; one that is done, also by an error, makes room."""
    room = InFlight(1)
    with room:
        with pytest.raises(Refused) as refused, room:
            raise AssertionError("there was no room")
        assert refused.value.status == 503 and refused.value.headers == {"Retry-After": "1"}
        assert room.running == 1
    with pytest.raises(ValueError), room:
        raise ValueError
    assert room.running == 0


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("198.51.100.1", None, "198.51.100.1"),
        ("198.51.100.1", "203.0.113.9", "198.51.100.1"),  # no proxy of ours: not believed
        ("10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "made up, 203.0.113.9", "203.0.113.9"),  # what a client wrote itself
        ("10.0.0.2", "203.0.113.9, 10.0.0.3", "203.0.113.9"),  # two proxies
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", " , ", "10.0.0.2"),
        ("10.0.0.2", "nonsense", "nonsense"),
        ("2001:db8::1", "203.0.113.9", "203.0.113.9"),
        ("", "203.0.113.9", ""),
    ],
)
def test_only_named_proxies_are_believed(peer: str, forwarded: str | None, address: str) -> None:
    """The header counts from our proxies alone, and from its end."""
    assert Addresses(["10.0.0.0/8", "2001:db8::/32"]).of(peer, forwarded) == address
