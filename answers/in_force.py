"""The local answers of a school as their file has them now: a change is in force within a minute."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Container, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from guides.documents import DocumentError
from guides.local import PLACE, LocalAnswer, Locals, read_locals
from guides.watching import Watch
from understanding.classifier import Encoder
from understanding.local_phrases import SURELY, LocalPhrases, Near

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class InForce:
    """Local answers, and what finds them in messages; without an encoder none is found."""

    answers: Locals = field(default_factory=dict)
    phrases: LocalPhrases | None = None

    @classmethod
    def of(cls, answers: Locals, encoder: Encoder | None) -> InForce:
        """These answers."""
        asked = {name: entry.asked for name, entry in answers.items() if entry.asked}
        texts = {name: entry.answer for name, entry in answers.items()}
        found = LocalPhrases(asked, texts, encoder) if encoder and asked else None
        return cls(answers, found)

    def asked_for(
        self, texts: Sequence[str], school: float, career: str, least: float = SURELY
    ) -> list[Near]:
        """The answer that a message asks for, and those hardly less near; see `LocalPhrases`."""
        among = self._for(career)
        return self.phrases.asked_for(texts, school, among, least) if self.phrases else []

    def likeness(self, texts: Sequence[str], name: str) -> float:
        """How near a message comes to one answer."""
        near = self.phrases.nearest(texts, [name]) if self.phrases else []
        return near[0].likeness if near else 0.0

    def notes(self, topic: str, career: str) -> list[LocalAnswer]:
        """The notes that follow a guide's answer to a topic."""
        meant = (self.answers[name] for name in self._for(career))
        return [entry for entry in meant if entry.topic == topic]

    def _for(self, career: str) -> list[str]:
        return [name for name, entry in self.answers.items() if entry.is_for(career)]


class LocalAnswers:
    """Reads the file of a school again where it has changed, beside the turns that go on.

    A file that is broken leaves those answers in force that were read before.
    """

    def __init__(
        self,
        path: Path,
        careers: Container[str],
        encoder: Encoder | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the file, which need not be there, and read it.

        Args:
            careers: the slugs that an answer may name.
        """
        self._path, self._careers, self._encoder = path, careers, encoder
        self._thread = ThreadPoolExecutor(1, "local_answers")
        self._in_force = InForce()
        self._faults: list[str] = []
        self._watch = Watch(lambda: [path], clock)
        self._read()

    @property
    def file(self) -> str:
        """Its name for messages."""
        return f"{PLACE}/{self._path.name}"

    @property
    def now(self) -> InForce:
        """The answers in force."""
        self._look()
        return self._in_force

    @property
    def faults(self) -> list[str]:
        """What is wrong with the file; empty where it is in force."""
        self._look()
        return self._faults

    def _look(self) -> None:
        if self._watch.sees_change():
            self._thread.submit(self._read).add_done_callback(_log_lost)

    def _read(self) -> None:
        try:
            answers = read_locals(self._path, self._careers) if self._watch.is_there else {}
            self._in_force, self._faults = InForce.of(answers, self._encoder), []
        except DocumentError as error:
            self._faults = error.faults
            for fault in error.faults:
                log.error("local answers: %s", fault)


def _log_lost(reading: Future[None]) -> None:
    if error := reading.exception():
        log.error("local answers: not read: %s", type(error).__name__)
