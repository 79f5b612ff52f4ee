"""Command line: `python -m bench.store turns`, or `deleting [--gigabytes 1] [--postgresql]`."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.nlu.sets import ROOT
from bench.store.deleting import Figures, measured
from bench.store.turns import bytes_per_turn
from tests.postgres import Postgres, programs

FOLDER = ROOT / "results" / "store"


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.store", description=__doc__)
    parser.add_argument("what", choices=("turns", "deleting"))
    parser.add_argument("--gigabytes", type=float, default=1, help="size of the database")
    parser.add_argument("--chats", type=int, default=1000, help="how many are deleted")
    parser.add_argument("--postgresql", action="store_true", help="instead of SQLite")
    chosen = parser.parse_args(arguments)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    try:
        if chosen.what == "turns":
            turns, size = bytes_per_turn(FOLDER)
            print(f"{turns} turns, {size} bytes, {size / turns:.0f} a turn")
        elif chosen.postgresql:
            _on_postgresql(chosen.gigabytes, chosen.chats)
        else:
            os.environ["GUIDEPOST_DATA"] = str(FOLDER)
            _print(asyncio.run(measured(chosen.gigabytes, chosen.chats, FOLDER)))
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    return 0


def _on_postgresql(gigabytes: float, chats: int) -> None:
    found = programs()
    if not found:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="guidepost-") as folder:
        server = Postgres(found, Path(folder))
        try:
            server.start()
            os.environ["GUIDEPOST_DATABASE"] = server.url
            _print(asyncio.run(measured(gigabytes, chats, Path(folder))))
        finally:
            server.stop()


def _print(figures: list[Figures]) -> None:
    print("| others' turns in the store | turns | p50, ms | p95, ms | longest, ms | took, s |")
    print("| --- | --: | --: | --: | --: | --: |")
    for each in figures:
        print(f"| {each.name} | {len(each.seconds)} | {each.percentile_ms(50):.1f} | {each.percentile_ms(95):.1f} | {max(each.seconds) * 1000:.1f} | {each.took:.1f} |")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
