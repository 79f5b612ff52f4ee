"""The counselor's desk: every route, who may take it, and what else may be sent to it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sanic.exceptions import NotFound
from sanic.response import HTTPResponse
from sqlalchemy.engine import Connection

from channels.limits import Allowance, Rate
from conversations.database import Away
from desk import tables
from desk.accounts import HOUR, IDLE_SECONDS, SESSION_SECONDS
from desk.door import SESSION, VISITOR, Desk, File, Go, Visit
from desk.forms import (
    FORM,
    LARGEST_FORM,
    LARGEST_WITH_FILES,
    MOST_FIELDS,
    Denied,
    read_files,
    read_form,
    read_query,
)
from desk.passwords import Busy
from desk.tables import Entry
from desk.words import WORDS
from tests.desks import HOST, ORIGIN, Browser, Clock, counselor, text_of
from tests.desks import clock as clock  # a fixture
from tests.desks import desk as desk  # a fixture

ROOT = Path(__file__).parent.parent
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OURS = {"origin": ORIGIN, "sec-fetch-site": "same-origin", "content-type": FORM}


def leads_to(answer: HTTPResponse) -> str:
    """Where an answer sends the browser."""
    return str(answer.headers.get("Location", "")) if answer.status == 303 else ""


def is_file(answer: HTTPResponse) -> bool:
    """Whether an answer is no page, but a file to keep."""
    return "Content-Disposition" in answer.headers


async def signed_in(desk: Desk, shown: str, school: str) -> Browser:
    """The browser of a new counselor."""
    browser = Browser(desk)
    answer = await browser.sign_in(await counselor(desk, shown, school), school)
    assert leads_to(answer) == "/desk", text_of(answer)
    await browser.ask("/desk")
    return browser


async def test_without_an_account_there_is_no_desk(desk: Desk, tmp_path: Path) -> None:
    """As at any address that is not there; asking makes no database."""
    for path in ("/desk", "/desk/nowhere", *{path for path, _ in desk.table}):
        for method in METHODS:
            with pytest.raises(NotFound):
                await Browser(desk).ask(path, method)
    assert not (tmp_path / "data").exists()


async def test_the_desk_is_there_soon_after_the_first_account(desk: Desk, clock: Clock) -> None:
    """It looks each few seconds, so that a script costs the database nothing; and it goes again."""
    looked: list[float] = []
    asked = desk.accounts.ask

    async def counted(work: Any) -> Any:
        looked.append(clock.now)
        return await asked(work)

    await counselor(desk, "Jane Doe")
    desk.accounts.ask = counted  # type: ignore[method-assign]
    for _ in range(5):
        assert leads_to(await Browser(desk).ask("/desk")) == "/desk/sign-in"
    assert len(looked) == 1
    await asked(partial(remove_all, clock.now))
    clock.now += 6
    with pytest.raises(NotFound):
        await Browser(desk).ask("/desk")


def remove_all(now: float, connection: Connection) -> None:
    account = tables.account_named("", "jane.doe", connection)
    assert account
    tables.remove_account(account.id, connection)


async def test_a_counselor_comes_in_and_goes(desk: Desk) -> None:
    """From the link to the log and out; another browser has no part in it."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    page = text_of(await browser.ask("/desk"))
    assert "Lincoln High" in page and "Jane Doe" in page and 'data-colour="green"' in page
    assert "set a password" in text_of(await browser.ask("/desk/log"))
    assert leads_to(await Browser(desk).ask("/desk")) == "/desk/sign-in"
    kept = dict(browser.cookies)
    out = "/desk/sign-in?school=lincoln&notice=signed_out"
    assert leads_to(await browser.send("/desk/sign-out")) == out
    browser.cookies = kept  # who noted the cookie has nothing of it
    assert leads_to(await browser.ask("/desk")) == "/desk/sign-in"
    assert "You are signed out." in text_of(await browser.ask("/desk/sign-in?notice=signed_out"))


