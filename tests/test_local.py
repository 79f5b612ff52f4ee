"""Local answers: their file, their days, what asks for them, and how they are said."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import answering, local
from actions.local import Local
from answers.in_force import InForce, LocalAnswers
from answers.local import LOCAL, told
from answers.model import Answer
from answers.taking import Asked, Questions
from channels.messages import read_feedback
from guides.documents import DocumentError, read
from guides.local import LARGEST, LONGEST, MOST, TEMPLATE, LocalAnswer, Locals, path_of, read_locals
from guides.school import School
from guides.watching import SECONDS
from serving import checks
from serving import local as command
from tests.test_actions import tracker
from understanding.local_phrases import (
    ALONE,
    ASKED,
    CLOSE,
    SHARED,
    STANDS_OUT,
    SURELY,
    LocalPhrases,
)
from understanding.ngrams import FloatArray
from understanding.text import fold

FAULT = re.compile(
    r"schools/answers/school\.yml: .+: found (?:.+, expected .+|twice \(line \d+\), expected once)"
)
CAREERS = ("mlops-engineer", "chef")
TODAY = date.today()
DAYS = f"  checked: {TODAY}\n  until: {TODAY + timedelta(days=30)}\n"
FAIR = "career_fair:\n  asked: [when is the career fair, is there a career fair]\n"
GIVEN = f"{FAIR}  answer: It is in March.\n{DAYS}"
NOTE = f"forms:\n  topic: salary\n  answer: Pay slips hang in room 1.\n{DAYS}"

FAULTS = [
    (f"{GIVEN}  room: 1\n", "career_fair: room: found 1, expected no such key"),
    (GIVEN.replace(", is there a career fair", ""), "career_fair: asked: found a list of 1, expected 2 to 5 ways to ask"),
    (GIVEN.replace("It is in March.", "'**March**'"), "career_fair: answer: found '**March**', expected words without *: a web address stands in link"),
    (GIVEN.replace("It is in March.", "See www.x.example"), "career_fair: answer: found 'See www.x.example', expected words without www.: a web address stands in link"),
    (GIVEN.replace("It is in March.", "In room #204."), "career_fair.answer (line 3): found '#204.' cut off as a comment, expected none behind a text"),
    (GIVEN.replace("It is in March.", '""'), "career_fair: answer: found '', expected some words"),
    (GIVEN + "  link: {words: all, url: \"http://x.example\"}\n", "career_fair: link.url: found 'http://x.example', expected an address that starts with https://"),
    (GIVEN + "  link: {words: all, url: \"javascript:x\"}\n", "career_fair: link.url: found 'javascript:x', expected an address that starts with https://"),
    (GIVEN + "  careers: [cheff]\n", "career_fair: careers[0]: found 'cheff', expected the name of a guide"),
    (GIVEN + "  topic: pay\n", "career_fair: topic: found 'pay', expected one of: summary, importance, day"),
    (NOTE.replace("topic: salary", "careers: []"), "forms: topic: found nothing, expected a topic that it is a note on, or asked with ways to ask"),
    (GIVEN.replace(f"checked: {TODAY}", "checked: May"), "career_fair: checked: found 'May', expected a day such as 2026-09-14"),
    (GIVEN.replace(f"checked: {TODAY}", f"checked: {TODAY + timedelta(1)}"), f"career_fair: checked: found '{TODAY + timedelta(1)}', expected a day that has come"),
    (GIVEN.replace(f"until: {TODAY + timedelta(days=30)}", f"until: {TODAY + LONGEST + timedelta(1)}"), f"career_fair: until: found '{TODAY + LONGEST + timedelta(1)}', expected a day of the year after checked, {TODAY}"),
    (GIVEN.replace(f"until: {TODAY + timedelta(days=30)}", f"until: {TODAY - timedelta(1)}"), f"career_fair: until: found '{TODAY - timedelta(1)}', expected a day of the year"),
    (GIVEN + GIVEN.replace("career_fair", "fair").replace("is there", "what is"), "fair: asked[0]: found 'when is the career fair' as in career_fair: asked[0], expected it once"),
    (GIVEN + GIVEN, "career_fair: found twice (line 6), expected once"),
    (GIVEN.replace("career_fair", "Career Fair"), "Career Fair: found this name, expected lower-case letters, digits and underscores"),
    ("career_fair: in March\n", "career_fair: found 'in March', expected keys such as answer"),
    ("career_fair: [\n", "line 1: found broken YAML"),
    ("", "top: found nothing, expected a mapping"),
    ("a: &a [b]\nc: *a\n", "line 2: found *a, expected what it stands for, written out"),
    ("[" * 1000, "line 1: found 11 levels, expected 10 at most"),
    ("#" * (LARGEST + 1), f"the file: found {LARGEST + 1:,} bytes, expected at most {LARGEST:,}"),
    (GIVEN.replace("It is in March.", "Ms. Windham teaches kite repair in room 204, period 2."), "career_fair: answer: found the template's words, expected your own"),
    ("".join(NOTE.replace("forms", f"n{number}") for number in range(MOST + 1)), f"top: found {MOST + 1} answers, expected {MOST} at most"),
]  # fmt: skip


def written(folder: Path, text: str) -> Path:
    """A school's file with this text."""
    path = folder / "school.yml"
    path.write_text(text, encoding="utf-8")
    return path


