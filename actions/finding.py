"""Finding and comparing careers within a conversation: what is in force, what was shown, who is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, NamedTuple

from actions.speaking import Message, read_question
from answers.comparing import MOST, compared
from answers.context import OPEN_BELOW, Context
from answers.finding import SHOWN, listed_careers, ways_in
from answers.model import Answer, Question, payload
from answers.pointing import place_asked_of, place_pointed_at
from answers.registry import topics
from components.sentence_encoder import find_encoder
from guides.finding import Filters, Finder
from guides.loading import Guides
from guides.schema import Guide
from understanding.finding import Said, finding, merged
from understanding.students import first_number
from understanding.topics import ENTRIES, TOPICS

SURE = 0.7
"""Probability from which the intent is taken at its word."""
LISTS = ("find", "related", "check_interests")
"""Topics that are answered by a list of careers, which the next message may change."""
WHOLE = "whole"
"""Property of the only part of a message: all of its text, what it does not want included."""
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
NAMED = ("career", "compared_career", "mentioned_career")
"""Entities that name careers."""


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
        self._guides, self._talked_of = guides, talked_of
        kept = slot or {}
        given = {name: _kept(value) for name, value in kept.get("filters", {}).items()}
        self.filters = Filters(**given) if "filters" in kept else None
        self.start = int(kept.get("start", 0))
        self.shown: list[str] = list(kept.get("shown", ()))
        self.compared: list[str] = list(kept.get("compared", ()))

    def reply(
        self, question: Question, context: Context, message: Message, in_use: Guide | None
    ) -> Found | None:
        """The reply to a message that looks for careers or compares them; None to any other.

        Args:
            in_use: the career that "it" stands for, if one was chosen.
        """
        said_whole = str(message.get(WHOLE) or question.text)
        text = finding().offer(str(question.first("say"))) or said_whole
        said = finding().read(text)
        named = named_in(message, self._guides)
        meant = named or self._meant(question, context)
        careers = [] if said.filters.without else _set_side_by_side(question, meant, in_use)
        if careers:
            slugs = [guide.slug for guide in careers]
            return Found("compare", compared(careers, question), {"compared": slugs})
        if context.topic in LISTS and self.filters and self._goes_on(question, said):
            return self._changed(said)
        if question.topic == "compare" and context.topic in topics():
            return None
        if question.topic == "compare":
            return Found("compare", Answer("utter_compare_which", kind="clarify", buttons=()), None)
        if question.topic == "related":
            return self._related(said, next(iter(named), in_use))
        if question.topic == "find" or (not named and _seeks(question, said, message)):
            return self._found(merged(Filters(), said), said) if said.says else _lost()
        return _lost() if question.topic == "lost" else None

    def picked(self, message: Message, context: Context) -> Message | None:
        """A message that points at a career of the last list, as if it named it.

        Where no list was shown, what points and hardly looks for careers is taken for its next
        likely intent.
        """
        question = read_question(message)
        if context.topic not in LISTS:
            return _doubted(message, question)
        asks = question.topic if question.topic in topics() else "summary"
        place = place_pointed_at(question.text)
        if place is None and question.topic in topics():
            place = place_asked_of(question.text)
        if place is None or not -len(self.shown) <= place < len(self.shown):
            return None
        slug = self.shown[place]
        career = {"entity": "career", "value": slug}
        return {
            **message,
            "text": payload(asks, career=slug),
            "read": "",
            "intent": {"name": f"ask_{asks}"},
            "entities": [career],
        }

    def _meant(self, question: Question, context: Context) -> list[Guide]:
        """The careers that "them" stands for: those compared last, the first of a list, the last
        that were talked of."""
        count = int(first_number(question.text) or 0)
        slugs = list(self._talked_of[-(count if 1 < count <= MOST else 2) :])
        slugs = self.compared if context.topic == "compare" else slugs
        slugs = self.shown[:2] if context.topic in LISTS else slugs
        return [self._guides[slug] for slug in slugs if slug in self._guides]

    def _goes_on(self, question: Question, said: Said) -> bool:
        """Whether a message changes the search in force and starts none of its own."""
        if not said.says or said.fresh:
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


def _seeks(question: Question, said: Said, message: Message) -> bool:
    """Whether a message that was taken for something else looks for careers by its words."""
    if said.filters == Filters() or said.points:
        return False
    unsure = question.topic in topics() and question.sureness < SURE
    if said.seeks and (unsure or question.topic in OPEN):
        return True
    likeliest = [str(each["name"]) for each in (message.get("intent_ranking") or ())[:2]]
    return unsure and question.sureness < OPEN_BELOW and "ask_find" in likeliest


def _doubted(message: Message, question: Question) -> Message | None:
    """A message as its next likely intent, where it points at a career and hardly looks for any."""
    if question.topic != "find" or question.sureness >= SURE:
        return None
    others = [each for each in message.get("intent_ranking") or () if each["name"] != "ask_find"]
    return (
        {**message, "intent": others[0]}
        if others and finding().read(question.text).points
        else None
    )


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


def finder(guides: Guides) -> Finder:
    """The finder of some guides; the last one is kept."""
    if not _finders or _finders[0][0] is not guides:
        encoder = find_encoder({"encoder": "auto"})
        _finders[:] = [(guides, Finder(guides, encoder.encode if encoder else None))]
    return _finders[0][1]


_finders: list[tuple[Guides, Finder]] = []


def named_in(message: Message, guides: Guides) -> list[Guide]:
    """The careers that a message names, in its order; of several by one name the likeliest."""
    entities = [each for each in message.get("entities") or [] if each["entity"] in NAMED]
    found: dict[str, Guide] = {}
    for each in sorted(entities, key=lambda each: int(each.get("start", 0))):
        meant = (str(each["value"]), *(each.get("candidates") or ()))
        slug = next((slug for slug in meant if slug in guides), None)
        if slug:
            found[slug] = guides[slug]
    return list(found.values())


def _set_side_by_side(
    question: Question, named: Sequence[Guide], in_use: Guide | None
) -> list[Guide]:
    """The careers to compare; fewer than two make no comparison."""
    compares = question.topic == "compare" or (
        question.topic in COMPARABLE and bool(question.values.get("compared_career"))
    )
    careers = list(named)
    if compares and len(careers) == 1 and in_use:
        careers.insert(0, in_use)
    unique = list({guide.slug: guide for guide in careers}.values())[:MOST]
    return unique if compares and len(unique) > 1 else []


def _lost() -> Found:
    return Found("lost", ways_in(), None)


def _plain(filters: Filters) -> dict[str, Any]:
    """Filters as a slot keeps them: those alone that say something."""
    return {name: value for name, value in asdict(filters).items() if value not in (None, "", ())}


def _kept(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value
