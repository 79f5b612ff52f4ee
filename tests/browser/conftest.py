"""What the browser tests share: the real assistant, another site, Chromium, and what it must not do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from guides.school import SCHOOL
from tests.browser.axe import AXE
from tests.browser.hosts import Host
from tests.served import Server, free_port, launched

CHROMIUM = Path("/usr/bin/chromium")
PICTURES = Path(__file__).parent.parent.parent / "results" / "pictures"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTLED = 700
"""Milliseconds until nothing scrolls any more."""
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}

LINCOLN = """\
name: Lincoln High
colour: green
person: {name: Ms. Ortiz, contact: Room 12.}
"""
"""A school beside the usual one."""

Opened = Callable[..., Page]


def _need(path: Path, remedy: str) -> None:
    if path.exists():
        return
    said = f"{path.name} is missing: {remedy}"
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver, if there is a browser to drive."""
    _need(CHROMIUM, "install Debian's package chromium")
    _need(AXE, "run npm ci --ignore-scripts in web/")
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Headless Chromium."""
    running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
    yield running
    running.close()


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """Another site, which the school lets embed the chat."""
    with Host(free_port()) as running:
        yield running


@pytest.fixture(scope="session")
def stranger() -> Iterator[Host]:
    """Another site, which the school does not know."""
    with Host(free_port()) as running:
        yield running


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[Server]:
    """The assistant as `make run` starts it, for a school that lists the host."""
    folder = tmp_path_factory.mktemp("assistant")
    school = folder / "school.yml"
    listed = SCHOOL.read_text().replace("embed_sites: []", f"embed_sites: [{host.origin}]")
    school.write_text(listed)
    (folder / "schools").mkdir()
    (folder / "schools" / "lincoln.yml").write_text(LINCOLN)
    data = str(folder / "data")
    running = launched(folder / "log.txt", GUIDEPOST_SCHOOL=str(school), GUIDEPOST_DATA=data)
    yield running
    running.stop()


@pytest.fixture
def origin(assistant: Server) -> str:
    """The assistant's own origin."""
    return f"http://127.0.0.1:{assistant.port}"


@pytest.fixture
def opened(browser: Browser, origin: str, host: Host, stranger: Host) -> Iterator[Opened]:
    """Opens pages that are watched: no error, no breach of a policy, no call to anybody else."""
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def open_page(address: str, allowed: tuple[str, ...] = (), **options: object) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page, (origin, host.origin, stranger.origin), allowed))
        page.goto(address)
        return page

    yield open_page
    for watch in watches:
        watch.check()
    for context in contexts:
        context.close()


class Watch:
    """What a page did that it must not do."""

    def __init__(self, page: Page, origins: tuple[str, ...], allowed: tuple[str, ...] = ()) -> None:
        self.faults: list[str] = []
        self._origins, self._allowed = origins, allowed
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", lambda request: self._look_at(request.url))
        page.on("console", lambda said: self._hear(said.type, said.text))

    def _look_at(self, address: str) -> None:
        parts = urlsplit(address)
        at_home = f"{parts.scheme}://{parts.netloc}" in self._origins
        if not at_home and parts.scheme not in ("data", "about", "blob"):
            self.faults.append(f"request: {address}")

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(words in text for words in self._allowed):
            self.faults.append(f"console: {text}")

    def check(self) -> None:
        """Raise where there was anything."""
        assert not self.faults, "\n".join(self.faults)


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Keeps a picture of a page under results/pictures."""

    def take(page: Page, name: str, **options: object) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.wait_for_timeout(SETTLED)
        page.screenshot(path=PICTURES / f"{name}.png", **options)

    return take
