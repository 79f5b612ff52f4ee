"""Keeps libraries out of this process that Rasa imports and this project never uses.

Rasa imports every component that it knows, and TensorFlow with them: seconds of each start and
hundreds of megabytes. In their place stands a module of which every name is an empty class, so
that Rasa's own classes can be defined; none of them is ever made.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

UNUSED = ("tensorflow", "keras", "tensorflow_hub", "tensorflow_addons", "matplotlib")
OURS = "components."


class Absent(type):
    """A class that has every attribute, can be called, indexed, and stood behind a decorator."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return Nothing

    def __getitem__(cls, key: Any) -> Any:
        return Nothing


class Nothing(metaclass=Absent):
    """What every name of an absent library is."""


class AbsentModule(ModuleType):
    """A module of which every name is there and means nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing


class AbsentLibraries(MetaPathFinder, Loader):
    """Finds the unused libraries, with all their modules, before they are found on disk."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """A module for each name of an unused library."""
        if name.partition(".")[0] not in UNUSED:
            return None
        return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An absent module."""
        return AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


def leave_out_unused(config: Path) -> bool:
    """Leave the libraries out, where no component of the configuration needs one; whether so.

    Must run before Rasa is imported.
    """
    if not _needs_none(config) or any(name in sys.modules for name in UNUSED):
        return False
    sys.meta_path.insert(0, AbsentLibraries())
    return True


def _needs_none(config: Path) -> bool:
    try:
        given = yaml.safe_load(config.read_text(encoding="utf-8"))
        names = [str(step["name"]) for step in (*given["pipeline"], *given["policies"])]
    except (OSError, yaml.YAMLError, KeyError, TypeError):
        return False  # what is wrong with it is named by the checks
    return all(name.startswith(OURS) for name in names)
