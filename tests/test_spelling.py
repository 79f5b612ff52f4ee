"""Repairing the spelling: what is repaired, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from understanding.spelling import Spelling, read_words, slip

TRAINING = [
    *["what is the pay"] * 20,
    "teh pay",
    *["zorbil", "gradient"] * 2,
    *["what is the salary of this career"] * 3,
    *["is a bootcamp enough or do i need a degree"] * 3,
    *["kubernetes and terraform", "which tools do they use", "at 2:30 they use c++ and b2b"] * 2,
]


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(TRAINING)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("salery", "salary"),
        ("what is the slaary?", "what is the salary?"),
        ("sallary, degre", "salary, degree"),
        ("bootcmp", "bootcamp"),
        ("kubernets", "kubernetes"),
        ("terrafrom", "terraform"),
        ("beginer", "beginner"),  # a general word
        ("requirments", "requirements"),
        ("depresed", "depressed"),
    ],
)
def test_puts_misspelt_words_right(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.repair(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "what is the salary of this career",
        "a wonderful penguin",  # general words far from ours
        "gpa and fafsa",  # school terms
        "ngl lol",  # slang
        "85000 $85k 2:30 3.5 9-5 11th",
        "c++ b2b 3d o'clock",
        "xx qv",  # too short to guess
        "wxqzjkv",  # near nothing
    ],
)
def test_leaves_alone(spelling: Spelling, text: str) -> None:
    assert spelling.repair(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("can u wfh rn?", "can you work from home right now?"),
        ("r u sure", "are you sure"),
        ("w/o a degree", "without a degree"),
        ("cs, hs & uni", "computer science, high school & university"),
        ("dont they", "don't they"),
        ("hw much", "how much"),
    ],
)
def test_writes_short_forms_out(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.repair(typed) == meant


def test_short_forms_within_words_stay(spelling: Spelling) -> None:
    assert spelling.repair("unit scale number") == "unit scale number"


def test_two_edits_only_from_six_letters(spelling: Spelling) -> None:
    assert spelling.repair("saleyr") == "salary"
    assert spelling.repair("dxgrx") == "dxgrx"


def test_prefers_words_of_ours(spelling: Spelling) -> None:
    assert spelling.repair("zorbel") == "zorbil"
    assert spelling.repair("gradiemt") == "gradient"


def test_misspelling_in_training_is_repaired_not_spread(spelling: Spelling) -> None:
    assert spelling.repair("teh") == "the"
    assert spelling.repair("tehh") != "teh"


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("slaary", "salary", 0),  # swapped
        ("salry", "salary", 0),  # missing
        ("salaryy", "salary", 0),  # typed twice
        ("salsry", "salary", 0),  # a neighbouring key
        ("salery", "salary", 0),  # vowels
        ("salpary", "salary", 1),  # an extra letter
        ("salaryx", "salary", 1),
        ("salpry", "salary", 2),  # a far key
        ("alary", "salary", 1),  # a wrong first letter
        ("psalary", "salary", 2),
    ],
)
def test_usual_slips_cost_nothing(typed: str, meant: str, cost: float) -> None:
    assert slip(typed, meant) == cost


def test_reads_a_word_list(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# slang\ngpa sat  # school\n\nu = you\n", encoding="utf-8")
    assert read_words(path) == ({"gpa", "sat", "you"}, {"u": "you"})


@pytest.mark.parametrize("line", ["a = b = c", "a =", "= b"])
def test_refuses_a_bad_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text(f"gpa\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"words\.txt:2"):
        read_words(path)
