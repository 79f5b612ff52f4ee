"""A counselor's ten minutes, step by step with times, and what a screen reader is given of the pages.

The seconds are the browser's, with all waiting for the server. Nobody reads or types in them, so
clicks and characters are counted too. `pytest tests/browser/test_ten_minutes.py -s` prints them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from guides.school import SCHOOL
from tests.browser.conftest import LINCOLN, Opened
from tests.browser.talking import answers, ready, say
from tests.browser.talking import field as field_of
from tests.browser.test_desk import choose, invited, sign_in
from tests.browser.test_desk_asked import WAYS, asked_of
from tests.desks import PASSWORD
from tests.served import Server

ANSWER = "Students with a permit park in Lot B, behind the gym. Permits are at the office."
CONTACT = "Room 14, next to the library."
SHEETS = re.compile(rb"/Type\s*/Page[^s]")
SOON = 60
"""Tries, a second apart, until a change must be there: the desk says within a minute."""
LOOKED = 5_500
"""Milliseconds in which the desk looks whether there is an account."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A school that collects questions and has no answers of its own yet."""
    folder = tmp_path_factory.mktemp("minutes")
    (folder / "schools" / "answers").mkdir(parents=True)
    (folder / "school.yml").write_text(SCHOOL.read_text())
    (folder / "schools" / "lincoln.yml").write_text(f"{LINCOLN}collect_questions: true\n")
    school, data = str(folder / "school.yml"), str(folder / "data")
    return {"GUIDEPOST_SCHOOL": school, "GUIDEPOST_DATA": data, "GUIDEPOST_ANSWERS": ""}


@pytest.fixture(scope="module")
def server(place: dict[str, str]) -> Iterator[Server]:
    """The assistant of that school."""
    with asked_of(place) as running:
        yield running


@pytest.fixture
def origin(server: Server) -> str:
    """The desk's origin."""
    return f"http://127.0.0.1:{server.port}"


@dataclass
class Step:
    """What a step of the walk took."""

    name: str
    clicks: int = 0
    characters: int = 0
    seconds: float = 0


@dataclass
class Walk:
    """A counselor at the desk, whose steps are timed and counted."""

    page: Page
    steps: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A step, from the first click to its outcome."""
        self.steps.append(Step(name))
        begun = time.monotonic()
        yield
        self.steps[-1].seconds = time.monotonic() - begun

    def go(self, address: str) -> None:
        """Open an address, as by a link in a mail or a bookmark."""
        self.page.goto(address)
        self.steps[-1].clicks += 1

    def click(self, target: Locator) -> None:
        """Click a link or a button."""
        target.click()
        self.steps[-1].clicks += 1

    def link(self, name: str) -> None:
        """Click the first link of a name."""
        self.click(self.page.get_by_role("link", name=name, exact=True).first)

    def button(self, name: str) -> None:
        """Click the button of a name."""
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def write(self, label: str, words: str) -> None:
        """Click into a field and type."""
        self.page.get_by_label(label, exact=True).fill(words)
        self.steps[-1].clicks += 1
        self.steps[-1].characters += len(words)

    def headed(self, words: str) -> None:
        """Check the heading of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def told(self, words: str) -> None:
        """Check what the page says of the change before it."""
        expect(self.page.get_by_role("status")).to_contain_text(words)

    def table(self) -> str:
        """The steps as rows, with their sum."""
        every = [
            *self.steps,
            Step(
                "All of it",
                sum(step.clicks for step in self.steps),
                sum(step.characters for step in self.steps),
                sum(step.seconds for step in self.steps),
            ),
        ]
        rows = (f"| {s.name} | {s.clicks} | {s.characters} | {s.seconds:.1f} |" for s in every)
        head = ("| Step | Clicks | Characters | Seconds |", "|---|---|---|---|")
        return "\n".join((*head, *rows))


