"""How sure the likeliest intent is: what is learnt from held-out texts, and the bands after it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.test_classifier import INTENTS, TEXTS
from understanding.classifier import IntentClassifier
from understanding.sureness import Sureness, fit_sureness, signals
from understanding.thresholds import HeldOut, Thresholds, held_out
from understanding.topics import NOT_ANSWERED

INTENTS_HELD = ["ask_salary", "ask_tools", "ask_uncovered", "out_of_scope"]
REFUSED = np.array([False, False, True, True])
CLEAR = [0.9, 0.06, 0.02, 0.02]
NEAR = [0.55, 0.05, 0.35, 0.05]
"""As likely as other questions that are answered, but for the rival that no guide answers."""
VAGUE = [0.55, 0.35, 0.05, 0.05]
LOST = [0.03, 0.02, 0.9, 0.05]


def held(repeat: int = 25) -> tuple[np.ndarray, HeldOut]:
    """Texts that are all right but those near the topic, which no guide answers."""
    rows = np.array([CLEAR, NEAR, VAGUE, LOST] * repeat)
    labels = np.array([0, 2, 0, 2] * repeat)
    return rows, held_out(rows, labels, INTENTS_HELD)


def fitted() -> Sureness:
    rows, judged = held()
    return fit_sureness(rows, REFUSED, judged, seed=1)[0]


def ranking(row: list[float]) -> list[tuple[str, float]]:
    return sorted(zip(INTENTS_HELD, row, strict=True), key=lambda pair: -pair[1])


def test_a_rival_that_no_guide_answers_makes_unsure() -> None:
    """Two texts with the same largest probability, of which one is near the topic."""
    model = fitted()
    assert model.of(ranking(CLEAR)) > model.of(ranking(VAGUE)) > 0.6
    assert model.of(ranking(NEAR)) < 0.4
    assert model.of(ranking(LOST)) > 0.6  # it is sure that this is not answered


def test_the_order_of_the_rest_does_not_matter() -> None:
    model = fitted()
    first, *rest = ranking(NEAR)
    assert model.of([first, *rest[::-1]]) == pytest.approx(model.of([first, *rest]))


def test_nothing_is_sure_without_a_ranking() -> None:
    assert fitted().of([]) == 0


def test_signals_count_what_is_refused_as_one() -> None:
    """Shape, and the values of two texts."""
    found = signals(np.array([NEAR, LOST]), REFUSED)
    assert found.tolist() == [
        pytest.approx([np.log(0.55 / 0.45), np.log(0.55 / 0.35)]),
        pytest.approx([np.log(0.95 / 0.05), np.log(0.95 / 0.03)]),
    ]


def test_probabilities_of_0_and_1_are_signals_too() -> None:
    certain = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0]])
    assert np.isfinite(signals(certain, REFUSED)).all()
    assert np.isfinite(signals(certain[:, :2], REFUSED[:2])).all()  # nothing is refused


def test_fitting_twice_gives_the_same() -> None:
    rows, judged = held()
    (one, told), (other, again) = (fit_sureness(rows, REFUSED, judged, seed=1) for _ in range(2))
    assert one == other and told.sureness.tolist() == again.sureness.tolist()


def test_a_text_is_judged_by_a_regression_on_others() -> None:
    """What is right for one text only is not what its own sureness is learnt from."""
    rows = np.array([CLEAR] * 9 + [NEAR])
    judged = held_out(rows, np.zeros(10, int), INTENTS_HELD)
    _, told = fit_sureness(rows, REFUSED, judged, seed=1)
    whole, _ = fit_sureness(rows, REFUSED, judged, seed=1)
    assert told.sureness[-1] != pytest.approx(whole.of(ranking(NEAR)))
    assert (told.right == judged.right).all()


def test_texts_that_are_all_right_can_be_fitted() -> None:
    rows = np.array([CLEAR, VAGUE])
    model, told = fit_sureness(rows, REFUSED, held_out(rows, np.zeros(2, int), INTENTS_HELD), 1)
    assert model.of(ranking(CLEAR)) > 0.5 and (told.sureness > 0).all()


def test_the_bands_follow_the_model() -> None:
    """The probabilities are the same; what the model weighs decides."""
    classifier = IntentClassifier.train(TEXTS, INTENTS, judging=[False] * len(TEXTS))
    classifier.thresholds = Thresholds(hi=0.6, lo=0.4)
    bands = []
    for bias in (2.0, 0.0, -2.0):
        classifier.sureness = Sureness((0.0, 0.0), bias)
        bands.append(classifier.band(ranking(CLEAR)))
    assert bands == ["answer", "offer", "refuse"]


def test_what_no_guide_answers_is_not_offered() -> None:
    """Unless it is refused altogether, it gets its own reply."""
    classifier = IntentClassifier.train(TEXTS, INTENTS, judging=[False] * len(TEXTS))
    classifier.thresholds = Thresholds(hi=0.6, lo=0.4)
    assert [classifier.band(ranking(row)) for row in (LOST, CLEAR)] == ["answer", "offer"]
    classifier.sureness = Sureness(bias=-2.0)
    assert classifier.band(ranking(LOST)) == "refuse"


def test_clear_questions_are_answered_and_nonsense_is_not() -> None:
    trained = IntentClassifier.train(TEXTS, INTENTS)
    for text in ("how much do they earn", "what software is used now"):
        assert trained.band(trained.predict(text)) == "answer"
    for text in ("zzz", "qwrt xkcd", "?"):
        found = trained.predict(text)
        assert found[0][0] in NOT_ANSWERED or trained.band(found) != "answer"


def test_without_texts_to_judge_everything_is_answered() -> None:
    untold = IntentClassifier.train(TEXTS, INTENTS, judging=[False] * len(TEXTS))
    assert untold.band(untold.predict("zzz")) == "answer"
