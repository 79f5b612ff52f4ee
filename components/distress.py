"""The model that notices distress: trained where needed, beside Rasa's own model and without it."""

from __future__ import annotations

from pathlib import Path

import structlog

from components.models import model_path, remove_older
from components.sentence_encoder import find_encoder
from understanding.classifier import Encoder as Encodes
from understanding.described import examples_in as described_in
from understanding.distress import DATA, DISTRESS
from understanding.distress_model import (
    ASKED,
    HARMLESS,
    DistressModel,
    Example,
    examples_in,
    questions_in,
)
from understanding.encoder import Encoder

logger = structlog.get_logger(__name__)

TRAINED_FROM = (
    "data/described/*.yml",
    "data/distress/**/*.yml",
    "data/nlu/**/*.yml",
    "understanding/classifier.py",
    "understanding/described.py",
    "understanding/disguises.py",
    "understanding/distress_model.py",
    "understanding/fitting.py",
    "understanding/ngrams.py",
)
"""Everything that the model depends on besides the encoder, as patterns below the root."""
WHOLE = 8
"""Words of a message that tells a career and asks something of it; shorter ones only tell it."""
EVERY = 4
"""Of so many such messages one is shown."""


def find_model() -> DistressModel | None:
    """The model of the present data; None where there is no encoder, so that the lists decide."""
    encoder = find_encoder({"encoder": "auto"})
    if encoder is None:
        logger.warning("distress.no_model", event_info="DISTRESS IS NOTICED BY THE LISTS ALONE")
        return None
    path = model_path("distress", "npz", TRAINED_FROM, encoder.fingerprint)
    try:
        return DistressModel.load(path, views_of(encoder))
    except (OSError, ValueError, KeyError):
        return _train(path, encoder)


def views_of(encoder: Encoder) -> list[Encodes]:
    """Both vectors of a text: what is common to all talk, and what tells our phrases apart."""
    return [encoder, encoder.tuned]


def careers_told() -> list[str]:
    """Some whole messages about people and their work, grim ones too: all of them harmless."""
    told, vague, none = described_in()
    whole = [text for text, _ in told if len(text.split()) >= WHOLE]
    return [*whole[::EVERY], *vague, *none]


def examples() -> list[Example]:
    """All messages that the model learns from."""
    harmless = (Example(text, HARMLESS, ASKED) for text in careers_told())
    return [*examples_in(DISTRESS), *questions_in(DATA / "nlu"), *harmless]


def _train(path: Path, encoder: Encoder) -> DistressModel:
    model = DistressModel.train(examples(), views_of(encoder.remembering()))
    try:
        model.save(path)
        remove_older(path)
    except OSError as error:
        logger.warning("distress.not_saved", event_info=f"{path.name}: {error}")
    return model
