"""Single sign-on by OpenID Connect: a school's own provider says whose e-mail address it is.

Authorization code flow with PKCE, state and nonce. Nothing is kept between leaving and coming back:
what a browser must bring is computed from its own cookie, which is known to nobody else.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from conversations.database import Unplaced
from desk.accounts import HOUR, kept

ISSUER, CLIENT, SECRET = "GUIDEPOST_OIDC_ISSUER", "GUIDEPOST_OIDC_CLIENT", "GUIDEPOST_OIDC_SECRET"
DISCOVERY = "/.well-known/openid-configuration"
SCOPE = "openid email"
ALGORITHMS = ("RS256", "PS256", "ES256")
"""Those of a provider's own key; none that a client could sign with, and never none at all."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
SECONDS = 5
"""How long the provider may take for each answer."""
AWAY_SECONDS = 10 * 60
"""How long somebody may be with the provider."""
LEEWAY = 60
"""Seconds that the provider's clock may differ from ours."""
MOST_AT_ONCE = 4


class NotSignedIn(Exception):
    """The provider did not say who it is, or nothing that can be believed; the text says what."""


class ProviderAway(Exception):
    """The provider cannot be reached, or makes no sense; the text says which, without any data."""


@dataclass(frozen=True)
class Provider:
    """Where one signs in, and as which client we are known there."""

    issuer: str
    client: str
    secret: str


def provider() -> Provider | None:
    """The provider that the environment names, if any.

    Raises:
        Unplaced: it is named in part, or not at an https address.
    """
    given = {name: os.environ.get(name, "").strip() for name in (ISSUER, CLIENT, SECRET)}
    if not any(given.values()):
        return None
    if missing := [name for name, value in given.items() if not value]:
        raise Unplaced(f"{missing[0]}: found nothing, expected all of {', '.join(given)}, or none")
    if not _is_safe(given[ISSUER]):
        raise Unplaced(
            f"{ISSUER}: found {given[ISSUER][:99]!r}, expected an address such as"
            " https://accounts.google.com"
        )
    return Provider(given[ISSUER], given[CLIENT], given[SECRET])


def _is_safe(address: object) -> bool:
    """Whether nobody on the way can read or change what is sent to an address."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


class SingleSignOn:
    """Sends a browser to the provider, and finds out who came back."""

    def __init__(self, provider: Provider, clock: Callable[[], float] = time.time) -> None:
        self._provider, self._clock = provider, clock
        self._thread = ThreadPoolExecutor(MOST_AT_ONCE, "single-sign-on")
        self._known: Mapping[str, Any] = {}
        self._learned = float("-inf")

    async def leave(self, browser: str, back: str) -> str:
        """The address at the provider where somebody signs in.

        Args:
            browser: what only this browser brings.
            back: the address to which the provider sends it.

        Raises:
            ProviderAway: it cannot be reached.
        """
        return await self._off(partial(self._leave, browser, back))

    async def returned(self, browser: str, back: str, query: Mapping[str, str]) -> str:
        """The e-mail address of who came back.

        Args:
            query: what the provider put into the address.

        Raises:
            NotSignedIn: it is nobody, or came by a way of its own.
            ProviderAway: the provider cannot be reached.
        """
        return await self._off(partial(self._returned, browser, back, query))

    async def _off(self, work: Callable[[], str]) -> str:
        """The result of work in a thread: the provider may take its time."""
        running = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            return await running
        except (AuthlibBaseError, JoseError) as error:
            raise NotSignedIn(type(error).__name__) from error
        except (RequestException, ValueError, KeyError, TypeError) as error:
            raise ProviderAway(type(error).__name__) from error

    def _leave(self, browser: str, back: str) -> str:
        started = f"{int(self._clock())}.{secrets.token_urlsafe(16)}"
        state = _state(browser, started)
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=state,
                nonce=_derived("nonce", browser, state),
                code_verifier=_derived("verifier", browser, state),
            )
        return str(address)

    def _returned(self, browser: str, back: str, query: Mapping[str, str]) -> str:
        state = query.get("state", "")
        self._check_state(browser, state)
        if "code" not in query:
            raise NotSignedIn("the provider sent no code")
        if query.get("iss", self._provider.issuer) != self._provider.issuer:
            raise NotSignedIn("another provider sent the code")
        with self._client(back) as client:
            given = client.fetch_token(
                self._metadata()["token_endpoint"],
                code=query["code"],
                code_verifier=_derived("verifier", browser, state),
                timeout=SECONDS,
            )
        return self._email(given, _derived("nonce", browser, state))

    def _check_state(self, browser: str, state: str) -> None:
        """Refuse who did not leave from this browser, a short time ago."""
        started, _, _ = state.rpartition(".")
        if not secrets.compare_digest(_state(browser, started).encode(), state.encode()):
            raise NotSignedIn("the state is of another browser")
        if self._clock() - int(started.partition(".")[0]) > AWAY_SECONDS:
            raise NotSignedIn("the state is too old")

    def _email(self, given: Mapping[str, Any], nonce: str) -> str:
        """The address in an ID token, once the token is known to be the provider's, and for us."""
        if not isinstance(given.get("id_token"), str):
            raise NotSignedIn("there is no ID token")
        keys = KeySet.import_key_set(self._fetched(self._metadata()["jwks_uri"]))
        token = jwt.decode(given["id_token"], keys, algorithms=ALGORITHMS)
        wanted = {
            "iss": {"essential": True, "value": self._provider.issuer},
            "aud": {"essential": True, "value": self._provider.client},
        }
        also = {
            "nonce": nonce,
            "client_id": self._provider.client,
            "access_token": given.get("access_token"),
        }
        claims = CodeIDToken(token.claims, token.header, wanted, also)
        claims.validate(now=int(self._clock()), leeway=LEEWAY)
        email = claims.get("email")
        # Entra says nothing of it; its addresses are the school's own, as the issuer is.
        if not isinstance(email, str) or claims.get("email_verified", True) is not True:
            raise NotSignedIn("there is no e-mail address that the provider vouches for")
        return email.casefold()

    def _metadata(self) -> Mapping[str, Any]:
        """What the provider says of itself; asked each hour at the most.

        Raises:
            ValueError: it is another's, or leads where others can read.
        """
        now = self._clock()
        if not 0 <= now - self._learned < HOUR:
            found: Mapping[str, Any] = self._fetched(self._provider.issuer.rstrip("/") + DISCOVERY)
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if found["issuer"] != self._provider.issuer or not all(
                _is_safe(found[name]) for name in names
            ):
                raise ValueError("metadata")
            self._known, self._learned = found, now
        return self._known

    def _fetched(self, address: str) -> Any:
        with self._client("") as client:
            answer = client.get(
                address, withhold_token=True, timeout=SECONDS, allow_redirects=False
            )
        answer.raise_for_status()
        return answer.json()

    def _client(self, back: str) -> Any:
        return OAuth2Session(
            self._provider.client,
            self._provider.secret,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
        )


def _state(browser: str, started: str) -> str:
    """What the provider gives back unchanged: it tells the browser that left, and when."""
    return f"{started}.{_derived('state', browser, started)}"


def _derived(use: str, browser: str, what: str) -> str:
    """What only who has the browser's cookie can compute."""
    return kept(f"{use} {browser} {what}")
