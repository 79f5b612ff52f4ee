"""What students ask and what found no answer, in a browser: looked at, decided, and printed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.engine import make_url

from conversations import counts, questions
from conversations.counts import Atom
from conversations.database import Database
from conversations.questions import Question
from desk.figures import monday
from guides.school import SCHOOL
from tests.browser.axe import overflow, small_targets, violations
from tests.browser.conftest import LINCOLN, Opened
from tests.browser.test_desk import PHONE, choose, invited, sign_in
from tests.desks import PASSWORD
from tests.served import Server, launched

SIZES = [(320, "dark"), (390, "light"), (1280, "light"), (1280, "dark")]
TOPICS = ("salary", "day", "education", "hours", "skills", "fit", "cons", "local")
CAREERS = ("electrician", "registered-nurse", "actor", "judge", "welder", "mlops-engineer")
WAYS = {
    "robotics": [
        "do we have a robotics club",
        "is there a robotics club",
        "can i join the robotics club",
    ],
    "parking": ["where do students park", "can students park at school", "where can i park"],
    "spanish": ["is there a spanish club", "do we have spanish club", "when is spanish club"],
    "alone": ["is there a falconry club"],
}
Shot = Callable[..., None]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A school that collects questions."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "schools").mkdir()
    (folder / "school.yml").write_text(SCHOOL.read_text())
    (folder / "schools" / "lincoln.yml").write_text(f"{LINCOLN}collect_questions: true\n")
    school, data = str(folder / "school.yml"), str(folder / "data")
    return {"GUIDEPOST_SCHOOL": school, "GUIDEPOST_DATA": data}


@pytest.fixture(scope="module")
def server(place: dict[str, str]) -> Iterator[Server]:
    """The assistant of that school."""
    with asked_of(place) as running:
        yield running


@contextmanager
def asked_of(place: dict[str, str]) -> Iterator[Server]:
    """The assistant of a school, where students asked for a quarter of a year.

    Args:
        place: its files, by the variables that name them.
    """
    running = launched(Path(place["GUIDEPOST_SCHOOL"]).with_name("log.txt"), **place)
    file = Path(place["GUIDEPOST_DATA"]) / "conversations.db"
    with ThreadPoolExecutor(1) as beside:  # the browser has this thread's loop
        beside.submit(asyncio.run, fill(file)).result()
    yield running
    running.stop()


@pytest.fixture
def origin(server: Server) -> str:
    """The desk's origin."""
    return f"http://127.0.0.1:{server.port}"


async def fill(file: Path) -> None:
    """Write counts of sixteen weeks, and the questions of the last one."""
    database = Database(make_url(f"sqlite:///{file}"))
    ask: Callable[[Any], Awaitable[Any]] = partial(database.ask, seconds=20)
    this_week = monday(date.today())
    for week in range(1, 17):
        day = this_week - timedelta(weeks=week)
        numbers = {
            ("conversations", ""): 30 + week * 7 % 23,
            **{("topics", name): 40 // (place + 1) for place, name in enumerate(TOPICS)},
            **{("careers", name): 25 // (place + 1) for place, name in enumerate(CAREERS)},
            **{("outcomes", name): number for name, number in zip(("answered", "offered", "refused"), (90, 9, 14), strict=True)},
            **{("uses", name): 8 for name in ("take_quiz", "check_interests", "make_plan")},
        }  # fmt: skip
        atoms = {Atom("lincoln", str(day), *name): number for name, number in numbers.items()}
        await ask(partial(counts.add, atoms))
        for verdict, number in (("up", 9), ("down", 3)):
            for _ in range(number):
                await ask(partial(counts.vote, "lincoln", "electrician", "day", verdict, day))
    month = (this_week.replace(day=1) - timedelta(days=40)).replace(day=1)
    await ask(partial(counts.add, {Atom("lincoln", str(month), "help", "trouble"): 7}))
    asked = [
        Question("lincoln", f"{name}{chat}".encode(), bytes(8), this_week - timedelta(days=2), ways[chat % len(ways)], "")
        for name, ways in WAYS.items()
        for chat in range({"robotics": 12, "parking": 6, "spanish": 3}.get(name, 1))
    ]  # fmt: skip
    await ask(partial(questions.keep, asked))
    database.close()


@pytest.fixture
def desk(
    opened: Opened, place: dict[str, str], origin: str, request: pytest.FixtureRequest
) -> Page:
    """A page of a counselor who is signed in."""
    name = f"Jane {request.node.name[5:9]}"
    link = invited(place, name)
    page = opened("about:blank", allowed=("404",))
    page.wait_for_timeout(5_500)  # in which the desk looks whether there is an account
    page.goto(f"{origin}{link}")
    choose(page, PASSWORD, PASSWORD)
    sign_in(page, name.lower().replace(" ", "."))
    return page


def look(page: Page, shot: Shot, name: str) -> None:
    """Check the page at every size, and keep its picture."""
    for width, scheme in SIZES:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 844 if width < 500 else 800})
        assert violations(page) == [], name
        assert overflow(page) == 0 and small_targets(page) == [], name
        shot(page, f"desk-{name}-{scheme}-{width}", full_page=True)


