"""Personal data is blanked by the model and the forms together, and all else stays."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from components.library import find_library
from components.personal import find_personal
from guides.library import Tier, names_of
from understanding.personal import MARKED, Personal

TESTS = Path(__file__).parent.parent
CASES = yaml.safe_load((TESTS / "safety/personal.yml").read_text(encoding="utf-8"))
BLANKED = CASES["blanked"] + CASES["blanked_fresh"]
KEPT = CASES["kept"] + CASES["kept_fresh"]


@pytest.fixture(scope="module")
def personal() -> Personal:
    return find_personal()


def blind(name: str) -> list[dict[str, Any]]:
    """Messages whose writers saw neither the rules nor these tests."""
    path = TESTS / "safety" / f"blind_{name}.yml"
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_personal_data_is_blanked(personal: Personal) -> None:
    """Of each piece a mark is left, and a text that was blanked mostly stays as it is."""
    left = {typed: personal.redact(typed) for typed, _ in BLANKED}
    secrets = {typed: set(_words(typed)) - set(_words(wanted)) for typed, wanted in BLANKED}
    told = {typed: left[typed] for typed in left if secrets[typed] & set(_words(left[typed]))}
    assert len(left) > 100 and len(told) <= len(left) * 0.02, told
    assert all(MARKED.search(each) for each in left.values() if each not in told.values())
    again = [each for each in left.values() if personal.redact(each) != each]
    assert len(again) <= len(left) * 0.02, again


def _words(text: str) -> list[str]:
    return re.findall(r"[\w.@#-]*\w", MARKED.sub(" ", text).lower())


def test_blind_secrets_are_blanked(personal: Personal) -> None:
    """Names, addresses, birthdays, codes, and what is private by law, as others write them."""
    told = blind("personal")
    left = [
        each for each in told if any(s in personal.redact(each["text"]) for s in each["secrets"])
    ]
    assert len(told) > 150 and len(left) <= len(told) * 0.05, left


LABELS = (
    "Occupation: %", "What they do: %", "Training needed: %", "Beginning pay: %", "Top pay: %",
    "Hours each week: %", "Place of work: %", "School subjects: %", "Colleges nearby: %",
    "Good points: %", "Bad points: %", "Related jobs: %", "My reason: %", "Growth by 2034: %",
)  # fmt: skip


@pytest.mark.parametrize("empty", ["____", "__________", "______ ", "____."])
@pytest.mark.parametrize("join", ["\n", " ", "\n\n", ", "])
@pytest.mark.parametrize("mark", ["", "{}. ", "{}) ", "- "])
def test_an_empty_worksheet_stays(personal: Personal, empty: str, join: str, mark: str) -> None:
    """Its places to fill in are no names, schools or numbers, however it is written."""
    for first in range(len(LABELS)):
        labels = [*LABELS[first:], *LABELS[:first]][:8]
        lines = [mark.format(place) + label for place, label in enumerate(labels, 1)]
        sheet = join.join(lines).replace("%", empty)
        assert personal.redact(sheet) == sheet


@pytest.mark.parametrize("name", ["__Anna Kowalski__", "____Anna Kowalski", "Anna Kowalski ____"])
def test_what_is_filled_in_is_blanked(personal: Personal, name: str) -> None:
    """A name on the line is a name."""
    assert "Kowalski" not in personal.redact(f"Name: {name}\nJob: ____\nPay: ____")


def test_what_looks_like_a_name_stays(personal: Personal) -> None:
    """Tools, firms, schools, months and other words keep hold of their meaning."""
    told = [each["text"] for each in blind("nonpersonal")]
    changed = [text for text in told if personal.redact(text) != text]
    assert len(told) > 150 and len(changed) <= len(told) * 0.045, changed


def test_what_is_asked_stays(personal: Personal) -> None:
    """Pay, times, grades, years and other names of the job are no personal data."""
    changed = {text: personal.redact(text) for text in KEPT if not text.startswith("/")}
    changed = {text: left for text, left in changed.items() if text != left}
    assert len(KEPT) > 100 and len(changed) <= len(KEPT) * 0.06, changed


def test_no_judging_question_is_changed(personal: Personal) -> None:
    """What judges the understanding holds nothing to blank but what is private by law."""
    files = (TESTS / "questions").glob("*.yml")
    entries = [entry for file in files for entry in yaml.safe_load(file.read_text("utf-8"))]
    asked = [turn["ask"] for entry in entries for turn in entry.get("turns", [entry])]
    changed = {text: left for text in asked if (left := personal.redact(text)) != text}
    others = {text: left for text, left in changed.items() if "[private]" not in left}
    assert len(asked) > 1000 and len(changed) < len(asked) / 50, changed
    assert len(others) < len(asked) / 100, others


def test_time_grows_with_length_only(personal: Personal) -> None:
    """No text of the longest length takes long."""
    for part in ("0", "1-", "a@", "my name is ", "1 a ", "im ana ", "+1"):
        start = time.process_time()
        personal.redact((part * 500)[:500])
        assert time.process_time() - start < 0.1


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("I am Mary Smith", "Mary Smith"), ("i am mary johnson", "mary johnson"),
        ("im sarah lopez", "sarah lopez"), ("hi i'm kevin miller", "kevin miller"),
        ("this is kim", "kim"), ("i am will smith", "will smith"), ("im sarah", "sarah"),
        ("i\u2019m emily carpenter", "emily carpenter"),
        ("I am Bishnu Gurung of East Harmon High", "Bishnu Gurung"),
    ],
)  # fmt: skip
def test_who_says_who_they_are_is_blanked(personal: Personal, told: str, name: str) -> None:
    """A first name, and a last name behind it, whatever else stands there."""
    left = personal.redact(told)
    assert "[name]" in left and not [word for word in name.split() if word in left]


@pytest.mark.parametrize(
    "said",
    ["i am so lost", "i am hunter", "im max stressed", "i am art student", "this is lame", "im drawn to it",
     "its al dente", "home health aide is what my mom said. what do they earn"],
)  # fmt: skip
def test_a_word_that_is_a_name_too_stays(personal: Personal, said: str) -> None:
    """Alone it tells nobody; nor is the end of a career's name one."""
    assert personal.redact(said) == said


def test_a_career_named_for_a_trait_is_none(personal: Personal) -> None:
    """Nobody tells of themselves who asks what such a job pays."""
    for asked in (
        "pay of a diabetes educator",
        "what does a probation officer do, is he a cop",
        "my dad is an electrician my mom is a dentist, who makes more",
        "my mom is a paralegal and my aunt is a judge",
    ):
        assert personal.redact(asked) == asked


def test_the_name_of_a_career_is_not_personal(personal: Personal) -> None:
    """Nor is a part of it, as in "wind [school] technicians"."""
    asked = ["Is the demand for {}s going up?", "is being a {} hard", "what does a {} do in texas"]
    kinds = (Tier.TITLE, Tier.STUDENT)
    forms = sorted({name.form for name in names_of(find_library()) if name.tier in kinds})
    said = [words.format(form) for form in forms[::4] for words in asked]
    changed = [each for each in said if personal.redact(each) != each]
    assert len(changed) <= 0.003 * len(said), changed
    assert "wind turbine technicians" in personal.redact(
        "Is the demand for wind turbine technicians going up?"
    )
