"""Which career a message means that names none: "my uncle fixes elevators, what does he make".

Students' own ways to tell each career are in data/described/. Those are meant whose ways are nearest
(`understanding.means`), with what their guides say they are and do (`guides.finding`). Whether a
message tells a career at all, or speaks of somebody's job and does not tell which, is learnt by the
classifier of `understanding.classifier`, whether the nearest one is meant by a regression on how far it
stands out.
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
from understanding.entity import VAGUE
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
LOOKED_AT = 60
"""Careers of which some are near to the whole text and to what tells a job in it."""
FURTHER = 10
"""Place of the career beside which the nearest one must stand out."""
LIKELY = 0.25
"""Probability from which a career may be told."""
CERTAIN = 0.8
"""The same where words such as "this job" may mean the career in use, and of a clause by itself."""
TELLS = 0.3
"""Probability from which a sentence of a text has to do with a job: a career is looked for by these
besides the whole, as what is asked of "school" means no school's jobs."""
MAY_TELL = 0.05
"""Probability of the whole text from which a clause counts: "i love fixing things, is this for me" has
less."""
SURE = 0.4
"""Probability from which the nearest career is the one that is told. Of 132 judged messages that tell
one 109 are taken from here, 108 of them rightly, and of 78 on jobs that no list has 1; from 0.25 on 129,
125 and 21. It was chosen on these, and is low as the regression learns with half of the ways."""
NEAR_ENOUGH = 3.2
"""Nearness from which a career may be told at all: "pluses and minuses" is not so near to any."""
LEFT_OPEN_NEAR = 4.0
"""The same of a message that leaves open which job it speaks of, for some to be offered: to "my grandpa
was in the army" nothing is."""
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
    """Those that may be meant, the likeliest first; none where nothing is near."""
    probability: float
    """How likely it tells of one at all, or speaks of somebody's job."""
    sure: bool
    """Whether the first is meant."""
    vague: bool = False
    """Whether it leaves open which job it speaks of."""

    def taken_for(self, slug: str) -> Told:
        """The same of a message that surely means a career."""
        others = (each for each in self.slugs if each != slug)
        return Told((slug, *others), self.probability, True)


class Examples(NamedTuple):
    """Folded messages by what they tell."""

    told: list[tuple[str, str]]
    """Those that tell a career, each with its slug."""
    vague: list[str]
    """Those that speak of somebody's job and do not tell which."""
    none: list[str]


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
        examples: Examples,
        encoder: Encoder,
        tuned: Encoder,
        finder: Finder,
    ) -> Described | None:
        """Learn; None where the careers have no vectors. The same messages teach the same.

        Args:
            examples: those that tell a career are in the order of the careers.
            encoder: tells careers apart.
            tuned: tells what is asked.
        """
        told, vague, none = examples
        texts, slugs = [text for text, _ in told], [slug for _, slug in told]
        if len(finder.nearest(texts[0], FURTHER)) < FURTHER:
            return None
        usual = embed(encoder, none[::USUAL_EVERY]).mean(axis=0)
        half = Means.train(texts[::2], slugs[::2], usual, encoder)
        near = [_nearest(text, half, finder) for text in texts[1::JUDGED_EVERY]]
        meant = slugs[1::JUDGED_EVERY]
        hits = [each[0].slug == slug for each, slug in zip(near, meant, strict=True)]
        whole = Means.train(texts, slugs, usual, encoder)
        texts += [*vague, *none]
        kinds = [TOLD] * len(told) + [VAGUE] * len(vague) + [NONE] * len(none)
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
        probability, vague = (1.0, False) if asked else self._probability(text)
        if probability < (CERTAIN if speaks_of_it(text) else LIKELY):
            return None
        whole = _nearest(text, self._means, self._finder, LOOKED_AT)
        near = self._near(text, whole)
        enough = LEFT_OPEN_NEAR if vague else NEAR_ENOUGH
        if len(near) < FURTHER or near[0].nearness < enough:
            return Told((), probability, False, vague) if vague else None
        first = min(map(self._margins.probability, (near, whole[:FURTHER])))
        said = [each for each in near[:NEAREST] if _says_title(text, each.slug)]
        least = near[0].nearness - TITLE_COUNTS
        likely_said = [each for each in said if each.nearness >= least][:1]
        meant = dict.fromkeys(each.slug for each in (*likely_said, *near[:NEAREST]))
        sure = not vague and (bool(likely_said) or first >= SURE)
        return Told(tuple(meant), probability, sure, vague)

    def _probability(self, text: str) -> tuple[float, bool]:
        """How likely a text has to do with a job, and whether it leaves open which; so it does where a
        clause of it certainly has."""
        whole = self._kind(text)
        if not MAY_TELL <= whole[0] < LIKELY:
            return whole
        told = map(self._kind, clauses(text))
        return next((each for each in told if each[0] >= CERTAIN), whole)

    def _kind(self, text: str) -> tuple[float, bool]:
        found = dict(self._classifier.predict(text))
        return 1 - found[NONE], found[VAGUE] > found[TOLD]

    def _near(self, text: str, whole: list[Near]) -> list[Near]:
        """The careers that a text and the sentences of it that have to do with a job are nearest to.

        Args:
            whole: those that the text is nearest to.
        """
        sentences = [each.strip() for each in SENTENCES.split(text) if each.strip()]
        telling = [each for each in sentences if self._kind(each)[0] >= TELLS]
        told = ", ".join(telling)
        if not told or told == text:
            return whole[:FURTHER]
        found = _nearest(told, self._means, self._finder, LOOKED_AT)
        in_told = {each.slug: each.nearness for each in found}
        near = [
            each._replace(nearness=(each.nearness + in_told[each.slug]) / 2)
            for each in whole
            if each.slug in in_told
        ]
        return sorted(near, key=lambda each: -each.nearness)[:FURTHER]


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


def examples_in(folder: Path = EXAMPLES) -> Examples:
    """The messages of the files in a folder.

    Raises:
        DocumentError: a file cannot be read.
    """
    files: list[dict[str, list[str]]] = [read(path) for path in sorted(folder.glob("*.yml"))]
    found = [(fold(text), key) for file in files for key, texts in file.items() for text in texts]
    vague, none = ([text for text, key in found if key == kind] for kind in (VAGUE, NONE))
    return Examples([each for each in found if each[1] not in (VAGUE, NONE)], vague, none)


def long_enough(texts: Iterable[str]) -> list[str]:
    """The texts that are long enough to tell a career."""
    return [text for text in texts if len(text.split()) >= SHORTEST]


def _nearest(text: str, means: Means, finder: Finder, count: int = FURTHER) -> list[Near]:
    """The careers that a folded text is nearest to."""
    return finder.nearest(text, count, means.usual, means.nearness(text))


def _margins(near: Sequence[Near]) -> FloatArray:
    """How near the nearest career is, and by how much nearer than the next and a further one."""
    first, second, last = near[0].nearness, near[1].nearness, near[-1].nearness
    return np.array([first, first - second, first - last], dtype=np.float32)
