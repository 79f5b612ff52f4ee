"""The chat page in a real browser, against the real assistant."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import PHONE, PICTURES, Opened
from tests.browser.talking import answers, field, ready, say, tap
from tests.served import Server

Shot = Callable[..., None]


@pytest.fixture
def chat(opened: Opened, origin: str) -> Page:
    """The page, loaded."""
    page = opened(f"{origin}/chat")
    ready(page)
    return page


def announced(page: Page) -> None:
    """Count, from now on, what the page says to screen readers."""
    page.evaluate(
        """() => {
          window.heard = [];
          const line = document.querySelector(".announcement");
          new MutationObserver(() => line.textContent && window.heard.push(line.textContent))
            .observe(line, {childList: true, characterData: true, subtree: true});
        }"""
    )


def test_the_notice_stands_before_the_first_message(chat: Page) -> None:
    """Before anything is typed the page says what it is, what is kept, and what not to type."""
    notice = chat.get_by_role("region", name="Before you start")
    for words in ("automated guide", "30 days", "names, addresses", "your school counselor"):
        expect(notice).to_contain_text(words)
    assert answers(chat).count() == 0


def test_a_conversation_by_keyboard_alone(chat: Page, shot: Shot) -> None:
    """Typing, a quick reply, the topics, an answer's own buttons: no mouse is needed."""
    announced(chat)
    field(chat).focus()
    chat.keyboard.type("how much do they earn")
    chat.keyboard.press("Enter")
    expect(answers(chat)).to_have_count(1)
    expect(answers(chat).first).to_contain_text("$130,000-$185,000")
    _tab_to(chat, "Job market", backwards=True)
    chat.keyboard.press("Enter")
    expect(answers(chat)).to_have_count(2)
    _tab_to(chat, "Topics and options", backwards=True)
    chat.keyboard.press("Enter")
    _tab_to(chat, "The job")
    chat.keyboard.press("Enter")
    _tab_to(chat, "Skills")
    chat.keyboard.press("Enter")
    expect(answers(chat)).to_have_count(3)
    expect(chat.get_by_role("dialog")).to_have_count(0)
    expect(answers(chat).nth(2)).to_contain_text("Logic & abstraction")
    shot(chat, "desktop-skills")
    chat.wait_for_timeout(200)
    heard = chat.evaluate("window.heard")
    assert len(heard) == 3 and len(set(heard)) == 3, heard


