"""Who may come in: counselors' accounts, their passwords, one-time links and sessions."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import secrets
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

from sqlalchemy.engine import Connection

from conversations.database import Away, Database, Unplaced, database_url, is_made
from desk import tables
from desk.passwords import LONGEST, SHORTEST, Passwords, is_weak
from desk.tables import Account, Entry

log = logging.getLogger(__name__)

HOUR = 60 * 60
"""Seconds."""
LINK_SECONDS = 48 * HOUR
SESSION_SECONDS, IDLE_SECONDS = 12 * HOUR, HOUR
SEEN_SECONDS = 60
"""Between two notes that a session is in use."""
LOOK_SECONDS = 5
"""Between two looks whether there is any account."""
FREE_TRIES, FIRST_PAUSE, LONGEST_PAUSE = 4, 60, HOUR
"""Tries without a pause, and the seconds of the pauses: each is twice the one before."""
LONGEST_NAME = 60
"""Characters."""
ADMINISTRATOR = ""
"""Who is in the log for what `make counselor` does."""
EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+")

Result = TypeVar("Result")
Work = Callable[[Connection], Result]


class NoAccount(ValueError):
    """An account cannot be made or removed; the text says why and what to do."""


class WrongPassword(ValueError):
    """A new password is not taken; `fault` names the reason in words.yml."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        super().__init__(fault)


def new_token() -> str:
    """What nobody can guess."""
    return secrets.token_urlsafe(32)


