"""The audio lesson, the frequent questions, and what both say about myths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import get_args

from guides.page.forms import sentences, stamp
from guides.page.prose import prose
from guides.page.reading import LONGEST, Part, Reading, identifier
from guides.page.sections import Section
from guides.page.text import Piece
from guides.page.words import holds, topic_of, words
from guides.schema import PassageTopic
from understanding.english import any_of

LONGEST_PROMPT = 140
LONGER = 1.5
"""How much longer than what leads to it an answer is."""
LEAST_IN_COMMON = 0.6
"""Of the words of a claim, that what answers it has as well."""


@dataclass
class _Turn:
    """What one person says."""

    at: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


def read_transcript(reading: Reading, section: Section) -> None:
    """Passages in the words of the page: each answer with what leads to it as its title."""
    turns = list(_turns(section))
    for place, turn in enumerate(turns):
        before = turns[place - 1] if place else None
        after = turns[place + 1] if place + 1 < len(turns) else None
        if not _leads(turn, after):
            _passage(reading, turn, before if before and _leads(before, turn) else None)
    _publisher(reading, section)


def _turns(section: Section) -> Iterator[_Turn]:
    turn: _Turn | None = None
    for line in section.lines:
        at = stamp(line.text)
        said = _less_speaker(line.part(at.end) if at else line, "transcript.passages")
        if at:
            if turn:
                yield turn
            line.part(0, at.end).take("transcript.passages")
            turn = _Turn(at.value)
        if turn and said.text:
            turn.pieces.append(said)
    if turn:
        yield turn


def _less_speaker(piece: Piece, key: str) -> Piece:
    found = re.match(rf"(?:{any_of(words()['speakers'])})(?: ?\d)?: *", piece.text, re.IGNORECASE)
    if not found:
        return piece.stripped()
    piece.group(found).take(key)
    return piece.part(found.end()).stripped()


def _leads(turn: _Turn, after: _Turn | None) -> bool:
    """Whether a turn asks for the next one, or leads to it."""
    if after is None:
        return False
    short = len(turn.text) <= LONGEST_PROMPT and len(after.text) >= LONGER * len(turn.text)
    return turn.text.endswith("?") or short


def _passage(reading: Reading, turn: _Turn, prompt: _Turn | None) -> None:
    item: Part = {"id": "", "asked_at": prompt.at if prompt else None, "at": turn.at}
    told = [sentence for piece in turn.pieces for sentence in sentences(piece)]
    if not told:
        return
    asked = [piece.take("transcript.passages") for piece in prompt.pieces] if prompt else []
    item["title"] = " ".join(asked) or told[0].text
    topic = topic_of(item["title"]) if prompt else None
    item["topics"] = [topic] if topic in get_args(PassageTopic) else []
    text = ""
    for sentence in told:
        if len(text) + len(sentence.text) < LONGEST:
            text = f"{text} {sentence.take('transcript.passages')}".strip()
    item["text"] = text
    item["id"] = identifier(item["title"])
    if not item["topics"]:
        reading.todo.append(
            f"transcript.passages: {turn.at}: no topic is known for it: add topics, or asked"
        )
    reading.append("transcript.passages", {key: value for key, value in item.items() if value})


def _publisher(reading: Reading, section: Section) -> None:
    """Who made the lesson: "this career guide episode from X"."""
    lesson, by = any_of(words()["lesson_words"]), any_of(words()["welcome"])
    for line in section.lines[:3]:
        found = re.search(
            rf"\b(?:{lesson}) (?:{by}) ((?:[A-Z][\w&'-]*)(?: [A-Z][\w&'-]*)*)", line.text
        )
        if found and reading.get("transcript.publisher") is None:
            reading.put("transcript.publisher", found[1], line.group(found, 1))


def read_faq(reading: Reading, section: Section) -> None:
    """Questions with the topic that answers each; the facts in their answers are read as prose."""
    for line in section.lines:
        asked = _less_speaker(line, "faq")
        if not asked.text.endswith("?"):
            continue
        topic = topic_of(asked.text)
        if topic:
            reading.append("faq", {"question": asked.take("faq"), "topic": topic})


def truths(reading: Reading) -> None:
    """What the lesson says against each myth, where both speak of the same."""
    myths: list[Part] = reading.get("myths") or []
    refuted = list(_refuted(reading))
    pairs = sorted(
        (
            (_common(myth["claim"], claim.text), -place, myth, answer)
            for myth in myths
            if not myth["truth"]
            for place, (claim, answer) in enumerate(refuted)
        ),
        key=lambda pair: pair[:2],
        reverse=True,
    )
    used: set[int] = set()
    for common, place, myth, answer in pairs:
        if common >= LEAST_IN_COMMON and not myth["truth"] and place not in used:
            used.add(place)
            myth["truth"] = " ".join(sentence.take("myths") for sentence in answer)
            lines = answer[0].line.number
            reading.remarks.append(f"line {lines}: myths.{myth['id']}: its truth was found there")
    for myth in myths:
        if not myth["truth"]:
            myth["truth"] = reading.default("myths.truth", f"myths.{myth['id']}.truth")


def _refuted(reading: Reading) -> Iterator[tuple[Piece, list[Piece]]]:
    """Beliefs in running text, each with the sentences on it up to the next."""
    lead = re.compile(rf"\b(?:{any_of(words()['myth_leads'])})\b\s*", re.IGNORECASE)
    for section in reading.of("transcript", "faq", "myths"):
        for line in section.lines:
            claim: Piece | None = None
            answer: list[Piece] = []
            for sentence in sentences(line):
                found = lead.search(sentence.text)
                if found and claim and answer:
                    yield claim, answer
                if found:
                    claim, answer = sentence.part(found.end()), []
                elif claim:
                    answer.append(sentence)
            if claim and answer:
                yield claim, answer


def _common(claim: str, other: str) -> float:
    telling = _telling(claim)
    return len(telling & _telling(other)) / len(telling) if telling else 0.0


def _telling(text: str) -> set[str]:
    small = {*words()["fillers"], *words()["carriers"], *words()["claim_fillers"]}
    return {word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in small}


def look_for(reading: Reading) -> None:
    """What a good programme has, where the lesson says what to look for."""
    pattern = rf"\b((?:{any_of(words()['college']['look_for'])}) .+)"
    for sentence in prose(reading, "college", "transcript") if reading.get("college") else ():
        found = re.search(pattern, sentence.text, re.IGNORECASE)
        if found and not sentence.text.endswith("?") and not reading.get("college.look_for"):
            said = sentence.group(found, 1).take("college.look_for")
            reading.put("college.look_for", f"{said[:1].upper()}{said[1:]}")


def degree_note(reading: Reading) -> None:
    """Sentences on whether a degree is needed, and on how firm the routes are."""
    if not reading.get("education"):
        return
    for sentence in prose(reading, "education", "faq", "transcript"):
        if holds(sentence.text, "degrees") and holds(sentence.text, "degree_needed"):
            _once(reading, "education.degree_note", sentence)
        elif holds(sentence.text, "routes_vary") and not sentence.text.endswith("?"):
            _once(reading, "education.note", sentence)


def _once(reading: Reading, key: str, sentence: Piece) -> None:
    if sentence.text not in (reading.get(key) or ""):
        reading.text(key, [sentence])
