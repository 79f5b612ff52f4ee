"""What to do in high school and in college."""

from __future__ import annotations

import re

from guides.page.forms import (
    hours_a_week,
    sentences,
)
from guides.page.prose import read_lists
from guides.page.reading import Reading, free_lines, identifier
from guides.page.sections import Section
from guides.page.text import Piece
from guides.page.words import holds, words
from understanding.english import any_of


def high_school(reading: Reading, section: Section) -> None:
    """Grades, hours a week, what they are for, and the steps."""
    for line in free_lines(section):
        add_grades(reading, [line])
        if line.is_prose or line.text.endswith(":"):
            _school_hours(reading, line)
            _point(reading, line)
        else:
            step = _less_grade(line)
            if step.start != line.start:
                reading.hint(line, "a step has no place for its grade, which stands in grades only")
            text = step.stripped(" .").take("high_school.steps")
            kind = next(
                (k for k in words()["step_kinds"] if holds(text, "step_kinds", k)), "practice"
            )
            item = {"id": identifier(text), "text": text, "kind": kind}
            reading.append("high_school.steps", item)


def _less_grade(line: Piece) -> Piece:
    """A step without the grade before it."""
    found = re.match(r"[^:]{1,25}:\s+", line.text)
    return line.part(found.end()) if found and _grade_words(found[0]) else line


def _grade_words(text: str) -> list[re.Match[str]]:
    pattern = rf"\b(?P<named>{any_of(words()['grades'])})\b(?: grade\w*)?|\bgrades? (?P<first>\d{{1,2}})(?: ?(?:-|–|to|and|or) ?(?P<last>\d{{1,2}}))?"
    return list(re.finditer(pattern, text, re.IGNORECASE))


def add_grades(reading: Reading, lines: list[Piece]) -> None:
    there = set(reading.get("high_school.grades") or [])
    for line in lines:
        for found in _grade_words(line.text):
            named = words()["grades"].get((found["named"] or "").lower())
            first = named or int(found["first"])
            grades = set(range(first, int(found["last"] or first) + 1))
            if grades <= set(range(9, 13)):
                line.group(found).take("high_school.grades")
                there |= grades
    if there:
        reading.guide.setdefault("high_school", {})["grades"] = sorted(there)


def _school_hours(reading: Reading, line: Piece) -> None:
    found = hours_a_week(line.text)
    if found:
        reading.put("high_school.hours", found.value, line.part(found.start, found.end))


def _point(reading: Reading, line: Piece) -> None:
    found = re.search(
        rf"\b(?:{any_of(words()['point'])})\s+(.+?)(?:\.|$)", line.text, re.IGNORECASE
    )
    if found and reading.put("high_school.point", found[1], line.group(found, 1)):
        line.group(found).take("high_school.point (sentence)")


def college(reading: Reading, section: Section) -> None:
    """Majors, electives and internships in lists; portfolio and other ways in as sentences."""
    for key in ("college.majors", "college.electives", "college.internships"):
        read_lists(reading, key, "college")
    for line in section.lines:
        for sentence in sentences(line):
            _on_college(reading, sentence)


def _on_college(reading: Reading, sentence: Piece) -> None:
    """File a sentence under what it speaks of; one that says two things is cut where it joins them."""
    joined = re.search(r", and (?=a )", sentence.text)
    for part in sentence.cut(joined.start(), len(joined[0])) if joined else [sentence]:
        lists_only = part.text and _is_list(part)
        for name in words()["college"]:
            if holds(part.text, "college", name) and not lists_only:
                _sentence(reading, f"college.{name}", part)
                break


def _is_list(part: Piece) -> bool:
    """Whether nothing is said in a sentence beyond a list that was read."""
    found = re.search(any_of(words()["lists"]["college.internships"]), part.text, re.IGNORECASE)
    ends = (
        re.search(rf" (?:{any_of(words()['list_ends'])})\b", part.text[found.end() :])
        if found
        else None
    )
    return bool(found) and not ends


def _sentence(reading: Reading, key: str, part: Piece) -> None:
    text = part.stripped(" .").take(key)
    said = f"{text[:1].upper()}{text[1:]}."
    there = reading.get(key)
    if there is None or said not in there:
        longer = f"{there} {said}" if there else said
        *above, name = key.split(".")
        reading.guide.setdefault(above[0], {})[name] = longer
