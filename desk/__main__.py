"""`python -m desk NAME [--school SCHOOL] [--email EMAIL] [--remove]`: a counselor's account."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from functools import partial

from components.library import find_schools
from conversations.database import Away, Unplaced
from desk.accounts import NoAccount, invite, remove
from desk.commands import ask
from desk.drawing import ROOT
from guides.documents import DocumentError
from guides.schools import Schools


def main(arguments: list[str]) -> int:
    """0 where it is done; else a line says why not."""
    parser = argparse.ArgumentParser("make counselor", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--school", default="")
    parser.add_argument("--email", default="")
    parser.add_argument("--remove", action="store_true")
    given = parser.parse_args(arguments)
    try:
        schools = find_schools()
        school = _school(schools, given.school.strip())
        print(_done(schools, school, given))
    except (NoAccount, Unplaced, DocumentError) as error:
        print(error, file=sys.stderr)
        return 1
    except Away as error:
        print(
            f"the database cannot be reached ({error}): start it, then try again", file=sys.stderr
        )
        return 1
    return 0


def _done(schools: Schools, school: str, given: argparse.Namespace) -> str:
    """Do what is asked for; what to say of it."""
    name = " ".join(given.name.split())
    if given.remove:
        asyncio.run(ask(partial(remove, school, name, time.time())))
        return f"The account of {name} is removed."
    email = given.email.strip().casefold() or None
    sign_in, link = asyncio.run(ask(partial(invite, school, name, email, time.time())))
    origin = schools.default.address or f"http://localhost:{os.environ.get('PORT', '5005')}"
    named = schools.with_slug(school).name
    return (
        f"{name} signs in at {origin}{ROOT} as {sign_in}, for {named}.\n"
        "This link sets the password, once, within two days; hand it to nobody else:\n"
        f"{origin}{ROOT}/password?link={link}"
    )


def _school(schools: Schools, slug: str) -> str:
    """The slug, if there is such a school.

    Raises:
        NoAccount: there is none.
    """
    if slug and schools.named(slug) is None:
        names = ", ".join(each.slug for each in schools.every()) or "none yet"
        raise NoAccount(
            f"SCHOOL: found {slug[:60]!r}, expected one of: {names};"
            " leave it out for school.yml's own, or make one: make school NAME=..."
        )
    return slug


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
