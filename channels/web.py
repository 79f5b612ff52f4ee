"""The web channel: sessions, messages, what a page needs beside them, and the pages."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial
from secrets import token_hex
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from answers.assistant import MAY_FORGET, apology, examples
from answers.help import general_help
from answers.in_force import InForce
from answers.menu import first_questions, menu, topic_named
from answers.offers import offered_payloads
from answers.responses import load_responses, message
from channels.beside import offer_of, tap_of
from channels.careers import add_careers
from channels.guide_pages import add_guide_pages
from channels.health import add_health, kept_nowhere
from channels.limits import (
    ASIDE,
    NEW_SESSIONS,
    OFF,
    UNKNOWN,
    Addresses,
    Allowance,
    Fairness,
    InFlight,
)
from channels.messages import (
    LONGEST_MESSAGE,
    LONGEST_NAME,
    PRIVATE,
    Refused,
    clean,
    read_feedback,
    read_message,
    read_request,
)
from channels.metrics import IN_FLIGHT, REFUSED, SECONDS, STORE_UP, count_replies
from channels.noting import Notes, add_noting
from channels.once import Once
from channels.output import WebOutput
from channels.pages import LOGOS, add_pages
from channels.patches import apply_patches
from channels.reading import Reader, Screener
from channels.returning import (
    GUESSES,
    GUESSES_OF_ADDRESS,
    NO_CODE,
    NOT_KEPT,
    NOTHING_SAID,
    new_code,
    read_code,
)
from channels.screening import Screened, Screening
from channels.sessions import LIFETIME_SECONDS, Sessions, session_key
from channels.sites import Sites
from channels.transcript import history, read_before, said_to, with_last_buttons
from components.distress import find_model
from components.library import find_library, find_schools
from components.local import trying
from components.personal import find_personal
from conversations.database import Away
from conversations.store import ConversationStore, unwrapped
from desk.web import add_desk
from guides.loading import Guides, guide_named
from guides.schema import Guide
from guides.school import School
from guides.schools import Schools
from understanding.collecting import may_be_kept

log = logging.getLogger(__name__)

OnMessage = Callable[[UserMessage], Awaitable[Any]]
Given = dict[str, Any]
"""The JSON object of a request."""

ROUTES = "/webhooks/web"
TURN_SECONDS = 15
"""How long a student waits before hearing that it did not work."""


KEEPING_SECONDS = 1.0
"""How long help waits for being written down; it is given all the same."""

NO_SESSION = Refused(401, "no_session", "Ask for a session first.")
TOO_LONG = Refused(413, "too_long", f"Use at most {LONGEST_MESSAGE} characters.")
AWAY = Refused(503, "away", "What is kept cannot be reached now. Please try again later.")


class WebInput(InputChannel):
    """Rasa's input channel for the chat page and for portals."""

    def __init__(self, key: str, guides: Guides, schools: Schools) -> None:
        self.responses = responses = load_responses()
        self.sessions = Sessions(key)
        self.guides, self.schools = guides, schools
        self.sites = Sites(schools)
        self.offered = offered_payloads(guides)
        self.addresses = Addresses(schools.default.proxies)
        self.fairness = Fairness()
        self.sessions_of_address = Allowance(NEW_SESSIONS)
        self.asides, self.searches = Allowance(ASIDE), Allowance(ASIDE)
        self.strangers = Allowance(UNKNOWN)
        self.guesses, self.guesses_of_address = Allowance(GUESSES), Allowance(GUESSES_OF_ADDRESS)
        self.in_flight = InFlight()
        self.once = Once()
        self.reader = Reader()
        self.screener = Screener()
        self.screening = Screening(schools.default, responses, find_model(), find_personal())
        self.notes = Notes(schools, key, partial(may_be_kept, distress=self.screening.distress))
        self.forgetful = message(MAY_FORGET, "privacy", responses)
        self.app: Sanic

    @classmethod
    def name(cls) -> str:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        apply_patches()
        if OFF:
            log.warning("GUIDEPOST_LIMITS is off: nothing stops a script")
        return cls(session_key(), find_library(), find_schools())

    def url_prefix(self) -> str:
        """The root: the pages live at /chat and /embed, beside /webhooks/web."""
        return "/"

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The routes of the channel."""
        routes = Blueprint("web")

        async def webhook(request: Request, given: Given) -> Any:
            incoming = read_message(given, self.offered, self.guides, urgent=lambda text: True)
            known = self._known(request, given)
            address, school = self._address(request), self._school(request, known, given)
            screened = await self._screened(incoming.text, known, address, school)
            agent, given_id = request.app.ctx.agent, given.get("id")
            helped: list[Given] = []
            if screened.urgent:
                asked = await self._read_beside(agent, screened, known, address)
                tap, offer = tap_of(asked, self.guides), offer_of(asked, self.guides)
                reply = screened.beside if tap or offer else screened.reply
                helped = await self._help(request, known, given, reply or {})
                if tap is None:
                    offered = [message(offer, "careers", self.responses)] if offer else []
                    sender = helped[0]["recipient_id"]
                    return [*helped, *({**each, "recipient_id": sender} for each in offered)]
                screened = Screened(tap)
            conversation = self._demand(incoming.text, known, address, bool(helped))

            async def turn() -> list[Given]:
                with self.in_flight, SECONDS.time(), IN_FLIGHT.track_inprogress():
                    replies = await said_before(agent, conversation, given_id) or await self.turn(
                        partial(self._understood, agent, on_new_message),
                        conversation,
                        incoming.text,
                        guide=incoming.guide,
                        message_id=given_id,
                        screened=screened,
                    )
                self._note_state(agent, conversation, replies)
                count_replies(replies)
                self.notes.heard(
                    conversation, screened.text, replies, incoming.text in self.offered
                )
                return replies

            replies = await self.once.run(conversation, given_id, turn)
            return [*helped, *({**reply, "recipient_id": given["sender"]} for reply in replies)]

        self._add(routes, "session", self._session)
        self._add(routes, "webhook", webhook)
        self._add(routes, "history", self._history)
        self._add(routes, "forget", self._forget)
        self._add(routes, "feedback", self._feedback)
        self._add(routes, "code", self._code)
        self._add(routes, "return", self._return)

        @routes.route(f"{ROUTES}/about", methods=["GET", "OPTIONS"])
        async def about(request: Request) -> HTTPResponse:
            headers = {**self.sites.cors(request), **PRIVATE}
            if request.method == "OPTIONS":
                return HTTPResponse(status=204, headers=headers)
            try:
                school = self.sites.school(request, request.args.get("school"))
            except Refused as refused:
                return json_response(refused.body, status=refused.status, headers=headers)
            asked = (request.args.get(name) for name in ("guide", "topic"))
            return json_response(self.about(school, *asked), headers=headers)

        add_pages(routes, self.sites)
        add_careers(routes, self.guides)
        add_guide_pages(routes, self.guides, self.sites)
        add_desk(routes, self.sites, self._address, self)
        add_health(routes, self.schools)
        add_noting(routes, self.notes)

        @routes.listener("after_server_start")
        async def know(app: Sanic, _: object) -> None:
            self.app = app

        return routes

    def _add(
        self, routes: Blueprint, name: str, answer: Callable[[Request, Given], Awaitable[Any]]
    ) -> None:
        @routes.route(f"{ROUTES}/{name}", methods=["POST", "OPTIONS"], name=name)
        async def answered(request: Request) -> HTTPResponse:
            headers = {**self.sites.cors(request), **PRIVATE}
            if request.method == "OPTIONS":
                return HTTPResponse(status=204, headers=headers)
            try:
                body = await answer(request, read_request(request.content_type, request.body))
                return json_response(body, headers=headers)
            except Refused as refused:
                REFUSED.labels(refused.code).inc()
                return json_response(
                    refused.body, status=refused.status, headers={**headers, **refused.headers}
                )
            except Away as away:
                log.error("the store is away: %s", away)
                return json_response(AWAY.body, status=AWAY.status, headers=headers)

    async def _screened(
        self, text: str, known: tuple[str, float] | None, address: str, school: School
    ) -> Screened:
        """A message after screening, off the event loop; help is found within every limit.

        Beyond the rates, which no person reaches, only the end of a text is looked at, by the
        lists alone, so that a script costs next to nothing.
        """
        if text in self.offered:
            return Screened(text)
        whose = known[0] if known else address
        beyond = self.strangers.take(whose) if known is None else self.searches.take(whose)
        return await self.screener.run(
            partial(self.screening.check, whose, text, brief=bool(beyond), school=school)
        )

    async def _help(
        self,
        request: Request,
        known: tuple[str, float] | None,
        given: Given,
        reply: Given,
    ) -> list[Given]:
        """The reply to distress; it stays in the history, without a word of the student."""
        count_replies([reply])
        if known:
            self.notes.helped(known[0], reply)
        if known and not self.asides.take(known[0]):
            keeping = asyncio.ensure_future(_keep_help(request, known[0], reply))
            keeping.add_done_callback(_log_lost)
            await asyncio.wait({keeping}, timeout=KEEPING_SECONDS)
        sender = given.get("sender")
        return [{**reply, "recipient_id": sender if isinstance(sender, str) else ""}]

    def _demand(
        self, text: str, known: tuple[str, float] | None, address: str, granted: bool
    ) -> str:
        """The conversation of a message that may be answered.

        Args:
            granted: whether its limits were kept already.

        Raises:
            Refused: it is too long, has no session, or came too soon.
        """
        if len(text) > LONGEST_MESSAGE:
            raise TOO_LONG
        if known is None:
            raise NO_SESSION
        conversation, age = known
        if not granted:
            self.fairness.demand(conversation, age, address)
        return conversation

    async def _read_beside(
        self, agent: Agent, screened: Screened, known: tuple[str, float] | None, address: str
    ) -> dict[str, Any]:
        """What a message means that may be answered beside help; empty where it may not."""
        if screened.beside is None:
            return {}
        try:
            self._demand(screened.text, known, address, granted=False)
        except Refused:
            return {}
        try:
            understood = await self.reader.read(agent, screened.text)
        except Exception as error:  # noqa: BLE001 - help comes first: log the kind, never the text
            log.error("a message beside help was not understood: %s", type(error).__name__)
            return {}
        return understood or {}

    async def _understood(
        self, agent: Agent, on_new_message: OnMessage, asked: UserMessage
    ) -> None:
        asked.parse_data = await self.reader.read(agent, asked.text)
        await on_new_message(asked)

    def _note_state(self, agent: Agent, conversation: str, replies: list[Given]) -> None:
        """Tell a student once that the assistant may forget, and the metrics each time."""
        store = unwrapped(agent.tracker_store)
        if isinstance(store, ConversationStore):
            STORE_UP.set(not store.degraded)
            if store.warn_once(conversation):
                replies.insert(0, dict(self.forgetful))

    def _known(self, request: Request, given: Given) -> tuple[str, float] | None:
        """Conversation and age of a session; a page of another school's site knows it not."""
        known = self.sessions.known(given.get("sender"))
        return known if known and self.sites.may_use(request, self.schools.of(known[0])) else None

    def _school(self, request: Request, known: tuple[str, float] | None, given: Given) -> School:
        """The school of a message: also an old session gets the help lines of its own."""
        if known:
            return self.schools.of(known[0])
        said = self.schools.named(self.sessions.said_school(given.get("sender")))
        of_site = said and self.sites.may_use(request, said)
        return said if said and of_site else self.sites.school(request, None)

    def _address(self, request: Request) -> str:
        forwarded = request.headers.getall("x-forwarded-for", [])
        return self.addresses.of(request.ip, ",".join(forwarded))

    async def _session(self, request: Request, given: Given) -> Given:
        self.sessions_of_address.demand(self._address(request))
        return {"sender": self.sessions.new(self.sites.school(request, given.get("school")).slug)}

    def _aside(self, request: Request, given: Given) -> str:
        """The conversation of a request beside the talk, within its rate."""
        known = self._known(request, given)
        if known is None:
            raise NO_SESSION
        self.asides.demand(known[0])
        return known[0]

    async def _history(self, request: Request, given: Given) -> list[Given]:
        conversation = self._aside(request, given)
        return await history(kept_by(request), conversation, read_before(given.get("before")))

    async def _forget(self, request: Request, given: Given) -> Given:
        conversation = self._aside(request, given)
        await self.notes.forget(conversation, kept_by(request))
        await kept_by(request).forget(conversation)
        self.once.forget(conversation)
        return {}

    async def _feedback(self, request: Request, given: Given) -> Given:
        conversation = self._aside(request, given)
        guide, topic, verdict = read_feedback(given, self.guides)
        if verdict == "down":
            self.notes.voted_down(conversation, topic)
        await kept_by(request).count_feedback(conversation, guide, topic, verdict)
        return {}

    async def _code(self, request: Request, given: Given) -> Given:
        """A code for another device, of which no copy is kept; an earlier one is no more."""
        conversation = self._aside(request, given)
        if not self.schools.of(conversation).keep_days:
            raise NOT_KEPT
        code, until = new_code(), time.time() + LIFETIME_SECONDS
        digest = self.sessions.digest(code)
        if not await kept_by(request).set_code(conversation, digest, until):
            raise NOTHING_SAID
        return {"code": code, "seconds": LIFETIME_SECONDS}

    async def _return(self, request: Request, given: Given) -> Given:
        """A fresh sender of the conversation that a code leads to, on a page of its own school.

        What is wrong with a code is not told, so that no answer helps to guess.
        """
        page = self.sites.school(request, given.get("school"))
        code = read_code(given.get("code"))
        self.guesses_of_address.demand(self._address(request))
        self.guesses.demand("")

        def allowed(conversation: str) -> bool:
            own = self.schools.of(conversation)
            return own.slug == page.slug and self.sites.may_use(request, own)

        conversation = await kept_by(request).use_code(self.sessions.digest(code), allowed)
        if conversation is None:
            raise NO_CODE
        return {"sender": self.sessions.again(conversation)}

    def about(self, school: School, slug: str | None = None, topic: str | None = None) -> Given:
        """What a page shows before the first message: of the default guide where it names none.

        A name that no guide or no topic has is said back, so that the page can say so.
        """
        found = guide_named(self.guides, slug or "")
        opened = topic_named(topic or "")
        guide = found or self.guides[school.default_guide]
        logo = self.schools.logo(school)
        return {
            "school": school.name,
            "logo": f"{LOGOS}/{logo.name}" if logo else None,
            "colour": school.colour,
            "person": school.person.named(),
            "help": general_help(school, self.responses),
            "keep_days": school.keep_days,
            "collects_questions": school.collects,
            "guide": guide.slug,
            "unknown_guide": None if found else _said_back(slug),
            "topic": opened and vars(opened),
            "unknown_topic": None if opened else _said_back(topic),
            "careers": len(self.guides),
            "guides": [
                {"slug": slug, "title": title} for slug, title in self._named(guide, school)
            ],
            "questions": [vars(each) for each in first_questions(guide)],
            "menu": [
                {"group": group, "topics": [vars(each) for each in buttons]}
                for group, buttons in menu(guide).items()
            ],
        }

    def _named(self, guide: Guide, school: School) -> list[tuple[str, str]]:
        """Slug and title of a page's guide, the default one, and a few as examples."""
        chosen = (guide, self.guides[school.default_guide], *examples(self.guides, school))
        return list({each.slug: each.title for each in chosen}.items())

    async def turn(
        self,
        on_new_message: OnMessage,
        conversation: str,
        text: str,
        guide: str | None = None,
        message_id: str | None = None,
        screened: Screened | None = None,
    ) -> list[dict[str, Any]]:
        """The replies to one message: those of the screening, or an apology where there is none."""
        school = self.schools.of(conversation)
        screened = screened or self.screening.check(conversation, text, school=school)
        if screened.reply:
            return [screened.reply]
        output = WebOutput()
        asked = UserMessage(
            screened.text,
            output,
            conversation,
            input_channel=self.name(),
            message_id=message_id,
            metadata={"guide": guide} if guide else None,
        )
        running = asyncio.ensure_future(on_new_message(asked))
        try:
            await asyncio.wait_for(asyncio.shield(running), TURN_SECONDS)
        except asyncio.TimeoutError:
            log.error("turn took longer than %s s", TURN_SECONDS)
            return [self.apology(school)]
        except Exception as error:  # noqa: BLE001 - a student waits: log the kind, never the text
            log.error("turn failed: %s", type(error).__name__)
        return with_last_buttons(output.messages) or [self.apology(school)]

    async def is_urgent(self, text: str) -> bool:
        """Whether a message gets help, whatever else is known of it."""
        return await self.screener.run(partial(self.screening.is_urgent, text))

    async def tried(self, school: School, text: str, answers: InForce) -> list[Given]:
        """What students of a school would hear, with these local answers; it is kept nowhere."""
        agent, conversation = self.app.ctx.agent, f"{token_hex(8)}.{school.slug}"
        search = partial(self.screening.check, conversation, text, school=school)
        screened = await self.screener.run(search)
        understood = partial(self._understood, agent, kept_nowhere(agent).handle_message)
        with trying(answers):
            return await self.turn(understood, conversation, text, screened=screened)

    def apology(self, school: School) -> Given:
        """What a student hears where something went wrong."""
        return message(apology(school), "error", self.responses)


def _said_back(name: str | None) -> str | None:
    """A name that nothing here has, as far as it is told."""
    return clean(name or "")[:LONGEST_NAME] or None


async def _keep_help(request: Request, conversation: str, reply: Given) -> None:
    await kept_by(request).append_reply(conversation, reply)


def _log_lost(keeping: asyncio.Future[None]) -> None:
    if not keeping.cancelled() and (error := keeping.exception()):
        log.error("help was given but not kept: %s", type(error).__name__)


async def said_before(agent: Agent, conversation: str, message_id: str | None) -> list[Given]:
    """The replies to a message that was answered before, also by a process that is gone."""
    store = unwrapped(agent.tracker_store)
    if message_id is None or not isinstance(store, ConversationStore):
        return []
    return said_to(await store.events_after(conversation, message_id))


def kept_by(request: Request) -> ConversationStore:
    """The store of the assistant that takes the request.

    Raises:
        Away: it is not ours, as under `rasa run` with other endpoints; ours can delete and count.
    """
    store = unwrapped(request.app.ctx.agent.tracker_store)
    if not isinstance(store, ConversationStore):
        raise Away(f"the tracker store is {type(store).__name__}")
    return store
