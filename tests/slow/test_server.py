"""The real server over HTTP: sessions, refusals, the page, buttons, and a dead action server."""

from __future__ import annotations

import json
import re
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib import error, request
from urllib.parse import quote

import pytest

from channels.pages import PAGE
from serving.model import ROOT, environment, model_path
from serving.server import REQUEST_SECONDS
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
    """Every page has a policy that allows our own files alone, and is never kept by a cache."""
    for path in ("/chat", "/embed", "/embed/sample"):
        status, headers, body = server.get(path)
        assert status == 200 and "html" in headers["content-type"] and body
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "require-trusted-types-for 'script'" in policy and "unsafe" not in policy
        assert policy.endswith("frame-ancestors 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "camera=()" in headers["permissions-policy"]
        assert headers["cache-control"] == "no-store"


def test_files_are_kept_for_ever_and_sent_compressed(server: Server) -> None:
    """Files named by their content are immutable; each comes in the encoding that is asked for."""
    names = re.findall(rb"/assets/[\w.-]+", server.get("/chat")[2])
    assert len(names) >= 3
    for name in names:
        _, headers, plain = server.get(name.decode())
        assert "immutable" in headers["cache-control"] and "content-encoding" not in headers
        if len(plain) < 512:
            continue
        for encoding in ("gzip", "br"):
            _, headers, packed = server.get(name.decode(), {"Accept-Encoding": encoding})
            assert headers["content-encoding"] == encoding and len(packed) < len(plain) / 2
        assert headers["access-control-allow-origin"] == "*"
    _, headers, _ = server.get("/embed.js")
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["access-control-allow-origin"] == "*"
    assert "max-age=3600" in headers["cache-control"]


@pytest.mark.parametrize(
    ("asked", "unknown"),
    [
        ("astronaut", "astronaut"),
        ("<b>" + "x" * 90, "<b>" + "x" * 57),
        ("MLOPS Engineer", None),
        ("mlops-engineer", None),
        ("\u202e \x00", None),
        ("", None),
    ],
)
def test_a_guide_that_is_not_there_is_said_back(
    server: Server, asked: str, unknown: str | None
) -> None:
    """/about never passes another career off as the one that was asked for."""
    told = json.loads(server.get(f"/webhooks/web/about?guide={quote(asked)}")[2])
    assert told["guide"] == "mlops-engineer" and told.get("unknown_guide") == unknown


def test_the_page_is_told_of_a_few_careers(server: Server) -> None:
    """The one of the page first, however many there are."""
    told = json.loads(server.get("/webhooks/web/about?guide=electrician")[2])
    assert told["guides"][0] == {"slug": "electrician", "title": "Electrician"}
    assert told["careers"] > 900 and len(told["guides"]) < 10 and len(json.dumps(told)) < 20_000


def test_all_careers_come_packed_and_once(server: Server) -> None:
    """The list is small on the wire, and is not sent again to who has it."""
    _, headers, body = server.get("/careers.json", {"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip" and len(body) < 100_000
    assert headers["x-content-type-options"] == "nosniff"
    with pytest.raises(error.HTTPError) as unchanged:
        server.get("/careers.json", {"If-None-Match": headers["etag"]})
    assert unchanged.value.code == 304 and unchanged.value.read() == b""


def test_the_files_that_are_built_name_no_other_host() -> None:
    """No script, style or page loads anything from elsewhere, and no tracker came along."""
    for file in PAGE.rglob("*"):
        if file.suffix in (".js", ".css", ".html"):
            text = file.read_text()
            assert not re.search(r"(?:src|href)=.?https?:|url\(.?https?:|@import", text), file.name
            assert not re.search(r"posthog|segment\.(?:io|com)|googleapis", text), file.name


def test_oembed_answers_for_the_chat_page(server: Server) -> None:
    """A blog gets a frame of the page that it names, within the size that it names."""
    origin = f"http://127.0.0.1:{server.port}"
    asked = quote(f"{origin}/chat?topic=day&colour=teal&x=<b>")
    _, _, body = server.get(f"/oembed?url={asked}&maxwidth=300&format=json")
    answer = json.loads(body)
    assert (answer["type"], answer["version"], answer["width"]) == ("rich", "1.0", 300)
    assert f'src="{origin}/chat?topic=day&amp;colour=teal"' in answer["html"]
    assert f"{origin}/oembed?url=" in server.get("/chat")[2].decode()
    for query, status in (
        ("url=https://elsewhere.example/chat", 404),
        (f"url={quote(origin)}/other", 404),
        (f"url={asked}&format=xml", 501),
        (f"url={asked}&maxwidth=wide", 400),
        ("", 404),
    ):
        with pytest.raises(error.HTTPError) as refused:
            server.get(f"/oembed?{query}")
        assert refused.value.code == status


def test_only_listed_sites_may_read(tmp_path: Path) -> None:
    """A listed origin gets its name back, look-alikes get nothing; frames follow the same list."""
    school = tmp_path / "school.yml"
    listed = "https://www.school.example"
    text = (ROOT / "school.yml").read_text()
    school.write_text(text.replace("embed_sites: []", f"embed_sites: [{listed}]"))
    running = launched(tmp_path / "log.txt", GUIDEPOST_SCHOOL=str(school))
    try:
        for origin, allowed in (
            (listed, listed),
            ("http://www.school.example", None),
            ("https://www.school.example.evil.test", None),
            ("https://x.www.school.example", None),
            ("https://www.school.example:8443", None),
            ("null", None),
        ):
            _, headers, _ = running.get("/webhooks/web/about", {"Origin": origin})
            assert headers.get("access-control-allow-origin") == allowed, origin
            assert headers["vary"] == "Origin"
        assert (
            f"frame-ancestors 'self' {listed}" in running.get("/chat")[1]["content-security-policy"]
        )
        assert listed not in running.get("/embed")[1]["content-security-policy"]
    finally:
        running.stop()


def test_a_message_must_be_sent_as_json(server: Server) -> None:
    """A form or plain text, which any site could send, is refused."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        asked = request.Request(
            f"http://127.0.0.1:{server.port}{SESSION}", b"{}", {"Content-Type": kind}
        )
        with pytest.raises(error.HTTPError) as refused:
            request.urlopen(asked)
        assert refused.value.code == 415


def test_history_and_forget(server: Server) -> None:
    """What was said comes back with the titles of taps; after `forget` nothing does."""
    sender = server.session()
    server.ask(sender, "how much do they earn")
    server.ask(sender, "/ask_day")
    body = json.dumps({"sender": sender}).encode()
    _, told = server.post("/webhooks/web/history", body)
    said = [entry["text"] for entry in told if entry["from"] == "student"]
    assert said == ["how much do they earn", "A typical day"]
    assert told[1]["custom"]["card"]["type"] == "facts" and told[1]["buttons"]
    assert server.post("/webhooks/web/forget", body) == (200, {})
    assert server.post("/webhooks/web/history", body) == (200, [])
    assert server.post("/webhooks/web/history", b"{}")[0] == 401


def test_a_vote_names_what_there_is(server: Server) -> None:
    """A vote on a real topic is counted; a made-up topic, guide or verdict is refused."""
    vote = {"sender": server.session(), "guide": "mlops-engineer", "topic": "day", "verdict": "up"}
    assert server.post("/webhooks/web/feedback", json.dumps(vote).encode()) == (200, {})
    for wrong in ({"topic": "x"}, {"guide": "x"}, {"verdict": "x"}, {"topic": {}}, {"sender": ""}):
        status, _ = server.post("/webhooks/web/feedback", json.dumps({**vote, **wrong}).encode())
        assert status in (400, 401), wrong


def test_the_guide_of_the_page_is_used(server: Server) -> None:
    """A message may name the guide of its page; a made-up one is refused."""
    asked = {"sender": server.session(), "message": "hello"}
    good = json.dumps({**asked, "guide": "mlops-engineer"}).encode()
    assert server.post(WEBHOOK, good)[0] == 200
    for guide in ("nurse", 5, {}, ""):
        assert server.post(WEBHOOK, json.dumps({**asked, "guide": guide}).encode())[0] == 400


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
        # Three that are not understood in a row are handed to a person.
        allowed = {"fallback", "clarify", "answer", "smalltalk", "no_guide", "handoff"}
        assert set(kinds(replies)) <= allowed, command
    assert "nurse" not in reply_text(server.ask(sender, "and the salary"))


def test_two_students_do_not_share_a_talk(server: Server) -> None:
    """What one asked is no context for the other."""
    alone, first, second = server.session(), server.session(), server.session()
    asked = "how long does that take"
    before = reply_text(server.ask(alone, asked))
    server.ask(first, "tell me about the bootcamp")
    assert reply_text(server.ask(second, asked)) == before
    of_the_bootcamp = reply_text(server.ask(first, asked))
    assert "3-12 months" in of_the_bootcamp and of_the_bootcamp != before


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


def test_what_reaches_no_route_is_refused_alike(server: Server) -> None:
    """Another method, another address, 100 MB: an error object, and nothing is run."""
    for method, path, status in (
        ("GET", WEBHOOK, 405),
        ("PUT", WEBHOOK, 405),
        ("DELETE", SESSION, 405),
        ("GET", "/nowhere", 404),
        ("POST", "/chat", 405),
        ("POST", "/careers.json", 405),
    ):
        asked = request.Request(f"http://127.0.0.1:{server.port}{path}", method=method)
        with pytest.raises(error.HTTPError) as refused:
            request.urlopen(asked)
        assert refused.value.code == status, (method, path)
        assert set(json.loads(refused.value.read())["error"]) == {"code", "message"}
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.putrequest("POST", WEBHOOK)
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(100_000_000))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_monitors_may_ask_with_head(server: Server) -> None:
    """Pages and health answer HEAD as GET, without a body."""
    for path in ("/health", "/ready", "/chat", "/embed", "/embed.js", "/careers.json", "/guides"):
        asked = request.Request(f"http://127.0.0.1:{server.port}{path}", method="HEAD")
        with request.urlopen(asked, timeout=20) as answer:
            assert answer.status == 200 and answer.read() == b"", path


def test_what_a_caller_must_not_choose_is_ignored(server: Server) -> None:
    """Metadata, input channel and stream of stock Rasa change nothing."""
    sender = server.session()
    given = {"sender": sender, "message": "/ask_salary"}
    expected = server.post(WEBHOOK, json.dumps(given).encode())
    for more in ({"metadata": "x" * 3000}, {"metadata": [1]}, {"input_channel": "rest"}):
        assert server.post(WEBHOOK, json.dumps({**given, **more}).encode()) == expected
    assert server.post(f"{WEBHOOK}?stream=true", json.dumps(given).encode()) == expected


def test_many_messages_of_one_session_are_answered_in_order(server: Server) -> None:
    """Thirty at once: each is answered, none is lost, and each has its own answer behind it."""
    sender = server.session()
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(lambda _: server.ask(sender, "/ask_salary"), range(30)))
    assert all(answer == answers[0] for answer in answers)
    _, told = server.post("/webhooks/web/history", json.dumps({"sender": sender}).encode())
    assert [entry["from"] for entry in told] == ["student", "guide"] * 30


def test_shorter_names_no_route(server: Server) -> None:
    """After any answer but the routes it asks for that answer in short."""
    session = server.session()
    tools = reply_text(server.ask(session, "what tools do they use"))
    short = reply_text(server.ask(session, "shorter"))
    assert "Python" in short and len(short) < len(tools)


def test_fifty_misses_and_three_hundred_turns_in_one_session(server: Server) -> None:
    """It never falls silent, and a late turn is as good as an early one."""
    sender = server.session()
    for number in range(50):
        for reply in server.ask(sender, f"qwpo zmxn {number} rtuy"):
            check_reply(reply)
    first = server.ask(sender, "how much do they make")
    for _ in range(250):
        server.ask(sender, "is it stressful")
    assert server.ask(sender, "how much do they make") == first


def test_idle_connections_do_not_keep_others_out(server: Server) -> None:
    """Two hundred callers who send half a request and wait; a student is answered meanwhile."""
    idle = []
    try:
        for _ in range(200):
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=5)
            connection.sendall(b"POST /webhooks/web/webhook HTTP/1.1\r\nHost: x\r\nContent-Le")
            idle.append(connection)
        started = time.monotonic()
        assert server.ask(server.session(), "hello")
        assert time.monotonic() - started < 3
        idle[0].settimeout(REQUEST_SECONDS + 10)
        while idle[0].recv(4096):
            pass
    finally:
        for connection in idle:
            connection.close()


def test_ctrl_c_stops_it(tmp_path: Path) -> None:
    """An interrupt ends the process and frees its port, without a traceback."""
    log = tmp_path / "log.txt"
    running = launched(log)
    running.stop()
    assert "Traceback" not in log.read_text()
    with pytest.raises(OSError):
        running.get("/chat")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_while_it_starts(end: signal.Signals, tmp_path: Path) -> None:
    """From the moment that the port is open, before "Ready", it can be stopped as well."""
    log = tmp_path / "log.txt"
    running = launched(log, ready=None)
    running.process.send_signal(end)
    running.process.wait(20)
    assert running.stop() == 0
    assert "Traceback" not in log.read_text()


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
