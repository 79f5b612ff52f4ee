"""The interest check: what it asks, what the answers lean to, and which careers lean the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from answers.finding import ways_in
from answers.fit import NO, UNSURE, YES
from answers.labels import label
from answers.model import MOST_BUTTONS, Answer, Button, Card, Entry, list_card, payload, sources
from answers.registry import button
from answers.words import listed, numbered
from guides.finding import Filters
from guides.interests import AREAS, Interest, activities, interests, scored, shape
from guides.loading import Guides
from guides.profiles import Band, Profile, Suggestion

POINTS: Mapping[str, int] = {YES: 2, UNSURE: 1, NO: 0}
"""What an answer adds to the score of its area."""
HIGHEST = 100
"""Of a bar."""
MOST = len(activities()) // len(AREAS) * max(POINTS.values())
"""The highest score of an area."""
MUCH = 60
"""Points of 100 from which an area counts for much in a career."""

Scores = Sequence[int]
Suggested = Mapping[Band, Sequence[Suggestion]]


def activity(answered: Sequence[str]) -> Answer:
    """The next thing that a student is asked about; `answered` holds the answers so far."""
    asked = activities()
    facts = {
        "number": str(len(answered) + 1),
        "count": str(len(asked)),
        "activity": asked[len(answered)],
    }
    choices = ("affirm", "unsure", "deny", "go_back" if answered else "stop")
    buttons = tuple(button(topic, label("check", topic)) for topic in choices)
    response = "utter_check_activity" if answered else "utter_check_first"
    return Answer(response, facts, kind="quiz", buttons=buttons)


def scores_of(answered: Sequence[str]) -> tuple[int, ...]:
    """The score of each area, from the answers to all activities."""
    return scored([POINTS[each] for each in answered])


def leaning(scores: Scores) -> Answer:
    """How much was liked in each area, the most first; or that all was liked alike."""
    own = shape(scores)
    if own is None:
        again = button("check_interests", label("check", "again"))
        buttons = (*(ways_in().buttons or ())[1:], again)
        return Answer("utter_check_flat", kind="quiz", buttons=buttons[:MOST_BUTTONS])
    ranked = sorted(range(len(AREAS)), key=lambda place: -scores[place])
    bars = [
        {
            "label": _area(place).name,
            "value": round(HIGHEST * scores[place] / MOST),
            "marked": bool(own[place] > 0),
        }
        for place in ranked
    ]
    facts = {"areas": numbered(_told(place, scores[place]) for place in ranked)}
    card = {"type": "bars", "title": label("check", "areas"), "max": HIGHEST, "bars": bars}
    return Answer("utter_check_leaning", facts, kind="quiz", card=card, buttons=())


def _area(place: int) -> Interest:
    return interests()[AREAS[place]]


def _told(place: int, score: int) -> str:
    area = _area(place)
    facts = {"area": area.name, "score": score, "most": MOST, "meaning": area.meaning}
    return label("check", "told", **facts)


def wish(scores: Scores) -> Filters:
    """What careers are looked for if a student wants others: such as go with what was liked most."""
    first = max(range(len(AREAS)), key=lambda place: scores[place])
    return Filters(about=_area(first).liked, traits=(AREAS[first],))


def careers(guides: Guides, scores: Scores, near: Suggested) -> Answer:
    """Careers that lean the same way, by how much preparation they take, each with the reason why.

    Args:
        near: those that are suggested, by how much preparation they take.
    """
    shown = [each.profile for found in near.values() for each in found]
    if not shown:
        return Answer("utter_check_no_career", kind="quiz", buttons=ways_in().buttons)
    firsts = [found[0].profile for found in near.values() if found]
    facts = {
        "careers": _lines(scores, near),
        "liked": label("check", "liked" if _much(max(scores)) else "minded"),
        "empty": " ".join(
            label("check", f"no_{band}") for band, found in near.items() if not found
        ),
    }
    return Answer(
        "utter_check_careers",
        facts,
        kind="quiz",
        card=_card(scores, near),
        buttons=(*map(_button, firsts), button("find"))[:MOST_BUTTONS],
        sources=sources(guides[shown[0].slug]),
    )


def _button(profile: Profile) -> Button:
    return button("summary", profile.title, career=profile.slug)


def _lines(scores: Scores, near: Suggested) -> str:
    """The careers below the words for their band, numbered through."""
    texts: list[str] = []
    number = 0
    for band, found in near.items():
        texts += [label("check", "heading", band=label("check", band))] if found else []
        for each in found:
            number += 1
            texts.append(f"{number}. {each.profile.title}: {_why(scores, each)}")
    return "\n".join(texts)


def _card(scores: Scores, near: Suggested) -> Card:
    groups = [
        (label("check", band), _entries(scores, found)) for band, found in near.items() if found
    ]
    return list_card(label("check", "careers"), *groups)


def _entries(scores: Scores, found: Sequence[Suggestion]) -> list[Entry]:
    return [
        (each.profile.title, _why(scores, each), payload("summary", career=each.profile.slug))
        for each in found
    ]


def _why(scores: Scores, suggestion: Suggestion) -> str:
    """What a student liked that the work is about; and that few know it, where that is so."""
    own, points = shape(scores), suggestion.profile.scores
    theirs = shape(points)
    assert own is not None and theirs is not None
    first, second, *_ = sorted(range(len(AREAS)), key=lambda place: -min(own[place], theirs[place]))
    both = own[second] > 0 and _much(scores[second]) and points[second] >= MUCH
    share = "both" if both else "mostly" if points[first] == max(points) else "some"
    liked = [_area(place).liked for place in ((first, second) if both else (first,))]
    why = label("check", share, said=listed(liked))
    if not suggestion.unexpected:
        return why
    return label("check", "unexpected", why=why, jobs=f"{suggestion.profile.jobs:,}")


def _much(score: int) -> bool:
    """Whether half of what can be liked in an area was, or more."""
    return score * 2 >= MOST
