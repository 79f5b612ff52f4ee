"""Groups of questions that ask for much the same, by their sentence embeddings.

Questions belong together while the mean likeness of two groups is LEAST or more (average linkage).
Measured on 244 questions about 60 things that a school knows (tests/local/) among 212 that no guide
answers, each of these for itself: of two that come together 80 in 100 are about one thing, and of two
about one thing 54 in 100 come together. 0.5 finds 74 and is right in 65, 0.7 finds 30 and is right in 94.
What a career is called is left out: all who ask about nurses would come together by the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from understanding.classifier import Encoder
from understanding.text import root, words

LEAST = 0.6
"""Cosine."""


def groups(texts: Sequence[str], encoder: Encoder) -> list[list[int]]:
    """Places of the texts by group, those nearest to the middle of their group first.

    Costs a few milliseconds a text, and memory by the square of their number.
    """
    if len(texts) < 2:
        return [[place] for place in range(len(texts))]
    from scipy.cluster.hierarchy import fcluster, linkage  # costs a second: not at the start

    vectors = encoder.encode(texts)
    labels = fcluster(linkage(vectors, "average", metric="cosine"), 1 - LEAST, "distance")
    found: dict[int, list[int]] = defaultdict(list)
    for place, label in enumerate(labels.tolist()):
        found[label].append(place)
    for places in found.values():
        near = vectors @ vectors[places].mean(axis=0)
        places.sort(key=lambda place: -near[place])
    return list(found.values())


def without_names(text: str, names: Iterable[str]) -> str:
    """A folded text less the words of names; one that is nothing else stays as it is."""
    named = {root(word.text) for name in names for word in words(name)}
    return " ".join(word.text for word in words(text) if root(word.text) not in named) or text
