"""A real OpenID Connect provider for tests: authlib's server on loopback, which signs in at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from authlib.oauth2.rfc6749 import (
    AuthorizationCodeMixin,
    AuthorizationServer,
    ClientMixin,
    OAuth2Request,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import RSAKey

CLIENT, SECRET = "guidepost", "of the test"


class Client(ClientMixin):
    """The one client."""

    client_id = CLIENT

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, uri: str) -> bool:
        return uri.endswith("/desk/single/back")

    def check_client_secret(self, secret: str) -> bool:
        return secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):
    """What a browser brings back, good once."""

    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    user: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int | None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class Provider:
    """The provider, and what a test may change in it."""

    issuer: str = ""
    user: str = "jane@lincoln.example"
    """Who is signed in there."""
    claims: dict[str, Any] = field(default_factory=dict)
    """What else an ID token says, or says instead."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signs: RSAKey | None = None
    """The key that signs, where it is not the one that is published."""
    metadata: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        """What the provider says of itself."""
        places = {"authorization_endpoint": "auth", "token_endpoint": "token", "jwks_uri": "keys"}
        named = {name: f"{self.issuer}/{place}" for name, place in places.items()}
        return {"issuer": self.issuer, **named, **self.metadata}


class Asked(OAuth2Request):
    """A request, with the words of its address or its form."""

    def __init__(self, method: str, uri: str, data: dict[str, str], headers: Any) -> None:
        super().__init__(method, uri, headers=dict(headers))
        self.payload = BasicOAuth2Payload(data)

    @property
    def args(self) -> dict[str, str]:
        return self.payload.data

    form = args


class Server(AuthorizationServer):
    """authlib's server, without a framework."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(scopes_supported=["openid", "email"])
        self.provider = provider
        self.register_token_generator("default", BearerTokenGenerator(lambda *_, **__: "access"))
        self.register_grant(Grant, [Tokens(provider), CodeChallenge(required=True)])

    def query_client(self, client_id: str) -> Client | None:
        return Client() if client_id == CLIENT else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        """Nothing is asked with it."""

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: OAuth2Request) -> OAuth2Request:
        return request

    def handle_response(self, status: int, body: Any, headers: Any) -> tuple[int, Any, Any]:
        return status, body, headers


class Grant(AuthorizationCodeGrant):
    """Keeps the codes."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        data = request.payload.data
        kept = (data[name] for name in ("redirect_uri", "scope", "nonce", "code_challenge"))
        method = data["code_challenge_method"]
        self.server.provider.codes[code] = Code(*kept, method, request.user)

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return self.server.provider.codes.get(code)

    def delete_authorization_code(self, code: Code) -> None:
        codes = self.server.provider.codes
        codes.pop(next(key for key, value in codes.items() if value is code))

    def authenticate_user(self, code: Code) -> str:
        return code.user


class Tokens(OpenIDCode):
    """Signs ID tokens."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(require_nonce=True)
        self.provider = provider

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        return False

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        return self.provider.signs or self.provider.key

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self.provider.issuer, "aud": [CLIENT]}

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": "RS256", "kid": "1"}

    def generate_user_info(self, user: str, scope: str) -> UserInfo:
        told = {"sub": "1", "email": user, "email_verified": True, **self.provider.claims}
        return UserInfo(**told)


class Handler(BaseHTTPRequestHandler):
    """Passes requests to authlib's server."""

    server: Any

    def do_GET(self) -> None:
        provider: Provider = self.server.provider
        path = urlsplit(self.path).path
        if path == "/.well-known/openid-configuration":
            self._answer(200, provider.discovery(), [])
        elif path == "/keys":
            self._answer(200, {"keys": [provider.key.as_dict(private=False)]}, [])
        elif path == "/auth":
            query = dict(parse_qsl(urlsplit(self.path).query))
            asked = Asked("GET", provider.issuer + self.path, query, self.headers)
            grant = self.server.oauth.get_consent_grant(asked, provider.user)
            self._answer(
                *self.server.oauth.create_authorization_response(asked, provider.user, grant=grant)
            )
        else:
            self._answer(404, {}, [])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        address = self.server.provider.issuer + self.path
        asked = Asked("POST", address, dict(parse_qsl(body)), self.headers)
        self._answer(*self.server.oauth.create_token_response(asked))

    def _answer(self, status: int, body: Any, headers: Any) -> None:
        told = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        for name, value in headers:
            if name.lower() != "content-type":
                self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(host: str = "127.0.0.1") -> Iterator[Provider]:
    """A provider that runs, at a name of this machine."""
    found = Provider()
    with pytest.MonkeyPatch.context() as patch, ThreadingHTTPServer((host, 0), Handler) as http:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "true")  # of the server: it is on loopback
        found.issuer = f"http://{host}:{http.server_port}"
        http.provider, http.oauth = found, Server(found)  # type: ignore[attr-defined]
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield found
        http.shutdown()


def environment(provider: Provider) -> dict[str, str]:
    """What names the provider to the desk."""
    named = {"ISSUER": provider.issuer, "CLIENT": CLIENT, "SECRET": SECRET}
    return {f"GUIDEPOST_OIDC_{name}": value for name, value in named.items()}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A running provider, which the environment names."""
    with running() as found:
        for name, value in environment(found).items():
            monkeypatch.setenv(name, value)
        yield found
