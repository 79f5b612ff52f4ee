"""What O*NET's tables say of one occupation: titles, tasks, skills, tools, interests."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Any

from guides.tables.files import Folder, Row
from guides.tables.summaries import VAGUE

CODE = "O*NET-SOC Code"
MOST_TITLES, MOST_TASKS, MOST_SKILLS, MOST_KNOWLEDGE, MOST_STYLES, MOST_RELATED = 8, 6, 8, 6, 5, 5
MOST_SOFTWARE, MOST_EQUIPMENT = 5, 6
LONGEST_TASK = 110
LEAST_KNOWLEDGE = 40
"""Points of 100 from which a field of knowledge is named."""
GROUP, WIDER = 4, 2
"""Letters of a code that occupations of one kind share: 29-1, or 29."""
FEWEST_OF_A_KIND = 3
LEAST_SHARE = {"software": 0.4, "hot": 0.2, "equipment": 0.2}
"""Of the occupations of its kind that list a tool: a rarer one is mostly a slip."""
LEAST_LIFT = 1.5
"""How much likelier a tool is in its kind than anywhere, or it is no tool of the trade."""
LEAST_USERS, LEAST_USERS_UNKNOWN = 2, 3
"""Occupations of its kind that list a tool, and software that is not hot: one may be a slip."""
GENERAL = re.compile(
    r"(?:Microsoft (?:Access|Excel|Exchange|Office|Outlook|PowerPoint|Project|SharePoint|Windows|Word)"
    r"|Calendar|Data ?base|Data entry|E-?mail|Internet browser|Operating system|Presentation"
    r"|Spreadsheet|Web browser|Word processing)(?: software)?"
)
"""Software of any trade, which is named only where it is asked for in this one."""
COMMON = ("Microsoft Excel", "Microsoft Word", "Microsoft Outlook")
"""What is named of it where too little is known of the job's own software."""
FEWEST_SOFTWARE, FEWEST_EQUIPMENT = 2, 3
OFFICE = re.compile(
    r"\b(?:computers?|laptops?|disks?|drives?|VCR|cassette|PDA|organizers?|photocop\w+|scanners?"
    r"|printers?|calculators?|fax|projectors?|character recognition|telephones?|phones?)\b",
    re.IGNORECASE,
)
"""What stands in any office."""
CLAUSE = re.compile(r",? (?:using|such as|including|by means of|by such means as) .+$")
BRACKETS = re.compile(r"^(.+?) \(([^()]+)\)$")

Grouped = Mapping[str, Sequence[Row]]


