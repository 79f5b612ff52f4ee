"""What a page's form or an address says, as checked texts and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from math import ceil
from typing import TypeVar
from urllib.parse import parse_qsl

from channels.messages import clean

FORM, WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"
LARGEST_FORM, LARGEST_WITH_FILES = 60_000, 150_000
"""Bytes."""
MOST_FIELDS = 200
BOUNDARY = re.compile(r'; *boundary="?([0-9A-Za-z_-]{1,70})"?$')
PART = re.compile(
    r'^content-disposition: form-data; name="([^"\r\n]+)"(; filename="?)?', re.I | re.M
)
"""What browsers write at the head of each part: the name of its field, and whether it is a file."""

Form = tuple[Mapping[str, str], Mapping[str, bytes]]
"""The fields of a form, and what is in its files, by the names of their fields."""
Value = TypeVar("Value")


class Denied(Exception):
    """A request that gets a page which says why not; `code` names its words."""

    def __init__(self, status: int, code: str, wait: float = 0, allow: Iterable[str] = ()) -> None:
        """Refuse.

        Args:
            wait: seconds after which another try makes sense; 0 where that is not known.
            allow: methods that would be right.
        """
        self.status, self.code = status, code
        told = {"Retry-After": str(ceil(wait)) if wait else "", "Allow": ", ".join(allow)}
        self.headers = {name: value for name, value in told.items() if value}
        super().__init__(code)


def read_form(kind: str | None, body: bytes) -> Form:
    """What a form without files says; each field stands there once.

    Raises:
        Denied: 415 if it is sent in another way, 413 if it is too large, 400 if it is broken.
    """
    _check(kind, FORM, body, LARGEST_FORM)
    with _readable():
        strict = bool(body)  # nothing at all is no fault
        return _texts(_pairs(body.decode("ascii"), strict_parsing=strict)), {}


def read_files(kind: str | None, body: bytes) -> Form:
    """What a form with files says; where no file was chosen it is empty.

    The names of files are not read: they are the sender's.

    Raises:
        Denied: as `read_form` does.
    """
    _check(kind, WITH_FILES, body, LARGEST_WITH_FILES)
    with _readable():
        parts = [_named(part) for part in _parts(kind or "", body)]
        texts = _texts((name, data.decode()) for name, is_file, data in parts if not is_file)
        return texts, _once((name, data) for name, is_file, data in parts if is_file)


def read_query(query: str) -> Mapping[str, str]:
    """The words of an address.

    Raises:
        Denied: 400 if they are broken, or one stands there twice.
    """
    with _readable():
        return _texts(_pairs(query))


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise Denied(400, "form") from error


def _check(kind: str | None, wanted: str, body: bytes, largest: int) -> None:
    if (kind or "").partition(";")[0].strip().lower() != wanted:
        raise Denied(415, "form")
    if len(body) > largest:
        raise Denied(413, "too_large")


def _pairs(text: str, strict_parsing: bool = False) -> list[tuple[str, str]]:
    return parse_qsl(
        text,
        keep_blank_values=True,
        strict_parsing=strict_parsing,
        errors="strict",
        max_num_fields=MOST_FIELDS,
    )


def _parts(kind: str, body: bytes) -> list[bytes]:
    """What stands between the boundaries of a form with files."""
    found = BOUNDARY.search(kind)
    if found is None:
        raise ValueError("no boundary")
    before, *parts = (b"\r\n" + body).split(b"\r\n--" + found[1].encode())
    if before or not parts or not parts.pop().startswith(b"--"):
        raise ValueError("broken boundaries")
    if not 0 < len(parts) <= MOST_FIELDS:
        raise ValueError("no field, or too many")
    return parts


def _named(part: bytes) -> tuple[str, bool, bytes]:
    """Name of the field, whether it is a file, and what is in a part."""
    head, _, data = part.partition(b"\r\n\r\n")
    found = PART.search(head.decode())
    if found is None:
        raise ValueError("a part without a name")
    return found[1], found[2] is not None, data


def _texts(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Clean texts by name, with line breaks as they are here."""
    return {name: clean(value.replace("\r\n", "\n")) for name, value in _once(pairs).items()}


def _once(pairs: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError("a field twice")
        found[name] = value
    return found
