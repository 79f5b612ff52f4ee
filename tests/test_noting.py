"""What is noted of turns: counts by school and day, and questions that found no answer."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from channels import unanswered
from channels.noting import Notes
from channels.unanswered import MOST_QUESTIONS, PATIENCE, Unanswered
from conversations import counts, database, packing, questions, tally
from conversations.counts import Atom, Count, Votes
from conversations.database import Away, Database, database_url
from conversations.questions import MOST, Phrase, Question
from conversations.store import ConversationStore
from conversations.tally import Tally
from guides.loading import Guides
from guides.school import SCHOOL, School
from guides.schools import Schools
from tests.stores import DOMAIN
from tests.stores import folder as folder  # a fixture

KEY = "a key of the server that nobody knows"
COLLECTS = "name: {}\ncollect_questions: true\n"
CHAT, OTHER = "AAAAAAAAAAAAAAAAAAAAAA.lincoln", "BBBBBBBBBBBBBBBBBBBBBB.lincoln"
WORDS = "do we have robotics"


class Day:
    """A day that passes when it is told to."""

    def __init__(self) -> None:
        self.now = date(2026, 11, 28)

    def __call__(self) -> date:
        return self.now


@pytest.fixture
def schools(tmp_path: Path, guides: Guides) -> Schools:
    """Lincoln collects questions, Roosevelt does not, and Quiet keeps nothing at all."""
    (tmp_path / "schools").mkdir()
    (tmp_path / "school.yml").write_text(SCHOOL.read_text())
    for name, text in {
        "lincoln": COLLECTS.format("Lincoln High"),
        "roosevelt": "name: Roosevelt High\n",
        "quiet": COLLECTS.format("Quiet High") + "keep_days: 0\n",
    }.items():
        (tmp_path / "schools" / f"{name}.yml").write_text(text)
    return Schools(guides, tmp_path / "school.yml")


@pytest.fixture
async def store(schools: Schools, folder: Path) -> Any:
    opened = ConversationStore(DOMAIN, schools=schools)
    yield opened
    opened.close()


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def notes(schools: Schools, day: Day) -> Notes:
    return Notes(schools, KEY, lambda text: "[name]" not in text, day)


def reply(kind: str, topic: str = "capabilities", guide: str | None = None, *offers: str) -> dict[str, Any]:  # fmt: skip
    buttons = [{"title": each, "payload": each} for each in offers]
    custom = {"kind": kind, "topic": topic, "guide": guide, "sources": []}
    return {"text": "said", "custom": custom, "buttons": buttons}


async def counted(store: ConversationStore, school: str) -> dict[tuple[str, str], int]:
    found = await store.ask(partial(counts.read, school, date(2020, 1, 1), date(2030, 1, 1)))
    return {(each.subject, each.name): each.number for each in found}


async def kept(store: ConversationStore, school: str = "lincoln") -> list[Question]:
    return await store.ask(partial(questions.newest, school, date(2030, 1, 1)))


async def texts(store: ConversationStore, school: str = "lincoln") -> set[str]:
    return {each.text for each in await kept(store, school)}


async def test_turns_are_counted_by_school_and_chat(notes: Notes, store: ConversationStore) -> None:
    """A topic, a career, a quiz: once a chat and day. What was typed: each by what became of it."""
    for _ in range(3):
        notes.heard(CHAT, "how much", [reply("answer", "salary", "electrician")])
    notes.heard(CHAT, "/ask_day", [reply("answer", "day", "mlops-engineer")], tapped=True)
    notes.heard(CHAT, "hm", [reply("fallback"), reply("no_guide", "careers")])
    notes.heard(CHAT, "hm", [reply("clarify")])
    notes.heard(CHAT, "quiz", [reply("quiz", "take_quiz", "mlops-engineer")])
    notes.heard(CHAT, "plan", [reply("plan", "make_plan", "mlops-engineer")])
    notes.heard(CHAT, "fair", [reply("local", "local")])
    notes.heard(CHAT, "hello", [reply("smalltalk", "greet", "mlops-engineer")])
    notes.heard(OTHER, "how much", [reply("answer", "salary", "electrician"), reply("local", "salary")])  # fmt: skip
    notes.heard("CCCCCCCCCCCCCCCCCCCCCC", "how much", [reply("answer", "salary")])
    await notes.write(store)
    assert await counted(store, "lincoln") == {
        ("conversations", ""): 2,
        ("topics", "salary"): 2,
        ("topics", "day"): 1,
        ("topics", "local"): 1,
        ("careers", "electrician"): 2,
        ("outcomes", "answered"): 5,
        ("outcomes", "refused"): 2,
        ("outcomes", "offered"): 1,
        ("uses", "take_quiz"): 1,
        ("uses", "make_plan"): 1,
    }
    assert (await counted(store, ""))["topics", "salary"] == 1
    assert await counted(store, "roosevelt") == {}


async def test_the_next_day_counts_again_and_is_no_new_chat(
    notes: Notes, store: ConversationStore, day: Day
) -> None:
    for number in (28, 29):
        day.now = date(2026, 11, number)
        notes.heard(CHAT, "how much", [reply("answer", "salary")])
    await notes.write(store)
    found = await store.ask(partial(counts.read, "lincoln", date(2026, 11, 28), date(2026, 12, 1)))
    assert sorted(found) == [
        Count(date(2026, 11, 28), "conversations", "", 1),
        Count(date(2026, 11, 28), "outcomes", "answered", 1),
        Count(date(2026, 11, 28), "topics", "salary", 1),
        Count(date(2026, 11, 29), "outcomes", "answered", 1),
        Count(date(2026, 11, 29), "topics", "salary", 1),
    ]


async def test_distress_is_counted_by_month_alone(notes: Notes, store: ConversationStore) -> None:
    """By tier, once a chat however often help is given: no kind, no career, no day."""
    for _ in range(6):
        notes.helped(CHAT, reply("crisis", "crisis"))
    notes.helped(OTHER, reply("trouble", "trouble"))
    await notes.write(store)
    found = await store.ask(partial(counts.read, "lincoln", date(2026, 1, 1), date(2027, 1, 1)))
    assert sorted(found) == [
        Count(date(2026, 11, 1), "help", "crisis", 1),
        Count(date(2026, 11, 1), "help", "trouble", 1),
    ]


async def test_nothing_is_noted_where_nothing_is_kept(
    notes: Notes, store: ConversationStore
) -> None:
    """With keep_days 0 no count, no vote, no question; collecting changes nothing of that."""
    quiet = "AAAAAAAAAAAAAAAAAAAAAA.quiet"
    notes.heard(quiet, WORDS, [reply("fallback")])
    notes.helped(quiet, reply("crisis", "crisis"))
    notes.voted_down(quiet, "salary")
    await store.count_feedback(quiet, "electrician", "salary", "down")
    await notes.write(store)
    assert await counted(store, "quiet") == {} and await kept(store, "quiet") == []
    assert await store.feedback_counts() == []


async def test_a_turn_writes_nothing(notes: Notes, store: ConversationStore) -> None:
    """Turns change what is in memory; one statement and transaction writes all of it."""
    asked: list[object] = []
    ask = store.ask

    async def watched(work: Any) -> Any:
        asked.append(work)
        return await ask(work)

    store.ask = watched  # type: ignore[method-assign]
    for number in range(50):
        notes.heard(f"{number:022}.lincoln", WORDS, [reply("fallback")])
    assert not asked
    await notes.write(store)
    await notes.write(store)
    assert len(asked) == 1


async def test_counts_wait_while_the_database_is_away(
    notes: Notes, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And are written once it is back, each once."""

    async def away(work: Any) -> None:
        raise Away("not now")

    notes.heard(CHAT, WORDS, [reply("fallback")])
    with monkeypatch.context() as patched:
        patched.setattr(store, "ask", away)
        await notes.write(store)
    notes.heard(OTHER, "is there a chess club", [reply("fallback")])
    await notes.write(store)
    assert (await counted(store, "lincoln"))["outcomes", "refused"] == 2
    assert await texts(store) == {WORDS, "is there a chess club"}


