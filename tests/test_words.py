"""The words of the replies: they stand in data files, are all said, and can all be filled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from answers import labels, rehearsal, responses
from answers.labels import LABELS
from answers.model import Answer
from answers.rehearsal import answers_given, faults_of_words
from answers.responses import load_texts
from guides.school import School
from serving import checks

ROOT = Path(__file__).parent.parent
CODE = sorted(path for name in ("answers", "actions") for path in (ROOT / name).glob("*.py"))
NOT_FOR_STUDENTS = {
    "filling.py": "errors",
    "rehearsal.py": "errors, and questions for a trial",
}
ENGLISH = re.compile(r"[A-Za-z].* | .*[A-Za-z]|^[A-Z][a-z]+$", re.DOTALL)
"""Letters with a space, or one word as a label has it."""
UNSEEN = ("TypeVar", "log.error", "re.compile", "re.sub")
"""Calls that take no words for students."""
FAULT = re.compile(r"([a-z/_]+\.yml): line [23]: found broken YAML \(.+\), expected .+")
SAID_BY_ACTIONS = {
    "utter_compare_which",
    "utter_check_left",
    "utter_in_check",
    "utter_in_plan",
    "utter_in_quiz",
    "utter_nothing_to_repeat",
    "utter_plan_left",
    "utter_quiz_left",
    "utter_related_which",
    "utter_stop",
}


def words_in(code: str) -> Iterator[str]:
    """The strings in code that may be English, less docstrings, errors, patterns and names."""
    tree = ast.parse(code)
    unseen = {id(inner) for node in ast.walk(tree) if is_unseen(node) for inner in ast.walk(node)}
    names = {str(name) for group in LABELS.values() for name in group}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    told = (
        each.value for each in constants if isinstance(each.value, str) and id(each) not in unseen
    )
    return (text for text in told if ENGLISH.search(text) and text not in names)


def is_unseen(node: ast.AST) -> bool:
    """Whether what stands in a part of code is for no student."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return isinstance(node, ast.Raise) or called in UNSEEN


