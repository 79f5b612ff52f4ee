"""The custom actions: what they say and remember, and that they never fall silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions import answering, plan, quiz
from actions.speaking import SpeakingAction
from answers.model import Answer, Question, payload
from answers.offers import offered_payloads
from answers.registry import answer
from answers.responses import load_texts
from components.library import find_library
from guides.loading import Guides, load_guide, load_guides
from guides.schools import Schools
from tests.test_guides import KEEPER


def tracker(
    intent: str,
    text: str = "",
    entities: dict[str, str] | None = None,
    slots: dict[str, Any] | None = None,
    events: list[dict[str, Any]] | None = None,
    **message: Any,
) -> Tracker:
    """A conversation at its latest message."""
    found = [{"entity": name, "value": value} for name, value in (entities or {}).items()]
    latest = {"intent": {"name": intent}, "text": text, "entities": found, **message}
    return Tracker("sender", slots or {}, latest, events or [], False, None, {}, "action_listen")


async def said(action: Any, at: Tracker) -> tuple[dict[str, Any], dict[str, Any]]:
    """The one message of an action and the slots that it sets."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, at, {})
    (message,) = dispatcher.messages
    return message, {event["name"]: event["value"] for event in events if event["event"] == "slot"}


async def test_an_answer_is_worded_and_remembered() -> None:
    """A question gets its response, its custom object, next buttons, and leaves its topic."""
    message, slots = await said(answering.ActionAnswer(), tracker("ask_salary", "pay?"))
    assert message["response"] == "utter_answer_salary"
    assert message["range"] == "$130,000-$185,000"
    assert message["custom"]["kind"] == "answer" and message["custom"]["guide"] == "mlops-engineer"
    assert 1 <= len(message["buttons"]) <= 4
    assert slots["topic"] == "salary" and slots["career"] == "mlops-engineer"


async def test_a_block_is_not_said_twice_in_a_row(
    worded: Callable[[Answer], str], guides: Guides
) -> None:
    """The second time the part of it comes that is nearest to the question; a tap gets it again."""
    block = worded(answer(guides["mlops-engineer"], Question("salary")))
    events = [{"event": "user"}, {"event": "bot", "text": block}, {"event": "user"}]
    at = tracker("ask_salary", "does the pay depend on where you live", events=events)
    message, slots = await said(answering.ActionAnswer(), at)
    assert message["response"] == "utter_said_already" and slots["topic"] == "salary"
    assert "location" in message["parts"] and len(message["parts"]) < len(block) * 0.8
    tapped, _ = await said(answering.ActionAnswer(), tracker("ask_salary", events=events))
    assert tapped["response"] == "utter_answer_salary"


async def test_the_same_is_said_in_other_words() -> None:
    """Each wording comes once before one is said again, and then the one of longest ago."""
    events: list[dict[str, Any]] = []
    told = []
    for _ in range(len(load_texts()["utter_thank"]) + 1):
        at = tracker("thank", "thx", events=[*events, {"event": "user"}])
        message, _slots = await said(answering.ActionAnswer(), at)
        told.append(message["text"])
        events += [{"event": "user"}, {"event": "bot", "text": message["text"]}]
    assert len(set(told)) == len(told) - 1 and told[-1] == told[0]


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("ok i could see myself there", "utter_react"),
        ("would that be an issue for me", "utter_not_on_that"),
        ("could you do my homework", "utter_fallback"),
        ("i want to know who won the game", "utter_fallback"),
    ],
)
async def test_words_that_lean_are_no_riddle(text: str, response: str) -> None:
    """A statement gets a word, a question on what was said its short form; both only after one."""
    events = [{"event": "user"}, {"event": "bot", "text": "It pays well."}]
    at = tracker("nlu_fallback", text, slots={"topic": "salary"}, events=events, read=text)
    message, _ = await said(answering.ActionAnswer(), at)
    assert message["response"] == response
    assert ("It pays well." in message["text"]) == (response == "utter_not_on_that")
    first, _ = await said(answering.ActionAnswer(), tracker("nlu_fallback", text, read=text))
    assert first["response"] == "utter_fallback"


