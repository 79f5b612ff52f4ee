"""Libraries that Rasa imports and nothing here uses stay out of the serving process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from serving.lean import UNUSED, Nothing, leave_out_unused

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("pipeline", "policy"),
    [("DIETClassifier", "components.x.X"), ("components.x.X", "TEDPolicy"), ("other.X", "other.Y")],
)
def test_a_component_that_may_need_them_keeps_them(
    pipeline: str, policy: str, tmp_path: Path
) -> None:
    """A configuration with another component than ours is served with everything."""
    config = tmp_path / "config.yml"
    config.write_text(f"pipeline:\n- name: {pipeline}\npolicies:\n- name: {policy}\n")
    finders = list(sys.meta_path)
    assert not leave_out_unused(config)
    assert sys.meta_path == finders


@pytest.mark.parametrize("words", ["pipeline: [", "5", "pipeline: []", "pipeline: 5\npolicies: 5"])
def test_a_broken_configuration_is_left_to_the_checks(words: str, tmp_path: Path) -> None:
    """They name what is wrong."""
    config = tmp_path / "config.yml"
    config.write_text(words)
    assert not leave_out_unused(config)


def test_what_is_loaded_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too late is no half way: a library that is there already is not taken apart."""
    monkeypatch.setitem(sys.modules, UNUSED[0], sys)
    assert not leave_out_unused(ROOT / "config.yml")


def test_nothing_can_be_used_as_a_class_and_a_decorator() -> None:
    """What Rasa's classes do with these libraries while they are defined."""

    class Layer(Nothing.keras.layers.Layer):  # type: ignore[misc]
        @Nothing.function(input_signature=[Nothing.TensorSpec([None])])
        def call(self) -> None:
            """Never called."""

    assert Nothing.float32[0] is Nothing and isinstance(Layer, type)
