"""Careers that a message names: which one is meant, which ones are only mentioned.

Names stand in tiers (`guides.library.Tier`); a name means the careers of its best tier. A name of
one word, or of common words, counts only where the sentence speaks of a job.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple, TypeVar

from ahocorasick import KEY_SEQUENCE, STORE_ANY, Automaton

from guides.library import Name, Tier
from guides.states import states
from understanding.asked import SURE, Asked
from understanding.english import english
from understanding.entity import Entity
from understanding.mentions import AT_SCHOOL, mentions
from understanding.spelling import Places, commonest
from understanding.states import find_states, is_behind_in
from understanding.text import Word, cased, fold, name_words, root, singular, without_opener, words

RULES = english("careers")
STANDS_FOR_CAREER, CERTAIN = RULES.pattern("stands_for"), RULES.pattern("certain")
MEASURED = RULES.pattern("measured")
SPEAKS, STUDENT = RULES.pattern("speaks"), RULES["student"]
PERSON, POINTS = RULES.pattern("person"), RULES.pattern("points")
THEIRS = RULES.pattern("theirs")
SCHOLAR, MAKER = RULES.pattern("scholar"), RULES.pattern("maker")
THIS, THESE, THEY = RULES["this"], RULES["these"], RULES["they"]
"""How the classifier reads a career, and several of its people."""
IN_USE, THIS_JOB = RULES.pattern("in_use"), RULES.pattern("this_job")
"""Speaks of the career in use; does so in so many words, or sets another beside it."""
ASKS_ON = RULES.pattern("asks_on")
PAGE = RULES.pattern("page")
"""Speaks of the career of the page."""
SENTENCE_ENDS = re.compile(r"(?<=\w\w)[.?!;:]\s|(?<=\w\w)[/>](?=\w\w)| > ")
MANY, BEFORE_THIS = RULES.pattern("many"), RULES.pattern("before_this")
FAMILY = 20
"""Names that end in a word which alone means the careers with such titles."""
COMMON = 3_000
"""The commonest words: of such alone a title is hardly told from other English ("team lead")."""
SHORTEST = 5
LEAST_LETTERS = 3
"""Letters of a job that no list has: "il" is a slip of "i'll"."""
GRAMMAR = 150
"""The commonest words, which belong to no name."""
RARE = 20_000
"""Words that are rarer than so many others are hardly anything but a name: "phlebotomist"."""
USUAL = 5
"""Times that a word of ours is seen in the training data."""
CAPITALS = re.compile(r"\b[A-Z]{2,4}\b")
"""A name of a few letters as many write it: "RN", "LPN"."""
MODIFYING = 2_000
"""The commonest words, which make no other job of a name: "old", "future"."""
PLAIN = "jobs"
"""A word that what opens a message may stand before."""
MODIFIERS = 2
"""Words before a name that may make it another: "time machine mechanic"."""
READ = 2_000
"""Texts whose careers are kept; one message is read several times."""


class Meaning(NamedTuple):
    """A name and the careers of its best tier, the likeliest first."""

    form: str
    tier: Tier
    slugs: tuple[str, ...]
    sure: bool
    """Whether the first is what most people mean."""


NEAR = 5
"""Words before and behind a name that may tell which of its careers is meant."""
MOSTLY = 0.55
"""Share of the workers of all careers that go by a name, for the largest to be meant."""
NO_FAMILY: Mapping[str, int] = {}
Found = tuple[Meaning, int, int]
"""A name, where it starts in a text and where it ends."""
Stood = TypeVar("Stood")


@dataclass(frozen=True)
class Mention:
    """A career where it stands in a text.

    `value` is the slug; the name itself where no guide has it, or more than one and none is meant
    by most. `candidates` has the slugs where more than one has it.
    """

    value: str
    candidates: tuple[str, ...]
    start: int
    end: int
    words_before: int = 0
    """Letters of it that stand before the name of a career, and may be misspelt: "gost lawyer"."""

    @property
    def is_known(self) -> bool:
        """Whether it is one career."""
        return not self.candidates or self.value in self.candidates

    def entity(self, name: str) -> Entity:
        """It as an entity."""
        return Entity(name, self.value, self.start, self.end, self.candidates)


def speaks_of_it(text: str) -> bool:
    """Whether a folded text may speak of the career in use: "this kind of thing", "here"."""
    return bool(IN_USE.search(text))


def says_this_job(text: str) -> bool:
    """Whether a text calls the career in use this job, or sets another beside "that"."""
    return bool(THIS_JOB.search(fold(text)))


def asks_on(text: str) -> bool:
    """Whether a text asks on of those that were spoken of before: "does she get to see surgeries"."""
    return bool(ASKS_ON.match(fold(text)))


def says_of_page(text: str) -> bool:
    """Whether a text speaks of the career of the page: "the job on this page"."""
    return bool(PAGE.search(fold(text)))


def unnamed(masked: str) -> str:
    """A masked text as one that names no career: a part of a topic is asked for in the same way."""
    return masked.replace(THESE, THEY)


class Careers:
    """The names of all careers, and the careers that a text names."""

    def __init__(self, names: Iterable[Name], things: Container[str] = ()) -> None:
        """Take names by form and tier, the career with most workers first.

        Args:
            things: words of the glossary, which are no careers: "what does a container do".
        """
        self._things = things
        self._learnt: frozenset[str] = frozenset()
        self._ids: dict[str, int] = {}
        self._automaton = Automaton(STORE_ANY, KEY_SEQUENCE)
        self.written: set[str] = set()
        """The words of students' names and of titles, one and many: what a slip may stand for."""
        self.neighbours: set[tuple[str, str]] = set()
        """Words that stand side by side in them."""
        for meaning in _meanings(names):
            if meaning.tier <= Tier.TITLE:
                *most, last = meaning.form.split()
                self.written.update(most, (last, f"{last}s"))
                self.neighbours.update(pairwise((*most, last)), pairwise((*most[-1:], f"{last}s")))
            stems = map(singular, meaning.form.split())
            key = tuple(self._ids.setdefault(stem, len(self._ids) + 1) for stem in stems)
            self._automaton.add_word(key, (*self._automaton.get(key, ()), meaning))
        self._automaton.make_automaton()
        self._capitals = _short_names(self._automaton.values())
        self.words = frozenset(word for word in self._ids if len(word) >= SHORTEST)
        """Words of names, singular, that are no slip of another: "lng" may be one of "long"."""
        self._usual, common = commonest(RARE), commonest(COMMON)
        self._common = common | {singular(word) for word in common}
        self._kept = lru_cache(READ)(self._find)
        self._about = lru_cache(READ)(self._subject)
        self._asked: Asked | None = None
        self._is_odd: Callable[[str], bool] | None = None

    def learn(self, words: Mapping[str, int]) -> None:
        """Take the words of the training data: where any noun may stand, another one is a career.

        Args:
            words: how often each was seen; what was seen a few times only may be one.
        """
        usual = {word for word, count in words.items() if count >= USUAL}
        self._learnt = self._common | usual
        self._about.cache_clear()

    def learn_asked(self, asked: Asked | None) -> None:
        """Take what tells whether a text is about a career, where no rule does."""
        self._asked = asked
        self._about.cache_clear()

    def learn_odd(self, is_odd: Callable[[str], bool]) -> None:
        """Take what tells whether no list has what a name means with the words before it."""
        self._is_odd = is_odd
        self._kept.cache_clear()
        self._about.cache_clear()

    def is_asked(self, text: str, start: int, end: int) -> float:
        """How likely a folded text asks about the career that stands at a place; 0 before training."""
        return self._asked.probability(text, start, end) if self._asked else 0.0

    def knows(self, word: str) -> bool:
        """Whether a word is one of ours, or a common one."""
        return word in self._learnt or singular(word) in self._learnt

    def spelt_out(self, text: str) -> str:
        """A text with its capitals and the short names in these spelt out: "pay of an RN".

        Those in a longer name stay: "a PA to the CEO". Who shouts all of it marks none by capitals.
        """
        text = cased(text)
        if text == text.upper() or not CAPITALS.search(text):
            return text
        within = [place[1:] for place in self._named(text.lower()) if " " in place[0].form]
        return CAPITALS.sub(lambda found: self._spelt_out(found, within), text)

    def _spelt_out(self, found: re.Match[str], within: Places) -> str:
        stays = any(start <= found.start() < end for start, end in within)
        return found[0] if stays else self._capitals.get(found[0], found[0])

    def places(self, text: str) -> Places:
        """Where a folded text names careers."""
        return [(each.start + each.words_before, each.end) for each in self.find(text)]

    def find(self, text: str) -> tuple[Mention, ...]:
        """The careers in a folded text, in order, also those that it mentions in passing."""
        return self._kept(text)

    def subject(self, text: str) -> Entity | None:
        """The career that the message is about, if it names one."""
        found = self._about(text)
        return found.entity("career") if found else None

    def mentioned(self, text: str) -> list[Entity]:
        """A career beside "it" or "they", which may stand for it or for the one in use."""
        found = self.find(text) if self._about(text) is None else ()
        return [
            each.entity("mentioned_career")
            for each in found
            if each.is_known
            and not mentions().is_other(text, each.start)
            and not mentions().is_held(text, each.start)
            and not mentions().is_likened(text, each.start, each.end)
            and not mentions().is_unwanted(text, each.start)
            and not _speaks(text, each)
        ][:1]

    def likens(self, text: str) -> bool:
        """Whether a folded text likens what is meant to a career: "so an ai janitor basically"."""
        return any(mentions().is_likened(text, each.start, each.end) for each in self.find(text))

    def compared(self, text: str) -> list[Entity]:
        """Careers that the subject, or the career in use, is compared with or listed beside."""
        subject, found = self._about(text), self.find(text)
        if not mentions().compares(text):
            lists = _runs(text, found, lambda each: (each.start, each.end), mentions().joins)
            found = next((each for each in lists if subject in each), ())
        return [
            each.entity("compared_career")
            for each in found
            if subject is None or each.value != subject.value
        ]

    def all_named(self, text: str) -> list[Entity]:
        """Every career that a text names which compares some, whatever words stand around them:
        "one's a roofer and one's a dental hygienist"."""
        return [
            self._mention(text, meaning, start, end).entity("compared_career")
            for meaning, start, end in self._known(text)
        ]

    def around(self, text: str, start: int, end: int) -> Mention | None:
        """What a folded text names that holds all of a place, whatever words stand around it."""
        found = (each for each in self._named(text) if each[1] <= start and end <= each[2])
        return next(
            (self._mention(text, *each) for each in found if each[0].tier < Tier.ALTERNATE), None
        )

    def modified(self, text: str) -> Iterator[str]:
        """The careers in a folded text with words before them that may belong to a name."""
        for each in self.find(text):
            first = _first_modifier(text, each.start)
            if first < each.start:
                yield text[first : each.end]

    def _known(self, text: str) -> Iterator[Found]:
        """The names in a text that mean a career by themselves."""
        for meaning, start, end in self._named(text):
            known = meaning.tier < Tier.ALTERNATE and (meaning.sure or " " in meaning.form)
            anybody = mentions().is_anybody(text[start:end])
            if known and not anybody and not is_behind_in(text, start, end):
                yield meaning, start, end

    def mask(self, text: str) -> str:
        """The text with the career that it is about replaced by "this career".

        Where another has that career, only what is asked behind it counts, or of "my mom's job".
        """
        subject = self._about(text)
        if subject is None:
            return PAGE.sub(THIS, text)
        if THEIRS.search(text[: subject.start]):
            return THEIRS.sub(THIS, text, count=1)
        if mentions().is_held(text, subject.start):
            asked = mentions().behind_clause(text, subject.end)
            if asked:
                return asked
        found = self.find(text)
        for each in reversed(found if subject in found else (subject,)):
            if each.value != subject.value:
                continue
            name = THESE if MANY.search(text[each.start : each.end]) else THIS
            text = BEFORE_THIS.sub("", text[: each.start]) + name + text[each.end :]
        return text

    def _find(self, text: str) -> tuple[Mention, ...]:
        named = self._named(text)
        rest = text
        for _, start, end in named:
            rest = rest[:start] + " " * (end - start) + rest[end:]
        alone = mentions().is_all(rest)
        kept = []
        for group in _runs(text, named, lambda each: each[1:], _holds):
            compared = len(group) > 1 and mentions().compares(text)
            jobs = [self._is_job(text, *each) for each in group]
            if alone or compared or any(jobs):
                kept += [
                    self._mention(text, *each)
                    for each, job in zip(group, jobs, strict=True)
                    if job
                    or each[0].tier <= Tier.TITLE
                    or (alone and " " in each[0].form)
                    or (compared and any(jobs) and each[0].tier <= Tier.REPORTED)
                    or (compared and each[0].tier == Tier.REPORTED and PERSON.search(each[0].form))
                ]
        return tuple(kept)

    def _mention(self, text: str, meaning: Meaning, start: int, end: int) -> Mention:
        """A name as a mention; with words before it that make it nobody's job, as that job."""
        first = _first_modifier(text, start) if self._is_odd else start
        if self._is_odd and first < start and self._is_odd(text[first:end]):
            return Mention(singular(text[first:end]), (), first, end, start - first)
        return _mention(text, meaning, start, end)

    def _named(self, text: str) -> list[Found]:
        """Every name in a text, the longest where they overlap, in order."""
        run = name_words(text)
        ids = tuple(self._ids.get(word.stem, 0) for word in run)
        found = []
        for last, meanings in self._automaton.iter(ids) if any(ids) else ():
            first = last - meanings[0].form.count(" ")
            found += [
                (meaning, run[first].start, run[last].end)
                for meaning in meanings
                if _is_spelt(meaning.form, run[first : last + 1])
            ]
        kept: list[Found] = []
        for each in sorted(found, key=lambda each: (each[1] - each[2], each[1], each[0].tier)):
            if not SENTENCE_ENDS.search(text, each[1], each[2]) and all(
                each[2] <= other[1] or other[2] <= each[1] for other in kept
            ):
                kept.append(each)
        return sorted(kept, key=lambda each: each[1])

    def _is_job(self, text: str, meaning: Meaning, start: int, end: int) -> bool:
        """Whether a name is one here: the weaker it is, the more the sentence must say so."""
        if mentions().is_anybody(text[start:end]) or is_behind_in(text, start, end):
            return False
        words = meaning.form.split()
        if meaning.tier == Tier.FIELD:
            framed = mentions().frame(text, start, end) != "none" or not text[:start].strip()
            judged = mentions().is_judged(text, start, end)
            return judged or (framed and mentions().goes_on(text, end))
        if len(words) > 1:
            person, common = bool(PERSON.search(words[-1])), self._common.issuperset(words)
            weak = meaning.tier >= Tier.REPORTED and (
                common or (meaning.tier == Tier.ALTERNATE and not person)
            )
            weak = weak or (meaning.tier == Tier.STUDENT and bool(AT_SCHOOL.search(words[-1])))
            begins = person and mentions().is_person(text, start, end)
            framed = not weak or begins or mentions().frame(text, start, end) != "none"
            return framed and not mentions().is_verbal(text, start)
        rare = words[0] not in self._usual and len(words[0]) >= SHORTEST
        if rare and (meaning.tier <= Tier.TITLE or SCHOLAR.search(words[0])):
            return True
        if rare and PERSON.search(words[0]) and mentions().frame(text, start, end) != "none":
            return True
        if meaning.tier <= Tier.TITLE and mentions().is_one(text, start, end):
            return True
        known = meaning.tier <= Tier.TITLE or (rare and meaning.tier == Tier.REPORTED)
        if known and PERSON.search(words[0]) and mentions().is_person(text, start, end):
            return True
        if meaning.tier == Tier.ALTERNATE and words[0] in self._common:
            return False
        frame = mentions().frame(text, start, end)
        return frame == "strong" or (frame == "loose" and meaning.tier <= Tier.TITLE)

    def _subject(self, text: str) -> Mention | None:
        found = self.find(text)
        asides = _asides(text, found)
        meant = [each for each, aside in zip(found, asides, strict=True) if not aside]
        if meant:
            return _likeliest(text, meant)
        if found and _is_pointed_at(text, found[-1]):
            return found[-1]
        if found:
            return self._read_as_asked(text)
        return self._in_passing(text) or self._unlisted(text) or self._read_as_asked(text)

    def _read_as_asked(self, text: str) -> Mention | None:
        """The career of which a text is most likely asked, though no words around it say so."""
        if self._asked is None:
            return None
        found = [
            (self.is_asked(text, start, end), start, self._mention(text, meaning, start, end))
            for meaning, start, end in self._known(text)
            if not STANDS_FOR_CAREER.search(mentions().clause(text, start))
        ]
        likely = [each for each in found if each[0] >= SURE]
        return max(likely)[2] if likely else None

    def _in_passing(self, text: str) -> Mention | None:
        """The only career of a text that no words around it make one: "will anybody need locksmiths"."""
        named = [
            each
            for each in self._named(text)
            if each[0].tier in (Tier.STUDENT, Tier.TITLE, Tier.REPORTED)
            and (len(each[0].slugs) == 1 or (each[0].sure and each[0].tier < Tier.REPORTED))
            and (_is_plain(text, *each) or each[0].form not in self._common)
            and MAKER.search(each[0].form)
            and mentions().may_be_job(text, *each[1:], sure=_is_plain(text, *each))
            and not is_behind_in(text, *each[1:])
        ]
        return self._mention(text, *named[0]) if len(named) == 1 else None

    def _unlisted(self, text: str) -> Mention | None:
        """The career that stands where only a career can, whatever its name."""
        place = mentions().unknown(text, self.knows if self._learnt else None)
        if place is None or place[1] - place[0] < LEAST_LETTERS:
            return None
        if all(word in self._things for word in text[slice(*place)].split()):
            return None
        if any(state.start < place[1] and place[0] < state.end for state in find_states(text)):
            return None
        owner, _, owned = text[slice(*place)].partition(" ")
        if owned and mentions().is_owner(owner):
            place = (place[1] - len(owned), place[1])
        for each in self._named(text):
            if each[1:] == place and each[0].tier <= Tier.FIELD:
                return self._mention(text, *each)
        return Mention(singular(text[slice(*place)]), (), *place)


