"""Which careers a message looks for: pay, schooling, growth, order, field, and what it is about.

The words are those of data/finding.yml. What one rule has read is taken away, so that the
next does not read it again; what nobody read and is no frame is what the work is to be about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from guides.documents import DocumentError, read
from guides.finding import Filters, Order
from guides.library import roots_in
from understanding.states import find_states
from understanding.text import fold, root, words

FINDING = Path(__file__).parent.parent / "data" / "finding.yml"

HOURS_A_YEAR = 2080
"""By so many BLS itself makes pay an hour into pay a year."""
SMALLEST = 1_000
"""Dollars a year below which a bare number is one of thousands: "over 60"."""
LEAST_BARE = 15
"""The least of such numbers."""
RAISE = 10_000
"""Dollars by which "more money" lifts a limit that is in force."""
TAKEN = " | "
"""Stands for what was read."""
SHORT_OF_DEGREE = 4
"""The highest level that is "less school" where no limit is in force: an associate's degree."""
STEPS_DOWN = {7: 5, 6: 5, 5: 4, 4: 3, 3: 1, 2: 1, 1: 0, 0: 0}
"""The level below each one that makes a difference."""


@dataclass(frozen=True)
class Said:
    """What a message says of the careers that it looks for."""

    filters: Filters = field(default_factory=Filters)
    """What it says itself; the rest as for every search."""
    changes: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    """Wishes by which no figure of the guides tells careers apart, as they were said."""
    fresh: bool = False
    """Whether it is a search of its own, whatever was found before."""
    seeks: bool = False
    """Whether its words are those of who looks for careers."""
    points: bool = False
    """Whether it points at a career, as "it" does."""
    all_read: bool = False
    """Whether there is nothing else in it."""

    @property
    def says(self) -> bool:
        """Whether it says anything of what is looked for."""
        return bool(self.changes) or self.filters != Filters()


