"""What an address or a line names: a guide, a topic, a colour; in a new tab and in a used one."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.axe import overflow, small_targets, violations
from tests.browser.conftest import Opened
from tests.browser.hosts import Host
from tests.browser.launching import launcher, line
from tests.browser.talking import answers, ready, say

Shot = Callable[..., None]
KNOWN = "MLOps Engineer: what is it really like?"


def asked_of(page: Page) -> list[dict[str, str]]:
    """The messages that the page sends from now on."""
    sent: list[dict[str, str]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/webhooks/web/webhook"):
            sent.append(json.loads(request.post_data or "{}"))

    page.on("request", note)
    return sent


@pytest.mark.parametrize("name", ["nurse", "MLOps", "<b>nurse</b>", "Krankenschwester für Ältere"])
def test_an_unknown_guide_is_never_another(
    opened: Opened, origin: str, shot: Shot, name: str
) -> None:
    """The page says that there is none, offers what there is, and asks nothing of another."""
    page = opened("about:blank")
    sent = asked_of(page)
    page.goto(f"{origin}/chat?guide={name}&topic=salary")
    expect(
        page.get_by_role("heading", name=f"There is no guide called “{name}” here")
    ).to_be_visible()
    page.wait_for_timeout(500)
    assert (
        sent == [] and answers(page).count() == 0 and "$" not in page.locator("body").inner_text()
    )
    assert page.locator("h1 + p").count() == 0
    assert violations(page) == [] and overflow(page) == 0 and small_targets(page) == []
    shot(page, "unknown-guide")
    assert "MLOps" in say(page, "how much do they earn").inner_text()
    assert "guide" not in sent[0]


def test_a_guide_that_is_chosen_is_opened_with_its_topic(opened: Opened, origin: str) -> None:
    """A tap opens the guide, then the link's topic; a reload shows the same, once."""
    page = opened("about:blank")
    sent = asked_of(page)
    page.goto(f"{origin}/chat?guide=nurse&topic=salary")
    page.get_by_role("button", name="MLOps Engineer").click()
    expect(page.get_by_role("heading", name=KNOWN)).to_be_attached()
    expect(answers(page)).to_have_count(1)
    assert [message["guide"] for message in sent] == ["mlops-engineer"]
    page.reload()
    expect(page.get_by_role("heading", name=KNOWN)).to_be_attached()
    expect(answers(page)).to_have_count(1)


def test_the_launcher_says_it_too(opened: Opened, origin: str, host: Host, shot: Shot) -> None:
    """`data-guide="nurse"` opens no other career; the one that is tapped is opened in the frame."""
    page = opened(host.page("/nurse", line(origin, 'data-guide="nurse" data-topic="salary"')))
    launcher(page).click()
    frame = page.frame_locator("#guidepost-launcher iframe")
    expect(
        frame.get_by_role("heading", name="There is no guide called “nurse” here")
    ).to_be_visible()
    shot(page, "unknown-guide-launcher")
    frame.get_by_role("button", name="MLOps Engineer").click()
    expect(answers(frame)).to_have_count(1)
    frame.get_by_role("button", name="Close the chat").click()
    expect(launcher(page)).to_be_focused()


@pytest.mark.parametrize("name", ["MLOps-Engineer", "MLOPS Engineer", " mlops_engineer"])
def test_a_guide_is_found_whatever_its_case(opened: Opened, origin: str, name: str) -> None:
    """Capitals and spaces of a guide's name, and of a topic's, do not matter."""
    page = opened("about:blank")
    sent = asked_of(page)
    page.goto(f"{origin}/chat?guide={name}&topic=First Step")
    expect(page.get_by_role("heading", name=KNOWN)).to_be_attached()
    expect(answers(page)).to_have_count(1)
    assert sent[0]["guide"] == "mlops-engineer" and sent[0]["message"] == "/ask_first_step"


def test_a_link_opens_its_topic_in_a_used_tab(opened: Opened, origin: str) -> None:
    """With a history the topic of a link is asked all the same; a reload does not ask again."""
    page = opened(f"{origin}/chat")
    ready(page)
    say(page, "which skills do i need")
    page.goto(f"{origin}/chat?topic=salary")
    expect(answers(page)).to_have_count(2)
    expect(answers(page).last.locator(".card-facts")).to_be_visible()
    for _ in range(2):
        page.reload()
        expect(answers(page)).to_have_count(2)
        page.wait_for_timeout(700)
        assert answers(page).count() == 2
    page.goto(f"{origin}/chat?topic=day")
    expect(answers(page)).to_have_count(3)
    page.goto(f"{origin}/chat?topic=salary")
    expect(answers(page)).to_have_count(4)


def test_starting_over_does_not_open_the_link_again(opened: Opened, origin: str) -> None:
    """After "Start over", a reload shows the welcome."""
    page = opened(f"{origin}/chat?topic=salary")
    expect(answers(page)).to_have_count(1)
    page.get_by_role("button", name="Topics and options").click()
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="No, just start over").click()
    expect(answers(page)).to_have_count(0)
    page.reload()
    ready(page)
    page.wait_for_timeout(700)
    assert answers(page).count() == 0


def test_each_page_of_a_site_opens_its_topic_once(opened: Opened, origin: str, host: Host) -> None:
    """A site whose pages name topics: each is asked once in a talk, and never at a reload."""
    frame_of = "#guidepost-launcher iframe"
    one = host.page("/one", line(origin, 'data-topic="salary"'))
    two = host.page("/two", line(origin, 'data-topic="day"'))
    page = opened(one)
    for address, count in ((one, 1), (two, 2), (two, 2), (one, 2)):
        page.goto(address)
        launcher(page).click()
        frame = page.frame_locator(frame_of)
        expect(answers(frame)).to_have_count(count)
        page.wait_for_timeout(700)
        assert answers(frame).count() == count


