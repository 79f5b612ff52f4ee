"""The desk's database for commands, which ask it once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.engine import Connection

from conversations.database import UPGRADE_SECONDS, Database, database_url
from desk import tables

Result = TypeVar("Result")


async def ask(work: Callable[[Connection], Result]) -> Result:
    """What `work` returns, once it is committed.

    Raises:
        Away: the database cannot be reached.
        Unplaced: none can be meant.
    """
    database = Database(database_url(), tables.prepare)
    try:
        return await database.ask(work, UPGRADE_SECONDS)
    finally:
        database.close()
