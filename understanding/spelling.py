"""Put misspelt words right before classifying: "salery" -> "salary", "u" -> "you".

The repaired text is for the classifier only: entities, replies and logs see what was typed.
Candidates come from symspellpy (the deletion index of W. Garbe's SymSpell); distances are those
of optimal string alignment: a letter dropped, added, changed, or swapped with its neighbour is 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import islice
from math import log10
from pathlib import Path

from symspellpy import SymSpell, Verbosity

from understanding.english import any_of, english

WORDS = Path(__file__).parent.parent / "data" / "words.txt"
TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?")
UNMIXED = re.compile(r"(?<![\w$&+#'/.-])[a-z]{3,}(?![\w$&+#'/-])")
"""A word of three letters or more that is not a part of "b2b", "3d", "c++" or "o'clock"."""

SHORT = r"(?<![\w$&+#'/-])(?:{})(?![\w$&+#'-])"
SHORTEST = 3
TWO_EDITS_FROM = 6
"""Letters that a word needs to be taken for a word two edits away."""

COMMON = 20_000
"""General words that a misspelt word can become. All 82 thousand are known and left alone, but
rare ones are hardly ever meant, and leaving them out makes the index four times smaller."""

COMMONER = 10
"""A word of ours that no list has is a misspelling if a neighbour of it is this much commoner."""
RARE, LONG = 2, 8
"""So is a long one that our phrases hold so often, if it has any neighbour: by chance it has none."""

OURS = 6
"""What it weighs that a word is ours: as much as a million uses in our texts."""

RULES = english("spelling")
VOWELS = frozenset(RULES["vowels"])
KEYBOARD = RULES.words("keyboard")
ONE_LETTER = RULES.words("one_letter")

Places = Sequence[tuple[int, int]]
"""Where parts of a text start and end."""

CACHED = 10_000
"""Words whose repair is kept."""

PREFERRED = 10**13
"""Added to the counts of our own words: more than the count of any general word."""


class Spelling:
    """Knows the words of some texts, of `data/words.txt` and of general English."""

    def __init__(
        self, words: Iterable[str], extra: Path = WORDS, known: Iterable[str] = ()
    ) -> None:
        """Take texts or words of ours, and words to leave alone that are hardly ever meant."""
        self.own = own = count_words(words)
        listed, self._longer = read_words(extra)
        general = general_words()
        self._known = {*general, *listed}
        self._listed = listed
        self._nearest = lru_cache(CACHED)(self._find_nearest)
        self._counts = Counter(common_words())
        self._counts.update(dict.fromkeys(sorted(listed), PREFERRED))
        self._counts.update({w: PREFERRED + count for w, count in own.items() if w in self._known})
        self._add_names({word: count for word, count in own.items() if word not in self._known})
        self._known.update(known)
        self._short = _any_of(self._longer)

    def _add_names(self, own: Mapping[str, int]) -> None:
        """Know the words of ours that no list has, less those that look misspelt themselves."""
        preferred = {word: count for word, count in self._counts.items() if count >= PREFERRED}
        near = index_of(preferred, 1)
        names = {word: count for word, count in own.items() if not _misspelt(word, count, near)}
        self._counts.update(
            {word: PREFERRED + count if count > 1 else 1 for word, count in names.items()}
        )
        self._known.update(names)

    @cached_property
    def _index(self) -> SymSpell:
        """What a misspelt word can become; only training asks for it."""
        return index_of(self._counts, 2)

    def knows(self, word: str) -> bool:
        """Whether a word is one of ours or of general English."""
        return word in self._known

    def is_kept(self, word: str) -> bool:
        """Whether data/words.txt lists a word, so that it is no slip of another."""
        return word in self._listed

    def written_out(self, text: str, kept: Places = ()) -> str:
        """The folded text with short forms written out, but for some places."""
        return self._short.sub(
            lambda found: found[0] if within(found.span(), kept) else self._longer[found[0]], text
        )

    @property
    def short_forms(self) -> Mapping[str, str]:
        """Short forms, and what each is written out as."""
        return self._longer

    def is_mixed(self, text: str, start: int, end: int) -> bool:
        """Whether letters are a part of something like "b2b" or "c++"."""
        return UNMIXED.match(text, start, end) is None or not UNMIXED.match(text, start)

    def repair(self, text: str) -> str:
        """The folded text with short forms written out and unknown words made known ones.

        Numbers, words of one or two letters and words without a near neighbour stay.
        """
        text = self._short.sub(lambda found: self._longer[found[0]], text)
        return UNMIXED.sub(lambda found: self._nearest(found[0]), text)

    def _find_nearest(self, word: str) -> str:
        if word in self._known:
            return word
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        near = self._index.lookup(word, Verbosity.CLOSEST, max_edit_distance=edits)
        if not near or near[0].distance > 1:
            return near[0].term if near else word
        return str(max(near, key=lambda item: _weight(item.count) - slip(word, item.term)).term)


def index_of(counts: Mapping[str, int], edits: int) -> SymSpell:
    """The words that are so many edits from others, with their counts.

    Of equals the first is found first: give an order that is the same in every process.
    """
    index = SymSpell(max_dictionary_edit_distance=edits)
    for word, count in counts.items():
        index.create_dictionary_entry(word, count)
    return index


def _misspelt(word: str, count: int, near: SymSpell) -> bool:
    if len(word) < SHORTEST:
        return False
    found = near.lookup(word, Verbosity.TOP, max_edit_distance=1)
    rare = count <= RARE and len(word) >= LONG and word.isalpha()
    return bool(found) and (rare or found[0].count >= PREFERRED + COMMONER * count)


def within(place: tuple[int, int], places: Places) -> bool:
    """Whether a place lies within one of some others."""
    return any(start <= place[0] and place[1] <= end for start, end in places)


def count_words(texts: Iterable[str]) -> Counter[str]:
    """The words of some texts and how often each is in them."""
    return Counter(token for text in texts for token in TOKEN.findall(text.lower()))


@cache
def general_words() -> dict[str, int]:
    """82 thousand English words and their counts in books, the commonest first."""
    source = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    rows = (line.split() for line in source.read_text(encoding="utf-8-sig").splitlines())
    counts = {row[0]: int(row[1]) for row in rows if len(row) == 2}
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


@cache
def commonest(count: int) -> frozenset[str]:
    """So many general words, the commonest."""
    return frozenset(islice(general_words(), count))


def common_words() -> dict[str, int]:
    """The general words that a misspelt word can become, with their counts."""
    return dict(islice(general_words().items(), COMMON))


def _weight(count: int) -> float:
    """How likely a word is meant: the logarithm of its count, ours before the general ones."""
    if count >= PREFERRED:
        return OURS + log10(count - PREFERRED + 1)
    return log10(count + 1) / 2


def slip(typed: str, meant: str) -> float:
    """How unlikely a slip made `typed` of `meant`, one edit apart; 0 for the usual slips.

    Swapped letters, a missing letter, one typed twice, a neighbouring key and one vowel for
    another are usual; any other extra letter costs 1, any other wrong letter 2, and a wrong
    first letter 1 on top. The idea of weighing kinds of edits by how often people make them is
    Kernighan, Church and Gale's, "A Spelling Correction Program Based on a Noisy Channel Model"
    (1990); the costs are round numbers that were measured on made typos only as a whole.
    """
    cost = 0 if typed[0] == meant[0] else 1
    place = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), -1)
    if len(typed) == len(meant) and typed[place + 1 :] == meant[place + 1 :]:
        return cost + (0 if _easily_mixed(typed[place], meant[place]) else 2)
    if len(typed) > len(meant) and (place == 0 or typed[place] != typed[place - 1]):
        return cost + 1
    return cost


def _easily_mixed(typed: str, meant: str) -> bool:
    if typed in VOWELS and meant in VOWELS:
        return True
    places = [
        (row, keys.index(letter))
        for letter in (typed, meant)
        for row, keys in enumerate(KEYBOARD)
        if letter in keys
    ]
    return len(places) == 2 and all(abs(a - b) <= 1 for a, b in zip(*places, strict=True))


def read_words(path: Path) -> tuple[set[str], dict[str, str]]:
    """Words to leave alone, and short forms with what they stand for.

    Raises:
        ValueError: naming the line that is neither words nor `word = words`.
    """
    known: set[str] = set()
    longer: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        entry, *rest = (part.strip() for part in line.split("#")[0].split("="))
        if len(rest) > 1 or (rest and not (entry and rest[0])):
            raise ValueError(f"{path.name}:{number}: expected words or `word = words`")
        if rest:
            longer[entry] = rest[0]
        known.update(TOKEN.findall(rest[0] if rest else entry))
    return known, longer


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(SHORT.format(any_of(words) or r"(?!)"))
