"""The one definition of a guide: every section, field, unit and rule.

A field with a default is optional; every other field must be there. A section that a
guide leaves out is a topic that the assistant says is not covered. `guides/_template.yml`
is a whole guide with comments.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConstrainedInt,
    ConstrainedStr,
    Field,
    StrictBool,
    validator,
)

Unit = Literal["hours", "weeks", "months", "summers", "years"]
"""What a length is counted in."""

PassageTopic = Literal[
    "advice",
    "certificates",
    "college",
    "difficulty",
    "education",
    "first_step",
    "fit",
    "high_school",
    "importance",
    "market",
    "misfit",
    "myths",
    "outlook",
    "portfolio",
    "projects",
    "salary",
    "summary",
    "teamwork",
    "tools",
    "week",
]
"""The topics that a passage of the audio lesson can speak about."""

MONTHS_IN = {"hours": 1 / 730, "weeks": 12 / 52, "months": 1, "summers": 3, "years": 12}


class Text(ConstrainedStr):
    """Words for a reader aged 14 to 18: short sentences, no markup."""

    strict = True
    strip_whitespace = True
    min_length = 1
    max_length = 700


class Slug(ConstrainedStr):
    """A lower-case name for use in code: letters, digits and underscores."""

    strict = True
    regex = re.compile(r"^[a-z][a-z0-9_]*$")


class Number(ConstrainedInt):
    """A whole number from 0 up."""

    strict = True
    ge = 0


class Score(Number):
    """Points out of 100."""

    le = 100


class Level(Number):
    """1 low, 2 medium, 3 high."""

    ge = 1
    le = 3


class Schooling(Number):
    """Education that is typical to start: 0 no diploma, 1 a high school diploma, 2 some college,
    3 a certificate, 4 an associate's, 5 a bachelor's, 6 a master's, 7 a doctor's degree."""

    ge = 0
    le = 7


class Zone(Number):
    """How much preparation: 1 little, 5 the most."""

    ge = 1
    le = 5


class Grade(Number):
    """A high-school grade of the United States."""

    ge = 9
    le = 12


class Amount(float):
    """Money in units of a currency, to the cent where it is not whole: 130000 or 29.05."""

    @classmethod
    def __get_validators__(cls) -> Any:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> Amount:
        typed = isinstance(value, int | float) and not isinstance(value, bool)
        if not typed or value < 1 or round(value, 2) != value:
            raise ValueError("expected a whole number from 1 up, or one to the cent such as 29.05")
        return cls(value)


class Percent(float):
    """Per cent to one decimal; negative where something falls."""

    @classmethod
    def __get_validators__(cls) -> Any:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> Percent:
        typed = isinstance(value, int | float) and not isinstance(value, bool)
        if not typed or round(value, 1) != value:
            raise ValueError("expected a number with at most one decimal, such as 28 or -1.4")
        return cls(value)


class Postal(ConstrainedStr):
    """A state of the United States as the post writes it: TX."""

    strict = True
    regex = re.compile(r"^[A-Z]{2}$")


class Year(Number):
    """A calendar year."""

    ge = 2000
    le = 2100


class Clock(datetime.time):
    """A time of day, written "09:00" or "14:30" (24 hours, in quotes)."""

    @classmethod
    def __get_validators__(cls) -> Any:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> Clock:
        found = re.fullmatch(r"(\d{2}):(\d{2})", value) if isinstance(value, str) else None
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValueError('expected a time of day such as "14:30"')
        return cls(int(found[1]), int(found[2]))

    @property
    def minutes(self) -> int:
        """Minutes since midnight."""
        return self.hour * 60 + self.minute


class Stamp(int):
    """A place in the audio lesson in seconds, written "5:11" (in quotes)."""

    @classmethod
    def __get_validators__(cls) -> Any:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> Stamp:
        found = re.fullmatch(r"(\d{1,3}):([0-5]\d)", value) if isinstance(value, str) else None
        if not found:
            raise ValueError('expected minutes and seconds such as "5:11"')
        return cls(int(found[1]) * 60 + int(found[2]))


class Date(datetime.date):
    """A date, written 2026-05-31."""

    @classmethod
    def __get_validators__(cls) -> Any:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> Date:
        try:
            return cls.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise ValueError("expected a date such as 2026-05-31, or null") from error


class Section(BaseModel):
    """Base of all parts of a guide: unknown keys are faults, nothing changes after loading."""

    class Config:
        extra = "forbid"
        allow_mutation = False


class Item(Section):
    """A part that students can ask for on its own."""

    id: Slug = Field(..., description="its name in code; never shown")
    also: list[Text] = Field([], description="other words students use for it")


def some(description: str) -> Any:
    """A required list with at least one entry."""
    return Field(..., min_items=1, description=description)


def optional(description: str) -> Any:
    """A list that may be left out; where it stands it has at least one entry."""
    return Field([], min_items=1, description=description)


def _unique_ids(items: Sequence[Item]) -> Sequence[Item]:
    ids = [item.id for item in items]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"expected each id once, found twice: {', '.join(twice)}")
    return items


def unique_ids(field: str) -> Any:
    """Check that no id stands twice in the list `field`."""
    return validator(field, allow_reuse=True)(_unique_ids)


class Span(Section):
    """A length or a range; both ends the same where it is one value."""

    min: Number = Field(..., description="lower end, in `unit`")
    max: Number | None = Field(None, description="upper end; left out where it is open (7+)")
    unit: Unit = Field(..., description="hours, weeks, months, summers or years")

    @validator("max")
    def _max_is_not_below_min(cls, value: int | None, values: dict[str, Any]) -> int | None:
        if value is not None and value < values.get("min", 0):
            raise ValueError(f"expected at least min ({values['min']})")
        return value

    @property
    def months(self) -> tuple[float, float]:
        """Both ends in months, for comparing lengths; an open end is infinite."""
        one = MONTHS_IN[self.unit]
        return self.min * one, float("inf") if self.max is None else self.max * one


class Hours(Section):
    """How much and where people work."""

    week: Span = Field(..., description="hours a week")
    setting: list[Text] = some("where work is done, e.g. hybrid, remote")
    how_often: Text = Field(..., description="how common that setting is, e.g. often")

    @validator("week")
    def _counted_in_hours(cls, value: Span) -> Span:
        return _hours_only(value)


def _hours_only(value: Span) -> Span:
    if value.unit != "hours":
        raise ValueError("expected the unit hours")
    return value


class Snapshot(Section):
    """The job at a glance."""

    summary: Text = Field(..., description="what the job is, two or three sentences")
    titles: list[Text] = optional("other names of the job")
    employers: list[Text] = optional("kinds of places that hire")
    hours: Hours | None = Field(None, description="typical working hours")
    top_skills: list[Text] = optional("what to be good at")


class Codes(Section):
    """What public tables call the career."""

    onet: str = Field(..., regex=r"^\d{2}-\d{4}\.\d{2}$", description="O*NET-SOC, 29-1141.00")
    soc: str = Field(..., regex=r"^\d{2}-\d{4}$", description="SOC 2018, 29-1141")


class Industry(Section):
    """One industry and how many of the jobs are in it."""

    name: Text = Field(..., description="as it stands in a list")
    share: Score = Field(..., description="per cent of the jobs")


class Industries(Section):
    """Where the jobs are, counted."""

    entries: list[Industry] = some("the largest share first; the rest is left out")
    self_employed: Percent | None = Field(None, description="per cent who work for themselves")
    date: Text = Field(..., description="when the jobs were counted, e.g. May 2025")
    group: Text | None = Field(None, description="wider occupation that was counted, if one was")
    caveat: Text = Field(..., description="whom the count leaves out")

    @validator("entries")
    def _each_name_once(cls, value: list[Industry]) -> list[Industry]:
        names = [entry.name for entry in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"expected each industry once, found twice: {', '.join(twice)}")
        return value


class Tasks(Section):
    """Single tasks of the job."""

    entries: list[Text] = some("each starts with a verb, without a full stop")
    note: Text = Field(..., description="what the list does not say, such as an order")


class Importance(Section):
    """Why the job matters."""

    reasons: list[Text] = some("one reason each")


class Entry(Section):
    """One entry of the day; it lasts until the next one."""

    at: Clock = Field(..., description='when it starts, e.g. "14:30"')
    activity: Text = Field(..., description="what is done, without a full stop")


class Day(Section):
    """A representative working day."""

    summary: Text = Field(..., description="what the work is a mix of")
    overnight: StrictBool = Field(False, description="true where the day runs past midnight")
    entries: list[Entry] = some("in the order of the day")

    @validator("entries")
    def _in_order(cls, value: list[Entry], values: dict[str, Any]) -> list[Entry]:
        falls = [
            later.at.strftime("%H:%M")
            for earlier, later in pairwise(value)
            if later.at <= earlier.at
        ]
        if len(falls) > (1 if values.get("overnight") else 0):
            raise ValueError(
                f"expected rising times, found {falls[0]} too early"
                " (a day past midnight needs `overnight: true`)"
            )
        if falls and value[-1].at >= value[0].at:
            raise ValueError(f"expected less than 24 hours, found an end at {value[-1].at:%H:%M}")
        return value


class Stage(Item):
    """One stage of the pathway."""

    name: Text = Field(..., description="e.g. Junior role")
    length: Span | None = Field(None, description="the length that the source gives for it")
    label: Text | None = Field(None, description="what stands in place of a length")


class Pathway(Section):
    """From school to senior."""

    stages: list[Stage] = some("in order, first to last")
    note: Text | None = Field(None, description="what the source leaves open")

    _ids = unique_ids("stages")


class Skill(Item):
    """One thing with a score: a skill, a field of knowledge, a kind of interest."""

    name: Text = Field(..., description="as the source writes it")
    score: Score = Field(..., description="points of 100")
    meaning: Text = Field(..., description="what it is, in plain words")


class Skills(Section):
    """Things with a score on one scale: skills, knowledge or interests."""

    scale: Text = Field(..., description="what the scores measure")
    scores: list[Skill] = some("in any order; answers rank them")
    rated: Number | None = Field(
        None, description="how many were rated, if only the highest are here"
    )

    _ids = unique_ids("scores")

    @property
    def ranked(self) -> list[Skill]:
        """The scores, the highest first."""
        return sorted(self.scores, key=lambda skill: -skill.score)


class Route(Item):
    """One way through education."""

    name: Text = Field(..., description="as the source writes it")
    share: Score = Field(..., description="per cent of people who take it, or hold it")
    length: Literal["ongoing"] | Span | None = Field(
        None, description="a span, or the word ongoing"
    )
    cost: Level | None = Field(None, description="1 low, 2 medium, 3 high")
    degree: StrictBool = Field(..., description="true where it ends in a degree")
    note: Text | None = Field(None, description="what else the source says of it")

    @property
    def span(self) -> Span | None:
        """The length as a span; None for an ongoing route."""
        return self.length if isinstance(self.length, Span) else None


ROUNDED = range(97, 104)
"""What seven rounded shares of people can add up to."""


class Education(Section):
    """The routes into the job, or what its workers hold."""

    counts: Literal["take", "have"] = Field(
        "take", description="whether shares are people who take a route, or workers who hold it"
    )
    routes: list[Route] = some("shares add up to 100; those that workers hold may be rounded")
    note: Text = Field(..., description="how firm the routes are")
    degree_note: Text | None = Field(None, description="whether a degree is needed")

    _ids = unique_ids("routes")

    @validator("routes")
    def _shares_add_up(cls, value: list[Route], values: dict[str, Any]) -> list[Route]:
        total = sum(route.share for route in value)
        if total not in (ROUNDED if values.get("counts") == "have" else (100,)):
            raise ValueError(f"expected shares that add up to 100, found {total}")
        return value

    @validator("routes", each_item=True)
    def _a_way_in_has_length_and_cost(cls, value: Route, values: dict[str, Any]) -> Route:
        if values.get("counts") == "take" and None in (value.length, value.cost):
            raise ValueError(f"expected length and cost of {value.id}, a route that people take")
        return value


class Preparation(Section):
    """What comes before the job, in the words of whoever rated it."""

    zone: Zone = Field(..., description="how much preparation: 1 little, 5 the most")
    meaning: Text = Field(..., description="what that means, full sentences")
    entry: Text | None = Field(
        None, description="education that is typical to start, in a sentence"
    )
    level: Schooling | None = Field(
        None, description="the same from 0, no diploma, to 7, a doctor's degree, for comparing"
    )
    experience: Text | None = Field(None, description="work before it, a full sentence")
    training: Text | None = Field(None, description="training on the job, a full sentence")
    licence: Text | None = Field(None, description="licence that the source names, a full sentence")


class Pay(Section):
    """Pay in one state; figures as in `Salary`."""

    state: Postal = Field(..., description="the state, e.g. TX")
    min: Amount = Field(..., description="lower end")
    median: Amount = Field(..., description="middle")
    max: Amount = Field(..., description="upper end")
    uncertain: StrictBool = Field(False, description="true where the source's sample is small")

    @validator("median", "max")
    def _in_order(cls, value: float, values: dict[str, Any]) -> float:
        lowest = max(values.get(name, 0) for name in ("min", "median"))
        if value < lowest:
            raise ValueError(f"expected at least {lowest:g}")
        return value


class Salary(Section):
    """Pay, always with its caveat."""

    currency: Literal["USD", "EUR", "GBP", "CAD", "AUD"] = Field(..., description="ISO 4217")
    per: Literal["year", "month", "hour"] = Field(..., description="what it is paid for")
    min: Amount = Field(..., description="lower end, in `currency`")
    max: Amount = Field(..., description="upper end, in `currency`")
    median: Amount | None = Field(None, description="middle, in `currency`")
    ends: Literal["range", "tenths"] = Field(
        "range", description="what the ends are: a usual range, or all but the lowest and top tenth"
    )
    cap: Amount | None = Field(None, description="from here on the source says only: or more")
    date: Text | None = Field(None, description="when the figures were collected, e.g. May 2025")
    region: Text = Field(..., description="where these figures hold")
    group: Text | None = Field(None, description="wider occupation that was counted, if one was")
    states: list[Pay] = optional("the same for single states")
    varies_with: list[Text] = optional("what pay depends on")
    caveat: Text = Field(..., description="how far the figures can be trusted")

    @validator("states")
    def _each_state_once(cls, value: list[Pay]) -> list[Pay]:
        names = [pay.state for pay in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"expected each state once, found twice: {', '.join(twice)}")
        return value

    @validator("max")
    def _max_is_not_below_min(cls, value: float, values: dict[str, Any]) -> float:
        if value < values.get("min", 0):
            raise ValueError(f"expected at least min ({values['min']:g})")
        return value

    @validator("median")
    def _median_is_between(cls, value: float | None, values: dict[str, Any]) -> float | None:
        low, high = values.get("min"), values.get("max")
        if value is not None and low and high and not low <= value <= high:
            raise ValueError(f"expected a value from {low:g} to {high:g}")
        return value


class Market(Section):
    """Getting hired today."""

    summary: Text | None = Field(None, description="the market in two sentences")
    demand: Text | None = Field(None, description="level of demand, as the source words it")
    region: Text = Field(..., description="where this holds")
    jobs: Number | None = Field(None, description="how many people work in it")
    openings: Number | None = Field(None, description="expected openings a year")
    period: tuple[Year, Year] | None = Field(
        None, description="years of `jobs` and end of `openings`"
    )
    group: Text | None = Field(None, description="wider occupation that was counted, if one was")
    varies_with: list[Text] = optional("what openings depend on")
    caveat: Text = Field(..., description="how far this can be trusted")

    @validator("period", always=True)
    def _counted_or_described(cls, value: Any, values: dict[str, Any]) -> Any:
        counted = None not in (values.get("jobs"), values.get("openings"), value)
        if not values.get("summary") and not counted:
            raise ValueError("expected a summary, or jobs, openings and their period")
        return value


class Growth(Section):
    """A projection of jobs."""

    percent: Percent = Field(..., description="change in per cent; negative where it falls")
    start: Year | None = Field(None, description="year the projection starts")
    all_jobs: Percent | None = Field(None, description="the same for all jobs together")
    by: Year = Field(..., description="year the projection ends")
    region: Text = Field(..., description="where it holds")


class Outlook(Section):
    """The years ahead."""

    summary: Text | None = Field(None, description="what is likely to change")
    directions: list[Text] = optional("where the work may move")
    automation: Text | None = Field(None, description="what automation may do to the job")
    growth: Growth | None = Field(None, description="projected growth, if the source has one")
    caveat: Text = Field(..., description="how far this can be trusted")

    @validator("growth", always=True)
    def _projected_or_described(cls, value: Growth | None, values: dict[str, Any]) -> Growth | None:
        if not values.get("summary") and value is None:
            raise ValueError("expected a summary, or a projection of jobs")
        return value


class Fit(Section):
    """Would a student like it?"""

    statements: list[Text] = some('each starts with "You"; also the questions of the quiz')
    threshold: Number = Field(..., description="how many nods point to a good fit")

    @validator("threshold")
    def _within_statements(cls, value: int, values: dict[str, Any]) -> int:
        count = len(values.get("statements", []))
        if count and not 1 <= value <= count:
            raise ValueError(f"expected 1 to {count}, the number of statements")
        return value


class Myth(Item):
    """A belief that is not so."""

    claim: Text = Field(..., description="the belief, as a full sentence")
    truth: Text = Field(..., description="what is really so")
    inferred: StrictBool = Field(
        False, description="true where the source gives no answer and `truth` uses its other facts"
    )


class Step(Item):
    """One step of the high-school plan."""

    text: Text = Field(..., description="what to do, starts with a verb, no full stop")
    kind: Literal["class", "project", "club", "practice"] = Field(
        ..., description="class = school hours; the rest is a student's own time"
    )


class HighSchool(Section):
    """What to do in high school."""

    grades: list[Grade] = some("grades the source speaks to, 9 to 12")
    hours: Span = Field(..., description="hours a week")
    point: Text = Field(..., description="what the time is for")
    steps: list[Step] = some("in the order of the source")
    note: Text | None = Field(None, description="more that the source says")

    _ids = unique_ids("steps")

    @validator("hours")
    def _counted_in_hours(cls, value: Span) -> Span:
        return _hours_only(value)


class College(Section):
    """Choosing and using college."""

    majors: list[Text] = some("subjects to major in")
    note: Text | None = Field(None, description="how firm the majors are")
    electives: list[Text] = optional("courses to add")
    internships: list[Text] = optional("fields to look for internships in")
    internships_why: Text | None = Field(None, description="what an internship gives")
    portfolio: Text | None = Field(None, description="what to show")
    look_for: Text | None = Field(None, description="what a good programme combines")
    alternatives: Text | None = Field(None, description="ways in without college")


class Tool(Section):
    """One tool of the trade."""

    name: Text = Field(..., description="as the source writes it")
    use: Text | None = Field(None, description="what it is, in plain words, without a full stop")
    kind: Literal["software", "equipment"] | None = Field(None, description="what kind of tool")


class Passage(Item):
    """One exchange of the audio lesson, in our words."""

    at: Stamp = Field(..., description='where the answer starts, e.g. "5:12"')
    asked_at: Stamp | None = Field(None, description="where its question starts, if there is one")
    title: Text = Field(..., description="what it is about, a few words")
    topics: list[PassageTopic] = Field([], description="questions that it answers")
    text: Text = Field(..., description="what is said, in our words")
    example: Text | None = Field(None, description="an example of it that is said, in our words")

    @validator("asked_at")
    def _asked_before_answered(cls, value: int | None, values: dict[str, Any]) -> int | None:
        if value is not None and value > values.get("at", value):
            raise ValueError("expected a question no later than its answer")
        return value

    @property
    def said(self) -> str:
        """All that is said, with its example."""
        return f"{self.text} {self.example}" if self.example else self.text

    @property
    def start(self) -> int:
        """Where the exchange starts, in seconds."""
        return self.at if self.asked_at is None else self.asked_at


class Transcript(Section):
    """The audio lesson."""

    publisher: Text = Field(..., description="who made the lesson")
    passages: list[Passage] = some("in the order of the lesson")

    _ids = unique_ids("passages")

    @validator("passages")
    def _in_order(cls, value: list[Passage]) -> list[Passage]:
        for earlier, later in pairwise(value):
            if later.start <= earlier.at:
                raise ValueError(f"expected rising times, found {later.id} too early")
        return value


class Source(Section):
    """One source of the guide."""

    publisher: Text = Field(..., description="who published it")
    title: Text = Field(..., description="its title")
    kind: Text = Field(..., description="the kind of source, e.g. Industry")
    url: str | None = Field(None, description="where it can be read; https only")
    credit: Text | None = Field(None, description="what its licence asks to be said")
    sections: list[str] = optional(
        "what of the guide comes from it, e.g. salary; left out where it stands for the whole guide"
    )

    @validator("sections", each_item=True)
    def _section(cls, value: str) -> str:
        section, _, part = value.partition(".")
        inner = Guide.__fields__[section].type_ if section in Guide.__fields__ else None
        if inner is None or (part and part not in getattr(inner, "__fields__", ())):
            raise ValueError("expected a section of the guide such as salary or snapshot.titles")
        return value

    @validator("url")
    def _https(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"https://[^\s\"'<>\\]+", value):
            raise ValueError("expected an address that starts with https://")
        return value


class Sources(Section):
    """Where the guide comes from, and what is not known about that."""

    works: list[Source] = some("all sources of the guide")
    verified: Date | None = Field(..., description="date of the last check; null if blank")
    note: Text = Field(..., description="what the sources prove and what not")


class Related(Section):
    """A career that is near to this one."""

    onet: str = Field(..., description="its code")
    slug: str = Field(..., description="the slug of its guide")
    title: Text = Field(..., description="its title")


class Question(Section):
    """A frequent question and the topic that answers it."""

    question: Text = Field(..., description="as a student would ask it")
    topic: Slug = Field(..., description="topic that answers it")


class Phrases(Section):
    """How students ask in a career's own terms: training data, in a file beside the guide."""

    topics: dict[str, list[Text]] = Field(
        default={}, description="by topic: how students ask for it"
    )
    myths: dict[str, list[Text]] = Field(
        default={}, description="by myth: ways students put the belief"
    )
    passages: dict[str, list[Text]] = Field(
        default={}, description="by passage: ways to ask for just it"
    )


