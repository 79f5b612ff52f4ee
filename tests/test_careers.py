"""Careers from public tables: the files are those of the tables, and every reply has their figures."""

from __future__ import annotations

import json
import lzma
import re
import shutil
import statistics
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import textstat
from jsonschema import Draft7Validator
from openpyxl import Workbook

from answers.acts import doubt, felt
from answers.assistant import about_assistant
from answers.context import Context
from answers.model import Question, custom
from answers.registry import answer, covers, next_buttons, topics
from answers.words import percent
from guides.careers import CAREERS, read_careers
from guides.documents import DocumentError, read
from guides.library import Library
from guides.loading import NAME, Guides, load_guides
from guides.schema import Guide
from guides.school import School
from guides.states import states
from guides.tables.bls import CAPS
from guides.tables.summaries import licence, summary
from guides.tables.titles import named, slug_of
from guides.tables.writing import write
from tests.conftest import LONGEST, MARKUP, NAMES, Ask, Worded
from tests.published import HELD, TABLES, WHOLE, Published
from tests.sampling import SAMPLE, drawn
from understanding.topics import ENTRIES, FORMS

Careers = Mapping[str, Guide]
"""Careers by O*NET-SOC code."""


@pytest.fixture(scope="module")
def careers() -> Careers:
    """Every career of the tables."""
    return {guide.codes.onet: guide for guide in read_careers() if guide.codes}


@pytest.fixture(scope="module")
def published() -> Published:
    """The tables at hand."""
    return Published()


@pytest.fixture(scope="module")
def checked_ones(careers: Careers) -> list[Guide]:
    """The careers whose figures are recomputed: 40 drawn by a seed, or those of the sample."""
    lines = SAMPLE_CODES if not WHOLE else drawn(careers)
    return [careers[code] for code in lines]


def _codes_of_sample() -> list[str]:
    path = SAMPLE / "onet" / "30.1" / "Job Zones.txt.xz"
    return [line[:10] for line in lzma.decompress(path.read_bytes()).decode().splitlines()[1:]]


SAMPLE_CODES = _codes_of_sample()


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """The sample, free to be broken."""
    shutil.copytree(SAMPLE, tmp_path / "tables")
    return tmp_path / "tables"


@pytest.fixture
def no_names(tmp_path: Path) -> Path:
    """A hand file without names."""
    path = tmp_path / "names.yml"
    path.write_text("{}")
    return path


# The files


def test_the_same_tables_give_the_same_bytes(tmp_path: Path, no_names: Path) -> None:
    """Written twice from the sample, every file is the same to the byte."""
    first = write(SAMPLE, tmp_path / "a", no_names)
    second = write(SAMPLE, tmp_path / "b", no_names)
    assert [path.name for path in first] == [path.name for path in second]
    assert len(first) > 10
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes(), one.name


@pytest.mark.skipif(not WHOLE, reason="needs all tables: CAREER_TABLES")
def test_the_committed_files_are_those_of_the_tables(tmp_path: Path) -> None:
    """Written anew from all tables, every file is the committed one to the byte."""
    written = write(TABLES, tmp_path, CAREERS / "names.yml")
    for path in written:
        assert path.read_bytes() == (CAREERS / path.name).read_bytes(), path.name


def test_the_sample_gives_what_is_committed(tmp_path: Path, no_names: Path) -> None:
    """What does not depend on other occupations is the same from the sample as from all tables."""
    alike = ("tasks", "skills", "knowledge", "interests", "zone", "pay", "jobs", "openings")
    alike += ("growth", "held", "entry", "industries", "majors", "styles", "licence", "related")
    committed = {line["onet"]: line for line in _lines(CAREERS)}
    made = list(_lines(write(SAMPLE, tmp_path / "a", no_names)[0].parent))
    assert len(made) == len(SAMPLE_CODES)
    for line in made:
        theirs = committed[line["onet"]]
        assert {key: line.get(key) for key in alike} == {key: theirs.get(key) for key in alike}


