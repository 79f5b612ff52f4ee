"""The chat page, the counselors' page and the loader: built files, served strictly."""

from __future__ import annotations

import gzip
import hashlib
import html
import mimetypes
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from channels.markup import Markup, inside, link, tag
from channels.messages import LONGEST_NAME, Refused, clean
from channels.sites import Sites, framed_by
from guides.school import CrisisLine, School

PAGE = Path(__file__).parent / "page"
"""What `web/` builds."""

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Names of encodings by preference, and the endings of the files that hold them."""

HTML = "text/html; charset=utf-8"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Other sites load the loader, some as a module; a sandboxed frame of ours has no origin at all.
OPEN_TO_ALL = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
FOR_EVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"
NEVER = "no-store"
NEVER_KEPT = {**ALWAYS, "Cache-Control": NEVER}

OURS = framed_by(())
"""The directive of a page that no other site may frame."""
Handler = Callable[[Request], Awaitable[HTTPResponse]]

NO_FILE = Refused(404, "no_file", "There is no such file.")

SNIPPET_KEYS = ("school", "guide", "topic", "colour", "position")
"""What a site may choose, as attributes of the loader and as words of an address."""
SPELLINGS = {"colour": "color", "guide": "career"}
"""Other words for them."""
WIDEST, HIGHEST = 420, 640
"""Pixels of the frame that other sites are offered."""


@dataclass(frozen=True)
class Asset:
    """One built file with what was compressed of it when it was built."""

    kind: str
    bodies: Mapping[str, bytes]

    def response(self, request: Request, headers: Mapping[str, str]) -> HTTPResponse:
        """The file in the best encoding that the browser takes."""
        taken = [part.partition(";")[0].strip() for part in _accepted(request).split(",")]
        encoding = next((name for name in ENCODINGS if name in taken and name in self.bodies), "")
        coded = {"Content-Encoding": encoding} if encoding else {}
        return HTTPResponse(
            self.bodies[encoding],
            headers={**headers, **coded, "Vary": "Accept-Encoding"},
            content_type=self.kind,
        )


def _accepted(request: Request) -> str:
    return str(request.headers.get("accept-encoding", ""))


def read_asset(file: Path) -> Asset:
    """A built file and its compressed siblings."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    siblings = {name: file.with_name(file.name + ending) for name, ending in ENCODINGS.items()}
    found = {name: path.read_bytes() for name, path in siblings.items() if path.exists()}
    return Asset(f"{kind}; charset=utf-8", {"": file.read_bytes(), **found})


@dataclass(frozen=True)
class Made:
    """What is made when it is asked for, and its tag: a weak one, as it is that of every encoding."""

    asset: Asset
    tag: str

    def response(self, request: Request, headers: Mapping[str, str]) -> HTTPResponse:
        """It, or that it is what the browser has already."""
        told = {**headers, "ETag": self.tag}
        if self._is_had(request):
            return HTTPResponse(status=304, headers={**told, "Vary": "Accept-Encoding"})
        return self.asset.response(request, told)

    def _is_had(self, request: Request) -> bool:
        given = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
        return bool(given & {self.tag, self.tag.removeprefix("W/"), "*"})


def made(text: str, kind: str) -> Made:
    """A text as it is sent, plain and packed."""
    body = text.encode()
    packed = gzip.compress(body, mtime=0)
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Made(Asset(kind, {"": body, "gzip": packed}), tag)


READ = ("GET", "HEAD")
"""Methods of what changes nothing; monitors and link checkers ask with HEAD."""


LOGOS = "/logos"
"""Where the schools' logos are."""
PICTURE = {**ALWAYS, "Content-Security-Policy": "default-src 'none'; sandbox"}


def add_pages(routes: Blueprint, sites: Sites) -> None:
    """Serve every page and file of the build."""
    _add_root(routes)
    _add_assets(routes)
    _add_logos(routes, sites)
    _add_html(routes, sites)
    _add_oembed(routes, sites)


def _add_root(routes: Blueprint) -> None:
    @routes.route("/", methods=READ)
    async def root(request: Request) -> HTTPResponse:
        return HTTPResponse(status=302, headers={**ALWAYS, "Location": "/chat"})


