"""The action that answers: every question, smalltalk, follow-ups, and what cannot be answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.choosing import taken_up
from actions.finding import Found, Search, whole
from actions.local import Local
from actions.plan import ValidatePlanForm, plan_answer
from actions.quiz import QUIZZES, quiz_answer
from actions.speaking import (
    SAID,
    Events,
    Message,
    Slots,
    SpeakingAction,
    as_told,
    asked,
    beside_it,
    buttons_of,
    changed,
    is_told,
    is_vague,
    less_named,
    names_only,
    page_of,
    question_of,
    read_context,
    read_question,
    remember,
    say,
    whom_to_ask,
    with_terms,
)
from answers import acts
from answers.assistant import (
    about_assistant,
    also_called,
    also_told,
    doubted,
    fallback,
    lacking,
    only_task,
    suggest,
)
from answers.context import TOPICS_OF, Context, more, resolve
from answers.day import near_task
from answers.fit import which_myth
from answers.high_school import replan
from answers.leads import led
from answers.lesson import example
from answers.local import LOCAL
from answers.model import MOST_BUTTONS, Answer, Question, payload
from answers.pointing import (
    LISTS,
    place_pointed_at,
    points_back,
    resumes,
    says_there,
    several_pointed_at,
    weighs_places,
    without_there,
)
from answers.registry import answer, covers, topics
from answers.responses import uttered
from answers.shown import offer_named, parts_of
from answers.words import tidy
from components.sentence_encoder import find_encoder
from guides.schema import Guide
from understanding.careers import says_of_page, says_this_job
from understanding.entity import VAGUE
from understanding.forms import wants_reason
from understanding.likeness import nearest
from understanding.reading import is_bare
from understanding.students import bare_number, first_number
from understanding.text import fold
from understanding.topics import FORMS, SEARCHES, TOPICS

FORGOTTEN = ("smalltalk", "fallback", "clarify", "handoff", LOCAL)
"""Kinds of replies that no follow-up points at."""

NEXT_LIKELY = 0.1
"""Probability from which a topic is taken in place of a likelier one that a guide lacks."""
FEW_PARTS = 3
"""Parts of a reply that is short enough to be said again."""

FORM_OF = {
    **{payload(quiz.topic): quiz.form for quiz in QUIZZES.values()},
    payload(ValidatePlanForm.topic): "plan_form",
}
"""The forms by the messages of their buttons."""

RECENT = 4
"""Messages of a student that count as the last ones."""
IN_THE_MIDDLE = {
    "fit_quiz_form": ("utter_in_quiz", ("take_quiz", "check_interests", "make_plan")),
    "interest_form": ("utter_in_check", ("check_interests", "take_quiz", "make_plan")),
    "plan_form": ("utter_in_plan", ("make_plan", "replan", "affirm", "deny", "unsure")),
}
"""By form: what is said to topics that mean nothing but the form itself while it runs."""


class ActionAnswer(SpeakingAction):
    """Answers whatever the latest message asks."""

    def name(self) -> str:
        return "action_answer"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        of_form = form_events(tracker, self.guide(tracker))
        if of_form is not None:
            self._beside_form(dispatcher, tracker)
            return of_form
        guide, context = self.guide(tracker), read_context(tracker)
        slots: Slots = {}
        offers = _offers(tracker)
        unknown: str | None = None
        local, talked_of = Local(self.school), _talked_of(tracker)
        for place, message in enumerate(_for_guides(dispatcher, local, tracker, guide)):
            kept = slots.get("finding", tracker.get_slot("finding"))
            search = Search(self.guides, kept, talked_of)
            message = self._told(message, context, tracker, search, talked_of, offers)
            message = _there(search.picked(message, context) or message, context, tracker)
            named = names_only(message)
            question = _chosen_from(read_question(message), offers, named)
            if named and question.text:
                question = replace(question, topic=_kept_topic(context, question), facets=())
            found = self._found(search, question, context, message, guide, tracker)
            if found:
                say(dispatcher, found.answer, found.topic, None, str(message.get("heading") or ""))
                slots |= {"finding": found.slot, **remember(found.topic, found.answer)}
                context = Context(found.topic)
                continue
            wanted = question.first("career") or unknown or self._new(question, context, tracker)
            wanted = self._of_talk(wanted, message, talked_of)
            if wanted and wanted not in self.guides and not _is_about_us(question.topic):
                if wanted != unknown:
                    say(dispatcher, self.unsure_of(wanted, question, message), "careers", None)
                    slots |= self._likeliest(message, tracker)
                unknown = wanted
                continue
            here = self.first_guide(tracker) if says_of_page(question.text) else guide
            guide, unknown = self.guides.get(str(wanted), here), None
            context = _of_new(context, question, message) if wanted else context
            message = with_terms(message, guide)
            question = question if named else _chosen_from(read_question(message), offers)
            typed = bool(question.text) and not named
            bare = typed and is_bare(fold(question.text), message.get("entities") or [])
            # A later question of the same message is its own unless it says that it points back.
            points = place == 0 or points_back(question) or bool(question.first("state"))
            picked = self._picked(question, context, guide, tracker) if points else None
            if picked is None:
                question = resolve(question, context if points else Context(), guide, bare)
                question = _covered(question, guide, _ranking(message))
            question = self._felt(dispatcher, question, guide, tracker)
            topic, reply = picked or self._reply(question, context, guide, tracker, message)
            reply = doubted(reply, topic, guide, _ranking(message))
            topic, reply = local.instead(topic, reply, message, guide.slug)
            reply = _not_again(reply, question.text if typed else "", tracker)
            is_new = guide.slug not in (slots.get("career"), *talked_of) and not _busy(tracker)
            also = self._also_called(message, question, guide) if is_new else []
            notes = _new_notes([*local.notes(topic, guide.slug), *also], reply, tracker)
            heading = str(message.get("heading") or "")
            _say_with(dispatcher, notes, reply, topic, guide, heading)
            if wanted or reply.kind not in FORGOTTEN or says_of_page(question.text):
                slots |= self._chosen(guide, tracker)
            if reply.kind not in FORGOTTEN:
                context = Context(topic, reply.focus)
                slots |= remember(topic, reply) | planned(reply)
        events = changed(tracker, slots)
        # The student is next, unless a form asks its question again: Rasa need not work that out.
        form = _form_beside(tracker) or "action_listen"
        return events if _busy(tracker) else [*events, FollowupAction(form)]

    def _beside_form(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Say what a word means that a message asks for beside its answer: "unsure. whats devops"."""
        for question in map(read_question, asked(tracker) if _busy(tracker) else ()):
            meaning = acts.define(question.text) if question.topic == "define" else None
            if meaning:
                say(dispatcher, replace(meaning, buttons=()), "capabilities", None)

    def _found(
        self,
        search: Search,
        question: Question,
        context: Context,
        message: Message,
        guide: Guide,
        tracker: Tracker,
    ) -> Found | None:
        """The reply to a message that looks for careers or compares them."""
        if beside_it(message, guide):
            return None
        in_use = guide if self._in_use(tracker) or says_this_job(question.text) else None
        return None if _busy(tracker) else search.reply(question, context, message, in_use)

    def _felt(
        self, dispatcher: CollectingDispatcher, question: Question, guide: Guide, tracker: Tracker
    ) -> Question:
        """After a human sentence on a feeling, the question of which the answer helps with it."""
        named = question.facet is not None or question.first("career")
        if question.topic != "feel" or not named or _busy(tracker):
            return question
        sentence, helping = acts.felt(guide, question.facet)
        say(dispatcher, sentence, "capabilities", guide)
        return helping or replace(question, facet=None)

    def _of_talk(
        self, wanted: str | None, message: Message, talked_of: Sequence[str]
    ) -> str | None:
        """The career that was talked of last among those that go by a name: "do teachers", after one
        kind of teacher; the name as it is where there is none."""
        if not wanted or wanted in self.guides or is_told(message):
            return wanted
        several = self.candidates(message)
        meant = (
            slug
            for slug in reversed([slug for slug in talked_of if slug in self.guides])
            if slug in several or self.guides[slug].title.lower().endswith(f" {wanted}")
        )
        return next(meant, wanted)

    def _new(self, question: Question, context: Context, tracker: Tracker) -> str | None:
        """The career that a message names in passing, or one that no list has, where none is in use."""
        if context.topic or self._in_use(tracker) or _busy(tracker):
            return None
        asks = question.topic in (*topics() - {"passage"}, *SEARCHES, "nlu_fallback", "uncovered")
        unlisted = question.first("unlisted_career") if asks else None
        return question.first("mentioned_career") or unlisted

    def _told(
        self,
        message: Message,
        context: Context,
        tracker: Tracker,
        search: Search,
        talked_of: Sequence[str],
        offers: Sequence[tuple[str, Question]],
    ) -> Message:
        """A message with the career that it tells by its work; in a form none is told, nor where one
        is picked of those that were talked of."""
        if _busy(tracker) or search.points(message, context):
            return message
        if _asked_which(tracker):
            careers = [offer for _, offer in offers if offer.first("career")]
            message = taken_up(message, careers, _left_open(tracker))
        in_use = bool(context.topic or self._in_use(tracker))
        several = len(asked(tracker)) > 1
        return as_told(message, in_use, several, talked_of)

    def _in_use(self, tracker: Tracker) -> str | None:
        """The career that was chosen in the conversation, or by the page."""
        return tracker.get_slot("career") or page_of(tracker.latest_message)

    def _likeliest(self, message: Message, tracker: Tracker) -> Slots:
        """The likeliest of the careers that may be meant, until a student says which.

        The career in use stays beside those that a message may tell by their work.
        """
        if is_told(message) and (is_vague(message) or self._in_use(tracker)):
            return {}
        several = self.candidates(message)
        return {"career": several[0]} if several and not _busy(tracker) else {}

    def _also_called(self, message: Message, question: Question, guide: Guide) -> list[Answer]:
        """That other careers go by the name by which a message calls this one, if any do."""
        several = self.candidates(message)
        others = [slug for slug in several if slug != guide.slug]
        if guide.slug not in several or not others:
            return []
        if is_told(message):
            return [also_told(self.guides, guide, others, question)]
        return [also_called(self.guides, others, question)]

    def _chosen(self, guide: Guide, tracker: Tracker) -> Slots:
        return {} if _busy(tracker) else {"career": guide.slug}

    def _picked(
        self, question: Question, context: Context, guide: Guide, tracker: Tracker
    ) -> tuple[str, Answer] | None:
        """An item of the list that was shown last, where the message points at nothing else."""
        place = place_pointed_at(question.text)
        if place is None or context.topic in LISTS or _busy(tracker):
            return None
        item = acts.pick(guide, context, place, _shown(tracker))
        return (context.topic or "capabilities", item) if item else None

    def _act(
        self, question: Question, context: Context, guide: Guide, tracker: Tracker
    ) -> Answer | None:
        """The answer to what is no question about the career."""
        topic = question.topic
        if topic in ("react", "aside", "go_back", "unsure"):
            return acts.react(guide, context)
        if topic == "refuse":
            return acts.refused(guide, context)
        if topic == "doubt":
            return acts.doubt(guide, context)
        if topic == "feel":
            return acts.feel(guide)
        if topic == "define":
            return acts.define(question.text)
        if topic == "others":
            return acts.others(guide, context, _shown(tracker))
        if topic == "surprise":
            return acts.surprise(guide, SAID.get())
        if topic == "example":
            return example(guide, context.topic, context.focus.get("passage"))
        if topic in ("shorten", "simplify"):
            act = acts.shorter if topic == "shorten" else acts.simpler
            return act(guide, context, acts.part_shown(question.text, _shown(tracker)))
        return None

    def _reply(
        self,
        question: Question,
        context: Context,
        guide: Guide,
        tracker: Tracker,
        message: Message,
    ) -> tuple[str, Answer]:
        topic = question.topic
        response, own = IN_THE_MIDDLE.get(_form(tracker), ("", ()))
        if topic in own or (own and topic in SEARCHES):
            return own[0], Answer(response, kind="smalltalk", buttons=())
        if topic in topics():
            return topic, led(answer(guide, question), guide, question)
        acted = self._act(question, context, guide, tracker)
        if acted:
            return context.topic or "capabilities", acted
        if topic in ("more", "example"):
            return more(guide, context, SAID.get())
        if topic == "which_myth":
            return "myths", which_myth(guide)
        if topic in ("make_plan", "replan"):
            return "make_plan", _planned_again(question, guide, tracker)
        if topic == "affirm" and (offered := _offered(tracker)):
            return self._reply(offered, context, guide, tracker, message)
        if topic in ("affirm", "deny") and not _busy(tracker):
            return context.topic or "capabilities", acts.agreed(guide, context, topic == "affirm")
        if topic in TOPICS:
            return topic, about_assistant(topic, self.guides, guide, self.school)
        return _not_answered(topic, guide, message, context, _shown(tracker))


