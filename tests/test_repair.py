"""Misspelt words are put right by what is likely beside them; what is right stays."""

from __future__ import annotations

import pytest

from understanding.repair import OTHER, USUAL, LanguageModel, Repair, slip_cost
from understanding.spelling import TOKEN, Spelling

PHRASES = [
    *["how much do they make", "how much do they earn", "what is the pay"] * 10,
    *["do i need a degree", "is a bootcamp enough", "what classes should i take"] * 10,
    *["a day from start to finish", "the steps from school to the job"] * 10,
    *["which tools do they use", "what is the typical route", "a lot of money"] * 10,
    *["how hard is it", "tell me about kubernetes and terraform", "technology at school"] * 10,
]
NAMES = ["flight attendant", "flight attendants"]


@pytest.fixture(scope="module")
def repair() -> Repair:
    spelling = Spelling([*PHRASES, *NAMES])
    return Repair(spelling, LanguageModel.learn(map(TOKEN.findall, PHRASES)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how mucj do they mak", "how much do they make"),
        ("wat is the pya", "what is the pay"),
        ("doo i ned a dgree", "do i need a degree"),
        ("what clases shud i take", "what classes should i take"),
        ("the steps form school to the job", "the steps from school to the job"),  # a word itself
        ("alot of money", "a lot of money"),  # a missing space
        ("tecknology at skool", "technology at school"),  # by its sound
        ("kubernets and terrafrom", "kubernetes and terraform"),
        ("are flight attendents", "are flight attendants"),  # a name, in the plural
        ("which tools do thye use?", "which tools do they use?"),
        ("howww much do they makeee", "how much do they make"),  # drawn out
        ("a lottt of moneyyy", "a lot of money"),
    ],
)
def test_what_is_meant(repair: Repair, typed: str, meant: str) -> None:
    """Context decides between the words that a slip may stand for."""
    assert repair.repair(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "how much do they make",
        "gpa and fafsa",
        "mit and ucla",
        "85000 $85k 2:30 9-5 11th",
        "c++ b2b 3d o'clock",
        "a wonderful penguin",
        "she makes tools and earns degrees",
        "wxqzjkvw",
        "pshhh iii",
        "a worm with a nail",
    ],
)
def test_what_is_right_stays(repair: Repair, text: str) -> None:
    """Names, figures, other words of English and other forms of our own."""
    assert repair.repair(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what does an e m t make", "what does an emt make"),
        ("whats a c n a", "whats a cna"),
        ("m l ops", "ml ops"),
        ("do h v a c people earn a lot", "do hvac people earn a lot"),
        ("can i b a t", "can i b a t"),  # spells nothing
        ("i got an a b c", "i got an a b c"),
    ],
)
def test_letters_that_spell_a_name_are_one_word(typed: str, meant: str) -> None:
    """As speech is often written; other letters stay as they are."""
    spelling, model = Spelling(PHRASES), LanguageModel.learn(map(TOKEN.findall, PHRASES))
    letters = Repair(
        spelling, model, kept={"emt", "cna", "ml", "hvac"}, letters={"emt", "cna", "ml", "hvac"}
    )
    assert letters.repair(typed).replace("what's", "whats") == meant


def test_short_forms_are_written_out(repair: Repair) -> None:
    """As data/words.txt has them."""
    assert repair.repair("how much do u make rn") == "how much do you make right now"


def test_usual_slips_cost_less() -> None:
    """Swapped, missing and doubled letters, neighbouring keys and vowels; all else costs more."""
    usual = ["slaary", "salry", "sallary", "salsry", "salery"]
    assert {slip_cost(typed, "salary") for typed in usual} == {USUAL}
    assert slip_cost("salpry", "salary") == OTHER
    assert slip_cost("balary", "salary") > OTHER
    assert slip_cost("salary", "salary") == 0


def test_a_likely_pair_costs_less() -> None:
    """A word costs by what stands before it, and an unseen one still has a price."""
    model = LanguageModel.learn([["the", "pay"], ["the", "day"], ["a", "day"], ["the", "pay"]])
    assert model.cost("the", "pay") < model.cost("the", "day") < model.cost("a", "pay")
    assert model.cost("the", "xqz") < 40
