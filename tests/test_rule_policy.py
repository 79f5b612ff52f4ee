"""Our rule policy predicts what Rasa's does, of which it is a quicker form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    Event,
    LoopInterrupted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph

from components.guide_importer import GuideImporter
from components.rule_policy import GuideRulePolicy, Rules

ROOT = Path(__file__).parent.parent
LISTEN = "action_listen"
FORMS = (None, "fit_quiz_form", "interest_form", "plan_form")
TAKES, REFUSES, ENDS = "takes", "refuses", "ends"
"""What a form does with a message."""
MOST_ACTIONS = 10
"""Of a turn; more would be a circle."""
ON_WORDS = """
rules:
- rule: on words
  steps:
  - user: "open sesame"
  - action: action_repeat
- rule: after a repeated answer, whatever is said
  steps:
  - action: action_repeat
  - action: action_start_over
"""

Policies = tuple[RulePolicy, RulePolicy]
"""Rasa's and ours, of the same rules."""


@pytest.fixture(scope="module")
def importer() -> GuideImporter:
    return GuideImporter(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data" / "rules.yml")]
    )


@pytest.fixture(scope="module")
def domain(importer: GuideImporter) -> Domain:
    return importer.get_domain()


@pytest.fixture(scope="module")
def trained(
    importer: GuideImporter, domain: Domain, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Policies]:
    """Both policies, trained with the project's rules and others, stored and loaded again."""

    def train(others: str) -> Policies:
        steps = YAMLStoryReader(domain).read_from_string(others) if others else []
        graph = importer.get_stories().merge(StoryGraph(steps))
        trackers = TrainingDataGenerator(graph, domain).generate()
        storage = LocalModelStorage(tmp_path_factory.mktemp("policies"))
        stock, ours = (
            _stored(kind, trackers, domain, storage) for kind in (RulePolicy, GuideRulePolicy)
        )
        return stock, ours

    return train


def _stored(
    kind: type[RulePolicy], trackers: list[Any], domain: Domain, storage: LocalModelStorage
) -> RulePolicy:
    config = {**kind.get_default_config(), "enable_fallback_prediction": False}
    place = (storage, Resource(kind.__name__), ExecutionContext(GraphSchema({})))
    kind.create(dict(config), *place).train(trackers, domain)
    return kind.load(dict(config), *place)


@pytest.fixture(scope="module")
def policies(trained: Callable[[str], Policies]) -> Policies:
    return trained("")


def predicted(policies: Policies, tracker: DialogueStateTracker, domain: Domain) -> tuple[str, Any]:
    """The action that both predict, and the events with it."""
    stock, ours = (each.predict_action_probabilities(tracker, domain) for each in policies)
    assert ours.probabilities == stock.probabilities, list(tracker.events)[-5:]
    assert ours.events == stock.events and ours.optional_events == stock.optional_events
    assert ours.is_no_user_prediction == stock.is_no_user_prediction
    assert ours.is_end_to_end_prediction == stock.is_end_to_end_prediction
    assert ours.hide_rule_turn == stock.hide_rule_turn
    rejected = tracker.events[-1]
    scores = list(stock.probabilities)
    if isinstance(rejected, ActionExecutionRejected):  # as Rasa's ensemble does
        scores[domain.index_for_action(rejected.action_name)] = 0.0
    return domain.action_names_or_texts[scores.index(max(scores))], stock.events


def happened(action: str, tracker: DialogueStateTracker, does: str) -> list[Event]:
    """What an action leaves in a conversation."""
    left = [ActiveLoop(None), SlotSet("requested_slot", None)]
    if action == "action_deactivate_loop":
        return [ActionExecuted(action), *left]
    if action not in FORMS:
        return [ActionExecuted(action)]
    runs, interrupted = tracker.active_loop_name == action, _interrupted(tracker)
    if runs and does == REFUSES and not interrupted:
        return [ActionExecutionRejected(action)]
    if runs and does == ENDS and not interrupted:
        return [ActionExecuted(action), *left]
    return [ActionExecuted(action), *([] if runs else [ActiveLoop(action)])]