def _short_names(found: Iterable[tuple[Meaning, ...]]) -> dict[str, str]:
    """What students call a career in a few letters, in capitals, with a longer name of it.

    States have their codes in capitals too.
    """
    meanings = [meaning for each in found for meaning in each if meaning.sure]
    titles = {each.slugs[0]: each.form for each in meanings if each.tier == Tier.TITLE}
    return {
        each.form.upper(): titles[each.slugs[0]]
        for each in meanings
        if each.tier == Tier.STUDENT
        and CAPITALS.fullmatch(each.form.upper())
        and each.form.upper() not in states()
        and each.slugs[0] in titles
    }


def _meanings(names: Iterable[Name]) -> Iterator[Meaning]:
    """What each name means.

    A word that many names end in, such as "technician", also means the careers whose titles end in
    it, unless most people mean the career of its own: a "nurse" is a registered nurse first.
    """
    ends: Counter[str] = Counter()
    families: dict[str, dict[str, int]] = defaultdict(dict)
    single: dict[str, list[Name]] = {}
    for form, group in groupby(names, key=lambda name: name.form):
        named = list(group)
        *more, last = form.split()
        ends[last] += 1
        families[last] |= {name.slug: name.workers for name in named if name.tier == Tier.TITLE}
        if more:
            yield _meaning(form, named)
        else:
            single[form] = named
    for word in sorted(single.keys() | families.keys()):
        large = ends[word] >= FAMILY and not mentions().is_anybody(word)
        family = families[word] if large else {}
        if word in single or len(family) > 1:
            yield _meaning(word, single.get(word, []), family)