@pytest.fixture
def walk(opened: Opened, place: dict[str, str]) -> Walk:
    """An empty page, once the desk is open."""
    invited(place, "Ann Lee")  # any account opens it
    page = opened("about:blank", allowed=("404", "422"))
    page.wait_for_timeout(LOOKED)
    return Walk(page)


def test_each_step_leads_where_it_should(
    walk: Walk, place: dict[str, str], origin: str, tmp_path: Path
) -> None:
    """From the one-time link to signing out; how long each step took is printed, not judged."""
    come_in(walk, f"{origin}{invited(place, 'Jane Doe')}")
    see_the_weeks(walk)
    answer_a_question(walk)
    hear_it_in_the_chat(walk, origin, "where can students park", ANSWER)
    see_it_gone(walk)
    change_the_contact(walk)
    hear_it_in_the_chat(walk, origin, "can i talk to a real person", CONTACT)
    print_a_guide(walk, origin, tmp_path)
    go_out(walk, origin)
    print(f"\n{walk.table()}")
    assert len(walk.steps) == 11


def come_in(walk: Walk, link: str) -> None:
    """Set a password by the link, and sign in with it."""
    with walk.step("Open the one-time link, choose a password"):
        walk.go(link)
        walk.headed("Choose a password")
        walk.write("New password", PASSWORD)
        walk.write("The same again", PASSWORD)
        walk.button("Save the password")
        walk.told("Your password is saved.")
    with walk.step("Sign in"):
        expect(walk.page.get_by_label("School")).to_have_value("lincoln")
        walk.write("Name", "jane.doe")
        walk.write("Password", PASSWORD)
        walk.button("Sign in")
        walk.headed("Welcome, Jane Doe")


def see_the_weeks(walk: Walk) -> None:
    """The counts of twelve weeks, each rounded."""
    with walk.step("See what students asked, week by week"):
        walk.link("What students ask")
        walk.headed("What students ask")
        weeks = walk.page.get_by_role("table").first.get_by_role("row")
        expect(weeks).to_have_count(13)  # the head, and twelve weeks
        expect(weeks.nth(1)).to_contain_text(re.compile(r"\d[05]$"))


def answer_a_question(walk: Walk) -> None:
    """To one of the unanswered: tried, then saved."""
    with walk.step("Open the unanswered questions, begin to answer one"):
        walk.link("Unanswered")
        expect(walk.page.get_by_role("heading", level=2)).to_have_count(3)
        group = walk.page.get_by_role("main").locator("section").filter(has_text="park")
        walk.click(group.get_by_role("link", name="Answer this"))
        expect(walk.page.get_by_label("How students ask")).to_have_value(re.compile("park"))
    with walk.step("Write the answer, try it, save it"):
        walk.write("How students ask", "\n".join(WAYS["parking"]))
        walk.write("The answer", ANSWER)
        walk.button("Ask the assistant")
        expect(walk.page.get_by_role("blockquote")).to_contain_text(ANSWER)
        walk.button("Save")
        walk.told("Saved.")
        expect(walk.page.get_by_role("link", name=WAYS["parking"][0])).to_be_visible()


def hear_it_in_the_chat(walk: Walk, origin: str, asked: str, told: str) -> None:
    """Ask as a student of the school, in another tab, until the change is there."""
    with walk.step(f"Ask the chat “{asked}” until it is there"):
        chat = walk.page.context.new_page()
        chat.goto(f"{origin}/chat?school=lincoln")
        ready(chat)
        for _ in range(SOON):
            if told in say(chat, asked).inner_text():
                break
            chat.wait_for_timeout(1_000)
        expect(answers(chat).last).to_contain_text(told)
        chat.close()
        walk.steps[-1].clicks += 2
        walk.steps[-1].characters += len(asked)


def see_it_gone(walk: Walk) -> None:
    """What has an answer now is no longer in the list."""
    with walk.step("See that it is no longer unanswered"):
        walk.link("Unanswered")
        expect(walk.page.get_by_role("heading", level=2)).to_have_count(2)


