"""Guides and school settings: what loading refuses and how it says so; the shipped facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from answers.words import stamp
from components.guide_importer import guide_phrases
from guides.checking import main as check_guide
from guides.documents import DocumentError
from guides.library import Library
from guides.loading import ELSEWHERE, FOLDER, Guides, guide_named, load_guide, load_guides
from guides.schema import Guide, Phrases, Section
from guides.school import SCHOOL, School, load_school
from tests.shipped import SLUGS, shipped_only
from understanding.topics import TOPICS

KEEPER = Path(__file__).parent / "guides" / "moon-lighthouse-keeper.yml"
TEMPLATE = FOLDER / "_template.yml"
FAULT = re.compile(r"[\w./-]+: [^:]+: (?:found .+, expected .+|found twice \(line \d+\), .+)")

Faults = Callable[..., list[str]]


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """The faults of a folder with these files; none is a failure."""

    def load(**files: str | bytes) -> list[str]:
        for name, text in files.items():
            raw = text if isinstance(text, bytes) else text.encode()
            (tmp_path / f"{name}.yml").write_bytes(raw)
        with pytest.raises(DocumentError) as caught:
            load_guides(tmp_path)
        return caught.value.faults

    return load


REQUIRED = ("title:", "plural:", "aliases:", "snapshot:", "sources:")


def changed(*changes: tuple[str, str]) -> str:
    """The fictional guide with places changed, less sections without a change (reading is slow)."""
    sections = re.split(r"\n(?=\w)", KEEPER.read_text(encoding="utf-8"))
    touched = [part for part in sections if any(old in part for old, _ in changes)]
    text = "\n".join(p for p in sections if p in touched or p.startswith(REQUIRED))
    for old, new in changes:
        assert old in text, f"{KEEPER.name} no longer holds {old!r}"
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("pros:", "prose:", "prose: found a list of 2, expected no such key"),
        ("cost: 1", "price: 1", "routes[0].price: found 1, expected no such key"),
        ("plural: ", "aliases: [x]\n# ", "aliases: found twice"),
        ("{min: 36, max", "{min: 1, min: 36, max", "min: found twice"),
        ("title: Moon", "5: Moon", "title: found nothing, expected a value"),
        ("share: 35", 'share: "35"', "routes[0].share: found '35', expected a whole number"),
        ("share: 35", "share: 101", "routes[0].share: found 101, expected"),
        ("share: 35", "share: 36", "routes: found a list of 5, expected shares that add up to 100"),
        ("share: 35", "share: 34", "routes: found a list of 5, expected shares that add up to 100"),
        ("min: 2400", "min: 2,400", "salary.min: found '2,400', expected a whole number"),
        ("min: 2400", "min: 4000", "salary.max: found 3900, expected at least min (4000)"),
        ("max: 3900", "max: 3900\n  median: 9", "salary.median: found 9, expected a value from"),
        ("currency: EUR", "currency: Euro", "salary.currency: found 'Euro', expected one of: USD"),
        ('"21:30"', "9:30", "entries[1].at: found '9:30', expected a time of day such as"),
        ('"21:30"', "2130", "entries[1].at: found 2130, expected a time of day such as"),
        ('"21:30"', '"19:30"', "day.entries: found a list of 6, expected rising times, found 19"),
        ('"02:30"', '"00:15"', "day.entries: found a list of 6, expected rising times, found 00"),
        ('"04:30"', '"21:00"', "day.entries: found a list of 6, expected less than 24 hours"),
        ("overnight: true", "overnight: false", "expected rising times, found 00:30 too early"),
        ("overnight: true", "overnight: yes", "day.overnight: found 'yes', expected true or false"),
        ("degree: false", "degree: no", "routes[0].degree: found 'no', expected true or false"),
        ("[towers]", "[]", "college.internships: found a list of 0, expected at least one entry"),
        ("[towers]", "towers", "college.internships: found 'towers', expected a list"),
        ("id: diploma", "id: navy", "expected each id once, found twice: navy"),
        ("id: radio,", "id: Radio,", "scores[0].id: found 'Radio', expected lower-case letters"),
        ("threshold: 2", "threshold: 5", "fit.threshold: found 5, expected 1 to 4"),
        ("max: 36, unit: hours", "max: 36, unit: years", "hours.week: found a mapping, expected"),
        ("max: 4, unit: years", "max: 2, unit: years", "length.max: found 2, expected at least"),
        (
            "length: ongoing",
            "length: forever",
            "routes[4].length: found 'forever', expected one of",
        ),
        ("[9, 10, 11, 12]", "[8]", "high_school.grades[0]: found 8, expected"),
        ("kind: club", "kind: sport", "steps[3].kind: found 'sport', expected one of: class"),
        ('at: "1:34"', 'at: "1:74"', "passages[2].at: found '1:74', expected minutes and seconds"),
        ('at: "1:34"', 'at: "0:20"', "passages[2].asked_at: found '1:30', expected a question no"),
        ('at: "2:10"', 'at: "1:34"', "transcript.passages: found a list of 4, expected rising"),
        ("topics: [misfit]", "topics: [x]", "passages[2].topics[0]: found 'x', expected one of"),
        ("2020-02-29", "2020-02-30", "sources.verified: found '2020-02-30', expected a date"),
        ("2020-02-29", "2020", "sources.verified: found 2020, expected a date"),
        ("title: Moon", "slug: x\ntitle: Moon", "slug: found a key, expected none"),
        ("title: Moon", "title: [Moon", "line 1: found broken YAML"),
    ],
)
def test_a_fault_is_found_and_explained(faults: Faults, old: str, new: str, fault: str) -> None:
    """Each wrong place gives a line with file, key path, what was found, what was expected."""
    found = faults(keeper=changed((old, new)))
    assert any(line.startswith("keeper.yml: ") and fault in line for line in found), found
    assert all(FAULT.fullmatch(line) for line in found), found


@pytest.mark.parametrize(
    "raw", [b"title: \xff\xfe", b"", b"- a", b"words", b"{[a]: b}", b"a: b\x00", b"a: *b", b"\t"]
)
def test_a_file_that_is_no_mapping_is_refused(faults: Faults, raw: bytes) -> None:
    """Bytes that are not UTF-8, not YAML or no mapping give one line, never a traceback."""
    (line,) = faults(keeper=raw)
    assert line.startswith("keeper.yml: ") and FAULT.fullmatch(line), line


def test_an_empty_folder_is_refused(faults: Faults) -> None:
    """A folder without guides is a fault, and a template alone is no guide."""
    (line,) = faults(_template="title: x")
    assert "found no guide, expected at least one" in line


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Nurse.yml", "nurse.yml"),
        ("data scientist.yml", "data-scientist.yml"),
        ("ml.ops.yml", "ml-ops.yml"),
        ("kindergärtner.yml", "kindergartner.yml"),
        ("ml_ops.yml", "ml-ops.yml"),
        ("-nurse.yml", "nurse.yml"),
        ("n" * 61 + ".yml", "n" * 60 + ".yml"),
        ("nurse.yaml", "nurse.yml"),
        ("nurse.YML", "nurse.yml"),
        ("nurse.yml.txt", "nurse.yml"),
        ("看護師.yml", "my-career.yml"),
    ],
)
def test_a_guide_that_no_address_can_name_is_refused(
    tmp_path: Path, name: str, better: str
) -> None:
    """A file whose name does not fit `?guide=`, or that would be passed over, is a fault."""
    (tmp_path / name).write_text(changed(), encoding="utf-8")
    with pytest.raises(DocumentError) as refused:
        load_guides(tmp_path)
    (line,) = (fault for fault in refused.value.faults if fault.startswith(f"{name}: file name"))
    assert (
        "found" in line
        and "expected" in line
        and line.endswith(f"rename it, for example to {better}")
    )


def test_files_that_are_no_guides_are_left_alone(tmp_path: Path) -> None:
    """A template, an editor's backup, a note and a hidden file are no faults."""
    (tmp_path / "keeper.yml").write_text(KEEPER.read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("_Template.yml", ".Draft.yml", "README.md", "Keeper.yml~", "Keeper.yml.bak"):
        (tmp_path / name).write_text("- x")
    assert list(load_guides(tmp_path)) == ["keeper"]


@pytest.mark.parametrize(
    "name",
    ["mlops-engineer", "MLOps-Engineer", "MLOPS Engineer", " mlops_engineer ", "Mlops  engineer"],
)
def test_a_guide_is_named_whatever_its_case(guides: Guides, name: str) -> None:
    """Capitals, spaces and underscores of a name in an address do not matter."""
    found = guide_named(guides, name)
    assert found and found.slug == "mlops-engineer"


@pytest.mark.parametrize("name", ["nurse", "", "mlops", "mlops-engineer2", "engineer", "../school"])
def test_no_guide_is_guessed(guides: Guides, name: str) -> None:
    """A name that is not that of a guide is not bent into one."""
    assert guide_named(guides, name) is None


def test_no_two_guides_share_a_title(faults: Faults) -> None:
    """A title that another guide has is a fault, whatever its case; an alias is none."""
    other = changed(("title: Moon", "title: MOON"))
    (line,) = faults(keeper=changed(), other=other)
    assert "'MOON Lighthouse" in line and "keeper.yml" in line and "other.yml" in line


def test_all_faults_of_all_guides_are_reported_at_once(faults: Faults) -> None:
    """Two faults in one guide and one each in two others are four lines."""
    two = changed(("share: 35", "share: 36"), ("threshold: 2", "threshold: 9"))
    found = faults(a=two, b=changed(("pros:", "prose:")), c=b"- a", d=changed())
    assert sorted(line.split(":")[0] for line in found) == ["a.yml", "a.yml", "b.yml", "c.yml"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("mlops-engineer", "nurse", "default_guide: found 'nurse', expected one of: mlops-en"),
        ("person:", "persona:", "person: found nothing, expected a value"),
        ("  contact:", "  # ", "person.contact: found nothing, expected a value"),
        ("name: your school\n", "", "name: found nothing, expected a value"),
    ],
)
def test_faults_of_the_school_are_explained(
    mlops: Guide, tmp_path: Path, old: str, new: str, fault: str
) -> None:
    """An unknown default guide or a missing key of school.yml is a fault."""
    text = SCHOOL.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "school.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DocumentError, match=re.escape(f"school.yml: {fault}")):
        load_school({mlops.slug: mlops}, tmp_path / "school.yml")


