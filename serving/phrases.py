"""Command line: `python -m serving.phrases`: what counselors say that questions mean, for review.

Nothing is trained by it: who reviews a phrase writes one of that kind into data/nlu/.
"""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from collections.abc import Iterable

import yaml

from conversations import questions
from conversations.database import Away, Database, database_url
from conversations.questions import NOT_FOR_US, Phrase
from serving.checks import Unusable, fault_of_database
from serving.logs import silence_warnings


def worded(phrases: Iterable[Phrase]) -> str:
    """The phrases by topic as YAML, or that there is none; what is for nobody is left out."""
    by_topic: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        if phrase.topic != NOT_FOR_US and phrase.text not in by_topic[phrase.topic]:
            by_topic[phrase.topic].append(phrase.text)
    if not by_topic:
        return "No phrases yet."
    return yaml.safe_dump(dict(sorted(by_topic.items())), allow_unicode=True, width=100).rstrip()


async def _decided() -> list[Phrase]:
    database = Database(database_url())
    try:
        return await database.ask(questions.decided)
    finally:
        database.close()


def main() -> int:
    """Print them; the exit code."""
    silence_warnings()
    try:
        if fault := fault_of_database():
            raise Unusable([fault])
        print(worded(asyncio.run(_decided())))
    except Away as error:
        print(
            f"the database cannot be reached ({error}): start it, then try again", file=sys.stderr
        )
        return 1
    except Unusable as error:
        print("\n".join(error.faults), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
