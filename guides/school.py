"""What one school sets: the file school.yml, and a file each in schools/ where there are more."""

from __future__ import annotations

import os
import re
from datetime import date
from ipaddress import ip_network
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from pydantic import ConstrainedInt, Field, StrictBool, root_validator, validator

from guides.documents import DocumentError, build, read, shown
from guides.loading import Guides
from guides.schema import Section, Text, some

SCHOOL = Path(__file__).parent.parent / "school.yml"
SHOWN = 10
"""Guides that a fault names, and faults that a line of the log does."""
Colour = Literal["blue", "green", "teal", "purple", "red", "slate"]
"""The accents that can be read on light and on dark, as web/src/colours.ts has them."""
LOGO = r"^[a-z0-9][a-z0-9-]{0,59}\.(png|webp)$"
NUMBER = r"^\+?[0-9]{3,15}$"
DISTRESS_KINDS = tuple(
    path.stem
    for tier in ("danger", "trouble")
    for path in sorted((SCHOOL.parent / "data" / "distress" / tier).glob("*.yml"))
)
"""The kinds of distress: each is a file."""
ORIGIN = re.compile(
    r"https?://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[1-9]\d{0,4})?"
)
"""One exact origin, as browsers write it: scheme, host, and a port where it is not the usual one."""


def origin(value: str) -> str:
    """The value, if it is one exact origin.

    Raises:
        ValueError: it is a pattern, a wildcard, or has a path.
    """
    usual = (value.startswith("https:") and value.endswith(":443")) or (
        value.startswith("http:") and value.endswith(":80")
    )
    if not ORIGIN.fullmatch(value) or usual:
        raise ValueError(
            "expected one exact origin such as https://www.school.example:"
            " no path, no slash at its end, no *, lower case, no :443 or :80"
        )
    return value


class Person(Section):
    """Somebody whom students can turn to."""

    name: Text = Field(..., description="a name or a role, e.g. your school counselor")
    contact: Text = Field(..., description="how to reach the person")
    name_es: Text | None = Field(None, description="the name or role in Spanish")
    contact_es: Text | None = Field(None, description="how to reach the person, in Spanish")

    def named(self, spanish: bool = False) -> dict[str, str]:
        """Name and contact, in Spanish where the school gives them."""
        name, contact = (self.name_es, self.contact_es) if spanish else (None, None)
        return {"name": name or self.name, "contact": contact or self.contact}


class TextLine(Section):
    """Where a text message goes."""

    to: str = Field(..., description="the number, digits and + only", regex=NUMBER)
    word: str | None = Field(None, description="what to write, e.g. HOME", regex=r"^[A-Z]{2,12}$")
    word_es: str | None = Field(None, description="the same in Spanish", regex=r"^[A-Z]{2,12}$")

    def as_shown(self, spanish: bool) -> dict[str, str]:
        """Number and word as a page draws them."""
        word = (spanish and self.word_es) or self.word
        return {"to": self.to, "word": word} if word else {"to": self.to}


class CrisisLine(Section):
    """One place that helps at once."""

    name: Text = Field(..., description="what it is")
    how: Text = Field(..., description="how to reach it, e.g. call or text 988")
    how_es: Text | None = Field(None, description="how to reach it, in Spanish")
    call: str | None = Field(None, description="the number to call, digits and +", regex=NUMBER)
    text: TextLine | None = Field(None, description="where to text")
    site: str | None = Field(None, description="its page", regex=r"^https://\S+$")
    kinds: list[str] = Field([], description="kinds of distress that it is for")
    always: bool = Field(False, description="whether it is part of every answer to danger")
    source: str = Field(..., description="the publisher's page", regex=r"^https://\S+$")
    checked: date = Field(..., description="when number and hours were compared with the source")

    @validator("kinds", each_item=True)
    def _kind(cls, value: str) -> str:
        if value not in DISTRESS_KINDS:
            raise ValueError(f"expected one of: {', '.join(DISTRESS_KINDS)}")
        return value

    @root_validator(skip_on_failure=True)
    def _reachable(cls, values: dict[str, Any]) -> dict[str, Any]:
        if not any(values[way] for way in ("call", "text", "site")):
            raise ValueError("expected one way at least to reach it: call, text or site")
        return values

    def as_shown(self, spanish: bool = False) -> dict[str, Any]:
        """The line as a page draws it."""
        shown: dict[str, Any] = {"name": self.name, "how": (spanish and self.how_es) or self.how}
        ways = {"call": self.call, "text": self.text and self.text.as_shown(spanish)}
        return shown | {way: to for way, to in {**ways, "site": self.site}.items() if to}


