"""Which questions without an answer may be kept for the school: what is in doubt is not."""

from __future__ import annotations

from understanding.asides import asides
from understanding.distress import DOUBTED, Distress
from understanding.personal import MARKED
from understanding.text import fold, words

FEWEST, MOST = 2, 20
"""Words: one alone asks nothing, and who writes more tells a story."""
LONGEST = 140
"""Characters."""


def may_be_kept(text: str, distress: Distress) -> bool:
    """Whether a question tells nothing of whoever asks.

    Left out is what had personal data in it, also where that is blanked; what students say of
    themselves; whatever has a phrase of distress, or is not all but certainly free of it.
    """
    folded = fold(text)
    if len(folded) > LONGEST or not FEWEST <= len(words(folded)) <= MOST:
        return False
    if MARKED.search(text) or asides().places(folded):
        return False
    seen = distress.read(text)
    if seen.finding or seen.boundary or distress.phrases.read(text):
        return False
    return distress.model is None or distress.model.share(text) < DOUBTED
