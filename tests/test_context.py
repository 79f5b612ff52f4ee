"""Follow-ups: what a message means after what was just answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict

import pytest

from answers.context import FOCUS, Context, more, resolve
from answers.model import Question
from answers.registry import answer, covers, topics
from guides.loading import Guides, load_guides
from guides.schema import Guide
from tests.conftest import Worded
from understanding.reading import Reader, is_bare
from understanding.terms import Terms
from understanding.text import fold

M, K = "mlops-engineer", "moon-lighthouse-keeper"

Resolved = Callable[..., Question]


@pytest.fixture(scope="module")
def resolved(guides: Guides) -> Resolved:
    """The question that a typed text means; `topic` is what the classifier made of it."""
    reader, terms = Reader(guides), Terms()

    def meant(
        topic: str, text: str, after: Context, slug: str = M, facet: str | None = None
    ) -> Question:
        entities = [*reader.entities(text), *terms.find(guides[slug], text)]
        found = [asdict(entity) for entity in entities]
        values: dict[str, list[str]] = defaultdict(list)
        for entity in found:
            values[entity["name"]].append(entity["value"])
        facets = [(facet, 0.9)] if facet else []
        by_name = {name: tuple(each) for name, each in values.items()}
        asked = Question(topic, text, by_name, facets=facets)
        return resolve(asked, after, guides[slug], is_bare(fold(text), found))

    return meant


@pytest.fixture(scope="module")
def said(guides: Guides, resolved: Resolved, worded: Worded) -> Callable[..., str]:
    """The text of the answer to a typed text."""

    def text_of(
        topic: str, text: str, after: Context, slug: str = M, facet: str | None = None
    ) -> str:
        return worded(answer(guides[slug], resolved(topic, text, after, slug, facet)))

    return text_of


FOLLOW_UPS = [
    ("what about communication", Context("skills", {"skill": "coding"}), "Communication: 76"),
    ("4pm", Context("education"), "4:00 PM: Update"),
    ("what about 4pm", Context("day", {"time": "14:30"}), "4:00 PM: Update"),
    ("and in the morning?", Context("day", {"time": "14:30"}), "In the morning:"),
    ("5:11", Context("passage", {"passage": "close"}), "answer at 5:12"),
    ("5:11", Context("day"), "5:00 PM: Document"),
    ("the bootcamp", Context("education"), "- Bootcamp"),
    ("the bootcamp", Context("pathway"), "College / bootcamp: 2-4 years"),
    ("junior", Context("pathway"), "Junior role: 1-2 years"),
    ("clubs?", Context("high_school"), "Join a coding, robotics or tech club"),
    ("python", Context("high_school"), "Learn Python and build"),
    ("python", Context("summary"), "The guide names 8 tools"),
    ("why is that wrong", Context("myths", {"myth": "one_tool"}), "The guide itself names many"),
    ("how come", Context("myths", {"myth": "same_as_devops"}), "There is overlap"),
    ("what comes next", Context("day", {"time": "~2:30"}), "4:00 PM: Update"),
    ("and after that?", Context("day", {"time": "first"}), "9:30 AM: Team standup"),
    ("and after that?", Context("day", {"time": "last"}), "5:00 PM: Document"),
    ("and then?", Context("pathway", {"stage": "junior"}), "Mid-level: 3-6 years"),
    ("no wait i meant the bootcamp", Context("education", {"route": "masters"}), "- Bootcamp"),
    ("oops i mean 4pm", Context("day", {"time": "~2:30"}), "4:00 PM: Update"),
    ("sorry, no, i meant junior", Context("pathway", {"stage": "mid"}), "Junior role: 1-2"),
    ("and then?", Context("pathway", {"stage": "senior"}), "Senior / specialist: 7+ years"),
]  # fmt: skip


FACETED = [
    (M, "education.cheapest", Context("salary"), "- Self-taught"),
    (M, "education.fastest", Context("education", {"route": "masters"}), "- Bootcamp"),
    (M, "skills.highest", Context("skills", {"skill": "communication"}), "Logic & abstraction: 92"),
    (M, "skills.lowest", Context("day"), "Communication: 76"),
    (M, "education.length", Context("education", {"route": "bootcamp"}), "3-12 months"),
    (M, "education.cost", Context("education", {"route": "masters"}), "high cost ($$$)"),
    (M, "pathway.length", Context("pathway", {"stage": "junior"}), "Junior role: 1-2 years"),
    (M, "pathway.after", Context("pathway", {"stage": "junior"}), "Mid-level: 3-6 years"),
    (M, "day.length", Context("day", {"time": "~2:30"}), "until 4:00 PM"),
    (K, "education.fastest", Context("salary"), "tied"),
    (K, "education.length", Context("education", {"route": "navy"}), "2-6 years"),
    (K, "skills.highest", Context("skills"), "Lens polishing: 95"),
]


@pytest.mark.parametrize(("slug", "facet", "after", "held"), FACETED)
def test_a_facet_is_seen_from_the_last_answer(
    said: Callable[..., str], slug: str, facet: str, after: Context, held: str
) -> None:
    """A part or a side that is asked for is that of the route, stage or skill answered last."""
    assert held in said("follow_up", "how about that", after, slug, facet)


def test_a_word_of_the_last_answer_is_no_name(said: Callable[..., str]) -> None:
    """After the pay "the middle" is the middle pay, and elsewhere a stage of a career."""
    asked = ("follow_up", "and the middle")
    assert "median" in said(*asked, Context("salary"), M, "salary.middle")
    assert "Mid-level" in said(*asked, Context("pathway"), M, "salary.middle")
    assert "Mid-level" in said(*asked, Context("salary"))


@pytest.mark.parametrize(("text", "after", "held"), FOLLOW_UPS)
def test_a_follow_up_is_seen_from_the_last_answer(
    said: Callable[..., str], text: str, after: Context, held: str
) -> None:
    """A bare value or "that" means what the last answer was about."""
    assert held in said("follow_up", text, after)


@pytest.mark.parametrize(
    ("text", "after", "held"),
    [
        ("and then?", Context("day", {"time": "23:30"}), "12:30 AM: Eat supper"),
        ("what's next", Context("day", {"time": "~2:30"}), "4:30 AM: Write the log"),
        ("1am", Context("education"), "12:30 AM: Eat supper"),
    ],
)
def test_follow_ups_work_for_any_guide(
    said: Callable[..., str], text: str, after: Context, held: str
) -> None:
    """The same follow-ups are answered from another guide's own parts, past midnight too."""
    assert held in said("follow_up", text, after, K)


