"""Writes a guide as YAML in the style of those that people write."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from guides.documents import ExactLoader

NAMES = ("title", "plural")
WIDTH = 100
SPANS = ("week", "length", "hours", "growth")
ROWS = ("entries", "stages", "steps", "works", "faq", "tools", "states")
"""Lists with an item a line."""
TIME = re.compile(r"\d+:\d+")
"""What other readers of YAML take for a number."""
KEPT = 1_000
"""Texts of which it is known whether they need quotes."""


def written(guide: Mapping[str, Any], file: str) -> str:
    """The text of a guide's file."""
    lines = [
        f"# {guide['title']}, written from {file} by `make guide`. What each key means:"
        " guides/schema.py."
    ]
    for key in NAMES:
        lines += _value(key, guide[key], 0)
    for key in (key for key in guide if key not in NAMES):
        lines += ["", *_value(key, guide[key], 0)]
    return "\n".join(lines) + "\n"


def _value(key: str, value: Any, depth: int) -> list[str]:
    indent = "  " * depth
    if isinstance(value, Mapping):
        if key in SPANS and not any(isinstance(each, Mapping | list) for each in value.values()):
            return [f"{indent}{key}: {_flow(value)}"]
        return [
            f"{indent}{key}:",
            *(line for k, v in value.items() for line in _value(k, v, depth + 1)),
        ]
    if isinstance(value, list):
        return _list(key, value, depth)
    return _text(f"{indent}{key}:", value, depth + 1)


def _list(key: str, value: list[Any], depth: int) -> list[str]:
    indent = "  " * depth
    if all(not isinstance(each, Mapping) for each in value):
        row = f"{indent}{key}: {_flow(value)}"
        if len(row) <= WIDTH and all(len(str(each).split()) <= 4 for each in value):
            return [row]
    lines = [f"{indent}{key}:"]
    for each in value:
        if not isinstance(each, Mapping):
            lines += _text(f"{indent}  -", each, depth + 2)
        elif key in ROWS:
            lines.append(f"{indent}  - {_flow(each)}")
        else:
            inner = [line for k, v in each.items() for line in _value(k, v, depth + 2)]
            lines += [f"{indent}  - {inner[0].lstrip()}", *inner[1:]]
    return lines


def _text(start: str, value: Any, depth: int) -> list[str]:
    """A value after its key; a long text is folded."""
    said = _scalar(value)
    if not isinstance(value, str) or len(start) + len(said) < WIDTH:
        return [f"{start} {said}"]
    indent = "  " * depth
    folded = textwrap.wrap(
        value, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False
    )
    return [f"{start} >-", *(f"{indent}{line}" for line in folded)]


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value, flow=True)


def _scalar(value: Any, flow: bool = False) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    return (
        value
        if _is_plain(value, flow)
        else yaml.dump(value, default_style='"', allow_unicode=True, width=float("inf")).strip()
    )


@lru_cache(KEPT)
def _is_plain(text: str, flow: bool) -> bool:
    """Whether a text is read as itself without quotes."""
    if TIME.fullmatch(text):
        return False
    document = f"[{text}]" if flow else f"- {text}"
    try:
        return bool(yaml.load(document, ExactLoader) == [text])
    except (yaml.YAMLError, ValueError):
        return False
