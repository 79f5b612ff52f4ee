"""What the tables of BLS and NCES say of one occupation: pay, jobs, growth, schooling, majors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from guides.states import states
from guides.tables.files import Folder, Row

CAPS = {"year": 239200, "hour": 115}
"""From here on BLS publishes "or more"."""
UNCERTAIN = 8.0
"""Per cent relative standard error of the mean from which pay is called uncertain."""
MOST_INDUSTRIES, LEAST_INDUSTRY = 5, 2
MOST_MAJORS = 6
AFTER_COLLEGE = ("60", "61", "99")
"""CIP series of residencies and fellowships, and of no program at all."""
NO_MAJOR = re.compile(r"\b(?:Other|Foreign)\b")
THREE_DIGITS, FOUR_DIGITS = re.compile(r"\d{3}000"), re.compile(r"\d{3}[1-9]00")
REMAINDER = re.compile(r"(\d{3})0A\d")
"""What is left of an industry of three digits beside single ones of four."""
DETAILED = "3"
AT_CAP, HIDDEN = "5", "8"
"""Footnotes: at or above the cap; not published."""
HELD = (
    "Less than high school diploma",
    "High school diploma or equivalent",
    "Some college, no degree",
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Doctoral or professional degree",
)
ENTRY = "Typical education needed for entry"
EXPERIENCE = "Work experience in a related occupation"
TRAINING = "Typical on-the-job training needed to attain competency in the occupation"


class Bls:
    """The tables of BLS and NCES by occupation."""

    def __init__(self, folder: Folder, titles: Mapping[str, str]) -> None:
        """Take the publisher's title of every O*NET occupation by its code."""
        self.titles = titles
        self.onet = frozenset(code[:7] for code in titles)
        self.years = folder.projected
        self.pay = {row["occ_code"]: row for row in folder.rows("pay")}
        self.by_state = _grouped(folder.rows("pay_of_states"), "occ_code")
        self.by_industry = _grouped(folder.rows("industries"), "occ_code")
        code = f"{self.years.start} National Employment Matrix code"
        jobs = [row for row in folder.rows("projections") if row[code]]
        self.jobs = {row[code]: row for row in jobs if row["Occupation type"] == "Line item"}
        self.all_jobs = next(row for row in jobs if row[code] == "00-0000")
        self.held = {row[code]: row for row in folder.rows("held") if row[code]}
        self.top = {row[code]: row for row in folder.rows("top_skills") if row[code]}
        self.majors = _grouped(folder.rows("majors"), "SOC2018Code")

    def facts(self, code: str) -> dict[str, Any]:
        """Everything but the pay, by the keys of a career's line; codes stand for shared parts."""
        soc = code[:7]
        paid, counted = self._counted(soc, self.pay), self._counted(soc, self.jobs)
        return {
            "pay": paid if paid and self.paid(paid) else None,
            "pay_group": self._group(code, paid, self.pay, "occ_title"),
            "industries": self._industries(paid),
            **(self._projected(code, counted) if counted else {}),
            "majors": self._majors(code),
        }

    def paid(self, code: str) -> dict[str, Any] | None:
        """Pay of an occupation in the nation and in every state; None where there is none.

        [10th, median, 90th per cent], with a further 1 where the figures are uncertain.
        """
        nation = _pay(self.pay[code], "year") or _pay(self.pay[code], "hour")
        per = "year" if _pay(self.pay[code], "year") else "hour"
        if nation is None:
            return None
        names = {re.sub(r"^the (?:U\.S\. )?", "", s.name): code for code, s in states().items()}
        found = {names[row["area_title"]]: _pay(row, per) for row in self.by_state.get(code, [])}
        known = {postal: pay for postal, pay in sorted(found.items()) if pay}
        return {"soc": code, "per": per, "nation": nation, "states": known}

    def _counted(self, soc: str, table: Mapping[str, Row]) -> str | None:
        """The occupation in which a table counts another one: itself, or a wider one."""
        if soc in table and table[soc].get("level", DETAILED) == DETAILED:
            return soc
        wider = [
            code
            for code, row in table.items()
            if code[:6] == soc[:6]
            and code not in self.onet
            and row.get("level", DETAILED) == DETAILED
        ]
        return wider[0] if len(wider) == 1 else None

    def _group(
        self, code: str, counted: str | None, table: Mapping[str, Row], column: str
    ) -> str | None:
        """The title under which it is counted, where that is wider than the occupation."""
        if counted is None or (counted == code[:7] and code.endswith(".00")):
            return None
        title = re.sub(r"\[\d+\]", "", table[counted][column])
        known = self.pay[counted]["occ_title"] if counted in self.pay else title
        return known if known.lower() == title.lower() else title

    def _projected(self, code: str, counted: str) -> dict[str, Any]:
        start, period = self.years.start, self.years.period
        row, top = self.jobs[counted], self.top.get(counted)
        held = self.held.get(counted)
        title = f"{start} National Employment Matrix title"
        group = self._group(code, counted, self.jobs, title)
        return {
            "jobs": _thousands(row, f"Employment, {start}"),
            "openings": _thousands(row, f"Occupational openings, {period} annual average"),
            "growth": row.number(f"Employment change, percent, {period}"),
            "self_employed": row.number(f"Percent self employed, {start}"),
            "jobs_group": group,
            "entry": row[ENTRY],
            "experience": row[EXPERIENCE],
            "training": row[TRAINING],
            "top_skills": [top[f"{place} highest skill"] for place in ("Top", "Second", "Third")]
            if top and "—" not in (top["Top highest skill"],)
            else [],
            "held": [int((held.number(level) or 0) + 0.5) for level in HELD] if held else None,
            "held_wider": bool(held and "[" in held[title]) or group is not None,
        }

    def _industries(self, paid: str | None) -> list[tuple[str, int]]:
        """(industry, per cent of the jobs), the most first.

        Industries of four digits; that of three where the table has not all of them.
        """
        total = self.pay[paid].number("emp") if paid else None
        if not total:
            return []
        rows = self.by_industry.get(str(paid), [])
        whole = {found[1] for row in rows if (found := REMAINDER.fullmatch(row["naics"]))}
        counted = [
            row
            for row in rows
            if (THREE_DIGITS if row["naics"][:3] in whole else FOUR_DIGITS).fullmatch(row["naics"])
        ]
        shares = [
            (row["naics"], int((row.number("emp") or 0) / total * 100 + 0.5)) for row in counted
        ]
        large = [pair for pair in shares if pair[1] >= LEAST_INDUSTRY]
        return sorted(large, key=lambda pair: (-pair[1], pair[0]))[:MOST_INDUSTRIES]

    def industry_names(self) -> dict[str, str]:
        """The plain name of every industry by its code."""
        rows = (row for rows in self.by_industry.values() for row in rows)
        return {row["naics"]: _plain_industry(row["naics_title"]) for row in rows}

    def _majors(self, code: str) -> list[str]:
        """Programs; those first whose names share a word with the occupation's title.

        An occupation that the crosswalk has only as a part of a wider one gets no others.
        """
        title = _stems(self.titles[code])
        shared: dict[str, int] = {}
        for row in self.majors.get(code[:7], []):
            name, whole = _plain_major(row["CIP2020Title"]), row["CIP2020Title"]
            if row["CIP2020Code"][:2] not in AFTER_COLLEGE and not NO_MAJOR.search(whole):
                shared.setdefault(name, len(_stems(name) & title))
        kept = [name for name in shared if shared[name] or code.endswith(".00")]
        return sorted(kept, key=lambda name: -shared[name])[:MOST_MAJORS]


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return dict(grouped)


