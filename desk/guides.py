"""The guides at the desk: each fact as its page has it, and a way to say that it is out of date."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from secrets import token_hex
from urllib.parse import urlencode

from answers.page import Part, page
from channels.drawing import part_body
from channels.markup import Markup, link, tag
from desk import tables
from desk.door import Answer, Desk, Go, Visit
from desk.drafts import career_meant
from desk.drawing import ROOT, Page, button, card, field, form, hidden, ways
from desk.forms import Denied
from desk.tables import Correction
from desk.words import word
from guides.loading import Guides
from guides.schema import Guide

GUIDES = f"{ROOT}/guides"
CORRECT = f"{GUIDES}/correct"
LONGEST = 500
"""Characters of what is out of date."""
MOST = 100
"""Corrections of one school that wait: more would be a script's."""


def add_guides(desk: Desk) -> None:
    """Register the pages."""
    guides = desk.sites.schools.guides

    @desk.page(GUIDES, section="guides")
    async def shown(visit: Visit) -> Answer:
        named = visit.query.get("name", "")
        guide = career_meant(guides, named)
        if guide is None:
            return _search(named)
        return await asyncio.to_thread(_guide, guide)

    @desk.page(CORRECT)
    async def begun(visit: Visit) -> Answer:
        if not visit.query.get("name"):
            return _search("")
        guide, part = await _meant(visit.query, guides)
        return _form(visit, guide, part)

    @desk.form(CORRECT)
    async def sent(visit: Visit) -> Answer:
        guide, part = await _meant(visit.form, guides)
        said = visit.form.get("said", "")
        if not 0 < len(said) <= LONGEST:
            return _form(visit, guide, part, word("correct", "needed", most=LONGEST))
        if await visit.ask(partial(tables.count_corrections, visit.school.slug)) >= MOST:
            raise Denied(409, "many_corrections")
        told = Correction(
            token_hex(4), visit.school.slug, desk.accounts.clock(), guide.slug, part.topic, said
        )
        about = word("correct", "about", career=guide.title, topic=part.title)
        await visit.change("corrected", about, partial(tables.add_correction, told))
        return Go(f"{GUIDES}?{urlencode({'name': guide.slug})}", "corrected")


async def _meant(given: Mapping[str, str], guides: Guides) -> tuple[Guide, Part]:
    """The guide and the part of it that a request names.

    Raises:
        Denied: there is none.
    """
    guide = guides.get(given.get("name", ""))
    if guide is None:
        raise Denied(404, "no_guide")
    parts = await asyncio.to_thread(_parts, guide)
    part = next((part for part in parts if part.topic == given.get("topic")), None)
    if part is None:
        raise Denied(404, "no_guide")
    return guide, part


def _parts(guide: Guide) -> list[Part]:
    told = page(guide)
    return [told.lead, *told.parts]


def _search(named: str) -> Page:
    fault = word("guides", "unknown", name=named) if named else ""
    box = field("name", word("guides", "name"), named, hint=word("guides", "hint"), fault=fault)
    asked = tag("form", box, button(word("guides", "find")), method="get", action=GUIDES)
    lead = tag("p", word("guides", "lead"))
    return Page(word("guides", "title"), [lead, asked], 404 if named else 200)


def _guide(guide: Guide) -> Page:
    parts = [card(part.title, *part_body(part, {}), _way(guide, part)) for part in _parts(guide)]
    back = ways(
        (GUIDES, word("guides", "other")), (f"/guides/{guide.slug}", word("guides", "page"))
    )
    return Page(guide.title, [back, *parts])


def _way(guide: Guide, part: Part) -> Markup:
    """The way to say that a part is out of date."""
    to = f"{CORRECT}?{urlencode({'name': guide.slug, 'topic': part.topic})}"
    return tag("p", link(to, word("guides", "old", topic=part.title)), class_="alone")


def _form(visit: Visit, guide: Guide, part: Part, fault: str = "") -> Page:
    typed = visit.form.get("said", "")
    fields = (
        hidden("name", guide.slug),
        hidden("topic", part.topic),
        field(
            "said",
            word("correct", "said"),
            typed,
            hint=word("correct", "hint"),
            fault=fault,
            lines=3,
            maxlength=str(LONGEST),
        ),
        button(word("correct", "send")),
    )
    title = word("correct", "title", career=guide.title, topic=part.title)
    main = [card(part.title, *part_body(part, {})), form(CORRECT, visit.token, *fields)]
    return Page(title, main, 422 if fault else 200)
