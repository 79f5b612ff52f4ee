"""Lesson sheets of all guides."""

from __future__ import annotations

from collections import Counter

from guides.library import Library
from tests.test_lesson_sheet import check


def test_every_guide_has_a_lesson(library: Library) -> None:
    """Ten questions each, whose keys are what the chat answers; no topic is nearly always the same."""
    asked = Counter(each.asked.topic for slug in library for each in check(library[slug]))
    assert sum(asked.values()) == 10 * len(library)
    assert len([topic for topic, count in asked.items() if count > 300]) >= 14
