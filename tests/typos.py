"""Typos as students make them, the same ones every time."""

from __future__ import annotations

from random import Random

MILD, HEAVY = 20, 8
"""One typo in so many characters."""

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
LEAST_LETTERS = 4
"""From so many letters on, a text gets at least one typo."""


def _neighbours() -> dict[str, str]:
    near: dict[str, str] = {}
    for row, keys in enumerate(KEYBOARD):
        for place, key in enumerate(keys):
            above = KEYBOARD[row - 1][place : place + 2] if row else ""
            below = KEYBOARD[row + 1][max(place - 1, 0) : place + 1] if row < 2 else ""
            near[key] = (
                above + keys[max(place - 1, 0) : place] + keys[place + 1 : place + 2] + below
            )
    return near


NEIGHBOURS = _neighbours()
"""The keys around each key of a QWERTY keyboard."""


def with_typos(text: str, every: int, seed: int = 0) -> str:
    """The text with about one typo in `every` characters; digits stay as they are.

    A typo is two letters swapped, a letter dropped, doubled, or replaced by the key beside it.
    """
    random = Random(f"{seed}:{every}:{text}")
    changed = text
    while changed == text and (places := _places(text, every, random)):
        for place in sorted(places, reverse=True):  # from the end, so that places stay right
            changed = changed[:place] + _typo(changed[place:], random)
    return changed


def _places(text: str, every: int, random: Random) -> list[int]:
    """Where letters are to be mistyped; never two side by side, which might undo each other."""
    letters = [place for place, sign in enumerate(text) if sign.isalpha()]
    least = 1 if len(letters) >= LEAST_LETTERS else 0
    places: list[int] = []
    while letters and len(places) < max(len(text) // every, least):
        place = random.choice(letters)
        places.append(place)
        letters = [other for other in letters if abs(other - place) > 1]
    return places


def _typo(text: str, random: Random) -> str:
    """The text, which starts with a letter, with that letter mistyped."""
    first, rest = text[0], text[1:]
    made = [rest, first + text]
    if rest and rest[0].isalpha() and rest[0] != first:
        made.append(rest[0] + first + rest[1:])
    if near := NEIGHBOURS.get(first.lower()):
        key = random.choice(near)
        made.append((key.upper() if first.isupper() else key) + rest)
    return random.choice(made)
