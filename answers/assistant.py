"""What is said of the assistant itself, of the guide's sources, and where it has no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from answers.labels import label
from answers.model import MOST_BUTTONS, Answer, Button, Question, list_card
from answers.model import sources as named_sources
from answers.registry import answers, button, covers, next_buttons, title
from answers.responses import sentence
from answers.words import lines, listed, numbered
from guides.library import well_known
from guides.loading import Guides
from guides.schema import Guide
from guides.school import School
from understanding.facets import facet_of
from understanding.topics import TOPICS

SUMMARY = Question("summary")
EXAMPLES = 5
"""Careers that are named as examples of all."""
DOUBTFUL = 0.7
"""Probability of a topic below which the next likely one is offered beside its answer."""
MOST_NAMED = 2
"""Other careers of a name that are named; the usual next questions stand beside them."""
RIVAL = 0.2
"""Its least share of the first one's probability."""


@answers("sources")
def sources(guide: Guide, question: Question) -> Answer:
    """The works, what they prove, and when they were checked."""
    works = guide.sources.works
    checked = guide.sources.verified
    facts = {
        "career": guide.title,
        "count": str(len(works)),
        "works": numbered(f"{work.publisher}: {work.title} ({work.kind})" for work in works),
        "note": guide.sources.note,
        "titles": numbered(work.title for work in works),
        "credits": " ".join(dict.fromkeys(work.credit for work in works if work.credit)),
        "verified": (
            sentence("utter_fact_verified", date=checked.isoformat())
            if checked
            else sentence("utter_fact_verified_unknown")
        ),
    }
    card = {"type": "sources", "title": title("sources"), "sources": named_sources(guide)}
    response = "utter_answer_sources_credited" if facts["credits"] else "utter_answer_sources"
    return Answer(response, facts, card=card)


def about_assistant(topic: str, guides: Guides, guide: Guide, school: School) -> Answer:
    """The reply to smalltalk, or to a question about the assistant."""
    facts = {"career": guide.title, "school": school.name, **person_facts(school)}
    if topic == "person":
        return Answer("utter_person", facts, kind="handoff")
    if topic in ("careers", "greet"):
        facts |= _examples(guides, school)
    if topic == "careers":
        card = list_card(label("careers", "card"), ("", _titles(guides, school)))
        return Answer("utter_careers", facts, kind="smalltalk", card=card)
    if topic == "capabilities":
        return _capabilities(guide, facts)
    tells = topic == "privacy" and school.collects
    lead = sentence("utter_privacy_collects") if tells else ""
    return Answer(f"utter_{topic}", facts, kind="smalltalk", lead=lead)


def person_facts(school: School) -> dict[str, str]:
    """Whom students can turn to, and how."""
    return {"person": school.person.name, "contact": school.person.contact}


def apology(school: School) -> Answer:
    """What is said where something went wrong."""
    return Answer("utter_error", person_facts(school), kind="error")


def _capabilities(guide: Guide, facts: dict[str, str]) -> Answer:
    named = [name for name, topic in TOPICS.items() if topic.group and covers(guide, name)]
    titles = [title(name) for name in named]
    questions = [entry.question for entry in guide.faq or []]
    more = {"topics": ", ".join(titles), "questions": lines(questions[:4])}
    groups = (("questions", questions), ("topics", titles))
    shown = [(label("capabilities", name), some) for name, some in groups if some]
    card = list_card(label("capabilities", "card"), *shown)
    response = "utter_capabilities" if questions else "utter_capabilities_by_topic"
    return Answer(response, {**facts, **more}, kind="smalltalk", card=card)


def no_guide(
    guides: Guides,
    career: str,
    school: School | None = None,
    near: Sequence[str] = (),
    question: Question = SUMMARY,
) -> Answer:
    """A career that no guide covers, with some that one does: the near ones, else the school's.

    Args:
        near: slugs of careers that come near to it, the nearest first.
    """
    facts = {"wanted": career, **_examples(guides, school)}
    if near:
        named = {"near": listed([guides[slug].title for slug in near])}
        buttons = _of_careers(guides, near, question)
        return Answer("utter_no_guide_near", {**facts, **named}, kind="no_guide", buttons=buttons)
    card = list_card(label("careers", "with_guide"), ("", _titles(guides, school)))
    return Answer("utter_no_guide", facts, kind="no_guide", card=card)


def which_career(guides: Guides, name: str, slugs: Sequence[str], question: Question) -> Answer:
    """Which of several careers is meant; a button goes on with what was asked.

    Args:
        slugs: the careers that go by the name, the likeliest first.
    """
    buttons = _of_careers(guides, slugs[:MOST_BUTTONS], question)
    response = "utter_which_career_more" if len(slugs) > MOST_BUTTONS else "utter_which_career"
    return Answer(response, {"name": name}, kind="clarify", buttons=buttons)


def which_compared(guides: Guides, slugs: Sequence[str], question: Question) -> Answer:
    """Which of the careers that were compared is meant; a button goes on with what was asked."""
    buttons = _of_careers(guides, slugs, question)
    return Answer("utter_which_compared", kind="clarify", buttons=buttons)


def also_called(guides: Guides, slugs: Sequence[str], question: Question) -> Answer:
    """That the likeliest of several careers was taken; a button asks the same of another one.

    Args:
        slugs: the others that go by the name, the likeliest first.
    """
    named = slugs[:MOST_NAMED]
    titles = listed([guides[slug].title for slug in named])
    buttons = _of_careers(guides, named, question)
    return Answer("utter_also_called", {"careers": titles}, kind="clarify", buttons=buttons)


