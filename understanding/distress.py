"""Who is in danger or in trouble, and who insults the assistant: noticed before anything else.

Two look at each message: a list of short phrases that people review (data/distress/), and a small
model that learnt messages of each kind. Either raises the tier; a phrase that the model takes for
harmless, all but certainly, does not. `Boundary` knows words meant for
the assistant; where somebody else may be meant it takes them for a report, and a report gets help.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path

from guides.documents import read
from understanding.disguises import simplified
from understanding.distress_model import HARMLESS, TIERS, DistressModel, Sureness, Tier
from understanding.phrases import Phrase, Phrasebook, PhraseList, Tokens
from understanding.text import sentences

DATA = Path(__file__).parent.parent / "data"
DISTRESS = DATA / "distress"
BOUNDARY = DATA / "boundary.yml"
WORDS = DISTRESS / "words.yml"
DOUBTED = 0.09
"""Probability of distress below which a phrase does not count: it stands in a story, a figure of
speech or a question on a job. At 0.1, of 210 blind messages with a phrase none was lost by it, of 9
harmless ones 6 became quiet; a little lower, more phrases count and fewer questions are kept."""
SHORT = 3
"""Words of a message that the model cannot doubt: it has too little to go by."""


INSULT, SEXUAL = "boundary.yml: insults", "boundary.yml: sexual"
REPORTS, NO_REPORTS = "boundary.yml: reports", "boundary.yml: no_reports"
REPORTED: Mapping[str, tuple[Tier, str]] = {
    INSULT: ("trouble", "bullying"),
    SEXUAL: ("danger", "sexual"),
}
"""What a report of words of the boundary is taken for."""
SPANISH_FROM = 2
"""Different Spanish words from which a message is answered in Spanish too."""


@dataclass(frozen=True)
class Finding:
    """What a message tells of: the tier, its kind (a file of data/distress/), and the language."""

    tier: Tier
    kind: str
    spanish: bool = False
    unsure: bool = False
    """Whether no phrase says so, and the model not surely: it may be a worry about a career."""


@dataclass(frozen=True)
class Seen:
    """A message after screening: distress, or words that the boundary answers, or neither."""

    finding: Finding | None = None
    boundary: bool = False


SURELY = 0.75
"""Probability below which the model alone is unsure: so were 5 of its 6 false alarms on 124 blind
messages, and 2 of 18 messages in danger that name a career; these get help as well."""


class DistressPhrases:
    """The reviewed lists, and the words that are cut out before they are looked for."""

    def __init__(self, book: Phrasebook, tiers: Mapping[str, str]) -> None:
        self._book = book
        self._tiers = tiers
        of_tier = {tier: [p for p in book.phrases if tiers.get(p.name) == tier] for tier in _ALL}
        self._harmless = PhraseList(of_tier[HARMLESS])
        self._distress = PhraseList([*of_tier["danger"], *of_tier["trouble"]])

    def read(self, text: str) -> tuple[Tier, str] | None:
        """The graver tier, and the kind of which most phrases stand in the message."""
        found = [phrase for tokens in self.forms(text) for phrase in self.found_in(tokens)]
        for tier in TIERS:
            kinds = [phrase.name for phrase in found if self._tiers[phrase.name] == tier]
            if kinds:
                return tier, max(dict.fromkeys(kinds), key=kinds.count)
        return None

    def forms(self, text: str) -> Iterable[Tokens]:
        """The message as typed, and with its misspelt words repaired."""
        vocabulary = self._book.vocabulary
        return dict.fromkeys((vocabulary.tokens(text), vocabulary.tokens(text, repair=True)))

    def found_in(self, tokens: Tokens) -> list[Phrase]:
        """The phrases of distress in a message's tokens."""
        return [phrase for phrase, _, _ in self._distress.found_in(self._harmless.without(tokens))]


_ALL = (*TIERS, HARMLESS)


