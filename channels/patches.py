"""What Rasa 3.6.21 does again and again on every turn, done once or quicker; the results are equal.

Measured by `make bench`. For any other version the patches refuse: read its source first.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import rasa
import rasa.server
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from sanic import Sanic

KNOWN = "3.6.21"

# Kept, so that tests can compare.
stock_resolve = Event.resolve_by_type
stock_validate = RemoteAction._validate_action_result
stock_run = DaskGraphRunner.run


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
            " compare the methods with its source, then change KNOWN or drop the patch"
        )
    Event.resolve_by_type = staticmethod(resolve_by_type)
    RemoteAction._validate_action_result = validate_action_result
    Slot.__copy__ = copy_slot
    DaskGraphRunner.run = run_graph
    rasa.server.add_root_route = leave_to_pages
    rasa.server.configure_cors = leave_to_sites


def leave_to_pages(app: Sanic) -> None:
    """No root page of Rasa's: `channels.pages` serves the root, and names no engine."""


def leave_to_sites(app: Sanic, origins: object = None) -> None:
    """No CORS of Rasa's, which answers the preflight of every route: `channels.sites` does it."""


def copy_slot(slot: Slot) -> Slot:
    """A shallow copy; Python's own way of it is slow, and each turn copies all slots many times."""
    copied = object.__new__(type(slot))
    copied.__dict__.update(slot.__dict__)
    return copied


@lru_cache(maxsize=256)
def _resolved(type_name: str, default: Any) -> type[Event] | None:
    found: type[Event] | None = stock_resolve(type_name, default)
    return found


def resolve_by_type(type_name: str, default: Any = None) -> type[Event] | None:
    """The class of an event; Rasa walks over all subclasses for every event of a conversation."""
    return _resolved(type_name, default)


def _is_plain(result: Any) -> bool:
    """Whether a result holds nothing but replies, slots and what comes next, as ours do."""
    if type(result) is not dict:
        return False
    events, responses = result.get("events"), result.get("responses")
    return (
        type(events) is list
        and type(responses) is list
        and all(type(response) is dict for response in responses)
        and all(map(_is_plain_event, events))
    )


def _is_plain_event(event: Any) -> bool:
    return (
        type(event) is dict
        and event.get("timestamp") is None
        and event.get("metadata") is None
        and (
            event.get("event") == "followup"
            or (
                event.get("event") == "slot" and type(event.get("name")) is str and "value" in event
            )
        )
    )


@lru_cache(maxsize=1)
def _validator() -> Any:
    # Rasa checks the schema itself on every call, which takes far longer than the result.
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def validate_action_result(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Whether the result of an action has its form; where not, Rasa's own check says why."""
    valid = _is_plain(result) or _validator().is_valid(result)
    return valid or bool(stock_validate(action, result))


def run_graph(
    runner: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """What the target nodes of a graph give, each node run once, after those that it needs.

    Rasa has Dask plan each run anew, for graphs of four nodes that never change.

    Raises:
        GraphRunError: a node lacks an input, or broke off.
    """
    nodes, wanted = runner._graph_schema.nodes, targets or runner._graph_schema.target_names
    results: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}

    def result_of(name: str) -> Any:
        if name not in results and name in nodes:
            needed = [result_of(need) for need in nodes[name].needs.values()]
            results[name] = runner._instantiated_nodes[name](*needed)
        return results.get(name, name)  # a node says itself what it lacks

    try:
        return dict(result_of(name) for name in wanted)
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