def _lines(folder: Path) -> Iterator[dict]:
    for path in sorted(folder.glob("[0-9]*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


Break = Callable[[Path], None]


def _header(name: str, old: str, new: str) -> Break:
    def change(tables: Path) -> None:
        path = tables / f"{name}.xz"
        text = lzma.decompress(path.read_bytes()).decode("utf-8-sig")
        assert old in text
        path.with_suffix("").write_text(text.replace(old, new, 1), encoding="utf-8")
        path.unlink()

    return change


def _other_sheet(tables: Path) -> None:
    (path,) = tables.glob("bls/ep-*-occupation.xlsx.xz")
    book = Workbook()
    book.active.title = "Table 9"
    book.save(path.with_suffix(""))
    path.unlink()


def _missing(tables: Path) -> None:
    (tables / "onet" / "30.1" / "Job Zones.txt.xz").unlink()


def _twice(tables: Path) -> None:
    shutil.copytree(tables / "onet" / "30.1", tables / "onet" / "31.0")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            _header("onet/30.1/Interests.txt", "Element Name", "Interest"),
            "Interests.txt: column 3: found 'Interest', expected 'Element Name'",
        ),
        (
            _header("onet/29.3-or-earlier/Skills.txt", "\tDomain Source", ""),
            "Skills.txt: column 15: found 'nothing', expected 'Domain Source'",
        ),
        (
            _header("bls/oews-may-2025-national.csv", "a_p90", "a_pct90"),
            "oews-may-2025-national.csv: column 22: found 'a_pct90', expected 'a_p90'",
        ),
        (
            _header(
                "bls/oews-may-2025-national.csv",
                ",29-1141,Registered Nurses,3,",
                ",29-1141,Registered Nurses,3,x",
            ),
            "emp: found 'x3379720', expected a number or -",
        ),
        (_other_sheet, "ep-2024-34-occupation.xlsx: sheet: found Table 9, expected Table 1.2"),
        (_missing, "onet/*/Job Zones.txt: file: found none, expected one, plain or .xz"),
        (_twice, "expected one, plain or .xz"),
    ],
)
def test_other_tables_are_refused(
    tables: Path, tmp_path: Path, no_names: Path, change: Break, fault: str
) -> None:
    """Another column, sheet or value, a missing or a second release: file, place, both sides."""
    change(tables)
    with pytest.raises(DocumentError) as refused:
        write(tables, tmp_path / "out", no_names)
    assert any(fault in line for line in refused.value.faults), refused.value.faults
    assert not (tmp_path / "out").exists()


def test_words_that_are_missing_are_named(tmp_path: Path) -> None:
    """A publisher's name without plain words, and a code that no table has, are faults."""
    shutil.copytree(CAREERS, tmp_path / "careers")
    words = tmp_path / "careers" / "words.yml"
    words.write_text(words.read_text().replace("  Active Listening:", "  Passive Listening:"))
    with pytest.raises(DocumentError, match=r"words\.yml: skills: found no 'Active Listening'"):
        list(read_careers(tmp_path / "careers"))
    names = tmp_path / "names.yml"
    names.write_text('"99-9999.00": {title: X, plural: Xs, slug: x, names: [], summary: Xs do.}')
    with pytest.raises(DocumentError, match="found a code that the tables do not"):
        write(SAMPLE, tmp_path / "out", names)


def test_every_career_is_compiled(careers: Careers, library: Library) -> None:
    """Those of the tables and those with a file of their own, each as it was read."""
    own = load_guides()
    read = [*own.values(), *(guide for guide in careers.values() if guide.slug not in own)]
    assert all(library[guide.slug] == guide for guide in read)
    assert len(library) == len(read) > 900


# Names and summaries


