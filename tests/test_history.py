"""The history: in pages, quick however long a session is, with replies that nobody asked for."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    LoopInterrupted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine

from channels.messages import Refused
from channels.transcript import TURNS, history, read_before, said_to, transcript
from conversations import packing, tables, upgrade
from conversations.database import Away, database_url
from conversations.events import events_of
from conversations.store import MOST_TURNS, ConversationStore
from tests.earlier import write_earlier
from tests.stores import DOMAIN, waits_beside
from tests.stores import folder as folder  # a fixture
from tests.stores import store as store  # a fixture

BUTTON = {"title": "That route", "payload": '/ask_education{"route": "bootcamp"}'}
LATELY = int(time.time()) - 1000.0
CUSTOM = {"kind": "answer", "topic": "salary", "guide": None, "sources": []}
CARD = {"text": "You are not alone.", "custom": {**CUSTOM, "kind": "crisis"}, "buttons": [BUTTON]}


@pytest.fixture(params=["kept", "away", "nothing kept"])
async def any_store(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ConversationStore]:
    """A store with its database, without it, and one that has none."""
    opened = ConversationStore(DOMAIN, keep_days=0 if request.param == "nothing kept" else 30)
    if request.param == "away":

        async def away(*_: Any) -> None:
            raise Away("it is unplugged")

        monkeypatch.setattr(opened._archive.database, "ask", away)
    yield opened
    opened.close()


async def begin(store: ConversationStore, conversation: str) -> DialogueStateTracker:
    """The beginning of a turn, as Rasa has it."""
    tracker = await FailSafeTrackerStore(store).get_or_create_tracker(
        conversation, append_action_listen=False
    )
    for event in [] if tracker.events else begun():
        tracker.update(event)
    return tracker


def begun() -> list[Event]:
    """The beginning of a session."""
    start = ActionExecuted("action_session_start")
    return [start, SessionStarted(), ActionExecuted("action_listen")]


async def end(store: ConversationStore, tracker: DialogueStateTracker, text: str) -> None:
    """What a turn says, and its writing."""
    tracker.update(UserUttered(text, {"name": "ask_salary"}, message_id=f"id-of-{text}"))
    tracker.update(BotUttered(f"you said {text}", {"buttons": [BUTTON], "custom": CUSTOM}))
    tracker.update(ActionExecuted("action_listen"))
    await store.save(tracker)


async def say(store: ConversationStore, conversation: str, *texts: str) -> None:
    for text in texts:
        await end(store, await begin(store, conversation), text)


async def told(store: ConversationStore, conversation: str) -> list[str]:
    """The words of the history."""
    return [entry["text"] for entry in await history(store, conversation)]


def talk(*texts: str) -> list[str]:
    """The words of turns, both sides."""
    return [word for text in texts for word in (text, f"you said {text}")]


def fill(store: ConversationStore, conversation: str, turns: int) -> Any:
    """Write so many turns at once, in sessions as the store makes them."""
    events: list[Event] = []
    for number in range(turns):
        if number % MOST_TURNS == 0:
            events += begun()
        events += [
            UserUttered(f"message {number}", {"name": "ask_salary"}),
            ActionExecuted("action_answer"),
            BotUttered(f"reply {number} " * 20, {"buttons": [BUTTON], "custom": CUSTOM}),
            SlotSet("topic", "salary"),
            ActionExecuted("action_listen"),
        ]
    rows = packing.rows_of(conversation, [event.as_dict() for event in events], 0, None)
    assert store._archive.database
    return store._archive.database.ask(
        lambda connection: tables.insert(packing.digest(conversation), rows, connection), 60
    )


def test_what_is_needed_again_is_kept() -> None:
    """Every kind of event that the assistant makes is the same after it was kept."""
    entities = [{"entity": "route", "value": "bootcamp", "role": "one", "group": "two"}]
    events: list[Event] = [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
        UserUttered("what? \U0001f600", {"name": "ask_salary"}, entities, input_channel="web"),
        DefinePrevUserUtteredFeaturization(False),
        ActionExecuted("action_answer", hide_rule_turn=True),
        BotUttered("that", {"buttons": [BUTTON], "custom": {**CUSTOM, "card": {"max": 0, "on": False}}}),
        *(SlotSet("fit_answers", value) for value in ([True, False], [], None, 0, "", False)),
        ActiveLoop("plan_form"),
        LoopInterrupted(True),
        LoopInterrupted(False),
        ActiveLoop(None),
        AllSlotsReset(),
        FollowupAction("action_listen"),
    ]  # fmt: skip
    rows = packing.rows_of("a", [event.as_dict() for event in events], 0, None)
    kept = events_of(rows)
    assert kept == events and [row.session for row in rows] == [0, 0]
    assert [event.value for event in kept if isinstance(event, SlotSet)] == [
        event.value for event in events if isinstance(event, SlotSet)
    ]
    asked, before = kept[3], events[3]
    assert asked.entities == entities and asked.parse_data["entities"] == entities
    assert asked.as_sub_state() == before.as_sub_state() and asked.input_channel == "web"
    assert kept[5].hide_rule_turn and not kept[2].hide_rule_turn
    for one, other in zip(kept, events, strict=True):
        assert abs(one.timestamp - other.timestamp) < 0.1
    assert abs(asked.timestamp - before.timestamp) < 0.002
    assert all((len(row.data) - tables.HEAD) % tables.PAGE == 0 for row in rows)


def test_what_turns_have_in_common_never_changes() -> None:
    """All that is kept can be read with it alone; something new needs another file beside it."""
    found = hashlib.sha256(packing.FREQUENT).hexdigest()
    assert found == "0cb9e88ef4ccd7b6d70cdea2efbae2ab5f4e367627dab064be68c9a00f0bd570"


async def test_a_history_comes_in_pages(any_store: ConversationStore) -> None:
    """The newest turns first, then those before, all of them, each once and in order."""
    texts = [f"message {number}" for number in range(2 * TURNS + 20)]
    await say(any_store, "a", *texts)
    pages, before = [], None
    while not pages or before is not None:
        page = await history(any_store, "a", before)
        before = page[0].pop("before", None)
        assert not [entry for entry in page if "before" in entry]
        pages.append(page)
    assert len(pages) == 3 and len(pages[0]) >= 2 * (TURNS - TURNS // MOST_TURNS - 1)
    found = [entry for page in reversed(pages) for entry in page]
    assert [entry["text"] for entry in found] == talk(*texts)
    assert [entry["at"] for entry in found] == sorted(entry["at"] for entry in found)
    assert found[-1]["buttons"] == [BUTTON] and found[-1]["custom"] == CUSTOM
    assert await history(any_store, "nobody") == await history(any_store, "a", 0) == []


async def test_a_tap_on_a_button_of_the_page_before_has_its_title(
    store: ConversationStore,
) -> None:
    """The first message of a page may be a tap on what the page before ends with."""
    await say(store, "a", *(str(number) for number in range(3)), BUTTON["payload"])
    tapped = next(
        row.number
        for row in await store.rows_before("a")
        if BUTTON["payload"] in str(packing.unpack(row)[1][0].get("text"))
    )
    await say(store, "a", *(str(number) for number in range(TURNS)))
    rows = await store.rows_before("a")
    page = await history(store, "a", tapped + TURNS)
    assert page[0]["text"] == BUTTON["title"] and page[0]["before"] == tapped and len(rows) > TURNS


@pytest.mark.parametrize("given", [-1, 2**31, True, 1.5, "7", [], {}])
def test_a_page_that_is_none_is_refused(given: object) -> None:
    """400, and no fault of the database."""
    with pytest.raises(Refused) as refused:
        read_before(given)
    assert refused.value.status == 400 and read_before(None) is None and read_before(7) == 7


async def test_a_long_history_reads_no_more_than_a_short_one(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 2,000 turns the page's own are read and no more, so nobody waits for the rest."""
    await fill(store, "long", 2000)
    await fill(store, "short", TURNS + 10)
    read: Counter[str] = Counter()
    unpack = packing.unpack
    for conversation in ("long", "short"):

        def counted(row: Any, of: str = conversation) -> Any:
            read[of] += 1
            return unpack(row)

        monkeypatch.setattr("conversations.events.unpack", counted)
        assert len(await history(store, conversation)) in range(2 * TURNS - 14, 2 * TURNS)
    assert 0 < read["long"] <= read["short"] + 1


