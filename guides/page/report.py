"""What of a page is not in its guide, line by line, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten

from guides.page.reading import Reading
from guides.page.text import Line, Piece, words_of
from guides.page.words import words

SHOWN = 90
"""Letters of a line that only says again what is known."""
FEWEST = 3
"""Words in a row that are no chance where another line has them too."""


def report(lines: Sequence[Line], reading: Reading, faults: Sequence[str]) -> str:
    """The whole report: one line for each place of the page, its number first."""
    known = _Said(lines, reading)
    left = [(line, list(line.unused())) for line in lines]
    new = [(line, [piece for piece in pieces if known.new(piece)]) for line, pieces in left]
    again = [
        line for (line, pieces), (_, told) in zip(left, new, strict=True) if pieces and not told
    ]
    parts = (
        ("Faults that keep the guide from being used", faults),
        ("Not understood: in the guide nothing says this", _whole(new)),
        ("Used in part: this is left over", _parts(new)),
        ("Said again: all of it stands elsewhere in the guide", _again(again)),
        ("Used more than once", _twice(lines)),
        ("Read by a rule, or at odds: look at it", reading.remarks),
        ("Needs a person's words", reading.todo),
    )
    told = []
    for title, entries in parts:
        listed = list(dict.fromkeys(entries))
        told.append(f"{title}: {len(listed) or 'none'}")
        told += [f"  {entry}" for entry in listed]
    return "\n".join(told)


class _Said:
    """What the guide says already, as words in a row."""

    def __init__(self, lines: Sequence[Line], reading: Reading) -> None:
        names = [*words_of(reading.get("title")), *words_of(reading.get("plural"))]
        self.small = {*words()["carriers"], *names}
        self.leads = {*self.small, *words()["leads"]}
        self.faq = {line.line.number for each in reading.of("faq") for line in each.lines}
        self.rows = {line.number: words_of(line.text) for line in lines if line.uses}
        used = (
            words_of(line.text[use.start : use.end])
            for line in lines
            for use in line.uses
            if use.key != "heading"
        )
        self.values = sorted(used, key=len, reverse=True)

    def new(self, piece: Piece) -> bool:
        """Whether a piece says what the guide does not say.

        An answer to a frequent question repeats facts of many lines; any other line must stand
        whole in one of them.
        """
        found = words_of(piece.text)
        others = [row for number, row in self.rows.items() if number != piece.line.number]
        if piece.line.number not in self.faq:
            again = len(found) >= FEWEST and any(_stands(found, row) for row in others)
            return not again and (not found or any(word not in self.small for word in found))
        said = [False] * len(found)
        for value in self.values:
            _mark(found, value, said)
        for row in others:
            for start in range(len(row) - FEWEST + 1):
                _mark(found, row[start : start + FEWEST], said)
        left = [word for word, is_said in zip(found, said, strict=True) if not is_said]
        return any(word not in self.leads for word in left)


def _stands(found: list[str], row: list[str]) -> bool:
    return any(row[start : start + len(found)] == found for start in range(len(row)))


def _mark(found: list[str], row: list[str], said: list[bool]) -> None:
    if not row or (len(row) == 1 and len(row[0]) < FEWEST):
        return
    for start in range(len(found) - len(row) + 1):
        if found[start : start + len(row)] == row:
            said[start : start + len(row)] = [True] * len(row)


def _whole(new: Iterable[tuple[Line, list[Piece]]]) -> list[str]:
    return [
        f"line {line.number}: {line.text.strip()}"
        for line, pieces in new
        if pieces and not line.uses
    ]


def _parts(new: Iterable[tuple[Line, list[Piece]]]) -> list[str]:
    return [
        f"line {line.number}: " + " ... ".join(piece.text for piece in pieces)
        for line, pieces in new
        if pieces and line.uses
    ]


def _again(lines: Iterable[Line]) -> list[str]:
    return [
        f"line {line.number}: {shorten(line.text, SHOWN, placeholder=' ...')}"
        for line in lines
        if not line.uses
    ]


def _twice(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        keys = [
            use.key.split(" ")[0]
            for place, use in enumerate(line.uses)
            for other in line.uses[:place] + line.uses[place + 1 :]
            if use.start < other.end
            and other.start < use.end
            and use.key.split(" ")[0] != other.key.split(" ")[0]
        ]
        if keys:
            yield f"line {line.number}: {', '.join(sorted(set(keys)))}"
