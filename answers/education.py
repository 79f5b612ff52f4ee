"""The ways in: pathway, education routes, college."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from answers.labels import label
from answers.lesson import spoken
from answers.model import Answer, Card, Question, facts_card, list_card
from answers.registry import answers, button, covers, title
from answers.responses import sentence
from answers.words import cost, lines, listed, numbered, route_length, span
from guides.schema import Education, Guide, Route, Stage
from understanding.english import english
from understanding.text import fold

NO_END = (float("inf"), float("inf"))


def _months(route: Route) -> tuple[float, float]:
    return route.span.months if route.span else NO_END


def _longest(route: Route) -> tuple[float, float]:
    low, high = route.span.months if route.span else (0.0, 0.0)
    return -high, -low


MEASURES: dict[str, Callable[[Route], object]] = {
    "cheapest": lambda route: route.cost or 0,
    "most_expensive": lambda route: -(route.cost or 0),
    "fastest": _months,
    "slowest": _longest,
    "most_common": lambda route: -route.share,
    "least_common": lambda route: route.share,
}
"""What each facet looks at that picks routes; the smallest value wins."""

POINTED_AT = {
    "after": "utter_pathway_after",
    "before": "utter_pathway_before",
    "first": "utter_pathway_first",
    "last": "utter_pathway_last",
}
"""By facet of the pathway: the words for the one stage that it points at."""

STAGES = english("pointing").pattern("stages")


@answers("education")
def education(guide: Guide, question: Question) -> Answer:
    """All routes, the one that a facet picks, those named, or those without a degree."""
    assert guide.education
    if guide.education.counts == "have":
        return _held(guide, guide.education, question)
    routes = guide.education.routes
    named = [route for route in routes if question.has("route", route.id)]
    if question.facet == "without_degree":
        return _without_degree(guide, guide.education)
    if question.facet == "degree_needed" and all(route.degree for route in named):
        return _degree_needed(guide, guide.education)
    if len(named) > 1:
        return _compared(guide, guide.education, named)
    if question.facet in MEASURES:
        return _picked(guide, routes, question.facet)
    if named:
        return _routes(guide, "utter_answer_education_route", named)
    return _routes(guide, "utter_answer_education", routes)


COMMON = {"most_common": max, "least_common": min}
"""How each facet picks among the shares that workers hold."""
MEASURED = [name for name in MEASURES if name not in COMMON]
"""Facets that need a length or a cost."""


def _held(guide: Guide, education: Education, question: Question) -> Answer:
    """What workers hold: all of it, or the levels that were asked for."""
    response, named = _levels(education, question)
    facts = {
        **_before(guide),
        "careers": guide.plural,
        "held": lines(f"{route.name}: {route.share}%" for route in named or education.routes),
        "share": f"{sum(route.share for route in named)}%",
        "note": education.note,
    }
    ranked = sorted(education.routes, key=lambda route: -route.share)
    bars = [{"label": r.name, "value": r.share, "marked": r in named} for r in ranked]
    card = {"type": "bars", "title": label("education", "held"), "max": 100, "bars": bars}
    focus = {"route": named[0].id} if len(named) == 1 else {}
    return Answer(response, facts, card=card, focus=focus)


def _levels(education: Education, question: Question) -> tuple[str, list[Route]]:
    """The response that fits, and the levels that were asked for, if any were."""
    routes = education.routes
    free = [route for route in routes if not route.degree]
    if free and question.facet == "without_degree":
        return "utter_answer_education_held_without_degree", free
    named = [route for route in routes if question.has("route", route.id)]
    pick = COMMON.get(question.facet or "")
    if pick and not named:
        share = pick(route.share for route in routes)
        named = [route for route in routes if route.share == share]
    if named:
        return "utter_answer_education_held_some", named
    if question.facet in MEASURED:
        return "utter_answer_education_held_unmeasured", []
    return "utter_answer_education_held", []


def _before(guide: Guide) -> dict[str, str]:
    """What comes before the job, in words; empty where the guide says nothing of it."""
    assert guide.preparation
    before = guide.preparation
    return {
        "entry": before.entry or "",
        "experience": before.experience or "",
        "training": before.training or "",
        "licence": before.licence or "",
    }


def start(guide: Guide) -> str:
    """What the job typically needs to start, in sentences; empty where the guide does not say it."""
    if guide.preparation is None or not guide.preparation.entry:
        return ""
    return sentence("utter_fact_start", careers=guide.plural, **_before(guide))


def _picked(guide: Guide, routes: Sequence[Route], facet: str) -> Answer:
    best = min(map(MEASURES[facet], routes))  # type: ignore[type-var]
    picked = [route for route in routes if MEASURES[facet](route) == best]
    tied = "_tied" if len(picked) > 1 else ""
    facts = {"criterion": label("criteria", facet)}
    return _routes(guide, f"utter_answer_education_picked{tied}", picked, facts)


def _compared(guide: Guide, education: Education, routes: Sequence[Route]) -> Answer:
    """The routes side by side, and no other."""
    answer = _routes(guide, "utter_answer_education_compare", routes)
    return replace(answer, card=_card(routes, ()))


def _without_degree(guide: Guide, education: Education) -> Answer:
    free = [route for route in education.routes if not route.degree]
    response = (
        "utter_answer_education_without_degree" if free else "utter_answer_education_degree_only"
    )
    return _routes(guide, response, free or education.routes)


def _degree_needed(guide: Guide, education: Education) -> Answer:
    said = education.degree_note or sentence("utter_fact_degree_note_unknown")
    more = {"degree_note": said}
    return _routes(guide, "utter_answer_education_degree_needed", education.routes, more)


def _routes(
    guide: Guide, response: str, routes: Sequence[Route], more: dict[str, str] | None = None
) -> Answer:
    assert guide.education
    facts = {
        "career": guide.title,
        "routes": lines(map(_line, routes)),
        "route": listed([route.name for route in routes]),
        "length": listed([route_length(route) for route in routes]),
        "cost": listed([cost(route) for route in routes]),
        "share": f"{sum(route.share for route in routes)}%",
        "notes": _notes(routes),
        "note": guide.education.note,
        "degree_note": guide.education.degree_note or "",
        **(more or {}),
    }
    focus = {"route": routes[0].id} if len(routes) == 1 else {}
    return Answer(response, facts, card=_card(guide.education.routes, routes), focus=focus)


def _notes(routes: Sequence[Route]) -> str:
    """What the guide says of the routes; "this way" needs its route's name beside others."""
    names: dict[str, list[str]] = {}
    for route in routes:
        if route.note:
            names.setdefault(route.note, []).append(route.name)
    if any(len(named) < len(routes) for named in names.values()):
        return " ".join(f"{listed(named)}: {note}" for note, named in names.items())
    return " ".join(names)


