"""Logs as JSON lines, without anything that a student wrote."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

KEPT = ("event", "level", "timestamp", "error", "action_name", "policy_name", "loop_name")
"""Rasa's log entries also carry texts, slots and trackers; these keys never do."""
OURS = (
    "actions",
    "answers",
    "channels",
    "conversations",
    "desk",
    "guides",
    "serving",
    "understanding",
)
"""Packages whose log lines are known to hold no words of students."""

Entry = MutableMapping[str, Any]


def without_words(_: Any, __: str, entry: Entry) -> Entry:
    """A log entry less every field that may hold a student's words; an error by its kind alone."""
    error = entry.get("exc_info")
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        entry["error"] = type(error).__name__
    return {key: value for key, value in entry.items() if key in KEPT}


def place_alone(_: Any, __: str, entry: Entry) -> Entry:
    """Where a line of another library came from, in place of what it says: that may quote anybody."""
    record: logging.LogRecord | None = entry.get("_record")
    if record and record.name.partition(".")[0] not in OURS:
        entry["event"] = f"{record.name}:{record.lineno}"
    return entry


def silence_warnings() -> None:
    """Keep the warnings of Rasa's old libraries, which reset the filters, off the screen."""
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)


def configure_logs(level: int = logging.WARNING) -> None:
    """Log from `level` up to standard error, one JSON object a line."""
    silence_warnings()
    shared: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_log_level, shared[1]],
            processors=[place_alone, without_words, structlog.processors.JSONRenderer()],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    structlog.configure(
        processors=[*shared, without_words, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
