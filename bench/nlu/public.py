"""Public question sets, read from files that the user names.

CLINC150: Larson et al. (2019). BANKING77: Casanueva et al. (2020). HWU64: Liu et al. (2019).
HINT3: Arora et al. (2020). The few-shot layout is that of Zhang et al., "Are Pretrained
Transformers Robust in Intent Classification?" (2021): a folder with `seq.in` and `label` for
each part.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path

from bench.nlu.sets import DataError, Example, QuestionSet, public_set

OOS = "oos"
NO_NODES = "NO_NODES_DETECTED"
FEW = "train_10"


def clinc150(path: Path) -> list[QuestionSet]:
    """The official data_full.json, or a folder of the few-shot layout."""
    if path.is_dir():
        return [_few_shot("clinc150", path)]
    try:
        parts = json.loads(_text(path))
        training, test = (
            [Example(text, label) for name in names for text, label in parts[name]]
            for names in (("train", "oos_train"), ("test", "oos_test"))
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"{path}: expected JSON with train, test, oos_train and oos_test, each a list of "
            "[text, label]: name the official data_full.json"
        ) from error
    return [public_set("clinc150", training, test, OOS)]


def banking77(path: Path) -> list[QuestionSet]:
    """A folder of the few-shot layout, or one with the official train.csv and test.csv."""
    if (path / FEW).is_dir():
        return [_few_shot("banking77", path)]
    training, test = (
        _table(path / f"{part}.csv", "text", "category") for part in ("train", "test")
    )
    return [public_set("banking77", training, test, OOS)]


def hwu64(path: Path) -> list[QuestionSet]:
    """A folder of the few-shot layout."""
    return [_few_shot("hwu64", path)]


def hint3(path: Path) -> list[QuestionSet]:
    """A folder with train/ and test/ of one CSV file a bot; each bot is a set of its own."""
    found: list[QuestionSet] = []
    for test in sorted((path / "test").glob("*.csv")):
        bot = test.stem.removesuffix("_test")
        known = [path / "train" / f"{bot}{ending}.csv" for ending in ("_train", "")]
        training = _table(next(filter(Path.is_file, known), known[0]), "sentence", "label")
        asked = _table(test, "sentence", "label")
        found.append(public_set(f"hint3-{bot}", training, asked, NO_NODES))
    if not found:
        raise DataError(
            f"{path / 'test'}: no CSV file is there: name the folder that holds HINT3's train/ "
            "and test/"
        )
    return found


LOADERS: dict[str, Callable[[Path], list[QuestionSet]]] = {
    "clinc150": clinc150,
    "banking77": banking77,
    "hwu64": hwu64,
    "hint3": hint3,
}
"""How each set is read; its path is the variable of its name in capitals."""


def given() -> list[str]:
    """The sets whose path is named."""
    return [name for name in LOADERS if os.environ.get(name.upper())]


def load(name: str) -> list[QuestionSet]:
    """The sets of that name.

    Raises:
        DataError: if its path is not named or its files cannot be used.
    """
    path = os.environ.get(name.upper())
    if not path:
        raise DataError(f"{name}: its path is not named: add {name.upper()}=path/to/its/files")
    return LOADERS[name](Path(path).expanduser())


def _few_shot(name: str, path: Path) -> QuestionSet:
    training, test = _part(path / FEW), _part(path / "test")
    for part, examples in (("train", training), ("test", test)):
        extra = path / OOS / part
        examples += _part(extra) if extra.is_dir() else []
    return public_set(name, training, test, OOS)


def _part(folder: Path) -> list[Example]:
    """The texts of `seq.in` with the labels of `label`, line by line."""
    texts, labels = (_text(folder / name).rstrip("\n").split("\n") for name in ("seq.in", "label"))
    if len(texts) != len(labels):
        raise DataError(
            f"{folder / 'label'}: {len(labels)} labels for {len(texts)} texts: fetch both again"
        )
    return [Example(text, label.strip()) for text, label in zip(texts, labels, strict=True)]


def _table(path: Path, text: str, label: str) -> list[Example]:
    rows = csv.DictReader(_text(path).splitlines(keepends=True))
    if not {text, label} <= set(rows.fieldnames or ()):
        raise DataError(f"{path}: expected the columns {text} and {label}: name the original")
    return [Example(row[text] or "", (row[label] or "").strip()) for row in rows]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise DataError(f"{path}: {reason}: name the folder or file as published") from error
