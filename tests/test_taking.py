"""What drafts of local answers would take from guides."""

from __future__ import annotations

from datetime import date

import pytest

from answers.in_force import InForce
from answers.taking import BEARABLE, FEWEST, TRIED, Asked, Questions, of_guides, questions, taken
from guides.local import LocalAnswer
from tests.test_local import Drawn
from understanding.topics import TOPICS

PAY = [Asked("salary", f"what is the pay in state {number}") for number in range(200)]
DAY = [Asked("day", f"how is a day at place {number}") for number in range(200)]


def draft(*asked: str, careers: tuple[str, ...] = ()) -> LocalAnswer:
    """An answer that is asked for so."""
    given = {"asked": list(asked), "answer": "zebra", "careers": list(careers)}
    return LocalAnswer(**given, checked=date.today(), until=date.today())


def test_questions_of_all_topics_are_read() -> None:
    """As many as the topics were learnt from, without marks of entities."""
    found = list(questions())
    assert len(found) > 10_000 and len({each.topic for each in found}) == 31
    assert all(TOPICS[each.topic].kind == "question" for each in found)
    assert not [each for each in found if not each.text or "](" in each.text or "[" in each.text]


def test_those_that_share_most_are_tried() -> None:
    """Words of few questions tell more than those of many."""
    asked = [Asked("day", "how is a robot day"), Asked("day", "how is a day"), *PAY]
    near = Questions(asked).near(draft("where is the robot", "which robot"), 2)
    assert near[0] == asked[0]
    assert Questions(PAY).near(draft("yeti", "unicorn"), 3) == PAY[:3]


@pytest.mark.parametrize(("count", "much"), [(0, False), (2, False), (3, True)])
def test_a_few_of_a_topic_are_bearable(count: int, much: bool) -> None:
    """One in a hundred of it: with two hundred, two."""
    assert Questions([*PAY, *DAY]).too_many([*PAY[:count], *DAY[:2]]) == much
    assert BEARABLE == 0.01


def test_what_is_taken_is_said_for_each_draft() -> None:
    """By the rule of the assistant; one for a career alone is measured for it."""
    drawn = Drawn(a=1.0, x=1.0, zebra=1.0, b=0.9)
    asked = [Asked("salary", "b"), Asked("day", "c")]
    assert taken(InForce.of({"one": draft("a", "x")}, drawn), asked) == {"one": asked[:1]}
    only = InForce.of({"one": draft("a", "x", careers=("chef",))}, drawn)
    assert taken(only, asked) == {"one": asked[:1]}
    assert taken(InForce.of({"one": draft("a", "x")}, None), asked) == {}


def test_many_drafts_are_measured_with_as_few() -> None:
    """So that two hundred take no longer than a request may."""
    counted: list[int] = []

    class Counting(Questions):
        def near(self, entry: LocalAnswer, most: int) -> list[Asked]:
            counted.append(most)
            return []

    drawn = Drawn()
    Counting(PAY).taken_by({"one": draft("a", "b")}, drawn)
    Counting(PAY).taken_by({f"n{n}": draft("a", "b") for n in range(200)}, drawn)
    assert counted == [TRIED, *[FEWEST] * 200]


def test_the_questions_of_guides_are_read_once() -> None:
    """For all that the process does."""
    assert of_guides() is of_guides()