@pytest.mark.parametrize("path", CODE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_words_for_students_stand_in_code(path: Path) -> None:
    """They stand in data/responses.yml and answers/labels.yml, so that they can be translated."""
    found = list(words_in(path.read_text(encoding="utf-8")))
    assert bool(found) == (path.name in NOT_FOR_STUDENTS), found


def test_words_in_code_are_seen() -> None:
    """A label, a sentence, a part of one and a button are; a docstring and an error are not."""
    code = '''
def told(pay):
    """What is told."""
    if not pay:
        raise ValueError("no pay at all")
    card("Median", f"{pay} or more", title="Something else")
    return pay.get("median") or "The guide does not say."
'''
    seen = {"Median", " or more", "Something else", "The guide does not say."}
    assert set(words_in(code)) == seen


def test_every_word_is_said_in_the_rehearsal(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each response and each label is, but for those that actions say; so the check misses none."""
    filled, said = responses.filled, set()

    def noted(text: str, facts: Any, place: str) -> str:
        said.add(place.split(": ")[1])
        return filled(text, facts, place)

    monkeypatch.setattr(responses, "filled", noted)
    monkeypatch.setattr(labels, "filled", noted)
    for given in answers_given(school):
        answer = given()
        if isinstance(answer, Answer):
            said.add(answer.response)
    titles = {"utter_help_title", "utter_help_title_es"}
    assert set(load_texts()) - said == SAID_BY_ACTIONS | titles
    known = {f"{group}.{name}" for group, words in LABELS.items() for name in words}
    assert {name for name in known - said if not name.startswith("grades.")} == set()


WRONG_RESPONSES = [
    ("utter_answer_salary", "{region}", "{regoin}", "found {regoin}, expected one of: {region}, "),
    ("utter_salary_low_tenths", "{date}", "{dates}", "found {dates}, expected one of: {date}, "),
    ("utter_quiz_few", "{noes}", "{noe}", "found {noe}, expected one of: {noes}, "),
    ("utter_react", "Right.", "{Right}.", "found {Right}, expected one of: {"),
    ("utter_stop", "All", "{persons}", "found {persons}, expected one of: {person}, {contact}"),
    ("utter_crisis_es", "{lines}", "{línea}", "found {línea}, expected one of: {lines}, "),
    ("utter_bot", "{person}", "{person", "found a broken brace (expected '}' before end"),
    ("utter_feel", "Thanks", "{}", "found {}, expected one of: {"),
    ("utter_person", "{contact}", "{contact.x}", "found {contact.x}, expected one of: {contact}"),
]  # fmt: skip
WRONG_LABELS: list[tuple[str, dict[object, object], str]] = [
    ("salary", {"median": None}, "salary.median: found nothing, expected some words"),
    ("market", {"jobs": "In {year}"}, "market.jobs: found {year}, expected one of: {start}"),
    ("costs", {3: 9}, "costs.3: found 9, expected some words"),
    ("quiz", {"stop": "{Stop}"}, "quiz.stop: found {Stop}, expected no name in braces"),
]


def test_wrong_braces_of_responses_are_named(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line each has file, response, the unknown name, and the facts, the nearest first."""
    texts = {name: list(each) for name, each in load_texts().items()}
    for response, old, new, _ in WRONG_RESPONSES:
        place = next(place for place, text in enumerate(texts[response]) if old in text)
        texts[response][place] = texts[response][place].replace(old, new)
    monkeypatch.setattr(rehearsal, "load_texts", lambda: texts)
    faults = faults_of_words(school)
    assert len(faults) == len(WRONG_RESPONSES), faults
    for response, *_, fault in WRONG_RESPONSES:
        start = f"responses.yml: {response}: {fault}"
        assert any(line.startswith(start) for line in faults), (start, faults)


def test_wrong_labels_and_sentences_are_named(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So are those of the words that stand in the braces of others, and what is gone."""
    sentences = {**responses.load_responses(), "utter_fact_growth": "Growth by {bye}"}
    monkeypatch.setattr(responses, "load_responses", lambda: sentences)
    for group, words, _ in WRONG_LABELS:
        monkeypatch.setitem(LABELS, group, {**LABELS[group], **words})
    monkeypatch.delitem(LABELS, "plan")
    assert set(faults_of_words(school)) == {
        *(f"labels.yml: {fault}" for *_, fault in WRONG_LABELS),
        "labels.yml: plan: found nothing, expected a mapping",
        "responses.yml: utter_fact_growth: found {bye}, expected one of: {by}, {region}, {careers}, {percent}",
    }


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("responses: {utter_x: []}", "utter_x: found a list of 0, expected - text: ..."),
        ("responses: {utter_x: hello}", "utter_x: found 'hello', expected - text: ..."),
        ("responses: {utter_x: [{text: 1}]}", "utter_x: found a list of 1, expected - text: ..."),
        ("responses: []", "responses: found a list of 0, expected a mapping"),
        ("version: 3", "responses: found nothing, expected a mapping"),
    ],
)
def test_a_response_without_text_is_named(tmp_path: Path, raw: str, fault: str) -> None:
    """The place and what belongs there."""
    path = tmp_path / "responses.yml"
    path.write_text(raw, encoding="utf-8")
    with pytest.raises(responses.DocumentError) as raised:
        load_texts(path)
    assert raised.value.faults == [f"responses.yml: {fault}"]


def test_a_broken_file_of_data_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its place below the root, the line, and what is expected."""
    for name in ("data/glossary.yml", "data/facets/day.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("good: words\nbad: [words\n", encoding="utf-8")
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    first, second = checks.faults_of_words()
    assert FAULT.fullmatch(first)[1] == "data/facets/day.yml", first
    assert FAULT.fullmatch(second)[1] == "data/glossary.yml", second


def test_a_broken_file_of_answers_is_named(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found at every start, before anything reads it."""
    (copy / "answers/labels.yml").write_text("good: words\nbad: [words\n", encoding="utf-8")
    monkeypatch.setattr(checks, "ROOT", copy)
    (line,) = checks.faults_of_files()
    assert FAULT.fullmatch(line)[1] == "answers/labels.yml", line
