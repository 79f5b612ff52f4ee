"""All guides in one SQLite file: compiled when a guide changed, opened read-only, read one by one.

A guide is read and validated when it is asked for, so that start, memory and a turn cost the same
with one guide and with a thousand. Processes share the file.
"""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from sys import intern
from threading import RLock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from guides.loading import Guides
from guides.schema import Clock, Date, Guide, Stamp
from understanding.terms import guide_terms
from understanding.text import fold, name_form, root, words

KEPT = 64
"""Guides that a process keeps once they were asked for."""
IN_TASKS = 0.6
"""Weight of a word in the tasks beside one in title or summary."""
LONGEST_ACRONYM = 6
SHORTEST_WORD = 5

TABLES = """
CREATE TABLE careers (
    place INTEGER PRIMARY KEY, slug TEXT UNIQUE, title TEXT, plural TEXT,
    soc TEXT, soc_group TEXT, jobs INTEGER, openings INTEGER, jobs_group TEXT, workers INTEGER,
    pay REAL, per TEXT, cap REAL, pay_group TEXT, growth REAL,
    entry TEXT, level INTEGER, zone INTEGER, summary TEXT, tasks TEXT, data BLOB);
CREATE TABLE pays (
    state TEXT, place INTEGER, pay REAL, uncertain INTEGER, PRIMARY KEY (state, place)) WITHOUT ROWID;
CREATE TABLE traits (id TEXT, place INTEGER, score INTEGER, PRIMARY KEY (id, place)) WITHOUT ROWID;
CREATE TABLE roots (root TEXT, place INTEGER, weight REAL, PRIMARY KEY (root, place)) WITHOUT ROWID;
CREATE TABLE meanings (place INTEGER PRIMARY KEY, vectors BLOB);
CREATE TABLE names (form TEXT, tier INTEGER, slug TEXT, PRIMARY KEY (form, tier, slug)) WITHOUT ROWID;
CREATE TABLE regions (region TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
"""
"""A career's facts by which careers are found and compared, beside the whole guide as compressed
JSON. `soc` is the code ("29-1141"), `soc_group` its group ("29"); `jobs` and `openings` are people,
`workers` are those of this career alone, estimated where it is counted in a wider group,
`pay` is the median in units of the guide's currency per `per`, from `cap` on it is "or more";
`pay_group` and `jobs_group` are wider occupations that the figures count together. `growth` is in
per cent, `entry` is the typical education in words, `level` the same from 0 to 7, `zone` 1 to 5,
`tasks` one a line.
`place` is that in the order of the titles. `pays` has medians by state, `traits` points of
interests, skills and knowledge, `roots` the words of title, summary and tasks, and `meanings` the
sentence vectors of what a career is, does and is called, where there was an encoder."""

ESTIMATED = """
UPDATE careers SET workers = CASE
    WHEN jobs_group IS NULL THEN jobs
    WHEN EXISTS (SELECT 1 FROM careers own WHERE own.soc = careers.soc AND own.jobs_group IS NULL) THEN 0
    ELSE jobs / (SELECT count(*) FROM careers each WHERE each.jobs_group = careers.jobs_group) END
"""
"""The workers of a group go to the career that the group is named for, else to all in equal parts."""

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Turns texts into vectors of length 1, one a row."""

STEPS = 127
"""A number of a vector as it is stored, in one byte: from -127 to 127."""


class Tier(IntEnum):
    """How a name came to a career; in the best tier that has it a name is looked up."""

    STUDENT = 0
    TITLE = 1
    FIELD = 2
    REPORTED = 3
    ALTERNATE = 4


TIERS = tuple(Tier)


class Name(NamedTuple):
    """A name as texts are searched for it (see `name_form`), and whose it is."""

    form: str
    tier: Tier
    slug: str
    workers: int
    """How many people work in the career alone; 0 where that is not known."""


def names_in(guide: Guide) -> Iterator[tuple[Tier, str]]:
    """Every name of a guide's career with its tier, each spelling for itself.

    Acronyms count where students use them: of "OR RN" and "HI" in a table of titles nobody could
    tell the words.
    """
    written = {
        Tier.STUDENT: guide.aliases,
        Tier.TITLE: (guide.title, guide.plural),
        Tier.FIELD: guide.fields,
        Tier.REPORTED: guide.snapshot.titles,
        Tier.ALTERNATE: guide.alternates,
    }
    for tier, texts in written.items():
        for text in texts:
            for spelling in _spellings(text):
                if tier < Tier.REPORTED or not _is_acronym(spelling):
                    yield tier, spelling


def _spellings(text: str) -> list[str]:
    """ "CEO (Chief Executive Officer)" is two names."""
    return [part.strip() for part in re.split(r"[()]", text) if part.strip()]


def _is_acronym(text: str) -> bool:
    return text.isupper() and all(len(word) <= LONGEST_ACRONYM for word in text.split())


def names_of(guides: Guides) -> Iterator[Name]:
    """The names of all careers, by form and tier, the career with most workers first."""
    if isinstance(guides, Library):
        return guides.names()
    found = {
        Name(form, tier, guide.slug, _jobs(guide) or 0)
        for guide in guides.values()
        for tier, text in names_in(guide)
        if (form := name_form(text))
    }
    return iter(sorted(found, key=lambda name: (name.form, name.tier, -name.workers, name.slug)))


def regions_of(guides: Guides) -> frozenset[str]:
    """The regions that the figures of the guides are about."""
    if isinstance(guides, Library):
        return guides.regions()
    return frozenset(region for guide in guides.values() for region in _regions(guide))


def words_of(guides: Guides) -> frozenset[str]:
    """The words by which guides call their parts, in small letters."""
    if isinstance(guides, Library):
        return guides.words()
    return frozenset(word for guide in guides.values() for word in words_in(guide))


def words_in(guide: Guide) -> set[str]:
    """The words of a guide's terms that a slip could be taken for: the longer ones."""
    texts = (phrase for _, _, phrase in guide_terms(guide))
    found = {word.text for text in texts for word in words(fold(text))}
    return {word for word in found if len(word) >= SHORTEST_WORD and word.isalpha()}


