"""The local answers of the schools in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from answers.in_force import InForce, LocalAnswers
from components.library import find_library
from components.sentence_encoder import find_encoder
from guides.local import SCHOOL, path_of

_known: dict[str, LocalAnswers] = {}
_tried: ContextVar[InForce | None] = ContextVar("tried", default=None)


def find_locals(slug: str = "") -> LocalAnswers:
    """The local answers of a school, read again where their file has changed.

    Args:
        slug: the school's name; none for that of school.yml.
    """
    name = slug or SCHOOL
    if name not in _known:
        path, encoder = path_of(name), find_encoder({"encoder": "auto"})
        _known[name] = LocalAnswers(path, find_library(), encoder)
    return _known[name]


@contextmanager
def trying(answers: InForce) -> Iterator[None]:
    """Put answers in force for the turns that begin within, and for no other."""
    token = _tried.set(answers)
    try:
        yield
    finally:
        _tried.reset(token)


def in_force(slug: str) -> InForce:
    """The local answers of a school for the turn at hand."""
    return _tried.get() or find_locals(slug).now


def broken_locals() -> dict[str, bool]:
    """Files of local answers that cannot be used, and whether what they said before is in force.

    Of the schools whose students have written since the start: no other file is read.
    """
    return {each.file: bool(each.now.answers) for each in _known.values() if each.faults}
