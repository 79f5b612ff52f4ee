"""Counts held in memory until they are written, so that no turn waits for them."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from conversations.counts import Atom

MOST_KNOWN = 10_000
"""Conversations of which it is known what they were counted for; the longest unused goes first."""


@dataclass
class Counted:
    """What one conversation was counted for on a day."""

    day: str
    atoms: set[Atom] = field(default_factory=set)


class Tally:
    """Counts, most of them once a conversation and day, however often a student asks.

    So what one student alone does counts one. A conversation that goes on after a restart, or has
    gone out of memory, may count a second time.
    """

    def __init__(self) -> None:
        self._counts: Counter[Atom] = Counter()
        self._known: OrderedDict[str, Counted] = OrderedDict()

    def add(self, atom: Atom) -> None:
        """Count one."""
        self._counts[atom] += 1

    def add_once(self, conversation: str, today: str, atom: Atom) -> None:
        """Count one, unless the conversation was counted for it today."""
        known = self._counted(conversation, today)
        if atom not in known.atoms:
            known.atoms.add(atom)
            self.add(atom)

    def is_new(self, conversation: str) -> bool:
        """Whether nothing was counted of a conversation yet, as far as is known."""
        return conversation not in self._known

    def forget(self, conversation: str) -> None:
        """Drop what is known of a conversation; the counts hold nothing of it."""
        self._known.pop(conversation, None)

    def take(self) -> Mapping[Atom, int]:
        """Hand over the counts, to be written."""
        taken, self._counts = self._counts, Counter()
        return taken

    def put_back(self, taken: Mapping[Atom, int]) -> None:
        """Take counts again that could not be written."""
        self._counts.update(taken)

    def _counted(self, conversation: str, today: str) -> Counted:
        known = self._known.pop(conversation, None)
        if known is None or known.day != today:
            known = Counted(today)
        self._known[conversation] = known
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return known
