"""Pay and jobs, today and later; each with its caveat in the same reply."""

from __future__ import annotations

from answers.model import Answer, Question, facts_card
from answers.registry import answers
from answers.words import listed, money
from guides.schema import Guide
from understanding.places import place_in
from understanding.text import fold


@answers("salary", section="salary")
def salary(guide: Guide, question: Question) -> Answer:
    """The pay range and its median."""
    assert guide.salary
    pay = guide.salary
    span = f"{money(pay.min, pay.currency)}-{money(pay.max, pay.currency)}"
    median = money(pay.median, pay.currency) if pay.median else ""
    place = place_in(fold(question.text), pay.region)
    facts = {
        "careers": guide.plural,
        "region": pay.region,
        "elsewhere": f"The guide does not say what the pay is in {place}." if place else "",
        "range": span,
        "low": money(pay.min, pay.currency),
        "high": money(pay.max, pay.currency),
        "median": median,
        "per": pay.per,
        "varies_with": listed(pay.varies_with),
        "caveat": pay.caveat,
    }
    rows = {f"Range a {pay.per}": span, "Median": median, "Where": pay.region}
    card = facts_card("Pay", {label: value for label, value in rows.items() if value}, pay.caveat)
    response = "utter_answer_salary" if pay.median else "utter_answer_salary_range"
    return Answer(response, facts, card=card)


@answers("market", section="market")
def market(guide: Guide, question: Question) -> Answer:
    """Demand and openings today."""
    assert guide.market
    jobs = guide.market
    facts = {
        "summary": jobs.summary,
        "demand": _demand(guide),
        "varies_with": listed(jobs.varies_with),
        "growth": _growth(guide),
        "caveat": jobs.caveat,
    }
    rows = {"Demand": jobs.demand or "not stated", "Where": jobs.region}
    card = facts_card("Job market", rows, jobs.caveat)
    return Answer("utter_answer_market", facts, card=card)


def _growth(guide: Guide) -> str:
    growth = guide.outlook.growth if guide.outlook else None
    if growth is None:
        return "The guide has no figure for growth."
    return f"Projected growth ({growth.region}): {growth.percent:+}% by {growth.by}."


@answers("outlook", section="outlook")
def outlook(guide: Guide, question: Question) -> Answer:
    """What may change, and the projected growth where the guide has one."""
    assert guide.outlook
    future = guide.outlook
    facts = {
        "summary": future.summary,
        "directions": listed(future.directions),
        "automation": future.automation or "The guide does not say what automation will do.",
        "growth": _growth(guide),
        "percent": f"{future.growth.percent:+}%" if future.growth else "",
        "by": str(future.growth.by) if future.growth else "",
        "demand": _demand(guide),
        "caveat": future.caveat,
    }
    rows = {"Growth": facts["growth"], "Where the work may move": facts["directions"]}
    return Answer("utter_answer_outlook", facts, card=facts_card("Outlook", rows, future.caveat))


def _demand(guide: Guide) -> str:
    jobs = guide.market
    if jobs is None or jobs.demand is None:
        return ""
    return f'Demand today ({jobs.region}) is called "{jobs.demand}".'
