"""Local answers at the desk: written, tried, renewed, deleted, imported and exported."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

from desk.door import Desk
from guides.documents import read
from tests.desks import Browser, text_of
from tests.desks import clock as clock  # a fixture
from tests.desks import desk as desk  # a fixture
from tests.desks import unwritable as unwritable  # a fixture
from tests.test_desk import leads_to, signed_in

TODAY = date.today()
IN_A_MONTH = str(TODAY + timedelta(days=31))
FAIR = {
    "asked": "when is the kite fair\ndo we have a kite fair",
    "answer": "The kite fair is in March.",
    "until": IN_A_MONTH,
    "do": "save",
}
KEPT = f"""# Ours. Ask Jane before you change it.
kite_fair:
  # Mr. Poe has the keys.
  asked: [when is the kite fair, do we have a kite fair]
  answer: The kite fair is in March.
  checked: {TODAY}
  until: {IN_A_MONTH}

# Printed in the handbook too.
lockers:
  asked: [where is my locker, which locker is mine]
  answer: Lockers are in the blue hall.
  checked: {TODAY - timedelta(days=100)}
  until: {TODAY - timedelta(days=1)}
"""


@pytest.fixture
def file(tmp_path: Path, desk: Desk) -> Path:
    """The file of Lincoln's answers, with two."""
    path = tmp_path / "schools" / "answers" / "lincoln.yml"
    path.parent.mkdir()
    path.write_text(KEPT)
    return path


def field(page: str, name: str) -> str:
    """What a field of a page holds."""
    area = re.search(rf'<textarea [^>]*name="{name}"[^>]*>\n?([^<]*)</textarea>', page)
    if area:
        return unescape(area[1])
    given = re.search(rf'<input [^>]*name="{name}"[^>]*>', page)
    assert given, name
    found = re.search(r' value="([^"]*)"', given[0])
    return unescape(found[1]) if found else ""


async def opened(browser: Browser, name: str) -> dict[str, str]:
    """The fields of an answer's form."""
    page = text_of(await browser.ask(f"/desk/answers/edit?name={name}"))
    names = ("asked", "answer", "link_url", "link_words", "careers", "until", "name", "seen")
    return {each: field(page, each) for each in names} | {"topic": "", "do": "save"}


async def test_an_answer_is_written(desk: Desk, tmp_path: Path) -> None:
    """With what students asked filled in; it is in the list, in the log, and in no other school's."""
    browser, other = (
        await signed_in(desk, "Jane Doe", "lincoln"),
        await signed_in(desk, "Jo Roe", "roosevelt"),
    )
    page = text_of(await browser.ask("/desk/answers/new?asked=when+is+the+kite+fair"))
    assert field(page, "asked") == "when is the kite fair"
    answer = await browser.send("/desk/answers/edit", **FAIR)
    assert leads_to(answer) == "/desk/answers?notice=answer_saved", text_of(answer)
    assert read(tmp_path / "schools" / "answers" / "lincoln.yml") == {
        "when_is_the_kite_fair": {
            "asked": FAIR["asked"].splitlines(),
            "answer": FAIR["answer"],
            "checked": str(TODAY),
            "until": IN_A_MONTH,
        }
    }
    assert "The kite fair is in March." in text_of(await browser.ask("/desk/answers"))
    assert "wrote the answer when_is_the_kite_fair" in text_of(await browser.ask("/desk/log"))
    assert "kite" not in text_of(await other.ask("/desk/answers"))
    assert [path.name for path in (tmp_path / "schools" / "answers").iterdir()] == ["lincoln.yml"]


