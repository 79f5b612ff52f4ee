"""Signing in by the school's own provider, where one is set up."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from desk.door import Answer, Call, Desk, Go
from desk.drawing import ROOT, on_the_way
from desk.forms import Denied
from desk.oidc import NotSignedIn, ProviderAway, SingleSignOn, provider
from desk.words import word

log = logging.getLogger(__name__)

LEAVE, BACK = f"{ROOT}/single", f"{ROOT}/single/back"
ARRIVED = "arrived"
"""The word of an address by which a browser that came back asks a second time."""


def add_single_sign_on(desk: Desk) -> None:
    """Register the way to the provider and back, if there is a provider."""
    found = provider()
    if found:
        ways = Ways(desk, SingleSignOn(found, desk.accounts.clock))
        desk.page(LEAVE, who="anyone")(ways.leave)
        desk.page(BACK, who="anyone")(ways.back)
        desk.ways_in.append((LEAVE, word("sign_in", "single")))


class Ways:
    """The way to the provider, and the way back."""

    def __init__(self, desk: Desk, single: SingleSignOn) -> None:
        self._desk, self._single = desk, single

    async def leave(self, call: Call) -> Answer:
        """To the provider."""
        self._desk.count_try(call)
        try:
            return Go(await self._single.leave(call.token, call.origin + BACK))
        except ProviderAway as error:
            raise _away(error) from error

    async def back(self, call: Call) -> Answer:
        """Into the desk, with a new session."""
        if ARRIVED not in call.query:
            # The browser comes from the provider, and sends its cookies only from a page of ours.
            return on_the_way(f"{BACK}?{urlencode({**call.query, ARRIVED: 1})}")
        self._desk.count_try(call)
        session = await self._desk.accounts.enter(await self._email(call))
        if session is None:  # no account is made by itself
            raise Denied(403, "no_account")
        return Go(ROOT, session=session)

    async def _email(self, call: Call) -> str:
        try:
            return await self._single.returned(call.token, call.origin + BACK, call.query)
        except NotSignedIn as error:
            log.warning("single sign-on was refused: %s", error)
            raise Denied(403, "not_signed_in") from error
        except ProviderAway as error:
            raise _away(error) from error


def _away(error: ProviderAway) -> Denied:
    log.error("the provider of single sign-on cannot be asked: %s", error)
    return Denied(503, "provider_away")
