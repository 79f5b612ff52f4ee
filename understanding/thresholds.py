"""When to answer, when to ask "did you mean" and when to say "I don't know"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from understanding.topics import NOT_ANSWERED

Band = Literal["answer", "offer", "refuse"]

RIGHT = 0.6
"""Least share of right answers, among held-out texts as sure as this one, to answer at once.

A wrong one costs a second question, an offer always costs a tap. Answering only where 99 % of the
held-out texts are right would leave most questions to a tap: `table` shows what other values of
the sureness would give.
"""

WRONG_TOPIC = 0.2
"""What a held-out text counts that got the answer of another topic, beside 1 for any other.

Held-out examples are harder than what students ask: 22 % of those in scope get a wrong topic, but
5 % of the judged questions. What no guide answers is no harder there than elsewhere.
"""

KEPT = 0.98
"""Share of the questions in scope that must not be refused."""


STEPS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Values of the sureness that `table` shows."""

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Thresholds:
    """How sure the likeliest intent must be: answer from `hi`, offer from `lo`, else refuse."""

    hi: float
    lo: float

    def band(self, sureness: float) -> Band:
        """What to do with a message whose likeliest intent is so sure."""
        if sureness >= self.hi:
            return "answer"
        return "offer" if sureness >= self.lo else "refuse"


@dataclass(frozen=True)
class HeldOut:
    """Judged texts: how sure the likeliest intent was, and what it was worth.

    All are arrays of shape (texts,): `sureness` is the greatest probability, or what was learnt
    from the signals of `understanding.sureness`; `answered` says whether the likeliest intent is
    one with an answer, `right` whether it is the text's own, and `in_scope` whether the text is one
    to be answered.
    """

    sureness: FloatArray
    answered: BoolArray
    right: BoolArray
    in_scope: BoolArray

    @property
    def weight(self) -> FloatArray:
        """What each text counts: one that got the answer of another topic counts less."""
        return np.where(self.in_scope & self.answered & ~self.right, WRONG_TOPIC, 1.0)


def held_out(
    probabilities: FloatArray, labels: npt.NDArray[Any], intents: Sequence[str]
) -> HeldOut:
    """Judge probabilities of held-out texts (texts, intents); `labels` are places in `intents`."""
    refused = np.array([intent in NOT_ANSWERED for intent in intents])
    best = probabilities.argmax(axis=1)
    return HeldOut(probabilities.max(axis=1), ~refused[best], best == labels, ~refused[labels])


def find_thresholds(judged: HeldOut) -> Thresholds:
    """Thresholds from held-out texts.

    `hi` is the least sureness at which enough answers are right, by isotonic regression of right
    on sure (Zadrozny and Elkan, "Transforming Classifier Scores into Accurate Multiclass
    Probability Estimates", 2002); 1 if there is none. Its steps are wide where texts are few, so
    that between the middles of two steps a line is drawn: else a few texts more would move `hi`
    by the width of a step. `lo` is what 98 % of the texts in scope reach, at most `hi`.
    """
    from sklearn.isotonic import IsotonicRegression

    sureness = judged.sureness[judged.answered]
    hi = 1.0
    if len(sureness):
        right, weight = judged.right[judged.answered], judged.weight[judged.answered]
        share_right = IsotonicRegression().fit_transform(sureness, right, sample_weight=weight)
        steps = np.unique(share_right)
        middles = [float(np.median(sureness[share_right == step])) for step in steps]
        if steps[0] >= RIGHT:
            hi = float(sureness.min())
        elif steps[-1] >= RIGHT:
            hi = float(np.interp(RIGHT, steps, middles))
    kept = judged.sureness[judged.in_scope]
    lo = float(np.quantile(kept, 1 - KEPT)) if len(kept) else 0.0
    return Thresholds(hi=hi, lo=min(lo, hi))


def table(judged: HeldOut, found: Thresholds) -> str:
    """What answering from a sureness on gives, for `hi` and some others, as lines of text.

    The columns are the sureness, the share of the texts in scope that is answered, the share
    of all answers that is right, and the share of the other texts that is answered though it
    should not be.
    """
    lines = ["answer from   answered   of it right   wrongly answered"]
    for least in sorted({*STEPS, found.hi}):
        given = judged.answered & (judged.sureness >= least)
        shares = (
            given[judged.in_scope].mean(),
            judged.right[given].mean() if given.any() else 0.0,
            given[~judged.in_scope].mean() if (~judged.in_scope).any() else 0.0,
        )
        mark = " <- hi" if least == found.hi else ""
        lines.append("{:11.3f}{:11.1%}{:14.1%}{:19.1%}".format(least, *shares) + mark)
    return "\n".join(lines)
