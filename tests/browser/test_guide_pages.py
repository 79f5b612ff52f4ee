"""A guide's page, its sheet and the list of all in a browser: read, on a phone, in the dark, printed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from guides.library import Library
from tests.browser.axe import overflow, small_targets, violations
from tests.browser.conftest import PHONE, Opened
from tests.browser.talking import ready

SEED, DRAWN = 2026, 12
LONGEST = (
    "equal-opportunity-representatives-and-officers",
    "first-line-supervisor-of-material-moving-machine-and-vehicle",
    "substance-abuse-and-behavioral-disorder-counselor",
)
"""Careers whose sheets were the fullest when all were measured."""
PAGES = {
    "guide-by-hand": "/guides/mlops-engineer",
    "guide-of-tables": "/guides/registered-nurse",
    "guide-with-little": "/guides/lawmaker",
    "sheet-by-hand": "/guides/mlops-engineer/sheet",
    "sheet-of-tables": "/guides/electrician/sheet",
    "lesson-by-hand": "/guides/mlops-engineer/lesson",
    "lesson-of-tables": "/guides/electrician/lesson",
    "key-by-hand": "/guides/mlops-engineer/lesson/key",
    "key-of-tables": "/guides/police-supervisor/lesson/key",
}
LONGEST_KEYS = (
    "gas-station-attendant",
    "helper-of-brickmasons-blockmasons-stonemasons-and-tile-and",
    "police-supervisor",
)
"""Careers whose keys to the lesson were the fullest."""
PAPER = {"Letter": (216, 279), "A4": (210, 297)}
"""Millimetres."""
MARGIN, INCH = 12, 25.4

Shot = Callable[..., None]

WIDE = """[...document.querySelectorAll("table")]
    .filter(table => table.offsetWidth > table.closest("main > section").clientWidth)
    .map(table => table.caption.textContent)"""
"""Tables that are wider than what they stand in."""
WATCH = """addEventListener("securitypolicyviolation", event => {
    window.breaches = [...(window.breaches ?? []), event.violatedDirective] })"""


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_pages_break_no_rule(
    opened: Opened, origin: str, shot: Shot, width: int, scheme: str
) -> None:
    """Nothing for axe, nothing sideways, every link large enough for a finger."""
    page = opened("about:blank", viewport={"width": width, "height": 800}, color_scheme=scheme)
    for name, path in PAGES.items():
        page.goto(f"{origin}{path}")
        assert violations(page) == [], path
        assert overflow(page) == 0 and small_targets(page) == [], path
        assert page.evaluate(WIDE) == [], path
        shot(page, f"{name}-{scheme}-{width}", full_page=True)


def test_the_list_breaks_no_rule(opened: Opened, origin: str, shot: Shot) -> None:
    """All careers on a small phone."""
    page = opened(f"{origin}/guides", viewport={"width": 320, "height": 568})
    assert violations(page) == []
    assert overflow(page) == 0 and small_targets(page) == []
    shot(page, "guide-list-320")


def test_no_policy_is_broken(browser: Browser, origin: str) -> None:
    """The data for search engines is there and is no script; the code is drawn; style is ours."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script(WATCH)
    for path in (*PAGES.values(), "/guides"):
        page.goto(f"{origin}{path}")
        assert page.evaluate("window.breaches ?? []") == [] and said == [], path
    page.goto(f"{origin}/guides/electrician")
    told = page.evaluate("JSON.parse(document.querySelector('script').textContent)")
    assert told["@type"] == "Occupation" and told["url"] == f"{origin}/guides/electrician"
    # The watch sees what breaks the policy: a style in the markup does.
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_function("window.breaches?.includes('style-src-attr')")
    page.close()


def test_it_is_whole_without_scripts(opened: Opened, origin: str) -> None:
    """From the list to the guide, to the sheet and back, by links alone."""
    page = opened(f"{origin}/guides", java_script_enabled=False)
    page.get_by_role("link", name="Electrician", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Electrician")
    expect(page.get_by_text("$63,190").first).to_be_visible()
    expect(page.get_by_role("table").filter(has_text="Wyoming")).to_be_visible()
    page.get_by_role("link", name="One page to print").click()
    code = f"Code for the address of the chat: {origin}/chat?guide=electrician"
    expect(page.get_by_role("img", name=code)).to_be_visible()
    page.get_by_role("link", name="The whole guide").click()
    expect(page).to_have_url(f"{origin}/guides/electrician")


def test_it_can_be_walked_by_keyboard(opened: Opened, origin: str) -> None:
    """The first stop skips the head, and is seen."""
    page = opened(f"{origin}/guides/electrician")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the guide")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert "solid" in skip.evaluate("node => getComputedStyle(node).outline")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ask the chat about this job")).to_be_focused()