async def test_old_counts_and_decisions_are_removed(store: ConversationStore) -> None:
    """After two years, votes among them."""
    today = date.today()
    old = today.replace(year=today.year - 2, day=1)
    kept_day = today.replace(year=today.year - 1, day=1)
    for when in (old.replace(year=old.year - 1), kept_day):
        await store.ask(partial(counts.add, {Atom("lincoln", str(when), "topics", "day"): 7}))
        await store.ask(partial(counts.vote, "lincoln", "electrician", "day", "up", when))
        phrase = Phrase("lincoln", "salary", f"said in {when.year}")
        await store.ask(partial(questions.decide, [phrase], when))
    await store.prune()
    assert await counted(store, "lincoln") == {("topics", "day"): 7, ("votes", "up"): 1}
    assert [each.text for each in await store.ask(questions.decided)] == [
        f"said in {kept_day.year}"
    ]


async def test_votes_are_of_their_school(store: ConversationStore) -> None:
    """And all of them are in the table of `make feedback`."""
    for conversation in (CHAT, OTHER, "CCCCCCCCCCCCCCCCCCCCCC"):
        await store.count_feedback(conversation, "electrician", "salary", "down")
    assert await counted(store, "lincoln") == {("votes", "down"): 2}
    assert await counted(store, "") == {("votes", "down"): 1}
    assert await store.feedback_counts() == [Votes("electrician", "salary", 0, 3)]


