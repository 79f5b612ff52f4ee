"""Times of day as students type them: "half two", "noon", "2ish", "14:30", "first thing"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.english import english
from understanding.entity import Entity

RULES = english("times")
NUMBERS = {
    word: int(value)
    for table in ("numbers", "tens", "minutes")
    for word, value in RULES.meanings(table).items()
}
FORMS = RULES.patterns("forms")
"""Of two forms with the same place in a text the first one counts."""
BEFORE, LED_BY_BEFORE = RULES.pattern("before"), RULES.pattern("led_by_before")
WHOLE = r"\b(?:{})\b"
NAMED = RULES.patterns("named", WHOLE)
PARTS = RULES.patterns("parts", WHOLE)
LONGEST_RANGE = 3
"""Hours; "9 to 5pm" is a working day and no moment."""


def find_times(text: str) -> Iterator[Entity]:
    """Times in a folded text.

    Values: "14:30" (sure), "~2:30" (morning or afternoon is open), "first" or "last".
    """
    for value, pattern in NAMED.items():
        for found in pattern.finditer(text):
            yield Entity("time", value, found.start(), found.end())
    for found in _apart([found for form in FORMS.values() for found in form.finditer(text)]):
        time = _clock(found)
        if time:
            asked = time if not _is_before(text, found) else _earlier(time)
            yield Entity("time", asked, found.start(), found.end())


def _is_before(text: str, found: re.Match[str]) -> bool:
    """Whether what is before a time is meant: "just before 5", but not "5 before ten"."""
    led = LED_BY_BEFORE.match(found[0])
    return bool(BEFORE.search(text[: found.start() + (led.end() if led else 0)]))


def _earlier(time: str) -> str:
    """A minute earlier: what is under way then begins before that time."""
    hour, minute = map(int, time.removeprefix("~").split(":"))
    return _value(hour, minute - 1, not time.startswith("~"))


def find_parts_of_day(text: str) -> Iterator[Entity]:
    """Parts of the day in a folded text: morning, afternoon, evening or night."""
    for value, pattern in PARTS.items():
        for found in pattern.finditer(text):
            yield Entity("part", value, found.start(), found.end())


def number(text: str) -> int:
    """The number that digits or words stand for: "25", "twenty-five"."""
    parts = text.replace("-", " ").split()
    return sum(int(NUMBERS.get(part, part)) for part in parts)


def _apart(matches: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Matches less those that overlap an earlier or a longer one."""
    end = 0
    for found in sorted(matches, key=lambda found: (found.start(), -found.end())):
        if found.start() >= end:
            end = found.end()
            yield found


def _clock(found: re.Match[str]) -> str | None:
    groups = {name: value for name, value in found.groupdict().items() if value}
    minute = number(groups.get("minute", "0"))
    if "sure" in groups:
        return f"{groups['sure']}:{minute:02}"
    hour, half = number(groups["hour"]), groups.get("half")
    if "end" in groups:
        end = number(groups["end"])
        length = (end - hour) % 12
        if not 0 < length <= LONGEST_RANGE:
            return None
        return _value((_hour(end, half) - length) % 24 if half else hour, minute, bool(half))
    off = number(groups.get("off") or groups.get("off_digits") or "0")
    minute += -off if "to" in groups else off
    return _value(_hour(hour, half), minute, bool(half) or hour > 12 or hour == 0)


def _hour(hour: int, half: str | None) -> int:
    return hour % 12 + (12 if half == "p" else 0) if half and hour <= 12 else hour


def _value(hour: int, minute: int, sure: bool) -> str:
    minutes = (hour * 60 + minute) % (24 * 60)
    if sure:
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return f"~{(minutes // 60 - 1) % 12 + 1}:{minutes % 60:02}"
