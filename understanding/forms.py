"""The form of a question: whether a yes or a no answers it, and what a yes would say.

Texts are folded ones.
"""

from __future__ import annotations

from understanding.asides import asides
from understanding.english import english
from understanding.text import sentences, without_opener

RULES = english("forms")
ONLY_ONE = RULES.pattern("only_one")
WORK_AT = RULES.pattern("work_at")
REASON = RULES.pattern("reason")
BEGINS, TAG = RULES.pattern("begins"), RULES.pattern("tag")
OPEN = RULES.patterns("open")
AGAINST, MUST = RULES.pattern("against"), RULES.pattern("must")
GROWS, SHRINKS = RULES.pattern("grows"), RULES.pattern("shrinks")


def wants_yes_or_no(text: str) -> bool:
    """Whether a yes or a no answers a text: "do i need a degree", and not "is it 9 or 10"."""
    asked = without_opener(asides().without(text))
    return bool(BEGINS.search(asked) or TAG.search(asked)) and not any(
        pattern.search(asked) for pattern in OPEN.values()
    )


def wants_reason(text: str) -> bool:
    """Whether a text asks why something is so."""
    told = sentences(asides().without(text))
    return any(REASON.search(without_opener(each)) for each in told)


def against(text: str) -> bool:
    """Whether a yes to what is named would be no answer: "can i skip calculus"."""
    return bool(AGAINST.search(text))


def only_one(text: str) -> bool:
    """Whether it is asked if there is just one of something: "is there only one way in"."""
    return bool(ONLY_ONE.search(text))


def work_at(text: str) -> bool:
    """Whether it speaks of working somewhere: "do banks hire them"."""
    return bool(WORK_AT.search(text))


def must(text: str) -> bool:
    """Whether it is asked if there is no way around something."""
    return bool(MUST.search(text))


def grows(text: str) -> bool:
    """Whether a folded question speaks of growing."""
    return bool(GROWS.search(text))


def shrinks(text: str) -> bool:
    """Whether it is asked if there will be fewer jobs."""
    return bool(SHRINKS.search(text))
