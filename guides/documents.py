"""Read a YAML document strictly and say all that is wrong with it.

Errors: `DocumentError`, whose `faults` are lines of the form
`file: key path: what was found, what was expected`.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.composer import Composer

Model = TypeVar("Model", bound=BaseModel)

DEEPEST = 10
"""Lists and mappings within each other, in a file that a running server reads."""

EXPECTED = {
    "value_error.extra": "expected no such key",
    "value_error.missing": "expected a value",
    "value_error.list.min_items": "expected at least one entry",
    "type_error.integer": "expected a whole number without quotes",
    "type_error.bool": "expected true or false",
    "value_error.strictbool": "expected true or false",
    "type_error.str": "expected text",
    "type_error.list": "expected a list",
    "type_error.dict": "expected a mapping",
    "type_error.none.not_allowed": "expected a value",
    "value_error.any_str.min_length": "expected some words",
}


class DocumentError(ValueError):
    """One or more documents cannot be used; `faults` names each place and the remedy."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class StrictLoader(Composer, yaml.CSafeLoader):
    """YAML as people mean it: no key twice, and only true and false are booleans.

    Version 1.1 reads 9:30 as the number 570 and `no` as false; version 1.2 does not. The parser is
    libyaml's, which takes a tenth of the time of PyYAML's; its composer would overflow the stack
    where a file is nested too deeply, so that is PyYAML's.
    """

    def __init__(self, text: str) -> None:
        """Take a document."""
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)
        self.duplicates: list[str] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                self.duplicates.append(f"{key.value}: found twice (line {line}), expected once")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for tag, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
):
    StrictLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), list(first)
    )


class ExactLoader(yaml.SafeLoader):
    """The same by PyYAML's own parser, which knows the places of faults and of comments better."""

    yaml_implicit_resolvers = StrictLoader.yaml_implicit_resolvers


def decoded(path: Path) -> str:
    """The text of a file that is UTF-8, with or without the mark that Windows puts in front.

    Raises:
        DocumentError: the file is written in another way.
        OSError: it cannot be read.
    """
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        fault = (
            f"line {line}: found letters that are not UTF-8, expected UTF-8: save the file as UTF-8"
        )
        raise DocumentError([f"{path.name}: {fault}"]) from error


