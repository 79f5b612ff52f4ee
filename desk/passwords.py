"""Passwords: which are taken, and how they are checked without being kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from desk.words import WORDS

SHORTEST, LONGEST = 10, 200
"""Characters."""
FEWEST = 6
"""Different characters that a password has beside what anybody would guess."""
SHORTEST_PART = 4
"""Letters from which on a part of a name is what anybody would guess."""
MOST_WAITING = 8
"""Who may wait for a password to be checked: each takes a tenth of a second, and 64 MiB."""

Result = TypeVar("Result")


class Busy(Exception):
    """Too many wait already."""


class Passwords:
    """Checks one password at a time, in a thread, with the parameters that argon2-cffi advises."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._thread = ThreadPoolExecutor(1, "passwords")
        self._nobodys = self._hasher.hash("nobody has this password")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """What a password is checked by.

        Raises:
            Busy: too many wait already.
        """
        return await self._off(lambda: self._hasher.hash(password))

    async def fits(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password; takes as long where there is none.

        Raises:
            Busy: too many wait already.
        """
        right = await self._off(lambda: self._verify(hashed or self._nobodys, password))
        return right and hashed is not None

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (Argon2Error, InvalidHashError):
            return False

    async def _off(self, work: Callable[[], Result]) -> Result:
        if self._waiting >= MOST_WAITING:
            raise Busy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._waiting -= 1


def is_weak(password: str, names: Iterable[str]) -> bool:
    """Whether somebody would guess it who knows the names and what people usually take."""
    parts = {part for name in names for part in re.split(r"\W+", name.casefold())}
    guessed = {part for part in parts if len(part) >= SHORTEST_PART} | set(_usual())
    left = password.casefold()
    for part in sorted(guessed, key=len, reverse=True):
        left = left.replace(part, "")
    return len(set(left)) < FEWEST


def _usual() -> list[str]:
    return WORDS.label("passwords", "usual").split()
