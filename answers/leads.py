"""What stands before an answer to a question that wants a yes or a no, or a reason.

Each function looks at the guide alone; where the guide does not carry a yes or a no there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from answers.model import Answer, Question
from answers.pointing import listed_texts
from answers.registry import answer as whole
from answers.registry import gives_reasons
from answers.responses import sentence
from answers.words import each, listed, money, percent
from guides.schema import Guide, Salary
from understanding.finding import finding
from understanding.forms import (
    against,
    grows,
    must,
    only_one,
    shrinks,
    wants_reason,
    wants_yes_or_no,
    work_at,
)
from understanding.likeness import sharing
from understanding.text import fold

Leading = Callable[[Guide, Question], str]
HALF = 50
"""Per cent: more is "usually"."""
Entries = Callable[[Guide], Sequence[object]]
LISTED: Mapping[str, Entries] = {
    "education": lambda guide: guide.education.routes if guide.education else (),
    "employers": lambda guide: guide.snapshot.employers,
    "myths": lambda guide: guide.myths or (),
    "skills": lambda guide: guide.skills.scores if guide.skills else (),
    "titles": lambda guide: guide.snapshot.titles,
    "tools": lambda guide: guide.tools or (),
}
"""What a guide lists, by topic."""

_leading: dict[str, Leading] = {}


def leads(*topics: str) -> Callable[[Leading], Leading]:
    """Register a function for topics."""

    def register(function: Leading) -> Leading:
        _leading.update(dict.fromkeys(topics, function))
        return function

    return register


def led(answer: Answer, guide: Guide, question: Question) -> Answer:
    """The answer, with a yes or a no before it where one was asked for and the guide has it.

    Where a reason was asked for and guides have none, that is said before what they have. Where it
    has a yes or a no, that a side of the topic is not in the guide is no answer: all of it is given.
    """
    leading = _leading.get(question.topic)
    text = fold(question.text)
    lead = ""
    if wants_yes_or_no(text):
        lead = _several(guide, question) or (leading(guide, question) if leading else "")
    elif wants_reason(text):
        lead = _reason(guide, question)
    if lead and answer.kind == "fallback":
        answer = whole(guide, replace(question, facet=None))
    return replace(answer, lead=lead) if answer.kind == "answer" else answer


def reason_lacking(question: Question) -> str:
    """That no source says why, where a reason is asked for; empty where none is."""
    return sentence("utter_fact_lead_no_reason") if wants_reason(fold(question.text)) else ""


def _reason(guide: Guide, question: Question) -> str:
    """The reason in the guide that a question asks for; that it does not say, where there is none."""
    if not gives_reasons(guide, question.topic):
        return sentence("utter_fact_lead_no_reason")
    found = sharing(fold(question.text), listed_texts(guide, question.topic))
    return sentence("utter_fact_lead_reason", reason=found[0]) if len(found) == 1 else ""


def _several(guide: Guide, question: Question) -> str:
    """That there is more than one, where it was asked if there is just one."""
    entries = LISTED.get(question.topic)
    count = len(entries(guide)) if entries else 0
    told = count > 1 and only_one(fold(question.text))
    return sentence("utter_fact_lead_several", count=str(count)) if told else ""


@leads("education")
def education(guide: Guide, question: Question) -> str:
    """Whether a route is needed, or is enough."""
    if guide.education is None or guide.education.counts == "have":
        return ""
    routes = guide.education.routes
    named = [route for route in routes if question.has("route", route.id)]
    free = any(not route.degree for route in routes)
    needed = must(fold(question.text))
    if question.facet == "worth" and named and not needed:
        return sentence("utter_fact_lead_worth")
    if question.facet == "enough" and len(named) == 1 and not needed:
        return sentence("utter_fact_lead_enough", share=percent(named[0].share))
    if not (free and needed and (named or question.facet == "degree_needed")):
        return ""
    if question.facet not in (None, "degree_needed", "enough", "worth"):
        return ""
    if len(named) != 1 or named[0].share > HALF:
        return sentence("utter_fact_lead_usually")
    return sentence("utter_fact_lead_not_needed", others=percent(100 - named[0].share))


@leads("salary")
def salary(guide: Guide, question: Question) -> str:
    """How many earn an amount that was named, as far as the figures tell."""
    pay = guide.salary
    amount = finding().read(question.text).filters.pay_least
    if pay is None or pay.per != "year" or amount is None or question.values.get("state"):
        return ""
    return earning(pay, amount)


def earning(pay: Salary, amount: float) -> str:
    """How many earn an amount a year or more; empty where the figures do not tell."""
    part, named = _earners(pay, amount), money(amount, pay.currency)
    return sentence(f"utter_fact_lead_{part}", amount=named, each=each(pay.per)) if part else ""


def _earners(pay: Salary, amount: float) -> str:
    """The name of the words for those who earn so much."""
    if amount <= pay.min:
        return "earned_by_most"
    if pay.median and amount <= pay.median:
        return "earned_by_half"
    if amount <= pay.max:
        return "earned_by_some" if pay.median else ""
    return "" if pay.cap and pay.max >= pay.cap else "earned_by_few"


@leads("outlook")
def outlook(guide: Guide, question: Question) -> str:
    """Whether the number of jobs is projected to grow."""
    growth = guide.outlook.growth if guide.outlook else None
    text = fold(question.text)
    fewer = shrinks(text)
    if growth is None or not (fewer or grows(text) or question.facet in ("growth", "until")):
        return ""
    return growing(growth.percent, fewer)


def growing(change: float, fewer: bool) -> str:
    """Whether a change in jobs, in per cent, is what was asked for: more of them, or `fewer`."""
    if not change:
        return sentence("utter_fact_lead_level")
    agrees = "yes" if (change < 0) == fewer else "no"
    return sentence(f"utter_fact_lead_{'growing' if change > 0 else 'shrinking'}_{agrees}")


@leads("market")
def market(guide: Guide, question: Question) -> str:
    """Whether there are official figures."""
    return counted(guide.market.jobs) if guide.market and question.facet == "official" else ""


def counted(jobs: int | None) -> str:
    """Whether somebody counts the jobs."""
    return sentence("utter_fact_lead_uncounted" if jobs is None else "utter_fact_lead_counted")


@leads("skills")
def skills(guide: Guide, question: Question) -> str:
    """Whether a skill is among those of the guide."""
    named = question.values.get("skill") and not against(fold(question.text))
    return sentence("utter_fact_lead_skill") if guide.skills and named else ""


@leads("tools")
def tools(guide: Guide, question: Question) -> str:
    """Whether a tool is among those of the guide."""
    tool = question.first("tool")
    if tool is None or against(fold(question.text)):
        return ""
    asked = "must" if must(fold(question.text)) else "used"
    return sentence(f"utter_fact_lead_tool_{asked}", tool=tool)


@leads("high_school", "first_step")
def high_school(guide: Guide, question: Question) -> str:
    """Whether something is a step of the plan."""
    steps = guide.high_school.steps if guide.high_school else []
    named = [step for step in steps if question.has("activity", step.id)]
    text = fold(question.text)
    if against(text):
        return ""
    if named:
        return sentence("utter_fact_lead_step")
    whole = question.facet is None and not (question.values.get("activity") or must(text))
    return sentence("utter_fact_lead_plan") if steps and whole else ""


@leads("employers")
def employers(guide: Guide, question: Question) -> str:
    """Whether a kind of employer is among those of the guide."""
    text = fold(question.text)
    found = sharing(text, guide.snapshot.employers) if work_at(text) else []
    if not found or against(text):
        return ""
    return sentence("utter_fact_lead_employer", employers=listed(found))


@leads("pathway")
def pathway(guide: Guide, question: Question) -> str:
    """Whether something is a stage of the way there."""
    named = question.values.get("stage") and not (question.facet or against(fold(question.text)))
    return sentence("utter_fact_lead_stage") if guide.pathway and named else ""


@leads("cons")
def cons(guide: Guide, question: Question) -> str:
    """The downside that is asked about."""
    found = sharing(fold(question.text), guide.cons or ())
    return sentence("utter_fact_lead_con", con=found[0]) if len(found) == 1 else ""


@leads("pros")
def pros(guide: Guide, question: Question) -> str:
    """The upside that is asked about."""
    found = sharing(fold(question.text), guide.pros or ())
    return sentence("utter_fact_lead_pro", pro=found[0]) if len(found) == 1 else ""
