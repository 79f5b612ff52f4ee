"""Several schools on one server: their files, their sessions, their sites, and what each keeps."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.shared.core.events import UserUttered
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import text

from actions.answering import ActionAnswer
from answers.help import help_reply
from channels.messages import Refused
from channels.sessions import Sessions
from channels.sites import Sites
from conversations import packing, tables
from conversations.store import ConversationStore
from guides import watching
from guides.documents import DocumentError
from guides.library import Library
from guides.loading import Guides
from guides.school import SCHOOL
from guides.schools import LARGEST, LARGEST_LOGO, Schools, slug_of
from serving import new_school
from tests.stores import DOMAIN
from tests.stores import folder as folder  # a fixture

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
LINCOLN = """\
name: Lincoln High
logo: lincoln.png
colour: green
person: {name: Ms. Ortiz, contact: Room 12.}
embed_sites: [https://www.lincoln.example]
keep_days: 7
"""
GRANT = "name: Grant High\nembed_sites: [https://www.grant.example]\nkeep_days: 0\n"
DISTRICT = "https://www.district.example"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with school.yml and two schools, that is looked at each time."""
    monkeypatch.setattr(watching, "SECONDS", 0)
    shipped = SCHOOL.read_text().replace("embed_sites: []", f"embed_sites: [{DISTRICT}]")
    (tmp_path / "school.yml").write_text(shipped)
    (tmp_path / "schools").mkdir()
    (tmp_path / "schools" / "lincoln.png").write_bytes(PNG)
    put(tmp_path, "lincoln", LINCOLN)
    put(tmp_path, "grant", GRANT)
    return tmp_path


def put(place: Path, name: str, said: str) -> Path:
    """Write a school's file."""
    path = place / "schools" / f"{name}.yml"
    path.write_text(said)
    return path


@pytest.fixture
def schools(place: Path, guides: Guides) -> Schools:
    return Schools(guides, place / "school.yml")


def faults(place: Path, guides: Guides) -> list[str]:
    """What is wrong with the files."""
    return Schools(guides, place / "school.yml").faults()


def asked(host: str = "guide.example", **headers: str) -> Any:
    """A request with these headers."""
    return SimpleNamespace(headers=headers, host=host, scheme="https", args={})


def test_what_a_file_leaves_out_is_that_of_school_yml(schools: Schools) -> None:
    """A few lines make a school."""
    lincoln, grant = schools.every()[1], schools.every()[0]
    assert (lincoln.slug, grant.slug) == ("lincoln", "grant")
    assert (lincoln.name, lincoln.person.name, lincoln.keep_days) == (
        "Lincoln High",
        "Ms. Ortiz",
        7,
    )
    assert grant.person == schools.default.person and lincoln.embed_sites != grant.embed_sites
    assert grant.crisis_lines == lincoln.crisis_lines == schools.default.crisis_lines
    assert schools.logo(lincoln).data == PNG and schools.logo(grant) is None


def test_without_a_folder_there_is_one_school(tmp_path: Path, guides: Guides) -> None:
    """As with a folder of templates and of others' files alone."""
    (tmp_path / "school.yml").write_text(SCHOOL.read_text())
    alone = Schools(guides, tmp_path / "school.yml")
    assert alone.every() == [] and alone.of("a.b") == alone.default == alone.of_site("https://a.b")
    put_ = tmp_path / "schools" / "answers"
    put_.mkdir(parents=True)
    (put_ / "lincoln.yml").write_text("answers: []")
    (tmp_path / "schools" / "_template.yml").write_text("what: ever")
    assert Schools(guides, tmp_path / "school.yml").every() == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("name: A\ncolour: pink", "schools/bad.yml: colour: found 'pink', expected"),
        ("name: A\nkeep_days: 31", "schools/bad.yml: keep_days: found 31, expected"),
        ("name: A\nkeep_day: 3", "schools/bad.yml: keep_day: found 3, expected no such key"),
        ("colour: red", "schools/bad.yml: name: found nothing, expected"),
        ("name: A\nslug: b", "schools/bad.yml: slug: found a key, expected none: the file name"),
        ("name: A\nproxies: [10.0.0.1]", "schools/bad.yml: proxies: found a key, expected none"),
        ("name: A\naddress: https://a.b", "schools/bad.yml: address: found a key, expected none"),
        ("name: A\nfirst_guides: [nope]", "schools/bad.yml: first_guides[0]: found 'nope', expec"),
        ("name: A\ndefault_guide: nope", "schools/bad.yml: default_guide: found 'nope', expected"),
        ("name: A\ncrisis_lines: []", "schools/bad.yml: crisis_lines: found a list of 0, expected"),
        ("name: A\nperson: {name: B}", "schools/bad.yml: person.contact: found nothing, expected"),
        ("name: A\nlogo: ../school.png", "schools/bad.yml: logo: found '../school.png', expected"),
        ("name: A\nlogo: /etc/a.png", "schools/bad.yml: logo: found '/etc/a.png', expected"),
        ("name: A\nlogo: a.svg", "schools/bad.yml: logo: found 'a.svg', expected"),
        ("name: A\nlogo: gone.png", "schools/bad.yml: logo: found 'gone.png', expected a PNG file"),
        ("name: A\nlogo: huge.png", "schools/bad.yml: logo: found 'huge.png', expected a PNG file"),
        ("name: A\nlogo: page.png", "schools/bad.yml: logo: found 'page.png', expected a PNG file"),
        ("name: A\nlogo: link.png", "schools/bad.yml: logo: found 'link.png', expected a PNG file"),
        ("name: [", "schools/bad.yml: line 1: found broken YAML"),
        ("name: A\nname: B", "schools/bad.yml: name: found twice"),
        ("- a", "schools/bad.yml: top: found a list of 1, expected a mapping"),
        ("a: &a {b: c}\nd: *a", "schools/bad.yml: line 2: found *a, expected what it stands for"),
        pytest.param(
            "#" * (LARGEST + 1),
            "schools/bad.yml: the file: found 32,001 bytes, expected at most",
            id="large",
        ),
        pytest.param(
            "[" * LARGEST, "schools/bad.yml: line 1: found 11 levels, expected 10", id="deep"
        ),
        (
            "embed_sites: [https://www.grant.example]\nname: A",
            "schools/bad.yml: embed_sites: found",
        ),
    ],
)
def test_a_fault_is_named(place: Path, guides: Guides, said: str, fault: str) -> None:
    """File, key, found, expected; of what would be dangerous to read, too."""
    (place / "schools" / "huge.png").write_bytes(PNG + bytes(LARGEST_LOGO))
    (place / "schools" / "page.png").write_bytes(b"<script>alert(1)</script>")
    (place / "outside.png").write_bytes(PNG)
    (place / "schools" / "link.png").symlink_to(place / "outside.png")
    put(place, "bad", said)
    started = time.monotonic()
    named = [each for each in faults(place, guides) if "bad.yml:" in each]
    assert named and all(each.startswith(fault) for each in named if "grant" not in each), named
    assert time.monotonic() - started < 2


