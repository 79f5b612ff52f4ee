"""A whole conversation on the server: find, change, pick, ask, compare."""

from __future__ import annotations

from tests.served import Server, reply_text


def test_a_student_finds_and_compares(server: Server) -> None:
    """Each turn goes on from the one before."""
    sender = server.session()
    said = reply_text(server.ask(sender, "careers with animals"))
    assert "Veterinarian" in said and "May 2025" in said
    assert "associate's degree or less" in reply_text(server.ask(sender, "less school"))
    picked = server.ask(sender, "the second one")
    slug = picked[0]["custom"]["guide"]
    assert slug and picked[0]["custom"]["topic"] == "summary"
    paid = server.ask(sender, "how much does it pay")
    assert paid[0]["custom"]["guide"] == slug and "$" in reply_text(paid)
    compared = server.ask(sender, "compare that with a dentist")
    assert compared[0]["custom"]["topic"] == "compare" and "Dentist" in reply_text(compared)
