"""What a message asks about a career, to be answered beside help and without keeping its words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from answers.assistant import which_told
from answers.model import Answer, Question
from guides.loading import Guides
from understanding.entity import DESCRIBED, NAMED
from understanding.facets import facet_of
from understanding.topics import TOPICS, intent_of

TOLD = 0.5
"""Probability from which a career is told."""
WORRIES = ("feel",)
"""Acts that ask about a career as well, where they name one."""


def tap_of(understood: Mapping[str, Any], guides: Guides) -> str | None:
    """The question on a named career in an understood message, as the tap that asks the same.

    None where it names no career that a guide has, or asks nothing of one.
    """
    message = next(iter(understood.get("parts") or [understood]))
    named = (*NAMED, DESCRIBED)
    names = (each["value"] for each in understood.get("entities") or () if each["entity"] in named)
    career = next((str(name) for name in names if name in guides), None)
    topic = str((message.get("intent") or {}).get("name")).removeprefix("ask_")
    if career is None or not (topic in WORRIES or _is_question(topic)):
        return None
    ranking = [(str(name), float(found)) for name, found in message.get("facets") or ()]
    values = {"career": career, "facet": facet_of(topic, ranking)}
    told = {name: value for name, value in values.items() if value}
    return f"/{intent_of(topic)}{json.dumps(told)}"


def offer_of(understood: Mapping[str, Any], guides: Guides) -> Answer | None:
    """The careers that an understood message may tell by their work, to be tapped; None if none."""
    told = (e for e in understood.get("entities") or () if e["entity"] == DESCRIBED)
    one = next(told, None)
    if one is None or one["confidence_entity"] < TOLD:
        return None
    topic = str((understood.get("intent") or {}).get("name")).removeprefix("ask_")
    slugs = [slug for slug in one["candidates"] if slug in guides]
    return which_told(guides, slugs, Question(topic if _is_question(topic) else "summary"))


def _is_question(topic: str) -> bool:
    return topic in TOPICS and TOPICS[topic].kind == "question"
