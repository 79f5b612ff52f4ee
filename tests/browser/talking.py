"""What a student does on the chat page."""

from __future__ import annotations

from playwright.sync_api import Frame, FrameLocator, Locator, Page

Chat = Page | Frame | FrameLocator
ANSWER = ".from-guide"


def field(chat: Chat) -> Locator:
    """The box to type in."""
    return chat.get_by_role("textbox", name="Ask about this career")


def answers(chat: Chat) -> Locator:
    """The replies so far, the one being written left out."""
    return chat.locator(f"{ANSWER}:has(.actions)")


def ready(chat: Chat) -> None:
    """Wait until the page has loaded what it shows first."""
    chat.get_by_role("heading", name="Before you start").wait_for()


def say(chat: Chat, words: str) -> Locator:
    """Type a message and send it with Enter; the reply."""
    before = answers(chat).count()
    field(chat).fill(words)
    field(chat).press("Enter")
    return answered(chat, before)


def tap(chat: Chat, name: str) -> Locator:
    """Tap the newest button of that name; the reply."""
    before = answers(chat).count()
    chat.get_by_role("button", name=name, exact=True).last.click()
    return answered(chat, before)


def answered(chat: Chat, before: int) -> Locator:
    """The newest reply, once there are more than before and nothing is being written."""
    answers(chat).nth(before).wait_for()
    chat.get_by_label("Guidepost is writing", exact=True).wait_for(state="detached")
    return answers(chat).last
