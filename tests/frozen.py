"""Ask the frozen questions and print the share that is right; no test, so that none tunes on it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.served import launched
from tests.slow.test_questions import judge_entries

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        server = launched(Path(folder) / "log.txt")
        try:
            groups = judge_entries(server, "frozen")
        finally:
            server.stop()
    for group, (right, count) in groups.items():
        print(f"{group:10} {right:4} of {count:3}  {right / count:6.1%}")
