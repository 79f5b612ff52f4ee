"""The page of one school of several: its name, person and colour, and a chat of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.axe import overflow, violations
from tests.browser.conftest import PHONE, Opened
from tests.browser.hosts import Host
from tests.browser.launching import inside, launcher, line
from tests.browser.talking import answers, ready, say

Shot = Callable[..., None]
ASKED = "is there a person i can talk to"


def test_a_school_has_its_own_page(opened: Opened, origin: str, shot: Shot) -> None:
    """Name, person and colour; help, too."""
    page = opened(f"{origin}/chat?school=lincoln")
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Guidepost at Lincoln High")
    assert page.evaluate("document.documentElement.style.getPropertyValue('--accent-light')") == "#1b6b3a"  # fmt: skip
    expect(say(page, ASKED)).to_contain_text("Ms. Ortiz")
    page.get_by_role("button", name="Get help now").click()
    expect(page.get_by_role("dialog")).to_contain_text("At Lincoln High: Ms. Ortiz")
    assert not violations(page)
    shot(page, "school")


def test_one_school_does_not_go_on_with_anothers_chat(opened: Opened, origin: str) -> None:
    """In one tab, one after the other."""
    page = opened(f"{origin}/chat?school=lincoln")
    ready(page)
    say(page, ASKED)
    page.goto(f"{origin}/chat")
    ready(page)
    expect(answers(page)).to_have_count(0)
    expect(say(page, ASKED)).not_to_contain_text("Ms. Ortiz")
    page.goto(f"{origin}/chat?school=lincoln")
    ready(page)
    expect(answers(page)).to_have_count(1)


def test_a_line_names_its_school(opened: Opened, origin: str, host: Host) -> None:
    """The site of school.yml may show the page of a school that lists no sites of its own."""
    page = opened(host.page("/school", line(origin, 'data-school="lincoln"')))
    launcher(page).click()
    frame = inside(page)
    expect(frame.get_by_text("Guidepost at Lincoln High").last).to_be_attached()
    expect(say(frame, ASKED)).to_contain_text("Ms. Ortiz")


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 500}])
def test_an_unknown_school_says_so(
    opened: Opened, origin: str, shot: Shot, size: dict[str, int]
) -> None:
    """In plain words, with help."""
    page = opened(f"{origin}/chat?school=nowhere", ("404 (Not Found)",), viewport=size)
    expect(page.get_by_role("heading", level=1)).to_contain_text("no school called “nowhere”")
    expect(page.get_by_role("link", name="call or text 988")).to_have_attribute("href", "tel:988")
    assert not violations(page) and not overflow(page)
    shot(page, f"unknown-school-{size['width']}")
    page.get_by_role("link", name="Lincoln High").click()
    ready(page)
