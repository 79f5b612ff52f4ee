"""A stored conversation, as a page shows it again after a reload."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, takewhile
from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered

from answers.model import payload
from answers.registry import TOPICS, title
from answers.words import tidy

Entry = dict[str, Any]

LONGEST = 200
"""Entries, the newest."""


def transcript(events: Iterable[Event]) -> list[Entry]:
    """Who said what and when, oldest first: `from`, `text`, `at` (seconds), `buttons`, `custom`.

    A student's tap is shown as the title of its button.
    """
    entries: list[Entry] = []
    titles = {payload(topic): title(topic) for topic in TOPICS}
    for event in events:
        if isinstance(event, UserUttered) and event.text:
            said = titles.get(event.text, event.text)
            entries.append({"from": "student", "text": said, "at": event.timestamp})
        elif isinstance(event, BotUttered) and event.text:
            buttons = event.data.get("buttons") or []
            titles.update({each["payload"]: each["title"] for each in buttons})
            entries.append({"from": "guide", "at": event.timestamp, **_words(event)})
    return _with_buttons_of_last(entries)[-LONGEST:]


def said_to(events: Iterable[Event]) -> list[Entry]:
    """The replies to a message as they were sent, of the events that came after it."""
    turn = takewhile(lambda event: not isinstance(event, UserUttered), events)
    return with_last_buttons(
        [_words(event) for event in turn if isinstance(event, BotUttered) and event.text]
    )


def with_last_buttons(replies: list[Entry]) -> list[Entry]:
    """The replies of one turn; only the last keeps its buttons."""
    for earlier in replies[:-1]:
        earlier.pop("buttons", None)
    return replies


def _words(event: BotUttered) -> Entry:
    kept = {key: event.data[key] for key in ("buttons", "custom") if event.data.get(key)}
    return {"text": tidy(event.text), **kept}


def _with_buttons_of_last(entries: list[Entry]) -> list[Entry]:
    for entry, following in pairwise(entries):
        if entry["from"] == following["from"]:
            entry.pop("buttons", None)
    return entries
