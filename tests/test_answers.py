"""Every answer over both guides: its form, and what is picked and computed."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from jsonschema import Draft7Validator, ValidationError

from answers import assistant, fit
from answers.model import Kind, Question, custom
from answers.registry import answer, topics
from guides.loading import Guides
from guides.schema import Guide
from guides.school import School
from tests.conftest import Ask, Checked
from understanding.topics import TOPICS

SLUGS = ["mlops-engineer", "moon-lighthouse-keeper"]
NOT_OF_THE_KEEPER = (
    "certificates difficulty first_step myths portfolio projects teamwork tools week"
)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("topic", sorted(topics()))
def test_every_topic_of_every_guide_has_an_answer(
    guides: Guides, ask: Ask, topic: str, slug: str
) -> None:
    """An answer is short, plain and whole, its custom object valid, its buttons offered."""
    text = ask(guides[slug], topic)
    missing = slug == SLUGS[1] and topic in NOT_OF_THE_KEEPER.split()
    assert ("does not cover" in text) == missing


@pytest.mark.parametrize("topic", NOT_OF_THE_KEEPER.split())
def test_what_a_guide_lacks_is_called_not_covered(keeper: Guide, topic: str) -> None:
    """A topic that the guide lacks gives a fallback that names it, without sources."""
    given = answer(keeper, Question(topic))
    assert given.kind == "fallback" and given.facts["topic_title"] == TOPICS[topic].title
    assert custom(given, topic, keeper)["sources"] == []


def test_the_assistant_speaks_of_itself(guides: Guides, school: School, checked: Checked) -> None:
    """Smalltalk, careers, abilities and the person to turn to have the form of answers."""
    searching = {"find", "compare", "related", "lost"}
    alone = set(TOPICS) - topics() - searching - {"check_interests", "make_plan", "take_quiz"}
    for guide in guides.values():
        said = {t: assistant.about_assistant(t, guides, guide, school) for t in alone}
        texts = {topic: checked(given, topic, guide) for topic, given in said.items()}
        assert said["person"].kind == "handoff" and school.person.contact in texts["person"]
        assert "not a human" in texts["bot"] and guide.title in texts["capabilities"]
        assert all(each.title in texts["careers"] for each in guides.values())


def test_what_has_no_answer_offers_what_has_one(guides: Guides, checked: Checked) -> None:
    """Unknown careers, fallbacks and questions back keep the form and hold no sources."""
    for guide in guides.values():
        near = ["myths", "salary", "nonsense", "day", "pros", "cons"]
        for given in (
            assistant.no_guide(guides, "nurse"),
            assistant.fallback(guide, near),
            assistant.fallback(guide, near, uncovered=True),
            assistant.suggest(guide, near),
            fit.which_myth(guide),
        ):
            checked(given, "capabilities", guide)
            assert custom(given, "capabilities", guide)["sources"] == []
    text = checked(assistant.no_guide(guides, "nurse"), "careers", None)
    assert "nurse" in text and all(guide.title in text for guide in guides.values())


def test_the_schema_refuses_what_the_code_does_not_build(
    mlops: Guide, reply_schema: dict[str, Any]
) -> None:
    """Every object of the schema is closed, every property described, a changed reply refused."""
    Draft7Validator.check_schema(reply_schema)
    assert set(reply_schema["properties"]["kind"]["enum"]) == set(get_args(Kind))
    objects = [part for part in _parts(reply_schema) if part.get("type") == "object"]
    assert len(objects) > 10 and all(part["additionalProperties"] is False for part in objects)
    shared = reply_schema["definitions"]
    for part in (each for thing in objects for each in thing["properties"].values()):
        name = part.get("$ref", "").removeprefix("#/definitions/")
        assert shared.get(name, part).get("description"), part
    good = custom(answer(mlops, Question("salary")), "salary", mlops)
    card = good["card"]
    for wrong in ({"kind": "guess"}, {"more": 1}, {"card": {**card, "x": 1}}, {"sources": None}):
        with pytest.raises(ValidationError):
            Draft7Validator(reply_schema).validate({**good, **wrong})


def _parts(node: object) -> list[dict]:
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    own = [node] if isinstance(node, dict) else []
    return own + [part for each in inner for part in _parts(each)]


M, K = SLUGS
PICKS = [
    (M, "education", {"facet": "cheapest"}, "The cheapest route |- Self-taught|low cost ($)|!4-year|!tied"),
    (M, "education", {"facet": "fastest"}, "The fastest route |- Bootcamp|3-12 months|!Self-taught"),
    (M, "education", {"facet": "most_common"}, "The most common route |- 4-year degree: 60%|!Master"),
    (M, "education", {"facet": "least_common"}, "tied|- Bootcamp|- Self-taught|!4-year"),
    (M, "education", {"facet": "most_expensive"}, "tied|- 4-year degree|- Master's|high cost ($$$)|!- Boot"),
    (M, "education", {"facet": "without_degree"}, "20% of people|- Bootcamp|- Self-taught|!- 4-year|!- Master"),
    (M, "education", {"facet": "degree_needed"}, "commonly the minimum|- 4-year|- Master|- Boot|- Self"),
    (M, "education", {"route": "bootcamp"}, "- Bootcamp|10% take it|3-12 months|medium cost ($$)|!4-year"),
    (M, "education", {"route": "bootcamp", "facet": "degree_needed"}, "- Bootcamp|!- 4-year"),
    (M, "education", {"route": "degree bootcamp"}, "Side by side|- 4-year|- Boot|Bootcamp / certificate path: Some|!- Master"),
    (K, "education", {"facet": "cheapest"}, "tied|- Beacon|- Space navy|- Night owl|!diploma|!optics"),
    (K, "education", {"facet": "fastest"}, "tied|- Beacon|1 year,|diploma: 30% take it, 52 weeks|!navy"),
    (K, "education", {"facet": "most_expensive"}, "The most expensive route |moon optics|!tied"),
    (K, "education", {"facet": "most_common"}, "The most common route |- Beacon|!diploma"),
    (K, "education", {"facet": "without_degree"}, "80% of people|- Night owl|!optics"),
    (K, "education", {"facet": "degree_needed"}, "does not say whether a degree is needed|optics"),
    (M, "skills", {"facet": "highest"}, "highest|Logic & abstraction: 92/100|number 1 of 5|!Coding"),
    (M, "skills", {"facet": "lowest"}, "lowest|Communication: 76/100|number 5 of 5|!Logic"),
    (M, "skills", {"skill": "coding"}, "Coding & automation: 91/100|number 2 of 5|!Logic"),
    (M, "skills", {}, "1. Logic & abstraction: 92|2. Coding|3. Systems|4. Debugging|5. Communication: 76"),
    (K, "skills", {"facet": "highest"}, "Patience: 95/100|Lens polishing: 95/100|number 1 (tied) of 3|!number 2"),
    (K, "skills", {"facet": "lowest"}, "Radio manners: 60/100|number 3 of 3|!tied"),
    (M, "pathway", {"stage": "senior"}, "Senior / specialist: 7+ years|!Junior"),
    (M, "pathway", {"stage": "junior internship"}, "Internship: 1-2 summers|Junior role: 1-2 years|!Mid"),
    (K, "pathway", {"stage": "apprentice"}, "Lamp apprentice: 1 year|!years"),
    (M, "high_school", {"activity": "class"}, "math courses|computer science|!Python|!club"),
    (M, "high_school", {"activity": "math"}, "statistics and calculus|3-5 hours a week|!computer science"),
    (M, "high_school", {"activity": "club"}, "Join a coding, robotics or tech club|!Git"),
    (K, "high_school", {"activity": "project"}, "old lamp|model tower|!Morse"),
    (K, "high_school", {}, "For freshmen, sophomores, juniors and seniors|Morse|astronomy"),
    (M, "passage", {"stamp": "0:00"}, "The host introduces|(Audio lesson, 0:00.)"),
    (M, "passage", {"stamp": "5:11"}, "Salary can vary|question at 5:11, answer at 5:12"),
    (M, "passage", {"stamp": "5:12"}, "Salary can vary|question at 5:11, answer at 5:12"),
    (M, "passage", {"stamp": "5:10"}, "no BLS|question at 4:46"),
    (M, "passage", {"stamp": "99:00"}, "The host ends|8:45"),
    (M, "passage", {"passage": "data_drift"}, "habits|question at 1:48, answer at 1:54"),
    (K, "passage", {"stamp": "1:00"}, "circled for an hour|question at 0:40"),
    (M, "salary", {}, "$130,000-$185,000 a year|$158,000|official data for this job is limited|no fixed claim"),
    (K, "salary", {}, "€2,400-€3,900 a month|may be off|!median|!$"),
    (M, "salary", {"facet": "best_states"}, "no sure pay by state|$130,000-$185,000"),
    (M, "pathway", {"facet": "experience"}, "does not say how much experience|Junior role: 1-2 years"),
    (M, "market", {}, "very high|+28% by 2034|Official labor data is limited|no occupation|with care"),
    (K, "market", {}, "no figure for growth|Nobody counts|!Demand"),
    (M, "outlook", {}, "+28% by 2034|Be careful with the growth figure|No BLS occupation"),
    (K, "outlook", {}, "no figure for growth|plans are often late|does not say what automation|!%"),
    (M, "sources", {}, "5 sources|date of the last check is not stated|cannot be traced|1. CareerExplorer|5. SecondTalent"),
    (K, "sources", {}, "2 sources|last checked on 2020-02-29|!not stated"),
    (M, "pros", {}, "growing area|!stressful"),
    (M, "cons", {}, "stressful|!growing area"),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "topic", "values", "facts"), PICKS)
def test_an_answer_holds_what_was_asked_for_and_no_more(
    guides: Guides, ask: Ask, slug: str, topic: str, values: dict[str, str], facts: str
) -> None:
    """What is picked or computed is named, ties included; what was not asked for is left out."""
    text = ask(guides[slug], topic, **values)
    for fact in facts.split("|"):
        assert (fact.lstrip("!") in text) == (not fact.startswith("!")), f"{fact}: {text}"


@pytest.mark.parametrize(
    ("claim", "held"),
    [
        ("is this career just machine learning", "related but not identical"),
        ("my friend says its the same as devops", "There is overlap"),
        (
            "is one tool enough",
            "It does not say why, but its other facts do. The guide itself names",
        ),
        ("after it's deployed the job is finished right", "when the monitoring begins"),
        ("is it true that only geniuses can do it", "does not say whether"),
        ("what do people get wrong", "Common myths"),
        ("", "Common myths"),
    ],
)
def test_a_claim_gets_its_myth(mlops: Guide, ask: Ask, claim: str, held: str) -> None:
    """A claim gets the myth that it repeats; another one is not answered; no claim gets all."""
    named = {"deployed": "done_when_deployed", "devops": "same_as_devops"}
    myth = next((value for word, value in named.items() if word in claim), "")
    assert held in ask(mlops, "myths", claim, myth=myth)


def test_not_sure_is_an_answer_of_its_own(mlops: Guide, checked: Checked) -> None:
    """The count and the card tell it from a no, and it is no nod."""
    assert mlops.fit
    said = ["yes", "not sure", "no", "not sure", "yes"]
    result = fit.quiz_result(mlops, said)
    text = checked(result, "take_quiz", mlops)
    assert "You nodded at 2 of 5, said no to 1, and were not sure about 2." in text
    assert result.card
    assert [entry["detail"] for entry in result.card["groups"][0]["items"]] == said


def test_compared_routes_stand_alone(mlops: Guide) -> None:
    """The card of a comparison holds the routes that were named, none marked; others hold all."""
    assert mlops.education
    all_routes = mlops.education.routes
    two = tuple(route.id for route in all_routes[:2])
    compared = answer(mlops, Question("education", "compare them", {"route": two}))
    assert compared.card and [route["name"] for route in compared.card["routes"]] == [
        route.name for route in all_routes[:2]
    ]
    assert not any(route["marked"] for route in compared.card["routes"])
    one = answer(mlops, Question("education", "this one", {"route": two[:1]}))
    assert one.card and len(one.card["routes"]) == len(all_routes)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_quiz_asks_every_statement_and_counts_the_nods(
    guides: Guides, checked: Checked, slug: str
) -> None:
    """Each statement is asked in turn; from the threshold on the result is a good fit."""
    guide = guides[slug]
    statements, threshold = guide.fit.statements, guide.fit.threshold
    for number, statement in enumerate(statements):
        text = checked(fit.quiz_statement(guide, ["no"] * number), "take_quiz", guide)
        assert f"{number + 1} of {len(statements)}: {statement}." in text
    for nods in (threshold - 1, threshold, threshold + 1):
        said = ["yes" if place < nods else "no" for place in range(len(statements))]
        given = fit.quiz_result(guide, said)
        text = checked(given, "take_quiz", guide)
        assert f"You nodded at {nods} of {len(statements)}, said no to" in text
        assert ("point to a good fit" in text) == (nods >= threshold)
