"""Every school of one server: school.yml, and a file each in the folder schools/ beside it.

A school's file says what differs from school.yml. The files are looked at again while the server
runs; where one is broken, what it said before stays in force. A start knows of no before: it leaves
that school out, or serves it without the site that another has too.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from guides.documents import DocumentError, build, read_small, shown
from guides.loading import NAME, Guides, faults_of_names, guide_files
from guides.school import SHOWN, Days, School, faults_of_guides, load_school, school_file
from guides.watching import Watch

log = logging.getLogger(__name__)

FOLDER = "schools"
LARGEST, LARGEST_LOGO = 32_000, 100_000
"""Bytes of a school's file, and of a logo."""
ELSEWHERE = {
    "slug": "the file name is it",
    "address": "it stands in school.yml, as all schools share it",
    "proxies": "they stand in school.yml, as all schools share them",
}
"""Keys that a school's file does not have, and where that is instead."""
TAKEN = "school"
"""The name in `schools/answers/` of the school of school.yml, so that no other has it."""
SAID_DAYS = re.compile(rb"^keep_days:[ \t]*(\d{1,2})[ \t\r]*(?:#.*)?$", re.MULTILINE)
"""The days of a file, also where the rest of it cannot be read."""
IMAGES = {".png": ("image/png", b"\x89PNG\r\n\x1a\n"), ".webp": ("image/webp", b"RIFF")}
"""Kinds of logos, and how they begin: neither can hold a script."""


class Logo(NamedTuple):
    """A school's picture; its name changes with what is in it."""

    name: str
    kind: str
    data: bytes


class Loaded(NamedTuple):
    """One school as its file says."""

    school: School
    sites: frozenset[str]
    """The sites that this very file lists."""
    logo: Logo | None


class Broken(NamedTuple):
    """A file that cannot be used."""

    faults: list[str]
    kept: bool
    """Whether what it said before, or what is good of it, is in force."""
    days: int | None = None
    """The days to keep that it still says."""


class State(NamedTuple):
    """All schools at one time."""

    loaded: Mapping[str, Loaded]
    """By slug; that of school.yml is empty."""
    of_site: Mapping[str, str]
    """The slug of the one school that a site is of."""
    broken: Mapping[str, Broken]
    """By file."""

    def faults(self) -> list[str]:
        """What is wrong with all files."""
        return [fault for broken in self.broken.values() for fault in broken.faults]


def slug_of(conversation: str) -> str:
    """The school of a conversation: its id, which is signed, ends in a dot and the slug."""
    return conversation.partition(".")[2]


