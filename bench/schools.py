"""`python -m bench.schools`: what one, and sixty, schools cost a server that has none besides."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from components.library import find_library
from guides.school import SCHOOL
from guides.schools import FOLDER, Schools

COUNTS = (0, 1, 60)
TIMES = 1000
FILE = """\
name: School {0}
person: {{name: Person {0}, contact: Room {0}.}}
embed_sites: [https://school-{0}.example]
keep_days: 7
"""


def main() -> None:
    """Print a row for each number of schools."""
    print("| schools | all files read, ms | a look at the files, ms | the school of a turn, µs |")
    print("|--:|--:|--:|--:|")
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            path = _district(Path(folder), count)
            schools = Schools(find_library(), path)
            read = _seconds(partial(Schools, find_library(), path), 10)
            look = _seconds(schools._watch._stamps, TIMES)
            turn = _seconds(partial(schools.of, "conversation.s0"), TIMES)
        print(f"| {count} | {read * 1e3:.1f} | {look * 1e3:.2f} | {turn * 1e6:.1f} |")


def _district(folder: Path, count: int) -> Path:
    """Settings of a district with so many schools; the path of its school.yml."""
    (folder / FOLDER).mkdir()
    for number in range(count):
        (folder / FOLDER / f"s{number}.yml").write_text(FILE.format(number))
    path = folder / SCHOOL.name
    path.write_bytes(SCHOOL.read_bytes())
    return path


def _seconds(work: Callable[[], object], times: int) -> float:
    """How long it takes, on the average."""
    started = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - started) / times


if __name__ == "__main__":
    main()
