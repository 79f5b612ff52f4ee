"""A small classifier that notices distress where no phrase of the list stands.

It learns the messages of data/distress/ and, as harmless ones, the questions that the assistant is
for. Method and features are those of `understanding.classifier`: n-grams beside a sentence
embedding, one regression a kind. It does so for each of several embeddings and takes the mean of
their probabilities, an ensemble: on blind messages it notices more than either at fewer alarms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from guides.documents import read
from understanding.classifier import Encoder, embed
from understanding.disguises import simplified
from understanding.files import written_whole
from understanding.fitting import Settings, cores, fit, probabilities
from understanding.ngrams import FloatArray, TextFeatures, restore

HARMLESS, ASKED = "harmless", "asked"
Tier = Literal["danger", "trouble"]
TIERS: tuple[Tier, Tier] = ("danger", "trouble")
"""The graver one first."""
SETTINGS = Settings(C=5.0, dense_weight=2.0, directions=192)
"""Half of the embedding's directions: with all 12 of 80 harmless stories of people at work rang, so 9."""
THRESHOLDS: Mapping[Tier, float] = {"danger": 0.35, "trouble": 0.55}
"""Least probability of each tier, found on blind messages (the open part of tests/safety/, 462 more,
60 long harmless stories and 78 in which distress is hidden), since a miss is worse than an alarm;
`make frozen` judges them on the frozen third."""
LONGEST = 24
"""Words that are read at once; a longer message is read in pieces that overlap by half, so that what
is told in half a piece stands in two of them."""
MOST_PIECES = 80
"""Pieces of a message that are read; more are not written by hand."""
MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
"""An entity in a training phrase: `[text](name)`."""


@dataclass(frozen=True)
class Example:
    """A message, its kind, and its tier: danger, trouble, harmless (sounds near it) or asked."""

    text: str
    kind: str
    tier: str


@dataclass(frozen=True)
class View:
    """The regressions over one embedding: weights of shape (features, kinds), bias of (kinds,)."""

    encoder: Encoder
    weights: FloatArray
    bias: FloatArray


@dataclass(frozen=True)
class Sureness:
    """How likely a message is of each tier, with the likeliest kind of it."""

    tier: Tier
    kind: str
    probability: float


