"""Resolve what a question points at: what was just answered, a bare value, "that one"."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from answers.day import under_way
from answers.glossary import is_term
from answers.lesson import spoken
from answers.model import Answer, Question
from answers.pointing import (
    FOLLOWING,
    Step,
    asks,
    asks_how_much,
    asks_how_much_for,
    item_pointed_at,
    listed_texts,
    step_pointed_at,
)
from answers.registry import answer, covers, gives_reasons, topics
from answers.responses import uttered
from answers.work import is_pay_in_a_state
from guides.schema import Guide
from understanding.english import english
from understanding.facets import by_topic, facet_of, in_context
from understanding.finding import finding
from understanding.forms import wants_reason
from understanding.likeness import sharing
from understanding.states import clause_of_state, without_states
from understanding.text import fold
from understanding.topics import ENTRIES, TOPICS, in_one_group

Item = TypeVar("Item")

FOCUS = tuple(sorted({item for topic in TOPICS.values() for item in topic.items}))
"""Slots that hold what the last answer was about, besides its topic."""
TOPICS_OF = {
    entity: name for name, topic in TOPICS.items() for entity in (*topic.values, *topic.items)
}
"""The topic that a bare value asks for, by its entity."""
OPEN_BELOW = 0.5
"""Probability of a topic below which its message does not say what it asks about."""
MAY_ASK_THERE = (
    *(name for name, entry in ENTRIES.items() if entry.beside),
    *("compare", "doubt", "follow_up", "go_back", "nlu_fallback"),
    *("others", "uncovered", "unsure"),
)
"""Topics as which a message may be read that asks for the pay in a state by naming it."""
SHORT, FEW = 6, 2
"""Words of a message that says hardly more than a state; and those beside one that say nothing."""
BARE = 4
"""Words of a message that asks why, and of nothing: "but how come is that"."""
LIKELY = 0.45
"""Probability from which a facet is taken, where its topic is the question's or that is open."""
SURE = 0.6
"""The same where the intent says another topic."""
CLEAR = 0.7
"""The same where the intent says that no guide answers it, or is not sure."""
OF_TIME = ("day", "hours", "week")
"""Topics of which a time of the day may be part."""
SURELY = 0.75
"""Probability of a topic from which a time of the day that is named beside it is no moment of the day."""
OF_THE_JOB = 2.0
"""How many times likelier skills must be than school, for a class to be none."""
RULES = english("pointing")
THAT_ONE = RULES.pattern("that_one")
NUMBER, EXPLAINING = RULES.pattern("number"), RULES.pattern("explaining")


@dataclass(frozen=True)
class Context:
    """What was answered last: its topic and, by slot name, the part of it."""

    topic: str | None = None
    focus: Mapping[str, str] = field(default_factory=dict)


def resolve(question: Question, context: Context, guide: Guide, bare: bool = False) -> Question:
    """The question that is meant, seen from what was just answered.

    Args:
        bare: whether the message holds values only ("4pm", "and the cheapest?").
    """
    otherwise = _read_otherwise(question, context, guide)
    if otherwise:
        return otherwise
    if question.topic == "compare":
        question = replace(question, topic="follow_up")  # no careers: it weighs what was answered
        if context.topic == "myths":
            return _follow_up(question, context, guide)
    led = _counted(question, context) or _that_one(question, context)
    if led is None and not (question.topic == "define" and is_term(question.text)):
        led = _led(question, context, guide, bare)
    if led:
        return led
    text = fold(question.text)
    if question.values.get("passage") and EXPLAINING.match(text):
        return replace(question, topic="passage")
    if question.topic in FOLLOWING:
        return _follow_up(question, context, guide)
    return _by_itself(question, guide)


def _read_otherwise(question: Question, context: Context, guide: Guide) -> Question | None:
    """The question that is meant where its words say so, whatever topic they were read as."""
    if question.topic in ("doubt", "compare") and question.values.get("myth"):
        return replace(question, topic="myths")
    if _asks_there(question, context, guide):
        return replace(question, topic=TOPICS_OF["state"])
    if context.topic != "passage" and _at_a_time(question, guide):
        return replace(question, topic=TOPICS_OF["time"], facet=None, facets=())
    if _asks_why(question, context, guide):
        return replace(question, topic=str(context.topic), facet=None, facets=())
    return None


