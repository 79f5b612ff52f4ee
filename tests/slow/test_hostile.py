"""What no browser sends, written to the served assistant byte by byte; it answers and lives."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import pytest

from tests.served import Server

SESSION = b"POST /webhooks/web/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


def said_to(server: Server, request: bytes, seconds: float = 10) -> bytes:
    """All that is answered until the connection is closed."""
    heard = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        connection.sendall(request)
        while part := connection.recv(65536):
            heard += part
    return heard


def send(server: Server, route: str, **given: object) -> tuple[int, Any]:
    """Status and JSON of a POST to the channel."""
    return server.post(f"/webhooks/web/{route}", json.dumps(given).encode())


def check_lives(server: Server) -> None:
    """Whether the next request is answered."""
    assert server.get("/health")[0] == 200


@pytest.mark.parametrize(
    "request_",
    [
        SESSION + b"Content-Length: -1\r\n\r\n",
        b"GET /chat HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        SESSION + b"Content-Length: abc\r\n\r\n",
        SESSION + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        SESSION + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        SESSION + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n",
        b"FOO\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nBroken\r\n\r\n",
    ],
)
def test_a_malformed_request_is_refused(server: Server, request_: bytes) -> None:
    """400 as JSON, the connection closed, the process alive."""
    head, _, body = said_to(server, request_).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ") and b"connection: close" in head.lower()
    assert json.loads(body)["error"]["code"] == "refused"
    check_lives(server)


def test_a_large_body_gets_its_answer_while_it_is_written(server: Server) -> None:
    """413 reaches a caller who writes on, each time."""
    large = SESSION + b"Content-Length: 3000000\r\n\r\n" + b"a" * 3_000_000
    for _ in range(5):
        assert said_to(server, large).startswith(b"HTTP/1.1 413 ")
    check_lives(server)


@pytest.mark.parametrize(
    "begun", [b"POST /webhooks/web/session HT", SESSION + b"Content-Length: 999\r\n\r\n"]
)
def test_a_byte_a_second_comes_to_an_end(server: Server, begun: bytes) -> None:
    """In the head and in the body, within 15 seconds and a little."""
    started, heard = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=1) as connection:
        connection.sendall(begun)
        while time.monotonic() - started < 40 and not heard:
            try:
                connection.sendall(b" ")
                heard = connection.recv(4096) or b"closed"
            except TimeoutError:
                continue
            except OSError:
                heard = b"closed"
    assert 12 < time.monotonic() - started < 25, heard
    check_lives(server)


def test_the_root_leads_to_the_chat(server: Server) -> None:
    """And names no engine."""
    heard = said_to(server, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert heard.startswith(b"HTTP/1.1 302 ") and b"Location: /chat\r\n" in heard
    assert b"rasa" not in heard.lower()


@pytest.mark.parametrize(
    "query",
    ["url=http://[", "url=//[::1", "maxwidth=a", "maxheight=0", "maxwidth=%C2%B2", "url=a&url=b"],
)
def test_broken_parameters_of_oembed(server: Server, query: str) -> None:
    """400 as JSON."""
    request = f"GET /oembed?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    head, _, body = said_to(server, request.encode()).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ") and json.loads(body)["error"]["message"]
    assert b"no-store" in head and b"nosniff" in head


def test_500_connections_in_one_second(server: Server) -> None:
    """All are answered: none is reset."""
    request = b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    opened = [socket.create_connection(("127.0.0.1", server.port), timeout=20) for _ in range(500)]
    for connection in opened:
        connection.sendall(request)
    answers = []
    for connection in opened:
        answers.append(connection.recv(4096)[:12])
        connection.close()
    assert set(answers) <= {b"HTTP/1.1 200", b"HTTP/1.1 503"} and len(answers) == 500


def test_distress_is_answered_without_a_session(server: Server) -> None:
    """Also with one that is forged; anything else hears that it needs one."""
    for sender in (None, "forged.sender.of-nobody-at-all"):
        status, body = send(server, "webhook", sender=sender, message="i want to kill myself")
        assert status == 200 and body[0]["custom"]["kind"] == "crisis"
        assert send(server, "webhook", sender=sender, message="pay?")[0] == 401


def test_help_stays_in_the_history_without_a_word_of_the_student(server: Server) -> None:
    """In its place, and the talk goes on in the form in which it was."""
    sender = server.session()
    server.ask(sender, "make me a plan")
    (help_,) = server.ask(sender, "my dad hits me with a belt and i am scared")
    assert help_["custom"]["kind"] == "crisis"
    assert server.ask(sender, "10th grade")[-1]["custom"]["kind"] == "plan"
    _, told = send(server, "history", sender=sender)
    kinds = [entry["custom"]["kind"] for entry in told if entry["from"] == "guide"]
    assert kinds[:2] == ["plan", "crisis"] and "belt" not in json.dumps(told)


def test_help_comes_first_in_a_new_conversation(server: Server) -> None:
    """Before anything else was said, and the next question is answered."""
    sender = server.session()
    server.ask(sender, "i cant stop crying every night and nobody cares")
    _, told = send(server, "history", sender=sender)
    assert [entry["custom"]["kind"] for entry in told] == ["trouble"]
    assert "158,000" in server.ask(sender, "how much do they make")[0]["text"]
