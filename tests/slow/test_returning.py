"""Return codes on a running server: what a student gets, and what an attacker does not."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib import request

import pytest

from channels.returning import GUESSES_OF_ADDRESS, known_words, new_code
from channels.sessions import Sessions
from conversations.store import ConversationStore
from tests.postgres import Postgres
from tests.postgres import postgres as postgres  # a fixture
from tests.served import Server, launched
from tests.slow.test_schools import (
    GRANT_SITE,
    LINCOLN_SITE,
    WEB,
    opened,
    post,
    session,
)
from tests.slow.test_schools import district as district  # a fixture
from tests.slow.test_schools import folder as folder  # a fixture
from tests.stores import DOMAIN
from tests.test_schools import say

KEY = "of the test: long enough for a restart"
ASKED = "how much do they make"
WRONG = "lizard copper garden 482"


def begun(server: Server, origin: str = "", **body: Any) -> str:
    """The sender of a chat in which something was said."""
    sender = session(server, origin, **body)
    assert post(server, "webhook", origin, sender=sender, message=ASKED)[0] == 200
    return sender


def code_of(server: Server, sender: str) -> str:
    """A code for a chat."""
    status, headers, told = post(server, "code", sender=sender)
    assert status == 200 and headers["cache-control"] == "no-store", told
    assert told["seconds"] == 24 * 60 * 60
    return str(told["code"])


def said(server: Server, sender: str) -> list[str]:
    """What a student reads there again."""
    return [entry["text"] for entry in post(server, "history", sender=sender)[2]]


def refused(server: Server, origin: str = "", **body: Any) -> tuple[int, str]:
    """Status and code of a refusal to go on."""
    status, _, told = post(server, "return", origin, **body)
    return status, told["error"]["code"]


def test_a_chat_goes_on_at_another_device(district: Server) -> None:
    """The same chat under a fresh sender; both devices speak, and either may delete it."""
    first = begun(district)
    status, _, told = post(district, "return", code=code_of(district, first).upper())
    second = told["sender"]
    assert status == 200 and said(district, second) == said(district, first) != []
    post(district, "webhook", sender=second, message="and the lowest?")
    assert "and the lowest?" in said(district, first)
    assert post(district, "forget", sender=second)[0] == 200
    assert said(district, first) == said(district, second) == []


def test_a_code_is_not_used_twice(district: Server) -> None:
    """Neither one after the other nor by ten at once; the newest takes the place of the others."""
    sender = begun(district)
    old, code = code_of(district, sender), code_of(district, sender)
    assert refused(district, code=old) == (404, "no_code")
    with ThreadPoolExecutor(10) as many:
        tries = [many.submit(post, district, "return", code=code) for _ in range(10)]
    statuses = sorted(each.result()[0] for each in tries)
    assert statuses == [200, *[404] * 9]
    assert refused(district, code=code) == (404, "no_code")


def test_a_forgotten_chat_has_no_way_back(district: Server) -> None:
    """The code is deleted with it, also where the same device goes on talking."""
    sender = begun(district)
    code = code_of(district, sender)
    assert post(district, "forget", sender=sender)[0] == 200
    assert refused(district, code=code) == (404, "no_code")
    post(district, "webhook", sender=sender, message=ASKED)
    assert refused(district, code=code) == (404, "no_code")


def test_who_has_no_session_gets_no_code(district: Server) -> None:
    """Nobody's, a forged one's, another school's site's; and none to what was never begun."""
    sender = begun(district, school="lincoln")
    name, rest = sender.split(".", 1)
    for forged in (None, "", 7, "a.b", f"{name[::-1]}.{rest}", sender[:-1], f"{sender}x"):
        assert post(district, "code", sender=forged)[0] == 401
    assert post(district, "code", GRANT_SITE, sender=sender)[0] == 401
    status, _, told = post(district, "code", sender=session(district))
    assert (status, told["error"]["code"]) == (409, "nothing_said")


def test_a_code_is_of_its_own_school(district: Server) -> None:
    """Other schools' pages and sites hear what they would of a wrong one, and spoil nothing."""
    code = code_of(district, begun(district, school="lincoln"))
    wrong = refused(district, code=WRONG)
    assert wrong == (404, "no_code")
    for origin, body in (
        ("", {}),
        ("", {"school": "grant"}),
        (GRANT_SITE, {}),
        (GRANT_SITE, {"school": ""}),
        ("https://evil.example", {}),
        (f"http://127.0.0.1:{district.port}", {"school": "grant"}),
    ):
        assert refused(district, origin, code=code, **body) == wrong
    assert refused(district, GRANT_SITE, code=code, school="lincoln") == (403, "other_school")
    assert refused(district, code=code, school="nowhere") == (400, "no_school")
    assert refused(district, code=code, school=["lincoln"]) == (400, "no_school")
    status, headers, told = post(district, "return", LINCOLN_SITE, code=code)
    assert status == 200 and ".lincoln." in told["sender"]
    assert headers["access-control-allow-origin"] == LINCOLN_SITE
    usual = code_of(district, begun(district))
    assert refused(district, code=usual, school="lincoln") == wrong
    assert post(district, "return", code=usual)[0] == 200


def test_where_nothing_is_kept_there_is_no_code(district: Server) -> None:
    """And it says so."""
    status, _, told = post(district, "code", sender=begun(district, school="grant"))
    assert (status, told["error"]["code"]) == (409, "not_kept")


