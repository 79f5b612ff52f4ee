"""Yes, no or not sure, from the words that a message begins with."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from guides.documents import read
from understanding.text import any_of, fold

WORDS = Path(__file__).parent.parent / "data" / "agreement.yml"
Agreement = Literal["yes", "no", "unsure"]
LEADING = re.compile(
    r"^(?:um+|uh+|oh|ah|well|so|like|honestly|tbh|lol|ok|okay|ngl|bro|i mean|ok so)\b[\s,.]*"
)
QUESTION = re.compile(r"\?|^(?:what|whats|why|how|who|when|where|which|can i|do i|do they|is it)\b")


@cache
def _patterns() -> dict[Agreement, re.Pattern[str]]:
    written = read(WORDS)
    names: tuple[Agreement, Agreement, Agreement] = ("unsure", "no", "yes")
    return {name: _beginning(written[name]) for name in names}


def _beginning(words: list[object]) -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(map(str, words))})(?!\w)")


def agreement(text: str) -> Agreement | None:
    """What a typed text says to a statement; None where it is a question or says neither.

    The longest words that it begins with decide: "no idea" is not sure.
    """
    plain = fold(text)
    if QUESTION.search(plain):
        return None
    while found := LEADING.match(plain):
        plain = plain[found.end() :]
    ends = [
        (found.end(), name) for name, each in _patterns().items() if (found := each.match(plain))
    ]
    return max(ends)[1] if ends else None
