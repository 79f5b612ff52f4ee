"""The pipelines that are compared, as Rasa configurations."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import yaml

from bench.nlu.sets import ROOT

CLASSIFIER = "components.intent_classifier.GuideIntentClassifier"
NAMES = ("hybrid", "sparse", "logistic", "diet")
MOST_FOR_DIET = 5000
"""Training examples beyond which DIET takes hours: it is left out there."""
SEED = 20261123

TOKENS: list[dict[str, Any]] = [{"name": "WhitespaceTokenizer"}]
COUNTS: list[dict[str, Any]] = [
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
FALLBACK: list[dict[str, Any]] = [
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1}
]


def config(name: str, epochs: int) -> dict[str, Any]:
    """Rasa's configuration of the pipeline of that name; `epochs` are those of DIET."""
    steps = {
        "hybrid": _ours("on"),  # never without the encoder unnoticed
        "sparse": _ours("off"),
        "logistic": [*TOKENS, *COUNTS, {"name": "LogisticRegressionClassifier"}, *FALLBACK],
        "diet": _diet(epochs),
    }[name]
    return {
        "recipe": "default.v1",
        "assistant_id": f"bench-{name}",
        "language": "en",
        "pipeline": deepcopy(steps),
    }


def uses_encoder(configuration: dict[str, Any]) -> bool:
    """Whether a model of this configuration needs the sentence encoder."""
    return any(step.get("encoder") == "on" for step in configuration["pipeline"])


def _ours(encoder: str) -> list[dict[str, Any]]:
    shipped = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return [
        {**step, "encoder": encoder} if step["name"] == CLASSIFIER else step for step in shipped
    ]


def _diet(epochs: int) -> list[dict[str, Any]]:
    """The template of `rasa init`, with a seed so that it gives the same again."""
    return [
        *TOKENS,
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        *COUNTS,
        {
            "name": "DIETClassifier",
            "epochs": epochs,
            "constrain_similarities": True,
            "random_seed": SEED,
        },
        {"name": "EntitySynonymMapper"},
        *FALLBACK,
    ]
