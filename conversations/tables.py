"""The tables, and every statement on them, in SQL that SQLite and PostgreSQL both read.

A row is what a student said and what followed, or the start of a session. Its key is its place in
the conversation. It serves the queries of a turn, and makes writing the same row twice harmless,
which happens where a commit was done but not heard of.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

PAGE = 508
"""Bytes of a row that lie on one page of SQLite's that no other row shares."""
HEAD = 16
"""Bytes of nothing that `data` begins with.

SQLite keeps the beginning of a long row on a page that it shares with other rows, and leaves
copies of it behind where it moves rows between such pages, secure_delete or not. The rest lies on
pages of the row's own, which are never copied, and are overwritten when the row is deleted. With
pages of 512 bytes, and `data` of HEAD + n * PAGE bytes, nothing but the other columns and HEAD is
on a shared page: https://www.sqlite.org/fileformat2.html, 1.6. So no column but `data` may hold a
word or an id.
"""

SHAPE = {"page_size": PAGE + 4, "auto_vacuum": 2}
"""What is fixed when a SQLite file is made or vacuumed; 2 is INCREMENTAL."""
PRAGMAS = (
    *(f"PRAGMA {name} = {value}" for name, value in SHAPE.items()),
    "PRAGMA journal_mode = WAL",
    # NORMAL survives a killed process, as the system holds what was written. A power cut may cost
    # the last turns; waiting for the disk on each turn would cost every student more.
    "PRAGMA synchronous = NORMAL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",  # what students said stands in no temporary file
)

CREATE = (
    """CREATE TABLE IF NOT EXISTS turns (
        chat BYTEA NOT NULL,
        number INTEGER NOT NULL,
        session INTEGER NOT NULL,
        timestamp DOUBLE PRECISION NOT NULL,
        message BYTEA,
        data BYTEA NOT NULL,
        PRIMARY KEY (chat, number))""",
    # Behind the 16 bytes of a conversation's digest stands that of its school.
    "CREATE INDEX IF NOT EXISTS turns_by_school ON turns (substr(chat, 17), timestamp)",
    "DROP INDEX IF EXISTS turns_by_age",  # of an earlier form
    # A code by its keyed digest, and until when it leads to its conversation.
    """CREATE TABLE IF NOT EXISTS codes (
        chat BYTEA PRIMARY KEY,
        code BYTEA NOT NULL UNIQUE,
        until DOUBLE PRECISION NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS probe (
        id INTEGER PRIMARY KEY,
        timestamp DOUBLE PRECISION NOT NULL)""",
)

