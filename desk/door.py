"""The door of the desk: one table of pages and forms, and what every request must pass."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, Protocol, TypeVar

from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.engine import Connection

from answers.in_force import InForce
from channels.limits import Allowance, Rate
from channels.pages import ALWAYS, HTML, NEVER
from channels.sites import Sites
from conversations.database import Away
from desk import tables
from desk.accounts import Accounts, kept, new_token
from desk.drawing import SIGN_IN, TOKEN, Frame, Page, denied, draw, no_school, on_the_way
from desk.forms import Denied, Form, read_files, read_form, read_query
from desk.passwords import Busy
from desk.tables import Account, Entry
from desk.words import WORDS
from guides.school import School
from guides.writing import Unwritable

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
SESSION = "__Host-desk"
"""The cookie of a session. Browsers take it over https alone, or from this very machine."""
VISITOR = "__Host-desk-visitor"
"""The cookie by which forms are known before anybody is signed in. It is another, as a browser that
comes by a link of another site sends neither, and must not lose its session by a new one."""
A_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
REQUESTS = Rate(120, 4)
"""Requests of one address: a few counselors behind one."""
TRIES = Rate(20, 0.2)
"""Tries of one address to sign in or to set a password, right and wrong ones."""

Result = TypeVar("Result")
Who = Literal["anyone", "counselor"]
Method = Literal["GET", "POST"]


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
    files: Mapping[str, bytes]
    """What is in the files of a form, by field; empty where none was chosen."""
    token: str
    """What a form must hold: `drawing.form` puts it there."""
    session: str
    """The token in the cookie of the session; empty where there is none."""
    address: str
    """Where it comes from, as limits count it."""
    origin: str
    """Where browsers reach this server."""


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

    who: Who
    handler: Handler
    section: str | None = None
    files: bool = False
    """Whether it takes a form with files."""


class Assistant(Protocol):
    """The assistant itself, as counselors try it."""

    async def is_urgent(self, text: str) -> bool:
        """Whether a message gets help, whatever else is known of it."""

    async def tried(self, school: School, text: str, answers: InForce) -> list[dict[str, Any]]:
        """What students of a school would hear, with these local answers; it is kept nowhere."""


class Desk:
    """The pages and forms of the desk, and the door before them."""

    def __init__(
        self,
        accounts: Accounts,
        sites: Sites,
        address_of: Callable[[Request], str],
        assistant: Assistant,
    ) -> None:
        self.accounts, self.sites, self.assistant = accounts, sites, assistant
        self.table: dict[tuple[str, Method], Route] = {}
        self.ways_in: list[tuple[str, str]] = []
        """Addresses and words of what stands beside the form to sign in."""
        self._address_of = address_of
        self._requests, self._tries = Allowance(REQUESTS), Allowance(TRIES)

    def page(
        self, path: str, section: str | None = None, who: Who = "counselor"
    ) -> Callable[[Handler], Handler]:
        """Register what is shown at a path.

        Args:
            section: where it stands in the navigation, a name of words.yml, `sections`.
        """
        return partial(self._add, path, "GET", lambda handler: Route(who, handler, section))

    def form(
        self, path: str, who: Who = "counselor", files: bool = False
    ) -> Callable[[Handler], Handler]:
        """Register what takes the form that is sent to a path; `files`: one with files."""
        return partial(self._add, path, "POST", lambda handler: Route(who, handler, files=files))

    def _add(
        self, path: str, method: Method, route: Callable[[Handler], Route], handler: Handler
    ) -> Handler:
        self.table[path, method] = route(handler)
        return handler

    def count_try(self, call: Call) -> None:
        """Count a try to sign in or to set a password, where the call comes from.

        Raises:
            Denied: 429 where there were too many.
        """
        if wait := self._tries.take(call.address):
            raise Denied(429, "too_many", wait)

    async def serve(self, request: Request) -> HTTPResponse:
        """The answer to any request below /desk.

        Raises:
            NotFound: there is no account, so there is no desk.
        """
        if not await self.accounts.are_there():
            raise NotFound()
        visitor = _token_in(request, VISITOR) or new_token()
        answer: Answer
        frame = Frame()
        try:
            address = self._counted(request)
            account = await self._account(request)
            frame = self._frame(request, account)
            answer = await self._answer(request, account, visitor, address)
        except (Denied, Away, Busy, Unwritable) as error:
            answer = _refusal(error)
        except Exception as error:  # noqa: BLE001 - a counselor waits: log the kind alone
            log.error("the desk failed: %s", type(error).__name__)
            answer = denied("error", 500)
        response = _sent(answer, frame)
        if isinstance(answer, Go) and answer.session is not None:
            _keep(response, SESSION, answer.session)
        if _token_in(request, VISITOR) != visitor:
            _keep(response, VISITOR, visitor)
        return response

    def _counted(self, request: Request) -> str:
        """Where a request comes from, once it is counted there."""
        address = self._address_of(request)
        if wait := self._requests.take(address):
            raise Denied(429, "too_many", wait)
        return address

    async def _account(self, request: Request) -> Account | None:
        session = _token_in(request, SESSION)
        return await self.accounts.of_session(session) if session else None

    def _frame(self, request: Request, account: Account | None) -> Frame:
        """What stands around any page that a request may get."""
        notice = (request.args or {}).get("notice", "")
        school = self._school(account) if account else None
        if account is None or school is None:
            return Frame(notice=notice)
        shown = self.table.get((_path(request), "GET"))
        return Frame(
            token=form_token(_token_in(request, SESSION)),
            school=school,
            logo=self.sites.schools.logo(school),
            name=account.shown,
            ways=tuple(self._ways()),
            section=shown.section if shown else None,
            notice=notice,
        )

    def _ways(self) -> Iterator[tuple[str, str]]:
        """Sections and their addresses, in the order of words.yml."""
        paths = {route.section: path for (path, _), route in self.table.items()}
        return ((name, paths[name]) for name in WORDS.groups["sections"] if name in paths)

    def _school(self, account: Account) -> School | None:
        schools = self.sites.schools
        return schools.named(account.school) if account.school else schools.default

    async def _answer(
        self, request: Request, account: Account | None, visitor: str, address: str
    ) -> Answer:
        path = _path(request)
        method: Any = "GET" if request.method == "HEAD" else request.method
        route = self.table.get((path, method))
        if account is None and (route is None or route.who != "anyone"):
            return _to_sign_in(request)
        if route is None:
            raise self._no_route(path)
        session = _token_in(request, SESSION)
        token = form_token(visitor if route.who == "anyone" else session)
        form, files = self._form(request, token, route.files)
        query, origin = read_query(request.query_string), self.sites.origin(request)
        call = Call(path, query, form, files, token, session, address, origin)
        if route.who == "anyone" or account is None:
            return await route.handler(call)
        school = self._school(account)
        if school is None:
            return no_school()
        return await route.handler(
            Visit(**vars(call), account=account, school=school, accounts=self.accounts)
        )

    def _no_route(self, path: str) -> Denied:
        methods = [method for known, method in self.table if known == path]
        return Denied(405, "method", allow=methods) if methods else Denied(404, "not_found")

    def _form(self, request: Request, token: str, with_files: bool) -> Form:
        """Fields and files of a form, once it is known to come from the desk's own page.

        Raises:
            Denied: 403 if it does not, else as `read_form` does.
        """
        if request.method != "POST":
            return {}, {}
        if not self._is_own(request):
            raise Denied(403, "elsewhere")
        read = read_files if with_files else read_form
        fields, files = read(request.content_type, request.body)
        if not secrets.compare_digest(fields.get(TOKEN, "").encode(), token.encode()):
            raise Denied(403, "token")
        return fields, files

    def _is_own(self, request: Request) -> bool:
        """Whether a form was sent by a page of this server, as every browser of today says."""
        # A proxy that ends TLS does not say so, hence both schemes.
        homes = (f"https://{request.host}", f"http://{request.host}", self.sites.address)
        site = request.headers.get("sec-fetch-site", "same-origin")
        return request.headers.get("origin", "") in homes and site == "same-origin"


def form_token(token: str) -> str:
    """What a form holds beside a cookie; the cookie cannot be told from it."""
    return kept(f"form {token}")


def _path(request: Request) -> str:
    return str(request.path).rstrip("/")


def _token_in(request: Request, name: str) -> str:
    """The token in a cookie; empty where there is none."""
    given = request.cookies.get(name, "")
    return given if A_TOKEN.fullmatch(given) else ""


def _to_sign_in(request: Request) -> Answer:
    """The way to sign in; whoever comes by a link of another site may be signed in, and goes on."""
    if request.headers.get("sec-fetch-site") == "cross-site" and request.method == "GET":
        return on_the_way()
    return Go(SIGN_IN, "again" if request.method == "POST" else "")


def _refusal(error: Exception) -> Page:
    if isinstance(error, Denied):
        return denied(error.code, error.status, error.headers)
    if isinstance(error, Away):
        log.error("the database is away: %s", error)
        return denied("away", 503)
    if isinstance(error, Unwritable):
        log.error("the desk cannot write: %s", error)
        return denied("unwritable", 503)
    return denied("busy", 503, {"Retry-After": "5"})


def _sent(answer: Answer, frame: Frame) -> HTTPResponse:
    if isinstance(answer, Page):
        headers = {**HEADERS, **answer.headers}
        return HTTPResponse(draw(answer, frame), answer.status, headers, HTML)
    if isinstance(answer, Go):
        more = "&" if "?" in answer.path else "?"
        notice = f"{more}notice={answer.notice}" if answer.notice else ""
        return HTTPResponse("", 303, {**HEADERS, "Location": answer.path + notice}, HTML)
    name = re.sub(r"[^\w.-]+", "-", answer.name, flags=re.ASCII)
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return HTTPResponse(answer.body, 200, headers, f"{answer.kind}; charset=utf-8")


def _keep(response: HTTPResponse, name: str, token: str) -> None:
    """Let the browser keep a token until it is closed; an empty one is dropped."""
    response.cookies[name] = token
    cookie = response.cookies[name]
    cookie["path"], cookie["secure"], cookie["httponly"] = "/", True, True
    cookie["samesite"] = "Strict"
    if not token:
        cookie["max-age"] = 0
