"""A tagger that finds names, addresses, handles and the like by the words around them.

A conditional random field (Lafferty, McCallum, Pereira 2001; python-crfsuite) over the words of a
message, learnt from data/personal/: what has a form of its own, such as an e-mail address, is
found by `understanding.personal` without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from threading import Lock

import pycrfsuite

from guides.documents import DocumentError, read
from understanding.files import written_whole
from understanding.names import also_words, first_names, last_names, more_names
from understanding.spelling import general_words

TYPES = ("name", "address", "date", "phone", "email", "handle", "number", "school", "private")
"""What a piece of personal data may be."""
OUTSIDE = "O"
TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*|_+|[^\w\s]")
MARKED = re.compile(r"\[((?:[^][]|\[[^][]*\])+)\]\((\w+)\)")
RANKS = (300, 2_000, 10_000, 30_000)
"""Places in the list of general words that tell a common word from a rare one."""
ITERATIONS = 120
PENALTIES = {"c1": 0.05, "c2": 0.02}
"""Of large weights; found on held-out examples."""
KNOWN = slice(2, 4)
"""Of the features of a word: how common it is, and whether it is a first name."""
LONGEST_SHAPE = 8
"""Signs."""
AROUND = 3
"""Words on either side that tell of a word."""


@dataclass(frozen=True)
class Span:
    """A piece of personal data: where it stands in the text, and its type."""

    start: int
    end: int
    type: str


@dataclass(frozen=True)
class Tagged:
    """A training message and the personal data in it."""

    text: str
    spans: tuple[Span, ...] = ()


class PersonalModel:
    """Finds personal data; one file, read by any number of threads."""

    def __init__(self, path: Path) -> None:
        """Open what `train` wrote.

        Raises:
            ValueError: the file is not there or is no such model.
        """
        self._tagger = pycrfsuite.Tagger()
        try:
            self._tagger.open(str(path))
        except (OSError, ValueError) as error:
            raise ValueError(f"{path.name}: {error}") from error
        self._lock = Lock()

    @staticmethod
    def train(examples: Iterable[Tagged], path: Path) -> None:
        """Learn and write one file, whole or not at all; the same examples give the same file."""
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        trainer.set_params(
            {**PENALTIES, "max_iterations": ITERATIONS, "feature.possible_transitions": True}
        )
        for example in examples:
            tokens = list(TOKEN.finditer(example.text))
            if tokens:
                trainer.append(features(tokens), labels(tokens, example.spans))
        with written_whole(path) as half:
            trainer.train(str(half))

    def spans(self, text: str, least: float) -> list[Span]:
        """What is personal in a text, in order.

        Args:
            least: how likely a word must be personal, 0 to 1.
        """
        tokens = list(TOKEN.finditer(text))
        if not tokens:
            return []
        with self._lock:
            self._tagger.set(features(tokens))
            tags = self._tagger.tag()
            sure = [1 - self._tagger.marginal(OUTSIDE, place) for place in range(len(tokens))]
            tags = [
                self._likeliest(place) if tag == OUTSIDE and sure[place] >= least else tag
                for place, tag in enumerate(tags)
            ]
        return list(_joined(tokens, tags, sure, least))

    def _likeliest(self, place: int) -> str:
        names = [tag for tag in self._tagger.labels() if tag != OUTSIDE]
        best = max(names, key=lambda tag: float(self._tagger.marginal(tag, place)))
        return str(best)


def _joined(
    tokens: Sequence[re.Match[str]], tags: Sequence[str], sure: Sequence[float], least: float
) -> Iterator[Span]:
    begun: list[int] = []
    for place, tag in enumerate([*tags, OUTSIDE]):
        goes_on = bool(begun) and tag == f"I-{tags[begun[0]][2:]}"
        if goes_on:
            begun.append(place)
            continue
        if begun and max(sure[each] for each in begun) >= least:
            yield Span(tokens[begun[0]].start(), tokens[begun[-1]].end(), tags[begun[0]][2:])
        begun = [] if tag == OUTSIDE else [place]


def labels(tokens: Sequence[re.Match[str]], spans: Sequence[Span]) -> list[str]:
    """The label of each word: `B-name` for the first of a name, `I-name` for the others, `O`."""
    found = [OUTSIDE] * len(tokens)
    for span in spans:
        inside = [
            place
            for place, token in enumerate(tokens)
            if token.start() < span.end and token.end() > span.start
        ]
        for place in inside:
            found[place] = f"{'B' if place == inside[0] else 'I'}-{span.type}"
    return found


def features(tokens: Sequence[re.Match[str]]) -> list[list[str]]:
    """What is known of each word and of those around it."""
    own = [_of_word(token[0]) for token in tokens]
    low = [token[0].lower().replace("\u2019", "'") for token in tokens]
    touching = [one.end() == other.start() for one, other in pairwise(tokens)]
    edged = [False, *touching, False]
    return [
        [
            *own[place],
            f"touches={edged[place]} {edged[place + 1]}",
            *_around(place, low, own),
            *_in_a_row(place, low, own),
        ]
        for place in range(len(tokens))
    ]


def _around(place: int, low: Sequence[str], own: Sequence[list[str]]) -> Iterator[str]:
    """The words on either side, each by itself."""
    for step in range(-AROUND, AROUND + 1):
        there = place + step
        if not step:
            continue
        if not 0 <= there < len(low):
            yield f"{step}:edge"
            continue
        yield f"{step}:{low[there]}"
        if abs(step) < AROUND:
            yield from (f"{step}:{each}" for each in own[there][1:])


def _in_a_row(place: int, low: Sequence[str], own: Sequence[list[str]]) -> Iterator[str]:
    """Words beside each other, and how common the word after them is."""
    shape, rare = own[place][1], " ".join(own[place][KNOWN])
    if place:
        yield f"-1,0:{low[place - 1]} {shape}"
        yield f"-1,0:{low[place - 1]} {rare}"
    if place > 1:
        yield f"-2,-1:{low[place - 2]} {low[place - 1]}"
        yield f"-2,-1,0:{low[place - 2]} {low[place - 1]} {rare}"
    if place + 2 < len(low):
        yield f"1,2:{low[place + 1]} {low[place + 2]}"


@cache
def _ranks() -> dict[str, int]:
    return {word: place for place, word in enumerate(general_words())}


@cache
def _of_word(word: str) -> list[str]:
    low = word.lower().replace("\u2019", "'")
    plain = low.removesuffix("'s")
    rank = _ranks().get(plain, RANKS[-1] * 10)
    known = sum(rank >= most for most in RANKS) if plain in _ranks() else "none"
    row = [
        f"word={low}",
        f"shape={_shape(word)}",
        f"known={known}",
        f"first={plain in first_names() or plain in more_names()}",
        f"last={plain in last_names()}",
        f"also={plain in also_words()}",
        f"ends={low[-3:]}",
        f"ends={low[-2:]}",
        f"begins={low[:3]}",
    ]
    if any(sign.isdigit() for sign in word):
        row.append(f"digits={len(word) if word.isdigit() else 'mixed'}")
    return row


def _shape(word: str) -> str:
    """The word as kinds of letters: "Kim" is Xx, "B12" is Xd, "4015" is dddd."""
    kinds = re.sub(
        r"\d", "d", re.sub(r"[^\W\d_]", lambda of: "X" if of[0].isupper() else "x", word)
    )
    return re.sub(r"(x|X)\1+", r"\1", kinds)[:LONGEST_SHAPE]


def examples_in(folder: Path) -> Iterator[Tagged]:
    """The messages of data/personal/.

    Raises:
        DocumentError: a message is not marked as `[words](type)`.
    """
    for path in sorted(folder.glob("*.yml")):
        for number, line in enumerate(read(path).get("examples", [])):
            yield tagged(str(line), f"{path.name}: examples[{number}]")


def tagged(line: str, where: str = "") -> Tagged:
    """A line as `[Kezia](name) here, how much do they make` read.

    Raises:
        DocumentError: a type is none of `TYPES`.
    """
    text, spans, end = "", [], 0
    for found in MARKED.finditer(line):
        if found[2] not in TYPES:
            raise DocumentError([f"{where}: found {found[2]!r}, expected one of {TYPES}"])
        text += line[end : found.start()]
        spans.append(Span(len(text), len(text) + len(found[1]), found[2]))
        text += found[1]
        end = found.end()
    return Tagged(text + line[end:], tuple(spans))
