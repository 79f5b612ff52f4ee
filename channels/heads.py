"""Whether a request's head is one, before Sanic trusts it.

Sanic 21.12 takes a length of -1 and then reads for ever, and answers one of "abc" with an error
that is no JSON. The rules are those of RFC 9112, as far as a request may be read in two ways.
"""

from __future__ import annotations

import re
from typing import Any

from sanic import Sanic

LINE = re.compile(rb"[A-Z]{1,20} (?:/[\x21-\x7e]*|\*) HTTP/1\.[01]")
FIELD = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t \x21-\x7e\x80-\xff]*")
HOST = re.compile(rb"(?:[0-9A-Za-z._-]*|\[[0-9A-Fa-f:.]+\])(?::\d{0,5})?")
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
    parts = (field.partition(b":") for field in fields)
    named = [(name.lower(), value.lstrip()) for name, _, value in parts]  # as Sanic reads them
    lengths = [value for name, value in named if name == b"content-length"]
    codings = [value for name, value in named if name == b"transfer-encoding"]
    if len(lengths) > 1 or not all(map(LENGTH.fullmatch, lengths)):
        raise BadHead("content-length")
    if codings and (codings != [b"chunked"] or lengths):
        raise BadHead("transfer-encoding")
    hosts = [value for name, value in named if name == b"host"]
    needed = int(line.endswith(b"HTTP/1.1"))
    if not needed <= len(hosts) <= 1 or not all(map(HOST.fullmatch, hosts)):
        raise BadHead("host")


def watch_heads(app: Sanic) -> None:
    """Check the head of every request to this app."""

    @app.signal("http.lifecycle.read_head")
    async def read_head(head: bytes, **_: Any) -> None:
        check_head(head)
