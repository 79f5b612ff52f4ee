"""The real server on SQLite and on a real PostgreSQL: faults, crashes and many at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest

from tests.postgres import Postgres
from tests.postgres import postgres as postgres  # a fixture
from tests.served import Server, check_reply, kinds, launched, reply_text

LONGEST_TURN = 3
"""Seconds."""

Start = Callable[[], Server]


@pytest.fixture(params=["sqlite", "postgresql"])
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Start]:
    """Starts the assistant, again on the same conversations each time."""
    place = {}
    if request.param == "postgresql":
        place["GUIDEPOST_DATABASE"] = request.getfixturevalue("postgres").url
    yield from starting(tmp_path, place)


@pytest.fixture
def start_on_postgres(postgres: Postgres, tmp_path: Path) -> Iterator[Start]:
    yield from starting(tmp_path, {"GUIDEPOST_DATABASE": postgres.url})


def starting(folder: Path, place: dict[str, str]) -> Iterator[Start]:
    running: list[Server] = []

    def start() -> Server:
        running.append(launched(folder / f"log-{len(running)}.txt", **place))
        return running[-1]

    yield start
    for server in running:
        server.stop()
    for log in folder.glob("log-*.txt"):
        assert "Traceback" not in log.read_text()


def kill(server: Server) -> None:
    server.process.kill()
    server.process.wait(10)


def quick(server: Server, sender: str, message: str) -> str:
    """The words of a reply that came in time."""
    started = time.monotonic()
    replies = server.ask(sender, message)
    assert time.monotonic() - started < LONGEST_TURN
    for reply in replies:
        check_reply(reply)
    assert "error" not in kinds(replies)
    return reply_text(replies)


def test_a_killed_server_has_lost_nothing_answered(start: Start) -> None:
    """After kill -9 right behind an answer the quiz goes on with the next question."""
    server = start()
    sender, other = server.session(), server.session()
    asked = [quick(server, sender, words) for words in ("quiz me", "yes")]
    quick(server, other, "tell me about the bootcamp")
    kill(server)
    server = start()
    asked.append(quick(server, sender, "yes"))
    expected = [quick(server, other, words) for words in ("quiz me", "yes", "yes")]
    assert asked == expected and len(set(asked)) == 3


def test_many_students_at_once(start: Start) -> None:
    """Ten conversations side by side each keep their own thread."""
    server = start()

    def talk(number: int) -> list[str]:
        sender = server.session()
        words = ("quiz me", "yes", "no", "yes") if number % 2 else ("tell me about the bootcamp", "how long does that take")  # fmt: skip
        return [reply_text(server.ask(sender, text)) for text in words]

    with ThreadPoolExecutor(10) as pool:
        talks = list(pool.map(talk, range(10)))
    assert all(one == talks[number % 2] for number, one in enumerate(talks))
    assert "3-12 months" in talks[0][1]


def test_the_talk_goes_on_while_the_database_does_not(
    start_on_postgres: Start, postgres: Postgres
) -> None:
    """Down at the start, frozen and stopped in the middle of the quiz, and back again."""
    postgres.stop()
    server = start_on_postgres()
    sender, other = server.session(), server.session()
    asked = [quick(server, sender, "quiz me")]
    postgres.start()
    await_turns(postgres)
    asked.append(quick(server, sender, "yes"))

    postgres.freeze()
    waits = others_wait(server, lambda: asked.append(quick(server, sender, "yes")))
    assert max(waits) < 1, waits
    quick(server, other, "hello")
    postgres.thaw()

    postgres.stop()
    asked.append(quick(server, sender, "no"))
    before = 0
    postgres.start()
    for _ in range(2):
        before = await_turns(postgres, more_than=before)
        asked.append(quick(server, sender, "yes"))
    await_turns(postgres, more_than=before)
    kill(server)

    server = start_on_postgres()
    asked.append(quick(server, sender, "no"))
    words = ("quiz me", "yes", "yes", "no", "yes", "yes", "no")
    note, _, asked[0] = asked[0].partition("\n")
    assert "may forget" in note, "the student is told, and once"
    assert asked == [quick(server, other, each) for each in words]


def others_wait(server: Server, turn: Callable[[], None]) -> list[float]:
    """How long, in seconds, others wait for the page while a turn runs."""
    running = threading.Thread(target=turn)
    running.start()
    waits = []
    while running.is_alive():
        started = time.monotonic()
        server.get("/chat")
        waits.append(time.monotonic() - started)
        time.sleep(0.05)
    running.join()
    assert len(waits) > 5
    return waits


def await_turns(postgres: Postgres, more_than: int = 0) -> int:
    """Wait until the database has more rows than so many; how many it has."""
    for _ in range(50):
        time.sleep(0.2)
        with psycopg2.connect(postgres.url) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('turns')")
            if cursor.fetchone() == (None,):
                continue
            cursor.execute("SELECT COUNT(*) FROM turns")
            (found,) = cursor.fetchone()
            if found > more_than:
                return int(found)
    raise AssertionError("what was said meanwhile is not written")