def _of_new(context: Context, question: Question, message: Message) -> Context:
    """What was answered last, where a message names a career: nothing of a search; and where it asks
    for few or plain words, what it asks for in these: "in one line, what does a baker do"."""
    if question.topic in ("shorten", "simplify"):
        return Context(str(question_of(message)["name"]).removeprefix("ask_"))
    return Context() if context.topic in SEARCHES else context


def _is_about_us(topic: str) -> bool:
    """Whether any career may be named: "is a teacher typing this", "which careers are there"."""
    return topic in TOPICS and TOPICS[topic].kind == "assistant"


def _not_again(reply: Answer, asked_in: str, tracker: Tracker) -> Answer:
    """The reply; where that was the last one too, the half of it that comes nearest to the question.

    Args:
        asked_in: what was typed; empty for a tap, which is answered in full again.
    """
    if reply.kind != "answer" or not asked_in:
        return reply
    lead = "" if wants_reason(fold(asked_in)) else reply.lead
    text = uttered(replace(reply, facts={**whom_to_ask(), **reply.facts}, lead=lead))
    if text not in {tidy(str(said["text"])) for said in _last_replies(tracker)}:
        return reply
    parts = parts_of(text)
    count = (len(parts) + 1) // 2 if len(parts) > FEW_PARTS else len(parts)
    places = nearest(find_encoder({"encoder": "auto"}), asked_in, parts, count)
    return acts.said_already(reply, [parts[place] for place in places])


