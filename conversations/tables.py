"""The tables, and every statement on them, in SQL that SQLite and PostgreSQL both read.

An event's key is its place in the conversation. It serves the two queries of a turn, and makes
writing the same event twice harmless, which happens where a commit was done but not heard of.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # NORMAL survives a killed process, as the system holds what was written. A power cut may cost
    # the last turns; waiting for the disk on each turn would cost every student more.
    "PRAGMA synchronous = NORMAL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",  # what students said stands in no temporary file
)

CREATE = (
    """CREATE TABLE IF NOT EXISTS events (
        conversation VARCHAR NOT NULL,
        number INTEGER NOT NULL,
        session INTEGER NOT NULL,
        timestamp DOUBLE PRECISION NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (conversation, number))""",
    "CREATE INDEX IF NOT EXISTS events_by_age ON events (timestamp)",
    """CREATE TABLE IF NOT EXISTS feedback (
        day VARCHAR NOT NULL,
        guide VARCHAR NOT NULL,
        topic VARCHAR NOT NULL,
        verdict VARCHAR NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (day, guide, topic, verdict))""",
    """CREATE TABLE IF NOT EXISTS probe (
        id INTEGER PRIMARY KEY,
        timestamp DOUBLE PRECISION NOT NULL)""",
)

SESSION = text(
    """SELECT number, session, timestamp, data FROM events
    WHERE conversation = :conversation AND number >= (
        SELECT session FROM events
        WHERE conversation = :conversation ORDER BY number DESC LIMIT 1)
    ORDER BY number"""
)
WHOLE = text(
    """SELECT number, session, timestamp, data FROM events
    WHERE conversation = :conversation ORDER BY number"""
)
AFTER = text(
    """SELECT number, session, timestamp, data FROM events
    WHERE conversation = :conversation AND number > (
        SELECT MAX(number) FROM (
            SELECT number, data FROM events
            WHERE conversation = :conversation ORDER BY number DESC LIMIT :recent) AS recent
        WHERE data LIKE :marked)
    ORDER BY number"""
)
NEXT = text("SELECT COALESCE(MAX(number) + 1, 0) FROM events WHERE conversation = :conversation")
INSERT = text(
    """INSERT INTO events (conversation, number, session, timestamp, data)
    VALUES (:conversation, :number, :session, :timestamp, :data) ON CONFLICT DO NOTHING"""
)
NAMES = text("SELECT DISTINCT conversation FROM events")
DELETE = text("DELETE FROM events WHERE conversation = :conversation")
DELETE_SOME = text(
    """DELETE FROM events WHERE (conversation, number) IN (
        SELECT conversation, number FROM events WHERE timestamp < :before LIMIT 500)"""
)
COUNT = text(
    """INSERT INTO feedback (day, guide, topic, verdict, count)
    VALUES (:day, :guide, :topic, :verdict, 1)
    ON CONFLICT (day, guide, topic, verdict) DO UPDATE SET count = feedback.count + 1"""
)
COUNTS = text(
    """SELECT guide, topic,
        SUM(CASE verdict WHEN 'up' THEN count ELSE 0 END),
        SUM(CASE verdict WHEN 'down' THEN count ELSE 0 END)
    FROM feedback GROUP BY guide, topic ORDER BY guide, topic"""
)
PROBE = text(
    """INSERT INTO probe (id, timestamp) VALUES (1, :now)
    ON CONFLICT (id) DO UPDATE SET timestamp = excluded.timestamp"""
)


RECENT = 200
"""Events among which a message that is sent again is looked for: some twenty turns."""


class Row(NamedTuple):
    """One event of a conversation."""

    number: int
    """Its place in the conversation, from 0."""
    session: int
    """The number of the event that its session begins with."""
    timestamp: float
    """Seconds since 1970."""
    data: str
    """The event as JSON."""


class Count(NamedTuple):
    """How often an answer was found helpful, and how often not."""

    guide: str
    topic: str
    up: int
    down: int


def prepare(connection: Connection) -> None:
    """Set up a connection, and make the tables that are missing."""
    for statement in (*PRAGMAS, *CREATE) if connection.dialect.name == "sqlite" else CREATE:
        connection.execute(text(statement))


def session_rows(conversation: str, connection: Connection) -> list[Row]:
    """The current session, in order."""
    return [Row(*row) for row in connection.execute(SESSION, {"conversation": conversation})]


def all_rows(conversation: str, connection: Connection) -> list[Row]:
    """Every session, in order."""
    return [Row(*row) for row in connection.execute(WHOLE, {"conversation": conversation})]


def mark(message_id: str) -> str:
    """What stands in the event of a message with this id."""
    return f'"message_id": "{message_id}"'


def rows_after(conversation: str, message_id: str, connection: Connection) -> list[Row]:
    """What came after a message, in order; nothing where it is not known."""
    marked = f"%{mark(message_id)}%"
    values = {"conversation": conversation, "marked": marked, "recent": RECENT}
    return [Row(*row) for row in connection.execute(AFTER, values)]


def next_number(conversation: str, connection: Connection) -> int:
    """The number of the next event."""
    return int(connection.execute(NEXT, {"conversation": conversation}).scalar())


def insert(conversation: str, rows: Sequence[Row], connection: Connection) -> None:
    """Write events; those that are there already stay as they are."""
    connection.execute(INSERT, [{"conversation": conversation, **row._asdict()} for row in rows])


def conversations(connection: Connection) -> list[str]:
    """The ids of all conversations."""
    return [str(name) for (name,) in connection.execute(NAMES)]


def delete(conversation: str, connection: Connection) -> None:
    """Remove one conversation."""
    connection.execute(DELETE, {"conversation": conversation})


def delete_some(before: float, connection: Connection) -> int:
    """Remove some of the events before a time in seconds since 1970; how many those were."""
    return int(connection.execute(DELETE_SOME, {"before": before}).rowcount)


def scrub(connection: Connection) -> None:
    """Take what was removed out of SQLite's files; PostgreSQL does so by itself, some time later.

    Seconds for each 100 MB: 1. Without VACUUM copies stay where SQLite moved rows between pages,
    secure_delete or not.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("VACUUM"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).fetchall()


def count(guide: str, topic: str, verdict: str, connection: Connection) -> None:
    """Add one to today's count."""
    today = time.strftime("%Y-%m-%d")
    values = {"day": today, "guide": guide, "topic": topic, "verdict": verdict}
    connection.execute(COUNT, values)


def counts(connection: Connection) -> list[Count]:
    """All counts by guide and topic."""
    return [Count(str(a), str(b), int(c), int(d)) for a, b, c, d in connection.execute(COUNTS)]


def probe(connection: Connection) -> bool:
    """Whether what is written can be read back."""
    now = time.time()
    connection.execute(PROBE, {"now": now})
    return bool(connection.execute(text("SELECT timestamp FROM probe")).scalar() == now)
