"""Texts by label, and the labels whose texts another text is nearest to.

Of each label the mean of its texts is kept, as n-grams beside a sentence embedding; a text is as near
as the cosines of its own say (Rocchio, "Relevance feedback in information retrieval", 1971). It takes
seconds to learn for a thousand labels of a dozen texts, for which a regression takes minutes and is
hardly as right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from guides.finding import USUAL_COUNTS
from understanding.classifier import Encoder, embed
from understanding.fitting import mean_grams
from understanding.ngrams import FloatArray, TextFeatures, restore

ARRAYS = "means.npz"
MEANING_COUNTS, WORDS_COUNT = 4.0, 8.0
"""What the two cosines count."""


class Means:
    """The means of all labels."""

    def __init__(
        self,
        labels: Sequence[str],
        features: TextFeatures,
        encoder: Encoder,
        arrays: Mapping[str, npt.NDArray[Any]],
    ) -> None:
        """Take what was learnt.

        Args:
            arrays: `usual` of shape (dimensions,), `meanings` of shape (labels, dimensions), and by
                n-gram the labels that have it: `shares` with their `owners`, from one of the
                `starts` to the next.
        """
        self._labels, self._features, self._encoder = list(labels), features, encoder
        self._arrays = dict(arrays)
        self._usual: FloatArray = arrays["usual"]
        self._meanings = arrays["meanings"]
        self._starts, self._owners = arrays["starts"].tolist(), arrays["owners"]
        self._shares = arrays["shares"].astype(np.float32)

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], usual: FloatArray, encoder: Encoder
    ) -> Means:
        """Learn from folded texts; the same ones give the same means.

        Args:
            usual: the mean vector of texts that belong to none of the labels.
        """
        names, places = np.unique(labels, return_inverse=True)
        features = TextFeatures.learn(texts)
        vectors = embed(encoder, texts)
        meanings = np.zeros((len(names), vectors.shape[1]), dtype=np.float32)
        np.add.at(meanings, places, vectors - vectors.mean(axis=0))
        meanings /= np.linalg.norm(meanings, axis=1, keepdims=True)
        starts, owners, shares = mean_grams(features, texts, places)
        arrays: dict[str, npt.NDArray[Any]] = {
            "usual": usual,
            "meanings": meanings,
            "starts": starts.astype(np.int32),
            "owners": owners.astype(np.int16),
            "shares": shares.astype(np.float16),
        }
        return cls(names.tolist(), features, encoder, arrays)

    @property
    def usual(self) -> FloatArray:
        """The mean vector of texts that belong to none of the labels."""
        return self._usual

    def nearness(self, text: str) -> dict[str, float]:
        """How near each label is to a folded text: a weighted sum of two cosines."""
        vector = self._encoder.encode([text])[0] - USUAL_COUNTS * self._usual
        near = MEANING_COUNTS * (self._meanings @ vector)
        places, values = self._features.row(text)
        for place, value in zip(places.tolist(), values.tolist(), strict=True):
            held = slice(self._starts[place], self._starts[place + 1])
            near[self._owners[held]] += WORDS_COUNT * value * self._shares[held]
        return dict(zip(self._labels, near.tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write a file into a folder that is there."""
        names = {name: np.array(found) for name, found in self._features.names().items()}
        weights = self._features.arrays()
        labels = np.array(self._labels)
        np.savez_compressed(folder / ARRAYS, labels=labels, **self._arrays, **names, **weights)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> Means:
        """Read what `save` wrote."""
        with np.load(folder / ARRAYS, allow_pickle=False) as stored:
            arrays = dict(stored)
        names = {part: arrays[part].tolist() for part in ("words", "characters")}
        return cls(arrays["labels"].tolist(), restore(names, arrays), encoder, arrays)
