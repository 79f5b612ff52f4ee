"""The publishers' tables read a second time, without the code that makes the careers of them."""

from __future__ import annotations

import csv
import io
import lzma
import os
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from guides.states import states
from tests.sampling import SAMPLE

TABLES = Path(os.environ.get("CAREER_TABLES") or SAMPLE)
"""All tables where CAREER_TABLES names their folder, else the sample."""
WHOLE = TABLES != SAMPLE
HELD = range(2, 9)
"""The columns of table 5.3 with shares."""

Rows = list[dict[str, str]]


def _raw(pattern: str) -> bytes:
    (path,) = [*TABLES.glob(pattern), *TABLES.glob(f"{pattern}.xz")]
    return lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()


def _rows(pattern: str, quoted: bool = True) -> Rows:
    text = io.StringIO(_raw(pattern).decode("utf-8-sig"), newline="")
    split = "," if ".csv" in pattern else "\t"
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    return list(csv.DictReader(text, delimiter=split, quoting=quoting))


def _sheet(pattern: str, name: str) -> dict[str, tuple]:
    book = load_workbook(io.BytesIO(_raw(pattern)), read_only=True)
    rows = book[name].iter_rows(values_only=True)
    return {str(row[1]): row for row in rows if row[1]}


class Published:
    """What the tables say of an occupation, by its code."""

    def __init__(self) -> None:
        self.skills = self._scores("onet/*/Skills.txt", "IM", 1, 4)
        self.interests = self._scores("onet/*/Interests.txt", "OI", 1, 6)
        zones = _rows("onet/*/Job Zones.txt", quoted=False)
        self.zones = {row["O*NET-SOC Code"]: row["Job Zone"] for row in zones}
        pay = _rows("bls/oews-*-national.csv")
        self.pay = {row["occ_code"]: row for row in pay}
        self.titles = {row["occ_title"].lower(): row["occ_code"] for row in pay}
        self.by_state: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        codes = {
            state.name.split("the ")[-1].split("U.S. ")[-1]: code
            for code, state in states().items()
        }
        for row in _rows("bls/oews-*-states.csv"):
            self.by_state[row["occ_code"]][codes[row["area_title"]]] = row
        self.industries: dict[str, Rows] = defaultdict(list)
        for row in _rows("bls/oews-*-by-industry.csv"):
            self.industries[row["occ_code"]].append(row)
        self.jobs = _sheet("bls/ep-*-occupation.xlsx", "Table 1.2")
        self.counted = {str(row[0]).strip().lower(): code for code, row in self.jobs.items()}
        self.held = _sheet("bls/ep-*-education.xlsx", "Table 5.3")

    def _scores(
        self, pattern: str, scale: str, low: float, width: float
    ) -> Mapping[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for row in _rows(pattern, quoted="Skills" in pattern):
            if row["Scale ID"] == scale:
                points = (float(row["Data Value"]) - low) / width * 100
                found[row["O*NET-SOC Code"]][row["Element Name"]] = int(points + 0.5)
        return found
