"""The task of a job that comes nearest to a question that no topic answers."""

from __future__ import annotations

import pytest

from answers.day import near_task
from components.sentence_encoder import find_encoder
from guides.library import Library
from guides.schema import Guide


@pytest.mark.parametrize(
    ("slug", "asked", "task"),
    [
        ("forensic-science-technician", "do they have to testify in front of a judge", "Testify"),
        ("barber", "do they trim beards too", "beards"),
        ("lawyer", "is one in court all the time", "court"),
    ],
)
def test_a_near_task_is_found(library: Library, slug: str, asked: str, task: str) -> None:
    """By its meaning, or by a word and some of its meaning."""
    found = near_task(library[slug], asked, find_encoder({"encoder": "on"}))
    assert found and task in found


@pytest.mark.parametrize(
    "asked",
    ["what is the food like in the canteen", "how do i write a resume", "do they drug test you"],
)
def test_no_task_is_near(library: Library, asked: str) -> None:
    """What no task speaks of has none; nor has a guide without tasks, or a machine without encoder."""
    encoder = find_encoder({"encoder": "on"})
    assert near_task(library["barber"], asked, encoder) is None


def test_without_tasks_or_encoder_there_is_none(library: Library, mlops: Guide) -> None:
    """A question that would find one finds none."""
    assert near_task(mlops, "do they trim beards too", find_encoder({"encoder": "on"})) is None
    assert near_task(library["barber"], "do they trim beards too", None) is None
