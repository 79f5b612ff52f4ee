"""Small and slow: low windows, keyboards on the screen, large text, thin networks."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Locator, Page, Route, expect

from tests.browser.axe import overflow
from tests.browser.conftest import PHONE, Opened
from tests.browser.hosts import Host
from tests.browser.launching import inside, launcher, line
from tests.browser.talking import answers, field, ready, say

SIZES = ((320, 300), (320, 568), (360, 740), (740, 360), (1366, 500), (640, 400), (900, 700))
"""Phones with a keyboard and on their side, a frame on a Chromebook, a page at 200 %."""
LEAST_READ = 48
"""Pixels of the last reply that must be in sight: two lines."""

SETTLING = 5
"""Seconds within which a page that changed its size has moved everything to its place."""

Shot = Callable[..., None]


def box_of(part: Locator) -> dict[str, float]:
    """Where a part is, which must be somewhere."""
    box = part.bounding_box()
    assert box is not None
    return dict(box)


def in_sight(page: Page | Frame, height: float, top: float = 0) -> None:
    """The box, Send and enough of the last reply come to lie between two heights."""
    until = time.monotonic() + SETTLING
    while True:
        try:
            return _in_sight(page, height, top)
        except AssertionError:
            if time.monotonic() > until:
                raise
            page.wait_for_timeout(100)


def _in_sight(page: Page | Frame, height: float, top: float) -> None:
    head, foot = box_of(page.locator("header")), box_of(page.locator("footer"))
    assert head["y"] == top
    assert foot["y"] + foot["height"] == pytest.approx(top + height, abs=1)
    for part in (field(page), page.get_by_role("button", name="Send")):
        box = box_of(part)
        assert foot["y"] <= box["y"] and box["y"] + box["height"] <= top + height
    reply = box_of(answers(page).last.locator(".bubble"))
    seen_from = max(reply["y"], head["y"] + head["height"])
    seen_to = min(reply["y"] + reply["height"], foot["y"])
    assert seen_to - seen_from >= min(LEAST_READ, reply["height"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_box_and_reply_stay_in_sight(
    opened: Opened, origin: str, shot: Shot, width: int, height: int, scheme: str
) -> None:
    """At each size the page itself does not scroll; head and box stay, the talk moves."""
    size = {"width": width, "height": height}
    page = opened(f"{origin}/chat", viewport=size, color_scheme=scheme)
    ready(page)
    shot(page, f"welcome-{scheme}-{width}x{height}")
    for words in ("what do they do at 10 am", "skills? " + "please tell me all of them " * 12):
        say(page, words)
        page.wait_for_timeout(900)
        in_sight(page, height)
    shot(page, f"talk-{scheme}-{width}x{height}")
    assert page.evaluate("scrollY") == 0 and overflow(page) == 0
    assert page.evaluate("document.documentElement.scrollHeight") <= height


def test_close_is_in_sight_in_a_low_frame(
    opened: Opened, origin: str, host: Host, shot: Shot
) -> None:
    """On the smallest phone help, topics, the box and the button that closes are there at once."""
    page = opened(
        host.page("/low", line(origin)), viewport={"width": 320, "height": 300}, has_touch=True
    )
    launcher(page).click()
    frame = inside(page)
    say(frame, "what do they do at 10 am")
    page.wait_for_timeout(900)
    shot(page, "launcher-320x300")
    for name in ("Get help now", "Topics and options", "Close the chat", "Send"):
        box = box_of(frame.get_by_role("button", name=name))
        assert box["y"] >= 0 and box["y"] + box["height"] <= 300, name
        assert box["x"] >= 0 and box["x"] + box["width"] <= 320, name
    frame.get_by_role("button", name="Close the chat").click()
    expect(launcher(page)).to_be_focused()


SEEN = """
  const seen = Object.assign(new EventTarget(), {height: 740, offsetTop: 0, scale: 1});
  Object.defineProperty(window, "visualViewport", {value: seen});
  window.see = (changed) => { Object.assign(seen, changed); seen.dispatchEvent(new Event("resize")); };
