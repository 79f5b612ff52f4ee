"""Load every guide of a folder, or say everything that is wrong with any of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guides.documents import DocumentError, build, read
from guides.schema import Guide

FOLDER = Path(__file__).parent

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


def load_guides(folder: Path = FOLDER) -> Guides:
    """All guides of a folder; files whose names start with `_` are left out.

    Raises:
        DocumentError: with all faults of all files.
    """
    guides: list[Guide] = []
    faults: list[str] = []
    for path in sorted(folder.glob("[!_]*.yml")):
        try:
            guides.append(load_guide(path))
        except DocumentError as error:
            faults += error.faults
    if not guides and not faults:
        faults.append(f"{folder.name}: found no guide, expected at least one .yml file")
    faults += _shared_names(guides)
    if faults:
        raise DocumentError(faults)
    return {guide.slug: guide for guide in sorted(guides, key=lambda guide: guide.title)}


def _shared_names(guides: list[Guide]) -> list[str]:
    owners: dict[str, str] = {}
    faults = []
    for guide in guides:
        for name in dict.fromkeys(name.lower() for name in guide.names):
            owner = owners.setdefault(name, guide.slug)
            if owner != guide.slug:
                faults.append(
                    f"{guide.slug}.yml: aliases: found {name!r}, which {owner}.yml has too,"
                    " expected a name of its own"
                )
    return faults
