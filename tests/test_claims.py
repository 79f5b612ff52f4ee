"""Myths are known in other words than the guide's, and only those."""

from __future__ import annotations

import pytest

from components.sentence_encoder import find_encoder
from guides.schema import Guide
from understanding.claims import Claims


@pytest.fixture(scope="module")
def claims() -> Claims:
    encoder = find_encoder({"encoder": "auto"})
    assert encoder, "no sentence encoder: install the packages of requirements.lock"
    return Claims(encoder)


@pytest.mark.parametrize(
    ("text", "myth"),
    [
        ("so they only train ai models, nothing else, no?", "just_machine_learning"),
        ("isn't that devops wearing another hat", "same_as_devops"),
        ("all i have to learn is docker, that is enough no?", "one_tool"),
        ("when it goes live they can put their feet up, right", "done_when_deployed"),
        ("they all wear suits", None),
        ("do you have to move to california for it", None),
        ("most of them drink a lot of coffee", None),
    ],
)
def test_a_myth_is_known_by_what_is_meant(
    claims: Claims, mlops: Guide, text: str, myth: str | None
) -> None:
    """Another wording is the same claim; a claim that the guide does not have is none of its."""
    assert claims.find(mlops, text) == myth


def test_without_an_encoder_nothing_is_found(mlops: Guide) -> None:
    """The words of the guide alone decide then."""
    assert Claims(None).find(mlops, "is it just machine learning") is None
