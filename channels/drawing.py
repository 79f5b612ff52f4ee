"""The HTML of a guide's page and sheets, of the list of all guides, and of a guide that is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from textwrap import shorten

import segno

from answers.blocks import Block, blocks
from answers.labels import labels
from answers.lesson_sheet import LessonQuestion, lesson_questions, lesson_words
from answers.page import (
    LAST,
    Page,
    Part,
    Table,
    group_words,
    head_of,
    list_words,
    page,
    unknown_words,
)
from answers.sheet import code_words, sheet
from channels.careers import career_list
from channels.markup import Markup, data, inside, link, tag
from channels.occupation import occupation
from channels.pages import chat_address, document
from guides.library import well_known
from guides.loading import Guides
from guides.schema import Guide
from understanding.topics import TOPICS

WORDS = labels("page_words")
ROOT = "/guides"
SHEET, LESSON, KEY = "/sheet", "/lesson", "/lesson/key"
"""Where the sheets of a guide are, below its page."""
MAIN = "content"
"""Where the link goes that skips the head of a page."""
NAMED = 5
"""Guides that are named to who asks for one that is none."""
LONGEST_DESCRIPTION = 300
"""Characters of what a page says of itself to search engines."""
LINES = 2
"""Lines to write on, below a question of a lesson."""
ELEMENTS = {"list": "ul", "steps": "ol"}
"""What a block of lines is in HTML."""
QUIET = 4
"""Modules of white around a code, as scanners need it."""

Links = Mapping[str, str]
"""Addresses by the words that lead there."""


def guide_address(origin: str, slug: str, below: str = "", school: str = "") -> str:
    """Where a guide's page is, or one `below` it; an origin of "" makes it one of the same server.

    Args:
        school: the name of the school whose chat its links open; none for that of school.yml.
    """
    return f"{origin}{ROOT}/{slug}{below}{f'?school={school}' if school else ''}"


def _chat(school: str, **choices: str) -> str:
    """Where the chat of a school is."""
    return chat_address("", {**({"school": school} if school else {}), **choices})


def draw_guide(guides: Guides, guide: Guide, origin: str, school: str = "") -> str:
    """The whole guide; its links open the chat of a school."""
    told, address = page(guide), guide_address(origin, guide.slug)
    links: Links = {
        each.title: guide_address("", each.slug, school=school)
        for each in guide.related or []
        if each.slug in guides
    }
    groups = [
        (group, [*parts])
        for group, parts in groupby(told.parts, lambda part: TOPICS[part.topic].group or "")
    ]
    main = (
        tag("h1", guide.title),
        *_blocks(blocks(told.lead.text), {}, "lead"),
        *_sources(told.lead),
        _ways(
            (_chat(school, guide=guide.slug), WORDS["chat"]),
            (guide_address("", guide.slug, SHEET, school), WORDS["sheet"]),
            (guide_address("", guide.slug, LESSON, school), WORDS["lesson"]),
        ),
        _asked(told),
        _contents(
            [
                *(group for group, _ in groups),
                *([WORDS["lacking"]] if told.lacking else []),
                told.last.title,
            ]
        ),
        *(_group(group, [_part(part, links) for part in parts]) for group, parts in groups),
        _lacking(told.lacking),
        _last(told),
    )
    head = _head(told.head, told.description, address, data(occupation(guide, address)))
    return document("guide", head, _frame(main, WORDS["skip"]))


def _asked(told: Page) -> Markup:
    """The questions that are asked often, each with the way to its answer."""
    shown = {told.lead.topic: MAIN, LAST: LAST, **{part.topic: part.topic for part in told.parts}}
    asked = [each for each in told.guide.faq or [] if each.topic in shown]
    entries = [link(f"#{shown[each.topic]}", each.question) for each in asked]
    return _nav(WORDS["asked"], entries) if entries else Markup()


def _contents(groups: Sequence[str]) -> Markup:
    return _nav(WORDS["contents"], [link(f"#{_anchor(group)}", group) for group in groups])


def _nav(heading: str, entries: Iterable[str]) -> Markup:
    listed = tag("ul", *(tag("li", entry) for entry in entries))
    return tag("nav", tag("h2", heading), listed, aria_label=heading)


def _group(heading: str, parts: Iterable[str]) -> Markup:
    return tag("section", tag("h2", heading, id=_anchor(heading)), *parts)


def _anchor(heading: str) -> str:
    return re.sub(r"\W+", "-", heading.lower()).strip("-")


def _part(part: Part, links: Links) -> Markup:
    body = part_body(part, links)
    return tag("section", tag("h3", part.title), *body, id=part.topic, class_="part")


def part_body(part: Part, links: Links) -> tuple[Markup, ...]:
    """What a guide says on a topic, below its heading."""
    return (*_blocks(blocks(part.text), links), *map(_table, part.tables), *_sources(part))


def _sources(part: Part) -> list[Markup]:
    return [tag("p", source, class_="source") for source in part.sources]


def _blocks(told: Iterable[Block], links: Links, look: str | None = None) -> list[Markup]:
    return [each for block in told for each in _block(block, links, look)]


def _block(block: Block, links: Links, look: str | None) -> list[Markup]:
    if block.kind == "text":
        return [tag("p", line, class_=look) for line in block.lines]
    entries = (link(links[line], line) if line in links else line for line in block.told())
    return [tag(ELEMENTS[block.kind], *(tag("li", entry) for entry in entries))]


def _table(table: Table) -> Markup:
    head = tag("tr", *(tag("th", name, scope="col") for name in table.columns))
    rows = (
        tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in rest))
        for first, *rest in table.rows
    )
    note = tag("p", table.note, class_="note") if table.note else Markup()
    return inside(
        tag("table", tag("caption", table.caption), tag("thead", head), tag("tbody", *rows)), note
    )


def _lacking(titles: Sequence[str]) -> Markup:
    if not titles:
        return Markup()
    entries = tag("ul", *(tag("li", title) for title in titles), class_="lacking")
    return _group(WORDS["lacking"], [tag("p", WORDS["not_made_up"]), entries])


def _last(told: Page) -> Markup:
    """The works, and what they prove."""
    works = (
        _work(work.publisher, work.title, work.kind, work.url) for work in told.guide.sources.works
    )
    heading = tag("h2", told.last.title, id=_anchor(told.last.title))
    return tag("section", heading, tag("ol", *works), *_blocks(blocks(told.last.text), {}))


def _work(publisher: str, title: str, kind: str, url: str | None) -> Markup:
    named = tag("a", title, href=url, rel="noopener") if url else title
    return tag("li", tag("cite", named), " ", tag("span", f"{publisher} ({kind})", class_="soft"))


def draw_sheet(guide: Guide, origin: str, school: str = "") -> str:
    """The guide on one printed page; its code opens the chat of a school."""
    told, own = sheet(guide), guide_address(origin, guide.slug)
    lines = (tag("p", line) for line in (told.lacking, told.more) if line)
    top = (tag("h1", guide.title), tag("p", told.summary, class_="lead"), *lines)
    works = "; ".join(f"{work.publisher}: {work.title}" for work in guide.sources.works)
    credits_ = dict.fromkeys(work.credit for work in guide.sources.works if work.credit)
    parts = (
        tag("section", tag("h2", part.title), *_blocks(part.blocks, {})) for part in told.parts
    )
    main = (
        tag("div", tag("div", *top), _code(origin, guide, school), class_="top"),
        tag("div", *parts, class_="columns"),
        tag(
            "p",
            f"{TOPICS[LAST].title}: {works}. {guide.sources.note}",
            *(f" {each}" for each in credits_),
            class_="small",
        ),
    )
    whole = _ways((guide_address("", guide.slug, school=school), WORDS["whole"]))
    words = tag("p", WORDS["print"], class_="soft")
    head = _head(head_of(guide), guide.snapshot.summary, own)
    body = _frame(main, WORDS["skip"], tag("div", words, whole, class_="screen"))
    return document("guide", head, body, class_="sheet")


def _code(origin: str, guide: Guide, school: str) -> Markup:
    """A code that opens the chat of a school, and its address for who types."""
    way = _chat(school, guide=guide.slug)
    drawn = segno.make(f"{origin}{way}", error="m", micro=False)
    svg = Markup(drawn.svg_inline(border=QUIET, dark="#000", light="#fff", omitsize=True))
    picture = tag("span", svg, role="img", aria_label=code_words(f"{origin}{way}"), class_="code")
    path, mark, query = way.partition("?")
    address = tag("span", origin, tag("wbr"), path, tag("wbr"), mark, query)
    said = tag("figcaption", tag("strong", WORDS["ask"]), " ", WORDS["scan"], " ", address)
    return tag("figure", picture, said)


def draw_lesson(guide: Guide, origin: str, school: str = "") -> str:
    """Ten questions to find out by chat, with room to write; its code opens the chat of a school."""
    blanks = (tag("span", WORDS[name], _line()) for name in ("lesson_name", "lesson_date"))
    top = (
        tag("h1", guide.title),
        tag("p", WORDS["lesson_how"], class_="lead"),
        tag("p", *blanks, class_="blanks"),
    )
    room = tag("div", *([_line()] * LINES), class_="room")
    asked = (tag("li", each.text, room) for each in lesson_questions(guide))
    main = (
        tag("div", tag("div", *top), _code(origin, guide, school), class_="top"),
        tag("ol", *asked, class_="lesson"),
    )
    ways = _ways(
        (guide_address("", guide.slug, KEY, school), WORDS["key"]),
        (guide_address("", guide.slug, school=school), WORDS["whole"]),
    )
    head = _lesson_head("head", guide, guide_address(origin, guide.slug, LESSON))
    return _lesson_page(head, main, ways)


def draw_key(guide: Guide, origin: str, school: str = "") -> str:
    """The answers of a lesson sheet, each with what it rests on; search engines leave it out."""
    main = (
        tag("h1", lesson_words(guide)["key_head"]),
        tag("p", WORDS["key_how"], class_="lead"),
        tag("ol", *map(_answered, lesson_questions(guide)), class_="lesson"),
    )
    ways = _ways((guide_address("", guide.slug, LESSON, school), WORDS["lesson_whole"]))
    hidden = tag("meta", name="robots", content="noindex")
    head = _lesson_head("key_head", guide, guide_address(origin, guide.slug, KEY), hidden)
    return _lesson_page(head, main, ways)


def _answered(each: LessonQuestion) -> Markup:
    beside = [tag("p", each.beside, class_="note")] if each.beside else []
    sources = [tag("p", source, class_="source") for source in each.sources]
    told = tag("div", *_blocks(each.key, {}), class_="told")
    return tag("li", tag("p", tag("strong", each.text)), told, *beside, *sources)


def _line() -> Markup:
    """A line to write on."""
    return tag("span", class_="line")


def _lesson_head(name: str, guide: Guide, address: str, *more: str) -> Markup:
    words = lesson_words(guide)
    return _head(words[name], words["description"], address, *more)


def _lesson_page(head: str, main: Iterable[str], ways: str) -> str:
    words = tag("p", WORDS["lesson_print"], class_="soft")
    drawn = _frame(main, WORDS["skip_list"], tag("div", words, ways))
    return document("guide", head, drawn, class_="paper")


def draw_list(guides: Guides, school: str = "") -> Callable[[str], str]:
    """All guides by group; the page of an origin comes from it at once."""
    listed, words = career_list(guides), list_words(len(guides))
    careers = sorted(listed["careers"], key=lambda career: str(career["title"]).lower())
    groups = [
        (group, [career for career in careers if place in career["groups"]])
        for place, group in enumerate(listed["groups"])
    ]
    groups.append((WORDS["other"], [career for career in careers if not career["groups"]]))
    named = [(group_words(group, len(some)), some) for group, some in groups if some]
    main = (
        tag("h1", WORDS["careers"]),
        tag("p", words["description"], class_="lead"),
        _ways((_chat(school), WORDS["ask"])),
        _nav(WORDS["groups"], [link(f"#{_anchor(heading)}", heading) for heading, _ in named]),
        *(_group(heading, [_careers(some, school)]) for heading, some in named),
    )
    drawn = _frame(main, WORDS["skip_list"])

    def of_origin(origin: str) -> str:
        head = _head(words["head"], words["description"], f"{origin}{ROOT}")
        return document("guide", head, drawn)

    return of_origin


def _careers(careers: Iterable[Mapping[str, str]], school: str) -> Markup:
    links = (
        link(guide_address("", each["slug"], school=school), each["title"]) for each in careers
    )
    return tag("ul", *(tag("li", each) for each in links), class_="careers")


def draw_unknown(guides: Guides, name: str) -> str:
    """That there is no such guide, and where all are."""
    known = [link(guide_address("", each.slug), each.title) for each in well_known(guides, NAMED)]
    main = (
        tag("h1", WORDS["not_found"]),
        *(tag("p", text) for text in unknown_words(name, len(guides))),
        tag("ul", *(tag("li", each) for each in known)),
        _ways((ROOT, WORDS["list"])),
    )
    return document("guide", tag("title", WORDS["not_found"]), _frame(main, WORDS["skip"]))


def _ways(*ways: tuple[str, str]) -> Markup:
    """Links that are drawn as buttons."""
    return tag(
        "p",
        *(tag("a", words, href=address, class_="way") for address, words in ways),
        class_="ways",
    )


def _head(title: str, description: str, address: str, *more: str) -> Markup:
    short = shorten(description, LONGEST_DESCRIPTION, placeholder="...")
    return inside(
        tag("title", f"{title} | {WORDS['brand']}"),
        tag("meta", name="description", content=short),
        tag("link", rel="canonical", href=address),
        *more,
    )


def _frame(main: Iterable[str], skip: str, above: str = "") -> Markup:
    """What stands around the middle of every page."""
    home = tag("p", tag("strong", WORDS["brand"]), " ", link(ROOT, WORDS["list"]))
    return inside(
        tag("a", skip, href=f"#{MAIN}", class_="skip"),
        tag("header", home, Markup(above)),
        tag("main", *main, id=MAIN, tabindex="-1"),
    )