def _meaning(form: str, named: list[Name], family: Mapping[str, int] = NO_FAMILY) -> Meaning:
    """What a name means: the career whose title it is, else the careers of its best tier.

    Args:
        family: the careers whose titles end in it, with their workers.
    """
    best = min((name.tier for name in named), default=Tier.REPORTED)
    own = {name.slug: name.workers for name in named if name.tier == best}
    titled = [name.slug for name in named if name.tier == Tier.TITLE and best <= Tier.TITLE]
    if len(titled) == 1:
        return Meaning(form, best, tuple(dict.fromkeys((*titled, *own))), True)
    kept = own if best < Tier.REPORTED or len(family) < 2 else {}
    if len(kept) > 1 and _is_largest(kept):
        return Meaning(form, best, tuple(kept), True)
    others = sorted(family.keys() - kept.keys(), key=lambda slug: (-family[slug], slug))
    meant = kept | ({slug: family[slug] for slug in others} if len(others) > 1 else {})
    sure = len(meant) == 1 or (bool(kept) and _is_largest(meant))
    return Meaning(form, best, tuple(meant), sure)


def _is_largest(workers: Mapping[str, int]) -> bool:
    """Whether most of all workers are in the first career."""
    return next(iter(workers.values())) >= MOSTLY * sum(workers.values()) > 0


