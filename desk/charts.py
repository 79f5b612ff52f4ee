"""Charts without a script: a table whose numbers have bars, and a line above a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from channels.markup import Markup, tag
from desk.drawing import table

WIDTH, HEIGHT = 100, 30
"""Of a line's own coordinates; the page stretches it."""


def bars(columns: tuple[str, str], rows: Mapping[str, tuple[int, str]]) -> Markup:
    """A table of names and numbers, each number with a bar.

    Args:
        rows: by name a number, and how it is said.
    """
    most = max((number for number, _ in rows.values()), default=0)
    told = (
        (name, tag("span", *([_bar(number, most)] if number else []), tag("span", said)))
        for name, (number, said) in rows.items()
    )
    return tag("div", table(columns, told), class_="bars")


def _bar(number: int, most: int) -> Markup:
    drawn = tag("rect", width=f"{100 * number / most:.1f}", height="10")
    size = {"viewBox": "0 0 100 10", "preserveAspectRatio": "none"}
    return tag("svg", drawn, aria_hidden="true", **size)


def line(numbers: Sequence[int], first: str, last: str, most: str) -> Markup:
    """A line through numbers; who does not see it reads the table beside it.

    Args:
        first, last: what stands below its ends.
        most: what stands beside its top.
    """
    top, step = max(numbers, default=0) or 1, WIDTH / max(len(numbers) - 1, 1)
    points = [
        f"{place * step:.1f},{HEIGHT - number / top * HEIGHT:.1f}"
        for place, number in enumerate(numbers)
    ]
    size = {"viewBox": f"-1 -1 {WIDTH + 2} {HEIGHT + 2}", "preserveAspectRatio": "none"}
    under = tag("polygon", points=" ".join([f"0,{HEIGHT}", *points, f"{WIDTH},{HEIGHT}"]))
    drawn = tag("polyline", points=" ".join(points), **{"vector-effect": "non-scaling-stroke"})
    ends = tag("p", tag("span", first), tag("span", last), class_="ends")
    top_line = tag("p", most, class_="soft")
    return tag(
        "figure",
        top_line,
        tag("svg", under, drawn, **size),
        ends,
        class_="line",
        aria_hidden="true",
    )
