"""Which career a message means: judged mentions, and the rules one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from guides.library import Library
from tests.conftest import ROOT
from understanding.careers import Careers
from understanding.reading import Reader

MENTIONS = ROOT / "tests" / "mentions.yml"
LEAST = 0.97
BUTTONS = 4

Repair = Callable[[str], str]
Entry = dict[str, Any]


@pytest.fixture(scope="module")
def careers(library: Library) -> Careers:
    return Reader(library).careers


def listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def fault(careers: Careers, library: Library, text: str, entry: Entry) -> str | None:
    """What is wrong with the career that is read in a text, or None."""
    subject = careers.subject(text)
    slugs = [] if subject is None else list(subject.candidates or (subject.value,))
    known = [slug for slug in slugs if slug in library]
    if "unknown" in entry:
        right = slugs == [entry["unknown"]] and not known
    elif "asks" in entry:
        asked = subject is not None and subject.value not in library
        right = asked and len(known) > 1 and set(entry["asks"]) <= set(known)
    elif "meant" in entry:
        right = subject is not None and subject.value == entry["meant"]
    elif "compared" in entry:
        others = [each.candidates or (each.value,) for each in careers.compared(text)]
        groups = [tuple(known)] * bool(known) + [tuple(each) for each in others]
        wanted = entry["compared"]
        right = len(groups) == len(wanted) and all(
            any(slug in group[:BUTTONS] for group in groups) for slug in wanted
        )
    elif entry["career"] is None:
        right = subject is None
    else:
        right = not set(known[:BUTTONS]).isdisjoint(listed(entry["career"]))
    return None if right else f"{entry['ask']!r}: found {slugs}, expected {entry}"


def test_the_right_career_is_read(careers: Careers, library: Library, repair: Repair) -> None:
    """Of 150 judged mentions in ten kinds and more, so many are right."""
    ways = yaml.safe_load(MENTIONS.read_text(encoding="utf-8"))
    entries = [entry for entries in ways.values() for entry in entries]
    faults = [fault(careers, library, repair(entry["ask"]), entry) for entry in entries]
    wrong = [each for each in faults if each]
    assert len(entries) >= 150 and len(ways) >= 10
    assert 1 - len(wrong) / len(entries) >= LEAST, "\n".join(wrong)


def test_mentions_name_careers_that_there_are(library: Library) -> None:
    """A slug in the file is that of a guide."""
    ways = yaml.safe_load(MENTIONS.read_text(encoding="utf-8"))
    entries = [entry for entries in ways.values() for entry in entries]
    named = {
        slug
        for entry in entries
        for key in ("career", "asks", "compared")
        for slug in listed(entry.get(key))
        if slug
    }
    assert not sorted(slug for slug in named if slug not in library)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("how much do you make rn", "how much do you make right now"),
        ("what can i do rn", "what can i do right now"),
        ("how much does an rn make", "how much does an rn make"),
        ("rn salary", "rn salary"),
        ("hr manager hours", "hr manager hours"),
        ("how many hr a week", "how many hour a week"),
        ("i want to be a phlebotomist", "i want to be a phlebotomist"),
        ("flebotomist pay", "phlebotomist pay"),
        ("do they use quickbooks", "do they use quickbooks"),
        ("electritian apprentiship", "electrician apprenticeship"),
    ],
)
def test_names_take_part_in_the_repair(repair: Repair, typed: str, read: str) -> None:
    """A misspelt name is put right, one that is right stays, and "rn" is a nurse or "right now"."""
    assert repair(typed) == read


def test_a_comparison_takes_every_career(careers: Careers) -> None:
    """Whatever words stand around them; not the people at school whom anybody meets."""
    said = "my friends work, one's a roofer and one's a dental hygienist. my friends are better off"
    assert [each.value for each in careers.all_named(said)] == ["roofer", "dental-hygienist"]
    assert careers.all_named("who earns more, my mom or my boss") == []
