"""Command line: `python -m bench.turns.soak [--turns 20000]`: does memory stay, is nothing wrong?

Fresh sessions of five questions, eight students at once, against the project's own model.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.nlu.sets import ROOT
from bench.turns import variants
from bench.turns.students import QUESTIONS, Seen, Students, await_answer, converse, crowd, students
from bench.turns.variants import Variant
from serving.model import model_path

FOLDER = ROOT / "results" / "soak"
STUDENTS = 8
PART_SECONDS = 10
WARM = 0.2
"""Share of the turns after which memory is read first: caches are full then."""
MOST_GROWTH = 1.1


def main(arguments: Sequence[str]) -> int:
    """Soak; 1 where memory grew too much or a reply was not right."""
    parser = argparse.ArgumentParser(prog="python -m bench.turns.soak", description=__doc__)
    parser.add_argument("--turns", type=int, default=20_000)
    chosen = parser.parse_args(arguments)
    variant = variants.ours(FOLDER)
    (FOLDER / "models").mkdir()
    shutil.copy(model_path(), FOLDER / "models")
    shutil.copytree(ROOT / ".cache" / "encoder", FOLDER / ".cache" / "encoder")
    return asyncio.run(_soak(variant, chosen.turns))


async def _soak(variant: Variant, turns: int) -> int:
    started = time.perf_counter()
    variant.start()
    try:
        async with students(variant) as asking:
            await await_answer(asking, started)
            rest = await converse(asking, QUESTIONS)
            warm = await _crowds(variant, asking, turns * WARM, rest)
            before = resident_mb(variant)
            seen = await _crowds(variant, asking, turns * (1 - WARM), rest)
            after = resident_mb(variant)
    finally:
        variant.stop()
    faults = [sum(each) for each in zip(_faults(warm), _faults(seen), strict=True)]
    done = len(warm.seconds) + len(seen.seconds)
    print(f"{done} turns; empty {faults[0]}, wrong {faults[1]}, failed {faults[2]}")
    print(f"memory {before:.0f} MB after a fifth, {after:.0f} MB at the end: {after / before - 1:+.1%}")  # fmt: skip
    return int(any(faults) or after > before * MOST_GROWTH)


async def _crowds(variant: Variant, asking: Students, turns: float, rest: list[str]) -> Seen:
    total = Seen()
    while len(total.seconds) < turns:
        part = await crowd(asking, STUDENTS, PART_SECONDS, rest)
        total.seconds += part.seconds
        total.empty += part.empty
        total.wrong += part.wrong
        total.failed += part.failed
        print(f"{len(total.seconds)} turns, {resident_mb(variant):.0f} MB", flush=True)
        if not part.seconds:
            break
    return total


def _faults(seen: Seen) -> tuple[int, int, int]:
    return seen.empty, seen.wrong, seen.failed


def resident_mb(variant: Variant) -> float:
    """What its processes hold now."""
    total = 0
    for process in variant.processes:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        total += next(int(line.split()[1]) for line in status.splitlines() if "VmRSS" in line)
    return total * 1024 / variants.MB


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