def read(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file.

    Raises:
        DocumentError: the file is missing, is no YAML, is no mapping or has a key twice.
    """
    try:
        text = decoded(path)
        loader = StrictLoader(text)
        data = loader.get_single_data()
    except OSError as error:
        raise DocumentError([f"{path.name}: found no readable file ({error.strerror})"]) from error
    except DocumentError:
        raise
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        faults = list(_broken(text.splitlines())) or [problem(error)]
        raise DocumentError([f"{path.name}: {fault}" for fault in faults]) from error
    if loader.duplicates:
        raise DocumentError([f"{path.name}: {fault}" for fault in loader.duplicates])
    if not isinstance(data, dict):
        raise DocumentError([f"{path.name}: top: found {shown(data)}, expected a mapping"])
    return {str(key): value for key, value in data.items()}


def read_small(path: Path, largest: int) -> dict[str, Any]:
    """The same of a file that a running server reads: one that is quickly read, or refused.

    Args:
        largest: bytes that it may have.

    Raises:
        DocumentError: it is larger, nested too deeply, has aliases, or `read` refuses it.
    """
    if (size := _size(path)) > largest:
        fault = f"found {size:,} bytes, expected at most {largest:,}"
        raise DocumentError([f"{path.name}: the file: {fault}"])
    if trap := _trap(path):
        raise DocumentError([f"{path.name}: {trap}"])
    return read(path)


def _trap(path: Path) -> str | None:
    """What would make a small file take long, or more memory than there is."""
    depth = 0
    with contextlib.suppress(yaml.YAMLError, OSError):  # named by `read`
        for event in yaml.parse(decoded(path), Loader=yaml.CSafeLoader):
            place = f"line {event.start_mark.line + 1}" if event.start_mark else "the file"
            if isinstance(event, yaml.AliasEvent):
                return f"{place}: found *{event.anchor}, expected what it stands for, written out"
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return f"{place}: found {depth} levels, expected {DEEPEST} at most"
    return None


def _size(path: Path) -> int:
    """The bytes of a file; 0 for one that cannot be looked at, which `read` names.

    Raises:
        DocumentError: it is something else, of which reading might never end.
    """
    with contextlib.suppress(OSError):
        found = path.stat()
        if not S_ISREG(found.st_mode):
            raise DocumentError([f"{path.name}: found no file, expected one"])
        return found.st_size
    return 0


def problem(error: Exception, above: int = 0) -> str:
    """A fault of broken YAML, with its line.

    Args:
        above: lines that stand above the text.
    """
    mark = getattr(error, "problem_mark", None)
    line = f"line {mark.line + 1 + above}" if mark else "the file"
    problem = " ".join(str(getattr(error, "problem", None) or error).split())
    return f"{line}: found broken YAML ({problem}), expected valid YAML"


def _broken(lines: list[str], above: int = 0) -> Iterator[str]:
    """What is wrong in each part of a broken text: parts are read alone, as the first fault of a
    text hides the others.

    Args:
        above: lines that stand above these.
    """
    try:
        yaml.compose("\n".join(lines), Loader=ExactLoader)
        return
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        whole = problem(error, above)
    starts = _starts(lines)
    within: list[str] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        part = lines[start:end]
        if len(starts) == 1:
            # Its own first line is no part of what is below it; that of an entry is.
            entry = re.match(r"\s*- ", part[0])
            part = [part[0].replace("- ", "  ", 1), *part[1:]] if entry else part[1:]
            start += 0 if entry else 1
        if (part and len(part) < len(lines)) or (len(starts) == 1 and part != lines):
            within += _broken(part, above + start)
    yield from within or [whole]


def _starts(lines: list[str]) -> list[int]:
    """The lines that stand farthest to the left, comments and empty ones left out."""
    told = [
        (place, len(line) - len(line.lstrip())) for place, line in enumerate(lines) if line.strip()
    ]
    told = [(place, depth) for place, depth in told if not lines[place].lstrip().startswith("#")]
    least = min((depth for _, depth in told), default=0)
    return [place for place, depth in told if depth == least]


def build(model: type[Model], data: dict[str, Any], file: str) -> Model:
    """An instance of `model`.

    Raises:
        DocumentError: with one fault for each place that does not fit the model.
    """
    try:
        return model(**data)
    except ValidationError as error:
        errors = error.errors()
        # Where a value may be one of two things, only the faults of the likelier one help.
        places = [details["loc"] for details in errors]
        within = {place[:depth] for place in places for depth in range(len(place))}
        faults = [_fault(file, data, details) for details in errors if details["loc"] not in within]
        raise DocumentError(list(dict.fromkeys(faults))) from error


def _fault(file: str, data: Any, details: Any) -> str:
    found = data
    for key in details["loc"]:
        try:
            found = found[key]
        except (KeyError, IndexError, TypeError):
            found = None
            break
    path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in details["loc"])
    missing = details["type"] == "value_error.missing"
    said = "nothing" if missing else shown(found)
    return f"{file}: {path.lstrip('.')}: found {said}, {_expected(details)}"


def _expected(details: Any) -> str:
    kind, message = details["type"], str(details["msg"])
    if kind in EXPECTED:
        return EXPECTED[kind]
    if kind == "value_error.const":
        choices = ", ".join(map(str, details["ctx"]["permitted"]))
        return f"expected one of: {choices}"
    if kind == "value_error.str.regex":
        return "expected lower-case letters, digits and underscores"
    return message if message.startswith("expected") else f"expected otherwise: {message}"


def shown(value: Any) -> str:
    """A value in an error message, cut short."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = repr(value) if value is not None else "nothing"
    return text if len(text) <= 60 else text[:57] + "..."
