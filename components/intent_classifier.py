"""Rasa's way to the intent classifier of `understanding.classifier`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import guides
import understanding
from guides.loading import load_guides
from understanding.build_encoder import ensure
from understanding.classifier import IntentClassifier, Ranking, needs_encoder
from understanding.encoder import Encoder, EncoderError
from understanding.fitting import Settings
from understanding.reading import OCCUPATIONS, Reader
from understanding.spelling import WORDS, Spelling, count_words
from understanding.terms import guide_terms
from understanding.text import WORD
from understanding.thresholds import Band, Thresholds

BAND = "band"
"""Message property: "answer", "offer" or "refuse". Unless it is "answer" the intent of the
message is `nlu_fallback`, while the ranking keeps what the classifier found, likeliest first."""

VOCABULARY = "words.json"

logger = structlog.get_logger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class GuideIntentClassifier(GraphComponent, RasaClassifier):
    """Sets the intent, the ranking and the band of each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The measured settings."""
        return {
            "C": 5.0,  # inverse strength of the regularisation
            "dense_weight": 1.5,  # of the sentence embedding beside the n-grams
            "spell": True,  # repair the spelling first
            "ranking_length": 10,  # intents that a message keeps
            "encoder": "auto",  # on; off; auto: with a warning, off where there is none
            "hi": None,  # both as numbers: the hybrid's thresholds; else training finds them
            "lo": None,
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Read the guides; `train` or `load` gives the rest."""
        self.config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._guides = load_guides()
        self._reader = Reader(self._guides)
        self._spelling: Spelling | None = None
        self._classifier: IntentClassifier | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GuideIntentClassifier:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GuideIntentClassifier:
        """The trained component.

        Raises:
            EncoderError: if the model needs the encoder and there is none.
            ClassifierError: if the model was trained with another encoder.
        """
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._learn_words(Counter(json.loads((folder / VOCABULARY).read_text("utf-8"))))
            encoder = _find_encoder("on") if needs_encoder(folder) else None
            component._classifier = IntentClassifier.load(folder, encoder)
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """What training depends on besides its data: code, guides, word lists, encoder."""
        encoder = _find_encoder(_choice(config))
        digest = hashlib.sha256((encoder.fingerprint if encoder else "sparse").encode())
        folders = [Path(str(package.__file__)).parent for package in (guides, understanding)]
        sources = [path for folder in folders for path in folder.glob("*.*") if path.is_file()]
        for path in (*sorted(sources), Path(__file__), OCCUPATIONS, WORDS):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that have an intent, and store what was learnt."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        folded = [self._reader.for_classifier(example.get(TEXT)) for example in examples]
        self._learn_words(words := count_words(folded))
        encoder = _find_encoder(_choice(self.config))
        self._classifier = IntentClassifier.train(
            [self._repair(text) for text in folded],
            [example.get(INTENT) for example in examples],
            encoder,
            Settings(C=self.config["C"], dense_weight=self.config["dense_weight"]),
            self._configured() if encoder else None,
        )
        kind, found = "hybrid" if encoder else "sparse", self._classifier.thresholds
        print(f"Intent classifier: {kind}, answers from {found.hi:.3f}, offers from {found.lo:.3f}")
        with self._storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
            (folder / VOCABULARY).write_text(json.dumps(words), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, intent ranking and band of each message."""
        for message in messages:
            ranking, band = self.classify(message.get(TEXT) or "")
            found = [{"name": name, "confidence": sureness} for name, sureness in ranking]
            intent = found[0] if band == "answer" else _fallback(ranking)
            kept = found[: self.config["ranking_length"]]
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, kept, add_to_output=True)
            message.set(BAND, band, add_to_output=True)
        return messages

    def classify(self, text: str) -> tuple[Ranking, Band]:
        """All intents of a typed text, likeliest first, and its band; none if it has no word."""
        folded = self._reader.for_classifier(text)
        if self._classifier is None or not WORD.search(folded):
            return [], "refuse"
        ranking = self._classifier.predict(self._repair(folded))
        return ranking, self._classifier.thresholds.band(ranking[0][1])

    def _configured(self) -> Thresholds | None:
        hi, lo = self.config["hi"], self.config["lo"]
        return None if hi is None or lo is None else Thresholds(hi=float(hi), lo=float(lo))

    def _repair(self, folded: str) -> str:
        return self._spelling.repair(folded) if self._spelling else folded

    def _learn_words(self, words: Counter[str]) -> None:
        if not self.config["spell"]:
            return
        known = Counter(words)
        known.update(count_words(phrase for _, _, phrase in guide_terms(self._guides)))
        known.update(count_words(n for guide in self._guides.values() for n in guide.names))
        known.update(count_words(self._reader.careers.others.values()))
        self._spelling = Spelling(known.elements())


def _fallback(ranking: Ranking) -> dict[str, Any]:
    best = ranking[0][1] if ranking else 0.0
    return {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1 - best}


def _choice(config: dict[str, Any]) -> str:
    """The `encoder` setting; YAML may have read `on` and `off` as truth values."""
    value = config.get("encoder", "auto")
    choice = {True: "on", False: "off"}.get(value, value)
    if choice not in ("auto", "on", "off"):
        raise InvalidConfigException(f"encoder: found {value!r}, expected auto, on or off")
    return str(choice)


@cache
def _find_encoder(choice: str) -> Encoder | None:
    """The encoder, built where needed; None if `choice` is off, or auto and there is none."""
    if choice == "off":
        return None
    try:
        return Encoder(ensure())
    except EncoderError as error:
        if choice == "on":
            raise
        logger.warning("intent_classifier.no_encoder", event_info=f"SPARSE VARIANT ONLY: {error}")
        return None
