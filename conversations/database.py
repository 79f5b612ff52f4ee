"""The database: where it is, one thread for its SQL, and a limit on how long it may take.

SQLite and PostgreSQL both block whoever asks them, so nothing of this module runs on the event
loop. One thread with one connection is enough: a turn needs a few milliseconds of it.
"""

from __future__ import annotations

import asyncio
import os
import select
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ, set_wait_callback
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from conversations.upgrade import prepare

FOLDER = Path(__file__).parent.parent / ".guidepost"
FILE = "conversations.db"
SECONDS = 2
"""How long a caller waits for the database."""
SCRUB_SECONDS = 60
"""How long one waits who wants what was deleted out of the file."""
UPGRADE_SECONDS = 60 * 60
"""How long a start waits for a database of an earlier form to be brought into the present one."""

Result = TypeVar("Result")


class Away(Exception):
    """The database refused, or gave no answer in time; the text says which, without any data."""


class Unplaced(ValueError):
    """An address or folder in the environment cannot be used; the text says why."""


def database_url() -> URL:
    """Where conversations are kept: GUIDEPOST_DATABASE, or a file in GUIDEPOST_DATA.

    Raises:
        Unplaced: a variable names no PostgreSQL database, or no folder that can be written.
    """
    given = os.environ.get("GUIDEPOST_DATABASE")
    return (
        _postgresql(given) if given else _sqlite(Path(os.environ.get("GUIDEPOST_DATA") or FOLDER))
    )


def is_made() -> bool:
    """Whether there is a database already; asking makes none."""
    folder = Path(os.environ.get("GUIDEPOST_DATA") or FOLDER)
    return bool(os.environ.get("GUIDEPOST_DATABASE")) or (folder / FILE).exists()


def redis_url() -> str | None:
    """The Redis of GUIDEPOST_REDIS, if there is one.

    Raises:
        Unplaced: it is no such address.
    """
    url = os.environ.get("GUIDEPOST_REDIS")
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise Unplaced("GUIDEPOST_REDIS: expected redis://host:6379/0, or rediss:// for TLS")
    return url or None


def _postgresql(given: str) -> URL:
    # The value may hold a password, so no error repeats it.
    expected = "expected postgresql://user:password@host/database"
    try:
        url = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise Unplaced(f"GUIDEPOST_DATABASE: found no address, {expected}") from error
    if url.drivername not in ("postgresql", "postgres") or not url.database:
        raise Unplaced(f"GUIDEPOST_DATABASE: found {url.drivername}://..., {expected}")
    return url.set(drivername="postgresql+psycopg2")


def _sqlite(folder: Path) -> URL:
    file = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.chmod(0o600)
    except OSError as error:
        raise Unplaced(
            f"GUIDEPOST_DATA: found {folder}, expected a folder that can be written"
            f" ({error.strerror})"
        ) from error
    return URL.create("sqlite", database=str(file))


class Database:
    """Runs SQL in a thread of its own, each piece in its own transaction."""

    def __init__(self, url: URL, prepare: Callable[[Engine], None] = prepare) -> None:
        """Open nothing yet.

        Args:
            prepare: makes the tables, before the first statement and after each failure.
        """
        self._engine, self._prepare = _engine(url), prepare
        self._thread = ThreadPoolExecutor(1, "conversations")
        self._prepared = False

    async def ask(self, work: Callable[[Connection], Result], seconds: float = SECONDS) -> Result:
        """What `work` returns, once it is committed.

        Raises:
            Away: the database refused, or gave no answer in time. Then `work` may still have
                been done, or be done later.
        """
        running = asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)
        try:
            return await asyncio.wait_for(running, seconds)
        except asyncio.TimeoutError as error:
            raise Away(f"no answer within {seconds} s") from error
        except SQLAlchemyError as error:
            raise Away(_without_data(error)) from error

    def _run(self, work: Callable[[Connection], Result]) -> Result:
        try:
            if not self._prepared:
                self._prepare(self._engine)
            with self._engine.begin() as connection:
                result = work(connection)
        except SQLAlchemyError:
            self._prepared = False  # what comes back may be another, empty database
            raise
        self._prepared = True
        return result

    def close(self) -> None:
        """Close the connection after what is still running."""
        self._thread.submit(self._engine.dispose)
        self._thread.shutdown(wait=False)


def _engine(url: URL) -> Engine:
    shared = {"hide_parameters": True, "poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
    if url.drivername != "sqlite":
        set_wait_callback(_wait)
        return create_engine(url, pool_pre_ping=True, **shared)
    return create_engine(url, connect_args={"timeout": SECONDS * 0.75}, **shared)


def _wait(connection: Any) -> None:
    """Wait for PostgreSQL, but not for ever: its own time limits cannot act while it is frozen.

    Raises:
        psycopg2.OperationalError: no answer within SECONDS.
    """
    deadline = time.monotonic() + SECONDS
    while (state := connection.poll()) != POLL_OK:
        waiting = select.poll()
        waiting.register(connection, select.POLLIN if state == POLL_READ else select.POLLOUT)
        left = deadline - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1000):
            raise psycopg2.OperationalError(f"no answer within {SECONDS} s")


def _without_data(error: SQLAlchemyError) -> str:
    """The kind of an error; the first line too, for those kinds whose first line has no data."""
    if isinstance(error, OperationalError | ProgrammingError) and error.orig:
        return f"{type(error).__name__}: {str(error.orig).strip().splitlines()[0]}"
    return type(error).__name__
