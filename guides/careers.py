"""The careers of the public tables: the files of guides/careers/ as guides.

`python -m guides.tables FROM` writes the figures and the publishers' texts. names.yml and
words.yml hold the plain words and are written by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from guides.documents import DocumentError, build, read
from guides.loading import FOLDER
from guides.schema import Guide

CAREERS = FOLDER / "careers"

FIGURES = 3
"""Of pay in one place; a further one marks them as uncertain."""

Line = dict[str, Any]


def read_careers(folder: Path = CAREERS) -> Iterator[Guide]:
    """Every career of the tables, in the order of their codes.

    Raises:
        DocumentError: a file is missing or broken, or a line is no valid guide.
    """
    words = Words(read(folder / "words.yml"))
    shared = _document(folder / "shared.json")
    pay = {line["soc"]: line for _, line in _lines(folder / "pay.jsonl")}
    careers = [each for path in sorted(folder.glob("[0-9]*.jsonl")) for each in _lines(path)]
    if not careers:
        raise DocumentError([f"{folder.name}: found no career, expected files such as 29.jsonl"])
    known = {line["onet"]: line for _, line in careers}
    for place, line in careers:
        yield build(Guide, _Career(line, words, shared, pay, known).guide(), place)


class Words:
    """The plain words of words.yml by section and the publisher's name."""

    def __init__(self, sections: Mapping[str, Any]) -> None:
        self.sections = sections

    def of(self, section: str, name: object) -> Any:
        """The words for a publisher's name.

        Raises:
            DocumentError: words.yml has none.
        """
        found = {str(key): value for key, value in self.sections[section].items()}
        if str(name) not in found:
            fault = f"words.yml: {section}: found no {str(name)!r}, expected its plain words"
            raise DocumentError([fault])
        return found[str(name)]

    def text(self, name: str, **values: object) -> str:
        """A text that all careers share."""
        return str(self.of("texts", name)).format(**values)


