"""Start-up checks: each fault is one line that says what to do, and nothing slow starts before."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from serving import checks, model
from serving.checks import fault_of_port, faults_of_files

ROOT = Path(__file__).parent.parent
FILES = ("config.yml", "credentials.yml", "domain.yml", "endpoints.yml", "school.yml")
FOLDERS = (
    "actions",
    "answers",
    "channels",
    "components",
    "data",
    "guides",
    "serving",
    "understanding",
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project in a folder of its own, free to be broken."""
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


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


def test_the_shipped_files_are_valid() -> None:
    """Guides, school, config, endpoints, credentials and domain load."""
    assert faults_of_files() == []


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


def test_the_model_belongs_to_its_data(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest changes with guides, data, config and domain, and with nothing else."""
    (copy / "requirements.lock").write_text("")
    monkeypatch.setattr(model, "ROOT", copy)
    before = model.digest()
    (copy / "README.md").write_text("changed")
    assert model.digest() == before
    for name in (
        "config.yml",
        "domain.yml",
        "guides/mlops-engineer.yml",
        "data/rules.yml",
        "data/nlu/day.yml",
    ):
        path = copy / name
        path.write_text(path.read_text() + "\n# changed\n")
        assert model.digest() != before, name
        before = model.digest()


def test_telemetry_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even an environment that asks for telemetry does not get it."""
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    assert model.environment()["RASA_TELEMETRY_ENABLED"] == "false"


def test_an_empty_domain_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa goes on with an empty domain; the start does not."""
    (tmp_path / "domain.yml").write_text('version: "3.1"\nintents: []\n')
    assert "intents" in checks._faults_of_domain(tmp_path / "domain.yml")[0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
