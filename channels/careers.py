"""The list of all careers, in which a page lets a student look for one."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from functools import lru_cache
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.pages import ALWAYS, AN_HOUR, OPEN_TO_ALL, READ, Made, made
from guides.library import Library, Tier
from guides.loading import Guides
from understanding.finding import finding


def add_careers(routes: Blueprint, guides: Guides) -> None:
    """Serve /careers.json; the list is made when it is first asked for."""
    listed = lru_cache(maxsize=1)(lambda: _listed(guides))

    @routes.route("/careers.json", methods=READ)
    async def careers(request: Request) -> HTTPResponse:
        headers = {**ALWAYS, **OPEN_TO_ALL, "Cache-Control": AN_HOUR}
        return (await asyncio.to_thread(listed)).response(request, headers)


def _listed(guides: Guides) -> Made:
    told = json.dumps(career_list(guides), ensure_ascii=False, separators=(",", ":"))
    return made(told, "application/json")


def career_list(guides: Guides) -> dict[str, Any]:
    """Every career with its other names and the places of its groups, those of most workers first.

    Names are as texts are searched for them, less those that only tables have. Of careers that are
    counted together the one that gave the count its name comes first.
    """
    library = guides if isinstance(guides, Library) else Library.in_memory(guides.values())
    fields = finding().words["fields"]
    names: dict[str, list[str]] = defaultdict(list)
    for name in library.names():
        if name.tier not in (Tier.TITLE, Tier.ALTERNATE):
            names[name.slug].append(name.form)
    rows = library.rows(
        "SELECT slug, title, soc FROM careers ORDER BY jobs DESC, jobs_group IS NOT NULL, place"
    )
    return {
        "groups": list(fields),
        "careers": [
            {
                "slug": slug,
                "title": title,
                "names": list(dict.fromkeys(names[slug])),
                "groups": [
                    place
                    for place, field in enumerate(fields.values())
                    if soc and soc.startswith(tuple(field["groups"]))
                ],
            }
            for slug, title, soc in rows
        ],
    }
