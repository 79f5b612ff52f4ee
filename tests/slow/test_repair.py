"""What the names of nine hundred careers do to the repair of other texts."""

from __future__ import annotations

from collections.abc import Callable

from guides.loading import Guides
from understanding.reading import Reader
from understanding.repair import learn_words, make_repair

Repair = Callable[[str], str]


def test_names_leave_other_texts_alone(repair: Repair, phrases: list[str], guides: Guides) -> None:
    """What is read with nine hundred careers is what is read with the hand-made ones."""
    few = Reader(guides)
    alone = make_repair(learn_words(phrases, few), few)
    sample = phrases[::4]
    changed = [text for text in sample if alone.repair(text) != repair(text)]
    assert len(changed) <= len(sample) / 500, changed