def test_the_shipped_school_names_help(school: School, guides: Guides) -> None:
    """The shipped settings name a guide that there is, a person, and the crisis line 988."""
    assert school.default_guide in guides and school.person.contact
    assert any("988" in line.how for line in school.crisis_lines)


def keys_of(model: type[Section], path: str = "") -> Iterator[str]:
    """The path of every key that a section may hold, list places left out."""
    for name, field in model.__fields__.items():
        yield path + name
        kinds = [field.type_, *(inner.type_ for inner in field.sub_fields or [])]
        for kind in kinds:
            if hasattr(kind, "__fields__"):
                yield from keys_of(kind, f"{path}{name}.")


def lines_of(node: yaml.Node, path: str = "") -> Iterator[tuple[str, int]]:
    """The path and the line of every key in a document."""
    if isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from lines_of(entry, path)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield path + key.value, key.start_mark.line
            yield from lines_of(value, f"{path}{key.value}.")


def test_the_template_is_a_valid_guide_that_explains_every_key() -> None:
    """The template loads, holds every key there is, and has a comment above each."""
    phrases = load_guide(TEMPLATE).phrases
    assert all(getattr(phrases, part) for part in Phrases.__fields__), "guides/phrases/"
    text = TEMPLATE.read_text(encoding="utf-8")
    first: dict[str, int] = {}
    for path, line in lines_of(yaml.compose(text)):
        first.setdefault(path, line)
    held = {path for path in keys_of(Guide) if path.split(".")[0] not in ELSEWHERE}
    assert set(first) == held
    lines = [line.strip() for line in text.splitlines()]
    bare = [path for path, line in first.items() if not lines[line - 1].startswith("# ")]
    assert not bare, f"guides/_template.yml: no comment above {bare}"


