"""Times of day as students type them: "half two", "noon", "2ish", "14:30", "first thing"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.entity import Entity

SMALL = ["zero", "one", "two", "three", "four", "five", "six"]
SMALL += ["seven", "eight", "nine", "ten", "eleven", "twelve"]
TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
NUMBERS = {word: place for place, word in enumerate([*SMALL, *TEENS])}
PARTS_OF_NUMBERS = {**NUMBERS, **TENS, "oh": 0, "quarter": 15, "half": 30}

TWELVE = rf"(?:1[0-2]|0?[1-9]|{'|'.join(SMALL[1:])})"
HOUR = rf"(?:1[0-9]|2[0-3]|{TWELVE}|00?)"
MINUTE = r"[0-5]\d"
DIGIT = rf"(?:[1-9]|{'|'.join(SMALL[1:10])})"
""" "Nine five am" is spoken for 9:05."""
ISH = r"(?:\s?-?ish\b)?"
HALF = r"(?:\s*-?(?P<half>p(?=\.?\s?m)|a(?!\.?\s?m i\b)(?=\.?\s?m))\.?\s?m(?:\b|(?=ish))\.?)"
""" "am" or "pm", but not in "grade 10 am i late"."""

UNITS = r"hours?|hrs?|h|years?|yrs?|weeks?|wks?|months?|summers?|days?|minutes?|mins?|percent|k|th"
COUNTED = rf"(?!\s*(?:%|[:.]\d|(?:-|to|{UNITS})\b)|\s+(?:minutes\s+)?past\b|\s{MINUTE}\b)"
"""A number before these is a length, an amount, or the first part of a longer time."""

NEXT_WORDS = (
    r"in the|at night|right now|now|what|whats|who|how|do|does|are|is|it|they|their|them|then|sharp|ish|the|this|for|and|or"
    r"|would|will|every|each|on|exactly|so|i|p|please|pls|tho|lol|usually"
)
ENDS = rf"(?=\s*(?:$|[?.!,;:)-]|(?:{NEXT_WORDS})\b))"
"""What a plain number must stand before to be an hour: "at 4?", not "at 4 companies"."""

AT = r"(?:\b(?:at|by|till|until|it'?s)\s+(?:like\s+)?|@\s*|^(?:and |so |(?:what|how) about )?)"
ABOUT = r"(?:\b(?:at|around|about|by|till|until|after|before)\s+(?:like\s+)?|@\s*)"
ALONE = r"(?<![\w:.$-])"
"""Before a number that is not the end of another one, nor money."""

TO = r"(?P<to>to|till?|before)"
AFTER = r"(?:past|after)"
OFF = r"(?P<off>twenty[\s-]five|twenty|fifteen|ten|five)"
DIGITS_OFF = r"(?P<off_digits>5|10|15|20|25)"
AN_HOUR = rf"(?P<hour>{TWELVE})"
WITH_HALF = rf"{AN_HOUR}(?:{HALF}|\b{COUNTED})"
LAST = rf"(?:{HALF}|\b{COUNTED}{ENDS})"
"""After a number that only an ending, or "am" and "pm", tell from an amount."""

FIRST_OF_RANGE = rf"{AN_HOUR}(?::(?P<minute>{MINUTE}))?(?:\s?[ap]\.?m\.?)?"
LAST_OF_RANGE = rf"(?P<end>{TWELVE})(?::{MINUTE})?"

FORMS = tuple(
    re.compile(form)
    for form in (
        # Of two forms with the same place in a text the first one counts.
        rf"{ALONE}(?P<hour>{HOUR})\s?[:h]\s?(?P<minute>{MINUTE})(?!\d|[%k]|\s?min){HALF}?{ISH}",
        rf"{ALONE}{AN_HOUR}\.(?P<minute>{MINUTE}){HALF}",
        rf"{AT}(?P<hour>{HOUR})\.(?P<minute>{MINUTE})\b{ENDS}",
        rf"{ALONE}(?P<hour>{HOUR}){ISH}\s*(?:o'?\s?clock\b|{HALF}){ISH}",
        rf"\b(?P<off>half)\s+(?:{AFTER}\s+)?{WITH_HALF}",
        rf"\b(?P<off>quarter)\s+(?:(?P<to>to|till?|before|of)|{AFTER})\s+{WITH_HALF}",
        rf"\b(?:{OFF}|{DIGITS_OFF})\s(?:min(?:ute)?s?\s)?past\s{WITH_HALF}",
        rf"\b(?:{OFF}|{DIGITS_OFF})\smin(?:ute)?s?\s(?:{TO}|after)\s{AN_HOUR}{LAST}",
        rf"(?<!from )\b{OFF}\s(?:{TO}|after)\s{AN_HOUR}{LAST}",
        rf"{ALONE}(?:from\s)?{FIRST_OF_RANGE}\s?(?:-|to|till?|until)\s?{LAST_OF_RANGE}{HALF}",
        rf"(?<!difference )\bbetween\s{FIRST_OF_RANGE}\sand\s{LAST_OF_RANGE}{LAST}",
        rf"{AT}{DIGITS_OFF}\s(?:{TO}|after)\s{AN_HOUR}{LAST}",
        rf"\b{AN_HOUR}[\s-](?P<minute>thirty|fifteen|forty[\s-]five)(?:{HALF}|\b{COUNTED})",
        rf"{ABOUT}{AN_HOUR}[\s-](?P<minute>oh\s(?:five|[1-9])|ten|(?:twenty|thirty|forty|fifty)(?:[\s-]five)?){LAST}",
        rf"{ABOUT}{AN_HOUR}{ISH}{LAST}",
        rf"\b(?P<hour>1[0-2]|[1-9])\s?(?P<minute>{MINUTE}){HALF}",
        rf"\b{AN_HOUR}\s(?P<minute>{DIGIT}){HALF}",
        rf"{ABOUT}(?P<sure>1[3-9]|2[0-3])\s?h\b(?!\s*(?:a|per|each|every)\b)",
        rf"\b(?:between|from)\s(?P<sure>[01]\d|2[0-3])(?P<minute>{MINUTE})\s?(?:and|to|till?|until|-)\s?\d{{4}}\b",
        rf"\b(?:from|at|on|do|doing|happen(?:s|ing)?)\s{FIRST_OF_RANGE}\s?-\s?{LAST_OF_RANGE}{LAST}",
        rf"\bat\s+(?P<sure>[01]\d|2[0-3])(?P<minute>{MINUTE})(?:\s?(?:h|hrs?|hours?))?\b{ENDS}",
        rf"\b(?:at|it'?s)\s+(?P<hour>1[0-2]|[1-9])\s?(?P<minute>[1-5]\d|0[1-9])\b{COUNTED}{ENDS}",
        rf"\b(?P<sure>[01]\d|2[0-3])(?P<minute>{MINUTE})(?:h|(?<=0\d{{3}})\s?h(?:ou)?rs)\b",
        rf"{ALONE}{AN_HOUR}(?=\s+(?:(?:in the|this) (?:morning|afternoon|evening)|at night|sharp)\b)",
        rf"{ALONE}{AN_HOUR}\s?-?ish\b{COUNTED}",
    )
)
LONGEST_RANGE = 3
"""Hours; "9 to 5pm" is a working day and no moment."""

DAY = r"(?:(?:the|their|a|each|your) )?(?:work ?|shift)?day"
SHIFT = r"(?:the|a|their) shift"
NAMED = (
    (
        r"(?<!before )(?<!after )(?:noon|mid[ -]?day)(?:-?ish)?|lunch ?time|(?:at|over|during|around) lunch",
        "12:00",
    ),
    (r"midnight", "00:00"),
    (
        rf"first thing|(?:start|beginning) of (?:{DAY}|{SHIFT})|(?:start|begin|(?:kick|start)s? off) {DAY}|day (?:start|begin)s?"
        r"|when (?:they|you) (?:get (?:in|to work)|arrive|start|clock in|log on)|first task|first entry",
        "first",
    ),
    (
        rf"last thing|end of (?:{DAY}|{SHIFT})|(?:end|finish|wrap up)s? {DAY}|day(?:'s)? ends?|eod|close of business"
        r"|(?:before|when) (?:they|you) (?:go home|leave|clock out|log off|finish|head home)"
        r"|before (?:going home|leaving|logging off|clocking out)|last task|last entry",
        "last",
    ),
)
PARTS = (
    (
        r"(?<!good )(?:mid-?)?morn(?:ings?|in)|before (?:lunch|noon)|early (?:on|in the day)|(?:in the a\.?m|a\.?m\.? part)"
        r"|(?:crack of|at) dawn|first half of the day",
        "morning",
    ),
    (
        r"(?<!good )(?:mid-?)?afternoons?|after (?:lunch|noon|midday)|arvo|second half of the day|in the p\.?m",
        "afternoon",
    ),
    (r"(?<!good )evenings?|after work|late in the day|at dusk", "evening"),
    (r"(?<!good )nights?|night ?time|overnight|at night|wee hours|small hours", "night"),
)
NAMED_TIMES = tuple((re.compile(rf"\b(?:{words})\b"), value) for words, value in NAMED)
NAMED_PARTS = tuple((re.compile(rf"\b(?:{words})\b"), value) for words, value in PARTS)


def find_times(text: str) -> Iterator[Entity]:
    """Times in a folded text.

    Values: "14:30" (sure), "~2:30" (morning or afternoon is open), "first" or "last".
    """
    for pattern, value in NAMED_TIMES:
        for found in pattern.finditer(text):
            yield Entity("time", value, found.start(), found.end())
    for found in _apart([found for form in FORMS for found in form.finditer(text)]):
        time = _clock(found)
        if time:
            asked = time if not _is_before(text, found) else _earlier(time)
            yield Entity("time", asked, found.start(), found.end())


def _is_before(text: str, found: re.Match[str]) -> bool:
    """Whether what is before a time is meant: "just before 5", but not "5 before ten"."""
    start = found.start() + len(found[0]) - len(found[0].removeprefix("before").lstrip())
    return bool(re.search(r"\bbefore\s*(?:like\s+)?$", text[:start]))


def _earlier(time: str) -> str:
    """A minute earlier: what is under way then begins before that time."""
    hour, minute = map(int, time.removeprefix("~").split(":"))
    return _value(hour, minute - 1, not time.startswith("~"))


def find_parts_of_day(text: str) -> Iterator[Entity]:
    """Parts of the day in a folded text: morning, afternoon, evening or night."""
    for pattern, value in NAMED_PARTS:
        for found in pattern.finditer(text):
            yield Entity("part", value, found.start(), found.end())


def number(text: str) -> int:
    """The number that digits or words stand for: "25", "twenty-five"."""
    parts = text.replace("-", " ").split()
    return sum(int(PARTS_OF_NUMBERS.get(part, part)) for part in parts)


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
