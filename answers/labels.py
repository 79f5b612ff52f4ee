"""The short words of the replies, by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from answers.filling import filled
from guides.documents import DocumentError, read, shown

FILE = Path(__file__).parent / "labels.yml"


class Words:
    """Groups of short words by name, from a file that says what they are for."""

    def __init__(self, file: Path) -> None:
        """Read the file.

        Raises:
            DocumentError: it cannot be read.
        """
        self._file = file.name
        self.groups: dict[str, Any] = read(file)

    def label(self, group: str, name: object, /, **facts: object) -> str:
        """One label, with the facts in its braces.

        Raises:
            DocumentError: there is no such label, or it has a name in braces that is no fact.
        """
        words, place = self._group(group).get(name), f"{self._file}: {group}.{name}"
        if not isinstance(words, str):
            raise DocumentError([f"{place}: found {shown(words)}, expected some words"])
        return filled(words, facts, place)

    def labels(self, group: str) -> dict[Any, str]:
        """All labels of a group by name, those that have no braces.

        Raises:
            DocumentError: there is no such group, or one of its labels holds no words.
        """
        return {name: self.label(group, name) for name in self._group(group)}

    def _group(self, group: str) -> Mapping[Any, Any]:
        found = self.groups.get(group)
        if not isinstance(found, dict):
            raise DocumentError(
                [f"{self._file}: {group}: found {shown(found)}, expected a mapping"]
            )
        return found


WORDS = Words(FILE)
LABELS = WORDS.groups
label, labels = WORDS.label, WORDS.labels
