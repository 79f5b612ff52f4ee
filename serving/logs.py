"""Logs without anything that a student wrote."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

KEPT = ("event", "level", "timestamp", "error", "action_name", "policy_name", "loop_name")
"""Rasa's log entries also carry texts, slots and trackers; these keys never do."""


def without_words(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A log entry less every field that may hold a student's words; an error by its kind alone."""
    error = entry.get("exc_info")
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        entry["error"] = type(error).__name__
    return {key: value for key, value in entry.items() if key in KEPT}


def silence_warnings() -> None:
    """Keep the warnings of Rasa's old libraries, which reset the filters, off the screen."""
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)


def configure_logs(level: int = logging.WARNING) -> None:
    """Log from `level` up to standard error, one JSON object a line."""
    silence_warnings()
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            without_words,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
