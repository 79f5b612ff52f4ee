"""Read a message: what the classifier sees of it, and the entities in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from guides.documents import read
from guides.library import names_of, regions_of, words_of
from guides.schema import Guide
from understanding.asides import asides
from understanding.careers import Careers
from understanding.english import english
from understanding.entity import Entity, longest_first
from understanding.personal import without_placeholders
from understanding.spelling import TOKEN
from understanding.states import find_states
from understanding.students import find_grades, find_hours
from understanding.text import WORD, fold, without_closer, without_opener, words
from understanding.times import find_parts_of_day, find_times

GLOSSARY = Path(__file__).parent.parent / "data" / "glossary.yml"

RULES = english("reading")
STAMP, HOME = RULES.pattern("stamp"), RULES.pattern("home")
PICTURES = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
"""Emoji; beside words they ask nothing."""
ANY_TIME, AT, AT_ANY_TIME = RULES["any_time"], RULES.pattern("at"), RULES["at_any_time"]
"""How the classifier reads any time of the day, but for one that may be a place in the lesson."""
FILLER, DOING = RULES.pattern("filler"), RULES.pattern("doing")
CORRECTS = RULES.pattern("corrects")


def is_bare(text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a folded text holds values only, like "4pm" or "and the cheapest?".

    What students say of themselves does not count, nor that they put a value right.
    """
    text = CORRECTS.sub(lambda found: " " * len(found[0]), asides().blanked(text))
    if DOING.search(text):
        return False
    covered = [(entity["start"], entity["end"]) for entity in entities if "start" in entity]
    rest = [
        word.text
        for word in words(text)
        if not any(start <= word.start and word.end <= end for start, end in covered)
    ]
    return bool(covered) and all(FILLER.fullmatch(word) for word in rest)


def without_pictures(text: str) -> str:
    """A text less its emoji, unless it is nothing else."""
    return PICTURES.sub(" ", text) if WORD.search(text.lower()) else text


class Reader:
    """Reads messages with the names of all careers.

    The terms of a guide are found once the career is known: see `understanding.terms`.
    """

    def __init__(self, guides: Mapping[str, Guide]) -> None:
        self.explained = _explained()
        """Words of the glossary, which are no slips: "BLS" is not "bus"; and no careers."""
        self.careers = Careers(names_of(guides), self.explained)
        self.words = self.careers.words | words_of(guides)
        """Words of names and terms, which are no slips of others."""
        self.at_home = RULES["home_region"] in regions_of(guides)

    def for_classifier(self, text: str) -> str:
        """The text as the classifier learns and sees it: folded, no frame, career and times masked.

        One time of the day asks what another one asks, so all are read as the same.
        """
        text = without_placeholders(fold(without_pictures(text)))
        folded = without_opener(asides().without(text))
        folded = without_closer(folded)
        return _same_times(self.careers.mask(_at_home(folded) if self.at_home else folded))

    def entities(self, text: str) -> list[Entity]:
        """Entities of a message, in text order; places are those of the folded text."""
        folded = asides().blanked(fold(text))
        subject = self.careers.subject(folded)
        found = [
            *([subject] if subject else []),
            *self.careers.mentioned(folded),
            *self.careers.compared(folded),
            *find_times(folded),
            *find_parts_of_day(folded),
            *find_grades(folded),
            *find_hours(folded),
            *_find_stamps(folded),
            *find_states(folded),
        ]
        return sorted(
            longest_first(found), key=lambda entity: (entity.start, entity.end, entity.name)
        )


def _at_home(text: str) -> str:
    """The text without the name of the region, unless it asks of nothing else: "in the US?"."""
    rest = HOME.sub("", text)
    return rest if any(not FILLER.fullmatch(word.text) for word in words(rest)) else text


def _explained() -> frozenset[str]:
    entries = read(GLOSSARY).values()
    written = (each for entry in entries for each in (entry["name"], *entry.get("also", ())))
    return frozenset(word for each in written for word in TOKEN.findall(str(each).lower()))


def _same_times(text: str) -> str:
    for time in sorted(find_times(text), key=lambda found: -found.start):
        typed = text[time.start : time.end]
        if ":" in time.value and not STAMP.search(typed):
            same = AT_ANY_TIME if AT.match(typed) else ANY_TIME
            text = f"{text[: time.start]}{same} {text[time.end :].lstrip()}".strip()
    return text


def _find_stamps(text: str) -> list[Entity]:
    return [
        Entity("stamp", f"{found[1] or found[3] or found[4]}:{found[2] or '00'}", *found.span())
        for found in STAMP.finditer(text)
    ]
