"""A page as lines that know which of their letters were used, and for what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guides.documents import DocumentError, decoded

BULLET = re.compile(r"\s*(?:(?:\[[ xX]?\]|[^\w\s\"'(\[$€£#&@¿¡<]{1,2})\s+|\d{1,2}[.)]\s+(?=\S))")
"""A sign or a number before an entry: -, *, a box, a star, 1) and the like."""
UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u00a0\u202f\u2212\u2011", "''\"\"  --")
"""Signs that come along when text is copied, one for one."""
GLUED = re.compile(r"(?<=[a-z0-9)%+?])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
"""Where two cells of a table may have been copied without a space between them."""
TELLING = re.compile(r"[^\W_]|[$€£]")
"""A letter, a digit or money: what a line without it says is nothing."""
OUTER = " \t,.;:!?·|→—–-\"'()&+/"
LONGEST_ENTRY = 14
"""Words of an entry of a list."""
WORD = re.compile(r"[A-Za-z0-9]+(?:'[a-z]+)?")


@dataclass(frozen=True)
class Use:
    """Letters of a line that went into the guide, and the key that they went to."""

    start: int
    end: int
    key: str


@dataclass(eq=False)
class Line:
    """One line of the page."""

    number: int
    text: str
    uses: list[Use] = field(default_factory=list)

    @property
    def whole(self) -> Piece:
        """The line less its bullet and outer space."""
        found = BULLET.match(self.text)
        return Piece(self, found.end() if found else 0, len(self.text), bool(found)).stripped()

    def unused(self) -> Iterator[Piece]:
        """The pieces that nothing used and that hold a letter, a digit or money."""
        start = self.whole.start
        free = [place >= start for place in range(len(self.text))]
        for use in self.uses:
            free[use.start : use.end] = [False] * (use.end - use.start)
        marks = "".join("x" if is_free else " " for is_free in free)
        for run in re.finditer(r"x+", marks):
            piece = Piece(self, *run.span()).stripped(OUTER)
            if TELLING.search(piece.text):
                yield piece


@dataclass(frozen=True)
class Piece:
    """Some letters of a line."""

    line: Line
    start: int
    end: int
    bullet: bool = False

    @property
    def text(self) -> str:
        """The letters."""
        return self.line.text[self.start : self.end]

    def part(self, start: int, end: int | None = None) -> Piece:
        """A part by places in this piece."""
        stop = len(self.text) if end is None else end
        return Piece(self.line, self.start + start, self.start + stop, self.bullet)

    def cut(self, place: int, width: int = 0) -> list[Piece]:
        """The parts before and behind a place, and what is left out there."""
        return [self.part(0, place), self.part(place + width)]

    def group(self, found: re.Match[str], name: int | str = 0) -> Piece:
        """What a group of a match in this piece's text found."""
        return self.part(*found.span(name))

    def stripped(self, signs: str = " \t") -> Piece:
        """The piece without these signs at its ends."""
        text = self.text
        left = len(text) - len(text.lstrip(signs))
        return self.part(left, max(left, len(text.rstrip(signs))))

    def take(self, key: str) -> str:
        """The text, marked as used for a key of the guide."""
        self.line.uses.append(Use(self.start, self.end, key))
        return " ".join(self.text.split())

    @property
    def is_prose(self) -> bool:
        """Whether it is running text and no entry of a list or table."""
        ended = re.search(r"[.!?][\"')\]]*$", self.text) is not None
        return (ended and not self.bullet) or len(self.text.split()) > LONGEST_ENTRY

    @property
    def free(self) -> bool:
        """Whether no letter of it is used yet."""
        return not any(use.start < self.end and self.start < use.end for use in self.line.uses)


def read_page(path: Path) -> list[Line]:
    """The lines of a page.

    Raises:
        DocumentError: there is no such file, or it is no text.
    """
    try:
        text = decoded(path)
    except OSError as error:
        fault = f"{path}: found no readable file ({error.strerror}), expected a page saved as text"
        raise DocumentError([fault]) from error
    plain = UNSEEN.sub("", text).translate(PLAIN)
    lines = [Line(number, line) for number, line in enumerate(plain.splitlines(), 1)]
    if not any(WORD.search(line.text) for line in lines):
        raise DocumentError([f"{path.name}: top: found no words, expected a career page as text"])
    return lines


def words_of(text: str) -> list[str]:
    """The words in small letters; cells that were copied without a space count apart."""
    return [word.lower() for word in WORD.findall(GLUED.sub(" ", text))]
