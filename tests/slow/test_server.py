"""The real server over HTTP: sessions, refusals, the page, buttons, and a dead action server."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib import error

import pytest

from serving.model import environment, model_path
from tests.served import Server, check_reply, kinds, launched, reply_text

WEBHOOK = "/webhooks/web/webhook"
SESSION = "/webhooks/web/session"


def test_a_session_is_needed_and_enough(server: Server) -> None:
    """A sender of the server gets an answer; none, a forged and a foreign one get 401."""
    sender = server.session()
    replies = server.ask(sender, "hello")
    assert kinds(replies) == ["smalltalk"] and replies[0]["recipient_id"] == sender
    for made_up in (None, "default", sender[:-6] + "xx" + sender[-4:], 5, {}):
        body = json.dumps({"sender": made_up, "message": "hello"}).encode()
        status, refused = server.post(WEBHOOK, body)
        assert status == 401 and set(refused["error"]) == {"code", "message"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"hello", 400),
        (b"[1]", 400),
        (b"null", 400),
        (b"{}", 400),
        (b'{"message": 5}', 400),
        (b'{"message": "  "}', 400),
        (json.dumps({"message": "a" * 501}).encode(), 413),
        (b'{"message": "' + b"a" * 9000 + b'"}', 413),
    ],
)
def test_a_bad_body_is_refused(server: Server, body: bytes, status: int) -> None:
    """Each bad body gets its status and an error object, and no turn."""
    found, refused = server.post(WEBHOOK, body)
    assert found == status and set(refused["error"]) == {"code", "message"}


def test_a_session_needs_an_object(server: Server) -> None:
    """The session takes {} and refuses what is no JSON."""
    assert server.post(SESSION, b"{}")[0] == 200
    assert server.post(SESSION, b"nope")[0] == 400


@pytest.mark.parametrize(
    "path", ["/webhooks/rest/webhook", "/socket.io/", "/conversations/x/tracker", "/status"]
)
def test_rasas_own_doors_are_shut(server: Server, path: str) -> None:
    """Rasa's channels and its API are not there."""
    with pytest.raises(error.HTTPError) as refused:
        server.get(path)
    assert refused.value.code == 404


def test_the_page_is_served_strictly(server: Server) -> None:
    """The page, its script and its style come with a policy that allows our own files alone."""
    for path, kind in (
        ("/chat", "html"),
        ("/chat/chat.js", "javascript"),
        ("/chat/chat.css", "css"),
    ):
        status, headers, body = server.get(path)
        assert status == 200 and kind in headers["content-type"] and body
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert b"http://" not in body and b"https://" not in body


def test_the_page_is_short() -> None:
    """The page will be replaced, so it stays under 200 lines."""
    files = (Path(__file__).parent.parent.parent / "channels/page").iterdir()
    assert sum(len(file.read_text().splitlines()) for file in files) < 200


def test_every_button_can_be_tapped(server: Server) -> None:
    """Following every button from the greeting on, each gives a reply and more buttons."""
    sender = server.session()
    waiting, seen = ["hello"], set()
    while waiting and len(seen) < 80:
        message = waiting.pop()
        replies = server.ask(sender, message)
        seen.add(message)
        for reply in replies:
            check_reply(reply)
            assert reply["custom"]["kind"] not in ("error", "clarify"), (message, reply)
        offered = [button["payload"] for reply in replies for button in reply.get("buttons", [])]
        waiting += [
            payload for payload in offered if payload not in seen and payload not in waiting
        ]
    assert len(seen) > 40


def test_a_command_is_only_text(server: Server) -> None:
    """A slash command of Rasa neither wipes the talk nor sets a slot."""
    sender = server.session()
    server.ask(sender, "what does the bootcamp cost")
    for command in (
        "/session_start",
        "/back",
        '/ask_salary{"career": "nurse"}',
        "/nlu_fallback",
        "/x@0.1",
    ):
        replies = server.ask(sender, command)
        assert set(kinds(replies)) <= {"fallback", "clarify", "answer", "smalltalk", "no_guide"}, (
            command
        )
    assert "nurse" not in reply_text(server.ask(sender, "and the salary"))


def test_two_students_do_not_share_a_talk(server: Server) -> None:
    """What one asked is no context for the other."""
    first, second = server.session(), server.session()
    server.ask(first, "tell me about the bootcamp")
    assert "3-12 months" not in reply_text(server.ask(second, "how long does that take"))
    assert "3-12 months" in reply_text(server.ask(first, "how long does that take"))


def test_strange_text_gets_a_reply(server: Server) -> None:
    """Emoji, other scripts, markup and control characters are answered, never echoed as markup."""
    sender = server.session()
    for text in (
        "\U0001f600",
        "?!?",
        "\u4f60\u597d",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "a\u202eb",
        "x" * 500,
        "{title}",
    ):
        replies = server.ask(sender, text)
        for reply in replies:
            check_reply(reply)
        assert "<script>" not in reply_text(replies)


def test_ctrl_c_stops_it(tmp_path: Path) -> None:
    """An interrupt ends the process and frees its port, without a traceback."""
    log = tmp_path / "log.txt"
    running = launched(log)
    running.stop()
    assert "Traceback" not in log.read_text()
    with pytest.raises(OSError):
        running.get("/chat")


@pytest.fixture
def without_actions(tmp_path: Path) -> Iterator[Server]:
    """`rasa run` as people know it, with no action server behind it."""
    command = [
        *(sys.executable, "-m", "rasa", "run", "-m", str(model_path()), "-i", "127.0.0.1"),
        *("-p", "{port}", "--credentials", "credentials.yml", "--endpoints", "endpoints.yml"),
    ]
    running = Server(command, tmp_path / "log.txt", **environment())
    yield running
    running.stop()


def test_a_dead_action_server_is_apologised_for(without_actions: Server) -> None:
    """Without actions every message gets an apology, and no form ends with empty answers."""
    sender = without_actions.session()
    for message in (
        "hello",
        "how much do they make",
        "quiz me",
        "yes",
        "make me a plan",
        "4",
        "stop",
    ):
        replies = without_actions.ask(sender, message)
        assert kinds(replies) == ["error"], (message, replies)
        assert "nodded" not in reply_text(replies) and "None" not in reply_text(replies)


def test_actions_in_their_own_process_answer_too(tmp_path: Path) -> None:
    """`rasa run` with `rasa run actions` gives the same answer as `make run`."""
    actions = Server(
        [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "-p", "{port}"],
        tmp_path / "actions.txt",
        ready="/health",
        **environment(),
    )
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{actions.port}/webhook\n  enable_selective_domain: true\n"
    )
    command = [
        *(sys.executable, "-m", "rasa", "run", "-m", str(model_path()), "-i", "127.0.0.1"),
        *("-p", "{port}", "--credentials", "credentials.yml", "--endpoints", str(endpoints)),
    ]
    try:
        running = Server(command, tmp_path / "rasa.txt", **environment())
        try:
            sender = running.session()
            assert "$130,000-$185,000" in reply_text(running.ask(sender, "how much do they make"))
            assert kinds(running.ask(sender, "quiz me")) == ["quiz"]
            actions.stop()
            assert kinds(running.ask(sender, "yes")) == ["error"]
        finally:
            running.stop()
    finally:
        actions.stop()
