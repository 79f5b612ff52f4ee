"""Every intent inside the quizzes and inside the plan: a sensible reply, and the form goes on or ends."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.served import ROOT, Server, kinds

NLU = ROOT / "data" / "nlu"
STARTS = {"quiz": "/take_quiz", "check": "/check_interests", "plan": "/make_plan"}
KINDS = {"quiz": "quiz", "check": "quiz", "plan": "plan"}
"""By form: the kind of its questions."""
OTHER = {"quiz": ("make_plan",), "check": ("make_plan",), "plan": ("take_quiz", "check_interests")}
"""By form: the intents that begin another one."""
BEGUN = {"make_plan": "plan", "take_quiz": "quiz", "check_interests": "quiz"}
"""The kind of the question that an intent begins with."""
ENDS = ("stop", "start_over", "goodbye")
MIDDLE = "We are in the middle of"
THERE = [(form, path.stem) for form in STARTS for path in sorted(NLU.iterdir())]


def first_example(name: str) -> str:
    """The first phrase of an intent: of its file, or of the first file in its folder."""
    first = min((*NLU.glob(f"{name}.yml"), *NLU.glob(f"{name}/*.yml")))
    data = yaml.safe_load(first.read_text(encoding="utf-8"))
    return str(data["nlu"][0]["examples"]).splitlines()[0].removeprefix("- ")


def begun(server: Server, form: str) -> tuple[str, dict[str, Any]]:
    """A session in a form, and the form's first question."""
    sender = server.session()
    return sender, server.ask(sender, STARTS[form])[-1]


@pytest.mark.parametrize(("form", "intent"), THERE)
def test_every_intent_in_a_form_is_answered(server: Server, form: str, intent: str) -> None:
    """One reply that fits, no text twice, then the open question; or the form has ended."""
    sender, question = begun(server, form)
    replies = server.ask(sender, first_example(intent))
    texts = [reply["text"] for reply in replies]
    assert "error" not in kinds(replies) and len(set(texts)) == len(texts), texts
    asks_on = form != "plan"
    if intent in ENDS:
        assert question["text"] not in texts
        assert KINDS[form] not in kinds(server.ask(sender, "yes"))
    elif intent in OTHER[form]:
        assert kinds(replies) == [BEGUN[intent]] and replies[-1]["buttons"]
    elif asks_on and intent in ("affirm", "deny", "unsure"):
        assert (
            kinds(replies) == ["quiz"] and "\n2 of" not in texts[0] and texts[0] != question["text"]
        )
    elif asks_on and intent == "go_back":
        assert texts == [question["text"]]  # nothing to take back yet: the first statement stays
    elif form == "plan" and intent == "replan":
        assert texts == [question["text"]]  # "make it 5 hours" is kept, and the grade asked for
        assert "5 hours" in server.ask(sender, "sophomore")[0]["text"]
    else:
        assert texts[-1] == question["text"] and replies[-1]["buttons"] == question["buttons"]
        assert len(replies) == (1 if intent == "repeat" else 2)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("quiz", "quiz"),
        ("quiz", "/take_quiz"),
        ("quiz", "11th grade"),
        ("quiz", "8 hours"),
        ("quiz", "/check_interests"),
        ("check", "interest check"),
        ("check", "/take_quiz"),
        ("check", "11th grade"),
        ("check", "what should i be"),
        ("plan", "plan"),
        ("plan", "/make_plan"),
        ("plan", "yes"),
        ("plan", "no"),
        ("plan", "not sure"),
    ],
)
def test_what_means_the_form_itself_is_told_so(server: Server, form: str, words: str) -> None:
    """Asked for again, or answered with what it did not ask: said so, and asked again, thrice."""
    sender, question = begun(server, form)
    for _ in range(3):
        told, again = server.ask(sender, words)
        assert told["text"].startswith(MIDDLE) and again["text"] == question["text"]


@pytest.mark.parametrize("form", STARTS)
def test_the_form_goes_on_where_it_was(server: Server, form: str) -> None:
    """Asking for it again in its middle loses no answer."""
    sender, _ = begun(server, form)
    open_question = server.ask(sender, {"plan": "11th grade"}.get(form, "yes"))[-1]
    _, again = server.ask(sender, STARTS[form])
    assert again["text"] == open_question["text"]
    on = server.ask(sender, {"plan": "4 hours"}.get(form, "no"))
    assert kinds(on) == [KINDS[form]] and not on[0]["text"].startswith(MIDDLE)
