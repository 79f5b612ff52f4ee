"""The form of a question: whether a yes or a no answers it, and what a yes would say.

Texts are folded ones.
"""

from __future__ import annotations

from understanding.asides import asides
from understanding.english import english
from understanding.text import without_opener

RULES = english("forms")
BEGINS, TAG = RULES.pattern("begins"), RULES.pattern("tag")
OPEN = RULES.patterns("open")
AGAINST, MUST, SHRINKS = (RULES.pattern(name) for name in ("against", "must", "shrinks"))


def wants_yes_or_no(text: str) -> bool:
    """Whether a yes or a no answers a text: "do i need a degree", and not "is it 9 or 10"."""
    asked = without_opener(asides().without(text))
    return bool(BEGINS.search(asked) or TAG.search(asked)) and not any(
        pattern.search(asked) for pattern in OPEN.values()
    )


def against(text: str) -> bool:
    """Whether a yes to what is named would be no answer: "can i skip calculus"."""
    return bool(AGAINST.search(text))


def must(text: str) -> bool:
    """Whether it is asked if there is no way around something."""
    return bool(MUST.search(text))


def shrinks(text: str) -> bool:
    """Whether it is asked if there will be fewer jobs."""
    return bool(SHRINKS.search(text))
