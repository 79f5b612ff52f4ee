"""Students' questions, asked of the real server over HTTP; the share that is right, by topic."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from tests.served import Server, check_reply, kinds, reply_text

FOLDER = Path(__file__).parent.parent / "questions"
FLOORS = {"answered": 0.92, "refused": 0.95, "no_guide": 0.95, "conversations": 0.88}
"""The least share that must be right: at once, not answered, other careers, whole talks."""

NOT_ANSWERED = ("fallback", "clarify")


def entries(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yml") if path.stem != "frozen")


def fault(turn: dict[str, Any], replies: list[dict[str, Any]]) -> str | None:
    """What is wrong with the replies to one question, or None."""
    for reply in replies:
        check_reply(reply)
    text, seen = reply_text(replies), kinds(replies)
    wanted = turn.get("kind")
    if wanted == "fallback" and set(seen) <= set(NOT_ANSWERED):
        return None
    if wanted and wanted not in seen:
        return f"kind {seen}, expected {wanted}"
    for fact in turn.get("holds", []):
        options = fact if isinstance(fact, list) else [fact]
        if not any(str(option).lower() in text.lower() for option in options):
            return f"lacks {fact!r}: {text[:90]!r}"
    for slip in turn.get("lacks", []):
        if str(slip).lower() in text.lower():
            return f"holds {slip!r}: {text[:90]!r}"
    return None


def judge(server: Server, topics: list[str]) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Right and all questions by topic, and a line for each wrong one."""
    score: dict[str, tuple[int, int]] = {}
    wrong: list[str] = []
    for topic in topics:
        right = 0
        for entry in entries(topic):
            talk = entry.get("turns", [entry])
            sender = server.session()
            faults = [fault(turn, server.ask(sender, turn["ask"])) for turn in talk]
            bad = [
                f"{turn['ask']!r} {said}" for turn, said in zip(talk, faults, strict=True) if said
            ]
            right += not bad
            wrong += [f"{topic}: {line}" for line in bad]
        score[topic] = (right, len(entries(topic)))
    return score, wrong


def judge_entries(server: Server, name: str) -> dict[str, tuple[int, int]]:
    """Right and all questions of one file by the kind of reply that they want."""
    groups: dict[str, tuple[int, int]] = {}
    for entry in entries(name):
        kind = entry.get("kind", "answer")
        right, count = groups.get(kind, (0, 0))
        said = fault(entry, server.ask(server.session(), entry["ask"]))
        groups[kind] = (right + (said is None), count + 1)
    return groups


def group(topic: str) -> str:
    """The floor that a file of questions is held to."""
    return {
        "uncovered": "refused",
        "out_of_scope": "refused",
        "no_guide": "no_guide",
        "follow_ups": "conversations",
    }.get(topic, "answered")


def table(score: dict[str, tuple[int, int]], wrong: list[str]) -> str:
    """The share that is right, by topic, with the questions that went wrong."""
    rows = [
        f"{topic:16}{right:4} of {count:3}  {right / count:6.1%}"
        for topic, (right, count) in score.items()
    ]
    return "\n".join([*rows, "", *wrong, ""])


def test_students_get_the_right_facts(server: Server) -> None:
    """Each group of questions reaches its floor; the table is written to results/."""
    score, wrong = judge(server, names())
    report = Path("results/questions.txt")
    report.parent.mkdir(exist_ok=True)
    report.write_text(table(score, wrong), encoding="utf-8")
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for topic, (right, count) in score.items():
        totals[group(topic)][0] += right
        totals[group(topic)][1] += count
    shares = {name: right / count for name, (right, count) in totals.items()}
    print(
        "\n"
        + table(score, wrong)
        + "\n".join(f"{name}: {share:.1%}" for name, share in shares.items())
    )
    assert {name: share for name, share in shares.items() if share < FLOORS[name]} == {}
    assert set(shares) == set(FLOORS)
