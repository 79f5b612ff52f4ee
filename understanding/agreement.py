"""Yes, no or not sure, from the words that a message begins with."""

from __future__ import annotations

from typing import Literal

from understanding.english import english
from understanding.text import fold

Agreement = Literal["yes", "no", "unsure"]
RULES = english("agreement")
LEADING, QUESTION = RULES.pattern("leading"), RULES.pattern("question")
ANSWERS: tuple[Agreement, ...] = ("unsure", "no", "yes")
ON_SCALE = RULES.pattern("on_scale")
SCALE: dict[str, Agreement] = {
    place: answer
    for place, said in RULES.meanings("scale").items()
    for answer in ANSWERS
    if answer == said
}
"""What a place from 1 to 5 says."""
PATTERNS = {name: RULES.pattern(name, r"(?:{})(?!\w)") for name in ANSWERS}


def agreement(text: str) -> Agreement | None:
    """What a typed text says to a statement; None where it is a question or says neither.

    The longest words that it begins with decide: "no idea" is not sure. Where it is but a place on
    a scale, the last one does: "4? maybe 3".
    """
    plain = fold(text)
    on_scale = ON_SCALE.fullmatch(plain)
    if on_scale and on_scale["place"]:
        return SCALE[on_scale["place"]]
    if QUESTION.search(plain):
        return None
    while found := LEADING.match(plain):
        plain = plain[found.end() :]
    ends = [(found.end(), name) for name, each in PATTERNS.items() if (found := each.match(plain))]
    return max(ends)[1] if ends else None
