"""What students ask, and what found no answer, on the desk: rounded, grouped, and of one's own school."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from answers.in_force import InForce
from components.sentence_encoder import find_encoder
from conversations import counts, questions
from conversations.counts import Atom
from conversations.questions import NOT_FOR_US, Phrase, Question
from desk.asked import safe
from desk.door import Desk
from desk.figures import STEP, first_day, monday
from desk.groups import GAP, shown_groups
from desk.unanswered import ASIDE, MEANS, UNANSWERED
from guides.local import LocalAnswer
from serving.phrases import worded
from tests.desks import LINCOLN, Browser, Clock, counselor, text_of
from tests.desks import clock as clock  # a fixture
from tests.desks import desk as desk  # a fixture
from understanding.classifier import Encoder

LAST_WEEK = {"robotics": 5, "chess": 3, "parking": 2}
"""Chats in which each was asked about, in three ways."""
WAYS = {
    "robotics": ["do we have robotics", "is there a robotics club", "can i join the robotics club"],
    "chess": ["is there a chess club", "do we have a chess club", "when is chess club"],
    "parking": ["where do students park", "can students park at school"],
}


@pytest.fixture
def today(clock: Clock) -> date:
    return date.fromtimestamp(clock())


@pytest.fixture(autouse=True)
def collecting(desk: Desk, tmp_path: Path) -> None:
    """Of the desk's schools Lincoln collects questions."""
    (tmp_path / "schools" / "lincoln.yml").write_text(f"{LINCOLN}collect_questions: true\n")


async def signed_in(desk: Desk, school: str) -> Browser:
    browser = Browser(desk)
    await browser.sign_in(await counselor(desk, "Jane Doe", school), school)
    return browser


async def count(desk: Desk, school: str, day: date, **named: int) -> None:
    """Write counts; `topics__salary` is the row salary of the topics."""
    split = {tuple((*name.split("__"), "")[:2]): number for name, number in named.items()}
    atoms = {Atom(school, str(day), *name): number for name, number in split.items()}
    await desk.accounts.ask(partial(counts.add, atoms))


async def ask(desk: Desk, day: date, school: str = "lincoln", **chats: int) -> None:
    """Write questions, each of a chat of its own."""
    asked = [
        Question(school, f"{name}{number}".encode(), bytes(8), day, ways[number % len(ways)], "")
        for name, ways in WAYS.items()
        for number in range(chats.get(name, 0))
    ]
    await desk.accounts.ask(partial(questions.keep, asked))


async def test_a_counselor_sees_rounded_counts(desk: Desk, today: date) -> None:
    """On the page as in the file; a count below five is said in words."""
    day = monday(today) - timedelta(weeks=5)
    await count(
        desk, "lincoln", day, conversations=37, topics__salary=23, topics__day=4,
        careers__electrician=9, outcomes__answered=41, outcomes__refused=3, uses__take_quiz=6,
    )  # fmt: skip
    browser = await signed_in(desk, "lincoln")
    page = text_of(await browser.ask("/desk/asked"))
    for told in (">35<", ">20<", "Electrician", ">5<", "40 (100 %)", f"fewer than {STEP}"):
        assert told in page, told
    for hidden in (">37<", ">23<", ">41<", ">9<", ">4<", ">3<", "A typical day", "style="):
        assert hidden not in page, hidden
    lines = list(csv.reader(StringIO(text_of(await browser.ask("/desk/asked/counts")))))
    week = str(day), str(day + timedelta(days=6))
    assert ["Chats", "", *week, "35"] in lines
    assert [line[4] for line in lines if line[:2] == ["Topics", "Pay"]].count("20") == 1
    numbers = {line[4] for line in lines[2:]}
    assert numbers <= {"5", "20", "35", "40", f"fewer than {STEP}"}


async def test_no_count_of_another_school_is_seen(desk: Desk, today: date) -> None:
    """Neither by address nor by form; nor what was voted before schools were told apart."""
    day = monday(today) - timedelta(weeks=5)
    for school in ("", "roosevelt", counts.EARLIER):
        await count(desk, school, day, conversations=55, topics__salary=55)
        vote = partial(counts.vote, school, "electrician", "day", "up", day)
        for _ in range(9):
            await desk.accounts.ask(vote)
        await ask(desk, day, school, robotics=5)
    browser = await signed_in(desk, "lincoln")
    for path in ("/desk/asked", "/desk/asked/counts", UNANSWERED):
        empty = text_of(await browser.ask(path))
        for query in ("?school=roosevelt", "?school=", "?slug=roosevelt", "?week=0"):
            assert text_of(await browser.ask(path + query)) == empty
        assert not re.search("[>,]55[<\r]", empty) and "robotics" not in empty, path


