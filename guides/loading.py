"""Load every guide of a folder, or say everything that is wrong with any of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from guides.documents import DocumentError, build, read
from guides.schema import Guide

FOLDER = Path(__file__).parent
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
"""A guide's name as addresses have it; its file is called so, with .yml."""

Guides = Mapping[str, Guide]
"""Guides by slug, in the order of their titles."""


def load_guide(path: Path) -> Guide:
    """One guide.

    Raises:
        DocumentError: with all faults of the file.
    """
    data = read(path)
    if "slug" in data:
        raise DocumentError([f"{path.name}: slug: found a key, expected none: the file name is it"])
    return build(Guide, {**data, "slug": path.stem}, path.name)


def guide_named(guides: Guides, name: str) -> Guide | None:
    """The guide that a person means who writes `MLOps-Engineer` or `MLOps Engineer`."""
    return guides.get(re.sub(r"[\s_-]+", "-", name.strip().lower()))


def load_guides(folder: Path = FOLDER) -> Guides:
    """All guides of a folder; names that start with `_` or a dot are left out.

    Raises:
        DocumentError: with all faults of all files.
    """
    guides: list[Guide] = []
    faults = _unreachable(folder)
    for path in sorted(folder.glob("[!_.]*.yml")):
        try:
            guides.append(load_guide(path))
        except DocumentError as error:
            faults += error.faults
    if not guides and not faults:
        faults.append(f"{folder.name}: found no guide, expected at least one .yml file")
    faults += _shared_titles(guides)
    if faults:
        raise DocumentError(faults)
    return {guide.slug: guide for guide in sorted(guides, key=lambda guide: guide.title)}


def _unreachable(folder: Path) -> list[str]:
    """Faults of files that were meant as guides and that no address can name."""
    meant = (
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (".yml", ".yaml") and path.name[0] not in "._"
    )
    return [
        f"{path.name}: file name: found {path.name!r}, expected lower-case letters a-z, digits and"
        f" hyphens, 60 at most, and .yml: rename it, for example to {_plain(path.stem)}.yml"
        for path in meant
        if path.suffix != ".yml" or not NAME.fullmatch(path.stem)
    ]


def _plain(stem: str) -> str:
    """A file's name without accents, capitals and signs."""
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60] or "my-career"


def _shared_titles(guides: list[Guide]) -> list[str]:
    owners: dict[str, str] = {}
    faults = []
    for guide in guides:
        owner = owners.setdefault(guide.title.lower(), guide.slug)
        if owner != guide.slug:
            faults.append(
                f"{guide.slug}.yml: title: found {guide.title!r}, which {owner}.yml has too,"
                " expected a title of its own"
            )
    return faults