async def test_a_form_beside_a_question_begins_after_the_answer() -> None:
    """ "Am i cut out for this? quiz?" gets the answer, and then the first statement."""
    parts = [
        {"intent": {"name": intent}, "text": text, "entities": []}
        for intent, text in (("ask_fit", "am i cut out for this?"), ("take_quiz", "quiz?"))
    ]
    dispatcher = CollectingDispatcher()
    at = tracker("ask_fit", "am i cut out for this? quiz?", parts=parts)
    events = await answering.ActionAnswer().run(dispatcher, at, {})
    assert [each["custom"]["topic"] for each in dispatcher.messages] == ["fit"]
    assert events[-1] == FollowupAction("fit_quiz_form")


@pytest.mark.parametrize(
    ("text", "intent", "resumed"),
    [
        ("ok back again, lets carry on", "aside", True),
        ("go back to the pay", "go_back", False),
        ("we can finish it tomorrow", "aside", False),
        ("when do they finish work", "ask_hours", False),
    ],
)
async def test_a_quiz_that_was_left_goes_on(text: str, intent: str, resumed: bool) -> None:
    """Where answers are kept and the words say so; not where none are."""
    form = FollowupAction("fit_quiz_form")
    at = tracker(intent, text, slots={"fit_answers": ["yes"]}, read=text)
    events = await answering.ActionAnswer().run(CollectingDispatcher(), at, {})
    assert (form in events) == resumed
    fresh = await answering.ActionAnswer().run(
        CollectingDispatcher(), tracker(intent, text, read=text), {}
    )
    assert form not in fresh


async def test_a_surprise_is_another_one_each_time() -> None:
    """Myths first, as each sets something right, then what few expect."""
    events: list[dict[str, Any]] = []
    told = []
    for _ in range(8):
        at = tracker("surprise", "fun fact", events=[*events, {"event": "user"}], read="fun fact")
        message, _slots = await said(answering.ActionAnswer(), at)
        told.append(message["text"])
        events += [{"event": "user"}, {"event": "bot", "text": message["text"]}]
    assert len(set(told[:6])) == 6 and told[0].startswith("That is a myth")


async def test_what_was_answered_last_is_forgotten_with_the_next_answer() -> None:
    """The route of the last answer does not linger after a question on pay."""
    at = tracker("ask_salary", "pay?", slots={"topic": "education", "route": "bootcamp"})
    _, slots = await said(answering.ActionAnswer(), at)
    assert slots["route"] is None


async def test_a_slot_that_has_its_value_is_not_set_again() -> None:
    """Each event is kept and read again, so the same question twice leaves one event behind."""
    action = answering.ActionAnswer()
    _, first = await said(action, tracker("ask_salary", "pay?"))
    at = tracker("ask_salary", "pay?", slots=first)
    assert first == {"topic": "salary", "career": "mlops-engineer"}
    assert await action.run(CollectingDispatcher(), at, {}) == [FollowupAction("action_listen")]


async def test_the_last_part_of_a_message_decides_what_is_remembered() -> None:
    """What its first part was about does not linger, though the slots did not have it before."""
    parts = [
        {"intent": {"name": "ask_education"}, "text": "is a bootcamp ok", "entities": [{"entity": "route", "value": "bootcamp"}]},
        {"intent": {"name": "ask_salary"}, "text": "and what is the pay", "entities": []},
    ]  # fmt: skip
    dispatcher = CollectingDispatcher()
    events = await answering.ActionAnswer().run(dispatcher, tracker("mixed", parts=parts), {})
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert len(dispatcher.messages) == 2
    assert slots == {"topic": "salary", "career": "mlops-engineer"}


async def test_a_follow_up_uses_the_last_answer() -> None:
    """ "How long does that take" after a route is that route's length."""
    slots = {"topic": "education", "route": "bootcamp"}
    at = tracker("follow_up", "how long does that take", slots=slots)
    at.latest_message["facets"] = [("education.length", 0.9)]
    message, _ = await said(answering.ActionAnswer(), at)
    assert message["length"] == "3-12 months"


NAMED = [  # on the page of one guide, the guide of another is in use
    {"event": "user", "metadata": {"guide": "keeper"}},
    {"event": "slot", "name": "career", "value": "keeper"},
]


