"""What docs/privacy.md and docs/accessibility.md claim: each names tests, and these are there."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

from serving.model import TRAINED_FROM

ROOT = Path(__file__).parent.parent
PAGES = {"privacy.md": 25, "accessibility.md": 20}
"""Pages whose claims are tested, and how many tests they name at the least."""
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


@lru_cache
def functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))


@pytest.mark.parametrize("page", PAGES)
def test_each_test_that_is_named_is_there(page: str) -> None:
    """A claim whose test was renamed or removed is found here."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = set(NAMED.findall(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)))
    assert len(named) >= PAGES[page]
    for file, name in sorted(named):
        path = ROOT / "tests" / file
        assert path.exists() and name in functions(path), f"docs/{page}: {file}::{name}"


def test_each_row_of_what_is_kept_names_a_test() -> None:
    text = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
    table = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).partition("## What leaves")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 12 and all(NAMED.search(row) for row in rows)


def test_nothing_that_learns_reads_what_is_kept() -> None:
    """No module of what is trained knows of conversations; no pattern of its files has theirs."""
    for folder in ("answers", "components", "guides", "understanding"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
                assert not [
                    name for name in names if name.split(".")[0] in ("conversations", "desk")
                ], path
    folders = {pattern.split("/")[0] for pattern in TRAINED_FROM if "/" in pattern}
    assert folders == {"components", "data", "guides", "understanding"}
