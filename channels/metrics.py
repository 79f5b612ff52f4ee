"""What an administrator may count: turns, times and faults, never words or people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
TURNS = Counter(
    "guidepost_turns", "Replies by topic and kind", ["topic", "kind"], registry=REGISTRY
)
SECONDS = Histogram(
    "guidepost_turn_seconds",
    "Time of one turn",
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15),
)
REFUSED = Counter("guidepost_refused", "Refused requests by code", ["code"], registry=REGISTRY)
IN_FLIGHT = Gauge("guidepost_turns_in_flight", "Turns that run now", registry=REGISTRY)
STORE_UP = Gauge("guidepost_store_up", "1 while conversations are written", registry=REGISTRY)


def count_replies(replies: Sequence[dict[str, Any]]) -> None:
    """Count the replies of one turn; fallbacks and errors are kinds among the others."""
    for reply in replies:
        custom = reply.get("custom") or {}
        TURNS.labels(custom.get("topic", "none"), custom.get("kind", "none")).inc()
