"""Which facet of a topic a message asks for: "by how much" after the outlook is its growth.

A facet is a part or a side of a topic: the lowest pay, the fastest route, what comes after a stage.
Facets are learnt from the phrases in data/facets, like intents; many of those phrases lean on what
was answered before, so what was answered last makes its own facets likelier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from guides.documents import DocumentError, read
from understanding.classifier import Ranking

FOLDER = Path(__file__).parent.parent / "data" / "facets"
WHOLE = "all"
"""The facet of who asks for the topic as a whole."""
MOST = 60
"""Phrases of an intent without facets that stand beside those of the facets."""
MOST_UNANSWERED = 300
"""The same for intents that no guide answers: there are many of them."""
PRIOR = 8.0
"""How many times likelier a facet is whose topic was answered last."""


def read_facets(folder: Path = FOLDER) -> dict[str, dict[str, list[str]]]:
    """Phrases by topic and facet.

    Raises:
        DocumentError: a file cannot be read, or is no mapping of facets to lists of phrases.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(folder.glob("*.yml")):
        facets = read(path)
        for name, phrases in facets.items():
            if not (isinstance(phrases, list) and all(isinstance(each, str) for each in phrases)):
                raise DocumentError([f"{path.name}: {name}: expected a list of phrases"])
        found[path.stem] = facets
    return found


def label(topic: str, facet: str) -> str:
    """What the classifier calls a facet: `salary.low`."""
    return f"{topic}.{facet}"


def examples(
    facets: Mapping[str, Mapping[str, Sequence[str]]], others: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """(label, phrase) to learn from: those of the facets, and some of every other intent.

    Args:
        others: intents and their phrases; those of topics with facets are left out.
    """
    for topic, names in facets.items():
        for facet, phrases in names.items():
            yield from ((label(topic, facet), phrase) for phrase in phrases)
    by_topic: dict[str, list[str]] = defaultdict(list)
    for intent, phrase in others:
        by_topic[intent.removeprefix("ask_")].append(phrase)
    for topic, phrases in by_topic.items():
        if topic not in facets:
            most = MOST_UNANSWERED if topic in ("uncovered", "out_of_scope") else MOST
            step = max(1, len(phrases) // most)
            yield from ((topic, phrase) for phrase in phrases[::step][:most])


def in_context(ranking: Ranking, before: str | None) -> Ranking:
    """The ranking seen from the topic that was answered last, likeliest first, with a sum of 1."""
    weighed = [
        (name, found * (PRIOR if before and name.startswith(f"{before}.") else 1.0))
        for name, found in ranking
    ]
    total = sum(found for _, found in weighed) or 1.0
    return sorted(((name, found / total) for name, found in weighed), key=lambda pair: -pair[1])


def settled(ranking: Ranking, facets: Ranking) -> Ranking:
    """The ranking of intents, likeliest first, with the facets' word on it.

    Both are read from the same text, by classifiers that learnt from different phrases; the intent
    that both together find likeliest comes first. How sure the message is read stays as it was:
    the thresholds were found for that.
    """
    mass: dict[str, float] = defaultdict(float)
    for name, found in facets:
        mass[name.partition(".")[0]] += found
    together = {name: found * mass[name.removeprefix("ask_")] for name, found in ranking}
    best = max(together, key=together.__getitem__, default="")
    if not ranking or best == ranking[0][0] or not together[best]:
        return ranking
    rest = [(name, found) for name, found in ranking if name != best]
    return [(best, ranking[0][1]), *rest]
