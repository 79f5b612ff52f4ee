"""The desk's tables, and every statement on them, in SQL that SQLite and PostgreSQL both read.

They stand beside the conversations, in the same database. No password and no token is here, only
what they can be checked by.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from conversations import upgrade

DAY = 24 * 60 * 60
"""Seconds."""
LOG_DAYS = 400
"""How long it is known who changed what: a school year, and time to ask about it."""

CREATE = (
    """CREATE TABLE IF NOT EXISTS desk_accounts (
        id VARCHAR PRIMARY KEY,
        school VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        shown VARCHAR NOT NULL,
        email VARCHAR UNIQUE,
        password VARCHAR,
        link VARCHAR UNIQUE,
        link_until DOUBLE PRECISION,
        UNIQUE (school, name))""",
    """CREATE TABLE IF NOT EXISTS desk_sessions (
        token VARCHAR PRIMARY KEY,
        account VARCHAR NOT NULL,
        started DOUBLE PRECISION NOT NULL,
        seen DOUBLE PRECISION NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS desk_sessions_by_account ON desk_sessions (account)",
    """CREATE TABLE IF NOT EXISTS desk_tries (
        whose VARCHAR PRIMARY KEY,
        failures INTEGER NOT NULL,
        until DOUBLE PRECISION NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS desk_log (
        school VARCHAR NOT NULL,
        timestamp DOUBLE PRECISION NOT NULL,
        who VARCHAR NOT NULL,
        did VARCHAR NOT NULL,
        about VARCHAR NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS desk_log_by_school ON desk_log (school, timestamp)",
    """CREATE TABLE IF NOT EXISTS desk_corrections (
        id VARCHAR PRIMARY KEY,
        school VARCHAR NOT NULL,
        timestamp DOUBLE PRECISION NOT NULL,
        guide VARCHAR NOT NULL,
        topic VARCHAR NOT NULL,
        said VARCHAR NOT NULL)""",
)

COLUMNS = "desk_accounts.id, school, name, shown, email, password"
ANY = text("SELECT 1 FROM desk_accounts LIMIT 1")
NAMED = text(
    f"SELECT {COLUMNS} FROM desk_accounts WHERE school = :school AND (name = :name OR email = :name)"
)
OF_EMAIL = text(f"SELECT {COLUMNS} FROM desk_accounts WHERE email = :email")
OF_ID = text(f"SELECT {COLUMNS} FROM desk_accounts WHERE id = :id")
LINKED = text(f"SELECT {COLUMNS} FROM desk_accounts WHERE link = :link AND link_until > :now")
ADD = text(
    """INSERT INTO desk_accounts (id, school, name, shown, email)
    VALUES (:id, :school, :name, :shown, :email)"""
)
CHANGE = text("UPDATE desk_accounts SET shown = :shown, email = :email WHERE id = :id")
OFFER = text("UPDATE desk_accounts SET link = :link, link_until = :until WHERE id = :id")
SET_PASSWORD = text(
    "UPDATE desk_accounts SET password = :password, link = NULL, link_until = NULL WHERE id = :id"
)
REMOVE = text("DELETE FROM desk_accounts WHERE id = :id")

START = text(
    """INSERT INTO desk_sessions (token, account, started, seen)
    VALUES (:token, :account, :now, :now)"""
)
OF_SESSION = text(
    f"""SELECT {COLUMNS}, seen FROM desk_sessions
    JOIN desk_accounts ON desk_accounts.id = desk_sessions.account
    WHERE token = :token AND started > :started AND seen > :seen"""
)
SEE = text("UPDATE desk_sessions SET seen = :now WHERE token = :token")
END = text("DELETE FROM desk_sessions WHERE token = :token")
END_ALL = text("DELETE FROM desk_sessions WHERE account = :account")

# Changes nothing while there is a pause; then the caller must wait, whatever is tried.
TRY = text(
    """INSERT INTO desk_tries (whose, failures, until) VALUES (:whose, 1, :now)
    ON CONFLICT (whose) DO UPDATE SET failures = desk_tries.failures + 1
    WHERE desk_tries.until <= :now"""
)
FAILURES = text("SELECT failures FROM desk_tries WHERE whose = :whose")
PAUSE = text("UPDATE desk_tries SET until = :until WHERE whose = :whose")
FORGET_TRIES = text("DELETE FROM desk_tries WHERE whose = :whose")

WRITE = text(
    """INSERT INTO desk_log (school, timestamp, who, did, about)
    VALUES (:school, :timestamp, :who, :did, :about)"""
)
READ = text(
    """SELECT timestamp, who, did, about FROM desk_log
    WHERE school = :school AND timestamp > :since ORDER BY timestamp DESC LIMIT :most"""
)
CORRECT = text(
    """INSERT INTO desk_corrections (id, school, timestamp, guide, topic, said)
    VALUES (:id, :school, :timestamp, :guide, :topic, :said)"""
)
CORRECTIONS = text(
    """SELECT id, school, timestamp, guide, topic, said FROM desk_corrections
    ORDER BY guide, topic, timestamp"""
)
OF_SCHOOL = text("SELECT COUNT(*) FROM desk_corrections WHERE school = :school")
CORRECTED = text("DELETE FROM desk_corrections WHERE id = :id")
OLD = (
    text("DELETE FROM desk_sessions WHERE started < :started OR seen < :seen"),
    text("DELETE FROM desk_tries WHERE until < :day_ago"),
    text("DELETE FROM desk_log WHERE timestamp < :log_before"),
    text("DELETE FROM desk_corrections WHERE timestamp < :log_before"),
)


class Account(NamedTuple):
    """A counselor's account."""

    id: str
    school: str
    """The slug of its school; that of school.yml is empty."""
    name: str
    """What is typed to sign in: one of its kind in the school."""
    shown: str
    """The counselor's name as others read it."""
    email: str | None
    password: str | None
    """What a password is checked by; none before the first one is set."""


class Entry(NamedTuple):
    """A line of the log."""

    timestamp: float
    """In seconds since 1970."""
    who: str
    did: str
    """A name of words.yml, `did`."""
    about: str
    """What it was done to; may be empty."""


class Correction(NamedTuple):
    """What a counselor says is out of date in a guide, for those who keep the guides."""

    id: str
    school: str
    timestamp: float
    """In seconds since 1970."""
    guide: str
    topic: str
    said: str


def prepare(engine: Engine) -> None:
    """Set up what conversations need, as a file's layout is fixed when it is made; then our own."""
    upgrade.prepare(engine)
    with engine.begin() as connection:
        for statement in CREATE:
            connection.execute(text(statement))


def has_accounts(connection: Connection) -> bool:
    """Whether there is any account."""
    return connection.execute(ANY).scalar() is not None


def account_named(school: str, name: str, connection: Connection) -> Account | None:
    """The account of a school with this sign-in name or e-mail address."""
    return _account(connection, NAMED, school=school, name=name)


def account_with_email(email: str, connection: Connection) -> Account | None:
    """The account, of any school, with this e-mail address: it is in one alone."""
    return _account(connection, OF_EMAIL, email=email)


def account_of(id: str, connection: Connection) -> Account | None:
    """The account with this id."""
    return _account(connection, OF_ID, id=id)


def account_linked(link: str, now: float, connection: Connection) -> Account | None:
    """The account that a one-time link is of; none where it is used up or too old."""
    return _account(connection, LINKED, link=link, now=now)


def _account(connection: Connection, query: Any, **values: Any) -> Account | None:
    found = connection.execute(query, values).fetchone()
    return Account(*found) if found else None


def add_account(account: Account, connection: Connection) -> None:
    """Write a new account, which has no password yet."""
    connection.execute(ADD, account._asdict())


def change_account(account: Account, connection: Connection) -> None:
    """Write the name and the e-mail address of an account anew."""
    connection.execute(CHANGE, account._asdict())


def offer_link(id: str, link: str, until: float, connection: Connection) -> None:
    """Let a link set the account's password once; the one before no longer does."""
    connection.execute(OFFER, {"id": id, "link": link, "until": until})


def set_password(id: str, password: str, connection: Connection) -> None:
    """Write what the password is checked by, use up the link, and end every session."""
    connection.execute(SET_PASSWORD, {"id": id, "password": password})
    end_sessions(id, connection)


def remove_account(id: str, connection: Connection) -> None:
    """Remove an account and its sessions; the log stays."""
    end_sessions(id, connection)
    connection.execute(REMOVE, {"id": id})


def start_session(token: str, account: str, now: float, connection: Connection) -> None:
    """Write a new session."""
    connection.execute(START, {"token": token, "account": account, "now": now})


def session(
    token: str, started: float, seen: float, connection: Connection
) -> tuple[Account, float] | None:
    """The account of a session, and when it was seen last.

    Args:
        started: the time after which it must have begun.
        seen: the time after which it must have been used.
    """
    values = {"token": token, "started": started, "seen": seen}
    found = connection.execute(OF_SESSION, values).fetchone()
    return (Account(*found[:-1]), float(found[-1])) if found else None


def see_session(token: str, now: float, connection: Connection) -> None:
    """Note that a session is in use."""
    connection.execute(SEE, {"token": token, "now": now})


def end_session(token: str, connection: Connection) -> None:
    """End one session."""
    connection.execute(END, {"token": token})


def end_sessions(account: str, connection: Connection) -> None:
    """End all sessions of an account."""
    connection.execute(END_ALL, {"account": account})


def count_try(whose: str, now: float, connection: Connection) -> int:
    """Count a try to sign in; how many failed in a row, this one among them, 0 within a pause."""
    if not connection.execute(TRY, {"whose": whose, "now": now}).rowcount:
        return 0
    return int(connection.execute(FAILURES, {"whose": whose}).scalar())


def pause_tries(whose: str, until: float, connection: Connection) -> None:
    """Let nobody try before a time."""
    connection.execute(PAUSE, {"whose": whose, "until": until})


def forget_tries(whose: str, connection: Connection) -> None:
    """Begin to count anew."""
    connection.execute(FORGET_TRIES, {"whose": whose})


def write_log(school: str, entry: Entry, connection: Connection) -> None:
    """Add a line to a school's log."""
    connection.execute(WRITE, {"school": school, **entry._asdict()})


def read_log(school: str, since: float, most: int, connection: Connection) -> list[Entry]:
    """The last lines of a school's log, the newest first."""
    values = {"school": school, "since": since, "most": most}
    return [Entry(*line) for line in connection.execute(READ, values)]


def add_correction(correction: Correction, connection: Connection) -> None:
    """Write what is out of date."""
    connection.execute(CORRECT, correction._asdict())


def corrections(connection: Connection) -> list[Correction]:
    """All that is said to be out of date, by guide and topic."""
    return [Correction(*line) for line in connection.execute(CORRECTIONS)]


def count_corrections(school: str, connection: Connection) -> int:
    """How many of a school are not dealt with yet."""
    return int(connection.execute(OF_SCHOOL, {"school": school}).scalar())


def remove_correction(id: str, connection: Connection) -> bool:
    """Remove one that is dealt with; whether there was one."""
    return bool(connection.execute(CORRECTED, {"id": id}).rowcount)


def clear_old(now: float, session: float, idle: float, connection: Connection) -> None:
    """Delete what is past its time.

    Args:
        session: seconds that a session may last, and `idle` those it may be unused.
    """
    values = {
        "started": now - session,
        "seen": now - idle,
        "day_ago": now - DAY,
        "log_before": now - LOG_DAYS * DAY,
    }
    for statement in OLD:
        connection.execute(statement, values)