def _by_itself(question: Question, guide: Guide) -> Question:
    """The question that is meant where nothing before it leads to another."""
    if question.values.get("compared_career") and _is_measured(question.topic):
        return replace(question, topic="uncovered")
    if question.topic == "skills" and not question.values.get("skill"):
        return _school_subject(question, guide)
    return question


def _counted(question: Question, context: Context) -> Question | None:
    """The question that changes the plan that was made, says how many statements fit, or asks how
    much it is: the pay, unless the way in was answered."""
    named = question.first("career") and finding().aspect(question.text) is None
    if named and asks_how_much_for(question.text):
        return replace(question, topic="salary", facet=None, facets=())
    if asks_how_much(question.text) and not _are_near("education", context):
        return replace(question, topic="salary", facet=None)
    if context.topic == "make_plan" and _changes_the_plan(question):
        return replace(question, topic="replan")
    if context.topic == "fit" and NUMBER.fullmatch(fold(question.text)):
        values = {**question.values, "nods": (fold(question.text),)}
        return replace(question, topic="fit", facet=None, values=values)
    return None


def _that_one(question: Question, context: Context) -> Question | None:
    """The question about the item that was just answered: "the score on that skill"."""
    names = _items(question.topic) if question.topic == context.topic else ()
    pointed = _pointed(replace(question, facet=None, facets=()), context)
    said = any(question.values.get(name) for name in names)
    if said or pointed.values == question.values or not THAT_ONE.search(fold(question.text)):
        return None
    return pointed


def _changes_the_plan(question: Question) -> bool:
    """Whether a message after a plan says another grade, other hours, or a bare number."""
    asks = question.topic in topics() and question.sureness >= OPEN_BELOW
    said = any(question.values.get(name) for name in ("grade", "hours"))
    number = NUMBER.fullmatch(fold(question.text))
    return bool(number or (said and not asks and question.topic not in ("make_plan", "take_quiz")))


def _faceted(question: Question, context: Context) -> Question | None:
    """The question with the facet that it most likely asks for; None where it asks for none."""
    topic, facet = _topic_and_facet(question, context)
    if topic == question.topic and facet is None:
        return None
    values = dict(question.values)
    way = ENTRIES[topic].facets.get(str(facet)) if topic in ENTRIES else None
    item = way.item if way else None
    if item and topic == context.topic and context.focus.get(item) and item not in values:
        values[item] = (context.focus[item],)
    return replace(question, topic=topic, facet=facet, values=values)


def _led(question: Question, context: Context, guide: Guide, bare: bool) -> Question | None:
    """The question to which values, facets or words that point lead; None where none does."""
    about_routes = question.topic != "shorten" or context.topic == "education"
    bare = bare and about_routes and question.topic not in ("make_plan", "take_quiz")
    if bare and any(name in TOPICS_OF for name in question.values):
        return _of_the_last(question, context) or _from_values(question, context)
    step = step_pointed_at(question.text)
    alone = question.topic in ENTRIES and ENTRIES[question.topic].alone
    if step and _can_go_on(context) and not alone:
        return _next(question, context, guide, step)
    if not alone:
        led = _item(question, context, guide) or _faceted(question, context)
        if led:
            return led
    if bare:
        return _from_values(question, context)
    return None


def _item(question: Question, context: Context, guide: Guide) -> Question | None:
    """The question about "the second one" of the list that was answered."""
    item = item_pointed_at(question.text, guide, context.topic)
    if not item or not context.topic:
        return None
    (name, *_) = TOPICS[context.topic].items
    return replace(question, topic=context.topic, values={**question.values, name: (item,)})


