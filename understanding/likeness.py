"""Which of several texts are like another: by their sentence embeddings, or by a word of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from understanding.asides import asides
from understanding.classifier import Encoder
from understanding.spelling import commonest
from understanding.text import fold, words

ROOT = 5
"""Letters by which "stress" is known in "stressful"."""
USUAL = 300
"""General words that tell no entry of a list from another."""


def nearest(encoder: Encoder | None, text: str, others: Sequence[str], count: int) -> list[int]:
    """The places of the texts among the others that are most like it, in their order.

    Without an encoder shared words decide.
    """
    alike = likeness(encoder, text, others)
    best = sorted(range(len(others)), key=lambda place: -alike[place])[:count]
    return sorted(best)


def likeness(encoder: Encoder | None, text: str, others: Sequence[str]) -> list[float]:
    """How like each of the others is to a text: cosines, without an encoder how many words they share."""
    if encoder is None:
        asked = {word.stem for word in words(fold(text))}
        return [float(len(asked & {word.stem for word in words(fold(each))})) for each in others]
    first, *rest = encoder.encode([fold(text), *map(fold, others)])
    return [float(first @ each) for each in rest]


def sharing(text: str, entries: Iterable[str], besides: str = "") -> list[str]:
    """The entries that have a word of a text, or one that begins like it, in their order.

    Args:
        text, besides: folded; words of `besides` do not count, nor do the commonest of English,
            nor what students say of themselves.
    """
    asked = _roots(asides().without(text)) - _roots(besides)
    return [entry for entry in entries if not asked.isdisjoint(_roots(fold(entry)))]


def _roots(text: str) -> set[str]:
    told = (word.stem for word in words(text) if word.text not in commonest(USUAL))
    return {stem[:ROOT] for stem in told if len(stem) >= ROOT}
