"""Rasa's events as JSON and back."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from rasa.shared.core.events import Event

from conversations.tables import Row

log = logging.getLogger(__name__)


def as_json(event: Event) -> str:
    """An event as it is kept."""
    return json.dumps(event.as_dict())


def events_of(rows: Sequence[Row]) -> list[Event]:
    """The events of a conversation, less those that cannot be read."""
    found = []
    for row in rows:
        try:
            data = json.loads(row.data)
            found.append(Event.resolve_by_type(data["event"])._from_parameters(data))
        except (ValueError, KeyError, TypeError) as error:
            log.error("event %s cannot be read: %s", row.number, type(error).__name__)
    return found