def _is_plain(text: str, meaning: Meaning, start: int, end: int) -> bool:
    """Whether a name is what most people call one career, and nobody at school: "lawyer".

    Not so behind a word that may belong to it: "a school fundraiser".
    """
    before = [word.text for word in name_words(text[:start])][-1:]
    alone = not before or before[0] in commonest(GRAMMAR) or not text[:start].endswith(" ")
    known = meaning.sure and meaning.tier <= Tier.TITLE
    return known and alone and not AT_SCHOOL.search(text[start:end])


def _runs(
    text: str,
    found: Iterable[Stood],
    place: Callable[[Stood], tuple[int, int]],
    holds: Callable[[str], bool],
) -> Iterator[tuple[Stood, ...]]:
    """What stands in a text one after another, joined by words that hold it together."""
    run: list[Stood] = []
    for each in found:
        if run and not holds(text[place(run[-1])[1] : place(each)[0]]):
            yield tuple(run)
            run = []
        run.append(each)
    if run:
        yield tuple(run)


def _holds(between: str) -> bool:
    """Whether names are listed, or set against each other; each of them is one if one is."""
    return mentions().joins(between) or mentions().opposes(between)


def _first_modifier(text: str, start: int) -> int:
    """Where the words begin that stand right before a place and may belong to a name there."""
    for word in reversed(name_words(text[:start])[-MODIFIERS:]):
        usual = len(word.text) < LEAST_LETTERS or word.text in commonest(MODIFYING)
        usual = usual or mentions().is_owner(word.text)
        usual = usual or not without_opener(f"{word.text} {PLAIN}").startswith(word.text)
        if usual or any(find_states(word.text)) or text[word.end : start].strip(" -"):
            break
        start = word.start
    return start


