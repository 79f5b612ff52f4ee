"""What the tests share: the guides, the school, and an answer's words as a student sees them."""

from __future__ import annotations

import gc
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from answers.assistant import person_facts
from answers.model import Answer, Question, custom
from answers.offers import offered_payloads
from answers.registry import answer, next_buttons
from answers.responses import load_responses
from answers.responses import worded as text_of
from components.library import find_library
from guides.documents import read
from guides.library import Library, Name, names_of, regions_of, words_of
from guides.loading import Guides, load_guides
from guides.schema import Guide
from guides.school import School, load_school
from serving.lean import leave_out_unused
from tests.served import Server, copy_project, launched
from tests.shipped import leave_out_added
from understanding.distress import Distress
from understanding.reading import Reader
from understanding.repair import learn_words, make_repair
from understanding.text import fold

leave_out_added()  # before any test module reads guides

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SCHEMA = TESTS.parent / "answers" / "reply.schema.json"
MARKUP = re.compile(r"[*_`<>#|{}\[\]]|None")
NAMES = re.compile(r"O\*NET|\bC#")
"""Names that hold a sign of markup."""
LONGEST = 900

Worded = Callable[[Answer], str]
Checked = Callable[[Answer, str, "Guide | None"], str]
Ask = Callable[..., str]


def pytest_configure() -> None:
    """Import Rasa as it is served: TensorFlow would be most of the time that fast tests take."""
    leave_out_unused(ROOT / "config.yml")
    # The guides stay: to look through them often takes a seventh of the time.
    gc.set_threshold(200_000, 20, 100)


@pytest.fixture(scope="session")
def guides() -> Guides:
    """The shipped guides and the fictional one."""
    return {**load_guides(), **load_guides(TESTS / "guides")}


@pytest.fixture(scope="session")
def library() -> Library:
    """Every career that the assistant knows."""
    return find_library()


class Beside(Library):
    """A library and a few other guides; what it is asked for as a whole reads none of its guides."""

    def __init__(self, library: Library, others: Guides) -> None:
        self._library, self._others = library, others

    def names(self) -> Iterator[Name]:
        names = (*self._library.names(), *names_of(self._others))
        return iter(
            sorted(names, key=lambda name: (name.form, name.tier, -name.workers, name.slug))
        )

    def regions(self) -> frozenset[str]:
        return self._library.regions() | regions_of(self._others)

    def words(self) -> frozenset[str]:
        return self._library.words() | words_of(self._others)


@pytest.fixture(scope="session")
def reader(library: Library) -> Reader:
    """What reads messages, with the names of every career and of the fictional one."""
    return Reader(Beside(library, load_guides(TESTS / "guides")))


@pytest.fixture(scope="session")
def phrases() -> list[str]:
    """The examples of data/nlu, folded."""
    files = sorted((ROOT / "data" / "nlu").rglob("*.yml"))
    groups = [group for path in files for group in read(path)["nlu"]]
    lines = [line for group in groups for line in group["examples"].splitlines()]
    return [fold(line.removeprefix("- ")) for line in lines]


@pytest.fixture(scope="session")
def repair(reader: Reader, phrases: list[str]) -> Callable[[str], str]:
    """Puts the words of a typed text right, as it was learnt from the examples."""
    repairer = make_repair(learn_words(phrases, reader), reader)
    return lambda text: repairer.repair(fold(text))


@pytest.fixture(scope="session")
def distress() -> Distress:
    """The lists of distress and of the boundary."""
    return Distress()


@pytest.fixture(scope="session")
def mlops(guides: Guides) -> Guide:
    """The shipped guide."""
    return guides["mlops-engineer"]


@pytest.fixture(scope="session")
def keeper(guides: Guides) -> Guide:
    """The fictional guide: no myths, no tools, ties, a night shift."""
    return guides["moon-lighthouse-keeper"]


@pytest.fixture(scope="session")
def school(guides: Guides) -> School:
    """The shipped settings of the school."""
    return load_school(guides)


@pytest.fixture(scope="session")
def responses() -> Mapping[str, str]:
    """The words of every response by its name."""
    return load_responses()


@pytest.fixture(scope="session")
def worded(responses: Mapping[str, str], school: School) -> Worded:
    """The final text of an answer, with the school's person where it names one."""

    def words(answer: Answer) -> str:
        facts = {**person_facts(school), **answer.facts}
        return text_of(replace(answer, facts=facts), responses)

    return words


@pytest.fixture(scope="session")
def reply_schema() -> dict[str, Any]:
    """The schema of the custom object."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def checked(guides: Guides, worded: Worded, reply_schema: dict[str, Any]) -> Checked:
    """The text of an answer that has the form that every answer must have."""
    offered = offered_payloads(guides)
    validator = Draft7Validator(reply_schema)

    def text_of(given: Answer, topic: str, guide: Guide | None) -> str:
        text = worded(given)
        assert text and len(text) <= LONGEST and not MARKUP.search(NAMES.sub("", text)), text
        validator.validate(custom(given, topic, guide))
        buttons = next_buttons(guide, topic) if given.buttons is None else given.buttons
        payloads = [button.payload for button in buttons]
        assert len(payloads) <= 4 and len(set(payloads)) == len(payloads)
        assert set(payloads) <= offered and all(button.title for button in buttons)
        return text

    return text_of


@pytest.fixture(scope="session")
def ask(checked: Checked) -> Ask:
    """The text of a guide's answer to a topic, with entity values by name."""

    def asked(guide: Guide, topic: str, text: str = "", **values: str) -> str:
        found = {name: tuple(value.split()) for name, value in values.items()}
        (facet, *_) = found.pop("facet", ("",)) or ("",)
        question = Question(topic, text, found, facet=facet or None)
        return checked(answer(guide, question), topic, guide)

    return asked


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The assistant, served as `make run` serves it, for all slow tests together."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    running = launched(log, GUIDEPOST_LIMITS="off")  # tests ask faster than people do
    yield running
    running.stop()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project in a folder of its own, free to be broken; its guides are compiled already."""
    copy_project(tmp_path)
    (tmp_path / "models").mkdir()
    for compiled in (ROOT / "models").glob("guides-*.sqlite"):
        shutil.copy(compiled, tmp_path / "models")
    return tmp_path
