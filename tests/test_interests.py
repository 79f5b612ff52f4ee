"""The interest check: what is asked, how answers are counted, and which careers are said to be near."""

from __future__ import annotations

import re
from math import sqrt
from pathlib import Path
from random import Random
from statistics import correlation, median
from time import perf_counter
from typing import Any

import pytest
import textstat
from jsonschema import Draft7Validator
from rasa_sdk.executor import CollectingDispatcher

from actions import answering, quiz
from answers.interests import activity, careers, leaning, scores_of
from answers.model import custom, payload
from answers.offers import offered_payloads
from guides.careers import CAREERS, Words
from guides.documents import DocumentError, read
from guides.interests import AREAS, INTERESTS, activities, interests, read_interests, scored, shape
from guides.library import Library
from guides.loading import load_guides
from guides.profiles import BANDS, KIND, LEAST, OF_EACH, UNEXPECTED, Profiles, suggested
from tests.conftest import LONGEST, Checked, Worded
from tests.test_actions import said, tracker
from tests.test_reading_level import HIGHEST, MIDDLE

SHAPES = (
    (8, 2, 1, 1, 1, 3),
    (1, 8, 2, 3, 0, 4),
    (0, 2, 8, 3, 4, 0),
    (1, 2, 3, 8, 3, 1),
    (1, 2, 3, 4, 8, 5),
    (1, 3, 0, 2, 4, 8),
    (1, 0, 0, 0, 0, 0),
)
"""Scores of students who differ."""
FLAT = (4,) * len(AREAS)


@pytest.fixture(scope="module")
def profiles(library: Library) -> Profiles:
    return Profiles(library)


def random_scores(count: int) -> list[tuple[int, ...]]:
    dice = Random(20261128)
    return [tuple(dice.randint(0, 8) for _ in AREAS) for _ in range(count)]


def test_each_area_is_asked_about_as_often() -> None:
    """Six areas in turn, as many activities for each, none twice, and not too many in all."""
    asked = activities()
    assert 18 <= len(asked) <= 30 and len(asked) % len(AREAS) == 0
    assert len({each.lower() for each in asked}) == len(asked)
    for place, area in enumerate(AREAS):
        assert list(asked[place :: len(AREAS)]) == interests()[area].activities


def test_areas_are_called_as_in_the_careers() -> None:
    """One word for one thing: the names and meanings are those of the careers' interests."""
    words = Words(read(CAREERS / "words.yml"))
    for area, interest in interests().items():
        said = {"name": interest.name, "meaning": interest.meaning}
        assert words.of("interests", area.capitalize()) == said


def test_activities_read_easily() -> None:
    """Each below the grade that replies may have, and most far below."""
    found = {text: textstat.flesch_kincaid_grade(text) for text in activities()}
    assert {text: grade for text, grade in found.items() if grade > HIGHEST} == {}
    assert median(found.values()) <= MIDDLE


FAULTS = [
    ("      - Fix a bike that does not shift right\n", "", "expected as many activities for each"),
    ("Put up a shed with a saw and a drill", "fix a bike that does not shift right", "not twice"),
    ("  conventional:\n", "  orderly:\n", "expected"),
    ("    liked: helping people\n", "", "expected a value"),
    ("    name: Doing\n", "    name: Doing\n    colour: red\n", "expected no such key"),
]


@pytest.mark.parametrize(("text", "instead", "fault"), FAULTS)
def test_what_is_wrong_in_the_file_is_named(
    tmp_path: Path, text: str, instead: str, fault: str
) -> None:
    """A fault names the file, the place and what is expected there."""
    written = INTERESTS.read_text(encoding="utf-8")
    assert text in written
    path = tmp_path / "interests.yml"
    path.write_text(written.replace(text, instead, 1), encoding="utf-8")
    with pytest.raises(DocumentError, match=rf"interests\.yml: areas.*: found .*{fault}"):
        read_interests(path)


