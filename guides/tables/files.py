"""Read the publishers' files as they lie in a folder: text or Excel, plain or packed (.xz).

Errors: `DocumentError`, with one line `file: place: found ..., expected ...` for each fault.
"""

from __future__ import annotations

import csv
import io
import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from guides.documents import DocumentError, read

HEADERS = Path(__file__).parent / "headers.yml"
NOTHING = ("", "-", "—", "n/a")
"""How the publishers write that there is no value."""

Columns = dict[str, str]


class Row(Columns):
    """One row of a table by its columns; `place` names it in an error."""

    place: str = ""

    def number(self, column: str) -> float | None:
        """A number; None where the publisher has none.

        Raises:
            DocumentError: the text is neither.
        """
        text = self[column]
        if text in NOTHING:
            return None
        try:
            return float(text)
        except ValueError as error:
            fault = f"{self.place}: {column}: found {text!r}, expected a number or -"
            raise DocumentError([fault]) from error


@dataclass(frozen=True)
class Projected:
    """The years of the projections."""

    start: int
    end: int

    @property
    def period(self) -> str:
        """As the tables write it, with a dash: 2024 to 34."""
        return f"{self.start}–{self.end % 100}"


class Folder:
    """The tables of a folder by the names of headers.yml."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables: dict[str, dict[str, Any]] = read(HEADERS)
        self.projected = self._projected()

    def file(self, pattern: str) -> Path:
        """The one file of this name, packed or not.

        Raises:
            DocumentError: there is none, or more than one.
        """
        found = [*self.path.glob(pattern), *self.path.glob(f"{pattern}.xz")]
        if len(found) != 1:
            names = ", ".join(sorted(str(each.relative_to(self.path)) for each in found))
            fault = f"{pattern}: file: found {names or 'none'}, expected one, plain or .xz"
            raise DocumentError([fault])
        return found[0]

    def rows(self, name: str) -> list[Row]:
        """The rows of a table.

        Raises:
            DocumentError: the file is missing or has other columns.
        """
        table = self.tables[name]
        path = self.file(table["file"])
        years = {**vars(self.projected), "period": self.projected.period}
        expected = [str(column).format(**years) for column in table["columns"]]
        if "sheet" in table:
            lines = iter(_sheet(path, table["sheet"])[1:])
        else:
            lines = _lines(path, bool(table.get("quoted")))
        header, place = next(lines, []), path.name.removesuffix(".xz")
        _check(place, header, expected)
        return list(_rows(place, expected, lines))

    def title(self, name: str) -> str:
        """The first line of a sheet: its title, which has its years."""
        table = self.tables[name]
        return _sheet(self.file(table["file"]), table["sheet"])[0][0]

    def words(self, pattern: str) -> str:
        """The text of a file."""
        return _text(self.file(pattern))

    def _projected(self) -> Projected:
        path = self.file(self.tables["projections"]["file"])
        found = re.search(r"ep-(\d{4})-(\d{2})-", path.name)
        if not found:
            fault = f"{path.name}: file name: found no years, expected some such as ep-2024-34-"
            raise DocumentError([fault])
        start = int(found[1])
        return Projected(start, start - start % 100 + int(found[2]))


def _text(path: Path) -> str:
    raw = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return raw.decode("utf-8-sig")


def _lines(path: Path, quoted: bool) -> Iterator[Sequence[str]]:
    text = io.StringIO(_text(path), newline="")
    if ".csv" in path.name:
        return csv.reader(text)
    return csv.reader(text, delimiter="\t", quoting=0 if quoted else csv.QUOTE_NONE)


def _sheet(path: Path, name: str) -> list[Sequence[str]]:
    raw = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    book = load_workbook(io.BytesIO(raw), read_only=True)
    if name not in book.sheetnames:
        fault = f"{path.name}: sheet: found {', '.join(book.sheetnames)}, expected {name}"
        raise DocumentError([fault])
    lines = book[name].iter_rows(values_only=True)
    return [["" if value is None else str(value).strip() for value in line] for line in lines]


def _check(place: str, header: Sequence[str], expected: Sequence[str]) -> None:
    pairs = enumerate(zip_longest(header, expected, fillvalue="nothing"), 1)
    faults = [
        f"{place}: column {number}: found {found!r}, expected {wanted!r}"
        for number, (found, wanted) in pairs
        if found != wanted
    ]
    if faults:
        raise DocumentError(faults)


def _rows(place: str, columns: Sequence[str], lines: Iterator[Sequence[str]]) -> Iterator[Row]:
    for number, line in enumerate(lines, 2):
        row = Row(zip(columns, (value.strip() for value in line), strict=False))
        row.place = f"{place}: row {number}"
        yield row
