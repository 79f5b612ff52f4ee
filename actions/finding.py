"""Finding and comparing careers within a conversation: what is in force, what was shown, who is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from math import inf
from typing import Any, NamedTuple

from actions.speaking import LIKELY, WHOLE, Message, read_question, tapped
from answers.assistant import which_compared
from answers.comparing import CHOICE, MOST, compared
from answers.context import MAY_ASK_THERE, OPEN_BELOW, TOPICS_OF, Context
from answers.finding import SHOWN, listed_careers, ways_in
from answers.leads import reason_lacking
from answers.model import Answer, Question, payload
from answers.pointing import LISTS as ITEMS
from answers.pointing import (
    asks_how_much,
    asks_who_more,
    career_pointed_at,
    place_asked_of,
    place_named,
    place_pointed_at,
    points_at_those,
    sentence_pointed_at,
    sets_beside,
    several_pointed_at,
    word_pointed_at,
)
from answers.registry import topics
from components.finder import finder
from guides.finding import Filters
from guides.loading import Guides
from guides.schema import Guide
from understanding.careers import says_of_page, says_this_job
from understanding.entity import NAMED
from understanding.finding import Said, finding, merged
from understanding.forms import wants_reason
from understanding.mentions import mentions
from understanding.states import without_states
from understanding.students import first_number
from understanding.text import fold, root
from understanding.topics import ENTRIES, TOPICS

SHORT = 6
"""Words of a message that names a career and hardly anything else."""
NEAR, CLEARER = 0.6, 0.25
"""How near a career is at least to a word that picks it, and by how much nearer than another: of 23 pairs
that were written for it 16 are told so, and of 30 words such as "short" none picks one."""
NAMELESS = ("aside", "go_back", "lost", "react", "unsure")
"""Topics of messages that name no career."""
SURE = 0.7
"""Probability from which the intent is taken at its word."""
LISTS = ("find", "related", "check_interests")
"""Topics that are answered by a list of careers, which the next message may change."""
ASKING_NOTHING = ("deny", "doubt", "feel", "goodbye", "react", "refuse", "thank")
"""Topics of messages that may name a place in a list and ask for nothing there."""
OPEN = (
    *(name for name, entry in ENTRIES.items() if entry.open),
    *("feel", "lost", "nlu_fallback", "uncovered"),
)
"""Topics of messages that may look for careers by their words."""
COMPARABLE = (
    *(name for name, topic in TOPICS.items() if topic.measured),
    *("compare", "find", "uncovered", "summary", "myths", "nlu_fallback"),
)
"""Topics of a message with two careers in it that compares them."""


class Found(NamedTuple):
    """An answer, the topic that it is filed under, and the state of the search after it."""

    topic: str
    answer: Answer
    slot: dict[str, Any] | None
    """What is looked for and was shown, or what was compared; None where nothing is any more."""


class Search:
    """What a conversation looks for: the filters in force, and the careers that were shown."""

    def __init__(
        self, guides: Guides, slot: Mapping[str, Any] | None, talked_of: Sequence[str] = ()
    ) -> None:
        """Take the slot that the last list left, and the careers that were talked of, in order."""
        self._guides = guides
        self._talked_of = [slug for slug in talked_of if slug in guides]
        kept = slot or {}
        given = {name: _kept(value) for name, value in kept.get("filters", {}).items()}
        self.filters = Filters(**given) if "filters" in kept else None
        self.start = int(kept.get("start", 0))
        self.shown: list[str] = list(kept.get("shown", ()))
        self.compared = [slug for slug in kept.get("compared", ()) if slug in guides]

    def reply(
        self, question: Question, context: Context, message: Message, in_use: Guide | None
    ) -> Found | None:
        """The reply to a message that looks for careers or compares them; None to any other.

        Args:
            in_use: the career that "it" stands for, if one was chosen or "this job" is said.
        """
        said_whole = str(message.get(WHOLE) or question.text)
        text = finding().offer(str(question.first("say"))) or said_whole
        said = finding().read(text)
        named = named_in(message, self._guides)
        meant, several = self._side_by_side(question, context, named)
        several = several or (len(named) == 1 and _beside_this(said_whole))
        again = several and context.topic == "compare"
        beside = question.topic == "compare" or sets_beside(question.text)
        refused = any(word in each.title.lower() for each in named for word in said.filters.without)
        apart = bool(said.filters.without) and (refused or not beside)
        if _weighs_one(said, named, in_use):
            question = replace(question, topic="compare")
        elif apart and question.topic == "compare":
            question = replace(question, topic="find")
        careers = [] if apart else _set_side_by_side(question, meant, in_use, several, again)
        if careers:
            slugs = [guide.slug for guide in careers]
            reply = replace(compared(careers, question), lead=reason_lacking(question))
            return Found("compare", reply, {"compared": slugs})
        if context.topic in LISTS and self.filters and self._goes_on(question, said):
            return self._changed(said)
        if self._leaves_open(question, context):
            reply = which_compared(self._guides, self.compared, question)
            return Found("compare", reply, {"compared": self.compared})
        if question.topic == "compare":
            states = question.values.get("state") and (named or in_use)
            return None if states or context.topic in topics() else _compares_none()
        if question.topic == "related":
            return self._related(said, next(iter(named), in_use))
        if question.topic == "find" and context.topic in topics() and _says_where(said):
            return None
        if question.topic == "find" or (not named and _seeks(question, said, message)):
            return self._found(merged(Filters(), said), said) if said.says else _lost()
        return _lost() if question.topic == "lost" else None

    def _leaves_open(self, question: Question, context: Context) -> bool:
        """Whether a message after a comparison asks about one career and does not say which."""
        several = context.topic == "compare" and len(self.compared) > 1
        of_page = says_this_job(question.text) or says_of_page(question.text)
        other = of_page or any(map(question.first, (*NAMED, "unlisted_career")))
        return several and question.topic in topics() and not other

    def _side_by_side(
        self, question: Question, context: Context, named: list[Guide]
    ) -> tuple[list[Guide], bool]:
        """The careers that a message is about, and whether it speaks of several of them.

        After a comparison "and grows faster" is about the same ones, "next to those" about one more.
        """
        meant = self._meant(question, context)
        goes_on = context.topic == "compare" and _compares_again(question)
        if goes_on and not question.first("career") and place_named(question.text) is None:
            return meant, True
        if goes_on and points_at_those(question.text):
            return [*meant[: MOST - len(named)], *named], True
        several = several_pointed_at(question.text) and context.topic not in LISTS
        several = several and not self._lists_items(context)
        return named or meant, several

    def points(self, message: Message, context: Context) -> bool:
        """Whether a message picks one of the careers that were talked of by a word of its name, and
        tells none by its work: "back to the bus"."""
        text = read_question(message).text
        among = () if context.topic in LISTS or place_named(text) is not None else self._talked_of
        return len(among) > 1 and self._called(text, among) is not None

    def picked(self, message: Message, context: Context) -> Message | None:
        """A message that points at a career as if it named it, else one that cannot be meant as
        its next likely intent; None where neither is so.

        Careers are pointed at in the last list, or else among those that were talked of.
        """
        question = read_question(message)
        if context.topic not in LISTS:
            pointed = self._talked_of_again(message, question, context)
            read = read_question(pointed) if pointed else question
            of_one = pointed and read.topic == "compare" and mentions().asks_amount(read.text)
            other = of_one or _cannot_be(read, context)
            return _otherwise(pointed or message, context) if other else pointed
        topic = question.topic if question.topic in topics() else "summary"
        slug = self._listed_at(question)
        if slug is None:
            return None
        return tapped(message, topic, career=slug)

    def _listed_at(self, question: Question) -> str | None:
        """The career of the last list that a message picks by its place or by a word."""
        place = place_pointed_at(question.text)
        if place is None and question.topic not in ASKING_NOTHING:
            place = place_asked_of(question.text)
        if place is None:
            shown = [slug for slug in self.shown if slug in self._guides]
            called = None if question.first("career") else self._called(question.text, shown)
            return called[0] if called else None
        return self.shown[place] if -len(self.shown) <= place < len(self.shown) else None

    def _talked_of_again(
        self, message: Message, question: Question, context: Context
    ) -> Message | None:
        """A message about a career that was talked of before, by its title or a word of it, or as
        "the other one"."""
        talked_of = self.compared if context.topic == "compare" else self._talked_of
        if question.first("career") or not question.text:
            return None
        pointed = self._pointed_at(str(message.get(WHOLE) or question.text), talked_of, context)
        if pointed is None:
            return None
        slug, rest = pointed
        named = _about(message, slug)
        if context.topic != "compare" and mentions().compares(fold(question.text)):
            return {**named, "intent": {"name": "ask_compare", "confidence": question.sureness}}
        kept = mentions().is_all(without_states(rest)) and context.topic in topics()
        if not kept:
            return named
        text = payload(str(context.topic), career=slug)
        return {**named, "text": text, "read": "", "intent": {"name": f"ask_{context.topic}"}}

    def _pointed_at(
        self, text: str, talked_of: Sequence[str], context: Context
    ) -> tuple[str, str] | None:
        """The career at which a text points among those compared, listed or talked of, and the
        text without what points."""
        listed = [slug for slug in self.compared or self.shown if slug in self._guides]
        again = place_pointed_at(text) if context.topic in COMPARABLE else None
        if context.topic != "compare" and again is not None and again < len(listed) > 1:
            return listed[again], ""
        if len(talked_of) < 2:
            return None
        place = place_named(text) if context.topic == "compare" else None
        if place is not None and place < len(talked_of):
            return talked_of[place], text
        said = None if self._lists_items(context) else sentence_pointed_at(text)
        if said and said[0] < len(talked_of):
            return talked_of[said[0]], said[1]
        titles = {slug: self._guides[slug].title.lower() for slug in talked_of}
        for slug in titles:
            if slug != talked_of[-1] and f" {titles[slug]}" in f" {fold(text)}":
                return slug, text
        called = self._called(text, talked_of)
        if called:
            return called
        other = career_pointed_at(text)
        if other is None or self._lists_items(context):
            return None
        return talked_of[other[0]], other[1]

    def _called(self, text: str, among: Sequence[str]) -> tuple[str, str] | None:
        """The one career of some that a text picks by a word of its title, or else of another of
        its names, and the text without it."""
        word, rest = word_pointed_at(text) or ("", text)
        for names_of in (lambda guide: (guide.title,), lambda guide: guide.names):
            called = [slug for slug in among if _has_word(names_of(self._guides[slug]), word)]
            if len(called) == 1:
                return called[0], rest
        meant = self._nearest_to(word, among) if word and not called else None
        return (meant, rest) if meant else None

    def _nearest_to(self, word: str, among: Sequence[str]) -> str | None:
        """The one career of some that is clearly nearer to a word than the others: "the drilling one"."""
        found = finder(self._guides).nearest(word, len(self._guides))
        near = [each for each in found if each.slug in among]
        clear = near and near[0].nearness >= NEAR and len(set(among)) > 1
        second = near[1].nearness if len(near) > 1 else 0.0
        return near[0].slug if clear and near[0].nearness - second >= CLEARER else None

    def _lists_items(self, context: Context) -> bool:
        """Whether the last answer lists items of a career, at which a message may point."""
        listed = ITEMS.get(str(context.topic))
        return bool(self._talked_of and listed and listed(self._guides[self._talked_of[-1]]))

    def _meant(self, question: Question, context: Context) -> list[Guide]:
        """The careers that "them" stands for: of a list, of a comparison, or those talked of last."""
        if context.topic in LISTS:
            slugs = self.shown[:2]
        elif context.topic == "compare":
            slugs = self.compared
        else:
            count = int(first_number(question.text) or 0)
            slugs = list(self._talked_of[-(count if 1 < count <= MOST else 2) :])
        return [self._guides[slug] for slug in slugs if slug in self._guides]

    def _goes_on(self, question: Question, said: Said) -> bool:
        """Whether a message changes the search in force and starts none of its own."""
        if not said.says or said.fresh or (question.topic == "related" and not self.shown):
            return False
        return question.topic in (*LISTS, "lost") or said.all_read

    def _changed(self, said: Said) -> Found:
        assert self.filters
        if said.filters == Filters() and said.changes == {"more"}:
            return self._found(self.filters, said, self.start + SHOWN)
        return self._found(merged(self.filters, said), said)

    def _related(self, said: Said, guide: Guide | None) -> Found:
        if guide is None:
            return Found("related", Answer("utter_related_which", kind="clarify", buttons=()), None)
        level = guide.preparation.level if guide.preparation else None
        filters = Filters(like=guide.slug)
        if "less_school" in said.changes and level is not None:
            filters = replace(filters, level_most=max(level - 1, 0))
        if "more_money" in said.changes and guide.salary and guide.salary.median:
            filters = replace(filters, pay_least=guide.salary.median + 1)
        told = replace(said.filters, about="", words=(), traits=())
        more = replace(said, filters=told, changes=frozenset())
        return self._found(merged(filters, more), said, topic="related")

    def _found(self, filters: Filters, said: Said, start: int = 0, topic: str = "find") -> Found:
        found = finder(self._guides).find(filters)
        reply = listed_careers(self._guides, filters, found, start, said.unknown)
        shown = [match.slug for match in found.matches[start : start + SHOWN]]
        return Found(topic, reply, {"filters": _plain(filters), "start": start, "shown": shown})


def _has_word(names: Sequence[str], word: str) -> bool:
    """Whether a word stands in one of some names, in whatever form."""
    return any(root(word) in map(root, name.lower().split()) for name in names)


def _seeks(question: Question, said: Said, message: Message) -> bool:
    """Whether a message that was taken for something else looks for careers by its words."""
    if said.filters == Filters() or said.points:
        return False
    unsure = question.topic in topics() and question.sureness < SURE
    if said.seeks and (unsure or question.topic in OPEN):
        return True
    likeliest = [str(each["name"]) for each in (message.get("intent_ranking") or ())[:2]]
    return unsure and question.sureness < OPEN_BELOW and "ask_find" in likeliest


def _compares_again(question: Question) -> bool:
    """Whether a message after a comparison asks for a side of it, such as "less school?".

    Who speaks of themselves asks something else, unless they want one chosen.
    """
    if wants_reason(fold(question.text)) or asks_who_more(question.text):
        return True
    aspect = finding().aspect(question.text)
    there = question.values.get("state") and question.topic in MAY_ASK_THERE
    if aspect == CHOICE or there:
        return True
    weighs = question.topic in COMPARABLE and question.topic != "find"
    if not weighs or question.first("unlisted_career"):
        return False
    if question.topic in TOPICS and TOPICS[question.topic].measured:
        return True
    apart = mentions().speaks_of_oneself(question.text)
    return not apart and bool(aspect or asks_how_much(question.text))


def _beside_this(text: str) -> bool:
    """Whether a message sets a career beside the one in use: "do nurses earn more than this job"."""
    return says_this_job(text) and mentions().compares(fold(text))


def _weighs_one(said: Said, named: Sequence[Guide], in_use: Guide | None) -> bool:
    """Whether a message weighs the career that it names against the one in use: "what about data
    scientists, is it less school"."""
    other = len(named) == 1 and in_use is not None and named[0].slug != in_use.slug
    return other and said.points and bool(said.changes) and not said.seeks


