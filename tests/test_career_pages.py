"""Career pages as text: what becomes a guide, and that nothing of a page is lost or made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from guides.documents import DocumentError, StrictLoader
from guides.loading import load_guide
from guides.page.__main__ import main
from guides.page.forms import amounts, hours_a_week, score, spans
from guides.page.report import report
from guides.page.sections import kind_of
from guides.page.text import Line, read_page
from guides.page.whole import read_whole
from guides.page.words import default, words
from guides.page.writing import written
from guides.schema import Guide

PAGES = Path(__file__).parent / "career_pages"
SHEPHERD, POSTMAN = PAGES / "cloud-shepherd.txt", PAGES / "balloon-postman.txt"


def made(page: Path, folder: Path) -> Guide:
    """The guide of a page, as the command writes it."""
    assert main([str(page)], folder) == 0
    (path,) = folder.glob("*.yml")
    return load_guide(path)


def read(text: str, tmp_path: Path) -> tuple[dict[str, Any], str]:
    """The guide of a page as it is written, and the report."""
    page = tmp_path / "page.txt"
    page.write_text(text, encoding="utf-8")
    lines = read_page(page)
    reading = read_whole(lines, page.stem)
    guide = yaml.load(written(reading.guide, page.name), StrictLoader)
    assert guide == reading.guide, "the file says what was read"
    return guide, report(lines, reading, [])


def ends(span: Any) -> Any:
    """A length as three values."""
    return span and (span.min, span.max, span.unit)


def test_a_page_of_numbered_sections_gives_its_facts(tmp_path: Path) -> None:
    """Every figure, name and list of the page stands at its key."""
    guide = made(SHEPHERD, tmp_path)
    assert (guide.slug, guide.title, guide.plural) == (
        "cloud-shepherd",
        "Cloud Shepherd",
        "Cloud Shepherds",
    )
    snapshot = guide.snapshot
    assert snapshot.titles == ["Sky Herder", "Rain Guide", "Junior Cloud Shepherd"]
    assert snapshot.employers == ["farms", "mountain towns", "weather offices"]
    assert snapshot.hours and ends(snapshot.hours.week) == (35, 45, "hours")
    assert (snapshot.hours.how_often, snapshot.hours.setting) == (
        "mostly",
        ["outdoors", "in a balloon"],
    )
    assert snapshot.top_skills == ["Patience", "Wind reading", "Whistling"]
    assert guide.importance and len(guide.importance.reasons) == 2
    assert guide.day and [f"{e.at:%H:%M}" for e in guide.day.entries] == [
        "06:30",
        "11:00",
        "13:15",
        "16:45",
    ]
    assert guide.day.entries[2].activity == "Eat with the farmers" and not guide.day.overnight
    assert guide.pathway
    assert [(s.name, ends(s.length), s.label) for s in guide.pathway.stages] == [
        ("High school", None, "Foundation"),
        ("Wind school / camp", (1, 2, "years"), None),
        ("Herd helper", (2, 2, "summers"), None),
        ("Head shepherd", (8, None, "years"), None),
    ]
    assert guide.skills and guide.skills.scale == "how much it's used on a dry day"
    assert {s.name: s.score for s in guide.skills.scores} == {
        "Wind reading": 94,
        "Whistling & calling": 71,
    }
    assert guide.education
    assert [(r.name, r.share, ends(r.span), r.cost, r.degree) for r in guide.education.routes] == [
        ("4-year degree", 25, (4, 4, "years"), 3, True),
        ("Wind camp certificate", 60, (6, 9, "months"), 2, False),
        ("Self-taught", 15, None, 1, False),
    ]
    assert guide.education.routes[2].length == "ongoing"


def test_a_page_of_numbered_sections_gives_its_money_and_plans(tmp_path: Path) -> None:
    """Pay, growth, the plan, college, tools, the lesson, sources."""
    guide = made(SHEPHERD, tmp_path)
    pay = guide.salary
    assert pay and (pay.min, pay.median, pay.max) == (31000, 40000, 52500)
    assert (pay.currency, pay.per, pay.region) == ("USD", "year", "United States")
    assert pay.varies_with == ["season", "valley", "herd size", "courage"]
    assert "treated carefully" in pay.caveat and "no official figure" in pay.caveat
    assert guide.market and (guide.market.demand, guide.market.region) == ("high", "United States")
    assert guide.outlook and guide.outlook.growth
    assert (guide.outlook.growth.percent, guide.outlook.growth.by) == (12, 2035)
    assert guide.outlook.directions == ["night herding", "hail control", "fog"]
    assert guide.fit and (guide.fit.threshold, len(guide.fit.statements)) == (2, 3)
    assert (guide.pros, guide.cons) == (["Fresh air"], ["Wet socks"])
    plan = guide.high_school
    assert plan and (plan.grades, ends(plan.hours)) == ([9, 12], (2, 3, "hours"))
    assert plan.point == "a sense of the sky"
    assert [step.kind for step in plan.steps] == ["class", "project", "club", "practice"]
    college = guide.college
    assert college and college.majors == ["Meteorology", "Geography", "Farming"]
    assert college.electives == ["botany", "map reading"]
    assert college.internships == ["weather", "farm offices"]
    assert guide.tools and [(tool.name, tool.use) for tool in guide.tools] == [
        ("whistles", None),
        ("lamps", None),
        ("wind charts or rain charts", "maps"),
        ("balloons", "carry them up"),
    ]
    said = guide.transcript
    assert said and said.publisher == "Valley Radio"
    assert [(p.start, p.at, p.topics) for p in said.passages] == [
        (0, 0, []),
        (14, 18, ["summary"]),
        (62, 65, ["myths"]),
        (90, 92, ["salary"]),
    ]
    assert [(w.publisher, w.title, w.kind) for w in guide.sources.works] == [
        ("Valley Gazette", "How clouds are led", "Magazine"),
        ("HerdersUnion", "Wages in the valleys", "Union"),
    ]
    assert str(guide.sources.verified) == "2026-05-04"
    assert guide.faq and [q.topic for q in guide.faq] == ["summary", "salary", "outlook"]


def test_a_myth_is_refuted_only_where_the_page_does(tmp_path: Path) -> None:
    """The lesson answers the first myth; of the second nothing is made up."""
    first, second = made(SHEPHERD, tmp_path).myths or []
    assert first.truth == "In truth, a herd knows its shepherd and ignores everybody else."
    assert second.claim == "It only works in summer." and second.truth == default("myths.truth")


def test_a_page_of_another_form_gives_its_facts(tmp_path: Path) -> None:
    """Other headings, cells on lines of their own, a night shift, euros, a decline."""
    guide = made(POSTMAN, tmp_path)
    assert guide.title == "Balloon Postman" and guide.snapshot.titles == [
        "Sky Mailman",
        "Island Courier",
    ]
    pay = guide.salary
    assert pay and (pay.min, pay.median, pay.max) == (24000, 29500, 36000)
    assert (pay.currency, pay.per, pay.region) == ("EUR", "year", "European Union")
    assert guide.education
    assert [(r.name, r.share, ends(r.span), r.cost) for r in guide.education.routes] == [
        ("Flight school", 70, (1, 1, "years"), 2),
        ("Postal apprenticeship", 30, (18, 18, "months"), 1),
    ]
    assert guide.skills and {s.name: s.score for s in guide.skills.scores} == {
        "Steering": 90,
        "Sorting letters": 64,
    }
    assert guide.pathway and [(s.name, ends(s.length)) for s in guide.pathway.stages] == [
        ("School", None),
        ("Letter sorter", (1, 2, "years")),
        ("Island postman", (5, None, "years")),
    ]
    assert guide.day and guide.day.overnight and f"{guide.day.entries[-1].at:%H:%M}" == "04:00"
    assert guide.tasks and guide.tasks.entries == ["Mend the basket"]
    growth = guide.outlook and guide.outlook.growth
    assert growth and (growth.percent, growth.start, growth.by) == (-3.5, 2024, 2034)
    assert guide.high_school and guide.high_school.grades == [10, 11, 12]
    assert guide.myths and guide.myths[0].truth == "They can, by choosing the height."
    assert guide.sources.works[0].url == "https://www.example.org/mail"


def test_what_has_no_place_is_listed_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A song, a question without a topic, pay of beginners: by number, in the words of the page."""
    made(SHEPHERD, tmp_path)
    told = capsys.readouterr().out
    for line in (
        "line 60: - The ridge song has nine verses",
        "line 76: Do clouds bite?",
        "line 77: Nobody has seen it.",
    ):
        assert f"  {line}" in told, told
    assert "line 71: A Cloud Shepherd leads small clouds" in told.split("Said again")[1]
    made(POSTMAN, tmp_path / "other" if (tmp_path / "other").mkdir() is None else tmp_path)
    assert "line 12: Beginners: €1,900 a month" in capsys.readouterr().out


