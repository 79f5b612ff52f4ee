"""What a school may see of its counts, so that no count of one to four can be told from it.

The one mechanism: each count is rounded down to a multiple of five before anything else is done
with it, and there is nothing to see but what follows from those rounded counts.

1. Views are fixed. A count is of one row, of one school, and of one period that is over: a week
   from Monday to Sunday, four such weeks from a fixed Monday on, or a month. No period of a table
   overlaps another, so no two views differ by a day or a filter. A period that still goes on is
   not shown: it could be watched while it grows.
2. Every count is rounded down by itself, 0 to 4 to "fewer than 5". Sums and shares are of rounded
   counts, on the page as in the CSV. What is made of rounded counts alone tells no more than they
   do, whatever is subtracted from what; so neither totals nor consecutive weeks give one away.
3. No table is the total of another. Topics and careers count chats, outcomes count what was typed,
   and each table leaves something out that no table shows: answers about the assistant, the default
   guide, taps. So whatever the other numbers are, a hidden count may be any of 0 to 4.
   `tests/test_figures.py` makes, for random chats and every hidden count, other chats with the same
   view in which it is another.
4. A period of fewer than five chats shows nothing else: it would be about four people.

Also large counts are rounded, against somebody who adds to them: who asks in four chats of their own
what one student asked would else read 5 and know of the one. With steps of five, 5 means one to
five others. What can still be learnt in this way is that there was none, and, with a try each week,
that somebody asks again and again.

Hiding small cells alone is known to be weak, as the others can be subtracted from a total, and so
is rounding where totals of the same cells are rounded by themselves; the Handbook on Statistical
Disclosure Control has both: https://sdctools.github.io/HandbookSDC/05-frequency-tables.html. Here no
total is counted apart, and nothing exact is shown anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from conversations.counts import (
    ANSWERED,
    CAREERS,
    CONVERSATIONS,
    HELP,
    OFFERED,
    OUTCOMES,
    REFUSED,
    TOPICS_ASKED,
    USES,
    VOTES,
    Count,
)

STEP = 5
WEEKS, BLOCKS, MONTHS = 12, 3, 6
"""Periods that are shown, the last ones that are over."""
BLOCK = 4
"""Weeks."""
FIRST_MONDAY = date(1970, 1, 5)

Numbers = tuple[int, ...]
"""Of one row: a number a period, multiples of `STEP`, where 0 is fewer than `STEP`."""
Rows = Mapping[str, Numbers]


@dataclass(frozen=True)
class Table:
    """Rows of rounded counts by period, those alone that have more than zeros."""

    periods: Sequence[date]
    """The first day of each."""
    rows: Rows

    def total(self, row: str) -> int:
        """The sum over all periods, of what is shown."""
        return sum(self.rows.get(row, ()))

    def largest_first(self) -> list[str]:
        """The names of the rows; those of one size by name."""
        return sorted(self.rows, key=lambda row: (-self.total(row), row))


@dataclass(frozen=True)
class Figures:
    """All that a school sees."""

    weeks: Table
    """Conversations, and what became of typed questions."""
    blocks: Mapping[str, Table]
    """Topics, careers, uses and votes, each in periods of `BLOCK` weeks."""
    help: Table
    """Replies to distress, by month."""


def rounded(count: int) -> int:
    """What is shown of a count."""
    return count // STEP * STEP


def first_day(today: date) -> date:
    """The first day of which anything is shown."""
    return min(*_weeks(today), *_blocks(today), *_months(today))


def figures(counts: Iterable[Count], today: date) -> Figures:
    """What is shown of a school's counts on a day."""
    by_subject: dict[str, list[Count]] = defaultdict(list)
    for count in counts:
        by_subject[count.subject].append(count)
    weeks, blocks = _weeks(today), _blocks(today)
    every_week = sorted({*weeks, *(week for block in blocks for week in _weeks_of(block))})
    chats = _table(by_subject[CONVERSATIONS], every_week, monday).rows.get("", ())
    busy = {week: number for week, number in zip(every_week, chats, strict=False) if number}
    outcomes = _table(by_subject[OUTCOMES], weeks, monday, busy)
    begun = {CONVERSATIONS: tuple(busy.get(week, 0) for week in weeks)} if busy else {}
    busy_blocks = set(map(block_of, busy))
    return Figures(
        Table(weeks, {**begun, **outcomes.rows}),
        {
            subject: _table(by_subject[subject], blocks, block_of, busy_blocks)
            for subject in (TOPICS_ASKED, CAREERS, USES, VOTES)
        },
        _table(by_subject[HELP], _months(today), lambda day: day.replace(day=1)),
    )


def _table(
    counts: Iterable[Count],
    periods: Sequence[date],
    period_of: Callable[[date], date],
    among: Iterable[date] | None = None,
) -> Table:
    """Counts by period, rounded; nothing of a period that is not `among` those."""
    sums: dict[str, dict[date, int]] = defaultdict(lambda: dict.fromkeys(periods, 0))
    allowed = set(periods if among is None else among) & set(periods)
    for count in counts:
        if (period := period_of(count.day)) in allowed:
            sums[count.name][period] += count.number
    rows = {name: tuple(map(rounded, found.values())) for name, found in sums.items()}
    return Table(periods, {name: row for name, row in sorted(rows.items()) if any(row)})


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def block_of(day: date) -> date:
    """The first day of the `BLOCK` weeks that a day is in."""
    weeks = (day - FIRST_MONDAY).days // 7
    return FIRST_MONDAY + timedelta(weeks=weeks // BLOCK * BLOCK)


def end_of_block(block: date) -> date:
    """The last day of `BLOCK` weeks."""
    return block + timedelta(weeks=BLOCK, days=-1)


def _weeks_of(block: date) -> list[date]:
    return [block + timedelta(weeks=number) for number in range(BLOCK)]


def _weeks(today: date) -> list[date]:
    return [monday(today) - timedelta(weeks=number) for number in range(WEEKS, 0, -1)]


def _blocks(today: date) -> list[date]:
    return [block_of(today) - timedelta(weeks=BLOCK * number) for number in range(BLOCKS, 0, -1)]


def _months(today: date) -> list[date]:
    found = [today.replace(day=1)]
    for _ in range(MONTHS):
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[:0:-1]


def shares(weeks: Table) -> Mapping[str, int]:
    """What part of typed questions was answered, offered something or refused, in percent."""
    totals = {name: weeks.total(name) for name in (ANSWERED, OFFERED, REFUSED)}
    whole = sum(totals.values())
    return {name: round(100 * each / whole) for name, each in totals.items()} if whole else {}
