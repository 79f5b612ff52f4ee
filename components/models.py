"""Where models are kept, each named by what it was learnt from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODELS = ROOT / "models"


def digest(root: Path, learnt_from: Iterable[str], more: str = "") -> str:
    """A short hash of files, by their places below a root and what is in them.

    Args:
        learnt_from: patterns below the root.
        more: what else it depends on.
    """
    total = hashlib.sha256(more.encode())
    files = {path for pattern in learnt_from for path in root.glob(pattern) if path.is_file()}
    for path in sorted(files):
        total.update(f"{path.relative_to(root)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def model_path(name: str, ending: str, learnt_from: Iterable[str], more: str = "") -> Path:
    """Where the model of the present data lies or will lie; for the rest see `digest`."""
    return MODELS / f"{name}-{digest(ROOT, learnt_from, more)}.{ending}"


def remove_older(path: Path) -> None:
    """Remove the models of the same name that were learnt from earlier data."""
    name = path.stem.rpartition("-")[0]
    for older in path.parent.glob(f"{name}-*{path.suffix}"):
        if older != path:
            older.unlink(missing_ok=True)