class Days(ConstrainedInt):
    """Days that a student's words are kept."""

    strict = True
    ge = 0
    le = 30


class Sessions(ConstrainedInt):
    """Chats in which a question was asked."""

    strict = True
    ge = 3
    le = 100


class School(Section):
    """The settings of one school."""

    slug: str = Field("", description="name of its file in schools/; none for school.yml itself")
    name: Text = Field(..., description="the school's name, as used in a sentence")
    logo: str | None = Field(None, description="a PNG or WebP file in schools/", regex=LOGO)
    colour: Colour | None = Field(None, description="accent of the chat page")
    person: Person = Field(..., description="whom students can talk to")
    default_guide: Text = Field(..., description="slug of the guide used where none is named")
    first_guides: list[str] = Field([], description="slugs of guides that are named first")
    keep_days: Days = Field(
        Days(30), description="days until a conversation is deleted; with 0 none is ever written"
    )
    collect_questions: StrictBool = Field(
        False, description="whether questions without an answer are kept for the school to read"
    )
    questions_from_sessions: Sessions = Field(
        Sessions(3), description="chats in which a question was asked before the school reads it"
    )
    crisis_lines: list[CrisisLine] = some("where help is to be had, in the order shown")

    @validator("crisis_lines")
    def _always_some(cls, lines: list[CrisisLine]) -> list[CrisisLine]:
        if not any(line.always for line in lines):
            raise ValueError("expected one line at least with always: true")
        return lines

    address: str | None = Field(
        None, description="origin at which browsers reach the assistant, where a proxy changes it"
    )
    embed_sites: list[str] = Field(
        [],
        description="exact origins of the sites that may embed the chat; empty: none but its own",
    )

    proxies: list[str] = Field(
        [], description="addresses or networks of proxies whose X-Forwarded-For is believed"
    )

    @property
    def collects(self) -> bool:
        """Whether questions without an answer are kept."""
        return self.collect_questions and self.keep_days > 0

    @validator("proxies", each_item=True)
    def _network(cls, value: str) -> str:
        try:
            return str(ip_network(value))
        except ValueError as error:
            raise ValueError(
                "expected an address such as 127.0.0.1 or a network such as 10.0.0.0/8"
            ) from error

    @validator("address")
    def _address(cls, value: str | None) -> str | None:
        return value and origin(value)

    @validator("embed_sites", each_item=True)
    def _site(cls, value: str) -> str:
        return origin(value)


def school_file() -> Path:
    """Where the school's settings are: the file that GUIDEPOST_SCHOOL names where it is set."""
    return Path(os.environ.get("GUIDEPOST_SCHOOL", SCHOOL))


def load_school(guides: Guides, path: Path | None = None) -> School:
    """The school's settings.

    Raises:
        DocumentError: with all faults of the file.
    """
    path = path or school_file()
    school = build(School, read(path), path.name)
    if faults := faults_of_guides(school, guides, path.name):
        raise DocumentError(faults)
    return school


def faults_of_guides(school: School, guides: Guides, file: str) -> list[str]:
    """Guides that a school names and that are not there."""
    named = {f"first_guides[{place}]": slug for place, slug in enumerate(school.first_guides)}
    more = f", and {len(guides) - SHOWN} more" if len(guides) > SHOWN else ""
    return [
        f"{file}: {key}: found {shown(slug)},"
        f" expected one of: {', '.join(islice(guides, SHOWN))}{more}"
        for key, slug in {"default_guide": school.default_guide, **named}.items()
        if slug not in guides
    ]