def test_a_link_to_another_guide_turns_the_page(opened: Opened, origin: str) -> None:
    """A used tab says that the page is about another career now, and asks about that one."""

    def as_keeper(route: Route) -> None:
        told = route.fetch().json()
        keeper = {"slug": "keeper", "title": "Moon Lighthouse Keeper"}
        route.fulfill(
            json={
                **told,
                "unknown_guide": None,
                "guide": "keeper",
                "guides": [*told["guides"], keeper],
            }
        )

    page = opened(f"{origin}/chat?guide=mlops-engineer")
    ready(page)
    say(page, "how much do they earn")
    page.route("**/webhooks/web/about?guide=keeper", as_keeper)
    page.goto(f"{origin}/chat?guide=keeper")
    turned = page.get_by_text("This page is about another career: Moon Lighthouse Keeper.")
    expect(turned).to_be_visible()
    page.reload()
    expect(turned).to_have_count(1)
    page.goto(f"{origin}/chat?guide=mlops-engineer")
    ready(page)
    page.wait_for_timeout(500)
    expect(turned).to_have_count(0)


@pytest.mark.parametrize("word", ["colour", "color"])
@pytest.mark.parametrize("name", ["teal", "Teal"])
def test_both_spellings_of_colour(
    opened: Opened, origin: str, host: Host, word: str, name: str
) -> None:
    """`data-color` and `data-colour`, `?color=` and `?colour=`: all are read."""
    teal = "rgb(11, 100, 100)"
    page = opened(host.page("/teal", line(origin, f'data-{word}="{name}"')))
    expect(launcher(page)).to_have_css("background-color", teal)
    launcher(page).click()
    accent = "() => getComputedStyle(document.documentElement).getPropertyValue('--accent-light')"
    frame = page.frame_locator("#guidepost-launcher iframe")
    ready(frame)
    inner = next(each for each in page.frames if "/chat" in each.url)
    assert inner.evaluate(accent) == "#0b6464"
    chat = opened(f"{origin}/chat?{word}={name}")
    ready(chat)
    assert chat.evaluate(accent) == "#0b6464"
    sample = opened(f"{origin}/embed/sample?{word}={name}")
    expect(launcher(sample)).to_have_css("background-color", teal)


OPENED = {
    "plan": "/make_plan",
    "fit quiz": "/take_quiz",
    "interest_check": "/check_interests",
    "Pay": "/ask_salary",
    "how-hard-is-it": "/ask_difficulty",
}


@pytest.mark.parametrize("topic", OPENED)
def test_a_lesson_s_link_opens_what_it_says(opened: Opened, origin: str, topic: str) -> None:
    """`career=` names the guide, however it is spelled; forms open as questions do."""
    page = opened("about:blank")
    sent = asked_of(page)
    page.goto(f"{origin}/chat?topic={topic}&career=MLOps Engineer")
    expect(page.get_by_role("heading", name=KNOWN)).to_be_attached()
    expect(answers(page)).to_have_count(1)
    assert [(each["message"], each["guide"]) for each in sent] == [
        (OPENED[topic], "mlops-engineer")
    ]


def test_each_topic_of_the_menu_opens_by_a_link(opened: Opened, origin: str) -> None:
    """As the counselors' page writes it: the name of its message."""
    page = opened("about:blank")
    told = page.request.get(f"{origin}/webhooks/web/about?guide=mlops-engineer").json()
    payloads = [each["payload"] for group in told["menu"] for each in group["topics"]]
    assert len(payloads) > 30
    for payload in payloads:
        name = payload.removeprefix("/").removeprefix("ask_")
        found = page.request.get(f"{origin}/webhooks/web/about?topic={name}").json()
        assert found["topic"]["payload"] == payload and found["unknown_topic"] is None


@pytest.mark.parametrize("topic", ["horoscope", "<b>pay</b>", "Gehälter"])
def test_an_unknown_topic_is_said(opened: Opened, origin: str, shot: Shot, topic: str) -> None:
    """In words, beside the questions that can be asked; nothing is asked of the server."""
    page = opened("about:blank", viewport={"width": 360, "height": 740})
    sent = asked_of(page)
    page.goto(f"{origin}/chat?career=electrician&topic={topic}")
    expect(page.get_by_text(f"This link is about “{topic}”")).to_be_visible()
    page.wait_for_timeout(500)
    assert sent == [] and violations(page) == [] and overflow(page) == 0
    shot(page, "unknown-topic")


def test_a_topic_that_the_guide_lacks_is_said(opened: Opened, origin: str) -> None:
    """The chat says so, and what comes nearest."""
    page = opened(f"{origin}/chat?career=electrician&topic=plan")
    expect(answers(page)).to_have_count(1)
    expect(answers(page)).to_contain_text("This guide has no high-school plan")


def test_the_launcher_takes_career_too(opened: Opened, origin: str, host: Host) -> None:
    """`data-career` and `?career=` of the line."""
    page = opened(host.page("/career", line(origin, 'data-career="electrician" data-topic="pay"')))
    launcher(page).click()
    frame = page.frame_locator("#guidepost-launcher iframe")
    expect(answers(frame)).to_have_count(1)
    expect(answers(frame)).to_contain_text("Electricians")
