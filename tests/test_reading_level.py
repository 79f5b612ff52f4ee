"""Replies can be read at school: their grades by Flesch and Kincaid's formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from statistics import median
from typing import Any

import pytest
import textstat

from answers.rehearsal import answers_of
from guides.library import Library
from guides.schema import Guide
from guides.school import School
from tests.conftest import Worded

HIGHEST = 8
MIDDLE = 6
ENTRY = re.compile(r"(- |\d+\. )")
LONGEST_NAME = 4
"""Words; a longer text in a list of a guide is a sentence."""
SHORTEST_SENTENCE = 4
OTHERS = ("electrician", "registered-nurse", "heavy-truck-driver")
"""Careers from tables, whose publishers' own sentences are measured in test_careers.py."""


def names_in(value: Any) -> Iterator[str]:
    """What a guide calls by a name, for which there are no plainer words."""
    if isinstance(value, dict):
        yield from (str(value[key]) for key in ("name", "title") if key in value)
        yield from chain.from_iterable(map(names_in, value.values()))
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, str))
        yield from chain.from_iterable(map(names_in, value))


def names_of(guide: Guide) -> re.Pattern[str]:
    """A guide's names, longest first."""
    names = {name for name in names_in(guide.dict()) if len(name.split()) <= LONGEST_NAME}
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first), re.I)


def prose(text: str, names: re.Pattern[str]) -> str:
    """The sentences of a reply, without entries of lists, and "it" for each name."""
    lines = (line.rstrip(".:!?") for line in text.splitlines() if not ENTRY.match(line))
    kept = (line for line in lines if len(line.split()) >= SHORTEST_SENTENCE)
    return names.sub("it", ". ".join(kept).replace(": ", ". "))


def grades(guide: Guide, school: School, worded: Worded) -> dict[str, float]:
    """The grade of each reply that a guide gives and that has a sentence."""
    names = names_of(guide)
    texts = {worded(answer) for answer in answers_of(guide, school)}
    sentences = {text: prose(text, names) for text in texts}
    return {text: textstat.flesch_kincaid_grade(said) for text, said in sentences.items() if said}


def test_every_reply_reads_easily(mlops: Guide, school: School, worded: Worded) -> None:
    """Grade 8 at most, and 6 or less in the middle."""
    found = grades(mlops, school, worded)
    assert {text: grade for text, grade in found.items() if grade > HIGHEST} == {}
    assert len(found) > 150 and median(found.values()) <= MIDDLE


@pytest.mark.parametrize("slug", OTHERS)
def test_replies_of_tables_read_easily(
    slug: str, library: Library, school: School, worded: Worded
) -> None:
    """So do the replies that are put together from tables."""
    found = grades(library[slug], school, worded)
    assert {text: grade for text, grade in found.items() if grade > HIGHEST} == {}
    assert len(found) > 50 and median(found.values()) <= MIDDLE


def test_a_hard_sentence_is_seen() -> None:
    """The measure tells a hard sentence from an easy one, in a reply with a list and a name."""
    names = re.compile("Site Reliability Engineering")
    easy = "Pay varies from place to place.\n- Kubernetes: observability infrastructure"
    hard = "Remuneration fluctuates considerably with organizational characteristics.\n- one"
    named = "Site Reliability Engineering is close to this job."
    assert textstat.flesch_kincaid_grade(prose(easy, names)) < HIGHEST
    assert textstat.flesch_kincaid_grade(prose(hard, names)) > HIGHEST
    assert textstat.flesch_kincaid_grade(prose(named, names)) < HIGHEST