def _add_assets(routes: Blueprint) -> None:
    files = {file.name: read_asset(file) for file in (PAGE / "assets").iterdir() if _plain(file)}
    loader = read_asset(PAGE / "embed.js")

    @routes.route("/assets/<name:str>", methods=READ)
    async def asset(request: Request, name: str) -> HTTPResponse:
        if name not in files:
            return json_response(NO_FILE.body, status=NO_FILE.status, headers=NEVER_KEPT)
        return files[name].response(request, {**ALWAYS, **OPEN_TO_ALL, "Cache-Control": FOR_EVER})

    @routes.route("/embed.js", methods=READ)
    async def embed_script(request: Request) -> HTTPResponse:
        return loader.response(request, {**ALWAYS, **OPEN_TO_ALL, "Cache-Control": AN_HOUR})


def _add_logos(routes: Blueprint, sites: Sites) -> None:
    @routes.route(f"{LOGOS}/<name:str>", methods=READ)
    async def logo(request: Request, name: str) -> HTTPResponse:
        found = sites.schools.logo_named(name)
        if found is None:
            return json_response(NO_FILE.body, status=NO_FILE.status, headers=NEVER_KEPT)
        headers = {**PICTURE, "Cache-Control": FOR_EVER}
        return HTTPResponse(found.data, headers=headers, content_type=found.kind)


def _plain(file: Path) -> bool:
    return file.suffix not in ENCODINGS.values()


def _add_html(routes: Blueprint, sites: Sites) -> None:
    chat, embed, sample, unknown = (
        (PAGE / f"{name}.html").read_text(encoding="utf-8")
        for name in ("chat", "embed", "sample", "unknown")
    )

    def of_school(page: Callable[[Request, School], HTTPResponse]) -> Handler:
        """A page of the school that is asked for; where there is none, one that says so."""

        @wraps(page)
        async def answered(request: Request) -> HTTPResponse:
            try:
                return page(request, sites.school(request, request.args.get("school")))
            except Refused:
                return _page(unknown_school(unknown, request, sites), sites.frame_ancestors, 404)

        return answered

    @routes.route("/chat", methods=READ)
    @of_school
    def chat_page(request: Request, school: School) -> HTTPResponse:
        link = discovery(sites.origin(request), chosen(request))
        page = chat.replace("</head>", f"{link}</head>")
        return _page(page, framed_by(school.embed_sites), school=school)

    @routes.route("/embed", methods=READ)
    @of_school
    def embed_page(request: Request, school: School) -> HTTPResponse:
        return _page(embed, school=school)

    @routes.route("/embed/sample", methods=READ)
    @of_school
    def sample_page(request: Request, _: School) -> HTTPResponse:
        script = snippet(sites.origin(request), chosen(request))
        return _page(sample.replace("</body>", f"{script}</body>"))


def _page(
    body: str, shown: str = OURS, status: int = 200, school: School | None = None
) -> HTTPResponse:
    """A page; its script reads the name of its school from its root.

    Args:
        shown: the directive that says who may frame it.
    """
    if school and school.slug:
        body = body.replace("<html ", f'<html data-school="{school.slug}" ', 1)
    headers = {**ALWAYS, "Cache-Control": NEVER, "Content-Security-Policy": f"{POLICY}; {shown}"}
    return HTTPResponse(body, status, headers, content_type=HTML)


def document(name: str, head: str, body: str, **attributes: str | None) -> str:
    """A page in a frame that is built with its style.

    Args:
        name: of the frame, guide or desk.
        attributes: of the body, as `tag` takes them.
    """
    built = (PAGE / f"{name}.html").read_text(encoding="utf-8")
    start, _, rest = built.partition("<title>Guidepost</title>")
    style, _, end = rest.partition("<body></body>")
    return "".join([start, head, style, tag("body", Markup(body), **attributes), end])


def unknown_school(page: str, request: Request, sites: Sites) -> str:
    """What stands for a school that is not there: those that are, and help all the same."""
    schools, default = sites.schools.every(), sites.schools.default
    filled = {
        "schools": inside(
            *(tag("li", link(f"/chat?school={each.slug}", each.name)) for each in schools)
        ),
        "person": html.escape(default.person.name),
        "contact": html.escape(default.person.contact),
        "lines": inside(*(_line(each) for each in default.crisis_lines if each.always)),
        "asked": html.escape(clean(request.args.get("school", ""))[:LONGEST_NAME]),
    }
    for name, value in filled.items():
        page = page.replace(f"{{{{{name}}}}}", value)
    return page


