"""One process: Rasa, the actions and the chat page."""

from __future__ import annotations

from asyncio import AbstractEventLoop
from functools import partial
from pathlib import Path

from rasa.core.run import (
    close_resources,
    configure_app,
    create_http_input_channels,
    load_agent_on_start,
)
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException
from sanic import Sanic

from serving.actions import InProcessActions
from serving.checks import Unusable
from serving.logs import configure_logs
from serving.model import ROOT


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
    app = configure_app(channels, enable_api=False, port=port, endpoints=endpoints)
    app.register_listener(partial(_load, model, endpoints), "before_server_start")
    app.register_listener(partial(_say_ready, port), "after_server_start")
    app.register_listener(close_resources, "after_server_stop")
    app.run(host=host, port=port, access_log=False, motd=False)


async def _load(
    model: Path, endpoints: AvailableEndpoints, app: Sanic, loop: AbstractEventLoop
) -> None:
    # Rasa only logs that a model cannot be loaded, and then answers nothing.
    agent = await load_agent_on_start(str(model), endpoints, None, app, loop)
    if not agent.is_ready():
        raise Unusable([f"{model.name}: cannot be loaded: remove it from models/ and start again"])


async def _say_ready(port: int, app: Sanic, _: object) -> None:
    print(f"Ready: http://localhost:{port}/chat  (Ctrl-C stops it)", flush=True)