def _for_guides(
    dispatcher: CollectingDispatcher, local: Local, tracker: Tracker, guide: Guide
) -> Iterator[Message]:
    """The questions of the latest message, in order, less those that the school answers itself.

    What it says is said in their place. A form that is asked for beside them begins after them.
    """
    latest = tracker.latest_message
    first, *rest = asked(tracker)
    kept = [first, *(each for each in rest if _busy(tracker) or not _asks_for_form(each))]
    for message in local.joined(latest, whole(latest, kept), guide.slug):
        own = local.answer(message, guide.slug)
        if own is None:
            yield message
        else:
            say(dispatcher, own, LOCAL, None, str(message.get("heading") or ""))


def _form_beside(tracker: Tracker) -> str | None:
    """The form that a message asks for beside a question: "am i cut out for this? quiz?"."""
    _, *rest = asked(tracker)
    topics_of = (read_question(each).topic for each in rest if _asks_for_form(each))
    return next((FORM_OF[payload(topic)] for topic in topics_of), None)


def _asks_for_form(message: Message) -> bool:
    return read_question(message).topic in FORMS


def _new_notes(notes: Sequence[Answer], reply: Answer, tracker: Tracker) -> Sequence[Answer]:
    """What stands after an answer, less what was just said."""
    if not notes or reply.kind != "answer":
        return ()
    said = {tidy(str(each["text"])) for each in _last_replies(tracker)}
    return [note for note in notes if uttered(note) not in said]


