"""How sure it is that the likeliest intent of a message is right.

The largest probability alone says little of questions near the topic that no guide answers: they
are as likely of some topic as many that a guide does answer. What tells them is how likely an
intent across the border is, between what is answered and what is not. A logistic regression weighs
both signs; it is learnt from texts that were held out from the classifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import Any

import numpy as np

from understanding.fitting import Labels
from understanding.thresholds import BoolArray, FloatArray, HeldOut
from understanding.topics import NOT_ANSWERED

LEAST = 1e-6
"""Probability that is as good as none."""
FOLDS = 5
"""Shares of the held-out texts, of which each is judged by a regression on the others."""


@dataclass(frozen=True)
class Sureness:
    """What each signal weighs; as it is made, it is as sure as not of everything."""

    weights: tuple[float, ...] = (0.0, 0.0)
    bias: float = 0.0

    def of(self, ranking: Sequence[tuple[str, float]]) -> float:
        """How sure the first intent of a ranking is, from 0 to 1; 0 if there is none."""
        if not ranking:
            return 0.0
        names, found = zip(*ranking, strict=True)
        refused = np.array([name in NOT_ANSWERED for name in names])
        signs = signals(np.array(found)[None], refused)[0]
        return 1 / (1 + exp(-float(signs @ self.weights) - self.bias))


def signals(probabilities: FloatArray, refused: BoolArray) -> FloatArray:
    """What tells how sure the likeliest intents are: an array of shape (texts, signals).

    The signals are the log-odds of the likeliest intent, and how many times likelier it is than any
    across the border, as a logarithm. Intents that no guide answers count as one.

    Args:
        probabilities: of shape (texts, intents).
        refused: of shape (intents,), whether no guide answers an intent.
    """
    beyond = refused[probabilities.argmax(axis=1)]
    unanswered = probabilities[:, refused]
    answered = probabilities[:, ~refused].max(axis=1, initial=LEAST)
    best = np.where(beyond, unanswered.sum(axis=1), answered).clip(LEAST, 1 - LEAST)
    across = np.where(beyond, answered, unanswered.max(axis=1, initial=LEAST))
    return np.column_stack([np.log(best / (1 - best)), np.log(best / across)])


def fit_sureness(
    probabilities: FloatArray, refused: BoolArray, judged: HeldOut, seed: int
) -> tuple[Sureness, HeldOut]:
    """The regression, and the held-out texts with their sureness.

    Each text's own is told by a regression on others, so that thresholds are found as for new ones.
    """
    from sklearn.model_selection import KFold

    signs = signals(probabilities, refused)
    told = np.empty(len(signs))
    shares = KFold(min(FOLDS, len(signs)), shuffle=True, random_state=seed)
    for known, held in shares.split(signs):
        told[held] = _fit(signs[known], judged, known).predict_proba(signs[held])[:, 1]
    whole = _fit(signs, judged, np.arange(len(signs)))
    made = Sureness(tuple(map(float, whole.coef_[0])), float(whole.intercept_[0]))
    return made, replace(judged, sureness=told)


def _fit(signs: FloatArray, judged: HeldOut, rows: Labels) -> Any:
    """A regression on these rows, and on a text without any sign, which is right as often as not."""
    from sklearn.linear_model import LogisticRegression

    right = np.where(judged.answered, judged.right, ~judged.in_scope)[rows]
    return LogisticRegression().fit(
        np.vstack([signs, np.zeros((2, signs.shape[1]))]),
        [*right, True, False],
        sample_weight=[*judged.weight[rows], 1, 1],
    )
