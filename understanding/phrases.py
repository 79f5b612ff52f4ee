"""Short phrases that people review, and whether a message holds one of them.

How a phrase is written is explained at the top of data/distress/words.yml. A message is brought
into the phrases' form once (`Vocabulary.tokens`); each phrase is then looked for at the places of
its first word, so that the time grows with the message and hardly with the list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.documents import DocumentError, read
from understanding.disguises import RUN_TOGETHER, Splitter, simplified
from understanding.english import english
from understanding.spelling import WORDS, general_words, read_words

SHORTEST_WITH_TYPO, SHORTEST_MEANT = 3, 4
TWO_EDITS_FROM = 7
CACHED = 10_000
GAP = 3
"""Other words that `...` may stand for, and words of one pair of brackets."""

Tokens = tuple[str, ...]
PARTS = re.compile(r"\([^)]*\)|\[[^]]*\]|<[^>]*>|\S+")
FIRST, LAST = "^", "$"
REMOVED = "~"
"""Stands where a figure of speech was, so that no phrase spans the place."""


class Vocabulary:
    """Brings messages and phrases into one form: words written out, endings cut."""

    def __init__(self, words: Mapping[str, Any], texts: Iterable[str]) -> None:
        """Take words.yml, and all phrases: their words are what a misspelt word becomes."""
        same = {typed: full for full, forms in words["same"].items() for typed in forms}
        self._same = {tuple(typed.split()): tuple(full.split()) for typed, full in same.items()}
        self._fillers = {tuple(str(each).split()) for each in words["filler"]}
        self._longest = max(map(len, (*self._same, *self._fillers)))
        stemmer = snowballstemmer.stemmer("english")
        self._stem = lru_cache(CACHED)(stemmer.stemWord)
        named = [word for text in texts for word in simplified(text).split()]
        named += [word for typed in (*self._same, *self._same.values()) for word in typed]
        self._meant = sorted({word for word in named if len(word) >= SHORTEST_MEANT})
        self._known = general_words().keys() | read_words(WORDS)[0] | set(named)
        self._repaired = lru_cache(CACHED)(self._repair)
        short = set(english("spelling").words("two_letters"))
        self._splitter = Splitter({word for word in named if len(word) > 2} | short)

    def tokens(self, text: str, repair: bool = False) -> Tokens:
        """The words of a text in the phrases' form, with misspelt ones put right where asked."""
        plain = simplified(text).split()
        typed = [each for word in plain for each in self._repaired(word)] if repair else plain
        return tuple(self._stem(word) for word in self._written_out(typed))

    def repaired(self, text: str) -> str:
        """The text in plain letters, its misspelt words put right where that is sure."""
        return " ".join(each for word in simplified(text).split() for each in self._repaired(word))

    def _written_out(self, typed: Sequence[str]) -> Iterator[str]:
        place = 0
        while place < len(typed):
            for size in range(min(self._longest, len(typed) - place), 0, -1):
                found = tuple(typed[place : place + size])
                if found in self._same or found in self._fillers:
                    yield from self._same.get(found, ())
                    place += size
                    break
            else:
                yield typed[place]
                place += 1

    def _repair(self, word: str) -> Tokens:
        """The word that an unknown one is a slip away from, or the words that were run together."""
        if word in self._known or len(word) < SHORTEST_WITH_TYPO or not word.isalpha():
            return (word,)
        most = 2 if len(word) >= TWO_EDITS_FROM else 1
        near = process.extractOne(word, self._meant, scorer=OSA.distance, score_cutoff=most)
        if near:
            return (str(near[0]),)
        return self._splitter.split(word) if len(word) >= RUN_TOGETHER else (word,)


@dataclass(frozen=True)
class Element:
    """One place of a phrase: words of which one must stand there, or up to so many may."""

    choices: frozenset[Tokens]
    most: int = 1
    needed: bool = True
    anything: bool = False


