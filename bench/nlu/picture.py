"""The picture of a benchmark: confusion of hybrid, and precision by answered share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.nlu.results import Result

COLOURS = {"hybrid": "#0b5fa5", "sparse": "#4aa3c7", "logistic": "#c77d11", "diet": "#9b3a6a"}
MOST_LABELS = 30
"""With more intents, only those that were confused are named."""

LEAST_SHARE = 0.1
"""Below so few answers the precision only jumps."""


def draw(results: Sequence[Result], path: Path) -> bool:
    """Write the picture of our own set's results; False if hybrid has none.

    The confusion is that of all training examples, the curves are those of few, where every
    pipeline could be trained.
    """
    usable = [result for result in results if result.set.startswith("own") and result.figures]
    whole = [result for result in usable if result.set == "own"]
    few = [result for result in usable if result.set != "own"]
    hybrid = next((result for result in whole if result.pipeline == "hybrid"), None)
    if hybrid is None:
        return False
    from matplotlib.figure import Figure  # it warns at import, before the warnings are silenced

    figure = Figure(figsize=(17, 9), constrained_layout=True)
    left, right = figure.subplots(1, 2, gridspec_kw={"width_ratios": [1.15, 1]})
    _confusion(left, hybrid)
    _curves(right, few or whole)
    figure.savefig(path, dpi=110)
    return True


def _confusion(axes: Any, result: Result) -> None:
    counts = np.array(result.confusion)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    wrong = counts * ~np.eye(len(counts), dtype=bool)
    for row, column in np.argwhere(wrong):
        axes.text(
            column, row, wrong[row, column], ha="center", va="center", size=8, color="#b3261e"
        )
    few = len(counts) <= MOST_LABELS
    rows = [place for place in range(len(counts)) if few or wrong[place].any()]
    columns = [place for place in range(len(counts)) if few or wrong[:, place].any()]
    names = [name.removeprefix("ask_") for name in result.intents]
    axes.set_xticks(columns, [names[place] for place in columns], rotation=90, size=8)
    axes.set_yticks(rows, [names[place] for place in rows], size=8)
    axes.set_xlabel("likeliest intent")
    axes.set_ylabel("expected intent")
    axes.set_title(
        "hybrid: expected and likeliest intent (numbers: questions confused)"
        + ("" if few else "\nonly intents with a confusion are named"),
        size=11,
    )


def _curves(axes: Any, results: Sequence[Result]) -> None:
    from matplotlib.ticker import PercentFormatter

    lows = []
    for result in results:
        answered, precision = np.array(result.answered), np.array(result.precision)
        shown = answered >= LEAST_SHARE
        colour, point = COLOURS[result.pipeline], result.figures
        axes.plot(answered[shown], precision[shown], color=colour, label=result.pipeline, lw=1.8)
        if point["precision"] is not None:
            axes.plot(point["plain_answered"], point["precision"], "o", color=colour, ms=9, mec="k")
            lows.append(point["precision"])
        lows += precision[shown].min(initial=1.0, keepdims=True).tolist()
    axes.plot([], [], "o", color="w", mec="k", ms=9, label="its own thresholds")
    axes.set_xlim(0, 1.01)
    axes.set_ylim(max(0.0, min(lows, default=0.0) - 0.02), 1.005)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1))
    axes.grid(color="#dddddd", lw=0.7)
    axes.set_xlabel("share of the questions in scope that are answered at once")
    axes.set_ylabel("precision of all answers")
    count = results[0].counts.get("training", 0)
    axes.set_title(
        f"Answers and their precision as the threshold falls ({count} training phrases)", size=11
    )
    axes.legend(loc="lower left", frameon=False)
