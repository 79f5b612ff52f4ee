"""Brings a database of an earlier form into the present one, before it serves anybody."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from functools import partial

from sqlalchemy.engine import Connection, Engine

from conversations import counts, questions, tables
from conversations.packing import Kept, chat_of, rows_of

log = logging.getLogger(__name__)


def prepare(engine: Engine) -> None:
    """Set up the connection and the tables; nothing of what an earlier form kept is lost.

    Each conversation moves in a transaction of its own, so that a stop in between does no harm.
    """
    with engine.begin() as connection:
        for part in (tables, counts, questions):
            part.prepare(connection)
        old, in_shape = tables.has_old(connection), tables.is_in_shape(connection)
    if old:
        log.warning("conversations of an earlier form are packed anew, which may take minutes")
        moved = sum(iter(partial(_move, engine), 0))
        with engine.begin() as connection:
            tables.drop_old(connection)
        log.warning("%s conversations were packed anew", moved)
    if not in_shape:
        log.warning("the file of the conversations is laid out anew, which may take minutes")
        with engine.begin() as connection:
            tables.reshape(connection)
        log.warning("the file of the conversations is laid out anew now")


def _move(engine: Engine) -> int:
    """Move one conversation; 0 where there is none left."""
    with engine.begin() as connection:
        taken = tables.take_old(connection)
        if taken:
            _add(connection, taken[0], list(_readable(taken[1])))
    return int(taken is not None)


def _add(connection: Connection, conversation: str, events: list[Kept]) -> None:
    # Behind what a replica of the present form may have written already.
    chat = chat_of(conversation)
    rows = rows_of(conversation, events, tables.next_number(chat, connection), None)
    if rows:
        tables.insert(chat, rows, connection)


def _readable(events: Iterable[str]) -> Iterator[Kept]:
    for data in events:
        try:
            event = json.loads(data)
            float(event["timestamp"]), event["event"]
        except (ValueError, KeyError, TypeError) as error:
            log.error("an event of an earlier form cannot be read: %s", type(error).__name__)
        else:
            yield event
