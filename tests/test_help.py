"""What a student in danger or in trouble hears, and that the numbers are the right ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from answers.help import KINDS, UNSURE, general_help, help_reply
from answers.model import Answer
from answers.words import tidy
from guides.documents import DocumentError, build, read
from guides.school import DISTRESS_KINDS, SCHOOL, School
from tests.served import check_reply
from understanding.distress import tiers_of

TIERS = {kind: tier for kind, tier in tiers_of().items() if tier in KINDS}

NUMBERS = {
    # kind: what the first line must be, as its publisher gives it
    "suicide": ("988", "988"),
    "self_harm": ("988", "988"),
    "hopeless": ("988", "988"),
    "overdose": ("911", None),
    "medical": ("911", None),
    "weapons": ("911", None),
    "threat": ("911", None),
    "abuse": ("+18004224453", "+18004224453"),
    "neglect": ("+18004224453", "+18004224453"),
    "alcohol_home": ("+18004224453", "+18004224453"),
    "sexual": ("+18006564673", None),
    "grooming": ("+18006564673", None),
    "sextortion": (None, None),
    "trafficking": ("+18883737888", "233733"),
    "drugs": ("+18006624357", None),
    "runaway": ("+18007862929", "66008"),
    "family": ("+18007862929", "66008"),
    "identity": ("+18664887386", "678678"),
    **dict.fromkeys(
        (
            "bullying",
            "eating",
            "grief",
            "pregnancy",
            "school_fear",
            "panic",
            "deportation",
            "breakup",
        ),
        (None, "741741"),
    ),
}
ALSO = {
    "overdose": "+18002221222",
    "threat": "+18007997233",
    "sextortion": "+18008435678",
    "grooming": "+18008435678",
}
"""What must stand among the others."""


def reply(school: School, responses: Mapping[str, str], kind: str, spanish: bool = False) -> Any:
    return help_reply(school, TIERS[kind], kind, spanish, responses)


def test_every_kind_is_compared() -> None:
    """The table above has every kind of distress, as school.yml may name it."""
    assert set(NUMBERS) == set(TIERS) == set(DISTRESS_KINDS)


@pytest.mark.parametrize("kind", sorted(NUMBERS))
def test_the_line_fits_the_kind(school: School, responses: Mapping[str, str], kind: str) -> None:
    """The first line is the one for the kind; danger has the general ones too, trouble just one."""
    shown = reply(school, responses, kind)["custom"]["card"]["lines"]
    assert (shown[0].get("call"), shown[0].get("text", {}).get("to")) == NUMBERS[kind]
    called = {line.get("call") for line in shown}
    if TIERS[kind] == "danger":
        assert {"911", "988"} <= called and any(
            line.get("text") == {"to": "741741", "word": "HOME"} for line in shown
        )
        assert kind not in ALSO or ALSO[kind] in called
    else:
        assert len(shown) == 1


def test_take_it_down_comes_first_where_pictures_are_out(
    school: School, responses: Mapping[str, str]
) -> None:
    """It has no number but a page."""
    first = reply(school, responses, "sextortion")["custom"]["card"]["lines"][0]
    assert first["site"] == "https://takeitdown.ncmec.org"


@pytest.mark.parametrize("spanish", [False, True])
@pytest.mark.parametrize("kind", sorted(NUMBERS))
def test_the_reply_is_whole(
    school: School, responses: Mapping[str, str], kind: str, spanish: bool
) -> None:
    """Warm words of its own, the lines, the person, and that nobody has been told."""
    given = reply(school, responses, kind, spanish)
    check_reply(given)
    text = given["text"]
    openings = [responses[f"utter_opening_{kind}"]] + spanish * [
        responses[f"utter_opening_{kind}_es"]
    ]
    assert all(tidy(opening) in text for opening in openings)
    assert school.person.name in text and "nobody has been told" in text
    assert not spanish or ("nadie ha sido avisado" in text and school.person.name_es in text)
    numbers = re.findall(r"\d[\d-]{2,}", text)
    shown = re.sub(r"\D", "", str(given["custom"]["card"]["lines"]))
    assert numbers and all(
        re.sub(r"\D", "", number).removeprefix("1") in shown for number in numbers
    )


def test_no_two_kinds_begin_alike(responses: Mapping[str, str]) -> None:
    """Each kind has its own words, in both languages."""
    kinds = [*TIERS, UNSURE]
    openings = [responses[f"utter_opening_{kind}{end}"] for kind in kinds for end in ("", "_es")]
    assert len(set(openings)) == 2 * len(kinds)


def test_the_general_card_needs_no_words(school: School, responses: Mapping[str, str]) -> None:
    """What "Get help now" shows: the lines that are always right, and the person."""
    card = general_help(school, responses)
    assert [line["name"] for line in card["lines"]] == [
        line.name for line in school.crisis_lines if line.always
    ]
    assert card["person"] == {"name": school.person.name, "contact": school.person.contact}


def test_every_line_has_a_source_and_a_day(school: School) -> None:
    """So that whoever keeps school.yml knows what to compare, and when it was done."""
    assert all(line.source.startswith("https://") for line in school.crisis_lines)
    assert all(line.checked <= date.today() for line in school.crisis_lines)
    written = [re.sub(r"\D", "", line.how) for line in school.crisis_lines]
    for line, digits in zip(school.crisis_lines, written, strict=True):
        for number in filter(None, (line.call, line.text and line.text.to)):
            assert number.lstrip("+") in digits, line.name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kinds": ["sadness"]}, "expected one of: abuse"),
        ({"call": "call me"}, "call"),
        ({"call": None, "text": None, "site": None}, "one way at least"),
        ({"source": "a friend"}, "source"),
        ({"checked": "soon"}, "checked"),
        ({"always": False}, "always: true"),
    ],
)
def test_a_broken_line_is_named(change: dict[str, Any], said: str) -> None:
    """With its place and what was expected."""
    data = read(SCHOOL)
    data["crisis_lines"] = [{**data["crisis_lines"][0], **change}]
    with pytest.raises(DocumentError, match=said):
        build(School, data, "school.yml")


def test_what_is_not_answered_ends_with_the_person(
    school: School, responses: Mapping[str, str]
) -> None:
    """A fallback, a question back and an apology name somebody to turn to, last."""
    from answers.responses import message

    facts = {
        "career": "Baker",
        "topic_title": "Pay",
        "person": school.person.name,
        "contact": school.person.contact,
    }
    for name in (
        "utter_fallback",
        "utter_did_you_mean",
        "utter_uncovered",
        "utter_error",
        "utter_not_covered",
    ):
        text = message(Answer(name, facts), "bot", responses)["text"]
        assert text.endswith(f"talk to {school.person.name}. {school.person.contact}")