def _line(route: Route) -> str:
    facts = {"share": route.share, "length": route_length(route), "cost": cost(route)}
    return label("education", "line", route=route.name, **facts)


def _card(routes: Sequence[Route], marked: Sequence[Route]) -> Card:
    some = len(marked) < len(routes)
    return {
        "type": "routes",
        "title": title("education"),
        "routes": [
            {
                "name": route.name,
                "share": route.share,
                "length": route_length(route),
                "cost": cost(route),
                "note": route.note or "",
                "marked": some and route in marked,
            }
            for route in routes
        ],
    }


def _prepared(guide: Guide, response: str) -> Answer:
    """What comes before the job."""
    assert guide.preparation
    zone, before = str(guide.preparation.zone), _before(guide)
    meaning = guide.preparation.meaning
    facts = {"careers": guide.plural, "zone": zone, "meaning": meaning, **before}
    heading = label("preparation", "card")
    rows = {heading: label("preparation", "zone", zone=zone)}
    rows |= {label("preparation", name): text for name, text in before.items() if text}
    return Answer(response, facts, card=facts_card(heading, rows))


def _spoken_or_prepared(guide: Guide, topic: str, response: str) -> Answer:
    passages = guide.passages(topic)
    return spoken(guide, passages) if passages else _prepared(guide, response)


@answers("difficulty")
def difficulty(guide: Guide, question: Question) -> Answer:
    """What the audio lesson says of it, or how much preparation the job needs."""
    return _spoken_or_prepared(guide, question.topic, "utter_answer_difficulty_preparation")


