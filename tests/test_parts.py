"""The questions in one message: where it is cut, and where it must not be."""

from __future__ import annotations

import pytest

from understanding.classifier import Ranking
from understanding.cuts import MOST_CUTS, find_cuts
from understanding.parts import LONGEST, Part, _spread, find_parts
from understanding.text import fold, without_opener

TOPICS = {
    "hour": "ask_hours",
    "weekend": "ask_hours",
    "night": "ask_hours",
    "pay": "ask_salary",
    "earn": "ask_salary",
    "degree": "ask_education",
    "good thing": "ask_pros",
    "pros": "ask_pros",
    "bad thing": "ask_cons",
    "cons": "ask_cons",
    "docker": "ask_tools",
    "kubernetes": "ask_tools",
    "all day": "ask_day",
    "thank": "thank",
    "weather": "out_of_scope",
    "india": "ask_uncovered",
    "plan": "make_plan",
}
"""Topics of the made classifier by a word that stands for them."""


def rank(text: str) -> Ranking:
    """The topic of the last word known; the surer, the fewer other topics are named."""
    named = [intent for word, intent in TOPICS.items() if word in text]
    if not named:
        return [("ask_summary", 0.3)]
    best = max(named, key=lambda intent: max(text.rfind(w) for w in TOPICS if TOPICS[w] == intent))
    return [(best, 1 - 0.2 * len(set(named)))]


def read(text: str) -> str:
    return without_opener(fold(text))


def named(text: str) -> str | None:
    return next((career for career in ("nurse", "mlops") if career in text), None)


def parts(text: str) -> list[Part]:
    return find_parts(text, read, rank, named)


def intents(text: str) -> list[str]:
    return [part.intent.removeprefix("ask_") for part in parts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hours and pay?", ["hours", "salary"]),
        ("pay, hours and the degree", ["salary", "hours", "education"]),
        ("pay & hours", ["salary", "hours"]),
        ("what do they earn and is a degree needed", ["salary", "education"]),
        ("What do they earn? Is a degree needed?", ["salary", "education"]),
        ("what do they earn.\nis a degree needed", ["salary", "education"]),
        ("what do they earn is it long hours", ["salary", "hours"]),
        ("what do they do all day also what do they earn", ["day", "salary"]),
        ("hey so what do they earn, plus how many hours is it", ["salary", "hours"]),
        ("I like maths. What do they earn? And what about the hours?", ["salary", "hours"]),
        ("what do they earn? and what do they earn in india?", ["salary", "uncovered"]),
        ("what do they earn? how is the weather?", ["salary", "out_of_scope"]),
        ("pros and cons, and what do they earn", ["pros_cons", "salary"]),
        ("make a plan and tell me what they earn", ["make_plan", "salary"]),
        ("hours/pay/degree", ["hours", "salary", "education"]),
        ("what do they earn an what are the hours", ["salary", "hours"]),
        ("what do mlops people earn? and what do nurses earn?", ["salary", "salary"]),
        ("i was wondering what they earn, and whether a degree is needed", ["salary", "education"]),
        ("i want to know if they earn a lot and if a degree is needed", ["salary", "education"]),
        ("hw: pay, hours, degree", ["salary", "hours", "education"]),
        ("tell me about pay hours and school degrees", ["salary", "hours", "education"]),
        ("number one what do they earn number two is a degree needed", ["salary", "education"]),
        ("one was what they earn and one was how many hours it is", ["salary", "hours"]),
        ("What do they earn. Then give the hours.", ["salary", "hours"]),
        ("pay, hours, docker, degree, and is the weather ok, and what do they do all day?", None),
        ("coach says go pro so what do they earn and is it long hours", ["salary", "hours"]),
    ],
)
def test_several_questions_are_found_in_order(text: str, expected: list[str] | None) -> None:
    """Each question of a message is a part of its own, in the order asked."""
    every = ["salary", "hours", "tools", "education", "out_of_scope", "day"]
    assert intents(text) == (expected or every)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what do they earn", "salary"),
        ("pros and cons?", "pros_cons"),
        ("what are the good things and the bad things", "pros_cons"),
        ("do they work nights and weekends", "hours"),
        ("do they use docker and kubernetes", "tools"),
        ("what do they do all day with docker and kubernetes", "tools"),
        ("my mom works long hours. what do they earn", "salary"),
        ("thanks! what do they earn", "salary"),
        ("if i get a degree, what do they earn", "salary"),
        ("what hours would i get", "hours"),
        ("4.5 hours a day or 10?", "hours"),
        ("i have practice and a job at night so what do they earn", "salary"),
        ("docker, kubernetes, is a degree needed", "education"),
        ("my uncle does it at night. what do they earn", "salary"),
        ("quick one: what do they earn", "salary"),
        ("do i need a degree 2 do this docker stuff", "tools"),
    ],
)
def test_one_question_is_never_cut(text: str, expected: str) -> None:
    """A single question stays whole, whatever joins its words."""
    (part,) = parts(text)
    assert part.intent.removeprefix("ask_") == expected


