"""The model that notices distress: trained where needed, beside Rasa's own model and without it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import structlog

from components.sentence_encoder import find_encoder
from understanding.distress import DATA, DISTRESS
from understanding.distress_model import DistressModel, examples_in, questions_in
from understanding.encoder import Encoder

logger = structlog.get_logger(__name__)

ROOT = Path(__file__).parent.parent
MODELS = ROOT / "models"
TRAINED_FROM = (
    "data/distress/**/*.yml",
    "data/nlu/*.yml",
    "understanding/classifier.py",
    "understanding/disguises.py",
    "understanding/distress_model.py",
    "understanding/fitting.py",
    "understanding/ngrams.py",
)
"""Everything that the model depends on besides the encoder, as patterns below the root."""


def find_model() -> DistressModel | None:
    """The model of the present data; None where there is no encoder, so that the lists decide."""
    encoder = find_encoder({"encoder": "auto"})
    if encoder is None:
        logger.warning("distress.no_model", event_info="DISTRESS IS NOTICED BY THE LISTS ALONE")
        return None
    path = MODELS / f"distress-{_digest(encoder)}.npz"
    try:
        return DistressModel.load(path, encoder)
    except (OSError, ValueError, KeyError):
        return _train(path, encoder)


def _train(path: Path, encoder: Encoder) -> DistressModel:
    model = DistressModel.train([*examples_in(DISTRESS), *questions_in(DATA / "nlu")], encoder)
    try:
        model.save(path)
        for older in MODELS.glob("distress-*.npz"):
            if older != path:
                older.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("distress.not_saved", event_info=f"{path.name}: {error}")
    return model


def _digest(encoder: Encoder) -> str:
    total = hashlib.sha256(encoder.fingerprint.encode())
    files = {path for pattern in TRAINED_FROM for path in ROOT.glob(pattern)}
    for path in sorted(files):
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
