"""Places that a question names, as people write them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from guides.documents import read
from understanding.text import any_of

PLACES = Path(__file__).parent.parent / "data" / "places.yml"


@cache
def _known() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {str(name).lower(): str(name) for name in read(PLACES)["places"]}
    return re.compile(rf"\b(?:in|for|from|of|at) ({any_of(names)})\b"), names


def place_in(folded: str, home: str) -> str | None:
    """The place that a folded question asks about, less `home`, the region of the figures."""
    pattern, names = _known()
    found = pattern.search(folded)
    place = names[found[1]] if found else None
    return place if place and place.lower() not in home.lower() else None
