"""Tools of the trade, in a section of their own or in a sentence."""

from __future__ import annotations

import re

from guides.page.forms import (
    cells,
    listed,
)
from guides.page.prose import prose
from guides.page.reading import Reading, free_lines
from guides.page.sections import Section
from guides.page.text import Piece, words_of
from guides.page.words import words
from understanding.english import any_of


def tools(reading: Reading, section: Section) -> None:
    """Tools, one a line or in a list, with their use where it stands beside them."""
    for line in free_lines(section):
        row = cells(line)
        if len(row) == 1 and ": " in line.text:
            row = line.cut(line.text.index(": "), 2)
        if line.is_prose and len(row) == 1:
            continue
        if len(row) > 1:
            _tool(reading, row[0], row[1].stripped(" ."))
        else:
            add_tools(reading, listed(line) if not line.bullet else [line])


def add_tools(reading: Reading, pieces: list[Piece]) -> None:
    for piece in pieces:
        _tool(reading, piece, None)


def _tool(reading: Reading, name: Piece, use: Piece | None) -> None:
    there = reading.get("tools") or []
    said = name.stripped(" .").take("tools")
    if said.lower() in {each["name"].lower() for each in there}:
        return
    item = {"name": said}
    if use and words_of(use.text):
        item["use"] = use.take("tools")
    reading.append("tools", item)


def tools_in_prose(reading: Reading) -> None:
    """Tools that a sentence lists: "tools like Python, Docker, and ..."; none where a section has them."""
    if reading.get("tools"):
        return
    for sentence in prose(reading, "tools", "day", "skills", "transcript", "faq"):
        found = re.search(rf"\b(?:{any_of(words()['lists']['tools'])})\s+(.+)", sentence.text, re.I)
        for entry in _nested(sentence.group(found, 1)) if found else []:
            _named_tool(reading, entry)


def _nested(piece: Piece) -> list[Piece]:
    """The entries of a list, one of which may hold a list: "clouds such as AWS or Azure, and Git"."""
    found: list[Piece] = []
    inside = False
    inner = any_of(words()["nested"])
    for entry in _entries_of(piece):
        joined = re.match(r"(?:and|or)\s+", entry.text)
        if inside:
            found[-1] = Piece(entry.line, found[-1].start, entry.end)
            inside = not joined
        else:
            found.append(entry.part(joined.end()) if joined else entry)
            opened = re.search(rf"\s(?:{inner})\s(?!.*\s(?:and|or)\s)", entry.text)
            inside = opened is not None
    return [each.stripped(" .") for each in found]


def _entries_of(piece: Piece) -> list[Piece]:
    start, found = 0, []
    for each in re.finditer(r",\s+", piece.text):
        found.append(piece.part(start, each.start()))
        start = each.end()
    return [*found, piece.part(start)]


def _named_tool(reading: Reading, entry: Piece) -> None:
    """A tool with its use: "clouds such as X or Y" are X or Y, for clouds."""
    inner = re.search(rf"\s(?:{any_of(words()['nested'])})\s", entry.text)
    further = re.search(r"\s(?:that|which)\s", entry.text)
    if inner:
        _tool(reading, entry.part(inner.end()), entry.part(0, inner.start()))
    elif further:
        _tool(reading, entry.part(0, further.start()), entry.part(further.end()))
    else:
        _tool(reading, entry, None)
