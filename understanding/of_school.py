"""Whether a message asks for what only a school knows: "when do i get my locker".

Learnt from messages to made-up schools (data/local/), against all that guides and the assistant are
asked, by the classifier of `understanding.classifier`. Which of a school's answers is asked for, no
training can know: see `understanding.local_phrases`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from guides.documents import read
from understanding.classifier import Encoder, IntentClassifier
from understanding.text import fold

EXAMPLES = Path(__file__).parent.parent / "data" / "local"
FOLDER = "of_school"
OURS, OTHERS = "school", "other"
UNLEARNT = ("ask_person",)
"""Intents of messages that ask for somebody at school, and so are examples of neither."""


class Said(NamedTuple):
    """What a made-up school tells, and what its students say."""

    asked: Mapping[str, Sequence[str]]
    """Ways to ask for each answer, as its counselor wrote them."""
    answers: Mapping[str, str]
    said: Mapping[str, Sequence[str]]
    """Messages of students that ask for each answer."""
    lacking: Sequence[str]
    """Messages that ask for what no answer tells."""

    @property
    def every(self) -> Iterator[str]:
        """All messages and ways to ask, folded."""
        for texts in (*self.asked.values(), *self.said.values(), self.lacking):
            yield from map(fold, texts)


class OfSchool:
    """The trained classifier."""

    def __init__(self, classifier: IntentClassifier) -> None:
        """Take a classifier of OURS and OTHERS."""
        self._classifier = classifier

    @classmethod
    def train(
        cls, schools: Sequence[str], others: Sequence[str], encoder: Encoder | None
    ) -> OfSchool:
        """Learn from folded messages to schools and from others; the same teach the same."""
        texts = [*dict.fromkeys(schools)]
        kinds = [OURS] * len(texts)
        texts += dict.fromkeys(others)
        kinds += [OTHERS] * (len(texts) - len(kinds))
        judging = [False] * len(texts)
        return cls(IntentClassifier.train(texts, kinds, encoder, judging=judging))

    def probability(self, text: str) -> float:
        """How likely a text, as it is read, asks for what only a school knows."""
        return dict(self._classifier.predict(text))[OURS]

    def save(self, folder: Path) -> None:
        """Write a folder into one that is there."""
        (folder / FOLDER).mkdir()
        self._classifier.save(folder / FOLDER)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None) -> OfSchool:
        """Read what `save` wrote."""
        return cls(IntentClassifier.load(folder / FOLDER, encoder))


def read_schools() -> Iterator[Said]:
    """The made-up schools.

    Raises:
        DocumentError: a file cannot be read.
    """
    for path in sorted(EXAMPLES.glob("*.yml")):
        found = read(path)
        told = found["answers"]
        asked = {name: each["asked"] for name, each in told.items()}
        answers = {name: each["answer"] for name, each in told.items()}
        yield Said(asked, answers, found["said"], found["lacking"])