EXTRA = ("- Zebra crossing 4711", "The zebra of 4711 is late.", "Zebra\t4711")


@pytest.mark.parametrize("page", [SHEPHERD, POSTMAN])
def test_no_line_is_lost(tmp_path: Path, page: Path) -> None:
    """A line put in anywhere stands in the guide, or in the report under its number."""
    lines = page.read_text(encoding="utf-8").splitlines()
    for place in range(len(lines) + 1):
        extra = EXTRA[place % len(EXTRA)]
        guide, told = read("\n".join([*lines[:place], extra, *lines[place:]]), tmp_path)
        listed = [line for line in told.splitlines() if line.startswith(f"  line {place + 1}: ")]
        kept = "4711" in str(guide) and "ebra" in str(guide)
        assert kept or any("4711" in line for line in listed), (place, told)


def test_every_line_is_used_or_listed(tmp_path: Path) -> None:
    """No word of a page is in neither: each letter is used, or its line is in the report."""
    for page in (SHEPHERD, POSTMAN):
        lines = read_page(page)
        reading = read_whole(lines, page.stem)
        told = report(lines, reading, [])
        small = {*words()["carriers"], *reading.get("title").lower().split()}
        small |= {*words()["leads"], *reading.get("plural").lower().split()}
        for line in lines:
            left = [p for p in line.unused() if not set(p.text.lower().split()) <= small]
            assert not left or f"line {line.number}: " in told, line


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    """Reading twice changes nothing."""
    once = [written(read_whole(read_page(page), "x").guide, "x") for page in (SHEPHERD, POSTMAN)]
    again = [written(read_whole(read_page(page), "x").guide, "x") for page in (SHEPHERD, POSTMAN)]
    assert once == again


