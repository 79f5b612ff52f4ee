"""Weighted word and character n-grams of texts (TF-IDF), in plain arrays.

The same numbers as scikit-learn's `TfidfVectorizer(sublinear_tf=True, min_df=2)` with
`ngram_range=(1, 2)` and with `analyzer="char_wb", ngram_range=(2, 5)`, side by side, but a single
text costs a tenth of the time, and what is learned is a list of strings and an array: it can be
stored without pickle. One difference: apostrophes are dropped, so that "what's" and "whats" are
one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import log, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int32]

TOKEN = re.compile(r"\$|\w+")
"""One-letter words and the dollar sign count: "do i need a degree", "how many $"."""

LONGEST = 5
"""Letters in the longest character n-gram; the shortest has two."""

LEAST = 2
"""Texts that an n-gram is in at least, if any is: without the rest, half of all, it is as right."""


def word_grams(text: str) -> Iterator[str]:
    """Words, and pairs of neighbours."""
    tokens = TOKEN.findall(text)
    yield from tokens
    yield from map(" ".join, pairwise(tokens))


def character_grams(text: str) -> Iterator[str]:
    """Runs of 2 to 5 characters within each word and the space on either side of it."""
    for word in text.split():
        padded = f" {word} "
        size = len(padded)
        for length in range(2, LONGEST + 1):
            if length >= size:
                yield padded
                break
            for start in range(size - length + 1):
                yield padded[start : start + length]


class Grams:
    """The n-grams of one kind that were seen in training, and the weight of each."""

    def __init__(
        self, split: Callable[[str], Iterable[str]], names: Sequence[str], weights: FloatArray
    ) -> None:
        """Take the n-grams in the order of their weights (inverse document frequencies)."""
        self.split = split
        self.names = list(names)
        self.weights = weights
        pairs = enumerate(zip(self.names, weights.tolist(), strict=True))
        self._places = {name: (place, weight) for place, (name, weight) in pairs}

    @classmethod
    def learn(cls, split: Callable[[str], Iterable[str]], texts: Sequence[str]) -> Grams:
        """Count in how many texts each n-gram is; weight = ln((1 + texts) / (1 + count)) + 1."""
        counts = Counter(name for text in texts for name in set(split(text)))
        names = sorted(name for name in counts if counts[name] >= LEAST) or sorted(counts)
        seen = np.array([counts[name] for name in names], dtype=np.float64)
        weights = np.log((1 + len(texts)) / (1 + seen)) + 1
        return cls(split, names, weights.astype(np.float32))

    def row(self, text: str) -> tuple[list[int], list[float]]:
        """Places and values of the known n-grams of a text; the values have length 1 (L2)."""
        places: list[int] = []
        values: list[float] = []
        for name, count in Counter(self.split(text)).items():
            known = self._places.get(name)
            if known:
                places.append(known[0])
                values.append(known[1] * (1 + log(count)) if count > 1 else known[1])
        length = sqrt(sum(value * value for value in values)) or 1.0
        return places, [value / length for value in values]


class TextFeatures:
    """Word n-grams beside character n-grams, each part of length 1."""

    def __init__(self, words: Grams, characters: Grams) -> None:
        self.words = words
        self.characters = characters

    @classmethod
    def learn(cls, texts: Sequence[str]) -> TextFeatures:
        """Learn the n-grams of folded texts."""
        plain = [_plain(text) for text in texts]
        return cls(Grams.learn(word_grams, plain), Grams.learn(character_grams, plain))

    def __len__(self) -> int:
        """The number of features."""
        return len(self.words.names) + len(self.characters.names)

    def row(self, text: str) -> tuple[IntArray, FloatArray]:
        """Places, from 0 to `len(self)`, and values of the features of one folded text."""
        plain = _plain(text)
        places, values = self.words.row(plain)
        more_places, more_values = self.characters.row(plain)
        offset = len(self.words.names)
        places += [offset + place for place in more_places]
        return np.array(places, dtype=np.int32), np.array(values + more_values, dtype=np.float32)

    def arrays(self) -> dict[str, Any]:
        """What to store: the weights; the n-grams are in `names`."""
        return {"word_weights": self.words.weights, "character_weights": self.characters.weights}

    def names(self) -> dict[str, list[str]]:
        """What to store: the n-grams in the order of their weights."""
        return {"words": self.words.names, "characters": self.characters.names}


def restore(names: dict[str, list[str]], arrays: dict[str, FloatArray]) -> TextFeatures:
    """The features that gave these `names` and `arrays`."""
    return TextFeatures(
        Grams(word_grams, names["words"], arrays["word_weights"]),
        Grams(character_grams, names["characters"], arrays["character_weights"]),
    )


def _plain(text: str) -> str:
    return text.replace("'", "")
