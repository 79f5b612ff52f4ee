"""The states and territories of the United States: data/states.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from guides.documents import build, read
from guides.schema import Postal, Section, Text

STATES = Path(__file__).parent.parent / "data" / "states.yml"


class State(Section):
    """One state and what people call it besides its name."""

    name: Text
    also: list[Text] = Field([])


class _States(Section):
    states: dict[Postal, State]


@cache
def states() -> dict[str, State]:
    """Every state by its postal code.

    Raises:
        DocumentError: the file cannot be used.
    """
    return dict(build(_States, read(STATES), STATES.name).states)
