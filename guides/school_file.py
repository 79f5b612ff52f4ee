"""The file of a school, written anew by its counselors: only what they may set, and its logo."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guides.documents import decoded, read
from guides.school import School
from guides.schools import IMAGES, LARGEST_LOGO, Schools
from guides.writing import Changed, fingerprint, locked, replaced, rewritten, unreadable

KEYS = ("name", "person", "colour", "logo", "first_guides", "keep_days")
"""What a counselor may set."""
MARKS = {".png": (12, b"IHDR"), ".webp": (8, b"WEBP")}
"""What else stands in a picture, and where: other files begin alike."""
OURS = re.compile(r"logo-[0-9a-f]{16}\.(png|webp)")
"""Names of logos that came by the desk, after what is in them: none takes another's place."""


class NoLogo(ValueError):
    """A file that cannot be a logo."""


@dataclass(frozen=True)
class SchoolFile:
    """A school's own file."""

    schools: Schools
    school: School

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.schools.file_of(self.school)

    def most_days(self) -> int:
        """The most days for which a counselor may let conversations be kept."""
        allowed = self.schools.default.keep_days if self.school.slug else 30
        return max(allowed, self.school.keep_days)

    def put(self, wanted: Mapping[str, Any], seen: str) -> list[str]:
        """Write what is set; the keys that have changed.

        Args:
            wanted: a value for each key of `KEYS`, as the file holds it.
            seen: the fingerprint when the change was begun.

        Raises:
            Changed: somebody else changed the file meanwhile.
            DocumentError: the file is broken, or a value is none that it may have.
            Unwritable: it cannot be written.
        """
        with locked(self.path.parent):
            if fingerprint(self.path) != seen:
                raise Changed(self.path.name)
            before, inherited = settings(self.school), self._inherited()
            changed = [key for key in KEYS if wanted[key] != before[key]]
            data = read(self.path)
            for key in changed:
                if wanted[key] == inherited.get(key, ...):
                    data.pop(key, None)
                else:
                    data[key] = wanted[key]
            self._write(data)
        if "logo" in changed:
            self.drop_logo(before["logo"])
        return changed

    def _inherited(self) -> dict[str, Any]:
        """What is in force where the file says nothing; it always says the name and, of one, whom to ask."""
        if self.school.slug:
            return {**settings(self.schools.default), "name": ...}
        return {"colour": None, "logo": None, "first_guides": [], "keep_days": 30}

    def _write(self, data: Mapping[str, Any]) -> None:
        def check(path: Path) -> None:
            self.schools.checked(self.school, path)
            if read(path) != data:
                raise unreadable(path.name)

        replaced(self.path, rewritten(decoded(self.path), data).encode(), check)

    def add_logo(self, data: bytes) -> str:
        """Keep a picture; its name.

        Raises:
            NoLogo: it is no PNG or WebP, or too large.
            Unwritable: it cannot be written.
        """
        name = f"logo-{hashlib.sha256(data).hexdigest()[:16]}{_kind(data)}"
        with locked(self.schools.folder):
            replaced(self.schools.folder / name, data, lambda path: None)
        return name

    def drop_logo(self, name: str | None) -> None:
        """Remove a picture that came by the desk, unless another school has the same."""
        every = (self.schools.default, *self.schools.every())
        others = {each.logo for each in every if each.slug != self.school.slug}
        if name and OURS.fullmatch(name) and name not in others:
            (self.schools.folder / name).unlink(missing_ok=True)


def settings(school: School) -> dict[str, Any]:
    """What a counselor may set, as files hold it."""
    person = {key: value for key, value in school.person.dict().items() if value}
    told = {key: getattr(school, key) for key in KEYS}
    return {**told, "person": person, "keep_days": int(school.keep_days)}


def _kind(data: bytes) -> str:
    """The ending of a picture's name."""
    for suffix, (_, beginning) in IMAGES.items():
        place, mark = MARKS[suffix]
        is_one = data.startswith(beginning) and data[place : place + len(mark)] == mark
        if is_one and len(data) <= LARGEST_LOGO:
            return suffix
    raise NoLogo(f"expected a PNG or WebP file of {LARGEST_LOGO:,} bytes at most")