class Guide(Section):
    """One career."""

    slug: str = Field(..., description="the file's name without .yml; not written in the file")
    title: Text = Field(..., description="the career's name, singular")
    plural: Text = Field(..., description="the career's name, plural")
    aliases: list[Text] = Field([], description="other names that students type for the career")
    fields: list[Text] = Field([], description="what students call the work itself, e.g. nursing")
    alternates: list[Text] = Field(
        [], description="further titles that the source lists, the weakest names"
    )
    codes: Codes | None = None
    snapshot: Snapshot = Field(..., description="the job at a glance")
    sources: Sources = Field(..., description="where the guide comes from")
    importance: Importance | None = None
    industries: Industries | None = None
    tasks: Tasks | None = None
    knowledge: Skills | None = None
    preparation: Preparation | None = None
    interests: Skills | None = None
    styles: list[Text] | None = Field(None, min_items=1, description="ways of working that matter")
    related: list[Related] | None = Field(None, min_items=1, description="careers near to it")
    day: Day | None = None
    pathway: Pathway | None = None
    skills: Skills | None = None
    education: Education | None = None
    salary: Salary | None = None
    market: Market | None = None
    outlook: Outlook | None = None
    fit: Fit | None = None
    pros: list[Text] | None = Field(None, min_items=1, description="good sides")
    cons: list[Text] | None = Field(None, min_items=1, description="bad sides")
    myths: list[Myth] | None = Field(None, min_items=1, description="false beliefs")
    high_school: HighSchool | None = None
    college: College | None = None
    tools: list[Tool] | None = Field(None, min_items=1, description="tools of the trade")
    transcript: Transcript | None = None
    faq: list[Question] | None = Field(None, min_items=1, description="frequent questions")
    phrases: Phrases = Field(
        Phrases(), description="read from phrases/<slug>.yml; not written in the guide's file"
    )

    @validator("education")
    def _what_starts_stands_beside_what_is_held(
        cls, value: Education | None, values: dict[str, Any]
    ) -> Education | None:
        before = values.get("preparation")
        if value and value.counts == "have" and not (before and before.entry):
            raise ValueError("expected preparation.entry beside shares that workers hold")
        return value

    @validator("myths")
    def _myth_ids(cls, value: list[Myth] | None) -> Any:
        return value and _unique_ids(value)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the career: title, plural, aliases."""
        return (self.title, self.plural, *self.aliases)

    def wordings(self, myth: Myth) -> list[Text]:
        """A belief as the guide words it, and as students put it."""
        return [myth.claim, *self.phrases.myths.get(myth.id, [])]

    def passages(self, topic: str) -> list[Passage]:
        """Passages of the audio lesson on a topic; empty where there are none."""
        if self.transcript is None:
            return []
        return [passage for passage in self.transcript.passages if topic in passage.topics]
