"""What a student in danger or in trouble hears: the fitting lines, and the school's person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from answers.model import Answer, Card, Kind, custom
from answers.responses import sentence, worded
from answers.words import lines
from guides.school import CrisisLine, School

KINDS: Mapping[str, Kind] = {"danger": "crisis", "trouble": "trouble"}
"""The kind of the reply to each tier."""
UNSURE = "unsure"
"""Ending of the opening where no help may be needed."""
ENGLISH, SPANISH = "", "_es"
"""Endings of the responses by language."""


def help_reply(
    school: School,
    tier: str,
    kind: str,
    spanish: bool,
    responses: Mapping[str, str],
    unsure: bool = False,
) -> dict[str, Any]:
    """The reply to distress as a message for a page, in Spanish before English where asked.

    Args:
        unsure: whether the message may also be a worry that needs no help.
    """
    chosen = lines_for(school, tier, kind)
    languages = (SPANISH, ENGLISH) if spanish else (ENGLISH,)
    told = [help_answer(school, tier, kind, language, unsure) for language in languages]
    texts = [worded(each, responses) for each in told]
    card = help_card(school, chosen, _title(spanish, responses), spanish)
    answer = Answer(f"utter_{KINDS[tier]}", kind=KINDS[tier], card=card, buttons=())
    return {"text": "\n\n".join(texts), "custom": custom(answer, KINDS[tier], None)}


def general_help(school: School, responses: Mapping[str, str]) -> Card:
    """The card behind "Get help now", for whoever has told nothing."""
    chosen = [line for line in school.crisis_lines if line.always]
    return help_card(school, chosen, _title(False, responses))


def lines_for(school: School, tier: str, kind: str) -> list[CrisisLine]:
    """The lines of the kind, then the general ones; one alone for trouble."""
    fitting = [line for line in school.crisis_lines if kind in line.kinds]
    general = [line for line in school.crisis_lines if line.always]
    if tier == "trouble":
        return (fitting or general)[:1]
    return [*fitting, *(line for line in general if line not in fitting)]


def help_card(school: School, chosen: list[CrisisLine], title: str, spanish: bool = False) -> Card:
    """Lines that can be tapped, and the school's person."""
    person = school.person.named(spanish)
    shown = [line.as_shown(spanish) for line in chosen]
    language = {"lang": "es"} if spanish else {}
    return {"type": "help", "title": title, "person": person, "lines": shown, **language}


def _title(spanish: bool, responses: Mapping[str, str]) -> str:
    return responses["utter_help_title_es" if spanish else "utter_help_title"]


def help_answer(
    school: School, tier: str, kind: str, language: str, unsure: bool = False
) -> Answer:
    """The response to distress in one language, with its facts."""
    spanish = language == SPANISH
    shown = [line.as_shown(spanish) for line in lines_for(school, tier, kind)]
    person = school.person.named(spanish)
    facts = {
        "opening": sentence(f"utter_opening_{UNSURE if unsure else kind}{language}"),
        "lines": lines(f"{line['name']}: {line['how']}" for line in shown),
        "person": person["name"],
        "contact": person["contact"],
    }
    return Answer(f"utter_{KINDS[tier]}{language}", facts, kind=KINDS[tier])
