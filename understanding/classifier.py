"""Which intent a message has: n-grams beside a sentence embedding, one-vs-rest regression.

The method and its settings were measured for this project: `bench/` has the table. Its parts
are common knowledge; sparse n-grams beside pre-trained sentence vectors follow Casanueva et al.,
"Efficient Intent Detection with Dual Sentence Encoders" (2020), and Bunk et al., "DIET" (2020).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

import numpy as np

from understanding.fitting import (
    DEFAULTS,
    Settings,
    cores,
    fit,
    fit_and_judge,
    probabilities,
    to_hold_out,
)
from understanding.ngrams import FloatArray, TextFeatures, restore
from understanding.sureness import Sureness, fit_sureness
from understanding.thresholds import Band, Thresholds, find_thresholds, held_out, table
from understanding.topics import NOT_ANSWERED

FORMAT = 2
ARRAYS = "classifier.npz"
NOTES = "classifier.json"
HYBRID, SPARSE = "hybrid", "sparse"
PROBE = "how much do they earn and is a degree needed"
BATCH = 200
"""Texts that one thread embeds at a time in training."""

SAME = 0.98
"""Cosine from which two embeddings of PROBE come from one model: its int8 form and its float
form differ by less than 0.01, other models' vectors are unrelated (about 0)."""

Ranking = list[tuple[str, float]]
"""Intents with their probabilities, the likeliest first; the probabilities sum to 1."""


class ClassifierError(Exception):
    """Training or loading that cannot work; the text says what to do."""


class Encoder(Protocol):
    """Gives texts their sentence embeddings."""

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One row of length 1 (L2) a text: float32 of shape (texts, dimensions)."""


class IntentClassifier:
    """A trained classifier. Give it texts in the form that it was trained on."""

    def __init__(
        self,
        intents: Sequence[str],
        features: TextFeatures,
        weights: FloatArray,
        bias: FloatArray,
        encoder: Encoder | None,
        sureness: Sureness,
        thresholds: Thresholds,
    ) -> None:
        """Take weights of shape (n-grams + embedding dimensions, intents)."""
        self.intents = list(intents)
        self.calibration = ""
        """After training: what other thresholds would give, as lines of text."""
        self.sureness = sureness
        self.thresholds = thresholds
        self._features = features
        # Half as many bytes: of the probabilities it changes the fourth digit.
        self._weights = weights.astype(np.float16, copy=False)
        self._bias = bias
        self._encoder = encoder

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        encoder: Encoder | None = None,
        settings: Settings = DEFAULTS,
        judging: Sequence[bool] | None = None,
    ) -> IntentClassifier:
        """Learn from folded texts; without an encoder, from n-grams alone.

        The same texts give the same classifier, to the bit. Sureness and thresholds are found with
        a quarter of those texts that are `judging` (all, where it is None), in a second fit; with
        none of them everything is answered.

        Raises:
            ClassifierError: with fewer than two intents or two texts of an intent.
        """
        names, labels, counts = np.unique(intents, return_inverse=True, return_counts=True)
        if len(names) < 2 or counts.min() < 2:
            raise ClassifierError("expected at least two intents and two examples of each")
        dense = None
        if encoder:
            dense = embed(encoder, texts) * np.float32(settings.dense_weight)
        refused = np.isin(names, list(NOT_ANSWERED))
        importance = np.where(refused[labels], settings.caution, 1).astype(np.float32)
        sureness, thresholds, calibration = Sureness(), Thresholds(0.0, 0.0), ""
        held = to_hold_out(texts, labels, [True] * len(texts) if judging is None else judging)
        if len(held):
            whole, found = fit_and_judge(texts, labels, importance, dense, settings, held)
            outcome = held_out(found, labels[held], names.tolist())
            sureness, outcome = fit_sureness(found, refused, outcome, settings.seed)
            thresholds = find_thresholds(outcome)
            calibration = table(outcome, thresholds)
        else:
            whole = fit(texts, labels, importance, dense, settings, jobs=min(cores(), 2))
        features, weights, bias = whole
        if encoder:
            weights[len(features) :] *= settings.dense_weight
        made = cls(names.tolist(), features, weights, bias, encoder, sureness, thresholds)
        made.calibration = calibration
        return made

    @property
    def dense(self) -> bool:
        """Whether it uses embeddings."""
        return self._encoder is not None

    def predict(self, text: str) -> Ranking:
        """All intents of a folded text with their probabilities, the likeliest first."""
        places, values = self._features.row(text)
        scores = values @ self._weights[places] + self._bias
        if self._encoder:
            scores += self._encoder.encode([text])[0] @ self._weights[len(self._features) :]
        found = probabilities(scores[None])[0]
        order = np.argsort(-found, kind="stable")
        return [(self.intents[place], float(found[place])) for place in order]

    def band(self, ranking: Ranking) -> Band:
        """What to do with a message of this ranking; an offer is for what a guide may answer."""
        band = self.thresholds.band(self.sureness.of(ranking))
        return "answer" if band == "offer" and ranking[0][0] in NOT_ANSWERED else band

    def save(self, folder: Path) -> None:
        """Write two files into a folder that is there."""
        arrays = {"weights": self._weights, "bias": self._bias, **self._features.arrays()}
        if self._encoder:
            arrays["probe"] = self._encoder.encode([PROBE])[0]
        np.savez_compressed(folder / ARRAYS, **arrays)
        notes = {
            "format": FORMAT,
            "variant": HYBRID if self._encoder else SPARSE,
            "intents": self.intents,
            "sureness": asdict(self.sureness),
            "thresholds": asdict(self.thresholds),
            "names": self._features.names(),
        }
        (folder / NOTES).write_text(json.dumps(notes, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None = None) -> IntentClassifier:
        """Read what `save` wrote. A sparse classifier leaves the encoder alone.

        Raises:
            ClassifierError: if the files are of another format, or the encoder is missing or
                not the one of the training.
        """
        notes = json.loads((folder / NOTES).read_text(encoding="utf-8"))
        if notes["format"] != FORMAT:
            raise ClassifierError(f"found format {notes['format']}, expected {FORMAT}: train again")
        with np.load(folder / ARRAYS, allow_pickle=False) as stored:
            arrays = dict(stored)
        used = _checked(encoder, arrays["probe"]) if notes["variant"] == HYBRID else None
        sureness = Sureness(tuple(notes["sureness"]["weights"]), notes["sureness"]["bias"])
        thresholds = Thresholds(**notes["thresholds"])
        features = restore(notes["names"], arrays)
        weights, bias = arrays["weights"], arrays["bias"]
        return cls(notes["intents"], features, weights, bias, used, sureness, thresholds)


def embed(encoder: Encoder, texts: Sequence[str]) -> FloatArray:
    """Embeddings of shape (texts, dimensions), made on all processors."""
    parts = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    with ThreadPoolExecutor(cores()) as pool:
        return np.concatenate(list(pool.map(encoder.encode, parts)))


def needs_encoder(folder: Path) -> bool:
    """Whether the classifier that `save` wrote there was trained with an encoder."""
    notes = json.loads((folder / NOTES).read_text(encoding="utf-8"))
    return bool(notes["variant"] == HYBRID)


def _checked(encoder: Encoder | None, probe: FloatArray) -> Encoder:
    if encoder is None:
        raise ClassifierError("the model was trained with an encoder: install it or train again")
    found = encoder.encode([PROBE])[0]
    if found.shape != probe.shape or float(found @ probe) < SAME:
        raise ClassifierError("the model was trained with another encoder: train again")
    return encoder
