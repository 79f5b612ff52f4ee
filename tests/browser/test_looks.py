"""How the chat page looks and reads: rules of accessibility, sizes, colours, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from guides.interests import activities
from tests.browser.axe import overflow, small_targets, violations
from tests.browser.conftest import PHONE, Opened
from tests.browser.talking import answered, answers, field, ready, say, tap

WIDTHS = (320, 768, 1280)
QUESTIONS = {
    "timeline": "what do they do at 10 am",
    "bars": "skills?",
    "routes": "what are the education routes",
    "steps": "steps to get there",
    "checklist": "make me a plan, im a sophomore with 4 hours a week",
    "pros_cons": "pros and cons",
    "myths": "what are common myths",
    "sources": "what are your sources",
    "facts": "how much do they earn",
    "list": "who hires them",
    "help": "i want to die",
}
"""A question for every card."""

COMPARED = "compare the bootcamp and the degree"
WEB = Path(__file__).parent.parent.parent / "web" / "src"

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
    assert total <= 120_000
    return [f"{total}", f"{usable}"]


def luminance(colour: str) -> float:
    """The relative luminance of `rgb(r, g, b)`, as WCAG has it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["blue", "green", "teal", "purple", "red", "slate"])
def test_send_can_be_seen(opened: Opened, origin: str, colour: str, scheme: str) -> None:
    """The arrow of Send against its ground: at rest, with words, pointed at, with focus."""
    page = opened(f"{origin}/chat?colour={colour}", color_scheme=scheme)
    ready(page)
    send = page.get_by_role("button", name="Send")
    colours = "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    found = {"at rest": send.evaluate(colours)}
    field(page).fill("skills?")
    found["ready"] = send.evaluate(colours)
    send.hover()
    found["pointed at"] = send.evaluate(colours)
    send.focus()
    found["focused"] = send.evaluate(colours)
    weak = {state: pair for state, pair in found.items() if contrast(*pair) < 4.5}
    assert weak == {} and found["at rest"] != found["ready"]


@pytest.mark.parametrize("width", [360, 1280])
def test_compared_routes_stand_side_by_side(
    opened: Opened, origin: str, shot: Shot, width: int
) -> None:
    """Only those that were named, with the same top edge, also on a phone."""
    page = opened(f"{origin}/chat", viewport={"width": width, "height": 740})
    ready(page)
    routes = say(page, COMPARED).locator(".routes > li")
    tops = routes.evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().top)")
    assert len(tops) == 2 and len(set(tops)) == 1
    assert overflow(page) == 0
    shot(page, f"compared-{width}")


def test_the_result_of_the_interest_check(opened: Opened, origin: str, shot: Shot) -> None:
    """Bars for the six areas, careers by preparation, each said once, and a title leads on."""
    page = opened(f"{origin}/chat", viewport=PHONE)
    ready(page)
    tap(page, "Find what fits me")
    for place in range(len(activities())):
        reply = tap(page, {0: "Yes", 1: "Kind of"}.get(place % 6, "No"))
        page.wait_for_timeout(250)  # a script that asks faster is refused
    bars = answers(page).nth(-2)
    expect(bars.locator(".card-bars li")).to_have_count(6)
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme)
        for name, shown in (("areas", bars), ("interests", reply)):
            shown.scroll_into_view_if_needed()
            page.wait_for_timeout(300)
            shot(page, f"{name}-{scheme}-{width}")
        assert violations(page) == [] and small_targets(page) == [] and overflow(page) == 0
    title = reply.locator(".card-list .card-ask").first
    name = title.inner_text()
    assert " ".join(reply.locator(".bubble").inner_text().split()).count(f"{name} Mostly") == 1
    before = answers(page).count()
    title.click()
    expect(answered(page, before).locator(".replies button")).not_to_have_count(0)
    expect(page.locator("header")).to_contain_text(name)


def test_answers_come_before_caveats(opened: Opened, origin: str) -> None:
    """What limits a card stands below it, and stands once."""
    page = opened(f"{origin}/chat")
    ready(page)
    steps = say(page, "steps to get there").locator(".bubble")
    assert steps.locator(":scope > *").first.locator(".card-steps").count() == 1
    expect(steps.locator(".said")).to_have_count(1)
    pay = say(page, "how much do they earn").locator(".bubble")
    text = " ".join(pay.inner_text().split())
    caveat = " ".join(pay.locator(".caveat").inner_text().split())
    assert caveat and text.count(caveat) == 1
    assert text.index("$130,000") < text.index(caveat)
    for sentence in caveat.split(". "):
        assert text.count(sentence.strip(".")) == 1, sentence


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_is_dark_on_white(opened: Opened, origin: str, shot: Shot, scheme: str) -> None:
    """Whatever the screen looks like, paper is white and every word on it can be read."""
    page = opened(f"{origin}/chat", color_scheme=scheme)
    ready(page)
    for words in ("how much do they earn", "pros and cons", "i want to die"):
        say(page, words)
    page.emulate_media(media="print", color_scheme=scheme)
    shot(page, f"print-{scheme}", full_page=True)
    colours = page.evaluate(
        """() => [...document.querySelectorAll("#root *")].filter(node => node.checkVisibility()
            && [...node.childNodes].some(child => child.nodeType === 3 && child.nodeValue.trim()))
          .map(node => [node.outerHTML.slice(0, 100), getComputedStyle(node).color])"""
    )
    assert len(colours) > 20
    assert [node for node, colour in colours if contrast(colour, "rgb(255, 255, 255)") < 4.5] == []
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


