"""HTML from words: every text is escaped, and what is HTML already says so by its type."""

from __future__ import annotations

import html
import json
from typing import Any

EMPTY = ("img", "input", "link", "meta", "wbr")
"""Elements that hold nothing and have no end."""


class Markup(str):
    """Text that is HTML."""


def tag(name: str, /, *children: str, **attributes: str | None) -> Markup:
    """An element. An attribute of None is left out; `class_` is class, `aria_label` aria-label."""
    named = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    opened = f"<{name}{named}>"
    return Markup(opened if name in EMPTY else f"{opened}{inside(*children)}</{name}>")


def link(address: str, *children: str) -> Markup:
    """A link to an address."""
    return tag("a", *children, href=address)


def inside(*children: str) -> Markup:
    """Children one behind the other."""
    return Markup(
        "".join(each if isinstance(each, Markup) else html.escape(each) for each in children)
    )


def data(value: Any) -> Markup:
    """JSON for programs that read the page: a script element that browsers do not run."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return tag("script", Markup(told), type="application/ld+json")
