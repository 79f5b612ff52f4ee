"""Words that stand for a part of a guide: its skills, routes, stages, steps, myths, passages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from guides.schema import Guide, Item
from understanding.asides import asides
from understanding.english import english
from understanding.entity import Entity, longest_first
from understanding.spelling import commonest
from understanding.text import Word, fold, words

Phrase = tuple[str, ...]
"""The stems of a phrase's words."""

RULES = english("terms")
ACTIVITIES = RULES.meanings("activities")
"""Kinds of activities by what they are called."""
BETWEEN_TOOLS = RULES.pattern("between_tools")
KEPT = 64
"""Guides whose lexicon is kept."""
SHORTEST_WITH_TYPO = 5
COMMON = 10_000
"""General words that are no typos: "matter" is not "master". The rarer "collage" is "college"."""


class Lexicon:
    """Phrases with the entities that they stand for; one phrase may stand for several."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        """Take (entity name, value, phrase) in any order."""
        self.meanings: dict[Phrase, set[tuple[str, str]]] = {}
        for name, value, typed in phrases:
            stems = tuple(word.stem for word in words(fold(typed)))
            self.meanings.setdefault(stems, set()).add((name, value))
        self.longest = max(map(len, self.meanings), default=0)
        self.starts = {phrase[0] for phrase in self.meanings}
        self.single: dict[str, list[str]] = {}
        for phrase in sorted(self.meanings):
            if len(phrase) == 1 and len(phrase[0]) >= SHORTEST_WITH_TYPO:
                self.single.setdefault(phrase[0][0], []).append(phrase[0])
        self.known = {stem for phrase in self.meanings for stem in phrase}

    def find(self, text: str) -> Iterator[Entity]:
        """Entities in a folded text; a single long word may have one wrong letter."""
        found = words(text)
        for first, word in enumerate(found):
            if not self.starts.isdisjoint((word.text, word.stem)):
                for last in range(first + 1, min(first + self.longest, len(found)) + 1):
                    yield from self._meant(found[first:last])
            repaired = self._repaired(word)
            if repaired:
                yield from self._entities((repaired,), word.start, word.end)

    def _meant(self, run: list[Word]) -> Iterator[Entity]:
        for stems in {tuple(w.stem for w in run), tuple(w.text for w in run)}:
            yield from self._entities(stems, run[0].start, run[-1].end)

    def _entities(self, stems: Phrase, start: int, end: int) -> Iterator[Entity]:
        for name, value in sorted(self.meanings.get(stems, ())):
            yield Entity(name, value, start, end)

    def _repaired(self, word: Word) -> str | None:
        stem = word.stem
        written = (stem, word.text)
        known = not (self.known.isdisjoint(written) and commonest(COMMON).isdisjoint(written))
        if len(stem) < SHORTEST_WITH_TYPO or known:
            return None
        near = (known for known in self.single.get(stem[0], ()) if _one_slip(stem, known))
        return next(near, None)


def _one_slip(typed: str, known: str) -> bool:
    return abs(len(typed) - len(known)) <= 1 and OSA.distance(typed, known, score_cutoff=1) <= 1


class Terms:
    """Finds the parts of a guide that a message speaks of; those of no other guide."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Guide, Lexicon]] = OrderedDict()

    def find(self, guide: Guide, text: str) -> list[Entity]:
        """The parts of a guide in a text as it was read, in text order."""
        found = self.lexicon(guide).find(asides().blanked(fold(text)))
        return longest_first(list(found))

    def lexicon(self, guide: Guide) -> Lexicon:
        """The guide's lexicon; those used last are kept."""
        known = self._kept.pop(guide.slug, None)
        if known is None or known[0] is not guide:
            known = guide, Lexicon(guide_terms(guide))
        self._kept[guide.slug] = known
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return known[1]


def guide_terms(guide: Guide) -> Iterator[tuple[str, str, str]]:
    """(entity name, item id, phrase) for every part of a guide that can be asked for."""
    for phrase, kind in ACTIVITIES.items():
        yield "activity", kind, phrase
    for tool in guide.tools or []:
        yield from (("tool", name, name) for name in tool_names(tool.name))
    for entity, items in guide_items(guide).items():
        for item in items:
            names = (getattr(item, "name", None), *item.also)
            yield from ((entity, item.id, str(name)) for name in names if name)


def guide_items(guide: Guide) -> dict[str, list[Item]]:
    """The items of a guide by the name of their entity."""
    return {
        "activity": list(guide.high_school.steps) if guide.high_school else [],
        "myth": list(guide.myths or []),
        "passage": list(guide.transcript.passages) if guide.transcript else [],
        "route": list(guide.education.routes) if guide.education else [],
        "skill": list(guide.skills.scores) if guide.skills else [],
        "stage": list(guide.pathway.stages) if guide.pathway else [],
    }


def names_by_kind(guide: Guide) -> dict[str, list[str]]:
    """The parts of a guide that go by their names, by kind."""
    tools = [name for tool in guide.tools or [] for name in tool_names(tool.name)]
    return {
        "tool": tools,
        "skill": [skill.name for skill in (guide.skills.scores if guide.skills else [])],
        "stage": [stage.name for stage in (guide.pathway.stages if guide.pathway else [])],
        "route": [route.name for route in (guide.education.routes if guide.education else [])],
        "employer": [*guide.snapshot.employers],
        "title": [*guide.snapshot.titles],
    }


def tool_names(name: str) -> list[str]:
    """The single tools of an entry such as "AWS, Google Cloud or Azure"."""
    return BETWEEN_TOOLS.split(name)
