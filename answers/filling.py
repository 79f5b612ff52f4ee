"""Fill the names in braces of the words that stand in data files."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from rapidfuzz import fuzz

from guides.documents import DocumentError


def filled(text: str, facts: Mapping[str, object], place: str) -> str:
    """The text with each name in braces replaced by the fact of that name.

    Args:
        place: file and key of the text, for the error.

    Raises:
        DocumentError: a name is none of the facts, or a brace is broken.
    """
    try:
        return text.format(**facts)
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise DocumentError(_faults(text, facts, place)) from error


def _faults(text: str, facts: Mapping[str, object], place: str) -> list[str]:
    """What is wrong with the names in a text that cannot be filled."""
    try:
        named = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        return [f"{place}: found a broken brace ({error}), expected names such as {{career}}"]
    unknown = dict.fromkeys(name for name in named if name not in facts)
    return [f"{place}: found {{{name}}}, {_expected(name, facts)}" for name in unknown] or [
        f"{place}: found signs beside a name in braces, expected the name alone"
    ]


def _expected(name: str, facts: Mapping[str, object]) -> str:
    """The facts that can stand there, the likeliest first."""
    nearest = sorted(facts, key=lambda fact: -fuzz.ratio(fact, name))
    choices = ", ".join(f"{{{fact}}}" for fact in nearest)
    return f"expected one of: {choices}" if choices else "expected no name in braces"
