"""`python -m serving.new_school NAME`: begin the file of one more school."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from components.models import ROOT
from guides.documents import DocumentError, read
from guides.loading import NAME
from guides.school import school_file
from guides.schools import FOLDER

TEMPLATE = ROOT / FOLDER / "_template.yml"


def main(arguments: list[str], school: Path | None = None) -> int:
    """0 where there is a new file; else a line says why there is none.

    Args:
        school: the file beside whose folder the new one comes.
    """
    name = arguments[0].strip() if len(arguments) == 1 else ""
    if not NAME.fullmatch(name):
        print(
            f"make school NAME=<name>: found {name[:60]!r}, expected lower-case letters a-z,"
            " digits and hyphens, 60 at most, for example lincoln-high"
        )
        return 2
    school = school or school_file()
    path = school.parent / FOLDER / f"{name}.yml"
    path.parent.mkdir(exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(begun(name))
    except FileExistsError:
        print(f"{FOLDER}/{path.name} is there already: change it, or remove it first")
        return 1
    print(f"{FOLDER}/{path.name} is there: fill it in, then `make check`. For the school's pages:")
    print(f'<script src="{_address(school)}/embed.js" data-school="{name}" async></script>')
    return 0


def begun(name: str) -> str:
    """The template with a first guess at the school's name, without what is said of the template."""
    _, _, body = TEMPLATE.read_text(encoding="utf-8").partition("\nname: ")
    guessed = name.replace("-", " ").title()
    return (
        f'# What is left out is as in school.yml.\nname: "{guessed}"\n{body.partition(chr(10))[2]}'
    )


def _address(school: Path) -> str:
    """Where browsers reach this server, as far as that is known."""
    try:
        given = read(school).get("address")
    except DocumentError:
        given = None
    return str(given or f"http://localhost:{os.environ.get('PORT', '5005')}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
