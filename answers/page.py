"""A guide as a page: the chat's own answers, topic by topic, and what the guide lacks.

The words are those of the chat; where a page has to say it in another way, they stand beside them
in data/responses.yml as utter_page_<...>.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from answers.labels import label
from answers.lesson import place_of
from answers.model import Answer, Question
from answers.registry import PASSAGES, answer, covers, holds, title
from answers.responses import load_responses, worded
from answers.words import each, lines, listed
from guides.schema import Guide, Passage, Skills
from guides.states import states
from understanding.topics import TOPICS

LEAD, LAST = "summary", "sources"
"""Topics that stand at the head of a page and at its end."""
LOOKED_FOR = ("salary", "market", "outlook", "education", "skills")
"""Topics that a page names to search engines."""
CHAT, PAGE = "utter_answer_", "utter_page_"
"""How the names of the chat's responses begin, and those of a page."""

BESIDE = {
    "summary": ("snapshot.summary",),
    "skills": ("knowledge",),
    "titles": ("related",),
    "fit": ("interests",),
    "employers": ("industries.self_employed",),
    "difficulty": ("preparation.zone",),
    "education": ("preparation.entry", "preparation.licence"),
    "pathway": ("preparation.licence",),
    "market": ("outlook",),
    "outlook": ("market",),
}
"""Parts of a guide that an answer tells of beside the first section of its topic that there is."""


