"""Command line: `python -m bench.nlu [--sets own,hint3] [--pipelines hybrid,diet] [--epochs 100]`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.nlu import machine, picture, public, report, runs
from bench.nlu.pipelines import MOST_FOR_DIET, NAMES
from bench.nlu.results import Result, judge, read_results
from bench.nlu.sets import FEW, ROOT, DataError, QuestionSet, own
from serving.logs import silence_warnings
from serving.model import environment

RESULTS = ROOT / "results" / "nlu"
PAGE, PICTURE = "nlu.md", "nlu.png"
OWN = "own"


@dataclass(frozen=True)
class Trained:
    """A model that waits to be measured."""

    questions: QuestionSet
    pipeline: str
    folder: Path
    costs: dict[str, float]


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """The command's options."""
    parser = argparse.ArgumentParser(prog="python -m bench.nlu", description=__doc__)
    known = (OWN, *public.LOADERS)
    parser.add_argument("--sets", type=_choices(known), default=[OWN, *public.given()])
    parser.add_argument("--pipelines", type=_choices(NAMES), default=list(NAMES))
    parser.add_argument("--epochs", type=int, default=100, help="of DIET")
    parser.add_argument("--intents", type=int, help="so many of each set, for a trial")
    parser.add_argument("--keep", action="store_true", help="report earlier results too")
    parser.add_argument("--report", type=Path, help="folder of the page")
    chosen = parser.parse_args(arguments)
    chosen.report = chosen.report or (RESULTS if chosen.intents else ROOT / "bench")
    return chosen


def _choices(known: Sequence[str]) -> Callable[[str], list[str]]:
    """Reads names with commas between them; gives them in the order of the known ones."""

    def choices(text: str) -> list[str]:
        unknown = sorted(set(text.split(",")) - set(known))
        if unknown:
            raise argparse.ArgumentTypeError(
                f"unknown: {', '.join(unknown)}; use some of {', '.join(known)}"
            )
        return [name for name in known if name in text.split(",")]

    return choices


def main(arguments: Sequence[str]) -> int:
    """Train all, then measure all, then report; 1 if anything failed."""
    chosen = options(arguments)
    os.environ.update(environment())
    silence_warnings()
    RESULTS.mkdir(parents=True, exist_ok=True)
    _clear(chosen)
    _measure(_train(_load(chosen), chosen), chosen.epochs)
    results = sorted(read_results(RESULTS), key=_place)
    _report(results, chosen.report)
    return int(any(result.error for result in results))


def _clear(chosen: argparse.Namespace) -> None:
    """Remove earlier results: all, or those that are made anew."""
    anew = {f"{name}-{pipeline}" for name in chosen.sets for pipeline in chosen.pipelines}
    for path in RESULTS.glob("*.json"):
        if not chosen.keep or path.stem in anew:
            path.unlink()


def _load(chosen: argparse.Namespace) -> list[QuestionSet]:
    """The sets that can be read; on each other one, every pipeline fails."""
    sets: list[QuestionSet] = []
    for name in chosen.sets:
        try:
            found = _own() if name == OWN else public.load(name)
        except DataError as error:
            print(error, file=sys.stderr, flush=True)
            for pipeline in chosen.pipelines:
                Result(name, pipeline, chosen.epochs, error=str(error)).save(RESULTS)
            continue
        sets += [one.limited(chosen.intents) if chosen.intents else one for one in found]
    return sets


def _own() -> list[QuestionSet]:
    """Our own questions, with all training examples and with few."""
    whole = own()
    return [whole, whole.sampled(FEW)]


def _train(sets: Sequence[QuestionSet], chosen: argparse.Namespace) -> list[Trained]:
    trained: list[Trained] = []
    pairs = [
        (questions, pipeline)
        for questions in sets
        for pipeline in chosen.pipelines
        if pipeline != "diet" or len(questions.training) <= MOST_FOR_DIET
    ]
    for number, (questions, pipeline) in enumerate(pairs, 1):
        folder = RESULTS / "models" / f"{questions.name}-{pipeline}"
        _say(f"Training {number}/{len(pairs)}: {pipeline} on {questions.name} ...")
        try:
            runs.prepare(folder, questions, pipeline, chosen.epochs)
            costs = runs.train(folder)
        except runs.RunError as error:
            _fail(questions, pipeline, chosen.epochs, error)
            continue
        print(f" {costs['train_s']:.0f} s, {costs['model_mb']:.1f} MB", flush=True)
        trained.append(Trained(questions, pipeline, folder, costs))
    return trained


def _measure(waiting: Sequence[Trained], epochs: int) -> None:
    for number, one in enumerate(waiting, 1):
        _say(f"Measuring {number}/{len(waiting)}: {one.pipeline} on {one.questions.name} ...")
        try:
            replies, costs = runs.measure(one.folder)
        except runs.RunError as error:
            _fail(one.questions, one.pipeline, epochs, error)
            continue
        result = judge(one.questions, one.pipeline, epochs, replies, {**one.costs, **costs})
        result.save(RESULTS)
        right, speed = result.figures["accuracy"], result.figures["p50_ms"]
        print(f" {report.percent(right)} right, {speed:.1f} ms a message", flush=True)


def _fail(questions: QuestionSet, pipeline: str, epochs: int, error: Exception) -> None:
    print(f" failed: {error}", flush=True)
    Result(questions.name, pipeline, epochs, questions.counts(), str(error)).save(RESULTS)


def _report(results: Sequence[Result], folder: Path) -> None:
    """Write page and picture."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = picture.draw(results, folder / PICTURE)
    page = report.write(results, machine.facts(), PICTURE if drawn else None)
    (folder / PAGE).write_text(page, encoding="utf-8")
    print(f"Report: {os.path.relpath(folder / PAGE)}", flush=True)


def _place(result: Result) -> tuple[int, str, int]:
    kind = result.set.partition("-")[0]
    return (OWN, *public.LOADERS).index(kind), result.set, NAMES.index(result.pipeline)


def _say(step: str) -> None:
    print(step, end="", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
