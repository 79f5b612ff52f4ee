"""A value found in a message."""

from __future__ import annotations

from dataclasses import dataclass

NAMED = ("career", "compared_career", "mentioned_career")
"""Names of the entities that are careers of a guide."""
DESCRIBED = "described_career"
"""Entity of a career that is told by its work: the value is the likeliest, empty where it is not
sure; `candidates` are those that may be meant, `confidence_entity` is how likely one is told."""
VAGUE = "vague"
"""Its value where somebody's job is spoken of and left open: "my aunt works at the port"."""


@dataclass(frozen=True)
class Entity:
    """A value and its place in the folded text: `text[start:end]`.

    Where the value may mean several things, `candidates` has them, the likeliest first.
    """

    name: str
    value: str
    start: int
    end: int
    candidates: tuple[str, ...] = ()


def longest_first(entities: list[Entity]) -> list[Entity]:
    """Entities less those of the same name that lie within a longer one, in text order."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda entity: entity.start - entity.end):
        covered = any(
            other.name == entity.name
            and other.start <= entity.start
            and entity.end <= other.end
            and (other.start, other.end) != (entity.start, entity.end)
            for other in kept
        )
        if not covered and entity not in kept:
            kept.append(entity)
    return sorted(kept, key=lambda entity: (entity.start, entity.end, entity.name, entity.value))
