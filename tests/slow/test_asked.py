"""Whether a career is asked about is told from the words around it, by messages that were not learnt."""

from __future__ import annotations

import numpy as np
import pytest

from components.sentence_encoder import find_encoder
from tests.served import Server, reply_text
from understanding.asked import ASKED, SURE, Asked, read_examples
from understanding.fitting import judges


def test_most_careers_are_found_and_few_other_names() -> None:
    """On the quarter that was not learnt; 83.8 % are found, 4.6 % of the others are taken."""
    encoder = find_encoder({"encoder": "on"})
    assert encoder
    marked = list(read_examples())
    made = Asked.train([each for each in marked if not judges(each.text)], encoder.tuned)
    judged = [each for each in marked if judges(each.text)]
    sure = np.array([made.probability(each.text, each.start, each.end) >= SURE for each in judged])
    asked = np.array([each.kind == ASKED for each in judged])
    print(f"asked about: {sure[asked].mean():.1%} found; others: {sure[~asked].mean():.1%} taken")
    assert sure[asked].mean() >= 0.8
    assert sure[~asked].mean() <= 0.06


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("dang so librarians, is that a dying thing", "Librarian"),
        ("for camp counselors roughly how many spots come free a year", "Recreation Worker"),
        ("what percent of architects wound up with a masters", "Architects"),
        ("ive got a soft spot for being a dog groomer, any cash in that", "Animal Caretaker"),
    ],
)
def test_a_career_that_no_rule_reads_is_answered(server: Server, typed: str, told: str) -> None:
    """The answer is that career's own."""
    assert told in reply_text(server.ask(server.session(), typed))


@pytest.mark.parametrize(
    "typed",
    ["do they sit in one room with the accountants", "do they eat lunch with the chemists"],
)
def test_a_career_beside_the_one_in_use_is_not_taken(server: Server, typed: str) -> None:
    """Who works with others is asked about, not they."""
    replies = server.ask(server.session(), typed)
    assert replies[0]["custom"].get("guide") in (None, "mlops-engineer"), reply_text(replies)
