"""Blank what a student types of themselves: addresses, numbers, names and handles.

`Personal.redact` runs before anything is understood, kept or said back. Two find what is personal:
patterns, for what has a form of its own or is private by law (data/english/personal.yml), and a
tagger that learnt from data/personal/ (`understanding.personal_model`). Understanding reads on
without the placeholders (`without_placeholders`), so that what is asked beside a name is still
answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from understanding.english import ENGLISH, Rules
from understanding.names import also_words, first_names, last_names, more_names
from understanding.personal_model import PersonalModel, Span
from understanding.spelling import commonest, general_words
from understanding.text import fold, name_form

LEAST = 0.4
"""Probability from which a word is taken for personal; found on blind messages."""
MARK_OF = {
    "name": "[name]",
    "address": "[address]",
    "date": "[date]",
    "phone": "[phone]",
    "email": "[e-mail]",
    "handle": "[handle]",
    "number": "[number]",
    "school": "[school]",
    "private": "[private]",
}
"""What is left of a piece of personal data, by its type."""
OF_DIGITS, SPELT = ("phone", "number"), 3
"""Types that have digits, and the least words of one that is spelt out: not so "(b)"."""
OF_FIGURES = ("address", "date", "phone", "number", "handle")
"""Types that may be without a letter."""
BLANKED = "|".join(re.escape(mark) for kind, mark in MARK_OF.items() if kind != "private")
"""What is left of a name, an address and the like."""
MARKED = re.compile("|".join(map(re.escape, MARK_OF.values())))
PRIVATE_MARK = MARK_OF["private"]

RULES = Rules(
    ENGLISH / "personal.yml", {"blanked": BLANKED, "private_mark": re.escape(PRIVATE_MARK)}
)
WHOLE = {
    "email": "[e-mail]",
    "at_handle": "[handle]",
    "card": "[number]",
    "ssn": "[number]",
    "phone": "[phone]",
    "po_box": "[address]",
    "said_number": "[number] ",
    "state_zip": "[address]",
    "homes": "[address]",
    "full_birth": "[date]",
    "birth_year": "[date]",
    "address": "[address]",
}
"""What is left of what has a form of its own, in this order."""
LED = {
    "local_phone": "[phone]",
    "spelled": "[name]",
    "birth": "[date]",
    "zip": "[number]",
    "named_secret": "[number]",
    "named_number": "[number]",
    "secret": "[number]",
    "lives": "[address]",
}
"""The same behind words that stay: "my zip is"."""
FORMS = [(RULES.pattern(name), mark) for name, mark in WHOLE.items()]
FORMS += [(RULES.pattern(name), rf"\1{mark}") for name, mark in LED.items()]
LONG_NUMBER = RULES.pattern("long_number")
NEAR_SECRET, SECRET_WORD = RULES.pattern("near_secret"), RULES.pattern("secret_word")
OWN_HANDLE = RULES.pattern("own_handle")
NAME, NO_SURNAME = RULES.pattern("name"), RULES.pattern("no_surname")
CLAUSE_ENDS, PAY = RULES.pattern("clause_ends"), RULES.pattern("pay")
BEFORE_CAREER = RULES.pattern("before_career")
INTRODUCED = RULES.pattern("introduced")
FREQUENT = 1_000
"""Words so common that behind a first name they are no last name: "i am mary so"."""
ALONE = re.compile(r"(?:^|[.,;!?])\s*$")
BEFORE, NEXT, LONGEST = re.compile(r"[\w'&-]+(?= )"), re.compile(r" [\w'&-]+"), 3
"""A further word of a career's name, and how many are looked at on either side."""
NAMING = ("name", "school", "private")
"""Types of which a career's name may have the form."""
EMPTY, FILLED = re.compile(r"_{2,}"), re.compile(r"[^\W\d_]_{2,}|_{2,}[^\W\d_]")
"""A place to fill in, and one that is filled in: "name: __ana__"."""
OPEN_LABEL = re.compile(r"(?:^|(?<=[\n_.,;|]))[^:\n_]{1,60}:\s*_{2,}(?![^\W\d])")
"""A label of a worksheet with nothing in its place, which tells nothing of anybody."""
PRIVATE, PRIVATE_ANYWAY = RULES.pattern("private"), RULES.pattern("private_anyway")
OF_PEOPLE, TRAIT_SAID = RULES.pattern("of_people"), RULES.pattern("trait_said")
PLACEHOLDER, PRIVATE_WORD = RULES.pattern("placeholder"), RULES["private_word"]