def _interrupted(tracker: DialogueStateTracker) -> bool:
    return any(
        isinstance(event, ActionExecutionRejected | LoopInterrupted)
        for event in list(tracker.events)[-4:]
    )


def take_turn(
    policies: Policies, tracker: DialogueStateTracker, domain: Domain, said: UserUttered, does: str
) -> list[str]:
    """The actions after a message, both policies asked for each."""
    tracker.update(said)
    actions: list[str] = []
    while not actions or actions[-1] != LISTEN:
        assert len(actions) < MOST_ACTIONS, actions
        action, events = predicted(policies, tracker, domain)
        for event in (*events, *happened(action, tracker, does)):
            tracker.update(event)
        actions.append(action)
    return actions


def begun(domain: Domain) -> DialogueStateTracker:
    """A conversation that waits for its first message."""
    events = [ActionExecuted("action_session_start"), ActionExecuted(LISTEN)]
    return DialogueStateTracker.from_events("somebody", events, domain.slots)


def said(intent: str | None, text: str = "words") -> UserUttered:
    return UserUttered(text, {"name": intent, "confidence": 1.0} if intent else None)


def intents(domain: Domain) -> Iterator[str | None]:
    """Every intent, Rasa's own ones too, and a message that has none."""
    yield from (None, *sorted({*domain.intents, *DEFAULT_INTENTS}))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("does", [TAKES, REFUSES, ENDS])
def test_every_message_is_followed_by_the_same(
    policies: Policies, domain: Domain, form: str | None, does: str
) -> None:
    """Outside of the forms and in them: taken, refused or the last answer; and the turn after."""
    starts = {
        "fit_quiz_form": "take_quiz",
        "interest_form": "check_interests",
        "plan_form": "make_plan",
    }
    seen = set()
    for intent in intents(domain):
        tracker = begun(domain)
        take_turn(policies, tracker, domain, said("ask_salary"), TAKES)
        if form:
            take_turn(policies, tracker, domain, said(starts[form]), TAKES)
        actions = take_turn(policies, tracker, domain, said(intent), does)
        seen.update(actions)
        take_turn(policies, tracker, domain, said("ask_day"), REFUSES)
    assert {LISTEN, "action_answer"} <= seen or does != REFUSES
    finished = {"action_finish_fit_quiz", "action_finish_interest", "action_finish_plan"}
    assert form is None or does != ENDS or seen & finished
    assert form is None or does != REFUSES or "action_deactivate_loop" in seen


def test_every_written_conversation_is_followed_by_the_same(
    policies: Policies, domain: Domain
) -> None:
    """Before each action of the conversations of tests/stories."""
    asked = 0
    for path in sorted((ROOT / "tests" / "stories").glob("test_*.yml")):
        steps = YAMLStoryReader(domain).read_from_file(path)
        for step in steps:
            tracker = begun(domain)
            for event in step.events:
                if isinstance(event, ActionExecuted):
                    predicted(policies, tracker, domain)
                    asked += 1
                tracker.update(event)
    assert asked > 50


def test_rules_on_words_are_looked_at(trained: Callable[[str], Policies], domain: Domain) -> None:
    """A rule on what is said, and one that holds whatever is said, as Rasa has them."""
    policies = trained(ON_WORDS)
    actions = take_turn(policies, begun(domain), domain, said("greet", "open sesame"), TAKES)
    assert actions[0] == "action_repeat"
    for intent in intents(domain):
        take_turn(policies, begun(domain), domain, said(intent), TAKES)


def test_few_rules_are_compared(policies: Policies, domain: Domain) -> None:
    """In each state a handful, however many there are."""
    rules = policies[1].lookup[RULES]
    assert isinstance(rules, Rules) and len(rules) > 100
    for intent in domain.intents:
        for action in domain.action_names_or_texts:
            state = {"prev_action": {"action_name": action}, "user": {"intent": intent}}
            assert len(rules.near(state)) <= 5