def _says_where(said: Said) -> bool:
    """Whether a message says a state alone, where the career in use may be asked about."""
    where = said.filters.state
    return where is not None and not said.changes and said.filters == Filters(state=where)


def _cannot_be(question: Question, context: Context) -> bool:
    """Whether the likeliest intent is none that the message can have.

    Who names a career is not lost, and reacts to nothing; nor does he doubt where nothing was said:
    "he says that it is growing, are plumbers really". Who names one or points at it looks for no
    others, unless he says so.
    """
    named = question.first("career") is not None
    if question.topic == "doubt":
        return named and context.topic is None
    if question.topic == "replan":
        return context.topic != "make_plan" and question.sureness < SURE
    if question.topic == "find":
        said = finding().read(question.text)
        others = said.seeks or said.changes or said.unknown
        if named:
            return not others
        words_only = said.filters == Filters(about=said.filters.about, words=said.filters.words)
        leans = said.points or (words_only and not others and context.topic in topics())
        return question.sureness < SURE and leans
    if question.topic == "nlu_fallback":
        return named and context.topic in topics() and len(question.text.split()) <= SHORT
    unlikely = question.topic == "person" and question.sureness < SURE
    return named and (question.topic in NAMELESS or unlikely)


def _otherwise(message: Message, context: Context) -> Message | None:
    """A message as its next likely intent, if it has one.

    A career is asked about: where nothing says what, what was asked before, or of a state its pay.
    """
    (_, *others) = message.get("intent_ranking") or [None]
    question, known = read_question(message), topics()
    if not question.first("career"):
        return {**message, "intent": others[0]} if others else None
    unsaid = TOPICS_OF["state"] if question.first("state") else "summary"
    kept = {"name": f"ask_{context.topic if context.topic in known else unsaid}"}
    asking = (each for each in others if each["name"].removeprefix("ask_") in known)
    likeliest = next(asking, None) if question.topic != "nlu_fallback" else None
    sure = likeliest and likeliest["confidence"] >= LIKELY
    return {**message, "intent": likeliest if sure else kept}


