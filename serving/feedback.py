"""What students thought of the answers, by topic: counts, and nothing that was said."""

from __future__ import annotations

import asyncio

from components.library import find_schools
from conversations import tables
from conversations.database import Away, Database, database_url
from conversations.tables import Count
from serving.checks import Unusable


def feedback_table() -> str:
    """The counts as a table, the topics least liked first.

    Raises:
        Unusable: nothing is counted, or the database cannot be reached.
    """
    if not find_schools().most_days():
        raise Unusable(["school.yml: keep_days: found 0, so no feedback is counted"])
    try:
        return worded(asyncio.run(_counts()))
    except Away as error:
        fault = f"the database cannot be reached ({error}): start it, then try again"
        raise Unusable([fault]) from error


async def _counts() -> list[Count]:
    database = Database(database_url())
    try:
        return await database.ask(tables.counts)
    finally:
        database.close()


def worded(counts: list[Count]) -> str:
    """A line for each count below a heading, or that there is none."""
    if not counts:
        return "No feedback yet."
    ordered = sorted(counts, key=lambda count: count.up - count.down)
    lines = [tuple(map(str, line)) for line in (Count._fields, *ordered)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    aligned = [map(str.ljust, line, widths) for line in lines]
    return "\n".join("  ".join(line).rstrip() for line in aligned)