def test_the_guides_point_at_topics_that_exist(guides: Guides) -> None:
    """Frequent questions are filed under topics that can be asked for."""
    for guide in [*guides.values(), load_guide(TEMPLATE)]:
        unknown = {entry.topic for entry in guide.faq or []} - set(TOPICS)
        assert not unknown, f"{guide.slug}.yml: {unknown}"


SHIPPED: dict[str, Any] = {
    "day": ["9:00", "9:30", "10:00", "11:30", "13:00", "14:30", "16:00", "17:00"],
    "lengths": [None, (2, 4, "years"), (1, 2, "summers"), (1, 2, "years"), (3, 6, "years"), (7, None, "years")],
    "scores": {"Logic & abstraction": 92, "Communication": 76, "Coding & automation": 91, "Systems thinking": 89, "Debugging under pressure": 86},
    "routes": [("4-year degree", 60, (4, 4, "years"), 3, True), ("Master's degree", 20, (1, 2, "years"), 3, True), ("Bootcamp / certificate path", 10, (3, 12, "months"), 2, False), ("Self-taught + portfolio", 10, None, 1, False)],
    "stamps": ["0:00", "0:12", "0:34-0:36", "0:59-1:02", "1:23-1:28", "1:48-1:54", "2:18-2:23", "2:46-2:50", "3:10-3:13", "3:32-3:34", "3:55-3:59", "4:23-4:27", "4:46-4:50", "5:11-5:12", "5:32-5:37", "5:59-6:03", "6:26-6:30", "6:51-6:53", "7:16-7:19", "7:47-7:51", "8:14-8:17", "8:45"],
    "sources": ["CareerExplorer", "People In AI", "Coursera", "Pluralsight", "SecondTalent"],
    "faq": ["summary", "salary", "education", "outlook", "pathway", "day", "employers"],
}  # fmt: skip
"""The figures of the source text, ../shared/seed/mlops-engineer.txt."""