def _is_spelt(form: str, run: list[Word]) -> bool:
    """Whether words are those of a form; only the last may be plural, and none is another word."""
    *most, last = [word.replace("'", "") for word in form.split()]
    *before, end = run
    same = [word.text.replace("'", "") for word in before] == most
    return same and last.replace("'", "") in (end.text.replace("'", ""), end.stem)


def _mention(text: str, meaning: Meaning, start: int, end: int) -> Mention:
    first, *others = meaning.slugs
    told = _told_apart(text, meaning, start, end) if others else None
    if told:
        return Mention(told, (), start, end)
    value = first if meaning.sure else meaning.form
    return Mention(value, meaning.slugs if others else (), start, end)


def _told_apart(text: str, meaning: Meaning, start: int, end: int) -> str | None:
    """The one of several careers with a name the rest of whose title stands near to the name:
    "a special ed teacher in a middle school", "cook of fast food"."""
    around = [*text[:start].split()[-NEAR:], *text[end:].split()[:NEAR]]
    near = {root(word.text) for word in words(" ".join(around))}
    named = {root(word) for word in meaning.form.split()}
    rests = {slug: set(map(root, slug.split("-"))) - named for slug in meaning.slugs}
    told = [slug for slug, rest in rests.items() if rest and rest <= near]
    return max(told, key=lambda slug: len(rests[slug]), default=None)