def _thousands(row: Row, column: str) -> int:
    return int((row.number(column) or 0) * 1000 + 0.5)


def _pay(row: Row, per: str) -> list[float] | None:
    """[10th, median, 90th per cent], capped; None where one of them is not known."""
    notes = set(row["footnotes"].split())
    figures: list[float] = []
    for name in ("p10", "median", "p90"):
        value = row.number(f"{per[0].replace('y', 'a')}_{name}")
        if value is None and AT_CAP in notes and HIDDEN not in notes:
            value = CAPS[per]
        if value is None:
            return None
        figures.append(min(value, CAPS[per]))
    whole = [int(value) if value == int(value) else value for value in figures]
    error = row.number("mean_prse")
    return [*whole, 1] if error is None or error >= UNCERTAIN else whole


def _plain_industry(title: str) -> str:
    plain = re.sub(r" \((?:OEWS Designation|[^()]*\d[^()]*)\)", "", title).lower()
    for name in ("U.S.", "RV"):
        plain = re.sub(rf"\b{re.escape(name.lower())}", name, plain)
    return plain


def _plain_major(title: str) -> str:
    """A program less its other names: Automotive Mechanics Technology."""
    whole = re.sub(r"\s*\([^)]*\)", "", re.sub(r", General\.?$", "", title.rstrip(".")))
    parts = [part.strip(" ,.") for part in whole.split("/")]
    return next((part for part in parts if " " in part), parts[0])


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())}
