"""Find careers by columns and by what they are about.

Columns decide which careers fit, and in which order; where a student says what the work is to be
about, meaning and words decide which careers are near it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from guides.library import STEPS, Encode, Library, roots_in
from guides.loading import Guides

Order = Literal["fit", "pay", "low_pay", "openings", "jobs", "growth", "shrinking", "school"]

SPREAD = 0.25
"""How far a career may be from the best fit and still belong to what was found."""
LEAST_FIT = 0.3
"""How well a career must fit what a student says."""
WORDS_COUNT = 0.3
"""What the words of a wish weigh beside its meaning."""
TRAITS_COUNT = 0.15
"""The same of what a career asks for or offers, such as mathematics."""
EMBEDDED = 4
"""Words that mean the same and are embedded beside those of a wish."""
FEWEST = 60
"""Points of 100 from which a trait counts."""
MOST = 60
"""Careers that can fit what a student says."""
NEAR = 25
"""Careers that are like another one."""
AHEAD = 0.001
"""What a career that a guide names as near has before the next one."""
USUAL_COUNTS = 0.8
"""Part of what is usual in a message that says nothing of its career."""
TEXTS_COUNT = np.array([1.0, 1.0, 0.5], dtype=np.float32)
"""What it counts how near a message is to what a career is, does and is called."""
MANY_COUNT = 0.02
"""What the logarithm of a career's workers counts beside its nearness."""
NOTHING_TOLD: Mapping[str, float] = {}
PART = 0.5
"""How much of a career's likeness both its texts share; the rest is that of the nearer one."""


@dataclass(frozen=True)
class Filters:
    """Which careers are looked for. Pay is the median in dollars a year; levels are those of
    `guides.schema.Schooling`; both ends count."""

    about: str = ""
    words: tuple[str, ...] = ()
    """Words by which what it is about is told, those that mean the same included."""
    traits: tuple[str, ...] = ()
    """Ids of interests, skills and knowledge that go with it."""
    without: tuple[str, ...] = ()
    """What it must not be about, in words."""
    unwanted: tuple[str, ...] = ()
    """All words by which that is told."""
    field: str = ""
    groups: tuple[str, ...] = ()
    """What the codes of the field begin with."""
    pay_least: float | None = None
    pay_most: float | None = None
    level_least: int | None = None
    level_most: int | None = None
    state: str | None = None
    direction: Literal["up", "down"] | None = None
    like: str | None = None
    """The slug of a career that they are near to."""
    order: Order | None = None

    @property
    def ordered(self) -> Order:
        """The order that was asked for, else that of the fit or of the openings."""
        return self.order or ("fit" if self.about or self.like else "openings")

    @property
    def by_pay(self) -> bool:
        """Whether a career without a figure for pay has no place."""
        limited = self.pay_least is not None or self.pay_most is not None
        return limited or self.ordered in ("pay", "low_pay") or self.state is not None


class Match(NamedTuple):
    """A career that was found, with the figures by which careers are found."""

    place: int
    slug: str
    title: str
    soc: str | None
    summary: str
    tasks: str
    pay: float | None
    per: str | None
    cap: float | None
    pay_group: str | None
    uncertain: bool
    level: int | None
    growth: float | None
    openings: int | None
    jobs: int | None
    jobs_group: str | None


class Near(NamedTuple):
    """A career and how near it is to what was said: a sum of cosines and of what many workers
    count."""

    slug: str
    soc: str | None
    nearness: float


@dataclass(frozen=True)
class Found:
    """Careers in their order, and how many have no figure by which to judge them."""

    matches: tuple[Match, ...]
    lacking: int


ORDERS: Mapping[Order, str] = {
    "fit": "openings DESC",
    "pay": "pay DESC, openings DESC",
    "low_pay": "pay, openings DESC",
    "openings": "openings DESC",
    "jobs": "jobs DESC",
    "growth": "growth DESC, openings DESC",
    "shrinking": "growth, openings DESC",
    "school": "level, pay DESC",
}
NEEDED: Mapping[Order, str] = {
    "openings": "openings",
    "jobs": "jobs",
    "growth": "growth",
    "shrinking": "growth",
    "school": "level",
}
"""The column without which a career has no place in an order, besides pay."""


