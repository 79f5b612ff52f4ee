"""`rasa test`: the conversations of tests/stories are predicted step by step."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from serving.model import environment, model_path

ROOT = Path(__file__).parent.parent.parent


def test_all_conversations_go_as_written(tmp_path: Path) -> None:
    """Every intent and every action of every conversation is predicted."""
    command = [
        *(sys.executable, "-m", "rasa", "test", "core", "--fail-on-prediction-errors"),
        *("--model", str(model_path()), "--stories", "tests/stories", "--out", str(tmp_path)),
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    failed = tmp_path / "failed_test_stories.yml"
    assert done.returncode == 0, failed.read_text() if failed.exists() else done.stderr[-2000:]


def test_there_are_enough_conversations() -> None:
    """At least 25, with digressions and corrections among them."""
    files = (ROOT / "tests/stories").glob("test_*.yml")
    names = [
        story["story"] for file in files for story in yaml.safe_load(file.read_text())["stories"]
    ]
    assert len(names) >= 25
    assert [name for name in names if "middle" in name] and [
        name for name in names if "corrects" in name
    ]
