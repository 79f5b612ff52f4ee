"""Command line: `python -m bench.careers`. Takes about ten minutes; nothing else should run."""

from __future__ import annotations

import asyncio
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.nlu.runs import THREADS
from bench.nlu.sets import ROOT
from bench.turns.measures import WARM_UP
from bench.turns.students import QUESTIONS, await_answer, converse, students
from bench.turns.variants import Variant, ours
from components.distress import find_model
from components.models import MODELS
from components.personal import find_personal
from serving.model import environment

FOLDER = ROOT / "results" / "careers"
SIZES = (1, 100, 1000)
"""Careers of the tables that are kept, at most; the guides with files of their own stay."""
CONVERSATIONS = 60


@dataclass(frozen=True)
class Figures:
    """What was measured with so many careers; times are seconds of CPU."""

    careers: int
    training: float
    start: float
    memory_mb: float
    turn: float


def main() -> int:
    """Measure each size and print a table."""
    find_model()
    find_personal()
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        found = [_measured(size) for size in SIZES]
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    print(table(found))
    return 0


def table(found: list[Figures]) -> str:
    """A row a size, with what it is of the first one."""
    first = found[0]
    lines = [
        "| careers | training, s | start, s | memory, MB | a turn, ms |",
        "| --: | --: | --: | --: | --: |",
    ]
    for each in found:
        lines.append(
            f"| {each.careers} | {each.training:.1f} ({each.training / first.training:.2f})"
            f" | {each.start:.1f} ({each.start / first.start:.2f})"
            f" | {each.memory_mb:.0f} (+{each.memory_mb - first.memory_mb:.0f})"
            f" | {each.turn * 1000:.1f} ({each.turn / first.turn:.2f}) |"
        )
    return "\n".join(lines)


def _measured(size: int) -> Figures:
    variant = ours(FOLDER / str(size))
    careers = _keep(variant.folder / "guides" / "careers", size)
    print(f"Training with {careers} careers ...", flush=True)
    training = _train(variant)
    print("Serving ...", flush=True)
    start, memory, turn = asyncio.run(_serve(variant))
    return Figures(careers, training, start, memory, turn)


def _keep(folder: Path, most: int) -> int:
    """Leave so many careers, of all groups alike; how many are left."""
    files = sorted(folder.glob("[0-9]*.jsonl"))
    lines = [(path, line) for path in files for line in path.read_text("utf-8").splitlines()]
    kept = lines[:: -(-len(lines) // most)]
    for path in files:
        text = "".join(f"{line}\n" for each, line in kept if each == path)
        path.write_text(text, encoding="utf-8")
    return len(kept)


def _train(variant: Variant) -> float:
    """CPU of compiling the guides and of training, less the models that no guide takes part in."""
    models = variant.folder / "models"
    models.mkdir()
    for path in (*MODELS.glob("distress-*"), *MODELS.glob("personal-*")):
        shutil.copy(path, models)
    shutil.copytree(ROOT / ".cache" / "encoder", variant.folder / ".cache" / "encoder")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "serving", "train"],
        cwd=variant.folder,
        env={**environment(), **THREADS},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


async def _serve(variant: Variant) -> tuple[float, float, float]:
    """CPU until it is ready, megabytes at most, CPU of a turn."""
    variant.start()
    try:
        async with students(variant) as asking:
            await await_answer(asking, time.perf_counter())
            start = variant.cpu_seconds()
            for _ in range(WARM_UP):
                await converse(asking, QUESTIONS)
            before = variant.cpu_seconds()
            for _ in range(CONVERSATIONS):
                await converse(asking, QUESTIONS)
            used = variant.cpu_seconds() - before
        return start, variant.memory_mb(), used / (CONVERSATIONS * len(QUESTIONS))
    finally:
        variant.stop()


if __name__ == "__main__":
    sys.exit(main())
