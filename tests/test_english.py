"""English stands in data/english, a rule by its name, and in no module of understanding."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.data import is_nlu_file

from guides.documents import DocumentError, read
from tests.conftest import ROOT
from tests.judging import entries
from tests.slow.test_same_for_everyone import QUESTIONS, ways_to_say
from understanding.asides import Asides
from understanding.cuts import OPEN, VERB
from understanding.english import ENGLISH, Rules, any_of, english
from understanding.mentions import Mentions
from understanding.personal import BLANKED, PRIVATE_MARK, Personal, without_placeholders
from understanding.text import fold

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
SAID = {
    "careers.these",
    "personal.private_word",
    "reading.any_time",
    "reading.at_any_time",
    "reading.home_region",
    "spelling.keyboard",
    "spelling.vowels",
}
"""Rules that stand for what is read, or are letters: no message meets them."""
LEAST_MET = 2
"""Judged messages that meet a rule, at the least."""
WORD_ALONE = re.compile(r"[\w' ]+")
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


@cache
def judged() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The messages that judge what is read, folded, and those that judge what is personal."""
    tests = ROOT / "tests"
    asking = [*tests.glob("questions/*.yml"), tests / "mentions.yml", *tests.glob("stories/*.yml")]
    asked = [text for path in sorted(asking) for text in said(loaded(path), ("ask", "user"))]
    ways = [fold(Personal().redact(text)) for text in ways_to_say(QUESTIONS[0])]
    read = [*map(fold, asked), *ways, *map(without_placeholders, ways)]
    personal = sorted(tests.glob("safety/*personal.yml"))
    typed = [text for path in personal for text in said(loaded(path))]
    return tuple(dict.fromkeys(read)), tuple(dict.fromkeys(typed))


def loaded(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


def said(value: Any, keys: tuple[str, ...] | None = None) -> Iterator[str]:
    """The texts of a document, or those of some keys."""
    if isinstance(value, str):
        yield from [value] if keys is None else []
    elif isinstance(value, list):
        for each in value:
            yield from said(each, keys)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from said(each, None if keys is None or key in keys else keys)


def expressions(path: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The rules of a file by name; those of a table each, but for its plain words together."""
    rules = Rules(path, GIVEN.get(path.stem))
    for name, rule in read(path).items():
        table = rule if isinstance(rule, dict) else {}
        alone = [key for key, each in table.items() if is_words(each)]
        filled = rules.table(name) if table else {}
        for key in table.keys() - alone:
            yield f"{path.stem}.{name}.{key}", re.compile(filled[str(key)])
        if alone:
            yield f"{path.stem}.{name}", re.compile("|".join(filled[str(key)] for key in alone))
        if not table:
            yield f"{path.stem}.{name}", re.compile(rules[name], re.I * isinstance(rule, list))


def is_words(rule: Any) -> bool:
    return isinstance(rule, list) or bool(WORD_ALONE.fullmatch(str(rule)))


def pieces(text: str) -> Iterator[str]:
    """A text, and what stands before and after each edge of a word: rules read either."""
    yield text
    for edge in re.finditer(r"\b", text):
        yield from (text[: edge.start()], text[edge.start() :])


def meets(pattern: re.Pattern[str], text: str) -> bool:
    return any(pattern.search(piece) for piece in pieces(text))


def count(pattern: re.Pattern[str], texts: Sequence[str]) -> int:
    """How many texts meet a pattern, counted up to the least that must; whole ones are quicker."""
    for met in (pattern.search, partial(meets, pattern)):
        found = len([*islice(filter(met, texts), LEAST_MET)])
        if found == LEAST_MET:
            break
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_is_judged(path: Path) -> None:
    """Two judged messages and more meet it; a rule that none needs is one to delete."""
    read, typed = judged()
    texts = typed if path.stem == "personal" else read
    few = [
        name
        for name, pattern in expressions(path)
        if name not in SAID and count(pattern, texts) < LEAST_MET
    ]
    assert not few, f"delete these, or judge them in tests/questions/rules.yml: {few}"


def test_a_question_for_a_rule_meets_it() -> None:
    """Also of the turns of a conversation one."""
    rules = {name: pattern for path in FILES for name, pattern in expressions(path)}
    for entry in entries("rules"):
        asked = [fold(turn["ask"]) for turn in entry.get("turns", [entry])]
        assert any(meets(rules[entry["rule"]], text) for text in asked), entry


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
