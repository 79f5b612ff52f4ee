"""Which career a message means that names none: "my uncle fixes elevators, what does he make".

Students' own ways to tell each career are in data/described/. Those are meant whose ways are nearest
(`understanding.means`), with what their guides say they are and do (`guides.finding`). Whether a
message tells a career at all is learnt by the classifier of `understanding.classifier`, whether the
nearest one is meant by a regression on how far it stands out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from guides.documents import read
from guides.finding import Finder, Near
from understanding.careers import says_this_job, speaks_of_it
from understanding.classifier import Encoder, IntentClassifier, embed
from understanding.english import english
from understanding.fitting import Settings
from understanding.means import Means
from understanding.ngrams import FloatArray
from understanding.text import fold, root, words

EXAMPLES = Path(__file__).parent.parent / "data" / "described"
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
"""The same where words such as "this job" may mean the career in use, and of a clause by itself."""
MAY_TELL = 0.05
"""Probability of the whole text from which a clause counts: "i love fixing things, is this for me" has
less."""
SURE = 0.25
"""Probability from which the nearest career is the one that is told. It is learnt with half of the ways
to tell a career, and says less than it is: on messages by other voices nine of ten are right from here."""
NEAR_ENOUGH = 3.2
"""Nearness from which a career may be told at all: "pluses and minuses" is not so near to any."""
TITLE_COUNTS = 0.6
"""What it counts that a message has all words of a title, in whatever form."""
NAMING, SOMEBODY = (english("careers").pattern(name) for name in ("naming", "somebody"))
SENTENCES = re.compile(r"[.?!;,\n]+(?:\s|$)")
SHORTEST_CLAUSE = 4
"""Words of a clause that can tell a career by itself."""
LEAST_TOLD = 8
"""Words of a message that describes a job and asks for its name."""
SHORTEST = 3
"""Words of a message that can tell a career."""
JUDGED_EVERY = 8
"""Of so many messages that tell a career one shows how far the one that is meant stands out."""
USUAL_EVERY = 20
"""Of so many messages that tell no career one counts for what is usual."""


class Told(NamedTuple):
    """A career that a message tells by its work."""

    slugs: tuple[str, ...]
    """Those that may be meant, the likeliest first."""
    probability: float
    """How likely it tells of one at all."""
    sure: bool
    """Whether the first is meant."""


class Margins:
    """How likely the nearest career is the one that is told, by how far it stands out."""

    def __init__(self, weights: FloatArray, bias: float) -> None:
        """Take weights of shape (3,)."""
        self._weights, self._bias = weights, bias

    @classmethod
    def fit(cls, near: Sequence[Sequence[Near]], hits: Sequence[bool]) -> Margins:
        """Learn from the nearest careers of messages, and whether the first was meant."""
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression().fit(np.stack([_margins(each) for each in near]), hits)
        return cls(model.coef_[0].astype(np.float32), float(model.intercept_[0]))

    def probability(self, near: Sequence[Near]) -> float:
        """The same of one message."""
        return float(1 / (1 + np.exp(-(_margins(near) @ self._weights + self._bias))))

    def save(self, folder: Path) -> None:
        """Write a file into a folder that is there."""
        np.savez(folder / MARGINS, weights=self._weights, bias=np.float32(self._bias))

    @classmethod
    def load(cls, folder: Path) -> Margins:
        """Read what `save` wrote."""
        with np.load(folder / MARGINS, allow_pickle=False) as stored:
            return cls(stored["weights"], float(stored["bias"]))


class Described:
    """The classifier, the means and the regression."""

    def __init__(
        self, classifier: IntentClassifier, means: Means, margins: Margins, finder: Finder
    ) -> None:
        """Take what was learnt, and what knows the guides."""
        self._classifier, self._means, self._margins = classifier, means, margins
        self._finder = finder

    @classmethod
    def train(
        cls,
        told: Sequence[tuple[str, str]],
        others: Sequence[str],
        encoder: Encoder,
        tuned: Encoder,
        finder: Finder,
    ) -> Described | None:
        """Learn; None where the careers have no vectors. The same messages teach the same.

        Args:
            told: folded messages, each with the slug of the career that it means, by career.
            others: folded messages that tell of none.
            encoder: tells careers apart.
            tuned: tells what is asked.
        """
        texts, slugs = [text for text, _ in told], [slug for _, slug in told]
        if len(finder.nearest(texts[0], FURTHER)) < FURTHER:
            return None
        usual = embed(encoder, others[::USUAL_EVERY]).mean(axis=0)
        half = Means.train(texts[::2], slugs[::2], usual, encoder)
        near = [_nearest(text, half, finder) for text in texts[1::JUDGED_EVERY]]
        meant = slugs[1::JUDGED_EVERY]
        hits = [each[0].slug == slug for each, slug in zip(near, meant, strict=True)]
        whole = Means.train(texts, slugs, usual, encoder)
        texts += others
        kinds = [TOLD] * len(told) + [NONE] * len(others)
        classifier = IntentClassifier.train(texts, kinds, tuned, SETTINGS, [False] * len(texts))
        return cls(classifier, whole, Margins.fit(near, hits), finder)

    def save(self, folder: Path) -> None:
        """Write a folder into one that is there."""
        (folder / FOLDER).mkdir()
        self._classifier.save(folder / FOLDER)
        self._means.save(folder / FOLDER)
        self._margins.save(folder / FOLDER)

    @classmethod
    def load(
        cls, folder: Path, encoder: Encoder, tuned: Encoder, finder: Finder
    ) -> Described | None:
        """Read what `save` wrote, if it wrote anything."""
        own = folder / FOLDER
        if not own.is_dir():
            return None
        classifier, means = IntentClassifier.load(own, tuned), Means.load(own, encoder)
        return cls(classifier, means, Margins.load(own), finder)

    def find(self, text: str) -> Told | None:
        """The career that a folded text tells by its work, if it tells one."""
        if len(text.split()) < SHORTEST:
            return None
        asked = asks_name(text)
        probability = 1.0 if asked else self._probability(text)
        likely = probability >= (CERTAIN if speaks_of_it(text) else LIKELY)
        near = _nearest(text, self._means, self._finder) if likely else []
        if len(near) < FURTHER or near[0].nearness < NEAR_ENOUGH:
            return None
        first = self._margins.probability(near)
        said = [each for each in near[:NEAREST] if _says_title(text, each.slug)]
        least = near[0].nearness - TITLE_COUNTS
        likely_said = [each for each in said if each.nearness >= least][:1]
        meant = dict.fromkeys(each.slug for each in (*likely_said, *near[:NEAREST]))
        return Told(tuple(meant), probability, bool(likely_said) or first >= SURE)

    def _probability(self, text: str) -> float:
        """How likely a text tells a career; so it does where a clause of it certainly tells one."""
        whole = dict(self._classifier.predict(text))[TOLD]
        if not MAY_TELL <= whole < LIKELY:
            return whole
        told = (dict(self._classifier.predict(clause))[TOLD] for clause in clauses(text))
        return next((each for each in told if each >= CERTAIN), whole)


def clauses(text: str) -> list[str]:
    """The sentences of a folded text, and what says of somebody who they are: "the one who ..."."""
    found = [*SENTENCES.split(text), *(each[0] for each in SOMEBODY.finditer(text))]
    plain = dict.fromkeys(each.strip() for each in found)
    return [each for each in plain if each != text and len(each.split()) >= SHORTEST_CLAUSE]


def asks_name(text: str) -> bool:
    """Whether a folded text asks what a job is called that it describes."""
    told = len(text.split()) >= LEAST_TOLD and not says_this_job(text)
    return told and bool(NAMING.search(text))


def _says_title(text: str, slug: str) -> bool:
    """Whether a text has the words of a title in other forms: "drives a school bus"."""
    title = {root(word) for word in slug.split("-")}
    return len(title) > 1 and title <= {root(word.text) for word in words(text)}


def examples_in(folder: Path = EXAMPLES) -> tuple[list[tuple[str, str]], list[str]]:
    """Messages that tell a career, each with its slug, and messages that tell none; all folded.

    Raises:
        DocumentError: a file cannot be read.
    """
    files: list[dict[str, list[str]]] = [read(path) for path in sorted(folder.glob("*.yml"))]
    found = [(fold(text), slug) for file in files for slug, texts in file.items() for text in texts]
    told = [each for each in found if each[1] != NONE]
    return told, [text for text, slug in found if slug == NONE]


def long_enough(texts: Iterable[str]) -> list[str]:
    """The texts that are long enough to tell a career."""
    return [text for text in texts if len(text.split()) >= SHORTEST]


def _nearest(text: str, means: Means, finder: Finder) -> list[Near]:
    """The careers that a folded text is nearest to."""
    return finder.nearest(text, FURTHER, means.usual, means.nearness(text))


def _margins(near: Sequence[Near]) -> FloatArray:
    """How near the nearest career is, and by how much nearer than the next and a further one."""
    first, second, last = near[0].nearness, near[1].nearness, near[-1].nearness
    return np.array([first, first - second, first - last], dtype=np.float32)
