"""The rules by which understanding reads English: data/english, a file of rules for each module.

A rule has a name and is one of three:

- text: a regular expression over a folded text; `{name}` stands for another rule of the file,
  `{file.name}` for one of another file;
- a list: words as they are written, of which the longest that fits counts;
- a table: rules by the value that they stand for; the first that fits counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from guides.documents import DocumentError, read, shown

ENGLISH = Path(__file__).parent.parent / "data" / "english"
KINDS: dict[type, str] = {dict: "a table", list: "a list"}
REFERENCE = re.compile(r"\{((?:[a-z_]+\.)?[a-z_]+)\}")


class Rules:
    """The rules of one file."""

    def __init__(self, path: Path, given: Mapping[str, str] | None = None) -> None:
        """Read the file; `given` are expressions that it may refer to besides its own.

        Raises:
            DocumentError: the file cannot be read.
        """
        self._path = path
        self._rules: dict[str, Any] = {**read(path), **(given or {})}

    def __getitem__(self, name: str) -> str:
        """The expression of a rule, with those that it refers to written in.

        Raises:
            DocumentError: there is no such rule, or it refers to none or to itself.
        """
        return self._filled(name, self._rule(name), (name,))

    def pattern(self, name: str, form: str = "{}") -> re.Pattern[str]:
        """A rule, compiled; `form` says what must stand around it, as `str.format` reads it.

        Raises:
            DocumentError: it cannot be read, or is no regular expression.
        """
        return self._compiled(name, form.format(self[name]))

    def patterns(self, name: str, form: str = "{}") -> dict[str, re.Pattern[str]]:
        """The rules of a table by their values, each compiled like `pattern`.

        Raises:
            DocumentError: one cannot be read, or is no regular expression.
        """
        return {
            value: self._compiled(f"{name}.{value}", form.format(expression))
            for value, expression in self.table(name).items()
        }

    def table(self, name: str) -> dict[str, str]:
        """The expressions of a table by their values.

        Raises:
            DocumentError: the rule is no table, or refers to no rule or to itself.
        """
        rules = self._expected(name, dict)
        return {
            str(value): self._filled(f"{name}.{value}", rule, (name,))
            for value, rule in rules.items()
        }

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a list in their order.

        Raises:
            DocumentError: the rule is no list.
        """
        return tuple(map(str, self._expected(name, list)))

    def meanings(self, name: str) -> dict[str, str]:
        """The value of each word of a table that holds words or lists of them.

        Raises:
            DocumentError: the rule is no table.
        """
        return {
            str(word): str(value)
            for value, words in self._expected(name, dict).items()
            for word in (words if isinstance(words, list) else [words])
        }

    def _rule(self, name: str) -> Any:
        if name not in self._rules:
            raise self._error(name, "found nothing, expected a rule of this name")
        return self._rules[name]

    def _expected(self, name: str, kind: type) -> Any:
        rule = self._rule(name)
        if not isinstance(rule, kind):
            raise self._error(name, f"found {shown(rule)}, expected {KINDS[kind]}")
        return rule

    def _filled(self, name: str, rule: Any, within: tuple[str, ...]) -> str:
        """A rule as one expression; `within` are the rules that it is written into."""
        if isinstance(rule, list):
            return any_of(map(str, rule)).replace(r"\ ", r"\s+")
        if isinstance(rule, dict):
            return "|".join(self._filled(f"{name}.{key}", rule[key], within) for key in rule)
        if not isinstance(rule, str) or not rule:
            raise self._error(name, f"found {shown(rule)}, expected text, a list or a table")
        return REFERENCE.sub(lambda found: f"(?:{self._referred(name, found[1], within)})", rule)

    def _referred(self, name: str, to: str, within: tuple[str, ...]) -> str:
        file, _, other = to.rpartition(".")
        if file:
            return english(file)[other]
        if to in within:
            raise self._error(name, f"found itself within {{{to}}}, expected another rule")
        if to not in self._rules:
            known = ", ".join(self._rules)
            raise self._error(name, f"found {{{to}}}, expected one of: {known}")
        return self._filled(to, self._rules[to], (*within, to))

    def _compiled(self, name: str, expression: str) -> re.Pattern[str]:
        try:
            return re.compile(expression)
        except re.error as error:
            place = self._at_fault(name, expression)
            raise self._error(
                place, f"found a broken expression ({error}), expected a whole one"
            ) from error

    def _at_fault(self, name: str, expression: str) -> str:
        """The innermost of the broken rules, which is the shortest."""
        broken = {each: self[each] for each in self._rules if not _is_whole(self[each])}
        return min((broken | {name: expression}).items(), key=lambda rule: len(rule[1]))[0]

    def _error(self, name: str, fault: str) -> DocumentError:
        return DocumentError([f"{self._path.name}: {name}: {fault}"])


@cache
def english(name: str) -> Rules:
    """The rules of a file of data/english, read once.

    Raises:
        DocumentError: the file cannot be read.
    """
    return Rules(ENGLISH / f"{name}.yml")


def _is_whole(expression: str) -> bool:
    try:
        re.compile(expression)
    except re.error:
        return False
    return True


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words as they are written, the longest that fits."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