def test_a_part_keeps_the_words_that_were_typed() -> None:
    """Text of a part is the student's; the question mark stays with its question."""
    assert [part.text for part in parts("What do they EARN?? And the hours...")] == [
        "What do they EARN?",
        "the hours...",
    ]


@pytest.mark.parametrize("text", ["", "   ", "???", "\n\n", "🦆"])
def test_a_text_without_words_is_one_part(text: str) -> None:
    """Nothing to read is one question that nothing is known of."""
    (part,) = parts(text)
    assert part.ranking == [] and part.sureness == 0 and part.intent == "out_of_scope"


def test_a_story_is_not_cut() -> None:
    """A text of many words is read as one."""
    assert find_cuts("what do they earn and how many hours? " * 20) == []


def test_few_pieces_are_classified() -> None:
    """However many cuts a text offers, the classifier is asked for few pieces between them."""
    asked: list[str] = []

    def counted(text: str) -> Ranking:
        asked.append(text)
        return rank(text)

    find_parts("hours, " * 30 + "what do they earn? is it long hours?", read, counted)
    assert len(asked) <= MOST_CUTS * LONGEST


@pytest.mark.parametrize(
    ("text", "plains"),
    [
        ("cheapest vs fastest route", ["cheapest route", "fastest route"]),
        (
            "what's the cheapest and the fastest route",
            ["what's the cheapest route", "the fastest route"],
        ),
        ("low end and high end of the route", ["low end and high end of the route"]),
    ],
)
def test_superlatives_share_a_noun(text: str, plains: list[str]) -> None:
    """One of many each: two questions of one topic, where their facets differ."""
    facets = {"cheapest": "cheap", "fastest": "fast", "low": "low", "high": "high"}
    found = find_parts(
        text,
        read,
        lambda plain: [("ask_education", 0.9)],
        facet=lambda plain: next((facets[word] for word in facets if word in plain), None),
    )
    assert [part.plain for part in found] == plains


@pytest.mark.parametrize(
    "text", ["not the pay, the hours", "i know the pay, what about the hours", "hours, not the pay"]
)
def test_what_is_refused_is_left_out(text: str) -> None:
    """Before the question and behind it, also where it begins like a story."""
    refused: Ranking = [("refuse", 0.9)]

    def rank(plain: str) -> Ranking:
        return refused if "pay" in plain else [("ask_hours", 0.9)]

    (part,) = find_parts(text, read, rank)
    assert part.intent == "ask_hours"


def test_two_likely_topics_stand() -> None:
    """A question that may be of either of two topics is a question all the same."""
    either: Ranking = [("ask_skills", 0.38), ("ask_projects", 0.37)]
    found = find_parts(
        "what do they earn and how do i get good at it",
        read,
        lambda plain: either if plain.startswith("how") else [("ask_salary", 0.9)],
    )
    assert [part.intent for part in found] == ["ask_salary", "ask_skills"]


def test_both_sides_and_one_of_them_are_one_question() -> None:
    """ "The good" may be read as both, beside "the bad"."""
    one, other = [("ask_pros_cons", 0.9)], [("ask_cons", 0.9)]
    found = find_parts(
        "gimme the good and the bad",
        read,
        lambda plain: other if plain.startswith("the bad") else one,
    )
    assert [part.intent for part in found] == ["ask_pros_cons"]


def test_two_intents_made_one_leave_a_ranking() -> None:
    """The joined intent stands once, as sure as the less sure half, and its halves are gone."""
    joined, _ = parts("pros and cons, and what do they earn")
    names = [name for name, _ in joined.ranking]
    assert names[0] == "ask_pros_cons" and len(names) == len(set(names))
    assert not {"ask_pros", "ask_cons"} & set(names)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what are the hours and pay for nurses", ["hours for nurses?", "pay for nurses?"]),
        ("what pay or hours do they have", ["what pay do they have?", "what hours do they have?"]),
        ("the pay, hours and tools of it", ["pay of it?", "hours of it?", "tools of it?"]),
        ("what are the pay and wages of it", None),
        ("is it more about pay or hours", None),
        ("tools pay and hours", None),
        ("pay and hours, and is it in india", None),
    ],
)
def test_nouns_share_what_stands_around_them(text: str, asked: list[str] | None) -> None:
    """Each is a question of its own where they are surely two topics and nothing follows a comma."""
    spread = _spread(text, lambda one: rank(one) if "tools" not in one else [("ask_tools", 0.9)])
    if asked is None:
        assert spread == text
    else:
        assert [each for each in asked if each in spread] == asked
