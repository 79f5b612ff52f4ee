"""Phrases with what students put around a question, so that this says nothing of what is asked.

Data augmentation: some phrases are learnt once more within a frame. A frame before or behind a
question is no part of it ("omg ok", "asking because my brother bet me"), and without these the
classifier takes it for one wherever other phrases begin or end so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path

from guides.documents import DocumentError, read
from understanding.fitting import judges

FRAMES = Path(__file__).parent.parent / "data" / "frames.yml"
EVERY = 6
"""Of so many phrases one is learnt within a frame too. Of 2,700 questions in frames by another voice
8.6 % were read otherwise without them, 6.6 with about as many."""
ENDS = (".", "!", "?")


def read_frames(path: Path = FRAMES) -> list[str]:
    """Frames, each with `{}` in place of the question.

    Raises:
        DocumentError: the file cannot be read, or has no list of texts `before` and `after`.
    """
    found = read(path)
    if found.keys() != {"before", "after"} or not all(map(_are_texts, found.values())):
        raise DocumentError([f"{path.name}: expected lists of texts: before, after"])
    return [*(f"{each} {{}}" for each in found["before"]), *map(_behind, found["after"])]


def framed(phrases: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Some of the phrases, each in one frame after another, with their labels; the same each time.

    Those are left out that judge a fit (`understanding.fitting.judges`), which may not be seen.

    Args:
        phrases: texts and labels.
    """
    frames = cycle(read_frames())
    learnt = [each for each in phrases if not judges(each[0])]
    yield from ((next(frames).format(text), label) for text, label in learnt[::EVERY])


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _behind(frame: str) -> str:
    """Behind a question, in a sentence of its own where it begins like one."""
    return f"{{}}. {frame}" if frame[0].isupper() or frame.endswith(ENDS) else f"{{}} {frame}"
