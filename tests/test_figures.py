"""What a school sees of its counts: no count of one to four can be told from all views together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest

from channels.noting import noted, outcomes
from conversations.counts import (
    CAREERS,
    CONVERSATIONS,
    HELP,
    OUTCOMES,
    TOPICS_ASKED,
    USES,
    VOTES,
    Count,
)
from desk.figures import BLOCK, STEP, block_of, figures, first_day, monday, rounded, shares
from guides.loading import Guides
from guides.school import School, load_school

TODAY = date(2026, 11, 28)
TRIALS = 8
TOPICS, CAREERS_ASKED = ("salary", "day", "skills", "cons"), ("electrician", "actor", "judge")
OUTCOME_KINDS = {"answered": "answer", "offered": "clarify", "refused": "fallback"}


@pytest.fixture
def school(guides: Guides) -> School:
    return load_school(guides)


@dataclass(frozen=True)
class Turn:
    """A reply within one chat, and whether a typed message got it."""

    chat: int
    day: date
    kind: str
    topic: str
    guide: str | None
    typed: bool = False


def counted(turns: Iterable[Turn], school: School) -> list[Count]:
    """The counts of turns, by what the server notes of each reply."""
    atoms: Counter[tuple[date, str, str]] = Counter()
    once: set[Any] = set()
    for turn in turns:
        said = [{"kind": turn.kind, "topic": turn.topic, "guide": turn.guide}]
        if turn.chat not in once:
            atoms[turn.day, CONVERSATIONS, ""] += 1
        for subject, name in noted(said, school):
            if (turn.chat, turn.day, subject, name) not in once:
                atoms[turn.day, subject, name] += 1
            once.add((turn.chat, turn.day, subject, name))
        once.add(turn.chat)
        for outcome in outcomes(said) if turn.typed else ():
            atoms[turn.day, OUTCOMES, outcome] += 1
    return [Count(*atom, number) for atom, number in atoms.items()]


def random_turns(random: Random, school: School) -> list[Turn]:
    """A quarter of a year at a small school: some rows are asked for often, some hardly ever."""
    turns = []
    weights = [random.choice((0.0, 0.02, 0.3, 2.0)) + 0.001 for _ in range(20)]
    begin = first_day(TODAY)
    for chat in range(random.randrange(60, 300)):
        day = begin + timedelta(days=random.randrange((TODAY - begin).days))
        for _ in range(random.randrange(1, 4)):
            topic = random.choices((*TOPICS, "bot"), weights[:5])[0]
            guide = random.choices((*CAREERS_ASKED, school.default_guide), weights[5:9])[0]
            kind = random.choices(list(OUTCOME_KINDS.values()), weights[9:12])[0]
            kind = "smalltalk" if topic == "bot" else kind
            turns.append(Turn(chat, day, kind, topic, guide, random.random() < 0.5))
    return turns


def period_of(subject: str, day: date) -> date:
    return monday(day) if subject in (CONVERSATIONS, OUTCOMES) else block_of(day)


def without(turns: Sequence[Turn], subject: str, name: str, period: date, school: School) -> list[Turn]:  # fmt: skip
    """The same chats less what counts for one row in one period; every other count stays."""

    def changed(turn: Turn) -> Turn:
        if period_of(subject, turn.day) != period:
            return turn
        if subject == CAREERS and turn.guide == name:
            return replace(turn, guide=school.default_guide)
        if subject == TOPICS_ASKED and turn.topic == name and turn.kind == "answer":
            return replace(turn, topic="sources" if turn.typed else "bot", kind="answer" if turn.typed else "smalltalk")  # fmt: skip
        if subject == OUTCOMES and turn.typed and turn.kind == OUTCOME_KINDS[name]:
            return replace(turn, typed=False)
        return turn

    return [changed(turn) for turn in turns]


def with_more(turns: Sequence[Turn], subject: str, name: str, period: date, number: int, school: School) -> list[Turn]:  # fmt: skip
    """The same chats, of which so many ask once more for what counts for the row alone."""
    chats = {turn.chat: turn for turn in turns if period_of(subject, turn.day) == period}
    added = {
        CAREERS: Turn(0, TODAY, "smalltalk", "bot", name),
        TOPICS_ASKED: Turn(0, TODAY, "answer", name, school.default_guide),
        OUTCOMES: Turn(0, TODAY, OUTCOME_KINDS.get(name, ""), "bot", None, typed=True),
    }[subject]
    more = [replace(added, chat=each.chat, day=each.day) for each in list(chats.values())[:number]]
    return [*turns, *more]


def test_a_hidden_count_may_be_any_other_small_one(school: School) -> None:
    """For every hidden count of real chats there are chats with the same views, where it differs.

    "Sources" stands for answers about the guide, which no table of topics holds.
    """
    random, tried = Random(20261128), 0
    rows = [(TOPICS_ASKED, TOPICS), (CAREERS, CAREERS_ASKED), (OUTCOMES, OUTCOME_KINDS)]
    for _ in range(TRIALS):
        turns = random_turns(random, school)
        counts = counted(turns, school)
        view = figures(counts, TODAY)
        begun = first_day(TODAY)
        for (subject, names), week in product(rows, range(0, 16, BLOCK)):
            period = period_of(subject, begun + timedelta(weeks=week))
            for name in names:
                true = sum(
                    each.number
                    for each in counts
                    if (each.subject, each.name, period_of(subject, each.day))
                    == (subject, name, period)
                )
                chats = {turn.chat for turn in turns if period_of(subject, turn.day) == period}
                if true >= STEP or len(chats) < STEP:
                    continue
                bare = without(turns, subject, name, period, school)
                for number in range(STEP):
                    other = with_more(bare, subject, name, period, number, school)
                    assert figures(counted(other, school), TODAY) == view
                    tried += 1
    assert tried > 500


def test_a_view_is_made_of_rounded_counts_alone() -> None:
    """Any count may change within its step of five: nothing that is shown changes with it."""
    random = Random(5)
    weekly = product((CONVERSATIONS, OUTCOMES), "ab", range(16))
    in_blocks = product((TOPICS_ASKED, CAREERS, USES, VOTES), "ab", range(0, 16, BLOCK))
    rows = [*weekly, *in_blocks]
    for _ in range(200):
        numbers = [random.choice((0, 3, 4, 5, 7, 23)) for _ in rows]
        others = [rounded(number) + random.randrange(STEP) for number in numbers]
        same, other = (
            [
                Count(first_day(TODAY) + timedelta(weeks=week), subject, name, number)
                for (subject, name, week), number in zip(rows, found, strict=True)
            ]
            for found in (numbers, others)
        )
        assert figures(same, TODAY) == figures(other, TODAY)


def test_who_adds_chats_of_their_own_learns_no_count() -> None:
    """Whatever a counselor adds, what is shown then fits several counts, or there was none."""
    for added, true in product(range(40), range(1, STEP)):
        told = rounded(true + added)
        fitting = [other for other in range(60) if rounded(other + added) == told]
        assert len(fitting) > 1 and set(fitting) != {true}


def test_only_periods_that_are_over_are_shown() -> None:
    """This week, these four weeks and this month are not, and no period overlaps another."""
    end = TODAY + timedelta(days=1)
    days = [end - timedelta(days=number) for number in range(200)]
    rows = [(CONVERSATIONS, ""), (OUTCOMES, "answered"), (TOPICS_ASKED, "day"), (HELP, "crisis")]
    counts = [Count(day, subject, name, 100) for day, (subject, name) in product(days, rows)]
    seen = figures(counts, TODAY)
    assert seen.weeks.periods[-1] == date(2026, 11, 16)
    assert seen.weeks.rows[CONVERSATIONS] == (700,) * 12
    assert seen.blocks[TOPICS_ASKED].periods[-1] + timedelta(weeks=BLOCK) <= TODAY
    assert seen.blocks[TOPICS_ASKED].rows == {"day": (2800,) * 3}
    assert seen.help.periods[-1] == date(2026, 10, 1)
    assert seen.help.rows["crisis"][-1] == 3100
    this_week = [count for count in counts if monday(count.day) == monday(TODAY)]
    assert figures(this_week, TODAY) == figures([], TODAY)


def test_a_period_of_few_chats_shows_nothing_else() -> None:
    """Twenty questions of four chats tell of four people."""
    day = date(2026, 11, 3)
    more = [Count(day, OUTCOMES, "refused", 20), Count(day, TOPICS_ASKED, "salary", 20)]
    few, enough = (Count(day, CONVERSATIONS, "", number) for number in (4, 5))
    assert figures([few, *more], TODAY) == figures([], TODAY)
    assert figures([enough, *more], TODAY).weeks.rows["refused"][-3] == 20


def test_shares_are_of_what_is_shown() -> None:
    day = date(2026, 11, 3)
    counts = [
        Count(day, CONVERSATIONS, "", 9),
        Count(day, OUTCOMES, "answered", 34),
        Count(day, OUTCOMES, "refused", 14),
        Count(day, OUTCOMES, "offered", 4),
    ]
    assert shares(figures(counts, TODAY).weeks) == {"answered": 75, "offered": 0, "refused": 25}
    assert shares(figures([], TODAY).weeks) == {}
