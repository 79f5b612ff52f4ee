"""Whether a request's head is one, before Sanic trusts it.

Sanic 21.12 takes a length of -1 and then reads for ever, and answers one of "abc" with an error
that is no JSON. The rules are those of RFC 9112, as far as a request may be read in two ways.
"""

from __future__ import annotations

import re
from typing import Any

from sanic import Sanic
from sanic.http import Http

LINE = re.compile(rb"[A-Z]{1,20} (?:/[\x21-\x7e]*|\*) HTTP/1\.[01]")
FIELD = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t \x21-\x7e\x80-\xff]*")
LENGTH = re.compile(rb"\d{1,12}")


class BadHead(ValueError):
    """The head of a request is none."""


def check_head(head: bytes) -> None:
    """Refuse a head that is malformed, or whose body could end in two places.

    Raises:
        BadHead: Sanic then answers 400 and closes the connection.
    """
    line, *fields = head.split(b"\r\n")
    if not LINE.fullmatch(line):
        raise BadHead("request line")
    if not all(map(FIELD.fullmatch, fields)):
        raise BadHead("header")
    named = [
        (name.lower(), value.strip()) for name, _, value in (f.partition(b":") for f in fields)
    ]
    lengths = [value for name, value in named if name == b"content-length"]
    codings = [value.lower() for name, value in named if name == b"transfer-encoding"]
    if len(lengths) > 1 or not all(map(LENGTH.fullmatch, lengths)):
        raise BadHead("content-length")
    if codings and (codings != [b"chunked"] or lengths):
        raise BadHead("transfer-encoding")
    if [name for name, _ in named].count(b"host") > 1:
        raise BadHead("host")


_create = Http.create_empty_request


def _create_empty_request(http: Http) -> None:
    """What a refusal answers to; Sanic takes the address from the head that was refused."""
    http.url = None
    _create(http)


def watch_heads(app: Sanic) -> None:
    """Check the head of every request to this app."""
    Http.create_empty_request = _create_empty_request

    @app.signal("http.lifecycle.read_head")
    async def read_head(head: bytes, **_: Any) -> None:
        check_head(head)
