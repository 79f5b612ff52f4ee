"""Whether there is a sentence encoder, by the `encoder` setting: on, off or auto."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import structlog
from rasa.shared.exceptions import InvalidConfigException

from understanding.build_encoder import ensure
from understanding.encoder import Encoder, EncoderError

logger = structlog.get_logger(__name__)


def find_encoder(config: Mapping[str, Any]) -> Encoder | None:
    """The encoder, built where needed; None if it is off, or auto and there is none.

    Raises:
        EncoderError: if it is on and there is none.
        InvalidConfigException: if the setting is none of the three.
    """
    return _find(_choice(config))


def _choice(config: Mapping[str, Any]) -> str:
    """The `encoder` setting; YAML may have read `on` and `off` as truth values."""
    value = config.get("encoder", "auto")
    choice = {True: "on", False: "off"}.get(value, value)
    if choice not in ("auto", "on", "off"):
        raise InvalidConfigException(f"encoder: found {value!r}, expected auto, on or off")
    return str(choice)


@cache
def _only() -> Encoder:
    """The one encoder of this process: it is shared by whoever asks."""
    return Encoder(ensure())


@cache
def _find(choice: str) -> Encoder | None:
    if choice == "off":
        return None
    try:
        return _only()
    except EncoderError as error:
        if choice == "on":
            raise
        logger.warning("intent_classifier.no_encoder", event_info=f"SPARSE VARIANT ONLY: {error}")
        return None
