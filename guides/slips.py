"""Slips of an author that YAML and the schema let pass: each is a fault with its remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from guides.documents import ExactLoader, decoded, problem, read, shown
from understanding.topics import TOPICS

TEMPLATE = Path(__file__).parent / "_template.yml"
TEMPLATES = (TEMPLATE, TEMPLATE.parent / "phrases" / TEMPLATE.name)
SHORT = 3
"""Words of a text that two authors may well write alike."""


def slips(path: Path, data: dict[str, Any]) -> list[str]:
    """Faults of a guide's file or of its phrases', whose mapping was read already."""
    if path in TEMPLATES:
        return []
    places = [*cut_off(path), *_unfilled(data), *_no_topics(data), *_asked(data)]
    return [f"{path.name}: {place}" for place in places]


def cut_off(path: Path) -> Iterator[str]:
    """Texts that end where YAML takes the rest of the line for a comment."""
    text = decoded(path)
    lines = text.splitlines()
    try:
        whole = yaml.compose(text, Loader=ExactLoader)
    except yaml.YAMLError as error:  # libyaml takes more than others do
        yield problem(error)
        return
    for key, node in _scalars(whole):
        end = node.end_mark
        rest = lines[end.line][end.column :] if end.line < len(lines) else ""
        is_text = node.tag.endswith(":str") or not node.value
        if node.style is None and is_text and re.match(r"\s*#", rest):
            yield (
                f"{key} (line {end.line + 1}): found {shown(rest.strip())} cut off as a comment,"
                " expected none behind a text: put the whole text in quotes, or the comment on a"
                " line of its own"
            )


def _scalars(node: yaml.Node | None, path: str = "") -> Iterator[tuple[str, yaml.ScalarNode]]:
    if isinstance(node, yaml.ScalarNode):
        yield path, node
    elif isinstance(node, yaml.SequenceNode):
        for place, entry in enumerate(node.value):
            yield from _scalars(entry, f"{path}[{place}]")
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, f"{path}.{key.value}".lstrip("."))


def _unfilled(data: dict[str, Any]) -> Iterator[str]:
    """Texts that are still those of the template."""
    title = str(_template()["title"][0]).lower()
    for path, text in _texts(data):
        telling = len(text.split()) > SHORT or title.split()[0] in text.lower().split()
        if telling and text in _template().get(_less_places(path), ()):
            yield f"{path}: found the template's {shown(text)}, expected your own words"


@cache
def _template() -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for path, text in (each for file in TEMPLATES for each in _texts(read(file))):
        texts.setdefault(_less_places(path), []).append(text)
    return texts


def _less_places(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _texts(each, f"{path}[{place}]")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, f"{path}.{key}".lstrip("."))


def _no_topics(data: dict[str, Any]) -> Iterator[str]:
    """Topics that no answer has."""
    faq = data.get("faq")
    for place, entry in enumerate(faq if isinstance(faq, list) else []):
        topic = entry.get("topic") if isinstance(entry, dict) else None
        if isinstance(topic, str) and topic not in TOPICS:
            yield (f"faq[{place}].topic: found {shown(topic)}, expected a topic of data/topics.yml")


def _asked(data: dict[str, Any]) -> Iterator[str]:
    """Phrases that stand among the facts."""
    found = (re.match(r"(?:.*\.)?asked\b", path) for path, _ in _texts(data))
    for path in dict.fromkeys(match[0] for match in found if match):
        yield f"{path}: found phrases, expected none in a guide: move them to phrases/"
