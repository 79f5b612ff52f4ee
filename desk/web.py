"""The desk's routes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.sites import Sites
from desk.accounts import Accounts
from desk.answers import add_answers
from desk.asked import add_asked
from desk.door import Assistant, Desk
from desk.drawing import ROOT
from desk.guides import add_guides
from desk.own import add_own_pages
from desk.school import add_school
from desk.single import add_single_sign_on
from desk.unanswered import add_unanswered

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""All that Sanic knows: without an account each of them finds nothing."""
PARTS = (
    add_own_pages,
    add_single_sign_on,
    add_asked,
    add_unanswered,
    add_answers,
    add_school,
    add_guides,
)
"""What adds the pages."""


def add_desk(
    routes: Blueprint, sites: Sites, address_of: Callable[[Request], str], assistant: Assistant
) -> Desk:
    """Serve the desk.

    Args:
        address_of: tells where a request comes from.
        assistant: what counselors try.
    """
    desk = Desk(Accounts(), sites, address_of, assistant)
    for add in PARTS:
        add(desk)

    @routes.route(ROOT, methods=METHODS)
    async def start(request: Request) -> HTTPResponse:
        return await desk.serve(request)

    @routes.route(f"{ROOT}/<below:path>", methods=METHODS)
    async def page(request: Request, below: str) -> HTTPResponse:
        return await desk.serve(request)

    @routes.listener("after_server_start")
    async def tidy(app: Sanic, _: object) -> None:
        app.ctx.tidying = asyncio.ensure_future(desk.accounts.tidy())

    @routes.listener("after_server_stop")
    async def close(app: Sanic, _: object) -> None:
        app.ctx.tidying.cancel()
        desk.accounts.close()

    return desk
