"""The words of the responses, for whoever must speak without Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from answers.model import Answer, custom
from answers.words import tidy
from guides.documents import read

RESPONSES = Path(__file__).parent.parent / "data" / "responses.yml"


def load_responses(path: Path = RESPONSES) -> Mapping[str, str]:
    """The text of every response by its name.

    Raises:
        DocumentError: the file cannot be read.
    """
    return {name: variants[0]["text"] for name, variants in read(path)["responses"].items()}


def worded(answer: Answer, responses: Mapping[str, str]) -> str:
    """The final text of an answer."""
    return tidy(responses[answer.response].format(**answer.facts))


def message(answer: Answer, topic: str, responses: Mapping[str, str]) -> dict[str, Any]:
    """An answer that no guide takes part in, as a message for a page."""
    return {"text": worded(answer, responses), "custom": custom(answer, topic, None)}
