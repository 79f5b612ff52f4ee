"""What students say of themselves: their grade and the hours a week that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.entity import Entity
from understanding.times import NUMBERS

GRADE_NAMES = (
    (r"fresh ?m[ae]n|frosh|ninth", "9"),
    (r"soph(?:o?more)?s?|softmore|tenth", "10"),
    (r"juniors?|eleventh", "11"),
    (r"seniors?|twelfth|final year", "12"),
)
ORDINAL = re.compile(r"\b(9|1[0-2])(?:th)?[\s-]*(?:grade|grader|graders|gr)\b|\b(9|1[0-2])th\b")
GRADE = re.compile(r"\b(?:grade|gr\.?|class)\s*(9|1[0-2])\b")
YEAR = re.compile(r"\b(?:year|yr|y)\s?(1[0-3])\b(?!\s*(?:old|olds))")
AGE = re.compile(
    r"\b(?:i'?m|i am|aged?|turning|just turned)\s*(1[4-8])\b(?!\s*(?:hours?|hrs?|%|weeks?|months?))"
    r"|\b(1[4-8])\s*(?:years?[\s-]old|y/?o|yrs old)\b"
)
AMOUNTS = {
    **NUMBERS,
    "a": 1,
    "an": 1,
    "couple": 2,
    "few": 3,
    "half": 0.5,
    "twenty": 20,
    "fifteen": 15,
}
AMOUNT = rf"(?:\d+(?:\.\d+)?|{'|'.join(NUMBERS)}|fifteen|twenty)"
HOURS = re.compile(
    rf"\b(?:(?P<whole>{AMOUNT})\s+and\s+a\s+half|(?P<low>{AMOUNT})\s*(?:-|to|or)\s*(?:{AMOUNT})|(?P<one>{AMOUNT})"
    r"|(?:a\s+)?(?P<word>couple|few|half)(?:\s+(?:of|an|a))?|(?P<an>an?))\s*\+?\s*"
    r"(?:h|hr|hrs|hours?)\b(?!\s+(?:of sleep))(?P<more>\s+and a half\b)?"
    r"(?P<every>\s*(?:a|per|each|every|/)?\s*(?:school ?day|weekday|weekend|day|night|evening|daily)\b)?"
)
TIMES_A_WEEK = {"weekend": 2, "schoolday": 5, "weekday": 5}


def find_grades(text: str) -> Iterator[Entity]:
    """Grades 9 to 12 in a folded text, from names, numbers, British years and ages."""
    for names, grade in GRADE_NAMES:
        for found in re.finditer(rf"\b(?:{names})\b", text):
            yield Entity("grade", grade, found.start(), found.end())
    for pattern in (ORDINAL, GRADE):
        for found in pattern.finditer(text):
            yield Entity("grade", found[1] or found[2], found.start(), found.end())
    for found in YEAR.finditer(text):
        yield Entity("grade", str(int(found[1]) - 1), found.start(), found.end())
    for found in AGE.finditer(text):
        age = int(found[1] or found[2])
        yield Entity("grade", str(min(age - 5, 12)), found.start(), found.end())


def find_hours(text: str) -> Iterator[Entity]:
    """Hours a week in a folded text; of a range the lower end, a daily figure times its days."""
    for found in HOURS.finditer(text):
        word = found["whole"] or found["low"] or found["one"] or found["word"] or found["an"]
        amount = float(AMOUNTS[word]) if word in AMOUNTS else float(word)
        amount += 0.5 if found["whole"] or found["more"] else 0
        every = (found["every"] or "").replace(" ", "")
        days = next((days for name, days in TIMES_A_WEEK.items() if name in every), 7)
        total = amount * (days if every else 1)
        yield Entity("hours", f"{total:g}", found.start(), found.end())


def bare_number(text: str) -> float | None:
    """The number that a folded text consists of, less "about", "maybe" and "like"."""
    rest = re.sub(
        r"\b(?:about|around|maybe|like|probably|idk|i think|ish|or so|th|grade)\b|[.!?~]+$",
        " ",
        text,
    ).strip()
    rest = re.sub(r"^a (?=few$|couple$)", "", rest)
    if rest in AMOUNTS and len(rest) > 2:
        return float(AMOUNTS[rest])
    found = re.fullmatch(rf"({AMOUNT})(?:\s*(?:-|to|or)\s*{AMOUNT})?", rest)
    if not found:
        return None
    return float(AMOUNTS[found[1]]) if found[1] in AMOUNTS else float(found[1])
