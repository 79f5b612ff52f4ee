"""The local answers of this process: one place says of which school they are."""

from __future__ import annotations

from functools import cache

from answers.in_force import LocalAnswers
from components.library import find_library
from components.sentence_encoder import find_encoder
from guides.local import SCHOOL, path_of


@cache
def find_locals(school: str = SCHOOL) -> LocalAnswers:
    """The local answers of a school, read again where their file has changed."""
    return LocalAnswers(path_of(school), find_library(), find_encoder({"encoder": "auto"}))
