"""Finding careers: what is read from a message, what is found, against the lines of the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from components.sentence_encoder import find_encoder
from guides.careers import CAREERS
from guides.documents import DocumentError
from guides.finding import Filters, Finder
from guides.library import Library
from understanding.finding import FINDING, Finding, finding, merged, reason
from understanding.text import root

LEVELS = (
    "No formal educational credential",
    "High school diploma or equivalent",
    "Some college, no degree",
    "Postsecondary nondegree award",
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Doctoral or professional degree",
)

Line = Mapping[str, Any]


@pytest.fixture(scope="module")
def lines() -> dict[str, Line]:
    """The lines of the tables by slug, each with its pay in the nation and in the states."""
    pays = {line["soc"]: line for line in _read("pay.jsonl")}
    found = {}
    for path in sorted(CAREERS.glob("[0-9]*.jsonl")):
        for line in _read(path.name):
            found[line["slug"]] = {**line, "figures": pays.get(line.get("pay", ""))}
    return found


def _read(name: str) -> Iterator[Line]:
    for line in (CAREERS / name).read_text("utf-8").splitlines():
        yield json.loads(line)


def pay(line: Line, state: str | None = None) -> float | None:
    """The median a year that the tables have."""
    figures = line["figures"]
    if not figures or figures["per"] != "year":
        return None
    place = figures["states"].get(state) if state else figures["nation"]
    return place[1] if place else None


def level(line: Line) -> int:
    return LEVELS.index(line["entry"])


@pytest.fixture(scope="module")
def finder(library: Library) -> Finder:
    encoder = find_encoder({"encoder": "auto"})
    return Finder(library, encoder.encode if encoder else None)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("jobs that pay over 60k", {"pay_least": 60_000}),
        ("jobs over $30 an hour", {"pay_least": 30 * 2080}),
        ("at least 80,000 a year", {"pay_least": 80_000}),
        ("make like sixty thousand dollars", {"pay_least": 60_000}),
        ("i wanna make six figures", {"pay_least": 100_000}),
        ("jobs under 40k", {"pay_most": 40_000}),
        ("between 50 and 70k a year", {"pay_least": 50_000, "pay_most": 70_000}),
        ("jobs without a degree", {"level_most": 3}),
        ("jobs without a university degree", {"level_most": 3}),
        ("jobs without college", {"level_most": 1}),
        (
            "my family can't pay for college, jobs outside",
            {"level_most": 1, "about": "family outside"},
        ),
        ("university is out of the question", {"level_most": 1}),
        ("a bachelor's is too long for me", {"level_most": 4}),
        ("four years of college isn't an option", {"level_most": 4}),
        ("two years of school is too expensive", {"level_most": 3}),
        ("jobs that dont need a 4 year degree", {"level_most": 4}),
        ("with a 2-year degree", {"level_least": 4, "level_most": 4}),
        ("an associates", {"level_least": 4, "level_most": 4}),
        ("a bachelors or less", {"level_most": 5}),
        ("at least a masters", {"level_least": 6}),
        ("jobs for dropouts", {"level_most": 0}),
        ("growing careers", {"direction": "up", "order": "growth"}),
        ("jobs that are dying out", {"order": "shrinking"}),
        ("most openings", {"order": "openings"}),
        ("highest paying jobs in ohio", {"order": "pay", "state": "OH"}),
        ("construction jobs", {"field": "construction", "groups": ("47",)}),
        ("careers with animals", {"about": "animals"}),
        ("something with science but no blood", {"about": "science", "without": ("blood",)}),
        ("i like art", {"about": "art"}),
        ("is it over 2 years of school", {}),
    ],
)
def test_filters_are_read(text: str, read: Mapping[str, Any]) -> None:
    """Amounts, schooling, growth, order, field, state, wishes and what is not wanted."""
    filters = finding().read(text).filters
    helping = {"words", "traits", "unwanted"}
    said = {
        name: value
        for name, value in vars(filters).items()
        if value != getattr(Filters(), name) and name not in helping
    }
    if not read:
        assert "pay_least" not in said
    else:
        assert said == read


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("less school", "less_school"),
        ("more money", "more_money"),
        ("show more", "more"),
        ("anywhere", "anywhere"),
        ("pay doesnt matter", "any_pay"),
        ("any school", "any_school"),
    ],
)
def test_changes_are_read(text: str, change: str) -> None:
    """A change is that and nothing else."""
    said = finding().read(text)
    assert said.changes == {change} and said.all_read and not said.fresh


def test_changes_go_from_what_is_in_force() -> None:
    """Less school is a step below, more money a step above, and the rest stays."""
    before = Filters(about="animals", level_most=5, pay_least=50_000, state="TX")
    after = merged(before, finding().read("less school"))
    assert (after.level_most, after.about, after.state) == (4, "animals", "TX")
    after = merged(before, finding().read("more money"))
    assert after.order == "pay" and after.pay_least == 60_000
    after = merged(before, finding().read("in ohio"))
    assert after.state == "OH" and after.pay_least == 50_000
    assert merged(before, finding().read("anywhere")).state is None


def test_what_no_figure_tells_is_said() -> None:
    """Stress is no column, so it is no filter either."""
    said = finding().read("low stress jobs that pay well")
    assert said.unknown == ("stress",) and said.filters.about == "" and said.filters.order == "pay"


def test_a_broken_file_names_itself(tmp_path: Any) -> None:
    """A list that is missing is a fault with file and name."""
    path = tmp_path / "finding.yml"
    path.write_text("numbers: {}\n", "utf-8")
    with pytest.raises(DocumentError, match=r"finding\.yml"):
        Finding(path)
    assert FINDING.name == "finding.yml"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("chemist", "chemistry", True), ("cooking", "cook", True), ("animals", "animal", True),
     ("car", "care", False), ("art", "artist", True), ("histories", "history", True)],
)  # fmt: skip
def test_words_of_a_family_have_one_root(one: str, other: str, same: bool) -> None:
    """Good enough for finding, and "care" is no "car"."""
    assert (root(one) == root(other)) == same


@pytest.mark.parametrize(
    "text",
    [
        "jobs without a degree that pay over 60k",
        "what pays most with a 2-year degree in ohio",
        "jobs that are growing",
        "highest paying jobs",
        "bachelors in texas over 90k",
        "jobs without college under 40k",
    ],
)
def test_what_is_found_is_what_the_tables_have(
    finder: Finder, lines: dict[str, Line], text: str
) -> None:
    """Each career fulfils each filter by the tables' own figures, and none is left out."""
    filters = merged(Filters(), finding().read(text))
    found = [match for match in finder.find(filters).matches if match.soc]
    assert found
    for match in found:
        line = lines[match.slug]
        assert match.pay == pay(line, filters.state) and match.level == level(line)
        assert match.growth == line["growth"] and match.openings == line["openings"]
    told = {_group(lines[match.slug]) for match in found}
    assert told == {_group(line) for line in lines.values() if _fits(line, filters)}


