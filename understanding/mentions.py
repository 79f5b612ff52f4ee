"""How a sentence speaks of a career that it names: as a job that is asked for, or in passing.

The words are those of data/english/mentions.yml. Texts are folded; a place is that of a name in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

from understanding.english import ENGLISH, Rules, english
from understanding.text import singular

WORDS = ENGLISH / "mentions.yml"
BEFORE, AFTER = r"(?:^|(?<=[^\w']))(?:{})$", r"(?:{})(?!\w)"
"""What is around a rule of words before and after a job."""
AT_SCHOOL = english("careers").pattern("at_school")
"""Persons of a school, whom students speak of and to."""

Frame = Literal["none", "loose", "strong"]
"""How surely a place is one for a job: "strong" also makes a job of an ordinary word."""


class Mentions:
    """The patterns of data/english/mentions.yml."""

    def __init__(self, path: Path = WORDS) -> None:
        """Read the words.

        Raises:
            DocumentError: the file or a rule of it cannot be read.
        """
        rules = Rules(path)
        self._before = rules.patterns("before", BEFORE)
        self._after = rules.patterns("after", AFTER)
        self._listed, self._ends = rules.pattern("listed"), rules.pattern("ends")
        self._joins, self._opposes = rules.pattern("joins"), rules.pattern("opposes")
        self._how_much, self._compares = rules.pattern("how_much"), rules.pattern("compares")
        self._clause, self._thoughts = rules.pattern("clause"), rules.pattern("thought")
        self._nothing, self._persons = rules.pattern("nothing"), rules.pattern("persons")
        self._held, self._mine = rules.pattern("held"), rules.pattern("mine")
        self._unwanted, self._how_i = rules.pattern("unwanted"), rules.pattern("how_i")
        self._unknown, self._guessed = rules.patterns("unknown"), rules.patterns("guessed")
        self._pronouns = tuple(f"{word} " for word in rules.words("pronouns"))
        self._met = frozenset(rules.words("met"))
        self._owners = frozenset(rules.words("owners"))
        self._no_career = frozenset(rules.words("no_career"))

    def is_anybody(self, word: str) -> bool:
        """Whether a word stands for anybody rather than for a career: "specialist"."""
        return word in self._no_career

    def is_owner(self, word: str) -> bool:
        """Whether what stands behind a word is somebody's own: "my"."""
        return word in self._owners

    def frame(self, text: str, start: int, end: int) -> Frame:
        """How surely a job stands at a place."""
        before, after = text[:start], text[end:]
        last = text[start:end].split()[-1]
        many = singular(last) != last
        inverted = (
            many or self._before["article"].search(before) or self._before["name"].search(before)
        )
        asked_of = inverted and self._before["ask"].search(before)
        paid = self._before["ask"].search(before) and self._after["paid"].match(after)
        if (
            (paid and self._how_much.search(text))
            or self.is_asked_of_own(text, start, end)
            or self._before["become"].search(before)
            or self._before["want"].search(before)
            or self._before["part"].search(before)
            or (
                self._before["count"].search(before) and (many or self._after["money"].match(after))
            )
            or (self._before["what"].search(before) and self._after["act"].match(after))
        ):
            return "strong"
        asked = asked_of and not self._after["helps"].match(after)
        places = ("about", "told", "as", "wish", "instead", "work", "best")
        topics = any(self._after[place].match(after) for place in ("money", "more", "folk", "fits"))
        if asked or topics or any(self._before[place].search(before) for place in places):
            return "loose"
        begins = not self.clause(text, start).strip()
        return "loose" if begins and self._listed.match(after) else "none"

    def is_one(self, text: str, start: int, end: int) -> bool:
        """Whether a word is a person of that job by its grammar: "a chef", "chemists".

        Not so the persons that students meet, such as a teacher or a doctor.
        """
        word = text[start:end]
        if singular(word) in self._met:
            return False
        if self._before["article"].search(text[:start]) and self.goes_on(text, end):
            return True
        many = singular(word) != word and bool(self._persons.search(word))
        return many and not self._before["owner"].search(text[:start])

    def is_person(self, text: str, start: int, end: int) -> bool:
        """Whether a word that ends like one who does something begins a thought: "sir, accountant is".

        Not so the persons that students meet.
        """
        last = singular(text[start:end].split()[-1])
        before = self.clause(text, start)
        begins = self.is_all(before) and not self._before["certain"].search(before)
        return begins and last not in self._met | self._no_career and self.goes_on(text, end)

    def may_be_job(self, text: str, start: int, end: int, sure: bool = False) -> bool:
        """Whether a word is likely a job: those who do it, or one with nothing but an article.

        Not so nobody's job, nor the persons whom students meet.

        Args:
            sure: whether the word is hardly anything else, whatever stands before it.
        """
        word, before = text[start:end], text[:start]
        last = singular(word.split()[-1])
        many = bool(self._persons.search(word)) or word == f"{last}s"
        likely = sure or many or self._before["single"].search(before)
        return not (
            not likely
            or self.is_anybody(word)
            or (last in self._met and not many)
            or self.is_other(text, start)
            or self.is_held(text, start)
            or self.is_unwanted(text, start)
        )

    def goes_on(self, text: str, end: int) -> bool:
        """Whether the sentence ends or goes on after a name, and no noun follows: "a cook book"."""
        return bool(self._ends.match(text[end:]))

    def is_judged(self, text: str, start: int, end: int) -> bool:
        """Whether a kind of work is done by somebody, or what becomes of it is said or asked:
        "is data entry dying"."""
        before, after = text[:start], text[end:]
        asked = self._before["ask"].search(before) and self._after["judged"].match(after)
        done = self._before["doing"].search(before) and self._after["stops"].match(after)
        return bool(asked or done or self._after["becomes"].match(after))

    def is_verbal(self, text: str, start: int) -> bool:
        """Whether a name at a place is a thing and what it does: "does it support"."""
        return text.startswith(self._pronouns, start) and bool(
            self._before["ask"].search(text[:start])
        )

    def is_all(self, rest: str) -> bool:
        """Whether a text less the careers that it names is nothing but filler."""
        return not self._nothing.sub("", rest)

    def asks(self, text: str, start: int, end: int) -> bool:
        """Whether a question is asked of the job at a place."""
        before, after = text[:start], text[end:]
        asking = ("ask", "about", "part")
        return bool(
            any(self._before[place].search(before) for place in asking)
            or self._after["money"].match(after)
            or self._after["more"].match(after)
            or self._how_i.search(before)
        )

    def is_asked_of_own(self, text: str, start: int, end: int) -> bool:
        """Whether it is asked what somebody of one's own earns or does: "what does my barber make".

        Not so of the persons at school.
        """
        asked = self._before["asked_own"].search(text[:start])
        if not asked or AT_SCHOOL.search(text[start:end]):
            return False
        return any(self._after[way].match(text[end:]) for way in ("paid", "act"))

    def is_mine(self, text: str, start: int) -> bool:
        """Whether it is the job of who writes: "i'm a welder"."""
        return self.is_beside(text, start) and self.speaks_of_oneself(self._thought(text, start))

    def speaks_of_oneself(self, text: str) -> bool:
        """Whether who writes a text speaks of themselves."""
        return bool(self._mine.search(text))

    def wishes(self, text: str, start: int) -> bool:
        """Whether somebody wants the job at a place, or thinks of it."""
        before = text[:start]
        return any(self._before[place].search(before) for place in ("wish", "become", "want"))

    def is_held(self, text: str, start: int) -> bool:
        """Whether it is the job that another has: "my mom is a nurse"."""
        held = self._held.search(self._thought(text, start))
        return bool(held and not self._mine.search(held[0]))

    def is_unwanted(self, text: str, start: int) -> bool:
        """Whether a student does not want it: "i dont want to be a nurse"."""
        unwanted = self._unwanted.search(self._thought(text, start))
        return bool(unwanted or self.is_excluded(text, start))

    def is_excluded(self, text: str, start: int) -> bool:
        """Whether something else is set against it: "instead of a nurse", "not the nurse"."""
        return bool(self._before["instead"].search(text[:start]))

    def is_beside(self, text: str, start: int) -> bool:
        """Whether it stands beside what is meant: "with nurses", but not "what goes with nurses"."""
        before = text[:start]
        return bool(
            self._before["beside"].search(before) and not self._before["about"].search(before)
        )

    def is_likened(self, text: str, start: int, end: int) -> bool:
        """Whether what is meant is likened to it: "so an ai janitor basically"."""
        before = self.clause(text, start)
        said = self._before["likened"].search(before) and self._after["likened"].match(text[end:])
        return bool(said or self._before["glorified"].search(before))

    def is_other(self, text: str, start: int) -> bool:
        """Whether it stands beside what is meant and is nobody's own: not so "my plumber"."""
        return self.is_beside(text, start) and not self._before["own"].search(text[:start])

    def joins(self, between: str) -> bool:
        """Whether what stands between two names makes a list of them."""
        return bool(self._joins.fullmatch(between))

    def opposes(self, between: str) -> bool:
        """Whether what stands between two names sets them against each other."""
        return bool(self._opposes.fullmatch(between))

    def compares(self, text: str) -> bool:
        """Whether a text compares."""
        return bool(self._compares.search(text))

    def asks_amount(self, text: str) -> bool:
        """Whether a text asks how much somebody earns or gets."""
        return bool(self._how_much.search(text))

    def clause(self, text: str, start: int) -> str:
        """What stands before a place in its clause."""
        ends = [found.end() for found in self._clause.finditer(text, 0, start)]
        return text[ends[-1] if ends else 0 : start]

    def behind_clause(self, text: str, start: int) -> str:
        """What stands behind the clause of a place; empty where it ends the text."""
        end = self._clause.search(text, start)
        return text[end.end() :].lstrip(" .,;?!") if end else ""

    def _thought(self, text: str, start: int) -> str:
        """What stands before a place since the last turn of a sentence."""
        ends = [found.start() for found in self._thoughts.finditer(text, 0, start)]
        return text[ends[-1] if ends else 0 : start]

    def unknown(self, text: str, knows: Callable[[str], bool] | None) -> tuple[int, int] | None:
        """Where a career stands that no list has, by the words around it: "how much do wizards make".

        Args:
            knows: whether a word is one of ours; what may stand before any noun, such as the pay in
                "ninja salary", makes a career only of another word. Without it that is not tried.
        """
        for pattern in self._unknown.values():
            for found in pattern.finditer(text):
                if self._may_be_career(text, found):
                    return found.span(1)
        if knows is None:
            return None
        for pattern in self._guessed.values():
            for found in pattern.finditer(text):
                if self._may_be_career(text, found) and not all(map(knows, found[1].split())):
                    return found.span(1)
        return None

    def _may_be_career(self, text: str, found: re.Match[str]) -> bool:
        return self._no_career.isdisjoint(found[1].split()) and not self.is_unwanted(
            text, found.start(1)
        )


@cache
def mentions() -> Mentions:
    """The patterns, read once."""
    return Mentions()