@pytest.mark.parametrize(
    "given",
    [
        None,
        5,
        "",
        [],
        {"$ne": ""},
        "a" * 5000,
        "' OR 1=1 --",
        "lizard copper garden",
        "\x00 \ud800",
    ],
)
def test_what_is_no_code_does_no_harm(district: Server, given: Any) -> None:
    """400, and the next student is served."""
    assert refused(district, code=given) == (400, "bad_code")
    assert refused(district, code=WRONG.replace("garden", "gardenn")) == (400, "misspelt")


def test_only_json_by_post_asks(district: Server) -> None:
    """A form or a picture on another site cannot; a body may not be huge."""
    place = f"http://127.0.0.1:{district.port}{WEB}/return"
    body = json.dumps({"code": WRONG}).encode()
    kinds = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")
    for kind in kinds:
        asked = request.Request(place, body, {"Content-Type": kind})
        assert opened(asked)[0] == 415
    assert opened(request.Request(place), plain=True)[0] == 405
    huge = request.Request(place, b" " * 9000 + body, {"Content-Type": "application/json"})
    assert opened(huge)[0] == 413


def test_guessing_is_stopped_whatever_the_headers_say(tmp_path: Path) -> None:
    """After its allowance an address hears when to come back, under any name that it gives itself."""
    server = launched(tmp_path / "log.txt")
    try:
        code = code_of(server, begun(server))
        place = f"http://127.0.0.1:{server.port}{WEB}/return"

        def guess(number: int) -> tuple[int, dict[str, str]]:
            names = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "True-Client-IP")
            claimed = dict.fromkeys(names, f"203.0.113.{number}")
            sent = {"code": new_code(), "sender": f"{number}", "id": f"{number:08}"}
            headers = {"Content-Type": "application/json", **claimed}
            status, named, _ = opened(request.Request(place, json.dumps(sent).encode(), headers))
            return status, named

        first = [guess(number)[0] for number in range(GUESSES_OF_ADDRESS.burst)]
        assert set(first) == {404}
        # The right code, too: nobody learns by being let through. Misspelt words cost nothing.
        more = [guess(number) for number in range(30)]
        assert [status for status, _ in more].count(429) > 25
        assert 0 < int(more[-1][1]["retry-after"]) <= 1 / GUESSES_OF_ADDRESS.per_second
        assert refused(server, code=code) == (429, "too_many")
        assert refused(server, code="x y z 100") == (400, "misspelt")
        assert post(server, "webhook", sender=begun(server), message=ASKED)[0] == 200
    finally:
        server.stop()


def test_a_stolen_database_gives_no_code(district: Server, folder: Path) -> None:
    """Its digests are none that can be made of words without the key, and hold no word."""
    sender = begun(district)
    code = code_of(district, sender)
    file = folder / "data" / "conversations.db"
    with closing(sqlite3.connect(file)) as stolen:
        kept = [bytes(digest) for (digest,) in stolen.execute("SELECT code FROM codes")]
    assert kept and not any(word.encode() in digest for word in known_words() for digest in kept)
    key = (folder / "data" / "sessions.key").read_text().strip()
    assert Sessions(key).digest(code) in kept
    assert Sessions("of a thief who has no key").digest(code) not in kept


def test_a_code_outlives_a_restart_and_not_its_day(tmp_path: Path) -> None:
    """It is in the database; a day later it leads nowhere."""
    environment = {"GUIDEPOST_KEY": KEY}
    server = launched(tmp_path / "log.txt", **environment)
    codes = [code_of(server, begun(server)) for _ in range(2)]
    server.stop()
    with closing(sqlite3.connect(tmp_path / "data" / "conversations.db")) as file, file:
        late = (time.time() - 1, Sessions(KEY).digest(codes[1]))
        file.execute("UPDATE codes SET until = ? WHERE code = ?", late)
    server = launched(tmp_path / "log.txt", **environment)
    try:
        assert post(server, "return", code=codes[0])[0] == 200
        assert refused(server, code=codes[1]) == (404, "no_code")
    finally:
        server.stop()


@pytest.fixture
def of_postgres(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[ConversationStore]:
    monkeypatch.setenv("GUIDEPOST_DATABASE", postgres.url)
    store = ConversationStore(DOMAIN, keep_days=30)
    yield store
    store.close()


async def test_codes_on_postgresql(of_postgres: ConversationStore) -> None:
    """Set, replaced, used once by many at once, forgotten."""
    store, digest = of_postgres, Sessions(KEY).digest
    await say(store, "a", "hello")
    assert not await store.set_code("nobody", digest("x"), time.time() + 60)
    for code in ("old", "new"):
        assert await store.set_code("a", digest(code), time.time() + 60)
    assert await store.use_code(digest("old"), lambda _: True) is None
    other = ConversationStore(DOMAIN, keep_days=30)
    tries = [each.use_code(digest("new"), lambda _: True) for each in (store, other) * 3]
    found = await asyncio.gather(*tries)
    assert found.count("a") == 1 and found.count(None) == 5
    other.close()
    await store.set_code("a", digest("third"), time.time() + 60)
    await store.forget("a")
    assert await store.use_code(digest("third"), lambda _: True) is None
