"""A local answer as it stands in the form of the desk, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from desk.words import word
from guides.documents import DocumentError
from guides.loading import Guides, guide_named, plain
from guides.local import LONGEST, LocalAnswer
from guides.local_file import built, stamp
from guides.schema import Guide

FIELDS = ("asked", "answer", "link_words", "link_url", "careers", "topic", "until")
LONGEST_NAME = 40
"""Characters of the name that an answer gets."""


class Faulty(Exception):
    """A form that cannot be saved: what is wrong, by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__(", ".join(faults))


@dataclass(frozen=True)
class Draft:
    """What is typed into the fields, and which answer it is for."""

    asked: str = ""
    """Ways to ask, one a line."""
    answer: str = ""
    link_words: str = ""
    link_url: str = ""
    careers: str = ""
    """Names of careers, one a line."""
    topic: str = ""
    until: str = ""
    name: str = ""
    """That of the answer in its file; none of a new one."""
    seen: str = ""
    """The stamp of the answer when the form was opened."""

    def as_note(self, topic: str) -> Draft:
        """The same as a note on a topic, which nobody asks for."""
        return replace(self, topic=topic, asked="")


def blank(asked: str, today: date) -> Draft:
    """The draft of a new answer to what students asked."""
    return Draft(asked=" ".join(asked.split())[:100], until=str(today + LONGEST))


def draft_of(name: str, entry: LocalAnswer, guides: Guides) -> Draft:
    """The draft of an answer that is there."""
    link = entry.link
    return Draft(
        asked="\n".join(entry.asked),
        answer=entry.answer,
        link_words=link.words if link else "",
        link_url=link.url if link else "",
        careers="\n".join(career_name(guides, slug) for slug in entry.careers),
        topic=entry.topic or "",
        until=str(entry.until),
        name=name,
        seen=stamp(entry),
    )


def read_draft(form: Mapping[str, str]) -> Draft:
    """The draft that a form holds."""
    return Draft(**{key: form.get(key, "") for key in (*FIELDS, "name", "seen")})


def entry_of(draft: Draft, guides: Guides, today: date) -> LocalAnswer:
    """The answer that a draft makes, checked today.

    Raises:
        Faulty: with what is wrong in each field.
    """
    faults: dict[str, str] = {}
    careers = [(name, career_meant(guides, name)) for name in lines_of(draft.careers)]
    if unknown := [name for name, guide in careers if guide is None]:
        faults["careers"] = word("answer_faults", "careers", names=", ".join(unknown))
    link = {"words": draft.link_words, "url": draft.link_url}
    data = {
        "asked": lines_of(draft.asked),
        "answer": draft.answer,
        "careers": [guide.slug for _, guide in careers if guide],
        "checked": str(today),
        "until": draft.until,
        **({"topic": draft.topic} if draft.topic else {}),
        **({"link": link} if any(link.values()) else {}),
    }
    try:
        entry = built(data)
    except DocumentError as error:
        faults |= {field: word("answer_faults", field) for field in _fields(error.faults)}
    if faults:
        raise Faulty(faults)
    return entry


def _fields(faults: Iterable[str]) -> set[str]:
    """The fields that faults of an entry are of; a topic that is missing is for want of ways to ask."""
    keys = (re.split(r"[\[:]", fault)[0].replace(".", "_") for fault in faults)
    return {key if key in FIELDS else "answer" for key in keys}


def lines_of(text: str) -> list[str]:
    """The lines of a field that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def renewed(entry: LocalAnswer, today: date) -> LocalAnswer:
    """The same answer, made sure of today, for as long as before."""
    length = max(entry.until - entry.checked, timedelta(days=1))
    return built({**entry.data(), "checked": str(today), "until": str(today + length)})


def career_name(guides: Guides, slug: str) -> str:
    """A career's title, where it is found by it, else its slug."""
    title = str(guides[slug].title) if slug in guides else slug
    meant = career_meant(guides, title)
    return title if meant and meant.slug == slug else slug


def career_meant(guides: Guides, name: str) -> Guide | None:
    """The guide of a career that a counselor names: Electrician, or Electricians."""
    slug = plain(name)
    named = (each for each in (slug, slug.removesuffix("s")) if each in guides)
    return guide_named(guides, name) or next((guides[each] for each in named), None)


def name_for(draft: Draft, others: Container[str]) -> str:
    """A name for a new answer, of its first words."""
    first = (lines_of(draft.asked) or [draft.topic or draft.answer])[0]
    name = re.sub(r"^[^a-z]+", "", plain(first).replace("-", "_"))[:LONGEST_NAME].strip("_")
    names = (
        f"{name or 'answer'}_{number}" if number > 1 else name or "answer" for number in count(1)
    )
    return next(each for each in names if each not in others)