def _line(line: CrisisLine) -> Markup:
    """An entry with the first way to reach it, of which each line has one."""
    text = f"sms:{line.text.to}" if line.text else line.site or ""
    way = link(f"tel:{line.call}" if line.call else text, line.how)
    return tag("li", f"{line.name}: ", way)


def chosen(request: Request) -> dict[str, str]:
    """What a site chose, from the address of a request."""
    return choices_in(dict(request.args))


def choices_in(given: Mapping[str, list[str]]) -> dict[str, str]:
    """What a site chose, from the words of an address."""
    found = {key: given.get(key) or given.get(SPELLINGS.get(key, "")) for key in SNIPPET_KEYS}
    return {key: values[0] for key, values in found.items() if values and values[0]}


def chat_address(origin: str, choices: Mapping[str, str]) -> str:
    """The address of the chat page with what a site chose."""
    return f"{origin}/chat?{urlencode(choices)}" if choices else f"{origin}/chat"


def snippet(origin: str, choices: Mapping[str, str]) -> str:
    """The one line that puts a launcher on a page."""
    named = "".join(f' data-{key}="{html.escape(value)}"' for key, value in choices.items())
    return f'<script src="{html.escape(origin)}/embed.js"{named} async></script>'


def discovery(origin: str, choices: Mapping[str, str]) -> str:
    """The link by which a blog finds the oEmbed answer for the page."""
    asked = urlencode({"url": chat_address(origin, choices), "format": "json"})
    address = html.escape(f"{origin}/oembed?{asked}")
    return (
        f'<link rel="alternate" type="application/json+oembed" href="{address}" title="Guidepost">'
    )


def _add_oembed(routes: Blueprint, sites: Sites) -> None:
    @routes.route("/oembed", methods=READ)
    async def oembed(request: Request) -> HTTPResponse:
        try:
            if request.args.get("format", "json") != "json":
                raise Refused(501, "only_json", "Ask with format=json.")
            return json_response(embedding(sites.origin(request), request), headers=NEVER_KEPT)
        except Refused as refused:
            return json_response(refused.body, status=refused.status, headers=NEVER_KEPT)


def embedding(origin: str, request: Request) -> dict[str, str | int]:
    """The oEmbed answer, type rich, for an address of the chat page (https://oembed.com).

    Raises:
        Refused: 400 for a broken address or size, 404 if the address is not one of this server's
            chat page.
    """
    width, height = _size(request, "maxwidth", WIDEST), _size(request, "maxheight", HIGHEST)
    try:
        asked = urlsplit(_one(request, "url", ""))
    except ValueError as error:
        raise Refused(400, "bad_url", 'Send "url" as an address.') from error
    if f"{asked.scheme}://{asked.netloc}" != origin or asked.path != "/chat":
        raise Refused(404, "no_chat", f'Send "url" as an address that starts with {origin}/chat.')
    choices = choices_in(parse_qs(asked.query))
    address = html.escape(chat_address(origin, choices))
    return {
        "version": "1.0",
        "type": "rich",
        "title": "Guidepost",
        "provider_name": "Guidepost",
        "provider_url": origin,
        "width": width,
        "height": height,
        "html": (
            f'<blockquote><a href="{address}">Guidepost</a></blockquote>'
            f'<iframe src="{address}" title="Guidepost" width="{width}" height="{height}"></iframe>'
        ),
    }


def _one(request: Request, name: str, usual: str) -> str:
    given = request.args.getlist(name, [usual])
    if len(given) > 1:
        raise Refused(400, "twice", f'Send "{name}" once.')
    return str(given[0])


def _size(request: Request, name: str, usual: int) -> int:
    asked = _one(request, name, str(usual))
    if not (asked.isascii() and asked.isdecimal()) or not 1 <= int(asked) <= 10000:
        raise Refused(400, "bad_size", f'Send "{name}" as a number of pixels.')
    return min(usual, int(asked))