def well_known(guides: Guides, count: int) -> list[Guide]:
    """So many careers to name as examples: those with most workers, of different groups first."""
    if isinstance(guides, Library):
        return [guides[slug] for slug in guides.largest(count)]
    return sorted(guides.values(), key=lambda guide: (-(_jobs(guide) or 0), guide.title))[:count]


def _jobs(guide: Guide) -> int | None:
    return guide.market.jobs if guide.market else None


def _regions(guide: Guide) -> Iterator[str]:
    yield from (part.region for part in (guide.salary, guide.market) if part)


def compile_library(guides: Iterable[Guide], path: Path, encode: Encode | None = None) -> None:
    """Write guides to a new SQLite file, in the order of their titles.

    Args:
        encode: makes what careers mean; without it they are found by their words alone.
    """
    file = sqlite3.connect(path)
    try:
        _write(guides, file, encode)
    finally:
        file.close()


def _write(guides: Iterable[Guide], file: sqlite3.Connection, encode: Encode | None = None) -> None:
    file.executescript(TABLES)
    for place, guide in enumerate(sorted(guides, key=lambda guide: guide.title)):
        row = {"place": place, **_row(guide)}
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        file.execute(f"INSERT INTO careers ({columns}) VALUES ({marks})", (*row.values(),))
        forms = {(name_form(text), tier) for tier, text in names_in(guide)}
        names = [(form, tier, guide.slug) for form, tier in sorted(forms) if form]
        file.executemany("INSERT INTO names VALUES (?, ?, ?)", names)
        regions = [(region,) for region in _regions(guide)]
        file.executemany("INSERT OR IGNORE INTO regions VALUES (?)", regions)
        terms = [(word,) for word in words_in(guide)]
        file.executemany("INSERT OR IGNORE INTO words VALUES (?)", terms)
        _write_for_finding(place, guide, file)
        if encode:
            vectors = np.rint(encode([*_said(guide), _called(guide)]) * STEPS).astype(np.int8)
            file.execute("INSERT INTO meanings VALUES (?, ?)", (place, vectors.tobytes()))
    file.execute(ESTIMATED)
    file.commit()


def _write_for_finding(place: int, guide: Guide, file: sqlite3.Connection) -> None:
    """A career's rows in the tables of which it has many."""
    pays = [
        (each.state, place, each.median, each.uncertain)
        for each in (guide.salary.states if guide.salary else [])
    ]
    file.executemany("INSERT INTO pays VALUES (?, ?, ?, ?)", pays)
    rated = [part.scores for part in (guide.interests, guide.skills, guide.knowledge) if part]
    points = {each.id: (place, each.score) for scores in rated for each in scores}
    traits = [(name, *point) for name, point in points.items()]
    file.executemany("INSERT INTO traits VALUES (?, ?, ?)", traits)
    is_, does = _said(guide)
    weights = {**dict.fromkeys(roots_in(does), IN_TASKS), **dict.fromkeys(roots_in(is_), 1.0)}
    written = [(each, place, weight) for each, weight in weights.items()]
    file.executemany("INSERT INTO roots VALUES (?, ?, ?)", written)


def _said(guide: Guide) -> tuple[str, str]:
    """What a career is, and what is done in it."""
    tasks = guide.tasks.entries if guide.tasks else [guide.snapshot.summary]
    return f"{guide.title}. {guide.snapshot.summary}", ". ".join(tasks)


