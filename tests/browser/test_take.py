"""Answers on one page to print or to show: ticked by a student, made in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import overflow, small_targets, violations
from tests.browser.conftest import PHONE, Opened
from tests.browser.talking import answers, ready, say, tap
from tests.browser.test_return import menu

Shot = Callable[..., None]
OWN = "how much do they make"
PRINTED = """() => { window.printed = 0; window.print = () => {
    window.printed += 1; window.sheet = document.querySelector(".sheet").innerText } }"""


def talked(page: Page, *asked: str) -> None:
    """Ask, answer by answer."""
    ready(page)
    for words in asked:
        say(page, words)


def planned(page: Page) -> None:
    """Make a plan."""
    say(page, "make my plan, i am in 10th grade and have 4 hours a week")
    expect(answers(page).last.locator(".card-checklist")).to_be_visible()


def offers(page: Page, name: str) -> bool:
    """Whether the newest answer has a button of that name."""
    return answers(page).last.get_by_role("button", name=name, exact=True).count() > 0


def box(page: Page, name: str) -> Locator:
    """A box to tick."""
    return page.get_by_role("checkbox", name=re.compile(name))


def test_what_is_ticked_is_on_the_page(opened: Opened, origin: str, shot: Shot) -> None:
    """And nothing else: answers with caveat and sources, school and day; no word of the student."""
    page = opened(f"{origin}/chat?guide=mlops-engineer")
    talked(page, OWN, "what are the downsides", "is it growing")
    planned(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    menu(page, "Show my counselor")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("nothing is sent to anybody")
    expect(dialog.get_by_role("checkbox")).to_have_count(5)
    expect(box(page, "MLOps Engineer: Your plan")).to_be_checked()
    expect(box(page, "MLOps Engineer: Pay")).not_to_be_checked()
    box(page, "MLOps Engineer: Pay").check()
    assert violations(page) == [] and small_targets(page) == []
    shot(page, "take-choose")
    page.get_by_role("button", name="Show the page").click()
    told = page.get_by_role("group", name="What I found out about careers")
    expect(told).to_be_focused()
    assert violations(page) == []
    shot(page, "take-page")
    text = told.inner_text()
    assert "$130,000-$185,000" in text and "Take these figures with care" in text
    assert "Your plan" in text and text.count("Sources: 1") == 2
    assert f"{date.today():%Y}" in text and "your school" in text and "counselor" in text
    works = told.get_by_role("list", name="Where this comes from").get_by_role("listitem")
    expect(works.first).to_contain_text(":")
    assert OWN not in text and "10th grade and have" not in text and "downsides" not in text.lower()
    expect(told.get_by_role("button")).to_have_count(0)
    for each in told.get_by_role("checkbox").all():
        expect(each).to_be_disabled()
    page.get_by_role("button", name="Change what is on it").click()
    box(page, "Also what I asked").check()
    page.get_by_role("button", name="Show the page").click()
    expect(told).to_contain_text(f"I asked: “{OWN}”")
    page.evaluate(PRINTED)
    page.get_by_role("dialog").get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1
    assert "$130,000-$185,000" in page.evaluate("window.sheet")
    assert sent == []


def test_the_quiz_and_the_interests_are_results(opened: Opened, origin: str) -> None:
    """What the quiz and the check found is ticked at first; their questions are no answers."""
    page = opened(f"{origin}/chat?guide=mlops-engineer&topic=quiz")
    expect(answers(page)).to_have_count(1)
    for _ in range(20):
        if not offers(page, "Not sure"):
            break
        tap(page, "Yes")
    say(page, "find what fits me")
    for place in range(40):
        if not offers(page, "Kind of"):
            break
        tap(page, ("Yes", "No", "Kind of")[place % 3])
    menu(page, "Show my counselor")
    boxes = page.get_by_role("dialog").get_by_role("checkbox")
    names = [each.locator("..").inner_text() for each in boxes.all()]
    assert any("Your answers" in name for name in names), names
    assert any("What your answers lean to" in name for name in names), names
    assert not any(re.search(r"\d+ of \d+: ", name) for name in names), names
    unticked = [
        name
        for each, name in zip(boxes.all()[:-1], names[:-1], strict=True)
        if not each.is_checked()
    ]
    assert unticked == []


def test_help_is_never_on_it(opened: Opened, origin: str) -> None:
    """A call for help and its answer stay in the chat; so does what is no answer at all."""
    page = opened(f"{origin}/chat?guide=electrician")
    talked(page, "i want to die", "hello", "asdf qwer")
    menu(page, "Show my counselor")
    expect(page.get_by_role("dialog")).to_contain_text("There is nothing to show yet")
    page.keyboard.press("Escape")
    say(page, OWN)
    menu(page, "Show my counselor")
    expect(page.get_by_role("dialog").get_by_role("checkbox")).to_have_count(2)
    expect(page.get_by_role("dialog")).not_to_contain_text("988")


def test_it_is_done_by_keyboard_on_a_small_phone(opened: Opened, origin: str, shot: Shot) -> None:
    """320 pixels, in the dark: nothing sideways, every step by keys, nothing to print is said."""
    page = opened(
        f"{origin}/chat?guide=electrician",
        viewport={"width": 320, "height": 568},
        color_scheme="dark",
    )
    talked(page, OWN, "what do they do all day")
    menu(page, "Show my counselor")
    page.get_by_role("button", name="Show the page").press("Enter")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(
        "Tick one answer at least."
    )
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show the page")).to_be_focused()
    page.keyboard.press("Enter")
    told = page.get_by_role("group", name="What I found out about careers")
    expect(told).to_be_focused()
    expect(told.get_by_role("heading", level=4)).to_have_count(3)
    assert overflow(page) == 0 and violations(page) == [] and small_targets(page) == []
    shot(page, "take-page-320-dark")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_five_answers_are_one_page_of_paper(browser: Browser, origin: str, shot: Shot) -> None:
    """Dark on white, also from a dark screen, without dialog and chat around it."""
    page = browser.new_page(viewport=PHONE, color_scheme="dark")
    page.goto(f"{origin}/chat?guide=electrician")
    talked(
        page,
        OWN,
        "what do they do all day",
        "which skills do i need",
        "is it growing",
        "how do i become one",
    )
    menu(page, "Show my counselor")
    page.get_by_role("button", name="Tick all").click()
    page.get_by_role("button", name="Show the page").click()
    page.evaluate("window.print = () => {}")
    sheet = page.locator(".sheet")
    page.get_by_role("dialog").get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 725, "height": 960})
    expect(sheet).to_be_visible()
    expect(page.locator("#root")).to_be_hidden()
    assert sheet.evaluate("node => getComputedStyle(node).color") == "rgb(23, 33, 44)"
    shot(page, "take-printed", full_page=True)
    page.emulate_media(media="null")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    for paper in ("Letter", "A4"):
        page.get_by_role("dialog").get_by_role("button", name="Print").click()
        printed = page.pdf(format=paper)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, paper
        expect(sheet).to_have_count(0)  # gone with the print
    page.close()


def test_the_school_is_that_of_the_chat(opened: Opened, origin: str) -> None:
    """Its name and its person stand on the page."""
    page = opened(f"{origin}/chat?school=lincoln&guide=electrician")
    talked(page, OWN)
    page.reload()
    ready(page)
    menu(page, "Show my counselor")
    box(page, "Electrician: Pay").check()
    page.get_by_role("button", name="Show the page").click()
    told = page.get_by_role("group", name="What I found out about careers")
    expect(told).to_contain_text("From Guidepost at Lincoln High")
    expect(told).to_contain_text("Ms. Ortiz")
