"""Facts that stand beside their label, on its line or below it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from guides.page.forms import (
    cells,
    hours_a_week,
    listed,
)
from guides.page.prose import growth, pay, people
from guides.page.reading import Reading
from guides.page.school import add_grades
from guides.page.sections import PREAMBLE, Section
from guides.page.text import Piece, words_of
from guides.page.tools import add_tools
from guides.page.words import phrase, words
from understanding.english import any_of

LISTS = (
    "snapshot.titles",
    "snapshot.employers",
    "snapshot.top_skills",
    "salary.varies_with",
    "outlook.directions",
    "college.majors",
    "college.electives",
    "college.internships",
)
OPEN = ("snapshot", "pay", "market", "outlook", "college", "tools", PREAMBLE)
"""Sections that hold any labelled fact; others hold only their own."""


def read_labels(reading: Reading, section: Section) -> None:
    """Facts with their label before them, on the line or on the line above."""
    lines = section.lines
    for place, line in enumerate(lines):
        if not line.free:
            continue
        key, value = _labelled(line, section.kind)
        if not key:
            continue
        values = [value] if value else _below(lines[place:], section.kind)
        said = [each for each in values if _value(reading, key, each)]
        if said:
            for label in _around(line, value):
                label.take(f"{key} (label)")


def _around(line: Piece, value: Piece | None) -> list[Piece]:
    """The label of a line: before its value, or behind it."""
    if value is None:
        return [line]
    before = line.part(0, value.start - line.start)
    return [before] if before.text else [line.part(value.end - line.start)]


def _below(lines: list[Piece], kind: str | None) -> list[Piece]:
    """The lines that a label on a line of its own speaks of."""
    label, *rest = lines
    found: list[Piece] = []
    for line in rest:
        follows = bool(found) and line.line.number == found[-1].line.number + 1
        alike = bool(found) and line.bullet == found[-1].bullet and not line.is_prose
        goes_on = not found or (not label.bullet and follows and alike)
        if not goes_on or _labelled(line, kind)[0]:
            break
        found.append(line)
    return found


def _labelled(line: Piece, kind: str | None) -> tuple[str | None, Piece | None]:
    """The key that the label of a line means, and its value where it is on the line."""
    rows = [cells(line), _unglued(line)]
    if ":" in line.text:
        rows.append([each.stripped() for each in line.cut(line.text.index(":"), 1)])
    for row in rows:
        key = _key(row[0], kind)
        if key:
            told = [cell for cell in row[1:] if cell.text]
            value = Piece(line.line, told[0].start, told[-1].end) if told else None
            return key, value
    return None, None


def _key(label: Piece, kind: str | None) -> str | None:
    """The key that a label means in a section; None where it means none."""
    keys = _keys().get(tuple(words_of(label.text)), ())
    return next((key for key in keys if kind in OPEN or key.startswith(f"{kind}.")), None)


@cache
def _keys() -> Mapping[tuple[str, ...], list[str]]:
    """The keys that a label may mean, by its words."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, labels in words()["labels"].items():
        for label in labels:
            found[tuple(words_of(label))].append(str(key))
    return found


@cache
def _glued() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A label before its value, and one behind it."""
    labels = any_of(label for listed_ in words()["labels"].values() for label in listed_)
    return (
        re.compile(rf"(?i:{labels})(?=[A-Z0-9$€£+~]| [$€£+]?\d)"),
        re.compile(
            rf"(?<=[a-z0-9%+)])(?=[A-Z])(?P<label>(?i:{labels}))(?: (?:by|through) 20\d\d)?$"
        ),
    )


def _unglued(line: Piece) -> list[Piece]:
    """Label and value of a row that was copied without a space: Median salary$158k."""
    first, value_first = _glued()
    found = first.match(line.text)
    if found:
        return line.cut(found.end())
    # The value may come first: $158kMedian salary.
    last = value_first.search(line.text)
    return [line.group(last, "label"), line.part(0, last.start())] if last else [line]


def _value(reading: Reading, key: str, piece: Piece) -> bool:
    """Read the value of a label; whether anything of it is understood."""
    used = len(piece.line.uses)
    if key in LISTS:
        reading.add(key, listed(piece))
    elif key == "tools":
        add_tools(reading, listed(piece))
    elif key in ("snapshot.hours", "high_school.hours"):
        _hours(reading, key, piece)
    elif key == "high_school.grades":
        add_grades(reading, [piece])
    elif key.startswith("salary."):
        pay(reading, piece, key)
    elif key in ("market.openings", "market.jobs"):
        people(reading, key, piece, labelled=True)
    elif key == "outlook.growth":
        growth(reading, piece.line.whole, labelled=True)
    elif key == "market.demand":
        reading.put(key, piece.text.strip(". ").lower(), piece)
    else:
        reading.text(key, [piece])
    return len(piece.line.uses) > used


def _hours(reading: Reading, key: str, piece: Piece) -> None:
    """Hours a week; of a job also where it is done, and how common that is."""
    found = hours_a_week(piece.text)
    if not found:
        return
    name = f"{key}.week" if key.startswith("snapshot") else key
    if not reading.put(name, found.value, piece.part(found.start, found.end)):
        return
    if not key.startswith("snapshot"):
        return
    parts = (piece.part(0, found.start), piece.part(found.end))
    for rest in (part.stripped(" \t,;:—–-") for part in parts):
        if words_of(rest.text):
            _setting(reading, key, rest)


def _setting(reading: Reading, key: str, rest: Piece) -> None:
    """Where work is done, and how common that is."""
    often = phrase("how_often").match(rest.text)
    told = listed(rest.part(often.end()).stripped() if often else rest, prose=True)
    places = [each for each in told if not phrase("about_figures").fullmatch(each.text)]
    if not places:
        return
    if often:
        reading.put(f"{key}.how_often", often[0].lower(), rest.group(often))
    elif reading.get(f"{key}.how_often") is None:
        reading.put(f"{key}.how_often", reading.default(f"{key}.how_often"))
    reading.add(f"{key}.setting", places)
