"""What a student may send: the shape of a request, and a clean text."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

LONGEST_MESSAGE = 500
"""Characters."""
LARGEST_BODY = 8192
"""Bytes."""

UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)


class Refused(Exception):
    """A request that gets an error instead of a turn."""

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status = status
        self.body = {"error": {"code": code, "message": message}}
        super().__init__(message)


@dataclass(frozen=True)
class Incoming:
    """One message of a student."""

    sender: Any
    text: str


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
    data: dict[str, Any], offered: Set[str], urgent: Callable[[str], bool] = lambda text: False
) -> Incoming:
    """The sender and the text of a message.

    Args:
        offered: the payloads of the assistant's own buttons; only these keep their slash.
        urgent: whether a text must be answered however long it is.

    Raises:
        Refused: 400 if there are no words in it, 413 if it is too long.
    """
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
    return Incoming(data.get("sender"), text)


def clean(text: str) -> str:
    """The text in one Unicode form, less control characters, direction marks and surrogates."""
    text = UNSEEN.sub(" ", text)
    return unicodedata.normalize("NFC", text).strip()


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
