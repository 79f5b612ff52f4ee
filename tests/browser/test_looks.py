"""How the chat page looks and reads: rules of accessibility, sizes, colours, pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import overflow, small_targets, violations
from tests.browser.conftest import PHONE, Opened
from tests.browser.talking import ready, say, tap

WIDTHS = (320, 768, 1280)
QUESTIONS = {
    "timeline": "what do they do at 10 am",
    "bars": "skills?",
    "routes": "compare the routes",
    "steps": "steps to get there",
    "checklist": "make me a plan, im a sophomore with 4 hours a week",
    "pros_cons": "pros and cons",
    "myths": "what are common myths",
    "sources": "what are your sources",
    "facts": "how much do they earn",
    "list": "who hires them",
}
"""A question for every card."""

Shot = Callable[..., None]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_breaks_no_rule(
    opened: Opened, origin: str, shot: Shot, width: int, scheme: str
) -> None:
    """With every card shown: nothing for axe, nothing sideways, every target large enough."""
    page = opened(f"{origin}/chat", viewport={"width": width, "height": 800}, color_scheme=scheme)
    ready(page)
    shot(page, f"welcome-{scheme}-{width}")
    for card, question in QUESTIONS.items():
        reply = say(page, question)
        reply.locator(f".card-{card}").wait_for()
        shot(page, f"{card}-{scheme}-{width}")
    page.locator(".cited summary").first.click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    assert violations(page) == []
    assert overflow(page) == 0
    assert small_targets(page) == []
    page.get_by_role("button", name="Topics and options").click()
    page.wait_for_timeout(300)
    shot(page, f"topics-{scheme}-{width}")
    assert violations(page) == [] and small_targets(page) == []


def test_every_card_is_in_the_pictures(reply_schema: dict) -> None:
    """A new card gets a question here."""
    shapes = [
        shape["$ref"].rpartition("/")[2] for shape in reply_schema["properties"]["card"]["oneOf"]
    ]
    assert sorted(QUESTIONS) == sorted(shapes)


@pytest.mark.parametrize("colour", ["green", "teal", "purple", "red", "slate"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_read(opened: Opened, origin: str, colour: str, scheme: str) -> None:
    """Each accent that a site may choose has enough contrast."""
    page = opened(f"{origin}/chat?colour={colour}&topic=salary", color_scheme=scheme)
    page.locator(".card-facts").wait_for()
    page.wait_for_timeout(300)
    assert violations(page) == []


def test_forced_colours_keep_what_matters(opened: Opened, origin: str, shot: Shot) -> None:
    """In a high-contrast mode the marked moment and the bubbles still have an edge."""
    page = opened(f"{origin}/chat", forced_colors="active", viewport=PHONE)
    ready(page)
    marked = say(page, "what do they do at 10 am").locator(".marked")
    assert marked.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    shot(page, "phone-forced-colours")


def test_reduced_motion_is_kept(opened: Opened, origin: str) -> None:
    """Nothing moves for who asked for that."""
    page = opened(f"{origin}/chat", reduced_motion="reduce")
    ready(page)
    tap(page, "What does an MLOps Engineer do?")
    running = page.evaluate(
        "document.getAnimations().filter(each => each.effect.getTiming().duration > 1).length"
    )
    assert running == 0


def test_the_marked_moment_is_the_one_asked_about(opened: Opened, origin: str) -> None:
    """At 10:15 it is what began at 10."""
    page = opened(f"{origin}/chat")
    ready(page)
    marked = say(page, "what are they doing at 10:15 am").locator(".timeline .marked")
    assert marked.count() == 1 and "10:00 AM" in marked.inner_text()


def test_the_first_load_is_small_and_quick(opened: Opened, browser_times: list[str]) -> None:
    """What a phone loads first, in bytes on the wire; the time is reported, not judged."""
    assert browser_times


@pytest.fixture
def browser_times(opened: Opened, origin: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    page: Page = opened("about:blank", viewport=PHONE)
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    client.send("Network.enable")
    loaded: list[int] = []
    client.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto(f"{origin}/chat")
    page.get_by_role("textbox").wait_for()
    usable = page.evaluate("performance.now()")
    ready(page)
    total = sum(loaded)
    with capsys.disabled():
        print(
            f"\nfirst load: {total / 1000:.0f} kB compressed, usable after {usable:.0f} ms at 6x slower CPU"
        )
    assert total <= 350_000
    return [f"{total}", f"{usable}"]