async def test_other_lines_of_the_file_stay(desk: Desk, file: Path) -> None:
    """The comments of an administrator, and every entry that is not meant."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    fields = await opened(browser, "lockers")
    assert leads_to(
        await browser.send(
            "/desk/answers/edit", **{**fields, "until": IN_A_MONTH, "careers": "MLOps Engineers"}
        )
    )
    kept, changed = KEPT.split("lockers:")[0], read(file)["lockers"]
    assert file.read_text().startswith(kept)
    assert changed["careers"] == ["mlops-engineer"] and changed["checked"] == str(TODAY)
    assert leads_to(await browser.send("/desk/answers/edit", **FAIR | {"asked": "a b\nc d"}))
    assert file.read_text().startswith(kept) and set(read(file)) == {"kite_fair", "lockers", "a_b"}


FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "one way": ({"asked": "when is it"}, "asked"),
    "six ways": ({"asked": "\n".join("abcdef")}, "asked"),
    "a way twice": ({"asked": "where is it\nWhere is it?"}, "top"),
    "a long way": ({"asked": f"{'a' * 101}\nb"}, "asked"),
    "markup in a way": ({"asked": "<b>a</b>\nb"}, "asked"),
    "a site in a way": ({"asked": "http://evil.example\nb"}, "asked"),
    "nobody asks, and no topic": ({"asked": ""}, "topic"),
    "no answer": ({"answer": " \0 "}, "answer"),
    "a long answer": ({"answer": "a" * 701}, "answer"),
    "markup": ({"answer": "<script>x</script>"}, "answer"),
    "a link in words": ({"answer": "See [this](http://x.example)."}, "answer"),
    "no https": ({"link_url": "http://x.example/a", "link_words": "all"}, "link_url"),
    "a script": ({"link_url": "javascript:alert(1)", "link_words": "all"}, "link_url"),
    "no words": ({"link_url": "https://x.example/a"}, "link_words"),
    "markup in its words": (
        {"link_url": "https://x.example/a", "link_words": "**a**"},
        "link_words",
    ),
    "no guide": ({"careers": "Dragon Tamers"}, "careers"),
    "a path": ({"careers": "../../etc/passwd"}, "careers"),
    "no topic": ({"topic": "pay"}, "topic"),
    "no day": ({"until": "soon"}, "until"),
    "yesterday": ({"until": str(TODAY - timedelta(1))}, "until"),
    "two years": ({"until": str(TODAY + timedelta(700))}, "until"),
    "distress": ({"asked": "i want to die\nb c"}, "asked"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_is_said_at_its_field(desk: Desk, tmp_path: Path, fault: str) -> None:
    """Nothing is written, and nothing that was typed is lost."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    changed, name = FAULTS[fault]
    answer = await browser.send("/desk/answers/edit", **FAIR | changed)
    page = text_of(answer)
    assert answer.status == 422 and "<script" not in page
    assert f'id="{name}-fault"' in page or (name == "top" and "expected it once" in page)
    assert field(page, "until") == changed.get("until", IN_A_MONTH)
    assert not list((tmp_path / "schools").glob("answers/*.yml"))
    assert "wrote" not in text_of(await browser.ask("/desk/log"))


async def test_what_guides_answer_stays_theirs(desk: Desk, tmp_path: Path) -> None:
    """Too wide a draft is not saved; its words can be added to the guide's answer in one click."""
    browser, file = (
        await signed_in(desk, "Jane Doe", "lincoln"),
        tmp_path / "schools/answers/lincoln.yml",
    )
    wide = FAIR | {"asked": "which industry certifications\ndo i need a certificate"}
    for do in ("save", "all_the_same"):
        answer = await browser.send("/desk/answers/edit", **wide | {"do": do})
        page = text_of(answer)
        assert answer.status == 422 and "also answer questions" in page and not file.exists()
        assert 'value="add:certificates"' in page and 'value="all_the_same"' not in page
    assert leads_to(await browser.send("/desk/answers/edit", **wide | {"do": "add:certificates"}))
    (entry,) = read(file).values()
    assert entry["topic"] == "certificates" and "asked" not in entry
    assert (await browser.send("/desk/answers/edit", **wide | {"do": "add:nothing"})).status == 422


async def test_a_few_questions_may_be_taken_knowingly(desk: Desk, tmp_path: Path) -> None:
    """They are shown first; to save is said once more."""
    browser, file = (
        await signed_in(desk, "Jane Doe", "lincoln"),
        tmp_path / "schools/answers/lincoln.yml",
    )
    near = FAIR | {"asked": "are there internships\nhow do i get an internship"}
    page = text_of(await browser.send("/desk/answers/edit", **near))
    assert 'value="all_the_same"' in page and not file.exists()
    assert leads_to(await browser.send("/desk/answers/edit", **near | {"do": "all_the_same"}))
    assert file.exists()


async def test_a_draft_is_tried_before_it_is_saved(desk: Desk, file: Path) -> None:
    """By the first way to ask where no question is given; with all others in force; nothing is written."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    draft = FAIR | {
        "asked": "who mends kites\nkite help",
        "answer": "Ms. Poe mends kites.",
        "do": "try",
    }
    page = text_of(await browser.send("/desk/answers/edit", **draft))
    assert "<p>Ms. Poe mends kites.</p>" in page and "Your school answers." in page
    assert "takes nothing away" in page and field(page, "asked") == draft["asked"]
    page = text_of(await browser.send("/desk/answers/edit", **draft, question="where is my locker"))
    assert "Lockers are in the blue hall." in page
    page = text_of(await browser.send("/desk/answers/edit", **draft, question="what is the pay"))
    assert "without your school’s words" in page and "Lincoln High has no answer" in page
    assert file.read_text() == KEPT
    assert "kite" not in text_of(await browser.ask("/desk/log"))


async def test_tries_have_a_rate(desk: Desk) -> None:
    """Each costs a turn."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    note = FAIR | {"asked": "", "topic": "salary", "do": "try"}
    statuses = {(await browser.send("/desk/answers/edit", **note)).status for _ in range(35)}
    assert statuses == {200, 429}


