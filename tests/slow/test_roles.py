"""A job that no list has is told from other new words by what it means, and gets no figure."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.served import Server, reply_text

CASES = yaml.safe_load((Path(__file__).parent.parent / "roles.yml").read_text(encoding="utf-8"))
LACKING = "no guide for"


def lacking(server: Server, typed: str) -> bool:
    """Whether a first message is told that no guide has the career."""
    return LACKING in reply_text(server.ask(server.session(), typed))


def test_a_job_that_no_list_has_is_said_to_have_no_guide(server: Server) -> None:
    """In whatever sentence: 8 of 20 when this was written, and without `roles` none of those."""
    missed = [typed for typed in CASES["named"] if not lacking(server, typed)]
    assert len(missed) <= len(CASES["named"]) * 0.7, missed


def test_nobody_s_job_gets_no_figures(server: Server) -> None:
    """Neither of the career whose word its name has, nor of one near to it: 67 of 80 when this was
    written."""
    told = [
        typed
        for typed in CASES["odd"]
        if not lacking(server, typed)
        and any(
            reply["custom"]["kind"] == "answer" for reply in server.ask(server.session(), typed)
        )
    ]
    assert len(told) <= len(CASES["odd"]) * 0.2, told


def test_another_new_word_is_no_job(server: Server) -> None:
    """It is one word of a question about the career in use."""
    taken = [typed for typed in CASES["none_named"] if lacking(server, typed)]
    assert len(taken) <= len(CASES["none_named"]) * 0.1, taken


def test_with_a_career_in_use_a_new_word_is_no_job(server: Server) -> None:
    """Who talks of nurses asks of nurses."""
    sender = server.session()
    server.ask(sender, "how much do registered nurses make")
    assert LACKING not in reply_text(server.ask(sender, "and skills like a warlock has?"))
