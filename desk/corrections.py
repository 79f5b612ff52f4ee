"""`python -m desk.corrections [--done ID]`: what counselors say is out of date in the guides."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from conversations.database import Away, Unplaced
from desk import tables
from desk.commands import ask
from desk.tables import Correction
from guides.loading import FOLDER
from understanding.topics import TOPICS


def main(arguments: list[str]) -> int:
    """0 where it is done; else a line says why not."""
    parser = argparse.ArgumentParser("make corrections", description=__doc__)
    parser.add_argument("--done", default="")
    done = parser.parse_args(arguments).done.strip()
    try:
        if done:
            return _remove(done)
        print("\n".join(_lines(asyncio.run(ask(tables.corrections)))))
    except (Away, Unplaced) as error:
        print(f"the database cannot be reached: {error}", file=sys.stderr)
        return 1
    return 0


def _remove(id: str) -> int:
    if asyncio.run(ask(partial(tables.remove_correction, id))):
        print(f"{id} is off the list.")
        return 0
    print(f"DONE: found {id[:60]!r}, expected the first word of a line of `make corrections`")
    return 1


def _lines(found: Sequence[Correction]) -> Iterator[str]:
    """A line for each, and how to take it off the list."""
    for each in found:
        day, school = date.fromtimestamp(each.timestamp), each.school or "school.yml"
        yield f"{each.id}  {place(each)}  {school}, {day}: {' '.join(each.said.split())}"
    yield "`make corrections DONE=<the first word>` takes one off." if found else "There are none."


def place(correction: Correction) -> str:
    """Where the fact stands: the guide's file, and the keys that answer the topic."""
    own = FOLDER / f"{correction.guide}.yml"
    file = f"guides/{own.name}" if own.is_file() else f"guides/careers/ ({correction.guide})"
    topic = TOPICS.get(correction.topic)
    keys = ", ".join(topic.sections) if topic else ""
    return f"{file}: {keys or correction.topic}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