def _group(line: Line) -> str:
    """What the figures of a career count: one of those that they count together stands for all."""
    return str(line.get("jobs_group") or line.get("pay_group") or line["onet"][:7])


def _fits(line: Line, filters: Filters) -> bool:
    amount = pay(line, filters.state)
    if filters.by_pay and amount is None:
        return False
    return (
        (filters.pay_least is None or (amount or 0) >= filters.pay_least)
        and (filters.pay_most is None or (amount or 0) <= filters.pay_most)
        and (filters.level_least is None or level(line) >= filters.level_least)
        and (filters.level_most is None or level(line) <= filters.level_most)
        and (filters.direction != "up" or line["growth"] > 0)
    )


@pytest.mark.parametrize(
    ("order", "figure", "sign"),
    [("pay", "pay", -1), ("growth", "growth", -1), ("shrinking", "growth", 1),
     ("openings", "openings", -1), ("jobs", "jobs", -1), ("school", "level", 1)],
)  # fmt: skip
def test_lists_are_in_order(finder: Finder, order: Any, figure: str, sign: int) -> None:
    """The first is the best by the figure that was asked for."""
    values = [getattr(match, figure) for match in finder.find(Filters(order=order)).matches]
    assert values == sorted(values, key=lambda value: sign * value) and len(values) > 700


def test_careers_without_a_figure_are_counted_and_left_out(finder: Finder) -> None:
    """Musicians are paid by the hour only, so that no list by yearly pay has them."""
    filters = merged(Filters(), finding().read("music jobs that pay well"))
    found = finder.find(filters)
    assert found.lacking and "musician-or-singer" not in {match.slug for match in found.matches}


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("careers with animals", {"veterinarian", "animal-caretaker"}),
        ("i'm good at math", {"mathematician", "statistician"}),
        ("i like planes", {"airline-pilot", "aircraft-mechanic"}),
        ("i like history", {"historian", "archivist"}),
    ],
)
def test_careers_are_found_by_what_they_are_about(
    finder: Finder, text: str, slugs: set[str]
) -> None:
    """By meaning and by words: what everybody would name is among the first."""
    found = finder.find(merged(Filters(), finding().read(text))).matches[:6]
    assert slugs <= {match.slug for match in found}


def test_words_alone_find_too(library: Library) -> None:
    """Where there is no encoder."""
    found = Finder(library, None).find(merged(Filters(), finding().read("careers with animals")))
    assert "veterinarian" in {match.slug for match in found.matches}


def test_what_is_not_wanted_is_not_found(finder: Finder) -> None:
    """No text of a career that was found speaks of it."""
    found = finder.find(merged(Filters(), finding().read("something in science but no blood")))
    assert found.matches and not [
        match.slug for match in found.matches if "blood" in f"{match.summary} {match.tasks}".lower()
    ]


def test_near_careers_begin_with_those_of_the_guide(finder: Finder, library: Library) -> None:
    """And the career itself is not among them."""
    found = finder.find(Filters(like="veterinarian")).matches
    named = [each.slug for each in library["veterinarian"].related or []]
    assert [match.slug for match in found[: len(named)]] == named
    assert "veterinarian" not in {match.slug for match in found}


def test_a_reason_speaks_of_what_was_said() -> None:
    """The shortest sentence with the word; else what the career is."""
    summary, tasks = "They care for pets. They clean cages.", ["Feed animals", "Answer phones"]
    assert reason(summary, tasks, ["animal"]) == "Feed animals"
    assert reason(summary, tasks, ["music"]) == "They care for pets"
