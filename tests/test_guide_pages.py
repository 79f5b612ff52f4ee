"""A guide as a page: all that it has, nothing that it lacks, with its sources; and as one sheet."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from sanic import Blueprint
from sanic.response import HTTPResponse

from answers.blocks import Block, blocks, fitted, height
from answers.model import Question
from answers.page import LAST, LEAD, page, page_topics
from answers.registry import answer, covers, title
from answers.sheet import ROOM, WIDTH, sheet
from channels.drawing import draw_guide, draw_list, draw_sheet
from channels.guide_pages import add_guide_pages
from channels.markup import tag
from channels.occupation import occupation
from channels.sites import framed_by
from guides.documents import DocumentError, build
from guides.library import Library
from guides.loading import Guides
from guides.schema import Education, Guide, Industries, Industry, Route, Source
from guides.states import states
from tests.conftest import Worded

ORIGIN = "https://guide.example"
SEED, DRAWN = 2026, 10
FIGURE = re.compile(r"\d[\d,.]*\d|\d")
EMPTY = ("br", "link", "meta", "path", "wbr")


class Parsed(HTMLParser):
    """A page: its texts by the ids around them, its elements in order, its data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.named: dict[str, str] = {}
        self.data: list[dict[str, Any]] = []
        self._open: list[tuple[str, str]] = []
        self._texts: list[tuple[tuple[str, ...], str]] = []
        self.feed(text)
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []
        self.headings += [tag] if re.fullmatch(r"h[1-6]", tag) else []
        if tag in ("meta", "link"):
            self.named[found.get("name") or found.get("rel", "")] = found.get(
                "content"
            ) or found.get("href", "")
        if tag not in EMPTY:
            self._open.append((tag, found.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "script":
            self.data.append(json.loads(data))
        else:
            self._texts.append((tuple(name for _, name in self._open), data))

    def text(self, within: str = "") -> str:
        """All that is read, or what stands in the element of an id."""
        return " ".join(text for names, text in self._texts if within in names)


@pytest.fixture(scope="module")
def drawn(library: Library, keeper: Guide) -> dict[str, tuple[Guide, Parsed]]:
    """Some guides with their pages: ten by a seed, the one by hand, the fictional one."""
    slugs = random.Random(SEED).sample(sorted(library), DRAWN)
    some = [*(library[slug] for slug in slugs), library["mlops-engineer"], keeper]
    return {guide.slug: (guide, Parsed(draw_guide(library, guide, ORIGIN))) for guide in some}


def amounts(guide: Guide) -> Iterator[str]:
    """Every figure of pay, as money is written; from the cap of the source on it is the cap."""
    pay = guide.salary
    for figures in (pay, *pay.states) if pay else ():
        for amount in (figures.min, figures.median, figures.max):
            if amount:
                yield f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"


def figures(guide: Guide) -> Iterator[str]:
    """Every other figure of a guide, as people write it."""
    market, growth = guide.market, guide.outlook and guide.outlook.growth
    if market and market.jobs:
        yield from (f"{market.jobs:,}", *map(str, market.period or ()))
        yield from [f"{market.openings:,}"] if market.openings else []
    if growth:
        yield from (f"{growth.percent:+g}%", str(growth.by))
    shared = [part for part in (guide.education, guide.industries) if part]
    yield from (f"{each.share}%" for part in shared for each in entries(part))
    for scores in (guide.skills, guide.knowledge, guide.interests):
        yield from (str(each.score) for each in (scores.scores if scores else ()))
    yield from map(str, lengths(guide))
    for entry in guide.day.entries if guide.day else ():
        yield f"{entry.at:%I:%M %p}".removeprefix("0")


def entries(part: Education | Industries) -> list[Route] | list[Industry]:
    """The routes or the industries."""
    return part.routes if isinstance(part, Education) else part.entries


def lengths(guide: Guide) -> Iterator[int]:
    """The lower ends of all lengths, and how much preparation is needed."""
    spans = [stage.length for stage in (guide.pathway.stages if guide.pathway else ())]
    spans += [route.span for route in (guide.education.routes if guide.education else ())]
    spans += [guide.snapshot.hours.week] if guide.snapshot.hours else []
    spans += [guide.high_school.hours] if guide.high_school else []
    yield from (span.min for span in spans if span)
    yield from [guide.preparation.zone] if guide.preparation else []


def notes(value: Any, key: str = "") -> Iterator[str]:
    """What a guide says of how far its facts can be trusted."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from notes(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from notes(each, key)
    elif isinstance(value, str) and key in ("caveat", "note", "degree_note", "scale", "credit"):
        yield value


def test_every_figure_of_a_guide_stands_on_its_page(
    drawn: dict[str, tuple[Guide, Parsed]],
) -> None:
    """Pay in every state, growth, shares, points, times and lengths."""
    counted = 0
    for guide, read in drawn.values():
        text = read.text()
        told = [*amounts(guide), *figures(guide)]
        counted += len(told)
        missing = [each for each in told if not re.search(rf"(?<![\d,.]){re.escape(each)}", text)]
        assert missing == [], guide.slug
        for pay in guide.salary.states if guide.salary else ():
            assert states()[pay.state].name in read.text("salary")
    assert counted > 1000


def test_doubts_are_said(drawn: dict[str, tuple[Guide, Parsed]]) -> None:
    """Caveats, notes, what scores measure and credits stand there; few asked, and no reason given."""
    for guide, read in drawn.values():
        text = read.text()
        assert [note for note in notes(guide.dict()) if note not in text] == [], guide.slug
        unsure = [
            state for state in (guide.salary.states if guide.salary else ()) if state.uncertain
        ]
        explained = 1 if unsure else 0
        assert text.count("(few asked)") == len(unsure) + explained, guide.slug
    assert "no fixed claim about pay at all" in drawn["mlops-engineer"][1].text("salary")
    assert "does not say why these are myths" in drawn["mlops-engineer"][1].text("myths")


def test_what_a_guide_lacks_is_named_and_nothing_else_said_of_it(
    drawn: dict[str, tuple[Guide, Parsed]],
) -> None:
    """A topic that the guide covers has its part, any other its name in one list."""
    for guide, read in drawn.values():
        topics = {topic for topic in page_topics() if topic not in (LEAD, LAST)}
        held = {topic for topic in topics if covers(guide, topic)}
        assert topics & set(read.ids) == held, guide.slug
        assert set(page(guide).lacking) == {title(topic) for topic in topics - held}
        for topic in topics - held:
            assert title(topic) in read.text(), (guide.slug, topic)


def test_what_stands_in_for_a_lack_says_so(library: Library) -> None:
    """Tasks are no day, knowledge is no plan, and shares that workers hold are no routes."""
    read = Parsed(draw_guide(library, library["registered-nurse"], ORIGIN))
    assert "This guide has no day by the clock." in read.text("day")
    assert "This guide has no high-school plan." in read.text("high_school")
    assert "What people in the job hold:" in read.text("education")
    assert "This guide has no steps with lengths." in read.text("pathway")
    assert "I will" not in read.text() and "you can name a state" not in read.text()


def test_page_and_chat_say_the_same(drawn: dict[str, tuple[Guide, Parsed]], worded: Worded) -> None:
    """Every figure of the chat's answer to a topic stands in the page's part on it."""
    for guide, read in drawn.values():
        for topic in page_topics():
            if topic in (LEAD, LAST) or not covers(guide, topic):
                continue
            said = re.sub(r"(?m)^\d+\. ", "", worded(answer(guide, Question(topic))))
            text = read.text(topic) if topic != "week" else read.text()
            assert set(FIGURE.findall(said)) <= set(FIGURE.findall(text)), (guide.slug, topic)


def test_each_part_names_its_source(library: Library, mlops: Guide) -> None:
    """Of the tables the one that it comes from, with its date; else all works, or the lesson."""
    nurse = Parsed(draw_guide(library, library["registered-nurse"], ORIGIN))
    wages = "U.S. Bureau of Labor Statistics (BLS): Occupational Employment and Wage Statistics, May 2025"
    projected = "U.S. Bureau of Labor Statistics (BLS): Employment Projections 2024-34"
    assert wages in nurse.text("salary") and projected not in nurse.text("salary")
    assert projected in nurse.text("outlook") and "May 2025" not in nurse.text("outlook")
    assert "O*NET 30.1 Database, December 2025 Release" in nurse.text("day")
    assert "release 29.3 or earlier" in nurse.text("skills")
    assert projected not in nurse.text("skills")
    assert projected in Parsed(draw_guide(library, library["lawmaker"], ORIGIN)).text("skills")
    assert "CIP 2020" in nurse.text("college")
    hand = Parsed(draw_guide(library, mlops, ORIGIN))
    assert "Source: all works of this guide together" in hand.text("salary")
    assert "Source: the audio lesson by Qoollege" in hand.text("week")
    for guide in (mlops, library["registered-nurse"]):
        for part in page(guide).parts:
            assert part.sources and all(part.sources), part.topic


def test_every_career_of_the_tables_has_a_source_for_every_part(library: Library) -> None:
    """No part of them is put down to all works together."""
    for slug in random.Random(SEED).sample(sorted(library), 40):
        guide = library[slug]
        if guide.codes:
            whole = [each.topic for each in page(guide).parts if "together" in each.sources[0]]
            assert whole == [], slug


def test_a_source_names_parts_that_there_are() -> None:
    """Another section, or a field that its section has not, is named with the remedy."""
    work = {"publisher": "A", "title": "B", "kind": "C"}
    assert build(Source, {**work, "sections": ["salary", "snapshot.titles"]}, "x").sections
    for wrong in ("pay", "snapshot.pay", "title.x", ""):
        with pytest.raises(DocumentError) as refused:
            build(Source, {**work, "sections": [wrong]}, "x.yml")
        assert "expected a section of the guide such as salary" in str(refused.value)


def test_texts_stay_texts(library: Library, keeper: Guide) -> None:
    """Whatever a guide says, it makes no element, no attribute and no end of the data."""
    bad = '</script><script>alert(1)</script><b title="x">\'&'
    snapshot = keeper.snapshot.copy(update={"summary": bad, "titles": [bad]})
    guide = keeper.copy(update={"title": bad, "snapshot": snapshot, "pros": [bad], "cons": None})
    for text in (draw_guide(library, guide, ORIGIN), draw_sheet(guide, ORIGIN)):
        read = Parsed(text)
        assert "b" not in read.tags and text.count("<script") == len(read.data)
        assert bad in read.text()
    (told,) = Parsed(draw_guide(library, guide, ORIGIN)).data
    assert told["name"] == told["description"] == bad
    assert tag("p", bad, title=bad).count("<") == 2


def test_it_is_made_to_be_found(drawn: dict[str, tuple[Guide, Parsed]]) -> None:
    """Title, description, one address, an Occupation; ids once, links that lead, headings in order."""
    for guide, read in drawn.values():
        address = f"{ORIGIN}/guides/{guide.slug}"
        assert read.named["canonical"] == address and read.text().count(guide.title)
        assert 50 < len(read.named["description"]) <= 300
        (told,) = read.data
        assert told["@type"] == "Occupation" and told["name"] == guide.title
        assert told["mainEntityOfPage"] == address
        assert len(set(read.ids)) == len(read.ids), guide.slug
        assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
        levels = [int(heading[1]) for heading in read.headings]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(later <= level + 1 for level, later in pairwise(levels))


def test_an_occupation_holds_what_the_guide_says(library: Library, mlops: Guide) -> None:
    """Pay with its caveat; what the source only says "or more" of is no figure."""
    nurse = occupation(library["registered-nurse"], ORIGIN)
    pay = nurse["estimatedSalary"]
    assert (pay["percentile10"], pay["median"], pay["percentile90"]) == (68940, 97550, 137470)
    assert pay["currency"] == "USD" and pay["duration"] == "P1Y"
    assert nurse["occupationalCategory"]["codeValue"] == "29-1141.00"
    assert "leave out people who work for themselves" in pay["description"]
    capped = next(
        guide
        for guide in map(library.__getitem__, library)
        if guide.salary and guide.salary.cap and guide.salary.max >= guide.salary.cap
    )
    assert "percentile90" not in occupation(capped, ORIGIN)["estimatedSalary"]
    span = occupation(mlops, ORIGIN)["estimatedSalary"]
    assert span["value"]["minValue"] == 130000 and "with care" in span["description"]
    assert "estimatedSalary" not in occupation(library["lawmaker"], ORIGIN)
    assert "occupationalCategory" not in occupation(mlops, ORIGIN)


def test_near_careers_are_links(library: Library, keeper: Guide) -> None:
    """To the pages that there are, and to no other."""
    nurse = library["registered-nurse"]
    links = Parsed(draw_guide(library, nurse, ORIGIN)).links
    assert {f"/guides/{each.slug}" for each in nurse.related or []} <= set(links)
    alone = Parsed(draw_guide({nurse.slug: nurse}, nurse, ORIGIN)).links
    assert [link for link in alone if re.fullmatch(r"/guides/[^/]+", link)] == []


def test_lines_become_paragraphs_and_lists() -> None:
    """As the chat writes them."""
    assert blocks("One.\n- a\n- b\n1. c\n2. d\nTwo.\nThree.") == [
        Block("text", ["One."]),
        Block("list", ["a", "b"]),
        Block("steps", ["c", "d"]),
        Block("text", ["Two.", "Three."]),
    ]


def test_the_longest_lists_are_cut_first() -> None:
    """Until all finds room; what is left out is counted, and texts stay whole."""
    long, short = Block("list", ["x" * 9] * 6), Block("steps", ["y"] * 3)
    text = Block("text", ["z" * 25])
    assert height([[long, text], [short]], 10) == 12
    ((cut, kept), (other,)) = fitted([[long, text], [short]], 9, 10, least=2)
    assert (len(cut.lines), cut.left_out) == (2, 4) and kept == text and other == short
    assert cut.told()[-1] == "and 4 more in the chat"
    ((least, _), (smaller,)) = fitted([[long, text], [short]], 1, 10, least=2)
    assert len(least.lines) == len(smaller.lines) == 2


def test_a_sheet_holds_the_most_important(library: Library, mlops: Guide) -> None:
    """Day or tasks, pay with its caveat, schooling, the plan; short enough by its own measure."""
    read = Parsed(draw_sheet(mlops, ORIGIN))
    assert f"{ORIGIN}/chat?guide=mlops-engineer" in re.sub(r"\s", "", read.text())
    for topic in ("day", "salary", "education", "high_school"):
        assert title(topic) in read.text()
    assert mlops.salary and mlops.salary.caveat in read.text()
    assert all(work.title in read.text() for work in mlops.sources.works)
    assert "svg" in read.tags and "script" not in read.tags
    bare = Parsed(draw_sheet(library["lawmaker"], ORIGIN))
    assert "This guide says nothing on: Pay, High school now" in bare.text()
    for slug in random.Random(SEED).sample(sorted(library), 40):
        told = sheet(library[slug])
        assert height((part.blocks for part in told.parts), WIDTH) + 2 * len(told.parts) <= ROOM


def test_a_sheet_stays_short(mlops: Guide) -> None:
    """However long the texts of a guide are; what is left out is named, and a bare guide has one."""
    text = "Long words. " * 58
    assert mlops.education and mlops.high_school
    routes = [
        each.copy(update={"note": f"{text}{place}"})
        for place, each in enumerate(mlops.education.routes)
    ]
    long = mlops.copy(
        update={
            "education": mlops.education.copy(update={"routes": routes}),
            "high_school": mlops.high_school.copy(update={"note": text}),
        }
    )
    told = sheet(long)
    assert height((part.blocks for part in told.parts), WIDTH) + 2 * len(told.parts) <= ROOM
    assert title("education") in told.more and title("high_school") in told.more
    bare = Guide(slug="a", title="A", plural="As", snapshot=mlops.snapshot, sources=mlops.sources)
    assert sheet(bare).parts == [] and title("salary") in sheet(bare).lacking


def test_all_guides_are_listed(library: Library) -> None:
    """Each at least once, by group, in a light page that is the same each time."""
    text = draw_list(library)(ORIGIN)
    read = Parsed(text)
    listed = {link.removeprefix("/guides/") for link in read.links if link.startswith("/guides/")}
    assert listed == set(library) and text == draw_list(library)(ORIGIN)
    assert len(gzip.compress(text.encode())) < 40_000
    assert "Healthcare (" in read.text() and read.named["canonical"] == f"{ORIGIN}/guides"
    assert len(set(read.ids)) == len(read.ids)


async def asked(guides: Guides, address: str, school: str = "", **headers: str) -> HTTPResponse:
    """The answer to a request for an address below /guides, which may name a school."""
    routes = Blueprint("pages")
    shown = framed_by(["https://school.example"])
    schools = SimpleNamespace(named={"lincoln": SimpleNamespace(slug="lincoln")}.get)
    sites: Any = SimpleNamespace(
        frame_ancestors=shown, origin=lambda request: ORIGIN, schools=schools
    )
    add_guide_pages(routes, guides, sites)
    found = {route.uri: route for route in routes._future_routes}
    slug, _, below = address.partition("/")
    place = "/guides" + ("/<slug:str>" if address else "") + (f"/{below}" if below else "")
    assert set(found[place].methods) == {"GET", "HEAD"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = SimpleNamespace(headers=named, args={"school": school} if school else {})
    response = await found[place].handler(request, *([slug] if slug else []))
    assert isinstance(response, HTTPResponse)
    return response


@pytest.mark.parametrize(
    "address",
    [
        "",
        "registered-nurse",
        "registered-nurse/sheet",
        "registered-nurse/lesson",
        "registered-nurse/lesson/key",
        "mlops-engineer",
    ],
)
async def test_pages_are_served_strictly_packed_and_once(library: Library, address: str) -> None:
    """Headers as the chat page's, kept for an hour, 304 for who has it."""
    plain = await asked(library, address)
    assert plain.status == 200 and plain.content_type == "text/html; charset=utf-8"
    policy = plain.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert policy.endswith("frame-ancestors 'self' https://school.example")
    assert plain.headers["x-content-type-options"] == "nosniff"
    assert plain.headers["cache-control"] == "public, max-age=3600"
    packed = await asked(library, address, accept_encoding="gzip")
    assert gzip.decompress(packed.body) == plain.body and packed.headers["vary"]
    had = await asked(library, address, if_none_match=plain.headers["etag"])
    assert had.status == 304 and not had.body


@pytest.mark.parametrize(
    "address", ["", "registered-nurse", "registered-nurse/sheet", "registered-nurse/lesson"]
)
async def test_the_links_of_a_page_keep_its_school(library: Library, address: str) -> None:
    """To the chat, to other pages and in the code on the wall; a school that is not there is none."""
    links = Parsed((await asked(library, address, "lincoln")).body.decode()).links
    ways = [link for link in links if link.startswith(("/chat", "/guides/"))]
    assert ways and all("school=lincoln" in way for way in ways)
    gone, usual = (await asked(library, address, "hogwarts")), (await asked(library, address))
    assert gone.body == usual.body and b"school=" not in usual.body


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("Registered%20Nurse", "/guides/registered-nurse"),
        ("REGISTERED-NURSE/sheet", "/guides/registered-nurse/sheet"),
    ],
)
async def test_another_spelling_leads_to_the_page(library: Library, address: str, to: str) -> None:
    """One address a page."""
    moved = await asked(library, address)
    assert (moved.status, moved.headers["location"]) == (301, to)


async def test_an_unknown_guide_is_a_page_that_leads_on(library: Library) -> None:
    """404 with the name, escaped and cut, and the way to all guides."""
    gone = await asked(library, "%3Cb%3Eno" + "x" * 90)
    read = Parsed(gone.body.decode())
    assert gone.status == 404 and gone.headers["cache-control"] == "no-store"
    assert "b" not in read.tags and "<b>no" in read.text() and "x" * 56 not in read.text()
    assert "/guides" in read.links and f"{len(library)} careers" in read.text()
    assert "content-security-policy" in gone.headers