@pytest.mark.parametrize(
    ("text", "after", "topic"),
    [
        ("why is that wrong", Context("myths"), "which_myth"),
        ("why is that wrong", Context("salary"), "more"),
        ("and after that?", Context("day", {"part": "morning"}), "more"),
        ("go on", Context("salary"), "more"),
        ("what about 10 hours", Context("make_plan"), "replan"),
        ("junior", Context("make_plan"), "replan"),
        ("3", Context("make_plan"), "replan"),
        ("mlops", Context("salary"), "salary"),
    ],
)
def test_a_follow_up_without_a_part_has_a_topic(
    resolved: Resolved, text: str, after: Context, topic: str
) -> None:
    """Where nothing can be pointed at, the student is asked back or gets more on the topic."""
    assert resolved("follow_up", text, after).topic == topic


@pytest.mark.parametrize(
    ("topic", "text", "after"),
    [
        ("salary", "how much do they make", Context("education", {"route": "bootcamp"})),
        ("education", "which routes are there", Context("education", {"route": "bootcamp"})),
        ("pathway", "how do i get there", Context("pathway", {"stage": "junior"})),
        ("day", "what is a normal day like", Context("day", {"time": "14:30"})),
        ("myths", "tell me all the myths", Context("myths", {"myth": "one_tool"})),
        ("skills", "what skills are needed", Context("skills", {"skill": "coding"})),
    ],
)
def test_a_new_full_question_wins(
    resolved: Resolved, topic: str, text: str, after: Context
) -> None:
    """A question that stands on its own keeps its topic and takes nothing from the last answer."""
    meant = resolved(topic, text, after)
    assert meant.topic == topic
    assert not [name for name in FOCUS if meant.values.get(name)]


def test_a_form_is_not_left_for_a_bare_value(resolved: Resolved) -> None:
    """Hours given for the plan and a time while the quiz starts stay with plan and quiz."""
    assert resolved("make_plan", "4 hours", Context("education")).topic == "make_plan"
    assert resolved("take_quiz", "4pm", Context("education")).topic == "take_quiz"


