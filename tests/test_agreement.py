"""What students say to a statement of a quiz and to the plan's question for hours."""

from __future__ import annotations

import pytest

from understanding.agreement import agreement, mended
from understanding.students import amount_of_hours, first_number


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("yeah for sure", "yes"),
        ("um yes i guess", "yes"),
        ("totally me", "yes"),
        ("👍", "yes"),
        ("nope, hate it", "no"),
        ("not really tbh", "no"),
        ("i freeze up", "no"),
        ("no idea", "unsure"),
        ("kinda", "unsure"),
        ("🤷", "unsure"),
        ("5", "yes"),
        ("like a 4", "yes"),
        ("hm 3 then", "unsure"),
        ("3ish", "unsure"),
        ("2? maybe 1", "no"),
        ("one", "no"),
        ("4 out of 5", "yes"),
        ("a solid 5/5", "yes"),
        ("at 4", None),
        ("4:30", None),
        ("4 years", None),
        ("2.5", None),
        ("ok lol", None),
        ("what does that mean", None),
        ("yes but how much do they earn?", None),
        ("bananas", None),
        ("yesss", "yes"),
        ("nahhh", "no"),
        ("hmm yeah", "yes"),
        ("hmm", "unsure"),
        ("that sounds super fun", "yes"),
        ("its kinda boring tbh", "no"),
        ("absolutely not", "no"),
        ("skip this one", "unsure"),
        ("skip the pay part", None),
        ("cool and which tools do they use", None),
        ("i would like to know who reads this", None),
    ],
)
def test_yes_no_and_not_sure(typed: str, said: str | None) -> None:
    """The longest words at the beginning decide; a question says neither."""
    assert agreement(typed) == said


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("i meant no", "no"),
        ("oops, i meant to press yes", "yes"),
        ("no wait i mean kinda", "unsure"),
        ("change my last answer to a 5", "yes"),
        ("that should've been a no", "no"),
        ("i mean no", None),
        ("change my last answer", None),
        ("no", None),
    ],
)
def test_an_answer_is_mended_by_the_next(typed: str, instead: str | None) -> None:
    """Where it says what the one before is to be; "i mean no" is an answer itself."""
    assert mended(typed) == instead


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("90 minutes", "1.5"),
        ("a good 45 mins", "0.75"),
        ("3 hours in season", "3"),
        ("half an hour a day", "3.5"),
        ("lots", None),
    ],
)
def test_hours_where_a_week_is_meant(typed: str, hours: str | None) -> None:
    """Minutes count too once the plan has asked."""
    assert amount_of_hours(typed) == hours


def test_a_changed_plan_names_a_number() -> None:
    """ "make it 5" holds hours; a year and a time do not."""
    assert first_number("make it 5 please") == 5
    assert first_number("make it two") == 2
    assert first_number("change it for 2027") is None
    assert first_number("no thanks") is None
