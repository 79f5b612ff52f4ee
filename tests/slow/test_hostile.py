"""What no browser sends, written to the served assistant byte by byte; it answers and lives."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import pytest

from components.distress import find_model
from tests.served import Server
from understanding.distress import Distress

CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
WORRIES = (
    "i want to be a nurse but i go white and shake and need to lie down when there is blood",
    "they pushed me to be a doctor and i cant, how long does a doctor have to study",
    "i keep thinking about being a paramedic but what if someone dies in my arms",
    "is a nurse allowed to shake and go pale and lie down when there is blood",
)
"""Some of them ring, and not surely."""
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
        SESSION + b"Transfer-Encoding: Chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        *(
            SESSION + CHUNKED + size + b"\r\n{}\r\n0\r\n\r\n"
            for size in (b"zz", b"-5", b"-0", b"+2", b"0x2", b"0_2", b" 2", b"", b"f" * 99, b"2;\0")
        ),
        SESSION + CHUNKED + b"2\r\n{}XX0\r\n\r\n",
        SESSION + CHUNKED + b"2\r\n{}\r\n0\r\nX: y\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: x\r\n" + CHUNKED + b"+2\r\n{}\r\n0\r\n\r\n",
        b"FOO\r\n\r\n",
        b"GET /health\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        b"B@D / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://x/health HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /chat HTTP/1.1\r\n\r\n",
        b"GET /chat HTTP/1.1\r\nHost: [\r\n\r\n",
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


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /assets/%zz%ff HTTP/1.1\r\nHost: x\r\n", 404),
        (b"GET //[ HTTP/1.1\r\nHost: x\r\n", 404),
        (b"BREW /chat HTTP/1.1\r\nHost: x\r\n", 405),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n", 413),
        (b"GET /health HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n", 413),
        (SESSION + b"Expect: the worst\r\nContent-Length: 2\r\n", 417),
    ],
)
def test_a_strange_request_is_refused(server: Server, request_: bytes, status: int) -> None:
    """As JSON that no cache keeps."""
    heard = said_to(server, request_ + b"Connection: close\r\n\r\n{}")
    head, _, body = heard.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode()) and json.loads(body)["error"]["code"]
    assert b"no-store" in head and b"nosniff" in head
    check_lives(server)


@pytest.mark.parametrize("ending", [b"", b";note=x"])
def test_good_chunks_are_read(server: Server, ending: bytes) -> None:
    """Also with an extension, which means nothing here, and after leave to go on was asked."""
    chunks = b"1%b\r\n{\r\n1\r\n}\r\n0\r\n\r\n" % ending
    more = b"Expect: 100-continue\r\nConnection: close\r\n"
    heard = said_to(server, SESSION + more + CHUNKED + chunks)
    assert heard.startswith(b"HTTP/1.1 100 ") and b"HTTP/1.1 200 " in heard


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (SESSION, 413),
        (b"GET /health HTTP/1.1\r\nHost: x\r\n", 413),
        (b"POST /nowhere HTTP/1.1\r\nHost: x\r\n", 404),
        (b"POST /chat HTTP/1.1\r\nHost: x\r\n", 405),
        (SESSION + b"Content-Length: -1\r\n", 400),
    ],
)
def test_a_large_body_gets_its_answer_while_it_is_written(
    server: Server, request_: bytes, status: int
) -> None:
    """Whatever is refused and why, it reaches a caller who writes on, each time."""
    large = request_ + b"Content-Length: 3000000\r\n\r\n" + b"a" * 3_000_000
    for _ in range(5):
        assert said_to(server, large).startswith(f"HTTP/1.1 {status} ".encode())
    check_lives(server)


@pytest.mark.parametrize(
    "begun",
    [
        b"POST /webhooks/web/session HT",
        SESSION + b"Content-Length: 999\r\n\r\n",
        SESSION + b"Upgrade: websocket\r\nContent-Length: 999\r\n\r\n",
        SESSION + b"Transfer-Encoding: chunked\r\n\r\n3e7\r\n",
        SESSION + b"Content-Length: -1\r\n\r\n",
    ],
)
def test_a_byte_a_second_comes_to_an_end(server: Server, begun: bytes) -> None:
    """In the head and in the body, within 15 seconds and a little; sooner after a refusal."""
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=1) as connection:
        connection.sendall(begun)
        while time.monotonic() - started < 40:
            try:
                connection.sendall(b" ")
                while connection.recv(4096):
                    pass
                time.sleep(1)
            except TimeoutError:
                continue
            except OSError:
                break
    assert time.monotonic() - started < 30
    if b"-1" not in begun:
        assert time.monotonic() - started > 12
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


def test_a_worry_about_a_career_gets_help_and_its_answer(server: Server) -> None:
    """Where the model alone rings and is not sure: help first, and no word of it in the history."""
    distress, sender = Distress(find_model()), server.session()
    unsure = [text for text in WORRIES if (seen := distress.read(text).finding) and seen.unsure]
    assert unsure, "none of these is unsure any more: write some that are"
    answered = 0
    for worry in unsure:
        help_, *answers = server.ask(sender, worry)
        assert help_["custom"]["kind"] in ("crisis", "trouble"), worry
        assert ("Maybe I read too much" in help_["text"]) == bool(answers), worry
        answered += bool(answers) and bool(answers[-1]["custom"]["guide"])
    assert answered, "none of these asks about a career any more"
    _, told = send(server, "history", sender=sender)
    kept = json.dumps(told)
    assert all(worry not in kept for worry in unsure) and len(told) > len(unsure)


def test_help_comes_first_in_a_new_conversation(server: Server) -> None:
    """Before anything else was said, and the next question is answered."""
    sender = server.session()
    server.ask(sender, "i cant stop crying every night and nobody cares")
    _, told = send(server, "history", sender=sender)
    assert [entry["custom"]["kind"] for entry in told] == ["trouble"]
    assert "158,000" in server.ask(sender, "how much do they make")[0]["text"]
