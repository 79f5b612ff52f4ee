"""What was shown last, read again: its first sentence, the items of its list, its offers.

A reply puts the answer first, so its first sentence is its short form; a list has one item a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers.model import Question
from answers.words import ENTRY
from understanding.parts import ASKS
from understanding.reading import FILLER
from understanding.text import fold, words

SENTENCE = re.compile(r"(.+?(?<!\.[A-Z])[.!?])(?=\s|$)", re.DOTALL)
"""A sentence; "the U.S." ends none."""
SHARE = re.compile(r".+: \d+(?:\.\d+)?%")
LONGEST_PICK = 4
"""Words of a message that picks a career by a word of its name: "civil i guess"."""
MOST_ITEMS = 3
"""Items of a list that a short form names."""


def items_of(text: str) -> list[str]:
    """The items of the list in a reply, in order; none where it holds no list."""
    found = map(ENTRY.match, text.split("\n"))
    return [each[2].strip() for each in found if each]


def in_short(text: str) -> str:
    """The first sentence of a reply, with the first items of the list that it announces."""
    first, *rest = text.strip().split("\n")
    if first.endswith(":") and rest:
        return f"{first} {'; '.join(items_of(text)[:MOST_ITEMS])}."
    found = SENTENCE.match(first)
    return found[1] if found else first


def parts_of(text: str) -> list[str]:
    """What a reply says, in pieces that can stand alone: its sentences, and its items each.

    A line that only announces a list ("The routes:") is left out, and shares of one whole are one
    piece.
    """
    found: list[str] = []
    for line in text.strip().split("\n"):
        item = ENTRY.match(line)
        if item and found and SHARE.fullmatch(item[2].strip()) and SHARE.search(found[-1]):
            found[-1] += f"; {item[2].strip()}"
        elif item:
            found.append(item[2].strip())
        elif not line.endswith(":"):
            found += [sentence[1].strip() for sentence in SENTENCE.finditer(line)] or [line.strip()]
    return [part for part in found if part]


def offer_named(text: str, offers: Sequence[tuple[str, Question]]) -> Question | None:
    """The offer that a typed text picks: by its label, or a career by a word that only it has.

    Args:
        offers: labels of buttons, and what each asks.
    """
    plain = fold(text).strip(" .!")
    for label, question in offers:
        if fold(label) == plain:
            return question
    said = {word.stem for word in words(plain)}
    named = [
        (_stems(label), question) for label, question in offers if question.values.get("career")
    ]
    if len(named) < 2 or len(plain.split()) > LONGEST_PICK or ASKS.match(plain) or "?" in text:
        return None
    shared = frozenset.intersection(*(stems for stems, _ in named))
    met = [len((stems - shared) & said) for stems, _ in named]
    best = max(met)
    return named[met.index(best)][1] if best and met.count(best) == 1 else None


def _stems(label: str) -> frozenset[str]:
    told = (word for word in words(fold(label)) if not FILLER.fullmatch(word.text))
    return frozenset(word.stem for word in told)