async def test_what_ran_out_is_renewed_in_one_click(desk: Desk, file: Path) -> None:
    """It stands first; then it holds as long again, and nothing else has changed."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    page = text_of(await browser.ask("/desk/answers"))
    assert (
        page.index("Check again")
        < page.index("where is my locker")
        < page.index("All others")
        < page.index("when is the kite fair")
    )
    assert f"{TODAY - timedelta(days=1)}</span></time> (over)" in page
    seen = field(page, "seen")
    assert leads_to(await browser.send("/desk/answers/renew", name="lockers", seen=seen))
    entry = read(file)["lockers"]
    assert (entry["checked"], entry["until"]) == (str(TODAY), str(TODAY + timedelta(days=99)))
    assert "Check again" not in text_of(await browser.ask("/desk/answers"))
    assert (await browser.send("/desk/answers/renew", name="lockers", seen=seen)).status == 409


async def test_an_answer_is_deleted_once_it_is_sure(desk: Desk, file: Path) -> None:
    """A page asks first."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    fields = await opened(browser, "kite_fair")
    kept = {"name": "kite_fair", "seen": fields["seen"]}
    page = text_of(await browser.send("/desk/answers/delete", **kept))
    assert "Delete this answer?" in page and "kite_fair" in read(file)
    assert leads_to(await browser.send("/desk/answers/delete", **kept, sure="yes"))
    assert set(read(file)) == {"lockers"} and "# Printed in the handbook too." in file.read_text()
    assert (await browser.send("/desk/answers/delete", **kept, sure="yes")).status == 404
    assert (await browser.ask("/desk/answers/edit?name=kite_fair")).status == 404
    assert "deleted the answer kite_fair" in text_of(await browser.ask("/desk/log"))


async def test_two_counselors_do_not_undo_each_other(desk: Desk, file: Path) -> None:
    """Who saves last sees both, and saves knowingly; another entry does not stand in the way."""
    jane, jo = (
        await signed_in(desk, "Jane Doe", "lincoln"),
        await signed_in(desk, "Jo Roe", "lincoln"),
    )
    fields, others = await opened(jane, "kite_fair"), await opened(jo, "kite_fair")
    await jo.send("/desk/answers/edit", **FAIR | {"asked": "x y\ny z"})
    assert leads_to(await jo.send("/desk/answers/edit", **others | {"answer": "It is in April."}))
    answer = await jane.send("/desk/answers/edit", **fields | {"answer": "It is in May."})
    page = text_of(answer)
    assert (
        answer.status == 409
        and "It is in April." in page
        and field(page, "answer") == "It is in May."
    )
    assert read(file)["kite_fair"]["answer"] == "It is in April."
    again = fields | {"answer": "It is in May.", "seen": field(page, "seen")}
    assert leads_to(await jane.send("/desk/answers/edit", **again))
    assert read(file)["kite_fair"]["answer"] == "It is in May."


async def test_what_was_deleted_meanwhile_is_said(desk: Desk, file: Path) -> None:
    """To save brings it back."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    fields = await opened(browser, "kite_fair")
    await browser.send("/desk/answers/delete", name="kite_fair", seen=fields["seen"], sure="yes")
    page = text_of(await browser.send("/desk/answers/edit", **fields))
    assert "deleted this answer" in page and field(page, "seen") == ""
    assert leads_to(await browser.send("/desk/answers/edit", **fields | {"seen": ""}))
    assert "kite_fair" in read(file)


@pytest.mark.parametrize(
    "name", ["../roosevelt", "lincoln/../../school", "../../school", "Kite", "a b", "x\n"]
)
async def test_a_name_leads_nowhere_else(desk: Desk, file: Path, name: str) -> None:
    """It is no path, and no key but one as the schema has it."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    before = {path: path.read_bytes() for path in file.parent.parent.rglob("*.yml")}
    assert (await browser.send("/desk/answers/edit", **FAIR, name=name, seen="")).status in (
        404,
        422,
    )
    for form in ("renew", "delete"):
        answer = await browser.send(f"/desk/answers/{form}", name=name, seen="", sure="yes")
        assert answer.status == 404
    assert {path: path.read_bytes() for path in file.parent.parent.rglob("*.yml")} == before


async def test_another_school_s_answers_are_never_touched(desk: Desk, file: Path) -> None:
    """Whatever a form says of the school."""
    browser = await signed_in(desk, "Jo Roe", "roosevelt")
    elsewhere = {"school": "lincoln", "slug": "lincoln", "file": str(file)}
    assert leads_to(await browser.send("/desk/answers/edit", **FAIR, **elsewhere))
    assert (await browser.ask("/desk/answers/edit?name=kite_fair&school=lincoln")).status == 404
    export = text_of(await browser.ask("/desk/answers/export?school=lincoln"))
    assert "when_is_the_kite_fair" in export and "locker" not in export
    await browser.send("/desk/answers/file", seen="", text=KEPT, school="lincoln")
    assert file.read_text() == KEPT and (file.parent / "roosevelt.yml").exists()