def entry(name: str = "career_fair", text: str = GIVEN, **changed: Any) -> LocalAnswer:
    """An answer as it is read, with some keys changed."""
    keys = {"asked": ["a", "b"], "answer": "It is in March.", "checked": TODAY, "until": TODAY}
    return LocalAnswer(**{**keys, **changed})


@pytest.mark.parametrize(("text", "fault"), FAULTS, ids=[fault[:60] for _, fault in FAULTS])
def test_a_fault_is_named(tmp_path: Path, text: str, fault: str) -> None:
    """The file, the entry, the key, what was found and what is expected."""
    with pytest.raises(DocumentError) as caught:
        read_locals(written(tmp_path, text), CAREERS)
    (line,) = caught.value.faults
    assert line.startswith(f"schools/answers/school.yml: {fault}"), line
    assert FAULT.fullmatch(line), line


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    """Those of all entries, in their order."""
    text = GIVEN.replace("March.", "March: <b>") + NOTE.replace("salary", "money")
    with pytest.raises(DocumentError) as caught:
        read_locals(
            written(tmp_path, text.replace("It is", "'It is").replace("<b>", "<b>'")), CAREERS
        )
    assert [line.split(": ")[1] for line in caught.value.faults] == ["career_fair", "forms"]


def test_the_template_is_a_file_as_it_should_be() -> None:
    """It has an answer of its own, one for some careers, and a note."""
    found = read_locals(TEMPLATE, CAREERS)
    assert [bool(each.asked) for each in found.values()] == [True, True, False]
    assert found["career_fair"].link and found["kite_class"].careers and found["course_forms"].topic