def test_an_unknown_guide_leads_on(opened: Opened, origin: str) -> None:
    """A page that says so, with the way to all guides."""
    page = opened(f"{origin}/guides/wizard", allowed=("404",))
    expect(page.get_by_text("There is no guide called wizard.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="All guides").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Careers")


def test_the_chat_leads_there(opened: Opened, origin: str) -> None:
    """The menu has a link to the guide that the page is about."""
    page = opened(f"{origin}/chat?guide=electrician", viewport=PHONE)
    ready(page)
    page.get_by_role("button", name="Topics and options").click()
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Read the whole guide (opens a new tab)").click()
    expect(popup.value).to_have_url(f"{origin}/guides/electrician")


def fullness(page: Page, paper: str) -> float:
    """How much of a page of this paper the sheet fills, as it is printed."""
    width, height = ((side - 2 * MARGIN) * 96 / INCH for side in PAPER[paper])
    page.set_viewport_size({"width": int(width), "height": 100})
    return float(page.evaluate("document.body.getBoundingClientRect().height")) / height


def test_a_sheet_is_one_page_of_paper(browser: Browser, origin: str, library: Library) -> None:
    """Letter and A4: the guide by hand, twelve careers by a seed, and the longest; dark on white."""
    drawn = random.Random(SEED).sample(sorted(library), DRAWN)
    page = browser.new_page(color_scheme="dark")
    for slug in ("mlops-engineer", *drawn, *LONGEST):
        page.goto(f"{origin}/guides/{slug}/sheet")
        for paper in PAPER:
            printed = page.pdf(format=paper)
            assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, (slug, paper)
        page.emulate_media(media="print")
        assert all(0.5 < fullness(page, paper) < 0.98 for paper in PAPER), slug
        page.emulate_media(media="null")
    page.close()


def test_print_is_dark_on_white(browser: Browser, origin: str, shot: Shot) -> None:
    """Also from a dark screen; what leads elsewhere is left out."""
    page = browser.new_page(color_scheme="dark", viewport={"width": 725, "height": 965})
    for name, path in PAGES.items():
        page.goto(f"{origin}{path}")
        page.emulate_media(media="print")
        ink = "getComputedStyle(document.querySelector('h1')).color"
        assert page.evaluate(ink) == "rgb(23, 33, 44)"
        assert (
            page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"
        )
        expect(page.get_by_role("banner")).to_be_hidden()
        shot(page, f"{name}-print")
        page.emulate_media(media="null")
    page.close()


def sheets_of_paper(page: Page, paper: str) -> int:
    """How many a page takes when it is printed."""
    printed = page.pdf(format=paper, prefer_css_page_size=False)
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.mark.parametrize("paper", PAPER)
def test_a_lesson_is_two_pages_at_most(
    browser: Browser, origin: str, library: Library, paper: str
) -> None:
    """The questions and their key each: by hand, some careers by a seed, and the longest."""
    drawn = random.Random(SEED).sample(sorted(library), DRAWN // 2)
    page = browser.new_page()
    for slug in ("mlops-engineer", *drawn, *LONGEST_KEYS):
        for below in ("lesson", "lesson/key"):
            page.goto(f"{origin}/guides/{slug}/{below}")
            assert sheets_of_paper(page, paper) <= 2, (slug, below)
    page.close()


def test_a_lesson_is_printed_black_on_white(browser: Browser, origin: str, shot: Shot) -> None:
    """Also from a dark screen: room to write, the code, and nothing that is for a screen."""
    page = browser.new_page(color_scheme="dark", viewport={"width": 725, "height": 960})
    page.emulate_media(media="print")
    page.goto(f"{origin}/guides/electrician/lesson")
    ink = "node => getComputedStyle(node).color"
    assert page.locator("li").first.evaluate(ink) == "rgb(23, 33, 44)"
    lines = page.locator("li .line")
    expect(lines).to_have_count(20)
    assert lines.first.bounding_box()["height"] > 22
    expect(page.get_by_role("link", name="Key for the teacher")).to_be_hidden()
    expect(page.locator("figure")).to_be_visible()
    shot(page, "lesson-printed", full_page=True)
    page.close()


def test_a_teacher_finds_lesson_and_key(opened: Opened, origin: str) -> None:
    """From the guide by two links, without scripts; the key says what the chat's answer says."""
    page = opened(f"{origin}/guides/electrician", java_script_enabled=False)
    page.get_by_role("link", name="Lesson sheet").click()
    expect(page.get_by_role("listitem")).to_have_count(10)
    page.get_by_role("link", name="Key for the teacher").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Electrician: key to the lesson sheet"
    )
    expect(page.get_by_text("$").first).to_be_visible()
    page.get_by_role("link", name="The lesson sheet").click()
    expect(page).to_have_url(f"{origin}/guides/electrician/lesson")
