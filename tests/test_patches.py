"""The patched Rasa gives what the stock one gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.utils.common import all_subclasses

from channels import patches


def test_every_event_is_found_as_before() -> None:
    """Each type of event, old and unknown ones, with and without a default, twice."""
    names = {kind.type_name for kind in all_subclasses(Event)} | {"topic"}
    assert len(names) > 20
    for name in (*names, *names):
        assert patches.resolve_by_type(name) is patches.stock_resolve(name)
        assert patches.resolve_by_type(name, SlotSet) is patches.stock_resolve(name, SlotSet)
    assert patches.resolve_by_type("no such event", SlotSet) is SlotSet
    for _ in range(2):
        with pytest.raises(ValueError, match="Unknown event"):
            patches.resolve_by_type("no such event")


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "a", "value": None}], "responses": [{"text": "x"}]},
        {
            "events": [
                {"event": "slot", "name": "a", "value": [1]},
                {"event": "followup", "name": "b"},
            ],
            "responses": [],
        },
        {"events": [{"event": "slot", "name": 5, "value": 1}], "responses": []},
        {"events": [{"event": "slot", "name": "a"}], "responses": []},
        {"events": [{"event": "slot", "value": "a"}], "responses": []},
        {"events": [{"event": "slot", "name": "a", "value": 1, "timestamp": "x"}], "responses": []},
        {
            "events": [
                {"event": "slot", "name": "a", "value": 1, "timestamp": 5.5, "metadata": {}}
            ],
            "responses": [],
        },
        {"events": [{"event": "slot", "name": "a", "value": 1, "metadata": 5}], "responses": []},
        {"events": [{"event": "followup"}], "responses": [{}]},
        {"events": [{"event": "followup"}], "responses": [5]},
        {"events": [{"event": ["slot"]}], "responses": []},
        {"events": [{"event": "active_loop", "name": "x"}, {"event": "user", "text": 5}]},
        {"events": [{"name": "x"}], "responses": []},
        {"events": [5], "responses": []},
        {"events": [{"event": "no such event"}]},
        {"events": [{"event": "slot"}]},
        {"events": "x"},
        {"responses": ["x"]},
        {"responses": None},
        [],
        None,
        "x",
    ],
)
def test_every_result_is_judged_as_before(result: Any) -> None:
    """Good ones pass both; bad ones raise the same error with the same words."""
    action = RemoteAction("action_x", None)
    try:
        expected: Any = patches.stock_validate(action, result)
    except ValidationError as error:
        expected = error
    if isinstance(expected, ValidationError):
        with pytest.raises(ValidationError) as found:
            patches.validate_action_result(action, result)
        assert found.value.message == expected.message
    else:
        assert patches.validate_action_result(action, result) is expected


def test_a_slot_is_copied_as_before() -> None:
    """All that it holds, of each type of the domain; the copy and the slot are two."""
    domain = Domain.load(str(Path(__file__).parent.parent / "domain.yml"))
    for slot in domain.slots:
        slot.value = ["something"]
        copied = patches.copy_slot(slot)
        assert type(copied) is type(slot) and copied is not slot
        assert copied.__dict__ == slot.__dict__ and copied.value is slot.value
        copied.value = None
        assert slot.value == ["something"]


def test_another_rasa_is_refused() -> None:
    """A version that nobody compared is named with the remedy, and nothing is patched."""
    with pytest.raises(patches.UnknownRasa, match=r"3\.6\.22.*3\.6\.21"):
        patches.apply_patches("3.6.22")
