"""A page of another site that calls the assistant itself, as a portal does."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Error, Page

from tests.browser.conftest import Opened
from tests.browser.hosts import Host

REFUSED = ("blocked by CORS policy", "Failed to load resource")
ASK = """async ([address, given]) => {
  const sent = given && {
    method: "POST",
    body: JSON.stringify(given),
    headers: { "Content-Type": "application/json", "X-Guidepost-Session": given.sender ?? "" },
  };
  const answer = await fetch(address, sent ?? {});
  return [answer.status, answer.headers.get("Retry-After"), await answer.json()];
}"""


def ask(page: Page, origin: str, name: str, given: object = None) -> tuple[int, str | None, Any]:
    """Status, when to come back, and JSON, as the other site's own script sees them."""
    status, wait, body = page.evaluate(ASK, [f"{origin}/webhooks/web/{name}", given])
    return status, wait, body


def test_a_listed_site_may_call_everything(opened: Opened, origin: str, host: Host) -> None:
    """Session, message, history, feedback, forgetting and about, and it reads refusals too."""
    page = opened(host.page("/portal", "<p>A portal</p>"), allowed=REFUSED)
    _, _, begun = ask(page, origin, "session", {})
    sender = {"sender": begun["sender"]}
    _, _, replies = ask(page, origin, "webhook", {**sender, "message": "how much do they make"})
    assert replies[0]["custom"]["topic"] == "salary"
    _, _, told = ask(page, origin, "history", sender)
    assert [entry["from"] for entry in told] == ["student", "guide"]
    vote = {"guide": "mlops-engineer", "topic": "salary", "verdict": "up"}
    assert ask(page, origin, "feedback", {**sender, **vote})[0] == 200
    assert ask(page, origin, "forget", sender)[0] == 200
    assert ask(page, origin, "history", sender)[2] == []
    assert ask(page, origin, "about")[2]["guide"] == "mlops-engineer"
    assert ask(page, origin, "webhook", {"message": "hello"})[0] == 401
    assert ask(page, origin, "feedback", sender)[0] == 400


def test_a_listed_site_reads_when_to_come_back(opened: Opened, origin: str, host: Host) -> None:
    """Retry-After is shown to its script."""
    page = opened(host.page("/hasty", "<p>A portal</p>"), allowed=REFUSED)
    _, _, begun = ask(page, origin, "session", {})
    given = {"sender": begun["sender"], "message": "hello"}
    answers = [ask(page, origin, "webhook", given)[:2] for _ in range(60)]
    waits = [wait for status, wait in answers if status == 429]
    assert waits and all(wait and int(wait) >= 1 for wait in waits)


def test_any_other_site_may_call_nothing(opened: Opened, origin: str, stranger: Host) -> None:
    """The browser keeps every answer from it."""
    page = opened(stranger.page("/portal", "<p>Not a portal</p>"), allowed=REFUSED)
    for name, given in (("session", {}), ("history", {"sender": "x"}), ("about", None)):
        with pytest.raises(Error, match="Failed to fetch"):
            ask(page, origin, name, given)
