"""A counselor's answers on a running server: tried, saved, and told to the school's own students."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from desk.door import SESSION
from desk.forms import FORM
from guides.school import SCHOOL
from tests.desks import LINCOLN, PASSWORD, TOKEN, with_files
from tests.served import Server, launched, reply_text
from tests.slow.test_desk import ask, awaited, cookies, counselor, sender
from tests.slow.test_schools import session

ASKED = "whens the kite fair"
FIELDS = {
    "asked": "when is the kite fair\ndo we have a kite fair",
    "answer": "The kite fair is in March.",
    "until": str(date.today() + timedelta(days=31)),
}
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(90_000)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A district of two schools."""
    folder = tmp_path_factory.mktemp("answers")
    (folder / "schools").mkdir()
    (folder / "school.yml").write_text(SCHOOL.read_text())
    (folder / "schools" / "lincoln.yml").write_text(LINCOLN)
    (folder / "schools" / "grant.yml").write_text(LINCOLN.replace("Lincoln", "Grant"))
    school, data = str(folder / "school.yml"), str(folder / "data")
    return {"GUIDEPOST_SCHOOL": school, "GUIDEPOST_DATA": data, "GUIDEPOST_ANSWERS": ""}


@pytest.fixture(scope="module")
def served(place: dict[str, str]) -> Iterator[Server]:
    """The assistant of that district."""
    running = launched(Path(place["GUIDEPOST_SCHOOL"]).with_name("log.txt"), **place)
    yield running
    running.stop()


class Counselor:
    """Somebody of Lincoln High who is signed in."""

    def __init__(self, server: Server, place: dict[str, str]) -> None:
        link = re.search(r"link=(\S+)", counselor(place, "Jane Doe"))
        assert link
        visitor, text = awaited(server, f"/desk/password?link={link[1]}")
        send = sender(server, cookies(visitor), text)
        send("/desk/password", link=link[1], password=PASSWORD, again=PASSWORD)
        answer, _ = send("/desk/sign-in", school="lincoln", name="jane.doe", password=PASSWORD)
        self._server, self._cookie = server, f"{SESSION}={cookies(answer)[SESSION]}"

    def look(self, path: str) -> str:
        """A page."""
        answer, text = ask(self._server, path, Cookie=self._cookie)
        assert answer.status == 200, text
        return unescape(text)

    def send(self, path: str, files: dict[str, bytes] | None = None, **fields: str) -> str:
        """Where a form leads, or the page that says why not."""
        token = TOKEN.findall(self.look("/desk/account"))[-1]
        kind, body = with_files({"token": token, **fields}, files or {})
        if files is None:
            kind, body = FORM, urlencode({"token": token, **fields}).encode()
        own = {"Origin": f"http://127.0.0.1:{self._server.port}", "Cookie": self._cookie}
        answer, text = ask(self._server, path, "POST", body, Content_Type=kind, **own)
        return answer.headers["Location"] or unescape(text)

    def seen(self, path: str) -> str:
        """The stamp in the form of a page."""
        found = re.search(r'name="seen" value="(\w*)"', self.look(path))
        assert found
        return found[1]


@pytest.fixture(scope="module")
def jane(served: Server, place: dict[str, str]) -> Counselor:
    """The counselor of Lincoln High."""
    return Counselor(served, place)


def kept(place: dict[str, str]) -> dict[str, int]:
    """Rows in each table that is not the desk's."""
    with sqlite3.connect(Path(place["GUIDEPOST_DATA"]) / "conversations.db") as file:
        named = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        others = [name for (name,) in named if not name.startswith("desk_")]
        return {name: file.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in others}


def within_a_minute(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.5)


