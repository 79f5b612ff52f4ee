"""Feedback: counts by topic, and no word of what was said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from conversations.counts import Votes
from conversations.store import ConversationStore
from serving.checks import Unusable
from serving.feedback import feedback_table, worded


@pytest.fixture
async def store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ConversationStore]:
    monkeypatch.setenv("GUIDEPOST_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("GUIDEPOST_DATABASE", raising=False)
    opened = ConversationStore(keep_days=30)
    yield opened
    opened.close()


async def test_verdicts_are_counted(store: ConversationStore) -> None:
    """Each adds one to its topic; there are two verdicts and no other."""
    for verdict in ("up", "down", "down"):
        await store.count_feedback("a", "mlops-engineer", "salary", verdict)
    await store.count_feedback("a", "mlops-engineer", "day", "up")
    day, salary = await store.feedback_counts()
    assert day == Votes("mlops-engineer", "day", 1, 0)
    assert salary == Votes("mlops-engineer", "salary", 1, 2)
    with pytest.raises(ValueError, match="verdict"):
        await store.count_feedback("a", "mlops-engineer", "salary", "meh")


def test_the_least_liked_come_first() -> None:
    """A heading, then a line for each topic, aligned."""
    votes = [Votes("mlops-engineer", "day", 10, 0), Votes("mlops-engineer", "salary", 1, 2)]
    assert worded(votes).splitlines() == [
        "guide           topic   up  down",
        "mlops-engineer  salary  1   2",
        "mlops-engineer  day     10  0",
    ]


def test_the_table_is_of_the_schools_database(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a count it says so; a database that is away is named in one line."""
    assert feedback_table() == "No feedback yet."
    monkeypatch.setenv("GUIDEPOST_DATABASE", "postgresql://user:secret@127.0.0.1:1/name")
    with pytest.raises(Unusable, match="cannot be reached") as refused:
        feedback_table()
    assert "secret" not in str(refused.value)
