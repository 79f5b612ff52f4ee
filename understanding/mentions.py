"""How a sentence speaks of a career that it names: as a job that is asked for, or in passing.

The words are those of data/mentions.yml. Texts are folded; a place is that of a name in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from guides.documents import read
from understanding.text import any_of, singular

WORDS = Path(__file__).parent.parent / "data" / "mentions.yml"

Frame = Literal["none", "loose", "strong"]
"""How surely a place is one for a job: "strong" also makes a job of an ordinary word."""

CLAUSE = re.compile(r"[.,;?!]|\b(?:but|anyway)\b")
PERSONS = re.compile(r"(?:er|or|ist|ian|yst)s$|men$")
"""How the name of many ends who do something."""
LONGEST_UNKNOWN = 3
"""Words of the name of a career that no list has."""


def _any(names: Iterable[str]) -> str:
    return rf"(?:{any_of(names)})".replace(r"\ ", r"\s+")


class Mentions:
    """The patterns of data/mentions.yml."""

    def __init__(self, path: Path = WORDS) -> None:
        """Read the words.

        Raises:
            DocumentError: the file cannot be read.
        """
        lists = {name: [str(word) for word in words] for name, words in read(path).items()}
        of = {name: _any(words) for name, words in lists.items()}
        kinds = rf"(?:{of['kinds']}\s+)*"
        lead = rf"(?:{of['articles']}\s+)*{kinds}"
        some = rf"(?:(?:an?|any|some|most|all|being)\s+)?{kinds}"

        def before(pattern: str) -> re.Pattern[str]:
            return re.compile(rf"(?:^|(?<=[^\w'])){pattern}$")

        def after(pattern: str) -> re.Pattern[str]:
            return re.compile(rf"(?:'s|')?\s+{pattern}(?!\w)")

        self._become = before(rf"{of['become']}\s+{kinds}(?:an?|the)\s+{kinds}")
        self._wants = before(
            rf"(?:become|becoming|(?:want|wanna|going|gonna|like)(?:\s+to)?\s+be)\s+{lead}"
        )
        self._asked_of = before(rf"{of['ask']}\s+{some}")
        self._article = before(rf"an?\s+{kinds}")
        self._named = before(rf"{of['name']}\s+{some}")
        self._as = before(rf"(?:as|for|of)\s+an?\s+{kinds}")
        self._wish = before(rf"{of['wish']}\s+{lead}")
        self._about = before(rf"{of['about']}\s+{some}")
        self._told = before(
            rf"(?:about|on|than|vs\.?|versus|between|compared\s+(?:to|with)|what\s+is|what\s+are)\s+{some}"
        )
        self._part_of = before(rf"{of['part']}\s+{of['of']}\s+{lead}")
        self._how_much = re.compile(r"\bhow\s+much\b|\bmoney\b|\bpaid\b")
        self._what = before(rf"what\s+(?:do|does|did|would)\s+{some}")
        self._paid, self._acts = after(of["paid"]), after(of["act"])
        self._money, self._more = after(of["money"]), after(of["more"])
        self._helps = after(of["helps"])
        self._listed = re.compile(r"\s*[,:;-]+\s*(?:what|how|is|are|do|does|can)\b")
        self._filler = re.compile(rf"\b{of['filler']}\b|[^\w]+")
        self._has = re.compile(
            rf"(?:\b{of['people']}\b|\bboth\b)[^.,;?!]*(?:^|\s|(?<=\w)(?='s)){of['has']}\s+{lead}$"
        )
        self._turn = re.compile(rf"\b{of['turn']}\b")
        self._pronouns = tuple(f"{word} " for word in lists["pronouns"])
        self._mine = re.compile(r"\b(?:i|i'm|im|i'd|me|we)\b")
        self._not = re.compile(
            rf"\b(?:i|i'm|im|i'd|we|no)\b[^.,;?!]*\b{of['not']}\s+(?!{of['undecided']}\b)[^.,;?!]*$"
        )
        self._instead = before(
            rf"{of['instead']}\s+(?:to\s+)?(?:be\s+|being\s+|becoming\s+)?{lead}"
        )
        like = r"(?:it|this|that|job|work|explain(?:ed)?)\s+like\s+(?!being\b)"
        self._beside = before(rf"(?:{like}|{of['beside']}\s+){lead}(?:other\s+)?")
        self._joins = re.compile(rf"\s*(?:,?\s*(?:and|or)\b|[,&/])\s*{lead}")
        self._opposes = re.compile(rf"\s*,?\s*(?:vs\.?|versus|than|{of['instead']})\s*{lead}")
        self._comparing = re.compile(rf"\b{of['comparing']}(?!\w)")
        self._goes_on = re.compile(rf"\s*(?:$|[.,;?!]|{of['goes_on']}(?!\w))")
        self._met = frozenset(lists["met"])
        self._determined = before(rf"{of['determiners']}\s+(?:[\w'-]+\s+)?")
        self._no_career = frozenset(lists["no_career"])
        word = r"[a-z][a-z'-]*"
        name = rf"({word}(?:\s+{word}){{0,{LONGEST_UNKNOWN - 1}}}?)"
        self._unknown = [
            re.compile(pattern)
            for pattern in (
                rf"\bhow\s+much\s+(?:money\s+)?(?:do|does|can|would)\s+(?:an?\s+|the\s+)?{name}\s+(?:{of['paid']})\b",
                rf"\bwhat\s+(?:do|does)\s+(?:an?\s+)?{name}\s+(?:do|earn|make)\b",
                rf"\b(?:{of['paid']})\s+(?:\w+\s+)?as\s+an?\s+{name}(?=$|\s*[.,;?!])",
                rf"\b(?:become|(?:wanna|want\s+to|like\s+to|going\s+to|gonna)\s+be|becoming|being)\s+an?\s+{name}"
                r"(?=$|\s*[.,;?!]|\s+(?:and|but|so|what|how|do|does|in|for|to|when|with|is|a|like|pay)\b)",
            )
        ]

    def is_anybody(self, word: str) -> bool:
        """Whether a word stands for anybody rather than for a career: "specialist"."""
        return word in self._no_career

    def frame(self, text: str, start: int, end: int) -> Frame:
        """How surely a job stands at a place."""
        before, after = text[:start], text[end:]
        last = text[start:end].split()[-1]
        many = singular(last) != last
        inverted = many or self._article.search(before) or self._named.search(before)
        asked_of = inverted and self._asked_of.search(before)
        paid = self._asked_of.search(before) and self._paid.match(after)
        if (
            (paid and self._how_much.search(text))
            or self._become.search(before)
            or self._wants.search(before)
            or self._part_of.search(before)
            or (self._what.search(before) and self._acts.match(after))
        ):
            return "strong"
        asked = asked_of and not self._helps.match(after)
        places = (self._about, self._told, self._as, self._wish, self._instead)
        topics = self._money.match(after) or self._more.match(after)
        if asked or topics or any(place.search(before) for place in places):
            return "loose"
        return "loose" if not before.strip() and self._listed.match(after) else "none"

    def is_one(self, text: str, start: int, end: int) -> bool:
        """Whether a word is a person of that job by its grammar: "a chef", "chemists".

        Not so the persons that students meet, such as a teacher or a doctor.
        """
        word = text[start:end]
        if singular(word) in self._met:
            return False
        if self._article.search(text[:start]) and self.goes_on(text, end):
            return True
        many = singular(word) != word and bool(PERSONS.search(word))
        return many and not self._determined.search(text[:start])

    def is_person(self, text: str, start: int, end: int) -> bool:
        """Whether a word that ends like one who does something begins a thought: "sir, accountant is".

        Not so the persons that students meet.
        """
        last = singular(text[start:end].split()[-1])
        begins = not text[:start].strip() or text[:start].rstrip().endswith(
            (",", ".", ";", ":", "?", "!")
        )
        return begins and last not in self._met | self._no_career and self.goes_on(text, end)

    def goes_on(self, text: str, end: int) -> bool:
        """Whether the sentence ends or goes on after a name, and no noun follows: "a cook book"."""
        return bool(self._goes_on.match(text[end:]))

    def is_verbal(self, text: str, start: int) -> bool:
        """Whether a name at a place is a thing and what it does: "does it support"."""
        return text.startswith(self._pronouns, start) and bool(self._asked_of.search(text[:start]))

    def is_all(self, rest: str) -> bool:
        """Whether a text less the careers that it names is nothing but filler."""
        return not self._filler.sub("", rest)

    def asks(self, text: str, start: int, end: int) -> bool:
        """Whether a question is asked of the job at a place."""
        before, after = text[:start], text[end:]
        asking = (self._asked_of, self._about, self._part_of)
        return bool(
            any(place.search(before) for place in asking)
            or self._money.match(after)
            or self._more.match(after)
            or re.search(r"\b(?:how|what|which)\b[^.,;?!]*\bi\b[^.,;?!]*$", before)
        )

    def wishes(self, text: str, start: int) -> bool:
        """Whether somebody wants the job at a place, or thinks of it."""
        before = text[:start]
        return any(place.search(before) for place in (self._wish, self._become, self._wants))

    def is_held(self, text: str, start: int) -> bool:
        """Whether it is the job that another has: "my mom is a nurse"."""
        held = self._has.search(self._thought(text, start))
        return bool(held and not self._mine.search(held[0]))

    def is_unwanted(self, text: str, start: int) -> bool:
        """Whether a student does not want it: "i dont want to be a nurse"."""
        unwanted = self._not.search(self._thought(text, start))
        return bool(unwanted or self.is_excluded(text, start))

    def is_excluded(self, text: str, start: int) -> bool:
        """Whether something else is set against it: "instead of a nurse", "not the nurse"."""
        return bool(self._instead.search(text[:start]))

    def is_beside(self, text: str, start: int) -> bool:
        """Whether it stands beside what is meant: "with nurses", "than nurses"."""
        return bool(self._beside.search(text[:start]))

    def joins(self, between: str) -> bool:
        """Whether what stands between two names makes a list of them."""
        return bool(self._joins.fullmatch(between))

    def opposes(self, between: str) -> bool:
        """Whether what stands between two names sets them against each other."""
        return bool(self._opposes.fullmatch(between))

    def compares(self, text: str) -> bool:
        """Whether a text compares."""
        return bool(self._comparing.search(text))

    def clause(self, text: str, start: int) -> str:
        """What stands before a place in its clause."""
        ends = [found.end() for found in CLAUSE.finditer(text, 0, start)]
        return text[ends[-1] if ends else 0 : start]

    def _thought(self, text: str, start: int) -> str:
        """What stands before a place since the last turn of a sentence."""
        ends = [found.start() for found in self._turn.finditer(text, 0, start)]
        return text[ends[-1] if ends else 0 : start]

    def unknown(self, text: str) -> tuple[int, int] | None:
        """Where a career stands that no list has, by the words around it: "how much do wizards make"."""
        for pattern in self._unknown:
            found = pattern.search(text)
            if found and self._no_career.isdisjoint(found[1].split()):
                return found.span(1)
        return None


@cache
def mentions() -> Mentions:
    """The patterns, read once."""
    return Mentions()
