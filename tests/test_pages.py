"""What the pages are made of, without a server: sites, menu, snippets, transcript, words."""

from __future__ import annotations

import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered

from answers.labels import labels
from answers.menu import first_questions, menu, topic_named
from answers.offers import offered_payloads
from answers.registry import button
from channels.pages import PAGE, SNIPPET_KEYS, choices_in, discovery, snippet
from channels.sites import framed_by
from channels.transcript import transcript
from guides.documents import DocumentError
from guides.library import Library
from guides.loading import Guides
from guides.schema import Guide
from guides.school import SCHOOL, load_school
from understanding.topics import TOPICS

WEB = Path(__file__).parent.parent / "web"


def with_sites(tmp_path: Path, sites: str) -> Path:
    path = tmp_path / "school.yml"
    path.write_text(SCHOOL.read_text().replace("embed_sites: []", f"embed_sites: {sites}"))
    return path


@pytest.mark.parametrize(
    "site",
    [
        "https://www.school.example",
        "http://localhost:8000",
        "https://10.0.0.5:8443",
        "https://a-b.school.example",
    ],
)
def test_an_exact_origin_may_embed(tmp_path: Path, guides: Guides, site: str) -> None:
    """Scheme, host and an unusual port make an origin."""
    school = load_school(guides, with_sites(tmp_path, f"[{site}]"))
    assert framed_by(school.embed_sites) == f"frame-ancestors 'self' {site}"


@pytest.mark.parametrize(
    "site",
    [
        "'*'",
        "'https://*.school.example'",
        "'https://.*\\.school\\.example'",
        "https://school.example/",
        "https://school.example/page",
        "school.example",
        "https://School.example",
        "https://school.example:443",
        "http://school.example:80",
        "'null'",
        "'https://school.example; script-src *'",
        "'https://school.example https://other.example'",
        "''",
        "https://user@school.example",
        "ftp://school.example",
        "5",
    ],
)
def test_a_pattern_may_not(tmp_path: Path, guides: Guides, site: str) -> None:
    """A wildcard, a pattern, a path or two in one are refused, with the place and the remedy."""
    with pytest.raises(DocumentError) as refused:
        load_school(guides, with_sites(tmp_path, f"[{site}]"))
    (fault,) = refused.value.faults
    assert fault.startswith("school.yml: embed_sites[0]: found") and "expected" in fault


def test_no_list_means_the_same_site_only(guides: Guides) -> None:
    """The shipped settings let nobody else show the chat."""
    assert framed_by(load_school(guides).embed_sites) == "frame-ancestors 'self'"


def test_another_file_may_hold_the_settings(
    tmp_path: Path, guides: Guides, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GUIDEPOST_SCHOOL names it."""
    monkeypatch.setenv("GUIDEPOST_SCHOOL", str(with_sites(tmp_path, "[http://a.example]")))
    assert load_school(guides).embed_sites == ["http://a.example"]


def test_every_topic_has_its_place_in_the_menu() -> None:
    """Each topic that can be asked for stands in one group; smalltalk in none."""
    placed = {name for name, topic in TOPICS.items() if topic.group}
    smalltalk = {name for name, topic in TOPICS.items() if topic.kind == "smalltalk"}
    assert placed == set(TOPICS) - smalltalk - {"capabilities"}


def test_the_menu_offers_what_the_guide_covers(guides: Guides, keeper: Guide) -> None:
    """Every payload is one that the channel takes; a guide without myths has none in the menu."""
    offered = offered_payloads(guides)
    for guide in guides.values():
        buttons = [button for group in menu(guide).values() for button in group]
        assert {each.payload for each in (*buttons, *first_questions(guide))} <= offered
    assert "/ask_myths" not in [each.payload for group in menu(keeper).values() for each in group]


def test_every_guide_has_something_to_tap_first(library: Library) -> None:
    """Also one without frequent questions of its own: a shy student begins by a tap."""
    for slug in ("electrician", "registered-nurse", "mlops-engineer"):
        assert len(first_questions(library[slug])) > 1


class Attributes(HTMLParser):
    """The attributes of the only tag."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not hasattr(self, "found"), "one tag only"
        self.found = dict(attrs)


def test_what_a_site_chose_stays_inside_its_attribute() -> None:
    """Quotes and brackets cannot leave the snippet's or the link's attributes."""
    bad = "\"><script>alert(1)</script>'"
    choices = dict.fromkeys(SNIPPET_KEYS, bad)
    parsed = Attributes()
    parsed.feed(snippet("https://guide.example", choices).removesuffix("</script>"))
    assert parsed.found["data-topic"] == bad and parsed.found["async"] is None
    parsed = Attributes()
    parsed.feed(discovery("https://guide.example", choices))
    assert parsed.found["href"].startswith("https://guide.example/oembed?url=https%3A%2F%2Fguide")


def test_a_transcript_shows_what_was_said() -> None:
    """Titles for taps, buttons on the last reply of a turn, nothing of slots."""
    button = {"title": "That myth", "payload": '/ask_myths{"myth": "a"}'}
    events = [
        UserUttered("hi", timestamp=1.0),
        SlotSet("topic", "x"),
        BotUttered("one", {"buttons": [button]}, timestamp=2.0),
        BotUttered(
            "two  \n \n2", {"buttons": [button], "custom": {"kind": "answer"}}, timestamp=3.0
        ),
        UserUttered(button["payload"], timestamp=4.0),
        UserUttered("/ask_salary", timestamp=5.0),
    ]
    hi, one, two, tap, menu_tap = transcript(event.as_dict() for event in events)
    assert hi == {"from": "student", "text": "hi", "at": 1.0}
    assert "buttons" not in one and two["buttons"] == [button] and two["text"] == "two\n2"
    assert (tap["text"], menu_tap["text"]) == ("That myth", TOPICS["salary"].title)


def test_every_word_of_the_pages_stands_in_one_table() -> None:
    """No component has words of its own: a second language needs one file."""
    for path in (WEB / "src").rglob("*.ts*"):
        if "strings" in path.parts:
            continue
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text())
        between_tags = re.findall(r">\s*([A-Z][a-z]+ [^<>{}=;]*)<", code)
        attributes = re.findall(
            r"(?:aria-label|ariaLabel|title|placeholder|alt|textContent)[=:]\s*\"([A-Z][^\"]*)\"",
            code,
        )
        assert not between_tags + attributes, path.name


