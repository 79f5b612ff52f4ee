"""Would a student like it: fit, the quiz, upsides, downsides, myths."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from answers.glossary import terms_in
from answers.labels import label
from answers.model import Answer, Button, Card, Question, list_card
from answers.registry import answers, button, title
from answers.words import lines, numbered
from guides.schema import Guide, Myth, Skill
from understanding.claims import ABOUT_MYTHS
from understanding.students import first_number
from understanding.text import fold

YES, NO, UNSURE = "yes", "no", "not sure"
"""The answers to a statement of the quiz."""
SAME_CLAIM = 82
"""How alike (0-100) a text and a myth's phrase must be to be the same claim."""


MOST_INTERESTS = 3
"""Kinds of interest that are named, the most fitting first."""


@answers("fit")
def fit(guide: Guide, question: Question) -> Answer:
    """The statements and how many nods count, or the interests that the work fits."""
    if guide.fit is None:
        return _interests(guide)
    statements = guide.fit.statements
    nods = first_number(question.first("nods") or "")
    facts = {
        "career": guide.title,
        "threshold": str(guide.fit.threshold),
        "count": str(len(statements)),
        "statements": lines(statements),
    }
    if nods is not None and nods <= len(statements):
        enough = nods >= guide.fit.threshold
        response = "utter_fit_nods_enough" if enough else "utter_fit_nods_few"
        return Answer(response, {**facts, "nods": f"{nods:g}"})
    card = list_card(label("fit", "card"), ("", statements))
    return Answer("utter_answer_fit", facts, card=card)


def _interests(guide: Guide) -> Answer:
    assert guide.interests
    ranked = guide.interests.ranked
    best = ranked[:MOST_INTERESTS]
    facts = {
        "careers": guide.plural,
        "interests": numbered(map(_interest, best)),
        "scale": guide.interests.scale,
        "styles": lines(guide.styles or []),
    }
    bars = [{"label": each.name, "value": each.score, "marked": each in best} for each in ranked]
    card = {"type": "bars", "title": label("fit", "interests"), "max": 100, "bars": bars}
    response = "utter_answer_fit_styles" if guide.styles else "utter_answer_fit_interests"
    return Answer(response, facts, card=card)


def _interest(interest: Skill) -> str:
    facts = {"interest": interest.name, "score": interest.score, "meaning": interest.meaning}
    return label("fit", "interest", **facts)


def quiz_statement(guide: Guide, answered: Sequence[str]) -> Answer:
    """The next statement of the fit quiz; `answered` holds the answers so far."""
    assert guide.fit
    statements = guide.fit.statements
    facts = {
        "number": str(len(answered) + 1),
        "count": str(len(statements)),
        "statement": statements[len(answered)],
        "career": guide.title,
    }
    response = "utter_quiz_statement" if answered else "utter_quiz_first_statement"
    choices = ("affirm", "deny", "unsure", "stop")
    buttons = tuple(button(topic, label("quiz", topic)) for topic in choices)
    return Answer(response, facts, kind="quiz", buttons=buttons)


def quiz_result(guide: Guide, answered: Sequence[str]) -> Answer:
    """How many statements got which answer, and the threshold for a yes."""
    assert guide.fit
    nods = answered.count(YES)
    enough = nods >= guide.fit.threshold
    facts = {
        "career": guide.title,
        "nods": str(nods),
        "noes": str(answered.count(NO)),
        "unsure": str(answered.count(UNSURE)),
        "count": str(len(guide.fit.statements)),
        "threshold": str(guide.fit.threshold),
    }
    said = [label("quiz_answers", each) for each in answered]
    card = list_card(
        label("quiz", "card"), ("", list(zip(guide.fit.statements, said, strict=True)))
    )
    response = "utter_quiz_enough" if enough else "utter_quiz_few"
    return Answer(response, facts, kind="quiz", card=card)


@answers("pros")
def pros(guide: Guide, question: Question) -> Answer:
    """The whole list of upsides."""
    assert guide.pros
    facts = {"career": guide.title, "pros": lines(guide.pros)}
    return Answer("utter_answer_pros", facts, card=_pros_cons_card("pros", guide.pros, []))


@answers("cons")
def cons(guide: Guide, question: Question) -> Answer:
    """The whole list of downsides."""
    assert guide.cons
    facts = {"career": guide.title, "cons": lines(guide.cons)}
    return Answer("utter_answer_cons", facts, card=_pros_cons_card("cons", [], guide.cons))


@answers("pros_cons")
def pros_cons(guide: Guide, question: Question) -> Answer:
    """Both lists."""
    upsides, downsides = guide.pros or [], guide.cons or []
    facts = {"career": guide.title, "pros": lines(upsides), "cons": lines(downsides)}
    card = _pros_cons_card("pros_cons", upsides, downsides)
    return Answer("utter_answer_pros_cons", facts, card=card)


def _pros_cons_card(topic: str, pros: Sequence[str], cons: Sequence[str]) -> Card:
    return {"type": "pros_cons", "title": title(topic), "pros": list(pros), "cons": list(cons)}


@answers("myths")
def myths(guide: Guide, question: Question) -> Answer:
    """The myth that a claim repeats, or all of them."""
    assert guide.myths
    myth = claimed(guide, question)
    if myth:
        facts: dict[str, str] = {"claim": myth.claim, "truth": myth.truth}
        response = "utter_answer_myth_inferred" if myth.inferred else "utter_answer_myth"
        card = _myths_card(label("myths", "one"), [myth])
        return Answer(response, facts, card=card, focus={"myth": myth.id})
    facts = {
        "career": guide.title,
        "myths": numbered(f'"{myth.claim}" {myth.truth}' for myth in guide.myths),
    }
    if question.text and not ABOUT_MYTHS.search(fold(question.text)):
        return Answer(
            "utter_answer_myth_unknown", facts, kind="fallback", buttons=(button("myths"),)
        )
    return Answer("utter_answer_myths", facts, card=_myths_card(title("myths"), guide.myths))


def _myths_card(heading: str, myths: Sequence[Myth]) -> Card:
    pairs = [{"claim": myth.claim, "truth": myth.truth} for myth in myths]
    return {"type": "myths", "title": heading, "myths": pairs}


def claimed(guide: Guide, question: Question) -> Myth | None:
    """The myth that the question repeats, by its words or by likeness to the guide's phrases."""
    text = fold(question.text)

    def likeness(myth: Myth) -> float:
        return max(fuzz.token_sort_ratio(text, fold(phrase)) for phrase in guide.wordings(myth))

    myths = guide.myths or []
    named = [myth for myth in myths if question.has("myth", myth.id)]
    if named:
        return max(named, key=likeness)
    best = max(myths, key=likeness, default=None)
    return best if best and likeness(best) >= SAME_CLAIM else None


def myth_beside(guide: Guide, text: str) -> Myth | None:
    """The myth on what a text sets beside the career: "how is it different from devops".

    Args:
        text: less the names of careers in it.
    """
    own = terms_in(guide.title)
    beside = [term for term in terms_in(text) if term not in own]
    told = [myth for myth in guide.myths or () if set(beside) & set(terms_in(myth.claim))]
    return told[0] if len(told) == 1 else None


def which_myth(guide: Guide) -> Answer:
    """Ask which myth is meant."""
    choices: list[Button] = [
        button("myths", myth.claim, myth=myth.id) for myth in (guide.myths or [])[:4]
    ]
    return Answer("utter_which_myth", kind="clarify", buttons=tuple(choices))
