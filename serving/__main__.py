"""Command line: `python -m serving check | train | run | feedback`."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from components.models import ROOT
from serving.checks import (
    Unusable,
    fault_of_database,
    fault_of_key,
    fault_of_port,
    fault_of_provider,
    faults_of_files,
    faults_of_locals,
    faults_of_schools,
    faults_of_words,
    port_of,
)
from serving.lean import leave_out_unused
from serving.logs import silence_warnings
from serving.model import TrainingError, environment, model_path, thresholds, train

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "5005")


COMMANDS = ("check", "train", "run", "feedback")


def main(command: str) -> int:
    """Run one command; its exit code."""
    silence_warnings()
    try:
        if command not in COMMANDS:
            raise Unusable([f"unknown command {command!r}: use one of {', '.join(COMMANDS)}"])
        {"check": check, "train": prepare, "run": run, "feedback": feedback}[command]()
    except Unusable as error:
        print("\n".join(error.faults), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def check() -> None:
    """Check guides, school, domain, local answers, and the words of the replies."""
    faults = faults_of_files() or [
        *faults_of_schools(),
        *faults_of_words(),
        *faults_of_locals(),
    ]
    _demand(faults)
    print("Guides, words, schools, local answers and domain are valid.")


def prepare() -> Path:
    """The model of the present data, trained if there is none."""
    _demand(faults_of_files())
    return _trained()


def _demand(faults: Sequence[str | None]) -> None:
    """Go on where there is no fault."""
    if found := [fault for fault in faults if fault]:
        raise Unusable(found)


def _trained() -> Path:
    """The model, of files without fault."""
    if model_path().exists():
        _find_others()
        print("The model is up to date.", flush=True)
        return model_path()
    _demand(faults_of_words())
    print("Training the model (some minutes, once) ...", flush=True)
    started = time.monotonic()
    try:
        model = train()
    except TrainingError as error:
        raise Unusable([f"training failed: {error}"]) from error
    _find_others()  # only now: beside Rasa's training it would take more than 2 GiB
    print(f"{thresholds()}\nTrained in {time.monotonic() - started:.0f} s.", flush=True)
    return model


def _find_others() -> None:
    """The models beside Rasa's, trained where needed."""
    from components.distress import find_model
    from components.personal import find_personal

    find_personal()
    find_model()


def run() -> None:
    """Train where needed, then serve until Ctrl-C."""
    gc.disable()  # until it serves: what a start makes stays, and looking through it takes a fifth
    leave_out_unused(ROOT / "config.yml")
    port = port_of("PORT", PORT)
    _demand([fault_of_port(HOST, port) or fault_of_database() or fault_of_key()])
    _demand(faults_of_files())
    _demand([fault_of_provider()])  # only now: it reads words that may be broken
    model = _trained()
    print("Starting ...", flush=True)
    os.environ.update(environment())
    from serving.server import serve

    serve(model, HOST, port)


def feedback() -> None:
    """Print how often each answer was found helpful."""
    _demand([fault_of_database()])
    from serving.feedback import feedback_table

    print(feedback_table())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