def test_all_faults_of_all_files_are_named(place: Path, guides: Guides) -> None:
    """Of files that would be passed over for their names, too."""
    put(place, "a", "name: A\ncolour: pink")
    put(place, "b", "name: B\nlogo: no")
    put(place, "Upper", "name: C")
    (place / "schools" / "d.yaml").write_text("name: D")
    named = faults(place, guides)
    assert sorted(each.split(": ")[0] for each in named) == [
        *("schools/Upper.yml", "schools/a.yml", "schools/b.yml", "schools/d.yaml")
    ]


def test_merge_keys_make_no_bomb(place: Path, guides: Guides) -> None:
    """A few lines that stand for a thousand million are refused before they are read."""
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 10)]
    put(place, "bad", "\n".join(lines))
    started = time.monotonic()
    assert faults(place, guides)[0].startswith("schools/bad.yml: line 2: found *a0, expected")
    assert time.monotonic() - started < 1


def test_what_is_no_file_is_none(place: Path, guides: Guides) -> None:
    """A pipe would be read for ever."""
    os.mkfifo(place / "schools" / "pipe.yml")
    (place / "schools" / "dir.yml").mkdir()
    named = faults(place, guides)
    assert all("found no file, expected one" in each for each in named) and len(named) == 2


def test_two_schools_with_one_site_are_a_fault_of_both(place: Path, guides: Guides) -> None:
    """A site of school.yml is the district's own, and may stand in a school's file, too."""
    put(place, "b", f"name: B\nembed_sites: [{DISTRICT}, https://www.grant.example]")
    assert [each.split(": ")[0] for each in faults(place, guides)] == [
        *("schools/b.yml", "schools/grant.yml")
    ]
    put(place, "b", f"name: B\nembed_sites: [{DISTRICT}]")
    both = Schools(guides, place / "school.yml")
    assert both.of_site(DISTRICT) == both.default