class Onet:
    """O*NET's tables by occupation."""

    def __init__(self, folder: Folder) -> None:
        by_code = {name: _by_code(folder.rows(name)) for name in TABLES}
        self.tables: dict[str, Grouped] = by_code
        self.activities = {row["DWA ID"]: row["DWA Title"] for row in folder.rows("activities")}
        self.described = {code: rows[0] for code, rows in by_code["occupations"].items()}
        self.codes = sorted(set(by_code["tasks"]) & set(self.described))
        self.software = _Usual(by_code["technology"], "Example", self.codes)
        self.equipment = _Usual(by_code["equipment"], "Commodity Title", self.codes)

    def facts(self, code: str) -> dict[str, Any]:
        """Everything but the name and the summary, by the keys of a career's line."""
        return {
            "titles": self._titles(code)[:MOST_TITLES],
            "tasks": self._tasks(code),
            "skills": _important(self._of("skills", code), 0)[:MOST_SKILLS],
            "knowledge": _important(self._of("knowledge", code), LEAST_KNOWLEDGE)[:MOST_KNOWLEDGE],
            "interests": _scored(self._of("interests", code), "OI", 1, 7),
            "styles": self._styles(code),
            "software": self._software(code),
            "equipment": self._equipment(code),
            "zone": int(self._of("zones", code)[0]["Job Zone"]),
            "related": self._related(code),
        }

    def alternates(self, code: str) -> list[str]:
        """Further titles, short forms included, in the publisher's order."""
        listed = [row["Alternate Title"] for row in self._of("alternates", code)]
        reported = [row["Reported Job Title"] for row in self._of("reported", code)]
        return list(dict.fromkeys(form for title in (*reported, *listed) for form in _forms(title)))

    def _of(self, table: str, code: str) -> Sequence[Row]:
        return self.tables[table].get(code, ())

    def _titles(self, code: str) -> list[str]:
        rows = self._of("reported", code)
        return list(dict.fromkeys(_forms(row["Reported Job Title"])[0] for row in rows))

    def _tasks(self, code: str) -> list[str]:
        """Core tasks where there are any; a long one is cut or gives way to its activity."""
        rows = self._of("tasks", code)
        core = [row for row in rows if row["Task Type"] == "Core"] or rows
        activity = {row["Task ID"]: row["DWA ID"] for row in self._of("activities_of_tasks", code)}
        told: dict[str, int] = {}
        for row in core:
            task = _without_examples(row["Task"].rstrip("."))
            general = self.activities.get(activity.get(row["Task ID"], ""), "").rstrip(".")
            fitting = [each for each in (task, general) if each and len(each) <= LONGEST_TASK]
            for text in fitting[:1]:
                told.setdefault(text, self._nearness(row["Task"], code))
        nearest = sorted(told, key=lambda text: -told[text])[:MOST_TASKS]
        return [text for text in told if text in nearest]

    def _nearness(self, task: str, code: str) -> int:
        """Words that a task shares with the title and the description of its occupation."""
        described = self.described[code]
        return len(_stems(task) & _stems(f"{described['Title']} {described['Description']}"))

    def _styles(self, code: str) -> list[str]:
        rows = [row for row in self._of("styles", code) if row["Scale ID"] == "WI"]
        ranked = sorted(rows, key=lambda row: -(row.number("Data Value") or 0))
        return [row["Element Name"] for row in ranked[:MOST_STYLES]]

    def _related(self, code: str) -> list[str]:
        rows = [r for r in self._of("related", code) if r["Relatedness Tier"] == "Primary-Short"]
        ranked = sorted(rows, key=lambda row: row.number("Index") or 0)
        return [row["Related O*NET-SOC Code"] for row in ranked[:MOST_RELATED]]

    def _software(self, code: str) -> list[tuple[str, str]]:
        """(name, what it is) of software in demand for the job, or usual in its kind of jobs."""
        rows = {row["Example"]: row for row in self._of("technology", code)}
        wanted = {
            name
            for name, row in rows.items()
            if row["In Demand"] == "Y" and self.software.count(name, code) >= LEAST_USERS
        }
        own = [name for name, row in rows.items() if name in wanted or self._is_own(row, code)]
        ranked = sorted(
            own, key=lambda name: (name not in wanted, -self.software.weight(name, code), name)
        )
        if not ranked and len(self._equipment(code)) < FEWEST_EQUIPMENT:
            ranked = [name for name in COMMON if name in rows][:FEWEST_SOFTWARE]
        return [(_tidy(name), rows[name]["Commodity Title"]) for name in ranked[:MOST_SOFTWARE]]

    def _is_own(self, row: Row, code: str) -> bool:
        """Whether software is of this trade: usual in its kind of jobs, and not in any job."""
        name, hot = row["Example"], row["Hot Technology"] == "Y"
        least = LEAST_SHARE["hot" if hot else "software"]
        users = LEAST_USERS if hot else LEAST_USERS_UNKNOWN
        common = self.software.count(name, code) >= users
        return common and self.software.is_usual(name, code, least) and not GENERAL.fullmatch(name)

    def _equipment(self, code: str) -> list[str]:
        """Tools by the shortest name that the publisher gives to each kind."""
        examples: dict[str, list[str]] = defaultdict(list)
        for row in self._of("equipment", code):
            examples[row["Commodity Title"]].append(row["Example"])
        usual = [
            kind
            for kind in examples
            if self.equipment.is_usual(kind, code, LEAST_SHARE["equipment"])
            and not OFFICE.search(kind)
        ]
        ranked = sorted(
            usual,
            key=lambda kind: (
                -self.equipment.weight(kind, code) * (1 + log(len(examples[kind]))),
                kind,
            ),
        )
        named = [min(examples[kind], key=lambda name: (len(name), name)) for kind in ranked]
        return list(dict.fromkeys(map(_small, named)))[:MOST_EQUIPMENT]