@pytest.mark.parametrize(
    ("text", "slug", "topic"),
    [
        ("do i need math", M, "high_school"),
        ("how much coding", M, "skills"),
        ("what skills do i need", M, "skills"),
        ("do i need astronomy", K, "high_school"),
        ("do i need math", K, "skills"),
    ],
)
def test_a_school_subject_is_asked_of_the_high_school_plan(
    resolved: Resolved, text: str, slug: str, topic: str
) -> None:
    """A class of the guide's plan is no skill cluster, so the plan answers."""
    assert resolved("skills", text, Context(), slug).topic == topic


def test_the_stats_of_a_job_are_no_class(resolved: Resolved) -> None:
    """What surely asks for skills does so, though "stats" is short for a class too."""
    assert resolved("skills", "top stats", Context(), M, "skills.highest").topic == "skills"


@pytest.mark.parametrize(
    ("slug", "after", "topic", "held"),
    [
        (M, Context("salary"), "salary", "(Audio lesson, question at 5:11"),
        (M, Context("salary", {"passage": "salary"}), "market", "Demand today"),
        (M, Context("titles"), "employers", "fintech"),
        (M, Context(), "summary", "(Audio lesson"),
        (M, Context("greet"), "summary", "(Audio lesson"),
        (K, Context("salary"), "market", "Few towers"),
        (K, Context("myths"), "summary", "crater"),
    ],
)
def test_more_gives_the_lesson_first_and_then_the_next_topic(
    guides: Guides, worded: Worded, slug: str, after: Context, topic: str, held: str
) -> None:
    """ "Tell me more" gives what the lesson says, and once that is said, the usual next topic."""
    found, given = more(guides[slug], after)
    assert found == topic and held in worded(given)


def test_more_goes_past_what_was_said(guides: Guides, worded: Worded) -> None:
    """However often it is asked for, until all topics are through."""
    said: list[str] = []
    for _ in range(10):
        _, given = more(guides[M], Context("salary"), said)
        said.append(worded(given))
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("topic", "text", "after", "slug", "meant"),
    [
        ("high_school", "high school classes?", Context(), M, "high_school"),
        ("define", "whats scikit learn", Context("make_plan"), M, "define"),
        ("define", "what is a pipeline", Context("day"), M, "define"),
        ("high_school", "what about scikit learn", Context("high_school"), M, "high_school"),
    ],
)
def test_a_named_thing_does_not_take_over(
    resolved: Resolved, topic: str, text: str, after: Context, slug: str, meant: str
) -> None:
    """A stage's name in a question on classes, and a step's in one on a word's meaning."""
    assert resolved(topic, text, after, slug).topic == meant


def test_that_one_is_the_item_that_was_answered(resolved: Resolved) -> None:
    """Whatever facet the words look like; another item that is named is that one."""
    after = Context("skills", {"skill": "debugging"})
    meant = resolved("skills", "whats the score on that skill", after, facet="skills.highest")
    assert meant.values["skill"] == ("debugging",) and meant.facet is None
    other = resolved("skills", "is communication above that one", after)
    assert other.values["skill"] != ("debugging",)
    assert not resolved("salary", "does that one pay more", after).values.get("skill")


def test_a_part_near_the_last_answer_is_likelier() -> None:
    """After what to learn first, "how many hours a week" is of the plan; after the pay, the job's."""
    facets = (("hours.week", 0.58), ("high_school.hours", 0.28), ("hours", 0.05))
    asked = Question("hours", "how many hours a week", sureness=0.9, facets=facets)
    guide = load_guides()[M]
    plan = resolve(asked, Context("first_step"), guide)
    assert (plan.topic, plan.facet) == ("high_school", "hours")
    job = resolve(asked, Context("salary"), guide)
    assert (job.topic, job.facet) == ("hours", "week")


@pytest.mark.parametrize("topic", sorted(topics()))
def test_more_never_ends_in_nothing(guides: Guides, topic: str) -> None:
    """After any topic there is more to say, and never that the guide lacks it."""
    for guide in guides.values():
        for focus in ({}, {"passage": "hello"}):
            found, given = more(guide, Context(topic, focus))
            assert given.kind == "answer" and covers(guide, found)