STYLES = [
    "accent-color",
    "align-items",
    "appearance",
    "background-color",
    "border",
    "border-radius",
    "bottom",
    "box-shadow",
    "clip-path",
    "color",
    "content",
    "cursor",
    "display",
    "filter",
    "flex",
    "float",
    "font",
    "gap",
    "grid-template-columns",
    "height",
    "inset",
    "justify-content",
    "left",
    "line-height",
    "list-style",
    "margin",
    "max-height",
    "max-width",
    "min-height",
    "opacity",
    "outline",
    "outline-offset",
    "overflow",
    "overflow-wrap",
    "padding",
    "position",
    "text-align",
    "text-decoration",
    "transform",
    "unicode-bidi",
    "visibility",
    "white-space",
    "width",
    "z-index",
]
"""What the styles of the page set, and what follows from it."""

DRAWN = """
  names => {
    const more = {"TEXTAREA": ["::placeholder"], "DIALOG": ["::backdrop"]};
    const nodes = [document.documentElement, ...document.querySelectorAll("body, body *:not(svg *)")];
    return nodes.flatMap((node, place) =>
      [null, "::before", "::after", ...(more[node.tagName] ?? [])].map(part => {
        const style = getComputedStyle(node, part);
        const listed = names.map(name => style.getPropertyValue(name)).join(";");
        let sum = 5381;
        for (const letter of listed) sum = (sum * 33 + letter.charCodeAt(0)) >>> 0;
        return [`${place} ${node.tagName} ${node.className} ${part ?? ""}`, sum];
      }));
  }
"""
"""Each part of the page with a sum of its styles, in the state in which it is now."""

KINDS = ["answer", "clarify", "fallback", "quiz", "plan", "crisis", "trouble", "boundary", "error"]


def every_kind(route: Route) -> None:
    """A reply of each kind, one with a long list of buttons."""
    buttons = [{"title": "More", "payload": "/ask_day"}]
    card = {
        "type": "checklist",
        "title": "T",
        "facts": [{"label": "L", "value": "V"}],
        "groups": [{"label": "G", "items": ["one", "two"]}],
    }
    custom: dict[str, Any] = {"topic": "day", "guide": "mlops-engineer", "sources": []}
    replies = [
        {"text": "Words.\n- listed", "buttons": buttons, "custom": {**custom, "kind": kind}}
        for kind in KINDS
    ]
    replies[0]["custom"]["card"] = card
    route.fulfill(json=replies)


@pytest.mark.parametrize(
    "size", [PHONE, {"width": 1280, "height": 800}, {"width": 320, "height": 300}]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_style_is_lost_on_the_way(
    opened: Opened, origin: str, scheme: str, size: dict[str, int]
) -> None:
    """In every state each part is drawn as the sources say, and not as a build made of them."""
    sources = "\n".join((WEB / name).read_text() for name in ("cards.css", "chat/chat.css"))
    pages = [
        opened("about:blank", viewport=size, color_scheme=scheme, reduced_motion="reduce")
        for _ in range(2)
    ]
    pages[1].route(
        "**/assets/chat-*.css",
        lambda route: route.fulfill(body=sources, content_type="text/css"),
    )
    served, meant = (states(page, f"{origin}/chat") for page in pages)
    assert len(served) == 10 and all(len(parts) > 100 for parts in served.values())
    lost = {
        state: sorted(parts.items() - meant[state].items())[:5] for state, parts in served.items()
    }
    assert {state: parts for state, parts in lost.items() if parts} == {}


def states(page: Page, address: str) -> dict[str, dict[str, int]]:
    """How a page is drawn in every state that its styles tell apart."""
    page.add_init_script("Date.prototype.toLocaleTimeString = () => '9:41 AM'")
    page.goto(address)
    ready(page)
    found: dict[str, dict[str, int]] = {}

    def note(state: str) -> None:
        """Wait until it stays as it is drawn: what moves or follows the mouse comes late."""
        drawn: dict[str, int] = {}
        for _ in range(40):
            page.wait_for_timeout(300)
            found[state], drawn = drawn, dict(page.evaluate(DRAWN, STYLES))
            if found[state] == drawn:
                return
        raise AssertionError(f"{state}: it never stays as it is drawn")

    note("welcome")
    page.route("**/webhooks/web/webhook", every_kind)
    field(page).fill("skills?")
    note("typed")
    send = page.get_by_role("button", name="Send")
    send.hover()
    note("send, pointed at")
    field(page).focus()
    page.keyboard.press("Tab")
    expect(send).to_be_focused()
    note("send, with focus")
    page.keyboard.press("Enter")
    expect(answers(page)).to_have_count(len(KINDS))
    note("every kind")
    answers(page).first.get_by_role("checkbox").first.check()
    answers(page).first.get_by_role("button", name="This answer helped").click()
    answers(page).first.get_by_role("button", name="More").hover()
    note("ticked and voted")
    page.mouse.move(0, 0)
    page.emulate_media(media="print")
    note("printed")
    page.emulate_media(media="screen", forced_colors="active")
    note("forced colours")
    page.emulate_media(forced_colors="none")
    page.get_by_role("button", name="Topics and options").click()
    note("menu")
    page.get_by_role("dialog").get_by_role("button", name="Get help now").click()
    note("help")
    return found