async def test_who_may_take_each_route(desk: Desk) -> None:
    """Strangers are sent to sign in, whatever they send; a counselor sees every page."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    for (path, method), route in desk.table.items():
        if route.who == "anyone":
            assert (await Browser(desk).ask("/desk/sign-in")).status == 200
        else:
            stranger = Browser(desk)
            await stranger.ask("/desk/sign-in")
            answer = await (stranger.send(path) if method == "POST" else stranger.ask(path))
            again = "?notice=again" if method == "POST" else ""
            assert leads_to(answer) == f"/desk/sign-in{again}", path
            assert not text_of(answer), path
        if method == "GET" and route.who == "counselor":
            answer = await browser.ask(path)
            assert answer.status == 200 and (is_file(answer) or "Lincoln High" in text_of(answer))
            assert (await browser.ask(path, "HEAD")).status == 200
    assert (await browser.ask("/desk/nowhere")).status == 404
    assert leads_to(await Browser(desk).ask("/desk/nowhere")) == "/desk/sign-in"


FORGED: dict[str, tuple[dict[str, str], str | None]] = {
    "no token": ({}, ""),
    "a wrong token": ({}, "0" * 64),
    "another's token": ({}, None),
    "another site": ({"origin": "https://evil.example"}, "own"),
    "another site, as browsers say": ({"sec-fetch-site": "cross-site"}, "own"),
    "a site beside": ({"sec-fetch-site": "same-site"}, "own"),
    "a name that begins so": ({"origin": f"{ORIGIN}.evil.example"}, "own"),
    "another port": ({"origin": f"{ORIGIN}:8443"}, "own"),
    "no origin": ({"origin": ""}, "own"),
    "an origin of none": ({"origin": "null"}, "own"),
    "no host": ({"origin": "null", "host": ""}, "own"),
}


@pytest.mark.parametrize("forged", FORGED)
async def test_a_forged_form_changes_nothing(desk: Desk, forged: str) -> None:
    """On no route that takes a form, with the cookie of a counselor who is signed in."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    other = await signed_in(desk, "Jo Roe", "roosevelt")
    before = text_of(await browser.ask("/desk/log"))
    headers, token = FORGED[forged]
    for (path, method), route in desk.table.items():
        if method != "POST":
            continue
        await browser.ask("/desk/sign-in" if route.who == "anyone" else "/desk/account")
        own = {"own": browser.token, None: other.token}.get(token, token)
        answer = await browser.send(path, headers, token=own)
        assert answer.status == 403, path
        assert "set-cookie" not in str(answer.headers).lower()
    assert text_of(await browser.ask("/desk/log")) == before


async def test_a_form_of_the_desk_itself_is_taken(desk: Desk) -> None:
    """What the forged ones are measured by: the same form, rightly sent; and by an older browser."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    assert leads_to(await browser.send("/desk/sign-out-everywhere")).endswith("everywhere")
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    assert leads_to(await browser.sign_in("jane.doe", "lincoln")) == "/desk"
    await browser.ask("/desk")
    older = {"sec-fetch-site": "same-origin", "origin": f"http://{HOST}"}  # behind a proxy
    assert leads_to(await browser.send("/desk/sign-out", older))


async def test_other_methods_are_refused(desk: Desk) -> None:
    """With those that would be right."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    for path in {path for path, _ in desk.table}:
        methods = {method for known, method in desk.table if known == path}
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} - methods:
            answer = await browser.ask(path, method, headers=OURS)
            assert answer.status == 405, (method, path)
            assert set(answer.headers["Allow"].split(", ")) == methods


BROKEN: dict[str, tuple[dict[str, str], bytes, int]] = {
    "JSON": ({"content-type": "application/json"}, b"{}", 415),
    "no type": ({"content-type": ""}, b"token=a", 415),
    "files": ({"content-type": "multipart/form-data; boundary=x"}, b"--x--", 415),
    "a megabyte": ({}, b"token=" + b"a" * 1_000_000, 413),
    "just too large": ({}, b"a" * (LARGEST_FORM + 1), 413),
    "a field twice": ({}, b"token=a&name=b&name=c", 400),
    "the token twice": ({}, b"token=a&token=a", 400),
    "no field": ({}, b"token", 400),
    "half a surrogate": ({}, b"token=%ED%A0%80", 400),
    "no UTF-8": ({}, b"token=%FF", 400),
    "raw bytes": ({}, b"token=\xff", 400),
    "too many fields": ({}, b"&".join(b"a%d=" % n for n in range(MOST_FIELDS + 1)), 400),
    "nothing": ({}, b"", 403),
    "a NUL": ({}, b"token=%00&name=%00&school=%00&password=%00", 403),
}


