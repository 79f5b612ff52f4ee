"""A reader for each kind of section: puts what it understands into the guide, leaves the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from guides.page.forms import (
    Found,
    Time,
    cells,
    clock,
    sentences,
)
from guides.page.lesson import read_faq, read_transcript
from guides.page.reading import Part, Reading, free_lines, identifier
from guides.page.school import college, high_school
from guides.page.sections import Section
from guides.page.tables import education, pathway, skills
from guides.page.text import Piece, words_of
from guides.page.tools import tools
from guides.page.words import holds, words
from guides.page.works import sources
from understanding.english import any_of

Reader = Callable[[Reading, Section], None]


def snapshot(reading: Reading, section: Section) -> None:
    """The job in some sentences."""
    reading.text("snapshot.summary", [line for line in free_lines(section) if line.is_prose])


def importance(reading: Reading, section: Section) -> None:
    """One reason a sentence."""
    for line in free_lines(section):
        reading.add("importance.reasons", sentences(line))


def day(reading: Reading, section: Section) -> None:
    """Entries by the clock, tasks without one, and what the day is a mix of."""
    rows = []
    for line in free_lines(section):
        time = clock(line.text)
        if time:
            rows.append((line, time))
        elif line.bullet:
            reading.add("tasks.entries", [line.stripped(" .")])
        elif line.is_prose:
            reading.text("day.summary", [line])
    _entries(reading, rows)


def _entries(reading: Reading, rows: list[tuple[Piece, Found]]) -> None:
    minutes = _minutes([time.value for _, time in rows])
    for (line, time), at in zip(rows, minutes, strict=True):
        if not time.value.half and at // 60 != time.value.hour:
            reading.hint(
                line, f"{line.text[: time.end]} is read as {at // 60}:{at % 60:02}: a day rises"
            )
    for (line, time), at, later in zip(rows, minutes, [*minutes[1:], -1], strict=False):
        rest = line.part(time.end)
        until = re.match(rf" ?(?:{any_of(words()['to'])}) ?(?=\d)", rest.text)
        end = clock(rest.text[until.end() :]) if until else None
        start = until.end() + end.end if until and end else 0
        activity = rest.part(start).stripped(" \t—–-:|·.,")
        line.part(0, time.end).take("day.entries")
        if end and end.value.hour * 60 + end.value.minute in (later, later - 720):
            rest.part(0, start).take("day.entries (end)")
        item = {"at": f"{at // 60:02}:{at % 60:02}", "activity": activity.take("day.entries")}
        reading.append("day.entries", item)
    if any(later <= earlier for earlier, later in pairwise(minutes)):
        reading.put("day.overnight", True)


def _minutes(times: list[Time]) -> list[int]:
    """Minutes since midnight; without a.m. and p.m. a day rises: 1:00 after 11:30 is 13:00."""
    found: list[int] = []
    whole_day = any(time.hour > 12 or time.hour == 0 for time in times if not time.half)
    for time in times:
        at = time.hour % 12 * 60 if time.half in ("am", "pm") else time.hour * 60
        at += time.minute + (720 if time.half == "pm" else 0)
        falls = found and at <= found[-1]
        if falls and not time.half and not whole_day and time.hour < 12:
            at = at + 720 if at + 720 > found[-1] else at
        found.append(at)
    return found


def market(reading: Reading, section: Section) -> None:
    """What is said of getting hired, less sentences on how far it can be trusted."""
    lines = [line for line in free_lines(section) if line.is_prose]
    told = [sentence for line in lines for sentence in sentences(line)]
    plain = [each for each in told if not holds(each.text, "hedges")]
    reading.text("market.summary", plain or told[:1])


def outlook(reading: Reading, section: Section) -> None:
    """What is likely to change."""
    reading.text("outlook.summary", [line for line in free_lines(section) if line.is_prose])


def fit(reading: Reading, section: Section) -> None:
    """Statements on "you", and how many of them point to a good fit."""
    you = False
    lines = free_lines(section)
    bulleted = any(line.bullet for line in lines)
    for line in lines:
        entry = not (bulleted or line.is_prose or line.text.endswith(":"))
        if line.bullet or entry:
            said = _to_you(reading, line, line.stripped(" .").take("fit.statements"))
            starts = said.lower().startswith("you")
            said = said if starts or not you else f"You {said[:1].lower()}{said[1:]}"
            there = reading.get("fit.statements") or []
            reading.guide.setdefault("fit", {})["statements"] = [*there, said]
        else:
            you = bool(re.search(rf"\b(?:{any_of(words()['you'])})\W*$", line.text, re.IGNORECASE))
            _threshold(reading, line)


def _to_you(reading: Reading, line: Piece, said: str) -> str:
    """A statement in the first person turned to the reader."""
    for first, second in words()["to_you"].items():
        if said.lower().startswith(f"{first} "):
            reading.hint(line, f"fit.statements: {first!r} became {second!r}: look at the rest")
            return f"{second}{said[len(first) :]}"
    return said


def _threshold(reading: Reading, line: Piece) -> None:
    number = rf"(?<![\w])(\d+|{any_of(words()['numbers'])})"
    found = re.search(
        rf"(?:\bat least )?\b{number} (?:or more\b|of these|of them)|\bat least {number}\b",
        line.text,
        re.I,
    )
    if found:
        said = (found[1] or found[2]).lower()
        value = int(words()["numbers"].get(said, 0) or said)
        reading.put("fit.threshold", value, line)


def _side(key: str) -> Reader:
    def read(reading: Reading, section: Section) -> None:
        reading.add(key, [line.stripped(" .") for line in free_lines(section)])

    return read


def myths(reading: Reading, section: Section) -> None:
    """Beliefs, with what is really so where the page says it beside or below."""
    answers = any_of(words()["myth_answers"])
    for line in free_lines(section):
        found = re.search(rf"(?:^|\W)(?:{answers})\s*[:—–]\s*", line.text, re.IGNORECASE)
        row = line.cut(found.start(), len(found[0])) if found else cells(line)
        if found:
            line.group(found).take("myths")
        named = re.match(
            rf"(?:{any_of(words()['myth_names'])})(?: \d+)?\s*[:—–]\s*", row[0].text, re.I
        )
        if named:
            row[0].group(named).take("myths")
        claimed = row[0].part(named.end() if named else 0).stripped(" \t'\"—–-")
        truth = row[1].stripped(" \t'\"") if len(row) > 1 else None
        there = reading.get("myths") or []
        if truth and not words_of(claimed.text) and there and not there[-1]["truth"]:
            there[-1]["truth"] = _capital(truth.take("myths"))
        elif words_of(claimed.text) and (line.bullet or truth or claimed.text.endswith((".", "!"))):
            said = claimed.take("myths")
            said = said if said.endswith((".", "!", "?")) else f"{said}."
            item: Part = {"id": identifier(said), "claim": said, "truth": None}
            if truth and words_of(truth.text):
                item["truth"] = _capital(truth.take("myths"))
            reading.append("myths", item)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def tasks(reading: Reading, section: Section) -> None:
    """Tasks, one a line."""
    lines = [line for line in free_lines(section) if line.bullet or not line.is_prose]
    reading.add("tasks.entries", [line.stripped(" .") for line in lines])


READERS: dict[str, Reader] = {
    "snapshot": snapshot,
    "importance": importance,
    "day": day,
    "tasks": tasks,
    "pathway": pathway,
    "skills": skills,
    "education": education,
    "market": market,
    "outlook": outlook,
    "fit": fit,
    "pros": _side("pros"),
    "cons": _side("cons"),
    "myths": myths,
    "high_school": high_school,
    "college": college,
    "tools": tools,
    "transcript": read_transcript,
    "faq": read_faq,
    "sources": sources,
}
"""What reads each kind of section; sections about pay hold labels and sentences only."""
