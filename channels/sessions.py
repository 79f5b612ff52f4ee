"""Session ids that nobody can guess, forge or keep for ever."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from itsdangerous import BadSignature, TimestampSigner

KEY_FILE = Path(__file__).parent.parent / ".keys" / "sessions"
LIFETIME_SECONDS = 24 * 60 * 60
SHAPE = re.compile(r"[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{4,12}\.[A-Za-z0-9_-]{20,60}")


class Sessions:
    """Makes and checks the sender that a student's page carries."""

    def __init__(self, key: str) -> None:
        self._signer = TimestampSigner(key, sep=".")

    def new(self) -> str:
        """A fresh sender: random id, time and signature."""
        return self._signer.sign(secrets.token_urlsafe(16)).decode()

    def conversation(self, sender: object) -> str | None:
        """The conversation id of a sender that this server signed and that still lives."""
        if not isinstance(sender, str) or not SHAPE.fullmatch(sender):
            return None
        try:
            return self._signer.unsign(sender, max_age=LIFETIME_SECONDS).decode()
        except BadSignature:
            return None


def session_key(path: Path | None = None) -> str:
    """The key from GUIDEPOST_KEY, or one made once and kept for its owner alone.

    It is kept beside the conversations where GUIDEPOST_DATA names their folder.
    """
    given = os.environ.get("GUIDEPOST_KEY")
    if given:
        return given
    folder = os.environ.get("GUIDEPOST_DATA")
    path = path or (Path(folder) / "sessions.key" if folder else KEY_FILE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii")
