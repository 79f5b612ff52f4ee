"""Lesson sheets: ten questions on every guide, whose key is what the chat answers."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from answers import lesson_sheet
from answers.lesson_sheet import LessonQuestion, lesson_questions, lessons
from answers.registry import answer, covers
from answers.responses import load_responses, worded
from channels.drawing import KEY, LESSON, draw_key, draw_lesson
from guides.documents import DocumentError
from guides.library import Library
from guides.schema import Guide
from tests.test_guide_pages import FIGURE, ORIGIN, Parsed
from understanding.topics import TOPICS

SEED, DRAWN = 2026, 40
WORD = re.compile(r"[A-Za-z]{3,}")


def untold(guide: Guide, question: LessonQuestion) -> list[str]:
    """Entries, figures and names of a key that the chat's answer to its question does not say."""
    said = worded(answer(guide, question.asked), load_responses())
    listed = [line for block in question.key if block.kind != "text" for line in block.lines]
    texts = [line for block in question.key if block.kind == "text" for line in block.lines]
    told = [each for line in (*texts, question.beside) for each in FIGURE.findall(line)]
    own = set(WORD.findall(key_words(question)))
    names = [word for line in texts for word in WORD.findall(line) if word not in own]
    return [each for each in (*listed, *told, *names) if each not in said]


def key_words(question: LessonQuestion) -> str:
    """The words that the file itself puts into a key of this topic."""
    texts = [each.key for each in lessons().questions if each.topic == question.asked.topic]
    return re.sub(r"\{\w+\}", " ", " ".join(texts))


def check(guide: Guide) -> list[LessonQuestion]:
    """The questions on a guide, if they are what a lesson needs."""
    questions = lesson_questions(guide)
    assert len(questions) == lessons().count == 10, guide.slug
    assert len({each.text for each in questions}) == 10, guide.slug
    topics = Counter(each.asked.topic for each in questions)
    if guide.codes:  # one by hand may have a topic without what is asked
        first = {topic for topic in lessons().first if covers(guide, topic)}
        assert first <= set(topics), guide.slug
    assert max(topics.values()) == 1 or len(topics) < 10
    for each in questions:
        assert untold(guide, each) == [], (guide.slug, each.text)
        assert each.key and each.sources and each.text[-1] in "?.", (guide.slug, each.text)
        assert not re.search(r"[{}]|None", f"{each.text} {each.beside}"), (guide.slug, each.text)
    return questions


def test_the_key_is_what_the_chat_answers(library: Library, mlops: Guide, keeper: Guide) -> None:
    """By hand, fictional, and forty careers by a seed; no topic of theirs is ever left out."""
    drawn = random.Random(SEED).sample(sorted(library), DRAWN)
    guides = [*(library[slug] for slug in drawn), mlops, keeper]
    asked = Counter(each.asked.topic for guide in guides for each in check(guide))
    assert len(asked) > 13 and set(asked) <= set(TOPICS)


def test_a_key_that_is_wrong_is_seen(mlops: Guide) -> None:
    """The check above is one: another guide's figures, or a text of ours, fail it."""
    (pay,) = [each for each in lesson_questions(mlops) if each.asked.topic == "salary"]
    salary = mlops.salary
    assert salary and untold(mlops, pay) == []
    other = mlops.copy(update={"salary": salary.copy(update={"min": 1.0, "max": 2.0})})
    assert untold(other, pay) == ["130,000", "185,000"]


def test_a_sheet_stays_the_same_and_differs_from_others(library: Library) -> None:
    """Two classes get the same; two careers are asked about different things."""
    some = random.Random(SEED).sample(sorted(library), DRAWN)
    asked = {slug: tuple(each.text for each in lesson_questions(library[slug])) for slug in some}
    again = {slug: tuple(each.text for each in lesson_questions(library[slug])) for slug in some}
    assert asked == again
    topics = {tuple(each.asked.topic for each in lesson_questions(library[slug])) for slug in some}
    assert len(topics) > 30


def test_a_doubt_stands_in_the_key(library: Library, mlops: Guide) -> None:
    """What the chat says beside a figure of pay, jobs or growth is there, too, with its date."""
    for guide in (mlops, library["electrician"], library["registered-nurse"]):
        for each in lesson_questions(guide):
            if each.asked.topic in ("salary", "outlook"):
                section = getattr(guide, each.asked.topic)
                assert section.caveat in each.beside, (guide.slug, each.text)


def test_a_state_that_few_were_asked_in_is_not_asked_about(library: Library) -> None:
    """The chat would say that its figures may be far off."""
    for slug in random.Random(SEED).sample(sorted(library), DRAWN):
        guide = library[slug]
        unsure = {
            pay.state for pay in (guide.salary.states if guide.salary else ()) if pay.uncertain
        }
        for each in lesson_questions(guide):
            assert each.asked.first("state") not in unsure


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("count: 10\nfirst: []\nquestions: [{topic: salary, ask: a}]", "questions[0].key: found nothing"),
        ("count: 10\nfirst: []\nquestions: [{topic: summary, ask: a, key: '{sumary}'}]", "found {sumary}, expected one of: {summary}"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named(
    said: str, fault: str, mlops: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """With the place, and what is expected there."""
    path = tmp_path / "lesson_sheet.yml"
    path.write_text(said)
    monkeypatch.setattr(lesson_sheet, "FILE", path)
    lessons.cache_clear()
    with pytest.raises(DocumentError) as refused:
        lesson_questions(mlops)
    lessons.cache_clear()
    assert "lesson_sheet.yml: " in str(refused.value) and fault in str(refused.value)


def test_the_sheet_asks_and_the_key_answers(library: Library) -> None:
    """Room to write, a code for the chat of the school, and no answer on the sheet itself."""
    guide = library["electrician"]
    sheet, key = draw_lesson(guide, ORIGIN, "lincoln"), draw_key(guide, ORIGIN, "lincoln")
    read, answered = Parsed(sheet), Parsed(key)
    for each in lesson_questions(guide):
        assert each.text in read.text() and each.text in answered.text()
        assert all(line in answered.text() for block in each.key for line in block.told())
        assert each.beside in answered.text() and set(each.sources) <= set(texts(key))
        if each.asked.topic == "salary":
            assert not [line for block in each.key for line in block.lines if line in read.text()]
    assert sheet.count('class="room"') == 10 and "svg" in read.tags and "svg" not in answered.tags
    chat = f"{ORIGIN}/chat?school=lincoln&guide=electrician"
    assert chat in re.sub(r"\s", "", read.text())
    below = {f"/guides/electrician{place}?school=lincoln" for place in (KEY, "")}
    assert below <= set(read.links)
    assert f"/guides/electrician{LESSON}?school=lincoln" in answered.links
    assert answered.named["robots"] == "noindex" and "robots" not in read.named
    assert read.named["canonical"] == f"{ORIGIN}/guides/electrician/lesson"
    assert "script" not in read.tags and "script" not in answered.tags


def texts(page: str) -> list[str]:
    """The texts between the tags of a page."""
    return re.findall(r">([^<>]+)<", page)


def test_texts_of_a_guide_stay_texts(keeper: Guide) -> None:
    """Whatever a guide says makes no element."""
    bad = '<b title="x">\'&'
    snapshot = keeper.snapshot.copy(update={"summary": bad, "titles": [bad, f"{bad}2"]})
    guide = keeper.copy(update={"title": bad, "plural": bad, "snapshot": snapshot})
    for page in (draw_lesson(guide, ORIGIN), draw_key(guide, ORIGIN)):
        assert "b" not in Parsed(page).tags and bad in Parsed(page).text()
