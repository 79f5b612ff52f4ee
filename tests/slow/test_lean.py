"""Libraries that Rasa imports and nothing here uses stay out of the serving process."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

SERVING = """
import sys
from pathlib import Path
from serving.lean import UNUSED, leave_out_unused
assert leave_out_unused(Path("config.yml"))
import serving.server
import rasa.engine.recipes.default_components
loaded = [name for name in sys.modules if name.partition(".")[0] in UNUSED]
print(all(sys.modules[name].__spec__.origin is None for name in loaded), len(loaded) > 5)
from rasa.core.policies.ted_policy import TEDPolicy
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
print(TEDPolicy.__name__, DIETClassifier.__name__)
"""


def test_rasa_is_served_without_them() -> None:
    """Rasa's server and all its components are imported, and no file of these libraries is."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SERVING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1000:]
    assert done.stdout.splitlines()[-2:] == ["True True", "TEDPolicy DIETClassifier"]
