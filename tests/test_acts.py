"""What is no question about the career: it works on what was answered and shown last."""

from __future__ import annotations

import pytest

from answers import acts
from answers.context import Context
from answers.day import entry_asked_for
from answers.glossary import glossary, terms_in
from answers.lesson import example
from answers.model import Question
from answers.registry import answer
from answers.responses import load_responses, worded
from answers.shown import in_short, items_of, parts_of
from guides.schema import Guide
from understanding.places import place_in

SHOWN = "Tools that the guide names:\n- Python: to start with\n- Docker: packs a program\n- Git: versions"


def test_a_short_form_is_shorter() -> None:
    """The first sentence, or what a list begins with."""
    assert in_short("It pays well. It varies with place.") == "It pays well."
    assert in_short("BLS is an office of the U.S. government. It counts.").endswith("government.")
    assert in_short(SHOWN).startswith("Tools that the guide names: Python")
    assert len(in_short(SHOWN + "\n- Terraform: sets up machines")) < len(SHOWN) + 30


@pytest.mark.parametrize(("place", "number"), [(0, "1"), (2, "3"), (-1, "3")])
def test_an_item_is_picked_from_what_was_shown(mlops: Guide, place: int, number: str) -> None:
    """By its place, whatever the topic."""
    picked = acts.pick(mlops, Context("tools"), place, SHOWN)
    assert picked and picked.facts["number"] == number
    assert picked.facts["item"] == items_of(SHOWN)[place]


def test_a_part_of_what_was_shown_is_said_more_simply(mlops: Guide) -> None:
    """The one that is named by its place; else all of it."""
    assert acts.part_shown("the second one in normal words", SHOWN) == "Docker: packs a program"
    assert acts.part_shown("last one simpler pls", SHOWN) == "Git: versions"
    assert acts.part_shown("in normal words", SHOWN) == SHOWN
    assert acts.part_shown("the sixth one shorter", SHOWN) == SHOWN


def test_others_are_the_whole_list_or_none(mlops: Guide) -> None:
    """Where all of it was said, that is said."""
    whole = worded(answer(mlops, Question("education")), load_responses())
    assert acts.others(mlops, Context("education", {"route": "masters"}), "One.") == answer(
        mlops, Question("education")
    )
    said = acts.others(mlops, Context("education"), whole)
    assert said.response == "utter_no_others" and "4-year degree" in said.facts["short"]


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("pipeline?", True),
        ("and docker", True),
        ("'drift'", True),
        ("pipeline jobs in ohio", False),
    ],
)
def test_a_word_alone_is_explained(text: str, explained: bool) -> None:
    """Whatever the classifier made of it; a message that holds more is not."""
    assert bool(acts.define_word(text)) == explained


def test_no_item_is_made_up(mlops: Guide) -> None:
    """Beyond the list, and where there was none, nothing is picked."""
    assert acts.pick(mlops, Context("tools"), 3, SHOWN) is None
    assert acts.pick(mlops, Context("salary"), 0, "It pays well.") is None


def test_an_example_is_the_lesson_s_own(mlops: Guide) -> None:
    """Of the passage that was asked for, or on the topic; none is made up."""
    drift = example(mlops, "passage", "data_drift")
    assert drift and drift.facts["example"].startswith("A recommendation model")
    projects = example(mlops, "projects", None)
    assert projects and "package it with Docker" in projects.facts["example"]
    assert example(mlops, "salary", "welcome") is None and example(mlops, None, None) is None


def test_a_doubt_hears_the_sources_and_their_weakness(mlops: Guide) -> None:
    """For pay the caveat on pay."""
    assert mlops.salary
    said = acts.doubt(mlops, Context("salary")).facts
    assert said["caveat"] == mlops.salary.caveat
    assert all(work.publisher in said["works"] for work in mlops.sources.works)
    assert acts.doubt(mlops, Context()).facts["caveat"] == mlops.sources.note


def test_a_word_is_explained() -> None:
    """Only by the glossary: no guess at other words."""
    assert [term.name for term in terms_in("what does deployment mean")] == ["deployment"]
    said = acts.define("what does deployment mean")
    assert said and "deployment:" in said.facts["terms"].lower()
    assert acts.define("what does borborygmus mean") is None


def test_every_way_to_write_a_term_is_its_own() -> None:
    """No two terms share one, and each explanation is short."""
    terms = set(glossary().values())
    assert len(terms) > 70 and len({term.name for term in terms}) == len(terms)
    assert all(len(term.means.split()) <= 40 for term in terms)


@pytest.mark.parametrize(
    ("asked", "facet", "at"),
    [
        ("when do they fix bugs", "when", "14:30"),
        ("what time is the stand-up", "when", "09:30"),
        ("how long do they work on a pipeline", "length", "10:00"),
        ("what do they do before the standup", "before", "09:00"),
        ("what is after the stand-up", "after", "10:00"),
        ("what comes after documenting", "after", None),
        ("when do they retire", "when", None),
    ],
)
def test_a_moment_is_found_by_what_happens(
    mlops: Guide, asked: str, facet: str, at: str | None
) -> None:
    """And nothing is found where the guide's day has no such thing."""
    assert mlops.day
    found = entry_asked_for(mlops.day, Question("day", asked, facet=facet))
    assert (found.at.strftime("%H:%M") if found else None) == at


def test_pay_elsewhere_is_said_to_be_lacking() -> None:
    """The region of the figures is no other place."""
    assert place_in("what is the pay in ohio", "United States") == "Ohio"
    assert place_in("how much in south korea or korea", "United States") is None
    assert place_in("pay for texas", "United States") == "Texas"
    assert place_in("pay in england", "England") is None


def test_shares_of_one_whole_stay_together() -> None:
    """Half of them would say that the rest is nobody; sentences and other items stand alone."""
    told = "A sentence of the U.S. office. Another.\n- Diploma: 40%\n- Degree: 60%\n- Mend nets"
    assert parts_of(told) == [
        "A sentence of the U.S. office.",
        "Another.",
        "Diploma: 40%; Degree: 60%",
        "Mend nets",
    ]