@dataclass(frozen=True)
class Phrase:
    """A phrase of a list, and the name of the list."""

    name: str
    written: str
    elements: tuple[Element, ...]
    first: bool
    last: bool

    def end(self, tokens: Tokens, place: int) -> int:
        """Where the phrase ends that starts at a place; -1 where it does not stand there."""
        if self.first and place:
            return -1
        return self._end(tokens, place, 0, 0)

    def _end(self, tokens: Tokens, place: int, number: int, taken: int) -> int:
        if number == len(self.elements):
            return place if not self.last or place == len(tokens) else -1
        element = self.elements[number]
        if taken < element.most:
            steps = (
                ((1,) if place < len(tokens) and tokens[place] != REMOVED else ())
                if element.anything
                else [
                    len(each)
                    for each in element.choices
                    if tokens[place : place + len(each)] == each
                ]
            )
            if element.needed:
                return max(
                    (self._end(tokens, place + step, number + 1, 0) for step in steps), default=-1
                )
            for step in steps:
                found = self._end(tokens, place + step, number, taken + 1)
                if found >= 0:
                    return found
        elif element.needed:
            return -1
        return self._end(tokens, place, number + 1, 0)


class PhraseList:
    """The phrases of several lists, each found at the places of its first word."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            for word in sorted({choice[0] for choice in phrase.elements[0].choices}):
                self._by_word[word].append(phrase)

    def found_in(self, tokens: Tokens) -> list[tuple[Phrase, int, int]]:
        """Every phrase that stands in the tokens, with its start and its end."""
        found = []
        for place, word in enumerate(tokens):
            for phrase in self._by_word.get(word, ()):
                end = phrase.end(tokens, place)
                if end > place:
                    found.append((phrase, place, end))
        return found

    def without(self, tokens: Tokens) -> Tokens:
        """The tokens with each phrase replaced by one sign."""
        cut = {place: end for _, place, end in self.found_in(tokens)}
        rest, place = [], 0
        while place < len(tokens):
            rest.append(REMOVED if place in cut else tokens[place])
            place = cut.get(place, place + 1)
        return tuple(rest)


class Phrasebook:
    """Reads phrases in their written form."""

    def __init__(self, path: Path, lists: Mapping[str, Sequence[str]]) -> None:
        """Take words.yml, and the phrases of each list by its name.

        Raises:
            DocumentError: with every phrase that cannot be read, its list and the remedy.
        """
        words = read(path)
        self.vocabulary = Vocabulary(words, _texts(words["sets"], lists))
        self._sets = {
            name: frozenset(map(self.vocabulary.tokens, each))
            for name, each in words["sets"].items()
        }
        faults = []
        self.phrases: list[Phrase] = []
        for name, written in lists.items():
            for each in written:
                try:
                    self.phrases.append(self._phrase(name, each))
                except ValueError as error:
                    faults.append(f"{name}: phrase {each!r}: {error}")
        if faults:
            raise DocumentError(faults)

    def _phrase(self, name: str, written: str) -> Phrase:
        parts = PARTS.findall(written)
        first, last = parts[:1] == [FIRST], parts[-1:] == [LAST]
        elements = [
            each for part in parts if part not in (FIRST, LAST) for each in self._element(part)
        ]
        if not elements or not elements[0].needed:
            raise ValueError("a phrase begins with a word: take the brackets or dots away")
        return Phrase(name, written, tuple(elements), first, last)

    def _element(self, part: str) -> Iterator[Element]:
        if part == "...":
            yield Element(frozenset(), GAP, needed=False, anything=True)
        elif part.startswith("("):
            yield Element(self._choices(part[1:-1].split("/")), GAP, needed=False)
        elif part.startswith("<"):
            yield Element(self._choices([f"<{name}>" for name in part[1:-1].split("/")]))
        else:
            choices = self._choices(part.strip("[]").split("/"))
            if choices:
                yield Element(choices)

    def _choices(self, names: Sequence[str]) -> frozenset[Tokens]:
        found: set[Tokens] = set()
        for name in names:
            if name.startswith("<"):
                if name[1:-1] not in self._sets:
                    raise ValueError(f"found {name}, expected one of: {', '.join(self._sets)}")
                found |= self._sets[name[1:-1]]
            else:
                found.add(self.vocabulary.tokens(name))
        return frozenset(found - {()})


def _texts(sets: Mapping[str, Sequence[str]], lists: Mapping[str, Sequence[str]]) -> list[str]:
    named = [str(each) for choices in sets.values() for each in choices]
    return named + [re.sub(r"<[^>]*>", " ", each) for written in lists.values() for each in written]
