"""What students ask: the school's counts at a glance, for paper and as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from io import StringIO

from answers.local import LOCAL
from answers.registry import title
from channels.markup import Markup, tag
from components.library import find_library
from conversations import counts
from desk.charts import bars, line
from desk.door import Answer, Desk, File, Visit
from desk.drawing import ROOT, Page, table, ways
from desk.figures import (
    BLOCK,
    STEP,
    Figures,
    Table,
    end_of_block,
    figures,
    first_day,
    shares,
)
from desk.words import WORDS, word
from understanding.topics import TOPICS

ASKED, ASKED_FILE = f"{ROOT}/asked", f"{ROOT}/asked/counts"
MOST_ROWS = 15
"""Topics and careers that the page shows; the file has all."""
COLUMNS = ("table", "row", "first", "last", "number")
"""Of the file."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def add_asked(desk: Desk) -> None:
    """Register the page and the file."""

    @desk.page(ASKED, section="asked")
    async def asked(visit: Visit) -> Answer:
        return _page(await _figures(visit))

    @desk.page(ASKED_FILE)
    async def file(visit: Visit) -> Answer:
        day = today(visit)
        head = word("asked", "file_title", school=visit.school.name, day=day)
        return File(f"guidepost-{day}.csv", "text/csv", as_csv(head, await _figures(visit)))


def today(visit: Visit) -> date:
    """The day of a visit."""
    return date.fromtimestamp(visit.accounts.clock())


async def _figures(visit: Visit) -> Figures:
    day = today(visit)
    read = partial(counts.read, visit.school.slug, first_day(day), day)
    return figures(await visit.ask(read), day)


def said(number: int) -> str:
    """A rounded count in words."""
    return f"{number:,}" if number else word("asked", "few", step=STEP)


def _page(seen: Figures) -> Page:
    lead = tag("p", word("asked", "lead", step=STEP, few=said(0)))
    if not seen.weeks.rows and not seen.help.rows:
        return Page(word("asked", "title"), [lead, tag("p", word("asked", "empty"))])
    main = [
        lead,
        ways((ASKED_FILE, word("asked", "file"))),
        _chats(seen.weeks),
        _outcomes(seen.weeks),
        *(_of_blocks(subject, counted) for subject, counted in seen.blocks.items()),
        _help(seen.help),
    ]
    return Page(word("asked", "title"), main)


def _chats(weeks: Table) -> Markup:
    numbers = weeks.rows.get(counts.CONVERSATIONS, (0,) * len(weeks.periods))
    days = list(map(_day, weeks.periods))
    columns = word("asked", "week"), word("asked", "chats")
    drawn = line(numbers, days[0], days[-1], said(max(numbers)))
    rows = list(zip(days, map(said, numbers), strict=True))[::-1]
    return _section(counts.CONVERSATIONS, weeks, 7, drawn, table(columns, rows))


def _outcomes(weeks: Table) -> Markup:
    percent = shares(weeks)
    rows = {
        word("asked", name): (weeks.total(name), _share(weeks.total(name), percent.get(name)))
        for name in (counts.ANSWERED, counts.OFFERED, counts.REFUSED)
    }
    columns = word("asked", "outcome"), word("asked", "questions")
    return _section(counts.OUTCOMES, weeks, 7, bars(columns, rows))


def _share(number: int, percent: int | None) -> str:
    return word("asked", "share", number=said(number), percent=percent) if percent else said(number)


def _of_blocks(subject: str, counted: Table) -> Markup:
    totals = {name: counted.total(name) for name in counted.largest_first()[:MOST_ROWS]}
    rows = {_name(subject, name): (total, said(total)) for name, total in totals.items()}
    columns = word("asked", subject), word("asked", _unit(subject))
    drawn = bars(columns, rows) if rows else tag("p", word("asked", "none", few=said(0)))
    return _section(subject, counted, BLOCK * 7, drawn)


def _unit(subject: str) -> str:
    return "thumbs" if subject == counts.VOTES else "chats"


def _help(months: Table) -> Markup:
    numbers = [sum(column) for column in zip(*months.rows.values(), strict=True)]
    numbers = numbers or [0] * len(months.periods)
    rows = {
        f"{month:%B %Y}": (number, said(number))
        for month, number in zip(months.periods, numbers, strict=True)
    }
    columns = word("asked", "month"), word("asked", "chats")
    return _section(counts.HELP, None, 0, bars(columns, dict(reversed(rows.items()))))


def _section(subject: str, counted: Table | None, days: int, *drawn: str) -> Markup:
    """A part of the page: its heading, what it counts, and the days that it is of."""
    told = word("about_counts", subject)
    if counted:
        end = counted.periods[-1] + timedelta(days=days - 1)
        told = word("asked", "span", what=told, first=_day(counted.periods[0]), last=_day(end))
    return tag("section", tag("h2", word("counts", subject)), tag("p", told, class_="soft"), *drawn)


def _day(day: date) -> str:
    return f"{day:%B} {day.day}"


def _name(subject: str, name: str) -> str:
    """What a row is called."""
    if subject == counts.CAREERS:
        guide = find_library().get(name)
        return guide.title if guide else name
    if name == LOCAL or name not in TOPICS:
        return WORDS.labels("rows").get(name, name)
    return title(name)


def as_csv(head: str, seen: Figures) -> str:
    """All that may be seen, a line a count, below a line of its own."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(safe([head]))
    writer.writerow(word("columns", name) for name in COLUMNS)
    writer.writerows(map(safe, _lines(seen)))
    return file.getvalue()


def safe(cells: Iterable[str]) -> list[str]:
    """Cells that no spreadsheet takes for formulas."""
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells]


def _lines(seen: Figures) -> Iterator[tuple[str, ...]]:
    for row, numbers in seen.weeks.rows.items():
        subject = counts.CONVERSATIONS if row == counts.CONVERSATIONS else counts.OUTCOMES
        name = "" if row == counts.CONVERSATIONS else word("asked", row)
        for week, number in zip(seen.weeks.periods, numbers, strict=True):
            yield _line(subject, name, week, week + timedelta(days=6), number)
    for subject, counted in seen.blocks.items():
        for row in counted.largest_first():
            for block, number in zip(counted.periods, counted.rows[row], strict=True):
                yield _line(subject, _name(subject, row), block, end_of_block(block), number)
    for row, numbers in seen.help.rows.items():
        for month, number in zip(seen.help.periods, numbers, strict=True):
            end = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            yield _line(counts.HELP, _name(counts.HELP, row), month, end, number)


def _line(subject: str, name: str, first: date, last: date, number: int) -> tuple[str, ...]:
    return word("counts", subject), name, str(first), str(last), said(number).replace(",", "")
