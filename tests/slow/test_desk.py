"""The counselor's desk on a real server, and its accounts on a real PostgreSQL."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from inspect import signature
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from desk.door import SESSION, VISITOR, Desk
from desk.forms import FORM
from guides.loading import Guides
from guides.school import SCHOOL
from tests import test_desk as pages
from tests import test_desk_accounts as accounts
from tests import test_desk_guides as guides_
from tests.desks import LINCOLN, PASSWORD, TOKEN, Clock, desk_in
from tests.desks import clock as clock  # a fixture
from tests.postgres import Postgres
from tests.postgres import postgres as postgres  # a fixture
from tests.served import ROOT, Server, launched

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
STORIES = (
    accounts.test_a_link_sets_one_password,
    accounts.test_two_who_use_a_link_at_once,
    accounts.test_a_new_password_ends_what_was_before,
    accounts.test_guessing_waits_longer_each_time,
    accounts.test_replicas_share_sessions_and_pauses,
    accounts.test_many_guesses_at_once_are_counted_one_by_one,
    accounts.test_an_account_is_removed_with_its_sessions,
    accounts.test_an_address_signs_in_too,
    accounts.test_what_is_old_is_deleted,
    pages.test_a_counselor_comes_in_and_goes,
    pages.test_strange_words_in_a_form_do_no_harm,
    pages.test_each_school_sees_its_own,
    pages.test_a_change_and_its_line_are_one,
    guides_.test_a_list_cannot_be_flooded,
    guides_.test_old_ones_are_forgotten,
)
"""What must be so in any database."""


async def test_postgresql_does_as_sqlite(
    postgres: Postgres,
    tmp_path: Path,
    guides: Guides,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same stories, each on tables of its own."""
    monkeypatch.setenv("GUIDEPOST_DATABASE", postgres.url)
    for number, story in enumerate(STORIES):
        clock = Clock()
        desk = desk_in(tmp_path / str(number), guides, clock)
        given = {"desk": desk, "clock": clock}
        await story(**{name: given[name] for name in signature(story).parameters})
        await clear(desk)
        desk.accounts.close()


async def clear(desk: Desk) -> None:
    """Begin anew for the next story."""
    names = ("accounts", "sessions", "tries", "log", "corrections")
    tables = ", ".join(f"desk_{name}" for name in names)
    await desk.accounts.ask(lambda connection: connection.execute(text(f"DROP TABLE {tables}")))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A district with a school, and where its conversations are."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "schools").mkdir()
    (folder / "school.yml").write_text(SCHOOL.read_text())
    (folder / "schools" / "lincoln.yml").write_text(LINCOLN)
    school, data = str(folder / "school.yml"), str(folder / "data")
    return {"GUIDEPOST_SCHOOL": school, "GUIDEPOST_DATA": data}


@pytest.fixture(scope="module")
def served(place: dict[str, str]) -> Iterator[Server]:
    """The assistant of that district."""
    running = launched(Path(place["GUIDEPOST_SCHOOL"]).with_name("log.txt"), **place)
    yield running
    running.stop()


def ask(
    server: Server, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[HTTPResponse, str]:
    """An answer and its text; no redirect is followed."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, named)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def cookies(answer: HTTPResponse) -> dict[str, str]:
    set_ones = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    return dict(each.partition(";")[0].split("=", 1) for each in set_ones)


def test_a_desk_comes_with_its_first_account(served: Server, place: dict[str, str]) -> None:
    """404 as any address before; then the link of `make counselor` leads in, and a removal out."""
    answer, nowhere = ask(served, "/nowhere")
    for path in ("/desk", "/desk/", "/desk/sign-in", "/desk/a/b"):
        for method in METHODS:
            found, text = ask(served, path, method)
            assert found.status == 404 and text in (nowhere, ""), (path, method)
    link = re.search(r"link=(\S+)", counselor(place, "Jane Doe"))
    assert link
    visitor, text = awaited(served, f"/desk/password?link={link[1]}")
    send = sender(served, cookies(visitor), text)
    answer, _ = send("/desk/password", link=link[1], password=PASSWORD, again=PASSWORD)
    assert answer.headers["Location"] == "/desk/sign-in?school=lincoln&notice=password_set"
    answer, _ = send("/desk/sign-in", school="lincoln", name="jane.doe", password=PASSWORD)
    assert answer.status == 303
    session = cookies(answer)[SESSION]
    answer, text = ask(served, "/desk", Cookie=f"{SESSION}={session}")
    assert answer.status == 200 and "Lincoln High" in text
    answer, text = ask(served, "/desk", "HEAD", Cookie=f"{SESSION}={session}")
    assert answer.status == 200 and not text
    answer, _ = ask(served, "/desk/", "DELETE", Cookie=f"{SESSION}={session}")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET")
    too_large = b"token=" + b"a" * 1_000_000
    answer, _ = ask(served, "/desk/sign-in", "POST", too_large, Content_Type=FORM)
    assert answer.status == 413
    assert "removed" in counselor(place, "Jane Doe", "REMOVE=1")
    answer, _ = awaited(served, "/desk", 404)
    log = Path(place["GUIDEPOST_SCHOOL"]).with_name("log.txt").read_text()
    assert "Traceback" not in log and PASSWORD not in log and link[1] not in log


def counselor(place: dict[str, str], name: str, *more: str) -> str:
    """What `make counselor` says."""
    asked = ["make", "-s", "-o", ".venv/ready", "counselor", "SCHOOL=lincoln", f"NAME={name}"]
    done = subprocess.run(
        [*asked, *more], cwd=ROOT, env={**os.environ, **place}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def awaited(server: Server, path: str, status: int = 200) -> tuple[HTTPResponse, str]:
    """An answer once it has this status: accounts are looked for each few seconds."""
    until = time.monotonic() + 10
    while True:
        answer, text = ask(server, path)
        if answer.status == status or time.monotonic() > until:
            assert answer.status == status
            return answer, text
        time.sleep(0.2)


def sender(
    server: Server, kept: dict[str, str], page: str
) -> Callable[..., tuple[HTTPResponse, str]]:
    """Sends the form of a page as its browser does."""
    (token,) = TOKEN.findall(page)
    own = {
        "Origin": f"http://127.0.0.1:{server.port}",
        "Sec_Fetch_Site": "same-origin",
        "Content_Type": FORM,
        "Cookie": f"{VISITOR}={kept[VISITOR]}",
    }
    return lambda path, **fields: ask(
        server, path, "POST", urlencode({"token": token, **fields}).encode(), **own
    )
