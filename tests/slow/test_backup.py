"""Backup and restore by the very commands of docs/deploy.md, with a real server on real databases."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from channels.sessions import Sessions
from conversations.database import database_url
from tests.commands import ROOT, commands, run
from tests.earlier import write_earlier
from tests.postgres import postgres as postgres  # a fixture
from tests.postgres import programs
from tests.served import Server
from tests.slow.test_store import KEY, Start, conversation_of, pages, quick
from tests.slow.test_store import place as place  # a fixture
from tests.slow.test_store import start as start  # a fixture
from tests.test_history import earlier_events


class Administrator:
    """Runs commands of the docs as root of a school's machine."""

    def __init__(self, folder: Path, place: dict[str, str]) -> None:
        self.backups, self._place = folder / "backups", place
        self._programs = folder / "programs"
        self._programs.mkdir()
        self.heard = folder / "heard"
        listener = self._programs / "systemctl"
        listener.write_text(f'#!/bin/sh\necho "$@" >> {self.heard}\n')
        listener.chmod(0o755)

    def run(self, script: str) -> tuple[int, str]:
        """The exit code and what was said."""
        if url := self._place.get("GUIDEPOST_DATABASE"):
            script = script.replace("GUIDEPOST_DATA=/var/lib/guidepost make", f"GUIDEPOST_DATABASE={url} make")  # fmt: skip
        places = {
            "/opt/guidepost": ROOT,
            "/var/lib/guidepost": self._place["GUIDEPOST_DATA"],
            "/var/backups/guidepost": self.backups,
        }
        paths = (str(self._programs), str(programs() or ""), os.environ["PATH"])
        return run(script, places, PATH=":".join(paths), HOME=str(self.backups.parent))

    def back_up(self) -> list[Path]:
        """Make a backup; the files that there are now."""
        code, said = self.run(commands("**Back up**"))
        assert code == 0, said
        return sorted(self.backups.iterdir())

    def restore(self) -> tuple[int, str]:
        """Put the last backup back."""
        return self.run(commands("**Restore**"))


@pytest.fixture
def administrator(tmp_path: Path, place: dict[str, str]) -> Administrator:
    Path(place["GUIDEPOST_DATA"]).mkdir(mode=0o700)
    return Administrator(tmp_path, place)


def forget(server: Server, sender: str) -> None:
    status, _ = server.post("/webhooks/web/forget", json.dumps({"sender": sender}).encode())
    assert status == 200


def test_the_history_is_that_of_the_backup(
    start: Start, place: dict[str, str], administrator: Administrator
) -> None:
    """Saved while it runs; what was deleted before is not in it, what was deleted since is back."""
    server = start()
    talked, before, since = (server.session() for _ in range(3))
    for sender in (talked, before, since):
        quick(server, sender, "tell me about the bootcamp")
    forget(server, before)
    expected = {sender: pages(server, sender) for sender in (talked, before, since)}
    saved, settings = administrator.back_up()
    assert saved.stat().st_mode & 0o777 == 0o600 and "conversations-" in saved.name
    assert settings.name.startswith("settings-")

    quick(server, talked, "how long is it")
    forget(server, since)
    code, said = administrator.restore()
    assert code and "stop every process that uses it first" in said
    assert pages(server, talked) != expected[talked]
    server.stop()
    code, said = administrator.restore()
    assert code == 0, said
    assert administrator.heard.read_text().split("\n")[-3:-1] == [
        "stop guidepost",
        "start guidepost",
    ]

    server = start()
    assert {sender: pages(server, sender) for sender in expected} == expected
    assert quick(server, talked, "how much is it") and pages(server, talked) != expected[talked]
    database = Path(place["GUIDEPOST_DATA"]) / "conversations.db"
    assert "GUIDEPOST_DATABASE" in place or database.stat().st_mode & 0o777 == 0o600


def test_a_backup_of_an_earlier_version_is_served(
    start: Start, administrator: Administrator
) -> None:
    """Brought up to date at the start; nothing of what was kept since then is left."""
    sender = Sessions(KEY).new()
    write_earlier(database_url(), {conversation_of(sender): earlier_events()})
    administrator.back_up()
    server = start()
    newer = server.session()
    quick(server, newer, "hello")
    server.stop()
    code, said = administrator.restore()
    assert code == 0, said
    server = start()
    (page,) = pages(server, sender)
    assert [entry["text"] for entry in page] == ["one", "first", "That route", "second", "third"]
    assert pages(server, newer) == [[]]


def test_old_backups_are_deleted_by_the_clock(administrator: Administrator) -> None:
    """The line for cron makes a new one, and leaves none that is two weeks old by the next night."""
    write_earlier(database_url(), {"a": earlier_events()})
    (first, *_) = administrator.back_up()
    kept, old = (first.with_name(f"conversations-{name}.db") for name in ("kept", "old"))
    for path, days in ((kept, 12.9), (old, 13.1)):
        path.touch()
        os.utime(path, times=(time.time() - days * 86400,) * 2)
    time.sleep(1)  # a backup is named by its second
    _, _, _, _, _, user, command = commands("**A backup outlives", "cron").split(maxsplit=6)
    code, said = administrator.run(command)
    assert user == "root" and code == 0, said
    found = set(administrator.backups.glob("conversations-*"))
    assert {first, kept} < found and len(found) == 3 and old not in found
