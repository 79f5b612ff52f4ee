"""Places that a question names, as people write them."""

from __future__ import annotations

import re
from functools import cache

from understanding.english import any_of, english

RULES = english("places")


@cache
def _known() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {name.lower(): name for name in RULES.words("places")}
    return re.compile(rf"\b(?:{RULES['before']}) ({any_of(names)})\b"), names


def place_in(folded: str, home: str) -> str | None:
    """The place that a folded question asks about, less `home`, the region of the figures."""
    pattern, names = _known()
    found = pattern.search(folded)
    place = names[found[1]] if found else None
    return place if place and place.lower() not in home.lower() else None
