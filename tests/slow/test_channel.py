"""A turn of the web channel: a reply in every case."""

from __future__ import annotations

import asyncio
import json

import pytest
from rasa.core.channels.channel import UserMessage

from answers.offers import offered_payloads
from channels import web
from channels.sessions import Sessions
from channels.web import APOLOGY, WebInput, WebOutput
from guides.loading import load_guides


@pytest.fixture
def channel() -> WebInput:
    return WebInput(Sessions("key"), offered_payloads(load_guides()))


async def test_replies_come_as_one_message_each(channel: WebInput) -> None:
    """Text, custom and buttons are one message; only the last keeps its buttons."""

    async def agent(message: UserMessage) -> None:
        for text in ("one", "two  \n \n three"):
            said = {"text": text, "buttons": [{"title": "A"}], "custom": {"kind": "answer"}}
            await message.output_channel.send_response(message.sender_id, said)

    first, last = await channel.turn(agent, "conversation", "hello")
    assert first == {"recipient_id": "conversation", "text": "one", "custom": {"kind": "answer"}}
    assert last["text"] == "two\nthree" and last["buttons"] == [{"title": "A"}]


async def test_silence_becomes_an_apology(channel: WebInput) -> None:
    """No message, or an error in the turn, is answered with kind error."""

    async def silent(message: UserMessage) -> None:
        return None

    async def broken(message: UserMessage) -> None:
        raise ValueError("what the student typed")

    for agent in (silent, broken):
        assert await channel.turn(agent, "conversation", "hello") == [APOLOGY]


async def test_a_turn_that_hangs_is_answered(
    channel: WebInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its limit the student hears so, and the turn is not broken off."""
    monkeypatch.setattr(web, "TURN_SECONDS", 0.01)
    finished = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await asyncio.sleep(0.05)
        finished.set()

    assert await channel.turn(slow, "conversation", "hello") == [APOLOGY]
    await asyncio.wait_for(finished.wait(), 1)


async def test_errors_are_logged_without_words(
    channel: WebInput, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names the kind of error and never what was typed."""

    async def broken(message: UserMessage) -> None:
        raise ValueError(message.text)

    await channel.turn(broken, "conversation", "my secret words")
    assert "ValueError" in caplog.text and "secret" not in caplog.text


def test_the_apology_is_a_reply_like_any_other() -> None:
    """It has the shape that pages rely on, and can be sent as JSON."""
    assert json.loads(json.dumps(APOLOGY))["custom"]["kind"] == "error"
    assert WebOutput.name() == WebInput.name() == "web"
