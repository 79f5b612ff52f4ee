"""The entities that `understanding.reading` finds, in Rasa's form."""

from __future__ import annotations

from typing import Any

from understanding.entity import Entity
from understanding.reading import Reader

EXTRACTOR = "GuideEntityExtractor"
"""What Rasa is told of who found an entity."""


def entities_in(reader: Reader, text: str) -> list[dict[str, Any]]:
    """The entities of a text: careers, times, grades, hours, criteria and general terms."""
    return [in_rasas_form(entity) for entity in reader.entities(text)]


def in_rasas_form(entity: Entity) -> dict[str, Any]:
    """An entity as Rasa keeps it."""
    return {
        "entity": entity.name,
        "value": entity.value,
        "start": entity.start,
        "end": entity.end,
        "extractor": EXTRACTOR,
        **({"candidates": list(entity.candidates)} if entity.candidates else {}),
    }
