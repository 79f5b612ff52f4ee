"""What a student may send: the shape of a request, and a clean text."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Container, Set
from dataclasses import dataclass
from math import ceil
from typing import Any, TypeGuard

from answers.local import LOCAL
from understanding.topics import TOPICS

LONGEST_MESSAGE = 500
"""Characters."""
LONGEST_NAME = 60
"""Characters of the unknown name of a guide or school that are said back."""
LARGEST_BODY = 8192
"""Bytes."""
PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Headers of every JSON answer: no cache keeps it, and no browser takes it for anything else."""
VERDICTS = ("up", "down")
"""What a thumb can say."""

UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)


class Refused(Exception):
    """A request that gets an error instead of a turn."""

    def __init__(self, status: int, code: str, message: str, wait: float = 0) -> None:
        """`wait`: seconds after which another try makes sense; 0 where it never does."""
        self.status, self.code = status, code
        self.body = {"error": {"code": code, "message": message}}
        self.headers = {"Retry-After": str(ceil(wait))} if wait else {}
        super().__init__(message)


@dataclass(frozen=True)
class Incoming:
    """One message of a student, and the guide that the page is about where it says so."""

    text: str
    guide: str | None = None


def read_request(kind: str | None, body: bytes) -> dict[str, Any]:
    """The JSON object of a request.

    Raises:
        Refused: 415 if it is not sent as JSON, 413 if it is too large, 400 if it is no object.
    """
    if (kind or "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(415, "not_json", "Send Content-Type: application/json.")
    return read_body(body)


def read_body(body: bytes) -> dict[str, Any]:
    """The JSON object in a request's body.

    Raises:
        Refused: 413 if it is too large, 400 if it is not a JSON object.
    """
    if len(body) > LARGEST_BODY:
        raise Refused(413, "too_large", f"Send at most {LARGEST_BODY} bytes.")
    try:
        data = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "not_json", "Send a JSON object.") from error
    if not isinstance(data, dict):
        raise Refused(400, "not_json", "Send a JSON object.")
    return data


def read_message(
    data: dict[str, Any],
    offered: Set[str],
    guides: Container[str] = (),
    urgent: Callable[[str], bool] = lambda text: False,
) -> Incoming:
    """The text of a message, and its guide.

    Args:
        offered: the payloads of the assistant's own buttons; only these keep their slash.
        guides: the slugs that a message may name.
        urgent: whether a text must be answered however long it is.

    Raises:
        Refused: 400 if there are no words in it or no such guide, 413 if it is too long.
    """
    guide = data.get("guide")
    if guide is not None and not _is_named(guide, guides):
        raise Refused(400, "no_guide", 'Send "guide" as the name of a guide, or leave it out.')
    text = data.get("message")
    if not isinstance(text, str):
        raise Refused(400, "no_message", 'Send "message" as text.')
    if len(text) > LONGEST_MESSAGE and not urgent(text):
        raise Refused(413, "too_long", f"Use at most {LONGEST_MESSAGE} characters.")
    text = clean(text)
    if not text:
        raise Refused(400, "no_message", "Send a message with some words in it.")
    if text.startswith("/") and text not in offered:
        text = text.lstrip("/ ") or "?"
    return Incoming(text, guide)


def read_feedback(data: dict[str, Any], guides: Container[str]) -> tuple[str, str, str]:
    """Guide, topic and verdict of a thumb; the guide is empty where the reply came from none.

    Raises:
        Refused: 400 if one of them is none that there is.
    """
    guide, topic, verdict = (data.get(key) for key in ("guide", "topic", "verdict"))
    if guide is not None and not _is_named(guide, guides):
        raise Refused(400, "no_guide", 'Send "guide" as the name of a guide, or null.')
    if not _is_named(topic, (*TOPICS, LOCAL)):
        raise Refused(400, "no_topic", 'Send "topic" as the topic of the reply.')
    if verdict not in VERDICTS:
        raise Refused(400, "no_verdict", f'Send "verdict" as one of: {", ".join(VERDICTS)}.')
    return guide or "", topic, verdict


def _is_named(value: object, names: Container[str]) -> TypeGuard[str]:
    return isinstance(value, str) and value in names


def clean(text: str) -> str:
    """The text in one Unicode form, less control characters, direction marks and surrogates."""
    text = UNSEEN.sub(" ", text)
    return unicodedata.normalize("NFC", text).strip()


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
