"""Reads the phrases of data/nlu by their places; adds the guides' own, and questions on named parts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.events import ActiveLoop, UserUttered
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph, StoryStep
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.models import ROOT
from guides.documents import DocumentError, read
from guides.loading import load_guides
from guides.schema import Guide
from understanding.terms import names_by_kind
from understanding.topics import ENTRIES, INTENTS, intent_of

TEMPLATES: dict[str, Any] = read(Path(__file__).parent / "term_questions.yml")
"""Intent, names and phrases for each kind of term; `{term}` stands for its name."""

NLU = ROOT / "data" / "nlu"
REFUSED = intent_of("uncovered")

MOST_NAMES = 20
"""Names of a kind that are asked for."""
ANSWER = "action_answer"
"""The action of intents without a rule in data/rules.yml."""
MADE = "made"
"""Property of a guide's message: it was made of a pattern, so that it judges nothing."""


def placed_phrases(path: Path) -> TrainingData:
    """The phrases of a file, which mean what its place says: `salary.yml`, `salary/by_place.yml`.

    So that a file of `uncovered/` is of a topic as soon as it is moved there, it may still say
    that it is refused.

    Raises:
        DocumentError: no topic or act is called as the place is, or the file says another intent.
    """
    data = load_data(str(path))
    inside = path.resolve()
    if NLU not in inside.parents:
        return data
    file = f"data/nlu/{inside.relative_to(NLU)}"
    name = inside.relative_to(NLU).parts[0].removesuffix(".yml")
    if name not in ENTRIES:
        fault = f"found {name!r}, expected a topic or an act of data/topics.yml: add it there"
        raise DocumentError([f"{file}: place: {fault}"])
    intent = intent_of(name)
    for example in data.intent_examples:
        if (said := example.get("intent")) not in (intent, REFUSED):
            raise DocumentError([f"{file}: intent: found {said!r}, expected {intent}"])
        example.set("intent", intent)
    return data


def guide_phrases(guides: Mapping[str, Guide]) -> Iterator[tuple[str, str]]:
    """(intent, phrase) for the questions that guides bring themselves."""
    for guide in guides.values():
        for topic, phrases in guide.phrases.topics.items():
            yield from ((intent_of(topic), phrase) for phrase in phrases)
        for myth in guide.myths or []:
            yield from (("ask_myths", phrase) for phrase in guide.wordings(myth))
        for phrases in guide.phrases.passages.values():
            yield from (("ask_passage", phrase) for phrase in phrases)


def made_phrases(guides: Mapping[str, Guide]) -> Iterator[tuple[str, str]]:
    """(intent, phrase) for each kind of named part: as many, however many guides there are.

    The names are those of the file, and the first ones of each guide in turn.
    """
    named = [names_by_kind(guide) for guide in guides.values()]
    for kind, template in TEMPLATES.items():
        in_turn = chain.from_iterable(zip_longest(*(names.get(kind, []) for names in named)))
        names = dict.fromkeys(name for name in (*template["names"], *in_turn) if name)
        for name in islice(names, MOST_NAMES):
            for phrase in template["phrases"]:
                yield template["intent"], phrase.format(term=name)


def plain_rules(intents: Iterable[str]) -> list[dict[str, Any]]:
    """The rule of intents that the action answers, whatever was said before."""
    return [
        {"rule": intent, "steps": [{"intent": intent}, {"action": ANSWER}]} for intent in intents
    ]


class GuideImporter(RasaFileImporter):
    """Rasa's file importer with the guides' phrases and the plain rules added."""

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The rules of the files, and a plain one for every other intent."""
        written = super().get_stories(exclusion_percentage)
        routed = {begun_by(step) for step in written.story_steps}
        rest = sorted({*INTENTS, DEFAULT_NLU_FALLBACK_INTENT_NAME} - routed)
        text = json.dumps({"version": "3.1", "rules": plain_rules(rest)})
        steps = YAMLStoryReader(self.get_domain()).read_from_string(text)
        return written.merge(StoryGraph(steps))

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The training data of the files and of the guides, no phrase twice."""
        data = TrainingData().merge(*(placed_phrases(Path(path)) for path in self._nlu_files))
        known = {str(example.get("text")).lower() for example in data.training_examples}
        guides = load_guides()
        own = {phrase.lower(): (intent, phrase) for intent, phrase in guide_phrases(guides)}
        made = {phrase.lower(): (intent, phrase) for intent, phrase in made_phrases(guides)}
        for key, (intent, phrase) in {**made, **own}.items():
            if key not in known:
                example = Message.build(text=phrase, intent=intent)
                example.set(MADE, key not in own)
                data.training_examples.append(example)
        return data


def begun_by(step: StoryStep) -> str | None:
    """The intent that a rule begins with; None for a rule that holds only in a form."""
    if any(isinstance(event, ActiveLoop) for event in step.events[:1]):
        return None
    said = (event for event in step.events if isinstance(event, UserUttered))
    return next((event.intent_name for event in said), None)
