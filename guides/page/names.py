"""What the career of a page is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from guides.page.reading import Reading
from guides.page.text import Piece, words_of
from guides.page.words import words
from guides.tables.titles import one_of
from understanding.english import any_of

LONGEST_NAME = 6
LONGEST_ACRONYM = 5


def read_names(reading: Reading, file: str) -> None:
    """Title and plural: from the page's first line, its questions, its summary, or its file's name."""
    ones, many = _asked(reading)
    headed = next(_headed(reading), None)
    opened = _opened(reading)
    if headed:
        title = _capital(headed.take("title"))
    elif ones:
        title = _capital(ones.most_common(1)[0][0])
    elif opened:
        title = _capital(opened)
    else:
        title = _capital(re.sub(r"[-_]+", " ", file))
        reading.remarks.append(
            f"title: the page does not name the career, so it is the file's: {title}"
        )
    plurals = {each.lower(): each for each in many}
    plural = plurals.get(_plural(title).lower()) or _plural(title)
    if not any(plural in line.text for each in reading.sections for line in each.lines):
        reading.todo.append(f"plural: {plural!r} was made by a rule")
    reading.put("title", title)
    reading.put("plural", _capital(plural))


def _asked(reading: Reading) -> tuple[Counter[str], Counter[str]]:
    """Names in the questions of the page, singular and plural."""
    ones: Counter[str] = Counter()
    many: Counter[str] = Counter()
    for line in (line for section in reading.sections for line in section.lines):
        for pattern in words()["questions_of"]:
            found = re.search(pattern, line.text, re.IGNORECASE)
            for name, names in (("one", ones), ("many", many)):
                if (
                    found
                    and found.groupdict().get(name)
                    and len(found[name].split()) <= LONGEST_NAME
                ):
                    names[found[name]] += 1
    return ones, many


def _headed(reading: Reading) -> Iterator[Piece]:
    """The career in the first line of the page, where that is no section's."""
    for line in reading.sections[0].lines[:1]:
        start = 0
        for divider in [*re.finditer(r"\s*(?:[:|—–\t]|\s-\s)\s*", line.text), None]:
            part = line.part(start, divider.start() if divider else None)
            start = divider.end() if divider else 0
            name = _less_page(part)
            if not line.is_prose and 0 < len(words_of(name.text)) <= LONGEST_NAME:
                yield name


def _less_page(piece: Piece) -> Piece:
    """A name without words such as "career guide" around it."""
    small = any_of(words()["page_words"])
    before = re.match(rf"(?:(?:{small})\b\s*)+", piece.text, re.IGNORECASE)
    rest = piece.part(before.end()) if before else piece
    after = re.search(rf"(?:\s*\b(?:{small}))+$", rest.text, re.IGNORECASE)
    return rest.part(0, after.start()) if after else rest


def _opened(reading: Reading) -> str | None:
    """The career as the summary begins: "An MLOps Engineer helps ..."."""
    text = reading.get("snapshot.summary") or ""
    found = re.match(r"(?:An?|The) ((?:[A-Z][\w&/'-]*)(?: (?:[A-Z][\w&/'-]*|of|and))*) ", text)
    return found[1] if found else None


def _plural(title: str) -> str:
    head, of, rest = title.partition(" of ")
    *before, last = head.split(" ")
    for plural in _plurals(last):
        if plural == last or one_of(plural) == last:
            return " ".join([*before, plural]) + of + rest
    return f"{title}s"


def _plurals(word: str) -> Iterator[str]:
    if re.search(r"[^aeiou]y$", word):
        yield f"{word[:-1]}ies"
    if re.search(r"(?:s|sh|ch|x|z)$", word):
        yield f"{word}es"
    if word.endswith("man"):
        yield word  # its plural is irregular; the rule of tables does not know it
    yield f"{word}s"


def _capital(name: str) -> str:
    """A name as a title: capitals, where it has none at all."""
    if name != name.lower() and (name != name.upper() or len(name) <= LONGEST_ACRONYM):
        return name
    return " ".join(
        word if word in ("of", "and", "in") else word.capitalize() for word in name.split()
    )
