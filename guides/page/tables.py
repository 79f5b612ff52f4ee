"""Stages, skills and routes: rows of a table, however its cells were copied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from guides.page.forms import (
    LEVEL,
    PERCENT,
    Found,
    cells,
    score,
    sentences,
    spans,
)
from guides.page.reading import Part, Reading, free_lines, identifier, parts_of_name
from guides.page.sections import Section
from guides.page.text import GLUED, Piece, words_of
from guides.page.words import default, holds, phrase, whole, words
from understanding.english import any_of

MOST_CELLS = 2
"""Lines of a row of skills that was copied cell by cell."""
FEWEST_IN_NOTE = 2
LETTERS = re.compile(r"[^\W\d_]{2}")
"""What a name has and a figure has not."""


def pathway(reading: Reading, section: Section) -> None:
    """Stages with their length, or a label in its place."""
    lines = [line for line in free_lines(section) if not line.is_prose]
    for row in _joined(lines, lambda text: bool(spans(text))):
        _stage(reading, row)


def _stage(reading: Reading, row: list[Piece]) -> None:
    item: Part = {}
    row = [cell for piece in row for cell in cells(piece)]
    length = next(
        ((cell, found) for cell in row if (found := next(iter(spans(cell.text)), None))), None
    )
    if length:
        cell, found = length
        cell.part(found.start, found.end).take("pathway.stages")
        row = [rest for each in row for rest in (_less(each, found) if each is cell else [each])]
    elif len(row) == 1:
        row = _at_glue(row[0])
    names = [cell.stripped(" \t:—–-") for cell in row if LETTERS.search(cell.text)]
    if not names or (len(names) > 1 and length and names[0].line is not names[1].line):
        return
    if not length and len(names) > 1:
        item["label"] = names.pop(0).take("pathway.stages")
    name = names[0].take("pathway.stages")
    also = [*parts_of_name(name), *([item["label"].lower()] if "label" in item else [])]
    item = {"id": identifier(name), "name": name, **item}
    if length:
        item["length"] = length[1].value
    reading.append("pathway.stages", {**item, **({"also": also} if also else {})})


def _less(piece: Piece, found: Found) -> list[Piece]:
    before, after = piece.part(0, found.start), piece.part(found.end)
    parts = (before.stripped(" \t:,—–-("), after.stripped(" \t:,—–-"))
    return [part for part in parts if words_of(part.text)]


def _at_glue(piece: Piece) -> list[Piece]:
    """Two cells that were copied without a space, or label and name that a colon divides."""
    found = re.search(r": +", piece.text)
    if found:
        return [piece.part(0, found.start()), piece.part(found.end())]
    glue = next((each for each in GLUED.finditer(piece.text)), None)
    return piece.cut(glue.start()) if glue else [piece]


def _joined(lines: list[Piece], has_figure: Callable[[str], bool]) -> Iterator[list[Piece]]:
    """Rows of a table: one a line, or with their cells on lines of their own.

    Cells on lines of their own make a row that ends in its figures, or one that begins with them,
    by how the table ends and begins; where that does not tell, nothing is joined.
    """
    figures = [has_figure(line.text) and not _names(line.text) for line in lines]
    whole_rows = any(has_figure(line.text) and _names(line.text) for line in lines)
    if whole_rows or not any(figures):
        yield from ([line] for line, is_figure in zip(lines, figures, strict=True) if not is_figure)
        return
    if figures[0] and figures[-1]:
        return
    names_first = figures[-1]
    row: list[Piece] = []
    for place, line in enumerate(lines):
        before = figures[place - 1] if place else not names_first
        starts = not figures[place] if names_first else figures[place] and not before
        if starts and row:
            yield row
            row = []
        row.append(line)
    yield row


def _names(text: str) -> bool:
    """Whether a text holds words beside figures."""
    for found in reversed(spans(text)):
        text = text[: found.start] + " " + text[found.end :]
    text = LEVEL.sub(" ", PERCENT.sub(" ", text))
    text = re.sub(whole([*words()["share_of"], *words()["ongoing"]]), " ", text, flags=re.I)
    return bool(re.search(r"[A-Za-z]{2}", text))


def skills(reading: Reading, section: Section) -> None:
    """Skills with points of 100, what those measure; skills without points are the top skills."""
    lines = free_lines(section)
    rows = list(_joined([line for line in lines if not line.is_prose], lambda t: bool(score(t))))
    scored = any(score(piece.text) for row in rows for piece in row)
    for row in rows:
        figures = [(piece, found) for piece in row if (found := score(piece.text))]
        if figures:
            _skill(reading, row, *figures[0])
        elif not scored:
            reading.add("snapshot.top_skills", row)
    for line in lines:
        if line.free:
            _scale(reading, line)


def _skill(reading: Reading, row: list[Piece], line: Piece, found: Found) -> None:
    before = line.part(0, found.start).stripped(" \t:|·—–-(")
    name = before if words_of(before.text) else row[0]
    if (
        len(row) > MOST_CELLS
        or not words_of(name.text)
        or (name.line is line.line and name.end > line.end)
    ):
        return
    text = name.take("skills.scores")
    line.part(found.start, found.end).take("skills.scores")
    rest = line.part(found.end).stripped(" \t:|·—–-).")
    meaning = rest.take("skills.scores") if words_of(rest.text) else None
    if not meaning:
        meaning = default("skills.meaning")
        reading.todo.append(f"skills.scores: {text}: say in plain words what it is (meaning)")
    also = parts_of_name(text)
    item = {"id": identifier(text), "name": text, "score": found.value, "meaning": meaning}
    reading.append("skills.scores", {**item, **({"also": also} if also else {})})


def _scale(reading: Reading, line: Piece) -> None:
    """What the points measure, in a sentence such as "We rate each on how much it is used."."""
    for sentence in sentences(line):
        rated = rf"(?:^|\b(?:{any_of(words()['rated'])})\b.*?\b)((?:How|how) .+?)\.?$"
        found = re.search(rated, sentence.text)
        scale = f"h{found[1][1:]}" if found else ""
        if found and reading.put("skills.scale", scale, sentence.group(found, 1)):
            sentence.take("skills.scale (sentence)")


def education(reading: Reading, section: Section) -> None:
    """Routes with share, length and cost, and how firm they are."""
    told = free_lines(section)
    for row in _joined([line for line in told if not line.is_prose], _has_cell):
        if any(PERCENT.search(piece.text) for piece in row):
            _route(reading, row)
    for line in told:
        if line.is_prose and line.free:
            _education_note(reading, line)


def _has_cell(text: str) -> bool:
    return bool(PERCENT.search(text) or spans(text) or LEVEL.search(text) or holds(text, "ongoing"))


def _education_note(reading: Reading, line: Piece) -> None:
    for sentence in sentences(line):
        key = "education.degree_note" if _on_degrees(sentence.text) else "education.note"
        reading.text(key, [sentence])


def _on_degrees(text: str) -> bool:
    return holds(text, "degrees") and holds(text, "degree_needed")


def _route(reading: Reading, row: list[Piece]) -> None:
    item: Part = {"length": None, "cost": None}
    rest: list[Piece] = []
    for piece in (cell for each in row for cell in cells(each)):
        rest += _figures(piece, item)
    if not rest or "share" not in item:
        return
    name = rest[0].take("education.routes")
    note = [piece for piece in rest[1:] if len(words_of(piece.text)) >= FEWEST_IN_NOTE]
    telling = holds(name, "degrees") or holds(name, "no_degrees")
    if not telling:
        reading.remarks.append(
            f"line {row[0].line.number}: education.routes: {name!r} is read as no degree:"
            " no word of its name says"
        )
    item = {
        "id": identifier(name),
        "name": name,
        "share": item["share"],
        **{key: item[key] for key in ("length", "cost") if item[key] is not None},
        "degree": holds(name, "degrees"),
    }
    if note:
        item["note"] = " ".join(piece.take("education.routes") for piece in note)
    also = parts_of_name(name)
    reading.append("education.routes", {**item, **({"also": also} if also else {})})


def _figures(piece: Piece, item: Part) -> list[Piece]:
    """Take share, length and cost out of a cell; what is left of it."""
    text = piece.text
    places: list[tuple[int, int]] = []
    share = PERCENT.search(text)
    if share and "share" not in item and float(share[2]) % 1 == 0:
        item["share"] = int(share[2])
        ends = rf"(?![a-z])|(?={any_of(words()['ongoing'])})"
        of = re.match(rf" ?(?:{any_of(words()['share_of'])})(?:{ends})", text[share.end() :], re.I)
        places.append((share.start(), share.end() + (of.end() if of else 0)))
    after = places[-1][1] if places else 0
    ongoing = phrase("ongoing").search(text) or re.search(any_of(words()["ongoing"]), text[after:])
    length = [each for each in spans(text) if not _within_name(text, each)]
    if length and item["length"] is None:
        item["length"] = length[-1].value
        places.append((length[-1].start, length[-1].end))
    elif ongoing and item["length"] is None:
        item["length"] = "ongoing"
        shift = 0 if ongoing.re is phrase("ongoing") else after
        places.append((ongoing.start() + shift, ongoing.end() + shift))
    cost = LEVEL.search(text)
    named = _cost(text)
    if cost and item["cost"] is None:
        item["cost"] = len(cost[0])
        places.append(cost.span())
    elif named and item["cost"] is None:
        item["cost"] = named.value
        places.append((named.start, named.end))
    for start, end in places:
        piece.part(start, end).take("education.routes")
    return _between(piece, places)


def _within_name(text: str, found: Found) -> bool:
    """Whether a length is part of a name: 4-year degree."""
    return bool(re.match(r"[ -][a-z]", text[found.end :], re.I)) and found.start == 0


def _cost(text: str) -> Found | None:
    for level, named in words()["costs"].items():
        pattern = rf"(?:^|[,;] )(?:cost:? )?(?P<cost>{any_of(named)})$"
        found = re.search(pattern, text.strip(), re.IGNORECASE)
        if found:
            return Found(int(level), *found.span("cost"))
    return None


def _between(piece: Piece, places: list[tuple[int, int]]) -> list[Piece]:
    start, found = 0, []
    for left, right in [*sorted(places), (len(piece.text), len(piece.text))]:
        rest = piece.part(start, max(start, left)).stripped(" \t:,;|·—–-")
        rest = rest.part(1) if rest.text.startswith(")") else rest
        rest = rest.part(0, len(rest.text) - 1) if rest.text.endswith("(") else rest
        rest = rest.stripped()
        if words_of(rest.text):
            found.append(rest)
        start = right
    return found