OF_TABLES = {
    "fields",
    "alternates",
    "codes",
    "industries",
    "interests",
    "knowledge",
    "preparation",
    "related",
    "styles",
    "tasks",
}
"""Sections that public tables fill and the source of the shipped guide does not have."""


def test_the_shipped_guide_has_every_section(mlops: Guide) -> None:
    """No section of the source is missing from the shipped guide."""
    missing = {name for name in Guide.__fields__ if not getattr(mlops, name)}
    assert missing == OF_TABLES


def test_the_shipped_guide_has_the_figures_of_its_source(mlops: Guide) -> None:
    """Times, lengths, scores, shares, costs, pay, growth and stamps are those of the source."""

    def ends(span: Any) -> Any:
        return span and (span.min, span.max, span.unit)

    assert [f"{e.at:%H:%M}".lstrip("0") for e in mlops.day.entries] == SHIPPED["day"]
    assert [ends(stage.length) for stage in mlops.pathway.stages] == SHIPPED["lengths"]
    assert {skill.name: skill.score for skill in mlops.skills.scores} == SHIPPED["scores"]
    routes = [(r.name, r.share, ends(r.span), r.cost, r.degree) for r in mlops.education.routes]
    assert routes == SHIPPED["routes"]
    pay = mlops.salary
    assert (pay.min, pay.median, pay.max, pay.currency) == (130000, 158000, 185000, "USD")
    assert (mlops.outlook.growth.percent, mlops.outlook.growth.by) == (28, 2034)
    assert (mlops.fit.threshold, len(mlops.fit.statements)) == (3, 5)
    assert ends(mlops.snapshot.hours.week) == (40, 50, "hours")
    assert ends(mlops.high_school.hours) == (3, 5, "hours") and len(mlops.high_school.steps) == 6
    said = mlops.transcript.passages
    stamps = ["-".join(dict.fromkeys((stamp(p.start), stamp(p.at)))) for p in said]
    assert len(stamps) == 22 and stamps == SHIPPED["stamps"]
    assert [work.publisher for work in mlops.sources.works] == SHIPPED["sources"]
    assert mlops.sources.verified is None
    assert [entry.topic for entry in mlops.faq] == SHIPPED["faq"]
    assert [len(part) for part in (mlops.pros, mlops.cons, mlops.myths)] == [4, 4, 4]


