"""The benchmark's sets, measures, tables and picture on small data with known results."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from bench.nlu import __main__ as command
from bench.nlu import machine, measures, picture, public, report, runs
from bench.nlu.pipelines import CLASSIFIER, NAMES, config, uses_encoder
from bench.nlu.replies import Reply, read_replies, write_replies
from bench.nlu.results import Result, judge, read_results
from bench.nlu.sets import DataError, Example, QuestionSet, own_set, public_set, safe_names
from serving.lean import AbsentLibraries

COSTS = {"train_s": 12.0, "model_mb": 3.4, "rss_mb": 400.0}


def reply(band: str, *ranking: tuple[str, float]) -> Reply:
    return Reply(ranking, band, 2.0)  # type: ignore[arg-type]


PAY = reply("answer", ("ask_pay", 0.9), ("ask_day", 0.1))
DAY = reply("answer", ("ask_day", 0.8), ("ask_pay", 0.2))
UNSURE = reply("offer", ("ask_day", 0.3), ("out_of_scope", 0.2), ("ask_pay", 0.1))
REFUSED = reply("refuse", ("ask_day", 0.2), ("ask_pay", 0.1))
TURNED_AWAY = reply("answer", ("out_of_scope", 0.7), ("ask_pay", 0.2))
NOTHING = reply("refuse")


@pytest.fixture(scope="module")
def matplotlib() -> Iterator[None]:
    """The library itself, which tests leave out where Rasa imports it."""
    finders = [each for each in sys.meta_path if not isinstance(each, AbsentLibraries)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "meta_path", finders)
        for name in [*sys.modules]:
            if name.partition(".")[0] == "matplotlib":
                patch.delitem(sys.modules, name)
        yield


@pytest.fixture
def small() -> QuestionSet:
    training = [
        Example("pay", "ask_pay"),
        Example("day", "ask_day"),
        Example("joke", "out_of_scope"),
    ]
    judged = [Example("how much | pay", "ask_pay"), Example("my day", "ask_day")]
    return QuestionSet("own", tuple(training), tuple(judged), ("pay on mars",), ("a joke", "pizza"))


@pytest.fixture
def result(small: QuestionSet) -> Result:
    replies = {
        "plain": [PAY, UNSURE],
        "near": [PAY],
        "out": [TURNED_AWAY, REFUSED],
        "mild": [PAY, DAY],
        "heavy": [DAY, DAY],
    }
    return judge(small, "hybrid", 100, replies, COSTS)


# Sets


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def few_shot(folder: Path) -> None:
    for part, texts, labels in (
        ("train_10", "pay me\nhow much\nmy day\nday [x](y)", "a/pay\na/pay\nDay?\nDay?"),
        ("test", "the pay\n/odd   day", "a/pay\nDay?"),
    ):
        write(folder / part / "seq.in", f"{texts}\n")
        write(folder / part / "label", f"{labels}\n")


def test_own_questions_are_those_judged_by_intent(tmp_path: Path) -> None:
    for name, text in {
        "pay": "- {ask: how much, holds: [x]}\n- turns: [{ask: and then}]",
        "plan": "- {ask: make a plan, kind: plan}",
        "uncovered": "- {ask: pay on mars, kind: fallback}",
        "out_of_scope": "- {ask: a joke, kind: fallback}",
        **dict.fromkeys(("follow_ups", "parts", "assistant", "no_guide", "frozen"), "]["),
    }.items():
        write(tmp_path / f"{name}.yml", text)
    training = [Example("x", name) for name in ("ask_pay", "plan", "ask_uncovered", "out_of_scope")]
    found = own_set(training, tmp_path)
    assert found.judged == (Example("how much", "ask_pay"), Example("make a plan", "plan"))
    assert (found.near, found.out) == (("pay on mars",), ("a joke",))
    assert found.training == tuple(training)


def test_own_questions_without_an_intent_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path / "pya.yml", "- ask: how much")
    with pytest.raises(DataError, match=r"pya.yml: no intent is named pya or ask_pya: rename it"):
        own_set([Example("x", "ask_pay")], tmp_path)


def test_a_limited_set_keeps_what_is_not_answered(small: QuestionSet) -> None:
    found = small.limited(1)
    assert {example.intent for example in found.training} == {"ask_day", "out_of_scope"}
    assert [example.intent for example in found.judged] == ["ask_day"]
    assert (found.near, found.out) == (small.near, small.out)


def test_groups_repeat_the_questions_with_typos(small: QuestionSet) -> None:
    groups = small.groups()
    assert groups["plain"] == ["how much | pay", "my day"]
    assert all(a != b for a, b in zip(groups["plain"], groups["mild"], strict=True))
    assert len(groups["heavy"]) == 2


def test_labels_become_intents_that_rasa_takes() -> None:
    names = safe_names(["a/b", "a b", "out_of_scope", "100%", "???"])
    assert names["a b"] == "a_b" and names["a/b"] == "a_b_2"
    assert names["out_of_scope"] == "out_of_scope_2"
    assert (names["100%"], names["???"]) == ("100", "intent")


def test_few_shot_layout(tmp_path: Path) -> None:
    few_shot(tmp_path)
    for loader in (public.hwu64, public.banking77, public.clinc150):
        (found,) = loader(tmp_path)
        assert found.judged == (Example("the pay", "a_pay"), Example("odd day", "day"))
        assert Example("day (x)(y)", "day") in found.training
        assert found.counts() == {"intents": 2, "training": 4, "judged": 2, "near": 0, "out": 0}


def test_few_shot_layout_with_questions_out_of_scope(tmp_path: Path) -> None:
    few_shot(tmp_path)
    for part in ("train", "test"):
        write(tmp_path / "oos" / part / "seq.in", f"joke {part}\nsong {part}\n")
        write(tmp_path / "oos" / part / "label", "oos\noos\n")
    (found,) = public.clinc150(tmp_path)
    assert Example("joke train", "out_of_scope") in found.training
    assert found.out == ("joke test", "song test")


def test_official_clinc150(tmp_path: Path) -> None:
    path = tmp_path / "data_full.json"
    parts = {
        "train": [["pay me", "pay"], ["how much", "pay"]],
        "test": [["the pay", "pay"]],
        "oos_train": [["a joke", "oos"], ["a song", "oos"]],
        "oos_test": [["a poem", "oos"]],
    }
    write(path, json.dumps(parts))
    (found,) = public.clinc150(path)
    assert found.judged == (Example("the pay", "pay"),)
    assert found.out == ("a poem",)
    assert Example("a song", "out_of_scope") in found.training


def test_official_banking77(tmp_path: Path) -> None:
    write(tmp_path / "train.csv", 'text,category\n"pay, now",pay\npay me,pay\n')
    write(tmp_path / "test.csv", 'text,category\n"the\npay",pay\n')
    (found,) = public.banking77(tmp_path)
    assert found.training[0] == Example("pay, now", "pay")
    assert found.judged == (Example("the pay", "pay"),)


def test_hint3_is_a_set_for_each_bot(tmp_path: Path) -> None:
    for bot in ("mats", "cures"):
        write(tmp_path / "train" / f"{bot}_train.csv", "sentence,label,\nbuy,BUY,\npay,BUY,note\n")
        write(tmp_path / "train" / f"{bot}_subset_train.csv", "other\n")
        write(
            tmp_path / "test" / f"{bot}_test.csv",
            "sentence,label\ni buy,BUY\n,BUY\n7,NO_NODES_DETECTED\n",
        )
    found = public.hint3(tmp_path)
    assert [one.name for one in found] == ["hint3-cures", "hint3-mats"]
    assert found[0].judged == (Example("i buy", "buy"),)
    assert found[0].out == ("7",)


def test_the_only_example_of_an_intent_is_given_twice() -> None:
    found = public_set(
        "x", [Example("pay", "a"), Example("day", "b"), Example("days", "b")], [], "oos"
    )
    assert [text for text, intent in found.training if intent == "a"] == ["pay", "pay ."]
    assert len(found.training) == 4


@pytest.mark.parametrize(
    ("name", "path", "text", "said"),
    [
        ("clinc150", "gone.json", None, r"gone.json: No such file.*: name the folder or file"),
        ("clinc150", "data.json", "[]", r"data.json: expected JSON with train, test"),
        ("clinc150", "data.json", "{", r"data.json: expected JSON with train, test"),
        ("hwu64", "x", None, r"train_10.seq.in: No such file"),
        ("banking77", "x", None, r"train.csv: No such file"),
        ("hint3", "x", None, r"test: no CSV file is there: name the folder"),
    ],
)
def test_a_bad_path_is_one_clear_line(
    name: str, path: str, text: str | None, said: str, tmp_path: Path, monkeypatch: Any
) -> None:
    if text is not None:
        write(tmp_path / path, text)
    monkeypatch.setenv(name.upper(), str(tmp_path / path))
    with pytest.raises(DataError, match=said) as error:
        public.load(name)
    assert "\n" not in str(error.value)


def test_bad_files_name_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few_shot(tmp_path)
    write(tmp_path / "test" / "label", "a/pay\n")
    with pytest.raises(DataError, match=r"label: 1 labels for 2 texts: fetch both again"):
        public.hwu64(tmp_path)
    write(tmp_path / "official" / "train.csv", "a,b\n")
    with pytest.raises(DataError, match=r"train.csv: expected the columns text and category"):
        public.banking77(tmp_path / "official")
    monkeypatch.delenv("HINT3", raising=False)
    with pytest.raises(DataError, match=r"hint3: its path is not named: add HINT3="):
        public.load("hint3")


# Pipelines and runs


def test_ours_is_that_of_the_configuration() -> None:
    shipped = yaml.safe_load((runs.ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    for name, encoder in (("hybrid", "on"), ("sparse", "off")):
        found = config(name, 100)["pipeline"]
        (step,) = (step for step in found if step["name"] == CLASSIFIER)
        assert step.pop("encoder") == encoder
        assert found == shipped
    assert [uses_encoder(config(name, 1)) for name in NAMES] == [True, False, False, False]


def test_epochs_are_those_of_diet() -> None:
    steps = {step["name"]: step for step in config("diet", 7)["pipeline"]}
    assert steps["DIETClassifier"]["epochs"] == 7
    assert steps["FallbackClassifier"]["threshold"] == 0.3


def test_training_data_is_yaml_of_rasa(small: QuestionSet) -> None:
    odd = QuestionSet("x", (Example("- it: 'is' #1 \\ é", "a"), Example("yes", "a")), ())
    (entry,) = yaml.safe_load(runs.training_data(odd))["nlu"]
    assert entry == {"intent": "a", "examples": "- - it: 'is' #1 \\ é\n- yes\n"}


def test_the_reason_is_the_first_error() -> None:
    log = """Traceback (most recent call last):
  File "x.py", line 1, in <module>