def _say_with(
    dispatcher: CollectingDispatcher,
    notes: Sequence[Answer],
    reply: Answer,
    topic: str,
    guide: Guide,
    heading: str,
) -> None:
    """Say a reply, and what the school adds to it; the buttons stand below the last."""
    if not notes:
        return say(dispatcher, reply, topic, guide, heading)
    buttons = buttons_of(reply, topic, guide)
    say(dispatcher, replace(reply, buttons=()), topic, guide, heading)
    *most, last = notes
    own = last.buttons or ()
    for note in (*most, replace(last, buttons=(*own, *buttons)[:MOST_BUTTONS])):
        say(dispatcher, note, topic, None)


def _planned_again(question: Question, guide: Guide, tracker: Tracker) -> Answer:
    """The plan with what a message changes in it, where the guide has one.

    The grade may stand in another question of the message: "make me a plan, im in 11th grade".
    """
    if guide.high_school is None:
        return answer(guide, Question("high_school"))
    number = first_number(question.text) if question.topic == "replan" else None
    said = read_question(tracker.latest_message).first("grade")
    grade, hours = said or tracker.get_slot("grade"), tracker.get_slot("planned_hours")
    return replan(guide, grade, hours, question, number)


def _chosen_from(
    question: Question, offers: Sequence[tuple[str, Question]], named: bool = False
) -> Question:
    """The question that went with the career that a message picks from those last offered.

    Args:
        named: whether the message is the name of a career and no more.
    """
    career = question.first("career")
    if career is None:
        return offer_named(question.text, offers) or question
    same = (offer for _, offer in offers if offer.first("career") == career)
    return (next(same, None) if named else None) or question


