"""The table of the benchmark, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Figures = Mapping[str, Any]

INTRODUCTION = """\
# What a turn costs

`make bench` makes this page. Both are measured in one run, one after the other, over HTTP from the same machine:

- **guidepost**: the assistant as `make run` starts it: one process, conversations in SQLite, its limits off.
- **default**: the recipe that Rasa fills in where a project has none (DIET, ResponseSelector, TED), with the same domain, rules and actions, its REST channel, its action server and its store in memory. It learns from {examples} phrases an intent of the same data, as DIET trains for hours on all; fewer phrases make it faster, not slower.
"""

NOTES = """\
CPU is that of all processes of a variant, read from Linux's clock of each process. A conversation has five questions; the students of a crowd ask without a pause, from the same two cores. *Wrong* is a reply that differs from the reply to the same question of the same conversation at rest. Memory is the most that each process held. The model's size counts the sentence encoder too. Training starts from nothing.
"""


def table(ours: Figures, default: Figures) -> str:
    """All figures side by side."""
    rows: list[tuple[str, ...]] = [
        ("", "guidepost", "default", "ratio", "target"),
        ("---", "--:", "--:", "--:", "---"),
    ]
    for name, key, target in (
        ("answer", "answer", "at least 6 times less"),
        ("turn of the quiz", "quiz", ""),
        ("not understood", "fallback", ""),
        ("turns 1 to 10 of one conversation", "first", ""),
        ("turns 141 to 150 of it", "last", ""),
        ("its dearest ten turns", "most", ""),
    ):
        rows.append(
            _row(f"CPU, {name}, ms", ours["cpu_ms"][key], default["cpu_ms"][key], ".1f", target)
        )
    growth = [each["cpu_ms"]["last"] / each["cpu_ms"]["first"] for each in (ours, default)]
    rows.append(
        _row("Turn 150 against turn 1", growth[0], growth[1], ".2f", "at most 1.5", ratio=False)
    )
    for many in ours["crowds"]:
        one, other = ours["crowds"][many], default["crowds"][many]
        students = "1 student" if int(many) == 1 else f"{many} students"
        rows.append(_row(f"{students}: turns a second", one["per_second"], other["per_second"], ".0f", less=False))  # fmt: skip
        for percentile in ("p50", "p95", "p99"):
            rows.append(
                _row(f"{students}: {percentile}, ms", one[percentile], other[percentile], ".0f")
            )
        faults = [f"{each['empty']} / {each['wrong']} / {each['failed']} of {each['turns']}" for each in (one, other)]  # fmt: skip
        rows.append((f"{students}: empty / wrong / failed", *faults, "", "0 / 0 / 0"))
    rows.append(_row("Ready to answer, s", ours["ready"], default["ready"], ".1f", "at most half"))
    rows.append(_row("Memory, MB", ours["memory_mb"], default["memory_mb"], ".0f", "at most 60 %"))
    rows.append(_row("Training, s", ours["training"], default["training"], ".0f"))
    rows.append(_row("Model, MB", ours["model_mb"], default["model_mb"], ".1f"))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def page(ours: Figures, default: Figures, examples: int, machine: Sequence[str]) -> str:
    """The whole page."""
    facts = "\n".join(f"- {fact}" for fact in machine)
    return "\n".join(
        [INTRODUCTION.format(examples=examples), facts, "", table(ours, default), "", NOTES]
    )


def _row(
    name: str,
    ours: float,
    default: float,
    form: str,
    target: str = "",
    less: bool = True,
    ratio: bool = True,
) -> tuple[str, ...]:
    """`less`: whether less is better; the ratio says how many times better ours is."""
    times = (default / ours if less else ours / default) if ours and default else 0
    shown = f"{times:.1f}" if ratio and times else ""
    return name, format(ours, form), format(default, form), shown, target
