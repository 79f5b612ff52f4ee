"""Command line: `python -m serving.backup save <folder> | restore <file>`.

A backup is one file with all that is kept. It is made while the assistant runs, and put back while it does not. Session key and settings are
no part of it.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from conversations.database import Unplaced, database_url, is_made
from understanding.files import written_whole

NAME = "conversations-%Y-%m-%dT%H%M%S"
USAGE = "use make backup TO=<folder>, or make restore FROM=<file>"
STOP = "stop every process that uses it first: the assistant, and what looks into its database"
OURS = "SELECT 1 FROM sqlite_master WHERE name IN ('turns', 'events')"
"""Of the present form of the tables, and of the earlier one."""
OTHERS = text(
    """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND usename = current_user AND pid <> pg_backend_pid()"""
)
DROP = """DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = current_schema() AND tableowner = current_user
    LOOP EXECUTE format('DROP TABLE %I CASCADE', name); END LOOP;
END $$"""
"""Also what a newer version has beside: a backup stands alone."""


class NotDone(Exception):
    """No backup was made or put back; the text says why and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Save or restore; the exit code."""
    try:
        print(_done(*arguments))
    except (NotDone, Unplaced) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _done(did: str = "", place: str = "", *more: str) -> str:
    """What was done, for who asked for it."""
    if did not in ("save", "restore") or not place or more:
        raise NotDone(USAGE)
    if did == "save":
        return f"Saved as {save(Path(place))}; it holds students' words: delete it in time."
    restore(Path(place))
    return "Restored: start the assistant."


def save(folder: Path) -> Path:
    """Write a backup into a folder; only its owner can read it.

    Raises:
        NotDone: nothing is kept yet, or it cannot be read or written.
        Unplaced: no database can be where the environment says.
    """
    if not is_made():
        raise NotDone("nothing is kept yet: GUIDEPOST_DATA names the folder with the conversations")
    url = database_url()
    ending = "db" if url.drivername == "sqlite" else "dump"
    path = folder / f"{time.strftime(NAME)}.{ending}"
    with _named_faults(path):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with written_whole(path) as half:
            try:
                half.touch(mode=0o600)
                _save(url, half)
            except BaseException:
                half.unlink(missing_ok=True)
                raise
    return path


def _save(url: URL, path: Path) -> None:
    if url.drivername == "sqlite":
        with (
            closing(_opened(Path(str(url.database)))) as kept,
            closing(sqlite3.connect(path)) as copy,
        ):
            kept.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # nothing of it in a second file
    else:
        _call(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def restore(path: Path) -> None:
    """Put a backup in the place of all that is kept now.

    Raises:
        NotDone: it is no backup of this kind of database, or the database is in use.
        Unplaced: no database can be where the environment says.
    """
    if not path.is_file():
        raise NotDone(f"found no file {path}: {USAGE}")
    url = database_url()
    with _named_faults(path):
        if url.drivername == "sqlite":
            _restore_sqlite(Path(str(url.database)), path)
        else:
            _restore_postgresql(url, path)


def _restore_sqlite(database: Path, path: Path) -> None:
    with closing(_opened(path)) as copy, closing(sqlite3.connect(database, timeout=1)) as kept:
        whole = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
        if not whole or not copy.execute(OURS).fetchone():
            raise NotDone(f"{path} is no whole backup of conversations: take another one")
        try:
            kept.execute("PRAGMA journal_mode = DELETE")  # refused while anybody else has it open
        except sqlite3.OperationalError as error:
            raise NotDone(f"{database}: {error}: {STOP}") from error
        except sqlite3.DatabaseError as error:
            raise NotDone(f"{database}: {error}: move it away, then try again") from error
        copy.backup(kept)


def _restore_postgresql(url: URL, path: Path) -> None:
    engine = create_engine(url, hide_parameters=True, poolclass=NullPool)
    with engine.connect() as connection:
        others = connection.execute(OTHERS).scalar()
    if others:
        raise NotDone(f"the database has {others} more users: {STOP}")
    script = ("--no-owner", "--no-privileges", str(path))
    _call(None, "pg_restore", "--file=/dev/null", *script)  # whole, before anything is dropped
    with subprocess.Popen(["pg_restore", "--file=-", *script], stdout=subprocess.PIPE) as read:
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _call(url, "psql", *options, f"--command={DROP}", "--file=-", stdin=read.stdout)


def _opened(path: Path) -> sqlite3.Connection:
    """A file of SQLite's to read from; none is made."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _call(url: URL | None, program: str, *options: str, stdin: IO[bytes] | None = None) -> None:
    """Run one of PostgreSQL's programs; the password stands in no list of processes."""
    environment = {**os.environ, **(_as_environment(url) if url else {})}
    try:
        subprocess.run(
            [program, *options],
            env=environment,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=True,
        )
    except FileNotFoundError as error:
        raise NotDone(f"{program} is missing: install PostgreSQL's client programs") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise NotDone(f"{program}: {said[-1] if said else error.returncode}") from error


def _as_environment(url: URL) -> Mapping[str, str]:
    """An address as PostgreSQL's programs read it."""
    given = {
        "HOST": url.host,
        "PORT": url.port,
        "USER": url.username,
        "PASSWORD": url.password,
        "DATABASE": url.database,
        **{name.upper(): value for name, value in url.query.items()},
    }
    return {f"PG{name}": str(value) for name, value in given.items() if value}


@contextmanager
def _named_faults(path: Path) -> Iterator[None]:
    """Say faults of files and databases in a line, without what stands in them."""
    try:
        yield
    except OSError as error:
        raise NotDone(f"{error.filename or path}: {error.strerror}") from error
    except sqlite3.Error as error:
        raise NotDone(f"{path}: {error}: nothing was changed") from error
    except SQLAlchemyError as error:
        raise NotDone("the database cannot be reached: start it, then try again") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
