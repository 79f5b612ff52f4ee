"""What a page offers before anything was asked: the topics in groups, and frequent questions."""

from __future__ import annotations

import re

from answers.labels import labels
from answers.model import Button, payload
from answers.registry import button, covers, next_buttons
from guides.schema import Guide
from understanding.topics import TOPICS


def menu(guide: Guide) -> dict[str, list[Button]]:
    """The topics that the guide covers, by the name of their group."""
    groups: dict[str, list[Button]] = {}
    for name, topic in TOPICS.items():
        if topic.group and covers(guide, name):
            groups.setdefault(topic.group, []).append(button(name))
    return groups


def first_questions(guide: Guide) -> list[Button]:
    """The guide's frequent questions, each with the payload of its topic; else the usual topics."""
    asked = [Button(entry.question, payload(entry.topic)) for entry in guide.faq or []]
    return asked or [*next_buttons(guide, "capabilities")]


def topic_named(name: str) -> Button | None:
    """The button of a topic of the menu that a link means: by its name, its title or another word.

    Capitals, gaps and hyphens do not matter: `First Step`, `first-step`.
    """
    said = _plain(name).removeprefix("ask_")
    named = {_plain(topic.title): known for known, topic in TOPICS.items() if topic.group}
    named |= {known: known for known, topic in TOPICS.items() if topic.group}
    meant = {**named, **labels("link_topics")}.get(said)
    return button(meant) if meant else None


def _plain(name: str) -> str:
    return re.sub(r"\W+|_+", "_", name.lower()).strip("_")
