"""The door of the desk: one table of pages and forms, and what every request must pass."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal, TypeVar

from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.engine import Connection

from channels.limits import Allowance, Rate
from channels.pages import ALWAYS, HTML, NEVER
from channels.sites import Sites
from conversations.database import Away
from desk import tables
from desk.accounts import Accounts, kept, new_token
from desk.drawing import SIGN_IN, TOKEN, Frame, Page, denied, draw, no_school
from desk.forms import Denied, read_form, read_query
from desk.passwords import Busy
from desk.tables import Account, Entry
from desk.words import WORDS
from guides.school import School

log = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    **ALWAYS,
    "Content-Security-Policy": POLICY,
    "Cache-Control": NEVER,
    # Not no-referrer: with that, browsers keep from us where a form comes from.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
COOKIE = "__Host-desk"
"""Browsers take it over https alone, or from this very machine, and from no other host."""
A_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
REQUESTS = Rate(120, 4)
"""Requests of one address: a few counselors behind one."""

Result = TypeVar("Result")
Who = Literal["anyone", "counselor"]


@dataclass(frozen=True)
class Go:
    """The way to another page, after a form."""

    path: str
    notice: str = ""
    """A name of words.yml, `notices`: said at the top of that page."""
    session: str | None = None
    """The token of a session that begins; empty where it ends."""


@dataclass(frozen=True)
class File:
    """A file to keep."""

    name: str
    kind: str
    """Its media type, such as text/csv."""
    body: str


Answer = Page | Go | File


@dataclass(frozen=True)
class Call:
    """What a handler gets: a request that passed all checks."""

    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    """The fields of a form; none of a page that is only looked at."""
    token: str
    """What a form must hold: `drawing.form` puts it there."""
    session: str
    """The token in the cookie."""
    address: str


@dataclass(frozen=True)
class Visit(Call):
    """A call of a counselor who is signed in."""

    account: Account
    school: School
    """The counselor's own; no request can name another."""
    accounts: Accounts = field(repr=False)

    async def ask(self, work: Callable[[Connection], Result]) -> Result:
        """What the desk's database says.

        Raises:
            Away: it cannot be reached; the desk says so.
        """
        return await self.accounts.ask(work)

    async def change(
        self, did: str, about: str = "", work: Callable[[Connection], Any] = lambda connection: None
    ) -> None:
        """Make a change and write it to the school's log, both or none.

        Args:
            did: a name of words.yml, `did`.
            about: what it was done to, such as the name of an answer; may be empty.

        Raises:
            Away: it cannot be reached; the desk says so.
        """
        entry = Entry(self.accounts.clock(), self.account.shown, did, about)

        def both(connection: Connection) -> None:
            work(connection)
            tables.write_log(self.school.slug, entry, connection)

        await self.ask(both)

    async def log(self, did: str, about: str = "") -> None:
        """Write to the school's log what was done elsewhere than in the database."""
        await self.change(did, about)


Handler = Callable[[Any], Awaitable[Answer]]
"""Takes a Visit where a counselor may call it, else a Call."""


@dataclass(frozen=True)
class Route:
    """A line of the table."""

    path: str
    method: Literal["GET", "POST"]
    who: Who
    handler: Handler
    section: str | None


