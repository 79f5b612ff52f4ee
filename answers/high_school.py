"""What to do in high school, and a plan fitted to a grade and to hours a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from answers.education import start
from answers.labels import label, labels
from answers.model import Answer, Question, fact_rows, list_card
from answers.registry import answers, button
from answers.responses import sentence
from answers.words import lines, listed, measured, span
from guides.schema import Guide, HighSchool, Step
from understanding.students import MOST_HOURS

GRADE_NAMES: dict[int, str] = labels("grades")
STUDENTS: dict[int, str] = labels("students")
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
        "grades": _students(section),
        "hours": span(section.hours),
        "point": section.point,
        "steps": lines(step.text for step in picked or section.steps),
        "note": section.note or "",
    }
    card = _checklist(label("high_school", "card"), [("", picked or section.steps)])
    response = "utter_answer_high_school_picked" if picked else "utter_answer_high_school"
    if picked and question.facet == "none":
        response = "utter_high_school_none"
    focus = {"activity": picked[0].id} if len(picked) == 1 else {}
    return Answer(response, facts, card=card, focus=focus)


def _knowledge(guide: Guide) -> Answer:
    assert guide.knowledge
    ranked = guide.knowledge.ranked
    facts = {
        "start": start(guide),
        "careers": guide.plural,
        "knowledge": lines(f"{field.name}: {field.meaning}" for field in ranked),
    }
    fields = [(field.name, field.meaning) for field in ranked]
    card = list_card(label("high_school", "knowledge"), ("", fields))
    return Answer("utter_answer_high_school_knowledge", facts, card=card)


def plan(guide: Guide, grade: int, hours: float) -> Answer:
    """A plan of the guide's own steps in turns that fit the hours a week.

    Classes are taken in school hours. The other steps come in the guide's order, as many at a
    time as the hours allow, which are then split evenly between them.
    """
    assert guide.high_school
    section = guide.high_school
    turns = _turns([step for step in section.steps if step.kind != "class"], hours)
    classes = [step for step in section.steps if step.kind == "class"]
    groups = [(label("plan", "in_school"), classes)] if classes else []
    groups += [(_turn(place, hours / len(steps)), steps) for place, steps in enumerate(turns)]
    time = measured(hours, "hours")
    facts = {
        "career": guide.title,
        "grade": GRADE_NAMES[grade],
        "hours": time,
        "plan": "\n".join(
            f"{name}:\n{lines(step.text for step in steps)}" for name, steps in groups
        ),
        "grade_note": _grade_note(section, grade),
        "hours_note": _hours_note(section, hours),
        "point": section.point,
    }
    made_for = {
        label("plan", "career"): guide.title,
        label("plan", "grade"): facts["grade"],
        label("plan", "time"): label("plan", "week", hours=time),
    }
    card = {**_checklist(label("plan", "card"), groups), "facts": fact_rows(made_for)}
    made = {"grade": str(grade), "planned_hours": f"{hours:g}"}
    return Answer("utter_plan", facts, kind="plan", card=card, focus=made)


def replan(
    guide: Guide,
    grade: str | None,
    hours: str | None,
    question: Question,
    number: float | None = None,
) -> Answer:
    """The plan again with other hours or another grade; a question where one is not known.

    Args:
        grade, hours: those of the last plan.
        number: hours, where the question holds a bare number.
    """
    grade = question.first("grade") or grade
    hours = question.first("hours") or (str(number) if number else hours)
    if grade is None and hours is None:
        return Answer("utter_offer_plan", kind="plan", buttons=(button("make_plan"),))
    if hours is None:
        return replace(ask_hours(), focus={"grade": str(grade)})
    if grade is None:
        return replace(ask_grade(), focus={"planned_hours": hours})
    return plan(guide, int(grade), float(hours))


def _turn(place: int, hours: float) -> str:
    """What a turn is called, with the hours a week for each of its steps."""
    each = f"{hours:g}" if hours % 0.5 == 0 else f"{hours:.1f}"
    name = label("turns", min(place + 1, len(labels("turns"))))
    return label("plan", "turn", turn=name, hours=each)


def ask_grade() -> Answer:
    """Asks for the grade."""
    buttons = (
        button("make_plan", GRADE_NAMES[grade].capitalize(), grade=str(grade)) for grade in STUDENTS
    )
    return Answer("utter_ask_grade", kind="plan", buttons=tuple(buttons))


def ask_hours() -> Answer:
    """Asks for the hours a week."""
    amounts = (
        button("make_plan", measured(float(hours), "hours"), hours=hours) for hours in HOURS_OFFERED
    )
    return Answer(
        "utter_ask_hours", kind="plan", buttons=(*amounts, button("stop", label("plan", "stop")))
    )


def ask_again_hours() -> Answer:
    """Asks for hours that a week can hold."""
    return Answer("utter_ask_again_hours", {"most": str(MOST_HOURS)}, kind="plan", buttons=())


def _turns(steps: Sequence[Step], hours: float) -> list[list[Step]]:
    at_once = max(1, min(len(steps), int(hours // HOURS_FOR_ONE_MORE)))
    return [list(steps[first : first + at_once]) for first in range(0, len(steps), at_once)]


def _students(section: HighSchool) -> str:
    return listed([label("students", grade) for grade in section.grades])


def _grade_note(section: HighSchool, grade: int) -> str:
    if grade in section.grades:
        return ""
    spoken_to = _students(section)
    if grade not in STUDENTS:
        return sentence("utter_fact_grade_note_before", grades=spoken_to)
    if grade < min(section.grades):
        return sentence("utter_fact_grade_note_early", grades=spoken_to)
    return sentence("utter_fact_grade_note_late", grades=spoken_to)


def _hours_note(section: HighSchool, hours: float) -> str:
    low, high = section.hours.min, section.hours.max or MOST_HOURS
    suggested = span(section.hours)
    if hours < low:
        return sentence("utter_fact_hours_note_less", hours=suggested)
    if hours > high:
        return sentence("utter_fact_hours_note_more", hours=suggested)
    return sentence("utter_fact_hours_note_fits", hours=suggested)


def _checklist(title: str, groups: Sequence[tuple[str, Sequence[Step]]]) -> dict[str, Any]:
    return {
        "type": "checklist",
        "title": title,
        "groups": [
            {"label": name, "items": [step.text for step in steps]} for name, steps in groups
        ],
    }