def test_answers_are_counted_by_area() -> None:
    """The first area has the first answer of each six."""
    assert scored([2, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1]) == (4, 1, 0, 0, 0, 1)
    said = ["yes" if place % 6 == 2 else "not sure" if place < 6 else "no" for place in range(24)]
    assert scores_of(said) == (1, 1, 8, 1, 1, 1)


def test_a_correlation_is_that_of_pearson() -> None:
    """By hand: (3, 1, -1, -1, -1, -1) and (40, 40, -20, ...) give 240 of the root of 14 x 4800."""
    own, theirs = shape((4, 2, 0, 0, 0, 0)), shape((60, 60, 0, 0, 0, 0))
    assert own is not None and theirs is not None
    assert float(own @ theirs) == pytest.approx(240 / sqrt(14 * 4800))
    doubled, other = shape((8, 4, 0, 0, 0, 0)), shape((0, 2, 4, 4, 4, 4))
    assert doubled is not None and other is not None
    assert float(own @ doubled) == pytest.approx(1) and float(own @ other) == pytest.approx(-1)
    assert shape(FLAT) is None


@pytest.mark.parametrize("scores", SHAPES)
def test_careers_are_near_by_their_correlation(
    profiles: Profiles, library: Library, scores: tuple[int, ...]
) -> None:
    """What is near has the correlation that is said, in order, and its band is that of its zone."""
    for band, found in profiles.near(scores).items():
        assert [each.likeness for each in found] == sorted(
            (e.likeness for e in found), reverse=True
        )
        for each in found[:5]:
            guide = library[each.profile.slug]
            assert guide.interests and guide.preparation
            points = {score.id: score.score for score in guide.interests.scores}
            by_hand = correlation(scores, [points[area] for area in AREAS])
            assert each.likeness == pytest.approx(by_hand) and by_hand >= LEAST
            assert guide.preparation.zone in BANDS[band]


@pytest.mark.parametrize("scores", SHAPES)
def test_what_is_suggested_differs(profiles: Profiles, scores: tuple[int, ...]) -> None:
    """A few of each band, of different kinds, with one or two that few people work in."""
    found = suggested(profiles.near(scores))
    for each in found.values():
        known = [one.profile.soc[:KIND] for one in each if not one.unexpected]
        assert len(known) <= OF_EACH and len(set(known)) == len(known)
        assert sum(one.unexpected for one in each) <= 1
    every = [each for band in found.values() for each in band]
    assert len({each.profile.slug for each in every}) == len(every) >= OF_EACH
    rare = [each.profile for each in every if each.unexpected]
    assert len(rare) <= UNEXPECTED
    kinds = [each.profile.soc[:KIND] for each in every if not each.unexpected]
    assert all(each.counted and each.soc[:KIND] not in kinds for each in rare)


def test_a_flat_profile_shows_no_direction(profiles: Profiles, checked: Checked) -> None:
    """No career is near to it; it is said so, and other ways in are offered."""
    assert not any(profiles.near(FLAT).values())
    said = leaning(FLAT)
    assert "no direction" in checked(said, "check_interests", None) and said.card is None
    payloads = [button.payload for button in said.buttons or ()]
    assert payload("check_interests") in payloads and len(payloads) == 4


@pytest.mark.parametrize("scores", [*SHAPES, *random_scores(40)])
def test_the_result_has_the_form_of_replies(
    profiles: Profiles,
    library: Library,
    worded: Worded,
    reply_schema: dict[str, Any],
    scores: tuple[int, ...],
) -> None:
    """Short, valid, with bars for all six, a reason for each career, and a tap that leads to it."""
    near = suggested(profiles.near(scores))
    bars, given = leaning(scores), careers(library, scores, near)
    for each in (bars, given):
        assert len(worded(each)) <= LONGEST
        Draft7Validator(reply_schema).validate(custom(each, "check_interests", None))
        assert {button.payload for button in each.buttons or ()} <= offered_payloads(library)
    assert "a hint, not a verdict" in worded(bars)
    assert all(each.meaning in worded(bars) for each in interests().values())
    assert bars.card and len(bars.card["bars"]) == len(AREAS)
    found = [each.profile for band in near.values() for each in band]
    told = [line for line in worded(given).splitlines() if line[0].isdigit()]
    titles = [line.partition(". ")[2].partition(": ")[0] for line in told]
    assert titles == [each.title for each in found]
    if not found:
        assert given.response == "utter_check_no_career"
        return
    assert given.sources and given.card
    entries = [entry for group in given.card["groups"] for entry in group["items"]]
    payloads = [payload("summary", career=each.slug) for each in found]
    assert [entry["payload"] for entry in entries] == payloads
    assert set(payloads) <= offered_payloads(library)


