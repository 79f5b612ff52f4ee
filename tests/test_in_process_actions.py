"""Actions inside Rasa's process: the same endpoint, with a limit of its own."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from serving import actions
from serving.actions import InProcessActions


async def test_an_action_that_hangs_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its own limit, not after Rasa's 300 seconds."""
    endpoint = InProcessActions()

    async def hang(call: dict[str, Any]) -> None:
        await asyncio.sleep(1000)

    monkeypatch.setattr(actions, "SECONDS", 0.01)
    monkeypatch.setattr(endpoint._executor, "run", hang)
    with pytest.raises(asyncio.TimeoutError):
        await endpoint.request(json={"next_action": "action_answer"})


async def test_every_action_of_the_project_is_known() -> None:
    """Those that the domain names and the package has."""
    known = InProcessActions()._executor.actions
    assert {"action_answer", "action_repeat", "action_start_over"} <= set(known)