def change_the_contact(walk: Walk) -> None:
    """How students reach the person."""
    with walk.step("Change how to reach the counselor"):
        walk.link("School")
        walk.write("How to reach them", CONTACT)
        walk.button("Save")
        walk.told("Saved.")
        expect(walk.page.get_by_label("How to reach them", exact=True)).to_have_value(CONTACT)


def print_a_guide(walk: Walk, origin: str, folder: Path) -> None:
    """The sheet of a guide for a wall: one page of paper."""
    with walk.step("Find a guide, print its sheet"):
        walk.link("Guides")
        walk.write("Career", "Electrician")
        walk.button("Show the guide")
        walk.headed("Electrician")
        walk.link("Its page for students")
        walk.link("One page to print")
        expect(walk.page).to_have_url(re.compile(f"{origin}/guides/electrician/sheet"))
        sheet = walk.page.pdf(path=folder / "sheet.pdf", format="Letter")
        walk.steps[-1].clicks += 1
        assert len(SHEETS.findall(sheet)) == 1


def go_out(walk: Walk, origin: str) -> None:
    """Whoever sits down next sees nothing of the desk."""
    with walk.step("Sign out"):
        walk.go(f"{origin}/desk")
        walk.button("Sign out")
        walk.told("You are signed out.")
        walk.page.go_back()
        walk.headed("Sign in")


Node = dict[str, Any]
CONTROLS = {
    *("button", "checkbox", "combobox", "Date", "DisclosureTriangle", "DisclosureTriangleGrouped"),
    *("link", "option", "radio", "searchbox", "spinbutton", "textbox"),
}
"""Roles of what is tapped or typed in, as Chromium names them."""
PARTS = {"RootWebArea", "article", "dialog", "group", "log", "main"}
"""Roles of what takes the focus and is no control."""


DIALOGS = {"Topics and options": "Topics", "Get help now": "Help right now"}
"""What buttons of the head open, and how it is called."""
PAGES = (
    "",
    "/asked",
    "/unanswered",
    "/answers",
    "/answers/new",
    "/school",
    "/guides",
    "/log",
    "/account",
)
"""Of the desk, for whoever is signed in."""


