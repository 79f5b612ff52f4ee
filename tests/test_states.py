"""States that a message names, and the pay that is asked for in them."""

from __future__ import annotations

import pytest

from answers.context import Context, resolve
from answers.model import Question
from guides.careers import read_careers
from guides.loading import Guides
from guides.schema import Guide
from guides.states import states
from tests.conftest import Ask
from understanding.reading import Reader, is_bare
from understanding.states import clause_of_state, find_states, without_states
from understanding.text import cased, fold


@pytest.fixture(scope="module")
def nurse() -> Guide:
    """A career with pay by states."""
    return next(guide for guide in read_careers() if guide.slug == "registered-nurse")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nurse pay in Texas?", "TX"),
        ("what about west virginia", "WV"),
        ("virginia or west virginia", "VA WV"),
        ("pay in washington dc", "DC"),
        ("pay in Washington", "WA"),
        ("do they earn more in the district of columbia", "DC"),
        ("how much in tx", "TX"),
        ("salary in the state of ny", "NY"),
        ("RN pay TX vs CA", "TX CA"),
        ("n. carolina please", "NC"),
        ("jobs in arkansas", "AR"),
        ("how much in MA", "MA"),
        ("pay in OR", "OR"),
        ("is the work in or out", ""),
        ("interested in co-ops", ""),
        ("i work in co op", ""),
        ("what does a PA make", ""),
        ("do you need an MD", ""),
        ("OK so how much", ""),
        ("HI there", ""),
        ("hi, ok or not, tell me", ""),
        ("is it in or out", ""),
        ("pay in LA", ""),
        ("pay in la", ""),
        ("HOW MUCH DO THEY MAKE IN TX", "TX"),
        ("HOW MUCH DO THEY MAKE IN ME TOWN", ""),
        ("TELL ME THE PAY OK", ""),
        ("the pay in indianapolis", ""),
        ("mt. everest guide pay", ""),
        ("ny vs texas", "NY TX"),
        ("tx or fl", "TX FL"),
        ("and ny", "NY"),
        ("what about ga?", "GA"),
        ("ny specifically bc im moving", "NY"),
        ("my dads in tx", "TX"),
        ("nm", ""),
        ("nd then what", ""),
        ("texas, nd florida", "TX FL"),
        ("il pay attention", ""),
        ("what about pr", ""),
        ("ok tx", ""),
        ("it's me or fl", ""),
    ],
)
def test_states_are_found(text: str, found: str) -> None:
    """Names anywhere; postal codes in capitals that mean something, or after "in"."""
    assert [entity.value for entity in find_states(cased(text))] == found.split()
    for entity in find_states(cased(text)):
        assert fold(text)[entity.start : entity.end]


def test_every_state_is_found_by_each_of_its_names() -> None:
    """Name, short names and "in" with the code; the one code that is a city is left out."""
    for code, state in states().items():
        for name in (state.name, state.name.upper(), *state.also):
            assert [e.value for e in find_states(cased(f"pay in {name}?"))] == [code], name
        found = [entity.value for entity in find_states(cased(f"the pay in {code}"))]
        assert found == ([] if code == "LA" else [code])


def test_a_state_stands_among_the_entities(guides: Guides) -> None:
    """The reader gives it with its place, and a message of nothing else is bare."""
    reader = Reader(guides)
    found = [entity for entity in reader.entities("  And in  Texas?") if entity.name == "state"]
    assert [(entity.value, entity.start, entity.end) for entity in found] == [("TX", 7, 12)]
    assert is_bare(fold("And in Texas?"), [vars(entity) for entity in found])


def test_pay_in_a_state_is_asked_of_a_guide_that_has_it(nurse: Guide, mlops: Guide) -> None:
    """A bare state asks for pay; pay in a state is no uncovered question where there is a figure."""
    texas = {"state": ("TX",)}
    assert (
        resolve(Question("nlu_fallback", "texas", texas), Context(), nurse, True).topic == "salary"
    )
    asked = Question("uncovered", "salary in texas", texas)
    assert resolve(asked, Context(), nurse).topic == "salary"
    assert resolve(asked, Context(), mlops).topic == "uncovered"
    demand = Question("uncovered", "is demand higher in texas", texas)
    assert resolve(demand, Context(), nurse).topic == "uncovered"


def test_states_are_ranked_by_their_pay(nurse: Guide, ask: Ask) -> None:
    """Both ends, from the highest down and from the lowest up, less what is uncertain."""
    assert nurse.salary
    known = [state for state in nurse.salary.states if not state.uncertain]
    ranked = sorted(known, key=lambda state: -state.median)
    text = ask(nurse, "salary", facet="best_states")
    places = [
        text.index(f"- {states()[state.state].name}: ${state.median:,.0f}")
        for state in (*ranked[:3], *ranked[:-4:-1])
    ]
    assert places == sorted(places)
    assert states()[ranked[3].state].name not in text
    assert "few people were asked are not ranked" in text


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("what about minnesota, my brother lives there", "what about minnesota"),
        ("cool. and in ohio?", "and in ohio"),
        ("hello there. yes", "hello there. yes"),
    ],
)
def test_the_clause_of_a_state(text: str, clause: str) -> None:
    """The one that names it; all of the text where none does."""
    assert clause_of_state(text) == clause


def test_a_text_without_its_states() -> None:
    """They go with the "in" before them, and the rest stays."""
    assert without_states("and in ohio or down in texas").split() == ["and", "or"]
    assert without_states("and the other one") == "and the other one"