class Distress:
    """Reads messages for distress and for words that the boundary answers."""

    def __init__(self, model: DistressModel | None = None, folder: Path = DISTRESS) -> None:
        """Read the lists; without a model they alone decide.

        Raises:
            DocumentError: with every phrase that cannot be read.
        """
        self.model = model
        self.tiers = tiers_of(folder)
        lists = {path.stem: read(path).get("phrases", []) for path in files_of(folder)}
        for name, phrases in read(BOUNDARY).items():
            lists[f"{BOUNDARY.name}: {name}"] = phrases
        self._book = Phrasebook(WORDS, lists)
        self.phrases = DistressPhrases(self._book, self.tiers)
        self._meant = PhraseList(self._named(INSULT, SEXUAL))
        self._reports = PhraseList(self._named(REPORTS))
        self._no_reports = PhraseList(self._named(NO_REPORTS))
        self._spanish = frozenset(read(WORDS)["spanish"])

    def with_model(self, model: DistressModel | None) -> Distress:
        """The same lists, beside a model."""
        beside = copy(self)
        beside.model = model
        return beside

    def _named(self, *names: str) -> list[Phrase]:
        return [phrase for phrase in self._book.phrases if phrase.name in names]

    def read(self, text: str) -> Seen:
        """What a message tells of; where it is not clear who is meant, help wins."""
        meant, whole = self._boundary_in(text)
        report = bool(meant) and self.is_report(text)
        if whole and not report:
            return Seen(boundary=True)
        found = self._distress_in(text) or (Finding(*REPORTED[meant]) if report else None)
        if found:
            return Seen(replace(found, spanish=self.is_spanish(text)))
        return Seen(boundary=bool(meant))

    def _distress_in(self, text: str) -> Finding | None:
        listed = self.phrases.read(text)
        if listed and self._is_doubted(text):
            listed = None
        if listed and listed[0] == "danger":
            return Finding(*listed)
        sure = self._sure(text)
        if sure and (sure.tier == "danger" or not listed):
            unsure = not listed and sure.probability < SURELY
            return Finding(sure.tier, sure.kind, unsure=unsure)
        return Finding(*listed) if listed else None

    def _is_doubted(self, text: str) -> bool:
        """Whether the model is all but certain that a message with a phrase is harmless.

        Each sentence with a phrase is looked at by itself, so that no story hides it.
        """
        if self.model is None:
            return False
        told = [each for each in sentences(text) if self.phrases.read(each)] or [text]
        if any(len(each.split()) <= SHORT for each in told):
            return False
        return all(self.model.share(each) < DOUBTED for each in (text, *told))

    def _sure(self, text: str) -> Sureness | None:
        """What the model says of a message, as typed and with its misspelt words put right.

        Both count alike: of 700 questions with a typo in 20 letters the mean rings for 1.0 %, the
        graver of the two for 2.1.
        """
        if self.model is None:
            return None
        repaired = self._book.vocabulary.repaired(text)
        return self.model.read(text, *([] if repaired == simplified(text) else [repaired]))

    def _boundary_in(self, text: str) -> tuple[str, bool]:
        """The group of words that the boundary answers, and whether they are all of the message."""
        found = [
            (phrase.name, end - start == len(tokens))
            for tokens in [self._book.vocabulary.tokens(text)]  # as typed: "stuf" is no "stfu"
            for phrase, start, end in self._meant.found_in(tokens)
        ]
        names = [name for name, _ in found]
        name = SEXUAL if SEXUAL in names else names[0] if names else ""
        return name, any(whole for _, whole in found)

    def is_report(self, text: str) -> bool:
        """Whether a message may tell of what others say or do."""
        tokens = self._book.vocabulary.tokens(text)
        return bool(self._reports.found_in(self._no_reports.without(tokens)))

    def is_spanish(self, text: str) -> bool:
        """Whether somebody writes Spanish, also between English words."""
        return len(self._spanish & set(simplified(text).split())) >= SPANISH_FROM


def files_of(folder: Path) -> list[Path]:
    """The files of every kind, danger first."""
    return [path for tier in _ALL for path in sorted((folder / tier).glob("*.yml"))]


def tiers_of(folder: Path = DISTRESS) -> dict[str, str]:
    """The tier of each kind, by the folder that its file lies in."""
    return {path.stem: path.parent.name for path in files_of(folder)}
