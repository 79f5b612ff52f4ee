"""Where models are kept beside Rasa's own, each named by what it was learnt from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODELS = ROOT / "models"


def model_path(name: str, ending: str, learnt_from: Iterable[str], more: str = "") -> Path:
    """Where the model of the present data lies or will lie.

    Args:
        learnt_from: files that it depends on, as patterns below the root.
        more: what else it depends on.
    """
    total = hashlib.sha256(more.encode())
    for path in sorted({path for pattern in learnt_from for path in ROOT.glob(pattern)}):
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    return MODELS / f"{name}-{total.hexdigest()[:16]}.{ending}"


def remove_older(path: Path) -> None:
    """Remove the models of the same name that were learnt from earlier data."""
    name = path.stem.rpartition("-")[0]
    for older in path.parent.glob(f"{name}-*{path.suffix}"):
        if older != path:
            older.unlink(missing_ok=True)
