"""Command line: `python -m bench.turns [--seconds 20] [--examples 20] [--trained]`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.nlu import machine
from bench.nlu.sets import ROOT
from bench.turns import variants
from bench.turns.measures import as_data, measured
from bench.turns.report import page, table
from bench.turns.variants import Variant
from serving.logs import silence_warnings
from serving.model import environment

RESULTS = ROOT / "results" / "turns"
PAGE = ROOT / "bench" / "turns.md"
TRAINING = "training.json"
MADE = ("models", ".cache")
"""What training makes in a folder."""


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """The command's options."""
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="of each crowd")
    parser.add_argument("--examples", type=int, default=20, help="an intent, of the default recipe")
    parser.add_argument("--trained", action="store_true", help="keep the models of the last run")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Train both, measure both, write the page."""
    chosen = options(arguments)
    os.environ.update(environment())
    silence_warnings()
    trained = [_trained(name, chosen) for name in ("guidepost", "default")]
    ours, default = (_measured(*each, chosen.seconds) for each in trained)
    PAGE.write_text(page(ours, default, chosen.examples, machine.facts()), encoding="utf-8")
    print(table(ours, default))
    return int(any(_faults(crowd) for crowd in ours["crowds"].values()))


def _trained(name: str, chosen: argparse.Namespace) -> tuple[Variant, tuple[float, float]]:
    folder = RESULTS / name
    keep = chosen.trained and (folder / TRAINING).exists()
    earlier = folder.with_name(f"{name}-earlier")
    if keep:
        folder.rename(earlier)
        kept = json.loads((earlier / TRAINING).read_text(encoding="utf-8"))
    variant = variants.ours(folder) if name == "guidepost" else variants.default(folder, chosen.examples)  # fmt: skip
    if keep:
        for made in MADE:
            if (earlier / made).exists():
                (earlier / made).rename(folder / made)
        shutil.rmtree(earlier)
    else:
        print(f"Training {name} ...", flush=True)
        kept = variant.train()
    (folder / TRAINING).write_text(json.dumps(kept), encoding="utf-8")
    return variant, (kept[0], kept[1])


def _measured(variant: Variant, training: tuple[float, float], seconds: float) -> dict[str, Any]:
    print(f"Measuring {variant.name} ...", flush=True)
    found = as_data(asyncio.run(measured(variant, *training, seconds)))
    file: Path = RESULTS / f"{variant.name}.json"
    file.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def _faults(crowd: dict[str, Any]) -> int:
    return int(crowd["empty"] + crowd["wrong"] + crowd["failed"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
