"""Two schools on one running server: whose pages, sessions, words and frames are whose."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib import error, request

import pytest

from conversations.store import ConversationStore
from guides.loading import Guides
from guides.school import SCHOOL
from guides.schools import Schools
from tests.postgres import Postgres
from tests.postgres import postgres as postgres  # a fixture
from tests.served import Server, launched, reply_text
from tests.stores import DOMAIN
from tests.test_schools import GRANT, LINCOLN, PNG, kept, say

LINCOLN_SITE, GRANT_SITE = "https://www.lincoln.example", "https://www.grant.example"
WEB = "/webhooks/web"
ANSWER = """
fair:
  asked: [when is the career fair, do we have a career fair]
  answer: The fair of {school} is in the gym.
  checked: {checked}
  until: {until}
"""
SOON = 6
"""Seconds in which a changed file is in force."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The settings of a district with two schools."""
    folder = tmp_path_factory.mktemp("district")
    (folder / "school.yml").write_text(SCHOOL.read_text())
    (folder / "schools").mkdir()
    (folder / "schools" / "lincoln.png").write_bytes(PNG)
    (folder / "schools" / "lincoln.yml").write_text(LINCOLN)
    (folder / "schools" / "grant.yml").write_text(GRANT)
    (folder / "schools" / "answers").mkdir()
    for school in ("school", "lincoln"):
        told = ANSWER.format(school=school, checked=date.today(), until=date.today())
        (folder / "schools" / "answers" / f"{school}.yml").write_text(told)
    return folder


@pytest.fixture(scope="module")
def district(folder: Path) -> Iterator[Server]:
    """The assistant for the two."""
    of_district = {"GUIDEPOST_SCHOOL": str(folder / "school.yml"), "GUIDEPOST_ANSWERS": ""}
    running = launched(folder / "log.txt", **of_district)
    yield running
    running.stop()


def post(
    server: Server, path: str, origin: str = "", **body: Any
) -> tuple[int, dict[str, str], Any]:
    """Status, headers and JSON of what a page of an origin asks."""
    headers = {"Content-Type": "application/json", **({"Origin": origin} if origin else {})}
    address = f"http://127.0.0.1:{server.port}{WEB}/{path}"
    return opened(request.Request(address, json.dumps(body).encode(), headers))