class Finder:
    """Finds careers in a library."""

    def __init__(self, guides: Guides, encode: Encode | None) -> None:
        """Take the guides; without an encoder words alone tell what a career is about."""
        self._library = (
            guides if isinstance(guides, Library) else Library.in_memory(guides.values())
        )
        self._encode = encode
        self._meanings = lru_cache(maxsize=1)(self._read_meanings)
        self._sizes = lru_cache(maxsize=1)(self._read_sizes)
        self._codes = lru_cache(maxsize=1)(self._read_codes)

    def find(self, filters: Filters) -> Found:
        """Every career that fits, the first in order first."""
        where, values = _conditions(filters)
        needs = [name for name in ("pay",) if filters.by_pay]
        needs += [NEEDED[filters.ordered]] if filters.ordered in NEEDED else []
        needs += ["level"] if (filters.level_least, filters.level_most) != (None, None) else []
        needs += ["growth"] if filters.direction else []
        known = " AND ".join(f"{name} IS NOT NULL" for name in needs) or "1"
        fits = self._fits(filters)
        unwanted = self._by_words(filters.unwanted)

        def fitting(condition: str) -> list[Match]:
            rows = self._rows(filters, f"{condition} AND {where}", values)
            return [
                each
                for each in rows
                if each.place not in unwanted and (fits is None or each.place in fits)
            ]

        matches, lacking = fitting(f"({known})"), fitting(f"NOT ({known})")
        if fits is not None:
            near = _near((each.place for each in (*matches, *lacking)), fits)
            matches = [each for each in matches if each.place in near]
            lacking = [each for each in lacking if each.place in near]
            if filters.ordered == "fit":
                matches.sort(key=lambda each: -fits[each.place])
        return Found(tuple(_one_each(matches, fits is None)), len(lacking))

    def nearest(
        self,
        said: str,
        count: int,
        usual: npt.NDArray[np.float32] | None = None,
        told: Mapping[str, float] = NOTHING_TOLD,
    ) -> list[Near]:
        """The careers that are nearest in meaning, the nearest first; none without an encoder.

        Of two that are about as near the one with more workers is likelier meant.

        Args:
            usual: the mean vector of messages that mean no career; most of it is taken off.
            told: how near they are besides, by slug.
        """
        places, vectors = self._meanings()
        if self._encode is None or not len(places):
            return []
        vector = self._encode([said])[0]
        vector = vector if usual is None else vector - USUAL_COUNTS * usual
        near = (vectors @ vector / STEPS) @ TEXTS_COUNT + self._sizes()
        known = self._codes()
        if told:
            near += [told.get(known[int(place)][0], 0.0) for place in places]
        best = np.argsort(-near, kind="stable")[:count]
        return [Near(*known[int(places[row])], float(near[row])) for row in best]

    def _read_sizes(self) -> npt.NDArray[np.float64]:
        """What the workers of each career count, in the order of the places."""
        rows = self._library.rows("SELECT workers FROM careers ORDER BY place")
        return MANY_COUNT * np.log1p([float(workers or 0) for (workers,) in rows])

    def _read_codes(self) -> dict[int, tuple[str, str | None]]:
        """Slug and code of each career, by its place."""
        rows = self._library.rows("SELECT place, slug, soc FROM careers")
        return {int(place): (str(slug), soc) for place, slug, soc in rows}

    def _rows(self, filters: Filters, where: str, values: Sequence[object]) -> list[Match]:
        """The careers that fulfil conditions on the fields of a match, in order."""
        figures = {"pay": "c.pay", "uncertain": "0"}
        source, place = "careers c", []
        if filters.state:
            figures = {"pay": "p.pay", "uncertain": "p.uncertain"}
            source += " LEFT JOIN pays p ON p.place = c.place AND p.state = ?"
            place = [filters.state]
        # Pay by the hour only is no yearly pay: such careers have no figure here.
        figures["pay"] = f"iif(c.per = 'year', {figures['pay']}, NULL)"
        told = ", ".join(f"{figures.get(name, f'c.{name}')} AS {name}" for name in Match._fields)
        found = self._library.rows(
            f"SELECT * FROM (SELECT {told} FROM {source}) WHERE {where}"
            f" ORDER BY {ORDERS[filters.ordered]}, title",
            *place,
            *values,
        )
        return [Match(*row) for row in found]

    def _fits(self, filters: Filters) -> dict[int, float] | None:
        """How well careers fit what was said, by their places; None where nothing was."""
        if filters.like:
            return self._like(filters.like)
        if not filters.about:
            return None
        fits = self._by_meaning(" ".join((filters.about, *filters.words[:EMBEDDED])))
        for place, weight in self._by_words(filters.words).items():
            fits[place] = fits.get(place, 0.0) + WORDS_COUNT * weight
        for trait in filters.traits:
            for place, score in self._trait(trait):
                fits[place] = fits.get(place, 0.0) + TRAITS_COUNT * score / 100
        return fits

    def _by_words(self, said: Sequence[str]) -> dict[int, float]:
        """The weight of the heaviest word of a wish in each career that has one."""
        roots = sorted({each for word in said for each in roots_in(word)})
        marks = ", ".join("?" * len(roots))
        rows = self._library.rows(
            f"SELECT place, max(weight) FROM roots WHERE root IN ({marks}) GROUP BY place", *roots
        )
        return {int(place): float(weight) for place, weight in rows}

    def _trait(self, trait: str) -> list[tuple[int, float]]:
        rows = self._library.rows(
            "SELECT place, score FROM traits WHERE id = ? AND score >= ?", trait, FEWEST
        )
        return [(int(place), float(score)) for place, score in rows]

    def _by_meaning(self, said: str) -> dict[int, float]:
        places, _ = self._meanings()
        if self._encode is None or not len(places):
            return {}
        return self._nearness(self._encode([said])[0])

    def _nearness(self, vector: npt.NDArray[np.float32]) -> dict[int, float]:
        """The likeness of each career to a vector: its nearer text, with a share of the other."""
        places, vectors = self._meanings()
        alike = vectors[:, :2] @ vector / STEPS
        told = alike.max(axis=1) * (1 - PART / 2) + alike.min(axis=1) * PART / 2
        return dict(zip(places.tolist(), told.tolist(), strict=True))

    def _like(self, slug: str) -> dict[int, float]:
        """The careers that are near to one: those that its guide names first."""
        guide = self._library[slug]
        named = [each.slug for each in guide.related or []]
        rows = self._library.rows("SELECT place, slug FROM careers")
        place_of = {str(found): int(place) for place, found in rows}
        own = place_of[slug]
        places, vectors = self._meanings()
        fits: dict[int, float] = {}
        if len(places):
            row = int(np.searchsorted(places, own))
            alike = self._nearness(vectors[row, :2].mean(axis=0).astype(np.float32) / STEPS)
            near = sorted(alike, key=alike.__getitem__)[-NEAR:]
            fits = {place: alike[place] for place in near if place != own}
        best = max(fits.values(), default=1.0)
        for rank, each in enumerate(named):
            if each in place_of:
                fits[place_of[each]] = best + (len(named) - rank) * AHEAD
        return fits

    def _read_meanings(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Places, and by place the three vectors of each career."""
        rows = self._library.rows("SELECT place, vectors FROM meanings ORDER BY place")
        places = np.array([place for place, _ in rows], dtype=np.int64)
        stored = np.frombuffer(b"".join(blob for _, blob in rows), dtype=np.int8)
        texts = len(TEXTS_COUNT)
        size = stored.size // (texts * len(rows)) if rows else 0
        return places, stored.reshape(len(rows), texts, size).astype(np.float32)


def _conditions(filters: Filters) -> tuple[str, list[object]]:
    """What the columns of a career must be; an unknown one breaks no limit."""
    limits: list[tuple[str, object]] = [
        ("pay >= ?", filters.pay_least),
        ("pay <= ?", filters.pay_most),
        ("level >= ?", filters.level_least),
        ("level <= ?", filters.level_most),
    ]
    told = [(text, value) for text, value in limits if value is not None]
    parts = [f"({text} OR {text.split()[0]} IS NULL)" for text, _ in told]
    if filters.direction:
        sign = ">" if filters.direction == "up" else "<"
        parts.append(f"(growth {sign} 0 OR growth IS NULL)")
    values = [value for _, value in told]
    if filters.groups:
        parts.append(f"({' OR '.join(['soc LIKE ?'] * len(filters.groups))})")
        values += [f"{group}%" for group in filters.groups]
    return " AND ".join(parts) or "1", values


def _near(places: Iterable[int], fits: Mapping[int, float]) -> frozenset[int]:
    """Those of some places that fit about as well as the best of them."""
    ranked = sorted(places, key=lambda place: -fits[place])
    least = max(LEAST_FIT, fits[ranked[0]] - SPREAD) if ranked else LEAST_FIT
    return frozenset(place for place in ranked[:MOST] if fits[place] >= least)


def _one_each(matches: Sequence[Match], once: bool) -> list[Match]:
    """The matches; of careers that the tables count together only the first, where `once`."""
    if not once:
        return list(matches)
    kept: dict[str, Match] = {}
    for match in matches:
        kept.setdefault(match.jobs_group or match.pay_group or match.soc or match.slug, match)
    return list(kept.values())
