"""Adds the phrases of the guides to the training data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from guides.documents import read
from guides.loading import load_guides
from guides.schema import Guide
from understanding.terms import named_terms

TEMPLATES: dict[str, Any] = read(Path(__file__).parent / "term_questions.yml")
"""Intent and phrases for each kind of term; `{term}` stands for its name."""


def guide_phrases(guides: Mapping[str, Guide]) -> Iterator[tuple[str, str]]:
    """(intent, phrase) for the guides' own questions and for each of their named terms."""
    for guide in guides.values():
        for topic, phrases in guide.asked.items():
            yield from ((f"ask_{topic}", phrase) for phrase in phrases)
        for myth in guide.myths or []:
            yield from (("ask_myths", phrase) for phrase in (myth.claim, *myth.asked))
        for passage in guide.transcript.passages if guide.transcript else []:
            yield from (("ask_passage", phrase) for phrase in passage.asked)
        for kind, name in named_terms(guide):
            template = TEMPLATES[kind]
            yield from (
                (template["intent"], phrase.format(term=name)) for phrase in template["phrases"]
            )


class GuideImporter(RasaFileImporter):
    """Rasa's file importer with the guides' phrases added."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The training data of the files and of the guides, no phrase twice."""
        data = super().get_nlu_data(language)
        known = {str(example.get("text")).lower() for example in data.intent_examples}
        phrases = {
            phrase.lower(): (intent, phrase) for intent, phrase in guide_phrases(load_guides())
        }
        examples = [
            Message.build(text=phrase, intent=intent)
            for key, (intent, phrase) in phrases.items()
            if key not in known
        ]
        return data.merge(TrainingData(training_examples=examples))
