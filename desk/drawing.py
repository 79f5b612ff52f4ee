"""The HTML of the desk's pages, without any script: the frame of all, and forms with their fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default

from channels.markup import Markup, inside, link, tag
from channels.pages import LOGOS, document
from desk.forms import WITH_FILES
from desk.words import WORDS, word
from guides.school import School
from guides.schools import Logo

ROOT = "/desk"
SIGN_IN, SIGN_OUT = f"{ROOT}/sign-in", f"{ROOT}/sign-out"
MAIN = "content"
"""Where the link goes that skips the head of a page."""
TOKEN = "token"
"""The field of a form that holds the token against forgery."""

Children = Sequence[str]


@dataclass(frozen=True)
class Page:
    """What a page shows below the head that all have."""

    title: str
    main: Children
    status: int = 200
    headers: Mapping[str, str] = default(default_factory=dict)
    """What is sent beside those of every page."""
    refresh: str = ""
    """An address that the browser opens at once."""


@dataclass(frozen=True)
class Frame:
    """What stands around a page: whose it is, and where else one can go."""

    token: str = ""
    """Of the form to sign out."""
    school: School | None = None
    logo: Logo | None = None
    name: str = ""
    """The counselor's; empty where nobody is signed in."""
    ways: Sequence[tuple[str, str]] = ()
    """Sections and their addresses, in the order of words.yml."""
    section: str | None = None
    notice: str = ""
    """A name of words.yml, `notices`."""


def draw(page: Page, frame: Frame) -> str:
    """The whole page."""
    said = WORDS.labels("notices").get(frame.notice)
    body = inside(
        tag("a", word("desk", "skip"), href=f"#{MAIN}", class_="skip"),
        tag("header", *_head(frame)),
        tag(
            "main",
            *([tag("p", said, class_="notice", role="status")] if said else []),
            tag("h1", page.title),
            *page.main,
            id=MAIN,
            tabindex="-1",
        ),
    )
    title = tag("title", f"{page.title} | {word('desk', 'title')} | {word('desk', 'brand')}")
    refresh = tag("meta", http_equiv="refresh", content=f"0; url={page.refresh}")
    head = inside(title, *([refresh] if page.refresh else []))
    colour = frame.school.colour if frame.school else None
    return document("desk", head, body, data_colour=colour)


def _head(frame: Frame) -> Iterable[Markup]:
    logo = frame.logo and tag("img", src=f"{LOGOS}/{frame.logo.name}", alt="", class_="logo")
    named = tag("strong", frame.school.name if frame.school else word("desk", "brand"))
    whose = tag("p", *([logo] if logo else []), named, " ", tag("span", word("desk", "title")))
    if not frame.name:
        yield whose
        return
    out = form(SIGN_OUT, frame.token, button(word("desk", "sign_out"), "plain"))
    who = tag("p", word("desk", "signed_in", name=frame.name))
    yield tag("div", whose, tag("div", who, out, class_="who"), class_="bar")
    yield tag(
        "nav",
        tag("ul", *(tag("li", _way(frame, *way)) for way in frame.ways)),
        aria_label=word("desk", "sections"),
    )


def _way(frame: Frame, section: str, address: str) -> Markup:
    here = "page" if section == frame.section else None
    return tag("a", word("sections", section), href=address, aria_current=here)


def form(action: str, token: str, *children: str, files: bool = False) -> Markup:
    """A form that is sent to an address of the desk, with the token that it needs.

    Args:
        files: whether a field of it takes a file; so it stands with `Desk.form` too.
    """
    kind = WITH_FILES if files else None
    return tag("form", hidden(TOKEN, token), *children, method="post", action=action, enctype=kind)


def button(words: str, look: str | None = None, **more: str | None) -> Markup:
    """What sends a form.

    Args:
        look: plain for one beside others, danger for what deletes.
        more: further attributes, such as name and value of one among several.
    """
    return tag("button", words, class_=look, **more)


