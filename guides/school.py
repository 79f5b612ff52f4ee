"""What one school sets: the file school.yml."""

from __future__ import annotations

import os
import re
from ipaddress import ip_network
from pathlib import Path

from pydantic import ConstrainedInt, Field, validator

from guides.documents import DocumentError, build, read
from guides.loading import Guides
from guides.schema import Section, Text, some

SCHOOL = Path(__file__).parent.parent / "school.yml"
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


class CrisisLine(Section):
    """One place that helps at once."""

    name: Text = Field(..., description="what it is")
    how: Text = Field(..., description="how to reach it, e.g. call or text 988")


class Days(ConstrainedInt):
    """Days that a student's words are kept."""

    strict = True
    ge = 0
    le = 30


class School(Section):
    """The settings of one school."""

    name: Text = Field(..., description="the school's name, as used in a sentence")
    person: Person = Field(..., description="whom students can talk to")
    default_guide: Text = Field(..., description="slug of the guide used where none is named")
    keep_days: Days = Field(
        Days(30), description="days until a conversation is deleted; with 0 none is ever written"
    )
    crisis_lines: list[CrisisLine] = some("where help is to be had, in the order shown")
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


def load_school(guides: Guides, path: Path | None = None) -> School:
    """The school's settings, from the file that GUIDEPOST_SCHOOL names where it is set.

    Raises:
        DocumentError: with all faults of the file.
    """
    path = path or Path(os.environ.get("GUIDEPOST_SCHOOL", SCHOOL))
    school = build(School, read(path), path.name)
    if school.default_guide not in guides:
        raise DocumentError(
            [
                f"{path.name}: default_guide: found {school.default_guide!r},"
                f" expected one of: {', '.join(guides)}"
            ]
        )
    return school
