"""The job itself: what it is, why it matters, names, employers, hours, skills, tools."""

from __future__ import annotations

from answers.model import Answer, Question, facts_card, list_card
from answers.registry import answers
from answers.words import lines, listed, numbered, span
from guides.schema import Guide, Skill


@answers("summary", section="snapshot")
def summary(guide: Guide, question: Question) -> Answer:
    """What the job is."""
    facts = {"career": guide.title, "summary": guide.snapshot.summary}
    return Answer("utter_answer_summary", facts)


@answers("importance", section="importance")
def importance(guide: Guide, question: Question) -> Answer:
    """Why the job matters."""
    assert guide.importance
    reasons = guide.importance.reasons
    facts = {"career": guide.title, "reasons": lines(reasons)}
    return Answer("utter_answer_importance", facts, card=list_card("Why it matters", ("", reasons)))


@answers("titles", section="snapshot")
def titles(guide: Guide, question: Question) -> Answer:
    """Every other name of the job."""
    names = guide.snapshot.titles
    facts = {"career": guide.title, "titles": lines(names)}
    return Answer("utter_answer_titles", facts, card=list_card("Job titles", ("", names)))


@answers("employers", section="snapshot")
def employers(guide: Guide, question: Question) -> Answer:
    """Every kind of employer."""
    places = guide.snapshot.employers
    facts = {"careers": guide.plural, "employers": lines(places)}
    return Answer("utter_answer_employers", facts, card=list_card("Who hires", ("", places)))


@answers("hours", section="snapshot")
def hours(guide: Guide, question: Question) -> Answer:
    """Hours a week and where the work is done."""
    typical = guide.snapshot.hours
    facts = {
        "week": span(typical.week),
        "setting": listed(typical.setting, "or"),
        "how_often": typical.how_often,
    }
    card = facts_card(
        "Working hours",
        {"A week": facts["week"], "Setting": f"{typical.how_often} {facts['setting']}"},
    )
    return Answer("utter_answer_hours", facts, card=card)


@answers("tools", section="tools")
def tools(guide: Guide, question: Question) -> Answer:
    """Every tool that the guide names."""
    assert guide.tools
    entries = [(tool.name, tool.use) for tool in guide.tools]
    facts = {
        "careers": guide.plural,
        "tools": lines(f"{name}: {use}" for name, use in entries),
    }
    return Answer("utter_answer_tools", facts, card=list_card("Tools", ("", entries)))


@answers("skills", section="skills")
def skills(guide: Guide, question: Question) -> Answer:
    """All skills ranked, the highest or lowest, or those that were asked for."""
    assert guide.skills
    ranked = sorted(guide.skills.scores, key=lambda skill: -skill.score)
    asked = [skill for skill in ranked if question.has("skill", skill.id)]
    if question.facet == "compare" and len(asked) > 1:
        return _skill_answer(guide, "utter_skills_compare", ranked, asked)
    if question.facet == "second" and len(ranked) > 1:
        return _skill_answer(guide, "utter_answer_skills_one", ranked, [ranked[1]])
    if asked:
        return _skill_answer(guide, "utter_answer_skills_one", ranked, asked)
    if question.has("criterion", "highest"):
        best = [skill for skill in ranked if skill.score == ranked[0].score]
        return _skill_answer(guide, "utter_answer_skills_highest", ranked, best)
    if question.has("criterion", "lowest"):
        least = [skill for skill in ranked if skill.score == ranked[-1].score]
        return _skill_answer(guide, "utter_answer_skills_lowest", ranked, least)
    return _skill_answer(guide, "utter_answer_skills", ranked, [])


def _skill_answer(guide: Guide, response: str, ranked: list[Skill], marked: list[Skill]) -> Answer:
    assert guide.skills
    facts = {
        "career": guide.title,
        "scale": guide.skills.scale,
        "skills": numbered(f"{skill.name}: {skill.score}/100" for skill in ranked),
        "top_skills": listed(guide.snapshot.top_skills),
        "higher": marked[0].name if marked else "",
        "skill": "\n".join(
            f"{skill.name}: {skill.score}/100 ({skill.meaning}). "
            f"That is number {_place(skill, ranked)} of {len(ranked)}."
            for skill in marked
        ),
    }
    bars = [
        {"label": skill.name, "value": skill.score, "marked": skill in marked} for skill in ranked
    ]
    card = {"type": "bars", "title": "Skills", "max": 100, "bars": bars}
    focus = {"skill": marked[0].id} if marked else {}
    return Answer(response, facts, card=card, focus=focus)


def _place(skill: Skill, ranked: list[Skill]) -> str:
    scores = [each.score for each in ranked]
    tied = " (tied)" if scores.count(skill.score) > 1 else ""
    return f"{scores.index(skill.score) + 1}{tied}"