def _called(guide: Guide) -> str:
    """All names of a career, the best known first; the encoder reads the first of them."""
    return ", ".join(dict.fromkeys(form for _, form in sorted(names_in(guide))))


def roots_in(text: str) -> set[str]:
    """The roots of a text's words."""
    return {root(word.text) for word in words(fold(text))}


def _row(guide: Guide) -> dict[str, Any]:
    market, salary, outlook = guide.market, guide.salary, guide.outlook
    preparation = guide.preparation
    data = json.dumps(_written(guide.dict(exclude_defaults=True)), ensure_ascii=False).encode()
    return {
        "slug": guide.slug,
        "title": guide.title,
        "plural": guide.plural,
        "soc": guide.codes.soc if guide.codes else None,
        "soc_group": guide.codes.soc[:2] if guide.codes else None,
        "jobs": market.jobs if market else None,
        "openings": market.openings if market else None,
        "jobs_group": market.group if market else None,
        "pay": salary.median if salary else None,
        "per": salary.per if salary else None,
        "cap": salary.cap if salary else None,
        "pay_group": salary.group if salary else None,
        "growth": outlook.growth.percent if outlook and outlook.growth else None,
        "entry": preparation.entry if preparation else None,
        "level": preparation.level if preparation else None,
        "zone": preparation.zone if preparation else None,
        "summary": guide.snapshot.summary,
        "tasks": "\n".join(guide.tasks.entries if guide.tasks else []),
        "data": zlib.compress(data),
    }


def _written(value: Any) -> Any:
    """A value as a guide's file has it, so that reading it checks it again."""
    if isinstance(value, dict):
        return {key: _written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_written(each) for each in value]
    if isinstance(value, Clock):
        return f"{value:%H:%M}"
    if isinstance(value, Stamp):
        return f"{value // 60}:{value % 60:02}"
    return value.isoformat() if isinstance(value, Date) else value


class Library(Mapping[str, Guide]):
    """The guides of a compiled file by slug, in the order of their titles."""

    def __init__(self, file: sqlite3.Connection) -> None:
        """Take an open file; for one on disk see `open`."""
        self._file, self._lock = file, RLock()
        self._read = lru_cache(KEPT)(self._guide)

    @classmethod
    def open(cls, path: Path) -> Library:
        """The library of a file.

        Raises:
            sqlite3.Error: there is no such file, or it is none that `compile_library` wrote.
        """
        where = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        library = cls(sqlite3.connect(where, uri=True, check_same_thread=False))
        library.rows("SELECT 1 FROM careers, names, regions, words, meanings LIMIT 1")
        return library

    @classmethod
    def in_memory(cls, guides: Iterable[Guide]) -> Library:
        """The library of some guides, for where nothing can be written."""
        file = sqlite3.connect(":memory:", check_same_thread=False)
        _write(guides, file)
        return cls(file)

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a statement selects; the tables are those of `TABLES`."""
        with self._lock:
            return self._file.execute(statement, values).fetchall()

    def __getitem__(self, slug: str) -> Guide:
        return self._read(slug)

    def __contains__(self, slug: object) -> bool:
        return bool(self.rows("SELECT 1 FROM careers WHERE slug = ?", str(slug)))

    def __iter__(self) -> Iterator[str]:
        return (str(slug) for (slug,) in self.rows("SELECT slug FROM careers ORDER BY place"))

    def __len__(self) -> int:
        return int(self.rows("SELECT count(*) FROM careers")[0][0])

    def _guide(self, slug: str) -> Guide:
        found = self.rows("SELECT data FROM careers WHERE slug = ?", slug)
        if not found:
            raise KeyError(slug)
        return Guide.parse_raw(zlib.decompress(found[0][0]))

    def names(self) -> Iterator[Name]:
        """See `names_of`."""
        # Row by row, and each slug once: all rows together would be the most that a start holds.
        with self._lock:
            found = self._file.execute(
                "SELECT form, tier, slug, ifnull(workers, 0) AS workers"
                " FROM names JOIN careers USING (slug) ORDER BY form, tier, workers DESC, slug"
            )
            for form, tier, slug, workers in found:
                yield Name(form, TIERS[tier], intern(slug), workers)

    def regions(self) -> frozenset[str]:
        """See `regions_of`."""
        return frozenset(region for (region,) in self.rows("SELECT region FROM regions"))

    def words(self) -> frozenset[str]:
        """See `words_of`."""
        return frozenset(word for (word,) in self.rows("SELECT word FROM words"))

    def largest(self, count: int) -> list[str]:
        """Slugs of the careers with most workers, those of different groups first."""
        found = self.rows(
            "SELECT slug, row_number() OVER (PARTITION BY soc_group ORDER BY workers DESC, place) AS r"
            " FROM careers ORDER BY r, workers DESC, place LIMIT ?",
            count,
        )
        return [slug for slug, _ in found]
