"""Two or three careers side by side: pay, schooling, growth, tasks and skills."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from answers.finding import level_name
from answers.model import Answer, Button, Card, Question, list_card, sources
from answers.registry import button
from answers.words import capped, counted, each, lines, listed, money, percent
from guides.schema import Guide, Pay, Salary
from guides.states import states
from understanding.facets import by_topic
from understanding.finding import finding

MOST = 3
"""Careers that are set side by side."""
TASKS = 1
"""Tasks of each that are named."""
SIDES = ("pay", "school", "growth", "tasks", "skills")
"""What is compared, in this order but for what was asked, which comes first."""
ON_CARD = ("skills",)
"""Sides that the card alone has, so that the text stays short."""
WHOLE = ("growth", "openings", "pay", "school")
"""Sides on which one career can be ahead."""
CHOICE = "choice"
"""What is asked by who wants one chosen: "so which should i pick"."""
LIKELY = 0.45
"""Probability of a topic from which its side is taken to be asked for."""
ASKED: Mapping[str, str] = {
    "salary": "pay",
    "education": "school",
    "pathway": "school",
    "difficulty": "school",
    "college": "school",
    "outlook": "growth",
    "market": "growth",
}
"""The side that a topic asks for, where no word of the message says it."""


def compared(guides: Sequence[Guide], question: Question) -> Answer:
    """Careers side by side, what was asked first.

    Args:
        guides: two or three, in the order in which they were named.
    """
    state = next((each for each in question.values.get("state", ()) if each in states()), None)
    of_topic = ASKED.get(question.topic) or ASKED.get(_likeliest(question))
    asked = finding().aspect(question.text) or of_topic or ("pay" if state else None)
    first = "growth" if asked == "openings" else asked
    sides = sorted(SIDES, key=lambda side: side != first)
    rows = {side: [_value(guide, side, state) for guide in guides] for side in sides}
    facts = {
        "careers": listed([guide.title for guide in guides]),
        "lead": _lead(guides, asked, state),
        "rows": "\n".join(
            _row(side, guides, values) for side, values in rows.items() if side not in ON_CARD
        ),
        "source": _dates(guides),
        "place": finding().words["sides"]["place"].format(state=states()[state].name)
        if state
        else "",
    }
    response = "utter_compare_asked" if facts["lead"] else "utter_compare"
    return Answer(
        response,
        facts,
        card=_card(guides, rows),
        buttons=_buttons(guides),
        sources=[work for guide in guides for work in sources(guide)],
    )


def _likeliest(question: Question) -> str:
    """The topic of which a facet is likely asked for: "which one is blowing up" asks for growth."""
    mass = by_topic(list(question.facets))
    topic = max(mass, key=mass.__getitem__, default="")
    return topic if mass[topic] >= LIKELY else ""


def _buttons(guides: Sequence[Guide]) -> tuple[Button, ...]:
    return tuple(button("summary", guide.title, career=guide.slug) for guide in guides)


def _card(guides: Sequence[Guide], rows: Mapping[str, Sequence[str]]) -> Card:
    labels = finding().words["sides"]
    groups = [
        (guide.title, [(str(labels[side]), values[place]) for side, values in rows.items()])
        for place, guide in enumerate(guides)
    ]
    return list_card(str(labels["title"]), *groups)


def _row(side: str, guides: Sequence[Guide], values: Sequence[str]) -> str:
    label = finding().words["sides"][side]
    told = (f"{guide.title}: {value}" for guide, value in zip(guides, values, strict=True))
    return f"{label}\n{lines(told)}"


def _value(guide: Guide, side: str, state: str | None) -> str:
    """One career's side in words; that the guide does not say it where it does not."""
    return VALUES[side](guide, state) or str(finding().words["sides"]["unknown"])


def _pay(guide: Guide, state: str | None) -> str:
    salary, figures = guide.salary, _figures(guide, state)
    if not salary or figures is None or not figures.median:
        return ""
    amount = f"{capped(figures.median, salary.currency, salary.cap)} {each(salary.per)}"
    return f"{amount} ({counted(salary.group, '')})" if salary.group else amount


def _figures(guide: Guide, state: str | None) -> Salary | Pay | None:
    """The pay in a state, or in the whole region."""
    if not guide.salary or state is None:
        return guide.salary
    return next((found for found in guide.salary.states if found.state == state), None)


def _school(guide: Guide, state: str | None) -> str:
    preparation = guide.preparation
    if preparation and preparation.level is not None:
        return level_name(preparation.level)
    return preparation.entry or "" if preparation else ""


def _growth(guide: Guide, state: str | None) -> str:
    growth, market = guide.outlook and guide.outlook.growth, guide.market
    if not growth:
        return ""
    said = percent(growth.percent, "+")
    if market and market.openings:
        openings = (
            finding().words["said"]["openings_figure"].format(openings=f"{market.openings:,}")
        )
        return f"{said}, {openings}"
    return said


def _tasks(guide: Guide, state: str | None) -> str:
    return "; ".join(guide.tasks.entries[:TASKS]) if guide.tasks else guide.snapshot.summary


def _skills(guide: Guide, state: str | None) -> str:
    return listed(guide.snapshot.top_skills)


VALUES: Mapping[str, Callable[[Guide, str | None], str]] = {
    "pay": _pay,
    "school": _school,
    "growth": _growth,
    "tasks": _tasks,
    "skills": _skills,
}


def _measure(guide: Guide, side: str, state: str | None) -> float | None:
    """The figure by which one career is ahead of another; None where there is none."""
    if side == "pay":
        figures = _figures(guide, state)
        yearly = guide.salary is not None and guide.salary.per == "year"
        return figures.median if figures and yearly else None
    if side == "school":
        return guide.preparation.level if guide.preparation else None
    if side == "openings":
        return guide.market.openings if guide.market else None
    return guide.outlook.growth.percent if guide.outlook and guide.outlook.growth else None


def _lead(guides: Sequence[Guide], asked: str | None, state: str | None) -> str:
    """Which career is ahead on the side that was asked for, or that none can be chosen; else empty."""
    if asked == CHOICE:
        return str(finding().words["leads"][CHOICE])
    if asked not in WHOLE:
        return ""
    measures = [(_measure(guide, asked, state), guide) for guide in guides]
    known = [(value, guide) for value, guide in measures if value is not None]
    words = finding().words["leads"][asked]
    if len(known) < len(guides):
        return str(words["unknown"])
    known.sort(key=lambda pair: -pair[0])
    (most, first), (next_most, second) = known[:2]
    if most == next_most:
        return str(words["same"]).format(first=first.title, second=second.title)
    capped_ = asked == "pay" and first.salary and first.salary.cap and most >= first.salary.cap
    difference = money(most - next_most, first.salary.currency) if first.salary else ""
    kind = "capped" if capped_ else "ahead"
    return str(words[kind]).format(first=first.title, second=second.title, difference=difference)


def _dates(guides: Sequence[Guide]) -> str:
    """What the figures are of, once for all that share it."""
    told = []
    for guide in guides:
        growth = guide.outlook.growth if guide.outlook else None
        kind = "source" if guide.codes else "own_source"
        told.append(
            str(finding().words["sides"][kind]).format(
                career=guide.title,
                pay=guide.salary.date if guide.salary else "",
                jobs=f"{growth.start}-{growth.by}" if growth and growth.start else "",
            )
        )
    return " ".join(dict.fromkeys(told))
