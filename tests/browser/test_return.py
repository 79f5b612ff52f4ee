"""A chat goes on at another device by a code: two browsers with profiles of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from guides.school import SCHOOL
from tests.browser.axe import overflow, small_targets, violations
from tests.browser.conftest import DESKTOP, PHONE, Opened
from tests.browser.hosts import Host
from tests.browser.launching import launcher, line
from tests.browser.talking import Chat, answers, field, ready, say
from tests.served import launched

Shot = Callable[..., None]
CODE = re.compile(r"[a-z]{4,8} [a-z]{4,8} [a-z]{4,8} [1-9]\d\d")
REFUSED = ("404 (Not Found)", "400 (Bad Request)", "429 (Too Many Requests)")
ASKED = "how much do they make"


def menu(chat: Chat, name: str) -> None:
    """Open the menu, and what is called so in it."""
    chat.get_by_role("button", name="Topics and options").click()
    chat.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def code_of(chat: Chat) -> str:
    """Ask for a code, and read it."""
    menu(chat, "Go on at another device")
    chat.get_by_role("button", name="Show me a code").click()
    shown = chat.get_by_label("Your code", exact=True)
    expect(shown).to_be_focused()
    code = shown.inner_text()
    assert CODE.fullmatch(code)
    return code


def enter(chat: Chat, code: str) -> None:
    """Type a code into the open dialog, and send it."""
    chat.get_by_label("Your code: three words and a number").fill(code)
    chat.get_by_role("button", name="Go on", exact=True).click()


def trouble(chat: Chat) -> Locator:
    """What the dialog says is wrong."""
    return chat.get_by_role("dialog").get_by_role("alert")


def test_a_chat_goes_on_and_is_deleted_there(opened: Opened, origin: str, shot: Shot) -> None:
    """From a desktop to a phone: all is there, both go on, and deleting there deletes it here."""
    first = opened(f"{origin}/chat?guide=electrician")
    ready(first)
    before = say(first, ASKED).inner_text()
    code = code_of(first)
    assert violations(first) == [] and small_targets(first) == []
    shot(first, "code-desktop")
    second = opened(f"{origin}/chat", viewport=PHONE, color_scheme="dark")
    ready(second)
    shot(second, "welcome-with-code-phone")
    second.get_by_role("button", name="I have a code").click()
    expect(second.get_by_label("Your code: three words and a number")).to_be_focused()
    assert violations(second) == [] and overflow(second) == 0
    shot(second, "have-code-phone")
    enter(second, code.upper().replace(" ", " - "))
    expect(second.get_by_role("dialog")).to_have_count(0)
    expect(second.locator(".from-student")).to_have_text([ASKED])
    assert "$63,190" in answers(second).last.inner_text() and "$63,190" in before
    expect(second.locator("header .title")).to_contain_text("Electrician")
    expect(second.locator(".announcement")).to_have_text("Here is your chat. You can go on.")
    say(second, "and the lowest?")
    first.reload()
    expect(first.locator(".from-student")).to_have_count(2)
    menu(second, "Delete my chat")
    second.get_by_role("button", name="Delete it").click()
    expect(answers(second)).to_have_count(0)
    first.reload()
    ready(first)
    first.wait_for_timeout(700)
    assert answers(first).count() == 0


def test_a_code_works_once(opened: Opened, origin: str, shot: Shot) -> None:
    """Who finds it later hears so, in words; the next one that is made takes the place of it."""
    first = opened(f"{origin}/chat")
    ready(first)
    say(first, ASKED)
    code = code_of(first)
    for works in (True, False):
        other = opened(f"{origin}/chat", REFUSED, viewport=PHONE)
        ready(other)
        other.get_by_role("button", name="I have a code").click()
        enter(other, code)
        if works:
            expect(answers(other)).to_have_count(1)
            continue
        expect(trouble(other)).to_contain_text("does not lead to a chat here")
        assert violations(other) == []
        shot(other, "code-refused-phone")
        expect(other.get_by_label("Your code: three")).to_have_attribute("aria-invalid", "true")
    assert code_again(first) != code


def code_again(chat: Page) -> str:
    """Make another code in the dialog that shows one."""
    shown = chat.get_by_label("Your code", exact=True)
    before = shown.inner_text()
    chat.get_by_role("button", name="Make another code").click()
    expect(shown).not_to_have_text(before)
    return shown.inner_text()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hello", "A code is three words and a number"),
        ("", "A code is three words and a number"),
        ("lizzard copper garden 482", "One of these words is not in any code"),
        ("lizard copper garden 482", "does not lead to a chat here"),
    ],
)
def test_a_slip_is_said(opened: Opened, origin: str, typed: str, said: str) -> None:
    """And the dialog stays open, with what was typed."""
    page = opened(f"{origin}/chat", REFUSED)
    ready(page)
    page.get_by_role("button", name="I have a code").click()
    enter(page, typed)
    expect(trouble(page)).to_contain_text(said)
    expect(page.get_by_label("Your code: three words and a number")).to_have_value(typed)


def test_it_is_done_by_keyboard(opened: Opened, origin: str) -> None:
    """From the menu to the code and out again; Enter sends a code, Escape leaves."""
    page = opened(f"{origin}/chat", viewport={"width": 320, "height": 568})
    ready(page)
    say(page, ASKED)
    page.get_by_role("button", name="Topics and options").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Go on at another device").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show me a code")).to_be_focused()
    page.keyboard.press("Enter")
    code = page.get_by_label("Your code", exact=True).inner_text()
    assert overflow(page) == 0 and violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    other = opened(f"{origin}/chat", viewport={"width": 320, "height": 568})
    ready(other)
    other.get_by_role("button", name="I have a code").focus()
    other.keyboard.press("Enter")
    other.keyboard.type(code)
    assert overflow(other) == 0
    other.keyboard.press("Enter")
    expect(answers(other)).to_have_count(1)


def test_a_chat_that_is_left_can_be_deleted(opened: Opened, origin: str) -> None:
    """Who goes on with another one leaves the present one; deleting deletes both."""
    first = opened(f"{origin}/chat")
    ready(first)
    say(first, ASKED)
    code = code_of(first)
    page = opened(f"{origin}/chat")
    ready(page)
    say(page, "which tools do they use")
    left = kept(page)["sender"]
    menu(page, "I have a code")
    expect(page.get_by_role("dialog")).to_contain_text("The chat that is open here is left.")
    enter(page, code)
    expect(page.locator(".from-student")).to_have_text([ASKED])
    assert kept(page)["left"] == [left]
    menu(page, "Delete my chat")
    page.get_by_role("button", name="Delete it").click()
    expect(answers(page)).to_have_count(0)
    assert kept(page)["left"] == []
    told = page.request.post(f"{origin}/webhooks/web/history", data={"sender": left})
    assert told.ok and told.json() == []


def kept(page: Page) -> dict[str, object]:
    """What the tab keeps."""
    return dict(page.evaluate("JSON.parse(sessionStorage.getItem('guidepost'))"))


def test_before_a_word_there_is_no_code(opened: Opened, origin: str) -> None:
    """It says so; the entry for a code leaves the start once something was said."""
    page = opened(f"{origin}/chat")
    ready(page)
    menu(page, "Go on at another device")
    expect(page.get_by_role("dialog")).to_contain_text("There is nothing to go on with yet")
    expect(page.get_by_role("button", name="Show me a code")).to_have_count(0)
    page.keyboard.press("Escape")
    say(page, ASKED)
    expect(page.get_by_role("button", name="I have a code")).to_have_count(0)


def test_a_school_that_keeps_nothing_says_so(browser: Browser, tmp_path: Path) -> None:
    """Nobody is offered what there is not."""
    school = tmp_path / "school.yml"
    school.write_text(re.sub(r"(?m)^keep_days:.*$", "keep_days: 0", SCHOOL.read_text()))
    server = launched(tmp_path / "log.txt", GUIDEPOST_SCHOOL=str(school))
    try:
        page = browser.new_page(viewport=DESKTOP)
        page.goto(f"http://127.0.0.1:{server.port}/chat")
        ready(page)
        expect(page.get_by_role("button", name="I have a code")).to_have_count(0)
        say(page, ASKED)
        menu(page, "Go on at another device")
        expect(page.get_by_role("dialog")).to_contain_text("There is no code for this chat.")
        expect(page.get_by_role("button", name="Show me a code")).to_have_count(0)
        page.close()
    finally:
        server.stop()


def test_a_code_of_one_school_is_none_at_another(opened: Opened, origin: str) -> None:
    """The code's address names the school; on another school's page it leads nowhere, and stays."""
    first = opened(f"{origin}/chat?school=lincoln")
    ready(first)
    say(first, ASKED)
    code = code_of(first)
    address = first.locator(".address").inner_text()
    assert address == f"{origin}/chat?school=lincoln"
    usual = opened(f"{origin}/chat", REFUSED)
    ready(usual)
    usual.get_by_role("button", name="I have a code").click()
    enter(usual, code)
    expect(trouble(usual)).to_contain_text("Check that you opened the address")
    own = opened(address)
    ready(own)
    own.get_by_role("button", name="I have a code").click()
    enter(own, code)
    expect(answers(own)).to_have_count(1)


def test_it_works_in_the_launcher(opened: Opened, origin: str, host: Host) -> None:
    """In a frame on a school's page, to a page of the server's own."""
    page = opened(host.page("/code", line(origin, 'data-guide="electrician"')), viewport=PHONE)
    launcher(page).click()
    frame = page.frame_locator("#guidepost-launcher iframe")
    ready(frame)
    say(frame, ASKED)
    code = code_of(frame)
    frame.get_by_role("button", name="Copy the code").click()
    expect(frame.get_by_role("status").filter(has_text="Cop")).to_be_visible()
    other = opened(f"{origin}/chat")
    ready(other)
    other.get_by_role("button", name="I have a code").click()
    enter(other, code)
    expect(answers(other)).to_have_count(1)
    expect(field(other)).to_be_visible()
