"""Put misspelt words right by what is likely to be meant, before anything else reads a message.

A noisy channel: of all ways to write a message, the likeliest is kept, by how often people make
such slips and by how often our own phrases hold such words side by side. The channel follows
Kernighan, Church and Gale, "A Spelling Correction Program Based on a Noisy Channel Model" (1990);
the language model is a bigram one with the smoothing of Witten and Bell, "The Zero-Frequency
Problem" (1991). Costs are in nats, negative logarithms of probabilities.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import Any

import jellyfish
import snowballstemmer
from rapidfuzz.distance import OSA
from symspellpy import Verbosity

from understanding.english import english
from understanding.reading import Reader
from understanding.spelling import (
    KEYBOARD,
    ONE_LETTER,
    TOKEN,
    VOWELS,
    Places,
    Spelling,
    common_words,
    general_words,
    index_of,
    within,
)
from understanding.states import state_words

START = "<s>"
BEAM = 6
"""Ways that are kept while a message is read from left to right."""
GENERAL = 0.05
"""Share of general English in the language model, beside our own phrases."""
USUAL, OTHER, FIRST = 4.5, 7.0, 1.5
"""Cost of a slip that people often make, of any other, and more where the first letter is wrong."""
KNOWN = 4.0
"""More where the typed word is a word itself: "form" for "from", "fond" for "found"."""
SOUND = 7.5
"""Cost of a word that sounds the same: "skool"."""
MOST_OF_SOUND = 3
"""Edits of one that is still likelier than a usual slip of another word: "robotix"."""
DRAWN, DRAWN_OUT = re.compile(r"([a-z])\1{2,}"), 1.0
"""A letter that is drawn out, and the cost of it: "sooo"; what is left is no slip of another word."""
SPLIT = 5.0
"""Cost of a missing space: "alot"."""
SPELLED = re.compile(r"(?<![\w'])[a-z](?: [a-z])+(?![\w'])")
MOST_LETTERS = 5
"""Of a name that people spell out."""
MOST_EDITS = 2
MOST_CANDIDATES = 12
SHORTEST, TWO_EDITS_FROM, SPLIT_FROM = 2, 5, 4
"""Letters of a word from which it is repaired at all, by two edits, by a space."""
CACHED = 20_000
ALIKE = frozenset(map(frozenset, english("spelling").words("alike")))
"""Consonants that sound alike, so that one is written for the other: "certz", "thirdy"."""


Words = Mapping[str, Any]
"""What is learnt of words, as JSON: counts of `known` words, `unigrams` and `bigrams`."""
NAMED = 2
"""How often a word of a career's name counts as seen in our phrases."""


def learn_words(phrases: Sequence[str], reader: Reader) -> Words:
    """The words of folded phrases and their neighbours."""
    spelling = Spelling(phrases, known=reader.words)
    model = LanguageModel.learn(TOKEN.findall(spelling.repair(text)) for text in phrases)
    pairs = [[*pair, count] for pair, count in model.bigrams.items()]
    return {"known": spelling.own, "unigrams": model.unigrams, "bigrams": pairs}


def make_repair(words: Words, reader: Reader) -> Repair:
    """What puts words right, with the words of the careers' names among those that are meant."""
    careers = reader.careers
    names = Counter(dict.fromkeys(careers.written, NAMED))
    known = [*Counter(words["known"]).elements(), *sorted(names)]
    pairs = {(first, second): count for first, second, count in words["bigrams"]}
    beside = Counter(dict.fromkeys(careers.neighbours, NAMED))
    model = LanguageModel(Counter(words["unigrams"]) + names, Counter(pairs) + beside)
    spelling = Spelling(known, known=reader.words)
    letters = {word for word in careers.written | reader.explained if len(word) <= MOST_LETTERS}
    return Repair(spelling, model, careers.places, reader.explained | state_words(), letters)


class LanguageModel:
    """How likely a word is after another, by our own phrases and general English."""

    def __init__(self, unigrams: Mapping[str, int], bigrams: Mapping[tuple[str, str], int]) -> None:
        self.unigrams, self.bigrams = Counter(unigrams), Counter(bigrams)
        self._words = sum(self.unigrams.values())
        self._kinds = len(self.unigrams)
        self._after: dict[str, tuple[int, int]] = {}
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for (first, _), count in self.bigrams.items():
            counts[first][0] += count
            counts[first][1] += 1
        self._after = {first: (total, kinds) for first, (total, kinds) in counts.items()}
        general = general_words()
        self._general, self._total = general, sum(general.values())
        self.cost = lru_cache(CACHED)(self._cost)

    @classmethod
    def learn(cls, phrases: Iterable[Sequence[str]]) -> LanguageModel:
        """Count the words of phrases, and pairs of neighbours."""
        unigrams: Counter[str] = Counter()
        bigrams: Counter[tuple[str, str]] = Counter()
        for words in phrases:
            unigrams.update(words)
            bigrams.update(pairwise([START, *words]))
        return cls(unigrams, bigrams)

    def _cost(self, before: str, word: str) -> float:
        """Negative logarithm of the probability of a word after another."""
        return -log(self._probability(before, word))

    def _probability(self, before: str, word: str) -> float:
        ours = self.unigrams[word] / (self._words + self._kinds)
        unseen = 0.5 / self._total
        general = max(self._general.get(word, 0), 0) / self._total or unseen
        single = (1 - GENERAL) * ours + GENERAL * general
        total, kinds = self._after.get(before, (0, 0))
        if not total:
            return single
        return (self.bigrams[before, word] + kinds * single) / (total + kinds)


class Repair:
    """Writes messages as they were meant."""

    def __init__(
        self,
        spelling: Spelling,
        model: LanguageModel,
        names: Callable[[str], Places] = lambda text: (),
        kept: Collection[str] = (),
        letters: Collection[str] = (),
    ) -> None:
        """Take the known words and the language model.

        Args:
            names, kept: what stays as it is: places of names, and words.
            letters: short names that people spell out: "r n" for "rn". Those that are short forms
                too, such as "rn", are written out only where the sentence names no job by them.
        """
        self._letters = letters
        self._spelling, self._model, self._names, self._kept = spelling, model, names, kept
        named = {*model.unigrams, *spelling.own}
        self._ours = {word for word in named if spelling.knows(word)}
        general = common_words()
        self._short = {
            word: longer
            for word, longer in spelling.short_forms.items()
            if len(word) >= SPLIT_FROM and word.isalpha()
        }
        meant = sorted(filter(str.isalpha, {*general, *self._ours, *self._short}))
        self._index = index_of({word: max(general.get(word, 1), 1) for word in meant}, MOST_EDITS)
        self._sounds: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._ours):
            if len(word) > SHORTEST and word.isalpha():
                self._sounds[jellyfish.metaphone(word)].append(word)
        self._stem = lru_cache(CACHED)(snowballstemmer.stemmer("english").stemWord)
        self._candidates = lru_cache(CACHED)(self._find_candidates)

    def repair(self, text: str) -> str:
        """The folded text with short forms written out and misspelt words put right."""
        text = SPELLED.sub(lambda run: self._joined(run[0].split()), text)
        named = [each.span() for each in TOKEN.finditer(text) if each[0] in self._letters]
        text = self._spelling.written_out(text, [*self._names(text), *named])
        text = self._spelt(text)
        return self._spelling.written_out(text, self._names(text)) if named else text

    def _spelt(self, text: str) -> str:
        """The text with its misspelt words put right."""
        found, names = [*TOKEN.finditer(text)], self._names(text)
        choices = [
            ((each[0], 0.0),)
            if within(each.span(), names)
            else self._choices(text, each.start(), each.end())
            for each in found
        ]
        if all(len(each) == 1 for each in choices):
            return text
        best = self._decode(choices)
        for each, words in zip(reversed(found), reversed(best), strict=True):
            text = text[: each.start()] + words + text[each.end() :]
        return text

    def _joined(self, run: list[str]) -> str:
        """Single letters with those written as one word that are a name: "a r n" is "a rn"."""
        for length in range(min(len(run), MOST_LETTERS), 1, -1):
            for start in range(len(run) - length + 1):
                word = "".join(run[start : start + length])
                if word in self._letters:
                    rest = run[:start], run[start + length :]
                    return " ".join(
                        filter(None, [self._joined(rest[0]), word, self._joined(rest[1])])
                    )
        return " ".join(run)

    def _choices(self, text: str, start: int, end: int) -> tuple[tuple[str, float], ...]:
        word = text[start:end]
        if self._spelling.is_mixed(text, start, end):
            return ((word, 0.0),)
        return self._candidates(word)

    def _decode(self, choices: Sequence[Sequence[tuple[str, float]]]) -> list[str]:
        beam: list[tuple[float, str, list[str]]] = [(0.0, START, [])]
        for options in choices:
            reached: dict[str, tuple[float, str, list[str]]] = {}
            for cost, before, chosen in beam:
                for words, price in options:
                    total, last = cost + price, before
                    for word in words.split():
                        total += self._model.cost(last, word)
                        last = word
                    if last not in reached or total < reached[last][0]:
                        reached[last] = total, last, [*chosen, words]
            beam = sorted(reached.values(), key=lambda way: way[0])[:BEAM]
        return beam[0][2]

    def _find_candidates(self, word: str) -> tuple[tuple[str, float], ...]:
        """The word itself and what it may be a slip of, each with its cost in nats."""
        found: dict[str, float] = {word: 0.0}
        if len(word) < SHORTEST or "'" in word or self._is_kept(word):
            return ((word, 0.0),)
        if DRAWN.search(word) and len(set(word)) > 1:
            short = sorted({DRAWN.sub(times, word) for times in (r"\1", r"\1\1")})
            return *((each, DRAWN_OUT) for each in short if self._spelling.knows(each)), (word, 0.0)
        known = self._spelling.knows(word) or (
            word.endswith("s") and len(word) > 3 and self._spelling.knows(word[:-1])
        )
        if known:
            near = self._index.lookup(word, Verbosity.ALL, max_edit_distance=1)
            for each in near:
                if each.distance == 1 and self._may_be_meant(word, each.term):
                    found[each.term] = KNOWN + slip_cost(word, each.term)
        else:
            most = MOST_EDITS if len(word) >= TWO_EDITS_FROM else 1
            for each in self._index.lookup(word, Verbosity.ALL, max_edit_distance=most):
                meant = self._short.get(each.term, each.term)
                price = slip_cost(word, each.term)
                found[meant] = min(found.get(meant, price), price)
            usual = any(price <= USUAL for each, price in found.items() if each != word)
            for each in self._sounds.get(jellyfish.metaphone(word), ()):
                if usual and OSA.distance(word, each) > MOST_OF_SOUND:
                    continue
                price = SOUND + (FIRST if each[0] != word[0] else 0.0)
                found[each] = min(found.get(each, price), price)
            for words in self._splits(word):
                found[words] = SPLIT
        ranked = sorted(
            found.items(), key=lambda pair: pair[1] + self._model.cost(START, pair[0].split()[0])
        )
        kept = ranked[:MOST_CANDIDATES]
        return tuple(kept if any(each == word for each, _ in kept) else [*kept, (word, 0.0)])

    def _is_kept(self, word: str) -> bool:
        return word in self._kept or self._spelling.is_kept(word)

    def _may_be_meant(self, word: str, other: str) -> bool:
        """Whether a word may stand for another of ours, and not only for another form of itself."""
        if other not in self._ours or len(word) < (4 if word in self._ours else 3):
            return False
        return str(self._stem(word)) != str(self._stem(other))

    def _splits(self, word: str) -> list[str]:
        if len(word) < SPLIT_FROM:
            return []
        cut = [(word[:place], word[place:]) for place in range(1, len(word))]
        return [
            f"{a} {b}"
            for a, b in cut
            if {a, b} <= self._ours and (len(a) > 1 or a in ONE_LETTER) and len(b) > 1
        ]