def _tab_to(page: Page, name: str, backwards: bool = False) -> None:
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        focused = page.evaluate(
            "() => document.activeElement.ariaLabel ?? document.activeElement.textContent"
        )
        if focused == name:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_the_topics_close_with_escape_and_give_focus_back(chat: Page) -> None:
    """Esc leaves the topics, and focus is where it was."""
    opener = chat.get_by_role("button", name="Topics and options")
    opener.focus()
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("dialog", name="Topics")).to_be_visible()
    chat.keyboard.press("Escape")
    expect(chat.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_conversation_by_buttons_alone(chat: Page) -> None:
    """Questions, quick replies and older ones stay usable."""
    assert "MLOps" in tap(chat, "What does an MLOps Engineer do?").inner_text()
    tap(chat, "A typical day")
    tap(chat, "Working hours")
    chat.get_by_role("button", name="Why it matters", exact=True).first.click()
    expect(answers(chat)).to_have_count(4)
    expect(answers(chat).last).to_contain_text("Why it matters")


def test_the_quiz_by_buttons(chat: Page, shot: Shot) -> None:
    """The quiz runs to its end by taps, and says that it is a hint."""
    say(chat, "quiz me")
    choices = ["Yes", "Not sure", "No", "Not sure", "Yes"]
    for choice in choices:
        tap(chat, choice)
    result = answers(chat).last
    expect(result).to_contain_text("It is a hint, not a verdict")
    expect(result).to_contain_text("2 of 5, said no to 1, and were not sure about 2")
    details = result.locator(".card-list .soft").all_inner_texts()
    assert details == [choice.lower() for choice in choices]
    shot(chat, "desktop-quiz")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plan_is_ticked_copied_and_printed(
    opened: Opened, origin: str, shot: Shot, scheme: str
) -> None:
    """Ticks stay after a reload; the text holds them; a print holds the plan and nothing else.

    Career, grade, hours, school, day, sources and boxes to tick are on the paper, dark on white.
    """
    page = opened(
        f"{origin}/chat", permissions=["clipboard-read", "clipboard-write"], color_scheme=scheme
    )
    ready(page)
    plan = say(page, "make me a plan, im a junior with 4 hours a week")
    boxes = plan.get_by_role("checkbox")
    boxes.nth(1).check()
    expect(plan).to_contain_text(f"1 of {boxes.count()} done")
    shot(page, "desktop-plan")
    plan.get_by_role("button", name="Copy as text").click()
    expect(plan.get_by_role("button", name="Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.count("[x]") == 1 and text.count("[ ]") == boxes.count() - 1
    page.evaluate("window.print = () => window.dispatchEvent(new Event('printed'))")
    plan.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    expect(page.locator(".sheet")).to_be_visible()
    expect(page.locator("#root")).to_be_hidden()
    assert page.locator(".sheet input:checked").count() == 1
    shot(page, f"print-plan-{scheme}", full_page=True)
    paper = page.locator(".sheet")
    today = page.evaluate("new Date().toLocaleDateString('en', {dateStyle: 'long'})")
    for words in ("MLOps Engineer", "junior", "4 hours a week", f"at your school, {today}"):
        expect(paper).to_contain_text(words)
    assert paper.locator(".bullets li").count() == len(page.locator(".cited li").all())
    expect(paper).to_contain_text("CareerExplorer")
    for box in paper.get_by_role("checkbox").all():
        size = box.bounding_box()
        assert size and size["width"] >= 14 and size["height"] >= 14
    inks = paper.locator("h3, dt, dd, label, li, p").evaluate_all(
        "nodes => [...new Set(nodes.map(node => getComputedStyle(node).color))]"
    )
    assert all(sum(map(int, re.findall(r"\d+", ink)[:3])) < 300 for ink in inks), inks
    page.pdf(path=PICTURES / f"plan-{scheme}.pdf", print_background=False)
    assert (PICTURES / f"plan-{scheme}.pdf").stat().st_size > 5000
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".sheet")).to_have_count(0)
    page.reload()
    expect(answers(page)).to_have_count(1)
    expect(answers(page).get_by_role("checkbox").nth(1)).to_be_checked()


def test_a_reload_brings_the_history_back(chat: Page) -> None:
    """Words, the titles of taps, cards and buttons are there again, and the talk goes on."""
    say(chat, "tell me about the bootcamp")
    tap(chat, "Certificates")
    chat.reload()
    expect(answers(chat)).to_have_count(2)
    mine = chat.locator(".from-student .said")
    assert mine.all_inner_texts() == ["tell me about the bootcamp", "Certificates"]
    expect(answers(chat).first.locator(".card-routes")).to_be_visible()
    tap(chat, "Project ideas")
    expect(answers(chat)).to_have_count(3)


def start_over(chat: Page, choice: str) -> None:
    """Start over in the menu, with one of the choices."""
    chat.get_by_role("button", name="Topics and options").click()
    chat.get_by_role("button", name="Start over").click()
    expect(chat.get_by_role("dialog")).to_contain_text("Also delete what we said?")
    chat.get_by_role("button", name=choice).click()
    expect(answers(chat)).to_have_count(0)


SETTLING = 50
"""Tenths of a second in which chats that were left are deleted one after the other."""


def delete_chat(chat: Page) -> None:
    """Delete everything in the menu."""
    chat.get_by_role("button", name="Topics and options").click()
    chat.get_by_role("button", name="Delete my chat").click()
    chat.get_by_role("button", name="Delete it").click()
    expect(answers(chat)).to_have_count(0)


def kept_by(assistant: Server, chat: Page) -> Callable[[], int]:
    """How many messages of the chat that is open now the server keeps, also later."""
    sender = chat.evaluate("JSON.parse(sessionStorage.getItem('guidepost')).sender")
    asked = f'{{"sender": "{sender}"}}'.encode()
    return lambda: len(assistant.post("/webhooks/web/history", asked)[1])


def test_start_over_begins_another_chat(chat: Page, shot: Shot) -> None:
    """The page is empty again, also after a reload, and nothing points at the old talk."""
    before = say(chat, "how long does that take").inner_text()
    start_over(chat, "No, just start over")
    say(chat, "tell me about the bootcamp")
    chat.get_by_role("button", name="Topics and options").click()
    chat.get_by_role("button", name="Start over").click()
    shot(chat, "desktop-start-over")
    chat.get_by_role("button", name="Go back").click()
    expect(answers(chat)).to_have_count(1)
    start_over(chat, "No, just start over")
    assert say(chat, "how long does that take").inner_text() == before
    chat.reload()
    expect(answers(chat)).to_have_count(1)


def test_start_over_can_delete(chat: Page, assistant: Server) -> None:
    """After a yes the server knows nothing of what was said before."""
    say(chat, "how much do they earn")
    kept = kept_by(assistant, chat)
    assert kept() == 2
    start_over(chat, "Yes, delete it")
    assert kept() == 0


def test_what_was_left_can_still_be_deleted(chat: Page, assistant: Server) -> None:
    """Chats that were left stay deletable, also after a reload and before the next message."""
    kept = []
    for words in ("how much do they earn", "skills?"):
        say(chat, words)
        kept.append(kept_by(assistant, chat))
        start_over(chat, "No, just start over")
    chat.reload()
    ready(chat)
    assert [count() for count in kept] == [2, 2]
    delete_chat(chat)
    for _ in range(SETTLING):
        if not any(count() for count in kept):
            break
        chat.wait_for_timeout(100)
    assert [count() for count in kept] == [0, 0]


def test_a_failed_deletion_is_said_and_can_be_tried_again(
    opened: Opened, origin: str, assistant: Server
) -> None:
    """With the server away nothing is taken for deleted; the next try deletes."""
    page = opened(f"{origin}/chat", allowed=("ERR_",))
    ready(page)
    say(page, "how much do they earn")
    kept = kept_by(assistant, page)
    page.route("**/webhooks/web/forget", lambda route: route.abort())
    page.get_by_role("button", name="Topics and options").click()
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_role("alert")).to_contain_text("your chat is still there")
    assert answers(page).count() == 1 and kept() == 2
    page.unroute("**/webhooks/web/forget")
    delete_chat(page)
    assert kept() == 0