def kept(token: str) -> str:
    """What stands for a token in the tables: who reads them cannot come in by it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Accounts:
    """The accounts, in the database of the conversations."""

    def __init__(
        self,
        database: Callable[[], Database] = lambda: Database(database_url(), tables.prepare),
        passwords: Passwords | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._make, self.clock = database, clock
        self._database: Database | None = None
        self._passwords = passwords or Passwords()
        self._there, self._looked = False, float("-inf")

    async def ask(self, work: Work[Result]) -> Result:
        """What the database says.

        Raises:
            Away: it refused, or gave no answer in time.
        """
        try:
            self._database = self._database or self._make()
        except Unplaced as error:
            raise Away(str(error)) from error
        return await self._database.ask(work)

    async def are_there(self) -> bool:
        """Whether there is any account; what was so before, while the database is away."""
        now = self.clock()
        if not 0 <= now - self._looked < LOOK_SECONDS and (self._database or is_made()):
            self._looked = now
            try:
                self._there = await self.ask(tables.has_accounts)
            except Away as error:
                log.error("the database is away: %s", error)
        return self._there

    async def sign_in(self, school: str, name: str, password: str) -> str | None:
        """The token of a new session; none where name or password is wrong, or in a pause.

        Args:
            school: slug of the school whose account it is.
            name: the sign-in name, or the e-mail address.

        Raises:
            Busy, Away: it cannot be found out now.
        """
        name = name.casefold()
        account = await self.ask(partial(tables.account_named, school, name))
        right = await self._is_right(account, password, kept(f"{school} {name}"))
        return await self.ask(partial(self._start, account)) if account and right else None

    async def enter(self, email: str) -> str | None:
        """The token of a new session of whose address it is; none where no account has it.

        Raises:
            Away: it cannot be found out now.
        """
        account = await self.ask(partial(tables.account_with_email, email))
        return await self.ask(partial(self._start, account)) if account else None

    async def _is_right(self, account: Account | None, password: str, nobody: str = "") -> bool:
        """Whether a password is the account's, and may be tried now; it takes as long if not.

        Args:
            nobody: for whom the try is counted where there is no account.
        """
        free = await self.ask(partial(self._may_try, account.id if account else nobody))
        return await self._passwords.fits(password, account.password if account else None) and free

    def _may_try(self, whose: str, connection: Connection) -> bool:
        """Count a try before it is made, so that many at once are no way around the pause."""
        now = self.clock()
        failures = tables.count_try(whose, now, connection)
        if failures > FREE_TRIES:
            pause = min(FIRST_PAUSE * 2 ** min(failures - FREE_TRIES - 1, 20), LONGEST_PAUSE)
            tables.pause_tries(whose, now + pause, connection)
            log.warning("signing in pauses for %s s: %s wrong passwords in a row", pause, failures)
        return failures > 0

    def _start(self, account: Account, connection: Connection) -> str | None:
        """A new session, if the account is still what the password was checked by."""
        if tables.account_of(account.id, connection) != account:
            return None
        tables.forget_tries(account.id, connection)
        token, now = new_token(), self.clock()
        self._clear_old(connection)
        tables.start_session(kept(token), account.id, now, connection)
        return token

    async def of_session(self, token: str) -> Account | None:
        """Whose session it is, if it is one that has not ended."""
        return await self.ask(partial(self._of_session, token))

    def _of_session(self, token: str, connection: Connection) -> Account | None:
        now = self.clock()
        found = tables.session(kept(token), now - SESSION_SECONDS, now - IDLE_SECONDS, connection)
        if found and now - found[1] > SEEN_SECONDS:
            tables.see_session(kept(token), now, connection)
        return found[0] if found else None

    async def sign_out(self, token: str) -> None:
        """End a session."""
        await self.ask(partial(tables.end_session, kept(token)))

    async def linked(self, link: str) -> Account | None:
        """The account whose password a one-time link sets."""
        return await self.ask(partial(tables.account_linked, kept(link), self.clock()))

    async def set_password(self, link: str, password: str, school: str) -> bool:
        """Set the password of a link's account, and use up the link; False where it is none.

        Args:
            school: the name of the school, which is no good password.

        Raises:
            WrongPassword: the password is not taken.
            Busy, Away: it cannot be set now.
        """
        account = await self.linked(link)
        if account is None:
            return False
        check_new(password, account, school)
        hashed = await self._passwords.hash(password)

        def work(connection: Connection) -> bool:
            # Once more: another may have used it meanwhile.
            if tables.account_linked(kept(link), self.clock(), connection) != account:
                return False
            return self._set_password(account, hashed, connection)

        return await self.ask(work)

    async def change_password(self, account: Account, old: str, new: str, school: str) -> bool:
        """Set another password and end all sessions; False where the old one is wrong.

        Raises:
            WrongPassword: the new one is not taken.
            Busy, Away: it cannot be set now.
        """
        check_new(new, account, school)
        if not await self._is_right(account, old):
            return False
        hashed = await self._passwords.hash(new)

        def work(connection: Connection) -> bool:
            return tables.account_of(account.id, connection) == account and self._set_password(
                account, hashed, connection
            )

        return await self.ask(work)

    def _set_password(self, account: Account, hashed: str, connection: Connection) -> bool:
        tables.set_password(account.id, hashed, connection)
        tables.forget_tries(account.id, connection)
        entry = Entry(self.clock(), account.shown, "password_set", "")
        tables.write_log(account.school, entry, connection)
        return True

    async def tidy(self) -> None:
        """Delete for ever what is past its time: each hour, also of a desk that nobody uses."""
        while True:
            if self._database or is_made():
                with suppress(Away):  # the next time, then
                    await self.ask(self._clear_old)
            await asyncio.sleep(HOUR)

    def _clear_old(self, connection: Connection) -> None:
        tables.clear_old(self.clock(), SESSION_SECONDS, IDLE_SECONDS, connection)

    def close(self) -> None:
        """Let go of the database."""
        if self._database:
            self._database.close()


def check_new(password: str, account: Account, school: str) -> None:
    """Refuse a new password that is short, long, or easily guessed by who knows whose it is.

    Raises:
        WrongPassword: it is one of these.
    """
    if len(password) < SHORTEST:
        raise WrongPassword("short")
    if len(password) > LONGEST:
        raise WrongPassword("long")
    if is_weak(password, [account.name, account.shown, account.email or "", school]):
        raise WrongPassword("weak")


def sign_in_name(shown: str) -> str:
    """The name that is typed to sign in: that of Jane Doé is jane.doe."""
    plain = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode().casefold()
    return ".".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))[:LONGEST_NAME].strip(".")


def invite(
    school: str, shown: str, email: str | None, now: float, connection: Connection
) -> tuple[str, str]:
    """Make an account, or find the one that is there; its sign-in name, and a new one-time link.

    Raises:
        NoAccount: the name or the address cannot be used.
    """
    name = sign_in_name(shown)
    if not name or len(shown) > LONGEST_NAME:
        raise NoAccount(
            f"NAME: found {shown[:LONGEST_NAME]!r}, expected a name with letters a-z, such as Jane Doe"
        )
    if email and not EMAIL.fullmatch(email):
        raise NoAccount(f"EMAIL: found {email[:99]!r}, expected an address such as jane@school.org")
    link = new_token()
    found = tables.account_named(school, name, connection)
    other = tables.account_with_email(email, connection) if email else None
    if other and other != found:
        raise NoAccount(
            f"EMAIL: found {email}, which {other.shown} of {other.school or 'school.yml'} has,"
            " expected one that no other account has: leave it out, or remove that account"
        )
    account = Account(found.id if found else secrets.token_hex(8), school, name, shown, email, None)
    if found:
        tables.change_account(account._replace(email=email or found.email), connection)
    else:
        tables.add_account(account, connection)
    tables.offer_link(account.id, kept(link), now + LINK_SECONDS, connection)
    tables.write_log(school, Entry(now, ADMINISTRATOR, "invited", shown), connection)
    return name, link


def remove(school: str, shown: str, now: float, connection: Connection) -> None:
    """Remove an account and its sessions.

    Raises:
        NoAccount: there is none.
    """
    account = tables.account_named(school, sign_in_name(shown), connection)
    if account is None:
        raise NoAccount(f"NAME: found {shown[:LONGEST_NAME]!r}, expected the name of an account")
    tables.remove_account(account.id, connection)
    entry = Entry(now, ADMINISTRATOR, "removed", account.shown)
    tables.write_log(school, entry, connection)
