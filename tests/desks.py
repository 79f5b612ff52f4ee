"""A desk for tests: asked without a server, by a browser that keeps its cookie."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from argon2 import PasswordHasher
from sanic.compat import Header
from sanic.config import Config
from sanic.request import Request
from sanic.response import HTTPResponse

from answers.in_force import InForce
from channels.sites import Sites
from desk.accounts import Accounts, invite
from desk.door import Desk
from desk.forms import FORM, WITH_FILES
from desk.passwords import Passwords
from desk.web import PARTS
from guides import watching, writing
from guides.loading import Guides
from guides.school import SCHOOL, School
from guides.schools import Schools

HOST = "guide.example"
ORIGIN = f"https://{HOST}"
PASSWORD = "correct horse battery"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
TOKEN = re.compile(r'name="token" value="([^"]+)"')

LINCOLN = "name: Lincoln High\ncolour: green\nperson: {name: Ms. Ortiz, contact: Room 12.}\n"


class Echo:
    """An assistant that says the one answer that a message asks for in its very words."""

    async def is_urgent(self, text: str) -> bool:
        """Whether there is one word in it."""
        return "die" in text

    async def tried(self, school: School, text: str, answers: InForce) -> list[dict[str, Any]]:
        """The answer, or that there is none."""
        said = [each.answer for each in answers.answers.values() if text in each.asked]
        kind = {"kind": "local" if said else "fallback"}
        return [{"text": (said or [f"{school.name} has no answer"])[0], "custom": kind}]


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def schools_in(folder: Path, guides: Guides) -> Schools:
    """school.yml as it is shipped, and two schools beside it."""
    (folder / "schools").mkdir(parents=True)
    (folder / "school.yml").write_text(f"address: {ORIGIN}\n{SCHOOL.read_text()}")
    (folder / "schools" / "lincoln.yml").write_text(LINCOLN)
    (folder / "schools" / "roosevelt.yml").write_text(LINCOLN.replace("Lincoln", "Roosevelt"))
    return Schools(guides, folder / "school.yml")


def desk_in(folder: Path, guides: Guides, clock: Clock) -> Desk:
    """A desk with all its pages, on the database that the environment names."""
    accounts = Accounts(passwords=QUICK, clock=clock)
    sites = Sites(schools_in(folder, guides))
    desk = Desk(accounts, sites, lambda request: "10.0.0.1", Echo())
    for add in PARTS:
        add(desk)
    return desk


class Browser:
    """Asks the desk as a browser does."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.token = desk, ""
        self.cookies: dict[str, str] = {}

    async def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> HTTPResponse:
        """The answer; a cookie and a form's token in it are kept."""
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)
        own = {"host": HOST, **({"cookie": kept} if kept else {}), **(headers or {})}
        request = Request(path.encode(), Header(own), "1.1", method, None, _app())
        request.body = body
        answer = await self.desk.serve(request)
        self.cookies |= {name: cookie.value for name, cookie in answer.cookies.items()}
        if found := TOKEN.findall(text_of(answer)):
            self.token = found[-1]  # the first is that of signing out
        return answer

    async def send(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        files: Mapping[str, bytes] | None = None,
        **fields: str,
    ) -> HTTPResponse:
        """The answer to a form; its token is that of the page seen last."""
        route = self.desk.table.get((path, "POST"))
        told = {"token": self.token, **fields}
        kind, body = FORM, urlencode(told).encode()
        if route and route.files:
            kind, body = with_files(told, files or {})
        own = {"origin": ORIGIN, "sec-fetch-site": "same-origin", "content-type": kind}
        return await self.ask(path, "POST", body, {**own, **(headers or {})})

    async def sign_in(self, name: str, school: str = "", password: str = PASSWORD) -> HTTPResponse:
        """Open the page and sign in."""
        await self.ask("/desk/sign-in")
        return await self.send("/desk/sign-in", school=school, name=name, password=password)


def with_files(fields: Mapping[str, str], files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The type and the body of a form with files, as browsers send it."""
    named = 'Content-Disposition: form-data; name="{}"'
    texts = [f"{named.format(name)}\r\n\r\n{value}".encode() for name, value in fields.items()]
    heads = [
        (f'{named.format(name)}; filename="x"\r\n\r\n'.encode(), files[name]) for name in files
    ]
    parts = [*texts, *(head + data for head, data in heads)]
    body = b"".join(b"--border\r\n" + part + b"\r\n" for part in parts) + b"--border--\r\n"
    return f"{WITH_FILES}; boundary=border", body


def _app() -> SimpleNamespace:
    """What a request reads of its application."""
    return SimpleNamespace(config=Config())


def text_of(answer: HTTPResponse) -> str:
    """The words of an answer."""
    return (answer.body or b"").decode()


async def counselor(desk: Desk, shown: str, school: str = "", email: str | None = None) -> str:
    """Make an account with a password; its sign-in name."""
    name, link = await desk.accounts.ask(
        partial(invite, school, shown, email, desk.accounts.clock())
    )
    assert await desk.accounts.set_password(link, PASSWORD, school)
    return name


@pytest.fixture
def clock() -> Clock:
    """The desk's time."""
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, guides: Guides, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk of several schools, on a database of its own that is not there yet."""
    monkeypatch.setattr(watching, "SECONDS", 0)
    monkeypatch.setenv("GUIDEPOST_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("GUIDEPOST_ANSWERS", str(tmp_path / "schools" / "answers"))
    monkeypatch.delenv("GUIDEPOST_DATABASE", raising=False)
    return desk_in(tmp_path, guides, clock)


@pytest.fixture
def unwritable(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets no file be written from the call on, as in a container that is only to be read."""

    def refuses(*_: Any, **__: Any) -> Any:
        raise OSError(30, "Read-only file system")

    return lambda: monkeypatch.setattr(writing, "TemporaryDirectory", refuses)