def test_delete_removes_the_chat_from_the_server(chat: Page, assistant: Server, shot: Shot) -> None:
    """After a yes the server knows nothing of the conversation."""
    say(chat, "how much do they earn")
    kept = kept_by(assistant, chat)
    assert kept() == 2
    chat.get_by_role("button", name="Topics and options").click()
    chat.get_by_role("button", name="Delete my chat").click()
    shot(chat, "desktop-delete")
    chat.get_by_role("button", name="Delete it").click()
    expect(answers(chat)).to_have_count(0)
    assert kept() == 0


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (30, "stays on the school's server for 30 days unless you delete it first"),
        (1, "for 1 day unless"),
        (0, "never written to disk"),
    ],
)
def test_the_notice_says_what_closing_the_tab_does(
    opened: Opened, origin: str, days: int, said: str
) -> None:
    """What stays on the server, and for how long, as the school has set it."""
    page = opened("about:blank")
    page.route(
        "**/webhooks/web/about*",
        lambda route: route.fulfill(json={**route.fetch().json(), "keep_days": days}),
    )
    page.goto(f"{origin}/chat")
    ready(page)
    page.locator(".notice summary").click()
    expect(page.locator(".notice")).to_contain_text(said)


def test_the_device_keeps_no_word_and_no_cookie(chat: Page) -> None:
    """A tab's own storage holds its session; nothing outlives the tab, nothing was typed or said."""
    said = say(chat, "how long is the bootcamp").inner_text()
    assert chat.context.cookies() == []
    kept = chat.evaluate(
        """async () => ({tab: Object.values(sessionStorage), stays: Object.keys(localStorage),
            databases: await indexedDB.databases(), caches: await caches.keys()})"""
    )
    assert len(kept["tab"]) == 1 and not (kept["stays"] or kept["databases"] or kept["caches"])
    words = {word.lower() for word in re.findall(r"[a-z]{5,}", f"how long is the bootcamp {said}")}
    assert words and not [word for word in words if word in kept["tab"][0].lower()]


def test_a_vote_is_counted(chat: Page) -> None:
    """A thumb is pressed once, and says that it was counted."""
    answer = say(chat, "how much do they earn")
    answer.get_by_role("button", name="This answer helped").click()
    expect(answer.get_by_role("button", name="Thank you, counted")).to_be_visible()
    expect(answer.get_by_role("button", name="This answer did not help")).to_be_disabled()


