"""The interest check: six areas of work, what is asked about each, and how near a career comes.

How near is the Pearson correlation of a student's six scores with the six of a career: what counts
is which interests stand out, not how high they all are. Thus the O*NET program itself links its
interest scores to occupations: McCloy, Campbell, Oswald, Lewis and Rivkin, "Linking Client
Assessment Profiles to O*NET Occupational Profiles", National Center for O*NET Development, 1999.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
from pydantic import Field, validator

from guides.documents import build, read
from guides.schema import Section, Text

INTERESTS = Path(__file__).parent.parent / "data" / "interests.yml"
Area = Literal["realistic", "investigative", "artistic", "social", "enterprising", "conventional"]
"""An area of work, as the interests of guides name it."""
AREAS: tuple[Area, ...] = get_args(Area)
Numbers = npt.NDArray[np.float64]


class Interest(Section):
    """One area: its name, its meaning, and what a student is asked about it."""

    name: Text
    meaning: Text
    liked: Text = Field(..., description='as the end of "You liked ..."')
    activities: list[Text] = Field(..., min_items=1)


class _Interests(Section):
    areas: dict[Area, Interest]

    @validator("areas")
    def _all_alike(cls, areas: dict[Area, Interest]) -> dict[Area, Interest]:
        missing = [area for area in AREAS if area not in areas]
        if missing:
            raise ValueError(f"expected the area {missing[0]} too")
        counts = {area: len(each.activities) for area, each in areas.items()}
        if len(set(counts.values())) > 1:
            raise ValueError(f"expected as many activities for each area, not {counts}")
        asked = [activity.lower() for each in areas.values() for activity in each.activities]
        twice = next((each for each in asked if asked.count(each) > 1), None)
        if twice:
            raise ValueError(f"expected each activity once, not twice: {twice!r}")
        return {area: areas[area] for area in AREAS}


def read_interests(path: Path = INTERESTS) -> Mapping[Area, Interest]:
    """The six areas in their order.

    Raises:
        DocumentError: the file cannot be read, lacks an area, has more activities for one area
            than for another, or has an activity twice.
    """
    return build(_Interests, read(path), path.name).areas


@cache
def interests() -> Mapping[Area, Interest]:
    """The areas of data/interests.yml, read once.

    Raises:
        DocumentError: see `read_interests`.
    """
    return read_interests()


@cache
def activities() -> tuple[str, ...]:
    """What is asked, in turn: the first of each area, then the second of each."""
    return tuple(asked for turn in zip(*_by_area(), strict=True) for asked in turn)


def _by_area() -> Iterator[list[Any]]:
    return (each.activities for each in interests().values())


def scored(points: Sequence[int]) -> tuple[int, ...]:
    """The sum of each area; `points` are those of the answers, in the order of `activities`."""
    return tuple(sum(points[place :: len(AREAS)]) for place in range(len(AREAS)))


def shape(scores: npt.ArrayLike) -> Numbers | None:
    """Scores, a row or many, less their mean and of length 1; None where a single row is flat.

    The product of two shapes is their correlation. A flat row among many becomes zeros.
    """
    given = np.asarray(scores, dtype=np.float64)
    centred = given - given.mean(axis=-1, keepdims=True)
    length = np.linalg.norm(centred, axis=-1, keepdims=True)
    if given.ndim == 1 and not length.all():
        return None
    alike: Numbers = np.divide(centred, length, out=np.zeros_like(centred), where=length > 0)
    return alike
