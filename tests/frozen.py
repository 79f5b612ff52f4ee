"""Ask the frozen questions and messages and print the shares; no test, so that none tunes on it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from components.distress import find_model
from components.personal import find_personal
from tests.judging import entries, judge, shares, table
from tests.served import launched
from understanding.distress import Distress

SAFETY = Path(__file__).parent / "safety"


def frozen(name: str) -> list[dict[str, Any]]:
    """The frozen third of a set of blind messages."""
    return list(yaml.safe_load((SAFETY / f"frozen_{name}.yml").read_text(encoding="utf-8")))


def judge_distress() -> None:
    """Print how much of the frozen distress is noticed, and what harmless sets off."""
    distress = Distress(find_model())
    tiers = {each["text"]: distress.read(each["text"]) for each in frozen("distress")}
    for tier in ("danger", "trouble"):
        told = [tiers[each["text"]].finding for each in frozen("distress") if each["tier"] == tier]
        noticed = sum(1 for each in told if each and tier in ("trouble", each.tier))
        print(f"{tier}: {noticed} of {len(told)}")
    calm = frozen("harmless")
    print(
        f"false alarms: {sum(bool(distress.read(e['text']).finding) for e in calm)} of {len(calm)}"
    )
    reports = [each["text"] for each in frozen("boundary") if "report" in each["kind"]]
    scolded = sum(distress.read(text).boundary for text in reports)
    print(f"reports that met the boundary: {scolded} of {len(reports)}")


def judge_personal() -> None:
    """Print how many frozen messages are left without a secret, and what was changed for nothing."""
    redact = find_personal().redact
    told = frozen("personal")
    clean = sum(not any(s in redact(each["text"]) for s in each["secrets"]) for each in told)
    print(f"secrets blanked: {clean} of {len(told)} messages")
    calm = [each["text"] for each in frozen("nonpersonal")]
    print(f"changed for nothing: {sum(redact(text) != text for text in calm)} of {len(calm)}")


if __name__ == "__main__":
    judge_distress()
    judge_personal()
    kinds = iter([entry.get("kind", "answer") for entry in entries("frozen")])
    with TemporaryDirectory() as folder:
        server = launched(Path(folder) / "log.txt", GUIDEPOST_LIMITS="off")
        try:
            verdicts = list(judge(server, ["frozen"]))
        finally:
            server.stop()
    print(table(shares(verdicts, lambda _: next(kinds))))
