"""Return codes: what they are made of, how they are typed, what is kept of them and how long."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from math import log2
from pathlib import Path

import pytest

from channels import limits
from channels.limits import Allowance
from channels.messages import Refused
from channels.returning import (
    GUESSES,
    GUESSES_OF_ADDRESS,
    LEAST,
    LONGEST,
    MOST,
    WORDS,
    known_words,
    new_code,
    read_code,
)
from channels.sessions import LIFETIME_SECONDS, Sessions
from conversations.database import Away
from conversations.store import ConversationStore
from tests.stores import folder as folder  # a fixture
from tests.stores import store as store  # a fixture
from tests.test_conversations import bytes_of, part, say
from tests.test_limits import Clock

SESSIONS = Sessions("a key for the tests")
CODE = SESSIONS.digest("lizard copper garden 482")
DAY = 24 * 60 * 60


def anybody(conversation: str) -> bool:
    return True


def soon() -> float:
    return time.time() + 60


def test_a_code_has_45_bits() -> None:
    """4,096 words that are there once, three of them, and a number of three digits."""
    assert len(known_words()) == 4096
    assert all(word.isascii() and word.isalpha() and 4 <= len(word) <= 8 for word in known_words())
    assert 45 < WORDS * log2(len(known_words())) + log2(MOST - LEAST + 1) < 46
    codes = [new_code() for _ in range(2000)]
    assert len(set(codes)) == len(codes) and all(read_code(code) == code for code in codes)
    numbers = [int(code.split()[-1]) for code in codes]
    assert min(numbers) < 120 and max(numbers) > 980


def test_the_rates_stop_guessing() -> None:
    """However many addresses guess: a day of all tries hits one of 1,000 codes once in 2,000 years."""
    clock = Clock()
    all_, one = Allowance(GUESSES, clock), Allowance(GUESSES_OF_ADDRESS, clock)
    tried = {True: 0, False: 0}
    for _ in range(DAY // 10):
        clock.now += 10
        tried[True] += sum(not all_.take("") for _ in range(20))
        tried[False] += sum(not one.take("a") for _ in range(20))
    assert tried[False] < 9_000 < tried[True] < 87_000
    codes = len(known_words()) ** WORDS * (MOST - LEAST + 1)
    assert tried[True] * 365 * 2000 * 1000 / codes < 1.1
    assert sum(not one.take(f"student {each}") for each in range(40)) == 40


@pytest.mark.parametrize(
    "typed",
    [
        "Lizard Copper Garden 482",
        " lizard  copper\tgarden\n482 ",
        "lizard-copper-garden-482",
        "LIZARD, COPPER, GARDEN, 482.",
        "lizard_copper_garden482",
        "“lizard” copper – garden – 482",
    ],
)
def test_a_code_may_be_typed_in_many_ways(typed: str) -> None:
    """Capitals, hyphens, commas and gaps do not matter."""
    assert read_code(typed) == "lizard copper garden 482"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (None, "bad_code"),
        (482, "bad_code"),
        (["lizard"], "bad_code"),
        ("", "bad_code"),
        ("482", "bad_code"),
        ("lizard copper garden", "bad_code"),
        ("lizard copper 482", "bad_code"),
        ("lizard copper garden garden 482", "bad_code"),
        ("482 lizard copper garden", "bad_code"),
        ("lizard copper garden 82", "bad_code"),
        ("lizard copper garden 082", "bad_code"),
        ("lizard copper garden 4821", "bad_code"),
        ("lizard copper garden ٤٨٢", "bad_code"),
        ("lizard copper garden 482" + " " * LONGEST, "bad_code"),
        ("lizzard copper garden 482", "misspelt"),
        ("lizard cöpper garden 482", "misspelt"),
        ("lizard c\ud800pper garden 482", "bad_code"),
        ("lizard copper\x00 garden x 482", "bad_code"),
    ],
)
def test_what_is_no_code_is_told_apart(typed: object, code: str) -> None:
    """A word that is in no code is named as a matter of spelling; no word is put in its place."""
    with pytest.raises(Refused) as refused:
        read_code(typed)
    assert (refused.value.status, refused.value.code) == (400, code)


def test_a_digest_needs_the_key() -> None:
    """Without it nobody can tell from a digest of which code it is; a sender is no code."""
    code = "lizard copper garden 482"
    assert SESSIONS.digest(code) == CODE and len(CODE) == 32
    assert Sessions("another key of ours").digest(code) != CODE
    assert len({SESSIONS.digest(new_code()) for _ in range(100)}) == 100


def test_a_sender_that_is_made_again_lives_anew() -> None:
    """It is of the same conversation and school, and as good as new."""
    first = SESSIONS.new("lincoln")
    conversation = SESSIONS.conversation(first)
    assert conversation and conversation.endswith(".lincoln")
    known = SESSIONS.known(SESSIONS.again(conversation))
    assert known and known[0] == conversation and known[1] < 2


async def test_a_code_leads_there_once(store: ConversationStore) -> None:
    """To its own conversation, the first time that it is used."""
    for name in ("a", "b"):
        await say(store, name, "hello")
    assert await store.set_code("a", CODE, soon())
    assert await store.set_code("b", SESSIONS.digest("another"), soon())
    assert await store.use_code(CODE, anybody) == "a"
    assert await store.use_code(CODE, anybody) is None
    assert await store.use_code(SESSIONS.digest("no such"), anybody) is None


async def test_a_new_code_replaces_the_old(store: ConversationStore) -> None:
    """One of a conversation is in force."""
    await say(store, "a", "hello")
    newer = SESSIONS.digest("newer")
    assert await store.set_code("a", CODE, soon()) and await store.set_code("a", newer, soon())
    assert await store.use_code(CODE, anybody) is None
    assert await store.use_code(newer, anybody) == "a"


async def test_who_may_not_use_a_code_spoils_none(store: ConversationStore) -> None:
    """It works afterwards for who may."""
    await say(store, "a", "hello")
    await store.set_code("a", CODE, soon())
    assert await store.use_code(CODE, lambda conversation: conversation != "a") is None
    assert await store.use_code(CODE, anybody) == "a"


async def test_a_code_grows_old(store: ConversationStore, folder: Path) -> None:
    """Beyond its time it leads nowhere, and leaves the table."""
    await say(store, "a", "hello")
    await store.set_code("a", CODE, time.time() - 1)
    assert await store.use_code(CODE, anybody) is None
    assert rows(folder) == 1
    await store.prune()
    assert rows(folder) == 0


def rows(folder: Path) -> int:
    """How many codes the file has."""
    with closing(sqlite3.connect(folder / "conversations.db")) as file:
        return int(file.execute("SELECT COUNT(*) FROM codes").fetchone()[0])


async def test_a_code_goes_with_its_chat(store: ConversationStore, folder: Path) -> None:
    """Deleted on request, or as it is too old: then the code leads nowhere."""
    await say(store, "a", "hello")
    await store.set_code("a", CODE, soon())
    await store.forget("a")
    assert rows(folder) == 0 and await store.use_code(CODE, anybody) is None
    await say(store, "b", "hello")
    await store.set_code("b", CODE, soon())
    await store.prune(older_than_days=-1)
    assert await store.use_code(CODE, anybody) is None


async def test_there_is_no_code_to_nothing(store: ConversationStore) -> None:
    """Where nothing was said, and where nothing is written."""
    assert not await store.set_code("nobody", CODE, soon())
    unkept = ConversationStore(keep_days=0)
    await say(unkept, "a", "hello")
    assert not await unkept.set_code("a", CODE, soon())
    assert await unkept.use_code(CODE, anybody) is None
    unkept.close()


async def test_the_file_holds_no_code(store: ConversationStore, folder: Path) -> None:
    """Neither its words nor the id of its conversation stand there, before and after."""
    await say(store, "conversation-of-somebody", "hello")
    await store.set_code("conversation-of-somebody", CODE, soon())
    kept = bytes_of(folder)
    assert CODE in kept
    assert not any(word.encode() in kept for word in ("lizard", "copper", "garden", "482"))
    assert b"conversation-of-somebody" not in kept


async def test_without_the_database_it_says_so(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No code is given out that nobody could use."""
    await say(store, "a", "hello")
    part(store, monkeypatch)
    with pytest.raises(Away):
        await store.set_code("a", CODE, soon())
    with pytest.raises(Away):
        await store.use_code(CODE, anybody)


def test_a_code_lives_no_longer_than_a_session() -> None:
    """A day, as privacy says."""
    assert LIFETIME_SECONDS == DAY and not limits.OFF
