"""What one school sets: the file school.yml."""

from __future__ import annotations

from pathlib import Path

from pydantic import ConstrainedInt, Field

from guides.documents import DocumentError, build, read
from guides.loading import Guides
from guides.schema import Section, Text, some

SCHOOL = Path(__file__).parent.parent / "school.yml"


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


def load_school(guides: Guides, path: Path = SCHOOL) -> School:
    """The school's settings.

    Raises:
        DocumentError: with all faults of the file.
    """
    school = build(School, read(path), path.name)
    if school.default_guide not in guides:
        raise DocumentError(
            [
                f"{path.name}: default_guide: found {school.default_guide!r},"
                f" expected one of: {', '.join(guides)}"
            ]
        )
    return school