def _about(message: Message, slug: str) -> Message:
    """A message as if it named a career."""
    career = {"entity": "career", "value": slug}
    return {**message, "entities": [*(message.get("entities") or ()), career]}


def search_of(filters: Filters, shown: Sequence[str]) -> dict[str, Any]:
    """What is looked for after a list that was made otherwise: the next message may change it.

    Args:
        shown: slugs of the careers in that list, which are none of the search's own.
    """
    return {"filters": _plain(filters), "start": -SHOWN, "shown": list(shown)}


def whole(message: Message, parts: Sequence[Message]) -> Sequence[Message]:
    """The message as one, where its parts say one wish: "which pays more, nurse or vet".

    Args:
        parts: its questions, in order.
    """
    if len(parts) == 1:
        return [{**parts[0], WHOLE: read_question(message).text}]
    topics_ = [read_question(part).topic for part in parts]
    careers = [
        each for part in parts[1:] for each in part.get("entities") or () if each["entity"] in NAMED
    ]
    named = {each["value"] for each in message.get("entities") or () if each["entity"] in NAMED}
    joined = "compare" if "compare" in topics_ and len(named) > 1 else topics_[0]
    if (joined == "compare" and len(named) > 1) or (joined in LISTS and not careers):
        intent = {"name": f"ask_{joined}", "confidence": read_question(parts[0]).sureness}
        return [{**message, "intent": intent, "parts": None}]
    return parts