async def test_a_reply_without_a_message_stays_in_its_place(any_store: ConversationStore) -> None:
    """It is in the history for as long as the session, changes no slot and no form."""
    await say(any_store, "a", "one")
    tracker = await begin(any_store, "a")
    tracker.update(SlotSet("career", "nurse"))
    tracker.update(ActionExecuted("fit_quiz_form"))
    tracker.update(ActiveLoop("fit_quiz_form"))
    tracker.update(SlotSet("requested_slot", "fit_answer"))
    await end(any_store, tracker, "two")
    await any_store.append_reply("a", CARD)
    after = [f"message {number}" for number in range(3 * MOST_TURNS)]
    await say(any_store, "a", *after)
    assert await told(any_store, "a") == [*talk("one", "two"), CARD["text"], *talk(*after)]
    (card,) = [each for each in await history(any_store, "a") if each["text"] == CARD["text"]]
    assert card["custom"] == CARD["custom"] and card["buttons"] == CARD["buttons"]
    assert card["from"] == "guide"
    tracker = await begin(any_store, "a")
    assert tracker.active_loop_name == "fit_quiz_form"
    assert tracker.get_slot("career") == "nurse"
    assert tracker.get_slot("requested_slot") == "fit_answer"


async def test_a_reply_may_be_the_first_of_a_conversation(any_store: ConversationStore) -> None:
    """The talk begins with it, and goes on as any other."""
    await any_store.append_reply("a", CARD)
    assert await told(any_store, "a") == [CARD["text"]]
    tracker = await begin(any_store, "a")
    assert tracker.latest_action_name == "action_listen"
    await end(any_store, tracker, "one")
    assert await told(any_store, "a") == [CARD["text"], *talk("one")]
    if any_store.keep_days and not any_store.degraded:
        next_one = ConversationStore(DOMAIN, keep_days=30)
        assert await told(next_one, "a") == [CARD["text"], *talk("one")]
        next_one.close()