@pytest.mark.parametrize("days", ["-1", "31", "7.5", '"7"', "true", "forever"])
def test_days_are_a_number_up_to_30(tmp_path: Path, guides: Guides, days: str) -> None:
    """Anything else names the key; without the key it is 30."""
    shipped = SCHOOL.read_text(encoding="utf-8")
    school = tmp_path / "school.yml"
    school.write_text(shipped.replace("keep_days: 30", f"keep_days: {days}"))
    with pytest.raises(DocumentError, match=r"school\.yml: keep_days: found"):
        load_school(guides, school)
    school.write_text(shipped.replace("keep_days: 30", ""))
    assert load_school(guides, school).keep_days == 30


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "note: Any tower may",
            "note: Any tower # may",
            "education.note (line 56): found '# may set rules of its own.' cut off as a comment",
        ),
        (
            "note: Night owls watch",
            "note: #1 watches",
            "education.routes[4].note (line 54): found '#1 watches until a tower has a bed free.'",
        ),
        ("Moon Lighthouse Keepers", "Kite Doctors", "plural: found the template's 'Kite Doctors'"),
        (
            "[moon keeper,",
            "[kite medic,",
            "aliases[0]: found the template's 'kite medic', expected your own words",
        ),
        ("topic: day}", "topic: days}", "faq[0].topic: found 'days', expected a topic of data/"),
    ],
)
def test_a_slip_that_yaml_lets_pass_is_a_fault(
    faults: Faults, old: str, new: str, fault: str
) -> None:
    """A text that is cut off, is the template's, or names no topic."""
    found = faults(keeper=changed((old, new)))
    assert any(fault in line for line in found), found


def test_comments_of_their_own_and_behind_figures_are_no_slips(tmp_path: Path) -> None:
    """Nor is a sign within quotes or within a folded text."""
    text = changed(
        ("share: 35", "share: 35  # of a hundred"),
        ("note: Any tower may", 'note: "Any tower #4 may'),
        ("rules of its own.", 'rules of its own."  # so they say'),
        ("tends the great lamp", "tends the # great lamp"),
    )
    (tmp_path / "keeper.yml").write_text(text, encoding="utf-8")
    (guide,) = load_guides(tmp_path).values()
    assert "the # great lamp" in guide.snapshot.summary
    assert guide.education and guide.education.note.startswith("Any tower #4 may")


def test_a_copied_template_is_no_guide(faults: Faults) -> None:
    """Every text that was left as it is is named."""
    found = faults(nurse=TEMPLATE.read_text(encoding="utf-8"))
    assert len(found) > 40 and all("found the template's" in line for line in found)


MYTH = "\nmyths:\n  - {id: x, claim: Keepers sleep., truth: Never.}\n"