def _kept_topic(context: Context, question: Question) -> str:
    """What is asked of a career that is only named: what was asked last, or of a state its pay."""
    kept = str(context.topic) if context.topic in topics() else "summary"
    state = question.first("state") is not None
    return TOPICS_OF["state"] if state and "state" not in TOPICS[kept].items else kept


def planned(reply: Answer) -> Slots:
    """The grade and the hours of a plan that was made, for the next one."""
    return dict(reply.focus) if reply.kind == "plan" else {}


def form_events(tracker: Tracker, guide: Guide) -> Events | None:
    """What a message does that answers a form's question, or takes up one that was offered or left.

    None for any other message.
    """
    if form := _taken_up(tracker) or _resumed(tracker, guide):
        return [FollowupAction(form)]
    taken = form_answer(tracker, guide)
    return changed(tracker, taken) if taken else None


def form_answer(tracker: Tracker, guide: Guide) -> Slots:
    """What a message answers to the question of the open form, though it reads like a topic."""
    quiz, asked_for = QUIZZES.get(_form(tracker)), tracker.get_slot("requested_slot")
    if quiz and asked_for == quiz.slot:
        return quiz_answer(quiz, tracker, guide)
    if _form(tracker) == "plan_form" and not _asks_in_plan(tracker, str(asked_for)):
        return plan_answer(tracker, str(asked_for))
    return {}


def _covered(question: Question, guide: Guide, ranking: Sequence[tuple[str, float]]) -> Question:
    """The question; where the guide lacks its topic, as the next likely one that the guide has."""
    if question.topic not in topics() or covers(guide, question.topic):
        return question
    others = (name for name, found in ranking if found >= NEXT_LIKELY and name in topics())
    other = next((name for name in others if covers(guide, name)), None)
    return replace(question, topic=other, facet=None) if other else question


def _asks_in_plan(tracker: Tracker, asked_for: str) -> bool:
    """Whether a message in the plan asks something; not so who answers and is not sure: "5 maybe?"."""
    before, mark, _ = read_question(tracker.latest_message).text.partition("?")
    return bool(mark) and not (asked_for == "hours" and bare_number(fold(before)) is not None)