async def test_a_turn_that_runs_loses_nothing_by_a_reply(any_store: ConversationStore) -> None:
    """Whatever the order in which both are loaded and written, each is there once."""
    await say(any_store, "a", "one")
    tracker = await begin(any_store, "a")
    await any_store.append_reply("a", CARD)
    await end(any_store, tracker, "two")
    assert await told(any_store, "a") == [*talk("one"), CARD["text"], *talk("two")]

    async def turns() -> None:
        await say(any_store, "a", *(f"message {number}" for number in range(30)))

    replies = [any_store.append_reply("a", {**CARD, "text": f"card {n}"}) for n in range(30)]
    await asyncio.wait_for(asyncio.gather(turns(), *replies), 20)
    found = await told(any_store, "a")
    page = await history(any_store, "a")
    while "before" in page[0]:
        page = await history(any_store, "a", page[0]["before"])
        found = [*(entry["text"] for entry in page), *found]
    words = [*talk("one", "two"), *talk(*(f"message {n}" for n in range(30)))]
    assert sorted(found) == sorted([*words, CARD["text"], *(f"card {n}" for n in range(30))])
    assert [text for text in found if not text.startswith("card") and text != CARD["text"]] == words


async def test_a_reply_brings_nothing_back_that_was_deleted(any_store: ConversationStore) -> None:
    """A turn that still runs after the deletion adds nothing but what came since."""
    await say(any_store, "a", "one")
    tracker = await begin(any_store, "a")
    if any_store.degraded:
        any_store._archive.memory.forget("a")
    else:
        await any_store.forget("a")
    await any_store.append_reply("a", CARD)
    await end(any_store, tracker, "two")
    assert await told(any_store, "a") == [CARD["text"]]
    await say(any_store, "a", "three")
    assert await told(any_store, "a") == [CARD["text"], *talk("three")]


async def test_a_retry_gets_the_first_answer_and_no_later_reply(
    any_store: ConversationStore,
) -> None:
    """What was added behind an answer is no part of it."""
    await say(any_store, "a", "one")
    first = said_to(await any_store.events_after("a", "id-of-one"))
    await any_store.append_reply("a", CARD)
    assert said_to(await any_store.events_after("a", "id-of-one")) == first
    assert [reply["text"] for reply in first] == ["you said one"]
    assert first[0]["buttons"] == [BUTTON] and first[0]["custom"] == CUSTOM


