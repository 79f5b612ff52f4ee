"""Words that point at the answer before them: the next one, the second one.

A message points back if it holds nothing else: "and after that?".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from answers.model import Question
from guides.schema import Guide
from understanding.english import english
from understanding.reading import FILLER
from understanding.text import fold, singular, without_opener

Step = Literal[-1, 1]

RULES = english("pointing")
FORWARD, BACK = RULES.pattern("forward"), RULES.pattern("back")
ORDINAL, DOING = RULES.pattern("ordinal"), RULES.pattern("doing")
THE_ORDINAL, BESIDE_IT = RULES.pattern("the_ordinal"), RULES.pattern("beside_it")
LEANING = RULES.pattern("leaning")
RESUMES = RULES.pattern("resumes")
STATEMENT, OF_THAT = RULES.pattern("statement"), RULES.pattern("of_that")
OTHER_CAREER, FIRST_CAREER = RULES.pattern("other_career"), RULES.pattern("first_career")
SEVERAL_CAREERS, NAMED_ONE = RULES.pattern("several_careers"), RULES.pattern("named_one")
THOSE, SETS_BESIDE = RULES.pattern("those"), RULES.pattern("sets_beside")
WHO_MORE, WHERE_MORE = RULES.pattern("who_more"), RULES.pattern("where_more")
THERE, HOW_MUCH = RULES.pattern("there"), RULES.pattern("how_much")
HOW_MUCH_FOR, ASKS = RULES.pattern("how_much_for"), english("parts").pattern("asks")
SENTENCES = re.compile(r"(?<=[.?!;:,])\s+")
PLACES = [*zip(RULES.words("places"), RULES.words("figures"), strict=True)]
LAST = RULES.words("last")
WHY, SO = RULES["why"], RULES["so"]
LISTS: Mapping[str, Callable[[Guide], Sequence[str]]] = {
    "myths": lambda guide: [myth.id for myth in guide.myths or []],
    "education": lambda guide: (
        [route.id for route in guide.education.routes] if guide.education else []
    ),
    "pathway": lambda guide: [stage.id for stage in guide.pathway.stages] if guide.pathway else [],
}
"""Ids of the items of a topic that is answered as a list; one that is pointed at has an answer."""
TEXTS: Mapping[str, Callable[[Guide], Sequence[str]]] = {
    "cons": lambda guide: guide.cons or (),
    "employers": lambda guide: guide.snapshot.employers,
    "importance": lambda guide: guide.importance.reasons if guide.importance else (),
    "pros": lambda guide: guide.pros or (),
}
"""What a guide lists in words, by topic."""
FOLLOWING = ("follow_up", "more", "nlu_fallback")
"""Topics of questions that say nothing without the answer before them."""
LONGEST = 9
"""Words of a message that can point back."""


def listed_texts(guide: Guide, topic: str | None) -> Sequence[str]:
    """What the answer to a topic lists in words; nothing where it lists none."""
    return TEXTS[topic](guide) if topic is not None and topic in TEXTS else ()


def step_pointed_at(text: str) -> Step | None:
    """1 for "what comes next", -1 for "and before that", if the text holds nothing else."""
    if leans(text, BACK):
        return -1
    return 1 if leans(text, FORWARD) else None


def points_back(question: Question) -> bool:
    """Whether a later question of a message is about the answer to the one before it."""
    return question.topic in FOLLOWING or bool(BESIDE_IT.search(fold(question.text)))


def item_pointed_at(text: str, guide: Guide, topic: str | None) -> str | None:
    """The id of "the second one" in the list that was answered, if the text holds nothing else."""
    items = LISTS[topic](guide) if topic and topic in LISTS else []
    place = place_pointed_at(text, f"{WHY}|{SO}") if items else None
    return items[place] if place is not None and place < len(items) else None


def place_pointed_at(text: str, beside: str = r"(?!)") -> int | None:
    """The place that "the second one" names, from 0, -1 for the last; None for other texts.

    Args:
        beside: a pattern of words that may stand there too.
    """
    found = ORDINAL.search(fold(text))
    words = re.compile(rf"{ORDINAL.pattern}|{beside}")
    if not (found and leans(text, words)) or DOING.search(fold(text)):
        return None
    return _place_of(found[0])


def place_named(text: str) -> int | None:
    """The place that a text names at all: "the second one in normal words"."""
    found = ORDINAL.search(fold(text))
    return _place_of(found[0]) if found else None


def place_asked_of(text: str) -> int | None:
    """The place of an item of which more is asked: "what does the second one pay"."""
    found = THE_ORDINAL.search(fold(text))
    return _place_of(found[1]) if found else None


def _place_of(ordinal: str) -> int:
    """The place of "second" from 0, of the last one -1."""
    if ordinal in LAST:
        return -1
    return next(place for place, names in enumerate(PLACES) if ordinal in names)


def career_pointed_at(text: str) -> tuple[int, str] | None:
    """The place of "the other one" or "back to the first" among the careers that were talked of,
    and the text without it."""
    for place, pattern in ((-2, OTHER_CAREER), (0, FIRST_CAREER)):
        rest, count = pattern.subn(" ", fold(text))
        if count:
            return place, rest
    return None


def sentence_pointed_at(text: str) -> tuple[int, str] | None:
    """The place that a sentence of a text names and no more, and what is asked behind it: "nah. the
    first. what does that need"."""
    said, *others = SENTENCES.split(text)
    while others:
        place = place_pointed_at(said)
        if place is not None:
            return place, " ".join(others)
        said, *others = others
    return None


