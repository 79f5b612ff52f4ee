"""What is said where the school itself answers."""

from __future__ import annotations

from datetime import date

from answers.labels import label
from answers.model import Answer
from answers.registry import button
from answers.responses import sentence
from guides.local import LocalAnswer
from guides.school import School

LOCAL = "local"
"""What such a reply has in place of a topic."""


def told(entry: LocalAnswer, school: School, today: date, surely: bool = True) -> Answer:
    """A local answer in the school's name, with the month of its last check.

    Unless it is `surely` the one that was meant, that is said first.

    One that is old comes with a warning and with the person to ask: much of it, such as a room or
    the name of a club, is still right, and who asked has nothing else to go by.
    """
    link = entry.link
    facts = {
        "answer": entry.answer,
        "link": label("local", "link", words=link.words, url=link.url) if link else "",
        "checked": month(entry.checked),
    }
    source = {
        "publisher": school.name,
        "title": link.words if link else label("local", "source"),
        "kind": label("local", "kind"),
        **({"url": link.url} if link else {}),
    }
    old = entry.is_old(today)
    return Answer(
        "utter_local_old" if old else "utter_local",
        facts,
        kind="local",
        buttons=(button("person"),) if old else (),
        sources=(source,),
        lead="" if surely else sentence("utter_local_maybe"),
    )


def month(day: date) -> str:
    """The month of a day in words: May 2026."""
    return label("dates", "month", month=label("months", day.month), year=day.year)
