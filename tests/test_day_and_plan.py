"""The day and the plan over both guides: what is under way when, and how hours are shared out."""

from __future__ import annotations

import re

import pytest

from answers.day import day, under_way
from answers.high_school import GRADE_NAMES, plan, replan
from answers.model import Question
from guides.loading import Guides
from guides.schema import Guide
from tests.conftest import Ask, Checked

SLUGS = ["mlops-engineer", "moon-lighthouse-keeper"]

DAY_TIMES = [
    ("first", 0), ("last", 7), ("09:00", 0), ("~9:00", 0), ("09:29", 0), ("~9:30", 1), ("~10:15", 2),
    ("10:00", 2), ("11:30", 3), ("~12:00", 3), ("12:59", 3), ("~1:00", 4), ("13:00", 4), ("~2:29", 4),
    ("~2:30", 5), ("14:30", 5), ("~4:00", 6), ("16:59", 6), ("~5:00", 7), ("17:59", 7), ("08:59", None),
    ("18:00", None), ("02:30", None), ("~7:00", None), ("00:00", None),
]  # fmt: skip
NIGHT_TIMES = [
    ("first", 0), ("last", 5), ("20:00", 0), ("~8:00", 0), ("21:29", 0), ("~9:30", 1), ("23:00", 2),
    ("~11:59", 2), ("00:00", 2), ("~12:00", 2), ("00:29", 2), ("00:30", 3), ("~1:00", 3), ("02:30", 4),
    ("~2:30", 4), ("04:29", 4), ("~4:30", 5), ("05:29", 5), ("05:30", None), ("12:00", None),
    ("14:30", None), ("19:59", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "time", "place"),
    [(SLUGS[0], *row) for row in DAY_TIMES] + [(SLUGS[1], *row) for row in NIGHT_TIMES],
)
def test_a_moment_has_the_entry_under_way(
    guides: Guides, ask: Ask, slug: str, time: str, place: int | None
) -> None:
    """Each entry lasts until the next one; the day ends an hour after the last one starts."""
    entries = guides[slug].day.entries
    text = ask(guides[slug], "day", time=time)
    if place is None:
        assert "nothing at that time" in text
    else:
        shown = [entry for entry in entries if entry.activity in text]
        assert shown == [entries[place]]
        assert ("last thing of the day" in text) == (place == len(entries) - 1)


def test_the_part_of_the_day_decides_an_open_time(mlops: Guide, keeper: Guide) -> None:
    """2:30 in the morning is in the night shift and outside an office day."""
    assert under_way(mlops.day, "~2:30", "afternoon") == mlops.day.entries[5]
    assert under_way(mlops.day, "~2:30", "morning") is None
    assert under_way(keeper.day, "~2:30", "morning") == keeper.day.entries[4]
    assert under_way(keeper.day, "~9:30", "evening") == keeper.day.entries[1]
    assert under_way(keeper.day, "~9:30", "morning") is None


@pytest.mark.parametrize(
    ("text", "time", "places"),
    [
        ("everything later than two", "~2:00", [4, 5, 6, 7]),
        ("the rest from 4pm", "16:00", [6, 7]),
        ("what do they do until 11", "~11:00", [0, 1, 2]),
        ("all of it before eleven", "~10:59", [0, 1, 2]),
        ("till 10 am", "10:00", [0, 1]),
        ("at 10 am", "10:00", [2]),
    ],
)
def test_a_span_has_what_is_done_in_it(
    mlops: Guide, checked: Checked, text: str, time: str, places: list[int]
) -> None:
    """What is under way at its beginning included, what begins at its end not."""
    given = checked(day(mlops, Question("day", text, values={"time": (time,)})), "day", mlops)
    shown = [entry for entry in mlops.day.entries if entry.activity in given]
    assert shown == [mlops.day.entries[place] for place in places]


@pytest.mark.parametrize(
    ("slug", "part", "places"),
    [
        (SLUGS[0], "morning", [0, 1, 2, 3]),
        (SLUGS[0], "afternoon", [4, 5, 6, 7]),
        (SLUGS[0], "evening", [7]),
        (SLUGS[0], "night", []),
        (SLUGS[1], "evening", [0, 1]),
        (SLUGS[1], "night", [0, 1, 2, 3, 4, 5]),
        (SLUGS[1], "afternoon", []),
    ],
)
def test_a_part_has_only_its_entries(
    guides: Guides, ask: Ask, slug: str, part: str, places: list[int]
) -> None:
    """A part of the day lists the entries that start in it, or says that there are none."""
    entries = guides[slug].day.entries
    text = ask(guides[slug], "day", part=part)
    if places:
        assert [entry for entry in entries if entry.activity in text] == [
            entries[p] for p in places
        ]
    else:
        assert f"nothing in the {part}" in text


@pytest.mark.parametrize("grade", GRADE_NAMES)
@pytest.mark.parametrize("hours", [0.5, 1, 3, 5, 7, 10, 40])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_plan_has_every_step_once_and_the_hours_given(
    guides: Guides, checked: Checked, slug: str, hours: float, grade: int
) -> None:
    """All own steps stand in turns, each once; the hours of each turn add up to those given."""
    guide = guides[slug]
    given = plan(guide, grade, hours)
    text = checked(given, "make_plan", guide)
    assert f"for a {GRADE_NAMES[grade]} with {hours:g} hour" in text
    school, *turns = given.card["groups"]
    steps = guide.high_school.steps
    assert school["items"] == [step.text for step in steps if step.kind == "class"]
    own = [step.text for step in steps if step.kind != "class"]
    assert [item for turn in turns for item in turn["items"]] == own
    assert len(turns[0]["items"]) == {0.5: 1, 1: 1, 3: 1, 5: 2, 7: 3}.get(hours, len(own))
    for turn in turns:
        each = float(re.search(r"about ([\d.]+) h", turn["label"])[1])
        assert each * len(turn["items"]) == pytest.approx(hours, abs=0.05 * len(turn["items"]))
    low, high = guide.high_school.hours.min, guide.high_school.hours.max
    assert ("That fits" in text) == (low <= hours <= high)
    assert ("early" in text) == (grade < min(guide.high_school.grades))


def test_a_plan_is_made_again_only_with_grade_and_hours(mlops: Guide, checked: Checked) -> None:
    """Other hours or another grade make a new plan; what is missing is asked, or it is offered."""
    asked = Question("make_plan", values={"hours": ("6",)})
    assert "a junior with 6 hours" in checked(replan(mlops, "11", None, asked), "make_plan", mlops)
    for grade, question, kept in (
        (None, asked, {"planned_hours": "6"}),
        ("11", Question("make_plan"), {"grade": "11"}),
    ):
        half = replan(mlops, grade, None, question)
        assert checked(half, "make_plan", mlops).endswith(("fine.", "fine")) and half.focus == kept
    nothing = replan(mlops, None, None, Question("make_plan"))
    assert "Shall we" in checked(nothing, "make_plan", mlops)


def test_the_plan_says_for_whom_it_is(mlops: Guide) -> None:
    """A printed plan names the career, the grade and the time."""
    card = plan(mlops, 10, 4).card
    assert card and card["facts"] == [
        {"label": "Career", "value": mlops.title},
        {"label": "Grade", "value": "sophomore"},
        {"label": "Time", "value": "4 hours a week"},
    ]