class _Career:
    """One career on its way from a line to a guide."""

    def __init__(
        self,
        line: Line,
        words: Words,
        shared: Line,
        pay: Mapping[str, Line],
        known: Mapping[str, Line],
    ) -> None:
        self.line, self.words, self.shared = line, words, shared
        self.pay, self.known = pay, known

    def guide(self) -> dict[str, Any]:
        """The guide as its schema takes it; sections that the tables do not fill are left out."""
        line, text = self.line, self.words.text
        parts = {
            "slug": line["slug"],
            "title": line["title"],
            "plural": line["plural"],
            "aliases": line.get("names", []),
            "fields": line.get("fields", []),
            "alternates": line.get("alternates", []),
            "codes": {"onet": line["onet"], "soc": line["onet"][:7]},
            "snapshot": self._snapshot(),
            "industries": self._industries(),
            "tasks": {"entries": line["tasks"], "note": text("tasks")},
            "skills": self._scores("skills"),
            "knowledge": self._scores("knowledge"),
            "interests": self._scores("interests"),
            "styles": [self.words.of("styles", name) for name in line.get("styles", [])],
            "preparation": self._preparation(),
            "education": self._education(),
            "salary": self._salary(),
            "market": self._market(),
            "outlook": self._outlook(),
            "college": self._college(),
            "tools": self._tools(),
            "related": self._related(),
            "sources": self._sources(),
        }
        return {name: part for name, part in parts.items() if part}

    def _snapshot(self) -> Line:
        line = self.line
        skilled = [name for name, _ in line.get("skills", [])[:3]]
        top = [self.words.of("skills", name)["name"] for name in skilled]
        top = top or [self.words.of("top_skills", name) for name in line["top_skills"]]
        return _filled(summary=line["summary"], titles=line.get("titles"), top_skills=top)

    def _industries(self) -> Line:
        entries = [
            {"name": self.shared["industries"][code], "share": share}
            for code, share in self.line.get("industries", [])
        ]
        if not entries:
            return {}
        return _filled(
            entries=entries,
            self_employed=self.line.get("self_employed"),
            date=self.shared["releases"]["pay"]["date"],
            group=self.line.get("pay_group"),
            caveat=self._caveat("industries", "pay_group"),
        )

    def _scores(self, section: str) -> Line:
        scores = [
            {"id": _id(name), "score": points, **self.words.of(section, name)}
            for name, points in self.line.get(section, [])
        ]
        if not scores:
            return {}
        every = len(self.words.sections[section])
        rated = every if every > len(scores) else None
        return _filled(scale=self.words.text(f"{section}_scale"), scores=scores, rated=rated)

    def _preparation(self) -> Line:
        line, words = self.line, self.words
        asked = {
            name: line[name]
            for name in ("experience", "training")
            if line[name] in words.sections[name]
        }
        return _filled(
            zone=line["zone"],
            meaning=words.of("zones", line["zone"]),
            entry=self._entry(),
            level=list(words.sections["entry"]).index(line["entry"]),
            **{name: words.of(name, value) for name, value in asked.items()},
            licence=words.of("licences", line["licence"]) if "licence" in line else None,
        )

    def _entry(self) -> str:
        entry, group = self.words.of("entry", self.line["entry"]), self.line.get("jobs_group")
        return self.words.text("entry_group", entry=entry, group=group) if group else str(entry)

    def _education(self) -> Line:
        levels = self.words.sections["held"].values()
        pairs = zip(levels, self.line["held"], strict=True)
        first, last = self.shared["held_period"]
        note = "education_wider" if self.line.get("held_wider") else "education"
        return _filled(
            counts="have",
            routes=[{**level, "share": share} for level, share in pairs if share],
            note=self.words.text(note, first=first, last=last),
        )

    def _salary(self) -> Line:
        if "pay" not in self.line:
            return {}
        pay = self.pay[self.line["pay"]]
        return _filled(
            currency="USD",
            per=pay["per"],
            **_pay(pay["nation"]),
            ends="tenths",
            cap=self.shared["caps"][pay["per"]],
            date=self.shared["releases"]["pay"]["date"],
            region=self.words.text("region"),
            group=self.line.get("pay_group"),
            states=[
                {"state": state, **_pay(figures), "uncertain": len(figures) > FIGURES}
                for state, figures in pay["states"].items()
            ],
            caveat=self._caveat("salary", "pay_group", len(pay["nation"]) > FIGURES),
        )

    def _market(self) -> Line:
        return _filled(
            region=self.words.text("region"),
            jobs=self.line["jobs"],
            openings=self.line["openings"],
            period=self.shared["period"],
            group=self.line.get("jobs_group"),
            caveat=self._caveat("market", "jobs_group"),
        )

    def _outlook(self) -> Line:
        start, end = self.shared["period"]
        growth = _filled(
            percent=self.line["growth"],
            start=start,
            by=end,
            all_jobs=self.shared["all_jobs"],
            region=self.words.text("region"),
        )
        return {"growth": growth, "caveat": self._caveat("outlook", "jobs_group")}

    def _caveat(self, section: str, group: str, uncertain: bool = False) -> str:
        """How far figures can be trusted: whom they leave out, and whom they count together."""
        text = self.words.text
        counted = self.line.get(group)
        return " ".join(
            [
                *([text("uncertain")] if uncertain else []),
                *([text("group", group=counted)] if counted else []),
                text(section),
            ]
        )

    def _college(self) -> Line:
        majors = self.line.get("majors")
        return {"majors": majors, "note": self.words.text("college")} if majors else {}

    def _tools(self) -> list[Line]:
        uses = self.words.sections["software"]
        software = [
            {"name": name, "use": uses.get(kind, kind.lower()), "kind": "software"}
            for name, kind in self.line.get("software", [])
        ]
        equipment = self.line.get("equipment", [])
        return [*software, *({"name": name, "kind": "equipment"} for name in equipment)]

    def _related(self) -> list[Line]:
        near = [self.known[code] for code in self.line["related"] if code in self.known]
        return [{key: line[key] for key in ("onet", "slug", "title")} for line in near]

    def _sources(self) -> Line:
        used = {
            "onet": True,
            "onet_skills": "skills" in self.line,
            "pay": "pay" in self.line,
            "projections": True,
            "majors": "majors" in self.line,
        }
        works = [self._work(name) for name, is_used in used.items() if is_used]
        return {"works": works, "verified": None, "note": self.words.text("sources")}

    def _work(self, name: str) -> Line:
        work = {"kind": self.words.text("kind"), **self.words.of("works", name)}
        release = self.shared["releases"][name]
        return {
            key: value if isinstance(value, list) else value.format(**release)
            for key, value in work.items()
        }


def _pay(figures: list[float]) -> Line:
    return dict(zip(("min", "median", "max"), figures[:FIGURES], strict=True))


def _filled(**parts: Any) -> Line:
    return {name: part for name, part in parts.items() if part is not None and part != []}


def _id(name: str) -> str:
    return name.lower().replace(" ", "_").replace("-", "_")


def _document(path: Path) -> Line:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise DocumentError([f"{path.name}: file: found {error}, expected JSON"]) from error


def _lines(path: Path) -> Iterable[tuple[str, Line]]:
    """(place, line) of a file with one JSON object a line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [(f"{path.name}: line {n}", json.loads(line)) for n, line in enumerate(lines, 1)]
    except (OSError, ValueError) as error:
        raise DocumentError([f"{path.name}: file: found {error}, expected JSON lines"]) from error
