"""The conversations on SQLite: kept, bounded, deleted to the last byte, and not lost by a fault."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from conversations import database, memory, packing, retention, tables
from conversations.database import Away, Unplaced, database_url
from conversations.events import events_of, turns_of
from conversations.memory import Memory, Talk
from conversations.store import MOST_TURNS, ConversationStore
from conversations.tables import Row
from serving import checks
from serving.checks import Unusable
from serving.server import conversation_store
from tests.stores import DOMAIN
from tests.stores import folder as folder  # a fixture
from tests.stores import store as store  # a fixture

WORDS = "my canary words"


async def say(store: ConversationStore, conversation: str, text: str) -> DialogueStateTracker:
    """One turn, as Rasa does it."""
    tracker = await FailSafeTrackerStore(store).get_or_create_tracker(
        conversation, append_action_listen=False
    )
    if not tracker.events:
        begin_session(tracker)
    tracker.update(UserUttered(text))
    tracker.update(BotUttered(f"you said {text}"))
    tracker.update(ActionExecuted("action_listen"))
    await store.save(tracker)
    return tracker


def begin_session(tracker: DialogueStateTracker) -> None:
    tracker.update(ActionExecuted("action_session_start"))
    tracker.update(SessionStarted())


def said(tracker: DialogueStateTracker | None) -> list[str]:
    """What the student said."""
    return (
        [event.text for event in tracker.events if isinstance(event, UserUttered)]
        if tracker
        else []
    )


@pytest.fixture
def readable(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept is not made smaller, so that words can be found in the files."""
    monkeypatch.setattr(packing, "LEVEL", 0)


def bytes_of(folder: Path) -> bytes:
    """All that the files of a folder hold, the write-ahead log too."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


def part(store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the database away."""

    async def away(*_: Any) -> None:
        raise Away("it is unplugged")

    monkeypatch.setattr(store._archive.database, "ask", away)