def test_a_change_is_in_force_without_a_restart(
    schools: Schools, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that is changed, added, removed; school.yml and a logo, too."""
    put(place, "lincoln", LINCOLN.replace("Ms. Ortiz", "Mr. Lee"))
    put(place, "new", "name: New High")
    (place / "schools" / "grant.yml").unlink()
    assert schools.with_slug("lincoln").person.name == "Mr. Lee"
    assert schools.with_slug("new").name == "New High" and schools.named("grant") is None
    assert schools.of("talk.grant") == schools.default
    (place / "schools" / "lincoln.png").write_bytes(PNG + b"more")
    assert schools.logo(schools.with_slug("lincoln")).data == PNG + b"more"
    file = place / "school.yml"
    file.write_text(file.read_text().replace("keep_days: 30", "keep_days: 12"))
    assert [each.keep_days for each in schools.every()] == [7, 12]
    assert not schools.broken() and not caplog.records


def test_a_broken_file_leaves_the_last_good_one_in_force(
    schools: Schools, place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged once, named, and does the others no harm; so with school.yml."""
    put(place, "lincoln", LINCOLN.replace("green", "pink"))
    put(place, "new", "nam: New")
    put(place, "grant", GRANT.replace("Grant High", "Grant"))
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert schools.with_slug("lincoln").colour == "green"
            put(place, "grant", GRANT.replace("Grant High", "Grant "))
    kept = {file: broken.kept for file, broken in schools.broken().items()}
    assert kept == {"schools/lincoln.yml": True, "schools/new.yml": False}
    assert schools.with_slug("grant").name == "Grant" and schools.named("new") is None
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 2 and "colour: found 'pink'" in said[0] and str(place) not in str(said)
    (place / "school.yml").write_text("name: [")
    assert schools.default.name == "your school" and schools.broken()["school.yml"].kept
    put(place, "lincoln", LINCOLN)
    put(place, "new", "name: New")
    assert list(schools.broken()) == ["school.yml"] and schools.with_slug("new").name == "New"


def test_a_start_leaves_a_broken_school_out(place: Path, guides: Guides) -> None:
    """It serves the others; of that one nothing is written; it comes with its file mended."""
    put(place, "lincoln", LINCOLN.replace("green", "pink"))
    started = Schools(guides, place / "school.yml")
    assert [each.slug for each in started.every()] == ["grant"]
    assert not started.broken()["schools/lincoln.yml"].kept and "pink" in str(started.faults())
    assert started.of("chat.lincoln").keep_days == 0 < started.of("chat").keep_days
    assert started.of("chat.gone").keep_days == started.default.keep_days
    put(place, "lincoln", LINCOLN)
    assert started.of("chat.lincoln").colour == "green" and not started.faults()


def test_a_start_serves_schools_without_a_shared_site(place: Path, guides: Guides) -> None:
    """Nobody's page goes for a line in another school's file; while it runs the first one keeps it."""
    grants = "https://www.grant.example"
    running = Schools(guides, place / "school.yml")
    put(place, "b", f"name: B\nembed_sites: [{grants}, https://www.b.example]")
    assert running.of_site(grants).slug == "grant" and running.named("b").embed_sites == ["https://www.b.example"]  # fmt: skip
    started = Schools(guides, place / "school.yml")
    assert [each.slug for each in started.every()] == ["b", "grant", "lincoln"]
    assert grants not in started.sites() and started.of_site("https://www.b.example").slug == "b"
    assert {"schools/b.yml", "schools/grant.yml"} == set(started.broken())
    assert len(started.faults()) == 2 and all(each.kept for each in started.broken().values())
    put(place, "b", "name: B\nembed_sites: [https://www.b.example]")
    assert started.of_site(grants).slug == "grant" and not started.broken()


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("keep_days: 7\ncolour: pink", 7),
        ("keep_days: 0 # none\nname: [", 0),
        ("name: [\r\nkeep_days: 3\r", 3),
        ("keep_days: 31", None),
        ("keep_days: 7\nkeep_days: 9", None),
        ("# keep_days: 7\ncolour: pink", None),
        ("  keep_days: 7\n", None),
    ],
)
def test_a_broken_file_keeps_its_days(
    place: Path, guides: Guides, said: str, days: int | None
) -> None:
    """As far as they can be told; else they are those of school.yml."""
    put(place, "lincoln", said)
    assert Schools(guides, place / "school.yml").days().get("lincoln") == days


