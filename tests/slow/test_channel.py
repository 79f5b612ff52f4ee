"""A turn of the web channel: a reply in every case."""

from __future__ import annotations

import asyncio
import json

import pytest
from rasa.core.channels.channel import UserMessage

from channels import web
from channels.web import WebInput, WebOutput
from guides.loading import load_guides
from guides.schools import Schools
from tests.served import check_reply


@pytest.fixture
def channel() -> WebInput:
    guides = load_guides()
    return WebInput("key", guides, Schools(guides))


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
        assert await channel.turn(agent, "conversation", "hello") == [
            channel.apology(channel.schools.default)
        ]


async def test_a_turn_that_hangs_is_answered(
    channel: WebInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its limit the student hears so, and the turn is not broken off."""
    monkeypatch.setattr(web, "TURN_SECONDS", 0.01)
    finished = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await asyncio.sleep(0.05)
        finished.set()

    assert await channel.turn(slow, "conversation", "hello") == [
        channel.apology(channel.schools.default)
    ]
    await asyncio.wait_for(finished.wait(), 1)


async def test_errors_are_logged_without_words(
    channel: WebInput, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names the kind of error and never what was typed."""

    async def broken(message: UserMessage) -> None:
        raise ValueError(message.text)

    await channel.turn(broken, "conversation", "my secret words")
    assert "ValueError" in caplog.text and "secret" not in caplog.text


def test_the_channels_own_replies_are_replies_like_any_other(channel: WebInput) -> None:
    """The apology and the help have the shape that pages rely on, and can be sent as JSON."""
    help_ = channel.screening.check("one", "kms").reply
    for reply, kind in ((channel.apology(channel.schools.default), "error"), (help_, "crisis")):
        check_reply(json.loads(json.dumps(reply)))
        assert reply["custom"]["kind"] == kind
    assert WebOutput.name() == WebInput.name() == "web"


async def test_help_comes_before_understanding(channel: WebInput) -> None:
    """A message in distress gets the school's lines at once, and no turn keeps its words."""

    async def agent(asked: UserMessage) -> None:
        raise AssertionError("the message must not reach the dialogue")

    (reply,) = await channel.turn(agent, "conversation", "i wanna kil my self")
    for line in ("988", "HOME to 741741", "911", "your school counselor", "nobody has been told"):
        assert line in reply["text"]


async def test_understanding_and_memory_see_no_personal_data(channel: WebInput) -> None:
    """What goes on to the dialogue, its store and its logs holds placeholders."""
    seen: list[str] = []

    async def agent(asked: UserMessage) -> None:
        seen.append(str(asked.text))

    await channel.turn(agent, "conversation", "my name is jonas, 415-555-2671. the pay?")
    assert seen == ["my name is [name], [phone]. the pay?"]


async def test_an_insult_ends_at_the_channel(channel: WebInput) -> None:
    """It gets a calm line, in full once, and goes no further."""

    async def agent(asked: UserMessage) -> None:
        raise AssertionError("the message must not reach the dialogue")

    replies = [await channel.turn(agent, "conversation", "you suck") for _ in range(2)]
    assert replies == [[channel.screening.boundary], [channel.screening.boundary_again]]