@pytest.mark.parametrize("broken", BROKEN)
async def test_broken_forms_are_refused(desk: Desk, broken: str) -> None:
    """On each route, for a stranger and for a counselor, with a page that says so."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    headers, body, status = BROKEN[broken]
    for (path, method), route in desk.table.items():
        if method == "POST":
            for caller in (browser, *([Browser(desk)] if route.who == "anyone" else [])):
                answer = await caller.ask(path, "POST", body, {**OURS, **headers})
                assert answer.status == status or (
                    route.files and answer.status in (400, 413, 415)
                ), path
                assert "<h1>That did not work</h1>" in text_of(answer)


async def test_strange_words_in_a_form_do_no_harm(desk: Desk) -> None:
    """NULs, directions, markup and long texts in every field of the forms that strangers reach."""
    await counselor(desk, "Jane Doe", "lincoln")
    browser = Browser(desk)
    for strange in ("\0", "\u202e\u2066", "<script>'\"&", "x" * 5_000, "' OR 1=1 --", "\U0001f600"):
        await browser.ask("/desk/sign-in")
        answer = await browser.send("/desk/sign-in", school=strange, name=strange, password=strange)
        assert answer.status == 403 and "<script" not in text_of(answer)
        fields = {"link": strange, "password": strange, "again": strange}
        assert (await browser.send("/desk/password", **fields)).status == 404
    for query in ("link=%00", "link=%FF", "link=a&link=b", "school=%00", "notice=%00"):
        for path in ("/desk/password", "/desk/sign-in"):
            assert (await browser.ask(f"{path}?{query}")).status in (200, 400, 404)


async def test_each_school_sees_its_own(desk: Desk) -> None:
    """Also whoever names another school in the address, a form, a header or a cookie."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    await signed_in(desk, "Jo Roe", "roosevelt")
    await signed_in(desk, "Al Default", "")
    headers = {"x-school": "roosevelt", "referer": f"{ORIGIN}/chat?school=roosevelt"}
    browser.cookies["school"] = "roosevelt"
    for (path, method), route in desk.table.items():
        if method == "GET" and route.who == "counselor":
            answer = await browser.ask(f"{path}?school=roosevelt", headers=headers)
            page = text_of(answer)
            assert is_file(answer) or ("Lincoln High" in page and "Jane Doe" in page)
            assert not re.search("Roosevelt|Jo Roe|Al Default", page), path
    await browser.send("/desk/sign-out-everywhere", school="roosevelt")
    other = Browser(desk)
    await other.sign_in("jo.roe", "roosevelt")
    assert "signed out everywhere" not in text_of(await other.ask("/desk/log"))


async def test_a_name_is_of_its_school_alone(desk: Desk) -> None:
    """The same name and password at another school comes into none, or into that one."""
    await counselor(desk, "Jane Doe", "lincoln")
    for school in ("roosevelt", "", "nowhere", "Lincoln", "lincoln/../roosevelt"):
        assert (await Browser(desk).sign_in("jane.doe", school)).status == 403
    assert leads_to(await Browser(desk).sign_in("JANE.DOE", "lincoln")) == "/desk"


async def test_without_its_file_a_school_has_no_desk(desk: Desk, tmp_path: Path) -> None:
    """Each page says so and shows nothing; no form changes anything; another may sign in."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    (tmp_path / "schools" / "lincoln.yml").unlink()
    for (path, method), route in desk.table.items():
        if route.who == "counselor":
            answer = await (browser.send(path) if method == "POST" else browser.ask(path))
            page = text_of(answer)
            assert "settings are gone" in page and 'href="/desk/sign-in"' in page, path
            assert not re.search("<table|<form|Jane|your school\\.", page), path


async def test_a_broken_file_is_said(desk: Desk, tmp_path: Path) -> None:
    """To its own school, with the faults; what it said before is in force."""
    lincoln, roosevelt = (
        await signed_in(desk, "Jane Doe", "lincoln"),
        await signed_in(desk, "Jo Roe", "roosevelt"),
    )
    file = tmp_path / "schools" / "lincoln.yml"
    file.write_text(file.read_text().replace("green", "pink"))
    page = text_of(await lincoln.ask("/desk"))
    assert "lincoln.yml: colour: found &#x27;pink&#x27;" in page and 'data-colour="green"' in page
    assert "pink" not in text_of(await roosevelt.ask("/desk"))


async def test_a_session_ends_by_itself(desk: Desk, clock: Clock) -> None:
    """An hour unused, or twelve hours old."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    begun = clock.now
    while clock.now < begun + SESSION_SECONDS - HOUR:
        clock.now += IDLE_SECONDS - 10
        assert (await browser.ask("/desk")).status == 200
    clock.now = begun + SESSION_SECONDS + 1
    assert leads_to(await browser.ask("/desk")) == "/desk/sign-in"
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    clock.now += IDLE_SECONDS + 1
    assert leads_to(await browser.ask("/desk")) == "/desk/sign-in"