def test_sections_may_stand_in_any_order(tmp_path: Path) -> None:
    """The same facts from the last section to the first, and without numbers."""
    text = SHEPHERD.read_text(encoding="utf-8")
    blocks: list[list[str]] = []
    for line in text.splitlines():
        if " · " in line[:5]:
            blocks.append([])
        blocks[-1].append(line)
    turned = "\n".join(line for block in reversed(blocks) for line in block)
    guide, _ = read(text, tmp_path)
    other, _ = read(turned, tmp_path)
    for key in ("pathway", "skills", "day", "fit", "high_school", "tools", "snapshot", "sources"):
        assert other[key] == guide[key], key
    assert other["salary"]["median"] == guide["salary"]["median"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Salary", "pay"),
        ("Pay", "pay"),
        ("What you earn", "pay"),
        ("MarketJob market and salary outlook", "market"),
        ("Trade-offsPros, cons, and misconceptions", "tradeoffs"),
        ("FitStudent fit profile", "fit"),
        ("High school action plan", "high_school"),
        ("College and application strategy", "college"),
        ("Herding songs", None),
    ],
)
def test_a_heading_is_known_by_its_first_words(heading: str, kind: str | None) -> None:
    """Also where label and heading were copied without a space."""
    assert kind_of(heading) == kind


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2-4 yearsCollege", {"min": 2, "max": 4, "unit": "years"}),
        ("7+ years", {"min": 7, "unit": "years"}),
        ("take12-18 mos$$", {"min": 12, "max": 18, "unit": "months"}),
        ("6 months to 1 year", {"min": 6, "max": 12, "unit": "months"}),
        ("1.5 years", {"min": 18, "max": 18, "unit": "months"}),
        ("two to four summers", {"min": 2, "max": 4, "unit": "summers"}),
        ("more than 3 years", {"min": 3, "unit": "years"}),
        ("5-2 years", None),
        ("years ago", None),
        ("3 yearlings", None),
    ],
)
def test_lengths(text: str, span: dict[str, Any] | None) -> None:
    """As they are written in rows and in sentences."""
    assert [found.value for found in spans(text)] == ([span] if span else [])


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("$130k and $185k", [(130000, "USD"), (185000, "USD")]),
        ("$130-185k", [(130000, "USD"), (185000, "USD")]),
        ("$60,000–$80,000", [(60000, "USD"), (80000, "USD")]),
        ("£29.05 an hour", [(29.05, "GBP")]),
        ("C$1.2 million", [(1200000, "CAD")]),
        ("5 dollars", []),
    ],
)
def test_money(text: str, money: list[Any]) -> None:
    """Amounts with their currency, in thousands where the page says so."""
    assert [found.value for found in amounts(text)] == money


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("92/100", 92),
        ("88 out of 100", 88),
        ("2 of 3: 40", None),
        ("4.5/5", 90),
        ("8/10", 80),
        ("76%", 76),
        ("none", None),
        ("1/3", None),
    ],
)
def test_scores(text: str, points: int | None) -> None:
    """Points of 100, whatever they were points of."""
    found = score(text)
    assert (found and found.value) == points


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("40-50 / week", (40, 50)),
        ("3–5 hours a week", (3, 5)),
        ("one hour a week", (1, 1)),
        ("9 to 5", None),
    ],
)
def test_hours_a_week(text: str, hours: tuple[int, int] | None) -> None:
    """Hours only where the page says of what."""
    found = hours_a_week(text)
    assert (found and (found.value["min"], found.value["max"])) == hours


