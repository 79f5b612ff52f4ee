"""One model in a process of its own: `python -m bench.nlu.job train | measure <folder>`.

The folder holds config.yml, nlu.yml and questions.json; training adds the model and train.json,
measuring adds replies.json and measure.json.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

import yaml

from bench.nlu.pipelines import uses_encoder
from bench.nlu.replies import Replies, Reply, write_replies
from serving.logs import configure_logs
from understanding.build_encoder import CACHE, ensure

CONFIG, DATA, QUESTIONS = "config.yml", "nlu.yml", "questions.json"
REPLIES = "replies.json"
MODEL = "model.tar.gz"
FIRST = ("hello there", "what is it like", "ok thanks")
"""Asked before the clock runs: the first messages fill caches."""

MB = 1e6


def train(folder: Path) -> None:
    """Train a model; note the seconds, and the megabytes that it needs on disk."""
    from rasa.model_training import train_nlu

    configuration = yaml.safe_load((folder / CONFIG).read_text(encoding="utf-8"))
    encoder = ensure() if uses_encoder(configuration) else None
    started = time.perf_counter()
    train_nlu(str(folder / CONFIG), str(folder / DATA), str(folder), fixed_model_name=MODEL)
    seconds = time.perf_counter() - started
    size = (folder / MODEL).stat().st_size
    size += sum(path.stat().st_size for path in CACHE.iterdir()) if encoder else 0
    _note(folder, "train", {"train_s": seconds, "model_mb": size / MB})


def measure(folder: Path) -> None:
    """Ask all questions; note the replies and the most memory that the process had."""
    from rasa.core.agent import Agent

    questions = json.loads((folder / QUESTIONS).read_text(encoding="utf-8"))
    agent = Agent.load(str(folder / MODEL))

    async def ask(text: str) -> Reply:
        started = time.perf_counter()
        parsed = await agent.parse_message(text)
        return Reply.of(parsed, (time.perf_counter() - started) * 1000)

    async def ask_all() -> Replies:
        for text in FIRST:
            await ask(text)
        replies: Replies = {}
        for group, texts in questions.items():
            replies[group] = [await ask(text) for text in texts]
        return replies

    write_replies(folder / REPLIES, asyncio.run(ask_all()))
    _note(folder, "measure", {"rss_mb": _most_memory() / MB})


def _most_memory() -> int:
    """The most bytes of memory that this process had at once."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count the process that started this one
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(fields["VmHWM"].split()[0]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _note(folder: Path, name: str, figures: dict[str, float]) -> None:
    (folder / f"{name}.json").write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    configure_logs()  # Rasa would print every message, and take its time for it
    {"train": train, "measure": measure}[sys.argv[1]](Path(sys.argv[2]))
