"""How phrases are written and found, and what hides the words of a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import yaml

from guides.documents import DocumentError, read
from tests.conftest import ROOT
from understanding.disguises import simplified
from understanding.phrases import Phrasebook, PhraseList

WORDS: Mapping[str, Any] = {
    "filler": ["really", "kind of"],
    "same": {"want to": ["wanna"], "do not": ["dont"], "myself": ["my self"]},
    "sets": {"family": ["mom", "step dad"], "hard": ["kick", "hit"]},
}
LONGEST = 125
"""Signs of a line that a person still takes in at once."""
DISTRESS = ROOT / "data" / "distress"


@pytest.fixture
def book(tmp_path: Any) -> Any:
    """Makes a book of phrases with the words above."""

    def made(phrases: Sequence[str]) -> Phrasebook:
        path = tmp_path / "words.yml"
        path.write_text(yaml.safe_dump(dict(WORDS)), encoding="utf-8")
        return Phrasebook(path, {"list": phrases})

    return made


@pytest.mark.parametrize(
    ("phrase", "holds", "lacks"),
    [
        ("want to leave", ["i really wanna leave now", "WANTED to leave"], ["leave", "want leave"]),
        ("hit/kick me", ["he hits me", "kicking me"], ["hit", "hit him"]),
        ("hit (my/big) dog", ["hit dog", "hit my big dog"], ["hit her dog"]),
        ("hit ... hard", ["hit hard", "hit me so very hard"], ["hit one two three four hard"]),
        ("[go home/stay] now", ["go home now", "stay now"], ["go now"]),
        ("<family> <hard> me", ["mom kicked me", "step dad hits me"], ["dad hits me"]),
        ("^ go", ["go away", "really go"], ["please go"]),
        ("go $", ["please go"], ["go away"]),
        ("hurt myself", ["hurt my self", "i hurt, kind of, myself"], ["hurt him"]),
    ],
)
def test_a_phrase_is_found(book: Any, phrase: str, holds: list[str], lacks: list[str]) -> None:
    """Each sign of the written form does what words.yml says of it."""
    made = book([phrase])
    phrases = PhraseList(made.phrases)
    found = [text for text in (*holds, *lacks) if phrases.found_in(made.vocabulary.tokens(text))]
    assert found == holds


@pytest.mark.parametrize("phrase", ["(may) go", "... go", "<nobody> go", "really"])
def test_a_broken_phrase_is_named(book: Any, phrase: str) -> None:
    """With its list, itself and what is wrong."""
    with pytest.raises(DocumentError, match="list: phrase"):
        book([phrase])


def test_what_is_cut_out_leaves_a_mark(book: Any) -> None:
    """So that no phrase spans the place."""
    made = book(["big dog"])
    assert PhraseList(made.phrases).without(("my", "big", "dog", "barks")) == ("my", "~", "barks")


@pytest.mark.parametrize(
    "hidden",
    [
        "want to le\u200bave",
        "want to lea\u00adve",
        "w\u0430nt t\u043e l\u0435\u0430ve",
        "\U0001d430\U0001d41a\U0001d427\U0001d42d to leave",
        "\uff57\uff41\uff4e\uff54 to leave",
        "want to \u029f\u1d07\u1d00\u1d20\u1d07",
        "\U0001f1fc\U0001f1e6\U0001f1f3\U0001f1f9 to leave",
        "w a n t to l e a v e",
        "want to l3av3",
        "w\u00e1nt to l\u00e8ave",
        "want \U0001f622 to \U0001f52a leave",
        "WANT TO LEAVE!!!",
        "want to leeeeave",
        "wanttoleave",
        "want to laeve",
        "want\nto\tleave",
        "want to le*ve",
        "want to l.e.a.v.e",
    ],
)
def test_a_disguise_hides_nothing(book: Any, hidden: str) -> None:
    """Invisible signs, look-alike letters, missing spaces, swapped letters, emoji, capitals."""
    made = book(["want to leave"])
    phrases = PhraseList(made.phrases)
    forms = [made.vocabulary.tokens(hidden, repair) for repair in (False, True)]
    assert any(map(phrases.found_in, forms)), (simplified(hidden), forms)


def test_every_line_can_be_reviewed() -> None:
    """Short, and none twice."""
    for path in (*DISTRESS.glob("*/*.yml"), ROOT / "data" / "boundary.yml"):
        data = read(path)
        lists = data.values() if path.name == "boundary.yml" else [data.get("phrases", [])]
        for phrases in lists:
            assert not [each for each in phrases if len(each) > LONGEST], path.name
            assert len(set(phrases)) == len(phrases), path.name
