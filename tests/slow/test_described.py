"""A career that is told by its work is answered, or asked for; other messages tell none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.served import Server

FILE = Path(__file__).parent.parent / "described.yml"
CASES = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def meant(replies: list[dict[str, Any]]) -> set[str]:
    """The careers that replies speak of, or ask about by a button."""
    taps = [button["payload"] for reply in replies for button in reply.get("buttons", ())]
    spoken = {str(reply["custom"].get("guide")) for reply in replies}
    return spoken | {tap.split('"career": "')[1].split('"')[0] for tap in taps if "career" in tap}


def test_a_career_is_told_by_its_work(server: Server) -> None:
    """It is answered or stands among those that may be meant: 111 of 132 when this was written, and
    101 of them are answered of it at once."""
    missed = [
        case["say"]
        for case in CASES["told"]
        if not meant(server.ask(server.session(), case["say"])) & set(case["slugs"])
    ]
    assert len(missed) <= len(CASES["told"]) * 0.2, missed


def test_which_job_is_asked_where_it_is_left_open(server: Server) -> None:
    """48 of 60 when this was written, and no other career's figures are told; before it was learnt, 6
    of 45 were asked."""
    answered = [
        typed
        for typed in CASES["vague"]
        if any(reply["custom"]["kind"] == "answer" for reply in server.ask(server.session(), typed))
    ]
    assert len(answered) <= len(CASES["vague"]) * 0.25, answered


def test_other_messages_tell_none(server: Server) -> None:
    """Neither at the start nor with a career in use."""
    for first in ((), ("what do welders earn",)):
        told = []
        for typed in CASES["none"]:
            sender = server.session()
            for text in first:
                server.ask(sender, text)
            replies = server.ask(sender, typed)
            said = " ".join(str(reply.get("text")) for reply in replies)
            told += [typed] if "one of these careers" in said or "took" in said else []
        assert len(told) <= 1, told


def test_who_means_another_career_says_so_with_a_tap(server: Server) -> None:
    """Where it is not sure, the careers that may be meant are asked for; a tap is answered."""
    sender = server.session()
    replies = server.ask(
        sender, "my uncle works with machines that make things out of plastic, pay?"
    )
    taps = [button for reply in replies for button in reply.get("buttons", ())]
    career = next(tap for tap in taps if '"career"' in tap["payload"])
    answered = server.ask(sender, career["payload"])
    assert answered[0]["custom"]["kind"] == "answer" and "$" in answered[0]["text"]
