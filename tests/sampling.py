"""`python -m tests.sampling FROM`: cut the publishers' tables in FROM down to tests/tables/.

The sample holds 40 careers drawn by a seed and those that are special: no pay, pay by the hour,
pay at the cap, uncertain pay, counted in a wider occupation, no skill scores.
"""

from __future__ import annotations

import csv
import io
import lzma
import random
import sys
from collections.abc import Callable, Collection
from pathlib import Path

from openpyxl import Workbook, load_workbook

from guides.careers import read_careers
from guides.documents import read
from guides.tables.files import HEADERS

SAMPLE = Path(__file__).parent / "tables"
SEED, DRAWN = 2026, 40
SPECIAL = (
    "11-1031.00",
    "13-1022.00",
    "15-1252.00",
    "15-1299.04",
    "21-1014.00",
    "27-2011.00",
    "29-1141.00",
    "29-1242.00",
    "39-5091.00",
    "41-2011.00",
    "47-2111.00",
    "51-2061.00",
)
WHOLE = ("Occupation Data.txt", "DWA Reference.txt")
"""Tables that are kept whole."""
OWNED = ("02", "03", "05")
"""Ends of industries by who owns them, which no career uses."""

Counted = Callable[[str], bool]


def drawn(codes: Collection[str]) -> list[str]:
    """The careers that the seed draws."""
    return sorted(random.Random(SEED).sample(sorted(codes), DRAWN))


def main(source: Path) -> None:
    """Write the sample."""
    codes = {guide.codes.onet for guide in read_careers() if guide.codes}
    kept = {*drawn(codes), *SPECIAL}
    others = {code[:7] for code in codes} - {code[:7] for code in kept}
    groups = {code[:6] for code in kept} | {"00-000"}

    def counted(code: str) -> bool:
        """Whether a career of the sample is counted there, on its own or in a wider one."""
        return code[:6] in groups and code not in others

    for table in read(HEADERS).values():
        (path,) = [*source.glob(table["file"]), *source.glob(f"{table['file']}.xz")]
        target = SAMPLE / path.relative_to(source).with_name(path.name.removesuffix(".xz") + ".xz")
        target.parent.mkdir(parents=True, exist_ok=True)
        raw = path.read_bytes()
        raw = lzma.decompress(raw) if path.suffix == ".xz" else raw
        if "sheet" in table:
            cut = _sheet(raw, table["sheet"], counted)
        elif ".csv" in path.name:
            cut = _csv(raw, counted)
        else:
            cut = raw if target.stem in WHOLE else _text(raw, kept)
        target.write_bytes(lzma.compress(cut, preset=9 | lzma.PRESET_EXTREME))
    (read_me,) = source.glob("onet/*/Read Me.txt.xz")
    (SAMPLE / read_me.relative_to(source)).write_bytes(read_me.read_bytes())


def _text(raw: bytes, kept: Collection[str]) -> bytes:
    head, *lines = raw.split(b"\n")
    codes = {code.encode() for code in kept}
    return b"\n".join([head, *(line for line in lines if line.strip(b'"')[:10] in codes), b""])


def _csv(raw: bytes, counted: Counted) -> bytes:
    head, *lines = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    place = next(n for n, name in enumerate(head) if name in ("occ_code", "SOC2018Code"))
    owned = [head[0] == "naics" and line[0].endswith(OWNED) for line in lines]
    rows = [
        line for line, left in zip(lines, owned, strict=True) if counted(line[place]) and not left
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    return out.getvalue().encode()


def _sheet(raw: bytes, name: str, counted: Counted) -> bytes:
    rows = load_workbook(io.BytesIO(raw), read_only=True)[name].iter_rows(values_only=True)
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for number, row in enumerate(rows):
        if number < 2 or counted(str(row[1])):
            sheet.append([str(v)[:0] if str(v).startswith("=") else v for v in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
