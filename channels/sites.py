"""Which other sites may show the chat, as browsers want to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sanic.request import Request

CROSS_ORIGIN = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type, X-Guidepost-Session",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "600",
}


class Sites:
    """The school's list of sites: exact origins, and the server's own beside them."""

    def __init__(self, allowed: Sequence[str], address: str | None = None) -> None:
        self.allowed = frozenset(allowed)
        self.address = address
        self.frame_ancestors = " ".join(["frame-ancestors 'self'", *allowed])
        """The directive of a content policy."""

    def cors(self, request: Request) -> Mapping[str, str]:
        """Headers that let a page of a listed site read the reply; none for any other."""
        origin = request.headers.get("origin")
        if origin not in self.allowed:
            return {"Vary": "Origin"}
        return {"Vary": "Origin", "Access-Control-Allow-Origin": origin, **CROSS_ORIGIN}

    def origin(self, request: Request) -> str:
        """Where browsers reach this server: the school's word, else what the request says."""
        return self.address or f"{request.scheme}://{request.host}"
