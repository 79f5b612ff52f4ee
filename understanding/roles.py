"""Whether words name somebody who does something: "ghost hunter" does, "workweek" does not.

A job that no list has is told by what its name means and not by the words around it, which differ
from student to student: one logistic regression on sentence embeddings. It is learnt from the names
of the careers and, against them, from common words and from pairs of words of our own phrases; and
from data/roles.yml, which has people whom no table of careers knows, such as a wizard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from guides.documents import read
from understanding.careers import Careers, speaks_of_it
from understanding.classifier import Encoder, embed
from understanding.english import english
from understanding.mentions import mentions
from understanding.ngrams import FloatArray
from understanding.spelling import commonest, general_words
from understanding.text import Word, name_words, singular

FILE = "roles.npz"
EXAMPLES = Path(__file__).parent.parent / "data" / "roles.yml"
LIKELY = 0.6
"""Probability from which words name somebody: so 31 of 45 jobs that no list has were found, and a word
in 49 of 250 blind messages, most of which name a career as well; at 0.5 with names of careers alone,
23 and 56. It and `COUNTS` were chosen on these same messages, so on others it will be less."""
COUNTS = 3.0
"""What a person or thing of data/roles.yml counts beside a name or a word."""
C = 3.0
"""Inverse strength of the L2 regularisation."""
NAMES, WORDS, PAIRS = 3_500, 4_500, 2_500
"""How many names, words and pairs of words are learnt from."""
GRAMMAR, COMMON, USUAL = 200, 300, 9_000
"""The commonest words, most of which are grammar; those that no name begins or ends with; and those
that are no technical terms."""
LONGEST_NAME = 3
"""Words of a name that is learnt from."""
SHORTEST = 4
"""Letters of a word that nobody knows."""
INSIDE, HOW = (english("careers").pattern(name) for name in ("inside", "how"))
TOKEN = re.compile(r"[a-z']+")


KINDS = LISTED, UNLISTED, NOBODY = "listed", "unlisted", "nobody"
"""What words name: somebody whom a list of careers has, somebody whom none has, and no person."""
ODD = 0.6
"""Probability from which a name with words before it is that of a job that no list has."""
SURELY = 0.9
"""Probability from which words surely name somebody."""
MEANT = 0.6
"""What the probabilities that no list has it and that it is asked about are together, at least, for a
job to be meant. Of 44 found in messages on such jobs one has less, of 42 in others 20; it was chosen on
these."""


class Found(NamedTuple):
    """Where a text names a job that no list has, and how likely the words there name one."""

    start: int
    end: int
    probability: float
    unlisted: float
    """How likely they name one that no list has."""


class Roles:
    """The trained regression."""

    def __init__(self, weights: FloatArray, bias: FloatArray, encoder: Encoder) -> None:
        """Take weights of shape (dimensions of the encoder, KINDS)."""
        self._weights, self._bias, self._encoder = weights, bias, encoder

    @classmethod
    def train(
        cls, names: Iterable[str], phrases: Sequence[str], careers: Careers, encoder: Encoder
    ) -> Roles:
        """Learn from the forms of careers' names and from folded phrases; the same give the same.

        What stands before names in the phrases makes no other jobs of them: "future animator".
        """
        from sklearn.linear_model import LogisticRegression

        known = sorted({name for name in names if len(name.split()) <= LONGEST_NAME})
        heads = {name.split()[-1] for name in known}
        told = read(EXAMPLES)
        usual = [*_some([*_words(heads)], WORDS), *_some([*_pairs(phrases, heads)], PAIRS)]
        said = sorted({_one(name) for text in phrases for name in careers.modified(text)})
        groups = [
            (LISTED, _some(known, NAMES), 1.0),
            (NOBODY, usual, 1.0),
            (LISTED, said, 1.0),
            (LISTED, told["listed"], COUNTS),
            (UNLISTED, told["people"], COUNTS),
            (NOBODY, told["others"], COUNTS),
        ]
        texts = [text for _, some, _ in groups for text in some]
        kinds = [KINDS.index(kind) for kind, some, _ in groups for _ in some]
        counts = [count for _, some, count in groups for _ in some]
        model = LogisticRegression(C=C, max_iter=300).fit(embed(encoder, texts), kinds, counts)
        weights, bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
        return cls(weights, bias, encoder)

    def save(self, folder: Path) -> None:
        """Write one file into a folder that is there."""
        np.savez(folder / FILE, weights=self._weights, bias=self._bias)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> Roles:
        """Read what `save` wrote."""
        with np.load(folder / FILE, allow_pickle=False) as stored:
            return cls(stored["weights"], stored["bias"], encoder)

    def probabilities(self, texts: Sequence[str]) -> FloatArray:
        """How likely each text names what the KINDS say, of shape (texts, KINDS)."""
        scores = self._encoder.encode(texts) @ self._weights + self._bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)

    def is_odd(self, name: str) -> bool:
        """Whether no list has what a name of a career means with the words before it: "ghost lawyer"."""
        _, unlisted, _ = self.probabilities([_one(name)])[0]
        return bool(unlisted >= ODD)

    def find(self, text: str, careers: Careers, terms: frozenset[str]) -> Found | None:
        """Where a folded text names a job that no list has; None where it speaks of one in use.

        Args:
            terms: words of the glossary: who uses them speaks of the career that has them.
        """
        words = list(name_words(text))
        spoken_of = any(word.text in terms and word.text not in commonest(USUAL) for word in words)
        if spoken_of or speaks_of_it(text):
            return None
        places = [*_places(text, words, careers)]
        if not places:
            return None
        kinds = self.probabilities([_one(text[start:end]) for start, end in places])
        found = 1 - kinds[:, KINDS.index(NOBODY)]
        best = int(found.argmax())
        likely = float(found[best])
        unlisted = float(kinds[best, KINDS.index(UNLISTED)])
        return Found(*places[best], likely, unlisted) if likely >= LIKELY else None


def _some(texts: Sequence[str], count: int) -> Sequence[str]:
    """About so many of the texts, evenly from all of them."""
    return texts[:: max(1, len(texts) // count)][:count]


def _words(heads: set[str]) -> Iterator[str]:
    for word in [*general_words()][GRAMMAR:USUAL]:
        if word.isalpha() and not {word, singular(word)} & heads:
            yield word


def _pairs(phrases: Sequence[str], heads: set[str]) -> list[str]:
    pairs = {pair for phrase in phrases for pair in pairwise(TOKEN.findall(phrase))}
    return sorted(" ".join(pair) for pair in pairs if not {pair[1], singular(pair[1])} & heads)


def _places(text: str, words: Sequence[Word], careers: Careers) -> Iterator[tuple[int, int]]:
    """Where one word or two stand of which one is none that we know."""
    for place, first in enumerate(words):
        if place and mentions().is_owner(words[place - 1].text):
            continue
        for last in words[place : place + 2]:
            between = text[first.end : last.start] if last is not first else " "
            run = (first, last)
            span = (first.start, last.end)
            if between != " " or any(map(_is_usual, run)) or INSIDE.search(text[: first.start]):
                continue
            if _is_new(run, careers):
                yield span


def _is_usual(word: Word) -> bool:
    """Whether no name of a job has the word: it is too common, says how, or stands for anybody."""
    common = word.text in commonest(COMMON) or HOW.search(word.text)
    return bool(common) or mentions().is_anybody(word.text)


def _is_new(run: Sequence[Word], careers: Careers) -> bool:
    return any(
        len(word.text) >= SHORTEST and word.text.isalpha() and not careers.knows(word.text)
        for word in run
    )


def _one(name: str) -> str:
    return " ".join(map(singular, name.split()))
