"""The page on which a counselor sets what a school says of itself, and sees what only others may set."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as made
from functools import partial
from typing import Any, get_args

from channels.markup import Markup, tag
from channels.pages import LOGOS
from desk.door import Answer, Desk, Go, Visit
from desk.drafts import Faulty, career_meant, career_name, lines_of
from desk.drawing import ROOT, Page, alert, bullets, button, card, choice, field, form, hidden
from desk.words import word
from guides.documents import DocumentError
from guides.loading import Guides
from guides.school import Colour, School
from guides.school_file import NoLogo, SchoolFile, settings
from guides.schools import LARGEST_LOGO
from guides.writing import Changed, Unwritable, fingerprint

SCHOOL = f"{ROOT}/school"
PERSON = ("person_name", "person_contact", "person_name_es", "person_contact_es")
FIELDS = ("name", *PERSON, "colour", "first_guides", "keep_days")
MOST_FIRST = 10
"""Guides that are named first."""


@dataclass(frozen=True)
class Given:
    """What stands in the fields of the page."""

    fields: Mapping[str, str]
    seen: str = ""
    faults: Mapping[str, str] = made(default_factory=dict)
    above: Markup | None = None
    status: int = 200


def add_school(desk: Desk) -> None:
    """Register it."""
    schools = desk.sites.schools

    @desk.page(SCHOOL, section="school")
    async def school(visit: Visit) -> Answer:
        seen = fingerprint(schools.file_of(visit.school))
        now = schools.fresh(visit.school)
        return _page(visit, SchoolFile(schools, now), Given(fields_of(now, schools.guides), seen))

    @desk.form(SCHOOL, files=True)
    async def saved(visit: Visit) -> Answer:
        file = SchoolFile(schools, schools.fresh(visit.school))
        if _is_shared(file):
            return _page(visit, file, Given(visit.form, status=403))
        try:
            changed = await asyncio.to_thread(partial(_save, file, visit))
        except (Faulty, DocumentError, Unwritable, Changed) as error:
            return _page(visit, file, _refused(error, visit, file))
        schools.fresh(visit.school)  # the next page shows what was saved
        if changed:
            names = ", ".join(word("school_keys", key) for key in changed)
            await visit.log("school_changed", names)
        return Go(SCHOOL, "school_saved")


def _refused(error: Exception, visit: Visit, file: SchoolFile) -> Given:
    """What was typed, with what stands in its way."""
    given = Given(visit.form, visit.form.get("seen", ""), status=422)
    if isinstance(error, Faulty):
        return replace(given, faults=error.faults)
    if isinstance(error, DocumentError):
        return replace(given, above=alert(word("school", "broken"), bullets(error.faults)))
    if isinstance(error, Unwritable):
        return replace(given, above=alert(word("denied", "unwritable")), status=503)
    now = _as_it_is(file.school, file.schools.guides)
    told = alert(word("school", "changed"), now)
    return replace(given, seen=fingerprint(file.path), above=told, status=409)


def _is_shared(file: SchoolFile) -> bool:
    """Whether what a school sets is what others have where they set nothing."""
    return not file.school.slug and bool(file.schools.every())


def _save(file: SchoolFile, visit: Visit) -> list[str]:
    """Write what the page holds; the keys that have changed."""
    wanted = wanted_of(visit.form, file)
    logo = visit.files.get("logo", b"")
    if visit.form.get("do") == "no_logo":
        return file.put({**wanted, "logo": None}, visit.form.get("seen", ""))
    if not logo:
        return file.put(wanted, visit.form.get("seen", ""))
    try:
        name = file.add_logo(logo)
    except NoLogo as error:
        raise Faulty({"logo": word("school_faults", "logo")}) from error
    try:
        return file.put({**wanted, "logo": name}, visit.form.get("seen", ""))
    except (Changed, DocumentError, Unwritable):
        if name != file.school.logo:
            file.drop_logo(name)
        raise


def fields_of(school: School, guides: Guides) -> dict[str, str]:
    """What a school sets, as fields."""
    person = {f"person_{key}": value for key, value in settings(school)["person"].items()}
    return {
        **person,
        "name": school.name,
        "colour": school.colour or "",
        "first_guides": "\n".join(career_name(guides, slug) for slug in school.first_guides),
        "keep_days": str(school.keep_days),
    }


def wanted_of(fields: Mapping[str, str], file: SchoolFile) -> dict[str, Any]:
    """What fields set, with the logo that there is.

    Raises:
        Faulty: with what is wrong in each; what is no text of a school, its file's check finds.
    """
    faults: dict[str, str] = {}
    named = lines_of(fields.get("first_guides", ""))
    careers = [(name, career_meant(file.schools.guides, name)) for name in named]
    unknown = [name for name, guide in careers if guide is None]
    if unknown or len(careers) > MOST_FIRST:
        names = ", ".join(unknown)
        faults["first_guides"] = word("school_faults", "first_guides", names=names, most=MOST_FIRST)
    days = fields.get("keep_days", "")
    if not re.fullmatch(r"[0-9]{1,2}", days) or int(days) > file.most_days():
        faults["keep_days"] = word("school_faults", "keep_days", most=file.most_days())
    if fields.get("colour", "") not in ("", *get_args(Colour)):
        faults["colour"] = word("school_faults", "colour")
    person = {key.removeprefix("person_"): fields.get(key, "") for key in PERSON}
    for key in ("name", "person_name", "person_contact"):
        if not fields.get(key):
            faults[key] = word("school_faults", "needed")
    if faults:
        raise Faulty(faults)
    return {
        "name": fields["name"],
        "person": {key: value for key, value in person.items() if value},
        "colour": fields.get("colour") or None,
        "logo": file.school.logo,
        "first_guides": [guide.slug for _, guide in careers if guide],
        "keep_days": int(days),
    }


def _page(visit: Visit, file: SchoolFile, given: Given) -> Page:
    broken = file.schools.broken_of(file.school)
    told = [alert(word("home", "broken"), bullets(broken.faults))] if broken else []
    if _is_shared(file):
        own = [tag("p", word("school", "shared"))]
    else:
        faulty = [alert(word("answer", "faulty"))] if given.faults else []
        own = [*faulty, form(SCHOOL, visit.token, *_fields(given, file), files=True)]
    main = [*told, *([given.above] if given.above else []), *own, _others(file)]
    return Page(word("school", "title"), main, given.status)


def _fields(given: Given, file: SchoolFile) -> Iterable[Markup]:
    def one(name: str, lines: int = 1, kind: str = "text", **more: str | None) -> Markup:
        hint = word("school_hints", name, most=file.most_days())
        value, fault = given.fields.get(name, ""), given.faults.get(name, "")
        said = word("school_keys", name)
        return field(name, said, value, hint=hint, fault=fault, lines=lines, kind=kind, **more)

    yield hidden("seen", given.seen)
    yield one("name", maxlength="700")
    yield from (one(name, maxlength="700") for name in PERSON)
    yield choice(
        "colour",
        word("school_keys", "colour"),
        [("", word("school", "no_colour")), *((name, name.title()) for name in get_args(Colour))],
        given.fields.get("colour", ""),
        word("school_hints", "colour"),
        given.faults.get("colour", ""),
    )
    hint = word("school_hints", "logo", most=LARGEST_LOGO // 1000)
    named, fault = word("school_keys", "logo"), given.faults.get("logo", "")
    yield field("logo", named, hint=hint, fault=fault, kind="file", accept=".png,.webp")
    yield one("first_guides", lines=4)
    yield one("keep_days", kind="number", min="0", max=str(file.most_days()))
    yield button(word("school", "save"), name="do", value="save")
    if logo := _logo(file):
        without = button(word("school", "no_logo"), "plain", name="do", value="no_logo")
        yield tag("div", logo, without, class_="ways")


def _logo(file: SchoolFile) -> Markup | None:
    found = file.schools.logo(file.school)
    named = word("school", "logo_now")
    return tag("img", src=f"{LOGOS}/{found.name}", alt=named, class_="logo") if found else None


def _as_it_is(school: School, guides: Guides) -> Markup:
    """What is in force, where somebody else changed it."""
    told = fields_of(school, guides)
    return bullets(f"{word('school_keys', key)}: {told[key]}" for key in FIELDS if told.get(key))


def _others(file: SchoolFile) -> Markup:
    """What only whoever runs the server changes."""
    school, shared = file.school, file.schools.default
    told = {
        "crisis_lines": [f"{each.name}: {each.how}" for each in school.crisis_lines],
        "embed_sites": school.embed_sites,
        "address": [shared.address] if shared.address else [],
        "proxies": shared.proxies,
    }
    parts = [
        (
            tag("h3", word("school_others", key)),
            bullets(values) if values else tag("p", word("school", "none")),
        )
        for key, values in told.items()
    ]
    inner = [each for part in parts for each in part]
    return card(word("school", "others"), tag("p", word("school", "others_hint")), *inner)
