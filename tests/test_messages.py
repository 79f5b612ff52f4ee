"""What a student may send: senders, bodies and messages."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from answers.offers import offered_payloads
from channels.messages import LARGEST_BODY, LONGEST_MESSAGE, Refused, read_body, read_message
from channels.sessions import Sessions, WeakKey, session_key
from guides.loading import load_guides

OFFERED = offered_payloads(load_guides())


def test_a_sender_is_known_again_and_each_is_its_own() -> None:
    """The server knows the senders that it signed and no two are the same."""
    sessions = Sessions("key")
    first, second = sessions.new(), sessions.new()
    assert sessions.conversation(first) and sessions.conversation(second)
    assert sessions.conversation(first) != sessions.conversation(second)


@pytest.mark.parametrize(
    "sender",
    [None, "", "default", 5, {}, [], "x" * 3000, "a\x00b", "\ud800", "' OR 1=1 --", "a.b.c"],
)
def test_a_made_up_sender_is_refused(sender: object) -> None:
    """Whatever was not signed is nobody's conversation."""
    assert Sessions("key").conversation(sender) is None


def test_a_foreign_or_changed_sender_is_refused() -> None:
    """Another server's sender, another id under the same signature, and an old one are refused."""
    sessions = Sessions("key")
    sender = sessions.new()
    assert sessions.conversation(Sessions("other key").new()) is None
    assert sessions.conversation("A" * 22 + sender[22:]) is None
    changed = "A" if sender[-5] != "A" else "B"  # the last character holds spare bits
    assert sessions.conversation(sender[:-5] + changed + sender[-4:]) is None


def test_a_sender_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender older than its lifetime is refused."""
    sender = Sessions("key").new()
    monkeypatch.setattr("channels.sessions.LIFETIME_SECONDS", -1)
    assert Sessions("key").conversation(sender) is None


def test_the_key_is_made_once_for_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key file is readable by its owner alone and stays the same; the variable wins."""
    monkeypatch.delenv("GUIDEPOST_KEY", raising=False)
    path = tmp_path / "keys" / "sessions"
    key = session_key(path)
    assert len(key) > 30 and session_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["sessions"]
    given = "0123456789abcdef0123456789abcdef"
    monkeypatch.setenv("GUIDEPOST_KEY", given)
    assert session_key(path) == given


@pytest.mark.parametrize("weak", ["", "  ", "secret", "a" * 64, "change me please"])
def test_a_weak_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weak: str) -> None:
    """Given or kept: the place and the remedy are named, and nothing is overwritten."""
    monkeypatch.setenv("GUIDEPOST_KEY", weak)
    with pytest.raises(WeakKey, match=r"GUIDEPOST_KEY: .*openssl rand"):
        session_key(tmp_path / "none")
    monkeypatch.delenv("GUIDEPOST_KEY")
    path = tmp_path / "sessions"
    path.write_text(weak)
    with pytest.raises(WeakKey, match=r"sessions: .*remove it"):
        session_key(path)
    assert path.read_text() == weak


def test_processes_that_start_at_once_agree_on_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is whole or not there, and the first one stays."""
    monkeypatch.delenv("GUIDEPOST_KEY", raising=False)
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: session_key(tmp_path / "sessions"), range(64)))
    assert len(keys) == 1 and [each.name for each in tmp_path.iterdir()] == ["sessions"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"hello", b'"x"', b"[1]", b"5", b"null", b"\xff\xfe", b'{"message": NaN}',
        b"[" * 8000, b"a=1&b=2", '{"a"}'.encode("utf-16"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    """Anything but a JSON object is a 400."""
    with pytest.raises(Refused) as refused:
        read_body(body)
    assert refused.value.status == 400
    assert refused.value.body["error"]["code"] == "not_json"


def test_a_large_body_is_refused() -> None:
    """A body over the limit is a 413, before it is read as JSON."""
    with pytest.raises(Refused) as refused:
        read_body(b"[" * (LARGEST_BODY + 1))
    assert refused.value.status == 413


@pytest.mark.parametrize("message", [None, 1, [], {}, "", "   ", "\x00\x07", "\u200b"])
def test_a_message_without_words_is_refused(message: object) -> None:
    """A missing, mistyped or empty message is a 400."""
    with pytest.raises(Refused) as refused:
        read_message({"message": message}, OFFERED)
    assert refused.value.status == 400


def test_a_long_message_is_refused() -> None:
    """The limit itself is fine, one more is a 413."""
    assert read_message({"message": "a" * LONGEST_MESSAGE}, OFFERED).text
    with pytest.raises(Refused) as refused:
        read_message({"message": "a" * (LONGEST_MESSAGE + 1)}, OFFERED)
    assert refused.value.status == 413


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("/ask_salary", "/ask_salary"),
        ('/make_plan{"hours": "4"}', '/make_plan{"hours": "4"}'),
        ("/restart", "restart"),
        ("/session_start", "session_start"),
        ('/ask_salary{"career": "x"}', 'ask_salary{"career": "x"}'),
        ("//back", "back"),
        ("/ask_salary@0.1", "ask_salary@0.1"),
        ("/", "?"),
        ("a\x00b\u202ec", "a b c"),
        ("cafe\u0301", "caf\u00e9"),
        ("x\ud800y", "x y"),
    ],
)
def test_only_own_buttons_keep_their_slash(typed: str, text: str) -> None:
    """A command that no button offers is plain text; unseen characters go."""
    assert read_message({"message": typed}, OFFERED).text == text
