"""Whether a message is about a career that it names, where no rule of data/english/mentions.yml says so.

Learnt from messages in which a name is marked (data/mentions.yml), by the classifier of
`understanding.classifier`: of 617 careers that the rules missed in 33,000 messages, written by twenty
voices, it finds 487, and takes 64 of 2,254 other names for one (cross-validated in five parts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from guides.documents import DocumentError, read
from understanding.classifier import Encoder, IntentClassifier
from understanding.text import fold

EXAMPLES = Path(__file__).parent.parent / "data" / "mentions.yml"
ASKED = "asked"
KINDS = (ASKED, "beside", "none")
"""What a name is in a message."""
SURE = 0.7
"""Probability from which a career is taken for the one that is asked about."""
AROUND = 5
"""Words before and behind a name by which it is read."""
MARK = "xx"
MARKED = re.compile(r"\[(.+?)\]")


class Example(NamedTuple):
    """A folded message, where the name stands in it, and what that is there."""

    text: str
    start: int
    end: int
    kind: str


class Asked:
    """The trained classifier."""

    def __init__(self, classifier: IntentClassifier) -> None:
        """Take a classifier of the KINDS."""
        self._classifier = classifier

    @classmethod
    def train(cls, examples: Sequence[Example], encoder: Encoder | None) -> Asked:
        """Learn from examples of every kind; the same ones give the same classifier."""
        texts = [_around(each.text, each.start, each.end) for each in examples]
        kinds, judging = [each.kind for each in examples], [False] * len(texts)
        return cls(IntentClassifier.train(texts, kinds, encoder, judging=judging))

    def probability(self, text: str, start: int, end: int) -> float:
        """How likely a folded text is about the career whose name stands at a place."""
        return dict(self._classifier.predict(_around(text, start, end)))[ASKED]

    def save(self, folder: Path) -> None:
        """Write into a folder, which is made."""
        folder.mkdir()
        self._classifier.save(folder)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder | None) -> Asked:
        """Read what `save` wrote."""
        return cls(IntentClassifier.load(folder, encoder))


def read_examples() -> Iterator[Example]:
    """The messages of data/mentions.yml.

    Raises:
        DocumentError: one has no name in brackets.
    """
    messages = read(EXAMPLES)
    for kind in KINDS:
        for message in messages[kind]:
            found = MARKED.search(message)
            if found is None:
                raise DocumentError(
                    [f"{EXAMPLES.name}: {kind}: found {message!r}, expected [name]"]
                )
            before, name = fold(message[: found.start()]), found[1]
            start, text = len(before) + 1, f"{before} {name} {fold(message[found.end() :])}"
            yield Example(text, start, start + len(name), kind)


def _around(text: str, start: int, end: int) -> str:
    before, behind = text[:start].split()[-AROUND:], text[end:].split()[:AROUND]
    return " ".join((*before, MARK, text[start:end], MARK, *behind))
