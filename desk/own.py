"""The desk's own pages: start, sign in and out, choose a password, account, log."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial

from channels.markup import Markup, tag
from desk import tables
from desk.accounts import WrongPassword
from desk.door import Answer, Call, Desk, Go, Visit
from desk.drawing import ROOT, SIGN_IN, SIGN_OUT, Page, button, choice, field, form, table, ways
from desk.passwords import LONGEST, SHORTEST
from desk.tables import DAY, LOG_DAYS, Account, Entry
from desk.words import WORDS, word
from guides.schools import Broken, Schools

ACCOUNT, LOG, PASSWORD = f"{ROOT}/account", f"{ROOT}/log", f"{ROOT}/password"
EVERYWHERE = f"{SIGN_OUT}-everywhere"
SHOWN = 200
"""Lines of the log that are shown."""


def add_own_pages(desk: Desk) -> None:
    """Register them."""
    _add_start(desk)
    _add_sign_in(desk)
    _add_password(desk)
    _add_account(desk)
    _add_log(desk)


def _add_start(desk: Desk) -> None:
    @desk.page(ROOT, section="home")
    async def start(visit: Visit) -> Answer:
        told = tag("p", word("home", "school", school=visit.school.name))
        broken = desk.sites.schools.broken_of(visit.school)
        faults = [_broken(broken)] if broken else []
        return Page(word("home", "title", name=visit.account.shown), [told, *faults])


def _broken(broken: Broken) -> Markup:
    """What is wrong with the file of the school, which is only in force as it was before."""
    faults = tag("ul", *(tag("li", fault) for fault in broken.faults))
    told = tag("p", word("home", "broken_text"))
    return tag("section", tag("h2", word("home", "broken")), told, faults)


def _add_sign_in(desk: Desk) -> None:
    schools = desk.sites.schools

    @desk.page(SIGN_IN, who="anyone")
    async def sign_in(call: Call) -> Answer:
        return shown(call)

    @desk.form(SIGN_IN, who="anyone")
    async def signed_in(call: Call) -> Answer:
        desk.count_try(call)
        school, name, password = (
            call.form.get(key, "")[:LONGEST] for key in ("school", "name", "password")
        )
        session = await desk.accounts.sign_in(school, name, password)
        return Go(ROOT, session=session) if session else shown(call, wrong=True)

    def shown(call: Call, wrong: bool = False) -> Page:
        beside = [ways(*desk.ways_in)] if desk.ways_in else []
        return _sign_in(call, schools, wrong, beside)

    @desk.form(SIGN_OUT)
    async def signed_out(visit: Visit) -> Answer:
        await desk.accounts.sign_out(visit.session)
        return _out(visit.school.slug, "signed_out")


def _out(school: str, notice: str) -> Go:
    """The way out, to where one signs in again at the same school."""
    return Go(f"{SIGN_IN}?school={school}" if school else SIGN_IN, notice, session="")


def _sign_in(call: Call, schools: Schools, wrong: bool, beside: Sequence[Markup]) -> Page:
    fault = [tag("p", word("sign_in", "wrong"), class_="fault", role="alert")] if wrong else []
    every = [(school.slug, school.name) for school in schools.every()]
    options = [("", schools.default.name), *every]
    chosen = call.form.get("school") or call.query.get("school", "")
    fields = (
        *([choice("school", word("sign_in", "school"), options, chosen)] if every else []),
        field(
            "name",
            word("sign_in", "name"),
            call.form.get("name", ""),
            hint=word("sign_in", "name_hint"),
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
            required="",
        ),
        field(
            "password",
            word("sign_in", "password"),
            kind="password",
            autocomplete="current-password",
            required="",
        ),
        button(word("sign_in", "submit")),
    )
    lost = tag("p", word("sign_in", "lost"), class_="soft")
    main = [*fault, *beside, form(SIGN_IN, call.token, *fields), lost]
    return Page(word("sign_in", "title"), main, 403 if wrong else 200)


def _add_password(desk: Desk) -> None:
    schools = desk.sites.schools

    @desk.page(PASSWORD, who="anyone")
    async def choose(call: Call) -> Answer:
        return await ask_for_one(call, call.query.get("link", ""))

    @desk.form(PASSWORD, who="anyone")
    async def chosen(call: Call) -> Answer:
        link, password = call.form.get("link", ""), call.form.get("password", "")
        desk.count_try(call)
        if password != call.form.get("again"):
            return await ask_for_one(call, link, "unequal")
        account = await desk.accounts.linked(link)
        school = schools.with_slug(account.school) if account else schools.default
        try:
            done = await desk.accounts.set_password(link, password, school.name)
        except WrongPassword as error:
            return await ask_for_one(call, link, error.fault)
        return _out(school.slug, "password_set") if done else _used()

    async def ask_for_one(call: Call, link: str, fault: str = "") -> Page:
        account = await desk.accounts.linked(link)
        school = schools.with_slug(account.school).name if account else ""
        return _password(call, link, account, school, fault) if account else _used()


def _password(call: Call, link: str, account: Account, school: str, fault: str) -> Page:
    hello = word("password", "hello", name=account.shown, sign_in=account.name, school=school)
    hidden = tag("input", type="hidden", name="link", value=link)
    main = [tag("p", hello), form(PASSWORD, call.token, hidden, *_new_password(fault))]
    return Page(word("password", "title"), main, 422 if fault else 200)


def _new_password(fault: str) -> Iterator[Markup]:
    """The fields for a new password, and the button below them."""
    limits = {"shortest": SHORTEST, "longest": LONGEST}
    new = partial(field, kind="password", autocomplete="new-password", required="")
    yield new(
        "password",
        word("password", "password"),
        hint=word("password", "hint", **limits),
        fault=word("password", fault, **limits) if fault else "",
    )
    yield new("again", word("password", "again"))
    yield button(word("password", "submit"))


def _change(visit: Visit, fault: str) -> Markup:
    """The form for another password; a wrong old one is said at its own field."""
    wrong = fault == "old"
    old = field(
        "old",
        word("account", "old"),
        kind="password",
        fault=word("account", "wrong") if wrong else "",
        autocomplete="current-password",
        required="",
    )
    return form(ACCOUNT, visit.token, old, *_new_password("" if wrong else fault))


def _used() -> Page:
    return Page(word("password", "used_title"), [tag("p", word("password", "used"))], 404)


def _add_account(desk: Desk) -> None:
    @desk.page(ACCOUNT, section="account")
    async def account(visit: Visit) -> Answer:
        return shown(visit)

    @desk.form(ACCOUNT)
    async def changed(visit: Visit) -> Answer:
        old, new, again = (visit.form.get(key, "") for key in ("old", "password", "again"))
        desk.count_try(visit)
        if new != again:
            return shown(visit, "unequal")
        try:
            done = await desk.accounts.change_password(visit.account, old, new, visit.school.name)
        except WrongPassword as error:
            return shown(visit, error.fault)
        return _out(visit.school.slug, "password_set") if done else shown(visit, "old")

    def shown(visit: Visit, fault: str = "") -> Page:
        whose = visit.account
        everywhere = (
            tag("p", word("account", "everywhere_hint")),
            form(EVERYWHERE, visit.token, button(word("account", "everywhere"))),
        )
        main = [
            tag("p", word("account", "name", name=whose.shown, sign_in=whose.name)),
            tag("section", tag("h2", word("account", "password")), _change(visit, fault)),
            tag("section", tag("h2", word("account", "everywhere")), *everywhere),
        ]
        return Page(word("account", "title"), main, 422 if fault else 200)

    @desk.form(EVERYWHERE)
    async def everywhere(visit: Visit) -> Answer:
        end = partial(tables.end_sessions, visit.account.id)
        await visit.change("signed_out_everywhere", work=end)
        return _out(visit.school.slug, "signed_out_everywhere")


def _add_log(desk: Desk) -> None:
    @desk.page(LOG, section="log")
    async def log(visit: Visit) -> Answer:
        since = desk.accounts.clock() - LOG_DAYS * DAY
        entries = await visit.ask(partial(tables.read_log, visit.school.slug, since, SHOWN))
        columns = [word("log", name) for name in ("when", "who", "what")]
        listed = table(columns, map(_line, entries)) if entries else tag("p", word("log", "empty"))
        return Page(word("log", "title"), [tag("p", word("log", "lead", days=LOG_DAYS)), listed])


def _line(entry: Entry) -> tuple[str, str, str]:
    local = time.localtime(entry.timestamp)
    day, minute = (tag("span", time.strftime(form, local)) for form in ("%Y-%m-%d", "%H:%M"))
    who = entry.who or word("log", "administrator")
    known = entry.did in WORDS.groups["did"]  # another version may have written it
    did = word("did", entry.did, about=entry.about) if known else f"{entry.did} {entry.about}"
    return tag("time", day, " ", minute), who, did