class Schools:
    """The schools, as their files say now."""

    def __init__(self, guides: Guides, path: Path | None = None) -> None:
        """Read all files; a school whose file is broken is left out until it is mended.

        Args:
            path: that of school.yml.

        Raises:
            DocumentError: school.yml is broken; with all faults of all files.
        """
        self.guides, self.path = guides, path or school_file()
        self.folder = self.path.parent / FOLDER
        self._watch = Watch(lambda: (self.path, *sorted(self.folder.glob("*"))))
        self._state = State({}, {}, {})
        state = self._read({})
        if "" not in state.loaded:
            raise DocumentError(state.faults())
        self._take_up(state)

    @property
    def default(self) -> School:
        """The school of school.yml."""
        return self._now().loaded[""].school

    def named(self, slug: object) -> School | None:
        """The school of a file in schools/."""
        found = self._now().loaded.get(slug) if isinstance(slug, str) and slug else None
        return found.school if found else None

    def with_slug(self, slug: str) -> School:
        """The school of a slug; that of school.yml where it is gone or none.

        Of one that is left out nothing is written, as it may be one that keeps nothing.
        """
        if found := self.named(slug):
            return found
        left_out = slug and _inside(slug) in self.broken()
        return self.default.copy(update={"keep_days": 0}) if left_out else self.default

    def fresh(self, school: School) -> School:
        """A school as its file says at this very moment; as it was where that is gone."""
        self._watch.look_again()
        return self.named(school.slug) or school if school.slug else self.default

    def of(self, conversation: str) -> School:
        """The school of a conversation; that of school.yml where it is gone or none."""
        return self.with_slug(slug_of(conversation))

    def of_site(self, origin: str) -> School:
        """The school that a site is of; that of school.yml where it is no single one's."""
        return self.with_slug(self.sites().get(origin, ""))

    def sites(self) -> Mapping[str, str]:
        """Every site that a school lists, with the slug of the school that it is of."""
        return self._now().of_site

    def every(self) -> list[School]:
        """The schools that have a file in schools/, in order of their slugs."""
        loaded = self._now().loaded
        return [loaded[slug].school for slug in sorted(loaded) if slug]

    def days(self) -> Mapping[str, int]:
        """How long each school keeps conversations, by slug.

        Of one that is left out what its file still says: nothing is kept longer than its school
        wanted, and nothing goes before its time as another key is misspelt.
        """
        now = self._now()
        left_out = {
            slug: broken.days
            for file, broken in now.broken.items()
            if broken.days is not None and (slug := Path(file).stem) not in now.loaded
        }
        return {**left_out, **{slug: each.school.keep_days for slug, each in now.loaded.items()}}

    def most_days(self) -> int:
        """The most days that any school keeps conversations."""
        return max(each.school.keep_days for each in self._now().loaded.values())

    def logo(self, school: School) -> Logo | None:
        """A school's logo."""
        found = self._now().loaded.get(school.slug)
        return found.logo if found else None

    def logo_named(self, name: str) -> Logo | None:
        """The logo of this name."""
        logos = (each.logo for each in self._now().loaded.values())
        return next((logo for logo in logos if logo and logo.name == name), None)

    def faults(self) -> list[str]:
        """What is wrong with all files."""
        return self._state.faults()

    def file_of(self, school: School) -> Path:
        """The file that says what a school sets."""
        return self.folder / f"{school.slug}.yml" if school.slug else self.path

    def checked(self, school: School, path: Path) -> School:
        """The school as another file would make it.

        Raises:
            DocumentError: with all faults of the file.
        """
        if school.slug:
            return _load(path, self.default, self.guides, self.folder).school
        return _load_default(path, self.folder, self.guides).school

    def broken(self) -> Mapping[str, Broken]:
        """The files that cannot be used, by name."""
        return self._now().broken

    def broken_of(self, school: School) -> Broken | None:
        """What is wrong with the file of a school, if it cannot be used."""
        return self.broken().get(_inside(school.slug) if school.slug else self.path.name)

    def _now(self) -> State:
        if self._watch.sees_change():
            self._take_up(self._read(self._state.loaded))
        return self._state

    def _take_up(self, state: State) -> None:
        before, self._state = self._state, state
        for file, broken in state.broken.items():
            if broken != before.broken.get(file):
                kept = "what was good of it stays in force" if broken.kept else "it is left out"
                log.error("%s is broken, %s: %s", file, kept, "; ".join(broken.faults[:SHOWN]))

    def _read(self, before: Mapping[str, Loaded]) -> State:
        """What the files say; of a broken one what it said before."""
        found: dict[str, Loaded] = {}
        faults: dict[str, list[str]] = defaultdict(list)
        files = [path for path in guide_files(self.folder) if NAME.fullmatch(path.stem)]
        paths = {"": self.path, **{path.stem: path for path in files}}
        for slug, path in paths.items():
            base = found.get("") or before.get("")
            try:
                if not slug:
                    found[slug] = _load_default(path, self.folder, self.guides)
                elif base:
                    found[slug] = _load(path, base.school, self.guides, self.folder)
            except DocumentError as error:
                faults[slug] += error.faults
        right = {slug: each for slug, each in found.items() if slug not in faults}
        for slug, site, fault in list(_shared_sites(right)):
            faults[slug].append(fault)
            right[slug] = before.get(slug) or _without(right[slug], site)
        loaded = {slug: each for slug in paths if (each := right.get(slug) or before.get(slug))}
        broken = {
            _inside(slug) if slug else self.path.name: Broken(
                some, slug in loaded, _days_said(paths[slug])
            )
            for slug, some in faults.items()
        }
        for _, fault in faults_of_names(self.folder):
            broken[f"{FOLDER}/{fault.partition(':')[0]}"] = Broken([f"{FOLDER}/{fault}"], False)
        return State(loaded, _of_site(loaded), broken)