async def test_cookies_are_for_this_server_alone(desk: Desk) -> None:
    """The name binds them to it; no script reads them, no other site sends them."""
    browser = Browser(desk)
    name = await counselor(desk, "Jane Doe", "lincoln")
    for answer in (await browser.ask("/desk/sign-in"), await browser.sign_in(name, "lincoln")):
        for cookie in answer.cookies.values():
            said = str(cookie)
            assert said.startswith("__Host-desk") and "; Path=/;" in f"{said};"
            assert {"Secure", "HttpOnly", "SameSite=Strict"} <= set(said.split("; "))
            assert "Domain" not in said


async def test_signing_in_begins_a_new_session(desk: Desk) -> None:
    """A token that was there before, also one that somebody else put there, is worth nothing."""
    name = await counselor(desk, "Jane Doe", "lincoln")
    planted, browser = "a" * 43, Browser(desk)
    browser.cookies = {SESSION: planted, VISITOR: planted}
    await browser.sign_in(name, "lincoln")
    assert browser.cookies[SESSION] != planted and browser.cookies[VISITOR] == planted
    thief = Browser(desk)
    thief.cookies = {SESSION: planted, VISITOR: planted}
    assert leads_to(await thief.ask("/desk")) == "/desk/sign-in"


async def test_a_link_of_another_site_ends_no_session(desk: Desk) -> None:
    """The browser sends no cookie with it, so it gets a page that leads on, and keeps its session."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    kept, browser.cookies = browser.cookies, {}
    answer = await browser.ask("/desk/log", headers={"sec-fetch-site": "cross-site"})
    assert answer.status == 200 and 'content="0; url=/desk"' in text_of(answer)
    assert SESSION not in answer.cookies
    browser.cookies = kept | browser.cookies
    assert "Lincoln High" in text_of(await browser.ask("/desk"))


async def test_every_answer_keeps_to_the_policy(desk: Desk) -> None:
    """No script, no frame, no cache, no address told to others; also where something is wrong."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    answers = [await browser.ask(path) for path, method in desk.table if method == "GET"]
    answers += [await browser.ask("/desk/nowhere"), await browser.ask("/desk", "PUT")]
    answers += [await Browser(desk).ask("/desk"), await browser.send("/desk", token="no")]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "script-src" not in policy and "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert not re.search(r"<script|<style| style=| on\w+=", text_of(answer))


