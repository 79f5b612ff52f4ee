"""Careers that a message tells by their work: what is learnt, found and left alone."""

from __future__ import annotations

from collections import Counter
from copy import copy
from pathlib import Path

import pytest

from components.finder import finder
from components.library import find_library
from components.sentence_encoder import find_encoder
from guides.documents import read
from guides.finding import Finder
from guides.library import Library
from understanding.described import (
    EXAMPLES,
    FURTHER,
    LIKELY,
    NEAREST,
    NONE,
    TOLD,
    Described,
    Examples,
    clauses,
    examples_in,
    long_enough,
)
from understanding.distress_model import questions_in
from understanding.encoder import Encoder
from understanding.entity import VAGUE
from understanding.text import fold

QUESTIONS = Path(__file__).parent.parent / "data" / "nlu"
FIXES = fold("how much do the people get who repair elevators")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The encoder of the project."""
    return find_encoder({"encoder": "on"})


@pytest.fixture(scope="module")
def described(encoder: Encoder) -> Described:
    """Learnt from the messages about a group of careers, which takes seconds."""
    told, vague, none = examples_in()
    group = read(EXAMPLES / "47.yml")
    none += long_enough(fold(each.text) for each in questions_in(QUESTIONS))[::40]
    some = [each for each in told if each[1] in group]
    examples = Examples(some, vague[::3], none)
    made = Described.train(examples, encoder, encoder.tuned, finder(find_library()))
    assert made
    return made


def test_every_message_tells_a_career_that_is_there() -> None:
    """By the slug of its guide, each of the tables in a dozen ways at least; none stands twice."""
    told, vague, none = examples_in()
    ways = Counter(slug for _, slug in told)
    assert set(ways) == set(find_library()) - {"mlops-engineer"} and min(ways.values()) >= 12
    texts = [*(text for text, _ in told), *vague, *none]
    assert len(set(texts)) == len(texts) and min(map(len, texts)) > 0


def test_a_career_is_told_by_its_work(described: Described) -> None:
    """The nearest first, and a few that may be meant as well."""
    told = described.find(FIXES)
    assert told and told.slugs[0] == "elevator-mechanic" and len(set(told.slugs)) == NEAREST
    assert LIKELY <= told.probability <= 1 and told.sure


@pytest.mark.parametrize(
    "text", ["how much do they make a year", "is it hard", "do these people repair elevators too"]
)
def test_a_question_on_the_career_in_use_tells_none(described: Described, text: str) -> None:
    """Nor do two words, or work that the career in use has."""
    assert described.find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "my brother got hired at the harbor, how much does he get",
        "the man at the bank counter had a nice tie. how long was his school",
    ],
)
def test_somebody_s_job_may_be_left_open(described: Described, text: str) -> None:
    """Then none is taken; those may be meant that are near to what is told and not to "school"."""
    told = described.find(text)
    assert told and told.vague and not told.sure
    assert not any("school" in slug for slug in told.slugs[:2])


class Likely:
    """A classifier that knows how likely each text tells a career; any other tells none."""

    def __init__(self, **likely: float) -> None:
        """Take texts, with underscores for spaces."""
        self._likely = {text.replace("_", " "): found for text, found in likely.items()}

    def predict(self, text: str) -> list[tuple[str, float]]:
        """The probability that it tells one."""
        told = self._likely.get(text, 0.0)
        return [(TOLD, told), (VAGUE, 0.0), (NONE, 1 - told)]


@pytest.mark.parametrize(
    ("whole", "clause", "is_told"), [(0.1, 0.9, True), (0.1, 0.7, False), (0.01, 0.9, False)]
)
def test_a_clause_may_tell_a_career(
    described: Described, whole: float, clause: float, is_told: bool
) -> None:
    """What stands before or behind it says nothing of work; the whole must not speak against it."""
    who = "that one who repairs elevators in tall houses"
    asked = f"no, not that one. i ask about {who}"
    made = copy(described)
    made._classifier = Likely(**{asked: whole, who: clause})  # type: ignore[assignment]
    told = made.find(asked)
    assert (told is not None and "elevator-mechanic" in told.slugs) == is_told
    assert "one who" in " | ".join(clauses("i mean that one who fixes lifts. and the pay?"))
    assert clauses("what do they earn") == []


def test_what_is_stored_finds_the_same(
    described: Described, encoder: Encoder, tmp_path: Path
) -> None:
    """And where nothing was stored nothing is found."""
    careers = finder(find_library())
    assert Described.load(tmp_path, encoder, encoder.tuned, careers) is None
    described.save(tmp_path)
    loaded = Described.load(tmp_path, encoder, encoder.tuned, careers)
    assert loaded and loaded.find(FIXES) == described.find(FIXES)


def test_without_vectors_nothing_is_learnt(encoder: Encoder) -> None:
    """As of guides that were compiled without an encoder."""
    library = find_library()
    bare = Finder(Library.in_memory([library["welder"]]), encoder.encode)
    assert bare.nearest("joins metal", FURTHER) == []
    examples = Examples([(FIXES, "elevator-mechanic")], ["she works there"], ["is it hard"])
    assert Described.train(examples, encoder, encoder.tuned, bare) is None


def test_the_nearest_careers_come_in_order() -> None:
    """With their codes; without an encoder there are none."""
    near = finder(find_library()).nearest("fixing airplanes", 3)
    assert near[0].slug == "aircraft-mechanic" and near[0].soc == "49-3011"
    assert near[0].nearness >= near[1].nearness >= near[2].nearness
    assert Finder(find_library(), None).nearest("fixing airplanes", 3) == []
