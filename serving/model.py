"""The trained model: whether it is up to date, and how it is made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from components import models
from components.models import MODELS, ROOT

LOG = ROOT / ".cache" / "train.log"

TRAINED_FROM = (
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "components/*",
    "data/**/*.*",
    "guides/*",
    "guides/careers/*",
    "guides/phrases/*",
    "understanding/*.py",
    "understanding/adapter.npz",
)
"""Everything that a model depends on, as patterns below the root."""


class TrainingError(RuntimeError):
    """Training failed; the text says in one line where and what."""


def digest() -> str:
    """A short hash of all that a model is trained from."""
    return models.digest(ROOT, TRAINED_FROM)


def model_path() -> Path:
    """Where the model of the present data is kept."""
    return MODELS / f"guidepost-{digest()}.tar.gz"


def train() -> Path:
    """Train a model of the present data and remove older ones.

    Raises:
        TrainingError: with the last thing that training said; the rest is in the log.
    """
    target = model_path()
    LOG.parent.mkdir(exist_ok=True)
    # Rasa's own validation takes half a minute; `make test` runs it.
    options = ["--skip-validation", "--fixed-model-name", target.name]
    command = [sys.executable, "-m", "serving.rasa", "train", *options]
    with LOG.open("w", encoding="utf-8") as log:
        done = subprocess.run(
            command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env=environment(), check=False
        )
    if done.returncode or not target.exists():
        raise TrainingError(f"{_last_line(LOG)} (all of it: {LOG.relative_to(ROOT)})")
    models.remove_older(target)
    return target


def thresholds() -> str:
    """What the last training said of the thresholds that it found."""
    said = LOG.read_text(encoding="utf-8") if LOG.exists() else ""
    found = re.search(r"^Intent classifier:.*(?:\n  .*)*", said, re.MULTILINE)
    return found[0] if found else ""


def environment() -> dict[str, str]:
    """The environment for Rasa: no telemetry, quiet libraries, one thread a library."""
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONWARNINGS": "ignore",
        "LOG_LEVEL": "WARNING",
        "OMP_NUM_THREADS": "1",
    }
    return {**quiet, **os.environ, "RASA_TELEMETRY_ENABLED": "false"}


def _last_line(log: Path) -> str:
    """What training died of: the last line of the first traceback, or of the log."""
    said = log.read_text(encoding="utf-8").split("The above exception was the direct cause")[0]
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "training said nothing"
