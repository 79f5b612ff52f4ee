"""Two things that Rasa 3.6.21 does again on every turn, done once instead; the results are equal.

Measured by `make bench`. For any other version the patches refuse: read its source first.
"""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any

import rasa
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event

KNOWN = "3.6.21"

# Kept, so that tests can compare.
stock_resolve = Event.resolve_by_type
stock_validate = RemoteAction._validate_action_result


class UnknownRasa(RuntimeError):
    """The installed Rasa is not the one that the patches were written for."""


def apply_patches(version: str = rasa.__version__) -> None:
    """Patch Rasa for this process.

    Raises:
        UnknownRasa: the version is another.
    """
    if version != KNOWN:
        raise UnknownRasa(
            f"channels/patches.py: found Rasa {version}, expected {KNOWN}:"
            " compare the two methods with its source, then change KNOWN or drop the patch"
        )
    Event.resolve_by_type = staticmethod(resolve_by_type)
    RemoteAction._validate_action_result = validate_action_result


@lru_cache(maxsize=256)
def _resolved(type_name: str, default: Any) -> type[Event] | None:
    found: type[Event] | None = stock_resolve(type_name, default)
    return found


def resolve_by_type(type_name: str, default: Any = None) -> type[Event] | None:
    """The class of an event; Rasa walks over all subclasses for every event of a conversation."""
    return _resolved(type_name, default)


class ActionResults:
    """Checks results of actions against Rasa's schema.

    Rasa checks the schema itself on every call, and each event against the schemas of all kinds
    of events. Here the schema is checked once, and an event against that of its own kind alone.
    """

    def __init__(self) -> None:
        schema = copy.deepcopy(RemoteAction.action_response_format_spec())
        kind = validator_for(schema)
        kind.check_schema(schema)
        kinds = schema["properties"]["events"]["items"].pop("oneOf")
        self._whole = kind(schema)
        self._kinds = {each["properties"]["event"]["const"]: kind(each) for each in kinds}
        assert len(self._kinds) == len(kinds)  # so an event has one schema at most

    def are_valid(self, result: Any) -> bool:
        """Whether Rasa's own check would find nothing."""
        if not self._whole.is_valid(result):
            return False
        for event in result.get("events", []):
            own = self._kinds.get(event["event"])
            if own is None or not own.is_valid(event):
                return False
        return True


@lru_cache(maxsize=1)
def _results() -> ActionResults:
    return ActionResults()


def validate_action_result(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Whether the result of an action has its form; where not, Rasa's own check says why."""
    return _results().are_valid(result) or bool(stock_validate(action, result))
