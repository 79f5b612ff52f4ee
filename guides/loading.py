"""Load every guide of a folder, or say everything that is wrong with any of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from guides.documents import DocumentError, build, read
from guides.phrases import FOLDER as PHRASES
from guides.phrases import faults_of_phrases, read_phrases
from guides.schema import Guide
from guides.slips import slips

FOLDER = Path(__file__).parent
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
"""A guide's name as addresses have it; its file is called so, with .yml."""

MEANT = re.compile(r"(.+)\.ya?ml(?:\.txt)?", re.IGNORECASE)
"""Names of files that were meant as guides; Windows hides the .txt."""
IS_GUIDE = re.compile(r"^(?:snapshot|sources):", re.MULTILINE)

ELSEWHERE = {
    "slug": "the file name is it",
    "phrases": f"they stand in {PHRASES}/, in a file of the same name",
}
"""Keys that a guide's file does not have, and where that is instead."""

Guides = Mapping[str, Guide]
"""Guides by slug, in the order of their titles."""


def load_guide(path: Path) -> Guide:
    """One guide with its phrases.

    Raises:
        DocumentError: with all faults of the file and of that of its phrases.
    """
    data = read(path)
    for key, instead in ELSEWHERE.items():
        if key in data:
            raise DocumentError([f"{path.name}: {key}: found a key, expected none: {instead}"])
    phrases, faults = read_phrases(path)
    faults = [*slips(path, data), *faults]
    try:
        guide = build(Guide, {**data, "slug": path.stem, "phrases": phrases}, path.name)
    except DocumentError as error:
        raise DocumentError([*faults, *error.faults]) from error
    faults += faults_of_phrases(guide)
    if faults:
        raise DocumentError(faults)
    return guide


def guide_named(guides: Guides, name: str) -> Guide | None:
    """The guide that a person means who writes `MLOps-Engineer` or `MLOps Engineer`."""
    return guides.get(re.sub(r"[\s_-]+", "-", name.strip().lower()))


def load_guides(folder: Path = FOLDER) -> Guides:
    """All guides of a folder; names that start with `_` or a dot are left out.

    Raises:
        DocumentError: with all faults of all files.
    """
    guides: list[Guide] = []
    faults = [fault for _, fault in faults_of_names(folder)]
    for path in guide_files(folder):
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


def guide_files(folder: Path) -> list[Path]:
    """The files of a folder's guides; names that start with `_` or a dot are left out."""
    return sorted(folder.glob("[!_.]*.yml"))


def faults_of_names(folder: Path) -> list[tuple[str, str]]:
    """Files that were meant as guides and that would be passed over, each with its fault."""
    faults = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        found = MEANT.fullmatch(path.name)
        if not found or any(part[0] in "._" for part in inside.parts):
            continue
        if inside.parts[:-1] == (PHRASES,):
            if not (folder / path.name).is_file():
                fault = f"file name: found {path.name!r}, expected that of a guide in {folder.name}"
                faults.append((found[1], f"{PHRASES}/{path.name}: {fault}: rename or remove it"))
        elif len(inside.parts) > 1:
            if title_line(path):
                better = f"move it to {folder.name}/{plain(found[1])}.yml"
                fault = f"folder: found {inside.parent}, expected the folder {folder.name} itself"
                faults.append((found[1], f"{path.name}: {fault}: {better}"))
        elif path.suffix != ".yml" or not NAME.fullmatch(path.stem):
            fault = (
                f"file name: found {path.name!r}, expected lower-case letters a-z, digits and"
                f" hyphens, 60 at most, and .yml: rename it, for example to {plain(found[1])}.yml"
            )
            faults.append((found[1], f"{path.name}: {fault}"))
    return faults


def title_line(path: Path) -> str | None:
    """The title of a file that looks like a guide, in small letters; None where it does not."""
    text = path.read_text(encoding="utf-8", errors="replace")
    found = re.search(r"^title: *(.+?) *$", text, re.MULTILINE)
    return found[1].strip("\"'").lower() if found and IS_GUIDE.search(text) else None


def plain(stem: str) -> str:
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
