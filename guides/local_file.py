"""The file of a school's local answers, written anew by several counselors at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from guides.documents import DocumentError, build, decoded, read
from guides.local import PLACE, LocalAnswer, Locals, read_locals
from guides.writing import Changed, dumped, fingerprint, locked, replaced, rewritten, unreadable


def stamp(entry: LocalAnswer | None) -> str:
    """What changes with an answer; empty where there is none."""
    told = json.dumps(entry.data(), sort_keys=True) if entry else ""
    return hashlib.sha256(told.encode()).hexdigest()[:16] if told else ""


@dataclass(frozen=True)
class LocalFile:
    """A file, which need not be there."""

    path: Path
    careers: Container[str]
    """The slugs that an answer may name."""

    @property
    def name(self) -> str:
        """Its name for messages."""
        return f"{PLACE}/{self.path.name}"

    def answers(self) -> Locals:
        """What it holds.

        Raises:
            DocumentError: with all its faults.
        """
        return read_locals(self.path, self.careers) if self.path.exists() else {}

    def text(self) -> str:
        """What stands in it, faults and all.

        Raises:
            DocumentError: it cannot be read.
        """
        return decoded(self.path) if self.path.exists() else ""

    def put(self, name: str, entry: LocalAnswer | None, seen: str) -> None:
        """Put an answer in place, or take it out.

        Args:
            seen: the `stamp` of what was there when the change was begun.

        Raises:
            Changed: somebody else changed it meanwhile.
            DocumentError: the file is broken, or does not bear the change.
            Unwritable: it cannot be written.
        """
        with locked(self.path.parent):
            before = dict(self.answers())
            if stamp(before.pop(name, None)) != seen:
                raise Changed(name)
            wanted = {**before, name: entry} if entry else before
            self._write(self._with(name, entry), wanted)

    def tried(self, text: str) -> Locals:
        """The answers that another text holds.

        Raises:
            DocumentError: with all its faults.
        """
        with TemporaryDirectory() as place:
            path = Path(place) / self.path.name
            path.write_bytes(text.encode())
            return read_locals(path, self.careers)

    def replace(self, text: str, seen: str) -> Locals:
        """Put another text in place of the whole; the answers that it holds.

        Args:
            seen: the `fingerprint` of the file when the change was begun.

        Raises:
            As for `put`.
        """
        with locked(self.path.parent):
            if fingerprint(self.path) != seen:
                raise Changed(self.path.name)
            return replaced(self.path, text.encode(), partial(read_locals, careers=self.careers))

    def _with(self, name: str, entry: LocalAnswer | None) -> str:
        """The text of the file with an answer in it, or without it."""
        data: Mapping[str, Any] = read(self.path) if self.path.exists() else {}
        others = {key: value for key, value in data.items() if key != name}
        if entry is None:
            return rewritten(self.text(), others)
        # An entry that is there keeps its place.
        wanted = {**data, name: entry.data()}
        return rewritten(self.text(), wanted) if data else dumped(wanted)

    def _write(self, text: str, wanted: Locals) -> None:
        def check(path: Path) -> None:
            if dict(read_locals(path, self.careers)) != dict(wanted):
                raise unreadable(self.name)

        replaced(self.path, text.encode(), check)


def built(data: Mapping[str, Any]) -> LocalAnswer:
    """An answer of an entry's keys.

    Raises:
        DocumentError: with its faults, each as `key: what was found, what was expected`.
    """
    try:
        return build(LocalAnswer, dict(data), "")
    except DocumentError as error:
        raise DocumentError([fault.removeprefix(": ") for fault in error.faults]) from error