@pytest.mark.parametrize(
    ("events", "page", "used"),
    [
        (NAMED, "mlops-engineer", "mlops-engineer"),
        (
            [*NAMED, {"event": "user", "metadata": {"guide": "mlops-engineer"}}],
            "mlops-engineer",
            "mlops-engineer",
        ),
        (NAMED, "keeper", "keeper"),
        (NAMED, None, "keeper"),
        (
            [{"event": "user", "metadata": {"guide": "mlops-engineer"}}, NAMED[1]],
            "mlops-engineer",
            "keeper",
        ),
        ([NAMED[1]], "mlops-engineer", "keeper"),
    ],
    ids=["turned", "turned before", "same page", "no page", "named here", "carried over"],
)
async def test_a_page_of_another_guide_is_about_that_guide(
    events: list[dict[str, Any]], page: str | None, used: str
) -> None:
    """A guide that was used before does not answer on a page of another that is opened later."""
    keeper = load_guide(KEEPER).copy(update={"slug": "keeper"})
    guides = {**load_guides(), "keeper": keeper}
    action = answering.ActionAnswer(guides, Schools(guides))
    at = tracker("ask_salary", slots={"career": "keeper"}, events=events, metadata={"guide": page})
    message, _ = await said(action, at)
    assert message["custom"]["guide"] == used


async def test_a_career_without_a_guide_gets_no_facts() -> None:
    """Another career is named back with the list of guides and with no fact of this one."""
    at = tracker("ask_salary", "how much do nurses make", {"career": "nurse"})
    message, slots = await said(answering.ActionAnswer(), at)
    assert message["custom"]["kind"] == "no_guide" and message["custom"]["guide"] is None
    assert "130" not in str(message) and not slots


@pytest.mark.parametrize(
    ("intent", "band", "kind"),
    [
        ("nlu_fallback", "refuse", "fallback"),
        ("nlu_fallback", "offer", "clarify"),
        ("out_of_scope", "answer", "fallback"),
        ("ask_uncovered", "answer", "fallback"),
    ],
)
async def test_what_cannot_be_answered_offers_the_nearest(
    intent: str, band: str, kind: str
) -> None:
    """No guess: the likeliest topics are buttons."""
    names = (intent, "goodbye", "ask_salary", "ask_market")
    ranking = [{"name": name, "confidence": 0.3} for name in names]
    at = tracker(intent, "x", band=band, intent_ranking=ranking)
    message, slots = await said(answering.ActionAnswer(), at)
    assert message["custom"]["kind"] == kind
    assert message["buttons"][0]["payload"] == "/ask_salary"
    assert "topic" not in slots


async def test_the_last_reply_can_be_repeated() -> None:
    """Text, custom and buttons come again; with nothing said there is a friendly word."""
    data = {"custom": {"kind": "answer"}, "buttons": [{"title": "A", "payload": "/ask_day"}]}
    events = [{"event": "bot", "text": "as I said", "data": data}]
    message, _ = await said(answering.ActionRepeat(), tracker("repeat", events=events))
    assert message["text"] == "as I said" and message["custom"] == data["custom"]
    message, _ = await said(answering.ActionRepeat(), tracker("repeat"))
    assert message["response"] == "utter_nothing_to_repeat"


async def test_the_quiz_collects_one_nod_a_turn() -> None:
    """Each yes or no is added; only the last one completes the slot."""
    form = quiz.ValidateFitQuizForm()
    for given, complete in (([], False), (["yes"] * 4, True)):
        at = tracker("affirm", slots={"requested_slot": "fit_answer", "fit_answers": given})
        assert await form.extract_fit_answer(CollectingDispatcher(), at, {}) == {
            "fit_answer": "yes"
        }
        slots = form.validate_fit_answer("yes", CollectingDispatcher(), at, {})
        assert slots["fit_answers"] == [*given, "yes"]
        assert (slots["fit_answer"] == "complete") is complete


async def test_a_question_in_the_quiz_is_no_nod() -> None:
    """Another intent gives nothing, so that the form steps aside for the answer."""
    at = tracker("ask_salary", slots={"requested_slot": "fit_answer"})
    assert await quiz.ValidateFitQuizForm().extract_fit_answer(CollectingDispatcher(), at, {}) == {}


