"""The result of one pipeline on one set: its figures, and what tables and pictures need."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from sklearn.metrics import confusion_matrix

from bench.nlu import measures
from bench.nlu.replies import Replies, Reply
from bench.nlu.sets import OUT_OF_SCOPE, UNCOVERED, QuestionSet

Figures = dict[str, "float | None"]


@dataclass(frozen=True)
class Wrong:
    """A question that got the answer to another one."""

    question: str
    expected: str
    answered: str


@dataclass(frozen=True)
class Result:
    """One pipeline on one set; `error` says in a line why there are no figures."""

    set: str
    pipeline: str
    epochs: int
    counts: dict[str, int] = field(default_factory=dict)
    error: str = ""
    figures: Figures = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    """The curve: shares in scope that are answered, for falling thresholds."""
    precision: list[float] = field(default_factory=list)
    """The curve: the precision of all answers there."""
    intents: list[str] = field(default_factory=list)
    confusion: list[list[int]] = field(default_factory=list)
    """Questions by expected (row) and likeliest intent (column), both in the order of `intents`."""

    def save(self, folder: Path) -> None:
        """Write it as JSON."""
        path = folder / f"{self.set}-{self.pipeline}.json"
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def read_results(folder: Path) -> list[Result]:
    """All results that are kept in a folder."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return [
        Result(**{**entry, "wrong": [Wrong(**wrong) for wrong in entry["wrong"]]})
        for entry in found
    ]


def judge(
    judged: QuestionSet, pipeline: str, epochs: int, replies: Replies, costs: Mapping[str, float]
) -> Result:
    """The result of a pipeline's replies; `costs` are figures that were measured elsewhere."""
    asked = _asked(judged)
    found = [reply for group in ("plain", "near", "out") for reply in replies[group]]
    wanted = [intent for _, intent in asked]
    inside = np.arange(len(asked)) < len(judged.judged)
    right = np.array([reply.top == intent for reply, intent in zip(found, wanted, strict=True)])
    line = measures.curve(np.array([reply.score for reply in found]), right & inside, inside)
    intents = sorted({*wanted, *(reply.top for reply in found if reply.top)})
    tops = [reply.top for reply in found]
    return Result(
        judged.name,
        pipeline,
        epochs,
        judged.counts(),
        figures={**_quality(judged, replies), **_speed(found), **costs},
        wrong=_wrong(asked, found),
        answered=[round(float(share), 4) for share in line.answered],
        precision=[round(float(share), 4) for share in line.precision],
        intents=intents,
        confusion=confusion_matrix(wanted, tops, labels=intents).tolist(),
    )


def _asked(judged: QuestionSet) -> list[tuple[str, str]]:
    """Questions without typos, with their intents, in the order of the groups."""
    return [
        *judged.judged,
        *((text, UNCOVERED) for text in judged.near),
        *((text, OUT_OF_SCOPE) for text in judged.out),
    ]


def _quality(judged: QuestionSet, replies: Replies) -> Figures:
    expected = [example.intent for example in judged.judged]
    figures: Figures = {
        "accuracy": measures.accuracy(expected, replies["plain"]),
        "one_tap": measures.within_one_tap(expected, replies["plain"]),
        "mild": measures.accuracy(expected, replies["mild"]),
        "heavy": measures.accuracy(expected, replies["heavy"]),
    }
    inside = np.array([reply.score for reply in replies["plain"]])
    for group in ("near", "out"):
        outside = np.array([reply.score for reply in replies[group]])
        recall = measures.recall_outside(inside, outside)
        figures[f"{group}_recall"] = recall.turned_away if recall else None
        figures["kept"] = recall.kept if recall else figures.get("kept")
    for group in ("plain", "near", "out"):
        found = measures.shares(replies[group])
        for name in measures.Shares._fields:
            figures[f"{group}_{name}"] = getattr(found, name) if found else None
    return {**figures, **_precisions(expected, replies)}


def _precisions(expected: Sequence[str], replies: Replies) -> Figures:
    """Of the answers in scope, and of all; an answer to a question outside is wrong."""
    plain = replies["plain"]
    right = np.array([reply.top == wanted for reply, wanted in zip(plain, expected, strict=True)])
    answered = np.array([reply.outcome == "answer" for reply in plain])
    outside = [reply.outcome == "answer" for reply in (*replies["near"], *replies["out"])]
    return {
        "precision_inside": measures.precision(right, answered),
        "precision": measures.precision(
            np.append(right, np.zeros(len(outside), bool)), np.append(answered, outside) > 0
        ),
    }


def _speed(replies: Sequence[Reply]) -> Figures:
    middle, late = np.percentile([reply.ms for reply in replies], [50, 95])
    return {"p50_ms": float(middle), "p95_ms": float(late)}


def _wrong(asked: Sequence[tuple[str, str]], replies: Sequence[Reply]) -> list[Wrong]:
    return [
        Wrong(text, wanted, reply.top)
        for (text, wanted), reply in zip(asked, replies, strict=True)
        if reply.outcome == "answer" and reply.top != wanted
    ]
