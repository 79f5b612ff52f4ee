"""Counts of a school's days: how often something was asked or done, and no word or person.

Each count stands by itself. No count says what was asked together, so that nobody can be found by
what only one student asked of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

CONVERSATIONS, OUTCOMES, TOPICS_ASKED, CAREERS, USES, HELP, VOTES = (
    "conversations",
    "outcomes",
    "topics",
    "careers",
    "uses",
    "help",
    "votes",
)
"""Subjects of counts; votes have a table of their own."""
ANSWERED, OFFERED, REFUSED = "answered", "offered", "refused"
"""What becomes of a question."""

EARLIER = "*"
"""Stands for the school of votes that were counted before schools were told apart."""
YEARS = 2
"""How long counts are kept."""

CREATE = (
    """CREATE TABLE IF NOT EXISTS counts (
        school VARCHAR NOT NULL,
        day VARCHAR NOT NULL,
        subject VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (school, day, subject, name))""",
    """CREATE TABLE IF NOT EXISTS votes (
        school VARCHAR NOT NULL,
        day VARCHAR NOT NULL,
        guide VARCHAR NOT NULL,
        topic VARCHAR NOT NULL,
        verdict VARCHAR NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (school, day, guide, topic, verdict))""",
)
ADD = text(
    """INSERT INTO counts (school, day, subject, name, count)
    VALUES (:school, :day, :subject, :name, :count)
    ON CONFLICT (school, day, subject, name) DO UPDATE SET count = counts.count + excluded.count"""
)
VOTE = text(
    """INSERT INTO votes (school, day, guide, topic, verdict, count)
    VALUES (:school, :day, :guide, :topic, :verdict, 1)
    ON CONFLICT (school, day, guide, topic, verdict) DO UPDATE SET count = votes.count + 1"""
)
READ = text(
    f"""SELECT day, subject, name, count FROM counts
    WHERE school = :school AND day >= :first AND day < :end
    UNION ALL
    SELECT day, '{VOTES}', verdict, SUM(count) FROM votes
    WHERE school = :school AND day >= :first AND day < :end GROUP BY day, verdict"""
)
VOTES_OF_ALL = text(
    """SELECT guide, topic,
        SUM(CASE verdict WHEN 'up' THEN count ELSE 0 END),
        SUM(CASE verdict WHEN 'down' THEN count ELSE 0 END)
    FROM votes GROUP BY guide, topic ORDER BY guide, topic"""
)
OLD = ("DELETE FROM counts WHERE day < :before", "DELETE FROM votes WHERE day < :before")
# A start that was broken off has moved all or nothing; what an earlier version adds later is added.
MOVE = (
    f"""INSERT INTO votes (school, day, guide, topic, verdict, count)
    SELECT '{EARLIER}', day, guide, topic, verdict, count FROM feedback WHERE true
    ON CONFLICT (school, day, guide, topic, verdict)
    DO UPDATE SET count = votes.count + excluded.count""",
    "DROP TABLE feedback",
)


class Atom(NamedTuple):
    """What one count is of."""

    school: str
    """Its slug; empty for that of school.yml."""
    day: str
    """As 2026-11-28; of a month its first one."""
    subject: str
    """A table that is shown: topics, careers, ..."""
    name: str
    """A row of it."""


class Count(NamedTuple):
    """A count of one school."""

    day: date
    subject: str
    name: str
    number: int


class Votes(NamedTuple):
    """How often an answer was found helpful, and how often not."""

    guide: str
    topic: str
    up: int
    down: int


def prepare(connection: Connection) -> None:
    """Make the tables that are missing, and move the votes of an earlier form.

    Those did not say of which school they were, so they are shown to none.
    """
    earlier = MOVE if inspect(connection).has_table("feedback") else ()
    for statement in (*CREATE, *earlier):
        connection.execute(text(statement))


def add(counted: Mapping[Atom, int], connection: Connection) -> None:
    """Add to the counts, all or none."""
    # In one order everywhere: two replicas that write at once do not wait for each other in a ring.
    rows = [{**atom._asdict(), "count": count} for atom, count in sorted(counted.items())]
    if rows:
        connection.execute(ADD, rows)


def read(school: str, first: date, end: date, connection: Connection) -> list[Count]:
    """The counts of a school from a day on, less those of `end` and later."""
    values: dict[str, Any] = {"school": school, "first": str(first), "end": str(end)}
    return [
        Count(date.fromisoformat(day), subject, name, int(number))
        for day, subject, name, number in connection.execute(READ, values)
    ]


def vote(
    school: str, guide: str, topic: str, verdict: str, today: date, connection: Connection
) -> None:
    """Add one to a day's votes."""
    values = {"school": school, "guide": guide, "topic": topic, "verdict": verdict}
    connection.execute(VOTE, {**values, "day": str(today)})


def votes(connection: Connection) -> list[Votes]:
    """All votes of all schools, by guide and topic."""
    return [
        Votes(str(a), str(b), int(c), int(d)) for a, b, c, d in connection.execute(VOTES_OF_ALL)
    ]


def remove_old(today: date, connection: Connection) -> None:
    """Remove what is older than `YEARS`."""
    for statement in OLD:
        connection.execute(text(statement), {"before": years_ago(today)})


def years_ago(today: date) -> str:
    """The day `YEARS` ago, as days are written in the tables."""
    return f"{today.year - YEARS:04}{str(today)[4:]}"
