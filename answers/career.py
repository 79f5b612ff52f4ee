"""The job itself: what it is, why it matters, names, employers, hours, skills, tools."""

from __future__ import annotations

from collections.abc import Sequence

from answers.labels import label
from answers.model import Answer, Question, facts_card, list_card
from answers.registry import answers, title
from answers.responses import sentence
from answers.words import counted, lines, listed, numbered, percent, span
from guides.schema import Guide, Industries, Skill, Skills, Tool
from understanding.english import english
from understanding.likeness import sharing
from understanding.terms import tool_names
from understanding.text import fold

JOINED = english("terms").pattern("joined")


@answers("summary")
def summary(guide: Guide, question: Question) -> Answer:
    """What the job is."""
    facts = {"career": guide.title, "summary": guide.snapshot.summary}
    return Answer("utter_answer_summary", facts)


@answers("importance")
def importance(guide: Guide, question: Question) -> Answer:
    """Why the job matters."""
    assert guide.importance
    reasons = guide.importance.reasons
    facts = {"career": guide.title, "reasons": lines(reasons)}
    card = list_card(title("importance"), ("", reasons))
    return Answer("utter_answer_importance", facts, card=card)


@answers("titles")
def titles(guide: Guide, question: Question) -> Answer:
    """Every other name of the job, and the careers that are near to it."""
    names, near = guide.snapshot.titles, [each.title for each in guide.related or []]
    facts = {"career": guide.title, "titles": lines(names), "related": lines(near)}
    if not near:
        return Answer("utter_answer_titles", facts, card=list_card(title("titles"), ("", names)))
    groups = ((label("titles", "own"), names), (label("titles", "near"), near))
    card = list_card(title("titles"), *groups)
    return Answer("utter_answer_titles_near" if names else "utter_answer_near", facts, card=card)


@answers("employers")
def employers(guide: Guide, question: Question) -> Answer:
    """Every kind of employer, or the industries with their shares of the jobs."""
    if not guide.snapshot.employers and guide.industries:
        return _industries(guide, guide.industries)
    places = guide.snapshot.employers
    facts = {"careers": guide.plural, "employers": lines(places)}
    return Answer("utter_answer_employers", facts, card=list_card(title("employers"), ("", places)))


def _industries(guide: Guide, industries: Industries) -> Answer:
    shares: dict[str, str] = {entry.name: percent(entry.share) for entry in industries.entries}
    own = industries.self_employed
    facts = {
        "careers": counted(industries.group, guide.plural),
        "industries": lines(f"{name}: {share}" for name, share in shares.items()),
        "date": industries.date,
        "self_employed": percent(own) if own else "",
        "caveat": industries.caveat,
    }
    card = facts_card(title("employers"), shares, industries.caveat)
    response = "utter_answer_employers_own" if own else "utter_answer_employers_counted"
    return Answer(response, facts, card=card)


@answers("hours")
def hours(guide: Guide, question: Question) -> Answer:
    """Hours a week and where the work is done."""
    typical = guide.snapshot.hours
    assert typical
    facts = {
        "week": span(typical.week),
        "setting": listed(typical.setting, "or"),
        "how_often": typical.how_often,
    }
    rows = {
        label("hours", "week"): facts["week"],
        label("hours", "setting"): f"{typical.how_often} {facts['setting']}",
    }
    return Answer("utter_answer_hours", facts, card=facts_card(title("hours"), rows))


@answers("tools")
def tools(guide: Guide, question: Question) -> Answer:
    """The tools that are asked about, else every one that the guide names."""
    assert guide.tools
    named = _named_tools(guide.tools, question)
    facts = {
        "careers": guide.plural,
        "tools": lines(map(_tool_line, guide.tools)),
        "named": "\n".join(map(_tool_line, named)),
        "count": str(len(guide.tools)),
    }
    kinds = {tool.kind: None for tool in guide.tools}
    groups = [
        (kind or "", [_tool_entry(tool) for tool in guide.tools if tool.kind == kind])
        for kind in kinds
    ]
    card = list_card(title("tools"), *((kind.capitalize(), entries) for kind, entries in groups))
    response = "utter_answer_tools" if None in kinds else "utter_answer_tools_chosen"
    if named:
        response = "utter_answer_tools_named" if None in kinds else "utter_answer_tools_some_chosen"
    return Answer(response, facts, card=card)