async def test_many_requests_of_an_address_wait(desk: Desk) -> None:
    """Beyond the rate there is a page, and when to come back; passwords have a rate of their own."""
    name = await counselor(desk, "Jane Doe", "lincoln")
    desk._requests = Allowance(Rate(2, 0.1))
    answers = [await Browser(desk).ask("/desk/sign-in") for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "10"
    desk._requests = Allowance(Rate(1000, 1))
    statuses = [(await Browser(desk).sign_in(f"{name}{n}", "lincoln")).status for n in range(25)]
    assert statuses[:20] == [403] * 20 and 429 in statuses


@pytest.mark.parametrize(("error", "status"), [(Away("x"), 503), (Busy(), 503), (KeyError(), 500)])
async def test_a_fault_gets_a_page(desk: Desk, error: Exception, status: int) -> None:
    """Whatever it is, the counselor is told, and nothing of it is shown."""

    @desk.page("/desk/broken")
    async def broken(visit: Visit) -> Any:
        raise error

    browser = await signed_in(desk, "Jane Doe", "lincoln")
    answer = await browser.ask("/desk/broken")
    assert answer.status == status and "<h1>That did not work</h1>" in text_of(answer)
    assert "Sign out" in text_of(answer) and "Error" not in text_of(answer)


async def test_a_database_that_is_away_is_said(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The desk stays where it was, and asks for patience."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")

    async def away(work: Any) -> Any:
        raise Away("gone")

    monkeypatch.setattr(desk.accounts, "ask", away)
    clock.now += 60
    answer = await browser.ask("/desk")
    assert answer.status == 503 and "cannot be reached" in text_of(answer)


async def test_a_change_and_its_line_are_one(desk: Desk) -> None:
    """Where the change fails, the log does not say it was made."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")

    def fails(connection: Connection) -> None:
        tables.end_session("x", connection)
        raise RuntimeError

    @desk.form("/desk/failing")
    async def failing(visit: Visit) -> Any:
        await visit.change("removed", "nobody", fails)

    assert (await browser.send("/desk/failing")).status == 500
    assert "nobody" not in text_of(await browser.ask("/desk/log"))


async def test_the_log_shows_what_another_version_wrote(desk: Desk) -> None:
    """As it stands: a change must not hide all others."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    entry = Entry(desk.accounts.clock(), "Jane Doe", "unheard_of", "x")
    await desk.accounts.ask(partial(tables.write_log, "lincoln", entry))
    page = text_of(await browser.ask("/desk/log"))
    assert "unheard_of x" in page and "set a password" in page


async def test_what_is_typed_is_escaped(desk: Desk) -> None:
    """In a name, in the log, in a field that is shown again."""
    browser = await signed_in(desk, "<b>Jane</b> & Co", "lincoln")
    for path in ("/desk", "/desk/log", "/desk/account"):
        page = text_of(await browser.ask(path))
        assert "<b>" not in page and "&lt;b&gt;Jane&lt;/b&gt; &amp; Co" in page
    answer = await Browser(desk).sign_in('"><b>', "lincoln")
    assert "<b>" not in text_of(answer) and "&quot;&gt;&lt;b&gt;" in text_of(answer)


async def test_a_file_has_a_plain_name(desk: Desk) -> None:
    """Whatever stands in it, no header is made of it."""

    @desk.page("/desk/file")
    async def file(visit: Visit) -> Any:
        return File('a"b\r\nX: y/Ä.csv', "text/csv", "a,b\n")

    browser = await signed_in(desk, "Jane Doe", "lincoln")
    answer = await browser.ask("/desk/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a-b-X-y-.csv"'
    assert answer.content_type == "text/csv; charset=utf-8" and answer.body == b"a,b\n"


async def test_sections_stand_in_the_order_of_the_words(desk: Desk) -> None:
    """The one that is shown is marked, and pages without one are not there."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    page = text_of(await browser.ask("/desk/log"))
    listed = re.findall(r'<li><a href="([^"]+)"( aria-current="page")?>', page)
    order = [name for name in WORDS.groups["sections"]]
    sections = {route.section: path for (path, _), route in desk.table.items() if route.section}
    assert [path for path, _ in listed] == [sections[name] for name in order if name in sections]
    assert [path for path, here in listed if here] == ["/desk/log"]


def test_a_form_is_read_whole() -> None:
    """Lines end as they do here, signs have one form, and an empty field is there."""
    body = b"a=1%0D%0A2&b=&c=e%CC%81+x%00"
    assert read_form(FORM + "; charset=utf-8", body) == ({"a": "1\n2", "b": "", "c": "é x"}, {})
    assert read_query("a=%C3%A9&b") == {"a": "é", "b": ""}
    with pytest.raises(Denied):
        read_query("a=1&a=2")


def multipart(*parts: str, boundary: str = "x") -> tuple[str, bytes]:
    """The type and the body of a form with files; each part with its head."""
    lines = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    kind = f"multipart/form-data; boundary={boundary}"
    return kind, f"{lines}--{boundary}--\r\n".encode()


NAMED = 'Content-Disposition: form-data; name="{}"'
A_FIELD = f"{NAMED.format('a')}\r\n\r\né\r\n1"
OF_FILE = f'{NAMED.format("logo")}; filename="../x.png"\r\nContent-Type: image/png'
A_FILE = f"{OF_FILE}\r\n\r\n\0\r\n"


def test_a_form_with_files_is_read_whole() -> None:
    """Bytes stay as they are; a file that was not chosen is empty."""
    kind, body = multipart(A_FIELD, A_FILE)
    assert read_files(kind, body) == ({"a": "é\n1"}, {"logo": b"\0\r\n"})
    kind, body = multipart(A_FIELD, f'{NAMED.format("logo")}; filename=""\r\n\r\n')
    assert read_files(kind, body) == ({"a": "é\n1"}, {"logo": b""})


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        (FORM, b"a=b", 415),
        ("multipart/form-data", multipart(A_FIELD)[1], 400),
        ("multipart/form-data; boundary=y", multipart(A_FIELD)[1], 400),
        (*multipart(A_FIELD, A_FIELD), 400),
        (*multipart(A_FILE, A_FILE), 400),
        (*multipart("\r\nno name"), 400),
        (*multipart(*(f"{NAMED.format(n)}\r\n\r\n" for n in range(MOST_FIELDS + 1))), 400),
        (multipart()[0], multipart(A_FIELD)[1].replace("é".encode(), b"\xff"), 400),
        (multipart()[0], multipart(A_FIELD)[1].replace(b"--x--", b"--x"), 400),
        (multipart()[0], b"before\r\n" + multipart(A_FIELD)[1], 400),
        (*multipart(A_FIELD, "x" * LARGEST_WITH_FILES), 413),
        ("multipart/form-data; boundary=" + "x" * 9_000, b"", 400),
        ("multipart/form-data; boundary=\xff", b"--\xff--", 400),
        (multipart()[0], b"", 400),
    ],
    ids=range(14),
)
def test_a_broken_form_with_files_is_refused(kind: str, body: bytes, status: int) -> None:
    """Without the boundary, twice, without a name, too many, too large."""
    with pytest.raises(Denied) as denied:
        read_files(kind, body)
    assert denied.value.status == status


async def test_a_form_with_files_is_known_as_any_other(desk: Desk) -> None:
    """By its token; and no route takes one that does not say so."""
    taken: list[bytes] = []

    @desk.form("/desk/logo", files=True)
    async def logo(visit: Visit) -> Any:
        taken.append(visit.files["logo"])
        return Go("/desk")

    browser = await signed_in(desk, "Jane Doe", "lincoln")
    for token, path, status in (
        ("wrong", "/desk/logo", 403),
        (browser.token, "/desk/account", 415),
        (browser.token, "/desk/logo", 303),
    ):
        kind, body = multipart(f"{NAMED.format('token')}\r\n\r\n{token}", A_FILE)
        answer = await browser.ask(path, "POST", body, {**OURS, "content-type": kind})
        assert answer.status == status
    assert taken == [b"\0\r\n"]


CALLS = {
    "Denied": 1,
    "denied": 0,
    "_out": 1,
    "WrongPassword": 0,
    "Go": 1,
    "change": 0,
    "log": 0,
    "Entry": 2,
}
"""What takes the name of a word, and at which place."""
GROUPS = {
    "Denied": "denied",
    "denied": "denied",
    "WrongPassword": "password",
    "Go": "notices",
    "_out": "notices",
}

ROWS = ("conversations/counts.py", "channels/messages.py", "answers/help.py", "answers/local.py")
"""Modules that name the rows of counts."""


def test_every_word_is_there_and_said() -> None:
    """Each name that the code says is in words.yml, and each name there is said by the code."""
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "desk").glob("*.py")]
    rows = [(ROOT / path).read_text(encoding="utf-8") for path in ROWS]
    said = {node.value for text in code + rows for node in ast.walk(ast.parse(text)) if is_text(node)}  # fmt: skip
    known = {(group, name) for group, words in WORDS.groups.items() for name in words}
    assert {each for each in known if each[1] not in said or each[0] not in said} == set()
    assert set(map(str, named(code))) and {each for each in named(code)} <= known


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def named(code: list[str]) -> Iterator[tuple[str, str]]:
    """Group and name of each word that a call names outright."""
    for call in (node for text in code for node in ast.walk(ast.parse(text))):
        if not isinstance(call, ast.Call):
            continue
        called = ast.unparse(call.func).rpartition(".")[2]
        texts = [each.value if is_text(each) else "" for each in call.args]
        if called == "word" and len(texts) > 1 and all(texts[:2]):
            yield texts[0], texts[1]
        elif called in CALLS and len(texts) > CALLS[called] and texts[CALLS[called]]:
            yield GROUPS.get(called, "did"), texts[CALLS[called]]