def _taken_up(tracker: Tracker) -> str | None:
    """The form to which a message says yes: its button is the first under the last reply."""
    if _busy(tracker) or read_question(tracker.latest_message).topic != "affirm":
        return None
    said = [event.get("data") or {} for event in _last_replies(tracker)[-1:]]
    offered = [each["payload"] for data in said for each in data.get("buttons") or ()]
    return FORM_OF.get(next(iter(offered), ""))


def _resumed(tracker: Tracker, guide: Guide) -> str | None:
    """The quiz with which a message goes on that was left without its answers being taken back."""
    question = read_question(tracker.latest_message)
    if _busy(tracker) or question.topic in topics() or not resumes(question.text):
        return None
    return next((quiz.form for quiz in QUIZZES.values() if quiz.given(tracker, guide)), None)


def _form(tracker: Tracker) -> str:
    """The form that is open; empty where there is none."""
    return str((tracker.active_loop or {}).get("name") or "")


def _busy(tracker: Tracker) -> bool:
    return bool(_form(tracker))


def _not_answered(
    topic: str, guide: Guide, message: Message, context: Context, shown: str
) -> tuple[str, Answer]:
    if message.get("heading"):
        return "capabilities", lacking(guide)
    nearest = [name for name, _ in _ranking(message)]
    question = read_question(message)
    text = question.text
    encoder = find_encoder({"encoder": "auto"})
    if topic == "uncovered" and (task := near_task(guide, less_named(message), encoder)):
        return "capabilities", only_task(guide, nearest, task)
    if topic != "nlu_fallback":
        return "capabilities", fallback(guide, nearest, uncovered=topic == "uncovered")
    if meaning := acts.define_word(text):
        return "capabilities", meaning
    if question.first("career") == guide.slug:
        return "capabilities", suggest(guide, nearest, named=True)
    if leaning := acts.unread(guide, context, text, shown):
        return context.topic or "capabilities", leaning
    offers = message.get("band") == "offer"
    return "capabilities", suggest(guide, nearest) if offers else fallback(guide, nearest)


def _ranking(message: Message) -> list[tuple[str, float]]:
    """Topics with their probabilities, the likeliest first."""
    ranking = message.get("intent_ranking") or []
    return [(str(each["name"]).removeprefix("ask_"), float(each["confidence"])) for each in ranking]


def _offered(tracker: Tracker) -> Question | None:
    """The question of the first button under the last reply, which "yes" takes up."""
    return next((question for _, question in _offers(tracker)), None)


def _offers(tracker: Tracker) -> list[tuple[str, Question]]:
    """The buttons under the last reply that ask for a topic: titles and questions."""
    offers: list[tuple[str, Question]] = []
    for event in [] if _busy(tracker) else _last_replies(tracker)[::-1]:
        for each in (event.get("data") or {}).get("buttons") or []:
            name, brace, values = str(each["payload"]).removeprefix("/").partition("{")
            given = json.loads(brace + values) if brace else {}
            topic = name.removeprefix("ask_")
            if topic in topics():
                found = {key: (str(value),) for key, value in given.items()}
                offers.append((str(each["title"]), Question(topic, values=found)))
    return offers


def _shown(tracker: Tracker) -> str:
    """The text of the last reply, less what the school added to it."""
    said = _last_replies(tracker)
    guides = [each for each in said if _kind(each) != "local"]
    return str((guides or said)[-1]["text"]) if said else ""


def _asked_which(tracker: Tracker) -> bool:
    """Whether the last reply only asked which career is meant."""
    return list(map(_kind, _last_replies(tracker))) == ["clarify"]


def _left_open(tracker: Tracker) -> bool:
    """Whether one of the last messages left open of which job it speaks."""
    users = [event for event in tracker.events if event.get("event") == "user"]
    read = [(event.get("parse_data") or {}).get("entities") or () for event in users[-RECENT:]]
    return any(each["value"] == VAGUE for entities in read for each in entities)


