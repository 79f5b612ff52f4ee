"""Domain, rules, examples, responses, guides and code are in step; each failure names the file."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import class_from_module_path
from rasa_sdk.executor import ActionExecutor

from answers.context import FOCUS, TOPICS_OF
from answers.help import KINDS, UNSURE
from answers.offers import offered_payloads
from answers.registry import topics
from components.guide_importer import GuideImporter, begun_by
from guides.loading import load_guides
from understanding.distress import tiers_of
from understanding.facets import WHOLE, read_facets
from understanding.topics import ENTRIES, INTENTS, TOPICS

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def importer() -> GuideImporter:
    (named,) = yaml.safe_load((ROOT / "config.yml").read_text())["importers"]
    assert class_from_module_path(named["name"]) is GuideImporter, "config.yml: importers"
    return GuideImporter(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")])


@pytest.fixture(scope="module")
def domain(importer: GuideImporter) -> Domain:
    loaded = importer.get_domain()
    assert loaded.intents, "domain.yml: Rasa loaded an empty domain; mend the file"
    return loaded


@pytest.fixture(scope="module")
def nlu(importer: GuideImporter) -> TrainingData:
    return importer.get_nlu_data()


def own_intents(domain: Domain) -> set[str]:
    return set(domain.as_dict()["intents"]) if domain else set()


def domain_file() -> dict:
    return yaml.safe_load((ROOT / "domain.yml").read_text())


def test_every_intent_has_one_rule(importer: GuideImporter) -> None:
    """Every intent, and the fallback, begins exactly one rule that holds outside of forms."""
    begun = Counter(map(begun_by, importer.get_stories().story_steps))
    assert set(begun) - {None} == {*INTENTS, "nlu_fallback"}, "data/rules.yml"
    assert all(times == 1 for intent, times in begun.items() if intent), "data/rules.yml"


def test_every_topic_has_an_intent() -> None:
    """The table of topics and acts, the answering functions and the intents are the same names."""
    assert set(domain_file()["intents"]) == INTENTS, "data/topics.yml and domain.yml"
    questions = {name for name, topic in TOPICS.items() if topic.kind == "question"}
    assert topics() == questions, "data/topics.yml and the functions of answers/"


def test_entities_and_slots_are_those_of_the_code() -> None:
    """The domain lists every entity that is extracted and every slot that is set."""
    found = {
        *TOPICS_OF,
        "career",
        "facet",
        "compared_career",
        "mentioned_career",
        "unlisted_career",
        "described_career",
    }
    assert set(domain_file()["entities"]) == found, "domain.yml: entities"
    slots = {*FOCUS, "topic", "career", "grade", "hours", "planned_hours"}
    slots |= {"fit_answer", "fit_answers", "finding", "interest_answer", "interest_answers"}
    assert set(domain_file()["slots"]) == slots, "domain.yml: slots"


def test_actions_are_those_of_the_code() -> None:
    """The domain lists exactly the actions that the action server registers."""
    executor = ActionExecutor()
    executor.register_package("actions")
    listed = [
        next(iter(name)) if isinstance(name, dict) else name for name in domain_file()["actions"]
    ]
    own = {
        name
        for name, run in executor.actions.items()
        if run.__module__.startswith(("actions", "rasa_sdk"))
    }
    assert sorted(own) == listed, "domain.yml: actions"


def test_lists_are_sorted() -> None:
    """The lists of the domain are in the order of the alphabet."""
    for name in ("intents", "entities", "slots"):
        assert list(domain_file()[name]) == sorted(domain_file()[name]), f"domain.yml: {name}"


def test_every_command_is_there_once() -> None:
    """What the Makefile names as a command has one rule, and each rule is named."""
    text = (ROOT / "Makefile").read_text()
    named = re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)[0].split()
    assert sorted(re.findall(r"^([a-z-]+):", text, re.MULTILINE)) == sorted(named)


def test_every_response_is_used() -> None:
    """Every response is named in the code, and every name in the code is a response."""
    responses = set(yaml.safe_load((ROOT / "data/responses.yml").read_text())["responses"])
    code = "\n".join(
        path.read_text()
        for folder in ("answers", "actions")
        for path in (ROOT / folder).glob("*.py")
    )
    named = set(re.findall(r"utter_[a-z_]+[a-z]", code)) - {"utter_message"}
    built = {
        f"utter_{topic}" for topic in ("bot", "goodbye", "greet", "privacy", "start_over", "thank")
    }
    built |= {"utter_answer_education_picked_tied"}
    built |= {name for name in responses if name.startswith("utter_fact_lead_")}  # all rehearsed
    kinds = [UNSURE, *(kind for kind, tier in tiers_of().items() if tier in KINDS)]
    built |= {f"utter_opening_{kind}{end}" for kind in kinds for end in ("", "_es")}
    built |= {f"utter_{kind}{end}" for kind in KINDS.values() for end in ("", "_es")}
    built |= {
        "_".join(filter(None, ("utter", topic, facet, form)))
        for topic, entry in ENTRIES.items()
        for facet, way in entry.facets.items()
        if topic == "feel" or not (way.own or way.values or way.topic)
        for form in ("", *way.also)
    }
    pages = {f"utter_page_{name.removeprefix('utter_answer_')}" for name in named}
    built |= responses & pages  # what a page says in another way than the chat
    named -= {"utter_answer", "utter_fact", "utter_opening", "utter_page"}
    named -= {"utter_fact_lead", "utter_fact_lead_tool"}
    assert responses == named | built, "data/responses.yml and the code differ"


def test_every_facet_is_learnt_and_answered() -> None:
    """The table of facets, the phrases for them and the names of topics are the same."""
    learnt = read_facets()
    assert set(learnt) == {name for name, entry in ENTRIES.items() if entry.facets}
    for topic, facets in learnt.items():
        assert set(facets) - {WHOLE} == set(ENTRIES[topic].facets), topic
        assert all(len(phrases) >= 40 for phrases in facets.values()), topic


def test_every_button_sends_an_intent_of_the_domain() -> None:
    """A payload names an intent that the domain has, so that no button falls silent."""
    payloads = offered_payloads(load_guides())
    sent = {payload.lstrip("/").split("{")[0] for payload in payloads}
    assert sent and not sorted(sent - set(domain_file()["intents"])), "answers/model.py"
