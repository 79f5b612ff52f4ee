"""Personal data is blanked before anything sees it, and what is asked beside it stays."""

from __future__ import annotations

import time

import pytest

from answers.offers import offered_payloads
from guides.loading import load_guides
from understanding.personal import Personal, without_placeholders
from understanding.reading import Reader

REDACT = Personal().redact
"""Without the model: what has a form of its own."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_guides())


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("email me: a+b@x.io!", "email me: [e-mail]!"),
        ("text me at 415-555-2671", "text me at [phone]"),
        ("my discord is jonas#1234", "my discord is [handle]"),
        ("1600 Pennsylvania Avenue NW", "[address] NW"),
        ("123 45 6789", "[number]"),
        ("my birthday is 3/14/2010", "my birthday is [date]"),
        ("the wifi code is ab12cd34", "the wifi code is [number]"),
        ("my name is Jonas", "my name is [name]"),
        ("im undocumented", "[private]"),
        ("$130,000-$185,000", "$130,000-$185,000"),
        ("what do they do at 10:30", "what do they do at 10:30"),
    ],
)
def test_what_has_a_form_is_blanked(typed: str, left: str) -> None:
    """Also where no model could be trained, and never twice."""
    assert REDACT(typed) == left
    assert REDACT(left) == left


def test_a_private_trait_is_learnt_as_one_word(reader: Reader) -> None:
    """The classifier never sees which it was, in training and afterwards alike."""
    typed = "im undocumented can i still work in this field"
    assert reader.for_classifier(typed) == reader.for_classifier(REDACT(typed))
    assert "undocumented" not in reader.for_classifier(typed)


def test_buttons_are_not_changed() -> None:
    """What the assistant's own buttons send passes as it is."""
    payloads = offered_payloads(load_guides())
    assert not [payload for payload in payloads if REDACT(payload) != payload]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("my name is jonas and i want to know the salary", "the salary"),
        ("hi my name is Jonas, how much do they make?", "how much do they make?"),
        ("how much do they make, my email is a@b.com", "how much do they make"),
        ("im called ada what does it pay", "what does it pay"),
        ("this is [name] speaking. what are the hours", "what are the hours"),
        ("what are the hours? text me at 415-555-2671", "what are the hours? text me at"),
        ("my snap is jonas_m what about pay", "pay"),
        ("@jonas_m salary", "salary"),
    ],
)
def test_understanding_reads_on_without_placeholders(reader: Reader, typed: str, read: str) -> None:
    """The classifier sees the question as if nothing had been said of the student."""
    assert reader.for_classifier(REDACT(typed)) == read


def test_a_placeholder_alone_stays() -> None:
    """A message that was nothing else keeps its words, so that it is no empty one."""
    assert without_placeholders("[e-mail]") == "[e-mail]"


@pytest.mark.parametrize(
    "part", ["0", "1-", "a@", "a.", "my name is ", "1 a ", "415 ", "@a ", "+1"]
)
def test_time_grows_with_length_only(part: str) -> None:
    """No text of the longest length takes long."""
    start = time.process_time()
    REDACT((part * 500)[:500])
    assert time.process_time() - start < 0.05
