"""What to do in high school, and a plan fitted to a grade and to hours a week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answers.model import Answer, Question, fact_rows, list_card
from answers.registry import answers, button
from answers.words import lines, listed, span
from guides.schema import Guide, HighSchool, Step
from understanding.students import MOST_HOURS

GRADE_NAMES = {
    6: "6th grader",
    7: "7th grader",
    8: "8th grader",
    9: "freshman",
    10: "sophomore",
    11: "junior",
    12: "senior",
}
STUDENTS = {9: "freshmen", 10: "sophomores", 11: "juniors", 12: "seniors"}
OF_ONES_OWN = {"project", "practice"}
"""Kinds of steps that need no school."""
HOURS_OFFERED = ("2", "4", "6")
"""Hours a week on the plan's buttons."""
HOURS_FOR_ONE_MORE = 2
"""One thing at a time for each two hours a week."""


@answers("high_school")
def high_school(guide: Guide, question: Question) -> Answer:
    """All steps, or those of the kind or subject that was asked for.

    Without steps: what the people in the job know a lot about.
    """
    if guide.high_school is None:
        return _knowledge(guide)
    section = guide.high_school
    asked = set(question.values.get("activity", ()))
    asked |= OF_ONES_OWN if question.facet in ("own", "none") else set()
    picked = (
        [] if "all" in asked else [step for step in section.steps if asked & {step.id, step.kind}]
    )
    facts = {
        "career": guide.title,
        "grades": listed([STUDENTS[grade] for grade in section.grades]),
        "hours": span(section.hours),
        "point": section.point,
        "steps": lines(step.text for step in picked or section.steps),
        "note": section.note or "",
    }
    card = _checklist("High school", [("", picked or section.steps)])
    response = "utter_answer_high_school_picked" if picked else "utter_answer_high_school"
    if picked and question.facet == "none":
        response = "utter_high_school_none"
    focus = {"activity": picked[0].id} if len(picked) == 1 else {}
    return Answer(response, facts, card=card, focus=focus)


def _knowledge(guide: Guide) -> Answer:
    assert guide.knowledge
    ranked = guide.knowledge.ranked
    facts = {
        "careers": guide.plural,
        "knowledge": lines(f"{field.name}: {field.meaning}" for field in ranked),
    }
    card = list_card("Knowledge", ("", [(field.name, field.meaning) for field in ranked]))
    return Answer("utter_answer_high_school_knowledge", facts, card=card)


def plan(guide: Guide, grade: int, hours: float) -> Answer:
    """A plan of the guide's own steps in turns that fit the hours a week.

    Classes are taken in school hours. The other steps come in the guide's order, as many at a
    time as the hours allow, which are then split evenly between them.
    """
    assert guide.high_school
    section = guide.high_school
    turns = _turns([step for step in section.steps if step.kind != "class"], hours)
    groups = [("In school hours", [step for step in section.steps if step.kind == "class"])]
    names = ("First", "Next", "Then", "After that", "Later", "At last")
    for place, steps in enumerate(turns):
        name = names[min(place, len(names) - 1)]
        each = (
            f"{hours / len(steps):g}"
            if (hours / len(steps)) % 0.5 == 0
            else f"{hours / len(steps):.1f}"
        )
        groups.append((f"{name} (about {each} h a week each)", steps))
    groups = [(label, steps) for label, steps in groups if steps]
    facts = {
        "career": guide.title,
        "grade": GRADE_NAMES[grade],
        "hours": f"{hours:g} {'hour' if hours == 1 else 'hours'}",
        "plan": "\n".join(
            f"{label}:\n{lines(step.text for step in steps)}" for label, steps in groups
        ),
        "grade_note": _grade_note(section, grade),
        "hours_note": _hours_note(section, hours),
        "point": section.point,
    }
    made_for = {"Career": guide.title, "Grade": facts["grade"], "Time": f"{facts['hours']} a week"}
    card = {**_checklist("Your plan", groups), "facts": fact_rows(made_for)}
    made = {"grade": str(grade), "planned_hours": f"{hours:g}"}
    return Answer("utter_plan", facts, kind="plan", card=card, focus=made)


def replan(
    guide: Guide,
    grade: str | None,
    hours: str | None,
    question: Question,
    number: float | None = None,
) -> Answer:
    """The plan again with other hours or another grade; an offer where one is not known.

    Args:
        grade, hours: those of the last plan.
        number: hours, where the question holds a bare number.
    """
    grade = question.first("grade") or grade
    hours = question.first("hours") or (str(number) if number else hours)
    if grade is None or hours is None:
        return Answer("utter_offer_plan", kind="plan", buttons=(button("make_plan"),))
    return plan(guide, int(grade), float(hours))


def _turns(steps: Sequence[Step], hours: float) -> list[list[Step]]:
    at_once = max(1, min(len(steps), int(hours // HOURS_FOR_ONE_MORE)))
    return [list(steps[first : first + at_once]) for first in range(0, len(steps), at_once)]


def _grade_note(section: HighSchool, grade: int) -> str:
    if grade in section.grades:
        return ""
    spoken_to = listed([STUDENTS[each] for each in section.grades])
    if grade not in STUDENTS:
        return f"High school starts with 9th grade, and the guide speaks to {spoken_to}. You are early: start with what you can do at home."
    if grade < min(section.grades):
        return f"The guide speaks to {spoken_to}, so you are early and have time."
    return f"The guide speaks to {spoken_to}. The same steps still help; pick what you can still fit in."


def _hours_note(section: HighSchool, hours: float) -> str:
    low, high = section.hours.min, section.hours.max or MOST_HOURS
    if hours < low:
        return f"The guide suggests {span(section.hours)} a week, so go one step at a time."
    if hours > high:
        return f"The guide suggests {span(section.hours)} a week; you do not need more."
    return f"That fits the guide's {span(section.hours)} a week."


def _checklist(title: str, groups: Sequence[tuple[str, Sequence[Step]]]) -> dict[str, Any]:
    return {
        "type": "checklist",
        "title": title,
        "groups": [
            {"label": label, "items": [step.text for step in steps]} for label, steps in groups
        ],
    }