async def test_a_broken_file_is_said_and_stays(desk: Desk, file: Path) -> None:
    """It can be exported, mended and imported."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    fields = await opened(browser, "kite_fair")
    file.write_text(KEPT.replace("asked", "ask"))
    for path in ("/desk/answers", "/desk/answers/edit?name=kite_fair"):
        assert "kite_fair: ask: found" in text_of(await browser.ask(path))
    assert (await browser.send("/desk/answers/edit", **fields)).status == 422
    for form in ("renew", "delete"):
        assert (
            await browser.send(f"/desk/answers/{form}", name="kite_fair", sure="yes")
        ).status == 409
    assert text_of(await browser.ask("/desk/answers/export")) == KEPT.replace("asked", "ask")
    seen = field(text_of(await browser.ask("/desk/answers/file")), "seen")
    assert leads_to(await browser.send("/desk/answers/file", seen=seen, text=KEPT))
    assert file.read_text() == KEPT.strip()


BOMB = "a: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n"
IMPORTS: dict[str, tuple[str | bytes, str]] = {
    "one fault among many": (KEPT.replace("in March.", "<b>"), "kite_fair: answer: found"),
    "a bomb": (BOMB, "found *a, expected what it stands for"),
    "depth": ("a: " + "[" * 5_000, "levels, expected 10 at most"),
    "a tag": ("a: !!python/object/apply:os.system [ls]\n", "found broken YAML"),
    "no mapping": ("- a\n", "top: found a list"),
    "nothing": ("", "top: found nothing"),
    "a formula": ("=1+1: {answer: a}\n", "found this name"),
    "a path for a name": ("../school: {answer: a}\n", "found this name"),
    "a NUL": (KEPT.encode().replace(b"Mr. Poe", b"Mr.\0Poe"), "found broken YAML"),
    "half a surrogate": (KEPT.encode().replace(b"Mr. Poe", b"\xed\xa0\x80"), "not saved as UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "not saved as UTF-8"),
    "distress": (KEPT.replace("where is my locker", "i want to die"), "lockers: “i want to die” sounds"),
    "too wide": (KEPT.replace("where is my locker", "which industry certifications").replace("which locker is mine", "industry certification"), "lockers: this might also answer"),
    "too many": ("".join(f"a{n}: {{topic: salary, answer: a, checked: {TODAY}, until: {TODAY}}}\n" for n in range(201)), "found 201 answers"),
}  # fmt: skip


@pytest.mark.parametrize("given", IMPORTS)
async def test_a_file_with_a_fault_changes_nothing(desk: Desk, file: Path, given: str) -> None:
    """Each fault is said with its place; nothing is half taken."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    seen = field(text_of(await browser.ask("/desk/answers/file")), "seen")
    content, fault = IMPORTS[given]
    raw = content.encode() if isinstance(content, str) else content
    answer = await browser.send("/desk/answers/file", files={"file": raw}, seen=seen)
    assert answer.status == 422 and fault in unescape(text_of(answer)), text_of(answer)
    assert file.read_text() == KEPT


async def test_a_good_file_takes_the_place_of_all(desk: Desk, file: Path) -> None:
    """What was exported can be brought back; what changed meanwhile is not lost."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    export = text_of(await browser.ask("/desk/answers/export"))
    assert export == KEPT
    seen = field(text_of(await browser.ask("/desk/answers/file")), "seen")
    new = KEPT.replace("blue hall", "red hall").encode()
    assert leads_to(await browser.send("/desk/answers/file", files={"file": new}, seen=seen))
    assert file.read_bytes() == new
    assert (await browser.send("/desk/answers/file", text=KEPT, seen=seen)).status == 409
    assert file.read_bytes() == new
    assert "brought a file of 2 answers" in text_of(await browser.ask("/desk/log"))


async def test_a_folder_that_cannot_be_written_is_said(
    desk: Desk, file: Path, unwritable: Callable[[], None]
) -> None:
    """With what an administrator can do; the draft is still there."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    fields = await opened(browser, "kite_fair")
    unwritable()
    answer = await browser.send("/desk/answers/edit", **fields | {"answer": "It is in May."})
    page = text_of(answer)
    assert (
        answer.status == 503
        and "GUIDEPOST_ANSWERS" in page
        and field(page, "answer") == "It is in May."
    )
    answer = await browser.send(
        "/desk/answers/delete", **{"name": "kite_fair", "seen": fields["seen"], "sure": "yes"}
    )
    assert answer.status == 503 and "GUIDEPOST_ANSWERS" in text_of(answer)
    assert file.read_text() == KEPT
