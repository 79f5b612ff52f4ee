"""What students say of themselves: their grade and the hours a week that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.english import english
from understanding.entity import Entity
from understanding.times import WHOLE, number

RULES = english("students")
GRADE_NAMES = RULES.patterns("grade_names", RULES["not_after"] + WHOLE)
GRADES = RULES.patterns("grades")
YEAR = RULES.pattern("year")
AGE = RULES.pattern("ages")

HALVES, HALF_AT_END = RULES.pattern("halves"), RULES.pattern("half_at_end")
AND_A_HALF, BARE = RULES.pattern("and_a_half"), RULES.pattern("bare")
NUMBER = RULES.pattern("number")
MOST_HOURS = 40
"""Of a week, that a number in a text may be."""
OTHER_UNITS = RULES.pattern("other_units")
AROUND, ARTICLE = RULES.pattern("around"), RULES.pattern("article")
VAGUE = {word: float(value) for word, value in RULES.meanings("vague").items()}
AMOUNTS = {**VAGUE, **{word: float(value) for word, value in RULES.meanings("articles").items()}}
COUNTS = {word: float(value) for word, value in RULES.meanings("counts").items()}
TIMES_AT_END = RULES.pattern("times_at_end")
FREQUENCIES = {
    "every_other": 3.5,
    "school_days": 5,
    "weekend_days": 2,
    "days": 7,
    "weeks": 1,
    "months": 0.25,
}
"""How often a week something is; a weekend comes once."""
HOURS = RULES.pattern("hours")


def find_grades(text: str) -> Iterator[Entity]:
    """Grades 6 to 12 in a folded text, from names, numbers, British years and ages."""
    for grade, names in GRADE_NAMES.items():
        for found in names.finditer(text):
            yield Entity("grade", grade, found.start(), found.end())
    for pattern in GRADES.values():
        for found in pattern.finditer(text):
            if not found.groupdict().get("month"):
                yield Entity("grade", str(number(found["n"])), found.start(), found.end())
    for found in YEAR.finditer(text):
        yield Entity("grade", str(number(found["n"]) - 1), found.start(), found.end())
    for found in AGE.finditer(text):
        age = number(found["n"] or found["soon"] or found["old"])
        yield Entity("grade", str(min(age - 5, 12)), found.start(), found.end())


def find_hours(text: str) -> Iterator[Entity]:
    """Hours a week in a folded text; of a range the lower end, a daily figure times its days.

    Minutes count only where it is said how often, "30 minutes a day", and to the quarter hour.
    """
    for found in HOURS.finditer(text):
        if found["minutes"] and _times_a_week(found) is None:
            continue
        end = found.end("length" if found["weeks"] else 0)
        yield Entity("hours", _hours_a_week(found), found.start(), end)


def amount_of_hours(text: str) -> str | None:
    """The hours that a folded text names, minutes too, where it is known that a week is meant."""
    found = HOURS.search(text)
    return _hours_a_week(found) if found else None


def _hours_a_week(found: re.Match[str]) -> str:
    names = ("whole", "least", "low", "one", "word", "an")
    amount = _amount(next(found[name] for name in names if found[name]))
    amount += 0.5 if found["whole"] or found["more"] else 0
    amount += int(found["rest"] or 0) / 60
    often = _times_a_week(found)
    total = amount * (1 if often is None else often)
    return f"{round(total / 60 * 4) / 4 if found['minutes'] else total:g}"


def said_hours(text: str) -> str | None:
    """The hours a week in the folded answer of who was asked for them: "3ish", "5 maybe? or less"."""
    before, _, after = text.partition("?")
    number = None if OTHER_UNITS.search(after) else bare_number(before)
    if number is None and "?" not in text and not OTHER_UNITS.search(text):
        numbers = NUMBER.findall(text)
        number = _amount(numbers[0]) if len(numbers) == 1 else None
    return amount_of_hours(text) or (f"{number:g}" if number is not None else None)


def said_grade(text: str) -> str | None:
    """The grade in the folded answer of who was asked for it: a bare "10", or "15" as an age."""
    number = bare_number(text)
    if number is None or not 9 <= number <= 18 or number == 13:
        return None
    return f"{number:g}" if number <= 12 else str(min(int(number) - 5, 12))


def first_number(text: str) -> float | None:
    """The first number in a folded text that can be hours of a week."""
    found = NUMBER.search(text)
    amount = _amount(found[1]) if found else 0
    return amount if 0 < amount <= MOST_HOURS else None


def bare_number(text: str) -> float | None:
    """The number that a folded text consists of, less "about", "maybe" and "like"."""
    rest = ARTICLE.sub("", AROUND.sub(" ", text).strip())
    if rest in VAGUE:
        return VAGUE[rest]
    if whole := AND_A_HALF.fullmatch(rest):
        return _amount(whole[1]) + 0.5
    found = BARE.fullmatch(rest)
    return _amount(found[1]) if found else None


def _amount(text: str) -> float:
    if text in AMOUNTS:
        return AMOUNTS[text]
    if HALVES.fullmatch(text):
        return float(HALF_AT_END.sub("", text) or 0) + 0.5
    return float(text.replace(",", ".")) if text[0].isdigit() else number(text)


def _times_a_week(found: re.Match[str]) -> float | None:
    if found["times"]:
        often = TIMES_AT_END.sub("", found["times"])
        return COUNTS.get(often) or _amount(often)
    return next((times for name, times in FREQUENCIES.items() if found[name]), None)
