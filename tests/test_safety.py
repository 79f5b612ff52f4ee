"""Distress and insults are noticed, figures of speech and curses in questions are not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from understanding.phrases import BOUNDARY, CRISIS, PhraseList

ROOT = Path(__file__).parent.parent
LISTS = Path(__file__).parent / "safety"

ACCEPTED = {"i wont be here tomorrow can i get a plan by email"}
"""A false alarm that is accepted, because those in danger say the same."""
ACCEPTED_EXAMPLES = {
    "dad is at work and locked us out",
    "my neighbor's dog barks all night and i can't take it any more, how do i make it stop",
}
LONGEST_SECONDS = 0.5
"""CPU for the longest body that the channel takes, far more than it needs."""
AWKWARD = [
    "my friend has a ",
    "want to ",
    "you so ",
    "lol bot ",
    "xq zv ",
    "1!a",
    "a b ",
    "k",
    "~ ",
]


@pytest.fixture(scope="module")
def crisis() -> PhraseList:
    return PhraseList(CRISIS)


@pytest.fixture(scope="module")
def boundary() -> PhraseList:
    return PhraseList(BOUNDARY)


def messages(pattern: str) -> list[str]:
    """The messages of some lists, less their headings."""
    found = [path.read_text(encoding="utf-8").splitlines() for path in LISTS.glob(pattern)]
    kept = [line for lines in found for line in lines if line and not line.startswith("#")]
    assert kept, f"tests/safety/{pattern}"
    return kept


def test_distress_is_noticed(crisis: PhraseList) -> None:
    """Said directly, in slang, disguised, misspelt, of oneself or a friend, or in Spanish."""
    assert not [text for text in messages("crisis*_must.txt") if not crisis.found_in(text)]


def test_distress_is_noticed_loud_and_among_words(crisis: PhraseList) -> None:
    """Capitals and words around it hide nothing."""
    loud = [f"idk {text.upper()}!!! sorry" for text in messages("crisis*_must.txt")]
    missed = [text for text in loud if not crisis.found_in(text)]
    assert len(missed) <= len(loud) / 100, missed


def test_a_figure_of_speech_is_no_distress(crisis: PhraseList) -> None:
    """Killing homework, dying markets and jobs that deal with danger set nothing off."""
    assert {text for text in messages("crisis*_must_not.txt") if crisis.found_in(text)} == ACCEPTED


def test_an_insult_meets_the_boundary(boundary: PhraseList) -> None:
    """Insults to the assistant and sexual messages are noticed."""
    assert not [text for text in messages("boundary*_must.txt") if not boundary.found_in(text)]


def test_a_curse_in_a_question_meets_none(boundary: PhraseList, crisis: PhraseList) -> None:
    """Whoever curses, or runs themselves down, and asks something is understood."""
    calm = messages("boundary*_must_not.txt")
    assert not [text for text in calm if boundary.found_in(text) or crisis.found_in(text)]


def test_distress_is_no_insult_and_an_insult_no_distress(crisis: PhraseList) -> None:
    """What meets the boundary gets no crisis lines."""
    assert not [text for text in messages("boundary*_must.txt") if crisis.found_in(text)]


def test_no_question_is_kept_from_understanding(boundary: PhraseList, crisis: PhraseList) -> None:
    """Nothing that the classifier learns as a question is caught before it."""
    files = [path for path in (ROOT / "data/nlu").glob("*.yml") if path.stem != "out_of_scope"]
    lines = [
        line.strip()[2:]
        for path in files
        for intent in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in intent.get("examples", "").splitlines()
    ]
    caught = {text for text in lines if boundary.found_in(text) or crisis.found_in(text)}
    assert len(lines) > 5000 and caught <= ACCEPTED_EXAMPLES


@pytest.mark.parametrize("part", AWKWARD)
def test_time_grows_with_length_only(crisis: PhraseList, boundary: PhraseList, part: str) -> None:
    """No text makes the search long, not even one as long as a whole body."""
    text = (part * 8192)[:8192]
    start = time.process_time()
    crisis.found_in(text)
    boundary.found_in(text)
    assert time.process_time() - start < LONGEST_SECONDS