def word_pointed_at(text: str) -> tuple[str, str] | None:
    """The word by which a text picks one of several, singular, and the text without it: "the
    counselor one", "pumps it is"."""
    found = NAMED_ONE.search(fold(text))
    if found is None:
        return None
    return singular(found[found.lastindex or 0]), NAMED_ONE.sub(" ", fold(text), count=1)


def points_at_those(text: str) -> bool:
    """Whether a text speaks of those that were compared: "next to those", "more than both"."""
    return bool(THOSE.search(fold(text)))


def sets_beside(text: str) -> bool:
    """Whether a text sets what it names beside what was talked of: "put it next to a plumber"."""
    return bool(SETS_BESIDE.search(fold(text)))


def several_pointed_at(text: str) -> bool:
    """Whether a text speaks of several that were talked of: "which one", "both"."""
    return bool(SEVERAL_CAREERS.search(fold(text)))


def asks_who_more(text: str) -> bool:
    """Whether a text asks which of several has more of something: "who had to learn more"."""
    return bool(WHO_MORE.search(fold(text)))


def weighs_places(text: str) -> bool:
    """Whether a text asks where something is more, of places that were named: "so better is where"."""
    return bool(WHERE_MORE.search(fold(text)))


def asks(text: str) -> bool:
    """Whether a text begins like a question."""
    return bool(ASKS.match(without_opener(fold(text))))


def asks_how_much(text: str) -> bool:
    """Whether a text asks how much, and not of what."""
    return bool(HOW_MUCH.match(fold(text)))


def asks_how_much_for(text: str) -> bool:
    """Whether a text asks how much a career that it names is, and no more."""
    return bool(HOW_MUCH_FOR.match(fold(text)))


def says_there(text: str) -> bool:
    """Whether a text speaks of the place that was named before."""
    return bool(THERE.search(fold(text)))


def without_there(text: str) -> str:
    """A folded text with blanks in place of what speaks of the place that was named before."""
    return THERE.sub(lambda found: " " * len(found[0]), text)


def resumes(text: str) -> bool:
    """Whether a text goes on with what was left: "ok im back lets finish"."""
    return bool(RESUMES.search(fold(text)))


def states(text: str) -> bool:
    """Whether a text says something and asks for nothing: "ok ill try"."""
    return bool(STATEMENT.search(fold(text)))


def asks_of_that(text: str) -> bool:
    """Whether a text asks about what was just said without naming it: "would that be a problem"."""
    return bool(OF_THAT.search(without_opener(fold(text))))


def leans(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether a typed text holds words of the pattern and otherwise only such as lean on others."""
    plain = without_opener(fold(text))
    if len(plain.split()) < 2 and not pattern.search(plain):
        plain = fold(text)  # "then what" is no opener and a question
    rest, count = pattern.subn(" ", plain)
    words = re.findall(r"[\w']+", rest)
    short = len(plain.split()) <= LONGEST
    return (
        bool(count)
        and short
        and all(FILLER.fullmatch(word) or LEANING.fullmatch(word) for word in words)
    )
