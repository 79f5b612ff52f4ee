"""What other sites do to the line: how they load it, replace their pages, and shut it in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Opened
from tests.browser.hosts import Host
from tests.browser.launching import inside, launcher, line, link
from tests.browser.talking import field

Shot = Callable[..., None]

CHOICES = 'data-guide="mlops-engineer" data-topic="day" data-label="Jobs" data-position="left"'
BY_SCRIPT = """<script>
const made = document.createElement("script");
made.src = "{origin}/embed.js";
Object.assign(made.dataset, {{guide: "mlops-engineer", topic: "day", label: "Jobs", position: "left"}});
{put}
</script>"""
WORDS = "guide=mlops-engineer&topic=day&label=Jobs&position=left"
WAYS = {
    "a script puts it in the head": BY_SCRIPT.replace("{put}", "document.head.append(made);"),
    "a script removes it at once": BY_SCRIPT.replace(
        "{put}", "document.body.append(made); made.remove();"
    ),
    "a module": f'<script type="module" src="{{origin}}/embed.js" {CHOICES}></script>',
    "crossorigin": f'<script crossorigin src="{{origin}}/embed.js" {CHOICES} async></script>',
    "defer": f'<script defer src="{{origin}}/embed.js" {CHOICES}></script>',
    "no attributes": f'<script src="{{origin}}/embed.js?{WORDS}" async></script>',
    "imported": f'<script type="module">import("{{origin}}/embed.js?{WORDS}")</script>',
    "a copy without attributes runs": f'<script type="text/later" src="{{origin}}/embed.js" {CHOICES}></script>'
    + BY_SCRIPT.replace("Object.assign", "void ").replace("{put}", "document.head.append(made);"),
    "empty elements are hidden": "<style>div:empty, :empty {{ display: none }}</style>{line}",
    "all is pushed away": "<style>body > div, html > div {{ display: none !important; opacity: 0;"
    " visibility: hidden; transform: translateX(-900px); position: absolute }} </style>{line}",
    "twice": "{line}{line}",
    "twice, and once as a module": f'{{line}}<script type="module" src="{{origin}}/embed.js" {CHOICES}></script>',
}


@pytest.mark.parametrize("where", ["head", "body"])
@pytest.mark.parametrize("way", WAYS)
def test_the_line_keeps_its_choices(
    opened: Opened, origin: str, host: Host, way: str, where: str
) -> None:
    """However a site loads the line, one launcher is seen, with the words and corner chosen."""
    body = WAYS[way].format(origin=origin, line=line(origin, CHOICES))
    if where == "head" and "document.body" in body:
        pytest.skip("there is no body yet")
    page = opened(host.page("/ways", **{"body": "<p>A page</p>", where: body}))
    button = launcher(page, "Jobs")
    expect(button).to_be_visible()
    page.wait_for_timeout(300)
    assert page.locator("#guidepost-launcher").count() == 1
    assert button.bounding_box()["x"] < 100
    assert (
        button.evaluate(
            "node => { const {x, y} = node.getBoundingClientRect();"
            " return document.elementFromPoint(x + 20, y + 20).id }"
        )
        == "guidepost-launcher"
    )
    button.click()
    assert "guide=mlops-engineer&topic=day" in inside(page).url


TURN = """html => {
  const body = document.createElement("body");
  body.innerHTML = html ?? window.before.innerHTML;
  for (const old of body.querySelectorAll("script")) {
    const made = document.createElement("script");
    for (const { name, value } of old.attributes) made.setAttribute(name, value);
    old.replaceWith(made);
  }
  window.before = document.body.cloneNode(true);
  document.documentElement.replaceChild(body, document.body);
}"""
"""Turn to another page as Turbo does: a new body whose scripts run; without one, the last again."""


def test_a_line_in_the_head_outlives_the_body(opened: Opened, origin: str, host: Host) -> None:
    """Where a site replaces its body, the launcher is still there, once, and works."""
    head = f'<script src="{origin}/embed.js" data-topic="day" defer></script>'
    page = opened(host.page("/turbo-head", "<p>A page</p>", head=head))
    launcher(page).wait_for()
    for number in range(3):
        page.evaluate(TURN, f"<p>{number}</p>")
    expect(launcher(page)).to_have_count(1)
    launcher(page).click()
    assert "topic=day" in inside(page).url


def test_a_line_in_the_body_follows_the_body(opened: Opened, origin: str, host: Host) -> None:
    """The next page's line has its own choices; a page without one has none; back, it is back."""
    page = opened(host.page("/turbo-body", line(origin, 'data-label="One"')))
    launcher(page, "One").click()
    inside(page)
    page.evaluate(TURN, line(origin, 'data-label="Two" data-topic="day"'))
    expect(launcher(page, "Two")).to_be_visible()
    expect(launcher(page, "One")).to_have_count(0)
    launcher(page, "Two").click()
    assert "topic=day" in inside(page).url
    page.evaluate(TURN, "<p>Nothing</p>")
    expect(page.locator("#guidepost-launcher")).to_have_count(0)
    page.evaluate(TURN, None)
    expect(launcher(page, "Two")).to_be_visible()
    assert page.locator("#guidepost-launcher").count() == 1
    page.keyboard.press("Escape")
    launcher(page, "Two").click()
    inside(page)