@pytest.mark.parametrize(
    "row",
    [
        "Entry-level: $40k to $50k",
        "Senior$90k",
        "The average is $77,000.",
        "Bonuses reach $9,000 to $12,000.",
    ],
)
def test_pay_of_a_stage_is_not_the_pay_of_the_job(tmp_path: Path, row: str) -> None:
    """It has no place in a guide, so it is listed."""
    guide, told = read(f"Pay\n{row}\n", tmp_path)
    assert "salary" not in guide and "line 2: " in told


def test_pay_of_another_job_is_left_alone(tmp_path: Path) -> None:
    """What a section of unknown kind says is no fact of this career."""
    guide, told = read("01 · Related careers\nRain makers earn $90k to $99k a year.\n", tmp_path)
    assert "salary" not in guide and "line 2: Rain makers earn" in told


def test_headings_may_be_counted_like_a_list(tmp_path: Path) -> None:
    """Numbers that rise through the page are headings, also of unknown words; a list's are not."""
    text = (
        "1. Good sides\n- Rain\n2. Singing\n- Nine songs\n3. Path\n1. School\n2. Helper\n"
        "4. What you earn\n$40kMedian salary\n5. Gear\n- Rope\n"
    )
    guide, told = read(text, tmp_path)
    assert guide["pros"] == ["Rain"] and guide["tools"] == [{"name": "Rope"}]
    assert [stage["name"] for stage in guide["pathway"]["stages"]] == ["School", "Helper"]
    assert guide["salary"]["median"] == 40000
    assert "line 4: - Nine songs" in told.split("Used in part")[0]


def test_a_heading_of_unknown_words_ends_a_list(tmp_path: Path) -> None:
    """What stands below it is no entry of the list above."""
    guide, told = read("Pros\n- Rain\n\nFestivals\n- The big wet\n\nCons\n- Mud\n", tmp_path)
    assert (guide["pros"], guide["cons"]) == (["Rain"], ["Mud"])
    assert "line 4: Festivals" in told and "line 5: - The big wet" in told


