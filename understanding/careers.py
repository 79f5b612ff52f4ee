"""Careers that a message names, those with a guide and those without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.schema import Guide
from understanding.entity import Entity, longest_first
from understanding.spelling import general_words, slip
from understanding.text import fold, words

STANDS_FOR_CAREER = re.compile(
    r"\b(?:this|it|its|it's|they|them|their|one|the job|the role|the career)\b"
)
ASIDE = re.compile(
    r"\b(?:with|from|than|vs\.?|versus|between|just|or|not|same as|like(?! being)|into|other|also|and|my|our|his|her|their|a certified|are you|"
    r"(?:mom|mum|mother|dad|father|sister|brother|aunt|uncle|cousin|friend|parents?) (?:is|was|are|works as)|"
    r"asks?|asked|alongside|including|i'?m|i am|we'?re|we are|i work(?:ed)? as|who(?:'?s| is| are)|which|my \w+)\s+(?:an?\s+|the\s+|being\s+|other\s+)*$"
)
CERTAIN = re.compile(
    r"\b(?:becom(?:e|ing)|to be|(?:what|who|how)\b.{0,30}\blike being|career of|job of|work of|life of|day of|salary of|pay of|"
    r"(?<!same )as|for)\s+(?:an?\s+|the\s+)?$"
)
"""What makes a career the subject even where "it" came before: "does it take to become a ..."."""

AT_SCHOOL = ("teacher", "professor", "librarian", "coach", "principal", "school counselor")
"""People who ask for their students."""
COMPARING = re.compile(r"\b(?:than|compar\w+|vs\.?|versus|difference|or)\b")
SHORTEST_WITH_TYPO = 6
SHORTEST_WITH_TWO_TYPOS = 14
SHORTEST_OTHER_WITH_TYPO = 5


class Careers:
    """Names of careers: those of the guides, and occupations that no guide covers."""

    def __init__(self, guides: Mapping[str, Guide], occupations: Iterable[str]) -> None:
        self.guided: dict[tuple[str, ...], str] = {}
        for guide in guides.values():
            for name in guide.names:
                self.guided[_stems(name)] = guide.slug
        self.others = {_stems(name): name for name in occupations}
        for stems in self.guided:
            self.others.pop(stems, None)
        self.longest = max(map(len, (*self.guided, *self.others)))
        self._unspaced = {"".join(stems): slug for stems, slug in self.guided.items()}
        self._guided_names: dict[tuple[int, str], list[tuple[tuple[str, ...], str]]] = {}
        for stems, slug in self.guided.items():
            self._guided_names.setdefault((len(stems), stems[0][0]), []).append((stems, slug))
        self._words: dict[str, list[str]] = {}
        for word in sorted({stem for stems in self.others for stem in stems}):
            if len(word) >= SHORTEST_OTHER_WITH_TYPO:
                self._words.setdefault(word[0], []).append(word)

    def find(self, text: str) -> list[Entity]:
        """Careers in a folded text: entity `career` with a guide's slug or the name itself."""
        found: list[Entity] = []
        run = words(text)
        stems = [word.stem for word in run]
        repaired = [self._repaired(stem) for stem in stems]
        for first in range(len(run)):
            for last in range(first + 1, min(first + self.longest, len(run)) + 1):
                forms = (stems, [word.text for word in run], repaired)
                value = self._value(*(tuple(form[first:last]) for form in forms))
                if value:
                    found.append(Entity("career", value, run[first].start, run[last - 1].end))
        return _without_overlaps(longest_first(found))

    def subject(self, text: str) -> Entity | None:
        """The career that the message is about, if it names one.

        A career with a guide wins. One without counts only where it is not an aside ("do they
        work with nurses") and nothing before it already stands for the career ("is it like ...").
        """
        return self._subject(text, self.find(text))

    def _subject(self, text: str, found: list[Entity]) -> Entity | None:
        guided = [entity for entity in found if entity.value in self.guided.values()]
        if guided:
            return guided[0]
        for entity in found:
            before = text[: entity.start]
            pointed = STANDS_FOR_CAREER.search(before) and not CERTAIN.search(before)
            aside = ASIDE.search(before) or _speaks(before, entity) or _is_measure(text, entity)
            if not aside and not pointed:
                return entity
        return None

    def compared(self, text: str) -> list[Entity]:
        """Careers without a guide that this one is compared with: entity `compared_career`."""
        if not COMPARING.search(text):
            return []
        found = self.find(text)
        subject = self._subject(text, found)
        return [
            Entity("compared_career", entity.value, entity.start, entity.end)
            for entity in found
            if entity.value not in self.guided.values() and entity != subject
        ]

    def mask(self, text: str) -> str:
        """The text with the career that it is about replaced by "this career"."""
        found = self.find(text)
        subject = self._subject(text, found)
        for entity in reversed(found):
            if entity.value not in self.guided.values() and entity != subject:
                continue
            named = text[entity.start : entity.end]
            many = named.endswith("s") and not named.endswith(("ops", "'s"))
            name = "people in this career" if many else "this career"
            before = re.sub(r"\b(?:an?|the|this|that)\s+$", "", text[: entity.start])
            text = before + name + text[entity.end :]
        return text

    def _value(
        self, stems: tuple[str, ...], exact: tuple[str, ...], repaired: tuple[str, ...]
    ) -> str | None:
        for form in (stems, exact):
            value = self.guided.get(form) or self.others.get(form)
            if value:
                return value
        return self.others.get(repaired) or self._guided_misspelt(stems)

    def _guided_misspelt(self, stems: tuple[str, ...]) -> str | None:
        unspaced = "".join(stems)  # "m.l.ops", and "mlop", which looks like a singular
        slug = self._unspaced.get(unspaced) or self._unspaced.get(f"{unspaced}s")
        letters = len(" ".join(stems))
        if slug or letters < SHORTEST_WITH_TYPO:
            return slug
        most = 1 if letters < SHORTEST_WITH_TWO_TYPOS else 2
        for name, slug in self._guided_names.get((len(stems), stems[0][0]), ()):
            slips = [OSA.distance(*pair) for pair in zip(name, stems, strict=True)]
            if max(slips) <= 1 and sum(slips) <= most:
                return slug
        return None

    def _repaired(self, typed: str) -> str:
        """The word of an occupation's name that an unknown word is one slip away from."""
        if len(typed) < SHORTEST_OTHER_WITH_TYPO or typed in general_words():
            return typed
        known = self._words.get(typed[0], [])
        near = process.extract(typed, known, scorer=OSA.distance, score_cutoff=1)
        likely = [str(word) for word, _, _ in near if slip(typed, word) <= 1]
        return likely[0] if likely else typed


def _speaks(before: str, entity: Entity) -> bool:
    """Whether someone at school speaks: "as a teacher, I need the sources"."""
    return bool(re.match(r"as an? $", before)) and entity.value in AT_SCHOOL


def _is_measure(text: str, entity: Entity) -> bool:
    """Whether it is only compared: "does a nurse earn more than they do", "nurse or this"."""
    rest = text[entity.end :]
    than = re.search(r"\b(?:than|or|vs|versus|to (?:do|get|have|be in|work in))\b", rest)
    return bool(than and STANDS_FOR_CAREER.search(rest[than.end() :]))


def _stems(name: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words(fold(name)))


def _without_overlaps(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda entity: (entity.start - entity.end, entity.start)):
        if all(entity.end <= other.start or other.end <= entity.start for other in kept):
            kept.append(entity)
    return sorted(kept, key=lambda entity: entity.start)