def test_what_is_saved_is_told_to_its_own_students(
    served: Server, jane: Counselor, place: dict[str, str]
) -> None:
    """Tried first by the real assistant, of which nothing is kept; another school has no part in it."""
    lincoln, grant, usual = (
        session(served, **{"school": slug} if slug else {}) for slug in ("lincoln", "grant", "")
    )

    def says(sender: str) -> bool:
        return FIELDS["answer"] in reply_text(served.ask(sender, ASKED))

    assert not any(map(says, (lincoln, grant, usual)))
    before, folder = kept(place), Path(place["GUIDEPOST_SCHOOL"]).parent
    page = jane.send("/desk/answers/edit", **FIELDS, question=ASKED, do="try")
    assert f"<p>{FIELDS['answer']}</p>" in page and "Your school answers." in page
    page = jane.send("/desk/answers/edit", **FIELDS, question="how much do they make", do="try")
    assert "$158,000" in page and "without your school’s words" in page
    page = jane.send("/desk/answers/edit", **FIELDS, question="i want to die", do="try")
    assert "988" in page and FIELDS["answer"] not in page.partition("blockquote")[2]
    assert kept(place) == before and not says(lincoln)
    assert jane.send("/desk/answers/edit", **FIELDS, do="save").endswith("answer_saved")
    within_a_minute(lambda: says(lincoln))
    assert not says(grant) and not says(usual)
    assert (folder / "schools" / "answers" / "lincoln.yml").is_file()
    stamp = jane.seen("/desk/answers/edit?name=when_is_the_kite_fair")
    gone = {"name": "when_is_the_kite_fair", "seen": stamp, "sure": "yes"}
    assert jane.send("/desk/answers/delete", **gone).endswith("answer_deleted")
    within_a_minute(lambda: not says(lincoln))


def test_ways_to_ask_that_are_a_cry_for_help_are_refused(jane: Counselor) -> None:
    """By the assistant's own judgement, and kindly."""
    asked = {"asked": "i want to kill myself\nwho can i talk to today"}
    page = jane.send("/desk/answers/edit", **FIELDS | asked, do="save")
    assert "gets help at once" in page


def test_a_draft_that_is_too_wide_is_not_saved(jane: Counselor) -> None:
    """The first one too, before anything is measured, comes within the time of a request."""
    wide = {"asked": "how much do they make\nwhat is the pay"}
    begun = time.monotonic()
    page = jane.send("/desk/answers/edit", **FIELDS | wide, do="save")
    assert time.monotonic() - begun < 12
    assert "also answer questions" in page and "Add it to “Pay”" in page


def test_a_school_changes_while_students_talk(served: Server, jane: Counselor) -> None:
    """A contact is the new one within seconds; a logo of 90 kB is served."""
    sender = session(served, school="lincoln")
    fields = {"name": "Lincoln High", "person_name": "Ms. Ortiz", "person_contact": "Room 77."}
    own = {**fields, "colour": "green", "keep_days": "7", "seen": jane.seen("/desk/school")}
    led = jane.send("/desk/school", files={"logo": PNG}, **own, do="save")
    assert led.endswith("school_saved"), led
    within_a_minute(lambda: "Room 77." in reply_text(served.ask(sender, "can i talk to a person")))
    logo = re.search(r'src="(/logos/[^"]+)"', jane.look("/desk/school"))
    assert logo and served.get(logo[1])[2] == PNG


def test_a_large_file_is_brought_in(served: Server, jane: Counselor) -> None:
    """As many answers as a school may have, measured and checked within the time of a request."""
    until = FIELDS["until"]
    text = "".join(
        f"club_{n}:\n  asked: [when does kite club {n} meet, where does kite club {n} meet]\n"
        f"  answer: Kite club {n} meets in room {n}.\n  checked: {date.today()}\n  until: {until}\n"
        for n in range(200)
    )
    begun, seen = time.monotonic(), jane.seen("/desk/answers/file")
    led = jane.send("/desk/answers/file", files={"file": text.encode()}, seen=seen)
    print(f"200 answers in {time.monotonic() - begun:.1f} s")
    assert led.endswith("answers_imported"), led
    assert jane.look("/desk/answers/export") == text
