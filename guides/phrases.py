"""How students ask in a career's own terms: `phrases/<guide>.yml` beside the guide's facts.

A guide may go without. What may stand in the file: `Phrases` in guides/schema.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from guides.documents import DocumentError, build, read, shown
from guides.schema import Guide, Phrases
from guides.slips import slips
from understanding.topics import TOPICS

FOLDER = "phrases"
"""Stands in the folder of the guides."""
UNCOVERED = "uncovered"
"""Questions near the career that its guide does not answer; no topic."""


def read_phrases(guide: Path) -> tuple[Phrases, list[str]]:
    """The phrases beside a guide's file, none where there is no such file, and their faults."""
    path = guide.parent / FOLDER / guide.name
    if not path.exists():
        return Phrases(), []
    faults: list[str] = []
    try:
        data = read(path)
        faults += slips(path, data)
        return build(Phrases, data, path.name), _within(faults)
    except DocumentError as error:
        return Phrases(), _within([*faults, *error.faults])


def _within(faults: list[str]) -> list[str]:
    return [f"{FOLDER}/{fault}" for fault in faults]


def faults_of_phrases(guide: Guide) -> Iterator[str]:
    """Phrases for what the guide does not have, and phrases that stand twice."""
    passages = guide.transcript.passages if guide.transcript else []
    myths = guide.myths or []
    known: dict[str, tuple[str, set[str]]] = {
        "topics": ("a topic of data/topics.yml", {*TOPICS, UNCOVERED}),
        "myths": ("the id of a myth of the guide", {myth.id for myth in myths}),
        "passages": ("the id of a passage of the guide", {each.id for each in passages}),
    }
    places = {
        _plain(myth.claim): f"{guide.slug}.yml: myths[{number}].claim"
        for number, myth in enumerate(myths)
    }
    for part, (expected, names) in known.items():
        for name, phrases in getattr(guide.phrases, part).items():
            at = f"{FOLDER}/{guide.slug}.yml: {part}.{name}"
            if name not in names:
                yield f"{at}: found {name!r}, expected {expected}"
            for number, phrase in enumerate(phrases):
                place = f"{at}[{number}]"
                first = places.setdefault(_plain(phrase), place)
                if first != place:
                    yield f"{place}: found {shown(phrase)} as in {first}, expected it once"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower())) or text
