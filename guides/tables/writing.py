"""Put the tables together and write guides/careers/: the same bytes from the same tables."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guides.documents import DocumentError, read
from guides.tables.bls import CAPS, Bls
from guides.tables.files import Folder
from guides.tables.onet import Onet
from guides.tables.summaries import licence, summary
from guides.tables.titles import named, slug_of

Line = dict[str, Any]


def write(source: Path, target: Path, names: Path) -> list[Path]:
    """Write the careers of the tables in `source`; the files written, in order.

    Args:
        names: the hand file with plain names and summaries, names.yml; of the files beside it, if
            they are there, summaries.yml has those of careers that keep the publisher's name, and
            called.yml what else students call a career.

    Raises:
        DocumentError: a table is missing or has other columns, or two careers share a slug.
    """
    folder = Folder(source)
    onet = Onet(folder)
    bls = Bls(folder, {code: row["Title"] for code, row in onet.described.items()})
    careers = {code: _career(code, onet, bls) for code in onet.codes}
    beside = [names.with_name(name) for name in ("summaries.yml", "called.yml")]
    summaries, called = (read(path) if path.exists() else {} for path in beside)
    _name(careers, onet, read(names), summaries, called)
    texts = {
        "shared.json": json.dumps(_shared(folder, bls, careers), ensure_ascii=False, indent=1)
        + "\n",
        "pay.jsonl": _lines(_pay(bls, careers)),
        **{f"{group}.jsonl": _lines(lines) for group, lines in _by_group(careers).items()},
    }
    target.mkdir(exist_ok=True)
    for old in target.glob("*.jsonl"):
        old.unlink()
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8")
    return [target / name for name in sorted(texts)]


def _career(code: str, onet: Onet, bls: Bls) -> Line:
    facts = {**onet.facts(code), **bls.facts(code)}
    return {"onet": code, **facts}


def _name(
    careers: dict[str, Line],
    onet: Onet,
    by_hand: Mapping[str, Any],
    summaries: Mapping[str, str],
    called: Mapping[str, Mapping[str, list[str]]],
) -> None:
    """Put name, summary and further titles in front, from the hand files or by the rules."""
    published = {code: onet.described[code]["Title"] for code in careers}
    faults = [
        f"{file}: {code}: found a code that the tables do not have"
        for file, codes in (
            ("names.yml", by_hand),
            ("summaries.yml", summaries),
            ("called.yml", called),
        )
        for code in codes
        if code not in careers
    ]
    faults += [
        f"summaries.yml: {code}: found a career that has its summary in names.yml"
        for code in by_hand.keys() & summaries.keys()
    ]
    for code, facts in careers.items():
        others = [title for other, title in published.items() if other != code]
        description = onet.described[code]["Description"]
        text = summaries.get(code)
        given = by_hand.get(code) or _by_rule(published[code], description, others, text)
        given = given | {
            kind: list(dict.fromkeys([*given.get(kind, ()), *found]))
            for kind, found in called.get(code, {}).items()
        }
        taken = {each.lower() for each in (*facts["titles"], *given["names"], given["title"])}
        own = [each for each in (published[code], *onet.alternates(code))]
        facts["titles"] = [
            each for each in facts["titles"] if each.lower() != given["title"].lower()
        ]
        further = [
            each
            for each in dict.fromkeys(own)
            if each.lower() not in taken | {given["plural"].lower()}
        ]
        careers[code] = {
            "onet": code,
            **{key: given[key] for key in ("slug", "title", "plural", "names", "summary")},
            **({"fields": given["fields"]} if given.get("fields") else {}),
            "licence": licence(description),
            **facts,
            "alternates": further,
        }
    slugs = Counter(facts["slug"] for facts in careers.values())
    faults += [
        f"names.yml: slug: found {slug} twice, expected it once"
        for slug, count in slugs.items()
        if count > 1
    ]
    if faults:
        raise DocumentError(faults)


def _by_rule(published: str, description: str, others: list[str], text: str | None) -> Line:
    title, plural = named(published, others)
    text = text or summary(description, plural)
    return {"title": title, "plural": plural, "slug": slug_of(title), "names": [], "summary": text}


def _shared(folder: Folder, bls: Bls, careers: Mapping[str, Line]) -> Line:
    """What many careers share: releases, periods, names of industries."""
    used = {naics for facts in careers.values() for naics, _ in facts["industries"]}
    growth = f"Employment change, percent, {bls.years.period}"
    return {
        "releases": _releases(folder),
        "period": [bls.years.start, bls.years.end],
        "held_period": _years(folder.title("held")),
        "all_jobs": bls.all_jobs.number(growth),
        "caps": CAPS,
        "industries": {n: name for n, name in sorted(bls.industry_names().items()) if n in used},
    }


def _releases(folder: Folder) -> dict[str, dict[str, str]]:
    """Name and date of every publisher's release, as its files say."""
    read_me = folder.words("onet/*/Read Me.txt").splitlines()
    skills = folder.file(folder.tables["skills"]["file"]).parent.name
    month, year = re.findall(r"[a-z]+|\d+", folder.file(folder.tables["pay"]["file"]).name)[1:3]
    cip = re.search(r"cip(\d{4})", folder.file(folder.tables["majors"]["file"]).name)
    return {
        "onet": {"release": read_me[0].removesuffix(" Database"), "date": read_me[1]},
        "onet_skills": {"release": skills.replace("-", " ")},
        "pay": {"date": f"{month.title()} {year}"},
        "projections": {"date": folder.projected.period.replace("–", "-")},
        "majors": {"release": f"CIP {cip[1]}" if cip else "CIP"},
    }


def _years(title: str) -> list[int]:
    found = re.search(r"(\d{4})–(\d{2})", title)
    if not found:
        raise DocumentError([f"Table 5.3: title: found {title!r}, expected its years, 2022–23"])
    return [int(found[1]), int(found[1][:2] + found[2])]


def _pay(bls: Bls, careers: Mapping[str, Line]) -> list[Line]:
    codes = sorted({facts["pay"] for facts in careers.values() if facts["pay"]})
    return [pay for code in codes if (pay := bls.paid(code))]


def _by_group(careers: Mapping[str, Line]) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for code, facts in sorted(careers.items()):
        groups[code[:2]].append(_filled(facts))
    return dict(sorted(groups.items()))


def _filled(facts: Line) -> Line:
    """What there is; nothing, an empty list and false are left out, 0 is not."""
    return {
        key: value
        for key, value in facts.items()
        if value is not None and value is not False and value != []
    }


def _lines(lines: list[Line]) -> str:
    return "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
    )