class Heard:
    """The tree that the browser hands to assistive technology."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Accessibility.enable")

    def nodes(self) -> list[Node]:
        """Every node that is not left out, with role, name, value and states."""
        found = self._session.send("Accessibility.getFullAXTree")["nodes"]
        return [_node(each) for each in found if not each["ignored"]]

    def controls(self) -> list[Node]:
        """What can have the focus, less parts of the page."""
        focusable = [node for node in self.nodes() if node.get("focusable")]
        return [node for node in focusable if node["role"] not in PARTS]

    def one(self, role: str, name: str | None = None, **states: object) -> Node:
        """The last node of a role, with a name and in states if any are given."""
        wanted = {"role": role, **({} if name is None else {"name": name}), **states}
        every = self.nodes()
        found = [node for node in every if wanted.items() <= node.items()]
        assert found, (wanted, [(node["role"], node["name"]) for node in every])
        return found[-1]

    def within(self, node: Node) -> str:
        """The words below a node."""
        by_id = {each["id"]: each for each in self.nodes()}
        below = [by_id[child] for child in node["children"] if child in by_id]
        if node["role"] == "StaticText":
            return str(node["name"])
        return " ".join(self.within(each) for each in below)

    def live(self) -> list[Node]:
        """Parts whose changes are said without being looked for."""
        return [node for node in self.nodes() if node.get("live", "off") != "off"]


def _node(given: dict[str, Any]) -> Node:
    told = {name: given.get(name, {}).get("value", "") for name in ("role", "name", "value")}
    told["description"] = given.get("description", {}).get("value", "")
    states = {each["name"]: each["value"].get("value") for each in given.get("properties", ())}
    return {**states, **told, "id": given["nodeId"], "children": given.get("childIds", [])}


def squeezed(words: str) -> str:
    """Words without what stands between them."""
    return "".join(re.findall(r"\w+", words))


def check_controls(heard: Heard, where: str) -> None:
    """Each has a role that says what it does, and a name."""
    controls = heard.controls()
    assert controls, where
    assert {node["role"] for node in controls} <= CONTROLS, where
    assert [node for node in controls if not node["name"].strip()] == [], where


@pytest.fixture
def chat(opened: Opened, origin: str) -> Page:
    """The chat page of the school."""
    page = opened(f"{origin}/chat?school=lincoln", reduced_motion="reduce")
    ready(page)
    return page


def test_a_reply_is_handed_over_as_news(chat: Page) -> None:
    """In one live part, whole; the log beside it stays silent, and the focus where it was."""
    heard = Heard(chat)
    waiting = {node["id"] for node in heard.live()}
    for asked in ("how much do they earn", "compare the bootcamp and the degree"):
        reply = say(chat, asked)
        first = reply.locator(".said p").first.inner_text()
        expect(chat.locator(".announcement")).to_contain_text(first)
        region = heard.one("paragraph", live="polite")
        assert region["id"] in waiting  # there before: a part that comes with its words is not said
        announced = heard.within(region)
        for words in (*reply.locator(".said p").all_inner_texts(), *figures_of(reply)):
            assert squeezed(words) in squeezed(announced), words
        assert heard.one("log", "Conversation with Guidepost").get("live", "off") == "off"
        assert heard.one("textbox", "Ask about this career")["focused"]


def figures_of(reply: Locator) -> list[str]:
    """The numbers that the card of a reply shows."""
    shown = " ".join(reply.locator(".card").all_inner_texts())
    return re.findall(r"\d[\d,]*", shown)


def test_each_control_of_the_chat_says_what_it_is(chat: Page) -> None:
    """Role and name of all, also in what opens; value and state of those that have one."""
    heard = Heard(chat)
    say(chat, "make me a plan, im a junior with 4 hours a week")
    check_controls(heard, "chat")
    heard.one("DisclosureTriangle", expanded=False)
    chat.locator(".notice summary").click()
    heard.one("DisclosureTriangle", expanded=True)
    field_of(chat).fill("and the skills?")
    heard.one("textbox", "Ask about this career", value="and the skills?")
    step = chat.get_by_role("checkbox").last
    heard.one("checkbox", checked="false")
    step.check()
    heard.one("checkbox", checked="true")
    say(chat, "how much do they earn")
    heard.one("button", "This answer helped", pressed="false")
    chat.get_by_role("button", name="This answer helped").last.click()
    expect(chat.get_by_role("button", pressed=True)).to_be_visible()
    heard.one("button", pressed="true")
    for opens, named in DIALOGS.items():
        chat.get_by_role("button", name=opens).first.click()
        heard.one("dialog", named, modal=True)
        check_controls(heard, named)
        chat.keyboard.press("Escape")
        expect(chat.get_by_role("dialog")).to_have_count(0)


def test_each_control_of_the_desk_says_what_it_is(
    walk: Walk, place: dict[str, str], origin: str
) -> None:
    """Role and name of all; what is wrong with a field is told with it, and above the form."""
    page, heard = walk.page, Heard(walk.page)
    page.goto(f"{origin}{invited(place, 'Jo Roe')}")
    check_controls(heard, "password")
    choose(page, PASSWORD, PASSWORD)
    walk.told("Your password is saved.")
    check_controls(heard, "sign in")
    sign_in(page, "jo.roe")
    walk.headed("Welcome, Jo Roe")
    for path in PAGES:
        page.goto(f"{origin}/desk{path}")
        check_controls(heard, path)
    page.goto(f"{origin}/desk/answers/new")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()
    heard.one("alert", live="assertive")
    empty = heard.one("textbox", "The answer", invalid="true")
    assert "Some words" in empty["description"]
    page.goto(f"{origin}/desk/school")
    page.get_by_role("button", name="Save").click()
    walk.told("Saved.")
    heard.one("status", live="polite")