@pytest.mark.parametrize(
    ("text", "topic", "before", "stage"),
    [
        ("then what comes", "more", Context("pathway", {"stage": "junior"}), "mid"),
        ("whats next then", "nlu_fallback", Context("pathway", {"stage": "internship"}), "junior"),
    ],
)
def test_the_next_stage_follows_whatever_the_classifier_thought(
    mlops: Guide, text: str, topic: str, before: Context, stage: str
) -> None:
    """ "What comes then" after a stage is the next stage, also where the intent was unclear."""
    meant = resolve(Question(topic, text), before, mlops)
    assert (meant.topic, meant.first("stage")) == ("pathway", stage)


def test_a_comparison_with_another_career_is_not_covered(mlops: Guide) -> None:
    """ "Do they earn more than nurses" gets no figure of this career alone."""
    asked = Question("salary", "do they earn more than nurses", {"compared_career": ("nurse",)})
    assert resolve(asked, Context(), mlops).topic == "uncovered"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("why do models go bad in production", "passage"),
        ("is it stressful when models break", "cons"),
    ],
)
def test_explaining_a_subject_of_the_lesson_is_its_passage(
    mlops: Guide, text: str, topic: str
) -> None:
    """ "Why" beside such a subject wants the passage; another question only mentions it."""
    asked = Question("cons", text, {"passage": ("why_models_fail",)})
    assert resolve(asked, Context(), mlops).topic == topic


@pytest.mark.parametrize(
    ("text", "topic", "after"),
    [
        ("how much do they earn", "salary", Context("education", {"route": "degree"})),
        ("how much do they get", "salary", Context("education", {"route": "degree"})),
        ("money?", "salary", Context("pathway", {"stage": "mid"})),
        ("what do i do first", "first_step", Context("education")),
        ("what do they do first", "day", Context("myths")),
        ("how many hours a week do they work", "hours", Context("education")),
        ("what does teamwork depend on", "teamwork", Context("salary")),
        ("how long is a normal work day", "hours", Context("pathway", {"stage": "mid"})),
        ("why does this job matter", "importance", Context("salary")),
        ("make me a plan", "make_plan", Context("pathway", {"stage": "mid"})),
    ],
)
def test_a_question_of_its_own_wins_over_the_last_answer(
    resolved: Resolved, text: str, topic: str, after: Context
) -> None:
    """A message with words of its own is not bent to what was answered before."""
    assert resolved(topic, text, after).topic == topic


def test_a_place_in_a_list_is_an_item_of_it(resolved: Resolved, guides: Guides) -> None:
    """ "The second one" of the myths, routes or stages, and "the last one"."""
    myths = [myth.id for myth in guides[M].myths or []]
    assert (
        resolved("myths", "why is the second one wrong", Context("myths")).first("myth") == myths[1]
    )
    assert resolved("follow_up", "and the last one", Context("myths")).first("myth") == myths[-1]
    route = resolved("education", "the third one", Context("education")).first("route")
    assert guides[M].education and route == guides[M].education.routes[2].id
    assert resolved("follow_up", "the fifth one", Context("education")).first("route") is None


def test_what_came_before_is_the_step_before(resolved: Resolved) -> None:
    """ "And before that" goes back by one, and stays at the first."""
    after = Context("pathway", {"stage": "mid"})
    assert resolved("education", "and before that?", after).first("stage") == "junior"
    first = Context("pathway", {"stage": "high_school"})
    assert resolved("education", "and before that?", first).first("stage") == "high_school"


def test_after_the_evening_comes_no_morning(resolved: Resolved, guides: Guides) -> None:
    """ "And before that" from an hour outside the day is its last entry, "after that" its first."""
    day = guides[M].day
    assert day
    outside = Context("day", {"time": "00:00"})
    last, first = (entry.at.strftime("%H:%M") for entry in (day.entries[-1], day.entries[0]))
    assert resolved("more", "and before that", outside).first("time") == last
    assert resolved("more", "and after that", outside).first("time") == first


def test_the_moment_answered_is_remembered_as_a_time(guides: Guides) -> None:
    """ "At 9 in the evening" is kept with its part of the day; "at 9" as the entry's time."""
    late = answer(guides[M], Question("day", "", {"time": ("~9:00",), "part": ("evening",)}))
    assert dict(late.focus) == {"time": "~9:00", "part": "evening"}
    early = answer(guides[M], Question("day", "", {"time": ("~9:10",)}))
    assert dict(early.focus) == {"time": "09:00"}
