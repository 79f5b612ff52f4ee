"""Tune the sentence encoder to this project's phrases: `make tune`, after many new ones.

It writes understanding/adapter.npz and the stored vectors by which a build is checked. Texts that
judge are left out, so that the thresholds are found on what the encoder has not seen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import safetensors.numpy
from rasa.shared.importers.importer import TrainingDataImporter
from tokenizers import Tokenizer

from components.distress import examples
from components.intent_classifier import GuideIntentClassifier
from components.models import ROOT
from understanding import adapter, build_encoder
from understanding.disguises import simplified
from understanding.encoder import GENERAL, TOKENIZER, TUNED
from understanding.fitting import judges
from understanding.tuning import Network, Task, tune

MOST = 48
"""Tokens of a text that are learnt from: few have more, and they cost the most."""


def main() -> None:
    """Tune, and write what came of it."""
    source = build_encoder.find_weights()
    weights = safetensors.numpy.load(build_encoder.read_original(source, build_encoder.WEIGHTS))
    tokenizer = Tokenizer.from_file(str(source / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST)
    texts, tasks = _tasks()
    print(f"{len(texts)} texts, {' and '.join(str(each.count) for each in tasks)} labels")
    ids = [each.ids for each in tokenizer.encode_batch(texts)]
    packed = adapter.pack(weights, tune(weights, ids, tasks))
    np.savez_compressed(build_encoder.ADAPTER, **packed)
    tuned = Network({**weights, **adapter.unpack(weights, packed)})
    references = json.loads(build_encoder.REFERENCE.read_text(encoding="utf-8"))
    references[TUNED] = {
        text: [round(float(each), 6) for each in tuned.vector(tokenizer.encode(text).ids)]
        for text in references[GENERAL]
    }
    build_encoder.REFERENCE.write_text(json.dumps(references) + "\n", encoding="utf-8")


def _tasks() -> tuple[list[str], list[Task]]:
    """The texts to learn from, and for intents, facets and distress the label of each."""
    config, domain, data = (str(ROOT / name) for name in ("config.yml", "domain.yml", "data"))
    found = TrainingDataImporter.load_from_config(config, domain, [data]).get_nlu_data()
    nowhere: Any = None
    component = GuideIntentClassifier({}, nowhere, nowhere)
    told = [dict(zip(*pair, strict=True)) for pair in component.texts_to_tell_apart(found)]
    told.append({simplified(each.text): each.kind for each in examples()})
    texts = sorted(text for text in set().union(*told) if not judges(text))
    return texts, [_task(texts, labels) for labels in told]


def _task(texts: Sequence[str], labels: dict[str, str]) -> Task:
    names = sorted(set(labels.values()))
    places = {name: place for place, name in enumerate(names)}
    known = [places[labels[text]] if text in labels else -1 for text in texts]
    return Task(np.array(known), len(names))


if __name__ == "__main__":
    main()