SESSION = text(
    """SELECT number, session, timestamp, message, data FROM turns
    WHERE chat = :chat AND number >= (
        SELECT session FROM turns WHERE chat = :chat ORDER BY number DESC LIMIT 1)
    ORDER BY number"""
)
WHOLE = text(
    """SELECT number, session, timestamp, message, data FROM turns
    WHERE chat = :chat ORDER BY number"""
)
BEFORE = text(
    """SELECT number, session, timestamp, message, data FROM turns
    WHERE chat = :chat AND number < :before ORDER BY number DESC LIMIT :most"""
)
MESSAGE = text(
    """SELECT number, session, timestamp, message, data FROM turns
    WHERE chat = :chat AND number = (
        SELECT MAX(number) FROM (
            SELECT number, message FROM turns
            WHERE chat = :chat ORDER BY number DESC LIMIT :recent) AS recent
        WHERE message = :message)"""
)
NEXT = text("SELECT COALESCE(MAX(number) + 1, 0) FROM turns WHERE chat = :chat")
INSERT = text(
    """INSERT INTO turns (chat, number, session, timestamp, message, data)
    VALUES (:chat, :number, :session, :timestamp, :message, :data) ON CONFLICT DO NOTHING"""
)
FIRSTS = text(
    """SELECT number, session, timestamp, message, data FROM turns
    WHERE (chat, number) IN (SELECT chat, MIN(number) FROM turns GROUP BY chat)"""
)
DELETE_SOME = text(
    """DELETE FROM turns WHERE (chat, number) IN (
        SELECT chat, number FROM turns WHERE chat = :chat LIMIT :slice)"""
)
DELETE_OLD = text(
    """DELETE FROM turns WHERE (chat, number) IN (
        SELECT chat, number FROM turns
        WHERE substr(chat, 17) = :school AND timestamp < :before LIMIT :slice)"""
)
NEXT_SCHOOL = text(
    """SELECT substr(chat, 17) FROM turns WHERE substr(chat, 17) > :school
    ORDER BY substr(chat, 17) LIMIT 1"""
)
SET_CODE = text(
    """INSERT INTO codes (chat, code, until) SELECT :chat, :code, :until
    WHERE EXISTS (SELECT 1 FROM turns WHERE chat = :chat)
    ON CONFLICT (chat) DO UPDATE SET code = excluded.code, until = excluded.until"""
)
OF_CODE = text(
    """SELECT number, session, timestamp, message, data FROM turns
    WHERE chat = (SELECT chat FROM codes WHERE code = :code AND until > :now)
    ORDER BY number LIMIT 1"""
)
USE_CODE = text("DELETE FROM codes WHERE code = :code")
FORGET_CODE = text("DELETE FROM codes WHERE chat = :chat")
DROP_CODES = text("DELETE FROM codes WHERE until <= :now")
OLD_LOCK = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "LOCK TABLE events IN EXCLUSIVE MODE"}
OLD_ANY = text("SELECT conversation FROM events LIMIT 1")
OLD_EVENTS = text("SELECT data FROM events WHERE conversation = :conversation ORDER BY number")
OLD_DELETE = text("DELETE FROM events WHERE conversation = :conversation")
OLD_DROP = text("DROP TABLE events")
PROBE = text(
    """INSERT INTO probe (id, timestamp) VALUES (1, :now)
    ON CONFLICT (id) DO UPDATE SET timestamp = excluded.timestamp"""
)


RECENT = 100
"""Rows among which a message that is sent again is looked for."""
SLICE = 25
"""Rows that are deleted before others may go on."""
SHRINK = 100
"""Pages that are given back before others may go on."""
LAST = 2**31 - 1
"""More than any number."""


class Row(NamedTuple):
    """A part of a conversation that was written at once."""

    number: int
    """Its place in the conversation, from 0."""
    session: int
    """The number of the row that its session begins with."""
    timestamp: float
    """When it began, in seconds since 1970."""
    message: bytes | None
    """What stands for the id of the student's message, if it has one."""
    data: bytes
    """Its events, packed; all that a student said is here."""


def prepare(connection: Connection) -> None:
    """Set up a connection, and make the tables that are missing."""
    for statement in (*PRAGMAS, *CREATE) if _is_sqlite(connection) else CREATE:
        connection.execute(text(statement))


def session_rows(chat: bytes, connection: Connection) -> list[Row]:
    """The current session, in order."""
    return _rows(connection, SESSION, chat=chat)


def all_rows(chat: bytes, connection: Connection) -> list[Row]:
    """Every session, in order."""
    return _rows(connection, WHOLE, chat=chat)


def rows_before(chat: bytes, before: int, most: int, connection: Connection) -> list[Row]:
    """The last rows before a number, in order, and not more than so many."""
    return _rows(connection, BEFORE, chat=chat, before=before, most=most)[::-1]


def message_rows(chat: bytes, message: bytes, connection: Connection) -> list[Row]:
    """The row that begins with a message; none where it is not known."""
    return _rows(connection, MESSAGE, chat=chat, message=message, recent=RECENT)


def first_rows(connection: Connection) -> list[Row]:
    """The first row of each conversation."""
    return _rows(connection, FIRSTS)


def _rows(connection: Connection, query: Any, **values: Any) -> list[Row]:
    # PostgreSQL's driver gives bytes as views of its memory.
    return [
        Row(number, session, timestamp, message and bytes(message), bytes(data))
        for number, session, timestamp, message, data in connection.execute(query, values)
    ]


def next_number(chat: bytes, connection: Connection) -> int:
    """The number of the next row."""
    return int(connection.execute(NEXT, {"chat": chat}).scalar())


def insert(chat: bytes, rows: Sequence[Row], connection: Connection) -> None:
    """Write rows; those that are there already stay as they are."""
    connection.execute(INSERT, [{"chat": chat, **row._asdict()} for row in rows])


