"""The intent classifier on small, made-up data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message
from sklearn.feature_extraction.text import TfidfVectorizer

from components.intent_classifier import in_order
from understanding.classifier import (
    ClassifierError,
    Encoder,
    IntentClassifier,
    needs_encoder,
)
from understanding.fitting import Settings, judges
from understanding.ngrams import LEAST, TOKEN, FloatArray, TextFeatures
from understanding.thresholds import (
    HeldOut,
    Thresholds,
    find_thresholds,
    held_out,
    table,
)

FILLINGS = ["", "please", "now", "for real", "in this career", "today", "exactly", "again"]
PHRASES = {
    "ask_salary": ["how much do they earn", "what is the pay"],
    "ask_tools": ["which tools do they use", "what software is used"],
    "ask_uncovered": ["how much in germany", "what gpa is needed"],
    "out_of_scope": ["tell me a joke", "who won the game"],
}
TEXTS, INTENTS = zip(
    *(
        (f"{phrase} {filling}".strip(), intent)
        for intent, phrases in PHRASES.items()
        for phrase in phrases
        for filling in FILLINGS
    ),
    strict=True,
)


class Hashed:
    """An encoder without a model: a fixed random direction for each word."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def encode(self, texts: Sequence[str]) -> FloatArray:
        rows = np.array([sum(map(self._direction, ["", *text.split()])) for text in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    def _direction(self, word: str) -> FloatArray:
        seed = [self.seed, *word.encode()]
        return np.random.default_rng(seed).standard_normal(16).astype(np.float32)


@pytest.fixture(scope="module", params=[None, Hashed()], ids=["sparse", "hybrid"])
def encoder(request: pytest.FixtureRequest) -> Encoder | None:
    return request.param


@pytest.fixture(scope="module")
def trained(encoder: Encoder | None) -> IntentClassifier:
    return IntentClassifier.train(TEXTS, INTENTS, encoder)


def test_finds_the_intent_of_new_words(trained: IntentClassifier) -> None:
    assert trained.predict("so what do they earn")[0][0] == "ask_salary"
    assert trained.predict("the software and the tools")[0][0] == "ask_tools"


@pytest.mark.parametrize("text", ["what is the pay", "zzz", "", "?", "é 你好", "x" * 3000])
def test_ranking_is_whole_and_in_order(trained: IntentClassifier, text: str) -> None:
    names, values = zip(*trained.predict(text), strict=True)
    assert sorted(names) == sorted(PHRASES)
    assert list(values) == sorted(values, reverse=True)
    assert sum(values) == pytest.approx(1)


def test_stored_and_read_again_it_predicts_the_same(
    trained: IntentClassifier, encoder: Encoder | None, tmp_path: Path
) -> None:
    trained.save(tmp_path)
    again = IntentClassifier.load(tmp_path, encoder)
    assert (again.sureness, again.thresholds) == (trained.sureness, trained.thresholds)
    assert needs_encoder(tmp_path) == again.dense == (encoder is not None)
    for text in ("what is the pay", "joke", "unheard of"):
        assert again.predict(text) == trained.predict(text)


def test_training_twice_gives_the_same(trained: IntentClassifier, encoder: Encoder | None) -> None:
    """Weights, sureness and thresholds are the same to the bit, however many processors there are."""
    again = IntentClassifier.train(TEXTS, INTENTS, encoder)
    assert again.predict("how much is it") == trained.predict("how much is it")
    assert (again.sureness, again.thresholds) == (trained.sureness, trained.thresholds)
    assert again.calibration == trained.calibration


def test_the_order_of_files_does_not_matter() -> None:
    """A disk lists them as it likes; what is learnt is the same on every machine."""
    examples = [
        Message({"text": text, "intent": intent})
        for text, intent in zip(TEXTS, INTENTS, strict=True)
    ]
    shuffled = [*examples, Message({"intent": "greet"})]
    Random(1).shuffle(shuffled)
    told = [(each.get("intent"), each.get("text")) for each in in_order(shuffled)]
    assert told == [(each.get("intent"), each.get("text")) for each in in_order(examples)]
    assert len(told) == len(TEXTS)


def test_thresholds_are_in_order(trained: IntentClassifier) -> None:
    assert 0 < trained.thresholds.lo <= trained.thresholds.hi <= 1


@pytest.mark.parametrize("other", [None, Hashed(1)], ids=["none", "another"])
def test_refuses_another_encoder(tmp_path: Path, other: Encoder | None) -> None:
    IntentClassifier.train(TEXTS, INTENTS, Hashed()).save(tmp_path)
    with pytest.raises(ClassifierError, match="train again"):
        IntentClassifier.load(tmp_path, other)


def test_sparse_model_leaves_an_encoder_alone(tmp_path: Path) -> None:
    IntentClassifier.train(TEXTS, INTENTS).save(tmp_path)
    assert not IntentClassifier.load(tmp_path, Hashed()).dense


def test_refuses_another_format(tmp_path: Path) -> None:
    IntentClassifier.train(TEXTS, INTENTS).save(tmp_path)
    notes = tmp_path / "classifier.json"
    notes.write_text(json.dumps({**json.loads(notes.read_text()), "format": 0}))
    with pytest.raises(ClassifierError, match="found format 0"):
        IntentClassifier.load(tmp_path)


def test_two_intents_are_enough() -> None:
    texts = ["yes", "yes please", "no", "no thanks"]
    small = IntentClassifier.train(texts, ["affirm", "affirm", "deny", "deny"])
    assert small.predict("oh yes")[0][0] == "affirm"
    assert small.predict("oh no")[0][0] == "deny"


@pytest.mark.parametrize("intents", [["a", "a", "a", "a"], ["a", "a", "a", "b"]])
def test_refuses_too_little_data(intents: list[str]) -> None:
    with pytest.raises(ClassifierError, match="at least two"):
        IntentClassifier.train(["one", "two", "three", "four"], intents)


def test_embedding_weighs_what_the_settings_say() -> None:
    light = IntentClassifier.train(TEXTS, INTENTS, Hashed(), Settings(dense_weight=1e-6))
    sparse = IntentClassifier.train(TEXTS, INTENTS)
    text = "how much is it"
    assert dict(light.predict(text)) == pytest.approx(dict(sparse.predict(text)), abs=1e-3)


def test_features_are_those_of_scikit_learn() -> None:
    texts = [text.replace("'", "") for text in (*TEXTS, "what's $5 an hour, a a a?")]
    same = {"sublinear_tf": True, "min_df": LEAST}
    words = TfidfVectorizer(token_pattern=TOKEN.pattern, ngram_range=(1, 2), **same)
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **same)
    words.fit(texts), parts.fit(texts)
    features = TextFeatures.learn(texts)
    for text in (*texts, "is that a new one", "what's that"):
        plain = text.replace("'", "")
        expected = np.hstack([words.transform([plain]).A[0], parts.transform([plain]).A[0]])
        found = np.zeros(len(features))
        places, values = features.row(text)
        found[places] = values
        assert np.allclose(found, expected, atol=1e-6)


def judged(rows: list[tuple[float, bool, bool, bool]]) -> HeldOut:
    sureness, *flags = zip(*rows, strict=True)
    return HeldOut(np.array(sureness), *(np.array(flag) for flag in flags))


def test_hi_is_where_enough_answers_are_right() -> None:
    """All are right from 0.6 on, a half at 0.5, none below it."""
    rows = [(0.9, True, True, True)] * 9 + [(0.6, True, True, True)] * 9
    rows += [(0.5, True, True, True), (0.5, True, False, False)] * 5
    rows += [(0.4, True, False, True)] * 9
    found = find_thresholds(judged(rows))
    assert found.hi == pytest.approx(0.55)  # between the middles of the two steps
    assert found.lo == pytest.approx(0.4)


def test_the_answer_of_another_topic_counts_less() -> None:
    """Than an answer to what no guide answers."""
    right = [(0.9, True, True, True)] * 9 + [(0.5, True, True, True)] * 5
    wrong_topic = judged([*right, *[(0.5, True, False, True)] * 5])
    no_guide = judged([*right, *[(0.5, True, False, False)] * 5])
    assert find_thresholds(wrong_topic).hi == 0.5 < find_thresholds(no_guide).hi


def test_a_wrong_answer_to_what_no_guide_answers_counts() -> None:
    """Texts out of scope that get an answer raise `hi`; they say nothing of `lo`."""
    right = [(0.9, True, True, True)] * 4 + [(0.5, True, True, True)] * 2
    wrong = [(0.5, True, False, False)] * 6 + [(0.1, False, True, False)] * 6
    assert find_thresholds(judged(right)).hi == 0.5
    found = find_thresholds(judged(right + wrong))
    assert 0.5 < found.hi < 0.9 and found.lo == 0.5


def test_held_out_texts_are_judged_by_their_likeliest_intent() -> None:
    """Shapes and meaning of the arrays, on three texts."""
    intents = ["ask_tools", "ask_uncovered", "out_of_scope"]
    rows = np.array([[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.6, 0.2, 0.2]])
    found = held_out(rows, np.array([0, 2, 1]), intents)
    assert found.sureness.tolist() == [0.9, 0.8, 0.6]
    assert found.answered.tolist() == [True, False, True]
    assert found.right.tolist() == [True, False, False]
    assert found.in_scope.tolist() == [True, False, False]


def test_nothing_is_answered_where_nothing_is_right() -> None:
    """Without a right answer `hi` is 1; without a text in scope `lo` is 0."""
    rows = [(0.9, True, False, False), (0.8, True, False, False)]
    assert find_thresholds(judged(rows)) == Thresholds(hi=1.0, lo=0.0)


def test_the_table_shows_what_thresholds_give() -> None:
    """Shares of answered, right and wrongly answered texts, with the chosen row marked."""
    rows = [(0.95, True, True, True), (0.45, True, False, True), (0.45, True, False, False)]
    lines = table(judged(rows), Thresholds(hi=0.95, lo=0.4)).splitlines()
    assert lines[1].split() == ["0.300", "100.0%", "33.3%", "100.0%"]
    assert lines[-1].split() == ["0.950", "50.0%", "100.0%", "0.0%", "<-", "hi"]


@pytest.mark.parametrize(
    ("sureness", "band"),
    [(1, "answer"), (0.6, "answer"), (0.59, "offer"), (0.2, "offer"), (0.19, "refuse")],
)
def test_bands(sureness: float, band: str) -> None:
    assert Thresholds(hi=0.6, lo=0.2).band(sureness) == band


def test_about_a_quarter_of_the_texts_judge() -> None:
    """It is the words that decide, in whatever order they stand."""
    texts = [f"how much does number {place} earn" for place in range(2000)]
    assert 0.22 < np.mean([judges(text) for text in texts]) < 0.28
    assert all(judges(text) == judges(" ".join(reversed(text.split()))) for text in texts)