def test_counts_are_seen_and_printed(desk: Page, origin: str, shot: Shot, tmp_path: Path) -> None:
    """Every chart has its numbers; the file is whole; on paper it takes three sheets at most."""
    desk.get_by_role("link", name="What students ask").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("What students ask")
    tables = desk.get_by_role("table")
    assert tables.count() == 7
    for place in range(7):
        assert re.search(r"\d|fewer than 5", tables.nth(place).inner_text())
    shown = desk.locator("main").inner_text()
    assert not re.search(r"(?<![\d,])[1-4](?![\d,])(?! %)", re.sub(r"[A-Z][a-z]+ \d+", "", shown))
    look(desk, shot, "asked")
    with desk.expect_download() as kept:
        desk.get_by_role("link", name="Download as a table").click()
    lines = Path(kept.value.path()).read_text().splitlines()
    assert kept.value.suggested_filename.endswith(".csv") and len(lines) > 40
    desk.emulate_media(media="print", color_scheme="light")
    sheet = desk.pdf(path=tmp_path / "asked.pdf", format="Letter")
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) <= 3
    shot(desk, "desk-asked-print", full_page=True)


def test_students_are_told(opened: Opened, origin: str, shot: Shot) -> None:
    """In the notice, of the school that collects and of no other."""
    for school, told in (("?school=lincoln", 1), ("", 0)):
        page = opened(f"{origin}/chat{school}", viewport=PHONE)
        page.get_by_text("More", exact=True).click()
        expect(page.get_by_text("Please type no names")).to_be_visible()
        expect(page.get_by_text("your school may read it later")).to_have_count(told)
        assert violations(page) == []
        if told:
            shot(page, "desk-notice-light-390")


def test_open_questions_are_decided(desk: Page, origin: str, shot: Shot) -> None:
    """Each in one click; what one student asked alone is nowhere."""
    desk.get_by_role("link", name="Unanswered").click()
    headings = desk.get_by_role("heading", level=2)
    assert headings.count() == 3 and "falconry" not in desk.content()
    expect(headings.first).to_contain_text("robotics")
    look(desk, shot, "unanswered")
    href = desk.get_by_role("link", name="Answer this").first.get_attribute("href")
    assert href and re.fullmatch(r"/desk/answers/new\?asked=[a-z+]*robotics[a-z+]*", href)
    desk.get_by_label("It means this topic").first.select_option("projects")
    desk.get_by_role("button", name="Tell the maintainers").first.click()
    expect(desk.get_by_role("status")).to_contain_text("Thank you.")
    expect(headings).to_have_count(2)
    desk.get_by_role("button", name="Not for us").first.click()
    expect(headings).to_have_count(1)
    desk.get_by_role("link", name="Log").click()
    expect(desk.get_by_role("row").nth(1)).to_contain_text("put a question aside")