def _inside(slug: str) -> str:
    """The file of a school as faults name it."""
    return f"{FOLDER}/{slug}.yml"


def _load_default(path: Path, folder: Path, guides: Guides) -> Loaded:
    school = load_school(guides, path)
    return Loaded(school, frozenset(school.embed_sites), _logo(school, folder, path.name))


def _load(path: Path, base: School, guides: Guides, folder: Path) -> Loaded:
    """A school of a folder; what its file leaves out is that of `base`.

    Raises:
        DocumentError: with all faults of the file.
    """
    file = _inside(path.stem)
    try:
        data = _read_own(path)
        school = build(School, {**dict(base), **data, "slug": path.stem}, path.name)
    except DocumentError as error:
        raise DocumentError([f"{FOLDER}/{fault}" for fault in error.faults]) from error
    if faults := faults_of_guides(school, guides, file):
        raise DocumentError(faults)
    own = frozenset(school.embed_sites if "embed_sites" in data else ())
    return Loaded(school, own, _logo(school, folder, file))


def _read_own(path: Path) -> dict[str, Any]:
    """The mapping in a school's file.

    Raises:
        DocumentError: it is none, or it is not.
    """
    data = read_small(path, LARGEST)
    faults = [
        f"{path.name}: {key}: found a key, expected none: {instead}"
        for key, instead in ELSEWHERE.items()
        if key in data
    ]
    if path.stem == TAKEN:
        fault = "expected another: the answers of school.yml's own school are called so"
        faults.append(f"{path.name}: file name: found {path.name!r}, {fault}")
    if "name" not in data:
        faults.append(f"{path.name}: name: found nothing, expected the school's own name")
    if faults:
        raise DocumentError(faults)
    return data


def _logo(school: School, folder: Path, file: str) -> Logo | None:
    """The logo that a school names: a small picture in the folder itself.

    Raises:
        DocumentError: it is none.
    """
    if not school.logo:
        return None
    path = folder / school.logo
    kind, beginning = IMAGES[path.suffix]
    try:
        inside = path.resolve().parent == folder.resolve() and path.is_file()
        data = path.read_bytes() if inside and path.stat().st_size <= LARGEST_LOGO else b""
    except OSError:
        data = b""
    if not data.startswith(beginning):
        fault = f"expected a {path.suffix[1:].upper()} file in {FOLDER}/ of {LARGEST_LOGO:,} bytes at most"
        raise DocumentError([f"{file}: logo: found {shown(school.logo)}, {fault}"])
    return Logo(hashlib.sha256(data).hexdigest()[:16] + path.suffix, kind, data)


def _days_said(path: Path) -> int | None:
    """The days to keep that a file still says, which cannot be used."""
    with contextlib.suppress(OSError):
        if path.is_file() and path.stat().st_size <= LARGEST:
            said = SAID_DAYS.findall(path.read_bytes())
            return int(said[0]) if len(said) == 1 and int(said[0]) <= Days.le else None
    return None


def _without(each: Loaded, site: str) -> Loaded:
    """A school less a site of its list."""
    sites = [other for other in each.school.embed_sites if other != site]
    return each._replace(
        school=each.school.copy(update={"embed_sites": sites}), sites=each.sites - {site}
    )


def _shared_sites(loaded: Mapping[str, Loaded]) -> Iterator[tuple[str, str, str]]:
    """Sites that two schools list, so that nobody knows whose pages they are: slug, site, fault."""
    owners: dict[str, list[str]] = defaultdict(list)
    for slug, each in loaded.items():
        for site in sorted(each.sites if slug else ()):
            owners[site].append(slug)
    for site, slugs in owners.items():
        for slug in slugs if len(slugs) > 1 else ():
            others = ", ".join(_inside(other) for other in slugs if other != slug)
            fault = f"found {shown(site)}, which {others} has too, expected it in one of them"
            yield slug, site, f"{_inside(slug)}: embed_sites: {fault}"


def _of_site(loaded: Mapping[str, Loaded]) -> dict[str, str]:
    """The school of each site that one school alone lists; a site of school.yml is everybody's."""
    found: dict[str, str] = {}
    for slug, each in sorted(loaded.items(), reverse=True):  # that of school.yml last
        found |= {site: "" if site in found else slug for site in each.sites}
    return found
