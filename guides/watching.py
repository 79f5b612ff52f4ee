"""Files that are read again while the server runs."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path

SECONDS = 2.0
"""Between two looks, at the least."""

Stamp = tuple[str, int, int, int]


class Watch:
    """Says when files have changed, come or gone."""

    def __init__(
        self, files: Callable[[], Iterable[Path]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take a first look at the files, which need not be there."""
        self._files, self._clock = files, clock
        self._looked, self._seen = clock(), self._stamps()

    def sees_change(self) -> bool:
        """Whether anything changed since the last look; looks once in `SECONDS` at the most."""
        now = self._clock()
        if now - self._looked < SECONDS:
            return False
        before, self._looked, self._seen = self._seen, now, self._stamps()
        return self._seen != before

    def look_again(self) -> None:
        """Let the next question be answered by another look, however soon it comes."""
        self._looked = self._clock() - SECONDS

    @property
    def is_there(self) -> bool:
        """Whether there was any file at the last look."""
        return bool(self._seen)

    def _stamps(self) -> list[Stamp]:
        """What changes with any of the files."""
        stamps = []
        for path in self._files():
            with contextlib.suppress(OSError):  # is not there, or was removed just now
                found = path.stat()
                stamps.append((path.name, found.st_mtime_ns, found.st_size, found.st_ino))
        return stamps
