"""Fitting the weights of the classifier, and judging a fit on texts that it did not see."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from understanding.ngrams import FloatArray, TextFeatures

Labels = npt.NDArray[np.intp]
"""The intents of the texts, as places in the list of intents; each intent has one at least."""


@dataclass(frozen=True)
class Settings:
    """How to train; the defaults are the measured ones."""

    C: float = 5.0
    """Inverse strength of the L2 regularisation."""
    dense_weight: float = 1.5
    """Length of the embedding beside the two n-gram parts, which have length 1."""
    caution: float = 0.5
    """What a text weighs that no guide answers, beside 1 for any other: there are many of them."""
    folds: int = 3
    """Parts of the training data for the out-of-fold probabilities."""
    seed: int = 20261123


DEFAULTS = Settings()


Fit = tuple[TextFeatures, FloatArray, FloatArray]
"""Features, weights of shape (features, intents) and bias of shape (intents,)."""


def fit(
    texts: Sequence[str],
    labels: Labels,
    importance: FloatArray,
    dense: FloatArray | None,
    settings: Settings,
) -> Fit:
    """Fit one regression an intent; a text counts as much as its `importance` says."""
    features = TextFeatures.learn(texts)
    model = LogisticRegression(
        C=settings.C,
        solver="liblinear",
        multi_class="ovr",
        dual=True,  # a third of the time of the primal form
        tol=0.1,  # probabilities within 0.003 of those with 0.0001, in less than half the time
        random_state=settings.seed,
    ).fit(_matrix(features, texts, dense), labels, sample_weight=importance)
    weights, bias = model.coef_, model.intercept_
    if len(weights) == 1:
        weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
    return features, np.ascontiguousarray(weights.T, np.float32), bias.astype(np.float32)


def _matrix(features: TextFeatures, texts: Sequence[str], dense: FloatArray | None) -> Any:
    rows = [features.row(text) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = np.concatenate([places for places, _ in rows])
    values = np.concatenate([values for _, values in rows])
    sparse = csr_matrix((values, places, ends), shape=(len(texts), len(features)))
    return sparse if dense is None else hstack([sparse, csr_matrix(dense)], format="csr")


def probabilities(scores: FloatArray) -> npt.NDArray[np.float64]:
    """Logistic of each intent's score, brought to a sum of 1 over the intents (last axis)."""
    single = 1 / (1 + np.exp(-scores.astype(np.float64)))
    return np.asarray(single / single.sum(axis=-1, keepdims=True))


def fit_and_judge(
    texts: Sequence[str],
    labels: Labels,
    importance: FloatArray,
    dense: FloatArray | None,
    settings: Settings,
) -> tuple[Fit, npt.NDArray[np.float64]]:
    """A fit on all texts, and each text's probabilities (intents) from a fit that did not see it.

    There are `settings.folds` such fits, or as many as the rarest intent has texts if that is
    less. The fits run in processes of their own: in threads they would share liblinear's random
    numbers, and no two trainings would be the same.
    """
    folds = StratifiedKFold(
        min(settings.folds, int(np.bincount(labels).min())),
        shuffle=True,
        random_state=settings.seed,
    )
    splits = [(np.arange(len(labels)), np.array([], dtype=np.intp)), *folds.split(labels, labels)]

    def part(rows: Labels) -> tuple[list[str], Labels, FloatArray, FloatArray | None]:
        kept = None if dense is None else dense[rows]
        return [texts[row] for row in rows], labels[rows], importance[rows], kept

    found = np.zeros((len(texts), int(labels.max()) + 1))
    jobs = (delayed(fit)(*part(known), settings) for known, _ in splits)
    fits: list[Fit] = Parallel(n_jobs=min(cores(), len(splits)))(jobs)
    for (_, held), (features, weights, bias) in zip(splits[1:], fits[1:], strict=True):
        held_texts, _, _, held_dense = part(held)
        found[held] = probabilities(_matrix(features, held_texts, held_dense) @ weights + bias)
    return fits[0], found


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
