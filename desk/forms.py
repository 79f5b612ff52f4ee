"""What a page's form or an address says, as checked texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from urllib.parse import parse_qsl

from channels.messages import clean

FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 60_000
"""Bytes."""
MOST_FIELDS = 200


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


def read_form(kind: str | None, body: bytes) -> Mapping[str, str]:
    """The fields of a form; each of them stands there once.

    Raises:
        Denied: 415 if it is sent in another way, 413 if it is too large, 400 if it is broken.
    """
    if (kind or "").partition(";")[0].strip().lower() != FORM:
        raise Denied(415, "form")
    if len(body) > LARGEST_FORM:
        raise Denied(413, "too_large")
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise Denied(400, "form") from error
    return _once(pairs)


def read_query(query: str) -> Mapping[str, str]:
    """The words of an address.

    Raises:
        Denied: 400 if they are broken, or one stands there twice.
    """
    try:
        return _once(parse_qsl(query, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise Denied(400, "form") from error


def _once(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise Denied(400, "form")
        found[name] = clean(value.replace("\r\n", "\n"))
    return found
