"""What students say of themselves is told from what they ask."""

from __future__ import annotations

import time

import pytest

from guides.loading import load_guides
from understanding.asides import Asides, asides
from understanding.reading import Reader, is_bare

ASKED = "what do they earn"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_guides())


@pytest.mark.parametrize(
    "text",
    [
        "as a girl, what do they earn",
        "what do they earn as a black student",
        "what do they earn if i have adhd",
        "i'm the first in my family to go to college so what do they earn",
        "im from a really small town. what do they earn",
        "my parents are poor, what do they earn",
        "we don't have much money and what do they earn",
        "i'm a muslim girl, what do they earn",
        "since i'm undocumented, what do they earn",
        "i use a wheelchair what do they earn",
        "english isn't my first language, what do they earn",
        "i'm gay and black, what do they earn",
        "what do they earn for a first gen student",
        "nobody in my family went to college, what do they earn",
    ],
)
def test_an_aside_is_left_out(text: str) -> None:
    """Before or after the question, joined to it or a sentence of its own."""
    assert asides().without(text).removeprefix("so ").removeprefix("and ") == ASKED


@pytest.mark.parametrize(
    "text",
    [
        "i have adhd",
        "im a girl",
        "can i do this in a wheelchair",
        "i'm deaf, can i work in this field",
        "are there many women in this field",
        "is it ok for a girl",
        "i'm poor at math, is that a problem",
        "is it like a black box",
        "as a white hat hacker, what tools do they use",
        "are there scholarships for girls",
        "as a beginner, what do i learn first",
        "i have 4 hours a week, what can i do",
        "advice for a girl who loves science",
        "i'm in 9th grade, what should i take",
    ],
)
def test_what_is_asked_stays(text: str) -> None:
    """A message that is nothing else, or that asks about the student, stays as it is."""
    assert asides().without(text) == text


def test_no_value_is_read_out_of_an_aside(reader: Reader) -> None:
    """The college of "the first in my family to go to college" is no stage of the pathway."""
    plain, told = (
        [(entity.name, entity.value) for entity in reader.entities(text)]
        for text in (
            "how do i become one at 2pm",
            "i'm the first in my family to go to college, how do i become one at 2pm",
        )
    )
    assert plain == told and plain


def test_places_stay(reader: Reader) -> None:
    """The place of a value is that in the text as typed."""
    text = "as a girl, what happens at 2pm"
    (entity,) = reader.entities(text)
    assert text[entity.start : entity.end] == "at 2pm"
    assert is_bare("as a girl, at 2pm", [{"start": 14, "end": 17}])


def test_something_to_do_is_no_bare_value() -> None:
    """ "What can I do in high school" asks more than "and in high school?" does."""
    text = "what can i do in high school"
    assert not is_bare(text, [{"start": 17, "end": 28}])
    assert is_bare("and in high school", [{"start": 7, "end": 18}])


@pytest.mark.parametrize("part", ["i am a ", "as a black ", "i have ", "my parents are ", "i'm a "])
def test_time_grows_with_length_only(part: str) -> None:
    """No text of the longest length takes long."""
    start = time.process_time()
    Asides().blanked((part * 200)[:500])
    assert time.process_time() - start < 0.1
