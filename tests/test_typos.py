"""Typos for the tests: the same ones every time, few, and never in a digit."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import OSA

from tests.typos import HEAVY, MILD, NEIGHBOURS, with_typos

TEXTS = [
    "how much do they make in 2024",
    "What classes should I take in 11th grade, and is calculus needed?",
    "123 4567 salary",
    "hmmm",
    "sooo llll",
    "a b c d",
    "¿cuánto ganan?",
    "do i need a degree " * 6,
]


@pytest.mark.parametrize("every", [MILD, HEAVY])
@pytest.mark.parametrize("text", TEXTS)
def test_the_same_seed_gives_the_same(text: str, every: int) -> None:
    alone = with_typos(text, every, seed=7)
    assert [with_typos(each, every, seed=7) for each in (*TEXTS, text)][-1] == alone


def test_another_seed_gives_another() -> None:
    assert len({with_typos(TEXTS[1], HEAVY, seed) for seed in range(20)}) > 15


@pytest.mark.parametrize("every", [MILD, HEAVY])
@pytest.mark.parametrize("text", TEXTS)
def test_there_are_as_many_as_asked(text: str, every: int) -> None:
    """At least one; some look like fewer, as one that undoes a part of another."""
    for seed in range(50):
        assert 1 <= OSA.distance(text, with_typos(text, every, seed)) <= max(len(text) // every, 1)


def test_a_long_text_gets_every_one() -> None:
    text = "what do they really earn there " * 4
    made = [OSA.distance(text, with_typos(text, MILD, seed)) for seed in range(50)]
    assert sum(made) / len(made) == pytest.approx(len(text) // MILD, abs=0.5)


@pytest.mark.parametrize("text", TEXTS)
def test_no_digit_changes(text: str) -> None:
    digits = [sign for sign in text if sign.isdigit()]
    for seed in range(50):
        made = with_typos(text, HEAVY, seed)
        assert [sign for sign in made if sign.isdigit()] == digits


@pytest.mark.parametrize("text", ["", "?", "42", "5 hrs", "12345678 90123456 78"])
def test_a_text_of_few_letters_may_stay(text: str) -> None:
    assert with_typos(text, MILD) == text


def test_neighbours_are_those_of_the_keyboard() -> None:
    assert {key: set(NEIGHBOURS[key]) for key in "qgm"} == {
        "q": set("wa"),
        "g": set("tyfhvb"),
        "m": set("njk"),
    }
    assert all(key in NEIGHBOURS[near] for key in NEIGHBOURS for near in NEIGHBOURS[key])