def _topic_and_facet(question: Question, context: Context) -> tuple[str, str | None]:
    """Another topic's facet, where that is likely enough; else the likeliest of its own.

    Another topic than the intent's has a say where the intent is not sure, or where it is the topic
    that was answered last, or one near to it and the intent's is not: "how many hours a week" after
    what to learn first.
    """
    elsewhere = not (_is_open(question.topic) or _are_near(question.topic, context))
    seen = in_context(list(question.facets), context.topic, near=elsewhere)
    mass = by_topic(seen)
    topic = max(mass, key=mass.__getitem__, default=question.topic)
    clear = mass[topic] >= CLEAR
    unsure = question.sureness < (SURE if clear else OPEN_BELOW)
    unsure = unsure and (clear or question.topic != "uncovered")
    is_open = _is_open(question.topic) or unsure
    likely = mass[topic] >= (LIKELY if is_open else SURE)
    at_hand = topic == context.topic or (elsewhere and _are_near(topic, context))
    if not (likely and _has_facets(topic) and (is_open or at_hand)):
        topic = question.topic
    return topic, facet_of(topic, seen)


def _are_near(topic: str, context: Context) -> bool:
    return context.topic is not None and in_one_group(topic, context.topic)


def _of_the_last(question: Question, context: Context) -> Question | None:
    """The question with a facet of the last answer, where its values would lead elsewhere.

    After the pay "and the middle" is no stage of a career.
    """
    if context.topic is None or context.topic in _topics_of_values(question):
        return None
    faceted = _faceted(question, context)
    return faceted if faceted and faceted.facet and faceted.topic == context.topic else None


def _topics_of_values(question: Question) -> set[str]:
    return {topic for name, topic in TOPICS_OF.items() if question.values.get(name)}


def _from_values(question: Question, context: Context) -> Question:
    asked = _topics_of_values(question)
    meant = [topic for topic in TOPICS if topic in asked]
    if not meant:
        return replace(question, topic=context.topic or question.topic)
    said = next((topic for topic in (context.topic, question.topic) if topic in meant), meant[0])
    return replace(question, topic=said)


def _follow_up(question: Question, context: Context, guide: Guide) -> Question:
    """What leans on the last answer and asks for no facet: its myth, an entry of it, or more on it."""
    named = listed_texts(guide, context.topic) if question.topic == "nlu_fallback" else ()
    if sharing(fold(question.text), named):
        return replace(question, topic=str(context.topic))
    if question.topic == "follow_up" and context.topic == "myths":
        topic = "myths" if context.focus.get("myth") else "which_myth"
        return _pointed(replace(question, topic=topic), context)
    return replace(question, topic="more") if question.topic == "follow_up" else question


def _can_go_on(context: Context) -> bool:
    names = _items(context.topic)
    return context.topic in ("day", "pathway") and any(context.focus.get(name) for name in names)


def _next(question: Question, context: Context, guide: Guide, step: Step) -> Question:
    if context.topic == "day" and context.focus.get("time") and guide.day:
        entries = guide.day.entries
        entry = under_way(guide.day, context.focus["time"], context.focus.get("part"))
        outside = len(entries) if step < 0 else -1
        beside = _at(entries, (entries.index(entry) if entry else outside) + step)
        values = {**question.values, "time": (beside.at.strftime("%H:%M"),)}
        return replace(question, topic="day", values=values)
    if context.topic == "pathway" and context.focus.get("stage") and guide.pathway:
        ids: list[str] = [stage.id for stage in guide.pathway.stages]
        place = ids.index(context.focus["stage"]) if context.focus["stage"] in ids else -1
        values = {**question.values, "stage": (_at(ids, place + step),)}
        return replace(question, topic="pathway", values=values)
    return replace(question, topic="more")


def _at(items: Sequence[Item], place: int) -> Item:
    """The item at a place; the first or the last where there is none."""
    return items[max(0, min(place, len(items) - 1))]


def _pointed(question: Question, context: Context) -> Question:
    names = _items(question.topic)
    kept = {name: (context.focus[name],) for name in names if context.focus.get(name)}
    return replace(question, values={**question.values, **kept})