def test_reasons_name_what_was_liked(profiles: Profiles, library: Library) -> None:
    """One area, two, and what was disliked the least."""

    def reasons(*scores: int) -> tuple[set[str], str]:
        facts = careers(library, scores, suggested(profiles.near(scores))).facts
        return set(re.findall(r"\d\. .+?: (.+?)\.", facts["careers"])), facts["liked"]

    assert reasons(8, 1, 1, 0, 1, 1) == ({"Mostly hands-on work"}, "what you liked")
    assert "Both hands-on work and finding things out" in reasons(8, 7, 0, 0, 0, 1)[0]
    assert reasons(1, 0, 0, 0, 0, 0) == ({"Mostly hands-on work"}, "what you minded least")


def test_a_band_without_a_near_career_says_so(profiles: Profiles, library: Library) -> None:
    """Few jobs with little preparation are about finding things out."""
    near = suggested(profiles.near((1, 8, 2, 3, 0, 4)))
    assert not near["little"] and near["long"]
    assert (
        "Nothing with little preparation"
        in careers(library, (1, 8, 2, 3, 0, 4), near).facts["empty"]
    )


def test_guides_without_interests_take_no_part() -> None:
    """A school with guides of its own alone gets bars and ways in."""
    guides = load_guides()
    near = suggested(Profiles(guides).near(SHAPES[0]))
    assert not any(near.values())
    assert careers(guides, SHAPES[0], near).response == "utter_check_no_career"


def test_ranking_takes_little_time(profiles: Profiles) -> None:
    """All careers in a few thousandths of a second."""
    profiles.near(SHAPES[0])
    times = []
    for scores in SHAPES * 3:
        start = perf_counter()
        suggested(profiles.near(scores))
        times.append(perf_counter() - start)
    assert median(times) < 0.005


def asked(given: list[str] | None, intent: str, text: str) -> Any:
    """A conversation in the middle of the check."""
    slots = {"requested_slot": "interest_answer", "interest_answers": given}
    at = tracker(intent, text, slots=slots)
    at.active_loop = {"name": "interest_form"}
    return at


async def taken(at: Any) -> list[str] | None:
    """The answers after a message, as form and action take them; None where it is no answer."""
    form, dispatcher = quiz.ValidateInterestForm(), CollectingDispatcher()
    found = await form.extract_interest_answer(dispatcher, at, {})
    if found:
        slots = form.validate_interest_answer(found["interest_answer"], dispatcher, at, {})
        return list(slots["interest_answers"])
    events = answering.form_events(at, form.guide(at))
    return next((list(e["value"]) for e in events or [] if e["name"] == "interest_answers"), None)


@pytest.mark.parametrize(
    ("intent", "text", "after"),
    [
        ("affirm", "yes", ["no", "yes"]),
        ("affirm", "kinda", ["no", "not sure"]),
        ("deny", "nah", ["no", "no"]),
        ("unsure", "idk", ["no", "not sure"]),
        ("react", "sounds fun", ["no", "yes"]),
        ("ask_misfit", "that's so boring", ["no", "no"]),
        ("nlu_fallback", "4", ["no", "yes"]),
        ("go_back", "go back", []),
        ("go_back", "wait i meant yes", ["yes"]),
        ("affirm", "oops i meant yes", ["yes"]),
        ("deny", "no wait i mean kinda", ["not sure"]),
        ("ask_salary", "what does a nurse make", None),
        ("ask_find", "jobs with dogs?", None),
    ],
)
async def test_an_answer_is_taken_or_mended(
    intent: str, text: str, after: list[str] | None
) -> None:
    """By its intent or its words; what mends the last one adds none; a question is no answer."""
    assert await taken(asked(["no"], intent, text)) == after