class DistressModel:
    """Kinds of distress with their probabilities."""

    def __init__(
        self,
        kinds: Sequence[str],
        tiers: Mapping[str, str],
        features: TextFeatures,
        views: Sequence[View],
        thresholds: Mapping[Tier, float] = THRESHOLDS,
    ) -> None:
        self.kinds, self.tiers = list(kinds), dict(tiers)
        self.thresholds = dict(thresholds)
        self._features, self._views = features, list(views)
        self._places = {
            tier: [place for place, kind in enumerate(self.kinds) if self.tiers.get(kind) == tier]
            for tier in TIERS
        }

    @classmethod
    def train(
        cls, examples: Sequence[Example], encoders: Sequence[Encoder], settings: Settings = SETTINGS
    ) -> DistressModel:
        """Learn, once an encoder; the same examples give the same model, to the bit."""
        examples = [*_with_pieces(examples)]
        texts = [simplified(example.text) for example in examples]
        kinds, labels = np.unique([example.kind for example in examples], return_inverse=True)
        tiers = {example.kind: example.tier for example in examples if example.tier in TIERS}
        importance = np.ones(len(texts), dtype=np.float32)
        jobs = min(cores(), 2)
        views = []
        for encoder in encoders:
            dense = embed(encoder, texts) * np.float32(settings.dense_weight)
            features, weights, bias = fit(texts, labels, importance, dense, settings, jobs)
            weights[len(features) :] *= settings.dense_weight
            views.append(View(encoder, weights, bias))
        return cls([str(kind) for kind in kinds], tiers, features, views)

    def _of_tier(self, shares: npt.NDArray[np.float64], tier: str) -> npt.NDArray[np.float64]:
        """Probability of a tier; what is dangerous is troubling too."""
        places = self._places["danger"] + (self._places["trouble"] if tier == "trouble" else [])
        return np.asarray(shares[:, places].sum(axis=1))

    def read(self, *spellings: str) -> Sureness | None:
        """The tier and kind of a message, judged by the mean of its spellings; None if harmless."""
        shares = [self._shares(text) for text in spellings]
        for tier in TIERS:
            worst = [self._of_tier(each, tier) for each in shares]
            reached = float(np.mean([_in_two(each) for each in worst]))
            if reached >= self.thresholds[tier]:
                surest = max(range(len(shares)), key=lambda place: worst[place].max())
                row = shares[surest][int(worst[surest].argmax())]
                place = max(self._places[tier], key=lambda place: row[place])
                return Sureness(tier, self.kinds[place], reached)
        return None

    def share(self, text: str) -> float:
        """How likely a message tells of danger or trouble, 0 to 1."""
        return float(self._of_tier(self._shares(text), "trouble").max())

    def _shares(self, text: str) -> npt.NDArray[np.float64]:
        """A row a piece of the message, a column a kind."""
        return np.stack([self._mean(piece) for piece in pieces(text)])

    def save(self, path: Path) -> None:
        """Write one file, whole or not at all."""
        names = self._features.names()
        arrays = {
            "kinds": np.array(self.kinds),
            "tiers": np.array([self.tiers.get(kind, HARMLESS) for kind in self.kinds]),
            "words": np.array(names["words"]),
            "characters": np.array(names["characters"]),
            "weights": np.stack([view.weights for view in self._views]),
            "bias": np.stack([view.bias for view in self._views]),
            **self._features.arrays(),
        }
        with written_whole(path) as half, half.open("wb") as file:
            np.savez_compressed(file, **arrays)

    @classmethod
    def load(cls, path: Path, encoders: Sequence[Encoder]) -> DistressModel:
        """Read what `save` wrote; the encoders are those of the training, in their order.

        Raises:
            OSError, ValueError, KeyError: the file is not there or is no such model.
        """
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored)
        kinds = [str(kind) for kind in arrays["kinds"]]
        tiers = dict(zip(kinds, map(str, arrays["tiers"]), strict=True))
        names = {part: [str(name) for name in arrays[part]] for part in ("words", "characters")}
        rows = zip(encoders, arrays["weights"], arrays["bias"], strict=True)
        return cls(kinds, tiers, restore(names, arrays), [View(*row) for row in rows])

    def _mean(self, piece: str) -> npt.NDArray[np.float64]:
        """The probability of each kind, the mean of all views."""
        places, values = self._features.row(piece)
        scores = [
            values @ view.weights[places]
            + view.encoder.encode([piece])[0] @ view.weights[len(self._features) :]
            + view.bias
            for view in self._views
        ]
        return np.asarray(probabilities(np.stack(scores)).mean(axis=0))


def _in_two(found: npt.NDArray[np.float64]) -> float:
    """The highest mean of two neighbouring pieces: what a chance cut makes sound grim stands in one.

    Of 60 long harmless stories 4 rang so and 13 by the worst piece, of 78 with hidden distress 72
    and 75, both at the thresholds that were in use before.
    """
    if len(found) == 1:
        return float(found[0])
    return float(((found[:-1] + found[1:]) / 2).max())


def _with_pieces(examples: Iterable[Example]) -> Iterator[Example]:
    """The examples, and of long harmless ones the pieces too, as that is how messages are read."""
    for example in examples:
        yield example
        cut = pieces(example.text) if example.tier not in TIERS else []
        yield from (replace(example, text=piece) for piece in cut if len(cut) > 1)


def pieces(text: str) -> list[str]:
    """The message, or its overlapping pieces where it is long: each half of one stands in two."""
    words = simplified(text).split()
    if len(words) <= LONGEST:
        return [" ".join(words)]
    half = LONGEST // 2
    starts = range(0, len(words) - half, half)
    cut = [words[:half], *(words[start : start + LONGEST] for start in starts), words[-half:]]
    return list(dict.fromkeys(" ".join(piece) for piece in cut))[-MOST_PIECES:]


def examples_in(folder: Path) -> Iterator[Example]:
    """The messages of data/distress/, each with the name of its file and of its folder."""
    for tier in (*TIERS, HARMLESS):
        for path in sorted((folder / tier).glob("*.yml")):
            for text in read(path).get("examples", []):
                yield Example(str(text), HARMLESS if tier == HARMLESS else path.stem, tier)


def questions_in(folder: Path) -> Iterator[Example]:
    """The phrases that the assistant is for (data/nlu/): all of them harmless."""
    for path in sorted(folder.rglob("*.yml")):
        for intent in read(path)["nlu"]:
            for line in intent.get("examples", "").splitlines():
                text = MARKED.sub(r"\1", line.strip().removeprefix("- "))
                if text:
                    yield Example(text, HARMLESS, ASKED)
