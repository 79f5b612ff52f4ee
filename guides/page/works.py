"""The sources of a page."""

from __future__ import annotations

import re
from datetime import date

from guides.page.forms import (
    cells,
    sentences,
)
from guides.page.reading import Part, Reading, free_lines
from guides.page.sections import Section
from guides.page.text import GLUED, Piece, words_of
from guides.page.words import phrase, words
from understanding.english import any_of


def sources(reading: Reading, section: Section) -> None:
    """Publisher, title and kind of each source, and when the page was checked."""
    for line in free_lines(section):
        if line.bullet or len(cells(line)) > 1:
            _source(reading, line)
        else:
            _verified(reading, line)


def _source(reading: Reading, line: Piece) -> None:
    url = re.search(r"https://[^\s\"'<>\\)]+", line.text)
    item: Part = {}
    if url:
        item["url"] = line.group(url).take("sources.works")
        line = line.part(0, url.start()).stripped(" \t(—–-|:,.")
    kinds = any_of(kind.title() for kind in words()["source_kinds"])
    kind = re.search(rf"[\s(\[·|—–-]*(?P<kind>{kinds})[)\]]?$", line.text)
    if kind:
        item["kind"] = line.group(kind, "kind").take("sources.works")
        line = line.part(0, kind.start()).stripped()
    else:
        item["kind"] = reading.default(
            "sources.kind", f"sources.works: line {line.line.number}: kind"
        )
    row = cells(line)
    if len(row) == 1:
        row = _publisher_and_title(reading, line)
    title = Piece(line.line, row[min(1, len(row) - 1)].start, row[-1].end).stripped(" \t.\"'")
    if len(row) > 1:
        item["publisher"] = row[0].stripped(" .").take("sources.works")
    item["title"] = title.take("sources.works")
    order = ("publisher", "title", "kind", "url")
    ordered: Part = {key: item[key] for key in order if key in item}
    reading.append("sources.works", ordered)


def _publisher_and_title(reading: Reading, line: Piece) -> list[Piece]:
    """The two cells of a source that were copied without a space."""
    place = _cut(reading, line)
    if place is None:
        first, *rest = sentences(line)
        if rest:
            return [first, Piece(line.line, rest[0].start, line.end)]
        found = re.search(r"[:,] ", line.text)
        return line.cut(found.start(), 2) if found else [line]
    said = f"{line.text[:place]!r} and {line.text[place:]!r}"
    reading.hint(line, f"sources.works: cut by rule into {said}")
    return line.cut(place)


def _cut(reading: Reading, line: Piece) -> int | None:
    """Where a title begins that was copied without a space: with a word that the page knows."""
    places = [each.start() for each in GLUED.finditer(line.text)]
    known = [place for place in places if _is_known(reading, line, place)]
    if known:
        return known[0]
    small = [place for place in places if line.text[place - 1].islower()] or places
    end = line.text.find(" ", places[0]) if places else -1
    near = [place for place in small if place < end or end < 0] or small
    return near[-1] if near else None


def _is_known(reading: Reading, line: Piece, place: int) -> bool:
    """Whether the word after a place stands elsewhere on the page as a word of its own."""
    found = re.match(r"[\w'&*-]+", line.text[place:])
    pattern = re.compile(rf"(?<![\w]){re.escape(found[0])}(?!\w)") if found else None
    return pattern is not None and any(
        pattern.search(other.text)
        for section in reading.sections
        for other in section.lines
        if other.line is not line.line
    )


def _verified(reading: Reading, line: Piece) -> None:
    for sentence in sentences(line):
        named = phrase("verified").search(sentence.text)
        if not named:
            continue
        rest = sentence.text[named.end() :]
        checked = _date(rest)
        if checked:
            reading.put("sources.verified", checked, sentence)
        elif not words_of(rest):
            sentence.take("sources.verified")


def _date(text: str) -> str | None:
    months = words()["months"]
    month = rf"(?P<month>{any_of(months)})"
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)",
        rf"{month} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {month},? (?P<year>\d{{4}})",
    ):
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            named = found.groupdict()
            number = named.get("number") or months[named["month"].lower()]
            return date(int(named["year"]), int(number), int(named["day"])).isoformat()
    return None