def test_a_file_with_an_underscore_is_no_schools(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`make check` reads every other file, and names one that is called otherwise."""
    monkeypatch.setenv("GUIDEPOST_ANSWERS", str(tmp_path))
    written(tmp_path, GIVEN).rename(tmp_path / "_notes.yml")
    assert checks.faults_of_locals() == []
    (tmp_path / "north.yaml").write_text(GIVEN)
    (tmp_path / "south.yml").write_text("x: 1\n")
    wrong_name, wrong_entry = checks.faults_of_locals()
    assert wrong_name.startswith("schools/answers/north.yaml: file: found this name")
    assert wrong_entry == "schools/answers/south.yml: x: found 1, expected keys such as answer"
    assert path_of("south").exists() and path_of() == tmp_path / "school.yml"


# What asks for an answer


class Drawn:
    """An encoder of made-up vectors: each text has one, others are alike to none."""

    def __init__(self, **likeness: float) -> None:
        """Take how like a text is to the one with 1; underscores stand for spaces."""
        self._likeness = {name.replace("_", " "): found for name, found in likeness.items()}
        self._own: dict[str, int] = {}
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Vectors of length 1: the first number is the likeness, the rest is each text's own."""
        self.calls += 1
        vectors = np.zeros((len(texts), 32), dtype=np.float32)
        for row, text in enumerate(texts):
            likeness = self._likeness.get(text, 0.0)
            vectors[row, 0] = likeness
            vectors[row, self._own.setdefault(text, len(self._own) + 1)] = (1 - likeness**2) ** 0.5
        return vectors


FAIR_WAYS = {"fair": ["when is the career fair", "is there a career fair"]}
EITHER, RATHER, SURELY_ASKED = 0.5, 0.8, 0.98
"""How likely the school is asked: as likely as not, rather, and surely."""
BOUND = SURELY - STANDS_OUT * ALONE - ASKED * log(4)
"""How near an only answer must come where the school is rather asked."""


def phrases(**likeness: float) -> LocalPhrases:
    """The career fair, in two ways and an answer of which all are as near to what is compared."""
    drawn = Drawn(**likeness, **dict.fromkeys(["when_is_the_career_fair", "is_there_a_career_fair", "in_march"], 1.0))  # fmt: skip
    return LocalPhrases(FAIR_WAYS, {"fair": "in march"}, drawn)


@pytest.mark.parametrize(
    ("text", "likeness", "school", "found"),
    [
        ("any news", BOUND + 0.001, RATHER, True),
        ("any news", BOUND - 0.001, RATHER, False),
        ("any news", BOUND - ASKED * 2.4, SURELY_ASKED, True),
        ("any news", BOUND - ASKED * 2.6, SURELY_ASKED, False),
        ("any news", 0.99, 1 - SURELY_ASKED, False),
        ("career fair", BOUND - SHARED + 0.001, RATHER, True),
        ("career fair", BOUND - SHARED - 0.001, RATHER, False),
        ("career shadowing", BOUND - SHARED / 2 + 0.001, RATHER, True),
        ("career shadowing", BOUND - SHARED / 2 - 0.001, RATHER, False),
    ],
)
def test_how_near_a_message_must_come(
    text: str, likeness: float, school: float, found: bool
) -> None:
    """Less near where it surely asks the school, and where it has the words of the answer."""
    given = phrases(**{text.replace(" ", "_"): likeness})
    near = given.asked_for([text, text], school, ["fair"])
    assert [each.name for each in near] == (["fair"] if found else [])


@pytest.mark.parametrize(
    ("second", "found"),
    [(0.0, ["fair"]), (0.2, ["fair"]), (0.48, [])],
)
def test_what_stands_out_need_be_less_near(second: float, found: list[str]) -> None:
    """Beside another answer that is as near, neither is surely meant."""
    ways = {"fair": ["fair"], "prom": ["prom"]}
    drawn = Drawn(x=1.0, fair=0.5, at_noon=0.5, prom=second, at_eight=second)
    given = LocalPhrases(ways, {"fair": "at noon", "prom": "at eight"}, drawn)
    near = given.asked_for(["x"], RATHER, ["fair", "prom"])
    assert [each.name for each in near] == found
    assert STANDS_OUT * 0.3 > SURELY - 0.5 - ASKED * log(4) > STANDS_OUT * 0.02


def test_what_is_hardly_less_near_comes_too() -> None:
    """To be offered beside the nearest."""
    ways = {"bio": ["bio"], "art": ["art"], "bus": ["bus"]}
    drawn = Drawn(
        x=1.0, bio=0.9, a=0.9, art=0.9 - CLOSE + 0.01, b=0.9 - CLOSE + 0.01, bus=0.5, c=0.5
    )
    given = LocalPhrases(ways, {"bio": "a", "art": "b", "bus": "c"}, drawn)
    assert [each.name for each in given.asked_for(["x"], SURELY_ASKED, [*ways])] == ["bio", "art"]


def test_a_word_is_looked_for_as_typed_too() -> None:
    """Putting right may take away what only the school knows: "hosa" became "has"."""
    given = phrases(when_is_hosa=0.9)
    assert given.asked_for(["when is has", "When is HOSA"], RATHER, ["fair"])
    assert not given.asked_for(["when is has", "when is has"], RATHER, ["fair"])


def test_only_answers_for_the_career_are_found() -> None:
    """One for other careers is none; nor is a note that nobody can ask for."""
    drawn = Drawn(a=1.0, b=1.0, **{"it is in march.": 1.0})
    found = InForce.of({"one": entry(careers=["chef"]), "two": entry(topic="salary")}, drawn)
    assert [each.name for each in found.asked_for(["a"], 0.9, "chef")] == ["one", "two"]
    assert [each.name for each in found.asked_for(["a"], 0.9, "mlops-engineer")] == ["two"]
    assert InForce.of({"note": entry(asked=[], topic="salary")}, drawn).phrases is None
    assert InForce.of({"one": entry()}, None).phrases is None


# How it is said


def test_an_answer_is_the_schools_word_with_its_date(
    school: School, checked: Callable[..., str]
) -> None:
    """First the answer, then who says it and when it was last sure of it; a link stands in both."""
    checked_in, link = date(2026, 5, 4), {"words": "All firms", "url": "https://x.example/fair"}
    given = told(entry(checked=checked_in, until=checked_in, link=link), school, checked_in)
    assert checked(given, LOCAL, None) == (
        "It is in March.\nAll firms: https://x.example/fair\nFrom your school, checked in May 2026."
    )
    (source,) = given.sources
    assert source["url"] == "https://x.example/fair" and source["publisher"] == school.name
    plain = told(entry(checked=checked_in, until=checked_in), school, checked_in)
    assert checked(plain, LOCAL, None) == "It is in March.\nFrom your school, checked in May 2026."


def test_an_old_answer_warns_first_and_names_a_person(
    school: School, checked: Callable[..., str]
) -> None:
    """From the day after `until`."""
    day = date(2025, 12, 1)
    old = entry(checked=day, until=day)
    assert "out of date" not in checked(told(old, school, day), LOCAL, None)
    text = checked(told(old, school, day + timedelta(1)), LOCAL, None)
    assert text.startswith("This may be out of date: your school last checked it in December 2025.")
    assert text.index(school.person.name) < text.index("It is in March.")


class Fixed:
    """Answers in force, without a file."""

    def __init__(self, answers: Locals, encoder: Drawn | None = None) -> None:
        self.now, self.faults = InForce.of(answers, encoder), []


@pytest.fixture
def in_force(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts answers in force for all actions."""

    def put(encoder: Drawn | None = None, **answers: LocalAnswer) -> None:
        fixed = Fixed(answers, encoder)
        monkeypatch.setattr(local, "in_force", lambda slug: fixed.now)

    return put


async def replies(intent: str, text: str, **given: Any) -> tuple[list[dict[str, Any]], list[Any]]:
    """The messages of an answer, and the slots that it sets."""
    dispatcher = CollectingDispatcher()
    events = await answering.ActionAnswer().run(dispatcher, tracker(intent, text, **given), {})
    return dispatcher.messages, [each["name"] for each in events if each["event"] == "slot"]


def alike(**likeness: float) -> Drawn:
    """Vectors of messages, by how near they come to all texts of `entry`."""
    return Drawn(a=1.0, b=1.0, **{"it is in march.": 1.0}, **likeness)


async def test_the_school_answers_and_nothing_is_remembered(
    in_force: Callable[..., None],
) -> None:
    """Neither the words nor a topic: the next question goes on from the guide's last answer."""
    in_force(alike(fair_when=0.9), fair=entry())
    (message,), slots = await replies("ask_uncovered", "fair when", of_school=EITHER)
    assert message["response"] == "utter_local" and message["answer"] == "It is in March."
    assert message["custom"]["kind"] == message["custom"]["topic"] == LOCAL
    assert message["custom"]["guide"] is None and message["buttons"] == [] and slots == []


def test_a_tap_and_a_career_alone_are_for_the_guides(
    in_force: Callable[..., None], school: School
) -> None:
    """However near they come."""
    in_force(alike(chef=1.0, **{"/chef": 1.0}), fair=entry())
    named = [{"entity": "career", "value": "chef", "start": 0, "end": 4}]
    assert Local(school).answer({"text": "chef", "of_school": EITHER}, "chef")
    assert Local(school).answer({"text": "/chef"}, "chef") is None
    assert Local(school).answer({"text": "chef", "entities": named}, "chef") is None


async def test_what_a_form_takes_is_no_question_to_the_school(
    in_force: Callable[..., None],
) -> None:
    """ "yes" to a statement of the quiz stays its answer."""
    in_force(alike(yes=1.0), fair=entry())
    at = tracker("affirm", "yes", slots={"requested_slot": "fit_answer", "fit_answers": []})
    at.active_loop = {"name": "fit_quiz_form"}
    dispatcher = CollectingDispatcher()
    await answering.ActionAnswer().run(dispatcher, at, {})
    assert dispatcher.messages == []


async def test_each_question_of_a_message_has_its_own_answer(
    in_force: Callable[..., None],
) -> None:
    """One from the school, one from the guide, in order; what is one question is answered once."""
    parts = [
        {
            "intent": {"name": "ask_uncovered"},
            "text": "fair when",
            "entities": [],
            "of_school": EITHER,
        },
        {"intent": {"name": "ask_salary"}, "text": "and the pay", "entities": []},
    ]
    in_force(alike(fair_when=0.9, both=0.5), fair=entry())
    messages, _ = await replies("ask_uncovered", "both", parts=parts, of_school=EITHER)
    assert [each["custom"]["topic"] for each in messages] == [LOCAL, "salary"]
    in_force(alike(fair_when=0.9, both=0.97), fair=entry())
    messages, _ = await replies("ask_uncovered", "both", parts=parts, of_school=EITHER)
    assert [each["custom"]["topic"] for each in messages] == [LOCAL]


async def test_a_note_follows_the_guides_answer(in_force: Callable[..., None]) -> None:
    """With the buttons below it; not on another topic, for another career, or once it is old."""
    note = entry(asked=[], topic="salary", answer="Pay slips hang in room 1.")
    for each, count in (
        (note, 2),
        (note.copy(update={"topic": "day"}), 1),
        (note.copy(update={"careers": ["chef"]}), 1),
        (note.copy(update={"until": TODAY - timedelta(1)}), 1),
    ):
        in_force(note=each)
        messages, slots = await replies("ask_salary", "pay?")
        assert len(messages) == count and messages[0]["response"] == "utter_answer_salary"
        assert (
            messages[-1]["buttons"] and [bool(one["buttons"]) for one in messages].count(True) == 1
        )
        assert "topic" in slots
    in_force(note=note)
    _, note_said = (await replies("ask_salary", "pay?"))[0]
    assert (
        note_said["answer"] == "Pay slips hang in room 1." and note_said["custom"]["kind"] == LOCAL
    )


async def test_a_note_is_not_said_twice_in_a_row(
    in_force: Callable[..., None], school: School, worded: Callable[[Answer], str]
) -> None:
    """Nor taken for the answer that "shorter" is about."""
    note = entry(asked=[], topic="salary")
    in_force(note=note)
    said = [
        {"event": "user"},
        {"event": "bot", "text": "The pay is good. It varies.", "data": {"custom": {"kind": "answer"}}},
        {"event": "bot", "text": worded(told(note, school, TODAY)), "data": {"custom": {"kind": LOCAL}}},
        {"event": "user"},
    ]  # fmt: skip
    (message,), _ = await replies("ask_salary", "pay?", events=said)
    assert message["custom"]["kind"] == "answer"
    (shorter, *_), _ = await replies("shorten", "shorter", events=said, slots={"topic": "salary"})
    assert "The pay is good." in str(shorter)


async def test_what_is_hardly_less_near_is_offered(in_force: Callable[..., None]) -> None:
    """A question that is as near to another local answer has a button for that."""
    art, music = entry(asked=["ap art", "b"]), entry(asked=["ap music", "c"], answer="Room 2.")
    ways = {"b": 0.8, "it is in march.": 0.8, "room 2.": 0.75, "c": 0.75}
    in_force(Drawn(which=1.0, ap_art=0.8, ap_music=0.75, **ways), art=art, music=music)
    (message,), _ = await replies("ask_uncovered", "which", of_school=EITHER)
    assert message["answer"] == "It is in March."
    assert message["buttons"] == [{"title": "ap music", "payload": "ap music"}]
    ways |= {"room 2.": 0.65, "c": 0.65}
    in_force(Drawn(which=1.0, ap_art=0.8, ap_music=0.65, **ways), art=art, music=music)
    (message,), _ = await replies("ask_uncovered", "which", of_school=EITHER)
    assert message["buttons"] == []


async def test_where_no_guide_answers_the_school_may(in_force: Callable[..., None]) -> None:
    """What comes a little less near is told as what may be meant; where a guide answers, it is not."""
    in_force(alike(the_fair=0.5), fair=entry())
    (message,), slots = await replies("ask_uncovered", "the fair", of_school=0.4)
    assert message["response"] == "utter_local" and message["custom"]["topic"] == LOCAL
    assert message["text"].startswith("I am not sure that you mean this") and slots == []
    (message,), _ = await replies("ask_salary", "the fair", of_school=0.3)
    assert message["response"] == "utter_answer_salary"
    (message,), _ = await replies("ask_salary", "the fair", of_school=0.6)
    assert message["response"] == "utter_local"
    (message,), _ = await replies("ask_uncovered", "the fair", of_school=0.05)
    assert message["response"] == "utter_uncovered"


async def test_without_local_answers_nothing_is_compared(
    in_force: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same replies, and no work."""
    drawn = Drawn()
    in_force(drawn)
    monkeypatch.setattr(local, "names_only", pytest.fail)
    assert len((await replies("ask_salary", "pay?"))[0]) == 1
    assert drawn.calls == 0


def test_a_thumb_on_a_local_answer_is_counted() -> None:
    """Under its own name, of no guide."""
    assert read_feedback({"guide": None, "topic": LOCAL, "verdict": "up"}, {}) == ("", LOCAL, "up")


# A file that changes


class Clock:
    """A clock that is put forward by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_change_is_in_force_and_a_broken_file_is_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Looked for every few seconds; what was read last stays, and the fault is named once."""
    clock = Clock()
    path = tmp_path / "school.yml"
    kept = LocalAnswers(path, CAREERS, None, clock)

    def after(text: str | None, seconds: float = SECONDS) -> tuple[list[str], list[str]]:
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
            os.utime(path, ns=(0, int(clock.now * 10**9)))
        clock.now += seconds
        assert kept.now is not None  # looks at the file
        kept._thread.submit(lambda: None).result()  # the file was read before this ran
        return list(kept.now.answers), kept.faults

    assert not kept.now.answers and kept.faults == []
    assert after(GIVEN, SECONDS / 2) == ([], [])
    assert after(GIVEN, SECONDS / 2) == (["career_fair"], [])
    names, faults = after(GIVEN + "forms: [\n")
    assert names == ["career_fair"] and len(faults) == 1 and "line" in faults[0]
    assert caplog.text.count("schools/answers/school.yml: line") == 1
    assert after(GIVEN + NOTE) == (["career_fair", "forms"], [])
    assert after(None) == ([], [])


# The command


def test_the_command_says_what_is_wrong_and_what_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Faults end it; a way that another answer takes, an old day, a guide's question are told."""
    monkeypatch.setenv("GUIDEPOST_ANSWERS", str(tmp_path))
    monkeypatch.setattr(command, "find_library", lambda: CAREERS)
    near = {"it is in march.": 1.0, "when is the career fair": 1.0, "is there a career fair": 1.0}
    drawn = Drawn(is_a_career_fair_to_them=0.95, the_career_fair=1.0, **near)
    monkeypatch.setattr(command, "find_encoder", lambda _: drawn)
    asked = Questions([Asked("salary", "is a career fair to them"), Asked("day", "how is a day")])
    monkeypatch.setattr(command, "of_guides", lambda: asked)
    assert command.main(["school"]) == 1
    assert "school.yml: found no readable file" in capsys.readouterr().out
    old = TODAY - timedelta(days=9)
    written(tmp_path, re.sub(r"\d{4}-\d\d-\d\d", str(old), GIVEN))
    assert command.main(["school"]) == 0
    said = capsys.readouterr().out
    assert f"career_fair: until: {old} has passed" in said
    assert "career_fair: asked: would also answer questions to guides (1)" in said
    assert '"is a career fair to them" (Pay)' in said and "how is a day" not in said
    other = GIVEN.replace("career_fair", "other").replace(
        "when is the career fair", "the career fair"
    )
    written(tmp_path, GIVEN + other.replace("is there a career fair", "what else"))
    assert command.main([]) == 0
    assert 'other: asked: "the career fair" is answered by career_fair' in capsys.readouterr().out


def test_the_judged_questions_are_no_ways_to_ask() -> None:
    """What judges is entered nowhere."""
    folder = Path(__file__).parent / "local"
    ways = {fold(way) for each in read(folder / "answers.yml").values() for way in each["asked"]}
    judged = [text for name in ("asked", "aside") for texts in read(folder / f"{name}.yml").values() for text in texts]  # fmt: skip
    assert len(judged) == len(set(judged)) == 180 and not ways & {fold(text) for text in judged}
