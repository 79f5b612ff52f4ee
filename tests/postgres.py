"""A real PostgreSQL for tests: in a folder of its own, on a free loopback port, ended by its id."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import free_port

READY_SECONDS = 20


def programs() -> Path | None:
    """Where Debian keeps the newest PostgreSQL's programs, if it is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


class Postgres:
    """A database server that can be stopped, frozen and brought back."""

    def __init__(self, bin: Path, folder: Path) -> None:
        # PostgreSQL refuses to run as root.
        self._user = "postgres" if os.getuid() == 0 else None
        self._bin, self._folder = bin, folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://guide:secret@127.0.0.1:{self._port}/postgres"
        if self._user:
            shutil.chown(folder, self._user)
        secret = folder / "secret"
        secret.write_text("secret")
        secret.chmod(0o644)
        self._call("initdb", "-D", str(folder / "data"), "-U", "guide", "-A", "scram-sha-256", f"--pwfile={secret}")  # fmt: skip

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["-D", str(self._folder / "data"), "-p", str(self._port)]
        options += ["-c", f"unix_socket_directories={self._folder}", "-c", "listen_addresses=127.0.0.1"]  # fmt: skip
        with (self._folder / "log.txt").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", *options],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                user=self._user,
            )
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            asked = [str(self._bin / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self._port)]
            if subprocess.run(asked, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start: {(self._folder / 'log.txt').read_text()}")

    def stop(self) -> None:
        """End it at once, as a crash of its machine would look to its callers."""
        if self._process:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(20)
            self._process = None

    def freeze(self) -> None:
        """Let it hold its connections and answer nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process
        main = self._process.pid
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for process in (main, *map(int, children)):
            os.kill(process, number)

    def _call(self, program: str, *options: str) -> None:
        done = subprocess.run(
            [self._bin / program, *options],
            capture_output=True,
            text=True,
            cwd=self._folder,
            user=self._user,
            check=False,
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL."""
    found = programs()
    if not found:
        assert os.environ.get("CI") != "true", "PostgreSQL is missing: see tests/setup.sh"
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    # Not in pytest's folders: those are closed to the user that PostgreSQL runs as.
    with tempfile.TemporaryDirectory(prefix="guidepost-") as folder:
        server = Postgres(found, Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.stop()