async def test_nothing_is_mended_before_the_first_answer() -> None:
    """ "Go back" at the first activity asks it again."""
    assert await taken(asked(None, "go_back", "go back")) == []


async def test_the_end_says_what_leans_and_who_does() -> None:
    """Two replies, the careers in order for "the second one", and no answer is kept."""
    given = ["yes" if place % 6 == 0 else "no" for place in range(len(activities()))]
    dispatcher = CollectingDispatcher()
    events = await quiz.ActionFinishInterest().run(dispatcher, asked(given, "affirm", "yes"), {})
    slots = {event["name"]: event["value"] for event in events}
    first, second = dispatcher.messages
    assert (
        first["response"] == "utter_check_leaning" and second["response"] == "utter_check_careers"
    )
    assert slots["interest_answers"] is None and slots["topic"] == "check_interests"
    entries = [entry for group in second["custom"]["card"]["groups"] for entry in group["items"]]
    shown = [payload("summary", career=slug) for slug in slots["finding"]["shown"]]
    assert [entry["payload"] for entry in entries] == shown


async def test_more_is_looked_for_by_what_was_liked_most(library: Library) -> None:
    """ "Show more" begins a search of that kind; "less school" limits it."""
    given = ["yes" if place % 6 == 2 else "no" for place in range(len(activities()))]
    events = await quiz.ActionFinishInterest().run(
        CollectingDispatcher(), asked(given, "affirm", "yes"), {}
    )
    slots = {event["name"]: event["value"] for event in events}
    for text, most in (("show more", 7), ("less school", 4)):
        at = tracker("ask_find", text, slots=dict(slots), read=text)
        message, after = await said(answering.ActionAnswer(), at)
        assert "making new things" in message["filters"] and message["careers"].startswith("1. ")
        found = [library[slug].preparation for slug in after["finding"]["shown"]]
        assert found and all(each and (each.level or 0) <= most for each in found)


async def test_there_is_no_result_without_all_answers() -> None:
    """A check that broke off gets an apology, never a result of nothing."""
    dispatcher = CollectingDispatcher()
    events = await quiz.ActionFinishInterest().run(dispatcher, asked(["yes"], "affirm", "yes"), {})
    assert [each["response"] for each in dispatcher.messages] == ["utter_error"] and not events


@pytest.mark.parametrize(
    ("offered", "form"),
    [
        ("check_interests", "interest_form"),
        ("take_quiz", "fit_quiz_form"),
        ("make_plan", "plan_form"),
        ("salary", None),
    ],
)
async def test_a_yes_takes_up_the_form(offered: str, form: str | None) -> None:
    """Where it stands first under the last reply; another offer is taken up as before."""
    forms = {"interest_form", "fit_quiz_form", "plan_form"}
    data = {"buttons": [{"title": "A", "payload": payload(offered)}]}
    at = tracker("affirm", "yes pls", events=[{"event": "bot", "text": "Well?", "data": data}])
    events = await answering.ActionAnswer().run(CollectingDispatcher(), at, {})
    assert forms & {event.get("name") for event in events} == ({form} if form else set())


def test_every_activity_is_asked_in_turn(checked: Checked) -> None:
    """With its number; the first says how to answer, mend and stop."""
    for number, text in enumerate(activities()):
        given = activity(["no"] * number)
        assert f"{number + 1} of {len(activities())}: {text}." in checked(
            given, "check_interests", None
        )
    first = checked(activity([]), "check_interests", None)
    assert all(word in first for word in ("yes", "kind of", "go back", "stop"))
