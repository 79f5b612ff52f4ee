"""How drafts fare that are judged by the questions of guides: those of a made-up school, and wide ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from answers.taking import of_guides
from components.library import find_library
from components.sentence_encoder import find_encoder
from guides.local import LocalAnswer, read_locals
from understanding.encoder import Encoder

FOLDER = Path(__file__).parent.parent / "local"
WIDE = (
    ("how much do they make", "what is the pay"),
    ("which classes should i take", "what math do i need"),
    ("which industry certifications", "do i need a certificate"),
    ("are there internships", "how do i get an internship"),
    ("what do they do all day", "a typical day"),
    ("which clubs help", "robotics club"),
)
"""What guides answer, whatever a school says."""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The encoder."""
    found = find_encoder({"encoder": "on"})
    assert found
    return found.remembering()


def test_nearly_every_answer_of_a_school_can_be_saved(encoder: Encoder) -> None:
    """Of sixty, 41 take nothing and one too much."""
    told = read_locals(FOLDER / "answers.yml", find_library())
    lost = {name: of_guides().taken_by({name: entry}, encoder).get(name, []) for name, entry in told.items()}  # fmt: skip
    much = [name for name, some in lost.items() if of_guides().too_many(some)]
    assert len(told) == 60 and sum(not some for some in lost.values()) >= 39
    assert len(much) <= 3, much


@pytest.mark.parametrize("asked", WIDE)
def test_what_is_too_wide_is_said(asked: tuple[str, str], encoder: Encoder) -> None:
    """With three questions at least, of the few hundred that are tried."""
    today = date.today()
    wide = LocalAnswer(asked=list(asked), answer="It is in room 12.", checked=today, until=today)
    lost = of_guides().taken_by({"wide": wide}, encoder)["wide"]
    assert len(lost) >= 3, lost
