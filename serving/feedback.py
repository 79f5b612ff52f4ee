"""What students thought of the answers, by topic: counts, and nothing that was said."""

from __future__ import annotations

import asyncio

from components.library import find_schools
from conversations import counts
from conversations.counts import Votes
from conversations.database import Away, Database, database_url
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


async def _counts() -> list[Votes]:
    database = Database(database_url())
    try:
        return await database.ask(counts.votes)
    finally:
        database.close()


def worded(votes: list[Votes]) -> str:
    """A line for each count below a heading, or that there is none."""
    if not votes:
        return "No feedback yet."
    ordered = sorted(votes, key=lambda each: each.up - each.down)
    lines = [tuple(map(str, line)) for line in (Votes._fields, *ordered)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    aligned = [map(str.ljust, line, widths) for line in lines]
    return "\n".join("  ".join(line).rstrip() for line in aligned)
