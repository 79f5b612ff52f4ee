"""Every answer that can be given, so that its words can be tried before a student reads them.

The answers are those of guides/_template.yml, which has every key, and of copies of it that each
differ in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import ModelField

from answers import acts, assistant, fit, high_school, interests, leads
from answers.blocks import Block
from answers.comparing import compared
from answers.context import Context
from answers.day import PARTS
from answers.filling import filled
from answers.finding import SHOWN as SHOWN_CAREERS
from answers.finding import listed_careers, ways_in
from answers.help import ENGLISH, KINDS, SPANISH, help_answer
from answers.labels import label, labels
from answers.lesson import example
from answers.lesson_sheet import lesson_questions, lesson_words
from answers.local import told
from answers.model import MOST_BUTTONS, Answer, Question
from answers.page import (
    group_words,
    list_words,
    page,
    page_answer,
    page_topics,
    unknown_words,
)
from answers.registry import answer, covers, topics
from answers.responses import RESPONSES, SENTENCE, load_responses, load_texts, worded
from answers.sheet import code_words, sheet
from guides.documents import DocumentError, read
from guides.finding import Filters, Found, Match
from guides.interests import AREAS
from guides.loading import FOLDER
from guides.local import LocalAnswer
from guides.profiles import BANDS, Profile, Suggestion
from guides.schema import Grade, Guide, Level, Salary, Section, Unit
from guides.school import School
from guides.states import states
from understanding.distress import tiers_of
from understanding.terms import guide_items, tool_names
from understanding.topics import ACTS, FORMS, SEARCHES, TOPICS

WHOLE = FOLDER / "_template.yml"
"""A guide that has every key."""
YES_OR_NO = (
    ("education", "is it required", "degree_needed"),
    ("education", "is it okay", "enough"),
    ("education", "is it okay", "worth"),
    ("skills", "do they use it", None),
    ("tools", "do they use it", None),
    ("tools", "do they need it", None),
    ("high_school", "should i do it", None),
    ("pathway", "is it a step", None),
    ("pros", "are they outdoors", None),
    ("cons", "are kites scarce", None),
    ("cons", "why are kites scarce", None),
    ("outlook", "why is it so", None),
    ("education", "is there only one way", None),
    ("employers", "do they work in beach towns", None),
)
"""Topic, words and facet of questions that want a yes or a no, or a reason."""
TIMES = ("first", "last", "03:00", "10:00")
HOURS = (0.5, 1, 3, 40)
"""Hours a week: fewer than the guide suggests, one, as many, more."""
SHOWN = "The median is the middle.\n- one\n- two"
"""What was said before a request for less."""

CHOICES: Mapping[str, Iterable[object]] = {
    "costs": range(Level.ge, Level.le + 1),
    "each": get_args(Salary.__fields__["per"].outer_type_),
    "months": range(1, 13),
    "one_unit": get_args(Unit),
    "students": range(Grade.ge, Grade.le + 1),
    "units": get_args(Unit),
}
"""Groups of labels that have one for each choice that a guide has."""

Data = dict[str, Any]
Given = Callable[[], object]


def faults_of_words(school: School) -> list[str]:
    """What is wrong with the words of the replies, each fault with its file and its key."""
    texts, said, broken, faults = load_texts(), set[str](), dict[str, None](), dict[str, None]()
    for given in answers_given(school):
        try:
            found = given()
        except DocumentError as error:
            broken |= dict.fromkeys(error.faults)
            continue
        if isinstance(found, Answer):
            said.add(found.response)
            faults |= dict.fromkeys(_faults(found.response, texts, found.facts, school))
    # What no answer uses is said by actions, without facts; unless an answer could not be given.
    unsaid = [] if broken else [name for name in texts if name not in said]
    for name in unsaid:
        if not name.startswith(SENTENCE):
            faults |= dict.fromkeys(_faults(name, texts, {}, school))
    return [*broken, *faults]


def _faults(
    name: str, texts: Mapping[str, list[str]], facts: Mapping[str, str], school: School
) -> list[str]:
    place = f"{RESPONSES.name}: {name}"
    if name not in texts:
        return [f"{place}: found nothing, expected - text: ..."]
    faults: list[str] = []
    for text in texts[name]:
        try:
            filled(text, {**assistant.person_facts(school), **facts}, place)
        except DocumentError as error:
            faults += error.faults
    return faults


def answers_given(school: School) -> Iterator[Given]:
    """What gives each answer that there can be."""
    whole = read(WHOLE)
    bare = _required(Guide, whole)
    changed = (
        *_copies(Guide, whole),
        *(_changed(Guide, bare, change) for change in _changes(Guide, whole)),
    )
    for guide in _guides((whole, bare, *changed)):
        yield from (partial(answer, guide, question) for question in _questions(guide))
        yield from _of_pages(guide)
    for guide in _guides((whole, bare)):
        yield from (partial(answer, guide, question) for question in _questions_on_items(guide))
        yield from chain(_of_forms(guide), _of_acts(guide), _of_assistant(guide, school))
        yield from chain(_of_leads(guide), _of_searches(guide), _of_interests(guide))
    yield from _of_school(school)
    yield from _of_all_pages(WHOLE.stem)
    yield from (partial(label, group, name) for group, names in CHOICES.items() for name in names)
    for kind, tier in tiers_of().items():
        if tier in KINDS:
            yield from (
                partial(help_answer, school, tier, kind, end, unsure)
                for end in (ENGLISH, SPANISH)
                for unsure in (False, True)
            )


def answers_of(guide: Guide, school: School) -> Iterator[Answer]:
    """Each answer that there can be from one guide."""
    asked = chain(_questions(guide), _questions_on_items(guide))
    yield from (answer(guide, question) for question in asked)
    for given in chain(_of_forms(guide), _of_acts(guide), _of_assistant(guide, school)):
        found = given()
        if isinstance(found, Answer):
            yield found


def _guides(data: Iterable[Data]) -> Iterator[Guide]:
    """The guides that can be made of data."""
    for each in data:
        try:
            yield Guide(**each, slug=WHOLE.stem)
        except ValidationError:
            continue  # no guide can be so


def _required(section: type[Section], data: Data) -> Data:
    """A section less all that may be left out."""
    needed = {name: field for name, field in section.__fields__.items() if field.required}
    found = {
        name: (_section_of(field), data[name]) for name, field in needed.items() if name in data
    }
    return {
        name: _required(inner, value) if inner and isinstance(value, dict) else value
        for name, (inner, value) in found.items()
    }


def _copies(section: type[Section], data: Data) -> Iterator[Data]:
    """Copies of a section that differ in one place."""
    return (_changed(section, data, change) for change in _changes(section, data))


def _changed(section: type[Section], data: Data, change: Data) -> Data:
    """The data with other values; what may be left out and has none is left out."""
    return {
        name: value
        for name, value in {**data, **change}.items()
        if value is not None or section.__fields__[name].required
    }


def _changes(section: type[Section], data: Data) -> Iterator[Data]:
    """Keys with what could stand there instead; None for nothing."""
    for name, field in section.__fields__.items():
        if name in data:
            yield from ({name: other} for other in (None, *_instead(field, data[name])))


def _instead(field: ModelField, value: Any) -> Iterator[Any]:
    """Another choice, a section that differs in one place, a list of which each entry does."""
    section = _section_of(field)
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (0, 1)
    elif section and isinstance(value, dict):
        yield from _copies(section, value)
    elif section and isinstance(value, list):
        for change in _changes(section, value[0]):
            yield [_changed(section, entry, change) for entry in value]
    choices = (each for each in get_args(field.outer_type_) if isinstance(each, str))
    yield from islice((choice for choice in choices if choice != value), 1)


def _section_of(field: ModelField) -> type[Section] | None:
    """The section that a field holds, alone or in a list, if it can hold one."""
    types = (each.type_ for each in (field, *(field.sub_fields or ())))
    return next((each for each in types if hasattr(each, "__fields__")), None)


def _questions(guide: Guide) -> Iterator[Question]:
    """Questions on all topics, with their facets, or with what can be asked for by name."""
    for topic in topics():
        yield from (Question(topic, facet=facet) for facet in (None, *TOPICS[topic].facets))
        yield from (Question(topic, values=values) for values in _values(guide, topic))
    yield Question("salary", "what do they earn in London")
    yield Question("myths", "they only sleep")
    for span in ("everything after 10:00", "until 10:00"):
        yield Question("day", span, values={"time": ("10:00",)})


def _questions_on_items(guide: Guide) -> Iterator[Question]:
    """Questions on the facets of one named part of a topic, and of all of them."""
    for name, topic in TOPICS.items():
        for values in _items(guide, name):
            yield from (Question(name, values=values, facet=facet) for facet in topic.facets)


def _items(guide: Guide, topic: str) -> Iterator[Mapping[str, tuple[str, ...]]]:
    items = guide_items(guide)
    for entity in TOPICS[topic].items:
        ids = tuple(item.id for item in items.get(entity, ()))
        yield from ({entity: named} for named in (ids[:1], ids[-1:], ids) if named)


def _values(guide: Guide, topic: str) -> Iterator[Mapping[str, tuple[str, ...]]]:
    """What single parts of a topic are asked for by."""
    yield from _items(guide, topic)
    if topic == "day":
        yield from ({"time": (time,)} for time in TIMES)
        yield from ({"part": (part,)} for part in PARTS)
    if topic == "salary" and guide.salary:
        known = [pay.state for pay in guide.salary.states]
        others = [code for code in states() if code not in known]
        named = (known, others[:1], others[:2], [*known, *others[:1]], [*known, *known])
        yield from ({"state": tuple(codes)} for codes in named if codes)
    if topic == "passage":
        yield {"stamp": ("0:00",)}
    if topic == "tools" and guide.tools:
        yield {"tool": (tool_names(guide.tools[0].name)[0],)}


def _of_pages(guide: Guide) -> Iterator[Given]:
    """What a page and the sheets say."""
    yield from (
        partial(page_answer, guide, topic) for topic in page_topics() if covers(guide, topic)
    )
    yield from (partial(draw, guide) for draw in (page, sheet, lesson_questions, lesson_words))


def _of_all_pages(name: str) -> Iterator[Given]:
    """What the pages say that are of no guide, or of any."""
    yield from (partial(labels, group) for group in ("page_words", "link_topics"))
    yield Block("list", [name], left_out=1).told
    yield partial(code_words, name)
    yield partial(list_words, MOST_BUTTONS)
    yield partial(group_words, name, MOST_BUTTONS)
    yield partial(unknown_words, name, MOST_BUTTONS)


def _of_forms(guide: Guide) -> Iterator[Given]:
    """What quiz and plan say."""
    if guide.fit:
        statements = len(guide.fit.statements)
        yield from (partial(fit.quiz_statement, guide, [fit.YES] * done) for done in (0, 1))
        for said in (fit.YES, fit.NO, fit.UNSURE):
            yield partial(fit.quiz_result, guide, [said] * statements)
        few, enough = guide.fit.threshold - 0.5, statements
        nods = (Question("fit", values={"nods": (str(count),)}) for count in (few, enough))
        yield from (partial(answer, guide, question) for question in nods)
    if guide.high_school:
        for grade in high_school.GRADE_NAMES:
            yield from (partial(high_school.plan, guide, grade, hours) for hours in HOURS)
        yield partial(high_school.replan, guide, None, None, Question("make_plan"))
    yield partial(fit.which_myth, guide)


def _of_searches(guide: Guide) -> Iterator[Given]:
    """What is said to who looks for careers or compares them."""
    match = Match(
        place=0,
        slug=guide.slug,
        title=guide.title,
        soc="00-0000",
        summary=guide.snapshot.summary,
        tasks="",
        pay=guide.salary.median if guide.salary else None,
        per="year",
        cap=None,
        pay_group=None,
        uncertain=False,
        level=1,
        growth=1.0,
        openings=1,
        jobs=1,
        jobs_group=None,
    )
    some, all_ = Filters(), (match,) * (MOST_BUTTONS + SHOWN_CAREERS)
    for found, start, unknown in (
        (Found(all_, 0), 0, ()),
        (Found(all_, 1), 0, ()),
        (Found(all_, 0), 0, (guide.title,)),
        (Found(all_, 0), SHOWN_CAREERS, ()),
        (Found(all_, 0), len(all_), ()),
        (Found((), 0), 0, ()),
    ):
        yield partial(listed_careers, {guide.slug: guide}, some, found, start, unknown)
    yield ways_in
    for asked in (Question("compare"), Question("salary")):
        yield partial(compared, [guide, guide], asked)


def _of_interests(guide: Guide) -> Iterator[Given]:
    """What the interest check says."""
    yield from (partial(interests.activity, [fit.YES] * done) for done in (0, 1))
    points = ((100, 0, 0, 0, 0, 0), (80, 80, 0, 0, 0, 0), (100, 50, 0, 0, 0, 0))
    profiles = [Profile(guide.slug, guide.title, "00-0000", 1, 1, 1, True, each) for each in points]
    several = [Suggestion(each, 1.0, unexpected=each == profiles[0]) for each in profiles]
    for scores in ((8, 8, 0, 0, 0, 0), (1, 0, 0, 0, 0, 0), (0, 8, 0, 0, 0, 0), (1,) * len(AREAS)):
        yield partial(interests.leaning, scores)
        if len(set(scores)) > 1:
            for empty in (BANDS, *([band] for band in BANDS)):
                found = {band: [] if band in empty else several for band in BANDS}
                yield partial(interests.careers, {guide.slug: guide}, scores, found)


def _of_acts(guide: Guide) -> Iterator[Given]:
    """What is said to messages that ask nothing of the guide."""
    for context in map(Context, (None, *TOPICS)):
        if context.topic is None or covers(guide, context.topic):
            yield partial(acts.doubt, guide, context)
        yield from (partial(act, guide, context) for act in (acts.react, acts.refused))
        yield from (partial(acts.agreed, guide, context, yes) for yes in (True, False))
        yield from (
            partial(act, guide, context, SHOWN)
            for act in (acts.shorter, acts.simpler, acts.others, acts.not_on_that)
        )
        yield partial(acts.pick, guide, context, 0, SHOWN)
    yield partial(acts.feel, guide)
    yield partial(acts.surprise, guide, ())
    yield partial(acts.said_already, Answer("utter_react"), [SHOWN])
    yield from (partial(_felt, guide, facet) for facet in (None, *ACTS["feel"].facets))
    yield partial(acts.others, guide, Context("summary"), _said(guide, "summary"))
    yield partial(acts.define, SHOWN)
    for entry in guide.transcript.passages if guide.transcript else ():
        yield partial(example, guide, None, entry.id)


def _of_leads(guide: Guide) -> Iterator[Given]:
    """What stands before an answer to a question that wants a yes or a no."""
    for change in (1.0, 0.0, -1.0):
        yield from (partial(leads.growing, change, fewer) for fewer in (True, False))
    yield from (partial(leads.counted, jobs) for jobs in (None, 1))
    if guide.salary and guide.salary.median:
        pay = guide.salary
        amounts = (pay.min, pay.median, pay.max, 2 * pay.max)
        yield from (partial(leads.earning, pay, float(amount)) for amount in amounts if amount)
    for topic, text, facet in YES_OR_NO:
        for values in ({}, *_values(guide, topic)):
            asked = Question(topic, text, values, facet=facet)
            if covers(guide, topic):
                yield partial(leads.led, answer(guide, asked), guide, asked)


def _said(guide: Guide, topic: str) -> str:
    return worded(answer(guide, Question(topic)), load_responses())


def _felt(guide: Guide, facet: str | None) -> Answer:
    return acts.felt(guide, facet)[0]


def _of_assistant(guide: Guide, school: School) -> Iterator[Given]:
    """What is said of the assistant itself, and where it has no answer."""
    known = {guide.slug: guide}
    alone = set(TOPICS) - topics() - set(FORMS) - set(SEARCHES)
    for guides in (known, {**known, "": guide}):
        yield from (
            partial(assistant.about_assistant, topic, guides, guide, school) for topic in alone
        )
    collecting = school.copy(update={"collect_questions": True, "keep_days": 1})
    yield partial(assistant.about_assistant, "privacy", known, guide, collecting)
    yield partial(assistant.no_guide, known, guide.title)
    yield partial(assistant.which_told, known, (), Question("salary"))
    for count in (1, MOST_BUTTONS + 1):
        slugs, asked = [guide.slug] * count, Question("salary")
        yield partial(assistant.which_career, known, guide.title, slugs, asked)
        yield partial(assistant.which_compared, known, slugs, asked)
        yield partial(assistant.also_called, known, slugs, asked)
        yield partial(assistant.which_told, known, slugs, asked)
        yield partial(assistant.also_told, known, guide, slugs, asked)
        yield partial(assistant.no_guide, known, guide.title, None, slugs)
    yield from (partial(assistant.fallback, guide, [*TOPICS], lacks) for lacks in (True, False))
    yield partial(assistant.lacking, guide)
    yield partial(assistant.only_task, guide, [*TOPICS], guide.title)
    yield from (partial(assistant.suggest, guide, [*TOPICS], named) for named in (False, True))
    yield partial(assistant.apology, school)
    yield from (high_school.ask_grade, high_school.ask_hours, high_school.ask_again_hours)
    yield from (partial(assistant.boundary, again) for again in (True, False))
    yield lambda: assistant.MAY_FORGET


def _of_school(school: School) -> Iterator[Given]:
    """What the school says itself: certain and no longer so, with more to read and without."""
    day = date(2026, 1, 1)
    said: Data = {"topic": "salary", "answer": SHOWN, "checked": day, "until": day}
    link = {"words": SHOWN, "url": "https://www.school.example"}
    for given in (said, {**said, "link": link}):
        entry = LocalAnswer(**given)
        for today in (day, date.max):
            yield from (partial(told, entry, school, today, surely) for surely in (True, False))