def test_each_file_is_named_by_its_content() -> None:
    """What browsers keep for a year has a name of its own for each content; pages use these names."""
    assets = [file for file in (PAGE / "assets").iterdir() if file.suffix not in (".br", ".gz")]
    wrong = [
        file.name
        for file in assets
        if file.stem.rpartition("-")[2] != hashlib.sha256(file.read_bytes()).hexdigest()[:10]
    ]
    assert len(assets) > 4 and wrong == []
    for page in PAGE.glob("*.html"):
        used = re.findall(r"/assets/([\w.-]+)", page.read_text())
        assert used and set(used) <= {file.name for file in assets}, page.name


def test_the_lock_file_names_no_host() -> None:
    """Packages of the pages are locked by hash, without an address."""
    lock = json.loads((WEB / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 20
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_both_spellings_of_colour_are_read() -> None:
    """An address may say colour or color; what we write says colour."""
    for word in ("colour", "color"):
        assert choices_in({word: ["teal"], "topic": ["day"], "x": ["y"]}) == {
            "topic": "day",
            "colour": "teal",
        }
    assert choices_in({"colour": [""]}) == {}


def test_a_link_may_say_career() -> None:
    """Counselors write career=...; what we write says guide."""
    plan = {"topic": "plan", "guide": "electrician"}
    assert choices_in({"topic": ["plan"], "career": ["electrician"]}) == plan
    assert choices_in({"guide": ["plumber"], "career": ["electrician"]}) == {"guide": "plumber"}


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("plan", "/make_plan"),
        ("My plan", "/make_plan"),
        ("make_plan", "/make_plan"),
        ("quiz", "/take_quiz"),
        ("Fit Quiz", "/take_quiz"),
        ("take the fit quiz", "/take_quiz"),
        ("interests", "/check_interests"),
        ("interest-check", "/check_interests"),
        ("find what fits me", "/check_interests"),
        ("Pay", "/ask_salary"),
        ("ask_salary", "/ask_salary"),
        (" first-step ", "/ask_first_step"),
        ("How hard is it?", "/ask_difficulty"),
        ("would_i_like_it", "/ask_fit"),
    ],
)
def test_a_topic_of_a_link_is_found(name: str, payload: str) -> None:
    """By its name, its title or another word for it."""
    found = topic_named(name)
    assert found and found.payload == payload


def test_each_topic_of_the_menu_can_be_linked() -> None:
    """By its name and its title; the words for them that stand in the labels lead to topics, too."""
    for name, topic in TOPICS.items():
        found = [topic_named(word) for word in (name, topic.title)]
        assert found == ([button(name)] * 2 if topic.group else [None, None]), name
    assert set(labels("link_topics").values()) <= set(TOPICS)
    assert not set(labels("link_topics")) & set(TOPICS)


@pytest.mark.parametrize(
    "name", ["", " ", "pai", "restart", "thank", "<b>", "../x", "\x00", "ask_"]
)
def test_no_other_word_is_a_topic(name: str) -> None:
    """It opens nothing."""
    assert topic_named(name) is None