async def test_this_week_is_not_shown(desk: Desk, today: date, clock: Clock) -> None:
    """Neither counts nor questions, up to its last second."""
    await count(desk, "lincoln", today, conversations=37)
    await ask(desk, today, **LAST_WEEK)
    browser = await signed_in(desk, "lincoln")
    for path, later in (("/desk/asked", ">35<"), (UNANSWERED, "robotics")):
        assert later not in text_of(await browser.ask(path))
    clock.now += 7 * 24 * 60 * 60
    browser = Browser(desk)
    await browser.sign_in("jane.doe", "lincoln")
    for path, later in (("/desk/asked", ">35<"), (UNANSWERED, "robotics")):
        assert later in text_of(await browser.ask(path)), path


async def test_open_questions_are_shown_by_group(desk: Desk, today: date) -> None:
    """Largest first; asked in three chats at least, of which no more is said than of any count."""
    await ask(desk, monday(today) - timedelta(days=3), **LAST_WEEK)
    browser = await signed_in(desk, "lincoln")
    page = text_of(await browser.ask(UNANSWERED))
    assert page.index("robotics") < page.index("chess") and "park" not in page
    assert "came up: 5<" in page and f"came up: fewer than {STEP}<" in page
    assert 'href="/desk/answers/new?asked=' in page


