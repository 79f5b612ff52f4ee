"""A real server for tests: started as a process, asked over HTTP, stopped by its process id."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib import error, request

from jsonschema import Draft7Validator

ROOT = Path(__file__).parent.parent
FILES = ("config.yml", "credentials.yml", "domain.yml", "endpoints.yml", "school.yml")
FOLDERS = (
    "actions",
    "answers",
    "channels",
    "components",
    "conversations",
    "data",
    "desk",
    "guides",
    "serving",
    "understanding",
)
READY_SECONDS = 120


class Server:
    """The assistant on a free loopback port, once it answers `ready`; None: once the port is open."""

    def __init__(
        self, command: Sequence[str], log: Path, ready: str | None = "/chat", **environment: str
    ) -> None:
        self.port = free_port()
        self._log = log.open("w", encoding="utf-8")
        filled = [part.format(port=self.port) for part in command]
        self.process = subprocess.Popen(
            filled,
            cwd=ROOT,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env={
                **os.environ,
                "PORT": str(self.port),
                "GUIDEPOST_DATA": str(log.parent / "data"),
                **environment,
            },
        )
        self._await_ready(log, ready)

    def _await_ready(self, log: Path, path: str | None) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server stopped: {log.read_text()[-2000:]}")
            try:
                if path is None:
                    socket.create_connection(("127.0.0.1", self.port), 1).close()
                else:
                    self.get(path)
                return
            except OSError:
                time.sleep(0.2 if path else 0.01)
        self.stop()
        raise RuntimeError(f"the server was not ready in {READY_SECONDS} s")

    def get(
        self, path: str, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of a GET."""
        asked = request.Request(f"http://127.0.0.1:{self.port}{path}", headers=dict(headers or {}))
        with request.urlopen(asked, timeout=20) as answer:
            named = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, named, answer.read()

    def post(self, path: str, body: bytes) -> tuple[int, Any]:
        """Status and JSON of a POST."""
        headers = {"Content-Type": "application/json"}
        asked = request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        try:
            with request.urlopen(asked, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except error.HTTPError as refused:
            return refused.code, json.loads(refused.read())

    def session(self) -> str:
        """A new sender."""
        _, data = self.post("/webhooks/web/session", b"{}")
        return str(data["sender"])

    def ask(self, sender: str, message: str) -> list[dict[str, Any]]:
        """The replies to one message."""
        body = json.dumps({"sender": sender, "message": message}).encode()
        status, replies = self.post("/webhooks/web/webhook", body)
        assert status == 200, replies
        return list(replies)

    def stop(self) -> int:
        """End the process as Ctrl-C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        self._log.close()
        return int(self.process.returncode)


def launched(log: Path, ready: str | None = "/chat", **environment: str) -> Server:
    """The assistant as `make run` starts it."""
    return Server([sys.executable, "-m", "serving", "run"], log, ready, **environment)


def copy_project(folder: Path) -> None:
    """Copy what the assistant runs from into a folder, less the lock of the packages."""
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kinds(replies: list[dict[str, Any]]) -> list[str]:
    """The kinds of the replies, in order."""
    return [str(reply["custom"]["kind"]) for reply in replies]


def reply_text(replies: list[dict[str, Any]]) -> str:
    """The words of all replies."""
    return "\n".join(str(reply["text"]) for reply in replies)


@lru_cache(maxsize=1)
def _schema() -> Draft7Validator:
    return Draft7Validator(json.loads((ROOT / "answers/reply.schema.json").read_text()))


def check_reply(reply: dict[str, Any]) -> None:
    """Raise where a reply is not of the form that pages rely on."""
    assert set(reply) <= {"recipient_id", "text", "buttons", "custom"}, reply
    assert reply["text"].strip() and "{" not in reply["text"] and "None" not in reply["text"], reply
    assert len(reply.get("buttons", [])) <= 4, reply
    _schema().validate(reply["custom"])