@pytest.mark.parametrize(
    ("published_title", "title", "plural"),
    [
        ("Electricians", "Electrician", "Electricians"),
        ("Tool and Die Makers", "Tool and Die Maker", "Tool and Die Makers"),
        ("Midwives", "Midwife", "Midwives"),
        ("Orderlies", "Orderly", "Orderlies"),
        ("Clergy", "Clergy", "Clergy"),
        ("Ophthalmologists, Except Pediatric", "Ophthalmologist", "Ophthalmologists"),
        ("Roustabouts, Oil and Gas", "Oil and Gas Roustabout", "Oil and Gas Roustabouts"),
        ("Directors of Nursing", "Director of Nursing", "Directors of Nursing"),
        ("Helpers--Roofers", "Helper of Roofers", "Helpers of Roofers"),
        ("Writers and Authors", "Writers and Authors", "Writers and Authors"),
        (
            "Farm Equipment Mechanics and Service Technicians",
            "Farm Equipment Mechanics and Service Technicians",
            "Farm Equipment Mechanics and Service Technicians",
        ),
        (
            "Forging Machine Setters, Operators, and Tenders, Metal and Plastic",
            "Forging Machine Setters, Operators, and Tenders, Metal and Plastic",
            "Forging Machine Setters, Operators, and Tenders, Metal and Plastic",
        ),
    ],
)
def test_a_title_is_singular_only_where_that_is_sure(
    published_title: str, title: str, plural: str
) -> None:
    """Two kinds of people, or an unknown ending, keep the publisher's plural."""
    assert named(published_title, []) == (title, plural)


def test_an_exception_stays_where_it_tells_two_occupations_apart() -> None:
    """ "Except" is dropped only where no second title starts the same way."""
    others = ["Cooks, Fast Food", "Surgeons, Except Pediatric, Retired", "Surgeons, Pediatric"]
    assert named("Surgeons, Except Pediatric", others)[1] == "Surgeons, Except Pediatric"


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ("Fix things, such as cars. Includes vans.", "Xs fix things, such as cars."),
        (
            "Repair and care for many old wooden boats, such as canoes. May also sail.",
            "Xs repair and care for many old wooden boats. They may also sail.",
        ),
        ("Fly planes. Requires Pilot certificate.", "Xs fly planes."),
        ("Using ropes, cut away dead branches.", "Xs cut away dead branches."),
        (
            "Plan, direct, or coordinate trips. May assist individuals.",
            "Xs plan or lead trips. They may help people.",
        ),
        ("Coach teams. Those who teach should be reported as teachers.", "Xs coach teams."),
    ],
)
def test_a_summary_leaves_out_what_may_be_left_out(described: str, said: str) -> None:
    """Examples go only where something is left; licences, inclusions and hints for sorting go."""
    assert summary(described, "Xs") == said


def test_a_licence_is_named_only_where_the_summary_asks_for_one(careers: Careers) -> None:
    """The sentence that asks for it is found, and no other career has one."""
    assert licence("Fly. Requires Pilot certificate.") == "Requires Pilot certificate."
    assert licence("Keep software licenses.") is None
    with_one = [
        guide for guide in careers.values() if guide.preparation and guide.preparation.licence
    ]
    assert 5 < len(with_one) < 15
    assert careers["29-1141.00"] in with_one and careers["41-2011.00"] not in with_one


def test_names_of_careers_can_be_used(careers: Careers) -> None:
    """Slugs fit an address and are each there once, titles too; no name stands twice."""
    slugs = [guide.slug for guide in careers.values()]
    assert len(careers) == len(set(slugs)) == len({g.title.lower() for g in careers.values()})
    assert len(careers) > 900
    for guide in careers.values():
        assert NAME.fullmatch(guide.slug) and slug_of(guide.slug) == guide.slug
        own = {guide.title.lower(), guide.plural.lower()}
        assert not own & {name.lower() for name in (*guide.aliases, *guide.alternates)}, guide.slug
        assert not set(guide.aliases) & set(guide.alternates)


