"""Times of day as students type them: "half two", "noon", "2ish", "14:30", "first thing"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.entity import Entity

NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
HOUR = rf"(?:1[0-9]|2[0-3]|0?[0-9]|{'|'.join(list(NUMBERS)[1:])})"
PAST = {"twenty five": 25, "twenty": 20, "ten": 10, "five": 5}
HALF_DAY = r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)"
LENGTH = (
    r"\s*(?:-|to|hours?|hrs?|h|years?|yrs?|weeks?|months?|summers?|days?|minutes?|mins?|%|k|th)"
)

CLOCK = re.compile(
    rf"(?<![\d:.$-])(?:(?P<hour>{HOUR})\s?[:.h]\s?(?P<minute>[0-5]\d)(?![\d%k]){HALF_DAY}?"
    rf"|(?P<hour2>{HOUR})(?:ish)?\s*(?:o'?\s?clock|{HALF_DAY.replace('half', 'half2')})"
    rf"|(?P<shift>half|quarter)(?:\s+(?P<way>past|after|to|before|of))?\s+(?P<hour3>{HOUR})"
    rf"{HALF_DAY.replace('half', 'half3')}?"
    rf"|\b(?P<hour4>{HOUR})[\s-](?P<spoken>thirty|fifteen|forty[\s-]five){HALF_DAY.replace('half', 'half4')}?"
    rf"|(?:\bat|@|around|about|by|till|until|after|before)\s+(?P<hour5>{HOUR})(?:ish)?\b(?![:.]\d)(?!{LENGTH}\b)"
    r"(?!\s*%|\s+(?:minutes\s+)?past\b|\s[0-5]\d\b)"
    r"(?=\s*(?:$|[?.!,;:)-]|(?:in the|at night|what|whats|who|how|do|does|are|is|it|they|their|them|then|"
    r"sharp|ish|the|for|and|or|would|will|every|each|on|exactly|for example|so|i|a|p|please|pls|tho|lol)\b))"
    rf"|\b(?P<off>{'|'.join(PAST)}|5|10|20|25)\s(?:minutes\s)?past\s(?P<hour7>{HOUR})"
    rf"(?:{HALF_DAY.replace('half', 'half7')}|\b)"
    rf"|\b(?P<hour8>1[0-2]|[1-9])\s?(?P<minute8>[0-5]\d){HALF_DAY.replace('half', 'half8')}"
    rf"|\bat\s+(?P<military>(?:[01]\d|2[0-3])[0-5]\d)\b"
    rf"|\bat\s+(?P<hour9>1[0-2]|[1-9])\s?(?P<minute9>[1-5]\d|0[1-9])\b(?!{LENGTH}\b){HALF_DAY.replace('half', 'half9')}?"
    rf"|\b(?P<hour10>{HOUR})(?=\s+(?:in the (?:morning|afternoon|evening)|at night)\b)"
    rf"|\b(?P<hour6>{HOUR})ish\b)"
)
MINUTES = ("minute", "minute8", "minute9")
NAMED = (
    (re.compile(r"\b(?:at )?(?:noon|midday|mid-day|lunch ?time|at lunch|over lunch)\b"), "12:00"),
    (re.compile(r"\bmidnight\b"), "00:00"),
    (
        re.compile(
            r"\b(?:first thing|start of (?:the|their|a|each|your) (?:work ?|shift)?day"
            r"|start (?:the|their|your) (?:work ?)?day|(?:kick|start)s? off (?:the|their) (?:work ?)?day"
            r"|beginning of the (?:work ?)?day|begin (?:the|their) day|day (?:start|begin)s?"
            r"|start of (?:the|a|their) shift|when they (?:get in|arrive|start)|first task|first entry)\b"
        ),
        "first",
    ),
    (
        re.compile(
            r"\b(?:last thing|end of (?:the|their|a|each|your) (?:work ?)?day|end of (?:the|a|their) shift"
            r"|(?:end|finish|wrap up)s? (?:the|their|your) (?:work ?)?day|day ends?"
            r"|(?:before|when) (?:they|you) (?:go home|leave|clock out|log off|finish|head home)"
            r"|before (?:going home|leaving|logging off|clocking out)|last task|last entry)\b"
        ),
        "last",
    ),
)
PARTS = (
    (
        re.compile(
            r"\b(?:mornings?|before (?:lunch|noon)|early (?:on|in the day)|a\.?m\.? part)\b"
        ),
        "morning",
    ),
    (
        re.compile(r"\b(?:afternoons?|after (?:lunch|noon|midday)|arvo|second half of the day)\b"),
        "afternoon",
    ),
    (re.compile(r"\b(?:evenings?|after work|late in the day)\b"), "evening"),
    (re.compile(r"\b(?:nights?|night ?time|overnight|at night)\b"), "night"),
)


def find_times(text: str) -> Iterator[Entity]:
    """Times in a folded text.

    Values: "14:30" (sure), "~2:30" (morning or afternoon is open), "first" or "last".
    """
    for pattern, value in NAMED:
        for found in pattern.finditer(text):
            yield Entity("time", value, found.start(), found.end())
    for found in CLOCK.finditer(text):
        time = _clock(found)
        if time:
            yield Entity("time", time, found.start(), found.end())


def find_parts(text: str) -> Iterator[Entity]:
    """Parts of the day in a folded text: morning, afternoon, evening or night."""
    for pattern, value in PARTS:
        for found in pattern.finditer(text):
            yield Entity("part", value, found.start(), found.end())


def _clock(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    if groups["military"]:
        return f"{groups['military'][:2]}:{groups['military'][2:]}"
    name = next(name for name, value in groups.items() if name.startswith("hour") and value)
    hour = _number(groups[name])
    minute = int(next((groups[key] for key in MINUTES if groups[key]), 0))
    if groups["spoken"]:
        minute = {"thirty": 30, "fifteen": 15}.get(groups["spoken"], 45)
    if groups["off"]:
        minute = PAST.get(groups["off"]) or int(groups["off"])
    if groups["shift"]:
        if groups["shift"] == "quarter" and not groups["way"]:
            return None
        step = 30 if groups["shift"] == "half" else 15
        before = groups["way"] in ("to", "before", "of")
        hour, minute = (hour - 1, 60 - step) if before else (hour, step)
    half = next((value for key, value in groups.items() if key.startswith("half") and value), None)
    return _value(hour, minute, half)


def _value(hour: int, minute: int, half: str | None) -> str:
    if half and hour <= 12:
        return f"{hour % 12 + (12 if half == 'p' else 0):02}:{minute:02}"
    if hour > 12 or hour == 0:
        return f"{hour:02}:{minute:02}"
    return f"~{hour}:{minute:02}"


def _number(text: str) -> int:
    return NUMBERS[text] if text in NUMBERS else int(text)
