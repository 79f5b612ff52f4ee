"""Guides at the desk, and what counselors say is out of date in them."""

from __future__ import annotations

import asyncio
import re
from functools import partial

import pytest

from desk import corrections, tables
from desk.door import Desk
from desk.guides import LONGEST, MOST
from desk.tables import DAY, LOG_DAYS
from tests.desks import Clock, text_of
from tests.desks import clock as clock  # a fixture
from tests.desks import desk as desk  # a fixture
from tests.test_desk import leads_to, signed_in

OLD = {"name": "mlops-engineer", "topic": "salary", "said": "The pay is of 2024, see bls.gov."}


async def test_a_fact_is_said_to_be_out_of_date(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the guide's page to the maintainers' list, with its place; and off the list."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    page = text_of(await browser.ask("/desk/guides?name=MLOps+Engineers"))
    assert (
        "$158,000" in page and "/desk/guides/correct?name=mlops-engineer&amp;topic=salary" in page
    )
    assert ".The" not in page and 'class="source"' in page
    page = text_of(await browser.ask("/desk/guides/correct?name=mlops-engineer&topic=salary"))
    assert "$158,000" in page and "What is out of date" in page
    answer = await browser.send("/desk/guides/correct", **OLD)
    assert leads_to(answer) == "/desk/guides?name=mlops-engineer&notice=corrected"
    assert "something is out of date: MLOps Engineer, Pay" in text_of(
        await browser.ask("/desk/log")
    )
    assert await asyncio.to_thread(corrections.main, []) == 0
    said = capsys.readouterr().out
    line = re.search(r"^(\w{8})  guides/mlops-engineer\.yml: salary  lincoln, 2027-01-15: The pay is of 2024, see bls\.gov\.$", said, re.M)  # fmt: skip
    assert line, said
    for code in (0, 1):
        assert await asyncio.to_thread(corrections.main, ["--done", line[1]]) == code
    capsys.readouterr()
    assert await asyncio.to_thread(corrections.main, []) == 0
    assert capsys.readouterr().out == "There are none.\n"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"name": "../school"}, 404),
        ({"name": "dragon-tamer"}, 404),
        ({"topic": "nothing"}, 404),
        ({"topic": "../pay"}, 404),
        ({"said": " \0"}, 422),
        ({"said": "a" * (LONGEST + 1)}, 422),
    ],
)
async def test_what_is_no_correction_is_refused(
    desk: Desk, changed: dict[str, str], status: int
) -> None:
    """Nothing is on the list."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    assert (await browser.send("/desk/guides/correct", **OLD | changed)).status == status
    assert await desk.accounts.ask(tables.corrections) == []


async def test_a_list_cannot_be_flooded(desk: Desk) -> None:
    """One school's waiting notes have a limit; the others have their own."""
    browser, other = await signed_in(desk, "Jane Doe", "lincoln"), await signed_in(desk, "Jo Roe", "roosevelt")  # fmt: skip
    for number in range(MOST):
        told = tables.Correction(str(number), "lincoln", 1.0, "a", "b", "c")
        await desk.accounts.ask(partial(tables.add_correction, told))
    assert (await browser.send("/desk/guides/correct", **OLD)).status == 409
    assert leads_to(await other.send("/desk/guides/correct", **OLD, school="lincoln"))
    found = await desk.accounts.ask(tables.corrections)
    assert [each.school for each in found].count("roosevelt") == 1


async def test_old_ones_are_forgotten(desk: Desk, clock: Clock) -> None:
    """With the log."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    await browser.send("/desk/guides/correct", **OLD)
    clear = partial(tables.clear_old, session=1.0, idle=1.0)
    await desk.accounts.ask(lambda it: clear(clock.now + LOG_DAYS * DAY - 1, connection=it))
    assert len(await desk.accounts.ask(tables.corrections)) == 1
    await desk.accounts.ask(lambda it: clear(clock.now + LOG_DAYS * DAY + 1, connection=it))
    assert await desk.accounts.ask(tables.corrections) == []


async def test_an_unknown_guide_is_said(desk: Desk) -> None:
    """Without running what was typed."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    answer = await browser.ask("/desk/guides?name=%3Cscript%3E")
    assert answer.status == 404 and "<script" not in text_of(answer)


def test_the_place_of_a_fact_of_the_tables() -> None:
    """They have no file of their own."""
    told = tables.Correction("1", "", 1.0, "electrician", "salary", "x")
    assert corrections.place(told) == "guides/careers/ (electrician): salary"
