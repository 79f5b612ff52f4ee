"""The real server on SQLite and on a real PostgreSQL: faults, crashes and many at once."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from bench.store.turns import bytes_per_turn
from channels.sessions import Sessions
from conversations import tables
from conversations.database import database_url
from conversations.store import ConversationStore
from tests.earlier import write_earlier
from tests.postgres import Postgres
from tests.postgres import postgres as postgres  # a fixture
from tests.served import Server, check_reply, kinds, launched, reply_text
from tests.stores import DOMAIN, waits_beside
from tests.test_history import earlier_events, fill, say, see_earlier

KEY = "of the test: long enough for a restart"
LONGEST_TURN = 3
"""Seconds."""

Start = Callable[[], Server]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Where the conversations are, for the assistant and for a store of the test's own."""
    found = {"GUIDEPOST_KEY": KEY, "GUIDEPOST_DATA": str(tmp_path / "data")}
    if request.param == "postgresql":
        found["GUIDEPOST_DATABASE"] = request.getfixturevalue("postgres").url
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    return found


@pytest.fixture
def start(place: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Starts the assistant, again on the same conversations each time."""
    yield from starting(tmp_path, place)


def conversation_of(sender: str) -> str:
    found = Sessions(KEY).conversation(sender)
    assert found
    return found


def pages(server: Server, sender: str) -> list[list[dict[str, Any]]]:
    """The history, page by page, the newest first."""
    found: list[list[dict[str, Any]]] = []
    asked: dict[str, Any] = {"sender": sender}
    while not found or "before" in asked:
        status, page = server.post("/webhooks/web/history", json.dumps(asked).encode())
        assert status == 200
        asked.pop("before", None)
        if page and "before" in page[0]:
            asked["before"] = page[0]["before"]
        found.append(page)
    return found


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


def test_a_reply_is_added_between_turns(start: Start) -> None:
    """Before the first message and in the middle of the quiz: shown in its place, nothing else."""
    server = start()
    sender, other = server.session(), server.session()
    card = {"text": "You are not alone.", "custom": {"kind": "crisis", "topic": "crisis", "guide": None, "sources": []}}  # fmt: skip

    async def add() -> None:
        store = ConversationStore(DOMAIN, keep_days=30)
        await store.append_reply(conversation_of(sender), card)
        store.close()

    asyncio.run(add())
    asked = [quick(server, sender, words) for words in ("quiz me", "yes")]
    asyncio.run(add())
    asked.append(quick(server, sender, "no"))
    assert asked == [quick(server, other, words) for words in ("quiz me", "yes", "no")]
    (page,) = pages(server, sender)
    said = [entry["text"] for entry in page]
    assert [place for place, text in enumerate(said) if text == card["text"]] == [0, 5]
    assert page[0]["custom"] == card["custom"] and len(said) == 8
    kill(server)
    assert pages(start(), sender) == [page]


def test_what_an_earlier_form_kept_is_served(start: Start, place: dict[str, str]) -> None:
    """Brought up to date before the first student is served: history, retry and form."""
    if "GUIDEPOST_DATABASE" not in place:
        Path(place["GUIDEPOST_DATA"]).mkdir()
    sender = Sessions(KEY).new()
    write_earlier(database_url(), {conversation_of(sender): earlier_events(), "other": []})

    async def look() -> None:
        store = ConversationStore(DOMAIN, keep_days=30)
        await store.open()
        assert not store.degraded
        await see_earlier(store, conversation_of(sender))
        assert not await store._archive.ask(tables.has_old)
        store.close()

    server = start()
    (page,) = pages(server, sender)
    assert [entry["text"] for entry in page] == ["one", "first", "That route", "second", "third"]
    asyncio.run(look())
    quick(server, sender, "hello")
    assert len(pages(server, sender)[0]) > len(page)


def test_a_long_history_comes_in_pages(start: Start) -> None:
    """Over HTTP and after a restart: all turns, once, in order; a page that is none is refused."""
    server = start()
    sender = server.session()
    conversation = conversation_of(sender)

    async def write() -> None:
        store = ConversationStore(DOMAIN, keep_days=30)
        await fill(store, conversation, 120)
        store.close()

    asyncio.run(write())
    quick(server, sender, "hello")
    kill(server)
    server = start()
    found = pages(server, sender)
    said = [e["text"] for page in reversed(found) for e in page if e["from"] == "student"]
    assert said == [*(f"message {number}" for number in range(120)), "hello"] and len(found) == 3
    for wrong in (-1, "1", 2**31, True):
        body = json.dumps({"sender": sender, "before": wrong}).encode()
        assert server.post("/webhooks/web/history", body)[0] == 400


def test_a_turn_takes_little_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Less than 1.5 kB on the disk, over varied questions, the quiz and the plan."""
    monkeypatch.delenv("GUIDEPOST_DATABASE", raising=False)
    turns, size = bytes_per_turn(tmp_path, questions=100)
    assert turns > 90 and size / turns < 1500, size / turns


def test_others_are_served_while_much_is_deleted(place: dict[str, str]) -> None:
    """A student waits for a slice of the work, never for all of it."""

    async def delete() -> None:
        store = ConversationStore(DOMAIN, keep_days=30)
        for number in range(300):
            await fill(store, f"chat-{number}", 20)
        running = asyncio.gather(*(store.forget(f"chat-{number}") for number in range(200)))
        waits, took = await waits_beside(running, lambda: say(store, "other", "hello"))
        assert not store.degraded and len(waits) > 10
        assert waits[len(waits) * 95 // 100] < took / 5, (waits, took)
        left = {"other", *(f"chat-{number}" for number in range(200, 300))}
        assert set(await store.keys()) == left
        await store.prune(-1)
        assert await store.keys() == []
        store.close()

    asyncio.run(delete())
