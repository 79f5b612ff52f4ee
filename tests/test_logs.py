"""Logs are JSON lines, and no word of a student stands in them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from serving import server
from serving.checks import Unusable

ROOT = Path(__file__).parent.parent
SAYING = """
import logging, structlog
from serving.logs import configure_logs
configure_logs()
logging.getLogger("channels.web").error("turn failed: %s", "ValueError")
logging.getLogger("rasa.core.processor").error("it was about canary")
logging.getLogger("sqlalchemy.engine").warning("INSERT canary")
logging.getLogger("channels.web").info("quiet canary")
structlog.get_logger("x").error("rasa.event", text="canary", user_text="canary", error="ValueError")
try:
    raise ValueError("canary")
except ValueError:
    logging.getLogger("rasa.x").exception("canary")
    logging.getLogger("channels.web").exception("a fault")
    structlog.get_logger("x").error("rasa.fault", exc_info=True)
"""


def test_logs_are_json_without_words() -> None:
    """Ours say what happened; of other libraries the place alone; of errors the kind alone."""
    done = subprocess.run(
        [sys.executable, "-c", SAYING], cwd=ROOT, capture_output=True, text=True, check=True
    )
    entries = [json.loads(line) for line in done.stderr.splitlines()]
    assert "canary" not in done.stderr + done.stdout and len(entries) == 7
    assert all({"event", "level", "timestamp"} <= set(entry) for entry in entries)
    assert entries[0]["event"] == "turn failed: ValueError" and entries[0]["level"] == "error"
    assert entries[1]["event"].startswith("rasa.core.processor:")
    assert entries[5]["event"] == "a fault" and entries[5]["error"] == "ValueError"
    assert entries[6]["error"] == "ValueError"


@pytest.mark.parametrize("port", ["x", "0", "65536", "-1"])
def test_a_metrics_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The start names the variable."""
    monkeypatch.setenv("METRICS_PORT", port)
    with pytest.raises(Unusable, match="METRICS_PORT"):
        server._serve_metrics()