@pytest.mark.parametrize(
    ("phrases", "fault"),
    [
        ("myths: {y: [so they nap]}", "myths.y: found 'y', expected the id of a myth of the guide"),
        ("passages: {y: [a]}", "passages.y: found 'y', expected the id of a passage of the guide"),
        ("topics: {days: [a]}", "topics.days: found 'days', expected a topic of data/topics.yml"),
        ("topic: {day: [a]}", "topic: found a mapping, expected no such key"),
        ("topics: {day: when}", "topics.day: found 'when', expected a list"),
        (
            'myths: {x: ["keepers sleep!"]}',
            "myths.x[0]: found 'keepers sleep!' as in keeper.yml: myths[0].claim, expected it once",
        ),
        (
            "topics: {day: [a b], tools: [c, A b!]}",
            "topics.tools[1]: found 'A b!' as in phrases/keeper.yml: topics.day[0], expected it",
        ),
        ("topics: {day: [a], day: [b]}", "day: found twice (line 1), expected once"),
        ("topics: [day", "line 1: found broken YAML"),
        ("topics:\n  day:\n    - what is # 1", "topics.day[0] (line 3): found '# 1' cut off"),
        ("topics: {summary: [do they mend kites]}", "found the template's 'do they mend kites'"),
    ],
)
def test_a_fault_of_phrases_is_found_and_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], phrases: str, fault: str
) -> None:
    """Where a guide's phrases are wrong, their file, place and remedy are named."""
    (tmp_path / "keeper.yml").write_text(changed() + MYTH, encoding="utf-8")
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases" / "keeper.yml").write_text(phrases, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_guides(tmp_path)
    (line,) = caught.value.faults
    assert line.startswith("phrases/keeper.yml: ") and fault in line
    assert check_guide(["keeper"], tmp_path) == 1 and capsys.readouterr().out == f"{line}\n"


@pytest.mark.parametrize("name", ["keper.yml", "keeper.yaml", "keeper.yml.txt"])
def test_phrases_of_no_guide_are_refused(tmp_path: Path, name: str) -> None:
    """They would be passed over; a template and a note beside them are none."""
    (tmp_path / "keeper.yml").write_text(changed(), encoding="utf-8")
    (tmp_path / "phrases").mkdir()
    for each in (name, "_template.yml", "README.md"):
        (tmp_path / "phrases" / each).write_text("topics: {day: [a]}", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_guides(tmp_path)
    (line,) = caught.value.faults
    assert line.startswith(f"phrases/{name}: file name: found '{name}', expected that of a guide")


def test_phrases_among_facts_are_refused(faults: Faults) -> None:
    """The fault says where they belong."""
    found = faults(keeper=changed() + MYTH.replace("}", ", asked: [so they nap]}"))
    assert any(
        line.startswith("keeper.yml: myths[0].asked: found phrases, expected") for line in found
    )


def test_phrases_train_and_are_known_with_their_guide(tmp_path: Path) -> None:
    """Each part under its intent, in the order of the guide; without a file there are none."""
    (tmp_path / "keeper.yml").write_text(changed() + MYTH, encoding="utf-8")
    assert list(guide_phrases(load_guides(tmp_path))) == [("ask_myths", "Keepers sleep.")]
    (tmp_path / "phrases").mkdir()
    text = "myths: {x: [so they nap]}\ntopics: {day: [when], uncovered: [who], take_quiz: [test]}"
    (tmp_path / "phrases" / "keeper.yml").write_text(text, encoding="utf-8")
    guides = load_guides(tmp_path)
    assert list(guide_phrases(guides)) == [
        ("ask_day", "when"),
        ("ask_uncovered", "who"),
        ("take_quiz", "test"),
        ("ask_myths", "Keepers sleep."),
        ("ask_myths", "so they nap"),
    ]
    compiled = Library.in_memory(guides.values())
    assert compiled["keeper"].phrases == guides["keeper"].phrases


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (("title: Moon", "titles: [Lunar"), ("title: [Moon", 'titles: ["Lunar'), (1, 9)),
        (("title: Moon", "note: Any"), ("title: [Moon", "note: Any: tower"), (1, 56)),
        (("titles: [Lunar", "employers: ["), ("titles: [[Lunar", "employers: {"), (9, 10)),
    ],
)
def test_two_places_of_broken_yaml_are_both_named(
    faults: Faults, old: tuple[str, str], new: tuple[str, str], lines: tuple[int, int]
) -> None:
    """In two sections and in one; the line is that of the mistake."""
    found = faults(keeper=changed(*zip(old, new, strict=True)))
    assert all("found broken YAML" in line for line in found)
    assert [int(line.split("line ")[1].split(":")[0]) for line in found] == list(lines), found


