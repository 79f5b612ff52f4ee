"""The model that finds personal data: trained where needed, and read by every process."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import structlog

from components.library import find_library
from components.models import ROOT, model_path, remove_older
from guides.library import Name, Tier, names_of
from understanding.distress_model import questions_in
from understanding.personal import Personal
from understanding.personal_model import PersonalModel, Tagged, examples_in

logger = structlog.get_logger(__name__)

EXAMPLES = ROOT / "data" / "personal"
QUESTIONS = ROOT / "data" / "nlu"
EVERY = 6
"""Of so many questions of the assistant one shows the model what is not personal."""
TRAINED_FROM = (
    "data/english/personal.yml",
    "data/personal/*.yml",
    "data/nlu/**/*.yml",
    "components/personal.py",
    "understanding/names.py",
    "understanding/personal.py",
    "understanding/personal_model.py",
)
"""Everything that the model depends on, as patterns below the root."""


def find_personal() -> Personal:
    """What blanks personal data, with the model of the present data.

    Where that can be neither read nor written, what has a form of its own is blanked alone.
    """
    path = model_path("personal", "crf", TRAINED_FROM)
    careers = frozenset(name.form for name in names_of(find_library()) if _is_sure(name))
    try:
        return Personal(PersonalModel(path), careers)
    except ValueError:
        return Personal(_train(path), careers)


def _is_sure(name: Name) -> bool:
    """Whether a career's name is hardly anything else."""
    return name.tier < Tier.REPORTED or " " in name.form


def _is_shown(example: Tagged) -> bool:
    """Whether a question is among those for the model, wherever it stands among the files."""
    return crc32(example.text.encode()) % EVERY == 0


def _train(path: Path) -> PersonalModel | None:
    asked = [Tagged(each.text) for each in questions_in(QUESTIONS)]
    forms = Personal()
    plain = [each for each in asked if forms.redact(each.text) == each.text]
    try:
        PersonalModel.train([*examples_in(EXAMPLES), *filter(_is_shown, plain)], path)
        remove_older(path)
        return PersonalModel(path)
    except (OSError, ValueError) as error:
        logger.warning("personal.no_model", event_info=f"{path.name}: {error}")
        return None
