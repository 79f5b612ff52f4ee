"""Backups: what is in one, and what is refused."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from conversations.database import FILE, database_url
from conversations.store import ConversationStore
from serving import backup
from serving.backup import NotDone, restore, save
from tests.commands import ROOT, commands, run
from tests.earlier import write_earlier
from tests.stores import DOMAIN
from tests.stores import folder as folder  # a fixture
from tests.test_history import earlier_events, say, see_earlier, talk, told


def opened() -> ConversationStore:
    return ConversationStore(DOMAIN, keep_days=30)


def close(store: ConversationStore) -> None:
    """As a process that has ended leaves it."""
    store.close()
    store._archive.database._thread.shutdown(wait=True)


async def test_a_backup_is_what_was_kept_then(folder: Path, tmp_path: Path) -> None:
    """Made beside an open store, without what was deleted; put back once that is closed."""
    store = opened()
    for words in ("one", "two"):
        await say(store, "a", words)
    await say(store, "gone", "secret")
    await store.forget("gone")
    made = save(tmp_path / "new" / "backups")
    assert made.stat().st_mode & 0o777 == 0o600 and made.parent.stat().st_mode & 0o777 == 0o700
    assert list(made.parent.iterdir()) == [made]
    await say(store, "a", "three")
    with pytest.raises(NotDone, match="stop every process"):
        restore(made)
    assert (await told(store, "a"))[-2:] == talk("three")
    close(store)
    restore(made)
    kept = folder / FILE
    assert kept.stat().st_mode & 0o777 == 0o600 and not list(folder.glob("*-wal"))
    store = opened()
    assert await told(store, "a") == [*talk("one"), *talk("two")] and not await told(store, "gone")
    await say(store, "a", "four")
    assert (await told(store, "a"))[-2:] == talk("four")
    close(store)


async def test_a_backup_of_a_stopped_assistant(folder: Path, tmp_path: Path) -> None:
    """Also where the database is put back into an empty folder."""
    store = opened()
    await say(store, "a", "one")
    close(store)
    made = save(tmp_path / "backups")
    for path in folder.iterdir():
        path.unlink()
    restore(made)
    store = opened()
    assert await told(store, "a") == talk("one")
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600
    close(store)


async def test_a_backup_of_an_earlier_form_is_brought_up_to_date(
    folder: Path, tmp_path: Path
) -> None:
    """At the start, as the database itself would be; what stood there before is gone."""
    write_earlier(database_url(), {"a": earlier_events()})
    made = save(tmp_path / "backups")
    (folder / FILE).unlink()
    store = opened()
    await say(store, "b", "of the newer version")
    close(store)
    restore(made)
    store = opened()
    await store.open()
    await see_earlier(store, "a")
    assert not await told(store, "b")
    close(store)


async def test_what_an_earlier_version_kept_meanwhile_is_taken_up(folder: Path) -> None:
    """Its table beside the newer ones does no harm; at the next start it moves behind them."""
    store = opened()
    await say(store, "a", "one")
    close(store)
    write_earlier(database_url(), {"a": earlier_events()})
    store = opened()
    await store.open()
    found = await told(store, "a")
    assert found[:2] == talk("one") and len(found) > 4
    close(store)


def test_what_is_no_backup_is_refused(folder: Path, tmp_path: Path) -> None:
    """Nothing is changed by it, and the remedy is named."""
    with pytest.raises(NotDone, match="nothing is kept yet"):
        save(tmp_path)
    assert not folder.exists()
    write_earlier(database_url(), {"a": earlier_events()})
    before = (folder / FILE).read_bytes()
    made = save(tmp_path / "backups")
    half = tmp_path / "half.db"
    half.write_bytes(made.read_bytes()[:-5000])
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE a (b)")
    words = tmp_path / "words.db"
    words.write_text("these are words " * 100)
    for odd in (half, other, words, tmp_path, tmp_path / "none.db"):
        with pytest.raises(NotDone, match=odd.name):
            restore(odd)
    assert (folder / FILE).read_bytes() == before


def test_a_place_that_takes_no_backup_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half of one is left; a password is in no error."""
    write_earlier(database_url(), {"a": earlier_events()})
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(NotDone, match="file: File exists"):
        save(file)
    (folder / FILE).write_text("broken " * 1000)
    with pytest.raises(NotDone, match="not a database"):
        save(tmp_path / "backups")
    assert not list((tmp_path / "backups").iterdir())
    monkeypatch.setenv("GUIDEPOST_DATABASE", "postgresql://guide:hidden@127.0.0.1:9/a")
    for path in ("", str(tmp_path)):
        monkeypatch.setenv("PATH", path or os.environ["PATH"])
        with pytest.raises(NotDone) as refused:
            save(tmp_path / "backups")
        assert "hidden" not in str(refused.value) and "pg_dump" in str(refused.value)
    assert not list((tmp_path / "backups").iterdir())
    with pytest.raises(NotDone, match="cannot be reached"):
        restore(file)


@pytest.mark.parametrize("given", [[], ["save"], ["save", ""], ["drop", "x"], ["save", "a", "b"]])
def test_the_commands_say_how_they_are_used(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert backup.main(given) == 1
    assert "make backup TO=<folder>" in capsys.readouterr().err


def test_an_upgrade_and_the_way_back(tmp_path: Path) -> None:
    """The commands of the docs in a repository with two versions; make and systemctl only listen."""
    place, programs = tmp_path / "project", tmp_path / "bin"
    backups = tmp_path / "backups"
    for folder_ in (place, programs, backups):
        folder_.mkdir()
    (backups / "conversations-1.db").touch()
    heard = tmp_path / "heard"
    for name in ("make", "systemctl"):
        listener = programs / name
        listener.write_text(f'#!/bin/sh\necho "{name} $@ at $(cat version)" >> {heard}\n')
        listener.chmod(0o755)
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        **{
            f"GIT_{who}_{what}": "a@b"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }
    version = "echo {0} > version; git add .; git commit --quiet --message {0}; git tag v{0}"
    begin = "; ".join(version.format(each) for each in ("0.1.0", "0.2.0"))
    begin = f"cd {place}; git init --quiet; {begin}; git checkout --quiet v0.1.0"
    assert run(begin, {}, **environment)[0] == 0
    places = {
        "/opt/guidepost": place,
        "/var/lib/guidepost": tmp_path / "data",
        "/var/backups/guidepost": backups,
    }
    for what, expected in (
        ("**Upgrade**", ["make backup", "make train", "systemctl restart"]),
        ("**Roll back**", ["systemctl stop", "make restore", "make train", "systemctl start"]),
    ):
        code, told_ = run(commands(what), places, **environment)
        assert code == 0, told_
        lines = heard.read_text().splitlines()
        assert [" ".join(line.split()[:2]) for line in lines] == expected
        versions = [line.rpartition(" ")[2] for line in lines if line.startswith("make")]
        assert versions == (["0.1.0", "0.2.0"] if "restart" in str(lines) else ["0.2.0", "0.1.0"])
        heard.unlink()


def test_each_make_command_of_the_docs_is_one() -> None:
    targets = (ROOT / "Makefile").read_text()
    for what in ("**Back up**", "**Restore**", "**Upgrade**", "**Roll back**"):
        for line in commands(what).splitlines():
            if " make " in f" {line}":
                assert f"\n{f' {line}'.partition(' make ')[2].split()[0]}: $(READY)" in targets