def test_pay_of_states_is_read_from_its_table(tmp_path: Path) -> None:
    """A row with three rising amounts; another row is listed."""
    guide, told = read(
        "Pay\nState\tLow\tMedian\tHigh\nTexas\t$70,000\t$80,000\t$90,000\nOhio\t$70,000\n"
        "Most earn $60,000 to $95,000 a year in the U.S.\n",
        tmp_path,
    )
    texas = {"state": "TX", "min": 70000, "median": 80000, "max": 90000}
    assert guide["salary"]["states"] == [texas] and "line 4: Ohio" in told


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ("☐ I like rain", "You like rain"),
        ("- I'm patient", "You are patient"),
        ("1) You wait well.", "You wait well"),
        ("[ ] Enjoy the view", "You enjoy the view"),
    ],
)
def test_statements_are_turned_to_the_reader(tmp_path: Path, said: str, statement: str) -> None:
    """Whatever stands before them: boxes, numbers, "I", or "if you" above the list."""
    text = f"**Is this for you?**\nIt may be if one or more is true: if you\n{said}\n"
    guide, _ = read(text, tmp_path)
    assert guide["fit"] == {"threshold": 1, "statements": [statement]}


def test_a_part_without_its_core_is_listed(tmp_path: Path) -> None:
    """What pay depends on is no answer to what it is; nor is a day without a time a day."""
    guide, told = read("Pay\nPay depends on rain and wind.\nA typical day\nMuch rain.\n", tmp_path)
    assert not {"salary", "day"} & set(guide) and "line 2: Pay" in told and "line 4: Much" in told


def test_two_figures_for_one_fact_are_named(tmp_path: Path) -> None:
    """The first one stands, the other is in the report with its line."""
    guide, told = read("Pay\nThe median is $50,000.\nThe median is $60,000.\n", tmp_path)
    assert guide["salary"]["median"] == 50000 and "line 3: salary.median is 60000" in told


def test_cells_that_belong_to_either_neighbour_are_not_joined(tmp_path: Path) -> None:
    """A table that begins and ends with figures does not tell which are whose."""
    guide, told = read("Education\n60%\nSchool\n4 years\nCamp\n40%\n", tmp_path)
    assert "education" not in guide and all(f"line {n}: " in told for n in range(2, 7))


def test_a_guide_that_is_there_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody changed by hand is not written over; the new one is a draft that is not loaded."""
    made(SHEPHERD, tmp_path)
    path = tmp_path / "cloud-shepherd.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    main([str(SHEPHERD)], tmp_path)
    assert path.read_text(encoding="utf-8").endswith("# mine\n")
    assert (
        tmp_path / "_cloud-shepherd.yml"
    ).exists() and "stays as it is" in capsys.readouterr().out


def test_what_is_missing_is_named_and_the_guide_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page without sources gives a guide with one fault, and the facts it has."""
    text = SHEPHERD.read_text(encoding="utf-8")
    page = tmp_path / "page.txt"
    page.write_text(text[: text.index("14 · Sources")], encoding="utf-8")
    assert main([str(page)], tmp_path) == 1
    assert "cloud-shepherd.yml: sources: found nothing, expected a value" in capsys.readouterr().out
    assert "Wind camp certificate" in (tmp_path / "cloud-shepherd.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (None, "found no readable file"),
        (b"", "found no words"),
        (b"caf\xe9", "page.txt: line 1: found letters that are not UTF-8"),
        ("A nurse".encode("utf-16"), "page.txt: line 1: found letters that are not UTF-8"),
    ],
)
def test_a_page_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: bytes | None, fault: str
) -> None:
    """One line says what is wrong; nothing is written."""
    page = tmp_path / "page.txt"
    if raw is not None:
        page.write_bytes(raw)
    assert main([str(page)], tmp_path) == 1
    assert fault in capsys.readouterr().out and not list(tmp_path.glob("*.yml"))


def test_the_command_wants_one_page(capsys: pytest.CaptureFixture[str]) -> None:
    """`make guide` without FROM says how it is called."""
    assert main([""]) == 2 and "make guide FROM=" in capsys.readouterr().out


def test_a_line_knows_what_is_left() -> None:
    """Letters that were taken are gone, however often."""
    line = Line(1, "- one, two and three")
    line.whole.part(0, 3).take("a")
    line.whole.part(0, 3).take("b")
    assert [piece.text for piece in line.unused()] == ["two and three"]


def test_the_fault_of_a_page_is_a_document_error(tmp_path: Path) -> None:
    """As every other file's."""
    with pytest.raises(DocumentError):
        read_page(tmp_path / "none.txt")
