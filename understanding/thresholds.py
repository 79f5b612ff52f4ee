"""When to answer, when to ask "did you mean" and when to say "I don't know"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Band = Literal["answer", "offer", "refuse"]

NOT_ANSWERED = frozenset({"out_of_scope", "ask_uncovered"})
"""Intents of questions that no fact of a guide answers."""

PRECISION = 0.99
"""Share of the answers given that must be right."""

KEPT = 0.98
"""Share of the questions in scope that must not be refused."""


@dataclass(frozen=True)
class Thresholds:
    """Probabilities of the likeliest intent: answer from `hi`, offer from `lo`, else refuse."""

    hi: float
    lo: float

    def band(self, probability: float) -> Band:
        """What to do with a message whose likeliest intent has this probability."""
        if probability >= self.hi:
            return "answer"
        return "offer" if probability >= self.lo else "refuse"


def find_thresholds(
    probabilities: npt.NDArray[np.float64], labels: npt.NDArray[Any], intents: Sequence[str]
) -> Thresholds:
    """Thresholds from out-of-fold probabilities of shape (texts, intents).

    `labels` are places in `intents`. Choosing a threshold on held-out probabilities follows
    Larson et al., "An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction"
    (2019). `hi` is the smallest probability from which 99 % of the answers are right; an answer
    to a text that is not to be answered is wrong, and one of those intents is no answer. If no
    probability is enough, `hi` is 1: nothing is answered at once. `lo` is what 98 % of the texts
    in scope reach, at most `hi`.
    """
    refused = np.array([intent in NOT_ANSWERED for intent in intents])
    best = probabilities.argmax(axis=1)
    sureness = probabilities.max(axis=1)
    answers = ~refused[best]
    order = np.argsort(-sureness[answers], kind="stable")
    sorted_sureness = sureness[answers][order]
    right = (best == labels)[answers][order]
    precise = np.cumsum(right) / np.arange(1, len(right) + 1) >= PRECISION
    hi = float(sorted_sureness[precise][-1]) if precise.any() else 1.0
    in_scope = sureness[~refused[labels]]
    lo = float(np.quantile(in_scope, 1 - KEPT)) if len(in_scope) else 0.0
    return Thresholds(hi=hi, lo=min(lo, hi))