def test_summaries_are_easy_to_read(careers: Careers) -> None:
    """All read at grade 9 at most and 6 in the middle; those by hand have no figures of their own."""
    by_hand = {*read(CAREERS / "names.yml"), *read(CAREERS / "summaries.yml")}
    told = {code: guide.snapshot.summary for code, guide in careers.items()}
    grades = [textstat.flesch_kincaid_grade(text) for text in told.values()]
    assert statistics.median(grades) <= 6 and max(grades) <= 9
    assert not any(re.search(r"\d", told[code].replace("911", "")) for code in by_hand)


def test_a_career_has_one_summary_by_hand(tmp_path: Path) -> None:
    """A second one, and one of a code that no table has, are faults."""
    shutil.copy(CAREERS / "names.yml", tmp_path)
    (tmp_path / "summaries.yml").write_text('"99-9999.00": Xs do.\n"11-1011.00": Chiefs lead.')
    with pytest.raises(DocumentError) as fault:
        write(SAMPLE, tmp_path / "out", tmp_path / "names.yml")
    assert "summaries.yml: 99-9999.00: found a code that the tables do not" in str(fault.value)
    assert "summaries.yml: 11-1011.00: found a career that has its summary" in str(fault.value)


# The answers


def test_every_topic_of_every_career_has_an_answer(
    careers: Careers, worded: Worded, reply_schema: dict
) -> None:
    """No reply lacks a fact, is too long or holds markup; cards of every thirtieth career are valid."""
    validator = Draft7Validator(reply_schema)
    for place, guide in enumerate(careers.values()):
        for topic in topics():
            given = answer(guide, Question(topic))
            text = worded(given)
            assert text and len(text) <= LONGEST, (guide.slug, topic, len(text))
            assert not MARKUP.search(NAMES.sub("", text)), (guide.slug, topic, text)
            assert given.kind == ("answer" if covers(guide, topic) else "fallback")
            assert ("does not cover" in text) == (given.kind == "fallback")
            told = any(name in text for name in (guide.title, guide.plural, "whole group"))
            assert told or topic in ("sources", "summary"), (guide.slug, topic, text)
            if place % 30 == 0:
                validator.validate(custom(given, topic, guide))
                assert given.buttons is None or len(given.buttons) <= 4


def test_every_facet_has_an_answer(careers: Careers, worded: Worded) -> None:
    """Each part or side of a topic is worded for a career of the tables too, none with a gap."""
    for guide in [*careers.values()][::20]:
        for topic, entry in ENTRIES.items():
            for facet in entry.facets:
                asked: Question | None = Question(topic, facet=facet)
                if topic == "feel":
                    _, asked = felt(guide, facet)
                assert asked, (guide.slug, facet)
                text = worded(answer(guide, asked))
                assert text and len(text) <= LONGEST, (guide.slug, topic, facet, len(text))
                assert not MARKUP.search(NAMES.sub("", text)), (guide.slug, topic, facet, text)


def test_what_the_tables_lack_is_said_with_what_comes_nearest(careers: Careers, ask: Ask) -> None:
    """No day by the clock, no plan, no cost: the reply says so before it offers anything."""
    nurse = careers["29-1141.00"]
    assert ask(nurse, "day", time="14:00").startswith("This guide has no day by the clock")
    assert ask(nurse, "high_school").startswith("This guide has no high-school plan")
    assert "does not say what the ways in cost" in ask(nurse, "education", facet="cheapest")
    for topic in ("hours", "myths", "projects", "portfolio", "passage", "pros", "importance"):
        given = answer(nurse, Question(topic))
        assert given.kind == "fallback" and given.facts["nearest"] and given.buttons
    of_a_career = set(FORMS) - {"check_interests"}
    assert not any(covers(nurse, form) for form in of_a_career)


def test_shares_that_are_held_are_no_ways_in(careers: Careers, ask: Ask) -> None:
    """Nothing says that people take a way in, or that a job can be had without a degree."""
    for guide in list(careers.values())[::20]:
        for facet in ("", "without_degree", "degree_needed", "fastest", "most_common"):
            text = ask(guide, "education", facet=facet)
            assert "typically need to start: " in text and "take it" not in text
            assert "You can try" not in text and "route" not in text


def test_doubts_and_abilities_have_words(
    careers: Careers, guides: Guides, school: School, worded: Worded
) -> None:
    """A doubt names the publishers and the caveat; abilities name topics and no empty list."""
    nurse = careers["29-1141.00"]
    text = worded(doubt(nurse, Context("salary")))
    assert text.count("U.S. Bureau of Labor Statistics") == 1 and "survey of employers" in text
    able = about_assistant("capabilities", guides, nurse, school)
    assert "Often asked" not in worded(able)
    assert all(len(next_buttons(guide, "summary")) > 1 for guide in careers.values())


def test_near_careers_have_guides(careers: Careers, ask: Ask) -> None:
    """Each code of a near career resolves to a guide, whose title stands in the reply."""
    for guide in careers.values():
        assert guide.related
        for near in guide.related:
            other = careers[near.onet]
            assert (near.slug, near.title) == (other.slug, other.title) and other is not guide
    nurse = careers["29-1141.00"]
    assert nurse.related and all(near.title in ask(nurse, "titles") for near in nurse.related)


def test_every_answer_carries_the_credit(careers: Careers, worded: Worded) -> None:
    """The words that the licences ask for are in the custom object and in the answer on sources."""
    for guide in list(careers.values())[::50]:
        told = worded(answer(guide, Question("sources")))
        shown = custom(answer(guide, Question("summary")), "summary", guide)["sources"]
        assert "O*NET 30.1 Database" in told and "CC BY 4.0" in told and "endorsed" in told
        assert any("trademark of USDOL/ETA" in source.get("credit", "") for source in shown)
        assert any(
            source.get("credit") == "Source: U.S. Bureau of Labor Statistics" for source in shown
        )


# The figures


def _money(value: float, per: str) -> str:
    cap = CAPS[per]
    if value >= cap:
        return f"${cap:,} or more"
    return f"${value:,.0f}" if value == int(value) else f"${value:,.2f}"


def _pay(row: Mapping[str, str], per: str) -> list[float] | None:
    names = [f"{per[0].replace('y', 'a')}_{name}" for name in ("p10", "median", "p90")]
    values = [row[name] for name in names]
    if "-" in values:
        notes = row["footnotes"].split()
        values = [
            str(CAPS[per]) if v == "-" and "5" in notes and "8" not in notes else v for v in values
        ]
    return None if "-" in values else [float(value) for value in values]


def test_pay_is_that_of_the_tables(
    checked_ones: list[Guide], published: Published, ask: Ask, worded: Worded
) -> None:
    """The nation's figures, and those of every state, stand in the reply; nothing else does."""
    seen = 0
    for guide in checked_ones:
        pay = guide.salary
        if pay is None:
            continue
        code = published.titles[pay.group.lower()] if pay.group else str(guide.codes.soc)
        figures = _pay(published.pay[code], pay.per)
        assert figures, guide.slug
        low, median, high = figures
        text = ask(guide, "salary")
        assert (
            f"is {_money(median, pay.per)} {'an' if pay.per == 'hour' else 'a'} {pay.per}" in text
        )
        assert f"tenth get {_money(low, pay.per)} or less, " in text
        assert (
            f"tenth {_money(min(high, CAPS[pay.per]), pay.per).removesuffix(' or more')} or more."
            in text
        )
        seen += 1 + _states_are_right(guide, published.by_state[code], worded)
    assert seen > 1000


def _states_are_right(guide: Guide, rows: Mapping[str, Mapping[str, str]], worded: Worded) -> int:
    assert guide.salary
    for code, state in states().items():
        text = worded(answer(guide, Question("salary", "", {"state": (code,)})))
        figures = _pay(rows[code], guide.salary.per) if code in rows else None
        if figures is None:
            assert text.startswith("The guide has no pay figure"), (guide.slug, code)
            continue
        low, median, high = (_money(value, guide.salary.per) for value in figures)
        start = f"In {state.name}, the median (middle) pay of "
        assert text.startswith(start) and f" is {median} " in text, (guide.slug, code, text)
        assert f"get {low.removesuffix(' or more')} or " in text
        assert f"tenth {high.removesuffix(' or more')} or more." in text
        error = rows[code]["mean_prse"]
        assert ("far off. In the whole" in text) == (error in "-" or float(error) >= 8), (
            guide.slug,
            code,
        )
    return len(rows)


