"""The commands that the docs give, to be run as they stand there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent


def commands(heading: str, kind: str = "sh") -> str:
    """The first block of commands behind some words of docs/deploy.md."""
    text = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    _, found, behind = text.partition(heading)
    block = re.search(rf"^```{kind}\n(.*?)^```$", behind, re.MULTILINE | re.DOTALL)
    assert found and block, heading
    return block[1]


def run(script: str, places: Mapping[str, object], **environment: str) -> tuple[int, str]:
    """Run commands with other places than the docs name; exit code and all that was said."""
    for written, place in places.items():
        script = script.replace(written, str(place))
    assert not re.search(r"/(?:opt|var)/\w+", script.replace(str(ROOT), "")), script
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout
