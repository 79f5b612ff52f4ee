"""Which of several texts come nearest to another, by the cosine of their sentence embeddings."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.classifier import Encoder
from understanding.text import fold, words


def nearest(encoder: Encoder | None, text: str, others: Sequence[str], count: int) -> list[int]:
    """The places of the texts among the others that are most like it, in their order.

    Without an encoder shared words decide.
    """
    alike = _likeness(encoder, text, others)
    best = sorted(range(len(others)), key=lambda place: -alike[place])[:count]
    return sorted(best)


def _likeness(encoder: Encoder | None, text: str, others: Sequence[str]) -> list[float]:
    if encoder is None:
        asked = {word.stem for word in words(fold(text))}
        return [float(len(asked & {word.stem for word in words(fold(each))})) for each in others]
    first, *rest = encoder.encode([fold(text), *map(fold, others)])
    return [float(first @ each) for each in rest]
