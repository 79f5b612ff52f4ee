"""Whether a message asks the school: what is learnt from, and that it is kept."""

from __future__ import annotations

from pathlib import Path

from components.intent_classifier import GuideIntentClassifier
from understanding.of_school import OfSchool, read_schools

OURS = ["where is my locker", "when is the science fair", "who signs my work permit"]
OTHERS = ["how much do nurses make", "is a degree needed", "what do they do all day"]


def test_the_schools_have_answers_and_messages() -> None:
    """Three tell something; each of their answers is asked for in at least three messages."""
    schools = [*read_schools()]
    told = [school for school in schools if school.answers]
    assert len(told) == 3 and sum(len([*school.every]) for school in schools) > 1_500
    for school in told:
        assert school.asked.keys() == school.answers.keys() == school.said.keys()
        assert all(len(texts) >= 3 for texts in school.said.values()) and len(school.lacking) > 30


def test_what_was_learnt_is_kept(tmp_path: Path) -> None:
    """A message to the school is told from others, and so it is after a load."""
    made = OfSchool.train(OURS, OTHERS, None)
    made.save(tmp_path)
    loaded = OfSchool.load(tmp_path, None)
    for text in ("where is the fair", "is a degree needed to make that much"):
        assert loaded.probability(text) == made.probability(text)
    assert loaded.probability(OURS[0]) > 0.5 > loaded.probability(OTHERS[0])


def test_a_model_without_examples_asks_no_school() -> None:
    """Nothing is learnt yet: no message is for the school."""
    component = GuideIntentClassifier({"encoder": "off"}, None, None)  # type: ignore[arg-type]
    assert component._school_is_asked("where is my locker") == 0.0
