"""Two things that Rasa 3.6.21 does again on every turn, done once instead; the results are equal.

Measured by `make bench`. For any other version the patches refuse: read its source first.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import rasa
from jsonschema import ValidationError
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


@lru_cache(maxsize=1)
def _validator() -> Any:
    # Rasa checks the schema itself on every call, which takes far longer than the result.
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def validate_action_result(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Whether the result of an action has its form; where not, Rasa's own check says why."""
    try:
        _validator().validate(result)
    except ValidationError:
        return bool(stock_validate(action, result))
    return True
