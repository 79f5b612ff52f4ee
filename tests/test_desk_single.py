"""Single sign-on at the desk, with a real provider: who comes in, and what is not believed."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from joserfc.jwk import RSAKey
from sanic.response import HTTPResponse

from conversations.database import Unplaced
from desk import oidc
from desk.door import Desk
from desk.oidc import AWAY_SECONDS, CLIENT, ISSUER, SECRET
from desk.single import BACK, LEAVE
from guides import watching
from guides.loading import Guides
from serving.checks import fault_of_provider
from tests.desks import ORIGIN, Browser, Clock, counselor, desk_in, text_of
from tests.provider import Provider
from tests.provider import provider as provider  # a fixture

JANE = "jane@lincoln.example"


class Stays(HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture
def clock() -> Clock:
    """The time of the provider, too."""
    clock = Clock()
    clock.now = time.time()
    return clock


@pytest.fixture
def desk(
    tmp_path: Path,
    guides: Guides,
    clock: Clock,
    provider: Provider,
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    """A desk with a provider."""
    monkeypatch.setattr(watching, "SECONDS", 0)
    monkeypatch.setenv("GUIDEPOST_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("GUIDEPOST_DATABASE", raising=False)
    return desk_in(tmp_path, guides, clock)


async def left(browser: Browser) -> str:
    """The address at the provider to which a browser is sent."""
    answer = await browser.ask(LEAVE)
    assert answer.status == 303, text_of(answer)
    return str(answer.headers["Location"])


def signed_in_there(address: str) -> str:
    """The address with which the provider sends the browser back."""
    try:
        build_opener(Stays).open(address, timeout=10)
    except HTTPError as redirect:
        assert redirect.code == 302, redirect.read()
        return str(redirect.headers["Location"])
    raise AssertionError("the provider sent nobody back")


async def came_back(browser: Browser, address: str) -> HTTPResponse:
    """What a browser gets that is sent back: first without its cookies, as it comes from there."""
    path = address.removeprefix(ORIGIN)
    kept, browser.cookies = browser.cookies, {}
    answer = await browser.ask(path, headers={"sec-fetch-site": "cross-site"})
    browser.cookies |= kept
    on = re.search(r'content="0; url=([^"]+)"', text_of(answer))
    assert answer.status == 200 and on
    return await browser.ask(on[1].replace("&amp;", "&"))


async def comes_in(desk: Desk, browser: Browser | None = None) -> HTTPResponse:
    """The whole way."""
    browser = browser or Browser(desk)
    return await came_back(browser, signed_in_there(await left(browser)))


async def test_a_counselor_comes_in_by_the_provider(desk: Desk) -> None:
    """To her own school, by the address that her account has."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    browser = Browser(desk)
    assert f'href="{LEAVE}"' in text_of(await browser.ask("/desk/sign-in"))
    answer = await comes_in(desk, browser)
    assert answer.headers["Location"] == "/desk"
    assert "Lincoln High" in text_of(await browser.ask("/desk"))


async def test_what_is_asked_of_the_provider(desk: Desk, provider: Provider) -> None:
    """A code with PKCE, bound to state and nonce, for the address alone; all anew each time."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    browser = Browser(desk)
    addresses = [await left(browser) for _ in range(2)]
    assert addresses[0].startswith(f"{provider.issuer}/auth?")
    asked = [dict(parse_qsl(urlsplit(address).query)) for address in addresses]
    assert asked[0]["response_type"] == "code" and asked[0]["scope"] == "openid email"
    assert asked[0]["code_challenge_method"] == "S256"
    assert asked[0]["redirect_uri"] == f"{ORIGIN}{BACK}"
    assert all(asked[0][name] != asked[1][name] for name in ("state", "nonce", "code_challenge"))


async def test_no_account_is_made_by_itself(desk: Desk, provider: Provider) -> None:
    """Whoever has none is told so; an address counts in any case of letters."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    provider.user = "somebody@lincoln.example"
    answer = await comes_in(desk)
    assert answer.status == 403 and "Nobody has an account here" in text_of(answer)
    provider.user = JANE.upper()
    assert (await comes_in(desk)).status == 303


