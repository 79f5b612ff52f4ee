"""The audio lesson, and the topics that only it speaks about."""

from __future__ import annotations

from rapidfuzz import fuzz

from answers.labels import label
from answers.model import Answer, Question, list_card
from answers.registry import answers, title
from answers.words import lines, stamp
from guides.schema import Guide, Passage, Stamp, Transcript
from understanding.text import fold

SAME_QUESTION = 82
"""How alike (0-100) a text and a passage's phrase must be to ask for that passage."""


def _spoken(topic: str) -> None:
    @answers(topic)
    def passage_on_topic(guide: Guide, question: Question) -> Answer:
        """What the audio lesson says on the topic."""
        return spoken(guide, guide.passages(topic))


for topic in ("advice", "first_step", "misfit", "portfolio", "projects", "teamwork"):
    _spoken(topic)


@answers("passage")
def passage(guide: Guide, question: Question) -> Answer:
    """The passage at a time stamp or on a subject, or the list of all passages."""
    assert guide.transcript
    at = question.first("stamp")
    if at:
        return spoken(guide, [_under_way(guide.transcript, Stamp.parse(at))])
    asked = _asked(guide, guide.transcript, question)
    if asked:
        return spoken(guide, [asked])
    contents = [(entry.title, stamp(entry.start)) for entry in guide.transcript.passages]
    facts = {
        "career": guide.title,
        "publisher": guide.transcript.publisher,
        "contents": lines(f"{at}: {name}" for name, at in contents),
    }
    card = list_card(title("passage"), ("", contents))
    return Answer("utter_answer_passages", facts, card=card)


def spoken(guide: Guide, passages: list[Passage]) -> Answer:
    """What the lesson says in these passages, with its time stamps."""
    facts = {
        "career": guide.title,
        "said": "\n".join(
            label("passage", "said", text=entry.said, place=place_of(entry)) for entry in passages
        ),
        "title": passages[0].title,
    }
    card = list_card(passages[0].title, ("", [(entry.said, place_of(entry)) for entry in passages]))
    return Answer("utter_answer_passage", facts, card=card, focus={"passage": passages[0].id})


def example(guide: Guide, topic: str | None, asked: str | None) -> Answer | None:
    """An example that the lesson gives in a passage that was asked for, or on a topic."""
    passages = guide.transcript.passages if guide.transcript else []
    near = [entry for entry in passages if entry.id == asked or topic in entry.topics]
    found = next((entry for entry in near if entry.example), None)
    if found is None:
        return None
    facts = {"example": str(found.example), "place": place_of(found)}
    return Answer("utter_example", facts, focus={"passage": found.id})


def place_of(entry: Passage) -> str:
    """Where a passage is in the lesson: 0:12, or where its question and its answer are."""
    if entry.asked_at is None:
        return stamp(entry.at)
    question, answer = stamp(entry.asked_at), stamp(entry.at)
    return label("passage", "answered", question=question, answer=answer)


def _under_way(transcript: Transcript, at: int) -> Passage:
    begun = [entry for entry in transcript.passages if entry.start <= at]
    return begun[-1] if begun else transcript.passages[0]


def _asked(guide: Guide, transcript: Transcript, question: Question) -> Passage | None:
    for entry in transcript.passages:
        if question.has("passage", entry.id):
            return entry
    text = fold(question.text)
    likeness = {
        entry.id: max(
            (
                fuzz.token_sort_ratio(text, fold(phrase))
                for phrase in guide.phrases.passages.get(entry.id, [])
            ),
            default=0,
        )
        for entry in transcript.passages
    }
    best = max(transcript.passages, key=lambda entry: likeness[entry.id])
    return best if likeness[best.id] >= SAME_QUESTION else None
