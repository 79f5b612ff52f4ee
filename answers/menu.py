"""What a page offers before anything was asked: the topics in groups, and frequent questions."""

from __future__ import annotations

from pathlib import Path

from answers.model import Button, payload
from answers.registry import button, covers
from guides.documents import read
from guides.schema import Guide

GROUPS: dict[str, list[str]] = read(Path(__file__).parent / "menu.yml")
"""The topics of the menu by the name of their group."""


def menu(guide: Guide) -> dict[str, list[Button]]:
    """The topics that the guide covers, by the name of their group."""
    groups = {
        group: [button(name) for name in names if covers(guide, name)]
        for group, names in GROUPS.items()
    }
    return {group: buttons for group, buttons in groups.items() if buttons}


def first_questions(guide: Guide) -> list[Button]:
    """The guide's frequent questions, each with the payload of its topic."""
    return [Button(entry.question, payload(entry.topic)) for entry in guide.faq or []]
