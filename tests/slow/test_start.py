"""`make run` refuses in one line what cannot work, with exit code 1 and no traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from serving.checks import fault_of_port
from tests.served import free_port

ROOT = Path(__file__).parent.parent.parent


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`make run` less the set-up, in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "serving", "run"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("guides/mlops-engineer.yml", "share: 60", "share: 61", "mlops-engineer.yml: education.routes"),
        ("guides/mlops-engineer.yml", "threshold: 3", "treshold: 3", "treshold"),
        ("school.yml", "default_guide: mlops-engineer", "default_guide: nurse", "school.yml: default_guide"),
        ("domain.yml", "intents:", "intents: [", "domain.yml"),
        ("domain.yml", "- affirm\n", "- affirm\n- affirm\n", "domain.yml"),
        ("domain.yml", "type: text", "type: txt", "domain.yml"),
        ("config.yml", "pipeline:", "pipeline: {", "config.yml"),
        ("answers/labels.yml", "lists:", "lists: {", "answers/labels.yml: line "),
        ("answers/labels.yml", "  median: ", "  medium: ", "labels.yml: salary.median: found nothing"),
        ("data/glossary.yml", "model: {", "model: {{", "data/glossary.yml: line "),
        ("data/responses.yml", "{region}", "{regoin}", "found {regoin}, expected one of: {region}"),
    ],
)  # fmt: skip
def test_a_broken_file_stops_the_start(
    copy: Path, file: str, old: str, new: str, said: str
) -> None:
    """A broken file is named in one line, with exit code 1 and no traceback."""
    path = copy / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    done = start(copy, PORT=str(free_port()))
    assert done.returncode == 1
    assert said in done.stderr and "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) <= 2, done.stderr


def test_a_taken_port_stops_the_start() -> None:
    """A port in use is named with a way out, before anything is trained."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in (fault_of_port("127.0.0.1", port) or "")
        done = start(ROOT, PORT=str(port))
    assert done.returncode == 1 and f"PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["zero", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    """PORT must be a number that a port can have."""
    done = start(ROOT, PORT=port)
    assert done.returncode == 1 and "PORT is" in done.stderr


@pytest.mark.parametrize("key", ["", "secret", "a" * 64])
def test_a_weak_key_stops_the_start(tmp_path: Path, key: str) -> None:
    """Given or kept, it is named in one line with the remedy, before anything is trained."""
    data = {"GUIDEPOST_DATA": str(tmp_path), "PORT": str(free_port())}
    given = start(ROOT, GUIDEPOST_KEY=key, **data)
    (tmp_path / "sessions.key").write_text(key)
    kept = start(ROOT, **data)
    for done, place in ((given, "GUIDEPOST_KEY: "), (kept, str(tmp_path / "sessions.key"))):
        assert done.returncode == 1 and done.stderr.startswith(place)
        assert "openssl rand -hex 32" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_key_that_cannot_be_kept_stops_the_start(tmp_path: Path) -> None:
    """The place and two remedies in one line."""
    (tmp_path / "sessions.key").mkdir()
    done = start(ROOT, GUIDEPOST_DATA=str(tmp_path), PORT=str(free_port()))
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
    assert "sessions.key" in done.stderr and "GUIDEPOST_KEY" in done.stderr
