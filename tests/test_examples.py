"""The examples that train and the questions that judge: enough of both, and kept apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import yaml
from rapidfuzz import fuzz, process
from rasa.shared.nlu.training_data.message import Message

from components import guide_importer
from components.guide_importer import MADE, GuideImporter, placed_phrases
from guides.documents import DocumentError, read
from understanding.distress_model import questions_in
from understanding.facets import read_facets
from understanding.of_school import read_schools
from understanding.text import fold, words

ROOT = Path(__file__).parent.parent
Put = Callable[[str, str], Path]
QUESTIONS = ROOT / "tests/questions"

LEAST_EXAMPLES = 40
LEAST_NOT_ANSWERED = {"out_of_scope": 200, "ask_uncovered": 150}
NOT_ANSWERED = ("uncovered", "out_of_scope", "no_guide")

ALIKE = 90
"""Likeness of two texts, of 100, from which one is a copy of the other with a letter changed."""
ALIKE_IN_TRAINING = 93

Example = tuple[str, str]
"""Intent and text."""


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    """What Rasa reads for the classifier, the guides' phrases included."""
    data = GuideImporter(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")]
    ).get_nlu_data()
    return list(data.intent_examples)


@pytest.fixture(scope="module")
def examples(messages: list[Message]) -> list[Example]:
    """What the classifier learns from: intents and texts."""
    found = [(str(one.get("intent")), one.get("text")) for one in messages]
    return [(intent, text) for intent, text in found if text]


@cache
def all_judging() -> dict[str, list[dict]]:
    """The questions that judge the answers; mentions judge which career is meant."""
    files = sorted(QUESTIONS.glob("*.yml"))
    return {path.stem: yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in files}


def asked_of_schools() -> Iterator[str]:
    """The questions that judge local answers."""
    for name in ("asked", "aside", "lacking"):
        for texts in read(ROOT / f"tests/local/{name}.yml").values():
            yield from texts


def plain(text: str) -> str:
    return " ".join(word.text for word in words(fold(text))) or text


def pairs_alike(some: Sequence[str], others: Sequence[str], least: int) -> list[tuple[int, int]]:
    """Places of texts whose edit likeness (Indel, 0 to 100) is `least` or more."""
    likeness = process.cdist(
        some, others, scorer=fuzz.ratio, score_cutoff=least, dtype=np.uint8, workers=-1
    )
    return [(int(one), int(other)) for one, other in zip(*np.nonzero(likeness), strict=True)]


def test_every_intent_has_enough_examples(examples: list[Example]) -> None:
    """Every intent of the domain has examples, and no other intent has any."""
    intents = yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]
    count = Counter(intent for intent, _ in examples)
    assert sorted(count) == intents, "domain.yml and data/nlu differ"
    few = {
        name: count[name]
        for name in count
        if count[name] < LEAST_NOT_ANSWERED.get(name, LEAST_EXAMPLES)
    }
    assert not few, "data/nlu: too few examples"


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Copies a file of data/nlu to another place of a folder that stands for it."""
    monkeypatch.setattr(guide_importer, "NLU", tmp_path)

    def copied(file: str, place: str) -> Path:
        path = tmp_path / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((ROOT / "data/nlu" / file).read_bytes())
        return path

    return copied


@pytest.mark.parametrize(
    ("place", "intent"),
    [
        ("uncovered/benefits.yml", "ask_uncovered"),
        ("salary/benefits.yml", "ask_salary"),
        ("outlook.yml", "ask_outlook"),
        ("greet/benefits.yml", "greet"),
    ],
)
def test_phrases_mean_what_their_place_says(put: Put, place: str, intent: str) -> None:
    """A file of what is refused belongs to a topic once it is moved there, with no word changed."""
    found = placed_phrases(put("uncovered/benefits.yml", place)).intent_examples
    assert len(found) > 20 and {one.get("intent") for one in found} == {intent}


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("benefit.yml", "data/nlu/benefit.yml: place: found 'benefit', expected a topic or an act"),
        ("benefit/a.yml", "data/nlu/benefit/a.yml: place: found 'benefit', expected a topic or"),
        ("hours.yml", "data/nlu/hours.yml: intent: found 'ask_salary', expected ask_hours"),
    ],
)
def test_phrases_in_a_wrong_place_are_refused(put: Put, place: str, fault: str) -> None:
    """A place without a topic, and phrases of one topic in the file of another."""
    placed = put("salary.yml", place)
    with pytest.raises(DocumentError) as refused:
        placed_phrases(placed)
    assert refused.value.faults[0].startswith(fault)


def test_the_model_of_distress_reads_every_example(messages: list[Message]) -> None:
    """What Rasa reads from data/nlu, folders and all, is harmless to the other model too."""
    harmless = {each.text for each in questions_in(ROOT / "data" / "nlu")}
    read = {str(one.get("text")) for one in messages if one.get(MADE) is None}
    assert len(read) > 10_000
    assert not sorted(read - harmless), "understanding/distress_model.py: questions_in"


def test_no_example_twice(examples: list[Example]) -> None:
    """No two examples are the same but for case and punctuation, whatever their intents."""
    seen = Counter(plain(text) for _, text in examples)
    assert not sorted(text for text, times in seen.items() if times > 1), "data/nlu or guides"


def test_no_example_is_nearly_another(examples: list[Example]) -> None:
    """No two examples of one intent differ by a letter only: that would teach nothing."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for intent, text in examples:
        by_intent[intent].append(plain(text))
    alike = [
        (texts[one], texts[other])
        for texts in by_intent.values()
        for one, other in pairs_alike(texts, texts, ALIKE_IN_TRAINING)
        if one < other and len(texts[one]) > 7
    ]
    assert not alike, "data/nlu or guides"


def test_judging_questions_are_not_in_the_training_data(examples: list[Example]) -> None:
    """No question that judges is an example, or nearly one; turns of conversations may be."""
    asked = [
        plain(entry["ask"])
        for entries in all_judging().values()
        for entry in entries
        if "turns" not in entry  # conversations judge memory and use words such as "tell me more"
    ]
    facets = [
        phrase for names in read_facets().values() for each in names.values() for phrase in each
    ]
    schools = [text for school in read_schools() for text in school.every]
    asked += [plain(text) for text in asked_of_schools()]
    texts = [plain(text) for text in (*(text for _, text in examples), *facets, *schools)]
    alike = [(asked[one], texts[other]) for one, other in pairs_alike(asked, texts, ALIKE)]
    assert not alike, "tests/questions and data share these: remove them from data"


def test_there_is_enough_to_judge_with() -> None:
    """600 questions, 200 not to be answered, 60 in parts, 80 follow-ups, 150 frozen ones."""
    files = dict(all_judging())
    frozen = files.pop("frozen")
    parts = [entry for entry in files["parts"] if len(entry["topics"]) > 1]
    follow_ups = [turn for entry in files["follow_ups"] for turn in entry["turns"][1:]]
    assert len(frozen) >= 150
    assert sum(map(len, files.values())) >= 600
    assert sum(len(files[name]) for name in NOT_ANSWERED) >= 200
    assert len(parts) >= 60
    assert len(follow_ups) >= 80


def test_no_judging_question_stands_twice() -> None:
    """A question counts once: in one file, and not in the frozen ones too."""
    asked = Counter(
        plain(entry["ask"])
        for entries in all_judging().values()
        for entry in entries
        if "turns" not in entry
    )
    assert not sorted(text for text, times in asked.items() if times > 1), "tests/questions"
