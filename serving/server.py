"""One process: Rasa, the actions and the chat page."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from asyncio import AbstractEventLoop
from functools import partial
from pathlib import Path

from prometheus_client import start_http_server
from rasa.core.run import (
    close_resources,
    configure_app,
    create_http_input_channels,
    load_agent_on_start,
)
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from channels.heads import watch_heads
from channels.health import answers_a_turn
from channels.messages import PRIVATE, Refused
from channels.metrics import REGISTRY
from components.models import ROOT
from conversations.retention import keep_to_limit
from conversations.store import ConversationStore, unwrapped
from serving.actions import InProcessActions
from serving.checks import Unusable, fault_of_port, port_of
from serving.connections import Connection
from serving.logs import configure_logs
from serving.watchdog import Watchdog

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
LARGEST_REQUEST = 160_000
"""Bytes; the channel refuses smaller ones with more words, this one before they are read."""
REQUEST_SECONDS = 15
"""How long a caller may take to send a request, head and body."""
UNUSED_SECONDS = 5
"""How long a connection is kept open unused; half of it is how often Sanic looks at its times."""
BACKLOG = 1024
"""Connections that wait to be taken; a class that opens the page at once is none of them late."""


def serve(model: Path, host: str, port: int) -> None:
    """Serve until stopped.

    Raises:
        Unusable: the credentials, the endpoints or the model cannot be used.
    """
    configure_logs()
    try:
        channels = create_http_input_channels(None, str(ROOT / "credentials.yml"))
        endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    except RasaException as error:
        raise Unusable([" ".join(str(error).split())]) from error
    endpoints.action = InProcessActions()
    endpoints.tracker_store = store = conversation_store(
        TrackerStore.create(endpoints.tracker_store)
    )
    app = configure_app(channels, enable_api=False, port=port, endpoints=endpoints)
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST
    app.config.REQUEST_TIMEOUT, app.config.KEEP_ALIVE_TIMEOUT = REQUEST_SECONDS, UNUSED_SECONDS
    app.config.RESPONSE_TIMEOUT = REQUEST_SECONDS + 1  # a body that never ends falls under it
    app.error_handler.add(SanicException, _refuse)
    app.error_handler.add(Exception, _fail)
    watch_heads(app)
    app.register_listener(partial(_load, model, endpoints), "before_server_start")
    app.register_listener(partial(_open, store), "before_server_start")
    app.register_listener(partial(_keep, store), "after_server_start")
    app.register_listener(partial(_say_ready, port), "after_server_start")
    app.register_listener(_watch, "after_server_start")
    app.register_listener(partial(_stop_keeping, store), "after_server_stop")
    app.register_listener(close_resources, "after_server_stop")
    _serve_metrics()
    try:
        app.run(
            host=host, port=port, access_log=False, motd=False, backlog=BACKLOG, protocol=Connection
        )
    except RuntimeError:
        if not app.is_stopping:
            raise
        store.close()  # stopped between the open port and "Ready": Sanic stops its loop half-way


def _refuse(_: Request, error: SanicException) -> HTTPResponse:
    """Every refusal has the same form, also those that reach no route."""
    status = getattr(error, "status_code", 500)
    words = {
        400: "That is no request.",
        404: "There is no such address.",
        405: "Use another method.",
        408: "That took too long.",
        413: "That is too large.",
        503: "That took too long. Please try again.",
    }
    wait = 1 if status == 503 else 0
    refused = Refused(status, "refused", words.get(status, "That did not work."), wait)
    return json_response(refused.body, status=status, headers={**PRIVATE, **refused.headers})


def _fail(request: Request, error: Exception) -> HTTPResponse:
    """Whatever went wrong: logged by its kind, never with a student's words."""
    log.error("request failed: %s", type(error).__name__)
    return _refuse(request, SanicException(status_code=500))


def _serve_metrics() -> None:
    """Metrics for this machine alone, on METRICS_PORT; without it there are none."""
    given = os.environ.get("METRICS_PORT")
    if not given:
        return
    port = port_of("METRICS_PORT", given)
    fault = fault_of_port(LOOPBACK, port, "METRICS_PORT")
    if fault:
        raise Unusable([fault])
    start_http_server(port, addr=LOOPBACK, registry=REGISTRY)


async def _load(
    model: Path, endpoints: AvailableEndpoints, app: Sanic, loop: AbstractEventLoop
) -> None:
    # Rasa only logs that a model cannot be loaded, and then answers nothing.
    agent = await load_agent_on_start(str(model), endpoints, None, app, loop)
    if not agent.is_ready():
        raise Unusable([f"{model.name}: cannot be loaded: remove it from models/ and start again"])


def conversation_store(store: TrackerStore) -> ConversationStore:
    """Our store inside of Rasa's.

    Raises:
        Unusable: it is another. Rasa only warns of one that it cannot import, and then forgets
            everything at each restart.
    """
    found = unwrapped(store)
    if isinstance(found, ConversationStore):
        return found
    raise Unusable(
        [
            f"endpoints.yml: tracker_store: found {type(found).__name__},"
            " expected type: conversations.store.ConversationStore"
        ]
    )


async def _watch(app: Sanic, _: object) -> None:
    watchdog = Watchdog()
    app.ctx.beating = asyncio.ensure_future(watchdog.beat())
    watchdog.start()


async def _open(store: ConversationStore, _: Sanic, __: object) -> None:
    await store.open()


async def _keep(store: ConversationStore, app: Sanic, _: object) -> None:
    await store.healthy()  # so that a database that is away is named now
    app.ctx.retention = asyncio.ensure_future(keep_to_limit(store))


async def _stop_keeping(store: ConversationStore, app: Sanic, _: object) -> None:
    app.ctx.retention.cancel()
    store.close()


async def _say_ready(port: int, app: Sanic, _: object) -> None:
    # The first turn loads what is loaded late; no student waits for that.
    if not await answers_a_turn(app.ctx.agent):
        raise Unusable(["the model is loaded but answers nothing: see the log above"])
    gc.freeze()
    gc.enable()
    print(f"Ready: http://localhost:{port}/chat  (Ctrl-C stops it)", flush=True)