def get(server: Server, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body."""
    status, named, body = opened(request.Request(f"http://127.0.0.1:{server.port}{path}", headers=headers), plain=True)  # fmt: skip
    return status, named, body


def opened(asked: request.Request, plain: bool = False) -> tuple[int, dict[str, str], Any]:
    try:
        answer = request.urlopen(asked, timeout=30)
    except error.HTTPError as refused:
        answer = refused
    with answer:
        body, named = answer.read(), {name.lower(): value for name, value in answer.headers.items()}
        return answer.status, named, body if plain else json.loads(body)


def session(server: Server, origin: str = "", **body: Any) -> str:
    status, _, told = post(server, "session", origin, **body)
    assert status == 200, told
    return str(told["sender"])


def test_each_session_hears_of_its_own_school(district: Server) -> None:
    """In replies, in help, in an apology for nothing; a school in a message changes nothing."""
    lincoln, usual = session(district, school="lincoln"), session(district)
    for forged in ({}, {"school": "grant"}, {"school": "../x"}, {"metadata": {"school": "grant"}}):
        asked = {"sender": lincoln, "message": "is there a person i can talk to", **forged}
        _, _, replies = post(district, "webhook", **asked)
        assert "Ms. Ortiz" in reply_text(replies) and "Room 12" in reply_text(replies)
        _, _, replies = post(district, "webhook", **{**asked, "message": "i want to die"})
        assert "Ms. Ortiz" in reply_text(replies) and "988" in reply_text(replies)
    assert "Ms. Ortiz" not in reply_text(district.ask(usual, "is there a person i can talk to"))
    assert "Ms. Ortiz" not in reply_text(district.ask(usual, "i want to die"))


def test_only_a_school_s_own_students_hear_its_answers(district: Server) -> None:
    """One without answers has none, whatever the others say."""
    asked = "when is the career fair"
    of = {
        slug: session(district, **{"school": slug} if slug else {})
        for slug in ("", "lincoln", "grant")
    }
    said = {slug: reply_text(district.ask(sender, asked)) for slug, sender in of.items()}
    assert "The fair of school is in the gym" in said[""]
    assert "The fair of lincoln is in the gym" in said["lincoln"]
    assert "in the gym" not in said["grant"]


def test_a_forged_school_is_no_session(district: Server) -> None:
    """Whoever changes the school of a sender has none, and gets help all the same."""
    forged = session(district, school="lincoln").replace(".lincoln.", ".grant.")
    for path in ("webhook", "history", "forget"):
        assert post(district, path, sender=forged, message="pay?")[0] == 401
    status, _, replies = post(district, "webhook", sender=forged, message="i want to die")
    assert status == 200 and "988" in reply_text(replies)


def test_a_site_of_one_school_reaches_no_session_of_another(district: Server) -> None:
    """Not to read, to speak or to delete; it may make those of its own school, without a name."""
    own, other = session(district, LINCOLN_SITE), session(district, school="grant")
    assert ".lincoln." in own
    for path in ("history", "webhook", "forget", "feedback"):
        asked = {"message": "pay?", "topic": "salary", "verdict": "up"}
        assert post(district, path, LINCOLN_SITE, sender=other, **asked)[0] == 401
        status, headers, _ = post(district, path, LINCOLN_SITE, sender=own, **asked)
        assert (status, headers["access-control-allow-origin"]) == (200, LINCOLN_SITE)
        assert (
            post(district, path, "https://evil.example", sender=other, **asked)[1].get(
                "access-control-allow-origin"
            )
            is None
        )
    status, _, replies = post(district, "webhook", LINCOLN_SITE, sender=other, message="i want to die")  # fmt: skip
    assert status == 200 and "Ms. Ortiz" in reply_text(replies)
    assert post(district, "session", LINCOLN_SITE, school="grant")[0] == 403
    assert (
        post(district, "session", "https://evil.example", school="grant")[1].get(
            "access-control-allow-origin"
        )
        is None
    )


def test_a_page_is_framed_by_the_sites_of_its_school_alone(district: Server) -> None:
    """Named by the address, or by the page that it stands in."""

    def framed(path: str, **headers: str) -> str:
        status, named, body = get(district, path, **headers)
        assert status == 200
        assert (b'data-school="' in body) == ("lincoln" in path or bool(headers))
        return named["content-security-policy"].partition("frame-ancestors ")[2]

    assert framed("/chat?school=lincoln") == f"'self' {LINCOLN_SITE}"
    assert framed("/chat?school=lincoln", Referer=f"{GRANT_SITE}/") == f"'self' {LINCOLN_SITE}"
    assert framed("/chat", Referer=f"{GRANT_SITE}/page") == f"'self' {GRANT_SITE}"
    assert framed("/chat") == framed("/chat?school=") == "'self'"


@pytest.mark.parametrize(
    "name", ["../x", "%2e%2e", "Lincoln", "x" * 6000, "%C3%AD", "%3Cb%3E", "_template", "%00"]
)
def test_an_unknown_school_has_a_page_with_help(district: Server, name: str) -> None:
    """It says which there are, and repeats nothing that could be markup."""
    status, _, body = get(district, f"/chat?school={name}")
    page = body.decode()
    assert status == 404 and "There is no school called" in page and "{{" not in page
    assert "tel:988" in page and "call 911" in page and "your school counselor" in page
    assert 'href="/chat?school=lincoln">Lincoln High' in page and "<b>" not in page
    status, _, told = get(district, f"{WEB}/about?school={name}")
    assert status == 400 and "one of: grant, lincoln" in json.loads(told)["error"]["message"]
    assert post(district, "session", school=name)[0] in (400, 413)


def test_a_page_is_told_name_colour_and_logo(district: Server) -> None:
    """The logo cannot run a script, and no path leads out of its folder."""
    told = json.loads(get(district, f"{WEB}/about?school=lincoln")[2])
    assert (told["school"], told["colour"], told["keep_days"]) == ("Lincoln High", "green", 7)
    assert told["person"]["name"] == told["help"]["person"]["name"] == "Ms. Ortiz"
    status, headers, body = get(district, told["logo"])
    assert (status, headers["content-type"], body) == (200, "image/png", PNG)
    assert "sandbox" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    for path in ("lincoln.png", "..%2fschool.yml", "%2e%2e/school.yml", "grant.yml"):
        assert get(district, f"/logos/{path}")[0] == 404
    usual = json.loads(get(district, f"{WEB}/about")[2])
    assert (usual["school"], usual["colour"], usual["logo"]) == ("your school", None, None)


def test_nothing_of_a_school_that_keeps_nothing_is_written(district: Server, folder: Path) -> None:
    """Its sessions work from memory, beside one that is written."""
    before, lincoln = _written(folder), session(district, school="lincoln")
    grant = session(district, school="grant")
    assert "$" in reply_text(district.ask(grant, "how much do they make"))
    assert len(post(district, "history", sender=grant)[2]) == 2
    assert _written(folder) == before
    district.ask(lincoln, "how much do they make")
    assert _written(folder) > before


def _written(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / "data").glob("conversations.db*"))


def test_a_change_needs_no_restart_and_a_broken_file_does_no_harm(
    district: Server, folder: Path
) -> None:
    """The person of a session that goes on is the new one; `/health` names the broken file."""
    sender, file = session(district, school="lincoln"), folder / "schools" / "lincoln.yml"
    file.write_text(LINCOLN.replace("Ms. Ortiz", "Mr. Lee"))
    asked = "is there a person i can talk to"
    _until(lambda: "Mr. Lee" in reply_text(district.ask(sender, asked)))
    file.write_text("name: [")
    _until(lambda: b"broken" in get(district, "/health")[2])
    told = json.loads(get(district, "/health")[2])
    assert told == {"alive": True, "broken": {"schools/lincoln.yml": "last good in force"}}
    assert "Mr. Lee" in reply_text(district.ask(sender, asked))
    file.unlink()
    _until(lambda: get(district, "/chat?school=lincoln")[0] == 404)
    assert "Mr. Lee" not in reply_text(district.ask(sender, asked))
    assert json.loads(get(district, "/health")[2]) == {"alive": True}
    log = (folder / "log.txt").read_text()
    assert log.count("schools/lincoln.yml is broken") == 1 and str(folder) not in log


def _until(there: Any) -> None:
    deadline = time.monotonic() + SOON
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.3)


async def test_postgresql_deletes_by_school(
    postgres: Postgres, tmp_path: Path, guides: Guides, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the days of each, those of a school that is gone too; one that keeps none is not there."""
    monkeypatch.setenv("GUIDEPOST_DATABASE", postgres.url)
    (tmp_path / "school.yml").write_text(SCHOOL.read_text())
    (tmp_path / "schools").mkdir()
    (tmp_path / "schools" / "lincoln.yml").write_text("name: Lincoln High\nkeep_days: 7\n")
    (tmp_path / "schools" / "grant.yml").write_text(GRANT)
    store = ConversationStore(DOMAIN, schools=Schools(guides, tmp_path / "school.yml"))
    for slug in (".lincoln", "", ".gone", ".grant"):
        for days in (40, 10, 1):
            await say(store, f"talk-{days}{slug}", "hello", days)
    await store.prune()
    left = [name for name in await store.keys() if await kept(store, name)]
    store.let_go(0)
    assert not store.degraded and await kept(store, "talk-1.lincoln") == ["hello"]
    assert sorted(name for name in left if not name.endswith(".grant")) == [
        *("talk-1", "talk-1.gone", "talk-1.lincoln", "talk-10", "talk-10.gone")
    ]
    await store.forget("talk-1.lincoln")
    assert sorted(await store.keys()) == ["talk-1", "talk-1.gone", "talk-10", "talk-10.gone"]
    store.close()
