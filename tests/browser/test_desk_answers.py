"""A counselor's ten minutes: an answer written, tried and told; the school set; a guide corrected."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from struct import pack

import pytest
from playwright.sync_api import Page, expect

from guides.school import SCHOOL
from tests.browser.conftest import LINCOLN, Opened
from tests.browser.test_desk import PHONE, Shot, choose, invited, look_at, sign_in
from tests.desks import PASSWORD
from tests.served import Server, launched

TODAY = date.today()
OLD = f"""lockers:
  asked: [where is my locker, which locker is mine]
  answer: Lockers are in the blue hall. Ask Mr. Poe at the front desk for your number and your key.
  checked: {TODAY - timedelta(days=100)}
  until: {TODAY - timedelta(days=1)}
forms:
  topic: high_school
  answer: Course forms are due on February 26.
  checked: {TODAY}
  until: {TODAY + timedelta(days=200)}
"""


def png(width: int, height: int) -> bytes:
    """A picture in one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x1b\x6b\x3a" * width) * height
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A district with a school that has answers."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "schools" / "answers").mkdir(parents=True)
    (folder / "school.yml").write_text(SCHOOL.read_text())
    (folder / "schools" / "lincoln.yml").write_text(LINCOLN)
    (folder / "schools" / "answers" / "lincoln.yml").write_text(OLD)
    school, data = str(folder / "school.yml"), str(folder / "data")
    return {"GUIDEPOST_SCHOOL": school, "GUIDEPOST_DATA": data, "GUIDEPOST_ANSWERS": ""}


@pytest.fixture(scope="module")
def desk(place: dict[str, str]) -> Iterator[Server]:
    """The assistant of that district."""
    running = launched(Path(place["GUIDEPOST_SCHOOL"]).with_name("log.txt"), **place)
    yield running
    running.stop()


@pytest.fixture
def origin(desk: Server) -> str:
    """The desk's origin."""
    return f"http://127.0.0.1:{desk.port}"


@pytest.fixture
def page(opened: Opened, place: dict[str, str], origin: str) -> Page:
    """The desk, signed in."""
    link = invited(place, "Jane Doe")
    page = opened("about:blank", allowed=("404", "409", "422"), viewport=PHONE)
    page.wait_for_timeout(5_500)  # in which the desk looks whether there is an account
    page.goto(f"{origin}{link}")
    choose(page, PASSWORD, PASSWORD)
    sign_in(page)
    return page


def test_a_counselors_ten_minutes(page: Page, origin: str, shot: Shot) -> None:
    """Each page is whole for axe at every size, on light and on dark."""

    def look(name: str) -> None:
        look_at(page, name, shot)

    page.get_by_role("link", name="Answers", exact=True).click()
    expect(page.get_by_role("heading", name="Check again")).to_be_visible()
    look("answers")
    page.get_by_role("button", name="Still right: where is my locker").click()
    expect(page.get_by_role("status")).to_have_text("Noted as checked today.")
    page.get_by_role("link", name="Write an answer").click()
    look("answer-new")
    page.get_by_label("How students ask").fill("when is the kite fair")
    page.get_by_label("The answer").fill("**The** kite fair is in March.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved yet.")
    look("answer-faults")
    page.get_by_label("How students ask").fill(
        "which industry certifications\ndo i need a certificate"
    )
    page.get_by_label("The answer").fill("The kite fair is in March.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Add it to “Certificates”")).to_be_visible()
    look("answer-taking")
    page.get_by_label("How students ask").fill("when is the kite fair\ndo we have a kite fair")
    page.get_by_label("A question of a student").fill("whens the kite fair")
    page.get_by_role("button", name="Ask the assistant").click()
    expect(page.get_by_role("blockquote")).to_contain_text("The kite fair is in March.")
    look("answer-tried")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    page.get_by_role("link", name="when is the kite fair").click()
    page.get_by_role("button", name="Delete this answer").click()
    look("answer-delete")
    page.get_by_role("link", name="No, keep it").click()
    page.get_by_role("link", name="Import and export").click()
    page.get_by_label("Or its text").fill("kite: {answer: <b>}")
    page.get_by_role("button", name="Put it in place").click()
    expect(page.get_by_role("alert")).to_contain_text("kite: answer: found")
    look("copies")
    page.get_by_role("link", name="School", exact=True).click()
    page.get_by_label("Colour").select_option("Purple")
    page.get_by_label("Logo").set_input_files(
        {"name": "../x.png", "mimeType": "image/png", "buffer": png(96, 32)}
    )
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("img", name="The logo now")).to_be_visible()
    assert page.get_by_role("img", name="The logo now").evaluate("img => img.naturalWidth") > 0
    look("school")
    page.get_by_role("link", name="Guides", exact=True).click()
    page.get_by_label("Career").fill("dragon tamer")
    page.get_by_role("button", name="Show the guide").click()
    expect(page.get_by_text("There is no guide called “dragon tamer”.")).to_be_visible()
    look("guides")
    page.get_by_label("Career").fill("Electricians")
    page.get_by_role("button", name="Show the guide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Electrician")
    look("guide")
    page.get_by_role("link", name="“Pay” is out of date").click()
    look("correct")
    page.get_by_label("What is out of date").fill("There are newer figures at bls.gov.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you.")
    page.get_by_role("link", name="Log").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("out of date: Electrician, Pay")
    chat = page.context.new_page()
    chat.goto(f"{origin}/chat?school=lincoln")
    chat.get_by_role("textbox").fill("when is the kite fair")
    chat.keyboard.press("Enter")
    expect(chat.get_by_text("The kite fair is in March.", exact=True)).to_be_visible()