def hidden(name: str, value: str) -> Markup:
    """A field that nobody sees."""
    return tag("input", type="hidden", name=name, value=value)


def card(heading: str, *children: str) -> Markup:
    """A part of a page, with its heading."""
    return tag("section", tag("h2", heading), *children)


def alert(words: str, *children: str) -> Markup:
    """What went wrong with a form, above it; children stand below the words."""
    return tag("div", tag("p", words), *children, class_="fault", role="alert")


def bullets(entries: Iterable[str]) -> Markup:
    """A list."""
    return tag("ul", *(tag("li", entry) for entry in entries))


def field(
    name: str,
    label: str,
    value: str = "",
    *,
    hint: str = "",
    fault: str = "",
    kind: str = "text",
    lines: int = 1,
    **more: str | None,
) -> Markup:
    """A field with its label, a hint, and what is wrong with what was typed.

    Args:
        kind: as in the `type` of an input.
        lines: more than one make it a field for a longer text.
        more: further attributes, such as maxlength, autocomplete, required="".
    """
    common = {"id": name, "name": name, **_told_by(name, hint, fault), **more}
    box = (
        tag("textarea", f"\n{value}", rows=str(lines), **common)  # HTML drops the first line break
        if lines > 1
        else tag("input", type=kind, value=value, **common)
    )
    return _labelled(name, label, box, hint, fault)


def choice(
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    chosen: str = "",
    hint: str = "",
    fault: str = "",
    id: str = "",
) -> Markup:
    """A list to choose one from; each option is a value and its words.

    Args:
        id: where a page has several of the name.
    """
    id = id or name
    drawn = (
        tag("option", words, value=value, selected="" if value == chosen else None)
        for value, words in options
    )
    box = tag("select", *drawn, id=id, name=name, **_told_by(id, hint, fault))
    return _labelled(id, label, box, hint, fault)


def _told_by(name: str, hint: str, fault: str) -> dict[str, str | None]:
    """The attributes that tie a field to its hint, and to what is wrong with it."""
    told = [each for each, words in ((f"{name}-hint", hint), (f"{name}-fault", fault)) if words]
    return {
        "aria_describedby": " ".join(told) or None,
        "aria_invalid": "true" if fault else None,
    }


def _labelled(name: str, label: str, box: Markup, hint: str = "", fault: str = "") -> Markup:
    more = [
        tag("p", words, id=f"{name}-{look}", class_=look)
        for look, words in (("hint", hint), ("fault", fault))
        if words
    ]
    return tag("div", tag("label", label, for_=name), *more, box, class_="field")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table; the first cell of each row names it."""
    head = tag("tr", *(tag("th", column, scope="col") for column in columns))
    body = (
        tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in rest))
        for first, *rest in rows
    )
    drawn = tag("table", tag("thead", head), tag("tbody", *body))
    # On a phone it may be wider than the page: then it is moved, by keyboard too.
    label = word("desk", "table")
    return tag("div", drawn, class_="wide", role="group", tabindex="0", aria_label=label)


def ways(*links: tuple[str, str]) -> Markup:
    """Links that are drawn as buttons: addresses and words."""
    return tag("p", *(tag("a", words, href=to, class_="way") for to, words in links), class_="ways")


def denied(code: str, status: int, headers: Mapping[str, str] | None = None) -> Page:
    """A page that says why not."""
    main = [tag("p", word("denied", code)), tag("p", link(ROOT, word("denied", "back")))]
    return Page(word("denied", "title"), main, status, headers or {})


def on_the_way(address: str = ROOT) -> Page:
    """A page that opens another of the desk: from here the browser sends its cookies."""
    main = [tag("p", link(address, word("desk", "go_on")))]
    return Page(word("desk", "title"), main, refresh=address)


def no_school() -> Page:
    """That the school of an account is gone."""
    told = tag("p", word("no_school", "text"))
    return Page(word("no_school", "title"), [told, ways((SIGN_IN, word("sign_in", "title")))])