LIES = {
    "another issuer": {"iss": "https://evil.example"},
    "for another client": {"aud": ["other"]},
    "for another client, it says by us": {"aud": ["other"], "azp": "guidepost"},
    "for others too": {"aud": ["guidepost", "other"]},
    "from another client": {"azp": "other"},
    "too old": {"exp": 1},
    "no end": {"exp": None},
    "from tomorrow": {"iat": time.time() + 90_000},
    "another nonce": {"nonce": "other"},
    "no nonce": {"nonce": None},
    "another access token": {"at_hash": "b3RoZXI"},
    "an address nobody vouches for": {"email_verified": False},
    "an address vouched for by a word": {"email_verified": "false"},
    "no address": {"email": None},
    "addresses": {"email": [JANE]},
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_token_that_lies_is_not_believed(desk: Desk, provider: Provider, lie: str) -> None:
    """Each claim is checked, though the signature is right."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    provider.claims = LIES[lie]
    answer = await comes_in(desk)
    assert answer.status == 403 and "You were not signed in there" in text_of(answer)


async def test_a_token_of_another_key_is_not_believed(desk: Desk, provider: Provider) -> None:
    """Only the published one signs."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    provider.signs = RSAKey.generate_key(2048, {"kid": "1"})
    assert (await comes_in(desk)).status == 403
    provider.signs = None
    assert (await comes_in(desk)).status == 303


async def test_a_code_is_good_for_its_browser_once(desk: Desk) -> None:
    """Not for another's, who was sent the address; not twice; not late; not with another state."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    attacker, victim = Browser(desk), Browser(desk)
    address = signed_in_there(await left(attacker))
    await left(victim)
    assert (await came_back(victim, address)).status == 403
    assert (await came_back(attacker, address)).status == 303
    assert (await came_back(attacker, address)).status == 403
    other = dict(parse_qsl(urlsplit(await left(victim)).query))["state"]
    code = parse_qs(urlsplit(signed_in_there(await left(attacker))).query)["code"][0]
    mixed = f"{ORIGIN}{BACK}?{urlencode({'code': code, 'state': other})}"
    assert (await came_back(victim, mixed)).status == 403  # PKCE and nonce are of the other


async def test_a_way_back_that_takes_too_long_is_closed(desk: Desk, clock: Clock) -> None:
    """Ten minutes."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    browser = Browser(desk)
    address = signed_in_there(await left(browser))
    clock.now += AWAY_SECONDS + 1
    assert (await came_back(browser, address)).status == 403


@pytest.mark.parametrize(
    "query",
    [
        "",
        "code=a",
        "state=a",
        "code=a&state=b",
        "code=a&state=1.b.c",
        "error=access_denied&state=a",
        "code=%00&state=%00",
        "code=a&code=b&state=c",
        "state=" + "a" * 5_000,
        "code=%22%3E%3Cscript%3E&state=x",
    ],
    ids=lambda query: query[:20],
)
async def test_a_made_up_way_back_leads_nowhere(desk: Desk, query: str) -> None:
    """Whatever stands in the address."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    browser = Browser(desk)
    await browser.ask("/desk/sign-in")
    first = await browser.ask(f"{BACK}?{query}")
    assert first.status in (200, 400) and "<script" not in text_of(first)
    answer = await browser.ask(f"{BACK}?{query}&arrived=1")
    assert answer.status in (400, 403) and "<script" not in text_of(answer)


async def test_a_denial_is_said(desk: Desk) -> None:
    """Who says no at the provider stays out, with the browser's own state too."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    browser = Browser(desk)
    state = dict(parse_qsl(urlsplit(await left(browser)).query))["state"]
    denied = f"{ORIGIN}{BACK}?{urlencode({'error': 'access_denied', 'state': state})}"
    assert (await came_back(browser, denied)).status == 403


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "http://evil.example/keys"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
async def test_a_provider_that_is_another_is_not_asked(
    desk: Desk, provider: Provider, metadata: dict[str, str | None]
) -> None:
    """Or one that leads where others can read."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    provider.metadata = metadata
    answer = await Browser(desk).ask(LEAVE)
    assert answer.status == 503 and "cannot be reached" in text_of(answer)


async def test_a_provider_that_is_away_is_said(
    desk: Desk, provider: Provider, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password still leads in."""
    name = await counselor(desk, "Jane Doe", "lincoln", JANE)
    monkeypatch.setattr(oidc, "DISCOVERY", "/nowhere")
    assert (await Browser(desk).ask(LEAVE)).status == 503
    assert (await Browser(desk).sign_in(name, "lincoln")).status == 303


async def test_the_provider_is_not_asked_too_often(desk: Desk) -> None:
    """By who asks again and again."""
    await counselor(desk, "Jane Doe", "lincoln", JANE)
    statuses = [(await Browser(desk).ask(LEAVE)).status for _ in range(25)]
    assert statuses[:20] == [303] * 20 and statuses[-1] == 429


def test_without_a_provider_there_is_no_way(
    tmp_path: Path, guides: Guides, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is registered."""
    for name in (ISSUER, CLIENT, SECRET):
        monkeypatch.delenv(name, raising=False)
    desk = desk_in(tmp_path, guides, clock)
    assert not desk.ways_in and (LEAVE, "GET") not in desk.table


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        (SECRET, "", f"{SECRET}: found nothing, expected all of"),
        (CLIENT, " ", f"{CLIENT}: found nothing, expected all of"),
        (ISSUER, "http://accounts.example", f"{ISSUER}: found 'http://accounts.example', expected"),
        (ISSUER, "accounts.google.com", f"{ISSUER}: found 'accounts.google.com', expected"),
    ],
)
def test_a_provider_in_part_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, fault: str
) -> None:
    """Named at the start, with what is expected; the secret is never repeated."""
    for each, usual in (
        (ISSUER, "https://accounts.example"), (CLIENT, "client"), (SECRET, "s3cret"),
    ):  # fmt: skip
        monkeypatch.setenv(each, value if each == name else usual)
    said = fault_of_provider()
    assert said and said.startswith(fault) and "s3cret" not in said
    with pytest.raises(Unplaced):
        oidc.provider()
