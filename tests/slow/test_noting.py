"""A real server notes its turns: written at its end, without words where nobody collects them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from channels.noting import Notes
from conversations import counts, questions
from conversations.counts import Votes
from conversations.database import FILE
from conversations.packing import unpacked
from conversations.questions import Phrase
from conversations.store import ConversationStore
from guides.loading import Guides
from guides.school import SCHOOL
from guides.schools import Schools
from tests.postgres import Postgres
from tests.postgres import postgres as postgres  # a fixture
from tests.served import Server, launched
from tests.stores import DOMAIN
from tests.test_noting import reply

COLLECTED = "If I cannot answer a question, your school may read it later"


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "schools").mkdir()
    (tmp_path / "school.yml").write_text(SCHOOL.read_text())
    (tmp_path / "schools" / "lincoln.yml").write_text("name: Lincoln\ncollect_questions: true\n")
    (tmp_path / "schools" / "quiet.yml").write_text("name: Quiet\nkeep_days: 0\n")
    school, data = str(tmp_path / "school.yml"), str(tmp_path / "data")
    return {"GUIDEPOST_SCHOOL": school, "GUIDEPOST_DATA": data}


@pytest.fixture
def server(tmp_path: Path, place: dict[str, str]) -> Iterator[Server]:
    running = launched(tmp_path / "log.txt", **place)
    yield running
    running.stop()


def session(server: Server, school: str) -> str:
    body = json.dumps({"school": school} if school else {}).encode()
    return str(server.post("/webhooks/web/session", body)[1]["sender"])


def send(server: Server, path: str, sender: str, **more: str) -> None:
    body = json.dumps({"sender": sender, **more}).encode()
    assert server.post(f"/webhooks/web/{path}", body)[0] == 200


def rows(place: dict[str, str], query: str) -> list[Any]:
    with closing(sqlite3.connect(Path(place["GUIDEPOST_DATA"]) / FILE)) as database:
        return list(database.execute(query))


def test_a_server_notes_what_is_asked(server: Server, place: dict[str, str]) -> None:
    """By school; what is deleted is gone; what is not collected is nowhere; help has its month."""
    unanswerable = "what color is the roof of our gym"
    for school in ("", "lincoln", "quiet"):
        sender = session(server, school)
        replies = server.ask(sender, "how much does an electrician earn")
        assert [each["custom"]["kind"] for each in replies] == ["answer"]
        assert server.ask(sender, unanswerable)[0]["custom"]["kind"] == "fallback"
        told = server.ask(sender, "is this private")[0]["text"]
        assert (COLLECTED in told) == (school == "lincoln")
        _, _, about = server.get(f"/webhooks/web/about?school={school}" if school else "/webhooks/web/about")  # fmt: skip
        assert json.loads(about)["collects_questions"] == (school == "lincoln")
        send(server, "feedback", sender, guide="electrician", topic="salary", verdict="up")
    deleted = session(server, "lincoln")
    server.ask(deleted, "why is the gym roof so green")
    send(server, "forget", deleted)
    troubled = session(server, "lincoln")
    server.ask(troubled, "which wall of the gym is the oldest")
    assert server.ask(troubled, "i want to kill myself")[0]["custom"]["kind"] == "crisis"
    assert server.stop() == 0

    asked = rows(place, "SELECT school, day, data FROM questions")
    assert [(school, day, *unpacked(data)) for school, day, data in asked] == [
        ("lincoln", str(date.today()), unanswerable, asked and unpacked(asked[0][2])[1])
    ]
    counts = {each[:1] + each[2:4]: each[4] for each in rows(place, "SELECT * FROM counts")}
    assert {school for school, *_ in counts} == {"", "lincoln"}
    assert counts["lincoln", "conversations", ""] == 3 and counts["", "conversations", ""] == 1
    assert counts["", "topics", "salary"] == counts["", "careers", "electrician"] == 1
    assert counts["lincoln", "outcomes", "answered"] == 1
    assert rows(place, "SELECT day FROM counts WHERE subject = 'help'") == [
        (str(date.today().replace(day=1)),)
    ]
    assert sorted(rows(place, "SELECT school, verdict, count FROM votes")) == [
        ("", "up", 1),
        ("lincoln", "up", 1),
    ]


async def test_all_of_it_works_on_postgresql(
    postgres: Postgres, place: dict[str, str], guides: Guides, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Votes of an earlier form, counts, questions, deletion and decisions: as on SQLite."""
    monkeypatch.setenv("GUIDEPOST_DATABASE", postgres.url)
    with closing(psycopg2.connect(postgres.url)) as earlier, earlier, earlier.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE feedback (day VARCHAR, guide VARCHAR, topic VARCHAR, verdict VARCHAR,"
            " count INTEGER, PRIMARY KEY (day, guide, topic, verdict));"
            " INSERT INTO feedback VALUES ('2026-11-02', 'actor', 'day', 'up', 41)"
        )
    schools = Schools(guides, Path(place["GUIDEPOST_SCHOOL"]))
    store = ConversationStore(DOMAIN, schools=schools)
    notes = Notes(schools, "k" * 40, lambda text: True)
    for number in range(3):
        chat = f"{number:022}.lincoln"
        notes.heard(chat, f"do we have club {number}", [reply("fallback", guide="actor")])
        await store.count_feedback(chat, "actor", "day", "up")
        await notes.write(store)
    today = date.today()
    read = partial(counts.read, "lincoln", today, today + timedelta(days=1))
    found = {(each.subject, each.name): each.number for each in await store.ask(read)}
    assert found["conversations", ""] == found["votes", "up"] == found["careers", "actor"] == 3
    assert await store.feedback_counts() == [Votes("actor", "day", 44, 0)]
    newest = partial(questions.newest, "lincoln", today + timedelta(days=1))
    await notes.forget(f"{0:022}.lincoln", store)
    left = await store.ask(newest)
    assert {each.text for each in left} == {"do we have club 1", "do we have club 2"}
    for topic in ("salary", "day"):
        phrases = [Phrase("lincoln", topic, "club")]
        await store.ask(partial(questions.decide, phrases, today))
    assert await store.ask(questions.decided) == phrases
    old = [left[0]._replace(day=today - timedelta(days=40), id=b"another1")]
    await store.ask(partial(questions.keep, old))
    await store.prune()
    assert len(await store.ask(newest)) == 2
    store.close()
