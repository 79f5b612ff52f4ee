"""Answers to what is no question about the career: reactions, doubts, feelings, "shorter".

They work on what was answered and shown last, whatever its topic.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from answers.context import Context
from answers.glossary import is_term, terms_in
from answers.lesson import example
from answers.model import Answer, Button, Question
from answers.pointing import asks_of_that, place_named, states
from answers.registry import answer, button, covers, next_buttons, topics
from answers.responses import sentence, uttered
from answers.shown import in_short, items_of, parts_of
from answers.words import lines, listed
from guides.schema import Guide
from understanding.topics import ACTS

OFFERED = 2
"""Buttons under a word on a reaction."""
UNEXPECTED = ("pros", "cons", "outlook", "importance", "summary")
"""Topics that say what few expect, where no myth is left; every guide has the last."""
EXPLAINED = 2
"""Terms that are explained beside a simpler answer."""


def react(guide: Guide, context: Context) -> Answer:
    """A short word, and what could come next."""
    return Answer("utter_react", kind="smalltalk", buttons=_following(guide, context))


def unread(guide: Guide, context: Context, text: str, shown: str) -> Answer | None:
    """What is said to words that lean on the last answer and ask for nothing that a guide has.

    None for words that stand alone.
    """
    if context.topic is None:
        return None
    if states(text):
        return react(guide, context)
    return not_on_that(guide, context, shown) if shown and asks_of_that(text) else None


def not_on_that(guide: Guide, context: Context, shown: str) -> Answer:
    """That the guide says no more on the last answer, and that one in short."""
    facts = {"short": in_short(shown)}
    return Answer("utter_not_on_that", facts, "fallback", buttons=_following(guide, context))


def surprise(guide: Guide, said: Container[str]) -> Answer:
    """What many people get wrong or do not expect, and was not said yet.

    Args:
        said: texts of earlier replies.
    """
    myths = [Question("myths", values={"myth": (myth.id,)}) for myth in guide.myths or ()]
    others = [Question(topic) for topic in UNEXPECTED if covers(guide, topic)]
    found = (answer(guide, question) for question in (*myths, *others))
    new = (each for each in found if uttered(each) not in said)
    return next(new, None) or answer(guide, Question("summary"))


def refused(guide: Guide, context: Context) -> Answer:
    """What is said where a student only says what is not wanted."""
    return Answer("utter_refused", kind="smalltalk", buttons=_following(guide, context))


def feel(guide: Guide) -> Answer:
    """A human sentence, and what helps to weigh it."""
    helping = [name for name in ("fit", "difficulty", "first_step") if covers(guide, name)]
    return Answer(
        "utter_feel", {"career": guide.title}, "smalltalk", buttons=tuple(map(button, helping))
    )


def felt(guide: Guide, facet: str | None) -> tuple[Answer, Question | None]:
    """A human sentence on a feeling, and the question of which the answer helps with it.

    A feeling about a career that is none of those we know is helped by what the work asks for.
    """
    if facet is None:
        suits = Question("fit" if covers(guide, "fit") else "summary")
        return Answer("utter_feel_named", kind="smalltalk", buttons=()), suits
    way = ACTS["feel"].facets[facet]
    topic = next((name for name in way.topics if covers(guide, name)), None)
    values = {name: (value,) for name, value in way.values.items()}
    helping = Question(topic, values=values, facet=way.facet) if topic else None
    return Answer(f"utter_feel_{facet}", kind="smalltalk", buttons=()), helping


def agreed(guide: Guide, context: Context, yes: bool) -> Answer:
    """What is said to a yes that nothing was offered for, and to a no."""
    response = "utter_agreed" if yes else "utter_declined"
    return Answer(response, kind="smalltalk", buttons=_following(guide, context))


def doubt(guide: Guide, context: Context) -> Answer:
    """Where the last answer comes from, and how far it can be trusted."""
    section = getattr(guide, str(context.topic), None)
    varies = listed(getattr(section, "varies_with", None) or [])
    facts = {
        "works": listed(list(dict.fromkeys(work.publisher for work in guide.sources.works))),
        "caveat": getattr(section, "caveat", guide.sources.note),
        "varies": sentence("utter_fact_varies", varies_with=varies) if varies else "",
    }
    return Answer("utter_doubt", facts, buttons=(button("sources"), *_following(guide, context)))


def said_already(reply: Answer, parts: Sequence[str]) -> Answer:
    """A reply that was the last one too, cut down to the parts of it that are asked for."""
    facts = {"parts": lines(parts) if len(parts) > 1 else parts[0]}
    return replace(reply, response="utter_said_already", facts=facts, card=None)


def others(guide: Guide, context: Context, shown: str) -> Answer:
    """All that the guide has on the last topic; that it was all, where it was."""
    known = context.topic in topics() and covers(guide, str(context.topic))
    whole = answer(guide, Question(str(context.topic) if known else "summary"))
    if uttered(whole) != shown:
        return whole
    given = example(guide, context.topic, context.focus.get("passage"))
    if given and given.facts["example"] not in shown:
        return given
    _, *rest = parts_of(shown)
    facts = {"short": in_short(shown) if items_of(shown) or not rest else " ".join(rest)}
    return Answer("utter_no_others", facts, buttons=_following(guide, context))


def shorter(guide: Guide, context: Context, shown: str) -> Answer:
    """The last answer in one sentence."""
    facts = {"short": in_short(shown or _summary(guide))}
    return Answer("utter_shorter", facts, buttons=_following(guide, context))


def simpler(guide: Guide, context: Context, shown: str) -> Answer:
    """The last answer in one sentence, with its hard words explained."""
    shown = shown or _summary(guide)
    explained = [f"{term.name}: {term.means}" for term in terms_in(shown)[:EXPLAINED]]
    facts = {"short": in_short(shown), "terms": lines(explained)}
    response = "utter_simpler" if explained else "utter_shorter"
    return Answer(response, facts, buttons=_following(guide, context))


def part_shown(text: str, shown: str) -> str:
    """The item of a reply that a text points at ("the second one, simpler"), else the reply."""
    place, items = place_named(text), items_of(shown)
    return items[place] if place is not None and place < len(items) and items else shown


def define(text: str) -> Answer | None:
    """What the words in a question mean; None where the glossary has none of them."""
    explained = [f"{term.name}: {term.means}" for term in terms_in(text)]
    return Answer("utter_define", {"terms": "\n".join(explained)}) if explained else None


def define_word(text: str) -> Answer | None:
    """What a word means that is all of a message: "pipeline?"; None for any other message."""
    return define(text) if is_term(text) else None


def pick(guide: Guide, context: Context, place: int, shown: str) -> Answer | None:
    """An item of the list that was shown last; None where there is no such item.

    Args:
        place: from 0, or -1 for the last.
    """
    items = items_of(shown)
    if not items or place >= len(items):
        return None
    number = len(items) if place < 0 else place + 1
    facts = {"number": str(number), "count": str(len(items)), "item": items[place]}
    return Answer("utter_item", facts, buttons=_following(guide, context))


def _summary(guide: Guide) -> str:
    """What the career is, for who asks before anything was said."""
    return guide.snapshot.summary if guide.snapshot else guide.title


def _following(guide: Guide, context: Context) -> tuple[Button, ...]:
    topic = context.topic if context.topic in topics() else "summary"
    return next_buttons(guide, str(topic))[:OFFERED]
