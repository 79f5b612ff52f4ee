"""Bytes on the disk for a turn, over the questions that judge the assistant, a quiz and a plan."""

from __future__ import annotations

from pathlib import Path

import yaml

from bench.nlu.sets import ROOT
from tests.served import launched

OF_A_CHAT = 8
FORMS = (("quiz me", "yes", "no", "yes", "no", "yes"), ("make me a plan", "10", "5"))


def bytes_per_turn(folder: Path, questions: int = 400) -> tuple[int, int]:
    """How many turns were said to a server, and the bytes of its database after them.

    Args:
        questions: how many; they are taken evenly from all files.
    """
    chats = [*_chats(questions), *FORMS]
    server = launched(folder / "log.txt", GUIDEPOST_LIMITS="off")
    try:
        for messages in chats:
            sender = server.session()
            for message in messages:
                server.ask(sender, message)
    finally:
        server.stop()
    files = (folder / "data").glob("conversations.db*")
    return sum(map(len, chats)), sum(file.stat().st_size for file in files)


def _chats(questions: int) -> list[list[str]]:
    asked: list[str] = []
    for file in sorted((ROOT / "tests" / "questions").glob("*.yml")):
        each = yaml.safe_load(file.read_text(encoding="utf-8")) if file.stem != "frozen" else []
        asked += [entry["ask"] for entry in each if isinstance(entry.get("ask"), str)]
    asked = asked[:: max(1, len(asked) // questions)][:questions]
    between = len(asked) // OF_A_CHAT
    return [asked[first::between] for first in range(between)]