async def test_votes_of_an_earlier_form_are_no_schools(
    folder: Path, store: ConversationStore
) -> None:
    """They did not say whose they were: they stay in the table of all, and on no desk."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / database.FILE)) as earlier, earlier:
        earlier.execute(
            "CREATE TABLE feedback (day VARCHAR NOT NULL, guide VARCHAR NOT NULL, topic VARCHAR NOT"
            " NULL, verdict VARCHAR NOT NULL, count INTEGER NOT NULL,"
            " PRIMARY KEY (day, guide, topic, verdict))"
        )
        earlier.execute(
            "INSERT INTO feedback VALUES ('2026-11-02', 'electrician', 'day', 'up', 41)"
        )
    await store.count_feedback("CCCCCCCCCCCCCCCCCCCCCC", "electrician", "day", "up")
    assert await store.feedback_counts() == [Votes("electrician", "day", 42, 0)]
    assert await counted(store, "") == {("votes", "up"): 1}
    again = Database(database_url())
    assert await again.ask(counts.votes) == [Votes("electrician", "day", 42, 0)]
    again.close()


async def test_questions_are_kept_where_the_school_says_so_alone(
    notes: Notes, store: ConversationStore
) -> None:
    """Off by default; no school has another's."""
    for school in ("lincoln", "roosevelt", "quiet"):
        notes.heard(f"{'A' * 22}.{school}", WORDS, [reply("fallback")])
    notes.heard("A" * 22, WORDS, [reply("fallback")])
    await notes.write(store)
    assert await store.ask(questions.schools) == ["lincoln"]
    (found,) = await kept(store)
    assert (found.text, found.day, found.career) == (WORDS, date(2026, 11, 28), "")


OFFER = '/ask_salary{"career": "electrician"}'


async def test_what_is_refused_or_not_tapped_or_voted_down_is_kept(
    notes: Notes, store: ConversationStore
) -> None:
    """And what was answered, tapped, taken up in words, or half answered is not."""
    notes.heard(CHAT, "Do we  have ROBOTICS", [reply("fallback", guide="electrician")])
    notes.heard(CHAT, "offered and left", [reply("clarify", "salary", None, OFFER)])
    notes.heard(CHAT, "offered and tapped", [reply("clarify", "salary", None, OFFER)])
    notes.heard(CHAT, OFFER, [reply("answer", "salary", "electrician")], tapped=True)
    notes.heard(CHAT, "offered and taken up", [reply("clarify", "salary", None, OFFER)])
    notes.heard(CHAT, "yes", [reply("answer", "salary", "electrician")])
    notes.heard(CHAT, "answered and liked", [reply("answer", "day")])
    notes.heard(CHAT, "answered badly", [reply("answer", "hours")])
    notes.heard(CHAT, "half answered", [reply("answer", "week"), reply("fallback")])
    notes.voted_down(CHAT, "hours")
    notes.voted_down(CHAT, "hours")
    notes.voted_down(CHAT, "never asked")
    await notes.write(store)
    found = {each.text: each.career for each in await kept(store)}
    assert found == {WORDS: "electrician", "offered and left": "", "answered badly": ""}