def slip_cost(typed: str, meant: str) -> float:
    """What it costs to have typed one word for another: the sum over its edits."""
    if typed == meant:
        return 0.0
    distance = OSA.distance(typed, meant)
    usual = distance == 1 and _is_usual(typed, meant)
    cost = USUAL if usual else OTHER
    if distance == 2:
        cost = USUAL + OTHER if _vowels_aside(typed) != _vowels_aside(meant) else 2 * USUAL
    return cost + (FIRST if typed[0] != meant[0] else 0.0)


def _is_usual(typed: str, meant: str) -> bool:
    """Swapped letters, one missing or doubled, a neighbouring key, a letter that sounds alike."""
    if len(typed) < len(meant):
        return True
    place = next(
        (i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), len(meant)
    )
    if len(typed) > len(meant):
        return place > 0 and typed[place] == typed[place - 1]
    if sorted(typed) == sorted(meant):
        return True
    return _are_mixed(typed[place], meant[place])


def _are_mixed(typed: str, meant: str) -> bool:
    if {typed, meant} <= VOWELS or {typed, meant} in ALIKE:
        return True
    places = [
        (row, keys.index(key))
        for key in (typed, meant)
        for row, keys in enumerate(KEYBOARD)
        if key in keys
    ]
    return len(places) == 2 and all(abs(a - b) <= 1 for a, b in zip(*places, strict=True))


def _vowels_aside(word: str) -> str:
    return "".join(letter for letter in word if letter not in VOWELS)
