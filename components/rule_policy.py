"""Rasa's rule policy, with the rules that may hold looked up, not searched for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

Place = tuple[str | None, str | None]
"""The last action and the intent of a state, of which a rule may leave either open."""


class Rules(dict[str, str]):
    """Rules as Rasa keeps them, each also by the last of its states."""

    def __init__(self, rules: Mapping[str, str]) -> None:
        """Take what follows by the states that it follows from, as JSON."""
        super().__init__(rules)
        self._there: dict[Place, dict[str, str]] = defaultdict(dict)
        for key, action in rules.items():
            self._there[place_of(RulePolicy._rule_key_to_state(key)[-1])][key] = action
        self.on_words = any(
            intent is None and action in (None, ACTION_LISTEN_NAME)
            for action, intent in self._there
        )
        """Whether any may hold after a message whatever its intent is."""

    def near(self, state: State) -> dict[str, str]:
        """Those that may hold in a state; no other does."""
        action, intent = place_of(state)
        found: dict[str, str] = {}
        for place in {(action, intent), (action, None), (None, None)}:
            found |= self._there.get(place, {})
        return found


def place_of(state: State) -> Place:
    """Where a state is filed; without an action the intent is left open."""
    action = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    return action, state.get(USER, {}).get(INTENT) if action else None


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class GuideRulePolicy(RulePolicy):
    """Learns, checks and keeps rules as Rasa's policy does, and predicts the same.

    Rasa compares every rule with every state of the session, for each prediction twice: by the
    words of the message and by its intent. Once trained, this one compares the few that end in
    the present state, and looks at words only where a rule does.
    """

    def __init__(self, *args: Any, lookup: dict[str, Any] | None = None, **kwargs: Any) -> None:
        """Take what `RulePolicy` takes; `lookup` is what was learnt, None before training."""
        self._reads_words = True
        if lookup:
            rules = {kind: Rules(lookup[kind]) for kind in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)}
            lookup = {**lookup, **rules}
            self._reads_words = any(each.on_words for each in rules.values())
        super().__init__(*args, lookup=lookup, **kwargs)

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        near = lookup.near(states[-1]) if isinstance(lookup, Rules) else lookup
        found: set[str] = super()._get_possible_keys(near, states)
        return found

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        if use_text_for_last_user_input and not self._reads_words:
            return None, None, False
        found: tuple[str | None, str | None, bool] = super()._find_action_from_rules(
            tracker, domain, use_text_for_last_user_input
        )
        return found
