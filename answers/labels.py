"""The short words of the replies, by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from answers.filling import filled
from guides.documents import DocumentError, read, shown

FILE = Path(__file__).parent / "labels.yml"
LABELS: dict[str, Any] = read(FILE)
"""Groups of short words by name; the file says what they are for."""


def label(group: str, name: object, /, **facts: object) -> str:
    """One label, with the facts in its braces.

    Raises:
        DocumentError: labels.yml has no such label, or it has a name in braces that is no fact.
    """
    words, place = _group(group).get(name), f"{FILE.name}: {group}.{name}"
    if not isinstance(words, str):
        raise DocumentError([f"{place}: found {shown(words)}, expected some words"])
    return filled(words, facts, place)


def labels(group: str) -> dict[Any, str]:
    """All labels of a group by name, those that have no braces.

    Raises:
        DocumentError: labels.yml has no such group, or one of its labels holds no words.
    """
    return {name: label(group, name) for name in _group(group)}


def _group(group: str) -> Mapping[Any, Any]:
    found = LABELS.get(group)
    if not isinstance(found, dict):
        raise DocumentError([f"{FILE.name}: {group}: found {shown(found)}, expected a mapping"])
    return found
