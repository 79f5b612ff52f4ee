"""A yes or a no stands first where one was asked for and the guide carries it."""

from __future__ import annotations

import pytest

from answers.leads import earning, growing, led
from answers.model import Question
from answers.registry import answer
from answers.responses import load_responses, worded
from guides.loading import Guides
from guides.schema import Guide
from understanding.forms import wants_reason, wants_yes_or_no
from understanding.text import fold


def lead(guide: Guide, question: Question) -> str:
    return led(answer(guide, question), guide, question).lead


@pytest.mark.parametrize(
    "text",
    [
        "Do I need a degree?",
        "is it remote",
        "ok so are there clubs",
        "hey, can i do it without college",
        "you need math for this, right?",
        "they work weekends?",
        "isn't it just devops",
        "is it stressful or not",
    ],
)
def test_a_yes_or_a_no_is_wanted(text: str) -> None:
    """Also by a statement that asks to be said right."""
    assert wants_yes_or_no(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "how much do they make",
        "is it 9 or 10",
        "can you tell me the pay",
        "could you please explain drift",
        "do you know what it pays",
        "they work a lot",
        "skills",
    ],
)
def test_more_than_a_yes_is_wanted(text: str) -> None:
    """Also where the question begins like one that a yes answers."""
    assert not wants_yes_or_no(fold(text))


def test_an_or_is_a_word() -> None:
    """And no part of one."""
    assert wants_yes_or_no(fold("are they outdoors"))


@pytest.mark.parametrize("change", [4.2, 0.0, -4.2])
def test_growth_says_yes_to_what_was_asked(change: float) -> None:
    """More jobs or fewer; "about the same" is neither."""
    more, fewer = growing(change, fewer=False), growing(change, fewer=True)
    assert (more == fewer) == (change == 0)
    assert more.startswith("Yes") == (change > 0) and fewer.startswith("Yes") == (change < 0)


def test_an_amount_is_set_beside_the_figures(library: Guides) -> None:
    """Of the lowest tenth, the middle and the highest tenth; beyond the cap nothing is known."""
    pay = library["electrician"].salary
    assert pay and pay.median and pay.cap is not None
    said = [earning(pay, amount) for amount in (pay.min, pay.median, pay.max, pay.max + 1)]
    assert len(set(said)) == 4 and all(said)
    capped = library["dentist"].salary
    assert capped and capped.cap and capped.max >= capped.cap
    assert earning(capped, capped.cap + 1) == ""


def test_a_lead_stands_first_and_the_answer_stays(mlops: Guide) -> None:
    """Nothing is taken from the answer."""
    question = Question("education", "do i need a degree", facet="degree_needed")
    whole = answer(mlops, question)
    said = worded(led(whole, mlops, question), load_responses())
    assert said.startswith("Usually, but not always. ")
    assert said.endswith(worded(whole, load_responses()))


@pytest.mark.parametrize(
    "question",
    [
        Question("education", "what degree do i need", facet="degree_needed"),
        Question("education", "is a bachelor's enough", facet="degree_needed"),
        Question("salary", "is the pay good"),
        Question("salary", "do they make 100k", values={"state": ("TX",)}),
        Question("high_school", "can i skip math", values={"activity": ("math",)}),
        Question("high_school", "are there clubs", values={"activity": ("club",)}),
        Question("cons", "is it boring"),
        Question("cons", "are there downsides"),
        Question("employers", "do startups give shares"),
    ],
)
def test_no_yes_is_made_up(mlops: Guide, question: Question) -> None:
    """Where the words ask for more, or the guide does not say."""
    expected = question.values.get("activity") == ("club",)  # a step of the plan has that name
    assert bool(lead(mlops, question)) == expected


@pytest.mark.parametrize(
    ("topic", "text", "values", "told"),
    [
        ("outlook", "why is it growing", {}, True),
        ("pathway", "but how come it takes years", {}, True),
        ("education", "why do most go to college", {}, True),
        ("education", "why a bootcamp", {"route": ("bootcamp",)}, True),
        ("cons", "why is it stressful", {}, False),
        ("outlook", "is it growing", {}, False),
    ],
)
def test_a_reason_that_no_guide_has_is_said_to_lack(
    mlops: Guide, topic: str, text: str, values: dict[str, tuple[str, ...]], told: bool
) -> None:
    """Before what the guide does say; where its answer holds reasons nothing is said."""
    lead = led(answer(mlops, Question(topic)), mlops, Question(topic, text, values)).lead
    assert (lead == "The guide does not say why.") == told


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("why so low", True),
        ("that is half of it! how come it is less there", True),
        ("i know why. what else is there", False),
        ("and the reason does not matter", False),
    ],
)
def test_a_reason_may_be_asked_in_any_sentence(text: str, wants: bool) -> None:
    """Not only in the first."""
    assert wants_reason(text) == wants
