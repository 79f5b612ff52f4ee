"""The launcher on other sites, and the counselors' page that gives its line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from channels.pages import PAGE
from tests.browser.axe import overflow, small_targets, violations
from tests.browser.conftest import CHROMIUM, PHONE, SWITCHES, Opened, Watch
from tests.browser.hosts import Host
from tests.browser.launching import inside, launcher, line
from tests.browser.talking import answers, field, ready, say
from tests.served import Server

Shot = Callable[..., None]
LARGEST_LOADER = 2600
"""Bytes, gzip."""


@pytest.fixture
def site(opened: Opened, origin: str, host: Host) -> Page:
    """A page of another site with the line on it."""
    return opened(host.page("/", line(origin, 'data-guide="mlops-engineer" data-colour="teal"')))


def test_a_counselor_pastes_one_line_and_a_student_chats(
    opened: Opened, origin: str, host: Host, shot: Shot
) -> None:
    """/embed gives a line; pasted into another site it opens the chosen topic, by mouse."""
    page = opened(f"{origin}/embed", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("First topic").select_option("day")
    page.get_by_label("Purple").check()
    page.get_by_label("Left").check()
    page.get_by_role("button", name="Copy").first.click()
    expect(page.locator(".status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("<script src=") and copied.endswith("async></script>")
    site = opened(host.page("/pasted", copied))
    launcher(site).click()
    frame = inside(site)
    expect(answers(frame).locator(".card-timeline")).to_be_visible()
    assert "topic=day" in frame.url and "colour=purple" in frame.url
    assert launcher(site).bounding_box()["x"] < 100
    shot(site, "embed-desktop")


def test_the_preview_and_the_lines_follow_the_choices(opened: Opened, origin: str) -> None:
    """Each choice changes the snippet, the link, the frame and the preview."""
    page = opened(f"{origin}/embed")
    preview = page.frame_locator("iframe")
    preview.get_by_role("button", name="Career guide").wait_for()
    page.get_by_label("First topic").select_option("salary")
    page.get_by_label("Red").check()
    for words in (
        'data-topic="salary"',
        'data-colour="red"',
        "topic=salary&colour=red",
        "<iframe src=",
    ):
        expect(page.locator(".ways")).to_contain_text(words)
    preview.get_by_role("button", name="Career guide").click()
    inner = preview.frame_locator("#guidepost-launcher iframe")
    expect(inner.locator(".card-facts")).to_be_visible()


def test_by_keyboard_alone(site: Page) -> None:
    """Tab reaches it, Enter opens, focus goes in, Esc closes and focus comes back; again."""
    launcher(site).wait_for()
    for opening in range(2):
        while not launcher(site).evaluate("node => node.getRootNode().activeElement === node"):
            site.keyboard.press("Tab")
        site.keyboard.press("Enter")
        frame = inside(site)
        expect(field(frame)).to_be_focused()
        site.keyboard.type("how much do they earn")
        site.keyboard.press("Enter")
        expect(answers(frame)).to_have_count(opening + 1)
        site.keyboard.press("Escape")
        expect(site.locator("#guidepost-launcher iframe")).to_be_hidden()
        expect(launcher(site)).to_be_focused()
        expect(launcher(site)).to_have_attribute("aria-expanded", "false")


def test_tab_goes_from_the_launcher_into_the_frame(site: Page) -> None:
    """The frame follows its button."""
    launcher(site).click()
    frame = inside(site)
    launcher(site).focus()
    site.keyboard.press("Tab")
    assert frame.evaluate("document.hasFocus()")


def test_on_a_phone_it_fills_the_screen_and_can_be_closed(
    opened: Opened, origin: str, host: Host, shot: Shot
) -> None:
    """By touch: the panel covers the page, and its own button closes it."""
    page = opened(host.page("/phone", line(origin)), viewport=PHONE, has_touch=True, is_mobile=True)
    launcher(page).tap()
    frame = inside(page)
    say(frame, "skills?")
    page.wait_for_timeout(500)
    shot(page, "embed-phone")
    box = page.locator("#guidepost-launcher iframe").bounding_box()
    assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
    frame.get_by_role("button", name="Close the chat").tap()
    expect(page.locator("#guidepost-launcher iframe")).to_be_hidden()
    expect(launcher(page)).to_be_visible()


def test_the_frame_is_made_on_first_opening_only(site: Page) -> None:
    """Until then nothing but the loader was asked of the server."""
    launcher(site).wait_for()
    assert len(site.frames) == 1 and site.locator("#guidepost-launcher iframe").count() == 0
    launcher(site).click()
    inside(site)
    launcher(site).click()
    launcher(site).click()
    assert len(site.frames) == 2


def test_the_site_keeps_the_session(site: Page) -> None:
    """After a reload of the host page the talk is there; no address ever held the token."""
    addresses: list[str] = []
    site.on("request", lambda request: addresses.append(request.url))
    launcher(site).click()
    say(inside(site), "how much do they earn")
    kept = site.evaluate("Object.values(sessionStorage)[0]")
    sender = json.loads(kept)["sender"]
    site.reload()
    launcher(site).click()
    frame = inside(site)
    expect(answers(frame)).to_have_count(1)
    assert not any(sender in address for address in addresses)


def test_nothing_is_left_on_the_host_page(site: Page) -> None:
    """No global name, no style; one launcher however often the line is there."""
    launcher(site).wait_for()
    assert site.evaluate("'guidepost' in window") is False
    assert site.evaluate("document.querySelectorAll('style, link, [style]').length") == 0
    site.evaluate(
        "() => { const again = document.querySelector('script').cloneNode(); document.body.append(again); }"
    )
    site.wait_for_timeout(500)
    assert launcher(site).count() == 1


def test_it_works_in_the_head_too(opened: Opened, origin: str, host: Host) -> None:
    """Loaded before there is a body."""
    page = opened(host.page("/head", "<p>A page</p>", head=line(origin)))
    launcher(page).click()
    inside(page)


def test_a_strict_site_needs_two_sources(opened: Opened, origin: str, host: Host) -> None:
    """Under the strictest policy that names us twice there is no breach, and the chat works."""
    policy = (
        f"default-src 'none'; script-src {origin}; frame-src {origin}; style-src 'self';"
        " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    page = opened(host.page("/strict", line(origin), policy))
    launcher(page).click()
    assert "$130,000" in say(inside(page), "how much do they earn").inner_text()


def test_a_site_that_allows_no_frame_gets_a_link(
    opened: Opened, origin: str, host: Host, shot: Shot
) -> None:
    """Without frame-src the launcher becomes a link to the full page at once."""
    policy = f"default-src 'none'; script-src {origin}"
    page = opened(
        host.page("/frameless", line(origin, 'data-topic="day"'), policy),
        allowed=("frame", "Framing"),
    )
    launcher(page).click()
    link = page.get_by_role("link", name="Open the career guide (new tab)")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("href", f"{origin}/chat?topic=day")
    shot(page, "embed-link")


def test_a_site_that_is_not_listed_gets_a_link(opened: Opened, origin: str, stranger: Host) -> None:
    """Our own policy refuses the frame; the launcher becomes a link."""
    page = opened(
        stranger.page("/", line(origin)), allowed=("frame-ancestors", "Framing", "chrome-error")
    )
    launcher(page).click()
    expect(page.get_by_role("link", name="Open the career guide (new tab)")).to_be_focused(
        timeout=15000
    )


def test_messages_of_others_are_ignored(site: Page, origin: str) -> None:
    """The loader takes none but its frame's, the frame none but its host's."""
    launcher(site).click()
    frame = inside(site)
    say(frame, "how much do they earn")
    kept = site.evaluate("Object.values(sessionStorage)[0]")
    site.evaluate("postMessage({guidepost: 'keep', state: 'forged'}, '*')")
    site.evaluate("postMessage({guidepost: 'close'}, '*')")
    frame.evaluate("postMessage({guidepost: 'open', state: '{\"sender\": \"forged\"}'}, '*')")
    site.wait_for_timeout(300)
    assert site.evaluate("Object.values(sessionStorage)[0]") == kept
    expect(site.locator("#guidepost-launcher iframe")).to_be_visible()
    say(frame, "and the hours")
    assert site.evaluate("Object.values(sessionStorage)[0]") == kept


def test_with_third_party_storage_blocked(
    playwright: Playwright, origin: str, host: Host, tmp_path: Path
) -> None:
    """Where the frame's storage throws the chat works, and the site keeps the session."""
    preferences = tmp_path / "Default" / "Preferences"
    preferences.parent.mkdir()
    blocked = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}
    preferences.write_text(json.dumps(blocked))
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=str(CHROMIUM), args=SWITCHES
    )
    page = context.new_page()
    watch = Watch(page, (origin, host.origin))
    page.goto(host.page("/blocked", line(origin)))
    launcher(page).click()
    frame = inside(page)
    thrown = frame.evaluate(
        "() => { try { return String(sessionStorage) } catch (error) { return error.name } }"
    )
    assert thrown == "SecurityError"
    say(frame, "how much do they earn")
    page.reload()
    launcher(page).click()
    expect(answers(inside(page))).to_have_count(1)
    watch.check()
    context.close()


