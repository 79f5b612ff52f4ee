"""What students say of themselves: their grade and the hours a week that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.entity import Entity
from understanding.times import NUMBERS, TENS, number

NO_STUDENT = (
    r"(?!\s+(?:high|role|position|engineer|developer|dev|level|job|citizen|manager|specialist|analyst|scientist)s?\b"
    r"|\s+(?:year\s+)?(?:in|at|of) (?:college|uni(?:versity)?)\b)"
)
"""A "junior engineer", a "freshman in college" and those in "junior high" are in no grade."""

NO_GRADE = r"(?!\s+(?:of|place|floor|hour|street|st|ave|avenue|century|birthday|time|day|week|month|percentile|row)\b)"
MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
GRADE_WORD = r"9|1[0-2]|nine|ten|eleven|twelve"
YEAR_OF = r"year (?:of|in) (?:high ?school|hs)"
NAMES = (
    (r"(?:sixth|6th)[\s-]grade(?:rs?)?|grade (?:6|six)", "6"),
    (r"(?:seventh|7th)[\s-]grade(?:rs?)?|grade (?:7|seven)", "7"),
    (
        r"(?:eighth|8th)[\s-]grade(?:rs?)?|grade (?:8|eight)|middle ?school(?:er)?s?|junior high(?: school)?",
        "8",
    ),
    (rf"(?:fresh ?m[ae]n|frosh){NO_STUDENT}|ninth{NO_GRADE}|(?:first|1st) {YEAR_OF}", "9"),
    (
        rf"(?:soph(?:o?more)?s?|softmore){NO_STUDENT}|tenth{NO_GRADE}|(?:second|2nd) {YEAR_OF}",
        "10",
    ),
    (
        rf"(?:juniors?|junoirs?){NO_STUDENT}|eleventh{NO_GRADE}|(?:third|3rd) {YEAR_OF}|lower sixth",
        "11",
    ),
    (
        rf"(?:seniors?|senoirs?){NO_STUDENT}|twelfth{NO_GRADE}|final year|(?:fourth|4th|last) {YEAR_OF}|upper sixth",
        "12",
    ),
)
GRADE_NAMES = tuple(
    (re.compile(rf"(?<!college )(?<!more )(?<!most )\b(?:{names})\b"), grade)
    for names, grade in NAMES
)
GRADES = (
    re.compile(rf"\b(?P<n>{GRADE_WORD})\s?(?:th|nth|rd|nd|st)?[\s-]*(?:grade|grader|graders|gr)\b"),
    re.compile(rf"(?:\b(?P<month>{MONTHS}) (?:the )?)?\b(?P<n>9|1[0-2])th\b{NO_GRADE}"),
    re.compile(rf"\b(?:grade:?|gr\.?|class)\s*(?P<n>{GRADE_WORD})\b"),
)
YEAR = re.compile(r"\b(?:year|yr|y)\s?(?P<n>1[0-3]|ten|eleven|twelve|thirteen)\b(?!\s*olds?\b)")
AGE_WORD = r"1[4-8]|fourteen|fifteen|sixteen|seventeen|eighteen"
AGE = re.compile(
    rf"\b(?:i'?m|i am|aged?|age is|turn(?:ing|ed))\s*(?:only )?(?P<n>{AGE_WORD})\b"
    r"(?!\s*(?:%|(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|miles?|points?|percent|people|of)\b))"
    rf"|\bi turn (?P<soon>{AGE_WORD}) (?:in|on|this|next|soon)\b"
    rf"|\b(?P<old>{AGE_WORD})(?:[\s-]*(?:years?|yrs?)[\s-]*old|\s*y[./]?o)\b"
)

ONES = "|".join(list(NUMBERS)[1:10])
TENS_AND_ONES = rf"(?:{'|'.join(TENS)})(?:[\s-](?:{ONES})\b|(?![\s-](?:{ONES})\b))"
HALVES = r"(?:\d{1,2}\s?)??1\s?[/\u2044]\s?2\b"
""" "2 1/2", or "2\u00bd", which folding writes as 21\u20442."""
AMOUNT = rf"(?:{HALVES}|\d{{1,3}}(?:[.,]\d{{1,2}}(?!\d))?|{TENS_AND_ONES}|{'|'.join(NUMBERS)})"
MOST_HOURS = 40
"""Of a week, that a number in a text may be."""
NUMBER = re.compile(rf"(?<![\w.,$])({AMOUNT})(?![\w:%])")
OTHER_UNITS = re.compile(r"\b(?:years?|months?|times|grade|th|percent|dollars|am|pm)\b|[%$]")
VAGUE = {"a": 1, "an": 1, "couple": 2, "few": 3, "half": 0.5}
EACH = r"(?:(?:a|per|each|every|on|/)\s*)?"
FREQUENCIES = {
    "every_other": (r"every (?:other|second) (?:day|night)", 3.5),
    "school_days": (rf"(?:a day )?{EACH}(?:school ?(?:day|night)s?|week ?days?)", 5),
    "weekend_days": (
        r"(?:on )?(?:each |every |both )?weekend days?|on saturdays? (?:and|&) sundays?",
        2,
    ),
    "days": (rf"{EACH}(?:day|night|evening)|daily|nightly", 7),
    "weeks": (
        rf"{EACH}(?:the )?(?:week(?:end)?s?|wks?)|weekly|(?:on|every|each) (?:saturday|sunday)s?",
        1,
    ),
    "months": (rf"{EACH}month|monthly", 0.25),
}
"""How often a week something is; a weekend comes once."""

OFTEN = "|".join(rf"(?P<{name}>{words})" for name, (words, _) in FREQUENCIES.items())
TIMES = rf"(?P<times>once|twice|{AMOUNT}\s?(?:x|times)) (?:a|per|each|every) (?:week|wk)"
HOURS = re.compile(
    rf"(?<![\w.,$])(?P<length>(?:(?P<whole>{AMOUNT})\s+and\s+a\s+half|between (?P<least>{AMOUNT}) and {AMOUNT}"
    rf"|(?P<low>{AMOUNT})\s*(?:-|to|or)\s*{AMOUNT}|(?P<one>{AMOUNT})"
    r"|(?:a\s+)?(?P<word>couple|few|half)(?:\s+(?:of|an|a))?|(?P<an>an?))\s*\+?\s*"
    r"(?:(?:h|hr|hrs|hours?)|(?P<minutes>mins?|minutes?))\b(?!\s+of sleep)"
    r"(?:(?P<more>\s+and a half\b)|\s+(?:and\s+)?(?P<rest>\d{1,2})\s*(?:m|mins?|minutes?)\b)?)"
    rf"(?:\s*(?:{TIMES}|{OFTEN})\b)?"
)


def find_grades(text: str) -> Iterator[Entity]:
    """Grades 6 to 12 in a folded text, from names, numbers, British years and ages."""
    for names, grade in GRADE_NAMES:
        for found in names.finditer(text):
            yield Entity("grade", grade, found.start(), found.end())
    for pattern in GRADES:
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
    """The hours a week in the folded answer of who was asked for them: "3ish", "up to 6"."""
    number = bare_number(text)
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
    rest = re.sub(
        r"\b(?:about|around|maybe|like|probably|idk|i think|ish|or so|th|grade)\b|(?<=\d)-?ish\b|[.!?~]+$",
        " ",
        text,
    ).strip()
    rest = re.sub(r"^a (?=few$|couple$)", "", rest)
    if rest in VAGUE and len(rest) > 2:
        return VAGUE[rest]
    if whole := re.fullmatch(rf"({AMOUNT}) and a half", rest):
        return _amount(whole[1]) + 0.5
    found = re.fullmatch(rf"({AMOUNT})(?:\s*(?:-|to|or)\s*{AMOUNT})?", rest)
    return _amount(found[1]) if found else None


def _amount(text: str) -> float:
    if text in VAGUE:
        return VAGUE[text]
    if halves := re.fullmatch(HALVES, text):
        whole = re.sub(r"\s?1\s?[/\u2044]\s?2$", "", halves[0])
        return float(whole or 0) + 0.5
    return float(text.replace(",", ".")) if text[0].isdigit() else number(text)


def _times_a_week(found: re.Match[str]) -> float | None:
    if found["times"]:
        often = re.sub(r"\s?(?:x|times)$", "", found["times"])
        return {"once": 1, "twice": 2}.get(often) or _amount(often)
    return next((times for name, (_, times) in FREQUENCIES.items() if found[name]), None)
