"""The words of the responses, for whoever must speak without Rasa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from answers.filling import filled
from answers.model import Answer, custom
from answers.words import ENTRY, flowing, tidy
from guides.documents import DocumentError, read, shown

RESPONSES = Path(__file__).parent.parent / "data" / "responses.yml"
LINE, SPACE = "\n", " "
"""What stands between a lead and a list, or a sentence."""
SENTENCE = "utter_fact_"
"""How the names of responses begin that stand in a brace of others."""


@cache
def load_responses(path: Path = RESPONSES) -> Mapping[str, str]:
    """The text of every response by its name, the first one where it has several.

    Raises:
        DocumentError: the file cannot be read, or a response has no text.
    """
    return {name: texts[0] for name, texts in load_texts(path).items()}


@cache
def load_texts(path: Path = RESPONSES) -> Mapping[str, list[str]]:
    """All texts of every response by its name.

    Raises:
        DocumentError: the file cannot be read, or a response has no text.
    """
    responses = read(path).get("responses")
    if not isinstance(responses, dict):
        raise DocumentError(
            [f"{path.name}: responses: found {shown(responses)}, expected a mapping"]
        )
    return {name: _texts(name, variants, path) for name, variants in responses.items()}


def _texts(name: str, variants: Any, path: Path) -> list[str]:
    try:
        texts = [variant["text"] for variant in variants]
    except (KeyError, TypeError):
        texts = []
    if not texts or not all(isinstance(text, str) for text in texts):
        raise DocumentError([f"{path.name}: {name}: found {shown(variants)}, expected - text: ..."])
    return texts


def worded(answer: Answer, responses: Mapping[str, str]) -> str:
    """The final text of an answer.

    Raises:
        DocumentError: there is no such response, or it has a name in braces that is no fact.
    """
    text = _filled(answer.response, answer.facts, responses)
    return tidy(f"{answer.lead}{LINE if ENTRY.match(text) else SPACE}{text}")


def uttered(answer: Answer) -> str:
    """The text of an answer as the chat says it, in its first words.

    Raises:
        DocumentError: there is no such response, or it has a name in braces that is no fact.
    """
    return flowing(worded(answer, load_responses()))


def fresh(answer: Answer, said: Sequence[str]) -> str:
    """The final text of an answer in words that were not said yet, else in those of longest ago.

    Args:
        said: what was said before, oldest first.

    Raises:
        DocumentError: there is no such response, or it has a name in braces that is no fact.
    """
    when = {text: place for place, text in enumerate(said)}
    variants = load_texts().get(answer.response, ())
    texts = [flowing(worded(answer, {answer.response: variant})) for variant in variants]
    return min(texts or [uttered(answer)], key=lambda text: when.get(text, -1))


def sentence(name: str, **facts: object) -> str:
    """A response that stands in a brace of another one, as the fact of that name.

    Raises:
        DocumentError: there is no such response, or it has a name in braces that is no fact.
    """
    return _filled(name, facts, load_responses())


def _filled(name: str, facts: Mapping[str, object], responses: Mapping[str, str]) -> str:
    place = f"{RESPONSES.name}: {name}"
    if name not in responses:
        raise DocumentError([f"{place}: found nothing, expected - text: ..."])
    return filled(responses[name], facts, place)


def message(answer: Answer, topic: str, responses: Mapping[str, str]) -> dict[str, Any]:
    """An answer that no guide takes part in, as a message for a page."""
    taps = [{"title": each.title, "payload": each.payload} for each in answer.buttons or ()]
    told = {"text": worded(answer, responses), "custom": custom(answer, topic, None)}
    return {**told, "buttons": taps} if taps else told
