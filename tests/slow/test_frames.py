"""Framing changes nothing: what stands around a question leaves its answer as it is.

A metamorphic test (Chen and others, "Metamorphic testing: a new approach", 1998): no right answer is
needed, only that the same question in another frame gets the same one.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import yaml

from tests.judging import SEED, Entry, entries, group, names
from tests.served import Server

FRAMES = {
    "greeting": "hey {asked}",
    "apology": "sorry to bother you but {asked}",
    "laugh": "lol {asked}",
    "outburst": "omg {asked}",
    "wonder": "wow ok {asked}",
    "thanks": "thanks! {asked}",
    "emoji": "{asked} 😊",
    "tears": "😭😭 {asked}",
    "voice": "ok so um like {asked}",
    "slang": "yo {asked} fr",
    "please": "{asked} pls and thank you",
    "shy": "this might be a dumb question but {asked}",
    "announced": "quick question, {asked}",
    "story": "my cousin told me about this at dinner. {asked}",
    "reason": "{asked}{mark} i have to present it on friday",
    "polite": "Good afternoon. {asked}{mark} Thank you for your time.",
}
CAPITALS = "capitals"
SAMPLE = 150
"""Questions that are asked in every frame."""
MOST_CHANGED = 0.02
"""Share of answers that frames may change at most; the aim is 0.01."""
BLIND = Path(__file__).parent.parent / "frames.yml"
FEW = 40
"""Questions that are asked in every blind frame."""
MOST_CHANGED_BLIND = 0.12
"""The same where a writer made the frames who had seen none of ours: many are whole stories."""


def test_framing_changes_nothing(server: Server) -> None:
    """Of the answers to single questions hardly one changes; results/frames.txt shows which."""
    changed: Counter[str] = Counter()
    lines: list[str] = []
    answered = 0
    for entry in _sample():
        plain = _answers(server, entry["ask"])
        if not plain or plain[0][0] != "answer":
            continue
        answered += 1
        for frame, framed in _framed(entry["ask"]):
            found = _answers(server, framed)
            if found != plain:
                changed[frame] += 1
                lines.append(f"{frame}: {framed!r}: {plain} became {found}")
    shares = [f"{frame:10}{changed[frame] / answered:7.1%}" for frame in (*FRAMES, CAPITALS)]
    total = changed.total() / (answered * len(shares))
    report = Path("results/frames.txt")
    report.parent.mkdir(exist_ok=True)
    report.write_text("\n".join([*shares, f"all       {total:7.1%}", "", *lines]), "utf-8")
    print("\n" + "\n".join(shares))
    assert answered > SAMPLE * 0.8 and total <= MOST_CHANGED, "see results/frames.txt"


def test_frames_of_another_voice(server: Server) -> None:
    """They change more; results/blind_frames.txt says which."""
    frames = yaml.safe_load(BLIND.read_text("utf-8"))
    changed: Counter[str] = Counter()
    asked = [entry["ask"] for entry in _sample()[:FEW]]
    plain = {each: _answers(server, each) for each in asked}
    answered = [each for each, found in plain.items() if found and found[0][0] == "answer"]
    for each in answered:
        for frame in frames["before"]:
            changed[frame] += _answers(server, f"{frame} {each}") != plain[each]
        for frame in frames["after"]:
            mark = "." if frame[0].isupper() and each[-1] not in ".?!" else ""
            changed[frame] += _answers(server, f"{each}{mark} {frame}") != plain[each]
    total = changed.total() / (len(answered) * len(changed))
    shares = [f"{count / len(answered):7.1%} {frame}" for frame, count in changed.most_common()]
    report = "\n".join([f"{total:7.1%} of all", *shares])
    Path("results/blind_frames.txt").write_text(report + "\n", "utf-8")
    print("\n" + report)
    assert len(changed) > 40 and total <= MOST_CHANGED_BLIND, "see results/blind_frames.txt"


def _sample() -> list[Entry]:
    single = [
        entry
        for name in names()
        for entry in entries(name)
        if "turns" not in entry and group(name, entry) == "in scope"
    ]
    return Random(SEED).sample(single, SAMPLE)


def _framed(asked: str) -> list[tuple[str, str]]:
    mark = "" if asked[-1] in ".?!" else "."
    frames = [(frame, words.format(asked=asked, mark=mark)) for frame, words in FRAMES.items()]
    return [*frames, (CAPITALS, asked.upper())]


def _answers(server: Server, text: str) -> list[tuple[str, str]]:
    """Kind and topic of each reply in a fresh conversation."""
    replies = server.ask(server.session(), text)
    return [(reply["custom"]["kind"], reply["custom"]["topic"]) for reply in replies]
