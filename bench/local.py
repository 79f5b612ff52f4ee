"""`python -m bench.local`: what each sign counts by which local answers are found.

Each made-up school of data/local/ is judged by what the others and two thirds of the questions of
guides have taught; the last third stands for what students ask guides. Some minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from answers.taking import questions
from components.sentence_encoder import find_encoder
from understanding.encoder import Encoder
from understanding.local_phrases import ASKED, MAYBE, STANDS_OUT, SURELY, LocalPhrases, odds
from understanding.of_school import OfSchool, Said, read_schools
from understanding.text import fold

LEAST = (MAYBE, 0.6, 0.75, 0.9, SURELY, 1.2)
"""What all signs may have to come to, in multiples of what likeness counts."""
PARTS = 3


class Seen(NamedTuple):
    """The signs of one message, and whether the nearest answer is the one that it asks for."""

    signs: tuple[float, float, float]
    right: bool
    kind: str


def main() -> None:
    """Print the weights, and what would be told at several bounds."""
    encoder = find_encoder({"encoder": "on"})
    assert encoder
    seen = [*_seen(encoder.remembering())]
    signs, right = np.array([each.signs for each in seen]), [each.right for each in seen]
    model = LogisticRegression(C=1000, max_iter=2000).fit(signs, right)
    weights = model.coef_[0] / model.coef_[0][0]
    print(f"stands out {weights[1]:.3f}, the school is asked {weights[2]:.3f}")
    print(f"in use: {STANDS_OUT}, {ASKED}")
    print("| at least | right | wrong | without an answer, told | questions of guides, told |")
    print("|--:|--:|--:|--:|--:|")
    total = signs @ (1.0, STANDS_OUT, ASKED)
    kinds = np.array([each.kind for each in seen])
    for least in LEAST:
        told = total >= least
        asked = kinds == "asked"
        shares = (
            np.mean(told[asked] & np.array(right)[asked]),
            np.mean(told[asked] & ~np.array(right)[asked]),
            np.mean(told[kinds == "lacking"]),
            np.mean(told[kinds == "guides"]),
        )
        print(f"| {least} | " + " | ".join(f"{share:.1%}" for share in shares) + " |")


def _seen(encoder: Encoder) -> Iterator[Seen]:
    schools = [*read_schools()]
    guides = [*dict.fromkeys(fold(each.text) for each in questions())]
    told = [school for school in schools if school.answers]
    for part, school in enumerate(told):
        others = [text for each in schools if each is not school for text in each.every]
        taught = [text for place, text in enumerate(guides) if place % PARTS != part % PARTS]
        of_school = OfSchool.train(others, taught, encoder.tuned)
        yield from _of_one(school, guides[part % PARTS :: PARTS], of_school, encoder)


def _of_one(
    school: Said, guides: Sequence[str], of_school: OfSchool, encoder: Encoder
) -> Iterator[Seen]:
    phrases = LocalPhrases(school.asked, school.answers, encoder)
    asked = [(name, text) for name, texts in school.said.items() for text in texts]
    for kind, pairs in (
        ("asked", asked),
        ("lacking", [("", text) for text in school.lacking]),
        ("guides", [("", text) for text in guides]),
    ):
        for name, text in pairs:
            first, second, *_ = phrases.nearest([text], school.answers)
            likely = odds(of_school.probability(fold(text)))
            signs = (first.likeness, first.likeness - second.likeness, likely)
            yield Seen(signs, first.name == name, kind)


if __name__ == "__main__":
    main()