TABLES = (
    "occupations",
    "reported",
    "alternates",
    "tasks",
    "activities_of_tasks",
    "technology",
    "equipment",
    "interests",
    "styles",
    "zones",
    "related",
    "skills",
    "knowledge",
)


class _Usual:
    """How usual each tool is among the occupations of one kind."""

    def __init__(self, rows: Grouped, column: str, codes: Sequence[str]) -> None:
        self.sizes = Counter(code[:length] for code in codes for length in (GROUP, WIDER))
        self.everywhere = len(codes)
        self.users: dict[str, set[str]] = defaultdict(set)
        for code in codes:
            for row in rows.get(code, ()):
                self.users[row[column]].add(code)
        self.in_kind = {
            name: Counter(code[:length] for code in users for length in (GROUP, WIDER))
            for name, users in self.users.items()
        }

    def _kind(self, code: str) -> str:
        """Occupations of one kind; the wider group where there are too few to compare with."""
        return code[: GROUP if self.sizes[code[:GROUP]] >= FEWEST_OF_A_KIND else WIDER]

    def count(self, name: str, code: str) -> int:
        """How many occupations of the same kind list it."""
        return self.in_kind[name][self._kind(code)]

    def share(self, name: str, code: str) -> float:
        """Share of the occupations of the same kind that list it."""
        return self.count(name, code) / self.sizes[self._kind(code)]

    def lift(self, name: str, code: str) -> float:
        """How much likelier it is there than anywhere."""
        return self.share(name, code) * self.everywhere / len(self.users[name])

    def is_usual(self, name: str, code: str, least: float) -> bool:
        """Whether it is a tool of this trade and no slip."""
        common = self.count(name, code) >= LEAST_USERS and self.share(name, code) >= least
        return common and self.lift(name, code) >= LEAST_LIFT

    def weight(self, name: str, code: str) -> float:
        """Common in the trade, and rare elsewhere."""
        return self.share(name, code) * log(1 + self.lift(name, code))


def _by_code(rows: Iterable[Row]) -> Grouped:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[CODE]].append(row)
    return dict(grouped)


def _scored(rows: Sequence[Row], scale: str, low: int, high: int) -> list[tuple[str, int]]:
    """(name, points of 100) of a scale, the most first."""
    values = [
        (row["Element Name"], row.number("Data Value")) for row in rows if row["Scale ID"] == scale
    ]
    points = [
        (name, int((value - low) / (high - low) * 100 + 0.5))
        for name, value in values
        if value is not None
    ]
    return sorted(points, key=lambda pair: (-pair[1], pair[0]))


def _important(rows: Sequence[Row], least: int) -> list[tuple[str, int]]:
    kept = [row for row in rows if row["Recommend Suppress"] != "Y"]
    return [(name, points) for name, points in _scored(kept, "IM", 1, 5) if points >= least]


def _forms(title: str) -> list[str]:
    """A title and its short form, the longer first: "CEO (Chief Executive Officer)" has both."""
    found = BRACKETS.match(title)
    forms = [found[1], found[2]] if found else [title]
    return [re.sub(r"\s+", " ", form) for form in sorted(forms, key=len, reverse=True)]


def _tidy(name: str) -> str:
    """A tool's name with its acronym in brackets: Structured query language (SQL)."""
    found = re.match(r"^(.+) ([A-Z]{2,5})(?: software)?$", name)
    if found and _stands_for(found[2], found[1]):
        return f"{found[1]} ({found[2]})"
    return name


def _stands_for(acronym: str, words: str) -> bool:
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z]+", words)).upper()
    return acronym[0] in letters and len(acronym) <= len(letters) + 2


def _small(name: str) -> str:
    """A tool's name in the middle of a list: small letters, acronyms as they are."""
    return " ".join(word.lower() if word[1:].islower() else word for word in name.split())


def _without_examples(task: str) -> str:
    """A task less its means and examples, unless it says nothing without them."""
    shorter = CLAUSE.sub("", task)
    return task if VAGUE.search(shorter) or len(shorter.split()) < 4 else shorter


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())}
