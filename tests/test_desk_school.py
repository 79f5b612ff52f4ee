"""What a counselor sets of a school at the desk, and what nobody sets there."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desk.door import Desk
from guides import watching, writing
from guides.documents import read
from guides.school import SCHOOL
from guides.schools import LARGEST_LOGO
from tests.desks import Browser, text_of
from tests.desks import clock as clock  # a fixture
from tests.desks import desk as desk  # a fixture
from tests.desks import unwritable as unwritable  # a fixture
from tests.test_desk import leads_to, signed_in
from tests.test_desk_answers import field

KEPT = """# Lincoln. Ask Jane.
name: Lincoln High
colour: green
# Since 2025.
person:
  name: Ms. Ortiz  # not her first name
  contact: Room 12.
embed_sites: [https://www.lincoln.example]
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(17) + zlib.compress(b"\0")
WEBP = b"RIFF\x1a\0\0\0WEBPVP8 " + bytes(20)
FIELDS = {
    "name": "Lincoln High",
    "person_name": "Ms. Ortiz",
    "person_contact": "Room 12.",
    "person_name_es": "",
    "person_contact_es": "",
    "colour": "green",
    "first_guides": "",
    "keep_days": "30",
    "do": "save",
}


@pytest.fixture
def file(desk: Desk, tmp_path: Path) -> Path:
    """The file of Lincoln, with comments."""
    path = tmp_path / "schools" / "lincoln.yml"
    path.write_text(KEPT)
    return path


async def seen(browser: Browser) -> dict[str, str]:
    """What a form holds beside its fields."""
    return {"seen": field(text_of(await browser.ask("/desk/school")), "seen")}


async def save(browser: Browser, **changed: Any) -> str:
    """Save the page with some fields changed; where it leads."""
    files = {"logo": changed.pop("logo", b"")}
    fields = {**FIELDS, **await seen(browser), **changed}
    return leads_to(await browser.send("/desk/school", files=files, **fields))


async def test_a_school_says_what_it_sets(desk: Desk, file: Path) -> None:
    """In force within seconds; comments and all other lines of the file stay."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    page = text_of(await browser.ask("/desk/school"))
    assert field(page, "name") == "Lincoln High" and field(page, "person_contact") == "Room 12."
    assert await save(browser, person_contact="Room 14.", person_name_es="la Sra. Ortiz", colour="teal", first_guides="MLOps Engineers", keep_days="7") == "/desk/school?notice=school_saved"  # fmt: skip
    assert file.read_text() == KEPT.replace("green", "teal").replace("Room 12.", "Room 14.\n  name_es: la Sra. Ortiz") + "first_guides:\n  - mlops-engineer\nkeep_days: 7\n"  # fmt: skip
    school = desk.sites.schools.named("lincoln")
    assert school and (school.colour, school.keep_days) == ("teal", 7)
    log = text_of(await browser.ask("/desk/log"))
    assert "changed of the school: person to turn to, Colour, Careers to name first" in log
    assert 'data-colour="teal"' in log
    before = file.read_text()
    assert await save(browser, person_contact="Room 14.", person_name_es="la Sra. Ortiz", colour="teal", first_guides="MLOps Engineers", keep_days="7")  # fmt: skip
    assert file.read_text() == before


async def test_what_is_taken_back_is_the_districts_again(desk: Desk, file: Path) -> None:
    """The key goes; a colour that the district has must be said to be none."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    assert await save(browser, colour="", keep_days="7") and "colour" not in read(file)
    assert await save(browser, colour="") and "keep_days" not in read(file)
    assert read(file)["embed_sites"] == ["https://www.lincoln.example"]


FAULTS = {
    "no name": ({"name": " "}, "name"),
    "nobody": ({"person_name": ""}, "person_name"),
    "no contact": ({"person_contact": ""}, "person_contact"),
    "no colour": ({"colour": "pink"}, "colour"),
    "a style": ({"colour": "red;}body{display:none"}, "colour"),
    "no guide": ({"first_guides": "Dragon Tamers"}, "first_guides"),
    "a path": ({"first_guides": "../../school"}, "first_guides"),
    "eleven guides": ({"first_guides": "mlops-engineer\n" * 11}, "first_guides"),
    "more days than the district": ({"keep_days": "31"}, "keep_days"),
    "days below none": ({"keep_days": "-1"}, "keep_days"),
    "other digits": ({"keep_days": "٣"}, "keep_days"),
    "no days": ({"keep_days": "all"}, "keep_days"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_is_said_at_its_field(desk: Desk, file: Path, fault: str) -> None:
    """Nothing is written, and nothing that was typed is lost."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    changed, name = FAULTS[fault]
    fields = {**FIELDS, **await seen(browser), **changed, "person_contact_es": "Sala 12"}
    answer = await browser.send("/desk/school", **fields)
    page = text_of(answer)
    assert answer.status == 422 and f'id="{name}-fault"' in page
    assert field(page, "person_contact_es") == "Sala 12" and file.read_text() == KEPT


async def test_what_only_others_set_is_shown_and_not_taken(desk: Desk, file: Path) -> None:
    """Crisis lines, sites, address and proxies, whatever a form says of them."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    page = text_of(await browser.ask("/desk/school"))
    assert "988" in page and "https://www.lincoln.example" in page and "Ask whoever runs" in page
    forged = {key: "https://evil.example" for key in ("embed_sites", "address", "proxies", "crisis_lines", "default_guide", "slug", "unanswered")}  # fmt: skip
    assert await save(browser, **forged)
    assert file.read_text() == KEPT


async def test_a_logo_is_kept_under_a_name_of_our_own(desk: Desk, file: Path) -> None:
    """After what is in it, so that it takes no other's place; that before goes."""
    browser, folder = await signed_in(desk, "Jane Doe", "lincoln"), file.parent
    (folder / "roosevelt.png").write_bytes(b"another school's")
    assert await save(browser, logo=PNG)
    first = read(file)["logo"]
    assert (folder / first).read_bytes() == PNG and first.startswith("logo-")
    assert 'src="/logos/' in text_of(await browser.ask("/desk/school"))
    assert await save(browser, logo=WEBP)
    second = read(file)["logo"]
    assert second.endswith(".webp") and not (folder / first).exists()
    assert await save(browser) and read(file)["logo"] == second
    assert await save(browser, do="no_logo")
    assert "logo" not in read(file) and not (folder / second).exists()
    assert (folder / "roosevelt.png").read_bytes() == b"another school's"


async def test_a_logo_of_two_schools_stays_for_the_other(desk: Desk, file: Path) -> None:
    """The same picture is one file."""
    lincoln, roosevelt = await signed_in(desk, "Jane Doe", "lincoln"), await signed_in(desk, "Jo Roe", "roosevelt")  # fmt: skip
    assert await save(lincoln, logo=PNG) and await save(roosevelt, logo=PNG, name="Roosevelt High")
    assert await save(lincoln, do="no_logo")
    name = read(file.parent / "roosevelt.yml")["logo"]
    assert (file.parent / name).exists()


LOGOS = {
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "an SVG that begins as a PNG": b"\x89PNG\r\n\x1a\n<svg onload=alert(1)>",
    "a sound": b"RIFF\x1a\0\0\0WAVEfmt " + bytes(20),
    "a page": b"<!doctype html><script>1</script>",
    "too large": PNG + bytes(LARGEST_LOGO),
}


@pytest.mark.parametrize("logo", LOGOS)
async def test_what_is_no_logo_is_refused(desk: Desk, file: Path, logo: str) -> None:
    """By what is in it; nothing of it stays."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    fields = {**FIELDS, **await seen(browser)}
    answer = await browser.send("/desk/school", files={"logo": LOGOS[logo]}, **fields)
    assert answer.status == 422 and 'id="logo-fault"' in text_of(answer)
    assert file.read_text() == KEPT
    assert not [*file.parent.glob("*.png"), *file.parent.glob("*.webp"), *file.parent.glob(".*")]


async def test_who_saves_last_sees_that_it_was_changed(desk: Desk, file: Path) -> None:
    """Also a change at the command line; a logo of the form does not stay behind."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    fields = {**FIELDS, **await seen(browser), "person_contact": "Room 99."}
    file.write_text(KEPT.replace("Room 12.", "Room 13."))
    answer = await browser.send("/desk/school", files={"logo": PNG}, **fields)
    page = text_of(answer)
    assert answer.status == 409 and "Room 13." in page
    assert field(page, "person_contact") == "Room 99." and not list(file.parent.glob("*.png"))
    again = fields | {"seen": field(page, "seen")}
    assert leads_to(await browser.send("/desk/school", **again))
    assert read(file)["person"]["contact"] == "Room 99."


async def test_a_broken_file_stays_as_it_is(desk: Desk, file: Path) -> None:
    """What it said before is in force, and the page says what is wrong."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    file.write_text(KEPT.replace("embed_sites", "embed_pages"))
    assert "embed_pages: found" in text_of(await browser.ask("/desk/school"))
    fields = {**FIELDS, **await seen(browser), "colour": "red"}
    answer = await browser.send("/desk/school", **fields)
    assert answer.status == 422 and "embed_pages: found" in text_of(answer)
    assert "colour: green" in file.read_text()


async def test_no_other_school_is_changed(desk: Desk, file: Path) -> None:
    """Whatever a form says of it."""
    browser = await signed_in(desk, "Jo Roe", "roosevelt")
    forged = {"school": "lincoln", "slug": "lincoln", "file": "../lincoln"}
    assert await save(browser, name="Roosevelt High", keep_days="3", **forged)
    assert file.read_text() == KEPT and read(file.parent / "roosevelt.yml")["keep_days"] == 3


async def test_what_all_schools_share_is_no_counselors(desk: Desk, tmp_path: Path) -> None:
    """While there are others, that of school.yml is only shown; alone, it is as any."""
    browser, path = await signed_in(desk, "Al Default", ""), tmp_path / "school.yml"
    before = path.read_text()
    page = text_of(await browser.ask("/desk/school"))
    assert "all other schools" in page and 'name="person_name"' not in page
    assert (await browser.send("/desk/school", **FIELDS, seen="")).status == 403
    assert path.read_text() == before
    for name in ("lincoln", "roosevelt"):
        (tmp_path / "schools" / f"{name}.yml").unlink()
    page = text_of(await browser.ask("/desk/school"))
    spanish = {name: field(page, name) for name in ("person_name_es", "person_contact_es")}
    assert await save(browser, name="Grant High", colour="", keep_days="30", **spanish)
    after = path.read_text()
    assert "name: Grant High\n" in after and "contact: Room 12.\n" in after
    own = ("name:", "  name: ", "  contact: ")
    others = [line for line in before.splitlines() if not line.startswith(own)]
    assert [line for line in after.splitlines() if not line.startswith(own)] == others


async def test_a_folder_that_cannot_be_written_is_said(
    desk: Desk, file: Path, unwritable: Callable[[], None]
) -> None:
    """With the remedy; what was typed is still there."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    fields = {**FIELDS, **await seen(browser), "person_contact": "Room 99."}
    unwritable()
    answer = await browser.send("/desk/school", **fields)
    assert answer.status == 503 and "must be writable" in text_of(answer)
    assert field(text_of(answer), "person_contact") == "Room 99." and file.read_text() == KEPT


async def test_rights_of_the_file_stay(desk: Desk, file: Path) -> None:
    """Who may read it may read it still."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    file.chmod(0o640)
    assert await save(browser, colour="red") and os.stat(file).st_mode & 0o777 == 0o640


async def test_the_next_page_shows_what_was_saved(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though files are looked at each few seconds alone: else to save again would take it back."""
    browser = await signed_in(desk, "Jane Doe", "lincoln")
    monkeypatch.setattr(watching, "SECONDS", 1_000)
    assert await save(browser, colour="teal", person_contact="Room 14.")
    page = text_of(await browser.ask("/desk/school"))
    assert field(page, "person_contact") == "Room 14." and 'data-colour="teal"' in page
    file.write_text(file.read_text().replace("Room 14.", "Room 15."))
    page = text_of(await browser.ask("/desk/school"))
    assert field(page, "person_contact") == "Room 15."
    assert await save(browser, colour="teal", person_contact="Room 15.", keep_days="6")
    assert read(file)["person"]["contact"] == "Room 15."


def test_the_shipped_file_is_written_again_as_it_is() -> None:
    """Each line of it, where nothing changes."""
    text = SCHOOL.read_text(encoding="utf-8")
    assert writing.rewritten(text, read(SCHOOL)) == text
