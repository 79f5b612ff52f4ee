"""A stored conversation, as a page shows it again after a reload."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from answers.model import payload
from answers.registry import title
from answers.words import headed
from channels.messages import Refused
from conversations.events import turns_of
from conversations.packing import Kept
from conversations.store import ConversationStore
from conversations.tables import LAST, Row
from understanding.topics import TOPICS

Entry = dict[str, Any]

TURNS = 50
"""Of one page of the history, the newest."""
LOOK_BACK = 5
"""Turns before a page, whose buttons may have been tapped on it."""


async def history(
    store: ConversationStore, conversation: str, before: int | None = None
) -> list[Entry]:
    """The last turns of a conversation, or the last before a number that a page named.

    The first entry has that number as `before`, where there is more.
    """
    rows = await store.rows_before(conversation, before, TURNS + LOOK_BACK)
    # Reading what is kept takes milliseconds: no other student waits for that.
    page = await asyncio.to_thread(_page, rows)
    if len(rows) <= TURNS:
        return page
    more = rows[-TURNS].number
    if not page:
        return await history(store, conversation, more)
    return [{**page[0], "before": more}, *page[1:]]


def read_before(given: object) -> int | None:
    """The number of an earlier page.

    Raises:
        Refused: 400 if it is none.
    """
    if given is None:
        return None
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= LAST:
        return given
    raise Refused(400, "no_page", 'Send "before" as an earlier page had it, or leave it out.')


def _page(rows: Sequence[Row]) -> list[Entry]:
    turns = list(turns_of(rows))
    looked_back = transcript(event for turn in turns[:-TURNS] for event in turn)
    return transcript(event for turn in turns for event in turn)[len(looked_back) :]


def transcript(events: Iterable[Kept]) -> list[Entry]:
    """Who said what and when, oldest first: `from`, `text`, `at` (seconds), `buttons`, `custom`.

    A student's tap is shown as the title of its button.
    """
    entries: list[Entry] = []
    titles = {payload(topic): title(topic) for topic in TOPICS}
    for event in events:
        at, text = event["timestamp"], event.get("text")
        if event["event"] == "user" and text:
            entries.append({"from": "student", "text": titles.get(text, text), "at": at})
        elif event["event"] == "bot" and text:
            buttons = event["data"].get("buttons") or []
            titles.update({each["payload"]: each["title"] for each in buttons})
            entries.append({"from": "guide", "at": at, **_words(event)})
    return _with_buttons_of_last(entries)


def said_to(events: Iterable[Kept]) -> list[Entry]:
    """The replies to a message as they were sent, of the events that came after it."""
    return with_last_buttons(
        [_words(event) for event in events if event["event"] == "bot" and event.get("text")]
    )


def with_last_buttons(replies: list[Entry]) -> list[Entry]:
    """The replies of one turn; only the last keeps its buttons."""
    for earlier in replies[:-1]:
        earlier.pop("buttons", None)
    return replies


def _words(event: Kept) -> Entry:
    data = event["data"]
    kept = {key: data[key] for key in ("buttons", "custom") if data.get(key)}
    return {"text": headed(event["text"], data.get("custom")), **kept}


def _with_buttons_of_last(entries: list[Entry]) -> list[Entry]:
    for entry, following in pairwise(entries):
        if entry["from"] == following["from"]:
            entry.pop("buttons", None)
    return entries
