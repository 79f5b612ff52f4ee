"""The labels whose texts another text is nearest to."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.test_classifier import Hashed
from understanding.means import Means

TEXTS = [
    *("sprays houses for roaches", "the bug spray guy", "kills termites"),
    *("cleans teeth", "scrapes your teeth at the dentist", "the tooth cleaning lady"),
    *("drives the school bus", "bus driver of my school", "yellow bus every morning"),
]
LABELS = [*(["pests"] * 3), *(["teeth"] * 3), *(["bus"] * 3)]


def trained() -> Means:
    usual = np.zeros(16, dtype=np.float32)
    return Means.train(TEXTS, LABELS, usual, Hashed())


def test_the_nearest_label_shares_words_and_meaning() -> None:
    """Also where no text says it in the same words, or one is misspelt."""
    means = trained()
    for text, label in (
        ("my uncle sprays for bugs", "pests"),
        ("she cleans my theeth", "teeth"),
        ("the guy on the bus", "bus"),
    ):
        near = means.nearness(text)
        assert set(near) == set(LABELS) and max(near, key=near.__getitem__) == label


def test_what_shares_no_word_is_near_by_meaning_alone() -> None:
    """Nearness is finite and the same each time."""
    means = trained()
    near = means.nearness("qqq")
    assert all(np.isfinite([*near.values()])) and near == means.nearness("qqq")


def test_what_is_stored_is_as_near(tmp_path: Path) -> None:
    means = trained()
    means.save(tmp_path)
    loaded = Means.load(tmp_path, Hashed())
    assert loaded.nearness("bug spray") == means.nearness("bug spray")
