"""The questions in one message: "hours and pay?" holds two, "pros and cons?" one.

A message is cut where a sentence ends, at "and", "also", "plus" or a comma, and before a new
question; then the best of all cuttings is kept in which every piece stands on its own. Pieces go
to the same classifier as whole messages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from math import log

from understanding.classifier import Ranking
from understanding.cuts import NOUN, OPEN, Kind, find_cuts
from understanding.english import english
from understanding.facets import LEANS
from understanding.text import WORD
from understanding.topics import BESIDE, EACH, FORMS, JOINED, NOT_ANSWERED, alike

RULES = english("parts")
ASKS, STORY = RULES.pattern("asks"), RULES.pattern("story")
"""How a piece begins that asks, and one that tells something."""
WHETHER, TURNED = RULES.pattern("whether"), RULES.pattern("turned")
"""How a question begins after words such as "and" or "i was wondering", and after a story."""
SUPERLATIVE, TRAILING = RULES.pattern("superlative"), RULES.pattern("trailing")
SURE = 0.4
"""Probability that the topic of a question needs to stand on its own."""
SURE_OF_NONE = 0.5
"""The same where no guide answers it."""
SURE_OF_TWO = 0.7
"""The same for its two likeliest topics together."""
SURE_OF_NOUN = 0.75
"""The same for a piece that is no sentence, like "pay"."""
SURE_OF_NAMED = 0.55
"""The same where it names the career, like "welder pay"."""
SURE_IN_LIST = 0.4
"""The same for such a piece among others like it."""
LEAST_LISTED = 3
"""Pieces of such a list, unless words lead to it."""
LONGEST = 3
"""Pieces between neighbouring cuts that one question may hold."""
LONGEST_NOUN = 5
"""Words of such a piece."""
LONGEST_NAMED = 7
"""The same after "the"."""
ARTICLE, NAMED, SUBJECT = (RULES.pattern(name) for name in ("article", "named", "subject"))
"""How a noun begins that may be longer, and one that may be a question after a sentence; and one
that is a question anywhere."""
JOINED_NOUNS, EITHER_NOUN = RULES.pattern("nouns_joined"), RULES.pattern("nouns_either")
"""Nouns that share a question; their groups are the first ones and the last."""
SENTENCES, COMMA = re.compile(r"[^?.!\n]+[?.!\n]*\s*|[?.!\n]+\s*"), re.compile(r"\s*,\s*")
OF_IT = RULES.pattern("of_it")
"""What a noun is said of."""
SOMEBODY = RULES.pattern("somebody")
SUBJECT_ALONE, NAMES = RULES.pattern("subject_alone"), RULES.pattern("names")

BEYOND = "out_of_scope"
"""The intent of what has nothing to do with careers."""
ASSISTANT = "ask_capabilities"
"""An intent that leans on the question before: "and what should be in it"."""
SURELY_BESIDE = 0.5
"""Probability that a piece asks nothing, for the rest to be read without it."""
JOINING = (Kind.SOFT, Kind.COMMA)
"""Kinds of cuts within one sentence."""
RUNNING = (Kind.COMMA, Kind.RUN_ON)
"""Kinds of cuts without a word that joins."""


@dataclass(frozen=True)
class Part:
    """One question of a message.

    `text` is as typed, `plain` as the classifier reads it; `ranking` has the likeliest intent
    first and is empty if there is no word in the text.
    """

    text: str
    plain: str
    ranking: Ranking

    @property
    def intent(self) -> str:
        """The likeliest intent."""
        return self.ranking[0][0] if self.ranking else "out_of_scope"

    @property
    def sureness(self) -> float:
        """The probability of the likeliest intent."""
        return self.ranking[0][1] if self.ranking else 0.0

    @property
    def sureness_of_two(self) -> float:
        """The probability of the two likeliest intents if a guide answers both, else 0."""
        two = [pair for pair in self.ranking[:2] if pair[0].startswith("ask_")]
        answered = len(two) == 2 and not any(intent in NOT_ANSWERED for intent, _ in two)
        return sum(found for _, found in two) if answered else 0.0

    @property
    def is_beside(self) -> bool:
        """Whether it surely asks nothing, whatever else it is."""
        beside = sum(found for intent, found in self.ranking if intent in BESIDE)
        return self.intent in BESIDE and beside >= SURELY_BESIDE

    @property
    def is_answered(self) -> bool:
        """Whether a reply answers it, or says that no guide does, or opens a form."""
        return self.intent in (*NOT_ANSWERED, *FORMS) or self.intent.startswith("ask_")


@dataclass(frozen=True)
class Piece:
    """A text between two cuts, as typed and as the classifier reads it."""

    text: str
    plain: str
    before: Kind
    after: Kind
    in_story: bool = False
    """Whether it follows on what begins like a story within one sentence."""

    @property
    def noun(self) -> str:
        """It less what a noun is said of, and the marks behind it."""
        return OF_IT.sub("", self.plain.rstrip("?!. "))

    @property
    def is_sentence(self) -> bool:
        """Whether it has the form of a question or a request."""
        joined = self.before in (*JOINING, Kind.LEAD) and WHETHER.match(self.plain)
        return bool(ASKS.match(self.plain) or joined)

    @property
    def asks(self) -> bool:
        """Whether it is a question by its form or its mark."""
        return self.is_sentence or "?" in self.text

    @property
    def leads(self) -> bool:
        """Whether it only leads to what comes next."""
        return self.after == Kind.LEAD or self.names

    @property
    def names(self) -> bool:
        """Whether it only says of which career the other pieces ask."""
        return self.after != Kind.SOFT and bool(SUBJECT_ALONE.match(self.plain))

    @property
    def tells(self) -> bool:
        """Whether it begins like a story, or goes on with one; nothing in it is asked."""
        if "?" in self.text:
            return False
        if self.in_story:
            return not TURNED.match(self.plain)
        return not self.is_sentence and bool(STORY.match(self.plain))

    @property
    def is_noun(self) -> bool:
        """Whether it is so short that it may be a noun that asks."""
        longest = LONGEST_NAMED if ARTICLE.match(self.plain) else LONGEST_NOUN
        return not self.is_sentence and len(self.noun.split()) <= longest

    @property
    def can_stand(self) -> bool:
        """Whether it has the form of a question of its own."""
        alone = self.before == self.after == Kind.SENTENCE
        return not self.tells and (self.is_sentence or self.is_noun or alone)


def pooled(ranking: Ranking) -> Ranking:
    """The ranking with the likeliest intent as sure as all intents together that are alike."""
    if not ranking:
        return ranking
    (best, _), *rest = ranking
    return [(best, sum(found for name, found in ranking if name in alike(best))), *rest]


Subject = tuple[str | None, str | None]
"""The career and the facet that a part is about."""


class Message:
    """A message with every piece of it that may be a question; each is ranked once at most."""

    def __init__(
        self,
        text: str,
        read: Callable[[str], str],
        rank: Callable[[str], Ranking],
        subject: Callable[[Part], Subject],
    ) -> None:
        """Find where it may be cut."""
        self._text, self._cuts = text, find_cuts(text)
        self._read, self._rank = cache(read), rank
        self.subject = cache(lambda first, end: subject(self.part(first, end)))
        self.piece = cache(self._piece)
        self.part = cache(self._part)
        atoms = [self.piece(place, place + 1) for place in range(self.size)]
        asking = [atom for atom in atoms if not atom.leads and not atom.tells]
        led = any(atom.after == Kind.LEAD for atom in atoms)
        nouns = [atom.is_noun or (led and atom.is_sentence) for atom in asking]
        self.is_list = (led or len(asking) >= LEAST_LISTED) and all(nouns)

    @property
    def size(self) -> int:
        """How many pieces lie between all cuts."""
        return len(self._cuts) + 1

    def _piece(self, first: int, end: int) -> Piece:
        """The text from one of the pieces until before another."""
        text = self._typed(first, end)
        plain = self._read(text) + self._shared(text, end)
        before = self._cuts[first - 1].kind if first else Kind.SENTENCE
        after = self._cuts[end - 1].kind if end < self.size else Kind.SENTENCE
        return Piece(text, plain, before, after, self._in_story(first))

    def _typed(self, first: int, end: int) -> str:
        """The words of a piece; a question keeps its mark."""
        start = self._cuts[first - 1].end if first else 0
        stop = self._cuts[end - 1].start if end < self.size else len(self._text)
        mark = "?" if "?" in self._text[stop : stop + 2] else ""
        typed = self._text[start:stop].strip()
        return (TRAILING.sub("", typed) if end == self.size else typed) + mark

    def _shared(self, text: str, end: int) -> str:
        """What a piece that is but a superlative shares with the next: "cheapest and fastest way"."""
        if end == self.size or not SUPERLATIVE.fullmatch(self._read(text)):
            return ""
        following = self._read(self._typed(end, end + 1))
        other = SUPERLATIVE.match(following)
        return following[other.end() :] if other else ""

    def _in_story(self, first: int) -> bool:
        """Whether a piece from here on is joined to one that begins like a story."""
        joined = first > 0 and self._cuts[first - 1].kind in JOINING
        return joined and self.piece(first - 1, first).tells

    def _part(self, first: int, end: int) -> Part:
        piece = self.piece(first, end)
        ranking = self._rank(piece.plain) if WORD.search(piece.plain) else []
        return Part(piece.text, piece.plain, ranking)

    def begins(self, first: int) -> bool:
        """Whether a sentence begins here."""
        return self.piece(first, first + 1).before == Kind.SENTENCE

    def tells_within(self, first: int, end: int) -> bool:
        """Whether a later sentence of a piece begins like a story."""
        later = range(first + 1, end)
        return any(self.begins(at) and self.piece(at, at + 1).tells for at in later)

    def is_sure(self, first: int, end: int) -> bool:
        """Whether the topic of a piece is sure enough for it to be a question."""
        piece, part = self.piece(first, end), self.part(first, end)
        if part.intent == LEANS:
            return piece.is_sentence and part.sureness >= SURE_OF_NONE
        if not part.is_answered:
            return False
        if piece.asks:
            least = SURE_OF_NONE if part.intent in NOT_ANSWERED else SURE
            return part.sureness >= least or part.sureness_of_two >= SURE_OF_TWO
        listed = self.is_list and part.intent not in NOT_ANSWERED
        least = SURE_OF_NAMED if NAMES.search(piece.plain) else SURE_OF_NOUN
        return part.sureness >= (SURE_IN_LIST if listed else least)


def find_parts(
    text: str,
    read: Callable[[str], str],
    rank: Callable[[str], Ranking],
    named: Callable[[str], str | None] = lambda text: None,
    facet: Callable[[str], str | None] = lambda plain: None,
) -> list[Part]:
    """The questions in a typed text, in order; the text itself if it holds only one.

    Of the ways to cut, the one with the most questions wins, then the surest. Neighbouring
    questions differ in their intent, facet or career. What is only refused is cut off.

    Args:
        read: brings a typed text into the classifier's form.
        rank: the intents of a text in that form, likeliest first.
        named: the career that a typed text is about, if it names one.
        facet: the facet that a text in the classifier's form surely asks for, if there is one.
    """
    text = _spread(text, lambda one: rank(read(one)))
    message = Message(text, read, rank, lambda one: (named(one.text), facet(one.plain)))
    several = _best(message)
    asked = [place for place in several if not _only_tells(message, place)]
    if len(several) > 1 and asked:
        return list(_joined([message.part(*place) for place in asked]))
    return [message.part(*_beside_telling(message, _less_beside(message), several))]


def _spread(text: str, rank: Callable[[str], Ranking]) -> str:
    """The text with nouns that share a question each in one of their own.

    "What are the hours and pay?" becomes "what are the hours? what are the pay?", where these are
    surely two topics.
    """
    return "".join(_spread_one(each, rank) for each in SENTENCES.findall(text))


def _spread_one(sentence: str, rank: Callable[[str], Ranking]) -> str:
    found = JOINED_NOUNS.search(sentence) or EITHER_NOUN.search(sentence)
    if not found:
        return sentence
    before, behind = sentence[: found.start()], sentence[found.end() :]
    if "," in behind or NOUN.search(before):
        return sentence
    nouns = [*COMMA.split(found["first"]), found["last"]]
    asked = [f"{before}{noun.strip()}{behind}" for noun in nouns]
    rankings = [rank(each)[0] for each in asked]
    topics = {name for name, sureness in rankings if sureness >= SURE and name not in NOT_ANSWERED}
    if len(topics) < len(nouns) or not all(name.startswith("ask_") for name in topics):
        return sentence
    return "".join(f"{each.rstrip(' ?.!')}? " for each in asked)


Place = tuple[int, int]
"""A piece: the first of the pieces between all cuts that it holds, and the end."""


@dataclass(frozen=True)
class Cutting:
    """Questions found so far, and how sure they are together."""

    asked: tuple[Place, ...] = ()
    sureness: float = 0.0

    @property
    def worth(self) -> tuple[int, float]:
        """More is better."""
        return len(self.asked), self.sureness


def _best(message: Message) -> tuple[Place, ...]:
    """The questions of the best cutting, found from the front: Viterbi's way.

    The best for each last question is kept, as only that one bears on what may follow.
    """
    found: list[dict[Place | None, Cutting]] = [{None: Cutting()}]
    for end in range(1, message.size + 1):
        best: dict[Place | None, Cutting] = {}
        for first in range(max(0, end - LONGEST), end):
            for cutting in _with_piece(message, (first, end), found[first].values()):
                last = cutting.asked[-1] if cutting.asked else None
                if last not in best or cutting.worth > best[last].worth:
                    best[last] = cutting
        found.append(best)
    return max(found[-1].values(), key=lambda each: each.worth, default=Cutting()).asked


def _with_piece(message: Message, place: Place, before: Iterable[Cutting]) -> Iterator[Cutting]:
    """The cuttings that go on with this piece."""
    piece = message.piece(*place)
    if piece.tells or piece.leads:
        yield from before
        return
    if not piece.can_stand or message.tells_within(*place):
        return
    part = message.part(*place)
    if part.intent in BESIDE:
        yield from before
    elif message.is_sure(*place):
        for cutting in before:
            if _may_follow(message, cutting.asked, place):
                yield Cutting((*cutting.asked, place), cutting.sureness + log(part.sureness))


def _may_follow(message: Message, asked: Sequence[Place], place: Place) -> bool:
    """Whether a piece is one more question; one that leans needs another before it."""
    if not asked:
        return message.part(*place).intent != LEANS
    return not _belongs(message, asked[-1], place)


def _less_beside(message: Message) -> Place:
    """The message less what stands at its ends and surely asks nothing."""
    first, end = 0, message.size
    while taken := _beside(message, ((first, stop) for stop in range(first + 1, end))):
        first = taken[1]
    while taken := _beside(message, ((start, end) for start in range(end - 1, first, -1))):
        end = taken[0]
    rest = replace(message.piece(first, end), in_story=False)
    part, whole = message.part(first, end), message.part(0, message.size)
    asks = part.intent not in BESIDE and not rest.tells
    says_more = message.is_sure(first, end) or part.sureness >= whole.sureness
    return (first, end) if asks and says_more else (0, message.size)


def _only_tells(message: Message, place: Place) -> bool:
    """Whether a piece is a statement that no guide knows of: "there are so many windmills here"."""
    piece, intent = message.piece(*place), message.part(*place).intent
    told = intent == BEYOND or not piece.is_noun or SOMEBODY.search(piece.plain)
    return bool(told) and not piece.asks and intent in NOT_ANSWERED


def _beside_telling(message: Message, place: Place, asked: Sequence[Place]) -> Place:
    """The question beside statements, where all of it together is not understood.

    Args:
        asked: the questions of the best cutting.
    """
    whole = message.part(*place)
    beyond = whole.intent == BEYOND and whole.sureness >= SURE_OF_NONE
    if beyond or (whole.intent not in NOT_ANSWERED and message.is_sure(*place)):
        return place
    start, end = place
    if len(asked) == 1 and asked[0][1] == end and _tell(message, start, asked[0][0]):
        return asked[0]
    begun = [start, *(at for at in range(start + 1, end) if message.begins(at))]
    ways = ((begun[-1], end), (start, begun[1])) if len(begun) > 1 else ()
    return next((each for each in ways if _asks_alone(message, each, place)), place)


def _asks_alone(message: Message, one: Place, whole: Place) -> bool:
    """Whether a sentence surely asks something, and nothing else in the message asks."""
    others = (at for at in range(*whole) if not one[0] <= at < one[1])
    if not message.piece(*one).asks or any(message.piece(at, at + 1).asks for at in others):
        return False
    return message.is_sure(*one) and message.part(*one).intent not in NOT_ANSWERED


def _tell(message: Message, first: int, end: int) -> bool:
    """Whether there are pieces here, and each of them tells something."""
    return end > first and all(message.piece(at, at + 1).tells for at in range(first, end))


def _beside(message: Message, places: Iterable[Place]) -> Place | None:
    """The first of these short pieces that surely asks nothing, if one does."""
    short = islice(places, LONGEST)
    asks_none = (
        each for each in short if message.piece(*each).names or message.part(*each).is_beside
    )
    return next(asks_none, None)


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts, with neighbours that are one question together made one."""
    waiting: Part | None = None
    for part in parts:
        intent = JOINED.get(frozenset([waiting.intent, part.intent])) if waiting else None
        if waiting and intent:
            waiting = _as_one(waiting, part, intent)
            continue
        if waiting:
            yield waiting
        waiting = part
    if waiting:
        yield waiting


