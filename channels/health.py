"""Whether the assistant lives, and whether it can do its work."""

from __future__ import annotations

import asyncio
import copy
import logging

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from channels.messages import PRIVATE
from channels.output import WebOutput
from channels.pages import READ
from components.local import broken_locals
from conversations.store import ConversationStore, unwrapped
from guides.schools import Schools

log = logging.getLogger(__name__)

NOBODY = "nobody"
"""The conversation of the probe: no sender of a student is signed for it."""
SECONDS = 5
"""Limit of a probe."""


def kept_nowhere(agent: Agent) -> MessageProcessor:
    """What runs turns as the agent does, of which nothing stays."""
    processor = copy.copy(agent.processor)
    processor.tracker_store = InMemoryTrackerStore(agent.domain)
    return processor


async def answers_a_turn(agent: Agent) -> bool:
    """Whether a whole turn works: understanding, dialogue, action, words. It is kept nowhere."""
    output = WebOutput()
    try:
        asked = UserMessage("hello", output, NOBODY)
        await asyncio.wait_for(kept_nowhere(agent).handle_message(asked), SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever it is, the answer is no
        log.error("the probe failed: %s", type(error).__name__)
        return False
    kinds = [(message.get("custom") or {}).get("kind") for message in output.messages]
    return bool(kinds) and "error" not in kinds


def add_health(routes: Blueprint, schools: Schools) -> None:
    """Serve /health and /ready."""

    @routes.route("/health", methods=READ)
    async def health(request: Request) -> HTTPResponse:
        # The files alone: what is wrong stands in the log, which is not for everybody.
        files = {file: each.kept for file, each in schools.broken().items()} | broken_locals()
        broken = {
            file: "last good in force" if kept else "left out" for file, kept in files.items()
        }
        told = {"alive": True, "broken": broken} if broken else {"alive": True}
        return json_response(told, headers=PRIVATE)

    @routes.route("/ready", methods=READ)
    async def ready(request: Request) -> HTTPResponse:
        agent = request.app.ctx.agent
        store = unwrapped(agent.tracker_store)
        state = {
            "turn": await answers_a_turn(agent),
            "store": isinstance(store, ConversationStore) and await store.healthy(),
        }
        status = 200 if all(state.values()) else 503
        return json_response(state, status=status, headers=PRIVATE)
