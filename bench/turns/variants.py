"""The two that are compared, each in a folder of its own: prepared, trained, started, stopped."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bench.nlu.runs import THREADS, training_data
from bench.nlu.sets import ROOT, own
from serving.model import environment
from tests.served import copy_project, free_port

MB = 1e6
STOP_SECONDS = 30


@dataclass
class Variant:
    """A project in a folder, and the processes that serve it."""

    name: str
    folder: Path
    sessions: str
    """Path that gives a sender; empty where the caller makes one up."""
    webhook: str
    training: list[str]
    serving: list[list[str]]
    """One command for each process; {port} stands for the port of the first."""
    port: int = 0
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def train(self) -> tuple[float, float]:
        """Train from nothing: seconds, and the model's megabytes with what it loads beside."""
        shutil.rmtree(self.folder / "models", ignore_errors=True)
        started = time.perf_counter()
        with (self.folder / "train.log").open("wb") as log:
            subprocess.run(
                [sys.executable, "-m", *self.training],
                cwd=self.folder,
                env={**environment(), **THREADS},
                stdout=log,
                stderr=subprocess.STDOUT,
                check=True,
            )
        seconds = time.perf_counter() - started
        beside = list((self.folder / ".cache").glob("encoder*/*"))
        model = [*(self.folder / "models").glob("*.tar.gz"), *beside]
        return seconds, sum(path.stat().st_size for path in model) / MB

    def start(self) -> None:
        """Start its processes; they are not ready yet."""
        self.port = free_port()
        for number, command in enumerate(self.serving):
            with (self.folder / f"serve-{number}.log").open("wb") as log:
                filled = [part.format(port=self.port) for part in command]
                self.processes.append(
                    subprocess.Popen(
                        [sys.executable, "-m", *filled],
                        cwd=self.folder,
                        env={**environment(), "PORT": str(self.port), "GUIDEPOST_LIMITS": "off"},
                        stdout=log,
                        stderr=subprocess.STDOUT,
                    )
                )

    def stop(self) -> None:
        """Stop its processes by their ids."""
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

    def cpu_seconds(self) -> float:
        """CPU that its processes used so far, to the nanosecond: Linux's clock of each process."""
        clocks = [(~process.pid << 3) | 2 for process in self.processes]
        return sum(time.clock_gettime(clock) for clock in clocks)

    def memory_mb(self) -> float:
        """The most that its processes held at once, each by itself."""
        return sum(_peak_kb(process.pid) for process in self.processes) * 1024 / MB


def ours(folder: Path) -> Variant:
    """The assistant as `make run` starts it, on SQLite."""
    _copy(folder)
    return Variant(
        "guidepost",
        folder,
        "/webhooks/web/session",
        "/webhooks/web/webhook",
        ["serving", "train"],
        [["serving", "run"]],
    )


def default(folder: Path, examples: int) -> Variant:
    """Rasa's default recipe on the same domain, rules, actions and phrases.

    Its two servers, its REST channel and its store in memory, as its own guide starts them.

    Args:
        examples: so many phrases an intent; with all of them DIET trains for hours.
    """
    _copy(folder)
    (folder / "config.yml").write_text(yaml.safe_dump(default_recipe()), encoding="utf-8")
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    actions = free_port()
    (folder / "endpoints.yml").write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n", encoding="utf-8"
    )
    shutil.rmtree(folder / "data" / "nlu")
    phrases = training_data(own().sampled(examples))
    (folder / "data" / "nlu.yml").write_text(phrases, encoding="utf-8")
    return Variant(
        "default",
        folder,
        "",
        "/webhooks/rest/webhook",
        ["rasa", "train", "--skip-validation", "--data", *(f"data/{name}.yml" for name in ("nlu", "rules", "responses"))],
        [
            ["rasa", "run", "--port", "{port}", "-i", "127.0.0.1"],
            ["rasa", "run", "actions", "--port", str(actions)],
        ],
    )  # fmt: skip


def default_recipe() -> dict[str, Any]:
    """The configuration that Rasa fills in where a project has none."""
    import rasa

    file = Path(rasa.__file__).parent / "engine/recipes/config_files/default_config.yml"
    filled = yaml.safe_load(file.read_text(encoding="utf-8"))
    chosen = {key: filled[key] for key in ("pipeline", "policies")}
    return {"recipe": "default.v1", "assistant_id": "bench-default", "language": "en", **chosen}


def _copy(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    copy_project(folder)
    shutil.copy(ROOT / "requirements.lock", folder)


def _peak_kb(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