def _asides(text: str, found: tuple[Mention, ...]) -> list[bool]:
    """Which careers are mentioned only. One that is listed beside another is what that one is."""
    asides: list[bool] = []
    for place, each in enumerate(found):
        shared = False
        if place and asides[-1]:
            before = found[place - 1]
            listed = mentions().joins(text[before.end : each.start])
            shared = listed and not mentions().is_excluded(text, before.start)
        asides.append(shared or _is_aside(text, each))
    return asides


def _is_aside(text: str, each: Mention) -> bool:
    before = mentions().clause(text, each.start)
    pointed = STANDS_FOR_CAREER.search(before) and not CERTAIN.search(before)
    return bool(
        pointed
        or (
            mentions().is_beside(text, each.start)
            and not mentions().is_asked_of_own(text, each.start, each.end)
        )
        or mentions().is_held(text, each.start)
        or mentions().is_likened(text, each.start, each.end)
        or mentions().is_unwanted(text, each.start)
        or _speaks(text, each)
        or _is_measure(text, each)
    )


def _is_pointed_at(text: str, each: Mention) -> bool:
    """Whether a job that somebody has is what is asked about: "i'm a welder, is that job ...",
    "how is my mom's job? she's a nurse"."""
    held = mentions().is_held(text, each.start)
    own = mentions().is_mine(text, each.start) and not mentions().compares(text)
    had = held or (own and not _speaks(text, each))
    asked = POINTS.search(text[each.end :]) or THEIRS.search(text[: each.start])
    return had and bool(asked)


def _speaks(text: str, each: Mention) -> bool:
    """Whether someone at school speaks: "as a teacher, I need the sources"."""
    named = AT_SCHOOL.search(text[each.start : each.end])
    return bool(named and (SPEAKS.search(text[: each.start]) or STUDENT in text))


def _is_measure(text: str, each: Mention) -> bool:
    """Whether it is only compared: "does a nurse earn more than they do", "nurse or this"."""
    rest = text[each.end :]
    measured = MEASURED.search(rest)
    return bool(measured and STANDS_FOR_CAREER.search(rest[measured.end() :]))


def _likeliest(text: str, meant: list[Mention]) -> Mention:
    """The career that is asked about; else the last that is wanted; else the first."""
    asked = [each for each in meant if mentions().asks(text, each.start, each.end)]
    wanted = [each for each in meant if mentions().wishes(text, each.start)]
    return asked[0] if asked else wanted[-1] if wanted else meant[0]
