"""Starts the processes that train and measure one model each."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import yaml

from bench.nlu import job
from bench.nlu.pipelines import config
from bench.nlu.replies import Replies, read_replies
from bench.nlu.sets import ROOT, QuestionSet
from serving.model import environment

ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "TF_NUM_INTRAOP_THREADS",
        "TF_NUM_INTEROP_THREADS",
        "TF_INTRA_OP_PARALLELISM_THREADS",  # Rasa's names for the two above
        "TF_INTER_OP_PARALLELISM_THREADS",
    ),
    "1",
)

THREADS = {"OMP_NUM_THREADS": str(os.cpu_count()), "RASA_MAX_CACHE_SIZE": "0"}
"""Training takes all cores, and none of its steps from an earlier training."""

ERROR = re.compile(r"^[\w.]*(?:Error|Exception|Interrupt)\b.*", re.MULTILINE)


class RunError(Exception):
    """A process that failed: the reason in one line."""


def prepare(folder: Path, questions: QuestionSet, pipeline: str, epochs: int) -> None:
    """Write all that the processes read into a folder that holds nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / job.CONFIG).write_text(yaml.safe_dump(config(pipeline, epochs)), encoding="utf-8")
    (folder / job.DATA).write_text(training_data(questions), encoding="utf-8")
    (folder / job.QUESTIONS).write_text(json.dumps(questions.groups()), encoding="utf-8")


def training_data(questions: QuestionSet) -> str:
    """The training data as Rasa's YAML."""
    texts: dict[str, list[str]] = defaultdict(list)
    for text, intent in questions.training:
        texts[intent].append(f"- {text}\n")
    entries = [{"intent": intent, "examples": "".join(texts[intent])} for intent in sorted(texts)]
    written = {"version": "3.1", "nlu": entries}
    return str(yaml.safe_dump(written, allow_unicode=True, width=10**6))


def train(folder: Path) -> dict[str, float]:
    """Train; its costs.

    Raises:
        RunError: if there is no model in the end.
    """
    _run("train", folder, THREADS)
    return _noted(folder, "train")


def measure(folder: Path) -> tuple[Replies, dict[str, float]]:
    """Ask all questions on one thread; the replies and the costs.

    Raises:
        RunError: if not all were asked.
    """
    _run("measure", folder, ONE_THREAD)
    return read_replies(folder / job.REPLIES), _noted(folder, "measure")


def _run(task: str, folder: Path, variables: dict[str, str]) -> None:
    log = folder / f"{task}.log"
    with log.open("w", encoding="utf-8") as file:
        done = subprocess.run(
            [sys.executable, "-m", "bench.nlu.job", task, str(folder)],
            cwd=ROOT,
            env={**environment(), **variables},
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode < 0:
        raise RunError(f"stopped by signal {-done.returncode}")
    if done.returncode:
        raise RunError(reason(log.read_text(encoding="utf-8", errors="replace")))


def reason(said: str) -> str:
    """Why a process failed: the first error of its log, or its last line."""
    first = said.split("The above exception was the direct cause")[0]
    lines = [line.strip() for line in first.splitlines() if line.strip()]
    errors = ERROR.findall(first)
    return (errors or lines or ["the process said nothing"])[-1].strip()


def _noted(folder: Path, name: str) -> dict[str, float]:
    figures = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return {key: float(value) for key, value in figures.items()}