class Desk:
    """The pages and forms of the desk, and the door before them."""

    def __init__(
        self, accounts: Accounts, sites: Sites, address_of: Callable[[Request], str]
    ) -> None:
        self.accounts, self.sites = accounts, sites
        self.table: dict[tuple[str, str], Route] = {}
        self._address_of = address_of
        self._requests = Allowance(REQUESTS)

    def page(
        self, path: str, section: str | None = None, who: Who = "counselor"
    ) -> Callable[[Handler], Handler]:
        """Register what is shown at a path.

        Args:
            section: where it stands in the navigation, a name of words.yml, `sections`.
        """
        return partial(self._add, path, "GET", who, section)

    def form(self, path: str, who: Who = "counselor") -> Callable[[Handler], Handler]:
        """Register what takes the form that is sent to a path."""
        return partial(self._add, path, "POST", who, None)

    def _add(
        self,
        path: str,
        method: Literal["GET", "POST"],
        who: Who,
        section: str | None,
        handler: Handler,
    ) -> Handler:
        self.table[path, method] = Route(path, method, who, handler, section)
        return handler

    async def serve(self, request: Request) -> HTTPResponse:
        """The answer to any request below /desk.

        Raises:
            NotFound: there is no account, so there is no desk.
        """
        if not await self.accounts.are_there():
            raise NotFound()
        given = request.cookies.get(COOKIE, "")
        token = given if A_TOKEN.fullmatch(given) else new_token()
        frame = Frame(token=form_token(token))
        try:
            answer, frame = await self._answer(request, token, frame)
        except (Denied, Away, Busy) as error:
            answer, headers = _refusal(error)
        except Exception as error:  # noqa: BLE001 - a counselor waits: log the kind alone
            log.error("the desk failed: %s", type(error).__name__)
            answer, headers = denied("error", 500), {}
        else:
            headers = {}
        response = _sent(answer, frame, headers)
        if isinstance(answer, Go) and answer.session is not None:
            _keep(response, answer.session)
        elif token != given:
            _keep(response, token)
        return response

    async def _answer(self, request: Request, token: str, frame: Frame) -> tuple[Answer, Frame]:
        address = self._address_of(request)
        if wait := self._requests.take(address):
            raise Denied(429, "too_many", wait)
        account = await self.accounts.of_session(token)
        method = "GET" if request.method == "HEAD" else request.method
        route = self.table.get((request.path.rstrip("/"), method))
        if account is None and (route is None or route.who != "anyone"):
            return Go(SIGN_IN, "again" if method == "POST" else ""), frame
        if route is None:
            known = any(path == request.path for path, _ in self.table)
            raise Denied(405, "method") if known else Denied(404, "not_found")
        call = self._checked(request, token, frame.token, address)
        frame = replace(frame, notice=call.query.get("notice", ""))
        if route.who == "anyone" or account is None:
            return await route.handler(call), frame
        school = self._school(account)
        frame = self._frame(frame, account, school, route.section)
        if school is None:
            return no_school(), frame
        visit = Visit(**vars(call), account=account, school=school, accounts=self.accounts)
        return await route.handler(visit), frame

    def _school(self, account: Account) -> School | None:
        schools = self.sites.schools
        return schools.named(account.school) if account.school else schools.default

    def _frame(
        self, frame: Frame, account: Account, school: School | None, section: str | None
    ) -> Frame:
        order = list(WORDS.groups["sections"])
        found = [(route.section, route.path) for route in self.table.values() if route.section]
        ways = sorted(found, key=lambda way: order.index(way[0]))
        logo = self.sites.schools.logo(school) if school else None
        return replace(
            frame,
            school=school,
            logo=logo,
            name=account.shown,
            ways=ways if school else (),
            section=section,
        )

    def _checked(self, request: Request, token: str, form: str, address: str) -> Call:
        """The call, once a form is known to come from the desk's own page.

        Raises:
            Denied: 403 if it does not; else as the form or the address is broken.
        """
        query = read_query(request.query_string)
        fields: Mapping[str, str] = {}
        if request.method == "POST":
            if not self._is_own(request):
                raise Denied(403, "elsewhere")
            fields = read_form(request.content_type, request.body)
            if not secrets.compare_digest(fields.get(TOKEN, "").encode(), form.encode()):
                raise Denied(403, "token")
        return Call(request.path, query, fields, form, token, address)

    def _is_own(self, request: Request) -> bool:
        """Whether a form was sent by a page of this server, as every browser of today says."""
        origin = request.headers.get("origin", "")
        site = request.headers.get("sec-fetch-site", "same-origin")
        at_home = origin.partition("://")[2] == request.host or origin == self.sites.address
        return at_home and bool(origin) and site == "same-origin"


def form_token(token: str) -> str:
    """What a form holds beside the cookie; the cookie cannot be told from it."""
    return kept(f"form {token}")


def _refusal(error: Exception) -> tuple[Page, dict[str, str]]:
    if isinstance(error, Denied):
        wait = {"Retry-After": str(int(error.wait) + 1)} if error.wait else {}
        return denied(error.code, error.status), wait
    if isinstance(error, Away):
        log.error("the database is away: %s", error)
        return denied("away", 503), {}
    return denied("busy", 503), {"Retry-After": "5"}


def _sent(answer: Answer, frame: Frame, headers: Mapping[str, str]) -> HTTPResponse:
    headers = {**HEADERS, **headers}
    if isinstance(answer, Page):
        return HTTPResponse(draw(answer, frame), answer.status, headers, HTML)
    if isinstance(answer, Go):
        notice = f"?notice={answer.notice}" if answer.notice else ""
        return HTTPResponse("", 303, {**headers, "Location": answer.path + notice}, HTML)
    kept_as = f'attachment; filename="{answer.name}"'
    headers["Content-Disposition"] = kept_as
    return HTTPResponse(answer.body, 200, headers, f"{answer.kind}; charset=utf-8")


def _keep(response: HTTPResponse, token: str) -> None:
    """Let the browser keep a token until it is closed; an empty one is dropped."""
    response.cookies[COOKIE] = token
    cookie = response.cookies[COOKIE]
    cookie["path"], cookie["secure"], cookie["httponly"] = "/", True, True
    cookie["samesite"] = "Strict"
    if not token:
        cookie["max-age"] = 0
