"""A database as an earlier form of the store left it: one row of JSON for each event."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from rasa.shared.core.events import Event
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

CREATE = (
    """CREATE TABLE events (
        conversation VARCHAR NOT NULL,
        number INTEGER NOT NULL,
        session INTEGER NOT NULL,
        timestamp DOUBLE PRECISION NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (conversation, number))""",
    "CREATE INDEX events_by_age ON events (timestamp)",
)
INSERT = text("INSERT INTO events VALUES (:conversation, :number, 0, :timestamp, :data)")


def write_earlier(url: URL, conversations: Mapping[str, Sequence[Event | None]]) -> None:
    """Write conversations as they were written; None stands for an event that is corrupt."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in CREATE:
            connection.execute(text(statement))
        for conversation, events in conversations.items():
            for number, event in enumerate(events):
                data = json.dumps(event.as_dict()) if event else "{"
                values = {"conversation": conversation, "number": number, "data": data}
                connection.execute(INSERT, {**values, "timestamp": 1.0 + number})
    engine.dispose()
