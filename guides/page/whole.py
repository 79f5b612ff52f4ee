"""Reads a whole page: in order of the sections, then what sentences state anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guides.page.labels import read_labels
from guides.page.lesson import degree_note, look_for, truths
from guides.page.names import read_names
from guides.page.prose import caveat, prose, read_lists, read_prose
from guides.page.readers import READERS
from guides.page.reading import Reading
from guides.page.sections import sections
from guides.page.text import Line
from guides.page.tools import tools_in_prose
from guides.page.words import holds

KEYS = {
    "": "title plural snapshot importance tasks day pathway skills education salary market outlook fit"
    " pros cons myths high_school college tools transcript sources faq",
    "salary": "currency per min max median ends date region states varies_with caveat",
    "market": "summary demand region jobs openings varies_with caveat",
    "outlook": "summary directions automation growth caveat",
    "outlook.growth": "percent start all_jobs by region",
    "snapshot": "summary titles employers hours top_skills",
    "snapshot.hours": "week setting how_often",
    "day": "summary overnight entries",
    "education": "routes note degree_note",
    "skills": "scale scores",
    "fit": "threshold statements",
    "high_school": "grades hours point steps",
    "tasks": "entries note",
    "transcript": "publisher passages",
    "sources": "works verified note",
}
"""The order of keys in a part, where it is not the order of the page."""


CORES = {
    "salary": "min median max",
    "skills": "scores",
    "education": "routes",
    "day": "entries",
    "fit": "statements threshold",
    "high_school": "steps hours",
}
"""What a part is about: without any of it the rest of the part has no place in a guide."""


def read_whole(lines: Sequence[Line], file: str) -> Reading:
    """All that is understood of a page.

    Args:
        file: the name of the page's file, for a career that the page does not name.
    """
    reading = Reading(sections(list(lines)))
    for section in reading.sections:
        if section.kind not in ("faq", "sources"):
            read_labels(reading, section)
    for section in reading.sections:
        if section.kind in READERS:
            READERS[section.kind](reading, section)
    read_names(reading, file)
    read_prose(reading)
    read_lists(reading, "outlook.directions", "outlook")
    tools_in_prose(reading)
    truths(reading)
    degree_note(reading)
    look_for(reading)
    _automation(reading)
    _filled(reading)
    _unplaced(reading)
    for part, core in CORES.items():
        if reading.get(part) and not any(reading.get(f"{part}.{key}") for key in core.split()):
            reading.leave_out(part)
    reading.guide = _ordered("", reading.guide)
    return reading


def _automation(reading: Reading) -> None:
    """What automation may do, where the outlook itself does not say it."""
    told = [
        each for each in prose(reading, "outlook", "transcript") if holds(each.text, "automation")
    ]
    if (
        reading.get("outlook")
        and told
        and told[0].text not in (reading.get("outlook.summary") or "")
    ):
        reading.text("outlook.automation", told[:1])


def _filled(reading: Reading) -> None:
    """Texts that a guide must have, where the page has the part that they belong to."""
    if reading.get("market"):
        caveat(reading, "market", ("market", "data"), "market", "faq", "transcript")
    if reading.get("salary"):
        caveat(reading, "salary", ("pay",), "pay", "market", "faq", "transcript", "snapshot")
    if reading.get("outlook"):
        caveat(reading, "outlook", ("outlook", "data"), "outlook", "faq", "market", "transcript")
    for key, part in (
        ("high_school.point", "high_school.steps"),
        ("tasks.note", "tasks.entries"),
        ("day.summary", "day.entries"),
        ("skills.scale", "skills.scores"),
        ("education.note", "education.routes"),
        ("sources.note", "sources.works"),
    ):
        if reading.get(part) and not reading.get(key):
            reading.put(key, reading.default(key))
    if reading.get("sources"):
        reading.guide["sources"].setdefault("verified", None)
    if reading.get("high_school.steps") and not reading.get("high_school.grades"):
        reading.put("high_school.grades", [9, 10, 11, 12])
        reading.todo.append(
            "high_school.grades: the page names none, so the plan is for all of them"
        )


def _unplaced(reading: Reading) -> None:
    reading.todo.append("aliases: add the names that students type for the career")
    reading.todo.append(
        "also: add other words that students use for stages, skills, routes and steps"
    )
    reading.todo.append(
        "phrases: add ways to ask in the career's own terms, and to put its myths, to a file of the"
        " same name in guides/phrases/"
    )
    reading.todo.append(
        "wording: the sentences are the page's own; look at them for readers of 14 to 18"
    )


def _ordered(key: str, part: Any) -> Any:
    """A part of the guide with its keys in their usual order."""
    if not isinstance(part, dict):
        return part
    order = KEYS.get(key, "").split()
    names = sorted(part, key=lambda name: order.index(name) if name in order else len(order))
    return {name: _ordered(f"{key}.{name}".strip("."), part[name]) for name in names}
