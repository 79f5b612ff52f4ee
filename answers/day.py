"""The day: all of it, one moment, or a part."""

from __future__ import annotations

from collections.abc import Container, Sequence

from answers.labels import label
from answers.lesson import spoken
from answers.model import Answer, Card, Question, list_card
from answers.registry import answers
from answers.words import clock, lines
from guides.schema import Day, Entry, Guide
from understanding.classifier import Encoder
from understanding.english import english
from understanding.likeness import ROOT, likeness, sharing
from understanding.reading import FILLER
from understanding.text import fold, words

DAY = 24 * 60
LAST_ENTRY_MINUTES = 60
"""How long the last entry counts as under way: the guide does not say when it ends."""

PARTS = {
    "morning": (5 * 60, 12 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (17 * 60, 22 * 60),
    "night": (20 * 60, 29 * 60),
}
"""First and last minute since midnight of each part; a part may run past midnight."""

RULES = english("times")
FROM_THEN, UNTIL_THEN = RULES.pattern("from_then"), RULES.pattern("until_then")
LEAST_LETTERS = 3
"""Of a word by which an entry of the day is known."""
BESIDE = {"before": -1, "after": 1}
"""How far from what is named the entry lies that a facet asks for."""
ALIKE, ALIKE_SHARING = 0.42, 0.25
"""Likeness from which a task may answer a question, and the same where both share a word: of 200
questions that no guide answers, each with the tasks of a career drawn for it, 1 reached the first."""


def entry_asked_for(day: Day, question: Question) -> Entry | None:
    """The entry that a facet asks for by what is done: "when do they fix bugs".

    None where no entry or more than one fits best, or none lies there.
    """
    named = _likest(day, fold(question.text))
    place = day.entries.index(named) + BESIDE.get(question.facet or "", 0) if named else -1
    return day.entries[place] if 0 <= place < len(day.entries) else None


def _likest(day: Day, text: str) -> Entry | None:
    asked = _stems(text)
    shared = [len(asked & _stems(entry.activity)) for entry in day.entries]
    best = max(shared)
    return day.entries[shared.index(best)] if best and shared.count(best) == 1 else None


def _stems(text: str) -> set[str]:
    plain = fold(text).replace("stand-up", "standup")
    told = (word for word in words(plain) if not FILLER.fullmatch(word.text))
    return {word.stem[:ROOT] for word in told if len(word.stem) >= LEAST_LETTERS}


@answers("week")
def week(guide: Guide, question: Question) -> Answer:
    """What the audio lesson says on the week, or the tasks of the job."""
    passages = guide.passages("week")
    return spoken(guide, passages) if passages else _tasks(guide, "utter_answer_week_tasks")


def near_task(guide: Guide, text: str, encoder: Encoder | None) -> str | None:
    """The task of the job that comes nearest to a question that no topic answers, if one is near.

    So "do they testify" finds its task; what shares a word with it need not be as like it.
    """
    tasks = guide.tasks.entries if guide.tasks else []
    if encoder is None or not tasks:
        return None
    shared = sharing(fold(text), tasks, besides=fold(guide.title))
    alike = {
        task: found
        for task, found in zip(tasks, likeness(encoder, text, tasks), strict=True)
        if found >= (ALIKE_SHARING if task in shared else ALIKE)
    }
    return max(alike, key=alike.__getitem__, default=None)


def _tasks(guide: Guide, response: str) -> Answer:
    """The tasks of the job, which have no times."""
    assert guide.tasks
    entries = guide.tasks.entries
    facts = {"careers": guide.plural, "tasks": lines(entries), "note": guide.tasks.note}
    return Answer(response, facts, card=list_card(label("day", "tasks"), ("", entries)))


@answers("day")
def day(guide: Guide, question: Question) -> Answer:
    """The whole day, the entry under way at a time, or the entries of a part."""
    if guide.day is None:
        return _tasks(guide, "utter_answer_day_tasks")
    times, part = _one_each(question.values.get("time", ())), question.first("part")
    time = times[0] if times else None
    entry = entry_asked_for(guide.day, question) if question.facet and not (time or part) else None
    if entry:
        return _moment(guide, guide.day, entry.at.strftime("%H:%M"), None)
    if time and len(times) == 1:
        span = _span(guide.day, time, part, fold(question.text))
        return span or _moment(guide, guide.day, time, part)
    if part and not time:
        return _part(guide, guide.day, part)
    facts = {
        "career": guide.title,
        "summary": guide.day.summary,
        "entries": lines(map(_line, guide.day.entries)),
    }
    return Answer("utter_answer_day", facts, card=_card(guide.day, ()))


def _one_each(times: Sequence[str]) -> list[str]:
    """The times less those that are one of the others, said less exactly: "4pm ... at 4"."""
    exact = {minute % (DAY // 2) for time in times if ":" in time for minute in _sure(time)}
    return [
        time
        for time in times
        if not (time.startswith("~") and _readings(time, None)[0] % (DAY // 2) in exact)
    ]


def _sure(time: str) -> list[int]:
    return [] if time.startswith("~") else _readings(time, None)


def _moment(guide: Guide, day: Day, time: str, part: str | None) -> Answer:
    entry = under_way(day, time, part)
    if entry is None:
        focus = {"time": time, "part": part} if part else {"time": time}
        facts = {
            "career": guide.title,
            "first": _line(day.entries[0]),
            "last": _line(day.entries[-1]),
        }
        return Answer("utter_answer_day_outside", facts, card=_card(day, ()), focus=focus)
    place = day.entries.index(entry)
    last = place == len(day.entries) - 1
    facts = {
        "entry": _line(entry),
        "until": "" if last else clock(day.entries[place + 1].at),
        "position": "first" if place == 0 else "last",
    }
    response = "utter_answer_day_last" if last else "utter_answer_day_moment"
    focus = {"time": entry.at.strftime("%H:%M")}
    return Answer(response, facts, card=_card(day, (entry,)), focus=focus)


def _span(day: Day, time: str, part: str | None, text: str) -> Answer | None:
    """The entries from a time on, or until then, where a folded text asks for these."""
    entry = under_way(day, time, part) if ":" in time else None
    later = FROM_THEN.search(text)
    if entry is None or not (later or UNTIL_THEN.search(text)):
        return None
    place = day.entries.index(entry)
    minutes = {minute % DAY for minute in _readings(time, part)}
    begins = entry.at.minutes in minutes
    entries = day.entries[place:] if later else day.entries[: place + (not begins)]
    facts = {"time": clock(entry.at), "entries": lines(map(_line, entries))}
    response = "utter_answer_day_from" if later else "utter_answer_day_until"
    focus = {"time": entry.at.strftime("%H:%M")}
    return Answer(response, facts, card=_card(day, entries), focus=focus)


def under_way(day: Day, time: str, part: str | None = None) -> Entry | None:
    """The entry under way at a time, or None before the first and after the last.

    Args:
        time: "first", "last", "14:30", or "~2:30" where morning or afternoon is open; then the
            reading within the day wins, and `part` decides where both would fit.
    """
    if time in ("first", "last"):
        return day.entries[0 if time == "first" else -1]
    start = day.entries[0].at.minutes
    offsets = [(minute - start) % DAY for minute in _readings(time, part)]
    length = (day.entries[-1].at.minutes - start) % DAY + LAST_ENTRY_MINUTES
    offset = min(offsets)
    if offset >= length:
        return None
    begun = [entry for entry in day.entries if (entry.at.minutes - start) % DAY <= offset]
    return begun[-1]


def _readings(time: str, part: str | None) -> list[int]:
    hour, minute = map(int, time.lstrip("~").split(":"))
    minutes = hour * 60 + minute
    if not time.startswith("~"):
        return [minutes]
    readings = [minutes % (DAY // 2), minutes % (DAY // 2) + DAY // 2]
    if part in ("morning", "afternoon"):
        return [readings[part == "afternoon"]]
    fitting = [reading for reading in readings if part and _within(reading, part)]
    return fitting or readings


def _within(minutes: int, part: str) -> bool:
    first, end = PARTS[part]
    return first <= minutes < end or first <= minutes + DAY < end


def _part(guide: Guide, day: Day, part: str) -> Answer:
    entries = [entry for entry in day.entries if _within(entry.at.minutes, part)]
    facts = {
        "career": guide.title,
        "part": label("parts", part),
        "entries": lines(map(_line, entries)),
        "first": _line(day.entries[0]),
        "last": _line(day.entries[-1]),
    }
    response = "utter_answer_day_part" if entries else "utter_answer_day_part_empty"
    return Answer(response, facts, card=_card(day, entries), focus={"part": part})


def _line(entry: Entry) -> str:
    return f"{clock(entry.at)}: {entry.activity}"


def _card(day: Day, marked: Container[Entry]) -> Card:
    entries = [
        {
            "time": entry.at.strftime("%H:%M"),
            "label": clock(entry.at),
            "text": entry.activity,
            "marked": entry in marked,
        }
        for entry in day.entries
    ]
    return {"type": "timeline", "title": label("day", "card"), "entries": entries}
