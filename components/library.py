"""The compiled guides: made where a guide has changed, and read by every process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import structlog

from components.models import model_path, remove_older
from components.sentence_encoder import find_encoder
from guides.careers import read_careers
from guides.library import Library, compile_library
from guides.loading import load_guides
from guides.schema import Guide
from guides.schools import Schools
from understanding.files import written_whole

logger = structlog.get_logger(__name__)

COMPILED_FROM = (
    "guides/*.yml",
    "guides/*.py",
    "guides/careers/*",
    "guides/phrases/*",
    "data/english/terms.yml",
    "data/english/text.yml",
    "understanding/terms.py",
    "understanding/text.py",
)
"""Everything that the compiled guides depend on, as patterns below the root."""


def find_library() -> Library:
    """All guides; read and checked one and all only where one of them has changed.

    Where the file cannot be written, the guides are compiled in memory.

    Raises:
        DocumentError: with all faults of all guides.
    """
    return _opened(model_path("guides", "sqlite", COMPILED_FROM))


@lru_cache(maxsize=1)
def _opened(path: Path) -> Library:
    try:
        return Library.open(path)
    except sqlite3.Error:
        return _compiled(path)


@lru_cache(maxsize=1)
def find_schools() -> Schools:
    """All schools, for all that this process does.

    Raises:
        DocumentError: with all faults of their files.
    """
    return Schools(find_library())


def _compiled(path: Path) -> Library:
    guides = list(all_guides())
    encoder = find_encoder({"encoder": "auto"})
    try:
        with written_whole(path) as half:
            half.unlink(missing_ok=True)
            compile_library(guides, half, encoder.encode if encoder else None)
        remove_older(path)
        return Library.open(path)
    except (OSError, sqlite3.Error) as error:
        logger.warning("guides.not_saved", event_info=f"{path.name}: {error}")
        return Library.in_memory(guides)


def all_guides() -> Iterator[Guide]:
    """Every guide; one that stands in a file of its own is taken before one of the tables.

    Raises:
        DocumentError: with all faults of all guides.
    """
    own = load_guides()
    yield from own.values()
    yield from (guide for guide in read_careers() if guide.slug not in own)
