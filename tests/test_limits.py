"""Rates, turns in flight, and whom a request comes from."""

from __future__ import annotations

from random import Random

import pytest

from channels import limits
from channels.limits import (
    A_SESSION,
    HASTY,
    NEW_SESSIONS,
    Addresses,
    Allowance,
    Fairness,
    InFlight,
    Rate,
)
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


def refused(fairness: Fairness, session: str, age: float) -> bool:
    """Whether one message of a session behind the school's address is refused."""
    try:
        fairness.demand(session, age, "school")
    except Refused:
        return True
    return False


def test_a_class_opens_the_page_at_once() -> None:
    """35 sessions in one moment, and each student taps a question within two seconds."""
    clock = Clock()
    sessions, fairness = Allowance(NEW_SESSIONS, clock), Fairness(clock)
    assert not any(sessions.take("school") for _ in range(35))
    clock.now += 2
    assert not any(refused(fairness, f"student {each}", 2) for each in range(35))


def test_a_school_gets_through_beside_a_script() -> None:
    """800 students in ten minutes, six messages each, while a script floods the same address.

    The script makes 50 sessions a second and speaks with each at once, and with 200 older ones as
    fast as it can. Students who are refused try again, as the page does.
    """
    clock, random = Clock(), Random(7)
    sessions, fairness = Allowance(NEW_SESSIONS, clock), Fairness(clock)
    begins = sorted(random.uniform(0, 600) for _ in range(800))
    due = sorted(
        (begun + 8 + 15 * turn + random.uniform(0, 5), begun, student)
        for student, begun in enumerate(begins)
        for turn in range(6)
    )
    asked, lost, late = 0, 0, 0
    script_asked = script_heard = 0
    opened = iter(begins)
    next_open = next(opened)
    for second in range(720):
        clock.now = 100.0 + second
        while next_open <= second:
            assert not sessions.take("school")
            next_open = next(opened, 10_000)
        for each in range(50):
            sessions.take("school")
            script_asked += 1
            script_heard += not refused(fairness, f"new {second} {each}", 0)
        for each in range(200):
            script_asked += 1
            script_heard += not refused(fairness, f"old {each}", 30 + second)
        while due and due[0][0] <= second:
            _, begun, student = due.pop(0)
            asked += 1
            tries = 0
            while refused(fairness, f"student {student}", second - begun) and tries < 5:
                tries += 1
                clock.now += 0.2
            late += tries > 0
            lost += tries == 5
    assert asked == 4800 and lost < asked * 0.005 and late < asked * 0.2
    assert script_heard < 720 * (A_SESSION.per_second * 200 + HASTY.per_second) * 1.1
    assert script_heard < script_asked * 0.9


def test_a_quick_thumb_is_no_script() -> None:
    """Quiz and interest check, 34 statements, tapped through at three a second by somebody new."""
    clock = Clock()
    fairness = Fairness(clock)
    for tap in range(34):
        assert not refused(fairness, "one", tap / 3)
        clock.now += 1 / 3


def test_a_script_is_stopped() -> None:
    """Ten thousand sessions at once do not fit, nor a thousand messages of fresh ones."""
    clock = Clock()
    allowance = Allowance(NEW_SESSIONS, clock)
    assert sum(allowance.take("script") > 0 for _ in range(10_000)) == 10_000 - NEW_SESSIONS.burst
    fairness = Fairness(clock)
    heard = sum(not refused(fairness, f"fresh {each}", 0) for each in range(1000))
    assert heard == HASTY.burst
    assert sum(not refused(fairness, "one", 100) for _ in range(100)) == A_SESSION.burst


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
