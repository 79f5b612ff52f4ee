"""Questions without an answer as a school sees them: by group, and nothing of one student alone.

A group is shown only where its questions come from as many chats as the school asks for, three at
least. Of how many is shown as all counts are. Even so a question may tell who asks it, by a club, a
teacher, a family that only one student has. So of each question those words are shown that questions
of two chats of the group have in common, and the commonest words of English, which say nothing by
themselves; each other word is a gap. What can be read is thus said by two students at least, and the
rest of it by everybody. A question of which more than a third would be gaps is not shown at all, and
neither is a group of which no question is left.

A student who asks the same in three chats makes a group alone: without accounts nobody can tell. What
is shown then is a question without a name, a time, or anything that was said beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from conversations.packing import digest
from conversations.questions import Question
from desk.figures import rounded
from understanding.classifier import Encoder
from understanding.grouping import LEAST, groups, without_names
from understanding.spelling import commonest
from understanding.text import root, words

GAP = "…"
MOST_GAPS = 1 / 3
"""Of the words of a question that is shown."""
EXAMPLES = 3
USUAL = 100
"""Words of English that say nothing by themselves."""
SHARED = 2
"""Chats in which a word was used that is shown."""

NameOf = Callable[[str], str]
"""What a career is called, by its slug."""


@dataclass(frozen=True)
class Group:
    """Questions that ask for much the same, as they are shown."""

    chats: int
    """In how many it was asked, rounded as all counts are."""
    examples: Sequence[str]
    """The questions nearest to what the group has in common, less what one student alone said."""

    @property
    def id(self) -> str:
        """Names it in a form; another one as soon as anything else is shown of it."""
        return digest("\n".join(self.examples)).hex()

    @property
    def asked(self) -> str:
        """The first example without gaps."""
        return without_gaps(self.examples[0])


def without_gaps(text: str) -> str:
    """A question as it is shown, less its gaps."""
    return " ".join(text.replace(GAP, " ").split())


def shown_groups(
    questions: Sequence[Question],
    least: int,
    decided: Iterable[str],
    encoder: Encoder,
    name_of: NameOf,
) -> list[Group]:
    """The groups of a school's questions, the largest first.

    Args:
        least: chats that a group must come from.
        decided: questions of which the school has decided already; what is like them is left out.
    """
    texts = [without_names(each.text, [name_of(each.career)]) for each in questions]
    found = (
        _group([questions[place] for place in places])
        for places in groups(texts, encoder)
        if len({questions[place].mark for place in places}) >= least
    )
    open_ones = _undecided([group for group in found if group], list(decided), encoder)
    # By what is shown alone: the order must not tell of how many chats exactly.
    return sorted(open_ones, key=lambda group: (-group.chats, group.examples[0]))


def _undecided(found: Sequence[Group], decided: Sequence[str], encoder: Encoder) -> list[Group]:
    if not found or not decided:
        return list(found)
    asked = encoder.encode([group.asked for group in found])
    near = (asked @ encoder.encode(decided).T).max(axis=1)
    return [group for group, likeness in zip(found, near, strict=True) if likeness < LEAST]


def _group(questions: Sequence[Question]) -> Group | None:
    """A group as it is shown; none where nothing of it can be.

    Args:
        questions: those nearest to what they have in common first.
    """
    chats = len({each.mark for each in questions})
    shared = _shared(questions)
    masked = (_masked(each.text, shared) for each in questions)
    examples = list(dict.fromkeys(text for text in masked if text))[:EXAMPLES]
    whole_first = sorted(examples, key=lambda text: GAP in text)
    return Group(rounded(chats), whole_first) if examples else None


def _shared(questions: Iterable[Question]) -> frozenset[str]:
    """The roots of words that were used in `SHARED` chats."""
    chats: dict[str, set[bytes]] = defaultdict(set)
    for each in questions:
        for word in words(each.text):
            chats[root(word.text)].add(each.mark)
    return frozenset(name for name, marks in chats.items() if len(marks) >= SHARED)


def _masked(text: str, shared: frozenset[str]) -> str:
    """A question with gaps for what nobody else said; empty where too much of it would be gaps."""
    said = [word.text for word in words(text)]
    kept = [word if _may_be_read(word, shared) else GAP for word in said]
    telling = any(root(word) in shared and word not in commonest(USUAL) for word in kept)
    if not telling or Counter(kept)[GAP] > len(kept) * MOST_GAPS:
        return ""
    return " ".join(word for word, _ in groupby(kept))


def _may_be_read(word: str, shared: frozenset[str]) -> bool:
    return word in commonest(USUAL) or root(word) in shared