def test_an_answer_is_copied_whole(opened: Opened, origin: str) -> None:
    """The copy holds the caveat too."""
    page = opened(f"{origin}/chat", permissions=["clipboard-read", "clipboard-write"])
    ready(page)
    answer = say(page, "how much do they earn")
    answer.get_by_role("button", name="Copy this answer").click()
    page.wait_for_timeout(200)
    text = page.evaluate("navigator.clipboard.readText()")
    assert "$130,000-$185,000" in text and "with care" in text


def test_copying_works_without_a_clipboard(opened: Opened, origin: str) -> None:
    """On a network without TLS browsers close the clipboard; the old way copies all the same."""
    page = opened(f"{origin}/chat", permissions=["clipboard-read", "clipboard-write"])
    ready(page)
    answer = say(page, "what are your sources")
    page.evaluate("window.read = navigator.clipboard.readText.bind(navigator.clipboard)")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    answer.get_by_role("button", name=re.compile("Copy citation")).first.click()
    expect(answer.get_by_text("Copied")).to_be_visible()
    assert "CareerExplorer" in page.evaluate("window.read()")


def test_a_failed_message_keeps_the_draft(opened: Opened, origin: str, shot: Shot) -> None:
    """With the server away the words stay, an alert says so, and a retry brings the answer.

    The retry is the same message to the server: it has the same id.
    """
    page = opened(f"{origin}/chat", allowed=("ERR_",))
    ready(page)
    sent: list[Request] = []
    page.on("request", lambda each: sent.append(each) if each.url.endswith("/webhook") else None)
    say(page, "skills?")
    page.route("**/webhooks/web/webhook", lambda route: route.abort())
    field(page).fill("how much do they earn")
    field(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No answer came")
    expect(field(page)).to_have_value("how much do they earn")
    expect(page.locator(".from-student")).to_have_count(1)
    shot(page, "desktop-failed")
    page.unroute("**/webhooks/web/webhook")
    page.get_by_role("button", name="Try again").click()
    expect(answers(page)).to_have_count(2)
    expect(answers(page).last).to_contain_text("$130,000")
    expect(field(page)).to_have_value("")
    expect(page.get_by_role("alert")).to_be_empty()
    bodies = [each.post_data_json for each in sent]
    ids = [body["id"] for body in bodies]
    assert len(ids) == 3 and ids[0] != ids[1] == ids[2]
    # A proxy finds the replica of a session by this header.
    headers = [each.headers["x-guidepost-session"] for each in sent]
    assert headers == [body["sender"] for body in bodies]


def test_a_failed_tap_claims_nothing_of_words(opened: Opened, origin: str) -> None:
    """What was tapped is not in the box, and the alert does not say so; the retry answers."""
    page = opened(f"{origin}/chat", allowed=("ERR_",))
    ready(page)
    page.route("**/webhooks/web/webhook", lambda route: route.abort())
    page.get_by_role("button", name="What does an MLOps Engineer do?").click()
    expect(page.get_by_role("alert")).to_contain_text("No answer came")
    assert "box" not in page.get_by_role("alert").inner_text()
    expect(field(page)).to_have_value("")
    page.unroute("**/webhooks/web/webhook")
    page.get_by_role("button", name="Try again").click()
    expect(answers(page)).to_have_count(1)


def test_new_words_survive_a_failure(opened: Opened, origin: str) -> None:
    """What was typed while the answer was on its way is not overwritten by the words that failed."""
    page = opened(f"{origin}/chat", allowed=("ERR_",))
    ready(page)
    held: list[Route] = []
    page.route("**/webhooks/web/webhook", lambda route: held.append(route))
    field(page).fill("skills?")
    field(page).press("Enter")
    field(page).fill("and pay?")
    while not held:
        page.wait_for_timeout(20)
    held[0].abort()
    expect(page.get_by_role("alert")).to_contain_text("Please try again")
    expect(field(page)).to_have_value("and pay?")


def test_a_long_text_is_cut_aloud(opened: Opened, origin: str, shot: Shot) -> None:
    """Near the limit characters are counted; a longer paste keeps what fits and says so."""
    page = opened(f"{origin}/chat", permissions=["clipboard-read", "clipboard-write"])
    ready(page)
    field(page).fill("a" * 399)
    assert page.locator(".count").count() == 0
    page.keyboard.type("b")
    expect(page.locator(".count")).to_have_text("400 of 500")
    assert page.get_by_role("status").inner_text() == ""
    field(page).fill("keep ")
    page.evaluate("navigator.clipboard.writeText('x'.repeat(700))")
    field(page).press("Control+V")
    expect(page.get_by_role("status")).to_contain_text("Only the first 500 characters fit")
    expect(field(page)).to_have_value("keep " + "x" * 495)
    shot(page, "desktop-cut")
    field(page).press("Backspace")
    expect(page.get_by_role("status")).to_be_empty()
    page.keyboard.type("yz")
    expect(page.get_by_role("status")).to_contain_text("That is all that fits: 500 characters.")
    page.evaluate("navigator.clipboard.writeText('short')")
    field(page).fill("")
    field(page).press("Control+V")
    expect(page.get_by_role("status")).to_be_empty()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_focus_stays_in_the_box_after_send(chat: Page, key: str) -> None:
    """Sent by the keyboard or by the button of it, the next words can be typed at once."""
    field(chat).fill("skills?")
    chat.keyboard.press("Tab")
    expect(chat.get_by_role("button", name="Send")).to_be_focused()
    chat.keyboard.press(key)
    expect(field(chat)).to_be_focused()
    expect(answers(chat)).to_have_count(1)
    expect(field(chat)).to_be_focused()


def test_an_old_session_is_renewed_silently(opened: Opened, origin: str) -> None:
    """A sender that the server no longer takes is replaced; the student sees the answer."""
    chat = opened(f"{origin}/chat", allowed=("401",))
    ready(chat)
    chat.evaluate(
        "sessionStorage.setItem('guidepost', JSON.stringify({sender: 'x'.repeat(22) + '.abcdef.' + 'y'.repeat(27)}))"
    )
    chat.reload()
    ready(chat)
    assert "$130,000" in say(chat, "how much do they earn").inner_text()


HOSTILE = (
    "<img src=x onerror=document.title='hit'>",
    "<script>document.title='hit'</script>",
    "[a](javascript:document.title='hit')",
    "x" * 200,
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(opened: Opened, origin: str, words: str) -> None:
    """Markup of a student is shown as typed, runs nothing, and does not widen the page."""
    page = opened(f"{origin}/chat", viewport=PHONE)
    ready(page)
    say(page, words)
    mine = page.locator(".from-student")
    expect(mine).to_contain_text(words)
    assert mine.locator("img, script, a").count() == 0
    assert "hit" not in page.title()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_hostile_guides_stay_words(opened: Opened, origin: str) -> None:
    """Markup in a guide's text, cards, links and buttons is shown as it stands and stays inside."""
    page = opened(f"{origin}/chat", viewport=PHONE)
    ready(page)
    bad, long = "<img src=x onerror=document.title='hit'>", "w" * 200
    cards = [
        {"type": "list", "title": bad, "groups": [{"label": bad, "items": [{"text": long}]}]},
        {"type": "timeline", "title": long, "entries": [{"time": bad, "label": bad, "text": bad, "marked": True}]},
        {"type": "routes", "title": bad, "routes": [{"name": long, "share": 50, "length": bad, "cost": long, "note": bad, "marked": False}]},
        {"type": "facts", "title": bad, "facts": [{"label": long, "value": long}], "caveat": bad},
        {"type": "checklist", "title": bad, "groups": [{"label": long, "items": [bad, long]}]},
        {"type": "myths", "title": bad, "myths": [{"claim": long, "truth": bad}]},
        {"type": "pros_cons", "title": bad, "pros": [long], "cons": [bad]},
        {"type": "steps", "title": bad, "steps": [{"label": long, "detail": bad, "marked": True}]},
        {"type": "bars", "title": bad, "max": 100, "bars": [{"label": long, "value": 5, "marked": True}]},
        {"type": "sources", "title": bad, "sources": [{"publisher": bad, "title": long, "kind": bad, "url": "javascript:document.title='hit'"}]},
        {"type": "unknown", "title": bad},
        {"type": "timeline", "entries": "broken"},
        {"type": "constructor"},
    ]  # fmt: skip
    replies = [
        {
            "text": f"{bad}\n- {long}",
            "buttons": [{"title": f"{bad}{long}", "payload": f"/ask_{number}"}],
            "custom": {
                "kind": "answer",
                "topic": "day",
                "guide": None,
                "sources": [],
                "card": card,
            },
        }
        for number, card in enumerate(cards)
    ]
    page.route("**/webhooks/web/webhook", lambda route: route.fulfill(json=replies))
    field(page).fill("hello")
    field(page).press("Enter")
    expect(answers(page)).to_have_count(len(cards))
    assert page.locator(".from-guide :is(img, script)").count() == 0
    assert page.locator(".from-guide a").count() == 0
    assert page.locator(".card").count() == 10
    assert "hit" not in page.title()
    wide = page.evaluate(
        "() => [...document.querySelectorAll('.from-guide *')]"
        ".filter(node => node.getBoundingClientRect().right > innerWidth + 1)"
        ".map(node => node.outerHTML.slice(0, 100))"
    )
    assert wide == []


def test_a_source_with_an_address_is_a_link(opened: Opened, origin: str) -> None:
    """It opens a new tab and says so; nothing of ours is told to that site."""
    page = opened(f"{origin}/chat")
    ready(page)
    source = {
        "publisher": "P",
        "title": "T",
        "kind": "Industry",
        "url": "https://www.example.org/a",
    }
    card = {"type": "sources", "title": "Sources", "sources": [source]}
    custom = {"kind": "answer", "topic": "sources", "guide": None, "sources": [], "card": card}
    reply = [{"text": "Here:", "custom": custom}]
    page.route("**/webhooks/web/webhook", lambda route: route.fulfill(json=reply))
    field(page).fill("sources")
    field(page).press("Enter")
    link = page.get_by_role("link", name="T (opens a new tab)")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("href", "https://www.example.org/a")


def test_the_topic_of_the_address_is_asked(opened: Opened, origin: str) -> None:
    """`?topic=` asks at once; one that is none is named, as text, and nothing is asked."""
    page = opened(f"{origin}/chat?guide=mlops-engineer&topic=day")
    expect(answers(page)).to_have_count(1)
    expect(answers(page).locator(".card-timeline")).to_be_visible()
    page = opened(f"{origin}/chat?guide=nobody&topic=<script>")
    ready(page)
    expect(answers(page)).to_have_count(1)
    expect(answers(page)).to_contain_text("This link is about “<script>”, and there is no such")
    expect(page.locator(".from-student")).to_have_count(0)


def test_reading_aloud_is_offered_for_own_voices_only(browser_page: Callable[[str], Page]) -> None:
    """Nothing is spoken until pressed, and never by a voice that sends the text away."""
    remote = browser_page("[{localService: false, lang: 'en-US'}]")
    say(remote, "skills?")
    assert remote.get_by_role("button", name="Read this answer aloud").count() == 0
    own = browser_page("[{localService: true, lang: 'en-US'}]")
    answer = say(own, "skills?")
    assert own.evaluate("window.spoken") == []
    answer.get_by_role("button", name="Read this answer aloud").click()
    assert "Top skills" in own.evaluate("window.spoken")[0]


@pytest.fixture
def browser_page(opened: Opened, origin: str) -> Callable[[str], Page]:
    """A page in a browser whose voices are given, as no voices are installed where tests run."""

    def page_with(voices: str) -> Page:
        page = opened("about:blank")
        page.add_init_script(
            f"""window.spoken = [];
            window.SpeechSynthesisUtterance = function (text) {{ this.text = text; }};
            const synthesis = new EventTarget();
            Object.assign(synthesis, {{getVoices: () => {voices}, cancel() {{}}, speak: (said) => spoken.push(said.text)}});
            Object.defineProperty(window, "speechSynthesis", {{value: synthesis}});"""
        )
        page.goto(f"{origin}/chat")
        ready(page)
        return page

    return page_with


@pytest.mark.parametrize(("state", "offered"), [("available", 1), ("downloadable", 0)])
def test_speech_input_is_offered_on_the_device_only(
    opened: Opened, origin: str, state: str, offered: int
) -> None:
    """Where the browser would send the voice away, or load something, there is no microphone."""
    page = opened("about:blank")
    page.add_init_script(
        f"""window.SpeechRecognition = class extends EventTarget {{
          static async available(asked) {{ return asked.processLocally ? "{state}" : "available"; }}
          start() {{
            window.local = this.processLocally;
            const heard = Object.assign(new Event("result"), {{results: [[{{transcript: "skills"}}]]}});
            this.dispatchEvent(heard); this.dispatchEvent(new Event("end"));
          }}
          stop() {{}}
        }};"""
    )
    page.goto(f"{origin}/chat")
    ready(page)
    page.wait_for_timeout(200)
    microphone = page.get_by_role("button", name="Speak your question")
    assert microphone.count() == offered
    if offered:
        microphone.click()
        expect(field(page)).to_have_value("skills")
        assert page.evaluate("window.local") is True
