"""What it costs to look for phrases in long messages."""

from __future__ import annotations

import time

import pytest

from understanding.distress import Distress


@pytest.mark.parametrize("part", ["hit me so ", "want to ", "xq zv ", "1!a", "k", "mom ", "~ "])
def test_time_grows_with_length_only(distress: Distress, part: str) -> None:
    """Ten times the text takes about ten times as long, with every list of the project."""

    def seconds(size: int) -> float:
        text = (part * size)[:size]
        distress.read(text)  # words that were never seen are repaired once
        start = time.process_time()
        for _ in range(8192 // size):
            distress.read(text)
        return time.process_time() - start

    assert seconds(8192) < 4 * seconds(512) + 0.05
