"""The bounded copy in memory that turns work from while the database is away."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rasa.shared.core.events import Event

from conversations.packing import rows_of
from conversations.tables import Row

log = logging.getLogger(__name__)

MOST_TALKS = 1000
MOST_ROWS = 20_000
"""Of all talks together; a row has a turn and takes about a kilobyte."""
LONGEST = 500
"""Rows of one talk; the history goes back no further while the database is away."""


@dataclass
class Talk:
    """One conversation as far as this process knows it."""

    rows: list[Row] = field(default_factory=list)
    """What was said, the newest last."""
    unsaved: list[Row] = field(default_factory=list)
    """What the database does not have yet."""
    held: int = 0
    """How many events of the tracker are in `rows` already."""
    placed: bool = True
    """Whether the numbers of `rows` are those of the database."""
    warned: bool = False
    """Whether the student was told that the assistant may forget."""
    forgotten: bool = False
    """Deleted on request: what a turn that still runs says of it is not kept."""
    used: float = field(default_factory=time.time)
    """Seconds since 1970."""

    @property
    def session(self) -> list[Row]:
        """The current session."""
        return [row for row in self.rows if row.number >= self.rows[-1].session]

    def learn(self, session: Sequence[Row]) -> None:
        """Take the current session as the database has it; what was before it stays known."""
        self.placed = True
        known = [row for row in self.rows if session and row.number < session[0].number]
        self.rows = [*known, *session][-LONGEST:]

    def take_up(self, conversation: str, events: Sequence[Event]) -> None:
        """Take up those events of a tracker that are new."""
        self.append(conversation, events[self.held :])
        self.held = max(self.held, len(events))

    def append(self, conversation: str, events: Sequence[Event]) -> None:
        """Add events, behind all others."""
        number, session = (self.rows[-1].number + 1, self.rows[-1].session) if self.rows else (0, None)  # fmt: skip
        rows = rows_of(conversation, [event.as_dict() for event in events], number, session)
        self.rows = [*self.rows, *rows][-LONGEST:]
        self.unsaved += rows

    def before(self, number: int, most: int) -> list[Row]:
        """The last rows before a number."""
        return [row for row in self.rows if row.number < number][-most:]

    def of_message(self, message: bytes) -> list[Row]:
        """The row that begins with a message."""
        return [row for row in self.rows if row.message == message][-1:]

    def place(self, first: int) -> None:
        """Number the rows of a talk that began while the database was away from `first` on."""
        self.rows, self.unsaved = (
            [row._replace(number=row.number + first, session=row.session + first) for row in rows]
            for rows in (self.rows, self.unsaved)
        )
        self.placed = True

    def saved(self, last: int) -> None:
        """Note that the database has all rows up to a number."""
        self.unsaved = [row for row in self.unsaved if row.number > last]


class Memory:
    """Talks by conversation id; the longest unused give way to the newest."""

    def __init__(self) -> None:
        self._talks: OrderedDict[str, Talk] = OrderedDict()
        self._sizes: dict[str, int] = {}
        self._rows = 0

    def get(self, conversation: str) -> Talk | None:
        """The talk of a conversation, if it is known and not deleted."""
        talk = self._talks.get(conversation)
        return None if talk is None or talk.forgotten else talk

    def put(self, conversation: str, talk: Talk) -> None:
        """Keep a talk, and let go of what is too much."""
        talk.used = time.time()
        self._talks[conversation] = talk
        self._talks.move_to_end(conversation)
        self._count(conversation, len(talk.rows) + len(talk.unsaved))
        while len(self._talks) > MOST_TALKS or self._rows > MOST_ROWS:
            oldest, given_up = self._talks.popitem(last=False)
            self._count(oldest, 0)
            if given_up.unsaved:
                log.error("memory is full: a conversation that was not written is lost")

    def _count(self, conversation: str, size: int) -> None:
        # Counted as they come and go: adding all up would cost each turn by the number of talks.
        self._rows += size - self._sizes.pop(conversation, 0)
        if size:
            self._sizes[conversation] = size

    def forget(self, conversation: str) -> None:
        """Drop a conversation, with what a running turn may still say of it."""
        self.put(conversation, Talk(forgotten=True))

    def is_forgotten(self, conversation: str) -> bool:
        """Whether it was dropped since its last turn began."""
        talk = self._talks.get(conversation)
        return talk is not None and talk.forgotten

    def drop(self, before: Callable[[str], float]) -> None:
        """Drop talks unused since the time of each, in seconds since 1970."""
        unused = [name for name, talk in self._talks.items() if talk.used < before(name)]
        for conversation in unused:
            del self._talks[conversation]
            self._count(conversation, 0)

    def unsaved(self) -> list[tuple[str, Talk]]:
        """What the database does not have yet."""
        return [(name, talk) for name, talk in self._talks.items() if talk.unsaved]

    def conversations(self) -> list[str]:
        """The ids of all that is known."""
        return [name for name, talk in self._talks.items() if talk.rows]
