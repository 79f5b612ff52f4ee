"""Counselors' accounts: how they are made, what a password must be, and who guesses in vain."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from conversations.tables import is_in_shape
from desk import __main__ as command
from desk import tables
from desk.accounts import (
    FIRST_PAUSE,
    FREE_TRIES,
    LINK_SECONDS,
    LONGEST_PAUSE,
    Accounts,
    NoAccount,
    WrongPassword,
    check_new,
    invite,
    kept,
    remove,
    sign_in_name,
)
from desk.door import Desk
from desk.passwords import LONGEST, MOST_WAITING, Busy, Passwords
from desk.tables import DAY, LOG_DAYS, Account, Entry
from guides.loading import Guides
from tests.desks import PASSWORD, QUICK, Clock, counselor, schools_in
from tests.desks import clock as clock  # a fixture
from tests.desks import desk as desk  # a fixture

JANE = Account("id", "lincoln", "jane.doe", "Jane Doe", "jd@lincoln.example", None)


async def tries(desk: Desk, *passwords: str, name: str = "jane.doe") -> list[bool]:
    """Whether each of some passwords comes in."""
    return [bool(await desk.accounts.sign_in("", name, password)) for password in passwords]


async def test_a_link_sets_one_password(desk: Desk, clock: Clock) -> None:
    """Once; not after two days; not after a newer link; and none that is made up."""

    def invited() -> Awaitable[tuple[str, str]]:
        return desk.accounts.ask(partial(invite, "", "Jane Doe", None, clock.now))

    name, first = await invited()
    assert name == "jane.doe"
    _, second = await invited()
    setting = partial(desk.accounts.set_password, password=PASSWORD, school="")
    assert not await setting(first) and not await setting("made up") and not await setting("")
    assert await setting(second) and not await setting(second)
    _, third = await invited()
    assert await tries(desk, PASSWORD) == [True]  # the old one is good until the link is used
    clock.now += LINK_SECONDS + 1
    assert not await setting(third) and await desk.accounts.linked(third) is None


async def test_two_who_use_a_link_at_once(desk: Desk, clock: Clock) -> None:
    """One of them sets the password."""
    _, link = await desk.accounts.ask(partial(invite, "", "Jane Doe", None, clock.now))
    both = (desk.accounts.set_password(link, f"{PASSWORD} {n}", "") for n in range(2))
    assert sorted(await asyncio.gather(*both)) == [False, True]


async def test_a_new_password_ends_what_was_before(desk: Desk, clock: Clock) -> None:
    """Every session, the old password, and a pause; only once the link is used."""
    name = await counselor(desk, "Jane Doe")
    session = await desk.accounts.sign_in("", name, PASSWORD)
    assert session and await desk.accounts.of_session(session)
    await tries(desk, *["wrong"] * 6)
    _, link = await desk.accounts.ask(partial(invite, "", "Jane Doe", None, clock.now))
    assert await desk.accounts.of_session(session)
    assert await desk.accounts.set_password(link, "another horse battery", "")
    assert await desk.accounts.of_session(session) is None
    assert await tries(desk, PASSWORD, "another horse battery") == [False, True]


async def test_a_password_is_changed_by_who_knows_it(desk: Desk) -> None:
    """And all sessions end; guessing the old one is counted as signing in is."""
    name = await counselor(desk, "Jane Doe")
    session = await desk.accounts.sign_in("", name, PASSWORD)
    account = session and await desk.accounts.of_session(session)
    assert account
    change = partial(desk.accounts.change_password, account, school="")
    assert not await change("wrong", "another horse battery")
    with pytest.raises(WrongPassword):
        await change(PASSWORD, "short")
    assert await change(PASSWORD, "another horse battery")
    assert await desk.accounts.of_session(session) is None
    assert await tries(desk, PASSWORD, "another horse battery") == [False, True]
    (account,) = [await desk.accounts.ask(partial(tables.account_of, account.id))]
    for _ in range(FREE_TRIES + 1):
        assert not await desk.accounts.change_password(account, "wrong", PASSWORD, "")
    assert await tries(desk, "another horse battery") == [False]


async def test_guessing_waits_longer_each_time(desk: Desk, clock: Clock) -> None:
    """Also with the right password; a pause is not made longer by trying, and ends."""
    await counselor(desk, "Jane Doe")
    assert await tries(desk, *["wrong"] * (FREE_TRIES + 1), PASSWORD) == [False] * (FREE_TRIES + 2)
    clock.now += FIRST_PAUSE - 1
    assert await tries(desk, PASSWORD) == [False]
    clock.now += 1
    assert await tries(desk, "wrong", PASSWORD) == [False, False]
    clock.now += FIRST_PAUSE
    assert await tries(desk, PASSWORD) == [False]
    clock.now += FIRST_PAUSE
    assert await tries(desk, PASSWORD, *["wrong"] * FREE_TRIES, PASSWORD) == [
        True, *[False] * FREE_TRIES, True,
    ]  # fmt: skip
    for _ in range(20):
        await tries(desk, "wrong")
        clock.now += LONGEST_PAUSE
    assert await tries(desk, PASSWORD) == [True]


async def test_replicas_share_sessions_and_pauses(desk: Desk, clock: Clock) -> None:
    """Who is in at one is in at another, and what is guessed at one is not guessed there."""
    await counselor(desk, "Jane Doe")
    other = SimpleNamespace(accounts=Accounts(passwords=QUICK, clock=clock))
    session = await desk.accounts.sign_in("", "jane.doe", PASSWORD)
    assert session and await other.accounts.of_session(session)
    await desk.accounts.sign_out(session)
    assert await other.accounts.of_session(session) is None
    for each in (desk, other, desk, other, desk):
        assert await tries(each, "wrong") == [False]
    assert await tries(other, PASSWORD) == [False]
    other.accounts.close()


async def test_many_guesses_at_once_are_counted_one_by_one(desk: Desk) -> None:
    """No more of them are free than one after the other."""
    await counselor(desk, "Jane Doe")
    guesses = (desk.accounts.sign_in("", "jane.doe", f"wrong {n}") for n in range(MOST_WAITING))
    await asyncio.gather(*guesses)
    assert await tries(desk, PASSWORD) == [False]


async def test_nobody_can_tell_which_names_there_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong name, a wrong password, a name without one and a pause cost one check each."""
    await counselor(desk, "Jane Doe")
    await desk.accounts.ask(partial(invite, "", "New One", None, desk.accounts.clock()))
    checked: list[str] = []
    verify = PasswordHasher.verify

    def counted(hasher: PasswordHasher, hashed: str, password: str) -> bool:
        checked.append(hashed.rpartition("$")[0].rpartition("$")[0])  # its parameters
        return verify(hasher, hashed, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    for name in ("jane.doe", "nobody", "new.one"):
        assert await tries(desk, *["wrong"] * 8, name=name) == [False] * 8
    assert len(checked) == 24 and len(set(checked)) == 1


async def test_an_account_that_changed_meanwhile_comes_not_in(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removed, or given another password, while the old one was being checked."""
    await counselor(desk, "Jane Doe")
    fits = QUICK.fits

    async def slowly(password: str, hashed: str | None) -> bool:
        found = await fits(password, hashed)
        await desk.accounts.ask(partial(remove, "", "Jane Doe", clock.now))
        return found

    monkeypatch.setattr(QUICK, "fits", slowly)
    assert await tries(desk, PASSWORD) == [False]


async def test_an_account_is_removed_with_its_sessions(desk: Desk, clock: Clock) -> None:
    """The one that is made anew under its name is another; the log stays."""
    await counselor(desk, "Jane Doe")
    session = await desk.accounts.sign_in("", "jane.doe", PASSWORD)
    assert session
    await desk.accounts.ask(partial(remove, "", "jane  DOE", clock.now))
    assert await desk.accounts.of_session(session) is None and not await rows(desk, "sessions")
    await counselor(desk, "Jane Doe")
    assert await desk.accounts.of_session(session) is None
    entries = await desk.accounts.ask(partial(tables.read_log, "", 0, 10))
    assert [entry.did for entry in entries].count("removed") == 1


async def test_an_address_signs_in_too(desk: Desk, clock: Clock) -> None:
    """It is in one account of the server; who has it already is named."""
    await counselor(desk, "Jane Doe", email="jane@lincoln.example")
    assert await tries(desk, PASSWORD, name="Jane@Lincoln.example") == [True]
    with pytest.raises(NoAccount, match=r"which Jane Doe of school\.yml has"):
        asked = partial(invite, "lincoln", "Jo Roe", "jane@lincoln.example", clock.now)
        await desk.accounts.ask(asked)
    await desk.accounts.ask(partial(invite, "", "Jane Doe", None, clock.now))
    assert await tries(desk, PASSWORD, name="jane@lincoln.example") == [True]


async def test_no_secret_is_kept(desk: Desk, tmp_path: Path) -> None:
    """No password, link or session stands in the database, only what they are checked by."""
    _, link = await desk.accounts.ask(partial(invite, "", "Jane Doe", None, desk.accounts.clock()))
    assert await desk.accounts.set_password(link, PASSWORD, "")
    session = await desk.accounts.sign_in("", "jane.doe", PASSWORD)
    assert session and await desk.accounts.ask(partial(tables.session, kept(session), 0, 0))
    written = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert b"jane.doe" in written and b"$argon2id$" in written
    assert not any(secret.encode() in written for secret in (PASSWORD, link, session))


async def test_the_file_is_laid_out_for_conversations(desk: Desk, tmp_path: Path) -> None:
    """Also where the desk makes it: what it is fixed to then cannot be changed cheaply."""
    await counselor(desk, "Jane Doe")
    assert await desk.accounts.ask(is_in_shape)
    with sqlite3.connect(tmp_path / "data" / "conversations.db") as connection:
        assert connection.execute("SELECT COUNT(*) FROM turns").fetchone() == (0,)


async def test_what_is_old_is_deleted(desk: Desk, clock: Clock) -> None:
    """Sessions, tries and lines of the log, also of a desk that nobody uses."""
    await counselor(desk, "Jane Doe")
    assert await desk.accounts.sign_in("", "jane.doe", PASSWORD)
    await tries(desk, "wrong")
    entry = Entry(clock.now - LOG_DAYS * DAY + 60, "Jane Doe", "removed", "Jo")
    await desk.accounts.ask(partial(tables.write_log, "", entry))
    counts = [await rows(desk, name) for name in ("sessions", "tries", "log")]
    assert counts == [1, 1, 3]
    clock.now += DAY + 1
    tidying = asyncio.ensure_future(desk.accounts.tidy())
    while await rows(desk, "sessions"):
        await asyncio.sleep(0)
    tidying.cancel()
    assert [await rows(desk, name) for name in ("tries", "log")] == [0, 2]


async def test_tidying_makes_no_database(desk: Desk, tmp_path: Path) -> None:
    """Where nothing is kept there is nothing to delete."""
    tidying = asyncio.ensure_future(desk.accounts.tidy())
    await asyncio.sleep(0.1)
    tidying.cancel()
    assert not (tmp_path / "data").exists()


async def rows(desk: Desk, name: str) -> int:
    counted = text(f"SELECT COUNT(*) FROM desk_{name}")
    return await desk.accounts.ask(lambda connection: connection.execute(counted).scalar())


TAKEN = ("correct horse battery", "Ygx7#mLw0qTz", "wir gehen im mai schwimmen", "ñandú corre lejos")
REFUSED = {
    "short": ("", "seven77!x", "x" * 9),
    "long": ("correct horse " * 20,),
    "weak": (
        "aaaaaaaaaaaaaaaa",
        "abababababab",
        "password123",
        "Password2026!!",
        "1234567890",
        "12345678901234567890",
        "qwertyuiop",
        "lincolnhigh1",
        "LincolnHigh2026",
        "lincoln-lincoln",
        "janedoejane1",
        "jane.doe.jane.doe",
        "jd@lincoln.example",
    ),
}


@pytest.mark.parametrize("password", TAKEN)
def test_a_good_password_is_taken(password: str) -> None:
    """Words that can be remembered, or signs; no sort of sign is demanded."""
    check_new(password, JANE, "Lincoln High")


@pytest.mark.parametrize(
    ("fault", "password"), [(fault, each) for fault, some in REFUSED.items() for each in some]
)
def test_a_bad_password_is_refused(fault: str, password: str) -> None:
    """Short, long, usual, of few signs, or made of the names of school and counselor."""
    with pytest.raises(WrongPassword) as refused:
        check_new(password, JANE, "Lincoln High")
    assert refused.value.fault == fault


async def test_few_wait_for_a_check() -> None:
    """One is checked at a time, and memory stays bounded, whoever floods the desk."""
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    asked = [passwords.fits("x", None) for _ in range(MOST_WAITING + 5)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each) for each in found] == [bool] * MOST_WAITING + [Busy] * 5
    assert not await passwords.fits("x", None)


def test_passwords_are_hashed_as_advised() -> None:
    """With the parameters of argon2-cffi, so that an update of it makes them harder."""
    found, advised = (
        (hasher.time_cost, hasher.memory_cost, hasher.parallelism)
        for hasher in (Passwords()._hasher, PasswordHasher())
    )
    assert found == advised and found[1] >= 65_536
    assert LONGEST <= 1000


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Jane Doe", "jane.doe"),
        ("  José  Nuñez-O’Neil ", "jose.nunez.oneil"),
        ("Jo O'Neil", "jo.oneil"),
        ("x" * 100, "x" * 60),
        ("李", ""),
        ("../../etc", "etc"),
    ],
)
def test_a_sign_in_name_is_plain(shown: str, name: str) -> None:
    """Lower-case letters and digits, with dots."""
    assert sign_in_name(shown) == name


@pytest.fixture
def run(
    tmp_path: Path,
    guides: Guides,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, str]]:
    """Runs the command; its exit code, and what it said."""
    schools = schools_in(tmp_path, guides)
    monkeypatch.setattr(command, "find_schools", lambda: schools)
    monkeypatch.setenv("GUIDEPOST_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("GUIDEPOST_DATABASE", raising=False)

    def called(*arguments: str) -> tuple[int, str]:
        code = command.main(list(arguments))
        said = capsys.readouterr()
        return code, said.out + said.err

    return called


def test_make_counselor_prints_a_link(run: Callable[..., tuple[int, str]]) -> None:
    """And the sign-in name, the address and the school; run again, another link."""
    code, said = run("--school", "lincoln", "--email", "", "--", "Jane  Doe")
    assert code == 0 and "Jane Doe signs in at https://guide.example/desk as jane.doe" in said
    assert "for Lincoln High" in said and "/desk/password?link=" in said
    code, again = run("--school", "lincoln", "--email", "", "--", "Jane Doe")
    assert code == 0 and again.rpartition("link=")[2] != said.rpartition("link=")[2]
    assert run("--remove", "--school", "lincoln", "Jane Doe") == (
        0,
        "The account of Jane Doe is removed.\n",
    )


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["--school", "grant", "Jane"], "SCHOOL: found 'grant', expected one of: lincoln"),
        (["--school", "../x", "Jane"], "SCHOOL: found '../x', expected one of: lincoln"),
        ([""], "NAME: found '', expected a name with letters a-z, such as Jane Doe"),
        (
            ["--", "-- --"],
            "NAME: found '-- --', expected a name with letters a-z, such as Jane Doe",
        ),
        (["x" * 61], "expected a name with letters a-z, such as Jane Doe"),
        (["--email", "jane", "Jane"], "EMAIL: found 'jane', expected an address such as"),
        (["--remove", "Nobody"], "NAME: found 'Nobody', expected the name of an account"),
    ],
)
def test_make_counselor_names_the_remedy(
    run: Callable[..., tuple[int, str]], arguments: list[str], remedy: str
) -> None:
    """One line that says what is wrong and what is expected."""
    code, said = run(*arguments)
    assert code == 1 and remedy in said and said.count("\n") == 1


def test_make_counselor_says_that_the_database_is_away(
    run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or that there is none where it is said to be; no password of it is repeated."""
    monkeypatch.setenv("GUIDEPOST_DATABASE", "postgresql://guide:secret@127.0.0.1:1/x")
    code, said = run("Jane Doe")
    assert code == 1 and "cannot be reached" in said and "secret" not in said
    monkeypatch.setenv("GUIDEPOST_DATABASE", "mysql://guide:secret@127.0.0.1:1/x")
    code, said = run("Jane Doe")
    assert code == 1 and "expected postgresql://" in said and "secret@" not in said
