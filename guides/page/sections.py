"""Cuts a page into sections by the words of its headings, whatever their number and order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from guides.page.forms import cells
from guides.page.text import TELLING, Line, Piece, words_of
from guides.page.words import words

NUMBERED = re.compile(
    r"\s*(?:(?:section|part|chapter)\s+\d{1,2}\s*[·•|.):–—-]?\s+|\d{1,2}\s*[·•|]\s*)(?=[^\W\d])",
    re.IGNORECASE,
)
MARKED = re.compile(r"\s*(?:#{1,4}\s+|\*\*(?=[^*]+\*\*:?\s*$))(?:\d{1,2}[.)·:]?\s*)?")
COUNTED = re.compile(r"\s*\d{1,2}\s*[.):–—-]?\s+(?=[^\W\d])")
LONGEST = 9
"""Words of a heading without a sign of its own."""
PREAMBLE = "preamble"
"""What stands before the first heading."""
FEWEST_NUMBERED = 3
"""Numbered headings of a page that goes by them."""
MOST_MISSING = 4
"""How far the numbers of two headings may be apart."""
ENDS = (".", ",", "!", ";")
OF_ENTRIES = (
    "pros",
    "cons",
    "fit",
    "high_school",
    "pathway",
    "skills",
    "education",
    "tools",
    "tasks",
    "day",
)
"""Sections whose entries stand behind bullets, if any of them does."""
ASKED = ("faq", "transcript")
"""Sections whose questions are no headings."""


@dataclass
class Section:
    """One section: what it is about, its heading, its lines."""

    kind: str | None
    heading: Piece | None
    lines: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class _Heading:
    kind: str | None


def sections(lines: list[Line]) -> list[Section]:
    """The sections in the order of the page; what stands before the first has no heading."""
    found = [Section(PREAMBLE, None)]
    numbered = sum(bool(NUMBERED.match(line.text)) for line in lines) >= FEWEST_NUMBERED
    counted = _counted(lines)
    for line in lines:
        piece = line.whole
        if not TELLING.search(piece.text):
            continue
        if line.number in counted:
            heading: _Heading | None = _Heading(kind_of(COUNTED.sub("", line.text, count=1)))
        else:
            heading = _heading(piece, found[-1].kind, numbered or bool(counted))
        first = len(found) == 1 and not found[0].lines
        named = first and heading is not None and heading.kind is None
        if heading is None or (named and not NUMBERED.match(line.text)):
            if _leads_elsewhere(piece, found[-1]):
                found.append(Section(None, None))
            found[-1].lines.append(_unmarked(piece))
            continue
        piece.take("heading")
        found.append(Section(heading.kind, piece))
    for section in found:
        section.lines = list(_less_heads(section.lines))
    return found


def _counted(lines: list[Line]) -> set[int]:
    """Lines that are headings by their numbers, which rise through the page: "7. Money".

    A number right above or below the next one is that of a list.
    """
    told = [line for line in lines if TELLING.search(line.text)]
    found = {line.number: _count(line) for line in told}
    chain: list[Line] = []
    last = 0
    for before, line, after in zip([None, *told], told, [*told[1:], None], strict=False):
        number = found[line.number]
        near = [found[each.number] for each in (before, after) if each]
        alone = number and number - 1 not in near and number + 1 not in near
        if number and alone and last < number <= last + MOST_MISSING:
            chain.append(line)
            last = number
    known = [line for line in chain if kind_of(COUNTED.sub("", line.text, count=1))]
    return {line.number for line in chain} if len(known) >= FEWEST_NUMBERED else set()


def _count(line: Line) -> int | None:
    """The number before a line that may be a heading."""
    found = COUNTED.match(line.text)
    if not found or len(words_of(line.text)) > LONGEST or line.text.rstrip().endswith(ENDS):
        return None
    return int(re.findall(r"\d+", found[0])[0])


def _leads_elsewhere(piece: Piece, section: Section) -> bool:
    """Whether a line behind the entries of a list looks like a heading of unknown words."""
    behind_entries = bool(section.lines) and section.lines[-1].bullet
    bare = not piece.bullet and not piece.is_prose and not re.search(r"[:\d|\t]", piece.text)
    return section.kind in OF_ENTRIES and behind_entries and bare


def _unmarked(piece: Piece) -> Piece:
    """A line without the sign of a heading."""
    found = re.match(r"[#*]+\s*", piece.text)
    return (piece.part(found.end()) if found else piece).stripped(" \t*")


def _less_heads(lines: list[Piece]) -> Iterator[Piece]:
    """The lines without the heads of tables, which hold only names of columns."""
    for line in lines:
        if len(cells(line)) > 1 and all(word in words()["columns"] for word in words_of(line.text)):
            line.take("heading")
        else:
            yield line


def _heading(piece: Piece, current: str | None, numbered: bool) -> _Heading | None:
    text = piece.line.text
    for pattern in (NUMBERED, MARKED):
        found = pattern.match(text)
        if found:
            return _Heading(kind_of(text[found.end() :]))
    if piece.bullet and not COUNTED.match(text):
        return None
    bare = COUNTED.sub("", text, count=1) if COUNTED.match(text) else text
    if len(words_of(bare)) > LONGEST or bare.rstrip().endswith(ENDS):
        return None
    if current in ASKED and (numbered or bare.rstrip().endswith("?")):
        return None
    kind = kind_of(bare)
    return _Heading(kind) if kind and _nothing_else(bare) else None


@cache
def _phrases() -> Mapping[tuple[str, ...], str]:
    headings: Mapping[str, list[str]] = words()["headings"]
    return {tuple(words_of(each)): kind for kind, listed in headings.items() for each in listed}


def kind_of(heading: str) -> str | None:
    """What a heading is about: by its first words that say so, the longest of them."""
    return next((kind for _, _, kind in _named(words_of(heading))), None)


def _named(found: list[str]) -> Iterator[tuple[int, int, str]]:
    place = 0
    while place < len(found):
        for end in range(len(found), place, -1):
            kind = _phrases().get(tuple(found[place:end]))
            if kind:
                yield place, end, kind
                place = end - 1
                break
        place += 1


def _nothing_else(heading: str) -> bool:
    """Whether a heading holds only words of headings."""
    found = words_of(heading)
    said = {place for start, end, _ in _named(found) for place in range(start, end)}
    return all(place in said or word in words()["fillers"] for place, word in enumerate(found))