SHUT_IN = ("sandbox", "Blocked script", "CORS", "ERR_FAILED")
"""What browsers say of a sandbox."""


@pytest.mark.parametrize(
    "rights", ["", "allow-scripts", "allow-scripts allow-popups", "allow-same-origin"]
)
def test_a_sandboxed_frame_shows_a_link(
    opened: Opened, origin: str, host: Host, shot: Shot, rights: str
) -> None:
    """Where a portal's frame may not run or not ask, the chat's own page offers a way out."""
    body = f'<iframe src="{origin}/chat?topic=day" title="Guide" sandbox="{rights}" width="420" height="640"></iframe>'
    page = opened(host.page("/sandbox", body), allowed=SHUT_IN)
    way_out = page.frame_locator("iframe").get_by_role(
        "link", name="Open the career guide (new tab)"
    )
    expect(way_out).to_be_in_viewport(ratio=1)
    assert way_out.evaluate("node => node.href") == f"{origin}/chat?topic=day"
    shot(page, f"embed-sandbox-{rights.replace(' ', '-') or 'all'}")


def test_a_sandboxed_site_shows_a_link(opened: Opened, origin: str, host: Host) -> None:
    """A page that is itself without an origin is on nobody's list: no button that leads nowhere."""
    address = host.page(
        "/shut", line(origin, 'data-topic="day"'), "sandbox allow-scripts allow-popups"
    )
    page = opened(address, allowed=SHUT_IN)
    expect(link(page)).to_have_attribute("href", f"{origin}/chat?topic=day")
    expect(launcher(page)).to_have_count(0)


SEEN = """() => {
  window.seen = 0;
  const look = () => {
    const frame = document.getElementById("guidepost-launcher").shadowRoot.querySelector("iframe");
    if (frame?.checkVisibility({ visibilityProperty: true })) window.seen++;
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.mark.parametrize("policy", ["", "default-src 'none'; script-src 'unsafe-inline' {origin}"])
def test_no_broken_page_is_ever_seen(
    opened: Opened, origin: str, stranger: Host, policy: str
) -> None:
    """On a site that is not listed, or that allows no frame, no frame is shown before the link."""
    page = opened(
        stranger.page("/refused", line(origin), policy.format(origin=origin)),
        allowed=("frame-", "Framing", "chrome-error"),
    )
    launcher(page).wait_for()
    page.evaluate(SEEN)
    launcher(page).click()
    expect(link(page)).to_be_focused(timeout=5000)
    assert page.evaluate("window.seen") == 0


SHORT = {
    "chromebook": {"viewport": {"width": 1366, "height": 609}},
    "zoomed": {"viewport": {"width": 683, "height": 304}},
    "smallest": {"viewport": {"width": 320, "height": 300}},
    "phone on its side": {"viewport": {"width": 740, "height": 360}, "has_touch": True},
}


def in_sight(page: Page, shown: Locator) -> bool:
    """Whether all of an element is within the window."""
    box, size = shown.bounding_box(), page.viewport_size
    assert box and size
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= size["width"]
        and box["y"] + box["height"] <= size["height"]
    )


@pytest.mark.parametrize("name", SHORT)
def test_a_short_window_holds_the_panel(
    opened: Opened, origin: str, host: Host, shot: Shot, name: str
) -> None:
    """The panel fits, its own button closes it by keyboard, so does Esc, and focus comes back."""
    page = opened(host.page("/short", f"<main>{line(origin)}</main>"), **SHORT[name])
    launcher(page).focus()
    for way in ("button", "Escape"):
        page.keyboard.press("Enter")
        frame = inside(page)
        expect(field(frame)).to_be_focused()
        close = frame.get_by_role("button", name="Close the chat")
        panel = page.locator("#guidepost-launcher #panel")
        assert in_sight(page, panel) and in_sight(page, close)
        assert panel.bounding_box()["height"] >= min(0.8 * page.viewport_size["height"], 500)
        if way == "button":
            shot(page, f"embed-short-{name.replace(' ', '-')}")
            for _ in range(20):
                if close.evaluate("node => node === document.activeElement"):
                    break
                page.keyboard.press("Shift+Tab")
            expect(close).to_be_focused()
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(launcher(page)).to_be_focused()
        assert in_sight(page, launcher(page))


def test_a_panel_that_still_opens_can_be_closed(opened: Opened, origin: str, host: Host) -> None:
    """While nothing has come yet, the launcher is there to close what covers the window."""
    page = opened("about:blank", viewport={"width": 320, "height": 300})
    held: list[Route] = []
    page.route("**/chat?*", lambda route: held.append(route))
    page.goto(host.page("/slow", line(origin)))
    launcher(page).click()
    page.get_by_role("status").wait_for()
    launcher(page).click()
    expect(page.locator("#guidepost-launcher #panel")).to_be_hidden()
    for route in held:
        route.continue_()