@pytest.mark.parametrize("given", [None, [], ["yes", "not sure"]])
async def test_no_result_without_all_answers(given: list[str] | None) -> None:
    """A quiz that broke off gets an apology, never a result of nothing."""
    message, slots = await said(
        quiz.ActionFinishFitQuiz(), tracker("affirm", slots={"fit_answers": given})
    )
    assert message["custom"]["kind"] == "error" and not slots


async def test_the_quiz_result_counts_nods() -> None:
    """Three of five reach the guide's threshold."""
    at = tracker("affirm", slots={"fit_answers": ["yes", "no", "yes", "not sure", "yes"]})
    message, slots = await said(quiz.ActionFinishFitQuiz(), at)
    assert message["response"] == "utter_quiz_enough" and message["nods"] == "3"
    assert message["noes"] == "1" and message["unsure"] == "1"
    assert slots["fit_answers"] is None


@pytest.mark.parametrize(
    ("slots", "response"),
    [
        ({"grade": "10", "hours": "4"}, "utter_plan"),
        ({"grade": "10"}, "utter_error"),
        ({}, "utter_error"),
    ],
)
async def test_no_plan_without_grade_and_hours(slots: dict[str, str], response: str) -> None:
    """The plan needs both, and says "None" in no case."""
    message, _ = await said(plan.ActionFinishPlan(), tracker("make_plan", slots=slots))
    assert message["response"] == response and "None" not in message.get("plan", "")


@pytest.mark.parametrize(
    ("text", "hours"), [("4", "4"), ("about 3", "3"), ("two", "2"), ("i like dogs", None)]
)
async def test_a_plain_number_is_enough_where_hours_were_asked(
    text: str, hours: str | None
) -> None:
    """A bare number answers the question for hours; other words do not."""
    at = tracker("nlu_fallback", text, slots={"requested_slot": "hours"})
    found = await plan.ValidatePlanForm().extract_hours(CollectingDispatcher(), at, {})
    assert found == ({"hours": hours} if hours else {})


@pytest.mark.parametrize("hours", ["0", "41", "1000"])
def test_hours_that_no_week_holds_are_asked_again(hours: str) -> None:
    """Such a number is not kept, and the student hears the limits."""
    dispatcher = CollectingDispatcher()
    slots = plan.ValidatePlanForm().validate_hours(hours, dispatcher, tracker("make_plan"), {})
    assert slots == {"hours": None}
    assert dispatcher.messages[0]["response"] == "utter_ask_again_hours"


async def test_a_fault_becomes_an_apology(caplog: pytest.LogCaptureFixture) -> None:
    """An action that fails says so, sets nothing, and logs no words of the student."""

    class Broken(SpeakingAction):
        def name(self) -> str:
            return "action_broken"

        def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
            raise KeyError("salary")

    try:
        message, slots = await said(Broken(), tracker("ask_salary", "my secret words"))
    finally:
        del Broken
    assert message["custom"]["kind"] == "error" and not slots
    assert "action_broken" in caplog.text and "secret" not in caplog.text


def test_the_default_guide_is_used_where_none_was_named() -> None:
    """Without a career, or with one whose guide went away, the school's default counts."""
    action = answering.ActionAnswer()
    assert set(action.guides) == set(find_library())
    for career in (None, "gone"):
        assert action.guide(tracker("ask_day", slots={"career": career})).slug == "mlops-engineer"


@pytest.mark.parametrize(
    ("intent", "text", "grade"),
    [
        ("make_plan", "for a junior", "11"),
        ("ask_pathway", "how long as a junior", None),
        ("nlu_fallback", "im a junior", "11"),
        ("ask_pathway", "junior", "11"),
    ],
)
async def test_a_question_in_the_plan_sets_no_grade(
    intent: str, text: str, grade: str | None
) -> None:
    """A grade counts where it answers the plan, not inside a question of its own."""
    at = tracker(intent, text, slots={"requested_slot": "grade"})
    start = text.index("junior")
    found = {"entity": "grade", "value": "11", "start": start, "end": start + 6}
    at.latest_message["entities"] = [found]
    extracted = await plan.ValidatePlanForm().extract_grade(CollectingDispatcher(), at, {})
    assert extracted == ({"grade": grade} if grade else {})


