"""Each guide as a page, a sheet and a lesson to print, and the list of all; all without scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import unquote

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.drawing import (
    KEY,
    LESSON,
    ROOT,
    SHEET,
    draw_guide,
    draw_key,
    draw_lesson,
    draw_list,
    draw_sheet,
    draw_unknown,
    guide_address,
)
from channels.messages import LONGEST_NAME, clean
from channels.pages import ALWAYS, AN_HOUR, HTML, NEVER, POLICY, READ, Made, made
from channels.sites import Sites
from guides.loading import Guides, guide_named
from guides.schema import Guide

Drawn = TypeVar("Drawn")
Draw = Callable[[str, str, str], Made]
"""Makes a page of a slug, an origin, and the name of a school."""
KEPT, KEPT_LISTS = 128, 4
"""Pages of guides, and lists of all, that a process keeps once they were asked for."""


def add_guide_pages(routes: Blueprint, guides: Guides, sites: Sites) -> None:
    """Serve the pages; each is drawn when it is first asked for."""
    pages = GuidePages(guides, sites)

    @routes.route(ROOT, methods=READ)
    async def guide_list(request: Request) -> HTTPResponse:
        return await pages.all(request)

    @routes.route(f"{ROOT}/<slug:str>", methods=READ)
    async def guide_page(request: Request, slug: str) -> HTTPResponse:
        return await pages.one(request, slug, pages.whole)

    for name, below, draw in (
        ("sheet", SHEET, pages.sheet),
        ("lesson", LESSON, pages.lesson),
        ("key", KEY, pages.key),
    ):
        _add_sheet(routes, pages, name, below, draw)


def _add_sheet(routes: Blueprint, pages: GuidePages, name: str, below: str, draw: Draw) -> None:
    """Serve what is printed of a guide, at an address below its page."""

    @routes.route(f"{ROOT}/<slug:str>{below}", methods=READ, name=f"guide_{name}")
    async def guide_sheet(request: Request, slug: str) -> HTTPResponse:
        return await pages.one(request, slug, draw, below)


class GuidePages:
    """The pages of some guides, drawn in a thread of their own.

    One thread for all: however many are asked for, turns find half of the time for themselves.
    """

    def __init__(self, guides: Guides, sites: Sites) -> None:
        self._guides, self._sites = guides, sites
        self._thread = ThreadPoolExecutor(1, "drawing")
        self._listed = lru_cache(KEPT_LISTS)(lambda school: draw_list(guides, school))
        self._list = lru_cache(KEPT_LISTS)(
            lambda origin, school: made(self._listed(school)(origin), HTML)
        )
        self.whole: Draw = lru_cache(KEPT)(self._whole)
        self.sheet: Draw = self._drawing(draw_sheet)
        self.lesson: Draw = self._drawing(draw_lesson)
        self.key: Draw = self._drawing(draw_key)

    @property
    def _headers(self) -> dict[str, str]:
        """With the sites as they are now: schools come and go."""
        return {**ALWAYS, "Content-Security-Policy": f"{POLICY}; {self._sites.frame_ancestors}"}

    async def all(self, request: Request) -> HTTPResponse:
        """The list."""
        return self._kept(request, await self._off(self._list, *self._asked(request)))

    async def one(self, request: Request, slug: str, draw: Draw, below: str = "") -> HTTPResponse:
        """A page of one guide; where it is, if it was spelled otherwise; else that there is none.

        Args:
            below: what stands behind the slug in the address.
        """
        if slug in self._guides:
            return self._kept(request, await self._off(draw, slug, *self._asked(request)))
        name = clean(unquote(slug))
        meant = guide_named(self._guides, name)
        if meant or not name:
            _, school = self._asked(request)
            better = guide_address("", meant.slug, below, school) if meant else ROOT
            return HTTPResponse(status=301, headers={**self._headers, "Location": better})
        told = await self._off(draw_unknown, self._guides, name[:LONGEST_NAME])
        return HTTPResponse(told, 404, {**self._headers, "Cache-Control": NEVER}, HTML)

    def _asked(self, request: Request) -> tuple[str, str]:
        """The origin of a request, and the name of its school: none where there is no such one."""
        named = self._sites.schools.named(request.args.get("school", ""))
        return self._sites.origin(request), named.slug if named else ""

    def _kept(self, request: Request, page: Made) -> HTTPResponse:
        return page.response(request, {**self._headers, "Cache-Control": AN_HOUR})

    async def _off(self, draw: Callable[..., Drawn], *given: Any) -> Drawn:
        """What is drawn, while the event loop goes on."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, draw, *given)

    def _whole(self, slug: str, origin: str, school: str) -> Made:
        return made(draw_guide(self._guides, self._guides[slug], origin, school), HTML)

    def _drawing(self, draw: Callable[[Guide, str, str], str]) -> Draw:
        return lru_cache(KEPT)(
            lambda slug, origin, school: made(draw(self._guides[slug], origin, school), HTML)
        )
