"""States of the United States that a message names: Texas, "in tx", TX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from guides.states import states
from understanding.english import any_of, english
from understanding.entity import Entity

LOS_ANGELES = "LA"
"""The one code that mostly stands for a city."""
RULES = english("states")
CODE, ARTICLE = RULES.pattern("code"), RULES.pattern("article")


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {
        ARTICLE.sub("", name.lower()): code
        for code, state in states().items()
        for name in (state.name, *state.also)
    }
    return re.compile(rf"(?<![\w-])(?:{any_of(names)})(?![\w-])"), names


def find_states(text: str) -> Iterator[Entity]:
    """States in a text with its capitals: entity `state` with the postal code.

    Args:
        text: as `understanding.text.cased` gives it, so that places are those of the folded text.
    """
    pattern, names = _names()
    folded = text.lower()
    for found in pattern.finditer(folded):
        yield Entity("state", names[found[0]], *found.span())
    shouted = text == text.upper()
    for found in CODE.finditer(text):
        code = found["code"].upper()
        if code in states() and _is_meant(found["code"], bool(found["before"]), shouted):
            yield Entity("state", code, *found.span("code"))


def is_behind_in(text: str, start: int, end: int) -> bool:
    """Whether a place in a folded text is that of a state's code after "in": "pay in pa"."""
    return any(
        found["before"] and found.span("code") == (start, end) for found in CODE.finditer(text)
    )


def _is_meant(typed: str, after_in: bool, shouted: bool) -> bool:
    """Whether two letters are a state: in capitals that mean something, or after "in".

    A code that is mostly something else needs both.
    """
    code, capitals = typed.upper(), typed.isupper() and not shouted
    if code == LOS_ANGELES:
        return False
    if states()[code].code:
        return after_in or capitals
    return after_in and capitals
