"""What local answers would take from guides: questions that guides answer are tried on them.

Encoding all that topics were learnt from takes half a minute, so only those are tried that share
most with a draft's words. Of 22 drafts that take any of the 11,122 questions, this finds all, with
each topic that they take from, and more than nine in ten of the questions, within a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import log
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from answers.in_force import InForce
from guides.documents import read
from guides.local import LocalAnswer, Locals
from understanding.classifier import Encoder
from understanding.distress import DATA
from understanding.distress_model import MARKED
from understanding.local_phrases import telling
from understanding.text import fold
from understanding.topics import TOPICS

NLU = DATA / "nlu"
OF_SCHOOL = 0.8
"""What a draft takes is measured as if each question most likely asked the school, though of questions of
guides 1 in 100 seems as likely as 1 in 5 to do so: what might be taken is said before it is."""
TRIED = 300
"""Questions that are tried on all drafts together."""
FEWEST = 8
"""Questions that are tried on one of many drafts."""
BEARABLE = 0.01
"""Share of a topic's questions that an answer may take: two that are near are chance."""


class Asked(NamedTuple):
    """A question of a topic of guides."""

    topic: str
    text: str


Taken = dict[str, list[Asked]]
"""Questions that local answers would take, by the names of the answers."""


def questions() -> Iterator[Asked]:
    """The questions from which the topics of guides were learnt."""
    for topic in (name for name, each in TOPICS.items() if each.kind == "question"):
        for path in (NLU / f"{topic}.yml", *sorted((NLU / topic).glob("*.yml"))):
            for intent in read(path)["nlu"] if path.is_file() else ():
                for line in intent["examples"].splitlines():
                    yield Asked(topic, MARKED.sub(r"\1", line.strip().removeprefix("- ")))


def taken(found: InForce, asked: Iterable[Asked]) -> Taken:
    """Which of some questions the answers in force would take."""
    lost: Taken = {}
    for each in asked if found.phrases else ():
        for career in _careers(found.answers):
            near = found.asked_for([each.text], OF_SCHOOL, career)
            if near:
                lost.setdefault(near[0].name, []).append(each)
                break
    return lost


def _careers(answers: Locals) -> list[str]:
    """A career for each answer to be told of: none where it is for all."""
    return list(dict.fromkeys(next(iter(entry.careers), "") for entry in answers.values()))


class Questions:
    """The questions of guides, found by the words that they share with others."""

    def __init__(self, asked: Iterable[Asked]) -> None:
        """Take questions; those of all topics take a second."""
        self._asked = list(asked)
        self._of_topic = Counter(each.topic for each in self._asked)
        told = [telling(fold(each.text)) for each in self._asked]
        among = Counter(root for roots in told for root in roots)
        self._columns = {root: place for place, root in enumerate(sorted(among))}
        # A word of few questions tells more.
        self._weights = np.array([log(len(told) / among[root]) for root in self._columns])
        self._shares = self._matrix(told).multiply(self._weights).tocsr()
        self._whole = np.asarray(self._shares.sum(axis=1))

    def near(self, entry: LocalAnswer, most: int) -> list[Asked]:
        """The questions that share most with the words of an answer."""
        told = [telling(fold(text)) for text in (*entry.asked, entry.answer)]
        ways = self._matrix(told)
        shared = (self._shares @ ways.T).toarray()
        unknown = np.array([len(roots - self._columns.keys()) for roots in told])
        own = ways @ self._weights + unknown * log(len(self._asked))
        either = self._whole + own - shared
        alike = (shared / np.maximum(either, 1e-9)).max(axis=1)
        return [self._asked[place] for place in np.argsort(-alike, kind="stable")[:most]]

    def too_many(self, lost: Sequence[Asked]) -> bool:
        """Whether they are more of one topic than may be taken."""
        counts = Counter(each.topic for each in lost)
        return any(count > BEARABLE * self._of_topic[topic] for topic, count in counts.items())

    def _matrix(self, told: Sequence[frozenset[str]]) -> csr_matrix:
        """A row for each set of words, with 1 in the column of each that is known."""
        rows, columns = [], []
        for row, roots in enumerate(told):
            for root in roots & self._columns.keys():
                rows.append(row)
                columns.append(self._columns[root])
        ones = np.ones(len(rows))
        return csr_matrix((ones, (rows, columns)), (len(told), len(self._columns)))

    def taken_by(self, drafts: Locals, encoder: Encoder) -> Taken:
        """What each of some drafts would take by itself."""
        asked = {name: entry for name, entry in drafts.items() if entry.asked}
        most = max(TRIED // max(len(asked), 1), FEWEST)
        lost: Taken = {}
        for name, entry in asked.items():
            lost |= taken(InForce.of({name: entry}, encoder), self.near(entry, most))
        return lost


@cache
def of_guides() -> Questions:
    """The questions of all topics, for all that this process does."""
    return Questions(questions())
