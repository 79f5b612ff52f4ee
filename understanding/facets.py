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
from understanding.topics import NOT_ANSWERED, in_one_group

FOLDER = Path(__file__).parent.parent / "data" / "facets"
WHOLE = "all"
"""The facet of who asks for the topic as a whole."""
MOST = 120
"""Phrases of an intent that stand beside those of the facets."""
MOST_UNANSWERED = 900
"""The same for intents that no guide answers: there are many of them."""
LEAST_SHARE = 0.5
"""Least share of a facet among those of its topic, for it to be asked for."""
UNSAID = 0.4
"""What a topic counts without a facet, among its facets."""
LEAST = 0.1
"""Least probability of a facet among everything that may be asked."""
CLEARLY = 1.2
"""How many times likelier another intent must be than the one that the intents' classifier chose."""
ANSWERED = 2.0
"""The same where that one says that no guide has the answer. It was chosen by eye, from a list of the
judged and blind messages that it reads otherwise; it was not measured by itself."""
TRUST = 0.6
"""What the facets' word on a topic weighs beside the intent's, as an exponent."""
DOUBTING, SURELY_ASKED = ("aside", "deny", "doubt", "refuse"), 0.6
"""Intents that a message may be taken for that puts a question right, and the probability from which a
facet is asked for all the same: so 5 of 3,331 judged and blind messages are read otherwise."""
LEANS = "follow_up"
"""The intent of a message that asks something of the last answer."""
PRIOR, NEAR = 8.0, 4.0
"""How many times likelier a facet is whose topic was answered last, or is in the group of that one."""


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
    """(label, phrase) to learn from: those of the facets, and some of every intent.

    A topic's own label, without a facet, holds questions of any facet: it helps to tell the topics
    apart, and says nothing of facets.

    Args:
        others: intents and their phrases.
    """
    for topic, names in facets.items():
        for facet, phrases in names.items():
            yield from ((label(topic, facet), phrase) for phrase in phrases)
    by_intent: dict[str, list[str]] = defaultdict(list)
    for intent, phrase in others:
        by_intent[intent].append(phrase)
    for intent, phrases in by_intent.items():
        most = MOST_UNANSWERED if intent in NOT_ANSWERED else MOST
        step = max(1, len(phrases) // most)
        yield from ((intent.removeprefix("ask_"), phrase) for phrase in phrases[::step][:most])


def facet_of(topic: str, ranking: Ranking, unsaid: float = UNSAID) -> str | None:
    """The facet of a topic that is surely asked for; None for the whole topic.

    Args:
        unsaid: what the topic counts without a facet, among its facets.
    """
    facets = [(name, found) for name, found in ranking if name.startswith(f"{topic}.")]
    if not facets:
        return None
    name, found = max(facets, key=lambda pair: pair[1])
    open_one = unsaid * sum(each for topic_alone, each in ranking if topic_alone == topic)
    share = found / (open_one + sum(each for _, each in facets))
    facet = name.partition(".")[2]
    return facet if facet != WHOLE and share >= LEAST_SHARE and found >= LEAST else None


def by_topic(ranking: Ranking) -> dict[str, float]:
    """The probability of each topic, with all its facets; 0 for every other."""
    mass: dict[str, float] = defaultdict(float)
    for name, found in ranking:
        mass[name.partition(".")[0]] += found
    return mass


def in_context(ranking: Ranking, before: str | None, near: bool = False) -> Ranking:
    """The ranking seen from the topic that was answered last, likeliest first, with a sum of 1.

    That a message leans on an answer says nothing of the facet, once there is an answer.

    Args:
        near: whether facets of the topics in its group are likelier too.
    """
    weighed = [
        (name, found * _prior(name, before, near))
        for name, found in ranking
        if not (before and name == LEANS)
    ]
    total = sum(found for _, found in weighed) or 1.0
    return sorted(((name, found / total) for name, found in weighed), key=lambda pair: -pair[1])


def _prior(name: str, before: str | None, near: bool) -> float:
    topic, _, facet = name.partition(".")
    if not (facet and before):
        return 1.0
    return PRIOR if topic == before else NEAR if near and in_one_group(topic, before) else 1.0


def settled(ranking: Ranking, facets: Ranking) -> Ranking:
    """The ranking of intents, likeliest first, with the facets' word on it.

    Both are read from the same text, by classifiers that learnt from different phrases; the intent
    that both together find likeliest comes first. What is off topic stays so, and so does what asks
    nothing; how sure the message is read stays as it was: the thresholds were found for that.
    """
    mass = by_topic(facets)
    asked = _surely_asked(ranking, facets)
    if asked:
        return [(asked, ranking[0][1]), *(pair for pair in ranking if pair[0] != asked)]
    together = {name: found * mass[name.removeprefix("ask_")] ** TRUST for name, found in ranking}
    best = max(together, key=together.__getitem__, default="")
    if not ranking or ranking[0][0] == best or not _are_topics(best, ranking):
        return ranking
    likelier = ANSWERED if ranking[0][0] in NOT_ANSWERED else CLEARLY
    if together[best] < likelier * together[ranking[0][0]]:
        return ranking
    rest = [(name, found) for name, found in ranking if name != best]
    return [(best, ranking[0][1]), *rest]


def _surely_asked(ranking: Ranking, facets: Ranking) -> str | None:
    """The intent of a facet that is surely asked for, where the text was taken for a doubt or a refusal:
    "no, i meant the degrees that people really have"."""
    if not ranking or not facets or ranking[0][0] not in DOUBTING:
        return None
    topic, _, facet = facets[0][0].partition(".")
    asked = f"ask_{topic}"
    sure = facet and facets[0][1] >= SURELY_ASKED and asked in (name for name, _ in ranking)
    return asked if sure else None


def _are_topics(best: str, ranking: Ranking) -> bool:
    """Whether both the best intent and the one that comes first ask something."""
    return best.startswith("ask_") and ranking[0][0].startswith("ask_")
