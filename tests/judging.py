"""Judge the assistant by what students ask: questions, typos, several at once, conversations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.served import Server, check_reply, kinds, reply_text
from tests.typos import MILD, with_typos

FOLDER = Path(__file__).parent / "questions"
NOT_ANSWERED = ("fallback", "clarify")
"""Kinds of replies that hold buttons in place of a fact."""
NO_FACTS = (*NOT_ANSWERED, "no_guide")
APART = ("frozen",)
"""The file that is run by hand and rarely."""
GROUPS = {
    "uncovered": "near the topic",
    "out_of_scope": "off topic",
    "no_guide": "other careers",
    "assistant": "the assistant",
    "rules": "by one rule",
    "forms": "yes or no first",
    "check_interests": "the interest check",
}
"""Groups of files; every other file with single questions is "in scope"."""
TYPED = 150
"""Questions in scope that are asked with typos too."""
SEED = 20261123

Entry = dict[str, Any]
Replies = list[dict[str, Any]]


@dataclass(frozen=True)
class Verdict:
    """What came of one question or conversation: what is wrong, and whether a tap mends it."""

    group: str
    name: str
    faults: tuple[str, ...]
    within_a_tap: bool

    @property
    def right(self) -> bool:
        """Whether it was right at once."""
        return not self.faults


def entries(name: str) -> list[Entry]:
    """The questions of one file."""
    return list(yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8")))


def names() -> list[str]:
    """The files of questions to ask."""
    return sorted(path.stem for path in FOLDER.glob("*.yml") if path.stem not in APART)


def judge(server: Server, files: Iterable[str]) -> Iterator[Verdict]:
    """Ask everything in these files."""
    for name in files:
        for entry in entries(name):
            yield _judge_entry(server, name, entry)


def judge_typos(server: Server) -> Iterator[Verdict]:
    """Ask questions in scope again with one typo in twenty letters."""
    pool = [(name, entry) for name in names() for entry in entries(name)]
    pool = [(name, entry) for name, entry in pool if group(name, entry) == "in scope"]
    for name, entry in Random(SEED).sample(pool, TYPED):
        typed = {**entry, "ask": with_typos(entry["ask"], MILD, SEED)}
        verdict = _judge_entry(server, name, typed)
        yield Verdict("with typos", name, verdict.faults, verdict.within_a_tap)


def group(name: str, entry: Entry) -> str:
    """What a question is counted under."""
    if "turns" in entry or name == "follow_ups":
        return "conversations"
    if name == "parts":
        return "several questions" if len(entry.get("topics", [])) > 1 else "one with and/or"
    if entry.get("kind") == "no_guide" or "guide" in entry:
        return GROUPS["no_guide"]
    return GROUPS.get(entry.get("group", name), "in scope")


def _judge_entry(server: Server, name: str, entry: Entry) -> Verdict:
    sender = server.session()
    faults = []
    turns = entry.get("turns", [entry])
    for turn in turns:
        replies = server.ask(sender, turn["ask"])
        said = fault(turn, replies)
        if said:
            faults.append(f"{turn['ask']!r} {said}")
    mended = len(faults) == 1 and len(turns) == 1 and _tap_mends(server, sender, entry, replies)
    return Verdict(group(name, entry), name, tuple(faults), not faults or mended)


def _tap_mends(server: Server, sender: str, turn: Entry, replies: Replies) -> bool:
    """Whether one of the buttons beside the replies leads to the right answer."""
    if turn.get("kind") in NO_FACTS:
        return False
    buttons = [each for reply in replies for each in reply.get("buttons", [])]
    return any(not fault(turn, server.ask(sender, each["payload"])) for each in buttons)


def fault(turn: Entry, replies: Replies) -> str | None:
    """What is wrong with the replies to one question, or None."""
    if not replies:
        return "no reply"
    for reply in replies:
        check_reply(reply)
    checks: tuple[Callable[[Entry, Replies], str | None], ...] = (
        _kind,
        _guide,
        _topics,
        _starts,
        _holds,
        _lacks,
    )
    return next((said for check in checks if (said := check(turn, replies))), None)


def _kind(turn: Entry, replies: Replies) -> str | None:
    wanted, seen = turn.get("kind"), kinds(replies)
    if wanted is None or wanted in seen:
        return None
    if wanted == "fallback" and set(seen) <= set(NO_FACTS):
        return None
    return f"kind {seen}, expected {wanted}"


def _guide(turn: Entry, replies: Replies) -> str | None:
    """The career that answers; where several have the name, it is one of the buttons."""
    if "guide" not in turn:
        return None
    wanted = str(turn["guide"])
    seen = [reply["custom"]["guide"] for reply in replies]
    offered = [each["payload"] for reply in replies for each in reply.get("buttons", [])]
    named = any(json.dumps({"career": wanted})[1:-1] in payload for payload in offered)
    return None if wanted in seen or named else f"guide {seen}, expected {wanted}"


def _topics(turn: Entry, replies: Replies) -> str | None:
    if "topics" not in turn:
        return None
    wanted = [topic if isinstance(topic, list) else [topic] for topic in turn["topics"]]
    seen = [reply["custom"]["topic"] for reply in replies]
    right = len(seen) == len(wanted) and all(
        topic in options for topic, options in zip(seen, wanted, strict=True)
    )
    return None if right else f"topics {seen}, expected {wanted}"


def _starts(turn: Entry, replies: Replies) -> str | None:
    """Whether the first words answer in the form that was asked for."""
    options = turn.get("starts", [""])
    text = str(replies[0].get("text") or "")
    right = any(text.lower().startswith(option.lower()) for option in options)
    return None if right else f"starts {text[:60]!r}, expected {options}"


def _holds(turn: Entry, replies: Replies) -> str | None:
    text = reply_text(replies).lower()
    for fact in turn.get("holds", []):
        options = fact if isinstance(fact, list) else [fact]
        if not any(str(option).lower() in text for option in options):
            return f"lacks {fact!r}: {text[:90]!r}"
    return None


def _lacks(turn: Entry, replies: Replies) -> str | None:
    text = reply_text(replies).lower()
    slips = [slip for slip in turn.get("lacks", []) if str(slip).lower() in text]
    return f"holds {slips[0]!r}: {text[:90]!r}" if slips else None


def shares(verdicts: Iterable[Verdict], key: Callable[[Verdict], str]) -> dict[str, list[int]]:
    """Right at once, right within a tap, and all, by group or by file."""
    found: dict[str, list[int]] = {}
    for verdict in verdicts:
        counts = found.setdefault(key(verdict), [0, 0, 0])
        counts[0] += verdict.right
        counts[1] += verdict.within_a_tap
        counts[2] += 1
    return found


def table(counts: dict[str, list[int]]) -> str:
    """A line a row: right at once, within a tap, all."""
    lines = [f"{'':20}{'at once':>9}{'one tap':>9}{'of':>5}"]
    for name, (right, tapped, every) in counts.items():
        lines.append(f"{name:20}{right / every:9.1%}{tapped / every:9.1%}{every:5}")
    return "\n".join(lines)
