"""Looking for one of all careers, in the chat and for counselors."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import overflow, small_targets, violations
from tests.browser.conftest import Opened
from tests.browser.talking import answered, answers, ready, say

Shot = Callable[..., None]
NURSE = "Registered Nurse"
SMALL = {"width": 320, "height": 568}


def opener(page: Page) -> Locator:
    """The button in the head that opens the search."""
    return page.get_by_role("button", name="Change career")


def box(page: Page) -> Locator:
    """The box to look for a career in."""
    return page.get_by_role("combobox", name="Name of a career")


def head(page: Page) -> Locator:
    """Where the page names the career in use."""
    return page.locator("header p")


def counted(page: Page) -> Locator:
    """What is said of how many were found."""
    return page.get_by_role("dialog").get_by_role("status")


def test_the_head_is_never_drawn_over(opened: Opened, origin: str) -> None:
    """What stands beside the button has its room, at every width of a phone and of a frame."""
    page = opened(f"{origin}/chat")
    ready(page)
    for width in (320, 352, 360, 390, 400, 416, 430, 480, 500, 560, 640, 641, 700, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        cut = page.evaluate(
            """() => [...document.querySelectorAll("header :is(h1, p)")]
            .filter((each) => each.clientWidth > 1 && each.scrollWidth > each.clientWidth)
            .map((each) => each.textContent)"""
        )
        assert cut == [], width


def test_a_career_is_found_by_keyboard_alone(opened: Opened, origin: str, shot: Shot) -> None:
    """Names are asked for on opening; arrows go round, Enter picks, and the talk is about that career."""
    page = opened("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(origin)))
    page.goto(f"{origin}/chat")
    ready(page)
    expect(head(page)).to_have_text("MLOps Engineer")
    assert "/careers.json" not in asked
    opener(page).focus()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    expect(page.get_by_role("option", name="Healthcare")).to_be_visible()
    assert box(page).get_attribute("aria-activedescendant") is None
    shot(page, "search-desktop-empty")
    page.keyboard.type("rn")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text(NURSE)
    box(page).fill("nurse")
    expect(options).to_have_count(8)
    expect(options.first).to_contain_text(NURSE)
    expect(counted(page)).to_contain_text("more, go on typing")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    assert box(page).get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute(
        "id"
    )
    for key, place in (("", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", 7), ("ArrowDown", 0)):
        if key:
            page.keyboard.press(key)
        expect(options.nth(place)).to_have_attribute("aria-selected", "true")
        assert page.locator("[role=option][aria-selected=true]").count() == 1
        marked = options.nth(place).get_attribute("id")
        expect(box(page)).to_have_attribute("aria-activedescendant", str(marked))
    shot(page, "search-desktop-nurse")
    page.keyboard.press("Escape")
    expect(box(page)).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener(page)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("registered nurses")
    expect(options.first).to_have_text(NURSE)
    with page.expect_request("**/webhooks/web/webhook") as sent:
        page.keyboard.press("Enter")
    message = json.loads(str(sent.value.post_data))
    assert message["message"] == '/ask_summary{"career": "registered-nurse"}'
    reply = answered(page, 0)
    expect(reply).to_contain_text("nurse")
    expect(head(page)).to_have_text(NURSE)
    expect(opener(page)).to_be_focused()
    assert asked.count("/careers.json") == 1
    say(page, "how much do they earn")
    expect(answers(page).last).to_contain_text("Registered Nurses is $97,550")
    page.reload()
    expect(head(page)).to_have_text(NURSE)


def test_on_a_small_phone_by_touch(opened: Opened, origin: str, shot: Shot) -> None:
    """A group narrows, a tap picks; what was looked at comes first the next time."""
    page = opened(f"{origin}/chat", viewport=SMALL, has_touch=True, is_mobile=True)
    ready(page)
    shot(page, "search-phone-head")
    opener(page).tap()
    page.get_by_role("option", name="Construction").tap()
    expect(page.get_by_role("option")).to_have_count(8)
    box(page).fill("elec")
    expect(page.get_by_role("option").first).to_have_text("Electrician")
    shot(page, "search-phone-elec")
    page.get_by_role("option", name="Electrician", exact=True).tap()
    answered(page, 0)
    expect(head(page)).to_have_text("Electrician")
    opener(page).tap()
    recent = page.get_by_role("group", name="Looked at lately").get_by_role("option")
    expect(recent).to_have_text(["Electrician"])
    for option in page.get_by_role("option").all():
        place = option.bounding_box()
        assert place and place["height"] >= 44 and place["x"] + place["width"] <= SMALL["width"]
    assert overflow(page) == 0 and small_targets(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_search_breaks_no_rule(
    opened: Opened, origin: str, shot: Shot, width: int, scheme: str
) -> None:
    """Empty, with suggestions and with none: nothing for axe; every number is said."""
    page = opened(f"{origin}/chat", viewport={"width": width, "height": 640}, color_scheme=scheme)
    ready(page)
    assert violations(page) == []
    opener(page).click()
    page.get_by_role("option", name="Healthcare").wait_for()
    for typed, said in (("", ""), ("nurse", "more, go on typing"), ("qqq", "No career goes by")):
        box(page).fill(typed)
        expect(counted(page)).to_contain_text(said)
        page.locator("[role=option], .search-status:not(:empty)").first.wait_for()
        shot(page, f"search-{scheme}-{width}-{typed or 'empty'}")
        assert violations(page) == [] and overflow(page) == 0 and small_targets(page) == []
    expect(box(page)).to_have_attribute("aria-expanded", "false")


def test_without_the_list_the_page_says_what_to_do(opened: Opened, origin: str) -> None:
    """A list that cannot be had is said, and can be asked for again."""
    page = opened(f"{origin}/chat", allowed=("ERR_",))
    ready(page)
    page.route("**/careers.json", lambda route: route.abort())
    opener(page).click()
    expect(counted(page)).to_contain_text("You can still type a career's name in the chat")
    page.unroute("**/careers.json")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("option", name="Healthcare")).to_be_visible()


def test_a_counselor_picks_any_career(opened: Opened, origin: str, shot: Shot) -> None:
    """The box for counselors is the same; lines and topics follow the career."""
    page = opened(f"{origin}/embed")
    guide = page.get_by_role("combobox", name="Career guide")
    expect(guide).to_have_value("MLOps Engineer")
    guide.click()
    guide.fill("welder")
    shot(page, "search-embed")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(guide).to_have_value("MLOps Engineer")
    guide.fill("welder")
    page.get_by_role("option", name="Welder").first.click()
    expect(guide).to_have_value("Welder")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator(".ways")).to_contain_text('data-guide="welder"')
