"""The talk for whoever reads by keyboard, by ear, or from right to left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import Opened
from tests.browser.talking import answers, field, ready, say

ARABIC = "كم يكسبون في السنة؟"
MOST_STOPS = 20
"""Tab stops of a page with a talk: head, one message with its controls, the box."""


@pytest.fixture
def chat(opened: Opened, origin: str) -> Page:
    """The page with three answers."""
    page = opened(f"{origin}/chat", reduced_motion="reduce")
    ready(page)
    for words in (
        "skills?",
        "compare the routes",
        "make me a plan, im a junior with 4 hours a week",
    ):
        say(page, words)
    return page


def stops(page: Page) -> list[str]:
    """What Tab stops at, from the first to the last and round."""
    page.evaluate("document.activeElement.blur()")
    found: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "() => document.activeElement === document.body ? '' : document.activeElement.outerHTML.slice(0, 90)"
        )
        if not name or (found and name == found[0]):
            break
        found.append(name)
    return found


def test_landmarks_are_few(chat: Page) -> None:
    """One main part with a named log; messages are articles with names, not landmarks."""
    assert chat.get_by_role("main").count() == 1
    assert chat.get_by_role("main").get_by_role("log", name="Conversation with Guidepost").count()
    articles = chat.get_by_role("log").get_by_role("article")
    assert articles.count() == 7  # the welcome, three questions, three answers
    names = [article.get_attribute("aria-label") for article in articles.all()[1:]]
    assert all(names) and len(set(names)) == 6
    regions = chat.locator("section[aria-label], section[aria-labelledby], [role=region]")
    assert regions.count() == 1  # the notice


def test_a_long_talk_has_few_tab_stops(chat: Page) -> None:
    """Only the newest message is a stop, with its controls; the box comes right after."""
    for words in ("how much do they earn", "pros and cons", "what are common myths"):
        say(chat, words)
    found = stops(chat)
    assert len(found) <= MOST_STOPS, found
    assert sum("<article" in each for each in found) == 1


def test_arrows_move_through_the_messages(chat: Page) -> None:
    """Up, Down, Home and End; Tab from a message goes to its own controls."""
    articles = chat.get_by_role("log").get_by_role("article")
    articles.last.focus()
    chat.keyboard.press("ArrowUp")
    expect(articles.nth(5)).to_be_focused()
    chat.keyboard.press("ArrowUp")
    expect(articles.nth(4)).to_be_focused()
    expect(articles.nth(4)).to_be_in_viewport()
    chat.keyboard.press("Tab")
    assert articles.nth(4).locator(":focus").count() == 1
    articles.nth(4).focus()
    chat.keyboard.press("Home")
    expect(articles.first).to_be_focused()
    chat.keyboard.press("ArrowUp")
    expect(articles.first).to_be_focused()
    chat.keyboard.press("End")
    expect(articles.last).to_be_focused()
    chat.keyboard.press("ArrowDown")
    expect(articles.last).to_be_focused()
    assert sum("<article" in each for each in stops(chat)) == 1


def test_right_to_left_words_run_right_to_left(opened: Opened, origin: str) -> None:
    """In the box, in the bubble, in a reply and in a card, whatever stands around them."""
    page = opened(f"{origin}/chat")
    ready(page)
    card = {"type": "list", "title": ARABIC, "groups": [{"label": "", "items": [{"text": ARABIC}]}]}
    custom = {"kind": "answer", "topic": "day", "guide": None, "sources": [], "card": card}
    reply = [{"text": f"{ARABIC}\nHello.", "custom": custom}]
    page.route("**/webhooks/web/webhook", lambda route: route.fulfill(json=reply))
    field(page).fill(ARABIC)
    assert field(page).evaluate("node => getComputedStyle(node).direction") == "rtl"
    field(page).press("Enter")
    answers(page).first.wait_for()
    direction = "node => getComputedStyle(node).direction"
    assert page.locator(".from-student .said").evaluate(direction) == "rtl"
    lines = page.locator(".from-guide .said p")
    assert [line.evaluate(direction) for line in lines.all()] == ["rtl", "ltr"]
    for part in (".card h3", ".card li"):
        ends = page.locator(part).first.evaluate(
            """node => { const range = document.createRange(); range.selectNodeContents(node);
            return node.getBoundingClientRect().right - range.getBoundingClientRect().right; }"""
        )
        assert ends < 4, part


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_state_breaks_no_rule(opened: Opened, origin: str, scheme: str) -> None:
    """Skeleton, waiting, failed, help, menu, both questions back, and a folded-out notice."""
    page = opened("about:blank", ("ERR_",), color_scheme=scheme)
    scripts: list[Route] = []
    page.route("**/assets/chat-*.js", lambda route: scripts.append(route))
    page.goto(f"{origin}/chat", wait_until="commit")
    expect(page.locator(".skeleton")).to_be_visible()
    while not scripts:
        page.wait_for_timeout(20)
    found = {"skeleton": violations(page)}
    scripts[0].continue_()
    ready(page)
    page.locator(".notice summary").click()
    found["notice"] = violations(page)
    held: list[Route] = []
    page.route("**/webhooks/web/webhook", lambda route: held.append(route))
    field(page).fill("x" * 500)
    found["full"] = violations(page)
    field(page).press("Enter")
    expect(page.get_by_label("Guidepost is writing", exact=True)).to_be_visible()
    found["waiting"] = violations(page)
    while not held:
        page.wait_for_timeout(20)
    held[0].abort()
    expect(page.get_by_role("alert")).to_contain_text("No answer came")
    found["failed"] = violations(page)
    menu = page.get_by_role("button", name="Topics and options")
    for state, taps in {
        "help": ["Get help now"],
        "menu": [],
        "start over": ["Start over"],
        "delete": ["Delete my chat"],
    }.items():
        menu.click()
        for name in taps:
            page.get_by_role("dialog").get_by_role("button", name=name).click()
        if state == "menu":
            page.get_by_text("The job", exact=True).click()
        found[state] = violations(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    assert {state: broken for state, broken in found.items() if broken} == {}


def test_nothing_lies_over_a_chip(chat: Page) -> None:
    """Wherever the talk is scrolled to, a chip that is seen whole is hit where it is tapped."""
    reached = 0
    for place in range(0, 12):
        covered, seen = chat.evaluate(
            """share => {
              const log = document.querySelector(".log");
              log.scrollTop = share * (log.scrollHeight - log.clientHeight);
              const {top, bottom} = log.getBoundingClientRect();
              const whole = [...log.querySelectorAll("button, a, input")].filter(node => {
                const box = node.getBoundingClientRect();
                return node.checkVisibility() && box.width && box.top >= top && box.bottom <= bottom;
              });
              const covered = whole.filter(node => {
                const box = node.getBoundingClientRect();
                return [0.1, 0.5, 0.9].some(part => {
                  const hit = document.elementFromPoint(box.left + part * box.width, box.top + box.height / 2);
                  return !(node.contains(hit) || hit?.contains(node));
                });
              });
              return [covered.map(node => node.outerHTML.slice(0, 100)), whole.length];
            }""",
            place / 11,
        )
        assert covered == []
        reached += seen
    assert reached > 20
    chat.evaluate("document.querySelector('.log').scrollTop = 0")
    chat.get_by_role("button", name="To the newest message").click()
    expect(answers(chat).last.locator(".replies button").last).to_be_in_viewport()
    expect(chat.get_by_role("button", name="To the newest message")).to_have_count(0)
