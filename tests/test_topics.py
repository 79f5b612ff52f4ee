"""The table of topics and acts: what is wrong with it is said, and the sets of intents are its."""

from __future__ import annotations

from pathlib import Path

import pytest

from guides.documents import DocumentError
from understanding.topics import BESIDE, FILE, TOPICS, alike, intent_of, read_topics


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("next: [importance, day", "next: [importance, dya", "topics.summary.next: found 'dya'"),
        ("    title: Skills\n", "", "topics.skills.title: found nothing"),
        ("kind: form", "kind: froms", "topics.make_plan.kind: found 'froms', expected one of:"),
        ("  more: {open: true}", "  more: {opened: true}", "acts.more.opened: found"),
    ],
)
def test_a_fault_names_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """File, entry, key, what was found and what was expected."""
    path = tmp_path / "topics.yml"
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DocumentError) as error:
        read_topics(path)
    assert any(line.startswith(f"topics.yml: {fault}") for line in error.value.faults)


def test_intents_have_the_names_of_their_entries() -> None:
    """Questions begin with ask_, acts do not."""
    assert intent_of("salary") == "ask_salary" and intent_of("bot") == "ask_bot"
    assert intent_of("make_plan") == "make_plan" and intent_of("react") == "react"
    assert intent_of("uncovered") == "ask_uncovered"
    assert "thank" in BESIDE and not BESIDE & set(map(intent_of, TOPICS)) - {
        "goodbye",
        "greet",
        "thank",
    }


def test_what_has_the_same_reply_is_alike() -> None:
    """An intent of no group is alike to itself only."""
    assert alike("stop") == {"stop", "deny", "refuse"} and alike("ask_salary") == {"ask_salary"}