def _school_subject(question: Question, guide: Guide) -> Question:
    """What is asked of a class at school, unless "stats" are surely those of the job."""
    mass = by_topic(list(question.facets))
    if mass["skills"] > OF_THE_JOB * (mass["high_school"] + mass["first_step"]):
        return question
    steps = guide.high_school.steps if guide.high_school else []
    classes = {step.id for step in steps if step.kind == "class"}
    if classes & set(question.values.get("activity", ())):
        return replace(question, topic="high_school")
    return question


def _items(topic: str | None) -> tuple[str, ...]:
    """The entities that say which item of the topic is meant."""
    return TOPICS[topic].items if topic and topic in TOPICS else ()


def _asks_there(question: Question, context: Context, guide: Guide) -> bool:
    """Whether a message that names a state means the pay there, though it is read otherwise.

    So does "we're in florida" after a pay, "car mechanics in ohio", and a short question in words
    that say nothing: "what would she see in alabama". What no guide answers must speak of pay, or
    say hardly more than the state.
    """
    if not question.values.get("state"):
        return False
    text, paid = fold(question.text), context.topic == TOPICS_OF["state"]
    if paid and len(without_states(text).split()) <= FEW:
        return True
    if question.topic not in MAY_ASK_THERE:
        return False
    led = paid or context.topic == "compare" or question.first("career") is not None
    short = len(clause_of_state(text).split()) <= SHORT or not asks(question.text)
    if question.topic == "nlu_fallback" and short and asks(question.text):
        return _most_likely_pay(question)
    return (led and (short or question.topic != "uncovered")) or is_pay_in_a_state(question, guide)


def _most_likely_pay(question: Question) -> bool:
    """Whether its facets say pay more than other topics: "do they work weekends in ohio" is none."""
    mass = by_topic(list(question.facets))
    asked = [name for name in mass if name in topics()]
    return max(asked, key=mass.__getitem__, default=None) == TOPICS_OF["state"]


def _at_a_time(question: Question, guide: Guide) -> bool:
    """Whether a message that names a time of the day means that moment, though it is read otherwise:
    "who is in the room with them at 930"."""
    if guide.day is None or not question.values.get("time"):
        return False
    if question.topic == "nlu_fallback":
        return True
    other = question.topic in topics() and question.topic not in OF_TIME
    return other and question.sureness < SURELY


def _asks_why(question: Question, context: Context, guide: Guide) -> bool:
    """Whether a message only asks why the last answer is so, of which the guide has no reason."""
    text = fold(question.text)
    bare = not question.values and len(text.split()) <= BARE and wants_reason(text)
    topic = str(context.topic)
    return bare and topic in TOPICS and not gives_reasons(guide, topic)


def _is_measured(topic: str) -> bool:
    return topic in TOPICS and TOPICS[topic].measured


def _is_open(topic: str) -> bool:
    """Whether the intent does not say what a message asks about."""
    return topic not in ENTRIES or ENTRIES[topic].open


def _has_facets(topic: str) -> bool:
    return topic in ENTRIES and bool(ENTRIES[topic].facets)


def more(guide: Guide, context: Context, said: Container[str] = ()) -> tuple[str, Answer]:
    """More on the last topic and the topics it is filed beside: the first that was not said yet.

    First what the audio lesson says on it, unless that was just given.

    Args:
        said: texts of earlier replies.
    """
    topic = context.topic if context.topic in topics() else "summary"
    assert topic
    further = _further(guide, topic, told=bool(context.focus.get("passage")))
    new = (each for each in further if uttered(each[1]) not in said)
    return next(new, None) or ("summary", answer(guide, Question("summary")))


def _further(guide: Guide, topic: str, told: bool) -> Iterator[tuple[str, Answer]]:
    """What may follow on a topic, in order; `told` leaves the audio lesson out."""
    passages = guide.passages(topic)
    if passages and not told:
        yield topic, spoken(guide, passages)
    beside = (name for name in (*TOPICS[topic].next, *TOPICS) if name in topics())
    for name in dict.fromkeys(beside):
        if name != topic and covers(guide, name):
            yield name, answer(guide, Question(name))
