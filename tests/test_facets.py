"""The word of the facets on what a message asks."""

from __future__ import annotations

import pytest

from understanding.facets import settled

SURELY = [("employers.self_employed", 0.88), ("uncovered", 0.02)]


def test_what_both_find_likeliest_comes_first() -> None:
    """It is as sure as the intent was that came first."""
    ranking = settled(
        [("ask_salary", 0.5), ("ask_market", 0.45)], [("market.workers", 0.9), ("salary", 0.1)]
    )
    assert ranking == [("ask_market", 0.5), ("ask_salary", 0.5)]


def test_a_clear_facet_answers_what_no_guide_seemed_to() -> None:
    """ "Do they get to be their own boss" is in the guides."""
    ranking = settled([("ask_uncovered", 0.65), ("ask_employers", 0.31)], SURELY)
    assert ranking[0] == ("ask_employers", 0.65)


@pytest.mark.parametrize(
    "ranking",
    [
        [("ask_uncovered", 0.92), ("ask_employers", 0.03)],
        [("out_of_scope", 0.5), ("ask_employers", 0.4)],
        [("react", 0.5), ("ask_employers", 0.4)],
        [],
    ],
)
def test_what_is_surely_no_question_on_a_fact_stays(ranking: list[tuple[str, float]]) -> None:
    """So does what is off topic, or asks nothing."""
    assert settled(ranking, SURELY) == ranking