def _kind(reply: dict[str, Any]) -> str | None:
    return ((reply.get("data") or {}).get("custom") or {}).get("kind")


class ActionRepeat(SpeakingAction):
    """Says the last reply again; the question of a form is asked again by the form."""

    def name(self) -> str:
        return "action_repeat"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        said = _last_replies(tracker)
        if said and _busy(tracker):
            said = said[:-1]
        elif not said:
            nothing = Answer("utter_nothing_to_repeat", kind="smalltalk")
            say(dispatcher, nothing, "greet", self.guide(tracker))
        for event in said:
            data = event.get("data") or {}
            dispatcher.utter_message(
                text=event["text"], json_message=data.get("custom"), buttons=data.get("buttons")
            )
        return []


def _talked_of(tracker: Tracker) -> list[str]:
    """The careers since a conversation was begun anew, the one that was named last at the end."""
    told: dict[str, None] = {}
    for event in tracker.events:
        if event.get("event") == "reset_slots":
            told.clear()
        elif event.get("event") == "slot" and event.get("value"):
            for slug in _careers_in(str(event.get("name")), event["value"]):
                told.pop(slug, None)
                told[slug] = None
    return list(told)


def _careers_in(slot: str, value: Any) -> Sequence[str]:
    """The careers that a slot's value speaks of: the one in use, or those that were compared."""
    if slot == "career":
        return [value]
    return value.get("compared", ()) if slot == "finding" else ()


def _there(message: Message, context: Context, tracker: Tracker) -> Message:
    """A message with the state that was named last, where it says "there", or with that of the last
    answer, where it names another career and no more: "and an LPN"."""
    entities = message.get("entities") or []
    if any(each["entity"] == "state" for each in entities):
        return message
    question = read_question(message)
    text = question.text
    if says_there(text):
        state = next(iter(_states_named(tracker)), None)
    elif _weighs_places(question, context, tracker) and len(both := _states_named(tracker)[:2]) > 1:
        return _of_states(both)
    else:
        state = context.focus.get("state") if names_only(message) else None
    if not state:
        return message
    return {
        **message,
        "read": without_there(text),
        "entities": [*entities, {"entity": "state", "value": state}],
    }


def _weighs_places(question: Question, context: Context, tracker: Tracker) -> bool:
    """Whether a question after the pay in a state asks where it is higher; "which of the two" may
    also mean careers, where several were talked of."""
    asked = context.topic == TOPICS_OF["state"] and bool(context.focus.get("state"))
    if not asked or question.first("career"):
        return False
    one = len(_talked_of(tracker)) < 2
    return weighs_places(question.text) or (one and several_pointed_at(question.text))


def _of_states(codes: Sequence[str]) -> Message:
    """A message that asks for the pay in some states, the one that was named first in front."""
    topic = TOPICS_OF["state"]
    return {
        "text": payload(topic),
        "intent": {"name": f"ask_{topic}"},
        "entities": [{"entity": "state", "value": code} for code in reversed(codes)],
    }


def _states_named(tracker: Tracker) -> list[str]:
    """The states that a student named, the last one first."""
    named = (
        str(each["value"])
        for event in reversed(tracker.events)
        if event.get("event") == "user"
        for each in (event.get("parse_data") or {}).get("entities") or ()
        if each["entity"] == "state"
    )
    return list(dict.fromkeys(named))


def _last_replies(tracker: Tracker) -> Events:
    """The bot's messages between the last two of the student that had any."""
    replies: Events = []
    for event in reversed(tracker.events):
        if event.get("event") == "bot" and event.get("text"):
            replies.insert(0, event)
        elif event.get("event") == "user" and replies:
            break
    return replies


class ActionStartOver(SpeakingAction):
    """Forgets the conversation's slots."""

    def name(self) -> str:
        return "action_start_over"

    def speak(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        guide = self.first_guide(tracker)
        say(
            dispatcher,
            about_assistant("start_over", self.guides, guide, self.school),
            "start_over",
            guide,
        )
        return [AllSlotsReset()]
