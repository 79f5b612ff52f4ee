"""The web channel: sessions, messages, what a page needs beside them, and the pages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from answers.assistant import MAY_FORGET
from answers.menu import first_questions, menu
from answers.model import Answer
from answers.offers import offered_payloads
from answers.responses import load_responses, message
from answers.words import tidy
from channels.messages import Refused, read_feedback, read_message, read_request
from channels.pages import add_pages
from channels.patches import apply_patches
from channels.screening import Screening
from channels.sessions import Sessions, session_key
from channels.sites import Sites
from channels.transcript import transcript
from conversations.database import Away
from conversations.store import ConversationStore, unwrapped
from guides.loading import Guides, load_guides
from guides.school import School, load_school

log = logging.getLogger(__name__)

OnMessage = Callable[[UserMessage], Awaitable[Any]]
Given = dict[str, Any]
"""The JSON object of a request."""

ROUTES = "/webhooks/web"
TURN_SECONDS = 15
"""How long a student waits before hearing that it did not work."""


AWAY = Refused(503, "away", "What is kept cannot be reached now. Please try again later.")


class WebOutput(CollectingOutputChannel):
    """Collects each reply as one message with text, buttons and custom object together."""

    @classmethod
    def name(cls) -> str:
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        kept = {key: message[key] for key in ("buttons", "custom") if message.get(key)}
        text = tidy(message.get("text") or "")
        self.messages.append({"recipient_id": recipient_id, "text": text, **kept})


class WebInput(InputChannel):
    """Rasa's input channel for the chat page and for portals."""

    def __init__(self, sessions: Sessions, guides: Guides, school: School) -> None:
        responses = load_responses()
        self.sessions = sessions
        self.guides, self.school = guides, school
        self.sites = Sites(school.embed_sites, school.address)
        self.offered = offered_payloads(guides)
        self.screening = Screening(school, responses)
        self.forgetful = message(MAY_FORGET, "privacy", responses)
        self.apology = message(Answer("utter_error", kind="error"), "error", responses)

    @classmethod
    def name(cls) -> str:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        apply_patches()
        guides = load_guides()
        return cls(Sessions(session_key()), guides, load_school(guides))

    def url_prefix(self) -> str:
        """The root: the pages live at /chat and /embed, beside /webhooks/web."""
        return "/"

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The routes of the channel."""
        routes = Blueprint("web")

        async def webhook(request: Request, given: Given) -> Any:
            incoming = read_message(given, self.offered, self.guides, self.screening.is_urgent)
            conversation = self._conversation(given)
            replies = await self.turn(
                on_new_message, conversation, incoming.text, guide=incoming.guide
            )
            store = unwrapped(request.app.ctx.agent.tracker_store)
            if isinstance(store, ConversationStore) and store.warn_once(conversation):
                replies.insert(0, dict(self.forgetful))
            return [{**reply, "recipient_id": given["sender"]} for reply in replies]

        self._add(routes, "session", self._session)
        self._add(routes, "webhook", webhook)
        self._add(routes, "history", self._history)
        self._add(routes, "forget", self._forget)
        self._add(routes, "feedback", self._feedback)

        @routes.get(f"{ROUTES}/about")
        async def about(request: Request) -> HTTPResponse:
            return json_response(
                self.about(request.args.get("guide")), headers=self.sites.cors(request)
            )

        add_pages(routes, self.sites)
        return routes

    def _add(
        self, routes: Blueprint, name: str, answer: Callable[[Request, Given], Awaitable[Any]]
    ) -> None:
        @routes.route(f"{ROUTES}/{name}", methods=["POST", "OPTIONS"], name=name)
        async def answered(request: Request) -> HTTPResponse:
            headers = self.sites.cors(request)
            if request.method == "OPTIONS":
                return HTTPResponse(status=204, headers=headers)
            try:
                body = await answer(request, read_request(request.content_type, request.body))
                return json_response(body, headers=headers)
            except Refused as refused:
                return json_response(refused.body, status=refused.status, headers=headers)
            except Away as away:
                log.error("the store is away: %s", away)
                return json_response(AWAY.body, status=AWAY.status, headers=headers)

    def _conversation(self, given: Given) -> str:
        conversation = self.sessions.conversation(given.get("sender"))
        if conversation is None:
            raise Refused(401, "no_session", "Ask for a session first.")
        return conversation

    async def _session(self, request: Request, given: Given) -> Given:
        return {"sender": self.sessions.new()}

    async def _history(self, request: Request, given: Given) -> list[Given]:
        store = request.app.ctx.agent.tracker_store
        tracker = await store.retrieve_full_tracker(self._conversation(given))
        return transcript(tracker.events) if tracker else []

    async def _forget(self, request: Request, given: Given) -> Given:
        await kept_by(request).forget(self._conversation(given))
        return {}

    async def _feedback(self, request: Request, given: Given) -> Given:
        self._conversation(given)
        counted = read_feedback(given, self.guides)
        await kept_by(request).count_feedback(*counted)
        return {}

    def about(self, slug: str | None) -> Given:
        """What a page shows before the first message; an unknown guide becomes the default."""
        guide = self.guides.get(slug or "", self.guides[self.school.default_guide])
        return {
            "school": self.school.name,
            "person": self.school.person.dict(),
            "keep_days": self.school.keep_days,
            "guide": guide.slug,
            "guides": [{"slug": each.slug, "title": each.title} for each in self.guides.values()],
            "questions": [vars(each) for each in first_questions(guide)],
            "menu": [
                {"group": group, "topics": [vars(each) for each in buttons]}
                for group, buttons in menu(guide).items()
            ],
        }

    async def turn(
        self,
        on_new_message: OnMessage,
        conversation: str,
        text: str,
        guide: str | None = None,
    ) -> list[dict[str, Any]]:
        """The replies to one message: those of the screening, or an apology where there is none."""
        screened = self.screening.check(conversation, text)
        if screened.reply:
            return [screened.reply]
        output = WebOutput()
        asked = UserMessage(
            screened.text,
            output,
            conversation,
            input_channel=self.name(),
            metadata={"guide": guide} if guide else None,
        )
        running = asyncio.ensure_future(on_new_message(asked))
        try:
            await asyncio.wait_for(asyncio.shield(running), TURN_SECONDS)
        except asyncio.TimeoutError:
            log.error("turn took longer than %s s", TURN_SECONDS)
            return [dict(self.apology)]
        except Exception as error:  # noqa: BLE001 - a student waits: log the kind, never the text
            log.error("turn failed: %s", type(error).__name__)
        return _with_last_buttons(output.messages) or [dict(self.apology)]


def kept_by(request: Request) -> ConversationStore:
    """The store of the assistant that takes the request.

    Raises:
        Away: it is not ours, as under `rasa run` with other endpoints; ours can delete and count.
    """
    store = unwrapped(request.app.ctx.agent.tracker_store)
    if not isinstance(store, ConversationStore):
        raise Away(f"the tracker store is {type(store).__name__}")
    return store


def _with_last_buttons(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for earlier in messages[:-1]:
        earlier.pop("buttons", None)
    return messages
