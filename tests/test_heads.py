"""The head of a request is checked before anything trusts it."""

from __future__ import annotations

import pytest

from channels.heads import BadHead, check_head

GOOD = b"POST /webhooks/web/session HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.0",
        b"GET /chat?guide=a%20b HTTP/1.0\r\nHost: x",
        b"OPTIONS * HTTP/1.1\r\nHost: x",
        b"GET / HTTP/1.1\r\nHost: [::1]:5005",
        b"GET / HTTP/1.1\r\nHost: replica_1.school.example:443",
        GOOD + b"Content-Length: 12",
        GOOD + b"Transfer-Encoding: chunked",
        GOOD + b"X-Forwarded-For: 1.2.3.4, 5.6.7.8\r\nCookie: a=b; c=d\r\nUser-Agent: M\xe9",
    ],
)
def test_a_head_is_let_through(head: bytes) -> None:
    """What browsers, proxies and monitors send."""
    check_head(head)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"FOO",
        b"GET /",
        b"get / HTTP/1.1",
        b"GET  / HTTP/1.1",
        b"GET / HTTP/2.0",
        b"GET http://other.example/ HTTP/1.1",
        b"GET /\x00 HTTP/1.1",
        b"GET /\xff HTTP/1.1",
        b"GET / HTTP/1.1\r\nNo colon",
        b"GET / HTTP/1.1\r\nA b: c",
        b"GET / HTTP/1.1\r\nA: b\x00c",
        b"GET / HTTP/1.1\r\nA: b\nc: d",
        b"GET / HTTP/1.1",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b",
        b"GET / HTTP/1.0\r\nHost: a\r\nHost: a",
        *(
            b"GET / HTTP/1.1\r\nHost: " + host
            for host in (b"a b", b"[", b"a:b", b"a/b", b'"', b"a@b")
        ),
        *(
            GOOD + b"Content-Length: " + length
            for length in (b"-1", b"+5", b"abc", b"", b"1e3", b"0x10", b"5, 5", b"9" * 30, b"1 2")
        ),
        GOOD + b"Content-Length: 5\r\nContent-Length: 6",
        GOOD + b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        GOOD + b"Transfer-Encoding: gzip",
        GOOD + b"Transfer-Encoding: Chunked",
        GOOD + b"Transfer-Encoding: chunked ",
        GOOD + b"Transfer-Encoding: gzip, chunked",
        GOOD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    ],
)
def test_a_malformed_head_is_refused(head: bytes) -> None:
    """Lengths that are none, two of them, control characters, lines that are no header."""
    with pytest.raises(BadHead):
        check_head(head)
