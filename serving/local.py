"""`python -m serving.local SCHOOL`: what is wrong with a school's local answers, and what they take.

Guides keep the questions that they answer surely; a way to ask that is too wide takes some of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from answers.in_force import InForce
from answers.taking import of_guides
from components.library import find_library
from components.sentence_encoder import find_encoder
from guides.documents import DocumentError
from guides.local import SCHOOL, path_of, read_locals
from understanding.classifier import Encoder
from understanding.topics import TOPICS

SHOWN = 5
"""Questions that one answer takes, of those that are shown."""


def main(arguments: list[str]) -> int:
    """0 where the file can be used, whatever is said of it; else its faults are printed."""
    path = path_of(arguments[0].strip() if arguments else SCHOOL)
    library, encoder = find_library(), find_encoder({"encoder": "auto"})
    try:
        found = InForce.of(read_locals(path, library), encoder)
    except DocumentError as error:
        print("\n".join(error.faults))
        return 1
    print(f"{path.name} is valid: {len(found.answers)} local answers.")
    told = (*old(found), *mistaken(found), *(lost(found, encoder) if encoder else ()))
    for line in told:
        print(line, flush=True)
    return 0


def old(found: InForce) -> Iterator[str]:
    """A line for each answer that is no longer certain."""
    for name, entry in found.answers.items():
        if entry.is_old(date.today()):
            yield f"{name}: until: {entry.until} has passed: check it, and put in new days"


def mistaken(found: InForce) -> Iterator[str]:
    """A line for each way to ask that another answer answers."""
    for name, entry in found.answers.items():
        career = next(iter(entry.careers), "")
        for way in entry.asked:
            near = found.asked_for([way], 0.5, career)
            if near and near[0].name != name:
                yield f'{name}: asked: "{way}" is answered by {near[0].name}: tell them apart'


def lost(found: InForce, encoder: Encoder) -> Iterator[str]:
    """Lines for each answer that would also answer questions of a guide's topic."""
    for name, questions in of_guides().taken_by(found.answers, encoder).items():
        yield f"{name}: asked: would also answer questions to guides ({len(questions)}), such as:"
        for each in questions[:SHOWN]:
            yield f'  "{each.text}" ({TOPICS[each.topic].title})'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