async def test_an_offer_is_waited_for(schools: Schools) -> None:
    """Half an hour; then nobody taps it any more."""
    now = [0.0]
    talks = Unanswered(lambda: now[0])
    question = Question("lincoln", b"mark", b"id", date(2026, 11, 28), "offered", "")
    talks.heard(CHAT, "offered", question, [reply("clarify")])
    assert talks.take() == ([], [])
    now[0] = PATIENCE + 1
    assert talks.take() == ([question], []) and talks.take() == ([], [])


async def test_questions_of_a_chat_with_distress_are_not_kept(
    notes: Notes, store: ConversationStore
) -> None:
    """Neither those before it, written or not, nor any after it."""
    notes.heard(CHAT, "before and written", [reply("fallback")])
    await notes.write(store)
    notes.heard(CHAT, "before", [reply("fallback")])
    notes.heard(CHAT, "offered before", [reply("clarify")])
    notes.helped(CHAT, reply("crisis", "crisis"))
    notes.heard(CHAT, "after", [reply("fallback")])
    notes.heard(OTHER, "of another", [reply("fallback")])
    await notes.write(store)
    assert await texts(store) == {"of another"}


async def test_a_chat_that_is_deleted_takes_its_questions_along(
    notes: Notes, store: ConversationStore, day: Day, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those of a turn that runs or of last month, to the last byte, and no others."""
    monkeypatch.setattr(packing, "LEVEL", 0)
    day.now = date(2026, 10, 31)
    notes.heard(CHAT, "my canary of october", [reply("fallback")])
    await notes.write(store)
    day.now = date(2026, 11, 1)
    notes.heard(CHAT, "my canary of november", [reply("fallback")])
    notes.heard(OTHER, "of another", [reply("fallback")])
    await notes.write(store)
    notes.heard(CHAT, "my canary not written", [reply("fallback")])
    assert b"my canary of" in b"".join(path.read_bytes() for path in folder.iterdir())
    await notes.forget(CHAT, store)
    await store.forget(CHAT)
    notes.heard(CHAT, "my canary of a running turn", [reply("fallback")])
    await notes.write(store)
    assert await texts(store) == {"of another"}
    assert b"my canary" not in b"".join(path.read_bytes() for path in folder.iterdir())


async def test_questions_go_after_the_days_of_their_school(
    notes: Notes, store: ConversationStore, schools: Schools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Not a day later; and at once where a school stops collecting, or is gone."""
    today = date.today()
    for days in (0, 29, 30):
        when = date.fromordinal(today.toordinal() - days)
        for school in ("lincoln", "gone"):
            question = Question(school, b"m" * 12, bytes([days]) * 8, when, f"{days} days ago", "")
            await store.ask(partial(questions.keep, [question]))
    await store.prune()
    assert await texts(store) == {"0 days ago", "29 days ago"}
    assert await kept(store, "gone") == []
    (tmp_path / "schools" / "lincoln.yml").write_text("name: Lincoln High\n")
    monkeypatch.setattr(schools._watch, "_looked", float("-inf"))
    await store.prune()
    assert await kept(store) == []


async def test_marks_tell_nobody_who_asked(notes: Notes, store: ConversationStore, day: Day, schools: Schools) -> None:  # fmt: skip
    """One mark a chat and month; without the server's key nobody makes it; the day is all of time."""
    notes.heard(CHAT, WORDS, [reply("fallback")])
    notes.heard(CHAT, "is there chess", [reply("fallback")])
    notes.heard(OTHER, WORDS, [reply("fallback")])
    await notes.write(store)
    first = await kept(store)
    assert len(first) == 3 and len({each.mark for each in first}) == 2
    day.now = date(2026, 12, 1)
    notes.heard(CHAT, WORDS, [reply("fallback")])
    other = Notes(schools, "another key of a server, quite long", lambda text: True, day)
    other.heard(CHAT, WORDS, [reply("fallback")])
    await notes.write(store)
    await other.write(store)
    assert len({each.mark for each in await kept(store)}) == 4
    for each in first:
        assert packing.digest(CHAT)[:12] != each.mark and CHAT.encode() not in each.mark


async def test_questions_that_may_not_be_kept_are_not(
    notes: Notes, store: ConversationStore
) -> None:
    """What is fit is asked when it is written; personal data never is."""
    notes.heard(CHAT, "does [name] work here", [reply("fallback")])
    notes.heard(CHAT, WORDS, [reply("fallback")])
    await notes.write(store)
    assert await texts(store) == {WORDS}


async def test_no_fault_of_a_note_reaches_a_student(
    notes: Notes, store: ConversationStore, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor help: it is logged by its kind, and the next turn is noted."""
    notes.heard(CHAT, WORDS, [{"custom": {"kind": "answer"}}])
    notes.helped(CHAT, {})
    notes.heard(OTHER, WORDS, [reply("fallback")])
    await notes.write(store)
    assert caplog.text.count("not noted: KeyError") == 2 and WORDS not in caplog.text
    assert await texts(store) == {WORDS}


async def test_what_one_chat_gives_is_bounded(notes: Notes, store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Also how many chats are known, how many questions are looked at, and a script's words."""
    for number in range(3 * MOST_QUESTIONS):
        notes.heard(CHAT, f"question {number}", [reply("fallback")])
        notes.heard(CHAT, "the same", [reply("fallback")])
    await notes.write(store)
    assert len(await kept(store)) <= MOST_QUESTIONS
    many = [Question("lincoln", b"m", number.to_bytes(8, "big"), date(2026, 11, 1), "q q", "") for number in range(MOST + 9)]  # fmt: skip
    await store.ask(partial(questions.keep, many))
    assert len(await kept(store)) == MOST
    monkeypatch.setattr(unanswered, "MOST_TALKS", 5)
    monkeypatch.setattr(tally, "MOST_KNOWN", 5)
    for number in range(50):
        notes.heard(f"{number:022}.lincoln", WORDS, [reply("clarify")])
        notes.helped(f"{number:022}.lincoln", reply("crisis", "crisis"))
    assert len(notes._unanswered._talks) == 5 and len(notes._tally._known) == 5


async def test_a_row_that_cannot_be_read_is_left_out(notes: Notes, store: ConversationStore, folder: Path, caplog: pytest.LogCaptureFixture) -> None:  # fmt: skip
    notes.heard(CHAT, WORDS, [reply("fallback")])
    await notes.write(store)
    with closing(sqlite3.connect(folder / database.FILE)) as other, other:
        other.execute("UPDATE questions SET data = x'00'")
    assert await kept(store) == []
    assert "cannot be read" in caplog.text and "robotics" not in caplog.text


def test_counts_that_could_not_be_written_are_taken_back() -> None:
    counting, atom = Tally(), Atom("", "2026-11-28", "topics", "day")
    counting.add(atom)
    taken = counting.take()
    counting.add(atom)
    counting.put_back(taken)
    assert counting.take() == {atom: 2} and counting.take() == {}


BAD = {
    "collect_questions: maybe": "collect_questions",
    'collect_questions: "yes"': "collect_questions",
    "collect_questions: 1": "collect_questions",
    "questions_from_sessions: 2": "questions_from_sessions",
    "questions_from_sessions: 0": "questions_from_sessions",
    "questions_from_sessions: 3.5": "questions_from_sessions",
    "questions_from_sessions: true": "questions_from_sessions",
}


@pytest.mark.parametrize("line", BAD)
def test_a_school_collects_for_three_chats_at_least(
    tmp_path: Path, guides: Guides, line: str
) -> None:
    """And only where it says so in no uncertain words."""
    (tmp_path / "schools").mkdir()
    (tmp_path / "school.yml").write_text(SCHOOL.read_text())
    (tmp_path / "schools" / "lincoln.yml").write_text(f"name: Lincoln\n{line}\n")
    started = Schools(guides, tmp_path / "school.yml")
    assert not started.every() and re.search(BAD[line], "\n".join(started.faults()))


def test_no_school_collects_unless_it_says_so(guides: Guides, schools: Schools) -> None:
    assert not schools.default.collects and schools.default.questions_from_sessions == 3
    collecting = {each.slug for each in schools.every() if each.collects}
    assert collecting == {"lincoln"}
    assert isinstance(schools.default, School)
