"""`python -m guides.page FROM`: write a guide from a career page and say what is not in it."""

from __future__ import annotations

import sys
from pathlib import Path

from guides.documents import DocumentError
from guides.loading import FOLDER, load_guide
from guides.page.report import report
from guides.page.text import read_page
from guides.page.whole import read_whole
from guides.page.writing import written
from guides.tables.titles import slug_of


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """0 where the guide can be used; else its faults are in the report, and it is written all the same."""
    if len(arguments) != 1 or not arguments[0]:
        print("make guide FROM=<page>: the career page, copied into a text file")
        return 2
    page = Path(arguments[0])
    try:
        lines = read_page(page)
    except DocumentError as error:
        print(error)
        return 1
    reading = read_whole(lines, page.stem)
    target = _put(
        written(reading.guide, page.name), folder / f"{slug_of(reading.get('title'))}.yml"
    )
    faults = _faults(target)
    print(report(lines, reading, faults))
    print(f"Wrote {target}, {'with faults' if faults else 'which is valid'}.")
    return 1 if faults else 0


def _put(text: str, path: Path) -> Path:
    """Write a guide; one that is there and says something else stays, and the new one is a draft."""
    if path.exists() and path.read_text(encoding="utf-8") != text:
        print(
            f"{path} is there and stays as it is. The new guide has a name in front of which"
            " stands _, and is not loaded."
        )
        path = path.with_name(f"_{path.name}")
    path.write_text(text, encoding="utf-8")
    return path


def _faults(path: Path) -> list[str]:
    try:
        load_guide(path)
    except DocumentError as error:
        return error.faults
    return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
