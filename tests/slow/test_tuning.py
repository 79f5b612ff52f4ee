"""Tuning the sentence encoder: the network is the published one, and learns what it is shown."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT
from understanding.build_encoder import EXACT
from understanding.encoder_graph import FORK, LAYERS


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What tests/tuned.py found."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.tuned"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    return dict(json.loads(made.stdout.splitlines()[-1]))


def test_the_network_is_the_published_one(told: dict[str, Any]) -> None:
    """Its vectors are the stored ones of the published model."""
    assert len(told["cosines"]) >= 3 and min(told["cosines"]) > EXACT


def test_what_is_shown_is_learnt(told: dict[str, Any]) -> None:
    """Texts of one label come nearer to each other, also with things that were not shown."""
    assert told["layers"] == list(range(FORK, LAYERS))
    assert told["tuned"] > told["published"] + 0.1
