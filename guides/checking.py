"""`python -m guides.checking NAME`: say in seconds what is wrong with one guide."""

from __future__ import annotations

import sys
from pathlib import Path

from guides.documents import DocumentError
from guides.loading import FOLDER, faults_of_names, guide_files, load_guide, plain, title_line


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """0 where the guide can be used; else its faults are printed."""
    name = arguments[0].strip() if len(arguments) == 1 else ""
    slug = Path(name).name.removesuffix(".yml")
    known = [path.stem for path in guide_files(folder)]
    if not slug:
        print(f"make check-guide NAME=<guide>: one of {', '.join(known) or 'none yet'}")
        return 2
    faults = faults_of_guide(slug, folder)
    print("\n".join(faults) or f"{folder.name}/{slug}.yml is valid.")
    return 1 if faults else 0


def faults_of_guide(slug: str, folder: Path) -> list[str]:
    """What is wrong with a guide's name, its file, or its title beside those of the others."""
    path = folder / f"{slug}.yml"
    named = [fault for file, fault in faults_of_names(folder) if plain(file) == plain(slug)]
    if named:
        return named
    if path not in guide_files(folder):
        known = ", ".join(each.stem for each in guide_files(folder))
        return [f"{path.name}: file: found none in {folder.name}, expected one of: {known}"]
    faults: list[str] = []
    try:
        load_guide(path)
    except DocumentError as error:
        faults = error.faults
    for other in guide_files(folder):
        if other != path and title_line(other) == title_line(path):
            faults.append(
                f"{path.name}: title: found the title of {other.name}, expected one of its own"
            )
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
