"""The interest check on the server: what is typed is taken as it is meant, and leads to careers."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path
from typing import Any

from answers.interests import POINTS
from guides.documents import read
from guides.interests import AREAS, activities, interests
from tests.served import Server, reply_text

TYPED = Path(__file__).parent.parent / "interest_answers.yml"
LEAST_TAKEN = 0.95
"""The share of what is typed that must be taken as it is meant."""
Said = tuple[str, str]
"""What is typed, and which answer it is."""


def judged() -> list[Said]:
    """Everything in the file, one of each answer after the other, so that no six are the same."""
    answers = read(TYPED)
    columns = [[(text, meant) for text in texts] for meant, texts in answers.items()]
    return [each for row in zip_longest(*columns) for each in row if each]


def result(server: Server, typed: list[str]) -> str:
    """All that is said once each area was answered by one of six texts, and then by no alone."""
    sender = server.session()
    server.ask(sender, "/check_interests")
    for place, text in enumerate(typed, 2):
        assert f"{place} of 24" in reply_text(server.ask(sender, text)), text
    for _ in range(len(activities()) - len(typed)):
        replies = server.ask(sender, "/deny")
    return reply_text(replies)


def wrong_in(server: Server, six: list[Said]) -> list[str]:
    """Which of six answers, one an area, were not taken as they are meant."""
    try:
        told = result(server, [text for text, _ in six])
    except AssertionError as fault:
        return [str(fault).splitlines()[0]]
    scores = {
        name: int(score) for name, score in re.findall(r"^\d\. (.+) \((\d) of 8\)", told, re.M)
    }
    names = [interests()[area].name for area in AREAS]
    return [
        f"{text}: {scores.get(name)}, expected {POINTS[meant]}"
        for name, (text, meant) in zip(names, six, strict=False)
        if scores.get(name) != POINTS[meant]
    ]


def test_what_students_type_is_taken_as_it_is_meant(server: Server) -> None:
    """Yes, kind of and no in many words; the share and the slips go to results/."""
    said = judged()
    # The last ones are filled up, so that every check has an answer for each area.
    sixes = [(said + said)[start : start + len(AREAS)] for start in range(0, len(said), len(AREAS))]
    wrong = [fault for six in sixes for fault in wrong_in(server, six)]
    share = 1 - len(wrong) / len(said)
    report = Path("results/interest_answers.txt")
    report.parent.mkdir(exist_ok=True)
    report.write_text(f"{share:.1%} of {len(said)}\n" + "\n".join(wrong), "utf-8")
    assert len(said) >= 40 and share >= LEAST_TAKEN, wrong


def checked(server: Server, liked: int) -> tuple[str, list[dict[str, Any]]]:
    """A session in which one area was liked and no other, and the replies at its end."""
    sender = server.session()
    server.ask(sender, "/check_interests")
    for place in range(len(activities())):
        replies = server.ask(sender, "yes" if place % len(AREAS) == liked else "no")
    return sender, replies


def entries_of(reply: dict[str, Any]) -> list[dict[str, str]]:
    """The careers of the result, in order."""
    return [entry for group in reply["custom"]["card"]["groups"] for entry in group["items"]]


def test_a_whole_check_leads_to_careers(server: Server) -> None:
    """Areas as bars, careers by preparation that can be tapped, and no verdict."""
    sender, (leaning, careers) = checked(server, AREAS.index("social"))
    assert leaning["custom"]["card"]["type"] == "bars" and "hint, not a verdict" in leaning["text"]
    assert "1. Helping (8 of 8)" in leaning["text"]
    assert careers["custom"]["sources"] and len(careers["custom"]["card"]["groups"]) >= 2
    tapped = server.ask(sender, entries_of(careers)[-1]["payload"])
    assert tapped[0]["custom"]["guide"] in entries_of(careers)[-1]["payload"]


def test_the_result_can_be_pointed_at_and_changed(server: Server) -> None:
    """ "The second one" is the second of the list; "less school" looks for others of its kind."""
    sender, (_, careers) = checked(server, AREAS.index("realistic"))
    picked = server.ask(sender, "tell me about the second one")
    assert picked[0]["custom"]["guide"] in entries_of(careers)[1]["payload"]
    sender, _ = checked(server, AREAS.index("realistic"))
    changed = reply_text(server.ask(sender, "less school"))
    assert "hands-on work" in changed and "1. " in changed


def test_answers_that_are_all_the_same_show_no_direction(server: Server) -> None:
    """It is said so, no career is named, and other ways in are offered."""
    sender = server.session()
    server.ask(sender, "/check_interests")
    for _ in activities():
        replies = server.ask(sender, "kinda")
    (said,) = replies
    assert "no direction" in said["text"] and "card" not in said["custom"]
    assert len(said["buttons"]) == 4
    assert "1 of 24" in reply_text(server.ask(sender, said["buttons"][-1]["payload"]))
