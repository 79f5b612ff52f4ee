"""Fitting the weights of the classifier, and judging a fit on texts that it did not see.

scikit-learn takes a second to import, so that it is imported where something is fitted.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from understanding.ngrams import TOKEN, FloatArray, TextFeatures

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
    directions: int | None = None
    """Of the embedding's dimensions those that differ most; None for all of them."""
    seed: int = 20261123


DEFAULTS = Settings()
HELD = 0.25
"""Share of the training data that is held out to find the thresholds."""


Fit = tuple[TextFeatures, FloatArray, FloatArray]
"""Features, weights of shape (features, intents) and bias of shape (intents,)."""


def fit(
    texts: Sequence[str],
    labels: Labels,
    importance: FloatArray,
    dense: FloatArray | None,
    settings: Settings,
    jobs: int = 1,
) -> Fit:
    """Fit one regression an intent; a text counts as much as its `importance` says.

    Args:
        jobs: processes that share the intents among them.
    """
    from joblib import Parallel, delayed

    features = TextFeatures.learn(texts)
    main = None if dense is None else _directions(dense, settings.directions)
    reduced = None if dense is None or main is None else dense @ main
    matrix = _matrix(features, texts, dense if main is None else reduced)
    shares = np.array_split(np.arange(labels.max() + 1), jobs)
    fits = Parallel(n_jobs=jobs)(
        delayed(_fit)(matrix, labels, importance, settings, share) for share in shares
    )
    weights, bias = (np.concatenate(parts) for parts in zip(*fits, strict=True))
    weights = weights.T
    if main is not None:
        weights = np.concatenate([weights[: len(features)], main @ weights[len(features) :]])
    return features, np.ascontiguousarray(weights, np.float32), bias.astype(np.float32)


def _directions(dense: FloatArray, count: int | None) -> FloatArray | None:
    """The directions, of shape (dimensions, count), that hold most of the rows: their principal
    components about the origin, so that a product with them stays a product with the rows."""
    if count is None:
        return None
    _, vectors = np.linalg.eigh(dense.T @ dense)
    return np.ascontiguousarray(vectors[:, ::-1][:, :count])


def _fit(
    matrix: Any, labels: Labels, importance: FloatArray, settings: Settings, share: Labels
) -> tuple[FloatArray, FloatArray]:
    """Weights of shape (intents, features) and bias for the intents of a share."""
    from sklearn.linear_model import LogisticRegression

    mine = np.isin(labels, share)
    model = LogisticRegression(
        C=settings.C,
        solver="liblinear",
        multi_class="ovr",
        dual=True,  # a third of the time of the primal form
        tol=3.0,  # as right on held-out texts as 0.1, in half the time; 6 loses
        random_state=settings.seed,
    ).fit(matrix, np.where(mine, labels, -1), sample_weight=importance)
    weights, bias = model.coef_, model.intercept_
    if len(weights) == 1:
        weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
    first = 0 if mine.all() else 1  # of two or more classes the first stands for the rest
    return weights[first:], bias[first:]


def _matrix(features: TextFeatures, texts: Sequence[str], dense: FloatArray | None) -> Any:
    from scipy.sparse import csr_matrix, hstack

    rows = [features.row(text) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = np.concatenate([places for places, _ in rows])
    values = np.concatenate([values for _, values in rows])
    sparse = csr_matrix((values, places, ends), shape=(len(texts), len(features)))
    return sparse if dense is None else hstack([sparse, csr_matrix(dense)], format="csr")


def mean_grams(
    features: TextFeatures, texts: Sequence[str], labels: Labels
) -> tuple[Labels, Labels, FloatArray]:
    """The mean n-grams of the texts of each label, each mean of length 1 (L2), by n-gram.

    Returns:
        Where the labels of each n-gram start, with one end; the labels; what each mean has of it.
    """
    from scipy.sparse import csr_matrix, diags

    rows = _matrix(features, texts, None)
    ones = np.ones(len(texts), dtype=np.float32)
    sums = csr_matrix((ones, (labels, np.arange(len(texts))))) @ rows
    lengths = np.sqrt(np.asarray(sums.multiply(sums).sum(axis=1)).ravel())
    means = (diags(1 / lengths) @ sums).tocsc()
    return means.indptr, means.indices, means.data


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
    held: Labels,
) -> tuple[Fit, npt.NDArray[np.float64]]:
    """A fit on all texts, and a second one's probabilities of the texts that were held out from it.

    Those have shape (held, intents). The fits run in processes of their own: in threads they would
    share liblinear's random numbers, and no two trainings would be the same.

    Args:
        held: places of texts, one at least.
    """
    from joblib import Parallel, delayed

    known = np.setdiff1d(np.arange(len(texts)), held)

    def part(rows: Labels) -> tuple[list[str], Labels, FloatArray, FloatArray | None]:
        kept = None if dense is None else dense[rows]
        return [texts[row] for row in rows], labels[rows], importance[rows], kept

    jobs = (delayed(fit)(*part(rows), settings) for rows in (np.arange(len(texts)), known))
    whole, (features, weights, bias) = Parallel(n_jobs=min(cores(), 2))(jobs)
    held_texts, _, _, held_dense = part(held)
    scores = _matrix(features, held_texts, held_dense) @ weights + bias
    return whole, probabilities(scores)


def to_hold_out(texts: Sequence[str], labels: Labels, judging: Sequence[bool]) -> Labels:
    """The places of the `judging` texts that `judges` names; of each intent something is learnt."""
    out = np.array([each and judges(text) for each, text in zip(judging, texts, strict=True)])
    return np.flatnonzero(out & np.isin(labels, labels[~out]))


def judges(text: str) -> bool:
    """Whether a text is one of the quarter that is held out, to find the thresholds.

    Its words decide, in whatever order: no text judges that has the words of a learnt one. It stays
    the same from one training to the next, so that the tuning of the encoder can leave it out too.
    """
    words = " ".join(sorted(set(TOKEN.findall(text))))
    return hashlib.sha256(words.encode()).digest()[0] < HELD * 256


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
