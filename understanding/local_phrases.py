"""Which local answer a message asks for, if any: no training, so that a file can change at any time.

A message is compared with the ways to ask for each answer, and with the answer itself, by the cosine
of their sentence embeddings and by the words that they share. The nearest answer is meant, the
surer the nearer it is, the more it stands out among the others, and the likelier the message asks
for what only a school knows (`understanding.of_school`).

How much each counts was found by a logistic regression on messages to three made-up schools
(data/local/) and on the questions of guides; each school was judged by what the others had taught.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from typing import NamedTuple

from understanding.classifier import Encoder
from understanding.ngrams import FloatArray
from understanding.personal import without_placeholders
from understanding.spelling import commonest
from understanding.text import fold, root, words

SHARED = 0.3
"""What it counts that an answer has all telling words of a message, and no other answer has them."""
STANDS_OUT = 1.8
"""What it counts how much nearer the nearest answer is than the next."""
ASKED = 0.155
"""What it counts how likely the school is asked, as the logarithm of the odds."""
SURELY = 1.2
"""What all that must come to for an answer to be told as the one that is meant."""
MAYBE = 0.5
"""The same to be told as what may be meant. Of 539 messages to the made-up schools, most of which only
hint at what they want, 59 % came so near to their answer and 21 % to another, 32 and 6 % as near as
`SURELY`; of those that no answer was for, 83 and 28 %; of the questions of guides 1.6 and 0.1 %
(`python -m bench.local`)."""
ALONE = 0.1
"""How much an answer stands out that is the only one."""
MOST_ODDS = 7.0
"""The most that the logarithm of the odds may be, either way."""
COMMONEST = 100
"""Words of English that say nothing by themselves."""
CLOSE = 0.1
"""How much less near an answer may come to be offered beside another: "AP Biology" and "AP Art"."""


class Near(NamedTuple):
    """The answer that comes nearest to a message, and how near: a cosine."""

    name: str
    likeness: float


@dataclass(frozen=True)
class Ways:
    """How one answer is asked for, and what it says: the rows of the vectors, and the telling words."""

    rows: slice
    words: frozenset[str]


class LocalPhrases:
    """The ways to ask for each local answer, as vectors."""

    def __init__(
        self, asked: Mapping[str, Sequence[str]], answers: Mapping[str, str], encoder: Encoder
    ) -> None:
        """Take ways to ask by the answers' names, and the answers; a few milliseconds for each."""
        self._encoder = encoder
        self._ways: dict[str, Ways] = {}
        texts: list[str] = []
        for name, ways in asked.items():
            own = [fold(text) for text in (*ways, answers[name])]
            rows = slice(len(texts), len(texts) + len(own))
            self._ways[name] = Ways(rows, frozenset().union(*map(telling, own)))
            texts += own
        self._vectors = encoder.encode(texts)
        self._owners = Counter(word for ways in self._ways.values() for word in ways.words)

    def nearest(self, texts: Sequence[str], among: Container[str]) -> list[Near]:
        """The answers, that which comes nearest to a message first.

        Args:
            texts: the message put right, and as typed.
            among: the answers that may be given.
        """
        read = list(dict.fromkeys(_read(text) for text in texts))
        alike, told = self._vectors @ self._encoder.encode(read).T, [*map(telling, read)]
        near = [
            Near(name, max(map(self._likeness, [ways] * len(read), alike[ways.rows].T, told)))
            for name, ways in self._ways.items()
            if name in among
        ]
        return sorted(near, key=lambda each: -each.likeness)

    def _likeness(self, ways: Ways, alike: FloatArray, told: frozenset[str]) -> float:
        """How near a text is: by the nearest way to ask and by all, and by the words."""
        shared = sum(1 / sqrt(self._owners[word]) for word in ways.words & told)
        meaning = (float(alike.max()) + float(alike.mean())) / 2
        return meaning + SHARED * shared / max(len(told), 1)

    def asked_for(
        self, texts: Sequence[str], school: float, among: Container[str], least: float = SURELY
    ) -> list[Near]:
        """The answer that a message asks for, if it is near enough, and those hardly less near.

        For the rest see `nearest`.

        Args:
            school: how likely the message asks for what only a school knows.
            least: how near it must come.
        """
        near = self.nearest(texts, among)
        if not near or near[0].likeness + _more(near, school) < least:
            return []
        return [each for each in near if each.likeness >= near[0].likeness - CLOSE]


def _more(near: Sequence[Near], school: float) -> float:
    """What counts besides how near the nearest answer is."""
    stands_out = near[0].likeness - near[1].likeness if len(near) > 1 else ALONE
    return STANDS_OUT * stands_out + ASKED * odds(school)


def odds(probability: float) -> float:
    """The logarithm of the odds of a probability, MOST_ODDS at most either way."""
    found = log(max(probability, 1e-9) / max(1 - probability, 1e-9))
    return min(max(found, -MOST_ODDS), MOST_ODDS)


def telling(folded: str) -> frozenset[str]:
    """What the words of a text have in common with others of their families, less the commonest."""
    return frozenset(root(word.text) for word in words(folded)) - _commonest()


def _read(text: str) -> str:
    return without_placeholders(fold(text))


@cache
def _commonest() -> frozenset[str]:
    return frozenset(map(root, commonest(COMMONEST)))