def part(intent: str, text: str, **entities: str) -> dict[str, Any]:
    """One question of a message as understanding hands it over."""
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return {"intent": {"name": intent}, "text": text, "entities": found, "band": "answer"}


async def answered(*parts: dict[str, Any], **slots: Any) -> tuple[list[dict[str, Any]], Any]:
    """The messages and the final slots after a message with these parts."""
    dispatcher = CollectingDispatcher()
    at = tracker(parts[0]["intent"]["name"], "both", slots=slots, parts=list(parts))
    events = await answering.ActionAnswer().run(dispatcher, at, {})
    slots_set = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    return dispatcher.messages, slots_set


async def test_each_question_of_a_message_is_answered_in_order() -> None:
    """Two questions get two answers, each with its own custom object."""
    messages, slots = await answered(part("ask_hours", "hours"), part("ask_salary", "and pay?"))
    assert [message["custom"]["topic"] for message in messages] == ["hours", "salary"]
    assert [message["response"] for message in messages] == [
        "utter_answer_hours",
        "utter_answer_salary",
    ]
    assert slots["topic"] == "salary"


async def test_a_later_question_can_point_at_an_earlier_one() -> None:
    """ "The bootcamp, and how long does that take": the second is about the bootcamp."""
    length = {**part("follow_up", "how long does that take"), "facets": [("education.length", 0.9)]}
    messages, _ = await answered(
        part("ask_education", "what about a bootcamp", route="bootcamp"), length
    )
    assert messages[1]["length"] == "3-12 months"


async def test_an_unknown_career_is_said_once() -> None:
    """A career without a guide stays the subject of what follows in the same message."""
    messages, slots = await answered(
        part("ask_salary", "how much do nurses make", career="nurse"),
        part("ask_hours", "and their hours"),
    )
    assert [message["custom"]["kind"] for message in messages] == ["no_guide"]
    assert not slots


async def test_a_career_with_a_guide_ends_talk_of_one_without() -> None:
    """A guide's career named later in the message gets its answer."""
    messages, _ = await answered(
        part("ask_salary", "how much do nurses make", career="nurse"),
        part("ask_hours", "and the hours in mlops", career="mlops-engineer"),
    )
    assert [message["custom"]["kind"] for message in messages] == ["no_guide", "answer"]


async def test_what_cannot_be_answered_is_said_beside_what_can() -> None:
    """An uncovered part gets its own honest reply and does not hide the answer."""
    messages, slots = await answered(
        part("ask_salary", "what do they earn"), part("ask_uncovered", "and in india?")
    )
    assert [message["custom"]["kind"] for message in messages] == ["answer", "fallback"]
    assert slots["topic"] == "salary"


async def test_repeat_says_every_reply_of_the_last_turn() -> None:
    """Two answers in one turn are both repeated, in order; older ones are not."""
    events = [
        {"event": "bot", "text": "old", "data": {}},
        {"event": "user", "text": "hours and pay"},
        {"event": "bot", "text": "hours", "data": {}},
        {"event": "bot", "text": "pay", "data": {}},
        {"event": "user", "text": "say that again"},
    ]
    dispatcher = CollectingDispatcher()
    await answering.ActionRepeat().run(dispatcher, tracker("repeat", events=events), {})
    assert [message["text"] for message in dispatcher.messages] == ["hours", "pay"]


async def test_a_question_about_the_assistant_may_name_any_career() -> None:
    """ "Is a teacher typing these replies" is about the assistant, not about teachers."""
    at = tracker("ask_bot", "is a teacher typing this", {"career": "teacher"})
    message, _ = await said(answering.ActionAnswer(), at)
    assert message["custom"]["kind"] == "smalltalk" and message["custom"]["topic"] == "bot"


