"""What is kept as Rasa's events again."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from rasa.shared.core.events import Event

from conversations.packing import Kept, unpack
from conversations.tables import Row

log = logging.getLogger(__name__)


def turns_of(rows: Iterable[Row]) -> Iterator[list[Kept]]:
    """The events of each row, none for a row that cannot be read."""
    for row in rows:
        try:
            yield unpack(row)[1]
        except ValueError as error:
            log.error("turn %s cannot be read: %s", row.number, error)
            yield []


def events_of(rows: Iterable[Row]) -> list[Event]:
    """The events of a conversation, less those that cannot be read."""
    found = []
    for turn in turns_of(rows):
        for kept in turn:
            try:
                found.append(_event(kept))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                log.error("an event cannot be read: %s", type(error).__name__)
    return found


def _event(kept: Kept) -> Event:
    if kept["event"] == "user":
        name, entities = kept.get("intent"), kept.get("entities", [])
        intent = {"name": name, "confidence": 1.0} if name else {}
        parsed = {"intent": intent, "entities": entities, "text": kept.get("text")}
        kept = {**kept, "parse_data": parsed}
    return Event.resolve_by_type(kept["event"])._from_parameters(kept)
