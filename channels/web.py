"""The web channel: sessions, messages, and the chat page."""

from __future__ import annotations

import asyncio
import logging
import mimetypes
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from answers.model import Answer
from answers.offers import offered_payloads
from answers.responses import load_responses, message
from answers.words import tidy
from channels.messages import Refused, read_body, read_message
from channels.screening import Screening
from channels.sessions import Sessions, session_key
from guides.loading import Guides, load_guides
from guides.school import School, load_school

log = logging.getLogger(__name__)

OnMessage = Callable[[UserMessage], Awaitable[Any]]

PAGE = Path(__file__).parent / "page"
TURN_SECONDS = 15
"""How long a student waits before hearing that it did not work."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


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
        self.offered = offered_payloads(guides)
        self.screening = Screening(school, responses)
        self.apology = message(Answer("utter_error", kind="error"), "error", responses)

    @classmethod
    def name(cls) -> str:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        guides = load_guides()
        return cls(Sessions(session_key()), guides, load_school(guides))

    def url_prefix(self) -> str:
        """The root: the page lives at /chat, beside /webhooks/web."""
        return "/"

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The routes of the channel."""
        routes = Blueprint("web")

        @routes.post("/webhooks/web/session")
        async def session(request: Request) -> HTTPResponse:
            try:
                read_body(request.body)
            except Refused as refused:
                return json_response(refused.body, status=refused.status)
            return json_response({"sender": self.sessions.new()})

        @routes.post("/webhooks/web/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            try:
                incoming = read_message(
                    read_body(request.body), self.offered, self.screening.is_urgent
                )
                conversation = self.sessions.conversation(incoming.sender)
                if conversation is None:
                    raise Refused(401, "no_session", "Ask for a session first.")
            except Refused as refused:
                return json_response(refused.body, status=refused.status)
            replies = await self.turn(on_new_message, conversation, incoming.text)
            return json_response([{**reply, "recipient_id": incoming.sender} for reply in replies])

        for file in PAGE.iterdir():
            _serve(routes, "/chat" if file.name == "index.html" else f"/chat/{file.name}", file)
        return routes

    async def turn(
        self, on_new_message: OnMessage, conversation: str, text: str
    ) -> list[dict[str, Any]]:
        """The replies to one message: those of the screening, or an apology where there is none."""
        screened = self.screening.check(conversation, text)
        if screened.reply:
            return [screened.reply]
        output = WebOutput()
        asked = UserMessage(screened.text, output, conversation, input_channel=self.name())
        running = asyncio.ensure_future(on_new_message(asked))
        try:
            await asyncio.wait_for(asyncio.shield(running), TURN_SECONDS)
        except asyncio.TimeoutError:
            log.error("turn took longer than %s s", TURN_SECONDS)
            return [dict(self.apology)]
        except Exception as error:  # noqa: BLE001 - a student waits: log the kind, never the text
            log.error("turn failed: %s", type(error).__name__)
        return _with_last_buttons(output.messages) or [dict(self.apology)]


def _with_last_buttons(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for earlier in messages[:-1]:
        earlier.pop("buttons", None)
    return messages


def _serve(routes: Blueprint, path: str, file: Path) -> None:
    body = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"

    @routes.get(path, name=f"page_{file.stem}_{file.suffix[1:]}")
    async def page(request: Request) -> HTTPResponse:
        return HTTPResponse(body, headers=HEADERS, content_type=f"{kind}; charset=utf-8")
