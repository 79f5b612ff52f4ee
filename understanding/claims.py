"""Which myth of a guide a claim repeats, whatever words it is said in.

A claim is compared with each myth's own wordings by the cosine of their sentence embeddings; the two
nearest phrases of a myth speak for it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from guides.schema import Guide
from understanding.classifier import Encoder
from understanding.english import english
from understanding.ngrams import FloatArray
from understanding.text import fold

SAME = 0.55
"""Likeness from which a claim is a myth, whatever others it is like."""
NEAR, AHEAD = 0.45, 0.1
"""The same for a claim that is so much more like one myth than like any other. Of 98 phrases, each
against the others, 77 find their myth by both, 70 by the first alone, and none a wrong one; of 40
claims that no guide has one is taken for a myth."""
ABOUT_MYTHS = english("pointing").pattern("about_myths")
"""Asks for myths in general, unless it says one that is the same."""
NEAREST = 2
KEPT = 64
"""Guides whose phrases are kept."""


@dataclass(frozen=True)
class _Phrases:
    guide: Guide
    myths: list[str]
    vectors: FloatArray


class Claims:
    """Finds the myths of guides; without an encoder it finds none."""

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder
        self._kept: OrderedDict[str, _Phrases] = OrderedDict()

    def find(self, guide: Guide, text: str) -> str | None:
        """The id of the myth that a text repeats, if it is near enough to one."""
        if self._encoder is None or not guide.myths:
            return None
        phrases = self._phrases(guide, self._encoder)
        folded = fold(text)
        alike = phrases.vectors @ self._encoder.encode([folded])[0]
        found = {
            myth: _likeness(
                [float(alike[row]) for row, of in enumerate(phrases.myths) if of == myth]
            )
            for myth in dict.fromkeys(phrases.myths)
        }
        best, *others = sorted(found, key=found.__getitem__, reverse=True)
        ahead = found[best] - max((found[other] for other in others), default=0.0)
        in_general = ABOUT_MYTHS.search(folded)
        near = found[best] >= NEAR and ahead >= AHEAD and not in_general
        return best if near or found[best] >= SAME else None

    def _phrases(self, guide: Guide, encoder: Encoder) -> _Phrases:
        known = self._kept.pop(guide.slug, None)
        if known is None or known.guide is not guide:
            said = [
                (myth.id, fold(phrase))
                for myth in guide.myths or []
                for phrase in guide.wordings(myth)
            ]
            known = _Phrases(guide, [of for of, _ in said], encoder.encode([it for _, it in said]))
        self._kept[guide.slug] = known
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return known


def _likeness(alike: list[float]) -> float:
    return float(np.mean(sorted(alike)[-NEAREST:]))