"""
"""A visual viewport that a test changes, as a keyboard on the screen does on some phones."""


def test_a_keyboard_leaves_box_and_reply_in_sight(opened: Opened, origin: str) -> None:
    """Where a keyboard covers the page and does not resize it, the page moves by itself."""
    page = opened("about:blank", viewport=PHONE)
    page.add_init_script(SEEN)
    page.goto(f"{origin}/chat")
    ready(page)
    say(page, "what do they do at 10 am")
    for changed, height, top in (
        ("{height: 300}", 300, 0),
        ("{height: 320, offsetTop: 120}", 320, 120),
        ("{height: 740, offsetTop: 0}", 740, 0),
    ):
        page.evaluate(f"see({changed})")
        page.wait_for_timeout(300)
        in_sight(page, height, top)
    # Zoomed in with two fingers the page stays whole.
    page.evaluate("see({height: 370, offsetTop: 90, scale: 2})")
    in_sight(page, PHONE["height"])


def test_a_phone_that_is_turned_keeps_its_place(opened: Opened, origin: str) -> None:
    """The reply that was read is in sight at every size that follows."""
    page = opened(f"{origin}/chat", viewport={"width": 768, "height": 800})
    ready(page)
    say(page, "what do they do at 10 am")
    page.wait_for_timeout(900)
    for width, height in ((360, 740), (740, 360), (320, 300), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(500)
        in_sight(page, height)


@pytest.mark.parametrize("width", [760, 801, 900, 1023, 1024, 1280])
def test_one_column_at_each_width(opened: Opened, origin: str, width: int) -> None:
    """Head, talk and box have the same edges, in the middle of the page."""
    page = opened(f"{origin}/chat", viewport={"width": width, "height": 700})
    ready(page)
    say(page, "skills?")
    edges = page.evaluate(
        """() => [...document.querySelectorAll(".column")].map(node => {
          const {left, right} = node.getBoundingClientRect(); return [left, right];
        })"""
    )
    assert len(edges) == 3
    bar = page.evaluate(
        "() => { const log = document.querySelector('.log'); return log.offsetWidth - log.clientWidth }"
    )
    for left, right in edges:
        assert left == pytest.approx(edges[0][0], abs=bar) and right - left <= 800
        assert left == pytest.approx(width - right, abs=bar + 1)


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}])
def test_text_at_200_per_cent_is_whole(
    opened: Opened, origin: str, shot: Shot, size: dict[str, int]
) -> None:
    """With the browser's text at twice its size nothing is cut off or hangs over."""
    page = opened("about:blank", viewport=size)
    sizes = {"standard": 32, "fixed": 26}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})
    page.goto(f"{origin}/chat")
    ready(page)
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "32px"
    shot(page, f"text-200-welcome-{size['width']}")
    for words in ("compare the bootcamp and the degree", "how much do they earn"):
        say(page, words)
    shot(page, f"text-200-{size['width']}")
    assert overflow(page) == 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(node => node.checkVisibility()
            && !node.closest(".hidden, .title, svg")
            && (node.getBoundingClientRect().right > innerWidth + 1
              || (getComputedStyle(node).overflowX !== "visible" && node.scrollWidth > node.clientWidth + 1)
              || (getComputedStyle(node).overflowY === "hidden" && node.scrollHeight > node.clientHeight + 1)))
          .map(node => node.outerHTML.slice(0, 120))"""
    )
    assert cut == []
    box = box_of(field(page))
    assert box["y"] + box["height"] <= size["height"]


def test_the_first_screen_of_a_phone(opened: Opened, origin: str) -> None:
    """Without scrolling: a notice of two lines, quiz, plan, help, and at least four questions."""
    page = opened(f"{origin}/chat", viewport=PHONE)
    ready(page)
    notice = page.locator(".notice summary")
    height = float(notice.evaluate("node => parseFloat(getComputedStyle(node).lineHeight)"))
    assert box_of(notice)["height"] <= 2 * height + 1
    floor = box_of(page.locator("footer"))["y"]
    whole = [
        button
        for button in page.locator(".questions button").all()
        if box_of(button)["y"] + box_of(button)["height"] <= floor
    ]
    assert len(whole) >= 4
    for name in ("Take the fit quiz", "Make my plan", "Get help now"):
        box = box_of(page.get_by_role("button", name=name))
        assert box["y"] + box["height"] <= floor, name
    notice.click()
    for words in ("If you close the tab", "30 days", "unless you delete it", "passwords"):
        expect(page.locator(".notice")).to_contain_text(words)
    assert page.locator(".notice li").last.is_visible()


def test_a_slow_phone_can_type_at_once(opened: Opened, origin: str, shot: Shot) -> None:
    """Before the script is there a box stands on the page; what was typed in it is not lost."""
    page = opened("about:blank", viewport=PHONE)
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    thin = {"offline": False, "latency": 300, "downloadThroughput": 50e3, "uploadThroughput": 50e3}
    client.send("Network.emulateNetworkConditions", thin)
    client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    held: list[Route] = []
    page.route("**/assets/chat-*.js", lambda route: held.append(route))
    page.goto(f"{origin}/chat", wait_until="commit")
    expect(page.locator(".skeleton")).to_be_visible(timeout=20_000)
    field(page).fill("how much do")
    field(page).focus()
    shot(page, "phone-skeleton")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    ready(page)
    assert page.locator(".skeleton").count() == 0
    expect(field(page)).to_have_value("how much do")
    expect(field(page)).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" they earn")
    page.keyboard.press("Enter")
    answers(page).first.wait_for(timeout=30_000)
    expect(answers(page).first).to_contain_text("$130,000")


def test_what_is_typed_before_the_session_is_sent_with_it(opened: Opened, origin: str) -> None:
    """While the session is being made and nothing is loaded yet, words are taken and then sent."""
    page = opened("about:blank")
    held: list[Route] = []
    page.route("**/webhooks/web/session", lambda route: held.append(route))
    page.route("**/webhooks/web/about*", lambda route: held.append(route))
    page.goto(f"{origin}/chat")
    field(page).fill("how much do they earn")
    field(page).press("Enter")
    expect(page.locator(".from-student")).to_contain_text("how much do they earn")
    expect(field(page)).to_have_value("")
    field(page).fill("and then?")
    while len(held) < 2:
        page.wait_for_timeout(50)
    for route in held:
        route.continue_()
    answers(page).first.wait_for()
    expect(answers(page)).to_have_count(1)
    expect(answers(page).first).to_contain_text("$130,000")
    expect(page.locator(".from-student")).to_have_count(1)
    expect(field(page)).to_have_value("and then?")
