"""Local answers: what only the school knows, as its counselor wrote it in `schools/answers/`."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pydantic import Field, validator

from guides.documents import DocumentError, build, read, read_small, shown
from guides.schema import Section, Slug, Text
from guides.school import school_file
from guides.slips import cut_off
from understanding.topics import TOPICS

SCHOOL = "school"
"""The school whose answers are meant where none is named."""
PLACE = "schools/answers"
FOLDER = Path(__file__).parent.parent / PLACE
TEMPLATE = FOLDER / "_template.yml"
LARGEST = 500_000
"""Bytes of a file: more than its answers can take."""
MOST = 200
"""Answers of one school: reading more would take many seconds."""
FEWEST_WAYS, MOST_WAYS = 2, 5
LONGEST = timedelta(days=366)
"""How long an answer may be given as certain."""
MARKUP = re.compile(r"[*`<>|{}\[\]]|https?://|www\.", re.IGNORECASE)
ADDRESS = re.compile(r"https://[^\s/]+\S*")
NOTED = tuple(name for name, topic in TOPICS.items() if topic.kind == "question")
"""Topics that a note may follow."""


class Way(Text):
    """How students ask: short, as it may stand on a button."""

    max_length = 100


Locals = Mapping[str, "LocalAnswer"]
"""Local answers by their names."""


def in_words(text: str) -> str:
    """The text, if it is words alone.

    Raises:
        ValueError: there is markup or a web address in it.
    """
    if found := MARKUP.search(text):
        raise ValueError(f"expected words without {found[0]}: a web address stands in link")
    return text


class Link(Section):
    """Where to read more."""

    words: Text = Field(..., description="what is to be read there")
    url: str = Field(..., description="its address")

    _words = validator("words", allow_reuse=True)(in_words)

    @validator("url")
    def _is_safe(cls, value: str) -> str:
        if not ADDRESS.fullmatch(value):
            raise ValueError("expected an address that starts with https://")
        return value


class LocalAnswer(Section):
    """One thing that only the school knows: an answer of its own, or a note on a guide's topic."""

    asked: list[Way] = Field([], description="ways in which students ask for it")
    answer: Text = Field(..., description="the answer, in words alone")
    link: Link | None = Field(None, description="where to read more")
    careers: list[str] = Field([], description="slugs of the careers that it is for; none: all")
    topic: str | None = Field(None, description="the topic of guides that it is a note on")
    checked: date = Field(..., description="the day on which it was last made sure of")
    until: date = Field(..., description="the last day on which it is given as certain")

    @validator("asked")
    def _ways(cls, ways: list[str]) -> list[str]:
        if ways and not FEWEST_WAYS <= len(ways) <= MOST_WAYS:
            raise ValueError(f"expected {FEWEST_WAYS} to {MOST_WAYS} ways to ask")
        return ways

    _words = validator("answer", allow_reuse=True)(in_words)
    _each_in_words = validator("asked", each_item=True, allow_reuse=True)(in_words)

    @validator("topic", always=True)
    def _told(cls, topic: str | None, values: dict[str, Any]) -> str | None:
        if topic is None and not values.get("asked", True):
            raise ValueError("expected a topic that it is a note on, or asked with ways to ask")
        if topic is not None and topic not in NOTED:
            raise ValueError(f"expected one of: {', '.join(NOTED)}")
        return topic

    @validator("checked", "until", pre=True)
    def _a_day(cls, given: object) -> date:
        try:
            return date.fromisoformat(str(given))
        except ValueError as error:
            raise ValueError("expected a day such as 2026-09-14") from error

    @validator("checked")
    def _has_come(cls, day: date) -> date:
        if day > date.today():
            raise ValueError("expected a day that has come")
        return day

    @validator("until")
    def _within_a_year(cls, day: date, values: dict[str, Any]) -> date:
        checked = values.get("checked")
        if checked and not checked <= day <= checked + LONGEST:
            raise ValueError(f"expected a day of the year after checked, {checked}")
        return day

    def data(self) -> dict[str, Any]:
        """What its entry in a file holds."""
        told = {key: value for key, value in self.dict().items() if value}
        return {**told, "checked": str(self.checked), "until": str(self.until)}

    def is_for(self, career: str) -> bool:
        """Whether it is told of a career."""
        return not self.careers or career in self.careers

    def is_old(self, today: date) -> bool:
        """Whether it is no longer certain."""
        return today > self.until


def path_of(school: str = SCHOOL) -> Path:
    """Where the answers of a school stand: in the folder that GUIDEPOST_ANSWERS names, if it does.

    Else beside the files of the schools.
    """
    folder = os.environ.get("GUIDEPOST_ANSWERS") or school_file().parent / PLACE
    return Path(folder) / f"{school}.yml"


def read_locals(path: Path, careers: Container[str]) -> Locals:
    """The answers in a file.

    Args:
        careers: the slugs that an answer may name.

    Raises:
        DocumentError: with all faults of the file.
    """
    found: dict[str, LocalAnswer] = {}
    faults: list[str] = []
    try:
        data = read_small(path, LARGEST)
        faults += [f"{path.name}: {fault}" for fault in cut_off(path)]
    except DocumentError as error:
        data, faults = {}, error.faults
    for name, entry in data.items():
        try:
            found[name] = _built(name, entry, f"{path.name}: {name}")
        except DocumentError as error:
            faults += error.faults
    others = _faults(found, careers, template=path == TEMPLATE)
    faults += [f"{path.name}: {fault}" for fault in others]
    if faults:
        raise DocumentError([f"{PLACE}/{fault}" for fault in faults])
    return found


def _built(name: str, entry: object, place: str) -> LocalAnswer:
    if not Slug.regex.fullmatch(name):
        fault = "found this name, expected lower-case letters, digits and underscores"
        raise DocumentError([f"{place}: {fault}"])
    if not isinstance(entry, dict):
        raise DocumentError([f"{place}: found {shown(entry)}, expected keys such as answer"])
    return build(LocalAnswer, entry, place)


def _faults(found: Locals, careers: Container[str], template: bool) -> Iterator[str]:
    """What is wrong with answers beside each other, or with what they name."""
    if len(found) > MOST:
        yield f"top: found {len(found)} answers, expected {MOST} at most"
    examples = () if template or not found else _examples()
    first: dict[str, str] = {}
    for name, entry in found.items():
        if entry.answer in examples:
            yield f"{name}: answer: found the template's words, expected your own"
        for number, slug in enumerate(entry.careers):
            if slug not in careers:
                yield f"{name}: careers[{number}]: found {slug!r}, expected the name of a guide"
        for number, way in enumerate(entry.asked):
            place = f"{name}: asked[{number}]"
            other = first.setdefault(" ".join(re.findall(r"\w+", way.lower())), place)
            if other != place:
                yield f"{place}: found {shown(way)} as in {other}, expected it once"


def _examples() -> tuple[str, ...]:
    """The answers that only show how one is written; an image has none that could be copied."""
    if not TEMPLATE.is_file():
        return ()
    return tuple(str(entry["answer"]) for entry in read(TEMPLATE).values())
