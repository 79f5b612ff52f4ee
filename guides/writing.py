"""Write YAML files anew while a server reads them: whole, checked, and with the comments of people."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent
from typing import Any, TypeGuard, TypeVar

import yaml

from guides.documents import DocumentError, ExactLoader, StrictLoader

Checked = TypeVar("Checked")
Edit = tuple[int, int, str]
"""Where a text changes, from and to, and what comes there."""
WIDTH = 100
"""Characters of a line that is written."""


class Unwritable(Exception):
    """A folder in which no file can be written; the text says why."""


class Changed(Exception):
    """Somebody else changed what was to be changed."""


class Dumper(yaml.SafeDumper):
    """Quotes whatever we or other programs would read as more than a text, but days."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand below their key as people write them."""
        super().increase_indent(flow, False)


Dumper.yaml_implicit_resolvers = {
    first: [each for each in resolvers if not each[0].endswith(":timestamp")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
for first, resolvers in StrictLoader.yaml_implicit_resolvers.items():
    Dumper.yaml_implicit_resolvers.setdefault(first, []).extend(resolvers)


def dumped(data: Mapping[str, Any]) -> str:
    """YAML of a mapping: the same each time, and read as the same mapping."""
    return yaml.dump(dict(data), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def rewritten(text: str, wanted: Mapping[str, Any]) -> str:
    """The YAML of a mapping, changed to hold what is wanted; what stays keeps its very lines.

    With an entry that goes, the comment right above it goes; within one that changes, comments go.
    """
    loader = ExactLoader(text)
    node = loader.get_single_node()
    if not _is_block(node) or not wanted:
        return dumped(wanted)
    for start, end, new in sorted(_edits(text, node, wanted, loader), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _is_block(node: yaml.Node | None) -> TypeGuard[yaml.MappingNode]:
    return isinstance(node, yaml.MappingNode) and not node.flow_style


def _edits(
    text: str, node: yaml.MappingNode, wanted: Mapping[str, Any], loader: ExactLoader
) -> Iterator[Edit]:
    """What must change below a block mapping."""
    margin = " " * node.start_mark.column
    end = node.start_mark.index
    for key, value in node.value:
        start, end = _lines(text, key, value)
        if key.value not in wanted:
            above = _with_comment(text, start)
            blank = text[:above].endswith("\n\n") and text[end : end + 1] == "\n"
            yield above, end + blank, ""
            continue
        new = wanted[key.value]
        if loader.construct_object(value, deep=True) == new:
            continue
        if _is_block(value) and isinstance(new, Mapping) and new:
            yield from _edits(text, value, new, loader)
        else:
            yield start, end, indent(dumped({key.value: new}), margin)
    known = {key.value for key, _ in node.value}
    if added := {key: new for key, new in wanted.items() if key not in known}:
        ended = "" if text[:end].endswith("\n") else "\n"
        yield end, end, ended + indent(dumped(added), margin)


def _lines(text: str, key: yaml.Node, value: yaml.Node) -> tuple[int, int]:
    """Where the lines of an entry begin and end."""
    last = _end(text, value)
    line_end = text.find("\n", last)
    return key.start_mark.index - key.start_mark.column, line_end + 1 if line_end >= 0 else len(
        text
    )


def _end(text: str, node: yaml.Node) -> int:
    """Where the last sign of a node is: a block ends for YAML only where the next begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(node, yaml.MappingNode) else last)
    start, end = node.start_mark.index, node.end_mark.index
    return int(start) + len(text[start:end].rstrip())


def _with_comment(text: str, start: int) -> int:
    """Where the comment right above a line begins; that at the top of a file is the file's."""
    above = start
    while above and text[text.rfind("\n", 0, above - 1) + 1 : above].lstrip().startswith("#"):
        above = text.rfind("\n", 0, above - 1) + 1
    return above or start


def fingerprint(path: Path) -> str:
    """What changes with a file; one for all that are not there."""
    found = path.read_bytes() if path.exists() else b""
    return hashlib.sha256(found).hexdigest()[:16]


def unreadable(name: str) -> DocumentError:
    """That a file would not be read as it was meant: its layout is one that we do not know."""
    fault = "found a form that cannot be changed from here, expected that of the template"
    return DocumentError([f"{name}: the file: {fault}: change it by hand"])


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process after the other change the files of a folder, which is made where needed.

    Raises:
        Unwritable: there is no such folder, and none can be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def replaced(path: Path, content: bytes, check: Callable[[Path], Checked]) -> Checked:
    """Put a file in place whole, with the rights of the one before; what the check of it returns.

    Args:
        check: gets the new file, of the same name, before it is in place; what it raises stops it.

    Raises:
        Unwritable: the folder cannot be written.
    """
    try:
        with TemporaryDirectory(prefix=".", dir=path.parent) as place:
            new = Path(place) / path.name
            _write(new, content)
            found = check(new)
            _keep_rights(path, new)
            new.replace(path.resolve())
            return found
    except OSError as error:
        raise _unwritable(path.parent, error) from error


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep_rights(path: Path, new: Path) -> None:
    if not path.exists():
        return
    shutil.copymode(path, new)
    with contextlib.suppress(PermissionError):  # only root gives files away
        os.chown(new, path.stat().st_uid, path.stat().st_gid)


def _unwritable(folder: Path, error: OSError) -> Unwritable:
    return Unwritable(f"{folder}: {error.strerror or type(error).__name__}")
