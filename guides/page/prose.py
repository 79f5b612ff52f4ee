"""Facts in sentences and in single values: pay, growth, demand, numbers of jobs, what varies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from guides.page.forms import (
    PERCENT,
    YEARS,
    Found,
    amounts,
    cells,
    counted,
    listed,
    sentences,
    stamp,
)
from guides.page.reading import Reading
from guides.page.sections import PREAMBLE, Section
from guides.page.text import Piece
from guides.page.words import holds, phrase, whole, words
from guides.states import states
from understanding.english import any_of

PAY_ENDS = ("min", "median", "max")
NEAR = 30
"""Letters in which a word belongs to a figure."""
MOST_CAVEATS = 2
OWN = {"salary": ("pay", "market"), "market": ("pay", "market"), "outlook": ("outlook",)}
"""Sections in which a caveat is on these figures without saying so."""
FACTS_IN = ("pay", "market", "outlook", "snapshot", PREAMBLE, "faq")
"""Sections whose sentences may state figures, those that are about them first. Others, such as one
on careers that are near, may state those of another job."""


def read_prose(reading: Reading) -> None:
    """Read the facts in the sentences of all sections that may state them."""
    for section in reading.of("pay"):
        pay_of_states(reading, section)
    for kind in FACTS_IN:
        for sentence in prose(reading, kind):
            pay(reading, sentence, about=kind == "pay")
            growth(reading, sentence)
            demand(reading, sentence)
            for key in ("market.openings", "market.jobs"):
                people(reading, key, sentence)
    for sentence in prose(reading, *FACTS_IN, "transcript"):
        varies(reading, sentence)
    _market_summary(reading)
    for key in ("salary", "market", "outlook.growth"):
        _region(reading, key)


def prose(reading: Reading, *kinds: str | None) -> Iterator[Piece]:
    """The sentences of some kinds of sections."""
    for section in reading.of(*kinds):
        for line in (line for line in section.lines if line.is_prose):
            at = stamp(line.text) if section.kind == "transcript" else None
            yield from sentences(line.part(at.end).stripped() if at else line)


def _market_summary(reading: Reading) -> None:
    """Where only figures are known of the market: the sentences that state them."""
    if reading.get("market") and not reading.get("market.summary"):
        stating = [
            sentence
            for sentence in prose(reading, *FACTS_IN)
            for use in sentence.line.uses
            if use.key.startswith("market.") and sentence.start <= use.start < sentence.end
        ]
        reading.text("market.summary", dict.fromkeys(stating))


def pay(reading: Reading, piece: Piece, label: str | None = None, about: bool = False) -> None:
    """Lower end, upper end and middle of pay; figures of single stages are left."""
    text = piece.text
    found = amounts(text)
    if about and reading.get("salary"):
        _pay_date(reading, piece)
    if not found or not (label or about or holds(text, "about", "pay")):
        return
    own = [each for each in found if not _of_a_part(text, found, each)]
    ends = _ends(text, own)
    for each in own:
        key = _figure(text, found, each, ends, label)
        if key:
            _pay(reading, key, piece, each)
    if len(ends) == 2 and holds(text, "tenths"):
        reading.put("salary.ends", "tenths", *map(piece.group, phrase("tenths").finditer(text)))
    _pay_date(reading, piece)


def pay_of_states(reading: Reading, section: Section) -> None:
    """Rows with a state and its lower end, middle and upper end."""
    for line in section.lines:
        row = cells(line)
        name = row[0].text.strip().lower()
        code = next((c for c, s in states().items() if name in (c.lower(), s.name.lower())), None)
        figures = [found for cell in row[1:] for found in amounts(cell.text)]
        ends = [found.value[0] for found in figures]
        if code and len(ends) == len(row) - 1 == len(PAY_ENDS) and ends == sorted(ends):
            line.take("salary.states")
            pay = dict(zip(PAY_ENDS, ends, strict=True))
            reading.append("salary.states", {"state": code, **pay})


def _pay_date(reading: Reading, piece: Piece) -> None:
    found = re.search(rf"(?:{any_of(words()['months'])}) 20\d\d", piece.text, re.IGNORECASE)
    if found and reading.get("salary"):
        reading.put("salary.date", found[0], piece.group(found))


def _of_a_part(text: str, found: list[Found], each: Found) -> bool:
    """Whether an amount is that of a stage, a bonus and the like: by the words around it."""
    before = max([0, *(other.end for other in found if other.end <= each.start)])
    after = min([len(text), *(other.start for other in found if other.start >= each.end)])
    around = text[before : each.start] + " | " + text[each.end : min(after, each.end + NEAR)]
    if holds(around, "tenths"):
        return False
    return holds(around, "other_pay")


def _ends(text: str, found: list[Found]) -> list[Found]:
    """The two amounts that a word such as "to" joins."""
    to = rf"[\s(]*(?:{any_of(words()['to'])}|and)?[\s)]*"
    for low, high in pairwise(found):
        joined = re.fullmatch(to, text[low.end : high.start])
        if joined and low.value[0] <= high.value[0]:
            return [low, high]
    lows, highs = (
        [each for each in found if holds(text[max(0, each.start - 60) : each.start], which)]
        for which in ("lowest", "highest")
    )
    return [lows[0], highs[-1]] if holds(text, "tenths") and lows and highs else []


def _figure(
    text: str, found: list[Found], each: Found, ends: list[Found], label: str | None
) -> str | None:
    if each in ends:
        return "salary.min" if each is ends[0] else "salary.max"
    before = max([0, *(other.end for other in found if other.end <= each.start)])
    if holds(text[before : each.start], "median") or label == "salary.median":
        return "salary.median"
    return label if label in ("salary.min", "salary.max") else None


def _pay(reading: Reading, key: str, piece: Piece, each: Found) -> None:
    amount, currency = each.value
    if not reading.put(key, amount, piece.part(each.start, each.end)):
        return
    reading.put("salary.currency", currency)
    for named in phrase("median").finditer(piece.text) if key == "salary.median" else ():
        piece.group(named).take(f"{key} (words)")
    for per in words()["per"]:
        found = re.search(_ends_of(per), piece.text, re.IGNORECASE)
        if found:
            reading.put("salary.per", per, piece.group(found))
            return


def _ends_of(per: str) -> str:
    listed_ = words()["per"][per]
    return rf"(?<![a-z])(?:{any_of(listed_)})(?![a-z])"


def growth(reading: Reading, piece: Piece, labelled: bool = False) -> None:
    """A projection of jobs: +28% by 2034, or a decline of 3 % from 2024 to 2034."""
    text, last = piece.text, 0
    for found in PERCENT.finditer(text):
        before, after = text[last : found.start()], text[found.end() : found.end() + NEAR]
        last = found.end()
        falls = holds(before, "fall")
        said = labelled or falls or any(holds(each, "grow") for each in (before, after))
        value = float(found[2]) * (-1 if found[1] == "-" or falls else 1)
        number = int(value) if value == int(value) else value
        if holds(before, "all_jobs") and reading.get("outlook.growth.percent") is not None:
            reading.put("outlook.growth.all_jobs", number, piece.group(found))
        elif said and reading.put("outlook.growth.percent", number, piece.group(found)):
            for named in phrase("grow").finditer(text):
                piece.group(named).take("outlook.growth.percent (words)")
            _years(reading, piece)


def _years(reading: Reading, piece: Piece) -> None:
    found = YEARS.search(piece.text)
    if not found:
        return
    first, last = found[1], found[2]
    if last:
        reading.put("outlook.growth.start", int(first), piece.group(found, 1))
        whole_year = last if len(last) == 4 else first[:2] + last
        reading.put("outlook.growth.by", int(whole_year), piece.group(found, 2))
    else:
        reading.put("outlook.growth.by", int(first), piece.group(found, 1))


def demand(reading: Reading, piece: Piece) -> None:
    """The level of demand: "current demand is Very high"."""
    levels = any_of(words()["demand_levels"])
    pattern = rf"\bdemand\b(?: for [\w ]{{1,40}})?(?: is| appears| seems|:)(?: to be)? (?P<level>{levels})\b"
    found = re.search(pattern, piece.text, re.IGNORECASE)
    if found and found["level"].lower() not in ("rising", "growing", "falling", "declining"):
        reading.put("market.demand", found["level"].lower(), piece.group(found))


def people(reading: Reading, key: str, piece: Piece, labelled: bool = False) -> None:
    """How many openings a year there are, or how many people work in the job."""
    kind = "openings" if key.endswith("openings") else "people"
    number = r"\d[\d,]*(?:\.\d+)?(?: (?:million|thousand))?"
    pattern = rf"({number})(?: [a-z]+)? {whole(words()[kind])}"
    found = re.search(r"(.+)" if labelled else pattern, piece.text, re.IGNORECASE)
    value = counted(found[1]) if found else None
    if found and value and not re.search(r"[$€£%]", found[1]):
        start = found.start(1) + value.start
        reading.put(key, value.value, piece.part(start, start + value.end - value.start))


def varies(reading: Reading, piece: Piece) -> None:
    """What pay or openings depend on."""
    by = any_of(words()["varies_by"])
    pattern = rf"\b(?:{any_of(words()['varies'])})\b(?: [\w ]{{0,30}}?)?\b(?:{by})\b (?P<list>.+)"
    found = re.search(pattern, piece.text, re.IGNORECASE)
    if not found:
        return
    before = piece.text[: found.start()]
    entries = prose_list(piece.group(found, "list"))
    for key, about in (("salary.varies_with", "pay"), ("market.varies_with", "market")):
        if holds(before, "about", about):
            reading.add(key, entries)
            subject = list(phrase("about", about).finditer(before))[-1]
            piece.part(subject.start(), found.start("list")).take(f"{key} (words)")


def prose_list(piece: Piece) -> list[Piece]:
    """The entries of a list in a sentence, which ends where the sentence goes on."""
    ends = re.search(rf"(?:^|,? )(?:{any_of(words()['list_ends'])})\b|[.;:—?!](?:\s|$)", piece.text)
    return listed(piece.part(0, ends.start()) if ends else piece, prose=True)


def read_lists(reading: Reading, key: str, *kinds: str | None) -> None:
    """Lists that stand after certain words, such as "electives include"."""
    for sentence in prose(reading, *kinds):
        found = re.search(rf"\b(?:{any_of(words()['lists'][key])})\s+(.+)", sentence.text, re.I)
        if found:
            reading.add(key, [_less_tail(each) for each in prose_list(sentence.group(found, 1))])
            sentence.part(found.start(), found.start(1)).take(f"{key} (words)")


def _less_tail(piece: Piece) -> Piece:
    tail = re.search(rf" (?:{any_of(words()['list_tails'])})$", piece.text)
    return piece.part(0, tail.start()) if tail else piece


def _region(reading: Reading, key: str) -> None:
    """Where figures hold: as their own lines say, else as the only region of the page."""
    if reading.get(key) is None:
        return
    own, everywhere = _regions(reading, key)
    places = own or everywhere
    names = {name for name, _ in places}
    if len(names) != 1:
        if names:
            reading.remarks.append(f"{key}.region: the page names {', '.join(sorted(names))}")
        return
    name, piece = places[0]
    reading.put(f"{key}.region", name, piece)
    if not own:
        reading.hint(piece, f"{key}.region is that of this line, the only one that the page names")


Places = list[tuple[str, Piece]]


def _regions(reading: Reading, key: str) -> tuple[Places, Places]:
    """Regions in the lines that state these figures, and in any that may state figures."""
    numbers = {
        line.line.number
        for section in reading.sections
        for line in section.lines
        if any(use.key.startswith(key) for use in line.line.uses)
    }
    everywhere = [
        (str(names[0]), sentence.group(found))
        for sentence in prose(reading, *FACTS_IN)
        for names in words()["regions"]
        if (found := re.search(rf"(?<!\w)(?:{any_of(names)})(?![\w-])", sentence.text))
    ]
    own = [(name, piece) for name, piece in everywhere if piece.line.number in numbers]
    return own, everywhere


def caveat(reading: Reading, key: str, topics: Sequence[str], *kinds: str | None) -> None:
    """How far figures can be trusted: what the page says of it, else a text of ours."""
    hedged = [
        (sentence, any(holds(sentence.text, "about", topic) for topic in topics), kind)
        for kind in kinds
        for sentence in prose(reading, kind)
        if holds(sentence.text, "hedges") and not _is_in(reading, key, sentence)
    ]
    named = [sentence for sentence, is_named, _ in hedged if is_named]
    near = [sentence for sentence, _, kind in hedged if kind in OWN[key]]
    if named or near:
        reading.text(f"{key}.caveat", list(dict.fromkeys([*named, *near]))[:MOST_CAVEATS])
    else:
        reading.put(f"{key}.caveat", reading.default(f"{key}.caveat"))


def _is_in(reading: Reading, key: str, sentence: Piece) -> bool:
    return sentence.text in (reading.get(f"{key}.summary") or "")
