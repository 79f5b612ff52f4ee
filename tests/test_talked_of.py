"""Careers that a conversation talked of, where its guides have changed since."""

from __future__ import annotations

from actions.finding import Search
from answers.context import Context
from guides.library import Library


def test_a_career_that_is_gone_is_passed_over(library: Library) -> None:
    """A conversation goes on after a school took a guide away."""
    search = Search(library, None, ["gone", "electrician", "gone-too", "plumber"])
    message = {"text": "what about the other one", "intent": {"name": "ask_salary"}}
    pointed = search.picked(message, Context("salary"))
    assert pointed is not None
    assert [each["value"] for each in pointed["entities"]] == ["electrician"]
