"""Session ids that nobody can guess, forge or keep for ever."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from itsdangerous import BadSignature, TimestampSigner

from guides.loading import NAME

KEY_FILE = Path(__file__).parent.parent / ".keys" / "sessions"
SHORTEST_KEY, FEWEST_SIGNS = 24, 8
"""Signs of a key, and different ones among them."""
LIFETIME_SECONDS = 24 * 60 * 60
SHAPE = re.compile(
    rf"[A-Za-z0-9_-]{{16,32}}(?:\.({NAME.pattern}))?\.[A-Za-z0-9_-]{{4,12}}\.[A-Za-z0-9_-]{{20,60}}"
)


class Sessions:
    """Makes and checks the sender that a student's page carries."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._signer = TimestampSigner(key, sep=".")

    def new(self, school: str = "") -> str:
        """A fresh sender: random id, the slug of its school if it has one, time and signature.

        So a conversation's school is part of its id, and nobody can change it later.
        """
        name = secrets.token_urlsafe(16)
        return self.again(f"{name}.{school}" if school else name)

    def again(self, conversation: str) -> str:
        """A fresh sender of a conversation that was begun before."""
        return self._signer.sign(conversation).decode()

    def digest(self, code: str) -> bytes:
        """What stands for a return code in the tables: without the key nobody can tell of which."""
        told = f"return code: {code}".encode()
        return hmac.new(self._key.encode(), told, hashlib.sha256).digest()

    def conversation(self, sender: object) -> str | None:
        """The conversation id of a sender that this server signed and that still lives."""
        known = self.known(sender)
        return known[0] if known else None

    def said_school(self, sender: object) -> str:
        """The school that a sender names, be it too old or forged; empty where it names none."""
        found = SHAPE.fullmatch(sender) if isinstance(sender, str) else None
        return (found and found[1]) or ""

    def known(self, sender: object) -> tuple[str, float] | None:
        """The conversation id of such a sender, and its age in seconds."""
        if not isinstance(sender, str) or not SHAPE.fullmatch(sender):
            return None
        try:
            signed = self._signer.unsign(sender, max_age=LIFETIME_SECONDS, return_timestamp=True)
        except BadSignature:
            return None
        return signed[0].decode(), max(0.0, time.time() - signed[1].timestamp())


class WeakKey(Exception):
    """The key cannot protect anything; the text says what to do."""


def session_key(path: Path | None = None) -> str:
    """The key from GUIDEPOST_KEY, or one made once and kept for its owner alone.

    It is kept beside the conversations where GUIDEPOST_DATA names their folder.

    Raises:
        WeakKey: the key that is given or kept is empty or easy to guess.
    """
    given = os.environ.get("GUIDEPOST_KEY")
    if given is not None:
        return _strong(given, "GUIDEPOST_KEY", "leave it out or set it to")
    folder = os.environ.get("GUIDEPOST_DATA")
    path = path or (Path(folder) / "sessions.key" if folder else KEY_FILE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(32))
    return _strong(path.read_text(errors="replace"), str(path), "remove it or write")


def _strong(key: str, place: str, remedy: str) -> str:
    key = key.strip()
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS:
        raise WeakKey(
            f"{place}: the key is {'empty' if not key else 'too easy to guess'}: {remedy}"
            f" {SHORTEST_KEY} signs or more, as `openssl rand -hex 32` makes them"
        )
    return key


def _write_once(path: Path, key: str) -> None:
    """Write a file whole or not at all; where another process was quicker, its file stays."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)