def test_letters_that_are_not_utf8_are_named(faults: Faults) -> None:
    """With their line and what to do; a mark of Windows in front is none."""
    (line,) = faults(keeper=changed().encode().replace(b"Lamp", b"L\xe4mp", 1))
    assert re.search(r"keeper\.yml: line \d+: found letters that are not UTF-8", line)
    assert line.endswith("save the file as UTF-8")


def test_a_guide_may_begin_with_a_mark_of_windows(tmp_path: Path) -> None:
    """Editors put it there without asking."""
    (tmp_path / "keeper.yml").write_bytes(b"\xef\xbb\xbf" + changed().encode())
    assert list(load_guides(tmp_path)) == ["keeper"]


@pytest.mark.parametrize("place", ["health/keeper.yml", "a/b/Keeper.yaml", "careers/keeper.yml"])
def test_a_guide_in_a_folder_of_its_own_is_refused(tmp_path: Path, place: str) -> None:
    """It would be passed over; the fault says where it belongs."""
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_text(changed(), encoding="utf-8")
    (tmp_path / "careers").mkdir(exist_ok=True)
    (tmp_path / "careers" / "names.yml").write_text("11-1011.00: {title: Chief}", encoding="utf-8")
    with pytest.raises(DocumentError) as refused:
        load_guides(tmp_path)
    (line,) = (fault for fault in refused.value.faults if "folder: found" in fault)
    assert FAULT.fullmatch(line) and line.endswith(f"move it to {tmp_path.name}/keeper.yml")


@pytest.mark.parametrize(
    ("file", "asked", "said"),
    [
        ("keeper.yml", "keeper", "/keeper.yml is valid."),
        ("keeper.yml", "guides/keeper.yml", "/keeper.yml is valid."),
        ("keeper.yml.txt", "keeper", "found 'keeper.yml.txt', expected"),
        ("Moon Keeper.yml", "moon-keeper", "for example to moon-keeper.yml"),
        ("sea/keeper.yml", "keeper", "keeper.yml: folder: found sea, expected"),
        ("keeper.yml", "nurse", "nurse.yml: file: found none in"),
        ("keeper.yml", "", "NAME=<guide>: one of keeper"),
    ],
)
def test_one_guide_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, asked: str, said: str
) -> None:
    """`make check-guide` finds what was meant, and says what is wrong with it or that it is valid."""
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(changed(), encoding="utf-8")
    valid = check_guide([asked], tmp_path) == 0
    told = capsys.readouterr().out
    assert said in told and valid == ("is valid" in said)


def test_a_title_that_another_guide_has_is_found_in_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without reading the other guide as a whole; its faults are its own."""
    (tmp_path / "keeper.yml").write_text(changed(), encoding="utf-8")
    (tmp_path / "other.yml").write_text(changed(("pros:", "prose:")), encoding="utf-8")
    assert check_guide(["keeper"], tmp_path) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert "keeper.yml: title: found the title of other.yml" in line


def test_a_career_that_a_school_adds_is_none_of_the_tests() -> None:
    """Of the project's folder only what is shipped counts; any other folder counts as it is."""
    added, own = FOLDER / "tester.yml", FOLDER / "mlops-engineer.yml"
    assert shipped_only([own, added, KEEPER]) == [own, KEEPER]
    assert set(load_guides()) == SLUGS
