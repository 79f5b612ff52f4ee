"""The compiled guides: the same guides again, read one by one, found by their names."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from guides.library import (
    Library,
    Tier,
    compile_library,
    names_in,
    names_of,
    regions_of,
    well_known,
    words_of,
)
from guides.loading import Guides
from guides.schema import Guide
from understanding.careers import Careers
from understanding.terms import Terms


@pytest.fixture(scope="module")
def compiled(guides: Guides, tmp_path_factory: pytest.TempPathFactory) -> Library:
    path = tmp_path_factory.mktemp("library") / "guides.sqlite"
    compile_library(guides.values(), path)
    return Library.open(path)


def test_a_compiled_guide_is_the_guide(compiled: Library, guides: Guides) -> None:
    """Times, places in the lesson and dates come back as they were, with all else."""
    assert dict(compiled) == dict(guides)
    assert list(compiled) == sorted(guides, key=lambda slug: guides[slug].title)
    assert "nobody" not in compiled and compiled.get("nobody") is None and None not in compiled


def test_a_guide_is_read_once(compiled: Library) -> None:
    """What was asked for is kept, so that a turn costs no second reading."""
    assert compiled["mlops-engineer"] is compiled["mlops-engineer"]


def test_names_and_regions_are_those_of_the_guides(compiled: Library, guides: Guides) -> None:
    """The file gives what the guides give."""
    assert list(compiled.names()) == list(names_of(dict(guides)))
    assert compiled.regions() == regions_of(dict(guides))
    assert compiled.words() == words_of(dict(guides)) and "kubernetes" in compiled.words()
    assert well_known(compiled, 1)[0].slug in guides


@pytest.mark.parametrize("wrong", [None, b"", b"no database at all"])
def test_another_file_is_refused(tmp_path: Path, wrong: bytes | None) -> None:
    """A file that is missing, empty or something else is no library."""
    path = tmp_path / "guides.sqlite"
    if wrong is not None:
        path.write_bytes(wrong)
    with pytest.raises(sqlite3.Error):
        Library.open(path)


def test_the_file_is_only_read(compiled: Library) -> None:
    """Nothing that a process does changes it for others."""
    with pytest.raises(sqlite3.OperationalError):
        compiled.rows("DELETE FROM names")


def career(keeper: Guide, slug: str, jobs: int = 0, **names: object) -> Guide:
    """A guide of its own with a title after its slug, so many jobs and these names."""
    title = slug.replace("-", " ").title()
    market = keeper.market and keeper.market.copy(update={"jobs": jobs})
    given = {"slug": slug, "title": title, "plural": f"{title}s", "aliases": [], "market": market}
    return keeper.copy(update={**given, **names})


def test_acronyms_count_where_students_use_them(keeper: Guide) -> None:
    """ "HI" in a table of titles is no name; two spellings are two names."""
    titles = keeper.snapshot.copy(
        update={"titles": ["CEO (Chief Executive Officer)", "HI", "OR RN"]}
    )
    guide = career(keeper, "boss", aliases=["rn"], snapshot=titles)
    found = dict((text, tier) for tier, text in names_in(guide))
    assert found["rn"] == Tier.STUDENT and found["Chief Executive Officer"] == Tier.REPORTED
    assert not {"CEO", "HI", "OR RN"} & set(found)


def careers_of(*guides: Guide) -> Careers:
    return Careers(names_of({guide.slug: guide for guide in guides}))


def test_the_best_tier_of_a_name_counts(keeper: Guide) -> None:
    """What students call one career is not another one's further title."""
    own = career(keeper, "surgeon", aliases=["bone doctor"])
    weak = career(keeper, "healer", jobs=9, alternates=["Bone Doctor"])
    found = careers_of(own, weak).subject("how much do bone doctors make")
    assert found and (found.value, found.candidates) == ("surgeon", ())


def test_a_short_name_in_a_longer_one_stays(keeper: Guide) -> None:
    """ "RN" is a nurse, and what an RN to a king does is another's."""
    nurse = career(keeper, "royal-nurse", aliases=["rn"])
    other = career(keeper, "healer", aliases=["rn to the king"])
    careers = careers_of(nurse, other)
    assert careers.spelt_out("an RN in Ohio") == "an royal nurse in Ohio"
    assert careers.spelt_out("my aunt is an RN to the king") == "my aunt is an RN to the king"
    assert careers.spelt_out("WHAT DOES AN RN DO") == "WHAT DOES AN RN DO"


def test_what_stands_around_a_place_is_named(keeper: Guide) -> None:
    """Whatever the sentence; a name in a part of the place does not count, nor a further title."""
    boss = career(keeper, "boss", aliases=["site foreman"])
    other = career(keeper, "cook", alternates=["Kitchen Boss"], aliases=["cook"])
    careers = careers_of(boss, other)
    text = "uncle is site foreman"
    found = careers.around(text, text.index("foreman"), len(text))
    assert found and text[found.start : found.end] == "site foreman" and found.value == "boss"
    assert careers.around("a plague cook", 2, len("a plague cook")) is None
    assert careers.around("my kitchen boss", 3, len("my kitchen boss")) is None


def test_several_careers_of_one_name_are_all_kept(keeper: Guide) -> None:
    """The one with most workers comes first; it is meant where most of all work in it."""
    few, many, most = (
        career(keeper, slug, jobs, aliases=["vet"])
        for slug, jobs in (("soldier", 4), ("doctor", 5), ("healer", 7))
    )
    found = careers_of(few, many).subject("what does a vet do")
    assert found and (found.value, found.candidates) == ("doctor", ("doctor", "soldier"))
    found = careers_of(few, many, most).subject("what does a vet do")
    assert found and (found.value, found.candidates) == ("vet", ("healer", "doctor", "soldier"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("how much do cooks make", True),
        ("i want to be a cook", True),
        ("what does a cook do", True),
        ("cooks", True),
        ("cook or baker", True),
        ("should i cook at home", False),
        ("they cook the numbers", False),
        ("is there a cook book", False),
        ("what can i cook", False),
    ],
)
def test_an_ordinary_word_needs_a_sentence_on_jobs(keeper: Guide, text: str, meant: bool) -> None:
    """A name of one word counts where the sentence speaks of a job, or is nothing else."""
    careers = careers_of(career(keeper, "cook"), career(keeper, "baker"))
    assert (careers.subject(text) is not None) == meant


def test_words_are_not_joined_into_a_name(keeper: Guide) -> None:
    """ "Is a" is not "ISA", and a name is not one for its letters alone."""
    careers = careers_of(career(keeper, "analyst", aliases=["isa"]))
    assert careers.subject("what is a typical day") is None
    assert careers.subject("how much does an isa make")
    assert careers.subject("how much does an i.s.a. make")


def test_terms_are_those_of_the_career(keeper: Guide, mlops: Guide) -> None:
    """Two guides may use one word, each for its own; another career's tool is not found."""
    terms = Terms()
    assert keeper.education and mlops.tools
    (first, *others) = keeper.education.routes
    other = first.copy(update={"id": "degree", "name": "Degree", "also": ["four years"]})
    routes = [other, *others]
    twin = career(keeper, "twin", education=keeper.education.copy(update={"routes": routes}))
    tools = [mlops.tools[0].copy(update={"name": "Go"})]
    coder = career(keeper, "coder", tools=tools)
    found = {each.value for each in terms.find(twin, "is the degree hard, or four years")}
    assert found == {"degree"}
    assert "Go" in {each.value for each in terms.find(coder, "go on")}
    assert not [each for each in terms.find(twin, "go on") if each.name == "tool"]
