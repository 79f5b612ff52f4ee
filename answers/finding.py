"""A short list of careers that were looked for, and ways in for who does not know what to look for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from answers.model import Answer, Button, list_card, payload, sources
from answers.registry import button
from answers.words import capped, listed, money, numbered, percent
from guides.finding import Filters, Found, Match
from guides.interests import activities
from guides.loading import Guides
from guides.states import states
from understanding.finding import finding, reason

SHOWN = 5
"""Careers of a list; the rest is counted, and shown if it is asked for."""
PICKED = 2
"""Careers of the list that get a button of their own."""
WAYS_IN = ("hands", "helping", "no_degree")
"""Searches that are offered to who does not know what to look for."""
FIGURES: Mapping[str, str] = {
    "growth": "growth",
    "shrinking": "growth",
    "openings": "openings",
    "jobs": "jobs",
}
"""The figure that an order goes by, besides pay and schooling."""


def listed_careers(
    guides: Guides, filters: Filters, found: Found, start: int = 0, unknown: Sequence[str] = ()
) -> Answer:
    """The next careers of a list, why each is there, how many more there are, and what was read.

    Args:
        start: how many were shown before.
        unknown: what a student asked for by which no figure tells careers apart.
    """
    shown = found.matches[start : start + SHOWN]
    facts = {
        "filters": said_back(guides, filters),
        "order": _said(filters.ordered),
        "unknown": listed(unknown, "or"),
    }
    if not shown:
        response = "utter_find_end" if found.matches else "utter_find_none"
        return Answer(response, facts, buttons=(_offered("less_school"), _offered("more_money")))
    # Careers of the tables share their sources and years, so that one of them tells those of all.
    dated = guides[next((match.slug for match in shown if match.soc), shown[0].slug)]
    salary, outlook = dated.salary, dated.outlook
    growth = outlook.growth if outlook else None
    facts |= {
        "count": str(len(found.matches)),
        "rest": str(len(found.matches) - start - len(shown)),
        "careers": numbered(_line(match, filters) for match in shown),
        "lacking": str(found.lacking) if found.lacking else "",
        "pay_date": salary.date or "" if salary else "",
        "jobs_date": f"{growth.start}-{growth.by}" if growth and growth.start else "",
    }
    more = [_offered("more")] if start + SHOWN < len(found.matches) else []
    usual = [_offered("less_school"), _offered("more_money")]
    return Answer(
        _response(start, found, unknown),
        facts,
        card=list_card(_said("title"), ("", [_entry(match, filters) for match in shown])),
        buttons=tuple([*map(_career_button, shown[:PICKED]), *more, *usual][:4]),
        sources=sources(dated),
    )


def ways_in() -> Answer:
    """One human sentence, the interest check, and a few searches to begin with."""
    buttons = (button("check_interests"), *map(_offered, WAYS_IN))
    facts = {"count": str(len(activities()))}
    return Answer("utter_lost", facts, kind="smalltalk", buttons=buttons)


def said_back(guides: Guides, filters: Filters) -> str:
    """The filters in force in words."""
    return ", ".join(_parts(guides, filters)) or _said("all")


def _parts(guides: Guides, filters: Filters) -> Iterator[str]:
    if filters.like:
        yield _said("like", like=guides[filters.like].title)
    if filters.field:
        yield _said("field", field=filters.field)
    if filters.about:
        yield _said("about", about=filters.about)
    least, most = filters.level_least, filters.level_most
    if least is not None or most is not None:
        names = {"least": level_name(least), "most": level_name(most)}
        kind = "level" if least == most else "level_least" if most is None else "level_most"
        yield _said(kind, **names)
    low, high = filters.pay_least, filters.pay_most
    if low is not None or high is not None:
        kind = "pay_between" if None not in (low, high) else "pay_most" if high else "pay_least"
        yield _said(kind, least=money(low or 0, "USD"), most=money(high or 0, "USD"))
    if filters.state:
        yield _said("state", state=states()[filters.state].name)
    if filters.direction:
        yield _said(filters.direction)
    if filters.without:
        yield _said("without", without=listed(filters.without, "or"))


def level_name(level: int | None) -> str:
    """A level of schooling in words; empty for none."""
    return "" if level is None else str(finding().words["said"]["levels"][level])


def _said(name: str, **values: str) -> str:
    return str(finding().words["said"][name]).format(**values)


def _offered(name: str) -> Button:
    """A button that stands for words that a student could type."""
    return Button(finding().words["offers"][name]["title"], payload("find", say=name))


def _career_button(match: Match) -> Button:
    return button("summary", match.title, career=match.slug)


def _response(start: int, found: Found, unknown: Sequence[str]) -> str:
    if start:
        return "utter_find_more"
    if unknown:
        return "utter_find_unknown"
    return "utter_find_lacking" if found.lacking else "utter_find"


def _line(match: Match, filters: Filters) -> str:
    figures = ", ".join(_figures(match, filters))
    if not (filters.about or filters.like):
        return f"{match.title}: {figures}"
    return f"{match.title}: {figures}. {_reason(match, filters)}."


def _entry(match: Match, filters: Filters) -> tuple[str, str]:
    return match.title, f"{_reason(match, filters)}. ({', '.join(_figures(match, filters))})"


def _reason(match: Match, filters: Filters) -> str:
    return reason(match.summary, match.tasks.split("\n"), filters.words)


def _figures(match: Match, filters: Filters) -> Iterator[str]:
    """Pay, schooling, and the figure that the list goes by."""
    values: dict[str, Any] = {
        "growth": percent(match.growth, "+") if match.growth is not None else "",
        "openings": f"{match.openings:,}" if match.openings is not None else "",
        "jobs": f"{match.jobs:,}" if match.jobs is not None else "",
    }
    if match.pay is None:
        yield _said("pay_unknown")
    else:
        yield _said("pay_figure", pay=capped(match.pay, "USD", match.cap))
    if match.level is not None:
        yield level_name(match.level)
    shown = [FIGURES[filters.ordered]] if filters.ordered in FIGURES else []
    shown += ["growth"] if filters.direction and "growth" not in shown else []
    for name in shown:
        if values[name]:
            yield _said(f"{name}_figure", **{name: values[name]})
    if match.uncertain:
        yield _said("uncertain")
    if match.pay_group or match.jobs_group:
        yield _said("wider")
    if match.soc is None:
        yield _said("own")
