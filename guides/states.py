"""The states and territories of the United States: data/states.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from guides.documents import build, read
from guides.schema import Postal, Section, Text

STATES = Path(__file__).parent.parent / "data" / "states.yml"


class State(Section):
    """One state: its name, what else people call it, and how its postal code is read."""

    name: Text
    also: list[Text] = Field([], description="in small letters")
    code: bool = Field(True, description="false where the code mostly stands for something else")


class _States(Section):
    states: dict[Postal, State]


@cache
def states() -> Mapping[str, State]:
    """Every state by its postal code.

    Raises:
        DocumentError: the file cannot be used.
    """
    found = build(_States, read(STATES), STATES.name).states
    return {str(code): state for code, state in found.items()}
