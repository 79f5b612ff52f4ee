"""Which local answer a message asks for, if any: no training, so that a file can change at any time.

A message is compared with the ways to ask for each answer, and with the answer itself, by the cosine
of their sentence embeddings. It must be the closer, the surer it is that a guide answers; and closer
too where both say something that the other does not, such as "science fair" beside "career fair".

The figures were chosen on 120 questions to a made-up school in `tests/local/`, together with the
judged questions of guides, so that 99 in 100 of these are still answered by guides.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from typing import NamedTuple

import numpy as np

from understanding.classifier import Encoder, Ranking
from understanding.personal import without_placeholders
from understanding.spelling import commonest
from understanding.text import fold, root, words
from understanding.topics import NOT_ANSWERED, TOPICS, intent_of

LEAST = 0.592
"""Likeness from which a message asks for an answer, where nothing speaks for a guide or against.

With TOPIC it was chosen on the questions that judge it (tests/local/); of 180 ways to ask by others,
tried with weights hardly different, 71 got their answer."""
MAYBE = 0.5
"""The same for an answer that is only offered, where no guide answers."""
TOPIC = 0.01
"""What it counts how much likelier a guide's topic is than what no guide answers, as a logarithm."""
OTHER_WORDS = 0.05
"""What it counts that either says something that the other does not."""
COMMONEST = 100
"""Words of English that say nothing by themselves."""
CLOSE = 0.1
"""How much less near an answer may come to be offered beside another: "AP Biology" and "AP Art"."""
UNLIKELY = 0.02
"""Added to probabilities, so that their logarithms stay small."""

OF_GUIDES = frozenset(intent_of(name) for name, topic in TOPICS.items() if topic.kind == "question")


class Near(NamedTuple):
    """The answer that comes nearest to a message, and how near: a cosine."""

    name: str
    likeness: float


@dataclass(frozen=True)
class Ways:
    """How one answer is asked for: the telling words of each way."""

    rows: slice
    words: tuple[frozenset[str], ...]

    def differ(self, said: frozenset[str], meant: frozenset[str]) -> bool:
        """Whether a message says something that no way does, and each way what it does not.

        Args:
            said: every telling word of the message, as typed and as put right.
            meant: those of the message put right.
        """
        return bool(meant - frozenset().union(*self.words)) and all(
            way - said for way in self.words
        )


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
            rows = slice(len(texts), len(texts) + len(ways) + 1)
            self._ways[name] = Ways(rows, tuple(telling(fold(way)) for way in ways))
            texts += [fold(text) for text in (*ways, answers[name])]
        self._vectors = encoder.encode(texts)

    def nearest(self, texts: Sequence[str], among: Container[str]) -> list[Near]:
        """The answers, that which comes nearest to a message first.

        Args:
            texts: the message put right, and as typed.
            among: the answers that may be given.
        """
        read = dict.fromkeys(_read(text) for text in texts)
        alike = (self._vectors @ self._encoder.encode(list(read)).T).max(axis=1)
        near = [
            Near(name, float(np.max(alike[ways.rows])))
            for name, ways in self._ways.items()
            if name in among
        ]
        return sorted(near, key=lambda each: -each.likeness)

    def asked_for(
        self, texts: Sequence[str], ranking: Ranking, among: Container[str], least: float = LEAST
    ) -> list[Near]:
        """The answer that a message asks for, if it is near enough, and those hardly less near.

        For the rest see `nearest`.

        Args:
            ranking: the intents of the message, with their probabilities.
            least: how near it must come.
        """
        near = self.nearest(texts, among)
        if not near:
            return []
        told = [telling(_read(text)) for text in texts]
        differ = self._ways[near[0].name].differ(frozenset().union(*told), told[0])
        counted = near[0].likeness - TOPIC * for_guides(ranking) - OTHER_WORDS * differ
        close = [each for each in near if each.likeness >= near[0].likeness - CLOSE]
        return close if counted >= least else []


def for_guides(ranking: Ranking) -> float:
    """How much likelier a topic of guides is than what none of them answers, as a logarithm."""
    topic = max((found for name, found in ranking if name in OF_GUIDES), default=0.0)
    beyond = sum(found for name, found in ranking if name in NOT_ANSWERED)
    return log((topic + UNLIKELY) / (beyond + UNLIKELY))


def telling(folded: str) -> frozenset[str]:
    """What the words of a text have in common with others of their families, less the commonest."""
    return frozenset(root(word.text) for word in words(folded)) - _commonest()


def _read(text: str) -> str:
    return without_placeholders(fold(text))


@cache
def _commonest() -> frozenset[str]:
    return frozenset(map(root, commonest(COMMONEST)))
