"""Title, plural and slug of an occupation from the publisher's title, which is a plural.

Where no reliable singular exists the publisher's plural is the title as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection

LONGEST_SLUG = 60
TAIL = re.compile(r",? (?:Except|Including) .+$")
"""What a publisher adds to tell an occupation from another one."""
IN_FRONT = re.compile(
    r"^(?P<what>[^,]+), (?P<where>General|Kindergarten|Mining|Motor Vehicle|Oil and Gas"
    r"|Postsecondary|Preschool|Elementary School|Middle School|Surface Mining|Underground Mining"
    r"|Private Household|Special Education|Wood)$"
)
"""Pediatricians, General; Rotary Drill Operators, Oil and Gas."""
NO_PEOPLE = frozenset(
    [
        "arts",
        "benefits",
        "communications",
        "cosmetics",
        "dynamics",
        "economics",
        "electronics",
        "gas",
        "glass",
        "graphics",
        "logistics",
        "mathematics",
        "mechatronics",
        "metals",
        "operations",
        "optics",
        "physics",
        "process",
        "promotions",
        "sales",
        "sciences",
        "sports",
        "statistics",
        "studies",
        "systems",
        "utilities",
    ]
)
"""Words in s that are no people."""
JOINED = re.compile(r",| and | or |/|--")
UNCOUNTED = ("clergy", "police")


def named(published: str, others: Collection[str]) -> tuple[str, str]:
    """Title and plural.

    Args:
        published: as the publisher writes it, in the plural.
        others: titles of all other occupations, which must stay apart.
    """
    plural = _shortened(published, others)
    one = _singular(plural)
    return (one, plural) if one else (plural, plural)


def _shortened(published: str, others: Collection[str]) -> str:
    title = published.replace("--", " of ")
    found = IN_FRONT.match(title)
    if found:
        title = f"{found['where']} {found['what']}"
    shorter = TAIL.sub("", title)
    rivals = sum(other.startswith(shorter) for other in others)
    return shorter if shorter != title and rivals <= 1 else title


def _singular(plural: str) -> str | None:
    """The singular, or None where it would not be reliable."""
    head, of, rest = plural.partition(" of ")
    if JOINED.search(head.replace("On-the-", "")) and not _one_kind(head):
        return None
    words = head.split(" ")
    last = one_of(words[-1])
    if last is None:
        return None
    return " ".join([*words[:-1], last]) + of + rest


def _one_kind(head: str) -> bool:
    """Whether "and" joins what they work with and not two kinds of people."""
    if "," in head:
        return False
    *before, _ = re.split(r" and | or |/|--", head)
    return not any(_people(part.split(" ")[-1]) for part in before)


def _people(word: str) -> bool:
    plain = word.lower()
    return (plain.endswith("s") and plain not in NO_PEOPLE) or plain in UNCOUNTED


def one_of(word: str) -> str | None:
    """The singular of a word for people; None where it is not known."""
    if word.lower() in UNCOUNTED or not word.endswith("s") or word.endswith(("ss", "us")):
        return None
    if word.endswith("wives"):
        return f"{word[:-3]}fe"
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if re.search(r"(?:ss|sh|ch|x|z)es$", word):
        return word[:-2]
    return word[:-1]


def slug_of(title: str) -> str:
    """A title as addresses have it, cut at the end of a word."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower().replace("'", "")).strip("-")
    if len(plain) <= LONGEST_SLUG:
        return plain
    return plain[: LONGEST_SLUG + 1].rpartition("-")[0]
