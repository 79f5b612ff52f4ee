"""Measures of a classifier, as functions of what it replied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.metrics import accuracy_score

from bench.nlu.replies import Reply

KEPT = 0.95
"""Share of the questions in scope that a threshold is to let through."""

TAPS = 3
"""Topics that are offered where the assistant is not sure."""

Scores = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Recall(NamedTuple):
    """Share of the questions outside that a threshold turns away, and of those inside it keeps."""

    turned_away: float
    kept: float


class Shares(NamedTuple):
    """Shares of questions by what comes of them; they sum to 1."""

    answered: float
    offered: float
    refused: float


class Curve(NamedTuple):
    """For falling thresholds: the share in scope that is answered, the precision of all answers."""

    answered: Scores
    precision: Scores


def accuracy(expected: Sequence[str], replies: Sequence[Reply]) -> float | None:
    """Share whose likeliest answering intent is the expected one; there is no threshold."""
    if not expected:
        return None
    found = [next(iter(reply.answering), "") for reply in replies]
    return float(accuracy_score(list(expected), found))


def within_one_tap(expected: Sequence[str], replies: Sequence[Reply]) -> float | None:
    """Share answered right, or offered with the right topic among the first three."""
    reached = [
        wanted == reply.top
        if reply.outcome == "answer"
        else reply.outcome == "offer" and wanted in reply.answering[:TAPS]
        for wanted, reply in zip(expected, replies, strict=True)
    ]
    return float(np.mean(reached)) if reached else None


def recall_outside(inside: Scores, outside: Scores, kept: float = KEPT) -> Recall | None:
    """What the highest threshold turns away that keeps a share of the questions inside.

    A score of 0 is turned away at any threshold, so fewer may be kept.
    """
    if not len(inside) or not len(outside):
        return None
    spared = int(len(inside) * (1 - kept) + 1e-9)  # of 20 exactly one
    threshold = np.sort(inside)[spared]
    passed = (inside >= threshold) & (inside > 0)
    turned_away = (outside < threshold) | (outside == 0)
    return Recall(float(turned_away.mean()), float(passed.mean()))


def shares(replies: Sequence[Reply]) -> Shares | None:
    """What comes of the questions."""
    outcomes = [reply.outcome for reply in replies]
    if not outcomes:
        return None
    answered, offered, refused = (
        outcomes.count(band) / len(outcomes) for band in ("answer", "offer", "refuse")
    )
    return Shares(answered, offered, refused)


def precision(right: Flags, answered: Flags) -> float | None:
    """Share of the answers that are right."""
    return float(right[answered].mean()) if answered.any() else None


def curve(scores: Scores, right: Flags, inside: Flags) -> Curve:
    """Answered share and precision at each score above 0 as the threshold, from the highest."""
    order = np.argsort(-scores, kind="stable")
    order = order[scores[order] > 0]
    ordered = scores[order]
    last = np.append(ordered[1:] != ordered[:-1], True) if len(ordered) else np.array([], bool)
    counts = np.arange(1, len(order) + 1)
    answered = np.cumsum(inside[order]) / max(int(inside.sum()), 1)
    precise = np.cumsum(right[order]) / counts
    return Curve(answered[last], precise[last])
