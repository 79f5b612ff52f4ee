"""English stands in data/english, a rule by its name, and in no module of understanding."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.data import is_nlu_file

from guides.documents import DocumentError, read
from tests.conftest import ROOT
from understanding.asides import Asides
from understanding.cuts import OPEN, VERB
from understanding.english import ENGLISH, Rules, any_of, english
from understanding.mentions import Mentions
from understanding.personal import BLANKED, PRIVATE_MARK

FILES = sorted(ENGLISH.glob("*.yml"))
NOT_YET = {"classifier", "thresholds"}
"""Modules that still hold English; may only become fewer."""
SPEAKING = {"build_encoder", "encoder"}
"""Modules whose English is for who runs them."""
GIVEN = {
    "asides": {"open": OPEN, "verb": VERB},
    "personal": {"blanked": BLANKED, "private_mark": PRIVATE_MARK},
}
"""What a module gives to its rules."""
WORDS = re.compile(r"\b[a-z]{2,}(?:,? |\\s[+*]?)[a-z]{2,}\b")
CHOICE = re.compile(r"[A-Za-z]?[a-z']+\??\)*\|\(*(?:\?:)?[A-Za-z]?[a-z']+")
"""An alternation of words in a regular expression."""

Broken = Callable[[str], Rules]


def english_of(code: str) -> Iterator[str]:
    """Words and alternations of words in the strings of a module, less docstrings and messages."""
    tree = ast.parse(code)
    left = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        logs = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("logger.")
        if logs or isinstance(node, ast.Raise):
            left |= set(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in left:
            yield from (found[0] for form in (WORDS, CHOICE) for found in form.finditer(node.value))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "understanding").glob("*.py")), ids=lambda it: it.stem
)
def test_no_english_stands_in_a_module(path: Path) -> None:
    """But in those that are named, and those must hold some: the list shrinks."""
    found = list(english_of(path.read_text(encoding="utf-8")))
    if path.stem in NOT_YET:
        assert found, f"{path.name} holds no English any more: take it out of NOT_YET"
    elif path.stem not in SPEAKING:
        assert not found, f"{path.name}: move into data/english/{path.stem}.yml: {found}"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('A = re.compile(r"\\b(?:can|could) i\\b")', ["can|could"]),
        ('A = "of the"', ["of the"]),
        ('A = re.compile(r"what\\s+is")', ["what\\s+is"]),
        ('A = rf"(?:hours?|{B})|(?:day)|(?:week)"', ["day)|(?:week"]),
        ('"""What the module does."""\ndef f():\n    """Give it back."""', []),
        ('raise ValueError(f"found {a}, expected some words")', []),
        ('logger.warning("a.b", event_info="it was not kept")', []),
        ('A = {"first_step": r"[a-z]+|\\d", "b": "-"}', []),
    ],
)
def test_english_is_found(code: str, found: list[str]) -> None:
    """Words in a row and alternations, also in parts of a string; no docstrings and messages."""
    assert list(english_of(code)) == found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_is_read(path: Path) -> None:
    """Each is a whole expression, and its module or another rule asks for it."""
    rules = Rules(path, GIVEN.get(path.stem))
    code = "\n".join(
        each.read_text(encoding="utf-8")
        for folder in ("understanding", "answers")
        for each in (ROOT / folder).glob("*.py")
    )
    data = "\n".join(each.read_text(encoding="utf-8") for each in FILES)
    for name, rule in read(path).items():
        assert rules.patterns(name) if isinstance(rule, dict) else rules.pattern(name)
        asked = f'"{name}"' in code or f"{{{name}}}" in data or f"{{{path.stem}.{name}}}" in data
        assert asked, f"{path.name}: {name}: nothing asks for it"


def test_rasa_takes_none_for_its_own() -> None:
    """Rasa tells its files by keys at the beginning of any line, such as "rules:"."""
    for path in FILES:
        assert not is_nlu_file(str(path)) and not YAMLStoryReader.is_stories_file(str(path)), path


@pytest.fixture
def rules(tmp_path: Path) -> Broken:
    """Reads rules that are written here."""

    def read(text: str) -> Rules:
        path = tmp_path / "made.yml"
        path.write_text(text, encoding="utf-8")
        return Rules(path, {"given": "x|y"})

    return read


def test_a_rule_is_text_a_list_or_a_table(rules: Broken) -> None:
    """References are written in; of a list the longest counts, of a table the first."""
    made = rules(
        "verb: do|does\n"
        "words: [at, at home, vs.]\n"
        "parts: {'1': one, '2': [two, second]}\n"
        "all: '^{verb} {words} {parts} {given} {times.alone}a{2}$'\n"
    )
    assert made["words"] == r"at\s+home|vs\.|at"
    assert made["parts"] == "one|second|two"
    assert made.pattern("all").match("does at  home second y aa")
    assert made.pattern("verb", r"\b(?:{})\b").search("i do it") is not None
    assert made.table("parts") == {"1": "one", "2": "second|two"}
    assert made.patterns("parts")["2"].match("two")
    assert made.words("words") == ("at", "at home", "vs.")
    assert made.meanings("parts") == {"one": "1", "two": "2", "second": "2"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 'one", "made.yml: line 1: found broken YAML"),
        ("a: '(one'", "made.yml: a: found a broken expression (missing )"),
        ("a: 'one {b}'\nb: '[z'", "made.yml: b: found a broken expression"),
        ("a: 'one {two}'", "made.yml: a: found {two}, expected one of: a, given"),
        ("a: 'one {b}'\nb: 'two {a}'", "made.yml: b: found itself within {a}, expected another"),
        ("a: {b: '{c}'}", "made.yml: a.b: found {c}, expected one of: a, given"),
        ("b: one", "made.yml: a: found nothing, expected a rule of this name"),
        ("a: 5", "made.yml: a: found 5, expected text, a list or a table"),
        ("a: ''", "made.yml: a: found '', expected text, a list or a table"),
        ("a: one\na: two", "made.yml: a: found twice (line 2), expected once"),
    ],
)
def test_a_fault_names_file_rule_and_remedy(rules: Broken, text: str, fault: str) -> None:
    """Whatever is wrong: the YAML, an expression, a reference, or the rule is not there."""
    with pytest.raises(DocumentError) as error:
        rules(text).pattern("a")
    assert error.value.faults[0].startswith(fault)


def test_the_rule_of_a_table_is_named(rules: Broken) -> None:
    """And not the table alone."""
    with pytest.raises(DocumentError, match=r"made.yml: a\.c: found a broken expression"):
        rules("a: {b: one, c: '[z'}").patterns("a", r"\b{}")


def test_a_rule_of_another_kind_is_refused(rules: Broken) -> None:
    """Where a list or a table is asked for."""
    made = rules("a: one")
    for asked, kind in (
        (made.words, "a list"),
        (made.table, "a table"),
        (made.meanings, "a table"),
    ):
        with pytest.raises(DocumentError, match=f"made.yml: a: found 'one', expected {kind}"):
            asked("a")


def test_a_file_that_is_not_there_is_named() -> None:
    """As guides are."""
    with pytest.raises(DocumentError, match="found no readable file"):
        english("nosuch")


@pytest.mark.parametrize(("made", "rule"), [(Mentions, "before"), (Asides, "aside")])
def test_a_missing_rule_is_named(made: Callable[[Path], object], rule: str, tmp_path: Path) -> None:
    """Also by what reads more than one rule at once."""
    path = tmp_path / "made.yml"
    path.write_text("some: words")
    with pytest.raises(DocumentError, match=f"made.yml: {rule}: found nothing, expected a rule"):
        made(path)


def test_a_file_is_read_once() -> None:
    """However many modules ask for it."""
    assert english("times") is english("times")


def test_any_of_prefers_the_longest() -> None:
    """And takes words as they are written."""
    assert re.match(any_of(["a", "a.b"]), "a.b")[0] == "a.b"
