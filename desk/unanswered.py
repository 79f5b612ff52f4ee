"""Questions without an answer, and the three things a counselor may do with a group of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from urllib.parse import urlencode

from answers.in_force import InForce
from answers.registry import title
from channels.markup import Markup, tag
from components.library import find_library
from components.local import find_locals
from components.sentence_encoder import find_encoder
from conversations import questions
from conversations.questions import NOT_FOR_US, Phrase, Question
from desk.asked import said, today
from desk.door import Answer, Desk, Go, Visit
from desk.drawing import ROOT, Page, button, choice, form, ways
from desk.figures import monday
from desk.forms import Denied
from desk.groups import Group, shown_groups, without_gaps
from desk.words import word
from understanding.classifier import Encoder
from understanding.text import fold
from understanding.topics import TOPICS

UNANSWERED, MEANS, ASIDE = (f"{ROOT}/unanswered{end}" for end in ("", "/means", "/not-for-us"))
NEW_ANSWER = f"{ROOT}/answers/new"
REMEMBERED_SECONDS = 600
"""How long groups are kept in memory, for the click that follows a look at them."""
MOST_GROUPS = 50


@dataclass(frozen=True)
class Known:
    """Groups that were made, what of, and until when they are kept."""

    of: object
    until: float
    groups: Sequence[Group]


class Grouper:
    """Makes the groups of schools, in a thread and one school after the other."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Known] = {}
        self._making = asyncio.Lock()

    async def groups(self, visit: Visit) -> Sequence[Group]:
        """Those of a counselor's school, of questions from before this week."""
        school, now = visit.school, visit.accounts.clock()
        asked = await visit.ask(partial(questions.newest, school.slug, monday(today(visit))))
        decided = await visit.ask(questions.decided)
        own = [without_gaps(each.text) for each in decided if each.school == school.slug]
        of = (asked, own, school.questions_from_sessions, find_locals(school.slug).now)
        async with self._making:
            self._known = {name: each for name, each in self._known.items() if each.until > now}
            known = self._known.get(school.slug)
            if known is None or known.of != of:
                found = await asyncio.to_thread(self._make, *of)
                self._known[school.slug] = known = Known(of, now + REMEMBERED_SECONDS, found)
        return known.groups

    def _make(
        self, asked: Sequence[Question], decided: Sequence[str], least: int, answers: InForce
    ) -> Sequence[Group]:
        found = shown_groups(asked, least, decided, self._encoder, _name_of)
        still = (each for each in found if not answers.asked_for((each.asked,) * 2, 0.5, ""))
        return list(islice(still, MOST_GROUPS))


def _name_of(career: str) -> str:
    guide = find_library().get(career)
    return fold(guide.title) if guide else ""


def add_unanswered(desk: Desk) -> None:
    """Register the page and its forms."""
    encoder = find_encoder({"encoder": "auto"})
    grouper = Grouper(encoder) if encoder else None

    async def groups(visit: Visit) -> Sequence[Group]:
        return await grouper.groups(visit) if grouper and visit.school.collects else ()

    @desk.page(UNANSWERED, section="unanswered")
    async def unanswered(visit: Visit) -> Answer:
        return _page(visit, await groups(visit))

    @desk.form(MEANS)
    async def means(visit: Visit) -> Answer:
        topic = visit.form.get("topic", "")
        if topic not in dict(_topics()):
            raise Denied(400, "form")
        return await decide(visit, "question_means", topic)

    @desk.form(ASIDE)
    async def aside(visit: Visit) -> Answer:
        return await decide(visit, "question_aside", NOT_FOR_US)

    async def decide(visit: Visit, did: str, topic: str) -> Answer:
        wanted = visit.form.get("group")
        group = next((each for each in await groups(visit) if each.id == wanted), None)
        if group is None:
            return Go(UNANSWERED, "questions_changed")
        phrases = [Phrase(visit.school.slug, topic, text) for text in group.examples]
        about = f"{group.examples[0]} → {title(topic)}" if topic else group.examples[0]
        await visit.change(did, about, partial(questions.decide, phrases, today(visit)))
        return Go(UNANSWERED, did)


def _topics() -> list[tuple[str, str]]:
    """The topics that a question may mean, with their titles."""
    return [(name, title(name)) for name, topic in TOPICS.items() if topic.group]


def _page(visit: Visit, found: Sequence[Group]) -> Page:
    school = visit.school
    if not school.collects:
        return Page(word("unanswered", "title"), [tag("p", word("unanswered", "off"))])
    told = {"days": school.keep_days, "least": school.questions_from_sessions}
    lead = tag("p", word("unanswered", "lead", **told))
    empty = tag("p", word("unanswered", "empty"))
    drawn = [_group(group, place, visit.token) for place, group in enumerate(found)]
    return Page(word("unanswered", "title"), [lead, *(drawn or [empty])])


def _group(group: Group, place: int, token: str) -> Markup:
    first, *more = group.examples
    hidden = tag("input", type="hidden", name="group", value=group.id)
    topic = choice("topic", word("unanswered", "topic"), _topics(), id=f"topic-{place}")
    return tag(
        "section",
        tag("h2", word("unanswered", "quoted", text=first)),
        *([tag("ul", *(tag("li", each) for each in more))] if more else []),
        tag("p", word("unanswered", "chats", number=said(group.chats)), class_="soft"),
        ways((f"{NEW_ANSWER}?{urlencode({'asked': group.asked})}", word("unanswered", "answer"))),
        form(MEANS, token, hidden, topic, button(word("unanswered", "means"), "plain")),
        form(ASIDE, token, hidden, button(word("unanswered", "aside"), "plain")),
        class_="asked",
    )