class Finding:
    """Reads what careers a message looks for."""

    def __init__(self, path: Path = FINDING) -> None:
        """Read the words.

        Raises:
            DocumentError: the file cannot be read, or holds no regular expression where it should.
        """
        self.words: Mapping[str, Any] = read(path)
        try:
            self._compile()
        except (KeyError, re.error) as error:
            raise DocumentError(
                [f"{path.name}: found {error!r}, expected a list or an expression of that name"]
            ) from error

    def _compile(self) -> None:
        given = self.words
        self._numbers = [(whole(say), value) for say, value in _longest(given["numbers"])]
        self._amount, self._between = _amounts(given["amounts"])
        self._paid = whole(given["amounts"]["paid"])
        self._none = [(whole(each["say"]), each["most"]) for each in given["none"]]
        self._levels = [(each, _level(each["say"], given)) for each in given["levels"]]
        self._named = {
            name: {each: whole(say) for each, say in given[name].items()}
            for name in ("changes", "orders", "directions", "aspects")
        }
        self._fields = {name: whole(each["say"]) for name, each in given["fields"].items()}
        self._fresh, self._leaning = whole(given["fresh"]), whole(given["leaning"])
        self._seeks, self._points = whole(given["seeks"]), whole(given["points"])
        self._unwanted = whole(given["unwanted"])
        self._unwanted_ends = re.compile(rf"{given['unwanted_ends']}|\|")
        self._unknown = whole(given["unknown"])
        self._frame, self._weak = frozenset(given["frame"].split()), frozenset(given["weak"])
        self._widen = [(re.compile(say), each) for say, each in given["widen"].items()]

    def read(self, text: str) -> Said:
        """What a message says."""
        rest = fold(text)
        found: dict[str, Any] = {}
        for pattern, value in self._numbers:
            rest = pattern.sub(value, rest)
        fresh = bool(self._fresh.search(rest)) and not self._leaning.search(rest)
        for state in sorted(find_states(rest), key=lambda each: -each.start):
            found["state"] = state.value
            rest = rest[: state.start] + TAKEN + rest[state.end :]
        rest = self._read_levels(rest, found)
        rest = self._read_pay(rest, found)
        changes, rest = self._taken("changes", rest)
        orders, rest = self._taken("orders", rest)
        directions, rest = self._taken("directions", rest)
        unwanted, rest = self._read_unwanted(rest)
        rest = self._read_field(rest, found)
        unknown = dict.fromkeys(each[0] for each in self._unknown.finditer(rest))
        about = self._content(self._unknown.sub(TAKEN, rest))
        if orders:
            found["order"] = cast(Order, orders[0])
        elif "up" in directions:
            found["order"] = "growth"
        if "down" in directions:
            found["order"] = "shrinking"
        elif directions:
            found["direction"] = directions[0]
        found |= self._meant(about) if about else {}
        if unwanted:
            found["without"], found["unwanted"] = tuple(unwanted), self._wide(unwanted)[0]
        filters = Filters(**found)
        return Said(
            filters,
            frozenset(changes),
            tuple(unknown),
            fresh=fresh,
            seeks=bool(self._seeks.search(fold(text))),
            points=bool(self._points.search(fold(text))),
            all_read=not about,
        )

    def aspect(self, text: str) -> str | None:
        """The side of careers that a comparison asks for; None for all."""
        found = (name for name, say in self._named["aspects"].items() if say.search(fold(text)))
        return next(found, None)

    def offer(self, name: str) -> str:
        """The words that a button stands for; none for one that is not known."""
        return str(self.words["offers"].get(name, {}).get("say", ""))

    def _taken(self, kind: str, rest: str) -> tuple[list[str], str]:
        """The rules of a kind that fit, and the text less what they read."""
        names = []
        for name, pattern in self._named[kind].items():
            if pattern.search(rest):
                names.append(name)
                rest = pattern.sub(TAKEN, rest)
        return names, rest

    def _read_pay(self, rest: str, found: dict[str, Any]) -> str:
        between = self._between.search(rest)
        if between and (ends := _span(between)):
            found["pay_least"], found["pay_most"] = ends
            return _without(rest, between)
        paid = bool(self._paid.search(rest))
        for amount in self._amount.finditer(rest):
            value = _yearly(amount, paid)
            if value is not None:
                below = amount["most"] or amount["or_less"]
                found["pay_most" if below else "pay_least"] = value
                rest = _without(rest, amount)
                break
        return rest

    def _read_levels(self, rest: str, found: dict[str, Any]) -> str:
        for pattern, most in self._none:
            if none := pattern.search(rest):
                found["level_most"] = most
                return _without(rest, none)
        for each, pattern in self._levels:
            said = pattern.search(rest)
            if said is None:
                continue
            level = int(each["level"])
            if "most" in each or level == 1 or said["at_most"] or said["or_below"]:
                found["level_most"] = each.get("most", level)
            elif said["fewer"] or said["ruled_out"]:
                found["level_most"] = level - 1
            elif said["at_least"] or said["or_above"]:
                found["level_least"] = level
            else:
                found["level_least"] = found["level_most"] = level
            return _without(rest, said)
        return rest

    def _read_unwanted(self, rest: str) -> tuple[list[str], str]:
        """What is not wanted, by what stands after a "no" up to the end of the thought."""
        unwanted: list[str] = []
        while said := self._unwanted.search(rest):
            ends = self._unwanted_ends.search(rest, said.end())
            end = ends.start() if ends else len(rest)
            unwanted += self._content(rest[said.end() : end])
            rest = rest[: said.start()] + TAKEN + rest[end:]
        return unwanted, rest

    def _read_field(self, rest: str, found: dict[str, Any]) -> str:
        for name, pattern in self._fields.items():
            if pattern.search(rest):
                found["field"] = name
                found["groups"] = tuple(self.words["fields"][name]["groups"])
                return pattern.sub(TAKEN, rest)
        return rest

    def _content(self, text: str) -> list[str]:
        """The words of a text that say what something is about, weak ones only if alone."""
        content = [
            word.text
            for word in words(text)
            if word.text not in self._frame and not re.search(r"\d", word.text)
        ]
        return [each for each in content if each not in self._weak] or content[:1]

    def _meant(self, about: Sequence[str]) -> dict[str, Any]:
        also, traits = self._wide(about)
        return {"about": " ".join(about), "words": also, "traits": traits}

    def _wide(self, said: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Words with those that mean the same, and what careers with them ask for or offer."""
        also, traits = dict.fromkeys(said), dict[str, None]()
        text = " ".join(said)
        for pattern, more in self._widen:
            if any(map(pattern.fullmatch, said)) or (" " in text and pattern.fullmatch(text)):
                also |= dict.fromkeys(map(str, more["also"]))
                traits |= dict.fromkeys(map(str, more.get("traits", ())))
        return tuple(also), tuple(traits)


@cache
def finding() -> Finding:
    """The words, read once."""
    return Finding()


def merged(before: Filters, said: Said) -> Filters:
    """What is looked for after a message that changes it.

    Changes such as "less school" go from what was in force.
    """
    now, new = before, said.filters
    if new.about:
        now = replace(now, about=new.about, words=new.words, traits=new.traits, like=None)
    if new.without:
        now = replace(
            now, without=(*now.without, *new.without), unwanted=(*now.unwanted, *new.unwanted)
        )
    if new.groups:
        now = replace(now, field=new.field, groups=new.groups)
    if (new.pay_least, new.pay_most) != (None, None):
        now = replace(now, pay_least=new.pay_least, pay_most=new.pay_most)
    if (new.level_least, new.level_most) != (None, None):
        now = replace(now, level_least=new.level_least, level_most=new.level_most)
    now = replace(
        now,
        state=new.state or now.state,
        direction=new.direction or now.direction,
        order=new.order or now.order,
    )
    for change in sorted(said.changes & CHANGES.keys()):
        now = CHANGES[change](now)
    return now


def _less_school(now: Filters) -> Filters:
    most = SHORT_OF_DEGREE if now.level_most is None else STEPS_DOWN[now.level_most]
    return replace(now, level_least=None, level_most=most)


def _more_money(now: Filters) -> Filters:
    least = now.pay_least + RAISE if now.pay_least is not None else None
    return replace(now, order="pay", pay_least=least, pay_most=None)


CHANGES: Mapping[str, Callable[[Filters], Filters]] = {
    "less_school": _less_school,
    "more_money": _more_money,
    "anywhere": lambda now: replace(now, state=None),
    "any_pay": lambda now: replace(now, pay_least=None, pay_most=None),
    "any_school": lambda now: replace(now, level_least=None, level_most=None),
}
"""What each change but "more" makes of the filters in force."""


def reason(summary: str, tasks: Sequence[str], said: Sequence[str]) -> str:
    """Why a career is found: the shortest of its sentences that speaks of what was said.

    Where none does, it is the first sentence of the summary.
    """
    sentences: list[str] = [each.strip() for each in re.findall(r".+?[.!?](?=\s|$)", summary)] or [
        summary
    ]
    wanted = {root(word) for each in said for word in fold(each).split()}
    speaking = [each for each in (*sentences, *tasks) if wanted & roots_in(each)]
    return min(speaking, key=len, default=sentences[0]).rstrip(".")


def whole(say: str) -> re.Pattern[str]:
    """An expression for whole words; of two that fit, the one that stands first counts."""
    return re.compile(rf"(?<![\w'-])(?:{say})(?![\w'])")


def _longest(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    pairs = ((str(say), str(value)) for say, value in given.items())
    return iter(sorted(pairs, key=lambda pair: -len(pair[0])))


def _level(say: str, given: Mapping[str, Any]) -> re.Pattern[str]:
    article = r"(?:an? |any |the |with )*"
    return whole(
        rf"(?:(?P<fewer>{given['fewer']}) {article}|(?P<at_most>{given['at_most']}) {article}"
        rf"|(?P<at_least>{given['at_least']}) {article})?(?:{say})"
        rf"(?: (?P<or_below>{given['or_below']})| (?P<or_above>{given['or_above']})"
        rf"|(?P<ruled_out>{given['ruled_out']}))?"
    )


def _amounts(given: Mapping[str, Any]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Expressions for one amount with what stands around it, and for two of them."""
    number = r"\$? ?(?P<{0}>\d[\d,]*(?:\.\d+)?)(?: ?(?P<{0}_k>{1}))?(?![\w])(?: (?:{2}))?"
    hour = rf"(?: ?(?:/ ?|)(?P<hour>{given['hour']}|(?<=/)h(?:ou)?r))?"
    one = number.format("one", given["thousand"], given["dollars"])
    two = number.format("two", given["thousand"], given["dollars"])
    amount = re.compile(
        rf"(?<![\w.])(?:(?P<least>{given['least']}) |(?P<most>{given['most']}) )?(?P<sign>{one}){hour}"
        rf"(?P<or_more>\+| ?(?:{given['or_more']})\b)?(?: (?P<or_less>{given['or_less']})\b)?"
        rf"(?! ?-?(?:{given['other']})\b)"
    )
    between = re.compile(
        rf"(?<![\w.])(?:{given['between']}) {one} ?(?:{given['to']}) ?{two}{hour}"
        rf"(?! ?-?(?:{given['other']})\b)"
    )
    return amount, between


def _number(found: re.Match[str], name: str, thousand: bool = False) -> float:
    value = float(found[name].replace(",", ""))
    return value * 1_000 if found[f"{name}_k"] or thousand else value


def _span(found: re.Match[str]) -> tuple[float, float] | None:
    """Both ends of "between 50 and 70k" in dollars a year."""
    if found["hour"]:
        return _number(found, "one") * HOURS_A_YEAR, _number(found, "two") * HOURS_A_YEAR
    low, high = _number(found, "one", bool(found["two_k"])), _number(found, "two")
    low, high = (_thousands(low), _thousands(high))
    return (low, high) if low <= high else None


def _yearly(found: re.Match[str], paid: bool) -> float | None:
    """An amount in dollars a year; None where the number is none of money."""
    value = _number(found, "one")
    if found["hour"]:
        return value * HOURS_A_YEAR
    if found["one_k"] or "$" in found["sign"]:
        return _thousands(value)
    compared = found["least"] or found["most"] or found["or_more"] or found["or_less"]
    is_money = value >= SMALLEST or (paid and (compared or value >= LEAST_BARE))
    return _thousands(value) if is_money and (value >= LEAST_BARE) else None


def _thousands(value: float) -> float:
    return value * 1_000 if value < SMALLEST else value


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + TAKEN + text[found.end() :]
