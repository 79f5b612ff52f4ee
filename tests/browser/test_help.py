"""Help in distress: the card of a reply, and the button that is always there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.axe import overflow, violations
from tests.browser.conftest import PHONE, Opened
from tests.browser.talking import answers, field, ready, say

TARGET = 44
"""Pixels of a link that a shaking finger hits."""
CARD = {
    "type": "help",
    "title": "Help right now",
    "person": {"name": "Ms. Rivera", "contact": "Room 12"},
    "lines": [
        {
            "name": "A line",
            "how": "call, text or chat",
            "call": "988",
            "text": {"to": "741741", "word": "HOME"},
            "site": "https://help.example/chat",
        },
        {"name": "Another", "how": "call +1 800 422 4453", "call": "+18004224453"},
        {"name": "Only words", "how": "go to the office"},
        {
            "name": "Broken",
            "how": "nothing to tap",
            "call": "javascript:1",
            "text": {"to": "1;2"},
            "site": "javascript:1",
        },
    ],
}

Shot = Callable[..., None]


def reply_of(kind: str) -> list[dict[str, Any]]:
    """A reply with the card."""
    custom = {"kind": kind, "topic": "person", "guide": None, "sources": [], "card": CARD}
    return [{"text": "I am glad that you told me.", "custom": custom}]


def check_links(card: Locator) -> None:
    """Every way that the card names is one tap, and no other."""
    hrefs = [link.get_attribute("href") for link in card.get_by_role("link").all()]
    assert hrefs == [
        "tel:988",
        "sms:741741?&body=HOME",
        "https://help.example/chat",
        "tel:+18004224453",
    ]
    site = card.get_by_role("link", name="Website (A line) (opens a new tab)")
    expect(site).to_have_attribute("rel", "noopener noreferrer")
    expect(site).to_have_attribute("target", "_blank")
    for name in ("Call 988 (A line)", "Text HOME to 741741 (A line)", "Call (Another)"):
        expect(card.get_by_role("link", name=name, exact=True)).to_be_visible()
    for link in card.get_by_role("link").all():
        box = link.bounding_box()
        assert box and box["width"] >= TARGET and box["height"] >= TARGET
    for words in ("At school: Ms. Rivera", "Room 12", "go to the office"):
        expect(card).to_contain_text(words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["crisis", "trouble"])
def test_the_card_of_distress(
    opened: Opened, origin: str, shot: Shot, kind: str, scheme: str
) -> None:
    """A border of its own, every line one tap away, nothing to rate."""
    page = opened(f"{origin}/chat", viewport={"width": 320, "height": 568}, color_scheme=scheme)
    ready(page)
    page.route("**/webhooks/web/webhook", lambda route: route.fulfill(json=reply_of(kind)))
    reply = say(page, "hello")
    shot(page, f"{kind}-{scheme}-320")
    check_links(reply.locator(".card-help"))
    border, usual = (
        page.evaluate(
            "name => getComputedStyle(document.documentElement).getPropertyValue(name)", name
        )
        for name in ("--bad", "--line")
    )
    bubble = reply.locator(".bubble")
    assert bubble.evaluate("node => getComputedStyle(node).borderTopWidth") == "2px"
    assert border != usual and same_colour(bubble, border)
    assert reply.get_by_role("button").count() == 1  # to copy it
    assert violations(page) == [] and overflow(page) == 0


def same_colour(part: Locator, colour: str) -> bool:
    """Whether the border of a part has a colour."""
    return bool(
        part.evaluate(
            """(node, colour) => {
              const probe = document.createElement("i"); probe.style.color = colour; node.append(probe);
              const wanted = getComputedStyle(probe).color; probe.remove();
              return getComputedStyle(node).borderTopColor === wanted;
            }""",
            colour,
        )
    )


def test_the_card_is_there_after_a_reload(opened: Opened, origin: str, shot: Shot) -> None:
    """What the assistant says to distress has links; they are back with the history.

    The history holds the reply alone: what the student wrote is not kept.
    """
    page = opened(f"{origin}/chat", viewport=PHONE)
    ready(page)
    reply = say(page, "i want to die")
    expect(reply.get_by_role("link", name="Call 988")).to_be_visible()
    shot(page, "phone-crisis")
    told = [{"from": "guide", "at": 1_790_000_000, **reply_of("crisis")[0]}]
    page.route("**/webhooks/web/history", lambda route: route.fulfill(json=told))
    page.reload()
    expect(answers(page)).to_have_count(1)
    check_links(answers(page).last.locator(".card-help"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_help_is_always_one_tap_away(opened: Opened, origin: str, shot: Shot, scheme: str) -> None:
    """At 320x300, with the server gone: the school's lines open at once and nobody is asked."""
    page = opened(
        "about:blank", ("ERR_",), viewport={"width": 320, "height": 300}, color_scheme=scheme
    )
    page.route("**/webhooks/web/about*", lambda route: with_help(route, CARD))
    page.goto(f"{origin}/chat")
    ready(page)
    page.route("**/webhooks/**", lambda route: route.abort())
    field(page).fill("hello")
    field(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No answer came")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    button = page.get_by_role("button", name="Get help now")
    box = button.bounding_box()
    assert box and box["height"] >= TARGET and box["y"] >= 0 and box["y"] + box["height"] <= 300
    button.click()
    dialog = page.get_by_role("dialog", name="Help right now")
    check_links(dialog)
    shot(page, f"help-{scheme}-320x300")
    assert asked == []
    assert violations(page) == [] and overflow(page) == 0
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_help_is_there_without_a_session(opened: Opened, origin: str) -> None:
    """Where no session can be made, the button works all the same."""
    page = opened("about:blank", ("503",))
    refused = {"error": {"code": "away", "message": "away"}}
    page.route("**/webhooks/web/session", lambda route: route.fulfill(status=503, json=refused))
    page.goto(f"{origin}/chat")
    page.get_by_role("button", name="Get help now").click()
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()


def test_a_school_without_lines_has_no_button(opened: Opened, origin: str) -> None:
    """What `about` does not give is not offered."""
    page = opened("about:blank")
    page.route("**/webhooks/web/about*", lambda route: with_help(route, None))
    page.goto(f"{origin}/chat")
    ready(page)
    assert page.get_by_role("button", name="Get help now").count() == 0


def with_help(route: Route, card: dict[str, Any] | None) -> None:
    """The real `about` with another card."""
    told = route.fetch().json()
    told.pop("help", None)
    route.fulfill(json={**told, "help": card} if card else told)


def test_the_menu_leads_there_too(opened: Opened, origin: str) -> None:
    """Help, the two quizzes and the plan stand first in the menu; the topics are folded by group."""
    page = opened(f"{origin}/chat", viewport=PHONE)
    ready(page)
    page.get_by_role("button", name="Topics and options").click()
    menu: Page | Locator = page.get_by_role("dialog", name="Topics")
    shown = [button.inner_text() for button in menu.get_by_role("button").all()]
    assert shown[1:5] == ["Find what fits me", "Take the fit quiz", "Make my plan", "Get help now"]
    assert len(shown) == 10
    menu.get_by_text("Pay and jobs").click()
    expect(menu.get_by_role("button", name="Job market")).to_be_visible()
    menu.get_by_role("button", name="Get help now").click()
    expect(page.get_by_role("dialog", name="Help right now")).to_be_visible()
