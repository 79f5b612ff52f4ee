"""Which career a message means that names none: "my uncle fixes elevators, what does he make".

What careers are and do is at hand as sentence vectors (`guides.finding`); the nearest ones to the
whole message are those that may be meant. Whether it tells a career at all is learnt from
data/described.yml by the classifier of `understanding.classifier`, whether the nearest one is meant
by a regression on how far it stands out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from guides.documents import read
from guides.finding import Finder, Near
from understanding.careers import says_this_job, speaks_of_it
from understanding.classifier import Encoder, IntentClassifier, embed
from understanding.english import english
from understanding.fitting import Settings
from understanding.ngrams import FloatArray
from understanding.text import fold, root, words

EXAMPLES = Path(__file__).parent.parent / "data" / "described.yml"
FOLDER, MARGINS = "described", "margins.npz"
TOLD, NONE = "told", "none"
SETTINGS = Settings(C=10.0, dense_weight=1.0)
NEAREST = 4
"""Careers that may be meant."""
FURTHER = 10
"""Place of the career beside which the nearest one must stand out."""
LIKELY = 0.25
"""Probability from which a career may be told."""
CERTAIN = 0.8
"""The same where words such as "this job" may mean the career in use."""
SURE = 0.5
"""Probability from which the nearest career is the one that is told."""
NAMING = english("careers").pattern("naming")
LEAST_TOLD = 8
"""Words of a message that describes a job and asks for its name."""
SHORTEST = 3
"""Words of a message that can tell a career."""


class Told(NamedTuple):
    """A career that a message tells by its work."""

    slugs: tuple[str, ...]
    """Those that may be meant, the likeliest first."""
    probability: float
    """How likely it tells of one at all."""
    sure: bool
    """Whether the first is meant."""


class Described:
    """The classifier, and the regression."""

    def __init__(
        self,
        classifier: IntentClassifier,
        usual: FloatArray,
        margins: FloatArray,
        bias: float,
        finder: Finder,
    ) -> None:
        """Take the mean vector of other messages, of shape (dimensions of the encoder,), and the
        weights of shape (3,) for how far the nearest career stands out."""
        self._classifier, self._finder = classifier, finder
        self._usual, self._margins, self._bias = usual, margins, bias

    @classmethod
    def train(
        cls,
        told: Sequence[tuple[str, str]],
        others: Sequence[str],
        encoder: Encoder,
        finder: Finder,
    ) -> Described | None:
        """Learn; None where the careers have no vectors. The same messages teach the same.

        Args:
            told: folded messages, each with the code of the career that it means.
            others: folded messages that tell of none.
        """
        from sklearn.linear_model import LogisticRegression

        usual = embed(encoder, others).mean(axis=0)
        near = [finder.nearest(text, FURTHER, usual) for text, _ in told]
        if not all(len(each) == FURTHER for each in near):
            return None
        hits = [each[0].soc == code for each, (_, code) in zip(near, told, strict=True)]
        margins = LogisticRegression().fit(np.stack([_margins(each) for each in near]), hits)
        texts = [*(text for text, _ in told), *others]
        labels = [TOLD] * len(told) + [NONE] * len(others)
        judging = [False] * len(texts)
        classifier = IntentClassifier.train(texts, labels, encoder, SETTINGS, judging)
        weights = margins.coef_[0].astype(np.float32)
        return cls(classifier, usual, weights, float(margins.intercept_[0]), finder)

    def save(self, folder: Path) -> None:
        """Write a folder into one that is there."""
        (folder / FOLDER).mkdir()
        self._classifier.save(folder / FOLDER)
        target, bias = folder / FOLDER / MARGINS, np.float32(self._bias)
        np.savez(target, usual=self._usual, margins=self._margins, bias=bias)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder, finder: Finder) -> Described | None:
        """Read what `save` wrote, if it wrote anything."""
        if not (folder / FOLDER).is_dir():
            return None
        classifier = IntentClassifier.load(folder / FOLDER, encoder)
        with np.load(folder / FOLDER / MARGINS, allow_pickle=False) as stored:
            learnt = stored["usual"], stored["margins"], float(stored["bias"])
            return cls(classifier, *learnt, finder)

    def find(self, text: str) -> Told | None:
        """The career that a folded text tells by its work, if it tells one."""
        if len(text.split()) < SHORTEST:
            return None
        asked = asks_name(text)
        probability = 1.0 if asked else dict(self._classifier.predict(text))[TOLD]
        likely = probability >= (CERTAIN if speaks_of_it(text) else LIKELY)
        near = self._finder.nearest(text, FURTHER, self._usual) if likely else []
        if len(near) < FURTHER:
            return None
        first = float(1 / (1 + np.exp(-(_margins(near) @ self._margins + self._bias))))
        slugs = [each.slug for each in near[:NEAREST]]
        said = [slug for slug in slugs if _says_title(text, slug)]
        meant = dict.fromkeys([*said, *slugs])
        return Told(tuple(meant), probability, len(said) == 1 or first >= SURE)


def asks_name(text: str) -> bool:
    """Whether a folded text asks what a job is called that it describes."""
    told = len(text.split()) >= LEAST_TOLD and not says_this_job(text)
    return told and bool(NAMING.search(text))


def _says_title(text: str, slug: str) -> bool:
    """Whether a text has the words of a title in other forms: "drives a school bus"."""
    title = {root(word) for word in slug.split("-")}
    return len(title) > 1 and title <= {root(word.text) for word in words(text)}


def examples_in(path: Path = EXAMPLES) -> tuple[list[tuple[str, str]], list[str]]:
    """Messages that tell a career, each with its code, and messages that tell none; all folded.

    Raises:
        DocumentError: the file cannot be read.
    """
    data: dict[str, Any] = read(path)
    told = [(fold(text), code) for code, texts in data["told"].items() for text in texts]
    return told, [fold(text) for text in data["others"]]


def _margins(near: Sequence[Near]) -> FloatArray:
    """How near the nearest career is, and by how much nearer than the next and a further one."""
    first, second, last = near[0].nearness, near[1].nearness, near[-1].nearness
    return np.array([first, first - second, first - last], dtype=np.float32)


def some(texts: Iterable[str], every: int) -> list[str]:
    """One of so many texts that are long enough to tell a career."""
    return [text for text in texts if len(text.split()) >= SHORTEST][::every]
