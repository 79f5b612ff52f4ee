"""Three replicas behind nginx with PostgreSQL and Redis; one is killed each second."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib import error, request

import pytest
from sqlalchemy import create_engine

from conversations import packing, tables
from conversations.tables import Row
from tests.postgres import Postgres
from tests.postgres import postgres as postgres  # a fixture
from tests.proxy import UNVERIFIED, nginx
from tests.served import ROOT, free_port, kinds

REPLICAS = 3
ROUNDS = 3
STUDENTS = 12
PATIENCE = 120
"""Seconds until a student gives up."""
TALK = ("quiz me", "yes", "no", "yes", "what does an mlops engineer do", "how much do they make")


def started(command: list[str], log: Path, **environment: str) -> subprocess.Popen[bytes]:
    with log.open("ab") as file:
        return subprocess.Popen(
            command, cwd=ROOT, stdout=file, stderr=file, env={**os.environ, **environment}
        )


def await_open(url: str, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with request.urlopen(url, timeout=5, context=UNVERIFIED):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} did not open")


class Replicas:
    """Processes of the assistant that share a database, a Redis and a key."""

    def __init__(self, folder: Path, **shared: str) -> None:
        self._folder, self._shared = folder, shared
        self.ports = [free_port() for _ in range(REPLICAS)]
        self.processes = [self._start(port) for port in self.ports]

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        log = self._folder / f"replica-{port}.txt"
        return started(
            [sys.executable, "-m", "serving", "run"],
            log,
            PORT=str(port),
            GUIDEPOST_LIMITS="off",
            GUIDEPOST_DATA=str(self._folder),
            **self._shared,
        )

    def await_all(self) -> None:
        for port in self.ports:
            await_open(f"http://127.0.0.1:{port}/ready")

    def kill(self, number: int) -> None:
        """Kill one as a crash would; its supervisor starts it again."""
        self.processes[number].kill()
        self.processes[number].wait(10)
        self.processes[number] = self._start(self.ports[number])

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(40)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]  # fmt: skip
    process = started(command, tmp_path / "redis.txt")
    yield f"redis://127.0.0.1:{port}/0", process
    process.kill()
    process.wait(10)


@pytest.fixture
def replicas(
    tmp_path: Path, postgres: Postgres, redis: tuple[str, subprocess.Popen[bytes]]
) -> Iterator[Replicas]:
    running = Replicas(
        tmp_path,
        GUIDEPOST_KEY="a key of the test, long enough for all replicas",
        GUIDEPOST_DATABASE=postgres.url,
        GUIDEPOST_REDIS=redis[0],
    )
    try:
        running.await_all()
        yield running
    finally:
        running.stop()


@pytest.fixture
def proxy(tmp_path: Path, replicas: Replicas) -> Iterator[str]:
    """The address of nginx with the shipped configuration, on another port."""
    with nginx(tmp_path / "nginx", replicas.ports) as address:
        yield address


def post(address: str, path: str, given: dict[str, str]) -> tuple[int, Any]:
    headers = {
        "Content-Type": "application/json",
        "X-Guidepost-Session": given.get("sender", ""),
    }
    asked = request.Request(f"{address}/webhooks/web/{path}", json.dumps(given).encode(), headers)
    with request.urlopen(asked, timeout=30, context=UNVERIFIED) as answer:
        return answer.status, json.loads(answer.read())


def insist(address: str, path: str, given: dict[str, str]) -> Any:
    """What the page does: send again, with the same id, until there is an answer."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            status, body = post(address, path, given)
            if status == 200 and (path != "webhook" or "error" not in kinds(body)):
                return body
        except (error.HTTPError, OSError, ValueError):
            pass
        time.sleep(0.3)
    raise AssertionError(f"no answer to {path} in {PATIENCE} s")


def talk(address: str) -> tuple[str, list[str]]:
    """A conversation: its sender, and what was answered."""
    sender = insist(address, "session", {})["sender"]
    answers = []
    for message in TALK:
        given = {"sender": sender, "message": message, "id": str(uuid.uuid4())}
        answers.append("\n".join(each["text"] for each in insist(address, "webhook", given)))
    return sender, answers


def rows_of(postgres: Postgres, sender: str) -> list[Row]:
    engine = create_engine(postgres.url)
    with engine.begin() as connection:
        rows = tables.all_rows(packing.digest(sender.partition(".")[0]), connection)
    engine.dispose()
    return rows


def said_by(replicas: Replicas) -> str:
    """The logs of all replicas."""
    return "".join(log.read_text() for log in replicas._folder.glob("replica-*.txt"))


def test_students_notice_nothing_of_killed_replicas(
    proxy: str,
    replicas: Replicas,
    postgres: Postgres,
    redis: tuple[str, subprocess.Popen[bytes]],
) -> None:
    """No event is lost or doubled, and every answer is the one at rest; in the end without Redis."""
    _, expected = talk(proxy)
    assert len(set(expected)) == len(TALK)
    finished: list[tuple[str, list[str]]] = []
    over = threading.Event()

    def student() -> None:
        while not over.is_set():
            finished.append(talk(proxy))

    with ThreadPoolExecutor(STUDENTS) as pool:
        students = [pool.submit(student) for _ in range(STUDENTS)]
        try:
            for round_ in range(ROUNDS):
                if round_ == ROUNDS - 1:
                    assert "Redis is away" not in said_by(replicas)
                    redis[1].kill()
                for number in range(REPLICAS):
                    replicas.kill(number)
                    time.sleep(1)
                replicas.await_all()
                time.sleep(3)
        finally:
            over.set()
        for each in students:
            each.result()

    print(f"\n{len(finished)} conversations, {ROUNDS * REPLICAS} kills")
    assert len(finished) >= STUDENTS
    for sender, answers in finished:
        assert answers == expected
        rows = rows_of(postgres, sender)
        assert [row.number for row in rows] == list(range(len(rows)))
        events = [event for row in rows for event in packing.unpack(row)[1]]
        said = [event["text"] for event in events if event["event"] == "user"]
        assert said == list(TALK)
        assert len({row.message for row in rows if row.message}) == len(TALK)
    assert "Traceback" not in said_by(replicas) and "Redis is away" in said_by(replicas)