@pytest.mark.parametrize(
    ("confidences", "first"),
    [((0.5, 0.4), "/ask_hours"), ((0.9, 0.09), "/ask_market"), ((0.5, 0.05), "/ask_market")],
)
async def test_an_unsure_answer_offers_the_runner_up(
    confidences: tuple[float, float], first: str
) -> None:
    """The next likely topic is the first button beside an answer that was a close call."""
    names = ("ask_salary", "ask_hours")
    ranking = [
        {"name": name, "confidence": sureness}
        for name, sureness in zip(names, confidences, strict=True)
    ]
    message, _ = await said(
        answering.ActionAnswer(), tracker("ask_salary", "what is it", intent_ranking=ranking)
    )
    payloads = [each["payload"] for each in message["buttons"]]
    assert payloads[0] == first and len(payloads) == len(set(payloads)) <= 4


NURSES = ["registered-nurse", "licensed-practical-nurse", "nurse-practitioner"]


def unsure(intent: str, text: str, *slugs: str, **more: Any) -> Tracker:
    """A message with a career's name that several careers have."""
    at = tracker(intent, text, **more)
    named = {"entity": "career", "value": "nurse", "candidates": list(slugs)}
    at.latest_message["entities"] = [named, *at.latest_message["entities"]]
    return at


async def test_an_ambiguous_career_is_asked_back() -> None:
    """Each career that goes by the name is a button that asks the same question again."""
    message, slots = await said(
        answering.ActionAnswer(), unsure("ask_salary", "nurse pay?", *NURSES)
    )
    assert message["response"] == "utter_which_career" and message["name"] == "nurse"
    assert message["custom"]["kind"] == "clarify" and slots == {"career": NURSES[0]}
    payloads = [each["payload"] for each in message["buttons"]]
    assert payloads == [payload("salary", career=slug) for slug in NURSES]
    assert set(payloads) <= offered_payloads(find_library())


async def test_a_choice_goes_on_with_the_question() -> None:
    """The tap answers for the career that was chosen and keeps it."""
    at = tracker("ask_salary", '/ask_salary{"career": "electrician"}', {"career": "electrician"})
    message, slots = await said(answering.ActionAnswer(), at)
    assert message["custom"]["guide"] == "electrician" and message["custom"]["topic"] == "salary"
    assert slots["career"] == "electrician"


async def test_a_choice_carries_on_what_was_asked() -> None:
    """By what things are chosen is in the button; four at most, and more are said to be there."""
    slugs = [*NURSES, "electrician", "plumber"]
    at = unsure("ask_education", "cheapest?", *slugs, entities={"facet": "cheapest"})
    message, _ = await said(answering.ActionAnswer(), at)
    assert message["response"] == "utter_which_career_more" and len(message["buttons"]) == 4
    first = message["buttons"][0]["payload"]
    assert first == payload("education", career=NURSES[0], facet="cheapest")
    assert first in offered_payloads(find_library())


async def test_an_ambiguous_career_is_asked_once() -> None:
    """A further question of the same message waits for the same choice."""
    first = part("ask_salary", "nurse pay")
    first["entities"] = [{"entity": "career", "value": "nurse", "candidates": NURSES}]
    messages, _ = await answered(first, part("ask_hours", "and their hours"))
    assert [message["custom"]["kind"] for message in messages] == ["clarify"]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ('/ask_salary{"career": "electrician"}', True),
        ('/take_quiz{"career": "electrician"}', True),
        ('/ask_salary{"career": "nobody"}', False),
        ('/ask_salary{"career":"electrician"}', False),
        ('/ask_salary{"career": "electrician", "x": "y"}', False),
        ('/ask_salary{"career": ["electrician"]}', False),
        ('/ask_salary{"facet": "; DROP"}', False),
        ('/ask_salary{', False),
        ('/ask_nothing{"career": "electrician"}', False),
        ('/ask_myths{"myth": "same_as_devops"}', True),
        ('/ask_salary{"myth": "same_as_devops"}', False),
        ('/ask_myths{"myth": "<b>"}', False),
    ],
)  # fmt: skip
def test_only_what_a_button_can_send_is_taken(text: str, offered: bool) -> None:
    """A payload may name a career that there is, and nothing that no button would send."""
    assert (text in offered_payloads(find_library())) == offered


