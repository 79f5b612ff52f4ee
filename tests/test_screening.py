"""What comes before understanding: help, a boundary, personal data blanked."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from channels import screening
from channels.messages import LONGEST_MESSAGE, Refused, read_message
from channels.screening import Screening
from guides.school import School
from tests.served import check_reply
from understanding.distress import SURELY, Distress
from understanding.distress_model import LONGEST, Sureness, pieces


@pytest.fixture
def screen(
    school: School,
    responses: Mapping[str, str],
    distress: Distress,
    monkeypatch: pytest.MonkeyPatch,
) -> Screening:
    """Screening that has heard nobody yet; the lists are read once for all tests."""
    monkeypatch.setattr(screening, "Distress", lambda: distress)
    return Screening(school, responses)


def test_distress_gets_help(screen: Screening) -> None:
    """The lines of the school, every time, and never a claim that somebody was told."""
    for _ in range(2):
        screened = screen.check("one", "my name is jonas and i want to die")
        assert screened.urgent and not screened.text
        text = screened.reply["text"] if screened.reply else ""
        assert "988" in text and "nobody has been told" in text


def test_a_worry_may_be_answered_beside_help(
    screen: Screening, distress: Distress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the model alone rings, and not surely; never where a phrase says it."""

    def ringing(probability: float) -> None:
        found = Sureness("danger", "medical", probability)
        monkeypatch.setattr(Distress, "_sure", lambda self, text: found)

    worry = "i want to be a nurse but i go white when i see blood"
    ringing(SURELY - 0.1)
    unsure = screen.check("one", worry)
    assert unsure.urgent and unsure.text == worry and unsure.reply and unsure.beside
    assert unsure.reply["text"] != unsure.beside["text"]
    assert unsure.reply["custom"] == unsure.beside["custom"]
    assert not screen.check("one", f"{worry} and i want to kill myself").beside
    ringing(SURELY)
    sure = screen.check("one", worry)
    assert sure.urgent and not sure.text and sure.beside is None


def test_the_boundary_is_said_in_full_once(screen: Screening) -> None:
    """Once in full in each conversation, then in one shorter line."""
    heard = [screen.check(talk, "you suck").reply for talk in ("one", "one", "two", "one")]
    first, again = screen.boundary, screen.boundary_again
    assert heard == [first, again, first, again]
    assert len(again["text"]) < len(first["text"])


def test_help_comes_before_the_boundary(screen: Screening) -> None:
    """An insult does not hide distress, and what somebody reports meets no boundary."""
    reply = screen.check("one", "fuck you i want to kill myself").reply
    assert reply and reply["custom"]["kind"] == "crisis"
    reported = screen.check("one", "they yell fuck you at me").reply
    assert reported and reported["custom"]["kind"] in ("crisis", "trouble")


def test_spanish_gets_both_languages(screen: Screening) -> None:
    """First the student's, then English, and the card in Spanish."""
    reply = screen.check("one", "mi papa me pega y tengo miedo de volver a mi casa").reply
    assert reply and reply["text"].index("No es tu culpa") < reply["text"].index("your fault")
    card = reply["custom"]["card"]
    assert card["title"] == "Ayuda ahora mismo" and card["lang"] == "es"
    first, second = reply["text"].split("\n\n")
    assert "No es tu culpa" in first and "your fault" in second
    assert {"to": "741741", "word": "AYUDA"} in [line.get("text") for line in card["lines"]]


@pytest.mark.parametrize(
    "text", ["i wanna die, no one likes me", "no 1 helps me, i wanna die, no lie"]
)
def test_misspelt_english_is_no_spanish(screen: Screening, text: str) -> None:
    """Words that both languages have do not make a message Spanish."""
    reply = screen.check("one", text).reply
    assert reply and "Ayuda" not in reply["text"] + reply["custom"]["card"]["title"]


def test_any_other_message_goes_on_without_personal_data(screen: Screening) -> None:
    """Questions pass, with what students type of themselves blanked."""
    screened = screen.check("one", "what the hell is mlops, mail a@b.com")
    assert screened.reply is None and screened.text == "what the hell is mlops, mail [e-mail]"


def test_the_replies_are_replies_like_any_other(screen: Screening) -> None:
    """They have the shape that pages rely on; a page that changes one changes no other."""
    for reply in (screen.check("one", "kms").reply, screen.boundary, screen.boundary_again):
        check_reply(json.loads(json.dumps(reply)))
    first, second = (screen.check("one", "kms").reply for _ in range(2))
    assert first == second and first is not second


def test_few_conversations_are_remembered(
    screen: Screening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest are forgotten, so that memory stays small."""
    monkeypatch.setattr(screening, "REMEMBERED", 2)
    for talk in ("one", "two", "three"):
        screen.check(talk, "you suck")
    assert screen.check("three", "you suck").reply == screen.boundary_again
    assert screen.check("one", "you suck").reply == screen.boundary


def test_distress_may_be_longer_than_a_message(screen: Screening) -> None:
    """Whoever writes much in distress is not told to write less; anybody else is."""
    long = "today we talked about what people do in this job and why. " * 12
    assert len(long) > LONGEST_MESSAGE
    asked = {"sender": "one", "message": long + "i want to die"}
    assert read_message(asked, set(), urgent=screen.is_urgent).text.endswith("die")
    with pytest.raises(Refused):
        read_message({**asked, "message": long}, set(), urgent=screen.is_urgent)


@pytest.mark.parametrize("text", ["/i want to die", "/kms", "// su1cide", "/ask_salary kms"])
def test_a_slash_hides_no_distress(screen: Screening, text: str) -> None:
    """A message that looks like a command is read as words."""
    read = read_message({"message": text}, {"/ask_salary"}, urgent=screen.is_urgent).text
    assert screen.check("one", read).urgent


def test_every_half_of_a_piece_is_read_twice() -> None:
    """What is told in half a piece of a long message stands in two neighbouring pieces."""
    words = [
        a + b
        for a in "bcdfghjklm"
        for b in ("ax", "ex", "ox", "ux", "az", "ez", "oz", "uz", "an", "en")
    ]
    cut = [piece.split() for piece in pieces(" ".join(words))]
    half = LONGEST // 2
    for start in range(0, len(words) - half, half):
        told = words[start : start + half]
        holding = [place for place, piece in enumerate(cut) if " ".join(told) in " ".join(piece)]
        assert any(place + 1 in holding for place in holding), told
    assert pieces("a short one") == ["a short one"]
