"""A turn as it is kept: what is needed again of Rasa's events, as compressed JSON.

Left out are the ranking of intents, predictions, models, and the time of all that nobody sees.
The assistant and the history work from what is kept alone, before a restart as after it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from conversations.tables import HEAD, PAGE, Row
from guides.schools import slug_of

Kept = dict[str, Any]
"""An event as Rasa's `as_dict` has it, less what is not needed again."""

FREQUENT = (Path(__file__).parent / "frequent.txt").read_bytes()
"""What turns have in common. What is kept can be read with this alone: it may never change."""
LEVEL = 9

UNNEEDED = ("timestamp", "metadata", "policy", "confidence", "message_id")
OF_ENTITY = ("entity", "value", "role", "group")
SCHOOL = 8
"""Bytes of a school's digest."""
SEEN = ("user", "bot")
"""Events that the history shows, with their time."""


def digest(name: str) -> bytes:
    """What stands for an id in the tables: nobody can tell the id from it."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def chat_of(conversation: str) -> bytes:
    """What stands for a conversation in the tables: behind its digest that of its school, if any.

    So what a school keeps can be found by its age, whatever the names of its conversations.
    """
    return digest(conversation) + school_of(slug_of(conversation))


def school_of(slug: str) -> bytes:
    """What stands for a school in the tables; nothing for that of school.yml."""
    return digest(slug)[:SCHOOL] if slug else b""


def rows_of(
    conversation: str, events: Iterable[Kept], number: int, session: int | None
) -> list[Row]:
    """Rows of events, each from a message or the start of a session to the next one.

    Args:
        events: as Rasa's `as_dict` has them.
        number: the place of the first row.
        session: the one that they go on with, if there is one.
    """
    rows: list[Row] = []
    for turn in _turns(events):
        if session is None or any(event["event"] == "session_started" for event in turn):
            session = number
        started, asked = float(turn[0]["timestamp"]), turn[0].get("message_id")
        data = pack(conversation, *(_kept(event, started) for event in turn))
        rows.append(Row(number, session, started, digest(asked) if asked else None, data))
        number += 1
    return rows


def _turns(events: Iterable[Kept]) -> Iterator[list[Kept]]:
    turn: list[Kept] = []
    for event in events:
        begins = event["event"] == "user" or event.get("name") == "action_session_start"
        if turn and begins:
            yield turn
            turn = []
        turn.append(event)
    if turn:
        yield turn


def _kept(event: Kept, started: float) -> Kept:
    kept = {name: value for name, value in event.items() if name not in UNNEEDED}
    if event["event"] == "user":
        kept |= _understood(kept.pop("parse_data", {}))
    if event["event"] == "bot":
        kept["data"] = _given(event.get("data") or {})
    if event["event"] in SEEN:
        kept["at"] = round((event["timestamp"] - started) * 1000) or None
    if not kept.get("hide_rule_turn"):
        kept["hide_rule_turn"] = None
    return _given(kept)


def _understood(parse_data: Kept) -> Kept:
    entities = [
        {name: each[name] for name in OF_ENTITY if name in each}
        for each in parse_data.get("entities") or []
    ]
    return {"intent": (parse_data.get("intent") or {}).get("name"), "entities": entities or None}


def _given(values: Kept) -> Kept:
    return {name: value for name, value in values.items() if value is not None}


def pack(*values: Any) -> bytes:
    """JSON values as bytes whose length and beginning are what `HEAD` in tables.py asks for."""
    said = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    packing = zlib.compressobj(LEVEL, zdict=FREQUENT)
    packed = packing.compress(said.encode("utf-8", "surrogatepass")) + packing.flush()
    return bytes(HEAD) + packed + bytes(-len(packed) % PAGE)


def unpacked(data: bytes) -> list[Any]:
    """What `pack` made these bytes of.

    Raises:
        ValueError: they hold something else.
    """
    try:
        said = zlib.decompressobj(zdict=FREQUENT).decompress(data[HEAD:])
        return list(json.loads(said.decode("utf-8", "surrogatepass")))
    except (zlib.error, ValueError, TypeError) as error:
        raise ValueError(f"expected packed values, found {type(error).__name__}") from error


def unpack(row: Row) -> tuple[str, list[Kept]]:
    """The conversation and its events, with times again.

    Raises:
        ValueError: the row holds something else.
    """
    try:
        conversation, *events = unpacked(row.data)
        time = row.timestamp
        for event in events:
            if "at" in event:
                time = row.timestamp + event.pop("at") / 1000
            event["timestamp"] = time
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"expected a turn, found {type(error).__name__}") from error
    return str(conversation), events
