"""The line on another site, and what it makes there."""

from __future__ import annotations

from playwright.sync_api import Frame, Locator, Page

from tests.browser.talking import ready


def line(origin: str, choices: str = "") -> str:
    """What a counselor pastes."""
    return f'<h1>A school</h1><p><a href="#x">A link</a></p><script src="{origin}/embed.js" {choices} async></script>'


def launcher(page: Page, label: str = "Career guide") -> Locator:
    """The button in the corner."""
    return page.get_by_role("button", name=label)


def link(page: Page) -> Locator:
    """What stands for the button where no frame may be."""
    return page.get_by_role("link", name="Open the career guide (new tab)")


def inside(page: Page) -> Frame:
    """The frame, once its page has loaded what it shows first."""
    page.frame_locator("#guidepost-launcher iframe").get_by_role("textbox").wait_for()
    frame = next(frame for frame in page.frames if "/chat" in frame.url)
    ready(frame)
    return frame
