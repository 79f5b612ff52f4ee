"""What was shown last, read again: its first sentence, and the items of its list.

A reply puts the answer first, so its first sentence is its short form; a list has one item a line.
"""

from __future__ import annotations

import re

SENTENCE = re.compile(r"(.+?[.!?])(?=\s|$)", re.DOTALL)
ITEM = re.compile(r"^(?:- |\d+\. )(.+)$", re.MULTILINE)
MOST_ITEMS = 3
"""Items of a list that a short form names."""


def items_of(text: str) -> list[str]:
    """The items of the list in a reply, in order; none where it holds no list."""
    return [item.strip() for item in ITEM.findall(text)]


def in_short(text: str) -> str:
    """The first sentence of a reply, with the first items of the list that it announces."""
    first, *rest = text.strip().split("\n")
    if first.endswith(":") and rest:
        return f"{first} {'; '.join(items_of(text)[:MOST_ITEMS])}."
    found = SENTENCE.match(first)
    return found[1] if found else first
