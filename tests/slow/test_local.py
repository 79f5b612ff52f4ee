"""Local answers: what is understood of questions to a school, and what is left to the guides."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from answers.responses import sentence
from components.library import find_library
from guides.documents import read
from guides.local import SCHOOL, path_of, read_locals
from tests.judging import entries, group, names
from tests.served import Server, check_reply, kinds, launched, reply_text

FOLDER = Path(__file__).parent.parent / "local"
NEAR, OFF = "near the topic", "off topic"
"""Groups of judged questions that no guide answers."""
MOST = {
    "not as meant, asked": 0.16,
    "not as meant, aside": 0.15,
    "taken from guides": 0.01,
    "taken, near the topic": 0.05,
    "taken, off topic": 0.04,
    "without an entry, asked": 0.20,
    "without an entry, aside": 0.20,
}
"""The largest share of each that may go wrong; no figure of the search was chosen by these."""

Given = Callable[[str], list[tuple[str, bool]]]
"""The local answers that a message gets, and whether each is told as the one that is meant."""


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Given]:
    """What the school says to a message that begins a chat, by the name of its entry."""
    folder = tmp_path_factory.mktemp("answers")
    shutil.copy(FOLDER / "answers.yml", folder / f"{SCHOOL}.yml")
    told = {entry.answer: name for name, entry in read_locals(FOLDER / "answers.yml", find_library()).items()}  # fmt: skip
    perhaps = sentence("utter_local_maybe")
    server = launched(folder / "log", GUIDEPOST_ANSWERS=str(folder), GUIDEPOST_LIMITS="off")

    def said(text: str) -> list[tuple[str, bool]]:
        replies = [str(reply["text"]) for reply in server.ask(server.session(), text)]
        return [
            (name, perhaps not in reply)
            for reply in replies
            for answer, name in told.items()
            if answer in reply
        ]

    yield said
    server.stop()


def found(given: Given, questions: Mapping[str, Iterable[str]]) -> tuple[list[str], int]:
    """Questions that did not get their answer and no other, and how many there are."""
    pairs = [(name, text) for name, texts in questions.items() for text in texts]
    wrong = [(name, text) for name, text in pairs if [each for each, _ in given(text)] != [name]]
    return [f"{name}: {text}" for name, text in wrong], len(pairs)


def taken(given: Given, texts: Iterable[str]) -> tuple[list[str], int]:
    """Questions that the school answers, as if it was surely meant, and how many there are."""
    every = list(texts)
    told = [(text, [name for name, surely in given(text) if surely]) for text in every]
    return [f"{text} -> {names}" for text, names in told if names], len(every)


def maybe(given: Given, texts: Iterable[str]) -> tuple[list[str], int]:
    """Questions that the school answers in any way, and how many there are."""
    every = list(texts)
    told = [(text, [name for name, _ in given(text)]) for text in every]
    return [f"{text} -> {names}" for text, names in told if names], len(every)


def judged(groups: Iterable[str]) -> Iterator[str]:
    """The judged questions of these groups."""
    for name in names():
        for entry in entries(name):
            if group(name, entry) in groups:
                yield from (turn["ask"] for turn in entry.get("turns", [entry]))


def test_the_school_answers_what_is_asked_of_it_and_nothing_else(given: Given) -> None:
    """Each share of wrong ones stays below its limit; they are written to results/local.txt."""
    lacking: dict[str, Any] = read(FOLDER / "lacking.yml")
    guided = {group(name, entry) for name in names() for entry in entries(name)} - {NEAR, OFF}
    counted = {
        "not as meant, asked": found(given, read(FOLDER / "asked.yml")),
        "not as meant, aside": found(given, read(FOLDER / "aside.yml")),
        "taken from guides": maybe(given, judged(guided)),
        "taken, near the topic": maybe(given, judged([NEAR])),
        "taken, off topic": maybe(given, judged([OFF])),
        "without an entry, asked": taken(given, lacking["asked"]),
        "without an entry, aside": taken(given, lacking["aside"]),
    }
    lines = [f"{name}: {len(wrong)} of {every}" for name, (wrong, every) in counted.items()]
    details = [f"{name}: {line}" for name, (wrong, _) in counted.items() for line in wrong]
    report = Path("results/local.txt")
    report.parent.mkdir(exist_ok=True)
    report.write_text("\n".join([*lines, "", *details]), encoding="utf-8")
    print("\n" + "\n".join(lines))
    shares = {name: len(wrong) / every for name, (wrong, every) in counted.items()}
    assert set(shares) == set(MOST)
    assert {name for name, share in shares.items() if share > MOST[name]} == set(), lines


WITHIN = 60
"""Seconds after which a change is promised to be in force."""
FAIR = """career_fair:
  asked: [when is the career fair, do we have a career fair]
  answer: The career fair is in the {hall}.
  checked: {today}
  until: {today}
"""


def after(ask: Callable[[], bool]) -> float:
    """The seconds until something is so."""
    started = time.monotonic()
    while not ask():
        assert time.monotonic() < started + WITHIN
        time.sleep(0.5)
    return time.monotonic() - started


def test_a_file_is_served_as_it_is_now(server: Server) -> None:
    """Put there, changed, broken and taken away while students ask; distress goes first."""
    path, question = path_of(), "when's the carreer fair"

    def says(words: str) -> bool:
        return words in reply_text(server.ask(server.session(), question))

    def health() -> dict[str, Any]:
        return dict(json.loads(server.get("/health")[2]))

    text = FAIR.format(hall="gym", today=date.today())
    try:
        assert not says("gym")
        path.write_text(text, encoding="utf-8")
        after(lambda: says("The career fair is in the gym.\nFrom your school, checked in "))
        sender = server.session()
        (reply,) = server.ask(sender, question)
        check_reply(reply)
        thumb = {"sender": sender, "guide": None, "topic": "local", "verdict": "up"}
        assert server.post("/webhooks/web/feedback", json.dumps(thumb).encode())[0] == 200
        assert kinds(server.ask(sender, f"{question}, i want to kill myself")) == ["crisis"]
        assert kinds(server.ask(sender, "take the quiz")) == ["quiz"]
        assert kinds(server.ask(sender, question)) == ["local", "quiz"]
        path.write_text(text + "forms: [\n", encoding="utf-8")
        after(lambda: "broken" in health())
        assert says("gym") and set(health()["broken"]) == {"schools/answers/school.yml"}
        path.write_text(text.replace("gym", "hall"), encoding="utf-8")
        after(lambda: says("hall"))
        assert health() == {"alive": True}
    finally:
        path.unlink()
    after(lambda: not says("hall"))
