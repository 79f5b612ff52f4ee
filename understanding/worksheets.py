"""The items of a written list: a worksheet to fill in, numbered questions, one question a line.

Each item is a question of its own, however unsure its topic: what the guide lacks is said there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from understanding.english import english

RULES = english("worksheets")
NUMBERED = RULES["numbered"]
MARK = re.compile(
    rf"(?:(?:{NUMBERED}|#)\s*\d{{1,2}}[.):]*|"
    r"\(?\d{1,2}[.):]+|\(?[a-j][.)]|\d{1,2}(?=\s+[^\W\d_])|[-*\u2022\u2013\u25e6\u25cf])\s*",
    re.I,
)
"""How an item of a list begins: "1.", "2)", "b)", "3 pay", "Q4:", "-"."""
INLINE = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)]\s*(?=[^\W\d_])")
"""A number before an item in the middle of a line."""
LETTERED = re.compile(r"(?:^|(?<=\s))\(?([a-j])\)\s*(?=[^\W\d_])", re.I)
"""A letter before such an item: "(a) the pay (b) the hours"."""
BARE_INLINE = re.compile(r"(?:^|(?<=\s))(\d{1,2})\s+(?=[^\W\d_])")
"""The same without a sign after it."""
BLANK = re.compile(r"_{2,}|\.{4,}|\u2026{2,}|(?:[:=]|-)\s*\?+\s*$")
"""A place to fill in."""
LABEL = re.compile(r"^([^:?=]{2,60}?)\s*[:=]\s*(.*)$")
"""What is asked for, and what stands there already."""
OF_PERSON = RULES.words("of_person")
"""Labels of a worksheet that ask for the student and not for the career."""
INLINE_LABEL = re.compile(
    r"(?:^|(?<=[_.\u2026]))[\s,;|]*(?=[^\W\d_])[^:=_?]{2,40}[:=?]?\s*(?=_{2}|\.{4}|\u2026)"
)
"""A label with a blank in the middle of a line."""
TASK = RULES.pattern("task", r"(?i:{})\b")
"""How a heading begins that says what is to be done."""
MOST_ITEMS = 10
LEAST_LINES = 3
"""Of a list without marks; two lines are a story more often."""
LONGEST = 20
"""Words of an item without a mark; more are told, not asked."""


@dataclass(frozen=True)
class Item:
    """One item: its words as typed, less its mark and blanks."""

    text: str
    marked: bool


def items(text: str) -> list[str]:
    """The items of a written list in order, at most `MOST_ITEMS`; none where the text is no list.

    Left out are headings and what is filled in already ("Job title: MLOps Engineer").
    """
    lines = _lines(text)
    found = [_item(line) for line in lines]
    marked = [item.marked for item in found]
    blanks = any(BLANK.search(line) for line in lines)
    if sum(marked) > 1:
        first = marked.index(True)
        found, lines = found[first:], lines[first:]
    elif not blanks and not _is_plain_list(found):
        return []
    labels = [LABEL.match(item.text) for item in found]
    open_ones = sum(bool(label and not _given(label)) for label in labels)
    asked = [
        _asked(item, label, blanks or open_ones > 1)
        for item, label in zip(found, labels, strict=True)
    ]
    kept = [each for each in asked if re.search(r"[^\W\d_]|\$", each)]
    return kept[:MOST_ITEMS] if len(kept) > 1 else []


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if re.search(r"[\w$]", line)]
    if len(lines) > 1:
        return lines
    inline = ((INLINE, 2), (LETTERED, 2), (BARE_INLINE, LEAST_LINES), (INLINE_LABEL, 2))
    for pattern, least in inline:
        edges = [*_in_order(list(pattern.finditer(text))), len(text)]
        if len(edges) > least:
            return [text[start:end].strip() for start, end in pairwise(edges)]
    return lines


def _in_order(places: Sequence[re.Match[str]]) -> list[int]:
    """Where the items begin; nowhere if their numbers or letters do not go up by one."""
    numbers = [_number(place[1]) for place in places if place.re.groups]
    first = numbers.index(1) if 1 in numbers else 0
    in_order = all(other == one + 1 for one, other in pairwise(numbers[first:]))
    return [place.start() for place in places[first:]] if in_order else []


def _number(mark: str) -> int:
    return int(mark) if mark.isdigit() else ord(mark.lower()) - ord("a") + 1


def _item(line: str) -> Item:
    mark = MARK.match(line)
    return Item(line[mark.end() :].strip() if mark else line, bool(mark))


def _is_plain_list(found: Sequence[Item]) -> bool:
    short = all(len(item.text.split()) <= LONGEST for item in found)
    asking = sum("?" in item.text for item in found)
    return short and (len(found) >= LEAST_LINES or (len(found) > 1 and asking == len(found)))


def _given(label: re.Match[str]) -> bool:
    return bool(re.search(r"\w", label[2].replace("_", ""))) and not BLANK.match(label[2])


def _asked(item: Item, label: re.Match[str] | None, sheet: bool) -> str:
    """What an item asks; nothing where it is a heading or filled in."""
    if item.text.endswith(":") and TASK.match(item.text):
        return ""
    if label and sheet:
        return "" if _given(label) or label[1].lower() in OF_PERSON else label[1].strip(" ,;|")
    if sheet and not item.marked and not BLANK.search(item.text):
        return ""
    if item.text.endswith(":"):
        return ""
    return re.sub(r"\s+", " ", re.sub(r"_{2,}|\.{4,}", " ", item.text)).strip(" -:,;|")
