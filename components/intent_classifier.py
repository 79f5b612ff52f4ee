"""Rasa's way to the intent classifier of `understanding.classifier`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from textwrap import indent
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import guides
import understanding
from components.entity_extractor import entities_in, in_rasas_form
from components.finder import finder
from components.guide_importer import MADE
from components.library import find_library
from components.sentence_encoder import find_encoder
from guides.library import Tier, names_of
from understanding.asked import ASKED, Asked, read_examples
from understanding.asked import EXAMPLES as MENTIONS
from understanding.careers import says_this_job, unnamed
from understanding.classifier import IntentClassifier, Ranking, needs_encoder
from understanding.described import (
    EXAMPLES,
    Described,
    Examples,
    Told,
    clauses,
    examples_in,
    long_enough,
)
from understanding.encoder import Encoder, Vectoriser
from understanding.english import ENGLISH
from understanding.entity import DESCRIBED, NAMED, VAGUE, Entity
from understanding.facets import FOLDER, facet_of, read_facets, settled
from understanding.facets import examples as facet_examples
from understanding.fitting import DEFAULTS, Settings
from understanding.framing import FRAMES, framed
from understanding.of_school import EXAMPLES as LOCAL
from understanding.of_school import UNLEARNT, OfSchool, read_schools
from understanding.parts import Part, find_parts, pooled
from understanding.personal import without_traits
from understanding.reading import Reader, without_pictures
from understanding.repair import Repair, Words, learn_words, make_repair
from understanding.roles import EXAMPLES as ROLES
from understanding.roles import MEANT, ODD, SURELY, Roles
from understanding.spelling import WORDS
from understanding.states import find_states
from understanding.text import cased, fold, singular, without_opener
from understanding.topics import NOT_ANSWERED
from understanding.worksheets import items

BAND = "band"
"""Message property: "answer", "offer" or "refuse". Unless it is "answer" the intent of the
message is `nlu_fallback`, while the ranking keeps what the classifier found, likeliest first."""

READ = "read"
"""Message property: the text as it is read, folded and with its misspelt words put right. Places of
entities are places in it. What a student typed stays in the text."""

PARTS = "parts"
HEADING = "heading"
"""Property of a part: the item of a written list that it stands in."""
"""Message property: the questions of a message that holds several, in order, each with the
properties of a message of its own: text, intent, ranking, band and entities. The message itself
then has the intent of the first. It is not set on a message with one question."""

FACETS = "facets"
"""Message property, and of a part: facets of topics with their probabilities, likeliest first."""

OF_SCHOOL = "of_school"
"""Property, and of a part: how likely it asks for what only the school knows."""

UNLISTED = "unlisted_career"
"""Entity of a job that only what is said around it tells, be it in a list or in none."""

ASKED_SURELY = 0.8
"""Probability from which a clause asks what its message is read by."""

SEEKING = ("ask_find", "lost")
"""Intents of who tells what work might be, and means no one career."""

CARRIED = (*NAMED, "grade", "state", UNLISTED, DESCRIBED)
"""Entities that hold for a whole message, wherever they stand in it."""

REMEMBERED = 64
"""Texts whose facets are kept: cutting, settling and answering look at the same ones."""

VOCABULARY = "words.json"

ENDS = re.compile(r"[.?!;:\n]")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class GuideIntentClassifier(GraphComponent, RasaClassifier):
    """Reads each message: repairs it, then sets its entities, intent, ranking and band."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The measured settings."""
        return {
            "C": DEFAULTS.C,  # inverse strength of the regularisation
            "dense_weight": DEFAULTS.dense_weight,  # of the sentence embedding beside the n-grams
            "caution": DEFAULTS.caution,  # what an example weighs that no guide answers
            "spell": True,  # repair the spelling first
            "ranking_length": 10,  # intents that a message keeps
            "facets_length": 20,  # facets that a message keeps
            "encoder": "auto",  # on; off; auto: with a warning, off where there is none
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Read the guides; `train` or `load` gives the rest."""
        self.config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._library = find_library()
        self._reader = Reader(self._library)
        self._repairer: Repair | None = None
        self._classifier: IntentClassifier | None = None
        self._facets: IntentClassifier | None = None
        self._of_school: OfSchool | None = None
        self._roles: Roles | None = None
        self._described: Described | None = None
        self._facets_of = lru_cache(REMEMBERED)(self._read_facets)

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
            component._learn_words(json.loads((folder / VOCABULARY).read_text("utf-8")))
            encoder = find_encoder({"encoder": "on"}) if needs_encoder(folder) else None
            tuned = encoder.tuned if encoder else None
            component._reader.careers.learn_asked(Asked.load(folder / ASKED, tuned))
            component._classifier = IntentClassifier.load(folder, tuned)
            component._facets = IntentClassifier.load(folder / FACETS, tuned)
            component._of_school = OfSchool.load(folder, tuned)
            if encoder:
                component._roles = Roles.load(folder, encoder)
                component._reader.careers.learn_odd(component._roles.is_odd)
                component._described = Described.load(
                    folder, encoder, encoder.tuned, finder(component._library)
                )
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """What training depends on besides its data: code, guides, word lists, encoder."""
        encoder = find_encoder(config)
        digest = hashlib.sha256((encoder.fingerprint if encoder else "sparse").encode())
        folders = [Path(str(package.__file__)).parent for package in (guides, understanding)]
        folders.append(folders[0] / "careers")
        sources = [path for folder in folders for path in folder.glob("*.*") if path.is_file()]
        facets = sorted(FOLDER.glob("*.yml"))
        english = sorted(ENGLISH.glob("*.yml"))
        learnt = sorted(path for folder in (EXAMPLES, LOCAL) for path in folder.glob("*.yml"))
        examples = (WORDS, MENTIONS, ROLES, FRAMES, *learnt)
        for path in (*sorted(sources), *facets, *english, Path(__file__), *examples):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that have an intent, and store what was learnt."""
        examples = in_order(training_data.intent_examples)
        found = find_encoder(self.config)
        encoder = found.remembering() if found else None
        tuned = encoder.tuned if encoder else None
        asked = Asked.train([*read_examples()], tuned)
        self._reader.careers.learn_asked(asked)
        words, folded, texts = self._learn(examples)
        intents = [example.get(INTENT) for example in examples]
        more = [*self._framed(zip(texts, intents, strict=True))]
        self._classifier = IntentClassifier.train(
            [*texts, *(text for text, _ in more)],
            [*intents, *(intent for _, intent in more)],
            tuned,
            Settings(**{name: self.config[name] for name in ("C", "dense_weight", "caution")}),
            [*(not example.get(MADE) for example in examples), *(False for _ in more)],
        )
        kind, bands = "hybrid" if encoder else "sparse", self._classifier.thresholds
        print(f"Intent classifier: {kind}, answers from {bands.hi:.3f}, offers from {bands.lo:.3f}")
        print(indent(self._classifier.calibration, "  "))
        facet_texts, labels = self._facet_texts(examples)
        more = [*self._framed(zip(facet_texts, labels, strict=True))]
        self._facets = IntentClassifier.train(
            [*facet_texts, *(text for text, _ in more)],
            labels := [*labels, *(label for _, label in more)],
            tuned,
            judging=[False] * len(labels),
        )
        self._of_school = self._train_of_school(examples, texts, tuned)
        names = (name.form for name in names_of(self._library) if name.tier != Tier.FIELD)
        if encoder:
            said = [*folded, *(each.text for each in read_examples())]
            self._roles = Roles.train(names, said, self._reader.careers, encoder)
            asked_of_it = self._naming_none(examples, texts)
            self._described = _train_described([*asked_of_it, *facet_texts], encoder)
        with self._storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
            (folder / FACETS).mkdir()
            self._facets.save(folder / FACETS)
            asked.save(folder / ASKED)
            for model in (self._of_school, self._roles, self._described):
                if model:
                    model.save(folder)
            (folder / VOCABULARY).write_text(json.dumps(words), encoding="utf-8")
        return self._resource

    def _learn(self, examples: Sequence[Message]) -> tuple[Words, list[str], list[str]]:
        """Learn the words of examples; these, the folded texts, and the texts as they are read."""
        folded = [fold(example.get(TEXT)) for example in examples]
        self._learn_words(words := learn_words(folded, self._reader))
        return words, folded, [self._reader.for_classifier(self._repair(text)) for text in folded]

    def _framed(self, phrases: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Some phrases that ask what a guide answers, or a facet of it, within frames, as they are read."""
        asking = [
            (text, label)
            for text, label in phrases
            if "." in label or (label.startswith("ask_") and label not in NOT_ANSWERED)
        ]
        for text, label in framed(asking):
            yield self._reader.for_classifier(self._repair(fold(text))), label

    def _facet_texts(self, messages: Sequence[Message]) -> tuple[list[str], list[str]]:
        """What the facets are learnt from, as it is read, and the labels."""
        others = ((each.get(INTENT), each.get(TEXT)) for each in messages)
        found = list(facet_examples(read_facets(), others))
        read = self._reader.for_classifier
        texts = [unnamed(read(self._repair(fold(phrase)))) for _, phrase in found]
        return texts, [label for label, _ in found]

    def _train_of_school(
        self, messages: Sequence[Message], texts: Sequence[str], encoder: Vectoriser | None
    ) -> OfSchool:
        """Learn from the messages to schools, and from the texts, as they are read, of others."""
        read = self._reader.for_classifier
        schools = [read(self._repair(text)) for each in read_schools() for text in each.every]
        pairs = zip(messages, texts, strict=True)
        others = [text for message, text in pairs if message.get(INTENT) not in UNLEARNT]
        return OfSchool.train(schools, others, encoder)

    def texts_to_tell_apart(self, data: TrainingData) -> Iterator[tuple[list[str], list[str]]]:
        """Texts as they are read with their labels: once by intent, once by facet."""
        examples = in_order(data.intent_examples)
        _, _, texts = self._learn(examples)
        yield texts, [example.get(INTENT) for example in examples]
        yield self._facet_texts(examples)

    def _naming_none(self, messages: Sequence[Message], texts: Sequence[str]) -> Iterator[str]:
        """The texts, as they are read, of messages that ask and name no career."""
        for message, text in zip(messages, texts, strict=True):
            seeks = message.get(INTENT) in SEEKING
            if not seeks and not self._reader.careers.find(fold(message.get(TEXT))):
                yield text

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, intent ranking and band of each message, and its parts if it has several."""
        for message in messages:
            typed = self._reader.careers.spelt_out(without_pictures(message.get(TEXT) or ""))
            text = self._repair(without_traits(fold(typed)))
            message.set(READ, text, add_to_output=True)
            found_entities = message.get(ENTITIES, []) + entities_in(self._reader, text)
            found_entities += _states_in_capitals(message.get(TEXT) or "", found_entities)
            named = [each for each in found_entities if each["entity"] in NAMED]
            found_entities += [] if named else self._unlisted(text)
            found_entities += self._told(named, fold(typed), text)
            listed = items(message.get(TEXT) or "")
            asked = self._asked_of(text, found_entities)
            parts = self._listed(listed) or [(part, {}) for part in asked]
            found_entities += self._compared(text, parts[0][0], found_entities)
            message.set(ENTITIES, found_entities, add_to_output=True)
            for name, value in self._properties(parts[0][0]).items():
                message.set(name, value, add_to_output=True)
            if len(parts) > 1 or parts[0][0].text != text:
                several = [{**self._part(part), **more} for part, more in parts]
                _carry(several, found_entities)
                _share_career(several, text)
                message.set(PARTS, several, add_to_output=True)
                whole = self._school_is_asked(self._reader.for_classifier(text))
                message.set(OF_SCHOOL, whole, add_to_output=True)
        return messages

    def _is_listed(self, career: Mapping[str, Any]) -> bool:
        """Whether a guide has the career that an entity names, or several go by the name."""
        return bool(career.get("candidates")) or career["value"] in self._library

    def _is_odd(self, name: str) -> bool:
        """Whether a name is that of a job that no list has, which is not told by its work either."""
        return self._roles is not None and self._roles.is_odd(name)

    def _unlisted(self, text: str) -> list[dict[str, Any]]:
        """The job in a repaired text that only what is said around it tells."""
        careers, explained = self._reader.careers, self._reader.explained
        found = self._roles.find(text, careers, explained) if self._roles else None
        if found is None:
            return []
        place = found.start, found.end
        listed = careers.around(text, *place)
        if listed:
            return [in_rasas_form(listed.entity(UNLISTED))]
        asked = careers.is_asked(text, *place)
        if found.unlisted + asked < MEANT:
            return []
        entity = in_rasas_form(Entity(UNLISTED, singular(text[slice(*place)]), *place))
        sure = found.probability >= SURELY or found.unlisted >= ODD
        return [{**entity, "confidence_entity": asked if sure else 0.0}]

    def _told(self, named: Sequence[Mapping[str, Any]], *spellings: str) -> list[dict[str, Any]]:
        """The career that a text tells by its work, as typed and repaired: "lays tile" is no "says".

        It is the only one that the text names, where it names any, if but in passing.

        Args:
            named: the careers among the entities of the text.
        """
        texts = dict.fromkeys(map(without_opener, spellings))
        asked = [each for each in named if each["entity"] == "career"]
        if any(self._is_listed(each) or self._is_odd(each["value"]) for each in asked):
            return []
        if self._described is None or any(map(self._reader.careers.likens, spellings)):
            return []
        found = [self._described.find(text) for text in texts]
        told = [each for each in found if each is not None]
        if len(told) < len(found):
            return []
        likeliest = max(told, key=lambda told: told.probability)
        only = {each.value for each in self._reader.careers.all_named(spellings[-1])}
        if len(only) == 1 and only <= self._library.keys():
            return [_of_told(likeliest.taken_for(*only))]
        return [] if any(map(self._is_listed, named)) else [_of_told(likeliest)]

    def _compared(
        self, text: str, part: Part, found: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any]]:
        """The careers of a text that compares some, where the words around them tell one at most."""
        known = {each["value"] for each in found if each["entity"] in NAMED}
        if part.intent != "ask_compare" or len(known) > 1:
            return []
        named = self._reader.careers.all_named(text)
        return [in_rasas_form(each) for each in named if each.value not in known]

    def _listed(self, listed: Sequence[str]) -> list[tuple[Part, dict[str, str]]]:
        """The questions of a written list, each with its item as the heading."""
        found = [
            (_asking(part), {HEADING: item})
            for item in listed
            for part in self.classify(self._repair(without_traits(fold(item))))
        ]
        return [each for each in found if not each[0].is_beside] or found

    def _part(self, part: Part) -> dict[str, Any]:
        return {
            **self._properties(part),
            TEXT: part.text,
            READ: part.text,
            ENTITIES: entities_in(self._reader, part.text),
        }

    def classify(self, text: str) -> list[Part]:
        """The questions in a repaired text with all their intents, likeliest first."""
        assert self._classifier, "train or load the component first"
        read = self._reader.for_classifier
        return find_parts(text, read, self._rank, self._named, self._facet)

    def _asked_of(self, text: str, found: Sequence[Mapping[str, Any]]) -> list[Part]:
        """The questions in a repaired text; where it tells much of a career, so that it asks nothing
        that is answered, what a clause of it surely asks."""
        parts = self.classify(text)
        told = any(each["entity"] in ("career", DESCRIBED) for each in found)
        if len(parts) > 1 or not told or self._is_answered(parts[0]):
            return parts
        read = self._reader.for_classifier
        pieces = ((piece, read(piece)) for piece in clauses(text))
        asked = [Part(piece, plain, self._rank(plain)) for piece, plain in pieces]
        sure = [each for each in asked if each.sureness >= ASKED_SURELY and self._is_answered(each)]
        return sure[:1] if len({each.intent for each in sure}) == 1 else parts

    def _is_answered(self, part: Part) -> bool:
        assert self._classifier
        asks = part.intent.startswith("ask_") and part.intent not in NOT_ANSWERED
        return asks and self._classifier.band(part.ranking) == "answer"

    def _rank(self, plain: str) -> Ranking:
        assert self._classifier
        return pooled(settled(self._classifier.predict(plain), self._facets_of(plain)))

    def _facet(self, plain: str) -> str | None:
        """The facet that a text surely asks for, whatever was said before."""
        ranking = self._facets_of(plain)
        topics = (name.partition(".")[0] for name, _ in ranking if "." in name)
        return facet_of(next(topics, ""), ranking, unsaid=0.0)

    def _read_facets(self, plain: str) -> Ranking:
        return self._facets.predict(unnamed(plain)) if self._facets and plain else []

    def _school_is_asked(self, plain: str) -> float:
        return self._of_school.probability(plain) if self._of_school and plain else 0.0

    def _named(self, text: str) -> str | None:
        subject = self._reader.careers.subject(fold(text))
        return subject.value if subject else None

    def _properties(self, part: Part) -> dict[str, Any]:
        assert self._classifier
        ranking = [{"name": name, "confidence": sureness} for name, sureness in part.ranking]
        band = self._classifier.band(part.ranking)
        return {
            FACETS: self._facets_of(part.plain)[: self.config["facets_length"]],
            OF_SCHOOL: self._school_is_asked(part.plain),
            INTENT: ranking[0] if band == "answer" else _fallback(part),
            INTENT_RANKING_KEY: ranking[: self.config["ranking_length"]],
            BAND: band,
        }

    def _repair(self, folded: str) -> str:
        return self._repairer.repair(folded) if self._repairer else folded

    def _learn_words(self, words: Words) -> None:
        self._reader.careers.learn(words["unigrams"])
        if self.config["spell"]:
            self._repairer = make_repair(words, self._reader)


def _of_told(told: Told) -> dict[str, Any]:
    value = VAGUE if told.vague else told.slugs[0] if told.sure else ""
    entity = in_rasas_form(Entity(DESCRIBED, value, 0, 0, told.slugs))
    return {**entity, "confidence_entity": told.probability}


def _states_in_capitals(text: str, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """States that only the capitals of a typed text tell, such as "RN pay TX"; without a place."""
    known = {each["value"] for each in found if each["entity"] == "state"}
    codes = dict.fromkeys(state.value for state in find_states(cased(text)))
    return [in_rasas_form(Entity("state", code, 0, 0)) for code in codes if code not in known]


def _carry(parts: list[dict[str, Any]], found: Sequence[dict[str, Any]]) -> None:
    """Give the first part what stands in none and holds for all: "ok chef. what is the pay?".

    What was cut off a comparison may have named the other career: "chef vs cook who eats better".
    """
    likeliest = next((each["name"] for each in parts[0][INTENT_RANKING_KEY]), "")
    if len(parts) == 1 and likeliest == "ask_compare":
        parts[0][ENTITIES] = [each for each in parts[0][ENTITIES] if each["entity"] not in NAMED]
    named = {each["entity"] for part in parts for each in part[ENTITIES]}
    asks_alone = {"compared_career"} if len(parts) > 1 and likeliest != "ask_compare" else set()
    held = {(each["entity"], each["value"]) for each in parts[0][ENTITIES]}
    carried = [
        {key: value for key, value in each.items() if key not in ("start", "end")}
        for each in found
        if (each["entity"] in CARRIED and each["entity"] not in named | asks_alone)
        or (len(parts) == 1 and each["entity"] == "state" and ("state", each["value"]) not in held)
    ]
    parts[0][ENTITIES] = [*parts[0][ENTITIES], *carried]


def _asking(part: Part) -> Part:
    """An item of a list, which reacts to nothing: "good thing" asks."""
    asks = next((name for name, found in part.ranking if name.startswith("ask_")), None)
    if part.intent != "react" or asks is None:
        return part
    rest = [pair for pair in part.ranking if pair[0] != asks]
    return replace(part, ranking=[(asks, part.sureness), *rest])


def _share_career(parts: Sequence[dict[str, Any]], text: str) -> None:
    """Give a part that names no career that of the next one, where a sentence holds both: "what is
    the lowest and the highest that a nurse earns".

    Args:
        text: the whole message, repaired.
    """
    for one, other in pairwise(parts):
        shared = [each for each in other[ENTITIES] if each["entity"] == "career"]
        alone = not any(each["entity"] in NAMED for each in one[ENTITIES])
        start, end = text.find(one[TEXT]), text.find(other[TEXT])
        between = text[start:end] if 0 <= start < end else "."
        if shared and alone and not ENDS.search(between) and not says_this_job(one[TEXT]):
            carried = {key: shared[0][key] for key in shared[0] if key not in ("start", "end")}
            one[ENTITIES] = [*one[ENTITIES], carried]


def in_order(examples: Iterable[Message]) -> list[Message]:
    """Examples with a text, by intent and text.

    Files are read in the order in which a disk lists them, and what is learnt from them, the
    thresholds above all, would differ from one machine to the next.
    """
    typed = (example for example in examples if example.get(TEXT))
    return sorted(typed, key=lambda example: (example.get(INTENT), example.get(TEXT)))


def _fallback(part: Part) -> dict[str, Any]:
    return {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1 - part.sureness}


def _train_described(asked: Sequence[str], encoder: Encoder) -> Described | None:
    """Learn from messages that tell a career, and from those that ask, as they are read."""
    told, vague, none = examples_in()
    told += [(slug.replace("-", " "), slug) for slug in dict.fromkeys(slug for _, slug in told)]
    once = list(dict.fromkeys([*none, *long_enough(asked)]))
    examples = Examples(told, vague, once)
    return Described.train(examples, encoder, encoder.tuned, finder(find_library()))
