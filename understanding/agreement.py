"""Yes, no or not sure, from the words that a message begins with, and what mends such an answer."""

from __future__ import annotations

import re
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
ALONE = RULES.patterns("alone", rf"(?:{{}})(?:[\s,.!]*\b(?:{RULES['beside']})\b)*[\s.!]*$")
"""What says the same where the message holds nothing else."""
MENDING = RULES.pattern("mending", r"(?:{})(?!\w)[\s,.:]*")
DRAWN_OUT = re.compile(r"(\w)\1+(?!\w)")
"""What "yesss" and "nahhh" end with."""


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
    return _begun_with(plain) or _begun_with(DRAWN_OUT.sub(r"\1", plain))


def _begun_with(plain: str) -> Agreement | None:
    ends = [
        (found.end(), name)
        for name in ANSWERS
        for each in (PATTERNS[name], ALONE[name])
        if (found := each.match(plain))
    ]
    return max(ends)[1] if ends else None


def mended(text: str) -> Agreement | None:
    """What the answer before is to be instead, as in "i meant no"; None where nothing says so."""
    plain = fold(text)
    found = MENDING.match(plain)
    return agreement(plain[found.end() :]) if found else None
