"""Students' questions, asked of the real server over HTTP; the share that is right, by group."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.judging import entries, judge, judge_typos, names, shares, table
from tests.served import Server

FLOORS = {
    "in scope": 0.94,
    "near the topic": 0.90,
    "off topic": 0.96,
    "other careers": 0.93,
    "the assistant": 0.95,
    "conversations": 0.93,
    "several questions": 0.95,
    "one with and/or": 0.82,
    "by one rule": 0.96,
    "yes or no first": 0.90,
    "the interest check": 0.82,
    "with typos": 0.90,
}
"""The least share that must be right at once."""


PATTERNS = {
    "correction",
    "cancel",
    "clarification",
    "interruption",
    "continue",
    "chit-chat",
    "skip",
    "cannot handle",
    "human handoff",
    "repeat",
    "change of a slot",
}
"""How a conversation may go another way than planned: the patterns of conversation repair that Rasa
names (https://rasa.com/docs/reference/primitives/patterns)."""
EACH = 3
"""Conversations of each."""


def test_each_way_that_a_conversation_turns_is_judged() -> None:
    """None is left out, and none is made up."""
    counted = Counter(entry["pattern"] for entry in entries("dialogue"))
    assert counted.keys() == PATTERNS and min(counted.values()) >= EACH


def test_students_get_the_right_facts(server: Server) -> None:
    """Each group of questions reaches its floor; the tables are written to results/."""
    verdicts = [*judge(server, names()), *judge_typos(server)]
    groups = shares(verdicts, lambda verdict: verdict.group)
    files = shares(verdicts, lambda verdict: f"{verdict.group[:3]} {verdict.name}")
    wrong = [f"{each.group}, {each.name}: {line}" for each in verdicts for line in each.faults]
    report = Path("results/questions.txt")
    report.parent.mkdir(exist_ok=True)
    report.write_text("\n\n".join([table(groups), table(files), "\n".join(wrong)]), "utf-8")
    print("\n" + table(groups))
    low = {
        name: right / every
        for name, (right, _, every) in groups.items()
        if right / every < FLOORS[name]
    }
    assert not low, "see results/questions.txt"
    assert set(groups) == set(FLOORS)
