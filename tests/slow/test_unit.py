"""deploy/guidepost.service, started by a real systemd with all that it forbids."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit
from urllib import error, request

import pytest

from serving.model import model_path
from tests.served import ROOT, copy_project, free_port
from tests.systemd import Booted, may_boot, stop_for_ever

MORE = """
[Service]
Environment=PORT={port} METRICS_PORT= LD_LIBRARY_PATH=/opt/guidepost/.tools/python/lib
"""
"""A free port; and where a Python that was moved finds its own library."""


class Unit(Booted):
    port: int

    def asked(self, path: str, given: object = None, seconds: float = 60) -> object:
        """The JSON of an answer, once there is one."""
        body = json.dumps(given).encode() if given is not None else None
        address = f"http://127.0.0.1:{self.port}{path}"
        asked = request.Request(address, body, {"Content-Type": "application/json"})
        until = time.monotonic() + seconds
        while True:
            try:
                with request.urlopen(asked, timeout=5) as answer:
                    return json.loads(answer.read())
            except (OSError, error.URLError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unit]:
    """The unit after its start."""
    if not may_boot():
        pytest.skip("needs root, systemd, and Linux's name spaces")
    base, project = tmp_path_factory.mktemp("base"), tmp_path_factory.mktemp("project")
    copy_project(project)
    shutil.copy(ROOT / "requirements.lock", project)
    for folder in ("deploy", "models", ".cache/encoder"):
        shutil.copytree(ROOT / folder, project / folder)
    port = free_port()
    running = Unit(base, project, MORE.format(port=port))
    running.port = port
    try:
        running.asked("/health", seconds=120)
        yield running
    finally:
        running.stop()


def test_the_unit_answers(unit: Unit) -> None:
    """A whole turn, and a store that writes, with Python inside of the project."""
    assert model_path().exists()
    assert unit.asked("/ready") == {"turn": True, "store": True}


def test_the_unit_is_shut_in(unit: Unit) -> None:
    """As nobody in particular, without rights, behind a filter, on files that it cannot change."""
    (pid,) = unit.pids()
    process = Path(f"/proc/{pid}")
    told = dict(line.split(":\t") for line in (process / "status").read_text().splitlines() if ":\t" in line)  # fmt: skip
    assert int(told["Uid"].split()[0]) > 60_000
    assert int(told["CapEff"], 16) == int(told["CapBnd"], 16) == 0
    assert (told["NoNewPrivs"].strip(), told["Seccomp"].strip()) == ("1", "2")
    limits = (process / "limits").read_text()
    allowed = str(min(65536, getrlimit(RLIMIT_NOFILE)[1]))
    assert allowed in next(line for line in limits.splitlines() if "open files" in line)
    root = process / "root"
    assert not list((root / "home").iterdir()) and not list((root / "root").iterdir())
    kept = root / "var/lib/private/guidepost"
    assert {"conversations.db", "sessions.key"} <= {path.name for path in kept.iterdir()}
    mounts = [line.split() for line in (process / "mounts").read_text().splitlines()]
    writable = [mount[1] for mount in mounts if mount[3].startswith("rw") and mount[2] in ("overlay", "tmpfs")]  # fmt: skip
    assert "/" not in writable and "/opt" not in writable


def test_a_unit_that_hangs_is_replaced(unit: Unit) -> None:
    """Its watchdog hears nothing, and systemd starts another, which answers."""
    (pid,) = unit.pids()
    stop_for_ever(pid)
    until = time.monotonic() + 90
    while unit.pids() == [pid] and time.monotonic() < until:
        time.sleep(0.5)
    assert unit.asked("/ready", seconds=120) == {"turn": True, "store": True}
    assert pid not in unit.pids()