def _named_tools(known: Sequence[Tool], question: Question) -> list[Tool]:
    """The tools that are asked about by name, or the one that is by what it is for."""
    named = [tool for tool in known if any(question.has("tool", n) for n in tool_names(tool.name))]
    text, topic = fold(question.text), fold(title("tools"))
    said = sharing(text, map(_tool_line, known), besides=label("tools", "any"))
    told = [tool for tool in known if [_tool_line(tool)] == said]
    whole = question.facet is not None or (topic in text and JOINED.search(text))
    return named or ([] if whole else told)


def _tool_line(tool: Tool) -> str:
    return f"{tool.name}: {tool.use}" if tool.use else tool.name


def _tool_entry(tool: Tool) -> str | tuple[str, str]:
    return (tool.name, tool.use) if tool.use else tool.name


@answers("skills")
def skills(guide: Guide, question: Question) -> Answer:
    """All skills ranked, the highest or lowest, or those that were asked for."""
    if guide.skills is None:
        top = guide.snapshot.top_skills
        facts = {"careers": guide.plural, "top_skills": listed(top)}
        return Answer("utter_answer_skills_top", facts, card=list_card(title("skills"), ("", top)))
    ranked = guide.skills.ranked
    asked = [skill for skill in ranked if question.has("skill", skill.id)]
    if question.facet == "compare" and len(asked) > 1:
        return _skill_answer(guide, "utter_skills_compare", ranked, asked)
    if question.facet == "second" and len(ranked) > 1:
        return _skill_answer(guide, "utter_answer_skills_one", ranked, [ranked[1]])
    if asked:
        return _skill_answer(guide, "utter_answer_skills_one", ranked, asked)
    if question.facet == "highest":
        best = [skill for skill in ranked if skill.score == ranked[0].score]
        return _skill_answer(guide, "utter_answer_skills_highest", ranked, best)
    if question.facet == "lowest":
        if guide.skills.rated:
            return _skill_answer(guide, "utter_answer_skills_last", ranked, ranked[-1:])
        least = [skill for skill in ranked if skill.score == ranked[-1].score]
        return _skill_answer(guide, "utter_answer_skills_lowest", ranked, least)
    response = "utter_answer_skills_known" if guide.knowledge else "utter_answer_skills"
    return _skill_answer(guide, response, ranked, [])


def _skill_answer(guide: Guide, response: str, ranked: list[Skill], marked: list[Skill]) -> Answer:
    assert guide.skills
    facts = {
        "career": guide.title,
        "scale": guide.skills.scale,
        "count": str(len(ranked)),
        "rated": str(guide.skills.rated or len(ranked)),
        "skills": numbered(map(_skill_line, ranked)),
        "careers": guide.plural,
        "top_skills": listed(guide.snapshot.top_skills or [skill.name for skill in ranked[:3]]),
        "knowledge": _names(guide.knowledge),
        "higher": marked[0].name if marked else "",
    }
    facts["skill"] = "\n".join(
        sentence(
            "utter_fact_skill",
            skill=_skill_line(skill),
            meaning=skill.meaning,
            place=_place(skill, ranked),
            rated=facts["rated"],
        )
        for skill in marked
    )
    bars = [
        {"label": skill.name, "value": skill.score, "marked": skill in marked} for skill in ranked
    ]
    card = {"type": "bars", "title": title("skills"), "max": 100, "bars": bars}
    focus = {"skill": marked[0].id} if marked else {}
    return Answer(response, facts, card=card, focus=focus)


def _skill_line(skill: Skill) -> str:
    return label("skills", "line", skill=skill.name, score=skill.score)


def _names(scores: Skills | None) -> str:
    return listed([each.name for each in scores.ranked]) if scores else ""


def _place(skill: Skill, ranked: list[Skill]) -> str:
    scores = [each.score for each in ranked]
    place = str(scores.index(skill.score) + 1)
    return label("skills", "tied", place=place) if scores.count(skill.score) > 1 else place
