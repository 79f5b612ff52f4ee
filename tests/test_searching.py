"""Finding and comparing within a conversation: what is kept, what changes it, who is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from actions.answering import ActionAnswer
from answers.comparing import compared
from answers.model import Question, payload
from answers.offers import offered_payloads
from components.entity_extractor import entities_in
from components.library import find_library
from guides.library import Library
from tests.test_actions import said, tracker
from understanding.reading import Reader
from understanding.text import fold


class Talk:
    """A conversation with the action, each message with the intent that it is given."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.slots = reader, dict[str, Any]()
        self.action = ActionAnswer()

    async def say(self, intent: str, text: str) -> dict[str, Any]:
        """The reply to a message."""
        at = tracker(intent, text, slots=dict(self.slots), read=fold(text), band="answer")
        at.latest_message["entities"] = entities_in(self.reader, fold(text))
        message, slots = await said(self.action, at)
        self.slots |= slots
        return message

    @property
    def shown(self) -> list[str]:
        return list(self.slots["finding"]["shown"])


@pytest.fixture
def talk(reader: Reader) -> Talk:
    return Talk(reader)


def medians(library: Library, slugs: list[str]) -> list[float]:
    return [salary.median or 0 for slug in slugs if (salary := library[slug].salary)]


async def test_a_list_is_short_and_says_what_it_is_of(talk: Talk, library: Library) -> None:
    """Five careers with their figures, how many there are, the filters, source and year."""
    message = await talk.say("ask_find", "jobs without a degree that pay over 60k")
    assert message["response"] == "utter_find_lacking" and int(message["count"]) > 50
    assert message["careers"].count("\n") == 4 and len(talk.shown) == 5
    assert "$60,000" in message["filters"] and "a certificate or less" in message["filters"]
    assert message["pay_date"] == "May 2025" and message["jobs_date"] == "2024-2034"
    assert message["custom"]["sources"] and message["custom"]["guide"] is None
    assert min(medians(library, talk.shown)) >= 60_000


async def test_the_next_message_changes_the_list(talk: Talk, library: Library) -> None:
    """Whatever intent its few words were taken for."""
    await talk.say("ask_find", "jobs that pay over 60k")
    message = await talk.say("ask_salary", "in texas")
    assert "Texas" in message["filters"] and "$60,000" in message["filters"]
    message = await talk.say("nlu_fallback", "less school")
    assert "an associate's degree or less" in message["filters"]
    message = await talk.say("ask_find", "jobs with animals")
    assert "Texas" not in message["filters"] and "animals" in message["filters"]


async def test_more_shows_the_next_ones(talk: Talk) -> None:
    """None twice, and the end is said."""
    await talk.say("ask_find", "i like art")
    first = talk.shown
    message = await talk.say("more", "show more")
    assert message["response"] in ("utter_find_more", "utter_find_end")
    assert not set(first) & set(talk.shown)


async def test_one_of_the_list_is_picked(talk: Talk) -> None:
    """By its place, with what is asked of it; then "it" is that one."""
    await talk.say("ask_find", "careers with animals")
    second = talk.shown[1]
    message = await talk.say("ask_summary", "tell me about the second one")
    assert message["custom"]["guide"] == second and talk.slots["career"] == second
    message = await talk.say("ask_salary", "how much does it pay")
    assert message["custom"]["guide"] == second
    message = await talk.say("ask_compare", "compare that with a dentist")
    assert talk.slots["finding"] == {"compared": [second, "dentist"]}
    message = await talk.say("ask_compare", "which one pays more")
    assert message["response"] == "utter_compare_asked" and "higher median pay" in message["lead"]


async def test_a_question_on_a_career_changes_no_list(talk: Talk) -> None:
    """ "In texas" after a pay answer is about that career again."""
    await talk.say("ask_find", "careers with animals")
    await talk.say("ask_salary", "what does a veterinarian make")
    message = await talk.say("ask_salary", "in texas")
    assert message["custom"]["guide"] == "veterinarian"


async def test_what_points_at_a_career_hardly_looks_for_others() -> None:
    """ "These jobs" are those of the career in use, where no list was shown."""
    ranking = [
        {"name": "ask_find", "confidence": 0.6},
        {"name": "ask_uncovered", "confidence": 0.2},
    ]
    text = "what city has the most of these jobs"
    at = tracker("ask_find", text, intent_ranking=ranking)
    at.latest_message["intent"] = ranking[0]
    message, _ = await said(ActionAnswer(), at)
    assert message["custom"]["kind"] == "fallback"


