"""`python -m guides.tables FROM`: write guides/careers/ from the publishers' tables."""

from __future__ import annotations

import sys
from pathlib import Path

from guides.documents import DocumentError
from guides.loading import FOLDER
from guides.tables.writing import write

CAREERS = FOLDER / "careers"


def main(arguments: list[str]) -> int:
    """0 where all was written; else the faults are printed."""
    if len(arguments) != 1:
        print("python -m guides.tables FROM: the folder with the tables (docs/careers.md)")
        return 2
    try:
        written = write(Path(arguments[0]), CAREERS, CAREERS / "names.yml")
    except DocumentError as error:
        print(error)
        return 1
    size = sum(path.stat().st_size for path in written)
    print(f"Wrote {len(written)} files, {size / 1e6:.1f} MB, to {CAREERS}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
