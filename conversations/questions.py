"""Questions that found no answer, for schools that collect them, and what was decided on them.

A question has its school, its day, and a mark by which questions of one conversation are known for
such, and nothing else: neither who asked, nor when on that day, nor what was said before. Words
stand in `data` alone, for the reason that `HEAD` in tables.py gives.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection

from conversations.counts import years_ago
from conversations.packing import digest, pack, unpacked
from conversations.tables import SLICE

log = logging.getLogger(__name__)

MOST = 2_000
"""Questions of a school that are looked at, the newest."""
NOT_FOR_US = ""
"""Stands for a topic where a question is not for the school to answer."""
CREATE = (
    """CREATE TABLE IF NOT EXISTS questions (
        school VARCHAR NOT NULL,
        mark BYTEA NOT NULL,
        id BYTEA NOT NULL,
        day VARCHAR NOT NULL,
        data BYTEA NOT NULL,
        PRIMARY KEY (school, mark, id))""",
    """CREATE TABLE IF NOT EXISTS phrases (
        school VARCHAR NOT NULL,
        id BYTEA NOT NULL,
        day VARCHAR NOT NULL,
        topic VARCHAR NOT NULL,
        data BYTEA NOT NULL,
        PRIMARY KEY (school, id))""",
)
KEEP = text(
    """INSERT INTO questions (school, mark, id, day, data)
    VALUES (:school, :mark, :id, :day, :data) ON CONFLICT DO NOTHING"""
)
NEWEST = text(
    """SELECT mark, id, day, data FROM questions WHERE school = :school AND day < :end
    ORDER BY day DESC, id LIMIT :most"""
)
FORGET = text("DELETE FROM questions WHERE school = :school AND mark = :mark")
SCHOOLS = text("SELECT DISTINCT school FROM questions")
DELETE_OLD = text(
    """DELETE FROM questions WHERE (school, mark, id) IN (
        SELECT school, mark, id FROM questions
        WHERE school = :school AND day < :first LIMIT :slice)"""
)
DECIDE = text(
    """INSERT INTO phrases (school, id, day, topic, data)
    VALUES (:school, :id, :day, :topic, :data)
    ON CONFLICT (school, id) DO UPDATE SET day = excluded.day, topic = excluded.topic"""
)
DECIDED = text("SELECT school, topic, data FROM phrases ORDER BY school, topic, day, id")
UNDECIDE_OLD = text("DELETE FROM phrases WHERE day < :before")


class Question(NamedTuple):
    """A question that found no answer."""

    school: str
    mark: bytes
    """The same for all questions of a conversation in a month; made with a key, so that nobody can
    tell the conversation from it. Of 12 bytes."""
    id: bytes
    """Tells it from the conversation's other questions; made with a key too, of 8 bytes."""
    day: date
    text: str
    career: str
    """Slug of the guide in use; empty where there was none."""


class Phrase(NamedTuple):
    """What a counselor decided on a question."""

    school: str
    topic: str
    """What it means, or NOT_FOR_US."""
    text: str


def prepare(connection: Connection) -> None:
    """Make the tables that are missing."""
    for statement in CREATE:
        connection.execute(text(statement))


def keep(questions: Iterable[Question], connection: Connection) -> None:
    """Write questions; those that are there already stay as they are."""
    rows = [
        {
            "school": each.school,
            "mark": each.mark,
            "id": each.id,
            "day": str(each.day),
            "data": pack(each.text, each.career),
        }
        for each in sorted(questions)
    ]
    if rows:
        connection.execute(KEEP, rows)


def newest(school: str, end: date, connection: Connection) -> list[Question]:
    """A school's questions from before a day, the newest `MOST` of them."""
    rows = connection.execute(NEWEST, {"school": school, "end": str(end), "most": MOST})
    return list(_readable(school, rows))


def _readable(school: str, rows: Iterable[Any]) -> Iterator[Question]:
    for mark, name, day, data in rows:
        try:
            said, career = unpacked(bytes(data))
        except ValueError as error:
            log.error("a question cannot be read: %s", error)
            continue
        yield Question(school, bytes(mark), bytes(name), date.fromisoformat(day), said, career)


def forget(school: str, marks: Iterable[bytes], connection: Connection) -> None:
    """Remove what a conversation asked."""
    for mark in marks:
        connection.execute(FORGET, {"school": school, "mark": mark})


def schools(connection: Connection) -> list[str]:
    """The schools of which questions are kept."""
    return [str(school) for (school,) in connection.execute(SCHOOLS)]


def delete_old(school: str, first: date, connection: Connection) -> int:
    """Remove a slice of a school's questions from before a day; how many."""
    values = {"school": school, "first": str(first), "slice": SLICE}
    return int(connection.execute(DELETE_OLD, values).rowcount)


def decide(phrases: Iterable[Phrase], today: date, connection: Connection) -> None:
    """Note what was decided; a later decision on the same words takes the place of an earlier."""
    rows = [
        {
            "school": each.school,
            "id": digest(each.text),
            "day": str(today),
            "topic": each.topic,
            "data": pack(each.text),
        }
        for each in phrases
    ]
    if rows:
        connection.execute(DECIDE, rows)


def decided(connection: Connection) -> list[Phrase]:
    """What was decided, by school and topic."""
    rows = connection.execute(DECIDED)
    return [Phrase(school, topic, *unpacked(bytes(data))) for school, topic, data in rows]


def undecide_old(today: date, connection: Connection) -> None:
    """Remove what was decided longer ago than counts are kept."""
    connection.execute(UNDECIDE_OLD, {"before": years_ago(today)})
