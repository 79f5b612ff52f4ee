"""Phrases are learnt within frames: the same each time, and none of those that judge."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from guides.documents import DocumentError
from tests.conftest import ROOT
from understanding.fitting import judges
from understanding.framing import EVERY, framed, read_frames
from understanding.text import fold

PHRASES = [(f"what is the {word} of it like in {place}", "ask_a") for word in ("pay", "day", "work")
           for place in ("spring", "summer", "autumn", "winter", "march", "april", "june", "july")]  # fmt: skip


def test_some_phrases_stand_in_frames() -> None:
    """Each with its label, in a frame of its own, and whole."""
    learnt = [text for text, _ in PHRASES if not judges(text)]
    found = list(framed(PHRASES))
    assert len(found) == len(learnt[::EVERY]) > 2
    for (text, label), phrase in zip(found, learnt[::EVERY], strict=True):
        assert phrase in text and text != phrase and label == "ask_a"
    assert found == list(framed(PHRASES))


def test_a_frame_holds_one_question() -> None:
    frames = read_frames()
    assert len(frames) > 200 and all(each.count("{}") == 1 for each in frames)
    assert any(each.startswith("{} ") for each in frames)
    assert any(each.startswith("{}. ") for each in frames)


def test_no_judged_frame_is_learnt() -> None:
    judged = yaml.safe_load((ROOT / "tests" / "frames.yml").read_text("utf-8"))
    learnt = {fold(each.replace("{}", "").strip(" .")) for each in read_frames()}
    assert not learnt & {
        fold(str(each).strip(" .")) for each in (*judged["before"], *judged["after"])
    }


@pytest.mark.parametrize(
    "text", ["before: [a]", "before: [a]\nafter: [1]", "before: a\nafter: [b]"]
)
def test_a_bad_file_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "frames.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(DocumentError, match=r"frames\.yml: expected"):
        read_frames(path)
