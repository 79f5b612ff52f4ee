"""The tables of a benchmark, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.nlu.pipelines import MOST_FOR_DIET
from bench.nlu.results import Figures, Result

Cell = Callable[[Figures], str]

INTRODUCTION = """\
# Intent classifiers compared

`make bench-nlu` makes this page. What is compared:

- **hybrid**: this project's classifier as `config.yml` has it, n-grams beside a sentence embedding
- **sparse**: the same without the embedding (`encoder: off`)
- **logistic**: Rasa's LogisticRegressionClassifier on word and character n-grams
- **diet**: the pipeline of Rasa's template with DIETClassifier, {epochs} epochs

All learn from the same data through Rasa and read through `Agent.parse_message`, each in a process of its own, one after the other, on one thread; training takes all cores. DIET is left out where there are more than {most} training phrases: it would take hours.
"""

MEANINGS = """\
## What the figures mean

- **Likeliest intent right**: among the intents that are answers, without any threshold.
- **Right within one tap**: answered right, or offered with the right topic among the first three. Only hybrid and sparse offer.
- **Turned away at 95 % kept**: share of the questions outside the scope below the highest threshold that keeps 95 % of those in scope. The score is the probability of the likeliest intent, 0 if that is no answer, so fewer may be kept; the share is then named.
- **Answered / offered / refused**: what a student gets at the pipeline's own thresholds: the bands of hybrid and sparse; the FallbackClassifier of Rasa's pipelines with 0.3, and 0.1 between the first two.
- **Precision**: share of the answers that are right; an answer to a question outside the scope is wrong.
- **Typos**: likeliest intent right, with one typo in 20 or in 8 characters (`tests/typos.py`).
- **Memory**: the most that the process had, with Rasa. **Model**: the archive, with the sentence encoder where it is used.
"""

TITLES = {
    "own": "This project's questions",
    "clinc150": "CLINC150",
    "banking77": "BANKING77",
    "hwu64": "HWU64",
    "hint3": "HINT3",
}


def percent(share: float | None) -> str:
    """A share as a student of statistics reads it."""
    return "-" if share is None else f"{100 * share:.1f} %"


def _share(name: str) -> Cell:
    return lambda figures: percent(figures[name])


def _number(name: str, digits: int = 0) -> Cell:
    return lambda figures: f"{figures[name]:.{digits}f}"


def _three(group: str) -> Cell:
    names = [f"{group}_{outcome}" for outcome in ("answered", "offered", "refused")]
    return lambda figures: " / ".join(percent(figures[name]).removesuffix(" %") for name in names)


def _turned_away(group: str) -> Cell:
    def cell(figures: Figures) -> str:
        share, kept = figures[f"{group}_recall"], figures["kept"]
        short = share is not None and kept is not None and kept < 0.95
        return percent(share) + (f" ({percent(kept)} kept)" if short else "")

    return cell


ROWS: tuple[tuple[str, str, Cell], ...] = (
    ("Likeliest intent right", "judged", _share("accuracy")),
    ("Right within one tap", "judged", _share("one_tap")),
    ("Near the scope: turned away at 95 % kept", "near", _turned_away("near")),
    ("Out of scope: turned away at 95 % kept", "out", _turned_away("out")),
    ("In scope: answered / offered / refused, %", "judged", _three("plain")),
    ("Near the scope: answered / offered / refused, %", "near", _three("near")),
    ("Out of scope: answered / offered / refused, %", "out", _three("out")),
    ("Precision of the answers in scope", "judged", _share("precision_inside")),
    ("Precision of all answers", "judged", _share("precision")),
    ("Right with 1 typo in 20", "judged", _share("mild")),
    ("Right with 1 typo in 8", "judged", _share("heavy")),
    ("A message, median, ms", "judged", _number("p50_ms", 1)),
    ("A message, 95th percentile, ms", "judged", _number("p95_ms", 1)),
    ("Memory, MB", "judged", _number("rss_mb")),
    ("Training, s", "judged", _number("train_s")),
    ("Model, MB", "judged", _number("model_mb", 1)),
)
"""Title, which questions it needs, and its cell."""


def write(results: Sequence[Result], facts: Sequence[str], picture: str | None) -> str:
    """The whole page, in the order of the results; `picture` is the file of the picture beside it."""
    epochs = sorted({result.epochs for result in results if result.pipeline == "diet"})
    parts = [INTRODUCTION.format(most=MOST_FOR_DIET, epochs=" or ".join(map(str, epochs)) or "100")]
    parts.append("".join(f"- {fact}\n" for fact in facts))
    for name in dict.fromkeys(result.set for result in results):
        parts.append(table([result for result in results if result.set == name]))
    if picture:
        parts.append(f"![Confusion of hybrid; precision by answered share]({picture})\n")
    parts.append(MEANINGS)
    parts += [
        _mistakes(r) for r in results if (r.set, r.pipeline) == ("own", "hybrid") and r.figures
    ]
    return "\n".join(parts)


def table(results: Sequence[Result]) -> str:
    """Title, size and figures of one set, a column for each result."""
    counts = next((result.counts for result in results if result.counts), {})
    lines = [f"## {title(results[0].set)}\n"]
    if counts:
        lines.append(_size(counts))
        lines.append("| | " + " | ".join(result.pipeline for result in results) + " |")
        lines.append("|---|" + "--:|" * len(results))
        lines += [_row(name, cell, results) for name, group, cell in ROWS if counts[group]]
    failed = [f"- {result.pipeline} failed: {result.error}" for result in results if result.error]
    return "\n".join([*lines, *([""] if counts and failed else []), *failed, ""])


def title(name: str) -> str:
    """How a set is called in the report."""
    base, _, part = name.partition("-")
    part = f"{part} examples an intent" if part.isdigit() else part
    return TITLES[base] + (f", {part}" if part else "")


def _size(counts: dict[str, int]) -> str:
    kinds = {"judged": "in scope", "near": "near the scope", "out": "out of scope"}
    judged = [f"{counts[kind]} {words}" for kind, words in kinds.items() if counts[kind]]
    return (
        f"{counts['intents']} intents, {counts['training']} training phrases; "
        f"questions that judge: {', '.join(judged)}.\n"
    )


def _row(name: str, cell: Cell, results: Sequence[Result]) -> str:
    cells = [cell(result.figures) if result.figures else "failed" for result in results]
    return f"| {name} | " + " | ".join(cells) + " |"


def _mistakes(result: Result) -> str:
    lines = [
        f"| {wrong.question.replace('|', ' ')} | {wrong.expected} | {wrong.answered} |"
        for wrong in result.wrong
    ]
    head = ["| Question | Expected | Answered as |", "|---|---|---|"] if lines else ["None."]
    count = f"## Wrong answers of hybrid on this project's questions ({len(lines)})\n"
    return "\n".join([count, *head, *lines, ""])