def earlier_events() -> list[Event | None]:
    """A conversation of two sessions, the second in a form, as an earlier form kept it."""
    return [
        *begun(),
        UserUttered("one", {"name": "greet"}, message_id="id-of-one", timestamp=LATELY),
        None,
        BotUttered("first", {"buttons": [BUTTON], "custom": CUSTOM, "image": None}, timestamp=LATELY + 1),
        ActionExecuted("action_listen"),
        *begun(),
        SlotSet("career", "nurse"),
        UserUttered(BUTTON["payload"], {"name": "ask_education"}, message_id="id-of-tap", timestamp=LATELY + 60),
        BotUttered("second", {"custom": CUSTOM}, {"utter_action": "x"}, timestamp=LATELY + 61),
        BotUttered("third", {"buttons": [BUTTON]}, timestamp=LATELY + 62),
        ActiveLoop("fit_quiz_form"),
        ActionExecuted("action_listen"),
    ]  # fmt: skip


async def see_earlier(store: ConversationStore, conversation: str) -> None:
    """Nothing of what an earlier form kept is missing."""
    expected = transcript(event.as_dict() for event in earlier_events() if event)
    assert await history(store, conversation) == expected and len(expected) == 5
    again = said_to(await store.events_after(conversation, "id-of-tap"))
    assert [reply["text"] for reply in again] == ["second", "third"]
    tracker = await store.retrieve(conversation)
    assert tracker and tracker.get_slot("career") == "nurse"
    assert tracker.active_loop_name == "fit_quiz_form"
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == 1


async def test_a_database_of_an_earlier_form_is_brought_up_to_date(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it serves, once, with a line in the log; also where a first try was broken off."""
    monkeypatch.setattr(packing, "LEVEL", 0)
    write_earlier(database_url(), {"a": earlier_events(), "b": earlier_events(), "c": []})
    before = (folder / "conversations.db").read_bytes()
    assert b"second" in before and b'"message_id"' in before
    engine = create_engine(database_url())
    with engine.begin() as connection:
        tables.prepare(connection)
    assert upgrade._move(engine) == 1
    engine.dispose()

    store = ConversationStore(DOMAIN, keep_days=30)
    await store.open()
    assert not store.degraded
    said = [record.getMessage() for record in caplog.records]
    assert "1 conversations were packed anew" in said and "minutes" in " ".join(said)
    assert not [line for line in said if "first" in line or "second" in line]
    for name in ("a", "b"):
        await see_earlier(store, name)
    await say(store, "a", "more")
    assert (await told(store, "a"))[-2:] == talk("more")
    assert await store._archive.ask(tables.is_in_shape)
    assert not await store._archive.ask(tables.has_old)
    await store.forget("a")
    await store.forget("b")
    assert b"second" not in b"".join(path.read_bytes() for path in folder.iterdir())
    caplog.clear()
    next_one = ConversationStore(DOMAIN, keep_days=30)
    await next_one.open()
    assert not caplog.records
    store.close()
    next_one.close()


def written_by_thread() -> int:
    """Bytes that this thread wrote so far, to any file."""
    (line,) = [
        line
        for line in Path("/proc/thread-self/io").read_text().splitlines()
        if line.startswith("wchar")
    ]
    return int(line.split()[1])


async def test_no_step_of_a_deletion_writes_much(
    store: ConversationStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written before others may go on is a small share of the file, however large it is."""
    for number in range(100):
        await fill(store, f"chat-{number}", 60)
    await store._archive.ask(tables.scrub)
    file, log = folder / "conversations.db", folder / "conversations.db-wal"
    database, size = store._archive.database, file.stat().st_size
    assert database and size > 3e6
    run, written = database._run, []

    def watched(work: Any) -> Any:
        before = written_by_thread()
        result = run(work)
        written.append(written_by_thread() - before)
        return result

    monkeypatch.setattr(database, "_run", watched)
    await store.forget("chat-0")
    assert 0 < max(written) < size / 4
    await asyncio.gather(*(store.forget(f"chat-{number}") for number in range(1, 40)))
    await store.prune(0)
    assert max(written) < size / 4 and len(written) > 300
    assert file.stat().st_size + log.stat().st_size < size / 100


async def test_others_are_served_while_much_is_deleted(store: ConversationStore) -> None:
    """A student waits for a slice of the work, never for all of it."""
    for number in range(300):
        await fill(store, f"chat-{number}", 20)
    await say(store, "other", "hello")
    deleting = asyncio.gather(*(store.forget(f"chat-{number}") for number in range(200)))
    waits, took = await waits_beside(deleting, lambda: say(store, "other", "hello"))
    assert not store.degraded and len(waits) > 20
    assert waits[len(waits) * 95 // 100] < took / 10, (waits[-5:], took)
    left = set(await store.keys())
    assert left == {"other", *(f"chat-{number}" for number in range(200, 300))}
