"""Worksheets and numbered questions: each item is asked, headings and filled lines are not."""

from __future__ import annotations

import pytest

from understanding.worksheets import MOST_ITEMS, items


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("1) pay\n2) hours\n3) is it fun", ["pay", "hours", "is it fun"]),
        ("1. pay 2. hours 3. tools", ["pay", "hours", "tools"]),
        ("Homework:\na) pay\nb) hours", ["pay", "hours"]),
        ("hw\n1 pay\n2 hours", ["pay", "hours"]),
        ("- pay\n- hours\n- $$", ["pay", "hours", "$$"]),
        ("Career sheet\nJob title: nurse\nPay: ____\nHours: ____", ["Pay", "Hours"]),
        ("Name: ____\nPeriod: ____\nPay: ____\nHours: ____", ["Pay", "Hours"]),
        ("What is the pay? ______\nWhat are the hours? ______", None),
        ("Pay:\nHours:\nTools:", ["Pay", "Hours", "Tools"]),
        ("Fill in the chart:\nPay =\nHours =", ["Pay", "Hours"]),
        ("Pay: ____ Hours: ____ Tools: ____", ["Pay", "Hours", "Tools"]),
        ("Pay: ____, Hours: ____", ["Pay", "Hours"]),
        ("pay ____ hours ____ tools ____", ["pay", "hours", "tools"]),
        ("i need (a) the pay (b) the hours (c) tools", ["the pay", "the hours", "tools"]),
        ("Q1: pay\nQ2: hours", ["pay", "hours"]),
        ("Question 1: pay\nQuestion 2) hours", ["pay", "hours"]),
        ("ok 3 things 1 pay 2 hours 3 is it fun", ["pay", "hours", "is it fun"]),
        ("what is the pay?\nwhat are the hours?", None),
    ],
)
def test_each_item_is_a_question(typed: str, asked: list[str] | None) -> None:
    """With and without marks, on one line or many."""
    wanted = asked or ["What is the pay?", "What are the hours?"]
    assert [each.lower() for each in items(typed)] == [each.lower() for each in wanted]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "how much do they make",
        "hi\nhow much do they make",
        "i am in 9th grade.\nmy mom says i should ask",
        "they work 9 to 5. is that 40 hours",
        "version 1. is that old",
        "is it 5 days or 4 days or 3 days",
        "is that 1 year or 2 years",
        "they make ____ a year",
        "plan a) sounds good",
        "so (a) is the pay or c) is the pay",
    ],
)
def test_what_is_no_list_stays_whole(typed: str) -> None:
    """A story in two lines and figures in a sentence are no list."""
    assert items(typed) == []


def test_a_long_list_is_cut() -> None:
    """More items than a worksheet has are not all answered."""
    assert len(items("\n".join(f"{n}) pay" for n in range(1, 30)))) == MOST_ITEMS


def test_what_stands_behind_a_blank_fills_nothing_in() -> None:
    """A request behind the last blank, or a unit."""
    sheet = "Career: MLOps. Salary: ___ Growth: ____ Education: ___ can you fill this in"
    assert items(sheet) == ["Salary", "Growth", "Education"]
    assert items("Pay: ____ a year\nHours: ____ a week") == ["Pay", "Hours"]
