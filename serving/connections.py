"""Reads requests off a connection as Sanic does, less what Sanic 21.12 takes on trust.

A chunk's size may be "+2" or "0x2" there, what follows the last chunk is not looked at, each byte
gives a slow caller more time, and a connection is closed on a caller who still writes, who then
never sees why.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Any

from sanic.exceptions import InvalidUsage, PayloadTooLarge
from sanic.http import HTTP_CONTINUE, Http, Stage
from sanic.server.protocols.http_protocol import HttpProtocol

CHUNK = re.compile(rb"\r\n([0-9A-Fa-f]{1,8})(?:;[\t\x20-\x7e]{0,60})?\r\n")
LONGEST_CHUNK_LINE = 80
"""Bytes of the line that says how large a chunk is, with the line break before it."""
LINGER_BYTES, LINGER_SECONDS = 8_000_000, 3.0
"""How much is still taken in, and for how long, of what a caller writes to a closed door."""


class StrictHttp(Http):
    """One connection's requests: chunks are what they say, and a refusal is heard."""

    request_body: Any
    keep_alive: bool
    expecting_continue: bool
    upgrade_websocket = property(lambda self: False, lambda self, value: None)
    """There are none here; Sanic would lift the limits of time for one."""

    def create_empty_request(self) -> None:
        """What a refusal answers to; Sanic takes the address from the head that was refused."""
        self.url = None
        super().create_empty_request()

    async def http1(self) -> None:
        """Answer requests until one of the two has enough."""
        await super().http1()
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._linger(), LINGER_SECONDS)

    async def read(self) -> bytes | None:
        """Some bytes of the body.

        Raises:
            InvalidUsage, PayloadTooLarge: once; nothing more of this connection is read then.
        """
        if self.stage is Stage.IDLE and not self.keep_alive:  # answered, and the last request
            self.request_body = None
            return None
        try:
            if self.request_body == "chunked" and not self.request_bytes_left:
                await self._check_chunk()
            read: bytes | None = await super().read()
            return read
        except (InvalidUsage, PayloadTooLarge):
            self.request_body, self.keep_alive = None, False
            if self.stage is Stage.IDLE:  # answered without its body
                return None
            raise

    async def _check_chunk(self) -> None:
        if self.expecting_continue:
            self.expecting_continue = False
            await self._send(HTTP_CONTINUE)
        buffer = self.recv_buffer
        while (end := buffer.find(b"\r\n", 2) + 2) < 2 and len(buffer) < LONGEST_CHUNK_LINE:
            await self._receive_more()
        found = CHUNK.fullmatch(buffer[:end])
        if not found:
            raise InvalidUsage("no chunk")
        if int(found[1], 16) == 0:
            while len(buffer) < end + 2:
                await self._receive_more()
            if buffer[end : end + 2] != b"\r\n":
                raise InvalidUsage("no end of the chunks")

    async def _linger(self) -> None:
        """Say that nothing more comes, and take in what does; it ends when the caller closes."""
        self.protocol.transport.write_eof()
        taken = 0
        while taken < LINGER_BYTES:
            taken += len(self.recv_buffer)
            self.recv_buffer.clear()
            await self._receive_more()


class Connection(HttpProtocol):
    """Counts a request's time from its first byte; Sanic counts anew from each byte."""

    def _setup_connection(self) -> None:
        super()._setup_connection()
        self._http = StrictHttp(self)

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request."""
        http: Http | None = getattr(self, "_http", None)
        since: float | None = getattr(self, "_time", None)
        unfinished = http is not None and (http.stage is Stage.REQUEST or http.request_body)
        super().data_received(data)
        if unfinished and since is not None:
            self._time = since
