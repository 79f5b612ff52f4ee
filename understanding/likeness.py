"""Which of several texts comes nearest to another, by the cosine of their sentence embeddings."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.classifier import Encoder
from understanding.text import fold, words


def nearest(encoder: Encoder | None, text: str, others: Sequence[str]) -> int:
    """The place of the text among the others that is most like it; by shared words without encoder.

    Args:
        others: one text or more.
    """
    return max(range(len(others)), key=_likeness(encoder, text, others).__getitem__)


def _likeness(encoder: Encoder | None, text: str, others: Sequence[str]) -> list[float]:
    if encoder is None:
        asked = {word.stem for word in words(fold(text))}
        return [float(len(asked & {word.stem for word in words(fold(each))})) for each in others]
    first, *rest = encoder.encode([fold(text), *map(fold, others)])
    return [float(first @ each) for each in rest]
