"""The lines of answers as paragraphs and lists, and lists cut until they find room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Literal

from answers.labels import label
from answers.words import ENTRY

Kind = Literal["text", "list", "steps"]


@dataclass(frozen=True)
class Block:
    """Paragraphs, entries of a list, or numbered entries."""

    kind: Kind
    lines: Sequence[str]
    left_out: int = 0
    """Entries that found no room."""

    def height(self, width: int) -> int:
        """Printed lines of so many letters that it takes."""
        return sum(ceil(len(line) / width) for line in self.lines) + bool(self.left_out)

    def shorter(self) -> Block:
        """The same less its last entry."""
        return Block(self.kind, self.lines[:-1], self.left_out + 1)

    def told(self) -> Sequence[str]:
        """Its lines, with how many entries are left out."""
        more = label("page", "more", count=self.left_out) if self.left_out else ""
        return [*self.lines, more] if more else self.lines


def blocks(text: str) -> list[Block]:
    """What the lines of an answer are, in order."""
    parts = groupby(text.splitlines(), _kind)
    return [Block(kind, [_bare(line) for line in lines]) for kind, lines in parts]


def _kind(line: str) -> Kind:
    found = ENTRY.match(line)
    if not found:
        return "text"
    return "list" if found[1] == "- " else "steps"


def _bare(line: str) -> str:
    found = ENTRY.match(line)
    return found[2] if found else line


def fitted(
    parts: Iterable[Sequence[Block]], room: int, width: int, least: int
) -> list[list[Block]]:
    """Parts whose lists are cut, the longest first, until all take `room` printed lines at most.

    Args:
        width: letters of a printed line.
        least: entries that every list keeps, also where it stays too long.
    """
    cut = [list(part) for part in parts]
    while height(cut, width) > room:
        lists = [
            (block.height(width), place, at)
            for place, part in enumerate(cut)
            for at, block in enumerate(part)
            if block.kind != "text" and len(block.lines) > least
        ]
        if not lists:
            break
        _, place, at = max(lists)
        cut[place][at] = cut[place][at].shorter()
    return cut


def height(parts: Iterable[Sequence[Block]], width: int) -> int:
    """Printed lines of so many letters that parts take together."""
    return sum(block.height(width) for part in parts for block in part)
