"""Which questions may be kept for the school: what is in doubt is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from components.distress import find_model
from understanding.collecting import may_be_kept
from understanding.distress import Distress

TESTS = Path(__file__).parent.parent
LEFT_OUT = {
    "one word": "robotics",
    "a story": "so " * 21 + "do we have robotics",
    "a long word": "do we have " + "x" * 140,
    "a blanked name": "does [name] teach robotics",
    "blanked private data": "is there a club for [private] students",
    "of oneself": "as a single mom can i join robotics",
    "distress": "i want to die",
    "an insult": "you are so stupid",
}


@pytest.fixture(scope="module")
def distress() -> Distress:
    return Distress().with_model(find_model())


@pytest.mark.parametrize("name", [*LEFT_OUT])
def test_what_is_in_doubt_is_not_kept(distress: Distress, name: str) -> None:
    assert not may_be_kept(LEFT_OUT[name], distress)


def test_questions_to_a_school_are_kept(distress: Distress) -> None:
    """Most of them, as typed: 104 of 120."""
    asked = yaml.safe_load((TESTS / "local" / "asked.yml").read_text(encoding="utf-8"))
    texts = [text for texts in asked.values() for text in texts]
    kept = sum(may_be_kept(text, distress) for text in texts)
    assert kept / len(texts) >= 0.8, kept


def test_nothing_of_the_crisis_lane_is_kept(distress: Distress) -> None:
    """Of 362 messages of distress one is, "sui ci de", which the lane itself does not notice."""
    lines = [
        line.strip()
        for path in sorted((TESTS / "safety").glob("crisis*must.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    kept = [line for line in lines if may_be_kept(line, distress)]
    assert len(lines) > 300 and len(kept) <= 1, kept
