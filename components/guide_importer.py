"""Adds the guides' own phrases, and questions on named parts, to the training data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from guides.documents import read
from guides.loading import load_guides
from guides.schema import Guide
from understanding.terms import names_by_kind

TEMPLATES: dict[str, Any] = read(Path(__file__).parent / "term_questions.yml")
"""Intent, names and phrases for each kind of term; `{term}` stands for its name."""

MOST_NAMES = 20
"""Names of a kind that are asked for."""
MADE = "made"
"""Message property: the phrase was made of a pattern, so that it judges nothing."""


def guide_phrases(guides: Mapping[str, Guide]) -> Iterator[tuple[str, str]]:
    """(intent, phrase) for the questions that guides bring themselves."""
    for guide in guides.values():
        for topic, phrases in guide.asked.items():
            yield from ((f"ask_{topic}", phrase) for phrase in phrases)
        for myth in guide.myths or []:
            yield from (("ask_myths", phrase) for phrase in (myth.claim, *myth.asked))
        for passage in guide.transcript.passages if guide.transcript else []:
            yield from (("ask_passage", phrase) for phrase in passage.asked)


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


class GuideImporter(RasaFileImporter):
    """Rasa's file importer with the guides' phrases added."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The training data of the files and of the guides, no phrase twice."""
        data = super().get_nlu_data(language)
        known = {str(example.get("text")).lower() for example in data.intent_examples}
        guides = load_guides()
        own = {phrase.lower(): (intent, phrase) for intent, phrase in guide_phrases(guides)}
        made = {phrase.lower(): (intent, phrase) for intent, phrase in made_phrases(guides)}
        examples = []
        for key, (intent, phrase) in {**made, **own}.items():
            if key not in known:
                example = Message.build(text=phrase, intent=intent)
                example.set(MADE, key not in own)
                examples.append(example)
        return data.merge(TrainingData(training_examples=examples))