async def test_what_has_an_answer_by_now_leaves_the_list(
    desk: Desk, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the school answers it itself, though the questions are still kept."""
    await ask(desk, monday(today) - timedelta(days=3), **LAST_WEEK)
    own = {
        "asked": ["is there a robotics club", "when does robotics meet"],
        "answer": "Robotics meets on Tuesdays.",
        "checked": date.today(),
        "until": date.today() + timedelta(days=90),
    }
    now = InForce.of({"robotics": LocalAnswer(**own)}, find_encoder({"encoder": "on"}))
    browser = await signed_in(desk, "lincoln")
    assert "robotics" in text_of(await browser.ask(UNANSWERED))
    monkeypatch.setattr("desk.unanswered.find_locals", lambda slug: SimpleNamespace(now=now))
    page = text_of(await browser.ask(UNANSWERED))
    assert "robotics" not in page and "chess" in page


async def test_a_school_may_ask_for_more_chats(desk: Desk, today: date, tmp_path: Path) -> None:
    raised = f"{LINCOLN}collect_questions: true\nquestions_from_sessions: 4\n"
    (tmp_path / "schools" / "lincoln.yml").write_text(raised)
    await ask(desk, monday(today) - timedelta(days=3), **LAST_WEEK)
    page = text_of(await (await signed_in(desk, "lincoln")).ask(UNANSWERED))
    assert "robotics" in page and "chess" not in page


async def test_it_is_off_unless_the_school_turns_it_on(desk: Desk, today: date) -> None:
    """Whatever stands in the database, and whatever is sent."""
    await ask(desk, monday(today) - timedelta(days=3), "roosevelt", **LAST_WEEK)
    browser = await signed_in(desk, "roosevelt")
    page = text_of(await browser.ask(UNANSWERED))
    assert "This is off." in page and "robotics" not in page
    answer = await browser.send(ASIDE, group="0" * 32)
    assert answer.headers["Location"].endswith("questions_changed")
    assert await desk.accounts.ask(questions.decided) == []


def group_ids(page: str) -> list[str]:
    return list(dict.fromkeys(part.partition('"')[0] for part in page.split('name="group" value="')[1:]))  # fmt: skip


async def test_what_is_decided_leaves_the_list(desk: Desk, today: date) -> None:
    """And stands in the log; what it means waits for the maintainers, and trains nothing."""
    await ask(desk, monday(today) - timedelta(days=3), **LAST_WEEK)
    browser = await signed_in(desk, "lincoln")
    robotics, chess = group_ids(text_of(await browser.ask(UNANSWERED)))
    answer = await browser.send(MEANS, group=robotics, topic="projects")
    assert answer.headers["Location"] == f"{UNANSWERED}?notice=question_means"
    page = text_of(await browser.ask(UNANSWERED))
    assert "robotics" not in page and "chess" in page
    await browser.send(ASIDE, group=chess)
    assert "chess" not in text_of(await browser.ask(UNANSWERED))
    log = text_of(await browser.ask("/desk/log"))
    assert "robotics" in log and "chess" in log and "Jane Doe" in log
    decided = await desk.accounts.ask(questions.decided)
    assert {each.topic for each in decided} == {"projects", NOT_FOR_US}
    assert all(each.school == "lincoln" for each in decided)
    listed = worded(decided)
    assert "projects:" in listed and "robotics" in listed and "chess" not in listed
    answer = await browser.send(MEANS, group=robotics, topic="projects")
    assert answer.headers["Location"].endswith("questions_changed")


@pytest.mark.parametrize("topic", ["", "greet", "no such topic", "../salary"])
async def test_a_topic_that_is_none_is_refused(desk: Desk, today: date, topic: str) -> None:
    await ask(desk, monday(today) - timedelta(days=3), **LAST_WEEK)
    browser = await signed_in(desk, "lincoln")
    group = group_ids(text_of(await browser.ask(UNANSWERED)))[0]
    assert (await browser.send(MEANS, group=group, topic=topic)).status == 400
    assert await desk.accounts.ask(questions.decided) == []


async def test_no_group_of_another_school_is_decided(desk: Desk, today: date) -> None:
    """Its name is of no use at another desk, and a decision holds at one's own alone."""
    await ask(desk, monday(today) - timedelta(days=3), **LAST_WEEK)
    group = group_ids(text_of(await (await signed_in(desk, "lincoln")).ask(UNANSWERED)))[0]
    other = await signed_in(desk, "roosevelt")
    await other.ask(UNANSWERED)
    assert "changed" in (await other.send(ASIDE, group=group)).headers["Location"]
    foreign = [Phrase("roosevelt", NOT_FOR_US, "robotics club")]
    await desk.accounts.ask(partial(questions.decide, foreign, today))
    lincoln = await signed_in(desk, "lincoln")
    assert "robotics" in text_of(await lincoln.ask(UNANSWERED))


def test_no_cell_of_the_file_is_a_formula() -> None:
    """As spreadsheets read it; what only looks so is told apart by a sign before it."""
    for bad in ('=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"):
        assert safe([bad, "Pay"]) == [f"'{bad}", "Pay"]


DAY = date(2026, 11, 20)


def asked(*texts: str, chats: str = "") -> list[Question]:
    """Questions, each of its own chat, or of the chats that the letters name."""
    marks = chats or "".join(chr(97 + place) for place in range(len(texts)))
    return [Question("lincoln", mark.encode(), bytes(8), DAY, text, "") for mark, text in zip(marks, texts, strict=True)]  # fmt: skip


class Alike:
    """An encoder that takes all texts for one, or texts that begin alike."""

    def encode(self, texts: object) -> object:
        import numpy as np

        return np.array([[1.0, 0.0] for _ in texts], dtype=np.float32)  # type: ignore[attr-defined]


ALIKE: Encoder = Alike()  # type: ignore[assignment]


def examples(*texts: str, least: int = 3, chats: str = "") -> list[str]:
    found = shown_groups(asked(*texts, chats=chats), least, [], ALIKE, lambda career: "")
    return [text for group in found for text in group.examples]


def test_what_one_student_alone_said_is_not_shown() -> None:
    """Its words are gaps; a question that would be mostly gaps is left out."""
    shown = examples(
        "do we have a robotics club",
        "is there a robotics club",
        "is there a robotics club since mr kowalski left",
        "zorblax my brother tadeusz wants robotics club",
    )
    assert shown[0] in ("is there a robotics club", f"do {GAP} have a robotics club", "do we have a robotics club")  # fmt: skip
    assert not any(word in text for text in shown for word in ("kowalski", "tadeusz", "brother", "zorblax", "left"))  # fmt: skip


def test_chats_are_counted_and_not_questions() -> None:
    """Whoever asks ten times is one; a word of one chat stays hidden however often it is said."""
    again = ["is there a robotics club"] * 10
    assert examples(*again, chats="a" * 10) == []
    assert examples(*again, chats="aaaaabbbbb") == []
    assert examples(*again, chats="aaaabbbccc") == ["is there a robotics club"]
    secret = ["robotics club with tadeusz"] * 8 + ["robotics club"] * 2
    assert examples(*secret, chats="aaaaaaaabc") == [
        f"robotics club with {GAP}",
        "robotics club",
    ] or (examples(*secret, chats="aaaaaaaabc")[0] == "robotics club")
    assert not any("tadeusz" in text for text in examples(*secret, chats="aaaaaaaabc"))


def test_a_group_with_nothing_in_common_is_not_shown() -> None:
    """Though an encoder takes them for one; common words alone tell nothing."""
    assert examples("where is it", "when is it", "what is it") == []
    assert examples("purple kangaroo", "golden umbrella", "silent thunder") == []


def test_the_order_tells_of_no_number() -> None:
    """Groups of three and of four chats stand by their words."""
    import numpy as np

    class ByFirst:
        def encode(self, texts: list[str]) -> object:
            return np.array([[1.0, 0.0] if "zebra" in text else [0.0, 1.0] for text in texts])

    texts = ["zebra club"] * 4 + ["apple club"] * 3
    found = shown_groups(asked(*texts), 3, [], ByFirst(), lambda career: "")  # type: ignore[arg-type]
    assert [group.examples[0] for group in found] == ["apple club", "zebra club"]
    assert {group.chats for group in found} == {0}


def test_the_first_day_is_that_of_the_oldest_period(today: date) -> None:
    assert first_day(today) < monday(today) - timedelta(weeks=12)