def test_jobs_and_growth_are_those_of_the_tables(
    checked_ones: list[Guide], published: Published, ask: Ask
) -> None:
    """Jobs, openings, growth, all jobs beside it, and who works for themselves."""
    everyone = published.jobs["00-0000"][8]
    for guide in checked_ones:
        assert guide.market and guide.codes
        group = guide.market.group
        row = published.jobs[published.counted[group.lower()] if group else guide.codes.soc]
        market, outlook = ask(guide, "market"), ask(guide, "outlook")
        assert f"about {row[3] * 1000:,.0f} jobs for " in market
        openings = f"{row[10] * 1000:,.0f}" if row[10] else "fewer than 50"
        assert f"about {openings} openings a year from 2024 to 2034" in market
        for text in (market, outlook):
            assert (
                f"): {percent(row[8], '+')} from 2024 to 2034. All jobs together: +{everyone}%."
                in text
            )
        if guide.industries and row[9] not in ("—", 0):
            assert f"{row[9]:g}% work for themselves" in ask(guide, "employers")


def test_education_is_that_of_the_tables(
    checked_ones: list[Guide], published: Published, ask: Ask
) -> None:
    """Each share that workers hold, and their sum without a degree."""
    for guide in checked_ones:
        assert guide.market and guide.codes and guide.education
        group = guide.market.group
        row = published.held[published.counted[group.lower()] if group else guide.codes.soc]
        shares = [int(row[place] + 0.5) for place in HELD]
        names = [level["name"] for level in read(CAREERS / "words.yml")["held"].values()]
        text = ask(guide, "education")
        told = dict(re.findall(r"^- (.+): (\d+)%$", text, re.MULTILINE))
        assert told == {n: str(share) for n, share in zip(names, shares, strict=True) if share}
        free = ask(guide, "education", facet="without_degree")
        assert (f" {sum(shares[:3])}% hold no college degree" in free) == any(shares[:3])


def test_scores_and_industries_are_those_of_the_tables(
    checked_ones: list[Guide], published: Published, ask: Ask
) -> None:
    """The highest skills and interests by their scores, the zone, the largest industries."""
    for guide in checked_ones:
        assert guide.codes
        code = guide.codes.onet
        skills = sorted(published.skills.get(code, {}).values(), reverse=True)
        told = re.findall(r"^\d\. .+: (\d+)/100$", ask(guide, "skills"), re.MULTILINE)
        assert list(map(int, told)) == skills[: len(told)] and bool(told) == bool(skills)
        best = sorted(published.interests[code].values(), reverse=True)[:3]
        said = re.findall(r"^\d\. .+ \((\d+)/100\): ", ask(guide, "fit"), re.MULTILINE)
        assert list(map(int, said)) == best
        assert f" is a {published.zones[code]} in the O*NET" in ask(guide, "difficulty")
        _industries_are_right(guide, published, ask)


def _industries_are_right(guide: Guide, published: Published, ask: Ask) -> None:
    if guide.industries is None:
        return
    group = guide.industries.group
    code = published.titles[group.lower()] if group else str(guide.codes and guide.codes.soc)
    total = float(published.pay[code]["emp"])
    rows = published.industries[code]
    shares = {int(float(row["emp"]) / total * 100 + 0.5) for row in rows if row["emp"] != "-"}
    told = re.findall(r"^- .+: (\d+)%$", ask(guide, "employers"), re.MULTILINE)
    assert told and {int(share) for share in told} <= shares
    assert sum(map(int, told)) <= 102, guide.slug
