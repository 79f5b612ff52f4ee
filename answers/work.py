"""Pay and jobs, today and later; each with its caveat in the same reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from answers.labels import label
from answers.model import Answer, Card, Kind, Question, facts_card
from answers.registry import answers, title
from answers.responses import sentence
from answers.words import at_least, at_most, capped, counted, each, lines, listed, money, percent
from guides.schema import Guide, Market, Pay, Salary
from guides.states import states
from understanding.english import english
from understanding.finding import HOURS_A_YEAR
from understanding.places import place_in
from understanding.text import fold

PAID = english("pointing").pattern("paid")


def is_pay_in_a_state(question: Question, guide: Guide) -> bool:
    """Whether a question is after the pay in a state, and the guide has pay by states."""
    known = guide.salary is not None and bool(guide.salary.states)
    return known and bool(question.values.get("state")) and bool(PAID.search(fold(question.text)))


ENDS = 3
"""States that are named at each end, where all are ranked by pay."""


@answers("salary")
def salary(guide: Guide, question: Question) -> Answer:
    """The pay range and its median, in the states that were asked for or in the whole region."""
    assert guide.salary
    pay = guide.salary
    asked = [state for state in question.values.get("state", ()) if state in states()]
    if asked and pay.states:
        return _pay_in(guide, pay, asked)
    by_state = question.facet == "best_states"
    certain: list[Pay] = [state for state in pay.states if not state.uncertain]
    if by_state and certain:
        return _pay_by_state(guide, pay, certain)
    elsewhere = sentence("utter_fact_no_states") if by_state else _elsewhere(pay, asked, question)
    kind: Kind = "fallback" if elsewhere else "answer"
    span = f"{money(pay.min, pay.currency)}-{money(pay.max, pay.currency)}"
    median = _amount(pay, pay.median) if pay.median else ""
    facts = {
        **_amounts(pay, pay),
        "careers": counted(pay.group, guide.plural),
        "region": pay.region,
        "elsewhere": elsewhere,
        "range": span,
        "median": median,
        "varies_with": listed(pay.varies_with),
        "caveat": pay.caveat,
    }
    if pay.ends == "tenths" and pay.median:
        card = _pay_card(pay, {pay.region: pay.median}, pay)
        return Answer("utter_answer_salary_tenths", facts, kind, card)
    rows = {
        label("salary", "range", each=each(pay.per)): span,
        label("salary", "median"): median,
        label("salary", "where"): pay.region,
    }
    shown = {name: value for name, value in rows.items() if value}
    card = facts_card(title("salary"), shown, pay.caveat)
    response = "utter_answer_salary" if pay.median else "utter_answer_salary_range"
    return Answer(response, facts, kind, card)


def _elsewhere(pay: Salary, asked: Sequence[str], question: Question) -> str:
    """That the guide has no figures for the place that was named; empty where none was."""
    named = states()[asked[0]].name if asked else place_in(fold(question.text), pay.region)
    return sentence("utter_fact_elsewhere", place=named) if named else ""


def _pay_by_state(guide: Guide, pay: Salary, certain: Sequence[Pay]) -> Answer:
    """The states with the highest and the lowest medians, of those that are certain."""
    ranked = sorted(certain, key=lambda state: (-state.median, state.state))
    highest, lowest = _medians(ranked[:ENDS]), _medians(ranked[: -ENDS - 1 : -1])
    facts = {
        **_amounts(pay, pay),
        "careers": counted(pay.group, guide.plural),
        "region": pay.region,
        "nation": _amount(pay, pay.median or pay.min),
        "highest": _listed(pay, highest),
        "lowest": _listed(pay, lowest),
        "caveat": pay.caveat,
    }
    ends = {**highest, **dict(reversed(lowest.items()))}
    return Answer("utter_answer_salary_by_state", facts, card=_pay_card(pay, ends, pay))


def _medians(places: Sequence[Pay]) -> dict[str, float]:
    """The median of each state, by its name."""
    return {states()[each.state].name: each.median for each in places}


def _listed(pay: Salary, medians: Mapping[str, float]) -> str:
    return lines(f"{name}: {_amount(pay, value)}" for name, value in medians.items())


def _pay_in(guide: Guide, pay: Salary, asked: Sequence[str]) -> Answer:
    """Pay in single states, with that of the whole region beside it."""
    known: dict[str, Pay] = {found.state: found for found in pay.states}
    medians = _medians([known[state] for state in asked if state in known])
    missing: list[str] = [states()[state].name for state in asked if state not in known]
    only = known[asked[0]] if len(asked) == 1 and not missing else pay
    facts = {
        **_amounts(pay, only),
        "careers": counted(pay.group, guide.plural),
        "region": pay.region,
        "state": states()[asked[0]].name,
        "missing": listed(missing, "or"),
        "nation": _amount(pay, pay.median or pay.min),
        "medians": _listed(pay, medians),
        "caveat": pay.caveat,
    }
    nation: dict[str, float] = {pay.region: pay.median} if pay.median else {}
    card = _pay_card(pay, {**medians, **nation}, only)
    response = _response_of_states(asked, known, missing)
    return Answer(response, facts, card=card, focus={"state": asked[0]})


def _response_of_states(
    asked: Sequence[str], known: Mapping[str, Pay], missing: Sequence[str]
) -> str:
    if len(missing) == len(asked):
        return "utter_answer_salary_no_state"
    if len(asked) > 1:
        return "utter_answer_salary_states_some" if missing else "utter_answer_salary_states"
    uncertain = known[asked[0]].uncertain
    return "utter_answer_salary_state_uncertain" if uncertain else "utter_answer_salary_state"


def _amounts(pay: Salary, figures: Salary | Pay) -> dict[str, str]:
    """The figures of one place in words."""
    return {
        "low": at_most(figures.min, pay.currency, pay.cap),
        "median": _amount(pay, figures.median or figures.min),
        "high": at_least(figures.max, pay.currency),
        "hourly": _hourly(pay, figures),
        "each": each(pay.per),
        "date": pay.date or "",
    }


def _hourly(pay: Salary, figures: Salary | Pay) -> str:
    """What the middle of a year's pay is an hour, in a sentence; empty where only a bound is known.

    A year of full-time work has 2,080 hours in the publisher's count (Occupational Employment and
    Wage Statistics, technical notes).
    """
    if pay.per != "year" or not figures.median or (pay.cap and figures.median >= pay.cap):
        return ""
    amount = money(round(figures.median / HOURS_A_YEAR), pay.currency)
    return sentence("utter_fact_hourly", hours=f"{HOURS_A_YEAR:,}", amount=amount)


def _amount(pay: Salary, amount: float) -> str:
    return capped(amount, pay.currency, pay.cap)


def _pay_card(pay: Salary, medians: Mapping[str, float], ends: Salary | Pay) -> Card:
    """Medians by place, with both ends where there is one place to speak of."""
    rows = {
        label("salary", "median_in", place=place): _amount(pay, value)
        for place, value in medians.items()
    }
    if len(medians) <= 2:
        rows[label("salary", "lowest")] = at_most(ends.min, pay.currency, pay.cap)
        rows[label("salary", "highest")] = at_least(ends.max, pay.currency)
    rows[label("salary", "for")] = f"{each(pay.per)}, {pay.date}" if pay.date else each(pay.per)
    return facts_card(title("salary"), rows, pay.caveat)


@answers("market")
def market(guide: Guide, question: Question) -> Answer:
    """Demand and openings today."""
    assert guide.market
    jobs = guide.market
    figures = _counted(jobs)
    facts = {
        "summary": jobs.summary or "",
        "demand": _demand(guide),
        "varies_with": listed(jobs.varies_with),
        "growth": _growth(guide),
        "caveat": jobs.caveat,
        "careers": counted(jobs.group, guide.plural),
        **figures,
    }
    if figures and not jobs.summary:
        rows = {
            label("market", "jobs", start=figures["start"]): figures["jobs"],
            label("market", "openings", end=figures["end"]): figures["openings"],
            label("market", "where"): jobs.region,
        }
        card = facts_card(title("market"), rows, jobs.caveat)
        return Answer("utter_answer_market_counted", facts, card=card)
    rows = {
        label("market", "demand"): jobs.demand or label("market", "not_stated"),
        label("market", "where"): jobs.region,
    }
    card = facts_card(title("market"), rows, jobs.caveat)
    return Answer("utter_answer_market", facts, card=card)


def _counted(jobs: Market) -> dict[str, str]:
    """Jobs and openings in words; empty where the guide has no count."""
    if jobs.jobs is None or jobs.openings is None or jobs.period is None:
        return {}
    start, end = jobs.period
    fewest = label("market", "fewest_openings")  # what the tables round to none
    return {
        "jobs": f"{jobs.jobs:,}",
        "openings": f"{jobs.openings:,}" if jobs.openings else fewest,
        "start": str(start),
        "end": str(end),
    }


def _growth(guide: Guide) -> str:
    growth = guide.outlook.growth if guide.outlook else None
    if growth is None:
        return sentence("utter_fact_growth_unknown")
    facts = {
        "careers": guide.plural,
        "region": growth.region,
        "percent": percent(growth.percent, "+"),
        "by": str(growth.by),
    }
    if growth.start is None or growth.all_jobs is None:
        return sentence("utter_fact_growth", **facts)
    beside = {"start": str(growth.start), "all_jobs": percent(growth.all_jobs, "+")}
    return sentence("utter_fact_growth_beside_all", **facts, **beside)


@answers("outlook")
def outlook(guide: Guide, question: Question) -> Answer:
    """What may change, and the projected growth where the guide has one."""
    assert guide.outlook
    future = guide.outlook
    facts = {
        "summary": future.summary or "",
        "directions": listed(future.directions),
        "automation": future.automation or sentence("utter_fact_automation_unknown"),
        "growth": _growth(guide),
        "percent": percent(future.growth.percent, "+") if future.growth else "",
        "by": str(future.growth.by) if future.growth else "",
        "demand": _demand(guide),
        "caveat": future.caveat,
    }
    rows = {
        label("outlook", "growth"): facts["growth"],
        label("outlook", "directions"): facts["directions"],
    }
    shown = {name: value for name, value in rows.items() if value}
    whole = future.summary and future.directions
    response = "utter_answer_outlook" if whole else "utter_answer_outlook_projected"
    card = facts_card(label("outlook", "card"), shown, future.caveat)
    return Answer(response, facts, card=card)


def _demand(guide: Guide) -> str:
    jobs = guide.market
    if jobs is None or jobs.demand is None:
        return ""
    return sentence("utter_fact_demand", region=jobs.region, demand=jobs.demand)
