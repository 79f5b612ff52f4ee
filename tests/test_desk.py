"""The counselor's desk: who comes in, and that nobody else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from sanic.exceptions import NotFound

from desk.door import Desk
from guides.loading import Guides
from tests.desks import Browser, Clock, counselor, desk_in, text_of


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, guides: Guides, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("GUIDEPOST_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("GUIDEPOST_DATABASE", raising=False)
    return desk_in(tmp_path, guides, clock)


async def test_without_an_account_there_is_no_desk(desk: Desk, tmp_path: Path) -> None:
    for path in ("/desk", "/desk/sign-in", "/desk/nowhere"):
        for method in ("GET", "POST", "PUT"):
            with pytest.raises(NotFound):
                await Browser(desk).ask(path, method)
    assert not (tmp_path / "data").exists()


async def test_a_counselor_comes_in_and_goes(desk: Desk) -> None:
    name = await counselor(desk, "Jane Doe", "lincoln")
    browser = Browser(desk)
    answer = await browser.ask("/desk")
    assert answer.status == 303 and answer.headers["Location"] == "/desk/sign-in"
    answer = await browser.sign_in(name, "lincoln")
    assert answer.status == 303 and answer.headers["Location"] == "/desk", text_of(answer)
    answer = await browser.ask("/desk")
    assert answer.status == 200 and "Lincoln High" in text_of(answer)
    answer = await browser.ask("/desk/log")
    assert "set a password" in text_of(answer)
    answer = await browser.send("/desk/sign-out")
    assert answer.status == 303
    assert (await browser.ask("/desk")).status == 303
