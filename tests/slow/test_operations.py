"""What an administrator relies on: health, metrics, limits, retries, a quiet network."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib import error, request

import pytest

from tests.postgres import Postgres
from tests.postgres import postgres as postgres  # a fixture
from tests.served import Server, free_port, kinds, launched, reply_text

WEBHOOK = "/webhooks/web/webhook"
GUARD = Path(__file__).parent.parent / "guard"
LOOPBACK = ("'127.0.0.1'", "'localhost'", "'::1'", "None", "''", "'0.0.0.0'")
CANARY = "canarywordthatnobodytypes"


class Watched(Server):
    """A server with metrics, whose every connection is written down."""

    metrics: int
    hosts: Path

    def count(self, name: str) -> float:
        """The sum of all series of a metric."""
        with request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(name))


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    port = free_port()
    running = Watched(
        [sys.executable, "-m", "serving", "run"],
        folder / "log.txt",
        METRICS_PORT=str(port),
        GUARD_LOG=str(folder / "hosts.txt"),
        PYTHONPATH=str(GUARD),
    )
    running.metrics, running.hosts = port, folder / "hosts.txt"
    yield running
    running.stop()


def send(server: Server, **given: Any) -> tuple[int, dict[str, str], Any]:
    """Status, headers and JSON of a message."""
    asked = request.Request(
        f"http://127.0.0.1:{server.port}{WEBHOOK}",
        json.dumps(given).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with request.urlopen(asked, timeout=30) as answer:
            return answer.status, dict(answer.headers), json.loads(answer.read())
    except error.HTTPError as refused:
        return refused.code, dict(refused.headers), json.loads(refused.read())


def test_health_and_readiness(watched: Watched) -> None:
    """The loop answers; a whole turn works and the store writes, and nobody's talk grows by it."""
    status, _, body = watched.get("/health")
    assert (status, json.loads(body)) == (200, {"alive": True})
    status, _, body = watched.get("/ready")
    assert (status, json.loads(body)) == (200, {"turn": True, "store": True})


def test_turns_are_counted_for_this_machine_alone(watched: Watched) -> None:
    """By topic and kind, with times and refusals; the page's own port does not show them."""
    before = watched.count("guidepost_turns_total")
    watched.ask(watched.session(), "what is the salary")
    assert watched.count("guidepost_turns_total") == before + 1
    assert watched.count('guidepost_turns_total{kind="answer",topic="salary"}') >= 1
    assert watched.count("guidepost_turn_seconds_count") >= 1
    assert watched.count("guidepost_store_up") == 1 and watched.count("guidepost_turns_in") == 0
    send(watched, sender="nobody", message="hello")
    assert watched.count('guidepost_refused_total{code="no_session"}') >= 1
    with pytest.raises(error.HTTPError) as refused:
        watched.get("/metrics")
    assert refused.value.code == 404


def test_a_message_sent_again_runs_once(watched: Watched) -> None:
    """The same id gets the same answer, and the talk has the question once."""
    sender = watched.session()
    first, again = (
        send(watched, sender=sender, message="quiz me", id="one-message-1") for _ in range(2)
    )
    assert first[0] == again[0] == 200 and first[2] == again[2]
    _, told = watched.post("/webhooks/web/history", json.dumps({"sender": sender}).encode())
    assert [entry["text"] for entry in told if entry["from"] == "student"] == ["quiz me"]
    assert send(watched, sender=sender, message="hello", id=[1])[0] == 400


def test_one_session_cannot_flood_but_is_always_helped(watched: Watched) -> None:
    """Beyond its rate 429 with a time; a message in distress is answered all the same."""
    sender = watched.session()
    answers = [send(watched, sender=sender, message="hello") for _ in range(60)]
    refused = [headers for status, headers, _ in answers if status == 429]
    assert {status for status, _, _ in answers} == {200, 429}
    assert refused and all(int(headers["Retry-After"]) >= 1 for headers in refused)
    status, _, replies = send(watched, sender=sender, message="i want to kill myself")
    assert status == 200 and kinds(replies) == ["crisis"]
    assert watched.ask(watched.session(), "hello")


def test_nothing_goes_to_another_host_and_no_word_into_the_log(watched: Watched) -> None:
    """The guard sees what the process connects to; the log has no word that a student typed."""
    sender = watched.session()
    for text in (CANARY, f"what about {CANARY}", f"my name is {CANARY}", f"/{CANARY}{{x"):
        watched.ask(sender, text)
    watched.post(WEBHOOK, json.dumps({"sender": CANARY, "message": CANARY}).encode())
    asked = watched.hosts.read_text().splitlines()
    assert [line for line in asked if line.split(maxsplit=1)[1] not in LOOPBACK] == []
    log = (watched.hosts.parent / "log.txt").read_text()
    assert CANARY not in log.lower() and sender not in log


def test_the_guard_sees(tmp_path: Path) -> None:
    """A guard that sees nothing would pass every test."""
    seen = tmp_path / "hosts.txt"
    subprocess.run(
        [sys.executable, "-c", "import socket\nsocket.socket().connect_ex(('127.0.0.9', 9))"],
        env={**os.environ, "PYTHONPATH": str(GUARD), "GUARD_LOG": str(seen)},
        check=True,
    )
    assert seen.read_text() == "socket.connect '127.0.0.9'\n"


def test_a_retry_after_a_crash_is_answered_from_the_store(tmp_path: Path) -> None:
    """The answer was kept but not heard; the next process says it again and runs nothing."""
    server = launched(tmp_path / "one.txt")
    sender = server.session()
    server.ask(sender, "quiz me")
    _, _, first = send(server, sender=sender, message="yes", id="answer-one")
    server.process.kill()
    server.process.wait(10)
    server = launched(tmp_path / "two.txt")
    try:
        status, _, again = send(server, sender=sender, message="yes", id="answer-one")
        assert status == 200 and again == first
        assert reply_text(server.ask(sender, "yes")) != reply_text(first)
        _, told = server.post("/webhooks/web/history", json.dumps({"sender": sender}).encode())
        said = [entry["text"] for entry in told if entry["from"] == "student"]
        assert said == ["quiz me", "yes", "yes"]
    finally:
        server.stop()


def test_a_stop_lets_turns_finish(tmp_path: Path, postgres: Postgres) -> None:
    """A turn that waits for its database is answered though SIGTERM came meanwhile."""
    server = launched(tmp_path / "log.txt", GUIDEPOST_DATABASE=postgres.url)
    sender = server.session()
    server.ask(sender, "hello")
    postgres.freeze()
    heard: list[Any] = []
    asking = threading.Thread(target=lambda: heard.append(server.ask(sender, "what is the salary")))
    try:
        asking.start()
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        asking.join(20)
        assert heard and "answer" in kinds(heard[0])
        assert server.process.wait(20) == 0
    finally:
        postgres.thaw()
        server.stop()
