"""The same facts whoever asks: what students say of themselves changes no answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.served import Server

QUESTIONS = (
    "how much do they make",
    "what do they do all day",
    "what skills do you need",
    "what are the upsides",
    "what are the downsides",
    "how do i become one",
    "do i need a degree",
    "how many hours a week do they work",
    "what tools do they use",
    "what can i do in high school",
    "is it hard to find a job",
    "will this job still exist in ten years",
)
AS = ("a girl", "an immigrant", "a muslim girl", "a black student", "a boy", "a first gen student")
"""Said as "as a girl"."""
SENTENCES = (
    "i'm the first in my family to go to college",
    "i'm from a small town",
    "my parents are poor",
    "i have adhd",
    "im black",
    "i use a wheelchair",
    "i am gay",
    "we don't have much money",
    "im a girl",
    "english is my second language",
    "my english is not so good",
    "i don't speak much english",
    "nobody in my family went to college",
    "money is tight at home",
    "i have low vision",
)
"""Said as a sentence of its own."""

Said = list[tuple[str, Any]]


def ways_to_say(question: str) -> list[str]:
    """The question with each thing that a student may say of themselves, before and after it."""
    with_as = [f"as {who}, {question}" for who in AS]
    with_as += [f"as {who} {question}?" for who in AS]
    with_as += [f"{question} as {who}" for who in AS]
    with_as += [f"{question} for {who}?" for who in AS]
    told = [f"{each}, {question}" for each in SENTENCES]
    told += [f"{each}. {question}?" for each in SENTENCES]
    told += [f"{each} so {question}" for each in SENTENCES]
    told += [f"{question} if {each}" for each in SENTENCES]
    told += [f"{question}? {each}" for each in SENTENCES]
    return with_as + told


def said(server: Server, message: str) -> Said:
    """The words and the facts of the replies to a first message."""
    replies = server.ask(server.session(), message)
    return [(reply["text"], reply["custom"]) for reply in replies]


@pytest.mark.parametrize("question", QUESTIONS)
def test_everyone_hears_the_same(server: Server, question: str) -> None:
    """Gender, origin, colour, faith, money, family and disability change neither text nor card."""
    plain = said(server, question)
    assert plain[0][1]["kind"] == "answer", plain
    others = [way for way in ways_to_say(question) if said(server, way) != plain]
    assert not others
