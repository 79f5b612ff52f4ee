"""Local answers: what is understood of questions to a school, and what is left to the guides."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa_sdk import Tracker

from actions import local
from actions.finding import whole
from actions.local import Local
from actions.speaking import asked
from answers.in_force import InForce
from components.library import find_library
from components.sentence_encoder import find_encoder
from guides.documents import read
from guides.local import Locals, read_locals
from guides.school import load_school
from serving.model import model_path
from tests.judging import entries, group, names

FOLDER = Path(__file__).parent.parent / "local"
NOT_ANSWERED = ("near the topic", "off topic")
"""Groups of judged questions that no guide answers."""

Given = Callable[[str], list[str]]
"""The local answers that a message gets."""
Shares = dict[str, tuple[int, int]]
"""Questions counted, and all of them, by what they are."""


class Named:
    """The answers of the file, in force for all turns; each is told as its name."""

    def __init__(self, answers: Locals) -> None:
        self.now = InForce.of(answers, find_encoder({"encoder": "on"}))


@pytest.fixture(scope="module")
def given() -> Iterator[Given]:
    """What the school says to a message, by the name of its entry."""
    answers = read_locals(FOLDER / "answers.yml", find_library())
    names_of = {entry.answer: name for name, entry in answers.items()}
    agent, loop = Agent.load(str(model_path())), asyncio.new_event_loop()
    school = load_school(find_library())

    def said(text: str) -> list[str]:
        latest = loop.run_until_complete(agent.processor.parse_message(UserMessage(text)))
        tracker = Tracker("sender", {}, latest, [], False, None, {}, "action_listen")
        own = Local(school)
        parts = own.joined(latest, whole(latest, asked(tracker)), school.default_guide)
        told = (own.answer(part, school.default_guide) for part in parts)
        return [names_of[each.facts["answer"]] for each in told if each]

    with pytest.MonkeyPatch.context() as patched:
        in_force = Named(answers)
        patched.setattr(local, "find_locals", lambda: in_force)
        yield said
    loop.close()


def found(given: Given, questions: Mapping[str, Iterable[str]]) -> tuple[list[str], int]:
    """Questions that did not get their answer and no other, and how many there are."""
    pairs = [(name, text) for name, texts in questions.items() for text in texts]
    return [f"{name}: {text}" for name, text in pairs if given(text) != [name]], len(pairs)


def taken(given: Given, texts: Iterable[str]) -> tuple[list[str], int]:
    """Questions that the school answers, and how many there are."""
    every = list(texts)
    return [f"{text} -> {names}" for text in every if (names := given(text))], len(every)


def judged(apart: bool) -> Iterator[str]:
    """The judged questions: those that no guide answers, or all others."""
    for name in names():
        for entry in entries(name):
            if (group(name, entry) in NOT_ANSWERED) == apart:
                yield from (turn["ask"] for turn in entry.get("turns", [entry]))


def test_the_school_answers_what_is_asked_of_it_and_nothing_else(given: Given) -> None:
    """The figures are written to results/local.txt; `aside` had no part in the choice of any."""
    lacking: dict[str, Any] = read(FOLDER / "lacking.yml")
    counted = {
        "not as meant, asked": found(given, read(FOLDER / "asked.yml")),
        "not as meant, aside": found(given, read(FOLDER / "aside.yml")),
        "taken from guides": taken(given, judged(apart=False)),
        "taken from no guide": taken(given, judged(apart=True)),
        "without an entry, asked": taken(given, lacking["asked"]),
        "without an entry, aside": taken(given, lacking["aside"]),
    }
    lines = [f"{name}: {len(wrong)} of {every}" for name, (wrong, every) in counted.items()]
    details = [f"{name}: {line}" for name, (wrong, _) in counted.items() for line in wrong]
    report = Path("results/local.txt")
    report.parent.mkdir(exist_ok=True)
    report.write_text("\n".join([*lines, "", *details]), encoding="utf-8")
    print("\n" + "\n".join(lines))
    most = {"not as meant, asked": 0.1, "taken from guides": 0.01}
    for name, share in most.items():
        wrong, every = counted[name]
        assert len(wrong) <= share * every, "see results/local.txt"