@answers("certificates")
def certificates(guide: Guide, question: Question) -> Answer:
    """What the audio lesson says of them, or the licence that the source names."""
    return _spoken_or_prepared(guide, question.topic, "utter_answer_certificates_licence")


@answers("pathway")
def pathway(guide: Guide, question: Question) -> Answer:
    """All stages, those asked for, or the one beside them; else what is typical to start."""
    if guide.pathway is None:
        return _prepared(guide, "utter_answer_pathway_preparation")
    stages = guide.pathway.stages
    asked = [stage for stage in stages if question.has("stage", stage.id)]
    beside = _beside(stages, asked, question.facet)
    if beside:
        return _stage(guide, *beside)
    whole = STAGES.search(fold(question.text))
    facts = {
        "career": guide.title,
        "stages": numbered(map(_stage_line, stages)),
        "stage": lines(map(_stage_line, asked)),
        "note": guide.pathway.note or "",
    }
    response = "utter_answer_pathway_stage" if asked and not whole else "utter_answer_pathway"
    focus = {"stage": asked[-1].id} if asked else {}
    return Answer(response, facts, card=_steps_card(stages, asked), focus=focus)


def _beside(
    stages: Sequence[Stage], asked: Sequence[Stage], facet: str | None
) -> tuple[Stage, str] | None:
    """The stage that a facet points at, with the response that words it."""
    response = POINTED_AT.get(facet or "")
    if response is None or (facet in ("after", "before") and not asked):
        return None
    place = {"first": 0, "last": len(stages) - 1}.get(str(facet))
    if place is None:
        place = stages.index(asked[-1]) + (1 if facet == "after" else -1)
    if place < 0:
        return stages[0], POINTED_AT["first"]
    return (stages[place], response) if place < len(stages) else (stages[-1], POINTED_AT["last"])


def _stage(guide: Guide, stage: Stage, response: str) -> Answer:
    assert guide.pathway
    stages = guide.pathway.stages
    place = stages.index(stage)
    facts = {
        "stage": _stage_line(stage),
        "before": stages[place - 1].name if place else "",
        "after": stages[place + 1].name if place + 1 < len(stages) else "",
    }
    card = _steps_card(stages, [stage])
    return Answer(response, facts, card=card, focus={"stage": stage.id})


def _steps_card(stages: Sequence[Stage], marked: Sequence[Stage]) -> Card:
    steps = [
        {"label": stage.name, "detail": _stage_length(stage), "marked": stage in marked}
        for stage in stages
    ]
    return {"type": "steps", "title": label("pathway", "card"), "steps": steps}


def _stage_length(stage: Stage) -> str:
    return span(stage.length) if stage.length else stage.label or label("pathway", "no_length")


def _stage_line(stage: Stage) -> str:
    return f"{stage.name}: {_stage_length(stage)}"


@answers("college")
def college(guide: Guide, question: Question) -> Answer:
    """Majors, electives, internships, portfolio, and ways in without college."""
    assert guide.college
    section = guide.college
    extras = [section.portfolio, section.look_for, section.alternatives]
    facts = {
        "careers": guide.plural,
        "majors": listed(section.majors),
        "programs": lines(section.majors),
        "electives": listed(section.electives),
        "internships": listed(section.internships, "or"),
        "internships_why": section.internships_why or "",
        "look_for": section.look_for or "",
        "alternatives": section.alternatives or "",
        "note": section.note or "",
        "extras": " ".join(extra for extra in extras if extra),
        "start": start(guide),
    }
    groups = (
        ("majors", section.majors),
        ("electives", section.electives),
        ("internships", section.internships),
    )
    shown = [(label("college", name), entries) for name, entries in groups if entries]
    card = list_card(title("college"), *shown)
    whole = section.electives and section.internships
    response = "utter_answer_college" if whole else "utter_answer_college_majors"
    buttons = (
        None
        if guide.education is None
        else (
            button("education"),
            button("education", label("education", "without_degree"), facet="without_degree"),
            *(button(name) for name in ("certificates", "projects") if covers(guide, name)),
        )
    )
    return Answer(response, facts, card=card, buttons=buttons)
