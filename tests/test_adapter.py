"""What tuning changed in the encoder: packed small, and unpacked to nearly the same."""

from __future__ import annotations

import numpy as np
import pytest

from understanding.adapter import pack, unpack

RANDOM = np.random.default_rng(7)
ORIGINAL = {
    "dense.weight": RANDOM.normal(size=(40, 30)).astype(np.float32),
    "norm.bias": RANDOM.normal(size=30).astype(np.float32),
    "other.weight": RANDOM.normal(size=(5, 5)).astype(np.float32),
}
CHANGE = (RANDOM.normal(size=(40, 3)) @ RANDOM.normal(size=(3, 30))).astype(np.float32) / 50
TUNED = {
    "dense.weight": ORIGINAL["dense.weight"] + CHANGE,
    "norm.bias": ORIGINAL["norm.bias"] + np.float32(0.01),
}


def test_a_change_of_low_rank_comes_back() -> None:
    """All but a hundredth of it; what was not tuned is not there."""
    found = unpack(ORIGINAL, pack(ORIGINAL, TUNED, rank=3))
    assert set(found) == set(TUNED)
    np.testing.assert_allclose(found["norm.bias"], TUNED["norm.bias"], atol=1e-4)
    lost = np.linalg.norm(found["dense.weight"] - TUNED["dense.weight"]) / np.linalg.norm(CHANGE)
    assert lost < 0.02


def test_a_lower_rank_keeps_the_greatest_part() -> None:
    """The error shrinks with each column that is kept."""
    lost = [
        float(
            np.linalg.norm(
                unpack(ORIGINAL, pack(ORIGINAL, TUNED, rank))["dense.weight"]
                - TUNED["dense.weight"]
            )
        )
        for rank in (1, 2, 3)
    ]
    assert lost == sorted(lost, reverse=True) and lost[0] < np.linalg.norm(CHANGE)


def test_a_missing_factor_is_an_error() -> None:
    """Half a change would be a wrong encoder."""
    packed = pack(ORIGINAL, TUNED, rank=3)
    del packed["down:dense.weight"]
    with pytest.raises(KeyError, match="down:dense"):
        unpack(ORIGINAL, packed)