async def reunite(store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bring the database back, and wait until the store knows."""
    database_ = store._archive.database
    monkeypatch.setattr(database_, "ask", type(database_).ask.__get__(database_))
    await until_back(store)


async def until_back(store: ConversationStore) -> None:
    for _ in range(300):
        if not store.degraded:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the store did not recover")


async def test_a_conversation_outlives_the_process(store: ConversationStore) -> None:
    """What was said is there for the next process, in order and once."""
    for text in ("one", "two", "three"):
        await say(store, "a", text)
    await say(store, "b", "other")
    next_one = ConversationStore(DOMAIN, keep_days=30)
    assert said(await next_one.retrieve("a")) == ["one", "two", "three"]
    await say(next_one, "a", "four")
    assert said(await next_one.retrieve("a")) == ["one", "two", "three", "four"]
    assert sorted(await next_one.keys()) == ["a", "b"]
    assert await next_one.retrieve("nobody") is None
    next_one.close()


async def test_a_turn_loads_its_session_alone(store: ConversationStore) -> None:
    """Slots, form and events are of the current session; the full tracker has all sessions."""
    await say(store, "a", "long ago")
    tracker = await store.retrieve("a")
    assert tracker
    begin_session(tracker)
    tracker.update(SlotSet("topic", "salary"))
    tracker.update(ActiveLoop("fit_quiz_form"))
    tracker.update(UserUttered("now"))
    await store.save(tracker)
    await store.save(tracker)
    loaded = await store.retrieve("a")
    assert said(loaded) == ["now"] and loaded.get_slot("topic") == "salary"
    assert loaded.active_loop_name == "fit_quiz_form"
    assert said(await say(store, "a", "later")) == ["now", "later"]
    assert said(await store.retrieve_full_tracker("a")) == ["long ago", "now", "later"]


@pytest.mark.usefixtures("readable")
async def test_the_files_are_their_owners_alone(store: ConversationStore, folder: Path) -> None:
    """Nobody else may read the folder or a file in it."""
    await say(store, "a", WORDS)
    assert folder.stat().st_mode & 0o777 == 0o700
    files = list(folder.iterdir())
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600} and len(files) == 3
    assert WORDS.encode() in bytes_of(folder)


async def test_turns_go_on_without_the_database(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form in progress stays; the student is told once; nothing said meanwhile is lost."""
    tracker = await say(store, "a", "quiz me")
    tracker.update(ActiveLoop("fit_quiz_form"))
    await store.save(tracker)
    assert not store.degraded and not store.warn_once("a")
    part(store, monkeypatch)
    kept = await say(store, "a", "yes")
    assert said(kept) == ["quiz me", "yes"] and kept.active_loop_name == "fit_quiz_form"
    assert store.degraded and not await store.healthy()
    assert store.warn_once("a") and not store.warn_once("a") and not store.warn_once("unknown")
    assert said(await store.retrieve_full_tracker("a")) == ["quiz me", "yes"]
    await say(store, "a", "no")
    await reunite(store, monkeypatch)
    assert await store.healthy() and not store.warn_once("a")
    next_one = ConversationStore(DOMAIN, keep_days=30)
    again = await next_one.retrieve("a")
    assert said(again) == ["quiz me", "yes", "no"] and again.active_loop_name == "fit_quiz_form"
    next_one.close()


async def test_what_began_without_the_database_goes_behind_what_it_has(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that never saw the conversation neither overwrites it nor loses its own part."""
    await say(store, "a", "before")
    next_one = ConversationStore(DOMAIN, keep_days=30)
    part(next_one, monkeypatch)
    await say(next_one, "a", "meanwhile")
    await say(next_one, "b", "new")
    await reunite(next_one, monkeypatch)
    assert said(await next_one.retrieve_full_tracker("a")) == ["before", "meanwhile"]
    assert said(await next_one.retrieve("a")) == ["meanwhile"]
    assert said(await store.retrieve("b")) == ["new"]
    next_one.close()


async def test_a_locked_database_is_waited_for_only_so_long(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """A turn gets its answer in time, others are not held up, and the turn is written later."""
    monkeypatch.setattr(database, "SECONDS", 0.2)
    store = ConversationStore(DOMAIN, keep_days=30)
    await say(store, "a", "one")
    with closing(sqlite3.connect(folder / database.FILE)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        await say(store, "a", "two")
        assert store.degraded and time.monotonic() - started < 1
        started = time.monotonic()
        await say(store, "b", "other")
        assert time.monotonic() - started < 0.1
        other.rollback()
    await until_back(store)
    assert said(await store.retrieve("a")) == ["one", "two"]
    store.close()


async def test_slow_sql_does_not_hold_up_the_loop(store: ConversationStore) -> None:
    """The loop ticks on while the database thread works, and the caller is let go in time."""
    ticks, ended = 0, threading.Event()
    freed: list[bool] = []
    assert store._archive.database
    with pytest.raises(Away):
        await store._archive.database.ask(lambda _: freed.append(ended.wait(10)), 0.05)
    while ticks <= 10:
        await asyncio.sleep(0.01)
        ticks += 1
    ended.set()  # only now the thread may end: held up by it, the loop would not get here in time
    await store.retrieve("after it")
    assert ticks > 10 and freed == [True]


async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The longest unused talks go first, by number of talks and by number of rows."""
    monkeypatch.setattr(memory, "MOST_TALKS", 3)
    kept = Memory()
    for name in "abcd":
        kept.put(name, Talk([Row(0, 0, 0.0, None, b"")]))
    assert kept.conversations() == ["b", "c", "d"]
    monkeypatch.setattr(memory, "MOST_ROWS", 10)
    kept.put("b", Talk([Row(number, 0, 0.0, None, b"") for number in range(9)]))
    assert kept.conversations() == ["d", "b"]
    kept.drop(lambda _: time.time() + 1)
    assert kept.conversations() == []


@pytest.mark.parametrize("level", [0, packing.LEVEL])
async def test_a_deleted_conversation_leaves_no_trace(
    store: ConversationStore, folder: Path, level: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in a file, as words or packed, not in memory; another conversation stays."""
    monkeypatch.setattr(packing, "LEVEL", level)
    await say(store, "b", "something else")
    for _ in range(20):
        await say(store, "conversation-to-delete", WORDS)
    rows = await store.rows_before("conversation-to-delete")
    packed = [row.data[tables.HEAD :].rstrip(b"\0") for row in rows]
    sought = packed if level else [WORDS.encode(), b"conversation-to-delete"]
    assert len(packed) >= 20 and all(piece in bytes_of(folder) for piece in sought)
    await store.forget("conversation-to-delete")
    held = bytes_of(folder)
    assert not [piece for piece in sought if piece in held]
    assert await store.retrieve("conversation-to-delete") is None
    assert WORDS not in repr(vars(store._archive.memory))
    assert said(await store.retrieve("b")) == ["something else"]
    await say(store, "conversation-to-delete", "new start")
    assert said(await store.retrieve("conversation-to-delete")) == ["new start"]


@pytest.mark.usefixtures("readable")
@pytest.mark.parametrize("seed", [0, 1, 2])
async def test_deleting_reaches_rows_that_were_moved(
    store: ConversationStore, folder: Path, seed: int
) -> None:
    """Where SQLite moves rows, splits pages and joins them again, no copy is left behind."""
    chance = random.Random(seed)
    talks = [f"canary-{number:02}-" for number in range(60)]

    def fill(connection: Any) -> None:
        for number in range(3000):
            talk = chance.choice(talks)
            event = {"event": "user", "timestamp": 1e9, "text": talk * chance.choice((1, 30, 100))}
            rows = packing.rows_of(talk, [event], number, None)
            tables.insert(packing.digest(talk), rows, connection)

    assert store._archive.database
    await store._archive.database.ask(fill, 60)
    chance.shuffle(talks)
    for talk in talks[:45]:
        assert talk.encode() in bytes_of(folder)
        await store.forget(talk)
        if chance.random() < 0.3:
            await store._archive.ask(tables.shrink)
        assert talk.encode() not in bytes_of(folder)
    assert sorted(await store.keys()) == sorted(talks[45:])


async def test_a_running_turn_does_not_bring_a_deleted_conversation_back(
    store: ConversationStore,
) -> None:
    """What was loaded before the deletion is not saved after it."""
    await say(store, "a", WORDS)
    tracker = await store.retrieve("a")
    await store.forget("a")
    tracker.update(UserUttered(WORDS))
    await store.save(tracker)
    assert await store.retrieve_full_tracker("a") is None and await store.retrieve("a") is None


async def test_nothing_is_said_to_be_deleted_that_is_not(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the database is away, deleting fails and the conversation stays."""
    await say(store, "a", WORDS)
    part(store, monkeypatch)
    with pytest.raises(Away):
        await store.forget("a")
    assert said(await store.retrieve("a")) == [WORDS]
    await reunite(store, monkeypatch)
    await store.forget("a")
    assert await store.retrieve("a") is None


@pytest.mark.usefixtures("readable")
async def test_old_words_are_removed_to_the_last_byte(
    store: ConversationStore, folder: Path
) -> None:
    """What is over the limit goes, also more than one slice of it; the file gets smaller."""
    old = await store.get_or_create_tracker("old", append_action_listen=False)
    for _ in range(3 * tables.SLICE):
        old.update(UserUttered(WORDS, timestamp=time.time() - 8 * 24 * 3600))
    await store.save(old)
    await say(store, "young", "hello")
    assert WORDS.encode() in bytes_of(folder)
    await store._archive.ask(tables.scrub)
    before = len(bytes_of(folder))
    await store.prune(7)
    assert WORDS.encode() not in bytes_of(folder) and len(bytes_of(folder)) < before / 2
    assert said(await store.retrieve("young")) == ["hello"] and await store.retrieve("old") is None


async def test_the_job_prunes_by_itself_and_survives_a_fault(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on after the database was away."""
    monkeypatch.setattr(retention, "INTERVAL_SECONDS", 0)
    seen: list[None] = []

    async def prune() -> None:
        seen.append(None)
        if len(seen) == 1:
            raise Away("not now")

    monkeypatch.setattr(store, "prune", prune)
    job = asyncio.ensure_future(retention.keep_to_limit(store))
    while len(seen) < 3:
        await asyncio.sleep(0)
    job.cancel()


async def test_nothing_is_written_where_nothing_is_to_be_kept(folder: Path) -> None:
    """With 0 days a talk works from memory for a while, and no file is made."""
    store = ConversationStore(DOMAIN, keep_days=0)
    await say(store, "a", "one")
    assert said(await say(store, "a", "two")) == ["one", "two"]
    assert said(await store.retrieve_full_tracker("a")) == ["one", "two"]
    assert await store.healthy() and not store.degraded and not store._archive.memory.unsaved()
    await store.count_feedback("a", "mlops-engineer", "salary", "up")
    assert await store.feedback_counts() == [] and not folder.exists()
    store.let_go(retention.IDLE_DAYS)
    await store.prune()
    assert list(await store.keys()) == ["a"]
    await store.forget("a")
    assert await store.retrieve("a") is None
    await say(store, "a", "three")
    store.let_go(0)
    assert list(await store.keys()) == []
    store.close()


async def test_what_was_kept_goes_where_nothing_is_kept_any_more(folder: Path) -> None:
    """Also where the school said so while the server stood still, or a student says so first."""
    before = ConversationStore(DOMAIN, keep_days=30)
    for conversation in ("a", "b"):
        await say(before, conversation, "one")
    before.close()
    store = ConversationStore(DOMAIN, keep_days=0)
    await store.forget("a")
    with closing(sqlite3.connect(folder / database.FILE)) as other:
        assert other.execute("SELECT count(DISTINCT chat) FROM turns").fetchone() == (1,)
    await say(store, "c", "not kept")
    await store.prune()
    with closing(sqlite3.connect(folder / database.FILE)) as other:
        assert other.execute("SELECT count(*) FROM turns").fetchone() == (0,)
    assert said(await store.retrieve("c")) == ["not kept"]
    store.close()


async def test_an_unreadable_turn_costs_itself_alone(
    store: ConversationStore, folder: Path
) -> None:
    """A corrupt row or event is left out; the rest is read, and what is new is saved."""
    for text in ("one", "corrupt", "two"):
        await say(store, "a", text)
    strange = packing.pack("a", {"event": "strange"}, {"event": "bot", "text": "read", "data": {}})
    with closing(sqlite3.connect(folder / database.FILE)) as other:
        other.execute("UPDATE turns SET data = ? WHERE number = 2", [b"corrupt"])
        other.execute("UPDATE turns SET data = ? WHERE number = 3", [strange])
        other.commit()
    await say(store, "a", "three")
    tracker = await store.retrieve("a")
    assert said(tracker) == ["one", "three"]
    assert "read" in [event.text for event in tracker.events if isinstance(event, BotUttered)]
    rows = await store.rows_before("a")
    assert [len(turn) for turn in turns_of(rows)] == [2, 3, 0, 2, 3]
    broken = [packing.pack("a", each) for each in ({"event": {}}, {}, {"event": "user"})]
    found = events_of([Row(0, 0, 0.0, None, data) for data in (b"", b"5", *broken)])
    assert [type(event) for event in found] == [UserUttered]


@pytest.mark.parametrize(
    "harm",
    [
        "CREATE TABLE events (something TEXT)",  # tables of something else
        "PRAGMA max_page_count = 1",  # a full disk, as SQLite reports it
    ],
)
async def test_turns_go_on_where_nothing_can_be_written(
    folder: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables of another program, a full disk: named as degraded, and the talk goes on."""
    folder.mkdir(parents=True)
    if harm.startswith("CREATE"):
        with closing(sqlite3.connect(folder / database.FILE)) as other:
            other.execute(harm)
            other.commit()
    else:
        monkeypatch.setattr(tables, "PRAGMAS", (*tables.PRAGMAS, harm))
    store = ConversationStore(DOMAIN, keep_days=30)
    for text in ("one", "two"):
        await say(store, "a", text)
    assert store.degraded and not await store.healthy()
    assert said(await store.retrieve("a")) == ["one", "two"]
    store.close()


async def test_a_clock_that_jumps_back_breaks_nothing(store: ConversationStore) -> None:
    """Events of tomorrow are kept in the order in which they came."""
    tracker = await say(store, "a", "one")
    tracker.update(UserUttered("tomorrow", timestamp=time.time() + 24 * 60 * 60))
    tracker.update(ActionExecuted("action_listen"))
    await store.save(tracker)
    await say(store, "a", "today")
    assert said(await store.retrieve("a")) == ["one", "tomorrow", "today"]


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 3000])
async def test_an_id_that_cannot_be_kept_is_refused(store: ConversationStore, name: str) -> None:
    """It neither ends the process nor passes for a fault of the database."""
    for call in (store.retrieve, store.retrieve_full_tracker, store.forget):
        with pytest.raises(ValueError, match="conversation id"):
            await call(name)
    assert await FailSafeTrackerStore(store).retrieve(name) is None and not store.degraded


async def test_writing_twice_is_harmless(store: ConversationStore) -> None:
    """An event whose commit was not heard of is not there twice after the next try."""
    await say(store, "a", "one")
    rows = store._archive.memory.get("a").rows
    await store._archive.ask(lambda connection: tables.insert("a", rows, connection))
    assert said(await store.retrieve_full_tracker("a")) == ["one"]


def test_two_threads_share_a_database() -> None:
    """Two stores on one file, each in a thread, lose nothing."""

    async def talk(name: str) -> None:
        store = ConversationStore(DOMAIN, keep_days=30)
        for turn in range(30):
            await say(store, name, str(turn))
        await until_back(store)
        assert said(await store.retrieve_full_tracker(name)) == [str(n) for n in range(30)]
        store.close()
        done.append(name)

    done: list[str] = []
    threads = [threading.Thread(target=asyncio.run, args=(talk(name),)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["a", "b"]


async def test_ten_conversations_at_once(store: ConversationStore) -> None:
    """Turns that overlap do not mix."""

    async def talk(name: str) -> None:
        for turn in range(10):
            await say(store, name, f"{name} {turn}")

    await asyncio.gather(*(talk(f"c{number}") for number in range(10)))
    for number in range(10):
        assert said(await store.retrieve(f"c{number}")) == [
            f"c{number} {turn}" for turn in range(10)
        ]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("mysql://user:secret@host/name", "mysql"),
        ("postgresql://user:secret@host", "postgresql"),
        ("host secret", "no address"),
        ("postgresql://user:secret@host:port/name", "no address"),
    ],
)
def test_an_address_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str, found: str
) -> None:
    """The variable is named, what was expected too, and no password is shown."""
    monkeypatch.setenv("GUIDEPOST_DATABASE", address)
    fault = checks.fault_of_database() or ""
    assert fault.startswith("GUIDEPOST_DATABASE: found ") and found in fault
    assert "secret" not in fault and len(fault.splitlines()) == 1


def test_both_names_of_postgresql_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hosts hand out either."""
    for scheme in ("postgres", "postgresql"):
        monkeypatch.setenv("GUIDEPOST_DATABASE", f"{scheme}://user@host/name")
        assert database_url().drivername == "postgresql+psycopg2"


def test_a_folder_that_cannot_be_made_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file in its place, for one."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("GUIDEPOST_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(Unplaced, match="GUIDEPOST_DATA"):
        database_url()
    assert "GUIDEPOST_DATA" in (checks.fault_of_database() or "")


async def test_another_store_is_refused(store: ConversationStore) -> None:
    """Rasa's silent change to memory is seen through its wrappers."""
    assert conversation_store(FailSafeTrackerStore(store)) is store
    with pytest.raises(
        Unusable, match=r"endpoints\.yml: tracker_store: found InMemoryTrackerStore"
    ):
        conversation_store(FailSafeTrackerStore(InMemoryTrackerStore(DOMAIN)))


def test_no_test_writes_beside_the_code() -> None:
    """The tests keep their conversations in folders of their own."""
    assert Path(os.environ["GUIDEPOST_DATA"]) != database.FOLDER


async def test_a_long_session_goes_on_in_another(store: ConversationStore) -> None:
    """Slots and a form that runs are carried over, and a turn loads no more than one session."""
    tracker = await say(store, "a", "first")
    tracker.update(SlotSet("career", "nurse"))
    tracker.update(ActionExecuted("quiz_form"))
    tracker.update(ActiveLoop("quiz_form"))
    tracker.update(SlotSet("requested_slot", "fit_answer"))
    tracker.update(ActionExecuted("action_listen"))
    await store.save(tracker)
    lengths = []
    for number in range(3 * MOST_TURNS):
        current = await say(store, "a", f"message {number}")
        assert current.get_slot("career") == "nurse" and current.active_loop_name == "quiz_form"
        assert current.get_slot("requested_slot") == "fit_answer"
        lengths.append(len(current.events))
    assert max(lengths) <= 4 * MOST_TURNS + 10
    whole = said(await store.retrieve_full_tracker("a"))
    assert whole == ["first", *(f"message {number}" for number in range(3 * MOST_TURNS))]


async def test_what_was_said_to_a_message_is_found_again(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its id, from the database and from memory; nothing where it is not known."""
    tracker = await say(store, "a", "before")
    tracker.update(UserUttered("mine", message_id="the-id-of-mine"))
    tracker.update(BotUttered("yours"))
    await store.save(tracker)

    async def found(conversation: str, name: str) -> list[str]:
        events = await store.events_after(conversation, name)
        return [event["text"] for event in events if event["event"] == "bot"]

    assert await found("a", "the-id-of-mine") == ["yours"]
    assert await found("b", "the-id-of-mine") == await found("a", "another-id") == []
    part(store, monkeypatch)
    assert await found("a", "the-id-of-mine") == ["yours"]
    assert await found("a", "another-id") == await found("c", "another-id") == []
