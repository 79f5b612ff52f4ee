"""The questions in one message: "hours and pay?" holds two, "pros and cons?" one.

A message is cut where a sentence ends, at "and", "also", "plus" or a comma, and before a new
question; then the best of all cuttings is kept in which every piece stands on its own. Pieces go
to the same classifier as whole messages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log

from understanding.classifier import Ranking
from understanding.cuts import OPEN, VERB, Cut, Kind, cuttings, find_cuts, pieces
from understanding.text import WORD
from understanding.topics import BESIDE, FORMS, JOINED, NOT_ANSWERED, alike

ASKS = re.compile(
    rf"(?:{OPEN}|{VERB}(?:n't)?|tell|give|gimme|show|list|explain|describe|walk|any|need|gotta)\b"
)
STORY = re.compile(
    r"(?:i|i'm|im|i've|ive|i'd|id|my|our|we|he|she|his|her|me|mom|dad|it|it's|its|everyone|"
    r"everybody|never|not|no|yes|hate|hates|love|loves|like|likes|"
    r"if|when|since|because|as|after|before|while|although|though|for|under|with)\b"
)
"""How a piece begins that tells something; nothing in it is asked."""
SURE = 0.5
"""Probability that the topic of a question needs to stand on its own."""
SURE_OF_NOUN = 0.75
"""The same for a piece that is no sentence, like "pay"."""
LONGEST_NOUN = 5
"""Words of such a piece."""
SUBJECT = re.compile(
    r"(?:the|their|your|any|some|other|best|worst)\b|.*\b(?:pay|salary|salaries|wages?|money|hours|"
    r"skills?|tools?|software|pros|cons|(?:up|down|good|bad) ?sides?|perks|classes|courses|majors?|"
    r"degrees?|college|school|education|training|routes?|outlook|future|demand|growth|market|"
    r"titles?|names|projects?|portfolio|certs?|certificates?|certifications?|myths?|steps|stages|"
    r"pathway|schedule|day|week|teamwork|employers|companies|sources|advice|difficulty|fit|"
    r"requirements|duties|(?:dis)?advantages)$"
)
"""A noun that can be a question even after a sentence: "what do they do and the pay"; other nouns
belong to the sentence: "do they use docker and kubernetes"."""

SURELY_BESIDE = 0.5
"""Probability that a piece asks nothing, for the rest to be read without it."""


@dataclass(frozen=True)
class Part:
    """One question of a message.

    `text` is as typed, `plain` as the classifier reads it; `ranking` has the likeliest intent
    first and is empty if there is no word in the text.
    """

    text: str
    plain: str
    ranking: Ranking

    @property
    def intent(self) -> str:
        """The likeliest intent."""
        return self.ranking[0][0] if self.ranking else "out_of_scope"

    @property
    def sureness(self) -> float:
        """The probability of the likeliest intent."""
        return self.ranking[0][1] if self.ranking else 0.0

    @property
    def asks(self) -> bool:
        """Whether something is asked in it; a story or a greeting asks nothing."""
        return not tells(self.text, self.plain) and self.intent not in BESIDE

    @property
    def is_beside(self) -> bool:
        """Whether it surely asks nothing, whatever else it is."""
        beside = sum(found for intent, found in self.ranking if intent in BESIDE)
        return self.intent in BESIDE and beside >= SURELY_BESIDE

    @property
    def is_sure(self) -> bool:
        """Whether its topic is sure enough to stand on its own."""
        least = SURE if ASKS.match(self.plain) or "?" in self.text else SURE_OF_NOUN
        answers = self.intent in (*NOT_ANSWERED, *FORMS) or self.intent.startswith("ask_")
        return answers and self.sureness >= least


def pooled(ranking: Ranking) -> Ranking:
    """The ranking with the likeliest intent as sure as all intents together that are alike."""
    if not ranking:
        return ranking
    (best, _), *rest = ranking
    return [(best, sum(found for name, found in ranking if name in alike(best))), *rest]


def tells(text: str, plain: str) -> bool:
    """Whether a piece, as typed and as the classifier reads it, begins like a story."""
    return "?" not in text and bool(STORY.match(plain))


def can_stand(plain: str, before: Kind, after: Kind) -> bool:
    """Whether a piece between cuts of these kinds has the form of a question of its own."""
    sentence = ASKS.match(plain) or before == after == Kind.SENTENCE
    return bool(sentence) or len(plain.split()) <= LONGEST_NOUN


def find_parts(
    text: str,
    read: Callable[[str], str],
    rank: Callable[[str], Ranking],
    named: Callable[[str], str | None] = lambda text: None,
    facet: Callable[[str], str | None] = lambda plain: None,
) -> list[Part]:
    """The questions in a typed text, in order; the text itself if it holds only one.

    Of the ways to cut, the one with the most questions wins, then the surest. Neighbouring
    questions differ in their intent, facet or career. What is only refused is cut off.

    Args:
        read: brings a typed text into the classifier's form.
        rank: the intents of a text in that form, likeliest first.
        named: the career that a typed text is about, if it names one.
        facet: the facet that a text in the classifier's form surely asks for, if there is one.
    """

    read = cache(read)

    @cache
    def part(piece: str) -> Part:
        plain = read(piece)
        return Part(piece, plain, rank(plain) if WORD.search(plain) else [])

    whole = part(text)
    best, most = [whole], _worth([whole]) if whole.asks else (0.0, 0.0)
    for cuts in cuttings(find_cuts(text)):
        texts = list(pieces(text, cuts))
        able = _able([(piece, read(piece)) for piece in texts], cuts)
        if not any(able):
            continue  # before the costly part: each piece that is ranked takes milliseconds
        parts = list(map(part, texts))
        asked = _asked(parts, able, lambda one: (named(one.text), facet(one.plain)))
        worth = _worth(asked, len(asked) == 1)
        if asked and worth > most:
            best, most = asked, worth
    return list(_joined(best))


def _worth(asked: Sequence[Part], rid: bool = False) -> tuple[float, float]:
    """How many questions, and how sure they are together; more is better.

    A message rid of what stands beside its question is worth more than all of it.
    """
    return len(asked) + rid / 2, sum(log(each.sureness or 1) for each in asked)


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts, with neighbours that are one question together made one."""
    waiting: Part | None = None
    for part in parts:
        intent = JOINED.get(frozenset([waiting.intent, part.intent])) if waiting else None
        if waiting and intent:
            waiting = _as_one(waiting, part, intent)
            continue
        if waiting:
            yield waiting
        waiting = part
    if waiting:
        yield waiting


