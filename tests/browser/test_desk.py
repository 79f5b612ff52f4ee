"""The counselor's desk in a browser: by link, password and forms alone, without any script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import overflow, small_targets, violations
from tests.browser.conftest import Opened
from tests.desks import PASSWORD
from tests.provider import Provider, environment
from tests.provider import running as provider_running
from tests.served import Server, launched
from tests.slow.test_desk import counselor
from tests.slow.test_desk import place as place  # a fixture

PHONE = {"width": 390, "height": 844}
SIZES = [(320, "dark"), (390, "light"), (1280, "light"), (1280, "dark")]

Shot = Callable[..., None]


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """Where counselors may sign in too: for a browser another site than 127.0.0.1 is."""
    with provider_running("localhost") as found:
        yield found


@pytest.fixture(scope="module")
def desk(place: dict[str, str], provider: Provider) -> Iterator[Server]:
    """The assistant of that district."""
    log = Path(place["GUIDEPOST_SCHOOL"]).with_name("log.txt")
    running = launched(log, **place, **environment(provider))
    yield running
    running.stop()


@pytest.fixture
def origin(desk: Server) -> str:
    """The desk's origin."""
    return f"http://127.0.0.1:{desk.port}"


def invited(place: dict[str, str], name: str, *more: str) -> str:
    """The path of the link that an administrator hands over."""
    found = re.search(r"/desk/password\?link=\S+", counselor(place, name, *more))
    assert found
    return found[0]


def sign_in(page: Page, name: str = "jane.doe", password: str = PASSWORD) -> None:
    """Fill in the form to sign in, and send it."""
    page.get_by_label("School").select_option("Lincoln High")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def choose(page: Page, password: str, again: str) -> None:
    """Fill in the form for a new password, and send it."""
    page.get_by_label("New password").fill(password)
    page.get_by_label("The same again").fill(again)
    page.get_by_role("button", name="Save the password").click()


def look_at(page: Page, name: str, shot: Shot) -> None:
    """Check a page at every size, and keep its pictures."""
    for width, scheme in SIZES:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 844 if width < 500 else 800})
        assert violations(page) == [], name
        assert overflow(page) == 0 and small_targets(page) == [], name
        shot(page, f"desk-{name}-{scheme}-{width}", full_page=True)


def test_a_counselor_comes_in(
    opened: Opened, place: dict[str, str], origin: str, shot: Shot
) -> None:
    """From the link to the log, out again, and back: each page is whole for axe on the way."""
    link = invited(place, "Jane Doe")
    page = opened("about:blank", allowed=("403", "404", "422"), viewport=PHONE)
    page.wait_for_timeout(5_500)  # in which the desk looks whether there is an account
    seen: list[str] = []

    def look(name: str) -> None:
        look_at(page, name, shot)
        seen.append(name)

    page.goto(f"{origin}{link}")
    look("password")
    choose(page, "lincoln high 1", "lincoln high 1")
    expect(page.get_by_text("Too easily guessed.")).to_be_visible()
    look("password-weak")
    choose(page, PASSWORD, "something else")
    expect(page.get_by_text("The two are not the same.")).to_be_visible()
    choose(page, PASSWORD, PASSWORD)
    expect(page.get_by_text("Your password is saved.")).to_be_visible()
    look("saved")
    sign_in(page, password="wrong")
    expect(page.get_by_role("alert")).to_contain_text("That did not work.")
    look("wrong")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Jane Doe")
    expect(page.get_by_role("banner")).to_contain_text("Lincoln High")
    look("start")
    page.get_by_role("link", name="Log").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("set a password")
    look("log")
    page.get_by_role("link", name="Account").click()
    look("account")
    page.get_by_label("Password until now").fill("wrong")
    choose(page, "another horse battery", "another horse battery")
    expect(page.get_by_text("That is not your password.")).to_be_visible()
    page.get_by_role("link", name="Account").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto(f"{origin}{link}")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    look("used")
    assert len(seen) == 8


def test_it_needs_no_script(opened: Opened, place: dict[str, str], origin: str) -> None:
    """And every session ends at once, in every browser."""
    link = invited(place, "Jo Roe")
    pages = [opened(f"{origin}/desk/sign-in", java_script_enabled=False) for _ in range(2)]
    pages[0].goto(f"{origin}{link}")
    choose(pages[0], PASSWORD, PASSWORD)
    for page in pages:
        sign_in(page, "jo.roe")
        expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Jo Roe")
    pages[0].get_by_role("link", name="Account").click()
    pages[0].get_by_role("button", name="Sign out everywhere").click()
    expect(pages[0].get_by_role("status")).to_have_text("You are signed out everywhere.")
    pages[1].get_by_role("link", name="Log").click()
    expect(pages[1].get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_school_account_leads_in(
    browser: Browser, place: dict[str, str], origin: str, provider: Provider
) -> None:
    """To the provider, another site, and back: the browser has its cookies when it counts."""
    invited(place, "Ann Lee", f"EMAIL={provider.user}")
    page = browser.new_context(java_script_enabled=False).new_page()
    sites: list[str] = []
    page.on("request", lambda request: sites.append(request.url.split("/")[2]))
    page.goto(f"{origin}/desk/sign-in")
    page.get_by_role("link", name="Sign in with your school account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Ann Lee")
    assert provider.issuer.split("/")[2] in sites
    page.goto("about:blank")
    page.set_content(f'<a href="{origin}/desk/log">The log</a>')
    page.get_by_role("link", name="The log").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Ann Lee")
    provider.user = "nobody@lincoln.example"
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("link", name="Sign in with your school account").click()
    expect(
        page.get_by_text("Nobody has an account here under your e-mail address.")
    ).to_be_visible()
    page.context.close()