async def test_what_fits_nothing_is_said(talk: Talk) -> None:
    """With what was looked for, so that a wish can be taken back."""
    message = await talk.say("ask_find", "jobs for dropouts that pay 230k")
    assert message["response"] == "utter_find_none" and "no diploma" in message["filters"]


@pytest.mark.parametrize(
    ("intent", "text", "slugs"),
    [
        ("ask_compare", "nurse vs paramedic", ["registered-nurse", "paramedic"]),
        ("ask_salary", "do welders make more than plumbers", ["welder", "plumber"]),
        ("ask_compare", "difference between a vet and a vet tech", ["veterinarian", "veterinary-technician"]),
        ("ask_compare", "electrician vs plumber vs carpenter", ["electrician", "plumber", "carpenter"]),
    ],
)  # fmt: skip
async def test_careers_are_compared(
    talk: Talk, library: Library, intent: str, text: str, slugs: list[str]
) -> None:
    """Each named one with its pay; source and year stand once."""
    message = await talk.say(intent, text)
    assert message["custom"]["topic"] == "compare"
    assert talk.slots["finding"] == {"compared": slugs}
    for median in medians(library, slugs):
        assert f"${median:,.0f}" in message["rows"]
    assert message["source"].count("May 2025") == 1


async def test_who_earns_more_comes_first(talk: Talk, library: Library) -> None:
    """By the medians of the guides."""
    message = await talk.say("ask_compare", "who makes more, welders or plumbers")
    plumber, welder = medians(library, ["plumber", "welder"])
    assert plumber > welder and message["lead"].startswith("Plumber")
    assert f"${plumber - welder:,.0f}" in message["lead"]


@pytest.mark.parametrize(
    ("facets", "first"),
    [
        ((("outlook.growth", 0.5), ("salary.high", 0.2)), "Change in jobs"),
        ((("education.length", 0.3), ("education.share", 0.2)), "Typical way in"),
        ((("outlook.growth", 0.4), ("hours.week", 0.1)), "Median pay"),
        ((), "Median pay"),
    ],
)
def test_what_is_likely_asked_comes_first(
    library: Library, facets: Sequence[tuple[str, float]], first: str
) -> None:
    """Where no word says the side, the facets do: "which one is blowing up"."""
    question = Question("compare", "plumber or welder, which one is blowing up", facets=facets)
    reply = compared([library["plumber"], library["welder"]], question)
    assert reply.facts["rows"].startswith(first)


async def test_nothing_to_compare_is_asked_back(talk: Talk) -> None:
    """Where no two careers are known."""
    message = await talk.say("ask_compare", "compare two jobs")
    assert message["custom"]["kind"] == "clarify"


async def test_near_careers_with_less_school(talk: Talk, library: Library) -> None:
    """None of them takes as much school as the career itself."""
    await talk.say("ask_related", "jobs similar to a lawyer but less school")
    levels = [guide.level for slug in talk.shown if (guide := library[slug].preparation)]
    assert levels and max(level or 0 for level in levels) < 7
    assert talk.slots["finding"]["filters"]["like"] == "lawyer"


async def test_who_is_lost_gets_ways_in(talk: Talk) -> None:
    """One sentence, no block about a career, the interest check first, and what finds something."""
    message = await talk.say("ask_lost", "idk what i want to be")
    assert message["response"] == "utter_lost" and message["custom"]["guide"] is None
    buttons = [button["payload"] for button in message["buttons"]]
    assert buttons[0] == payload("check_interests")
    assert 3 <= len(buttons) <= 4 and set(buttons) <= offered_payloads(find_library())


@pytest.mark.parametrize(
    "name", ["more", "less_school", "more_money", "hands", "helping", "no_degree"]
)
async def test_a_button_stands_for_its_words(talk: Talk, name: str) -> None:
    """A press changes or finds what the words would."""
    await talk.say("ask_find", "jobs that pay over 60k")
    at = tracker("ask_find", payload("find", say=name), {"say": name}, dict(talk.slots))
    message, _ = await said(talk.action, at)
    assert message["response"].startswith("utter_find") and message["custom"]["topic"] == "find"