def _as_one(one: Part, other: Part, intent: str) -> Part:
    sureness = min(one.sureness, other.sureness)
    rest = [pair for pair in other.ranking if pair[0] not in (intent, one.intent, other.intent)]
    text, plain = f"{one.text}, {other.text}", f"{one.plain}, {other.plain}"
    return Part(text, plain, [(intent, sureness), *rest])


def _belongs(message: Message, one: Place, other: Place) -> bool:
    """Whether the other asks the same again, or is a further noun of the sentence before it."""
    before, piece = message.piece(*one), message.piece(*other)
    intent = message.part(*other).intent
    if message.part(*one).intent == intent:
        if intent in EACH and before.is_sentence and piece.is_sentence:
            return False
        career, facet = message.subject(*one)
        other_career, other_facet = message.subject(*other)
        chosen = SUPERLATIVE.match(before.plain) and SUPERLATIVE.match(piece.plain)
        noun = not (piece.is_sentence or chosen)
        facets = (None, other_facet, facet if intent in NOT_ANSWERED or noun else None)
        same = facet in facets or not other_facet
        return same and other_career in (None, career)
    if intent in FORMS or intent == ASSISTANT:
        return intent == ASSISTANT
    if message.is_list or "?" in before.text or before.is_sentence == piece.is_sentence:
        return False
    if piece.is_sentence:
        goes_on = before.after == Kind.RUN_ON and not OPEN.match(piece.plain)
        return goes_on or (before.after in RUNNING and not _is_subject(before))
    return not _is_subject(piece) and not NAMED.match(piece.plain)


def _is_subject(piece: Piece) -> bool:
    return bool(SUBJECT.match(piece.noun))
