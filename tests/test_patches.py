"""The patched Rasa gives what the stock one gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
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


class Adds(GraphComponent):
    """A node that adds two numbers, and notes that it ran."""

    ran: ClassVar[list[int]] = []

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Adds:
        return cls()

    def add(self, first: int, second: int) -> int:
        self.ran.append(first + second)
        return first + second


@pytest.fixture
def graph(tmp_path: Path) -> DaskGraphRunner:
    """Two nodes that need a third one, one that needs both, and one that needs what nobody gives."""
    needs = {
        "base": ("one", "two"),
        "left": ("base", "one"),
        "right": ("base", "two"),
        "top": ("left", "right"),
        "lacking": ("base", "three"),
    }
    nodes = {
        name: SchemaNode(
            dict(zip(("first", "second"), needed, strict=True)), Adds, "create", "add", {},
            eager=True, is_target=name == "top",
        )
        for name, needed in needs.items()
    }  # fmt: skip
    place = LocalModelStorage.create(tmp_path)
    return DaskGraphRunner.create(GraphSchema(nodes), place, ExecutionContext(GraphSchema({})))


@pytest.mark.parametrize("targets", [None, ["left"], ["right", "base"], ["one"], ["top", "top"]])
def test_a_graph_runs_as_before(graph: DaskGraphRunner, targets: list[str] | None) -> None:
    """The same results, and each node that is needed runs once."""
    inputs = {"one": 1, "two": 20}
    Adds.ran.clear()
    expected = patches.stock_run(graph, inputs, targets)
    by_dask = sorted(Adds.ran)
    Adds.ran.clear()
    assert patches.run_graph(graph, inputs, targets) == expected
    assert sorted(Adds.ran) == by_dask


@pytest.mark.parametrize("run", [patches.stock_run, patches.run_graph])
def test_a_graph_that_lacks_an_input_is_refused(graph: DaskGraphRunner, run: Any) -> None:
    """Named by the node that needs it."""
    with pytest.raises(GraphRunError, match=r"'lacking'.*'three'"):
        run(graph, {"one": 1, "two": 20}, ["lacking"])


def test_another_rasa_is_refused() -> None:
    """A version that nobody compared is named with the remedy, and nothing is patched."""
    with pytest.raises(patches.UnknownRasa, match=r"3\.6\.22.*3\.6\.21"):
        patches.apply_patches("3.6.22")
