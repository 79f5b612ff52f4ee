"""Each guide as a page and as a sheet to print, and the list of all guides; all without scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import unquote

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.drawing import ROOT, draw_guide, draw_list, draw_sheet, draw_unknown, guide_address
from channels.messages import LONGEST_NAME, clean
from channels.pages import ALWAYS, AN_HOUR, HTML, NEVER, POLICY, READ, Made, made
from channels.sites import Sites
from guides.loading import Guides, guide_named

Draw = Callable[[str, str], Made]
"""Makes a page of a slug and an origin."""
KEPT = 128
"""Pages that a process keeps once they were asked for."""


def add_guide_pages(routes: Blueprint, guides: Guides, sites: Sites) -> None:
    """Serve the pages; each is drawn when it is first asked for."""
    headers = {**ALWAYS, "Content-Security-Policy": f"{POLICY}; {sites.frame_ancestors}"}
    kept = {**headers, "Cache-Control": AN_HOUR}

    @lru_cache(maxsize=KEPT)
    def whole(slug: str, origin: str) -> Made:
        return made(draw_guide(guides, guides[slug], origin), HTML)

    @lru_cache(maxsize=KEPT)
    def short(slug: str, origin: str) -> Made:
        return made(draw_sheet(guides[slug], origin), HTML)

    @lru_cache(maxsize=1)
    def every(origin: str) -> Made:
        return made(draw_list(guides, origin), HTML)

    async def drawn(request: Request, slug: str, draw: Draw, below: str = "") -> HTTPResponse:
        if slug in guides:
            page = await asyncio.to_thread(draw, slug, sites.origin(request))
            return page.response(request, kept)
        name = clean(unquote(slug))
        meant = guide_named(guides, name)
        if meant or not name:
            better = f"{guide_address('', meant.slug)}{below}" if meant else ROOT
            return HTTPResponse(status=301, headers={**headers, "Location": better})
        told = draw_unknown(guides, name[:LONGEST_NAME])
        return HTTPResponse(told, 404, {**headers, "Cache-Control": NEVER}, HTML)

    @routes.route(ROOT, methods=READ)
    async def guide_list(request: Request) -> HTTPResponse:
        page = await asyncio.to_thread(every, sites.origin(request))
        return page.response(request, kept)

    @routes.route(f"{ROOT}/<slug:str>", methods=READ)
    async def guide_page(request: Request, slug: str) -> HTTPResponse:
        return await drawn(request, slug, whole)

    @routes.route(f"{ROOT}/<slug:str>/sheet", methods=READ)
    async def guide_sheet(request: Request, slug: str) -> HTTPResponse:
        return await drawn(request, slug, short, "/sheet")
