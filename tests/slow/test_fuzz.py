"""Whatever is sent, the channel answers as channels/openapi.yml describes, and lives on.

500 cases by default, always the same; `make fuzz` tries 10,000 new ones.
"""

from __future__ import annotations

import json
import os
from http.client import HTTPConnection
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.served import ROOT, Server, check_reply

CASES = int(os.environ.get("FUZZ_CASES", "500"))
SEED = 20261126
FIXED = "FUZZ_CASES" not in os.environ
WEBHOOK = "/webhooks/web/webhook"
ROUTES = [f"/webhooks/web/{name}" for name in ("session", "webhook", "history", "forget", "feedback")]  # fmt: skip
STATUSES = {200, 400, 401, 404, 409, 413, 415, 429, 503}

DESCRIBED = schemathesis.openapi.from_path(ROOT / "channels" / "openapi.yml")
OPERATIONS = 9


def described(cases: int) -> settings:
    """So many cases, the same each time unless a number was asked for."""
    return settings(
        max_examples=max(1, cases),
        deadline=None,
        database=None,
        derandomize=FIXED,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


@DESCRIBED.parametrize()
@described(CASES // 2 // OPERATIONS)
def test_every_answer_is_as_described(case: Any, server: Server) -> None:
    """Status, type and body, for requests that are as described and for those that are not."""
    if isinstance(case.body, dict) and len(str(case.body.get("sender"))) % 2 == 0:
        case.body["sender"] = sender_of(server)
    checks = [content_type_conformance, response_schema_conformance, status_code_conformance]
    response = case.call(base_url=f"http://127.0.0.1:{server.port}", timeout=30)
    case.validate_response(response, checks=[not_a_server_error, *checks])
    if response.headers.get("content-type") == "application/json":
        assert response.json() is not None


def sender_of(server: Server) -> str:
    """A session of its own for each few cases, so that talks stay as long as students' are."""
    kept = getattr(server, "fuzzed", (0, ""))
    count, sender = kept if kept[0] % 20 else (kept[0], server.session())
    server.fuzzed = (count + 1, sender)  # type: ignore[attr-defined]
    return str(sender)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
CHARACTERS = st.characters(codec=None)  # lone surrogates and control characters too
WORDS = st.sampled_from(
    ["salary", "/ask_salary", "/restart", '/ask_salary{"career": "x"}', "quiz me", "yes", "no", "5", "{name}", "${x}", "{{7*7}}", "<b>", "\x00", "\ud800", "\u202e", "'; --", "%s", "my name is", "555-0100", "10:30", "grade 11", "🎓" * 40, "a" * 499]
)  # fmt: skip
MESSAGES = st.text(CHARACTERS, max_size=520) | st.lists(
    WORDS | st.text(CHARACTERS, max_size=8), max_size=8
).map(" ".join)
KINDS = st.sampled_from(["application/json"] * 6 + ["application/json; charset=utf-16", "text/plain", "multipart/form-data", ""])  # fmt: skip


@st.composite
def bodies(draw: st.DrawFn, sender: str) -> bytes:
    """Bytes, JSON of any shape, or a message with some fields that are not what they should be."""
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return draw(st.binary(max_size=200))
    if kind == 1:
        return json.dumps(draw(ANYTHING)).encode()
    given: dict[str, Any] = {"sender": sender, "message": draw(MESSAGES)}
    if kind == 2:
        given["sender"] = draw(ANYTHING | st.text(CHARACTERS))
    if kind == 3:
        given["message"] = draw(ANYTHING)
    if kind == 4:
        given |= draw(st.dictionaries(st.sampled_from(["guide", "id", "metadata", "input_channel", "topic", "verdict", "stream"]), ANYTHING))  # fmt: skip
    return json.dumps(given).encode()


@seed(SEED) if FIXED else lambda test: test
@described(CASES // 2)
@given(data=st.data())
def test_any_bytes_get_an_answer(data: st.DataObject, server: Server) -> None:
    """A status of those described, valid JSON, never an empty list of replies, no dead process."""
    path = data.draw(st.sampled_from([WEBHOOK] * 6 + ROUTES))
    body = data.draw(bodies(sender_of(server)))
    kind = data.draw(KINDS)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("POST", path, body, {"Content-Type": kind} if kind else {})
        answer = connection.getresponse()
        replies = json.loads(answer.read())
    finally:
        connection.close()
    assert answer.status in STATUSES, (answer.status, body)
    if answer.status != 200:
        assert set(replies) == {"error"} and set(replies["error"]) == {"code", "message"}
        assert "Traceback" not in json.dumps(replies)
    elif path == WEBHOOK:
        assert replies, body
        for reply in replies:
            check_reply(reply)
    assert server.process.poll() is None


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b'{"sender": 1' + b"0" * 5000 + b"}",
        b'{"message": NaN}',
        b"\xef\xbb\xbf{}",
        '{"message": "hello"}'.encode("utf-16"),
        b'{"message": "\xff\xfe"}',
        b"\x1f\x8b\x08\x00",
    ],
    ids=["brackets", "deep", "huge", "nan", "bom", "utf-16", "no-utf-8", "gzip"],
)
def test_a_hostile_body_is_refused_quickly(server: Server, body: bytes) -> None:
    """Deep, huge, wrongly encoded: 400 or 413, and the next student is answered."""
    status, refused = server.post(WEBHOOK, body)
    assert status in (400, 401, 413) and set(refused["error"]) == {"code", "message"}
    assert server.ask(server.session(), "hello")
