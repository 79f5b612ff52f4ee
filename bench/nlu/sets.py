"""Question sets: what a classifier learns from, and the questions that judge it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

from tests.typos import HEAVY, MILD, with_typos

ROOT = Path(__file__).parent.parent.parent
QUESTIONS = ROOT / "tests" / "questions"

UNCOVERED, OUT_OF_SCOPE = "ask_uncovered", "out_of_scope"
RESERVED = (UNCOVERED, OUT_OF_SCOPE, "nlu_fallback")
"""Intents with a meaning of their own, which no label of a public set may take."""

SEED = 20261123
FEW = 40
"""Training examples an intent of the smaller version of our own set."""

LEFT_OUT = ("follow_ups", "parts", "assistant", "no_guide", "frozen", "rules")
"""Files of questions that are judged by more than their intent, or must not be tuned on."""

BRACKETS = str.maketrans("[]{}", "()()")
"""Brackets mark entities in training data, and braces name variables."""


class DataError(Exception):
    """A question set that cannot be read: one line that names the file and the remedy."""


class Example(NamedTuple):
    """A text and its intent."""

    text: str
    intent: str


@dataclass(frozen=True)
class QuestionSet:
    """Training data and judged questions: in scope, near it and out of it."""

    name: str
    training: tuple[Example, ...]
    judged: tuple[Example, ...]
    near: tuple[str, ...] = ()
    out: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many of each there are."""
        return {
            "intents": len({example.intent for example in self.training}),
            "training": len(self.training),
            "judged": len(self.judged),
            "near": len(self.near),
            "out": len(self.out),
        }

    def groups(self) -> dict[str, list[str]]:
        """The texts to ask by group; those in scope also with typos."""
        plain = [example.text for example in self.judged]
        return {
            "plain": plain,
            "near": list(self.near),
            "out": list(self.out),
            "mild": [with_typos(text, MILD) for text in plain],
            "heavy": [with_typos(text, HEAVY) for text in plain],
        }

    def sampled(self, most: int) -> QuestionSet:
        """The same with at most so many training examples an intent, drawn by a fixed seed."""
        by_intent: dict[str, list[Example]] = {}
        for example in self.training:
            by_intent.setdefault(example.intent, []).append(example)
        random = Random(SEED)
        drawn = [random.sample(each, min(most, len(each))) for each in by_intent.values()]
        training = tuple(example for examples in drawn for example in examples)
        return replace(self, name=f"{self.name}-{most}", training=training)

    def limited(self, intents: int) -> QuestionSet:
        """The first so many intents, and those that are not to be answered: for a trial."""
        named = sorted({example.intent for example in self.judged})[:intents]
        kept = {*named, UNCOVERED, OUT_OF_SCOPE}
        training = tuple(example for example in self.training if example.intent in kept)
        judged = tuple(example for example in self.judged if example.intent in kept)
        return QuestionSet(self.name, training, judged, self.near, self.out)


def clean(text: str) -> str:
    """The text on one line and without signs that Rasa would read as its own."""
    return " ".join(text.translate(BRACKETS).split()).lstrip("/ ")


def safe_names(labels: Iterable[str]) -> dict[str, str]:
    """A name that Rasa takes as an intent for each label, no two alike."""
    names: dict[str, str] = {}
    taken = set(RESERVED)
    for label in sorted(set(labels)):
        name = base = re.sub(r"\W+", "_", label.lower()).strip("_") or "intent"
        number = 2
        while name in taken:
            name, number = f"{base}_{number}", number + 1
        taken.add(name)
        names[label] = name
    return names


def public_set(
    name: str,
    training: Sequence[Example],
    test: Sequence[Example],
    outside: str,
) -> QuestionSet:
    """A set with labels as its files have them; `outside` is the label of what is out of scope."""
    inside = {label for _, label in (*training, *test)} - {outside}
    names = {**safe_names(inside), outside: OUT_OF_SCOPE}

    def renamed(examples: Iterable[Example]) -> list[Example]:
        pairs = ((clean(text), names[label]) for text, label in examples)
        return [Example(text, intent) for text, intent in pairs if text]

    asked = renamed(test)
    return QuestionSet(
        name,
        tuple(_at_least_two(renamed(training))),
        tuple(example for example in asked if example.intent != OUT_OF_SCOPE),
        out=tuple(text for text, intent in asked if intent == OUT_OF_SCOPE),
    )


def _at_least_two(examples: Iterable[Example]) -> list[Example]:
    """Every example once; the only one of an intent twice, the second with a full stop."""
    once = list(dict.fromkeys(examples))
    counts = Counter(example.intent for example in once)
    alone = [example for example in once if counts[example.intent] == 1]
    return [*once, *(Example(f"{text} .", intent) for text, intent in alone)]


def own() -> QuestionSet:
    """This project's training data and its judged questions."""
    from components.guide_importer import GuideImporter  # Rasa takes seconds to import

    importer = GuideImporter(str(ROOT / "config.yml"), None, [str(ROOT / "data")])
    training = [
        Example(clean(str(message.get("text"))), str(message.get("intent")))
        for message in importer.get_nlu_data().intent_examples
    ]
    return own_set(training, QUESTIONS)


def own_set(training: Sequence[Example], folder: Path) -> QuestionSet:
    """Training data with the questions of a folder's files, one file a topic."""
    intents = {example.intent for example in training}
    judged: dict[str, list[Example]] = {}
    for path in sorted(folder.glob("*.yml")):
        for topic, text in _asked(path) if path.stem not in LEFT_OUT else ():
            intent = topic if topic in intents else f"ask_{topic}"
            if intent not in intents:
                raise DataError(f"{path}: no intent is named {topic} or {intent}: rename it")
            judged.setdefault(intent, []).append(Example(text, intent))
    near, out = (judged.pop(intent, []) for intent in (UNCOVERED, OUT_OF_SCOPE))
    return QuestionSet(
        "own",
        tuple(training),
        tuple(example for examples in judged.values() for example in examples),
        tuple(example.text for example in near),
        tuple(example.text for example in out),
    )


def _asked(path: Path) -> list[tuple[str, str]]:
    """Topics and questions of a file, without talks and questions on other careers.

    The topic is the file's name, unless an entry has `topics` (the first) or a `group` of its own.
    """
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return [
            (str(entry.get("topics", [entry.get("group", path.stem)])[0]), clean(entry["ask"]))
            for entry in entries
            if "turns" not in entry and entry.get("kind") != "no_guide"
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path}: expected a list of entries with `ask`: mend it") from error
