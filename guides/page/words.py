"""The English of words.yml, as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from guides.documents import read
from understanding.english import any_of

WORDS = Path(__file__).parent / "words.yml"


@cache
def words() -> Mapping[str, Any]:
    """Everything in words.yml.

    Raises:
        DocumentError: the file cannot be used.
    """
    return read(WORDS)


def whole(phrases: Iterable[str]) -> str:
    """A pattern for one of these phrases as whole words."""
    return rf"(?<![\w-])(?:{any_of(map(str, phrases))})(?![\w-])"


@cache
def phrase(name: str, within: str = "") -> re.Pattern[str]:
    """One of the phrases of a list in words.yml, whatever its case."""
    listed = words()[name][within] if within else words()[name]
    return re.compile(whole(listed), re.IGNORECASE)


def holds(text: str, name: str, within: str = "") -> bool:
    """Whether a text has one of the phrases of a list."""
    return bool(phrase(name, within).search(text))


def topic_of(question: str) -> str | None:
    """The topic that a question asks for; None where no word says so."""
    topics: Mapping[str, list[str]] = words()["topics"]
    return next((topic for topic in topics if holds(question, "topics", topic)), None)


def default(key: str) -> str:
    """The text for what a page leaves out."""
    return str(words()["defaults"][key])
