"""What tests/slow/test_tuning.py asks of tuning, in a process of its own: tests leave TensorFlow out."""

from __future__ import annotations

import json

import numpy as np
import safetensors.numpy
from tokenizers import Tokenizer

from understanding import build_encoder
from understanding.encoder import GENERAL, TOKENIZER
from understanding.encoder_graph import Weights
from understanding.tuning import Network, Settings, Task, tune

THINGS = ("bread", "a lamp", "my bike", "the roof", "two cats", "a drum", "old shoes", "our car")
ASKED = ("what does it cost to fix {}", "who here likes {} best")


def main() -> None:
    """Print what was found as JSON."""
    folder = build_encoder.find_weights()
    weights = safetensors.numpy.load((folder / build_encoder.WEIGHTS).read_bytes())
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    shown = [
        (label, text.format(thing)) for label, text in enumerate(ASKED) for thing in THINGS[:6]
    ]
    ids = [tokenizer.encode(text).ids for _, text in shown] * 4
    labels = np.array([label for label, _ in shown] * 4)
    tasks = [Task(labels, 2), Task(np.full(len(ids), -1), 3)]
    tuned = tune(weights, ids, tasks, Settings(epochs=3, batch=8, rate=2e-4))
    stored = json.loads(build_encoder.REFERENCE.read_text(encoding="utf-8"))[GENERAL]
    found = vectors(weights, tokenizer, list(stored))
    told = {
        "cosines": [float(a @ np.array(b)) for a, b in zip(found, stored.values(), strict=True)],
        "layers": sorted({int(name.split(".")[2]) for name in tuned}),
        "published": gap(weights, tokenizer),
        "tuned": gap({**weights, **tuned}, tokenizer),
    }
    print(json.dumps(told))


def vectors(weights: Weights, tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    """One row a text, each read alone."""
    network = Network(weights)
    return np.array([network.vector(tokenizer.encode(text).ids) for text in texts])


def gap(weights: Weights, tokenizer: Tokenizer) -> float:
    """How much nearer texts of one label are than texts of two, with things that were not shown."""
    near = vectors(
        weights, tokenizer, [text.format(thing) for text in ASKED for thing in THINGS[6:]]
    )
    alike = near @ near.T
    return float(alike[0, 1] + alike[2, 3] - alike[0, 2] - alike[1, 3])


if __name__ == "__main__":
    main()
