"""Questions come together by what they ask for."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
import yaml

from components.sentence_encoder import find_encoder
from tests.judging import entries
from understanding.encoder import Encoder
from understanding.grouping import groups, without_names
from understanding.text import fold

LOCAL = Path(__file__).parent / "local"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = find_encoder({"encoder": "on"})
    assert found
    return found


def judged() -> list[tuple[str, str]]:
    """Questions with what they are about: sixty things that a school knows, and others."""
    asked = yaml.safe_load((LOCAL / "asked.yml").read_text(encoding="utf-8"))
    answers = yaml.safe_load((LOCAL / "answers.yml").read_text(encoding="utf-8"))
    ways = {
        name: [*asked.get(name, ()), *entry.get("asked", ())] for name, entry in answers.items()
    }
    alone = [each["ask"] for name in ("uncovered", "out_of_scope") for each in entries(name)]
    named = [(name, text) for name, texts in ways.items() for text in texts]
    found = [*named, *((text, text) for text in alone)]
    return [(name, without_names(fold(text), ["mlops engineer"])) for name, text in found]


def test_questions_come_together_by_what_they_ask(encoder: Encoder) -> None:
    """The figures of the module: right in 8 of 10, and more than half are found."""
    names, texts = zip(*judged(), strict=True)
    together = [pair for group in groups(texts, encoder) for pair in combinations(group, 2)]
    right = sum(names[one] == names[other] for one, other in together)
    there = sum(one == other for one, other in combinations(names, 2))
    assert right / len(together) >= 0.78 and right / there >= 0.5, (right, len(together), there)


def test_every_question_is_in_one_group(encoder: Encoder) -> None:
    texts = [text for _, text in judged()][:40]
    assert sorted(place for group in groups(texts, encoder) for place in group) == list(range(40))
    assert groups([], encoder) == [] and groups(["one"], encoder) == [[0]]


def test_the_name_of_a_career_brings_nothing_together() -> None:
    assert without_names("do nurses get free scrubs", ["registered nurse"]) == "do get free scrubs"
    assert without_names("nurse", ["nurse"]) == "nurse"
