"""What words mean: our own explanations for readers of 14 to 18, not the guide's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guides.documents import read
from understanding.english import any_of
from understanding.reading import FILLER
from understanding.text import fold, words

GLOSSARY = Path(__file__).parent.parent / "data" / "glossary.yml"


@dataclass(frozen=True)
class Term:
    """A word, and what it means in one or two sentences."""

    name: str
    means: str


@cache
def glossary() -> dict[str, Term]:
    """Every term by each way to write it, in small letters.

    Raises:
        DocumentError: the file cannot be read.
    """
    found = {}
    for entry in read(GLOSSARY).values():
        term = Term(entry["name"], entry["means"])
        for written in (entry["name"], *entry.get("also", [])):
            found[str(written).lower()] = term
    return found


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{any_of(glossary())})(?![\w-])", re.IGNORECASE)


def terms_in(text: str) -> list[Term]:
    """The terms in a text, in order, each once."""
    found = [glossary()[word.lower()] for word in written_in(text)]
    return list(dict.fromkeys(found))


def is_term(text: str) -> bool:
    """Whether a text holds a term and nothing else that says anything: "whats a pipeline"."""
    asked = {word.text for word in words(fold(text)) if not FILLER.fullmatch(word.text)}
    known = {word.text for term in written_in(text) for word in words(fold(term))}
    return bool(asked) and asked <= known


def written_in(text: str) -> list[str]:
    """The terms in a text as it writes them."""
    return _pattern().findall(text)
