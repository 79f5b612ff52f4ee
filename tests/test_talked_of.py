"""Careers that a conversation talked of, where its guides have changed since."""

from __future__ import annotations

import pytest

from actions.finding import Search
from actions.speaking import TOLD, as_told, read_question
from answers.context import Context
from answers.model import Question
from guides.library import Library
from understanding.entity import DESCRIBED, VAGUE


def test_a_career_that_is_gone_is_passed_over(library: Library) -> None:
    """A conversation goes on after a school took a guide away."""
    search = Search(library, None, ["gone", "electrician", "gone-too", "plumber"])
    message = {"text": "what about the other one", "intent": {"name": "ask_salary"}}
    pointed = search.picked(message, Context("salary"))
    assert pointed is not None
    assert [each["value"] for each in pointed["entities"]] == ["electrician"]


COMPARED = {"compared": ["electrician", "plumber"]}


def _asked(text: str, topic: str) -> tuple[Question, dict[str, object]]:
    message = {"text": text, "intent": {"name": f"ask_{topic}", "confidence": 0.9}}
    return read_question(message), message


def test_after_a_comparison_one_career_is_asked_for(library: Library) -> None:
    """What has no side of a comparison is no question on the page's career: it asks which is meant."""
    question, message = _asked("what tools do they use", "tools")
    found = Search(library, COMPARED).reply(question, Context("compare"), message, None)
    assert found and found.answer.response == "utter_which_compared"
    assert found.answer.buttons and len(found.answer.buttons) == 2
    assert found.slot == COMPARED


@pytest.mark.parametrize(
    "text", ["what are the tools in this job", "the job on this page, its tools"]
)
def test_this_job_is_not_one_of_those_compared(library: Library, text: str) -> None:
    """Who says so means the career of the page."""
    question, message = _asked(text, "tools")
    assert Search(library, COMPARED).reply(question, Context("compare"), message, None) is None


def test_a_measured_topic_compares_again(library: Library) -> None:
    """Whatever words ask for it; a reason is said to be lacking."""
    question, message = _asked("what would they get in iowa", "salary")
    found = Search(library, COMPARED).reply(question, Context("compare"), message, None)
    assert found and found.topic == "compare" and not found.answer.lead
    question, message = _asked("why is it so different", "follow_up")
    found = Search(library, COMPARED).reply(question, Context("compare"), message, None)
    assert found and found.topic == "compare" and "does not say why" in found.answer.lead


def test_a_career_that_was_talked_of_is_told() -> None:
    """Of those that a description may mean, it is the one that was talked of."""
    told = {
        "entity": DESCRIBED,
        "value": "",
        "confidence_entity": 0.95,
        "candidates": ["orthodontist", "dentist"],
    }
    message = {
        "text": "the teeth people",
        "intent": {"name": "ask_salary"},
        "entities": [told],
    }
    careers = [
        each["value"]
        for talked_of in (["lawyer", "dentist"], [])
        for each in as_told(message, True, False, talked_of)["entities"]
        if each["entity"] == "career"
    ]
    assert careers == ["dentist", TOLD]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("nah. the first. what does that need", "electrician"),
        ("ok then the second one. will there still be openings", "plumber"),
        ("no wait i meant the pipe guy", "plumber"),
        ("the first thing they do, what is it", None),
    ],
)
def test_a_sentence_may_pick_one(library: Library, text: str, slug: str | None) -> None:
    """What is asked behind "the first one" is asked of that career."""
    search = Search(library, None, ["electrician", "plumber"])
    message = {"text": text, "intent": {"name": "ask_skills", "confidence": 0.9}, "entities": []}
    pointed = search.picked(message, Context("salary"))
    assert [each["value"] for each in (pointed or {}).get("entities", ())] == [slug] * bool(slug)


def test_who_has_more_compares_again(library: Library) -> None:
    """In whatever topic it is read."""
    question, message = _asked("and who had to learn more to get started", "first_step")
    found = Search(library, COMPARED).reply(question, Context("compare"), message, None)
    assert found and found.topic == "compare" and "school" in str(found.answer.facts["lead"])


@pytest.mark.parametrize(("asked_of", "told"), [(0.3, True), (0.7, False)])
def test_a_job_that_is_named_surely_tells_no_other(asked_of: float, told: bool) -> None:
    """What nobody's list has is no lawyer, however near the words come to one."""
    lawyer = {"entity": DESCRIBED, "value": "lawyer", "confidence_entity": 0.92}
    jester = {"entity": "unlisted_career", "value": "jester", "confidence_entity": asked_of}
    message = {
        "text": "what skills does a jester to the king need",
        "intent": {"name": "ask_skills"},
        "entities": [jester, {**lawyer, "candidates": ["lawyer", "bailiff"]}],
    }
    found = as_told(message, in_use=False, several=False)["entities"]
    assert ("career" in [each["entity"] for each in found]) == told


def test_a_comparison_goes_back_to_the_first(library: Library) -> None:
    """ "More than the first one I asked about" sets it beside the one in use."""
    search = Search(library, None, ["electrician", "plumber"])
    text = "is that more than the first one i asked you about"
    message = {"text": text, "intent": {"name": "ask_market", "confidence": 0.6}, "entities": []}
    pointed = search.picked(message, Context("salary"))
    assert pointed is not None and pointed["intent"]["name"] == "ask_compare"
    assert [each["value"] for each in pointed["entities"]] == ["electrician"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("how long is school for the teeth one", "dental-hygienist"),
        ("and the garden people, do they need college", "landscaper"),
        ("how long is school for the short one", None),
    ],
)
def test_a_word_picks_the_career_that_it_is_near_to(
    library: Library, text: str, slug: str | None
) -> None:
    """Where none of its names has the word; one that is near to neither picks none."""
    search = Search(library, None, ["dental-hygienist", "landscaper"])
    message = {"text": text, "intent": {"name": "ask_education"}, "entities": []}
    pointed = search.picked(message, Context("salary"))
    assert [each["value"] for each in (pointed or {}).get("entities", ())] == [slug] * bool(slug)


@pytest.mark.parametrize(
    ("likely", "in_use", "asks_which"),
    [(0.55, False, True), (0.3, False, False), (0.7, True, True), (0.55, True, False)],
)
def test_somebody_s_job_that_is_left_open_is_asked_for(
    likely: float, in_use: bool, asks_which: bool
) -> None:
    """With a career in use it must be surer, as that may be meant; none need be near."""
    told = {"entity": DESCRIBED, "value": VAGUE, "confidence_entity": likely}
    message = {
        "text": "my aunt works at the airport, what does she get",
        "intent": {"name": "ask_salary"},
        "entities": [told],
    }
    found = as_told(message, in_use, several=False)["entities"]
    careers = [each["value"] for each in found if each["entity"] == "career"]
    assert careers == [TOLD] * asks_which


def test_who_asks_on_tells_no_other_career() -> None:
    """ "Is she the one who flies it" is said of the flight attendant that was talked of."""
    told = {
        "entity": DESCRIBED,
        "value": "pilot",
        "confidence_entity": 0.99,
        "candidates": ["pilot"],
    }
    message = {
        "text": "so is she the one who flies it",
        "intent": {"name": "ask_summary"},
        "entities": [told],
    }
    assert as_told(message, in_use=True, several=False) == message
    assert as_told(message, in_use=False, several=False) != message
