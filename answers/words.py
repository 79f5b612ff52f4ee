"""Write typed values as people read them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from answers.labels import label
from guides.schema import Route, Span

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$"}

ENTRY = re.compile(r"(- |\d+\. )(.+)", re.DOTALL)
"""An entry as `lines` and `numbered` write it: its mark and its words."""


LIST_OF_ONE = re.compile(r"(?m)(?:^(?!- )(.*:)\n|\A)- (.+)$(?!\n- )")


def tidy(text: str) -> str:
    """The text less the gaps that empty facts leave in a response."""
    return re.sub(r" {2,}", " ", re.sub(r" *\n\s*", "\n", text)).strip()


def flowing(text: str) -> str:
    """The text with each list of one as a sentence, so that the answer stands in the first one."""
    return LIST_OF_ONE.sub(lambda found: f"{found[1] or ''} {found[2]}".strip(), text)


def headed(text: str, custom: Mapping[str, Any] | None) -> str:
    """The text of a reply, below the heading that its custom object has."""
    heading = (custom or {}).get("heading")
    return f"{heading}\n{tidy(text)}" if heading else tidy(text)


def lines(entries: Iterable[str]) -> str:
    """One entry a line, each after a dash."""
    return "\n".join(f"- {entry}" for entry in entries)


def numbered(entries: Iterable[str]) -> str:
    """One entry a line, numbered from 1."""
    return "\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, 1))


def listed(entries: Sequence[str], word: str = "and") -> str:
    """Entries in a sentence: "a, b and c"."""
    *most, last = entries or [""]
    return label("lists", word, most=", ".join(most), last=last) if most else last


def money(amount: float, currency: str) -> str:
    """An amount: $130,000 or $29.05."""
    whole = amount == int(amount)
    return f"{SYMBOLS[currency]}{amount:,.0f}" if whole else f"{SYMBOLS[currency]}{amount:,.2f}"


def clock(time: datetime.time) -> str:
    """A time of day: 1:00 PM."""
    half = "am" if time.hour < 12 else "pm"
    return label("clock", half, time=f"{time.hour % 12 or 12}:{time.minute:02}")


def stamp(seconds: int) -> str:
    """A place in the audio lesson: 5:11."""
    return f"{seconds // 60}:{seconds % 60:02}"


def span(length: Span) -> str:
    """A length: 2-4 years, 7+ years, 4 years, 1 year."""
    if length.max == length.min:
        return measured(length.min, length.unit)
    form = "open" if length.max is None else "range"
    unit = label("units", length.unit)
    return label("spans", form, min=length.min, max=length.max, unit=unit)


def measured(number: float, unit: str) -> str:
    """A number of a unit: 4 years, 1 year, 2.5 hours."""
    name = label("one_unit" if number == 1 else "units", unit)
    return label("spans", "one", min=f"{number:g}", unit=name)


def capped(amount: float, currency: str, cap: float | None) -> str:
    """An amount, or "$239,200 or more" from the cap of the source on."""
    return at_least(amount, currency) if cap and amount >= cap else money(amount, currency)


def at_least(amount: float, currency: str) -> str:
    """The pay of all above an amount: $137,470 or more."""
    return label("amounts", "at_least", amount=money(amount, currency))


def at_most(amount: float, currency: str, cap: float | None) -> str:
    """The pay of all below an amount: $68,940 or less."""
    if cap and amount >= cap:
        return at_least(amount, currency)
    return label("amounts", "at_most", amount=money(amount, currency))


def each(period: str) -> str:
    """A year, an hour."""
    return label("each", period)


def counted(group: str | None, careers: str) -> str:
    """Whom figures speak of: the careers, or the wider occupation in quotes."""
    return f'"{group}"' if group else careers


def percent(share: float, sign: str = "") -> str:
    """Per cent: 28%, 4.9%; with the sign "+" +28%, -1.4%."""
    return f"{share:{sign}g}%"


def route_length(route: Route) -> str:
    """How long a route takes, with `ongoing` spelled out."""
    return span(route.span) if route.span else label("spans", "ongoing")


def cost(route: Route) -> str:
    """What a route costs, spelled out beside its dollar signs."""
    assert route.cost
    return label("costs", route.cost)