def set_code(chat: bytes, code: bytes, until: float, connection: Connection) -> bool:
    """Let a code lead to a conversation, and no earlier one; False where there is nothing of it."""
    values = {"chat": chat, "code": code, "until": until}
    return bool(connection.execute(SET_CODE, values).rowcount)


def rows_of_code(code: bytes, now: float, connection: Connection) -> list[Row]:
    """The first row of the conversation that a code leads to; none where it leads nowhere."""
    return _rows(connection, OF_CODE, code=code, now=now)


def use_code(code: bytes, connection: Connection) -> bool:
    """Remove a code; False where another was quicker."""
    return bool(connection.execute(USE_CODE, {"code": code}).rowcount)


def drop_codes(now: float, connection: Connection) -> None:
    """Remove the codes whose time is up."""
    connection.execute(DROP_CODES, {"now": now})


def delete_some(chat: bytes, connection: Connection) -> int:
    """Remove a slice of one conversation, and the code to it; how many rows those were."""
    connection.execute(FORGET_CODE, {"chat": chat})
    return int(connection.execute(DELETE_SOME, {"chat": chat, "slice": SLICE}).rowcount)


def delete_old(school: bytes, before: float, connection: Connection) -> int:
    """Remove a slice of what a school keeps from before a time in seconds since 1970; how many."""
    values = {"school": school, "before": before, "slice": SLICE}
    return int(connection.execute(DELETE_OLD, values).rowcount)


def schools(connection: Connection) -> list[bytes]:
    """What stands for each school of which something may be kept, that of school.yml first."""
    found = [b""]
    while (more := connection.execute(NEXT_SCHOOL, {"school": found[-1]}).scalar()) is not None:
        found.append(bytes(more))
    return found


def scrub(connection: Connection) -> bool:
    """Take what was removed out of SQLite's log; False where another process reads it just now.

    PostgreSQL does so by itself, some time later.
    """
    if not _is_sqlite(connection):
        return True
    busy, *_ = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).fetchone()
    return not busy


def shrink(connection: Connection) -> bool:
    """Give a slice of SQLite's free pages back to the system; whether there are more."""
    if not _is_sqlite(connection):
        return False
    # Asked of the driver, as one page is done with each row that is fetched.
    connection.connection.cursor().execute(f"PRAGMA incremental_vacuum({SHRINK})").fetchall()
    return bool(connection.execute(text("PRAGMA freelist_count")).scalar())


def has_old(connection: Connection) -> bool:
    """Whether there is the table of an earlier form, which had one row for each event."""
    return bool(inspect(connection).has_table("events"))


def take_old(connection: Connection) -> tuple[str, list[str]] | None:
    """A conversation of the earlier form with its events as JSON, no longer kept there."""
    connection.execute(text(OLD_LOCK[connection.dialect.name]))
    conversation = connection.execute(OLD_ANY).scalar()
    if conversation is None:
        return None
    values = {"conversation": conversation}
    events = [str(data) for (data,) in connection.execute(OLD_EVENTS, values)]
    connection.execute(OLD_DELETE, values)
    return str(conversation), events


def drop_old(connection: Connection) -> None:
    """Remove the table of the earlier form."""
    connection.execute(OLD_DROP)


def is_in_shape(connection: Connection) -> bool:
    """Whether the file is laid out as `SHAPE` says."""
    return not _is_sqlite(connection) or all(
        connection.execute(text(f"PRAGMA {name}")).scalar() == value
        for name, value in SHAPE.items()
    )


def reshape(connection: Connection) -> None:
    """Write SQLite's file anew, laid out as `SHAPE` says: a second for each 100 MB."""
    shape = (f"PRAGMA {name} = {value}" for name, value in SHAPE.items())
    # The size of a page is fixed while there is a write-ahead log.
    for statement in ("PRAGMA journal_mode = DELETE", *shape, "VACUUM", "PRAGMA journal_mode = WAL"):  # fmt: skip
        connection.execute(text(statement))


def _is_sqlite(connection: Connection) -> bool:
    return bool(connection.dialect.name == "sqlite")


def probe(connection: Connection) -> bool:
    """Whether what is written can be read back."""
    now = time.time()
    connection.execute(PROBE, {"now": now})
    return bool(connection.execute(text("SELECT timestamp FROM probe")).scalar() == now)