def test_a_start_needs_a_whole_school_yml(place: Path, guides: Guides) -> None:
    """With every fault of every file, as all of them rest on it."""
    (place / "school.yml").write_text("name: [")
    with pytest.raises(DocumentError) as refused:
        Schools(guides, place / "school.yml")
    assert any(fault.startswith("school.yml: line 1") for fault in refused.value.faults)


def test_the_files_are_looked_at_seldom(schools: Schools, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn asks for its school several times, and pays for a look-up."""
    looks: list[None] = []
    monkeypatch.setattr(watching, "SECONDS", 5)
    monkeypatch.setattr(schools._watch, "_stamps", lambda: looks.append(None))
    for _ in range(1000):
        schools.of("talk.lincoln")
    assert not looks


def test_a_session_has_its_school_signed() -> None:
    """It can be neither changed nor taken away nor given to one that has none."""
    sessions = Sessions("a key of a server")
    lincoln, usual = sessions.new("lincoln"), sessions.new()
    conversation = sessions.conversation(lincoln)
    assert conversation and slug_of(conversation) == "lincoln"
    assert slug_of(sessions.conversation(usual) or ".none") == ""
    name, _, rest = lincoln.partition(".lincoln.")
    for forged in (f"{name}.grant.{rest}", f"{name}.{rest}", usual.replace(".", ".grant.", 1)):
        assert sessions.conversation(forged) is None
    assert sessions.said_school(f"{name}.grant.{rest}") == "grant"
    for odd in (None, 5, "", "a.b.c", f"{name}.../x.{rest}", f"{name}.{'x' * 10_000}.{rest}"):
        assert sessions.conversation(odd) is None and sessions.said_school(odd) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "%2e%2e", "LINCOLN", "lincoln.yml", "lincoln ", " ", ".", "schools/lincoln"),
        *("línc", "a\0b", "_template", 5, ["lincoln"], {"a": 1}, True),
        pytest.param("x" * 10_000, id="long"),
    ],
)
def test_an_unknown_school_is_refused_with_what_there_is(schools: Schools, name: object) -> None:
    """Whatever it is called; the names that there are stand in the error, the one sent does not."""
    with pytest.raises(Refused) as refused:
        Sites(schools).school(asked(), name)
    assert (refused.value.status, refused.value.code) == (400, "no_school")
    message = refused.value.body["error"]["message"]
    assert "one of: grant, lincoln" in message and len(message) < 100


def test_a_request_is_of_the_school_that_it_names_or_comes_from(schools: Schools) -> None:
    """By name, by the site of a page, by the page that a frame stands in; else the usual one."""
    sites = Sites(schools)
    lincoln, grant = schools.with_slug("lincoln"), schools.with_slug("grant")
    assert sites.school(asked(), "lincoln") == lincoln
    assert sites.school(asked(origin="https://www.grant.example"), None) == grant
    assert sites.school(asked(referer="https://www.grant.example/a?b"), "") == grant
    assert sites.school(asked(referer="https://www.grant.example/"), "lincoln") == lincoln
    for odd in ("https://www.grant.example.evil.example", "https://[", "null", "", DISTRICT):
        assert sites.school(asked(referer=odd), None) == schools.default
    with pytest.raises(Refused) as refused:
        sites.school(asked(origin="https://www.grant.example"), "lincoln")
    assert refused.value.status == 403


def test_a_site_may_use_the_sessions_of_its_own_school_alone(schools: Schools) -> None:
    """Our own pages and programs, which name no site, may use all."""
    sites, lincoln = Sites(schools), schools.with_slug("lincoln")
    assert sites.may_use(asked(origin="https://www.lincoln.example"), lincoln)
    assert sites.may_use(asked(), lincoln) and sites.may_use(asked(origin="https://guide.example"), lincoln)  # fmt: skip
    for other in ("https://www.grant.example", DISTRICT):
        assert not sites.may_use(asked(origin=other), lincoln)
    assert not sites.may_use(asked(origin="https://www.lincoln.example"), schools.default)
    assert "Access-Control-Allow-Origin" not in sites.cors(asked(origin="https://evil.example"))


def test_help_names_the_schools_own_person(schools: Schools, responses: Mapping[str, str]) -> None:
    """Each school's, with its lines."""
    told = {
        slug: help_reply(schools.with_slug(slug), "danger", "suicide", False, responses)["text"]
        for slug in ("lincoln", "grant")
    }
    assert "Ms. Ortiz" in told["lincoln"] and "Ms. Ortiz" not in told["grant"]
    assert all("988" in text for text in told.values())


def test_a_new_school_begins_with_a_valid_file(
    place: Path, guides: Guides, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its line to embed is printed; nothing is overwritten, and no odd name makes a file."""
    assert new_school.main(["south-high"], place / "school.yml") == 0
    assert 'data-school="south-high"' in capsys.readouterr().out
    made = Schools(guides, place / "school.yml").named("south-high")
    assert made and made.name == "South High"
    put(place, "south-high", "name: Mine")
    assert new_school.main(["south-high"], place / "school.yml") == 1
    assert (place / "schools" / "south-high.yml").read_text() == "name: Mine"
    before = sorted(place.rglob("*"))
    for odd in ("", "../x", "Upper", "x" * 61, "_a", "a.b", "a b", "ä"):
        assert new_school.main([odd], place / "school.yml") == 2
    assert sorted(place.rglob("*")) == before


def test_every_key_of_the_template_is_one(place: Path, library: Library) -> None:
    """With all its comments taken away it is a valid school, but for its crisis lines and logo."""
    said = "\n".join(
        line.removeprefix("#")
        for line in new_school.TEMPLATE.read_text().splitlines()
        if not re.match("# [^ ]|#logo|#crisis_lines", line)
    )
    put(place, "whole", said)
    made = Schools(library, place / "school.yml").named("whole")
    assert made and made.person.name_es and made.colour == "blue" and made.first_guides


async def say(store: ConversationStore, conversation: str, words: str, days_ago: float = 0) -> None:
    """Let a student say something, some days ago."""
    tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
    tracker.update(UserUttered(words, timestamp=time.time() - days_ago * 24 * 3600))
    await store.save(tracker)


async def kept(store: ConversationStore, conversation: str) -> list[str]:
    """What is kept of what the student said."""
    tracker = await store.retrieve_full_tracker(conversation)
    events = tracker.events if tracker else []
    return [event.text for event in events if isinstance(event, UserUttered)]


async def test_each_school_keeps_for_its_own_days(
    schools: Schools, folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """7, 30 and none: what is over them goes, what is not stays; of a school that is gone, too."""
    monkeypatch.setattr(packing, "LEVEL", 0)
    put(place, "gone", "name: Gone High")
    store = ConversationStore(DOMAIN, schools=schools)
    for slug in (".lincoln", "", ".gone", ".grant"):
        for days in (40, 10, 1):
            await say(store, f"talk-{days}{slug}", f"said {days} days ago at {slug or 'us'}", days)
    written = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"days ago at .lincoln" in written and b"days ago at .grant" not in written
    assert await kept(store, "talk-1.grant") == ["said 1 days ago at .grant"]
    (place / "schools" / "gone.yml").unlink()
    await store.prune()
    left = [name for name in await store.keys() if await kept(store, name)]
    assert sorted(left) == [
        *("talk-1", "talk-1.gone", "talk-1.grant", "talk-1.lincoln"),
        *("talk-10", "talk-10.gone", "talk-10.grant", "talk-40.grant"),
    ]
    store.let_go(0)
    assert not [name for name in await store.keys() if name.endswith(".grant")]
    put(place, "lincoln", LINCOLN.replace("keep_days: 7", "keep_days: 0"))
    await store.prune()
    assert b"lincoln" not in b"".join(path.read_bytes() for path in folder.iterdir())
    assert await kept(store, "talk-1") and await kept(store, "talk-1.gone")
    await store.forget("talk-1.gone")
    assert not await kept(store, "talk-1.gone") and await store.healthy()
    store.close()


async def test_a_school_that_is_left_out_keeps_its_days(
    schools: Schools, guides: Guides, place: Path
) -> None:
    """Nothing is kept longer than it wanted, nothing goes early, and all is there once mended."""
    store = ConversationStore(DOMAIN, schools=schools)
    for days in (10, 5):
        await say(store, f"talk-{days}.lincoln", "words", days)
    store.close()
    put(place, "lincoln", LINCOLN.replace("green", "pink"))
    store = ConversationStore(DOMAIN, schools=Schools(guides, place / "school.yml"))
    await say(store, "new.lincoln", "unkept")
    await store.prune()
    put(place, "lincoln", LINCOLN)
    left = [name for name in await store.keys() if "lincoln" in name]
    assert [name for name in left if await kept(store, name)] == ["talk-5.lincoln"]
    store.close()


async def test_a_school_may_begin_to_keep(schools: Schools, folder: Path, place: Path) -> None:
    """Where none kept anything there is no file, until one does."""
    file = place / "school.yml"
    file.write_text(file.read_text().replace("keep_days: 30", "keep_days: 0"))
    put(place, "lincoln", LINCOLN.replace("keep_days: 7", "keep_days: 0"))
    store = ConversationStore(DOMAIN, schools=schools)
    await say(store, "talk.lincoln", "one")
    await store.prune()
    assert not folder.exists() and await kept(store, "talk.lincoln") == ["one"]
    put(place, "lincoln", LINCOLN)
    await say(store, "talk.lincoln", "two")
    await say(store, "talk.grant", "three")
    assert await kept(store, "talk.lincoln") == ["two"] and folder.exists()
    assert b"three" not in b"".join(path.read_bytes() for path in folder.iterdir())
    store.close()


async def test_what_is_old_is_found_by_an_index(schools: Schools) -> None:
    """Deleting does not read all that is kept, whatever the number of schools."""
    store = ConversationStore(DOMAIN, schools=schools)
    await say(store, "talk.lincoln", "one")
    values = {"school": b"", "before": 0.0, "slice": 1}
    for statement in (tables.DELETE_OLD, tables.NEXT_SCHOOL):
        explained = text(f"EXPLAIN QUERY PLAN {statement.text}")
        plan = await store._archive.ask(
            lambda connection, asked=explained: str(connection.execute(asked, values).fetchall())
        )
        assert "turns_by_school" in plan and "SCAN turns" not in plan
    assert await store._archive.ask(tables.schools) == [b"", packing.school_of("lincoln")]
    store.close()


async def test_a_career_without_a_guide_names_the_schools_first(
    place: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the greeting does; a school that names none gets the largest careers."""
    put(place, "lincoln", LINCOLN + "first_guides: [electrician]\n")
    action = ActionAnswer(library, Schools(library, place / "school.yml"))
    latest = {
        "intent": {"name": "ask_salary"},
        "text": "what do wizards earn",
        "entities": [{"entity": "career", "value": "wizard"}],
    }
    told = {}
    for slug in ("lincoln", "grant"):
        dispatcher = CollectingDispatcher()
        at = Tracker(f"talk.{slug}", {}, latest, [], False, None, {}, "action_listen")
        await action.run(dispatcher, at, {})
        (message,) = dispatcher.messages
        assert message["custom"]["kind"] == "no_guide"
        told[slug] = message["custom"]["card"]["groups"][0]["items"]
    assert told["lincoln"][0] == {"text": "Electrician"} != told["grant"][0]
    assert len(told["lincoln"]) == len(told["grant"])
