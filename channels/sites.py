"""Which other sites may show the chat, as browsers want to be told, and of which school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanic.request import Request

from channels.messages import Refused
from guides.school import School
from guides.schools import Schools

CROSS_ORIGIN = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type, X-Guidepost-Session",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "600",
}
MOST_NAMED = 100
"""Schools that an error names."""


class Sites:
    """The sites of every school: exact origins, and the server's own beside them."""

    def __init__(self, schools: Schools) -> None:
        self.schools = schools
        self.address = schools.default.address

    def cors(self, request: Request) -> Mapping[str, str]:
        """Headers that let a page of a listed site read the reply; none for any other.

        What a site of one school may not have of another's, `school` and `may_use` refuse.
        """
        origin = request.headers.get("origin", "")
        if origin not in self.schools.sites():
            return {"Vary": "Origin"}
        return {"Vary": "Origin", "Access-Control-Allow-Origin": origin, **CROSS_ORIGIN}

    @property
    def frame_ancestors(self) -> str:
        """The directive of a page that is of no school: all sites may show it."""
        return framed_by(self.schools.sites())

    def origin(self, request: Request) -> str:
        """Where browsers reach this server: the school's word, else what the request says."""
        return self.address or f"{request.scheme}://{request.host}"

    def school(self, request: Request, slug: object) -> School:
        """The school that a request names, else that of the site that it comes from.

        Raises:
            Refused: 400 if there is no such school, 403 if it does not list the site.
        """
        if slug is None or slug == "":
            return self.schools.of_site(_site(request))
        school = self.schools.named(slug)
        if school is None:
            names = ", ".join([each.slug for each in self.schools.every()][:MOST_NAMED])
            remedy = f'Send "school" as one of: {names}.' if names else 'Leave "school" out.'
            raise Refused(400, "no_school", f"There is no such school here. {remedy}")
        if not self.may_use(request, school):
            raise Refused(403, "other_school", "This site is not one of that school's.")
        return school

    def may_use(self, request: Request, school: School) -> bool:
        """Whether a page may go on with a session of a school: not that of another's site."""
        origin = request.headers.get("origin", "")
        at_home = origin.partition("://")[2] == request.host or origin == self.address
        return at_home or origin in school.embed_sites or origin not in self.schools.sites()


def _site(request: Request) -> str:
    """The origin of the page that a request comes from."""
    came = request.headers.get("origin") or request.headers.get("referer", "")
    return "/".join(came.split("/", 3)[:3])


def framed_by(sites: Iterable[str]) -> str:
    """The directive of a content policy that lets sites show a page, beside our own."""
    return " ".join(["frame-ancestors 'self'", *sites])
