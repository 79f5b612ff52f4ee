"""Files written anew: whole, one after the other, and with what people wrote beside the data."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from answers.in_force import LocalAnswers
from guides import watching
from guides.documents import DocumentError, read
from guides.local import LocalAnswer
from guides.local_file import LocalFile, stamp
from guides.slips import cut_off
from guides.writing import Changed, Unwritable, dumped, replaced, rewritten

ODD = ["no", "yes", "08", "1e5", "0x1F", "1_000", "9:30", "2026-01-01", "~", "null", "", "=", "<<", "- a", "a: b", "#x", "a #b", "%x", "@x", "`x", "{a}", "[a]", "é😀", "\u2028x", "a\nb\n\nc", "  a ", "x" * 300, "a b " * 60, "!t", "&a", "*a", "|", ">", "?", '"q"', "'q'", "1.5", "+1", "0o7", ".5", "true", "---", "..."]  # fmt: skip
TEXT = """\
# Top of the file.

# Of the first.
first:
  # Within.
  name: One  # beside
  more: {a: 1, b: [x, y]}

# Of the second.
second: |
  # no comment
  text

third: [a,
  b]
# At the end.
"""
DATA: dict[str, Any] = {
    "first": {"name": "One", "more": {"a": 1, "b": ["x", "y"]}},
    "second": "# no comment\ntext\n",
    "third": ["a", "b"],
}
ENTRY = {"asked": ["a b", "c d"], "answer": "It is so.", "checked": "2026-01-02", "until": "2026-09-01"}  # fmt: skip


def again(tmp_path: Path, text: str) -> dict[str, Any]:
    """What a text is read as."""
    path = tmp_path / "file.yml"
    path.write_bytes(text.encode())
    return read(path)


@pytest.mark.parametrize("odd", ODD)
def test_what_is_written_is_read_as_the_same(tmp_path: Path, odd: str) -> None:
    """As a value, in a list, as a key of its own; each time in the same bytes."""
    data = {"a": odd, "list": [odd], "map": {"x": odd}}
    assert again(tmp_path, dumped(data)) == data and not list(cut_off(tmp_path / "file.yml"))
    assert dumped(data) == dumped(dict(data))
    changed = {**DATA, "second": odd, "new": odd}
    text = rewritten(TEXT, changed)
    assert again(tmp_path, text) == changed and rewritten(text, changed) == text


@pytest.mark.parametrize(
    ("wanted", "old", "new"),
    [
        (DATA, "", ""),
        ({**DATA, "third": ["c"]}, "third: [a,\n  b]\n", "third:\n  - c\n"),
        ({**DATA, "second": "x"}, "second: |\n  # no comment\n  text\n", "second: x\n"),
        ({**DATA, "first": {**DATA["first"], "name": "Two"}}, "  name: One  # beside", "  name: Two"),
        ({**DATA, "first": {**DATA["first"], "z": "Z"}}, "[x, y]}\n", "[x, y]}\n  z: Z\n"),
        ({**DATA, "new": {"a": "b"}}, "  b]\n", "  b]\nnew:\n  a: b\n"),
        ({key: DATA[key] for key in ("first", "third")}, "# Of the second.\nsecond: |\n  # no comment\n  text\n\n", ""),
        ({key: DATA[key] for key in ("second", "third")}, "# Of the first.\nfirst:\n  # Within.\n  name: One  # beside\n  more: {a: 1, b: [x, y]}\n\n", ""),
    ],
)  # fmt: skip
def test_only_what_changes_is_new(wanted: dict[str, Any], old: str, new: str) -> None:
    """Every other line stays, with the comments of people."""
    assert not old or TEXT.count(old) == 1
    assert rewritten(TEXT, wanted) == TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    "text", ["", "{}\n", "# only words\n", "{a: 1}", "a: 1", "a: 1\r\nb: 2\r\n"]
)
def test_any_layout_is_read_as_wanted(tmp_path: Path, text: str) -> None:
    """Where no line can stay, the whole is new."""
    wanted = {"a": 2, "c": {"d": "e"}}
    assert again(tmp_path, rewritten(text, wanted)) == wanted
    assert again(tmp_path, rewritten(text, {})) == {}


def test_a_check_that_fails_leaves_the_file(tmp_path: Path) -> None:
    """And nothing beside it."""
    path = tmp_path / "a.yml"
    path.write_text("a: 1\n")

    def check(new: Path) -> None:
        assert new.name == "a.yml" and new.read_text() == "b: 1\n" and path.read_text() == "a: 1\n"
        raise DocumentError(["no"])

    with pytest.raises(DocumentError):
        replaced(path, b"b: 1\n", check)
    assert path.read_text() == "a: 1\n" and list(tmp_path.iterdir()) == [path]


def test_rights_stay(tmp_path: Path) -> None:
    """Of a file that was there."""
    path = tmp_path / "a.yml"
    path.write_text("a: 1\n")
    path.chmod(0o604)
    replaced(path, b"b: 1\n", lambda new: None)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o604


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_without_the_right_is_named(tmp_path: Path) -> None:
    """With the system's word for it."""
    tmp_path.chmod(0o500)
    with pytest.raises(Unwritable, match="denied"):
        replaced(tmp_path / "a.yml", b"", lambda new: None)


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    """Such as a file in its place."""
    (tmp_path / "a").write_text("")
    with pytest.raises(Unwritable, match=r"exists|directory"):
        LocalFile(tmp_path / "a" / "b.yml", []).put("x", LocalAnswer(**ENTRY), "")


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each entry of eight writers is there; of one entry, one writer alone has it."""
    file, refused = LocalFile(tmp_path / "school.yml", []), []

    def write(number: int) -> None:
        own = {**ENTRY, "asked": [f"a {number}", f"b {number}"]}
        file.put(f"own_{number}", LocalAnswer(**own), "")
        try:
            file.put("shared", LocalAnswer(**{**own, "asked": ["x", "y"]}), "")
        except Changed:
            refused.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(file.answers()) == {"shared", *(f"own_{number}" for number in range(8))}
    assert len(refused) == 7


def test_another_process_has_the_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that serves already, as a replica does; and its own changes come back."""
    monkeypatch.setattr(watching, "SECONDS", 0)
    path = tmp_path / "school.yml"
    here = LocalAnswers(path, [], None)
    assert here.now.answers == {}
    code = (
        "import sys; from pathlib import Path; from guides.local import LocalAnswer;"
        "from guides.local_file import LocalFile;"
        f"LocalFile(Path(sys.argv[1]), []).put('x', LocalAnswer(**{ENTRY!r}), '')"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    here.now  # noqa: B018 - sees that the file has changed, and reads it in its thread
    here._thread.shutdown()
    assert set(here._in_force.answers) == {"x"}


def test_a_stamp_tells_what_is_told() -> None:
    """Any change of it; nothing else."""
    entry = LocalAnswer(**ENTRY)
    assert stamp(entry) == stamp(LocalAnswer(**ENTRY)) and stamp(None) == ""
    later = entry.copy(update={"until": date(2026, 9, 2)})
    assert stamp(later) != stamp(entry)