@dataclass(frozen=True)
class Table:
    """Rows of words under named columns."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True)
class Part:
    """What a page says on one topic, with its sources."""

    topic: str
    title: str
    text: str
    """Lines as the chat writes them: sentences, and entries after a dash or a number."""
    sources: Sequence[str]
    tables: Sequence[Table] = ()


@dataclass(frozen=True)
class Page:
    """A guide for reading; `parts` come in the order of the menu."""

    guide: Guide
    head: str
    """What the page is called by a browser and by a search engine."""
    description: str
    lead: Part
    parts: Sequence[Part]
    last: Part
    lacking: Sequence[str]
    """Titles of the topics that the guide says nothing on."""


def page(guide: Guide) -> Page:
    """All that a guide has, and what it has not.

    Raises:
        DocumentError: a response or a label is missing, or has a name in braces that is no fact.
    """
    asked = [name for name in page_topics() if name not in (LEAD, LAST)]
    parts: list[Part] = []
    for topic in asked:
        if covers(guide, topic):
            parts.append(_part(guide, topic, "\n".join(part.text for part in parts)))
    lacking = [title(topic) for topic in asked if not covers(guide, topic)]
    facts = {"summary": guide.snapshot.summary, "topics": listed(_first_titles(parts))}
    description = label("page", "description", **facts)
    return Page(
        guide, head_of(guide), description, _part(guide, LEAD), parts, _part(guide, LAST), lacking
    )


def head_of(guide: Guide) -> str:
    """What the pages of a guide are called by a browser and by a search engine."""
    return label("page", "head", career=guide.title)


def _first_titles(parts: Sequence[Part]) -> list[str]:
    """What most people look for, as far as the guide has it."""
    return [part.title for part in parts if part.topic in LOOKED_FOR]


def page_topics() -> list[str]:
    """What can be asked about a career, less what joins two other topics."""
    return [
        name
        for name, topic in TOPICS.items()
        if topic.kind == "question" and topic.group and not topic.joins
    ]


def page_answer(guide: Guide, topic: str, said: str = "") -> Answer:
    """The chat's answer to a topic, in the words of a page where it has its own.

    Args:
        said: what the page says already.
    """
    found = answer(guide, Question(topic))
    if topic == "passage":
        found = replace(found, facts={**found.facts, "contents": _lesson(guide, said)})
    own = found.response.replace(CHAT, PAGE, 1)
    return replace(found, response=own) if own in load_responses() else found


def _part(guide: Guide, topic: str, said: str = "") -> Part:
    text = worded(page_answer(guide, topic, said), load_responses())
    if topic == "myths":
        text = "\n".join([text, *_inferred(guide)])
    return Part(topic, title(topic), text, sources_of(guide, topic), tuple(_tables(guide, topic)))


def _lesson(guide: Guide, said: str) -> str:
    """Every passage of the audio lesson, those in short that were told above."""
    passages = guide.transcript.passages if guide.transcript else []
    return lines(_passage(passage, passage.said in said) for passage in passages)


def _passage(passage: Passage, above: bool) -> str:
    name = "passage_above" if above else "passage"
    said = {} if above else {"said": passage.said}
    return label("page", name, at=place_of(passage), title=passage.title, **said)


def _inferred(guide: Guide) -> Iterator[str]:
    """Which myths the guide itself does not answer."""
    claims = [f'"{myth.claim}"' for myth in guide.myths or [] if myth.inferred]
    if claims:
        yield label("page", "inferred", claims=listed(claims))


def sources_of(guide: Guide, topic: str) -> tuple[str, ...]:
    """The works that the answer to a topic comes from; their titles have their dates."""
    first = [part for part in TOPICS[topic].sections if holds(guide, topic, part)][:1]
    beside = [part for part in BESIDE.get(topic, ()) if holds(guide, topic, part)]
    held = [*first, *beside]
    if guide.transcript and {PASSAGES, "transcript"} & {*held}:
        return (label("page", "lesson", publisher=guide.transcript.publisher),)
    works = (
        label("page", "source", publisher=work.publisher, title=work.title)
        for work in guide.sources.works
        if any(_within(part, section) for part in held for section in work.sections)
    )
    return tuple(works) or (label("page", "whole"),)


def _within(part: str, section: str) -> bool:
    return part == section or part.startswith(f"{section}.")


def _tables(guide: Guide, topic: str) -> Iterator[Table]:
    """What the guide has in more detail than a message can say."""
    if topic == "salary":
        yield from _pay(guide)
    if topic == "skills":
        yield from _scores(topic, guide.skills)
        yield from _scores("knowledge", guide.knowledge)
    if topic == "fit":
        yield from _scores("interests", guide.interests)


def _pay(guide: Guide) -> Iterator[Table]:
    """Pay in every state, in the figures that the chat answers for it."""
    pay = guide.salary
    if pay is None or not pay.states:
        return
    known = {str(state.state): state.uncertain for state in pay.states}
    rows = [_row(guide, state, known[state]) for state in states() if state in known]
    yield Table(
        label("page", "pay", each=each(pay.per), date=pay.date or ""),
        (
            label("page_words", "state"),
            *(label("salary", name) for name in ("median", "lowest", "highest")),
        ),
        rows,
        label("page", "few_asked") if any(known.values()) else "",
    )


def _row(guide: Guide, state: str, uncertain: bool) -> tuple[str, ...]:
    facts = answer(guide, Question("salary", values={"state": (state,)})).facts
    name = label("page", "few", state=facts["state"]) if uncertain else facts["state"]
    return (name, facts["median"], facts["low"], facts["high"])


def _scores(section: str, scores: Skills | None) -> Iterator[Table]:
    """Points with what each thing is."""
    if scores is None:
        return
    count, rated = len(scores.scores), scores.rated
    yield Table(
        label("page", "scores", section=label("scores", section), scale=scores.scale),
        tuple(label("page_words", name) for name in ("name", "points", "meaning")),
        [(each.name, str(each.score), each.meaning) for each in scores.ranked],
        label("page", "highest", count=count, rated=rated) if rated else "",
    )


def list_words(count: int) -> dict[str, str]:
    """Head and description of the list of all guides."""
    careers = label("careers", "many" if count > 1 else "one", count=count)
    return {name: label("list", name, careers=careers) for name in ("head", "description")}


def group_words(group: str, count: int) -> str:
    """The heading of a group of careers."""
    return label("list", "group", group=group[:1].upper() + group[1:], count=count)


def unknown_words(name: str, count: int) -> list[str]:
    """That no guide has a name, and how many there are."""
    careers = label("careers", "many" if count > 1 else "one", count=count)
    return [
        label("unknown_guide", "text", name=name),
        label("unknown_guide", "count", careers=careers),
    ]
