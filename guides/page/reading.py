"""The guide as it grows while a page is read, and what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from guides.page.forms import sentences
from guides.page.sections import Section
from guides.page.text import Piece
from guides.page.words import default, words

LONGEST = 700
"""Letters of a text (guides/schema.py)."""

Part = dict[str, Any]


@dataclass
class Reading:
    """Facts by key, and remarks on how they were read."""

    sections: Sequence[Section]
    guide: Part = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    """What was read by a rule, or does not fit, with its line."""
    todo: list[str] = field(default_factory=list)
    """Keys that hold a text of ours, or could hold more, with what to do."""

    def of(self, *kinds: str | None) -> list[Section]:
        """The sections of some kinds, in the order of the kinds."""
        return [each for kind in kinds for each in self.sections if each.kind == kind]

    def get(self, key: str) -> Any:
        """The value of a key such as `salary.min`; None where there is none."""
        found: Any = self.guide
        for name in key.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def put(self, key: str, value: Any, *pieces: Piece) -> bool:
        """Set a value that pieces of the page state; whether it stands in the guide now.

        A value that is there already stays, and another one is remarked on.
        """
        there = self.get(key)
        if there is not None and there != value:
            lines = ", ".join(dict.fromkeys(str(piece.line.number) for piece in pieces))
            self.remarks.append(f"line {lines}: {key} is {value!r} here and {there!r} before")
            return False
        self._set(key, value)
        for piece in pieces:
            piece.take(key)
        return True

    def text(self, key: str, pieces: Iterable[Piece]) -> None:
        """Add sentences to a text, as many as a text may hold; the rest stays unused."""
        text = self.get(key) or ""
        for piece in pieces:
            for sentence in sentences(piece):
                longer = f"{text} {_closed(sentence.text)}".strip()
                if len(longer) > LONGEST:
                    self.remarks.append(
                        f"line {sentence.line.number}: {key} has no room for all of it"
                        f" ({LONGEST} letters)"
                    )
                    break
                sentence.take(key)
                text = longer
        if text:
            self._set(key, text)

    def add(self, key: str, pieces: Iterable[Piece]) -> None:
        """Add entries to a list, each once."""
        there: list[Any] = self.get(key) or []
        known = {str(each).lower() for each in there}
        for piece in pieces:
            said = piece.take(key)
            if said.lower() not in known:
                there.append(said)
                known.add(said.lower())
        if there:
            self._set(key, there)

    def append(self, key: str, item: Part) -> None:
        """Add an item to a list of items; one with an `id` gets another where it is taken."""
        there: list[Part] = self.get(key) or []
        taken = {each.get("id") for each in there}
        if "id" in item and item["id"] in taken:
            free = (f"{item['id']}_{number}" for number in range(2, len(there) + 2))
            item["id"] = next(each for each in free if each not in taken)
        self._set(key, [*there, item])

    def hint(self, line: Piece, text: str) -> None:
        """Remark on how a line was read."""
        self.remarks.append(f"line {line.line.number}: {text}")

    def default(self, key: str, where: str | None = None) -> str:
        """The text for what the page leaves out; it is listed as to be looked at."""
        text = default(key)
        self.todo.append(f"{where or key}: the page has none, so it is {text!r}")
        return text

    def leave_out(self, part: str) -> None:
        """Take a part out of the guide again; its lines count as not used for it."""
        del self.guide[part]
        self.todo = [each for each in self.todo if not each.startswith(f"{part}.")]
        for section in self.sections:
            for line in (piece.line for piece in section.lines):
                line.uses = [use for use in line.uses if not use.key.startswith(f"{part}.")]

    def _set(self, key: str, value: Any) -> None:
        *above, name = key.split(".")
        part = self.guide
        for each in above:
            part = part.setdefault(each, {})
        part[name] = value


def _closed(sentence: str) -> str:
    text = " ".join(sentence.split())
    return text if text.endswith((".", "!", "?", '"', ")")) else f"{text}."


def free_lines(section: Section) -> list[Piece]:
    """The lines of a section of which nothing is used yet."""
    return [piece for piece in section.lines if piece.free]


def identifier(text: str) -> str:
    """A name in code from the words of a text that say most."""
    small = {*words()["fillers"], *words()["carriers"]}
    found = re.findall(r"[a-z0-9]+", text.replace("'", "").lower())
    telling = [word for word in found if word not in small] or found
    first = next((place for place, word in enumerate(telling) if word[0].isalpha()), len(telling))
    return "_".join([*telling[first:], *telling[:first]][:3]) if first < len(telling) else "part"


def parts_of_name(name: str) -> list[str]:
    """Other words for a part that its own name holds: both halves of "Logic & abstraction"."""
    halves = [half.strip(" ()").lower() for half in _halves(name)]
    return [half for half in halves if half and half != name.lower()] if len(halves) > 1 else []


def _halves(name: str) -> list[str]:
    for sign in ("/", "&", "+", " and ", " or "):
        name = name.replace(sign, "\n")
    return name.split("\n")
