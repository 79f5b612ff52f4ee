"""A message that is sent again runs once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from channels import once as once_module
from channels.messages import Refused
from channels.once import Once

ID = "0123456789abcdef"


class Turn:
    """A turn that counts how often it ran."""

    def __init__(self, kind: str = "answer", fault: Exception | None = None) -> None:
        self.runs, self._kind, self._fault = 0, kind, fault

    async def __call__(self) -> list[dict[str, Any]]:
        self.runs += 1
        await asyncio.sleep(0.01)
        if self._fault:
            raise self._fault
        return [{"text": f"run {self.runs}", "custom": {"kind": self._kind}}]


async def test_the_same_id_runs_once() -> None:
    """At the same time, afterwards, and only in its own conversation."""
    once, turn = Once(), Turn()
    first, second = await asyncio.gather(once.run("a", ID, turn), once.run("a", ID, turn))
    assert first == second == await once.run("a", ID, turn) and turn.runs == 1
    await once.run("b", ID, turn)
    await once.run("a", ID + "x", turn)
    assert turn.runs == 3


async def test_no_id_runs_each_time() -> None:
    """Who sends none gets a turn each."""
    once, turn = Once(), Turn()
    await once.run("a", None, turn)
    await once.run("a", None, turn)
    assert turn.runs == 2


@pytest.mark.parametrize("given", [None, ID])
async def test_a_caller_who_goes_away_breaks_nothing_off(given: str | None) -> None:
    """The turn ends, and the retry hears its answer."""
    once, turn = Once(), Turn()
    gone = asyncio.ensure_future(once.run("a", given, turn))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0.03)
    assert turn.runs == 1
    if given:
        assert await once.run("a", given, turn) == [{"text": "run 1", "custom": {"kind": "answer"}}]


@pytest.mark.parametrize("turn", [Turn(kind="error"), Turn(fault=Refused(503, "busy", "busy"))])
async def test_what_failed_may_be_tried_again(turn: Turn) -> None:
    """An apology and a refusal are no answers."""
    once = Once()
    for _ in range(2):
        try:
            await once.run("a", ID, turn)
        except Refused as refused:
            assert refused.status == 503
    assert turn.runs == 2


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "with space", "semi;colon", "per%cent", 5, [], {}]
)
async def test_an_id_that_is_none_is_refused(given: object) -> None:
    """400, and no turn."""
    turn = Turn()
    with pytest.raises(Refused) as refused:
        await Once().run("a", given, turn)
    assert refused.value.status == 400 and turn.runs == 0


async def test_answers_are_bounded_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest goes first; a deleted conversation at once."""
    monkeypatch.setattr(once_module, "REMEMBERED", 2)
    once, turn = Once(), Turn()
    for name in ("a", "b", "c"):
        await once.run(name, ID, turn)
    await once.run("a", ID, turn)
    assert turn.runs == 4
    once.forget("a")
    await once.run("a", ID, turn)
    assert turn.runs == 5