def _as_one(one: Part, other: Part, intent: str) -> Part:
    sureness = min(one.sureness, other.sureness)
    rest = [pair for pair in other.ranking if pair[0] not in (intent, one.intent, other.intent)]
    text, plain = f"{one.text}, {other.text}", f"{one.plain}, {other.plain}"
    return Part(text, plain, [(intent, sureness), *rest])


def _able(texts: Sequence[tuple[str, str]], cuts: Sequence[Cut]) -> list[bool]:
    """For each piece, as typed and as read, whether it has the form of a question."""
    kinds = pairwise([Kind.SENTENCE, *(cut.kind for cut in cuts), Kind.SENTENCE])
    return [
        not tells(text, plain) and can_stand(plain, *edges)
        for (text, plain), edges in zip(texts, kinds, strict=True)
    ]


Subject = tuple[str | None, str | None]
"""The career and the facet that a part is about."""


def _asked(
    parts: Sequence[Part], able: Sequence[bool], subject: Callable[[Part], Subject]
) -> list[Part]:
    """The parts that ask something; none if one of them cannot stand on its own.

    One alone must be all that a message asks: whatever is beside it surely asks nothing.
    """
    asked = [part for part in parts if part.asks]
    bound = any(_belongs(one, other, subject) for one, other in pairwise(asked))
    formed = all(able[place] for place, part in enumerate(parts) if part.asks)
    rest = [part for part in parts if not part.asks]
    if len(asked) == 1:
        return asked if rest and all(part.is_beside for part in rest) else []
    return asked if not bound and formed and all(part.is_sure for part in asked) else []


def _belongs(one: Part, other: Part, subject: Callable[[Part], Subject]) -> bool:
    """Whether the other asks the same again, or is a further noun of the sentence before it."""
    if one.intent == other.intent:
        (career, facet), (other_career, other_facet) = subject(one), subject(other)
        same = facet in (None, other_facet) or not other_facet or not ASKS.match(other.plain)
        return same and other_career in (None, career)
    noun = not ASKS.match(other.plain) and "?" not in one.text
    return noun and bool(ASKS.match(one.plain)) and not SUBJECT.match(other.plain.rstrip("?!. "))
