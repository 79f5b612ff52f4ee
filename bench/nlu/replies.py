"""What a model replied to one question, in one form for all pipelines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from understanding.thresholds import Band
from understanding.topics import NOT_ANSWERED

FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Reply:
    """Intents with their probabilities, the likeliest first; what comes of it; and how long."""

    ranking: tuple[tuple[str, float], ...]
    band: Band
    ms: float = 0.0

    @classmethod
    def of(cls, parsed: Mapping[str, Any], ms: float) -> Reply:
        """From what Rasa's agent says of a message.

        Our component sets a band. Otherwise the FallbackClassifier's intent is a refusal; it
        stands before the classifier's own ranking.
        """
        entries = parsed.get("intent_ranking") or []
        intent = (parsed.get("intent") or {}).get("name")
        stock = "refuse" if intent in (None, FALLBACK) else "answer"
        ranking = tuple(
            (str(entry["name"]), float(entry["confidence"]))
            for entry in entries
            if entry["name"] != FALLBACK
        )
        return cls(ranking, cast(Band, parsed.get("band") or stock), ms)

    @property
    def top(self) -> str:
        """The likeliest intent, or nothing."""
        return self.ranking[0][0] if self.ranking else ""

    @property
    def answering(self) -> list[str]:
        """The intents that are an answer, the likeliest first."""
        return [name for name, _ in self.ranking if name not in NOT_ANSWERED]

    @property
    def score(self) -> float:
        """The probability of the likeliest intent; 0 if that is no answer."""
        return self.ranking[0][1] if self.top and self.top not in NOT_ANSWERED else 0.0

    @property
    def outcome(self) -> Band:
        """What the student gets: the intent of a question that is not answered is a refusal."""
        if self.band == "answer" and (not self.top or self.top in NOT_ANSWERED):
            return "refuse"
        return self.band


Replies = dict[str, list[Reply]]
"""Replies by group of questions, in the order of the questions."""


def read_replies(path: Path) -> Replies:
    """What `write_replies` wrote."""
    groups = json.loads(path.read_text(encoding="utf-8"))
    return {
        group: [
            Reply(
                tuple((name, value) for name, value in entry["ranking"]), entry["band"], entry["ms"]
            )
            for entry in entries
        ]
        for group, entries in groups.items()
    }


def write_replies(path: Path, replies: Replies) -> None:
    """Write replies as JSON."""
    groups = {
        group: [
            {"ranking": reply.ranking, "band": reply.band, "ms": round(reply.ms, 3)}
            for reply in found
        ]
        for group, found in replies.items()
    }
    path.write_text(json.dumps(groups), encoding="utf-8")
