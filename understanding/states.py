"""States of the United States that a message names: Texas, "in tx", TX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from guides.states import states
from understanding.english import any_of, english
from understanding.entity import Entity

LOS_ANGELES = "LA"
"""The one code that mostly stands for a city."""
RULES = english("states")
CODE, ARTICLE = RULES.pattern("code"), RULES.pattern("article")
ALONE, JOINS = RULES.pattern("alone"), RULES.pattern("joins")
BEHIND_IN = RULES.pattern("behind_in")
CLAUSE_ENDS = re.compile(r"[.,;?!]")
CHAT = frozenset(RULES.words("chat"))


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
    named = [Entity("state", names[found[0]], *found.span()) for found in pattern.finditer(folded)]
    shouted = text == text.upper()
    codes = [found for found in CODE.finditer(text) if found["code"].upper() in states()]
    meant = [found for found in codes if _is_meant(found, shouted)]
    plain = [each for each in codes if _is_plain(each["code"]) and each["code"] not in CHAT]
    places = [(each.start, each.end) for each in named]
    places += [each.span("code") for each in (*meant, *plain)]
    meant += [each for each in plain if each not in meant and _is_joined(each, places)]
    coded = [Entity("state", each["code"].upper(), *each.span("code")) for each in meant]
    yield from sorted((*named, *coded), key=lambda state: state.start)


def clause_of_state(text: str) -> str:
    """The clause of a folded text that names a state; all of it where none does."""
    clauses = (each.strip() for each in CLAUSE_ENDS.split(text))
    return next((each for each in clauses if any(find_states(each))), text)


def without_states(text: str) -> str:
    """A folded text less the states that it names, and "in" before them."""
    for each in reversed(list(find_states(text))):
        text = BEHIND_IN.sub("", text[: each.start]) + text[each.end :]
    return text


@cache
def state_words() -> frozenset[str]:
    """The words of what states are called, which are no slips: "cali" is not "call"."""
    names = (name.split() for name in _names()[1])
    return frozenset(word for name in names for word in name if word.isalpha())


def is_behind_in(text: str, start: int, end: int) -> bool:
    """Whether a place in a folded text is that of a state's code after "in": "pay in pa"."""
    return any(
        found["before"] and found.span("code") == (start, end) for found in CODE.finditer(text)
    )


def _is_meant(found: re.Match[str], shouted: bool) -> bool:
    """Whether two letters are a state: in capitals that mean something, after "in", or alone.

    A code that is mostly something else needs capitals and "in".
    """
    typed, after_in = found["code"], bool(found["before"])
    code, capitals = typed.upper(), typed.isupper() and not shouted
    if not _is_plain(code):
        return after_in and capitals and code != LOS_ANGELES
    alone = ALONE.match(found.string.lower()) if typed not in CHAT else None
    return bool(after_in or capitals or (alone and alone.span("code") == found.span("code")))


def _is_plain(code: str) -> bool:
    """Whether a code is hardly anything but a state."""
    return states()[code.upper()].code and code.upper() != LOS_ANGELES


def _is_joined(found: re.Match[str], places: Sequence[tuple[int, int]]) -> bool:
    """Whether two letters stand in one list with a state: "ny vs texas"."""
    start, end = found.span("code")
    between = [found.string[end:first] for first, _ in places if first >= end]
    between += [found.string[last:start] for _, last in places if last <= start]
    return any(JOINS.fullmatch(each.lower()) for each in between)
