"""Ask the frozen questions and print the share that is right; no test, so that none tunes on it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.judging import entries, judge, shares, table
from tests.served import launched

if __name__ == "__main__":
    wanted = [entry.get("kind", "answer") for entry in entries("frozen")]
    with tempfile.TemporaryDirectory() as folder:
        server = launched(Path(folder) / "log.txt")
        try:
            verdicts = list(judge(server, ["frozen"]))
        finally:
            server.stop()
    kinds = iter(wanted)
    print(table(shares(verdicts, lambda _: next(kinds))))