def named_in(message: Message, guides: Guides) -> list[Guide]:
    """The careers that a message names, in its order; of several by one name the likeliest."""
    entities = [each for each in message.get("entities") or [] if each["entity"] in NAMED]
    found: dict[str, Guide] = {}
    for each in sorted(entities, key=lambda each: float(each.get("start", inf))):
        meant = (str(each["value"]), *(each.get("candidates") or ()))
        slug = next((slug for slug in meant if slug in guides), None)
        if slug:
            found[slug] = guides[slug]
    return list(found.values())


def _set_side_by_side(
    question: Question,
    named: Sequence[Guide],
    in_use: Guide | None,
    several: bool,
    again: bool,
) -> list[Guide]:
    """The careers to compare; fewer than two make no comparison.

    Args:
        several: whether the message speaks of several, such as "both".
        again: whether it goes on with a comparison.
    """
    compares = again or question.topic == "compare" or _may_compare(question, several)
    careers = list(named)
    if compares and len(careers) == 1 and in_use:
        careers.insert(0, in_use)
    unique = list({guide.slug: guide for guide in careers}.values())[:MOST]
    return unique if compares and len(unique) > 1 else []


def _may_compare(question: Question, several: bool) -> bool:
    """Whether a message that speaks of several careers sets them side by side."""
    named = any(question.values.get(name) for name in NAMED)
    side = finding().aspect(question.text) is not None
    if (several and side) or (named and sets_beside(question.text)):
        return True
    measured = question.topic in TOPICS and TOPICS[question.topic].measured
    weighed = measured or side or mentions().compares(question.text)
    beside = weighed and bool(question.values.get("compared_career"))
    return question.topic in COMPARABLE and (several or beside)


def _compares_none() -> Found:
    return Found("compare", Answer("utter_compare_which", kind="clarify", buttons=()), None)


def _lost() -> Found:
    return Found("lost", ways_in(), None)


def _plain(filters: Filters) -> dict[str, Any]:
    """Filters as a slot keeps them: those alone that say something."""
    return {name: value for name, value in asdict(filters).items() if value not in (None, "", ())}


def _kept(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value
