"""Rasa's way to the entities that `understanding.reading` finds."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from guides.loading import load_guides
from understanding.reading import Reader


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class GuideEntityExtractor(GraphComponent):
    """Finds careers, times, grades, hours, criteria and the guides' terms by rules.

    The guides are read when the model is loaded, so a new guide needs no training here.
    """

    def __init__(self) -> None:
        self.reader = Reader(load_guides())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GuideEntityExtractor:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message; their places are those of the folded text."""
        for message in messages:
            found = entities_in(self.reader, message.get(TEXT) or "")
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def entities_in(reader: Reader, text: str) -> list[dict[str, Any]]:
    """The entities of a text in Rasa's form."""
    return [
        {
            "entity": entity.name,
            "value": entity.value,
            "start": entity.start,
            "end": entity.end,
            "extractor": GuideEntityExtractor.__name__,
        }
        for entity in reader.entities(text)
    ]
