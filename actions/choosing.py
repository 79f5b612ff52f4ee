"""What is meant after it was asked which career: one of those that were offered, or still none."""

from __future__ import annotations

from collections.abc import Sequence

from actions.speaking import NO_QUESTION, TOLD, Message, read_question, tapped, told_in
from answers.model import Question
from answers.pointing import place_pointed_at
from answers.registry import topics
from understanding.careers import says_of_page, says_this_job
from understanding.entity import DESCRIBED, NAMED, VAGUE


def taken_up(message: Message, offers: Sequence[Question], open_still: bool) -> Message:
    """The next message after it was asked which career is meant: with the one that it picks, by its
    place or its work; as one that still leaves it open, where it asks on; else as it is.

    Args:
        offers: the questions of the buttons, each of another career.
        open_still: whether it was left open which job is spoken of, so that none was taken for likely.
    """
    offered = {str(offer.first("career")): offer for offer in offers}
    question = read_question(message)
    picked = _picked(message, question, list(offered))
    if picked:
        offer = offered[picked]
        return tapped(
            message, offer.topic, **{name: found[0] for name, found in offer.values.items()}
        )
    here = says_this_job(question.text) or says_of_page(question.text)
    named = any(each["entity"] in (*NAMED, DESCRIBED) for each in message.get("entities") or ())
    if here or named or not open_still or question.topic not in topics():
        return message
    still = {"entity": "career", "value": TOLD, "candidates": [*offered], TOLD: True, VAGUE: True}
    return {**message, "entities": [*(message.get("entities") or ()), still]}


def _picked(message: Message, question: Question, offered: Sequence[str]) -> str | None:
    place = place_pointed_at(question.text)
    if place is not None:
        return offered[place] if -len(offered) <= place < len(offered) else None
    told = (told_in(message) or {}).get("candidates") or ()
    asks = question.topic in topics() and question.topic not in (*NO_QUESTION, "summary")
    return None if asks else next((slug for slug in told if slug in offered), None)