class Personal:
    """Blanks personal data: what has a form of its own, and what a model finds by the words."""

    def __init__(
        self, model: PersonalModel | None = None, careers: frozenset[str] = frozenset()
    ) -> None:
        """Take the names of careers, which are no secret, in the form of `name_form`.

        Without a model only what has a form of its own is blanked.
        """
        self._model = model
        self._careers = careers

    def redact(self, text: str) -> str:
        """The text with personal data blanked; all else stays letter by letter."""
        return _without_forms(self._without_spans(text))

    def _without_spans(self, text: str) -> str:
        left, end = "", 0
        for span in self._spans(text):
            left += text[end : span.start] + MARK_OF[span.type]
            end = span.end
        return left + text[end:]

    def _spans(self, text: str) -> Iterator[Span]:
        if self._model is None:
            return
        taken = [found.span() for each in (MARKED, OPEN_LABEL) for found in each.finditer(text)]
        told = []
        for span in self._model.spans(text, LEAST):
            fresh = all(span.end <= start or end <= span.start for start, end in taken)
            if fresh and _can_be(span, text) and not self._is_career(span, text):
                told.append(span)
        yield from _joined(told, _introduced(text))

    def _is_career(self, span: Span, text: str) -> bool:
        """Whether what looks personal is a career, or a part of its name: "wind turbine technicians".

        A single word is one where it looks private, or like a name in small letters and all alone:
        "ok. barber. what do they get".
        """
        piece = text[span.start : span.end]
        if span.type not in NAMING or (span.type == "name" and not piece.islower()):
            return False
        alone = ALONE.search(text[: span.start]) and CLAUSE_ENDS.match(text, span.end)
        words = 1 if span.type == "private" or alone else 2
        names = (name_form(BEFORE_CAREER.sub("", fold(each))) for each in _around(span, text))
        return any(len(name.split()) >= words and name in self._careers for name in names)


def _around(span: Span, text: str) -> Iterator[str]:
    """A piece of a text with up to some words before and behind it."""
    starts = [span.start, *(each.start() for each in BEFORE.finditer(text, 0, span.start))]
    ends = [span.end, *(span.end + each.end() for each in NEXT.finditer(text[span.end :]))]
    for start in (starts[0], *starts[:0:-1][:LONGEST]):
        yield from (text[start:end] for end in ends[: LONGEST + 1])


def _joined(told: Iterable[Span], more: Iterable[Span]) -> list[Span]:
    """Spans in order; where some of both overlap, one that reaches over them."""
    kept = list(told)
    for span in more:
        met = [each for each in kept if each.start < span.end and span.start < each.end]
        start = min(each.start for each in (span, *met))
        end = max(each.end for each in (span, *met))
        kept = [*(each for each in kept if each not in met), Span(start, end, span.type)]
    return sorted(kept, key=lambda span: span.start)


def _introduced(text: str) -> Iterator[Span]:
    """Who says by name who they are, by the lists of names: "i am mary smith".

    A first name that is a word too ("hunter", "will") needs a last name behind it that is none.
    """
    for found in INTRODUCED.finditer(text):
        first, last = (word and word.lower() for word in found.groups())
        if first not in first_names() | more_names():
            continue
        weak = first in also_words()
        known = last in last_names() and last not in commonest(FREQUENT)
        if known or not weak:
            yield Span(found.start(1), found.end(2 if known else 1), "name")


def _can_be(span: Span, text: str) -> bool:
    """Whether a piece has the form of its type: names have letters, and pay is no secret.

    A place to fill in stands beside labels of a worksheet; who fills it in writes on the line.
    """
    piece = text[span.start : span.end]
    if EMPTY.search(piece) and not FILLED.search(piece):
        return False
    if span.type in OF_DIGITS and len(piece.split()) < SPELT and not re.search(r"\d", piece):
        return False
    if any(sign.isalpha() for sign in piece):
        return True
    pay = text[: span.start].endswith("$") or PAY.match(text, span.end)
    return span.type in OF_FIGURES and not pay


def _without_forms(text: str) -> str:
    """The text less what has a form of its own, or stands behind words such as "my name is"."""
    for pattern, mark in FORMS:
        text = pattern.sub(mark, text)
    text = LONG_NUMBER.sub("[number]", text)
    if NEAR_SECRET.search(text):
        text = SECRET_WORD.sub("[number]", text)
    text = NAME.sub(_without_name, OWN_HANDLE.sub(_without_handle, text))
    return _without_traits(text)


def _without_traits(text: str) -> str:
    """The text less what is private by law, where it is said of somebody."""
    text = PRIVATE.sub(PRIVATE_MARK, text)
    return PRIVATE_ANYWAY.sub(PRIVATE_MARK, text) if OF_PEOPLE.search(text) else text


def without_traits(folded: str) -> str:
    """A folded text as if no trait had been told, so that everyone hears the same facts."""
    rest = re.sub(r"\s+", " ", TRAIT_SAID.sub(" ", folded)).strip()
    return rest if re.search(r"\w", rest) else folded


def without_placeholders(folded: str) -> str:
    """A folded text as understanding reads it; one that is nothing else stays as it is.

    Of a private trait one word is left: whether it is an aside is for `understanding.asides`.
    """
    folded = _without_traits(folded).replace(PRIVATE_MARK, PRIVATE_WORD)
    rest = re.sub(r"\s+", " ", PLACEHOLDER.sub(" ", folded)).strip(" ,.;:-")
    return rest if re.search(r"\w", rest) else folded


def _without_handle(found: re.Match[str]) -> str:
    """A word of general English says what the account is like: "my github is empty"."""
    return found[0] if found[2].lower() in general_words() else f"{found[1]}[handle]"


def _without_name(found: re.Match[str]) -> str:
    """The first word is a name; so are capitalised ones after it, and one that ends the clause."""
    rest = found[2].split()
    likely = [not NO_SURNAME.fullmatch(word) for word in rest]
    taken = 0
    while taken < len(rest) and likely[taken] and rest[taken][0].isupper():
        taken += 1
    if likely == [True] and CLAUSE_ENDS.match(found.string, found.end()):
        taken = 1
    return " ".join([f"{found[1]}[name]", *rest[taken:]])
