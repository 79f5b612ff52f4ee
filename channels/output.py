"""What Rasa says in a turn, collected."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel

from answers.words import headed


class WebOutput(CollectingOutputChannel):
    """Collects each reply as one message with text, buttons and custom object together."""

    @classmethod
    def name(cls) -> str:
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        kept = {key: message[key] for key in ("buttons", "custom") if message.get(key)}
        text = headed(message.get("text") or "", message.get("custom"))
        self.messages.append({"recipient_id": recipient_id, "text": text, **kept})