def which_told(guides: Guides, slugs: Sequence[str], question: Question) -> Answer:
    """Which of some careers is told by its work; a button goes on with what was asked.

    Args:
        slugs: the careers that may be meant, the likeliest first; none where nothing is near.
    """
    if not slugs:
        return Answer("utter_which_job", kind="clarify", buttons=())
    some = slugs[:MOST_BUTTONS]
    facts = {"careers": numbered(guides[slug].title for slug in some)}
    buttons = _of_careers(guides, some, question)
    return Answer("utter_which_told", facts, kind="clarify", buttons=buttons)


def also_told(guides: Guides, guide: Guide, others: Sequence[str], question: Question) -> Answer:
    """Which career a description of its work was taken for; a button asks the same of another."""
    buttons = _of_careers(guides, others, question)
    return Answer("utter_also_told", {"career": guide.title}, kind="clarify", buttons=buttons)


def _of_careers(guides: Guides, slugs: Sequence[str], question: Question) -> tuple[Button, ...]:
    """Buttons that ask a question of other careers."""
    asks = question.topic in TOPICS and TOPICS[question.topic].kind in ("question", "form")
    topic = question.topic if asks else "summary"
    facet = question.facet or facet_of(topic, list(question.facets))
    said = {"facet": facet, "grade": question.first("grade")}
    values = {key: value for key, value in said.items() if value}
    return tuple(button(topic, guides[slug].title, career=slug, **values) for slug in slugs)


def examples(guides: Guides, school: School | None = None) -> list[Guide]:
    """Careers to name as examples of all: those that a school names first, then the largest."""
    first = [guides[slug] for slug in school.first_guides] if school else []
    more = [guide for guide in well_known(guides, EXAMPLES) if guide not in first]
    return [*first, *more[: max(0, EXAMPLES - len(first))]]


def _titles(guides: Guides, school: School | None = None) -> list[str]:
    return [guide.title for guide in examples(guides, school)]


def _examples(guides: Guides, school: School | None = None) -> dict[str, str]:
    """How many careers there are, and some of them."""
    count = len(guides)
    return {
        "count": label("careers", "many" if count > 1 else "one", count=count),
        "careers": listed(_titles(guides, school)),
    }


def fallback(guide: Guide, nearest: Sequence[str], uncovered: bool = False) -> Answer:
    """No answer, with the nearest topics as buttons."""
    facts = {"career": guide.title}
    response = "utter_uncovered" if uncovered else "utter_fallback"
    return Answer(response, facts, kind="fallback", buttons=_near(guide, nearest))


def only_task(guide: Guide, nearest: Sequence[str], task: str) -> Answer:
    """No answer, with the task of the job that comes nearest to the question."""
    facts = {"careers": guide.plural, "task": task}
    return Answer("utter_uncovered_task", facts, kind="fallback", buttons=_near(guide, nearest))


def lacking(guide: Guide) -> Answer:
    """No answer to one item of a list; the others are answered."""
    return Answer("utter_item_uncovered", {"career": guide.title}, kind="fallback", buttons=())


def suggest(guide: Guide, nearest: Sequence[str], named: bool = False) -> Answer:
    """Did you mean one of these? The nearest topics, and a way out.

    Args:
        named: whether the message names the career; what it is, is said then.
    """
    likely = _usable(guide, nearest)[: MOST_BUTTONS - 1]
    other = button("capabilities", label("capabilities", "other"))
    if named:
        facts = {"short": guide.snapshot.summary}
        return Answer("utter_did_you_mean_named", facts, "clarify", buttons=(*likely, other))
    return Answer("utter_did_you_mean", kind="clarify", buttons=(*likely, other))


def doubted(
    reply: Answer, topic: str, guide: Guide, ranking: Sequence[tuple[str, float]]
) -> Answer:
    """The reply with the runner-up as its first button, where the topic was not sure.

    Args:
        ranking: topics with their probabilities, the likeliest first.
    """
    if reply.kind != "answer" or reply.buttons is not None or not ranking:
        return reply
    (thought, sureness), *_ = ranking
    others = [name for name, least in ranking if name != topic and least >= sureness * RIVAL]
    doubtful = thought != topic or sureness < DOUBTFUL
    likely = _usable(guide, others)[:1] if doubtful else []
    usual = [each for each in next_buttons(guide, topic) if each not in likely]
    return replace(reply, buttons=(*likely, *usual)[:MOST_BUTTONS])


def _usable(guide: Guide, nearest: Sequence[str]) -> list[Button]:
    """Buttons for those of the nearest topics that can be asked for; nobody means "goodbye"."""
    asked = [name for name in nearest if name in TOPICS and TOPICS[name].kind != "smalltalk"]
    return [button(name) for name in asked if covers(guide, name)]


def _near(guide: Guide, nearest: Sequence[str]) -> tuple[Button, ...]:
    usable = _usable(guide, nearest)
    usual = next_buttons(guide, "capabilities")
    return tuple(dict.fromkeys([*usable[: MOST_BUTTONS - 1], *usual]))[:MOST_BUTTONS]


MAY_FORGET = Answer("utter_may_forget", kind="smalltalk")
"""Said once in a conversation while nothing can be written down."""


def boundary(again: bool = False) -> Answer:
    """A calm line to an insult or a sexual message; a shorter one if it comes again."""
    response = "utter_boundary_again" if again else "utter_boundary"
    return Answer(response, kind="boundary", buttons=())
