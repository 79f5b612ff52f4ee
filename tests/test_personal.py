"""Personal data is blanked before anything sees it, and what is asked beside it stays."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from answers.offers import offered_payloads
from guides.loading import load_guides
from understanding.personal import redact, without_placeholders
from understanding.reading import Reader

CASES = yaml.safe_load((Path(__file__).parent / "safety/personal.yml").read_text(encoding="utf-8"))
BLANKED = CASES["blanked"] + CASES["blanked_fresh"]
KEPT = CASES["kept"] + CASES["kept_fresh"]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_guides())


@pytest.mark.parametrize(("typed", "left"), BLANKED)
def test_personal_data_is_blanked(typed: str, left: str) -> None:
    """Addresses, numbers, names and handles give way to placeholders; all else stays."""
    assert redact(typed) == left
    assert redact(left) == left


def blind(name: str) -> list[dict[str, Any]]:
    """Messages whose writers saw neither the rules nor these tests."""
    path = Path(__file__).parent / "safety" / f"blind_{name}.yml"
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_blind_secrets_are_blanked() -> None:
    """Names, addresses, birthdays, codes, and what is private by law, as others write them."""
    told = blind("personal")
    whole = [each for each in told if not any(s in redact(each["text"]) for s in each["secrets"])]
    assert len(told) > 150 and len(whole) >= len(told) * 0.9


def test_what_looks_like_a_name_stays() -> None:
    """Tools, firms, schools, months and other words keep hold of their meaning."""
    told = [each["text"] for each in blind("nonpersonal")]
    changed = [text for text in told if redact(text) != text]
    assert len(told) > 150 and len(changed) <= len(told) * 0.015, changed


def test_what_is_asked_stays() -> None:
    """Pay, times, grades, years and other names of the job are no personal data."""
    assert {text: redact(text) for text in KEPT} == {text: text for text in KEPT}


def test_no_judging_question_is_changed() -> None:
    """What judges the understanding holds nothing to blank but what is private by law."""
    files = (Path(__file__).parent / "questions").glob("*.yml")
    entries = [entry for file in files for entry in yaml.safe_load(file.read_text("utf-8"))]
    asked = [turn["ask"] for entry in entries for turn in entry.get("turns", [entry])]
    changed = {text: redact(text) for text in asked if redact(text) != text}
    assert len(asked) > 1000 and len(changed) < len(asked) / 100
    assert all("[private]" in left for left in changed.values()), changed


def test_a_private_trait_is_learnt_as_one_word(reader: Reader) -> None:
    """The classifier never sees which it was, in training and afterwards alike."""
    typed = "im undocumented can i still work in this field"
    assert reader.for_classifier(typed) == reader.for_classifier(redact(typed))
    assert "undocumented" not in reader.for_classifier(typed)


def test_buttons_are_not_changed() -> None:
    """What the assistant's own buttons send passes as it is."""
    payloads = offered_payloads(load_guides())
    assert not [payload for payload in payloads if redact(payload) != payload]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("my name is jonas and i want to know the salary", "the salary"),
        ("hi my name is Jonas, how much do they make?", "how much do they make?"),
        ("how much do they make, my email is a@b.com", "how much do they make"),
        ("im called ada what does it pay", "what does it pay"),
        ("this is jonas speaking. what are the hours", "what are the hours"),
        ("what are the hours? text me at 415-555-2671", "what are the hours? text me at"),
        ("my snap is jonas_m what about pay", "pay"),
        ("@jonas_m salary", "salary"),
    ],
)
def test_understanding_reads_on_without_placeholders(reader: Reader, typed: str, read: str) -> None:
    """The classifier sees the question as if nothing had been said of the student."""
    assert reader.for_classifier(redact(typed)) == read


def test_a_placeholder_alone_stays() -> None:
    """A message that was nothing else keeps its words, so that it is no empty one."""
    assert without_placeholders("[e-mail]") == "[e-mail]"


@pytest.mark.parametrize(
    "part", ["0", "1-", "a@", "a.", "my name is ", "1 a ", "415 ", "@a ", "+1"]
)
def test_time_grows_with_length_only(part: str) -> None:
    """No text of the longest length takes long."""
    start = time.process_time()
    redact((part * 500)[:500])
    assert time.process_time() - start < 0.05