async def test_a_form_is_about_the_career_that_it_was_started_for() -> None:
    """ "Make me a plan for the lighthouse" asks for that career's plan, and goes on with it."""
    keeper = load_guide(KEEPER).copy(update={"slug": "keeper"})
    guides = {**load_guides(), "keeper": keeper}
    form = plan.ValidatePlanForm(guides, Schools(guides))
    at = tracker("make_plan", "a plan for the keeper", {"career": "keeper"})
    assert form.guide(at).slug == "keeper"
    at.active_loop = {"name": "plan_form"}
    events = await form.run(
        CollectingDispatcher(), at, {"forms": {"plan_form": {"required_slots": []}}}
    )
    assert {"event": "slot", "timestamp": None, "name": "career", "value": "keeper"} in events


@pytest.mark.parametrize(
    ("form", "finish", "intent"),
    [
        (quiz.ValidateFitQuizForm, quiz.ActionFinishFitQuiz, "take_quiz"),
        (plan.ValidatePlanForm, plan.ActionFinishPlan, "make_plan"),
    ],
)
async def test_no_form_starts_for_a_career_that_is_not_sure(
    form: Any, finish: Any, intent: str
) -> None:
    """The student is asked which career it is for, and the button starts the form."""
    at = unsure(intent, "for nurses", *NURSES)
    assert await form().required_slots(["slot"], CollectingDispatcher(), at, {}) == []
    message, _ = await said(finish(), at)
    assert message["response"] == "utter_which_career"
    assert message["buttons"][0]["payload"] == payload(intent, career=NURSES[0])


@pytest.mark.parametrize(
    ("text", "entities", "grade", "hours"),
    [
        ("wait im a sophomore", {"grade": "10"}, "10", "5"),
        ("make it 2 hours", {"hours": "2"}, "11", "2"),
        ("3", {}, "11", "3"),
        ("bring up my plan", {}, "11", "5"),
    ],
)
async def test_a_plan_is_kept_and_changed(
    text: str, entities: dict[str, str], grade: str, hours: str
) -> None:
    """What the last plan was made for is kept, whatever of it is said anew."""
    slots = {"topic": "make_plan", "grade": "11", "planned_hours": "5"}
    at = tracker("replan", text, entities, slots)
    message, changed = await said(answering.ActionAnswer(), at)
    kept = {**slots, **changed}
    assert message["custom"]["kind"] == "plan" and f"{hours} hour" in message["hours"]
    assert (kept["grade"], kept["planned_hours"]) == (grade, hours)


@pytest.mark.parametrize(
    ("facet", "topic"),
    [
        ("math", "high_school"), ("smart", "first_step"), ("shy", "teamwork"),
        ("money", "education"), ("parents", "outlook"), ("late", "high_school"),
        ("fail", "first_step"), ("future", "outlook"),
    ],
)  # fmt: skip
async def test_a_feeling_gets_a_sentence_and_the_fact_that_helps(facet: str, topic: str) -> None:
    """One human sentence first, then the answer that helps."""
    dispatcher = CollectingDispatcher()
    at = tracker("feel", "i feel so", facets=[(f"feel.{facet}", 0.9)])
    await answering.ActionAnswer().run(dispatcher, at, {})
    sentence, answer = dispatcher.messages
    assert sentence["response"] == f"utter_feel_{facet}" and not sentence["buttons"]
    assert answer["custom"]["kind"] == "answer" and answer["custom"]["topic"] == topic


@pytest.mark.parametrize(
    ("text", "career", "told"),
    [
        ("how is it different from devops", None, "overlap"),
        ("what sets mlops apart from plain ml", "mlops", "related but not identical"),
        ("how is it different from cooking", None, None),
    ],
)
async def test_a_thing_beside_the_career_gets_its_myth(
    text: str, career: str | None, told: str | None
) -> None:
    """Where the guide sets that right; with no career to set beside it, it is asked for one."""
    at = tracker("ask_compare", text, read=text)
    if career:
        start = text.index(career)
        places = {"start": start, "end": start + len(career)}
        at.latest_message["entities"] = [{"entity": "career", "value": "mlops-engineer", **places}]
    message, _ = await said(answering.ActionAnswer(), at)
    if told is None:
        assert message["response"] == "utter_compare_which"
    else:
        assert message["response"] == "utter_answer_myth" and told in message["text"]