def test_a_plain_frame_works(opened: Opened, origin: str, host: Host) -> None:
    """The line for portals without scripts: the frame alone, with no button to close it."""
    page = opened(
        host.page(
            "/plain",
            f'<iframe src="{origin}/chat" title="Guidepost" width="420" height="640"></iframe>',
        )
    )
    page.frame_locator("iframe").get_by_role("textbox").wait_for()
    frame = page.frames[1]
    ready(frame)
    assert "$130,000" in say(frame, "how much do they earn").inner_text()
    assert frame.get_by_role("button", name="Close the chat").count() == 0


def test_the_loader_is_small() -> None:
    """What every page of a school pays."""
    assert len(gzip.compress((PAGE / "embed.js").read_bytes(), 9)) <= LARGEST_LOADER


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_embed_breaks_no_rule(
    opened: Opened, origin: str, host: Host, shot: Shot, width: int, scheme: str
) -> None:
    """Nothing for axe on a host page closed and open, in the frame, on /embed and its sample."""
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = opened(host.page("/rules", f"<main>{line(origin)}</main>"), **options)
    launcher(page).wait_for()
    assert violations(page) == []
    launcher(page).click()
    frame = inside(page)
    say(frame, "compare the routes")
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)
    assert violations(page) == [] and violations(frame) == []
    assert overflow(frame) == 0 and small_targets(frame) == []
    shot(page, f"embed-{scheme}-{width}")
    page = opened(f"{origin}/embed", **options)
    page.get_by_text("One line for your page").wait_for()
    page.wait_for_timeout(500)
    shot(page, f"counselors-{scheme}-{width}", full_page=True)
    assert violations(page) == [] and overflow(page) == 0 and small_targets(page) == []
    sample = opened(f"{origin}/embed/sample", **options)
    launcher(sample).wait_for()
    assert violations(sample) == [] and overflow(sample) == 0


def test_a_server_that_is_away_and_back(
    opened: Opened, origin: str, host: Host, assistant: Server
) -> None:
    """The page says that it cannot load, and its button tries again."""
    page = opened("about:blank", allowed=("ERR_",))
    page.route("**/webhooks/web/about*", lambda route: route.abort())
    page.goto(f"{origin}/chat")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/webhooks/web/about*")
    page.get_by_role("button", name="Try again").click()
    ready(page)
    expect(page.get_by_role("alert")).to_be_empty()
