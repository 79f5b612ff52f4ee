"""Careers by how near their interests come to a student's, for little, medium and long preparation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from guides.interests import AREAS, Numbers, shape
from guides.library import Library
from guides.loading import Guides

Band = Literal["little", "medium", "long"]
BANDS: Mapping[Band, tuple[int, ...]] = {"little": (1, 2), "medium": (3,), "long": (4, 5)}
"""How much preparation, by the job zones that it stands for."""

LEAST = 0.6
"""The correlation from which a career is near: of two profiles that have nothing to do with each
other, one pair in ten comes so far by chance."""
NEAREST, SPREAD = 12, 0.15
"""Careers of a band among which the best known are chosen, and how far they may be from the first."""
OF_EACH = 2
"""Careers of a band that are suggested."""
UNEXPECTED = 2
"""Careers of further kinds that are suggested beside them, in bands of their own."""
FEW = 50_000
"""People up to whom a career is one that few work in."""
LONGEST_TITLE = 40
"""Letters; what has a longer one is no career that people call by a name."""
FIELD, KIND = 2, 4
"""Figures of a code that say its field ("29"), and its kind within that ("29-1")."""


class Profile(NamedTuple):
    """A career with its interests."""

    slug: str
    title: str
    soc: str
    zone: int
    jobs: int
    openings: int
    counted: bool
    """Whether these are figures of its own, and of no wider group."""
    scores: tuple[int, ...]
    """Points of 100 by area."""


class Suggestion(NamedTuple):
    """A career that is near, how near, and whether it is one that few would think of."""

    profile: Profile
    likeness: float
    unexpected: bool = False


class Profiles:
    """The interests of all careers that have them."""

    def __init__(self, guides: Guides) -> None:
        """Take the guides."""
        self._library = (
            guides if isinstance(guides, Library) else Library.in_memory(guides.values())
        )
        self._read = lru_cache(maxsize=1)(self._profiles)

    def near(self, scores: Sequence[int]) -> dict[Band, list[Suggestion]]:
        """The careers of each band that come near to some scores, the nearest first.

        None where the scores are all the same: they have no shape that a career could share.
        """
        profiles, shapes = self._read()
        own = shape(scores)
        if own is None or not profiles:
            return {band: [] for band in BANDS}
        alike = shapes @ own
        found: dict[Band, list[Suggestion]] = {band: [] for band in BANDS}
        bands = {zone: band for band, zones in BANDS.items() for zone in zones}
        for place in np.argsort(-alike, kind="stable"):
            if alike[place] < LEAST:
                break
            found[bands[profiles[place].zone]].append(
                Suggestion(profiles[place], float(alike[place]))
            )
        return found

    def _profiles(self) -> tuple[list[Profile], Numbers]:
        """Every career with all six interests, and their shapes, a row each."""
        rows = self._library.rows(
            "SELECT slug, title, soc, zone, ifnull(jobs, 0), ifnull(openings, 0),"
            f" jobs_group IS NULL, {', '.join(f'a{place}.score' for place in range(len(AREAS)))}"
            f" FROM careers {' '.join(map(_joined, range(len(AREAS))))}"
            " WHERE soc IS NOT NULL AND zone IS NOT NULL ORDER BY careers.place",
            *AREAS,
        )
        count = len(AREAS)
        profiles = [Profile._make((*row[:-count], row[-count:])) for row in rows]
        scores = np.array([each.scores for each in profiles], dtype=np.float64)
        shapes = shape(scores.reshape(len(profiles), count))
        assert shapes is not None
        return profiles, shapes


def _joined(place: int) -> str:
    return f"JOIN traits a{place} ON a{place}.place = careers.place AND a{place}.id = ?"


def suggested(near: Mapping[Band, Sequence[Suggestion]]) -> dict[Band, list[Suggestion]]:
    """Of the nearest careers of each band those that most people start in, of different kinds.

    Beside them stand some in which few people work, of further kinds, at most one a band.
    """
    closest = {band: _closest(careers) for band, careers in near.items()}
    chosen = {band: list(_known(careers)) for band, careers in closest.items()}
    for _ in range(UNEXPECTED):
        seen = [each.profile.soc for careers in chosen.values() for each in careers]
        rare = {
            band: _rare(careers, seen)
            for band, careers in closest.items()
            if not any(each.unexpected for each in chosen[band])
        }
        found = {band: career for band, career in rare.items() if career}
        if found:
            band = max(found, key=lambda band: found[band].likeness)
            chosen[band].append(found[band]._replace(unexpected=True))
    return chosen


def _closest(careers: Sequence[Suggestion]) -> list[Suggestion]:
    called = [each for each in careers if len(each.profile.title) <= LONGEST_TITLE]
    return [each for each in called[:NEAREST] if each.likeness >= called[0].likeness - SPREAD]


def _known(careers: Sequence[Suggestion]) -> Iterator[Suggestion]:
    """Those that most people start in a year, one of a kind."""
    kinds: set[str] = set()
    for each in sorted(
        careers, key=lambda each: (not each.profile.counted, -each.profile.openings)
    ):
        if each.profile.soc[:KIND] not in kinds and len(kinds) < OF_EACH:
            kinds.add(each.profile.soc[:KIND])
            yield each


def _rare(careers: Sequence[Suggestion], seen: Sequence[str]) -> Suggestion | None:
    """That in which fewest people work, of no kind that was seen, and of another field if any is.

    Args:
        seen: codes of the careers that are suggested anyway.
    """
    fields, kinds = {code[:FIELD] for code in seen}, {code[:KIND] for code in seen}
    others = [
        profile
        for each in careers
        if (profile := each.profile).soc[:KIND] not in kinds
        and profile.counted
        and 0 < profile.jobs <= FEW
    ]
    ranked = sorted(others, key=lambda other: (other.soc[:FIELD] in fields, other.jobs))
    return next((each for each in careers if ranked and each.profile is ranked[0]), None)
