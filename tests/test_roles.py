"""Jobs that no list has, told by what their names mean."""

from __future__ import annotations

import numpy as np
import pytest

from components.library import find_library
from components.sentence_encoder import find_encoder
from guides.library import Tier, names_of
from understanding.careers import Careers
from understanding.roles import KINDS, LISTED, NOBODY, UNLISTED, Roles


@pytest.fixture(scope="module")
def careers() -> Careers:
    """The names of all careers."""
    return Careers(names_of(find_library()))


@pytest.fixture(scope="module")
def roles(careers: Careers) -> Roles:
    """Learnt from every tenth name, which takes seconds."""
    names = [name.form for name in names_of(find_library()) if name.tier != Tier.FIELD]
    phrases = ["how long is the shift", "what would a future animator learn", "a normal week"]
    return Roles.train(names[::10], phrases, careers, find_encoder({"encoder": "on"}))


@pytest.mark.parametrize(
    ("words", "kind"),
    [("vampire chef", UNLISTED), ("pastry chef", LISTED), ("deadline", NOBODY), ("ogre", UNLISTED)],
)
def test_words_name_one_of_three_kinds(roles: Roles, words: str, kind: str) -> None:
    """Somebody whom a list of careers has, somebody whom none has, or no person."""
    (found,) = roles.probabilities([words])
    assert KINDS[int(found.argmax())] == kind and np.isclose(found.sum(), 1, atol=1e-5)


def test_words_before_a_name_may_make_it_nobody_s_job(roles: Roles, careers: Careers) -> None:
    """ "Dragon groomer" is no groomer; a state, an article or a word of a listed name change nothing."""
    assert [each.value for each in careers.find("dragon groomer salary")] == ["animal-caretaker"]
    careers.learn_odd(roles.is_odd)
    for text, value in (
        ("dragon groomer salary", "dragon groomer"),
        ("dog groomer salary", "animal-caretaker"),
        ("ohio groomer salary", "animal-caretaker"),
        ("the groomer salary", "animal-caretaker"),
    ):
        assert [each.value for each in careers.find(text)] == [value], text
    assert careers.places("dragon groomer salary") == [(7, 14)]  # what is before is put right
