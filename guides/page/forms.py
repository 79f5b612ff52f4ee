"""What has a form of its own: shares, scores, lengths, money, times of the day, lists, sentences.

Each reader gives a value with its place in the text, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from guides.page.text import Piece
from guides.page.words import whole, words
from understanding.english import any_of

PERCENT = re.compile(
    r"(?<![\w.])?([+-]?)(\d+(?:\.\d+)?) ?(?:%|percent\b|per cent\b)", re.IGNORECASE
)
SCORE = re.compile(r"(\d+(?:\.\d+)?) ?(?:/|out of) ?(100|10|5)\b")
LEVEL = re.compile(r"(?<![\w$€£])([$€£])\1{0,2}(?![\w$€£.])|(?<=[a-z])\${1,3}(?![\w$])")
CLOCK = re.compile(
    r"(?P<four>[01]\d[0-5]\d|2[0-3][0-5]\d)(?: ?h(?:ou)?rs?\b|h\b)?(?=\s)|(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
STAMP = re.compile(r"[\[(]?(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)[\])]?[\s—–-]*")
SEPARATOR = re.compile(r"\s*(?:\t+| {3,}|\s[|·→—–]\s|\|)\s*")
ABBREVIATED = re.compile(r"\b(?:U\.S|U\.K|e\.g|i\.e|vs|Dr|Mr|Ms|Mrs|St|No|approx|etc|[A-Z])\.$")
SENTENCE_END = re.compile(r"[.!?][\"')\]]*(?=\s+[\"'(\[]?[A-Z0-9])")
YEARS = re.compile(r"\b(20\d\d)(?: ?(?:-|–|to|and|through|until) ?(20\d\d|\d\d))?\b")


class Found(NamedTuple):
    """A value and its place in the text."""

    value: Any
    start: int
    end: int


@dataclass(frozen=True)
class Time:
    """A time as it is written; `half` is am, pm or nothing."""

    hour: int
    minute: int
    half: str


@cache
def _span_pattern() -> re.Pattern[str]:
    units = any_of(word for unit in words()["units"].values() for word in unit)
    number = rf"(?:\d+(?:\.\d+)?|{whole(words()['numbers'])})"
    to = rf" ?(?:{any_of(words()['to'])}) ?"
    more = any_of(words()["open_end"])
    return re.compile(
        rf"(?P<open>{whole(words()['open_start'])} )?(?<![\d.,$€£/:])(?P<low>{number})"
        rf"(?:[ -]?(?P<first>{units})(?-i:(?![a-z])))?(?:{to}(?P<high>{number}))?(?P<more>{more})?"
        rf"(?:[ -]?| ?/ ?)(?P<unit>{units})(?-i:(?![a-z]))(?: (?P<further>or more)\b)?",
        re.IGNORECASE,
    )


def _number(text: str) -> float:
    return float(words()["numbers"].get(text.lower(), 0) or text)


def _unit(word: str) -> str:
    return next(str(u) for u, names in words()["units"].items() if word.lower() in names)


def spans(text: str) -> list[Found]:
    """Every length in a text: 2-4 years, one summer, 7+ years, 6 months to 1 year."""
    return [found for each in _span_pattern().finditer(text) if (found := _span(each))]


PARTS = {("years", "months"): 12}


def _span(found: re.Match[str]) -> Found | None:
    low, high = _number(found["low"]), found["high"] and _number(found["high"])
    unit = _unit(found["unit"])
    first = _unit(found["first"]) if found["first"] else unit
    if first != unit and high:  # 6 months to 1 year: both in the smaller one
        if (unit, first) not in PARTS:
            return None
        high, unit = high * PARTS[unit, first], first
    ends = [low] if not high else [low, high]
    if any(end % 1 for end in ends) and unit == "years":
        ends, unit = [end * 12 for end in ends], "months"
    if any(end % 1 for end in ends) or ends[-1] < ends[0]:
        return None
    value = {"min": int(ends[0]), "max": int(ends[-1]), "unit": unit}
    if len(ends) == 1 and (found["more"] or found["open"] or found["further"]):
        del value["max"]
    return Found(value, *found.span())


def hours_a_week(text: str) -> Found | None:
    """Hours a week: 40-50 / week, 36 hours a week, 3-5 hrs/wk."""
    week, hour = any_of(words()["units"]["weeks"]), any_of(words()["units"]["hours"])
    to = rf" ?(?:{any_of(words()['to'])}) ?"
    number = rf"\d+|{whole(words()['numbers'])}"
    pattern = rf"(?<![\d.])({number})(?:{to}({number}))?(\+)?[ -]?(?:{hour})?(?: ?(?:/|a|per|each|every) ?(?:{week})\b|(?: ?/ ?(?:{week})))"
    found = re.search(pattern, text, re.IGNORECASE)
    if not found:
        return None
    value = {
        "min": int(_number(found[1])),
        "max": int(_number(found[2] or found[1])),
        "unit": "hours",
    }
    if found[3]:
        del value["max"]
    return Found(value, *found.span())


@cache
def _money_pattern() -> re.Pattern[str]:
    sign = any_of(words()["currencies"])
    return re.compile(
        rf"(?P<sign>{sign}) ?(?P<amount>\d[\d,]*(?:\.\d+)?) ?(?P<times>(?:{any_of([*words()['thousand'], *words()['million']])})\b)?",
        re.IGNORECASE,
    )


def amounts(text: str) -> list[Found]:
    """Every amount with its currency: (158000, USD) of $158k."""
    found = []
    for each in _money_pattern().finditer(text):
        times = (each["times"] or "").lower()
        factor = 1000 if times in words()["thousand"] else 1000000 if times else 1
        value = round(float(each["amount"].replace(",", "")) * factor, 2)
        amount = int(value) if value == int(value) else value
        currency = words()["currencies"][each["sign"].upper()]
        found.append(Found((amount, currency), *each.span()))
    # "$130-185k": the first end is in thousands as well, and has to be read with the second.
    for place in range(len(found)):
        tail = re.match(r" ?[-–—] ?(\d[\d,]*(?:\.\d+)?) ?(k)?\b", text[found[place].end :])
        if tail:
            (low, currency), factor = found[place].value, 1000 if tail[2] else 1
            high = float(tail[1].replace(",", "")) * factor
            low = low * factor if low < 1000 else low
            end = found[place].end
            found[place] = Found((int(low), currency), found[place].start, end)
            found.append(Found((int(high), currency), end, end + tail.end()))
    return sorted(found, key=lambda each: each.start)


def counted(text: str) -> Found | None:
    """A number of people or posts: 3,282,010 or 3.3 million."""
    found = re.search(
        rf"(\d[\d,]*(?:\.\d+)?)(?: ({any_of([*words()['thousand'], 'million'])})\b)?", text
    )
    if not found:
        return None
    factor = {None: 1, "million": 1000000}.get(found[2], 1000)
    value = float(found[1].replace(",", "")) * factor
    return Found(int(value), *found.span()) if value == int(value) else None


def score(text: str) -> Found | None:
    """Points of 100: 92/100, 92%, 9 out of 10, or the only number of a row at its end."""
    found = SCORE.search(text) or PERCENT.search(text)
    if found and found.re is SCORE:
        points = float(found[1]) * 100 / float(found[2])
    elif found:
        points = float(found[2])
    else:
        found = re.search(r"(?<![\d.,/$€£])\d{1,3}$", text)
        points = float(found[0]) if found and not re.search(r"\d", text[: found.start()]) else -1
    if not found or points % 1 or not 0 <= points <= 100:
        return None
    return Found(int(points), *found.span())


def clock(text: str) -> Found | None:
    """The time of the day that a text starts with, as `Time`."""
    named = re.match(whole(words()["noon"]), text, re.IGNORECASE)
    if named:
        hour, minute = words()["noon"][named[0].lower()].split(":")
        return Found(Time(int(hour), int(minute), "24"), *named.span())
    found = CLOCK.match(text)
    if found and found["four"]:
        hour, minute = found["four"][:2], found["four"][2:]
        return Found(Time(int(hour), int(minute), "24"), *found.span())
    if not found or not (found["minute"] or found["half"]) or int(found["hour"]) > 24:
        return None
    half = (found["half"] or "").lower().replace(".", "")
    return Found(Time(int(found["hour"]) % 24, int(found["minute"] or 0), half), *found.span())


def stamp(text: str) -> Found | None:
    """A place in a recording that a text starts with: minutes and seconds."""
    found = STAMP.match(text)
    if not found:
        return None
    minutes = int(found[1] or 0) * 60 + int(found[2])
    return Found(f"{minutes}:{found[3]}", *found.span())


def sentences(piece: Piece) -> Iterator[Piece]:
    """The sentences of a piece."""
    text, start = piece.text, 0
    for found in SENTENCE_END.finditer(text):
        if not ABBREVIATED.search(text[start : found.end()]):
            yield piece.part(start, found.end()).stripped()
            start = found.end()
    rest = piece.part(start).stripped()
    if rest.text:
        yield rest


def cells(piece: Piece) -> list[Piece]:
    """The cells of a row that tabs, bars or dashes divide; one where nothing does."""
    text, start, found = piece.text, 0, []
    for each in SEPARATOR.finditer(text):
        found.append(piece.part(start, each.start()))
        start = each.end()
    found.append(piece.part(start))
    return [cell.stripped() for cell in found if cell.stripped().text]


def listed(piece: Piece, prose: bool = False) -> list[Piece]:
    """The entries of a list: divided by dots, semicolons or commas; the last one after "and".

    Args:
        prose: whether "and" divides where there is no comma.
    """
    text = piece.text
    for divider in (r"\s*[·•;|]\s*", r",\s+(?![^()]*\))"):
        if re.search(divider, text):
            parts = _split(piece, divider)
            break
    else:
        parts, prose = [piece], prose
    comma = re.search(r",\s", text) is not None and not re.search(r"[·•;|]", text)
    last = parts[-1]
    joined = re.match(r"(?:and|or)\s+", last.text)
    if joined:
        parts[-1] = last.part(joined.end())
    elif (comma or (prose and len(parts) == 1)) and re.search(r"\s(?:and|or)\s", last.text):
        parts[-1:] = _split(last, r"\s(?:and|or)\s")
    tidy = [part.stripped(" \t.") if not part.text.endswith("etc.") else part for part in parts]
    return [part for part in tidy if part.text]


def _split(piece: Piece, divider: str) -> list[Piece]:
    text, start, parts = piece.text, 0, []
    for each in re.finditer(divider, text):
        parts.append(piece.part(start, each.start()))
        start = each.end()
    return [*parts, piece.part(start)]