understanding.classifier.ClassifierError: expected at least two intents

The above exception was the direct cause of the following exception:

rasa.GraphComponentException: Error running graph component"""
    assert runs.reason(log).endswith("ClassifierError: expected at least two intents")
    assert runs.reason("one\ntwo\n\n") == "two"
    assert runs.reason("") == "the process said nothing"


# Replies


def test_a_reply_has_one_form_for_all_pipelines(tmp_path: Path) -> None:
    ranking = [{"name": "ask_pay", "confidence": 0.3}, {"name": "ask_day", "confidence": 0.2}]
    fallback = {"name": "nlu_fallback", "confidence": 0.7}
    ours = Reply.of({"intent": fallback, "intent_ranking": ranking, "band": "offer"}, 1)
    stock = Reply.of({"intent": fallback, "intent_ranking": [fallback, *ranking]}, 1)
    sure = Reply.of({"intent": ranking[0], "intent_ranking": ranking}, 1)
    empty = Reply.of({"intent": {"name": None}, "intent_ranking": []}, 1)
    assert [each.band for each in (ours, stock, sure, empty)] == [
        "offer",
        "refuse",
        "answer",
        "refuse",
    ]
    assert ours.ranking == stock.ranking == sure.ranking == (("ask_pay", 0.3), ("ask_day", 0.2))
    write_replies(tmp_path / "x.json", {"plain": [ours, empty]})
    assert read_replies(tmp_path / "x.json") == {"plain": [ours, empty]}


def test_an_intent_that_is_no_answer_is_a_refusal() -> None:
    assert (TURNED_AWAY.outcome, TURNED_AWAY.score) == ("refuse", 0)
    assert UNSURE.answering == ["ask_day", "ask_pay"]
    assert (NOTHING.outcome, NOTHING.score, NOTHING.top) == ("refuse", 0, "")


# Measures


def test_accuracy_and_one_tap() -> None:
    expected = ["ask_pay", "ask_pay", "ask_pay", "ask_pay", "ask_day", "ask_day"]
    replies = [PAY, DAY, UNSURE, TURNED_AWAY, REFUSED, NOTHING]
    assert measures.accuracy(expected, replies) == pytest.approx(3 / 6)
    assert measures.within_one_tap(expected, replies) == pytest.approx(2 / 6)
    assert measures.accuracy([], []) is measures.within_one_tap([], []) is None


def test_recall_outside_at_what_is_kept() -> None:
    inside = np.linspace(0.05, 1, 20)  # 19 of 20 from 0.1 on
    found = measures.recall_outside(inside, np.array([0.0, 0.05, 0.09, 0.1]))
    assert found == measures.Recall(turned_away=0.75, kept=0.95)
    refused = measures.recall_outside(np.array([0.0, 0.0, 0.5, 0.5]), np.array([0.0, 0.4]))
    assert refused == measures.Recall(turned_away=0.5, kept=0.5)
    assert measures.recall_outside(inside, np.array([])) is None


def test_shares_and_precision() -> None:
    found = measures.shares([PAY, DAY, UNSURE, TURNED_AWAY])
    assert found == measures.Shares(answered=0.5, offered=0.25, refused=0.25)
    assert measures.shares([]) is None
    right, answered = np.array([True, False, True]), np.array([True, True, False])
    assert measures.precision(right, answered) == 0.5
    assert measures.precision(right, np.zeros(3, bool)) is None


def test_curve_has_a_point_for_each_score() -> None:
    scores = np.array([0.9, 0.5, 0.5, 0.2, 0.0])
    right = np.array([True, True, False, True, True])
    inside = np.array([True, True, False, True, True])
    found = measures.curve(scores, right, inside)
    assert found.answered.tolist() == [0.25, 0.5, 0.75]
    assert found.precision.tolist() == pytest.approx([1, 2 / 3, 3 / 4])
    assert len(measures.curve(np.zeros(2), right[:2], inside[:2]).answered) == 0


def test_the_figures_of_a_pipeline(result: Result) -> None:
    expected = {
        **{"accuracy": 1.0, "one_tap": 1.0, "mild": 1.0, "heavy": 0.5},
        **{"plain_answered": 0.5, "plain_offered": 0.5, "plain_refused": 0.0},
        **{"near_answered": 1.0, "near_recall": 0.0},
        **{"out_answered": 0.0, "out_refused": 1.0, "out_recall": 1.0, "kept": 1.0},
        **{"precision_inside": 1.0, "precision": 0.5, "p50_ms": 2.0, "p95_ms": 2.0, **COSTS},
    }
    assert {name: result.figures[name] for name in expected} == expected
    assert [(one.question, one.answered) for one in result.wrong] == [("pay on mars", "ask_pay")]
    assert sum(map(sum, result.confusion)) == 5
    row, column = result.intents.index("ask_uncovered"), result.intents.index("ask_pay")
    assert result.confusion[row][column] == 1


# Report


def test_results_are_read_as_they_were_written(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path)
    assert read_results(tmp_path) == [result]


def test_the_page_has_figures_failures_and_mistakes(result: Result) -> None:
    lost = Result("own", "diet", 100, result.counts, "ValueError: no")
    gone = Result("hint3", "hybrid", 100, error="gone: name it")
    page = report.write([result, lost, gone], ["2 cores"], "nlu.png")
    assert "| | hybrid | diet |" in page
    assert "| Likeliest intent right | 100.0 % | failed |" in page
    assert "| In scope: answered / offered / refused, % | 50.0 / 50.0 / 0.0 | failed |" in page
    assert "- diet failed: ValueError: no" in page
    assert "## HINT3\n\n- hybrid failed: gone: name it" in page
    assert "| pay on mars | ask_uncovered | ask_pay |" in page
    assert "nlu.png" in page and "- 2 cores" in page


def test_a_set_without_questions_outside_has_no_such_rows(result: Result) -> None:
    counts = {**result.counts, "near": 0, "out": 0}
    table = report.table([Result("hwu64", "sparse", 100, counts, figures=result.figures)])
    assert "scope:" not in table.replace("In scope:", "")


def test_a_recall_that_keeps_less_says_so(result: Result) -> None:
    figures = {**result.figures, "kept": 0.9}
    table = report.table([Result("own", "sparse", 100, result.counts, figures=figures)])
    assert "| Out of scope: turned away at 95 % kept | 100.0 % (90.0 % kept) |" in table


@pytest.mark.filterwarnings("ignore:.*deprecated")
@pytest.mark.usefixtures("matplotlib")
def test_the_picture_needs_hybrid(result: Result, tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    assert not picture.draw([Result("own", "hybrid", 100, error="no")], path)
    assert picture.draw([result], path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_machine_facts_name_the_flags(tmp_path: Path) -> None:
    write(tmp_path / "cpu", "flags\t\t: fpu avx2 avx_vnni\n")
    assert "AVX2 yes, AVX-512 no, VNNI yes" in machine.facts(tmp_path / "cpu")[0]
    assert "AVX2 unknown" in machine.facts(tmp_path / "none")[0]
    assert "rasa 3." in machine.facts()[1]


# Command


def test_options_name_what_they_know(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = command.options(["--sets", "hint3,own", "--pipelines", "diet"])
    assert (chosen.sets, chosen.pipelines, chosen.epochs) == (["own", "hint3"], ["diet"], 100)
    assert chosen.report.name == "bench"
    assert command.options(["--intents", "3"]).report == command.RESULTS  # a trial
    with pytest.raises(SystemExit):
        command.options(["--sets", "mine"])
    assert "unknown: mine; use some of own, clinc150" in capsys.readouterr().err


def test_sets_are_those_whose_path_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in public.LOADERS:
        monkeypatch.delenv(name.upper(), raising=False)
    assert command.options([]).sets == ["own"]
    monkeypatch.setenv("HWU64", "somewhere")
    assert command.options([]).sets == ["own", "hwu64"]


@pytest.mark.filterwarnings("ignore:.*deprecated")
@pytest.mark.usefixtures("matplotlib")
def test_a_failure_does_not_stop_the_rest(
    small: QuestionSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One set cannot be read, one pipeline cannot be trained; the other is measured."""

    def train(folder: Path) -> dict[str, float]:
        if folder.name.endswith("sparse"):
            raise runs.RunError("MemoryError")
        return {"train_s": 1.0, "model_mb": 2.0}

    replies = {"plain": [PAY, DAY], "near": [PAY], "out": [DAY, DAY], "mild": [PAY, DAY]}
    monkeypatch.setattr(command, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(command, "own", lambda: small)
    monkeypatch.setattr(runs, "train", train)
    monkeypatch.setattr(
        runs, "measure", lambda _: ({**replies, "heavy": [PAY, PAY]}, {"rss_mb": 1.0})
    )
    monkeypatch.delenv("HINT3", raising=False)
    arguments = ["--sets", "own,hint3", "--pipelines", "hybrid,sparse", "--report", str(tmp_path)]
    assert command.main(arguments) == 1
    page = (tmp_path / "nlu.md").read_text(encoding="utf-8")
    assert "| Likeliest intent right | 100.0 % | failed |" in page
    assert "- sparse failed: MemoryError" in page
    assert page.count("failed: hint3: its path is not named") == 2
    assert (tmp_path / "nlu.png").exists()
    assert command.main([*arguments[2:4], "--sets", "own", *arguments[4:], "--keep"]) == 1
    assert "HINT3" in (tmp_path / "nlu.md").read_text(encoding="utf-8")
